"""Findings about the history of a ticket and about its case."""

ENTRIES: dict[str, tuple[str, str]] = {
    "case.validity": (
        "das Ticket wurde {opened} eröffnet, außerhalb der Zeit, für die das Servicekonzept gilt",
        "the ticket was opened {opened}, outside the time in which the concept is valid",
    ),
    "case.scope-open": (
        "der Leistungsumfang steht noch nicht fest; es fehlen die Merkmale {missing}",
        "the scope cannot be decided yet; the facts {missing} are missing",
    ),
    "case.scope-gap": (
        "keine Regel entscheidet über den Leistungsumfang: {facts}",
        "no rule decides the scope: {facts}",
    ),
    "sla.not-opened": (
        "Ticket „{ticket}“ hat keine Eröffnung, daher beginnt keine Zeitmessung",
        "ticket `{ticket}` has no opening, so none of its clocks starts",
    ),
    "sla.before-opening": (
        "Ereignis „{event}“ ({kind}) liegt vor der Eröffnung; es startet und beendet nichts",
        "event `{event}` ({kind}) is dated before the opening; it starts and stops nothing",
    ),
    "sla.pause-replaced": (
        "Ereignis „{event}“ ({kind}) ersetzt den Wartegrund „{before}“ durch „{after}“",
        "event `{event}` ({kind}) replaces waiting for `{before}` with waiting for `{after}`",
    ),
    "sla.resume-without-pause": (
        "Ereignis „{event}“ ({kind}) beendet eine Pause, doch das Ticket ist nicht pausiert",
        "event `{event}` ({kind}) ends a pause, but the ticket is not paused",
    ),
    "sla.after-close": (
        "Ereignis „{event}“ ({kind}) folgt, nachdem das Ticket beendet war ({ended})",
        "event `{event}` ({kind}) is dated after the ticket was {ended}",
    ),
    "sla.reopened-after-merge": (
        "Ereignis „{event}“ ({kind}) öffnet das Ticket wieder, doch es wurde mit „{into}“ zusammengeführt; "
        "öffnen Sie „{into}“ wieder",
        "event `{event}` ({kind}) reopens the ticket, but it was merged into `{into}`; reopen `{into}`",
    ),
    "sla.reopened-while-open": (
        "Ereignis „{event}“ ({kind}) öffnet das Ticket wieder, doch es war nicht beendet",
        "event `{event}` ({kind}) reopens the ticket, but the ticket was still open",
    ),
    "sla.unknown-reason": (
        "Ereignis „{event}“ ({kind}) nennt den Wartegrund „{word}“, den es nicht gibt; bekannt sind {known}{near}",
        "event `{event}` ({kind}) names the waiting reason `{word}`, which is not known; expected one of {known}{near}",
    ),
    "sla.unknown-level": (
        "Ereignis „{event}“ ({kind}) nennt die Supportstufe „{word}“, die es nicht gibt; bekannt sind {known}{near}",
        "event `{event}` ({kind}) names the level `{word}`, which is not known; expected one of {known}{near}",
    ),
    "sla.unknown-channel": (
        "Ereignis „{event}“ ({kind}) nennt den Kanal „{word}“, den es nicht gibt; bekannt sind {known}{near}",
        "event `{event}` ({kind}) names the channel `{word}`, which is not known; expected one of {known}{near}",
    ),
    "sla.unknown-agreement.attached": (
        "Ereignis „{event}“ ({kind}) ordnet die Vereinbarung „{agreement}“ zu, die es nicht gibt; bekannt sind "
        "{known}{near}",
        "event `{event}` ({kind}) attaches the unknown agreement `{agreement}`; expected one of {known}{near}",
    ),
    "sla.unknown-agreement.due": (
        "Ereignis „{event}“ ({kind}) setzt die Fälligkeit von „{metric}“ nach der Vereinbarung „{agreement}“, die es "
        "nicht gibt; bekannt sind {known}{near}",
        "event `{event}` ({kind}) sets the due date of `{metric}` under the unknown agreement `{agreement}`; "
        "expected one of {known}{near}",
    ),
    "sla.attached-anyway": (
        "Ereignis „{event}“ ({kind}) ordnet die Vereinbarung „{agreement}“ zu, die ohnehin von der Eröffnung an gilt",
        "event `{event}` ({kind}) attaches `{agreement}`, which applies from the opening on anyway",
    ),
    "sla.unknown-metric": (
        "Ereignis „{event}“ ({kind}) setzt die Fälligkeit von „{metric}“, einer unbekannten Messgröße; bekannt sind "
        "{known}{near}",
        "event `{event}` ({kind}) sets the due date of the unknown metric `{metric}`; expected one of {known}{near}",
    ),
    "sla.unknown-metric.of-agreement": (
        "Ereignis „{event}“ ({kind}) setzt die Fälligkeit von „{metric}“, das keine Messgröße der Vereinbarung "
        "„{agreement}“ ist; bekannt sind {known}{near}",
        "event `{event}` ({kind}) sets the due date of `{metric}`, which is not a metric of agreement `{agreement}`; "
        "expected one of {known}{near}",
    ),
    "sla.due-without-cycle": (
        "Ereignis „{event}“ ({kind}) setzt die Fälligkeit von „{metric}“, doch diese Zeitmessung läuft dann nicht",
        "event `{event}` ({kind}) sets the due date of `{metric}`, but that clock does not run then",
    ),
    "sla.due-without-cycle.of-agreement": (
        "Ereignis „{event}“ ({kind}) setzt die Fälligkeit von „{metric}“ nach der Vereinbarung „{agreement}“, doch "
        "diese Zeitmessung läuft dann nicht",
        "event `{event}` ({kind}) sets the due date of `{metric}` under `{agreement}`, but that clock does not run "
        "then",
    ),
    "sla.level-outlasts.clock": (
        "„{metric}“ nach Vereinbarung „{agreement}“ ist {due} fällig, später als „{other}“ nach „{outer}“, {before}",
        "`{metric}` of agreement `{agreement}` is due {due}, later than `{other}` of agreement `{outer}`, {before}",
    ),
    "sla.unknown-outer.missing": (
        "Vereinbarung „{agreement}“ liegt innerhalb der unbekannten Vereinbarung „{outer}“; bekannt sind {known}{near}",
        "agreement `{agreement}` lies inside the unknown agreement `{outer}`; expected one of {known}{near}",
    ),
    "sla.unknown-outer.itself": (
        "Vereinbarung „{agreement}“ liegt innerhalb von sich selbst",
        "agreement `{agreement}` lies inside itself",
    ),
    "sla.unknown-outer.apart": (
        "Vereinbarung „{agreement}“ liegt innerhalb von „{outer}“, das keine ihrer Messgrößen hat ({known}), daher "
        "wird nichts verglichen",
        "agreement `{agreement}` lies inside `{outer}`, which has none of its metrics ({known}), so nothing is "
        "compared",
    ),
}
