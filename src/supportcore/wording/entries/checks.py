"""Findings of the proofs over a whole concept: calendars, promises, budgets, priority steps, ladders."""

ENTRIES: dict[str, tuple[str, str]] = {
    "check.not-built": ("noch nicht bewiesen: {proof}", "not proved yet: {proof}"),
    "proof.translation": ("die Übersetzung in andere Skalen", "the translation to other scales"),
    "proof.composition": (
        "Lücken über alles, was die Prioritätstabelle ergeben kann, als Verkettung beider Tabellen",
        "gaps for the priorities that the priority table gives, over both tables together",
    ),
    "proof.ladders": (
        "jede Priorität erreicht zu jedem Zeitpunkt eine Person, und zwar vor Ablauf der Zielzeit",
        "each priority reaches a person at every instant, and before its target",
    ),
    "proof.duty": (
        "alle übernehmen Bereitschaft, und getrennt zugesagte Wechselpläne treffen nie zusammen",
        "everybody serves, and rotations that must differ never overlap",
    ),
    "proof.routing": ("jede Anfrage findet eine Supportstufe", "every request finds a level"),
    "proof.contracts": ("mehr Arbeit kostet nie weniger", "more work never costs less"),
    "proof.checklist": (
        "welche Teile eines Servicekonzepts offen sind",
        "which parts of a service concept are still open",
    ),
    "check.zones": (
        "Ortszeiten folgen der Zeitzonendatenbank {version}",
        "local times follow the zone database {version}",
    ),
    "check.proved.table": (
        "bewiesen: jede Kombination von Merkmalen wird entschieden, und jede Regel entscheidet über einige davon"
        "{orders}",
        "proved: every combination of facts is decided, and every row decides some of them{orders}",
    ),
    "check.proved.steps": (
        "bewiesen: jeder Schritt ({steps}) bleibt in seiner Grenze und wahrt jede Reihenfolge der Tabelle{orders}",
        "proved: every step ({steps}) stays within its bound and keeps every order of the table{orders}",
    ),
    "check.proved.budgets": (
        "bewiesen: die Zeitbudgets passen in jede Zusage für „{metric}“",
        "proved: the budgets fit inside every promise for `{metric}`",
    ),
    "check.proved.levels": (
        "bewiesen: „{metric}“ nach Vereinbarung „{inner}“ ist nie später fällig als nach „{outer}“, wenn beide "
        "gemeinsam beginnen und pausieren und ihre Konditionen gleich bleiben",
        "proved: `{metric}` of agreement `{inner}` is never due later than under `{outer}`, if both begin and pause "
        "together and keep their terms",
    ),
    "order.never-falls": (
        "; „{output}“ sinkt nie, wenn etwas hiervon steigt: {facts}",
        "; `{output}` never falls when one of {facts} rises",
    ),
    "order.never-rises": (
        "; „{output}“ steigt nie, wenn etwas hiervon steigt: {facts}",
        "; `{output}` never rises when one of {facts} rises",
    ),
    "order.never-falls-unless-waived": (
        "; „{output}“ sinkt nie, wenn etwas hiervon steigt: {facts}; ausgenommen sind die Regeln mit Ausnahme",
        "; `{output}` never falls when one of {facts} rises, except in the waived rows",
    ),
    "order.never-rises-unless-waived": (
        "; „{output}“ steigt nie, wenn etwas hiervon steigt: {facts}; ausgenommen sind die Regeln mit Ausnahme",
        "; `{output}` never rises when one of {facts} rises, except in the waived rows",
    ),
    "priority.idle-step": (
        "hebt die Priorität nie: keine davor liegt unter „{bound}“",
        "never raises the priority: no priority before it is below `{bound}`",
    ),
    "priority.step-order.falls": (
        "dass „{output}“ nie sinkt, wenn „{fact}“ steigt, ist nur für die Tabelle bewiesen: der Schritt gilt für "
        "einige Werte, aber nicht für alle höheren",
        "only the table is proved to keep `{output}` from falling when `{fact}` rises: the step applies to some values "
        "but not to all higher values",
    ),
    "priority.step-order.rises": (
        "dass „{output}“ nie steigt, wenn „{fact}“ steigt, ist nur für die Tabelle bewiesen: der Schritt gilt für "
        "einige Werte, aber nicht für alle niedrigeren",
        "only the table is proved to keep `{output}` from rising when `{fact}` rises: the step applies to some values "
        "but not to all lower values",
    ),
    "calendars.not-proven": (
        "nicht bewiesen, ob jeder Servicekalender öffnet, da das Servicekonzept keinen Zeitraum nennt; ergänzen Sie "
        "„valid“",
        "whether each calendar opens is not proven, as the concept names no period; add `valid`",
    ),
    "calendars.never-open": (
        "hat keine Servicezeit in der Zeit, für die das Servicekonzept gilt",
        "has no opening hours in the period of the concept",
    ),
    "calendars.closed-for-good": (
        "schließt {closed} für immer; geben Sie ihm Servicezeiten von da an, oder verwenden Sie ihn nicht mehr",
        "closes for good {closed}; give it hours from then on, or stop using it",
    ),
    "calendars.unknown-year": (
        "Feiertage sind für {year} nicht bekannt, nur für {first} bis {last}; ergänzen Sie die fehlenden Daten und "
        "erweitern Sie „years“",
        "holidays are not known for {year}, only for {first} to {last}; add the missing dates and widen `years`",
    ),
    "calendars.unknown-year.afterwards": (
        "was nach dem Zeitraum fällig wird, ist nicht bekannt: Feiertage sind für {year} nicht bekannt, nur für "
        "{first} bis {last}; ergänzen Sie die fehlenden Daten und erweitern Sie „years“",
        "due dates after the period are not known: holidays are not known for {year}, only for {first} to {last}; "
        "add the missing dates and widen `years`",
    ),
    "targets.not-proven": (
        "nicht bewiesen, ob jede Zusage fällig wird, da das Servicekonzept keinen Zeitraum nennt; ergänzen Sie „valid“",
        "whether every promise falls due is not proven, as the concept names no period; add `valid`",
    ),
    "targets.no-date": (
        "der Plan endet mit „{name}“, {date}; spätere Durchläufe haben keinen Termin; ergänzen Sie Termine bis zum "
        "Ende "
        "des Zeitraums",
        "the plan ends with `{name}`, {date}; later cycles have no date; add dates up to the end of the period",
    ),
    "targets.past-date": (
        "Durchläufe mit Beginn nach {date} sind sofort verspätet; wählen Sie von da an eine andere Zusage",
        "cycles that begin after {date} are late from the start; choose another promise from then on",
    ),
    "targets.past-date.named": (
        "Durchläufe mit Beginn nach „{name}“, {date}, sind sofort verspätet; wählen Sie von da an eine andere Zusage",
        "cycles that begin after `{name}`, {date}, are late from the start; choose another promise from then on",
    ),
    "targets.unclocked.never-open": (
        "ein Durchlauf mit Beginn {start} lässt sich nicht messen: der Servicekalender hat danach zu wenig Servicezeit",
        "a cycle that begins {start} cannot be measured: the calendar has too few opening hours after it",
    ),
    "targets.unclocked.unknown-year": (
        "ein Durchlauf mit Beginn {start} lässt sich nicht messen: die Feiertage der Jahre bis zur Fälligkeit sind "
        "nicht bekannt",
        "a cycle that begins {start} cannot be measured: the holidays of the years up to its due date are not known",
    ),
    "targets.unclocked.out-of-range": (
        "ein Durchlauf mit Beginn {start} lässt sich nicht messen: die Fälligkeit liegt außerhalb der Jahre, die "
        "Servicekalender "
        "kennen",
        "a cycle that begins {start} cannot be measured: it is due outside the years that calendars know",
    ),
    "sla.budget-exceeds": (
        "die Supportstufen dürfen mehr verbrauchen ({budgets}), als „{promise}“ nach Vereinbarung „{agreement}“ "
        "zulässt; geben Sie "
        "ihnen weniger",
        "the levels may use more ({budgets}) than `{promise}` of agreement `{agreement}` allows; give them less",
    ),
    "sla.budget-not-proven": (
        "nicht bewiesen, ob die Supportstufen ({budgets}) in „{promise}“ nach Vereinbarung „{agreement}“ passen, da "
        "dessen Dauer "
        "vom Beginn abhängt; geben Sie Anteile an, etwa „25 %“, oder vergleichen Sie von Hand",
        "whether the levels ({budgets}) fit inside `{promise}` of agreement `{agreement}` is not proven, as its length "
        "depends on when it begins; give shares, such as `25 %`, or compare them by hand",
    ),
    "sla.budget-not-proven.no-promise": (
        "Vereinbarung „{agreement}“ hat für „{metric}“ keine Zusage, in die Zeitbudgets passen könnten",
        "agreement `{agreement}` has no promise for `{metric}` that budgets could fit inside",
    ),
    "budget.level": ("{level} {budget}", "{level} {budget}"),
    "sla.level-outlasts.promise": (
        "„{inner_promise}“ nach Vereinbarung „{inner}“ ist mehr als „{outer_promise}“ nach „{outer}“, {facts}",
        "`{inner_promise}` of agreement `{inner}` is more than `{outer_promise}` of agreement `{outer}`, {facts}",
    ),
    "sla.level-not-proven": (
        "nicht bewiesen, ob „{inner_promise}“ nach Vereinbarung „{inner}“ in „{outer_promise}“ nach „{outer}“ passt, "
        "{facts}; "
        "vergleichen Sie von Hand",
        "whether `{inner_promise}` of agreement `{inner}` fits inside `{outer_promise}` of agreement `{outer}`, "
        "{facts}, is not proven; compare them by hand",
    ),
    "sla.level-not-proven.hit-policy": (
        "nicht bewiesen, ob „{metric}“ nach Vereinbarung „{inner}“ in „{metric}“ nach „{outer}“ passt: für die "
        "Zielzeiten der "
        "Vereinbarung „{agreement}“ gilt die Trefferregel „{hit}“",
        "whether `{metric}` of agreement `{inner}` fits inside that of `{outer}` is not proven: the targets of "
        "agreement `{agreement}` use the hit policy `{hit}`",
    ),
    "sla.level-not-proven.tables": (
        "nicht bewiesen, ob „{metric}“ nach Vereinbarung „{inner}“ in „{metric}“ nach „{outer}“ passt: die Tabellen "
        "der Zielzeiten "
        "lassen sich nicht vergleichen; Merkmale mit anderen Werten: {facts}",
        "whether `{metric}` of agreement `{inner}` fits inside that of `{outer}` is not proven: the tables of targets "
        "cannot be compared; facts with other values: {facts}",
    ),
    "facts.all": ("unabhängig von den Merkmalen", "for all facts"),
    "facts.region": ("für {region}", "for {region}"),
    "facts.region-and-one": ("für {region}, und in 1 weiteren Bereich", "for {region}, and in 1 more region"),
    "facts.region-and-more": (
        "für {region}, und in {count} weiteren Bereichen",
        "for {region}, and in {count} more regions",
    ),
    "escalation.unbound-role": (
        "Rolle „{role}“ ist niemandem zugeordnet; ordnen Sie sie im Verzeichnis zu",
        "role `{role}` is bound to nobody; bind it in the directory",
    ),
    "escalation.no-channel": (
        "„{person}“ kann für „{name}“ einspringen, hat aber keinen Kanal; tragen Sie einen im Verzeichnis ein",
        "`{person}` may serve as `{name}` but has no channel; add a channel in the directory",
    ),
    "escalation.no-channel.named": (
        "„{person}“ kann für „{name}“ einspringen, hat aber keinen Kanal „{channel}“; tragen Sie ihn im Verzeichnis "
        "ein",
        "`{person}` may serve as `{name}` but has no channel `{channel}`; add it in the directory",
    ),
}
