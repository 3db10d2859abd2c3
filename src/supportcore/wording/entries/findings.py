"""What is odd about a ticket, and the kinds of its events."""

ENTRIES: dict[str, tuple[str, str]] = {
    "finding.line": ("{severity} {code} bei {path}: {words}", "{severity} {code} at {path}: {words}"),
    "finding.near": ("; meinten Sie „{near}“?", "; did you mean `{near}`?"),
    "severity.error": ("Fehler", "error"),
    "severity.warning": ("Warnung", "warning"),
    "severity.note": ("Hinweis", "note"),
    "case.validity": (
        "das Ticket wurde „{at}“ eröffnet, außerhalb der Zeit, für die das Konzept geschrieben ist",
        "the ticket was opened at `{at}`, outside the time for which the concept is written",
    ),
    "sla.not-opened": (
        "Ticket „{ticket}“ hat keine Eröffnung, sodass keine seiner Uhren beginnt",
        "ticket `{ticket}` has no opening, so that none of its clocks starts",
    ),
    "sla.before-opening": (
        "Ereignis „{event}“ ({kind}) liegt vor der Eröffnung; es startet und beendet nichts",
        "event `{event}` ({kind}) is dated before the opening; it starts and stops nothing",
    ),
    "sla.pause-replaced": (
        "Ereignis „{event}“ ({kind}) ersetzt den Wartegrund „{before}“ durch „{after}“",
        "event `{event}` ({kind}) replaces the waiting for `{before}` by that for `{after}`",
    ),
    "sla.resume-without-pause": (
        "Ereignis „{event}“ ({kind}) beendet eine Pause, doch das Ticket wartet nicht",
        "event `{event}` ({kind}) ends a pause, but the ticket does not wait",
    ),
    "sla.after-close": (
        "Ereignis „{event}“ ({kind}) kommt, als das Ticket schon beendet war ({ended})",
        "event `{event}` ({kind}) comes after the ticket was {ended}",
    ),
    "sla.reopened-after-merge": (
        "Ereignis „{event}“ ({kind}) öffnet das Ticket wieder, doch es wurde mit „{into}“ zusammengeführt; "
        "öffnen Sie jenes wieder",
        "event `{event}` ({kind}) reopens the ticket, but it was merged into `{into}`; reopen that one",
    ),
    "sla.reopened-while-open": (
        "Ereignis „{event}“ ({kind}) öffnet das Ticket wieder, doch es war nicht beendet",
        "event `{event}` ({kind}) reopens the ticket, but it was not over",
    ),
    "remark.attached-to-unknown": (
        "Ereignis „{event}“ ({kind}) legt „{agreement}“ zugrunde, das keine der gegebenen Vereinbarungen ist "
        "({known}){near}",
        "event `{event}` ({kind}) attaches `{agreement}`, which is none of the agreements given ({known}){near}",
    ),
    "sla.attached-anyway": (
        "Ereignis „{event}“ ({kind}) legt „{agreement}“ zugrunde, das ohnehin von der Eröffnung an gilt",
        "event `{event}` ({kind}) attaches `{agreement}`, which applies from the opening on without it",
    ),
    "remark.due-under-unknown": (
        "Ereignis „{event}“ ({kind}) setzt eine Fälligkeit für „{metric}“ nach „{agreement}“, das keine der gegebenen "
        "Vereinbarungen ist ({known}){near}",
        "event `{event}` ({kind}) sets when `{metric}` is due under `{agreement}`, which is none of the agreements "
        "given ({known}){near}",
    ),
    "sla.unknown-metric": (
        "Ereignis „{event}“ ({kind}) setzt eine Fälligkeit für „{metric}“, das keine der Metriken ist ({known}){near}",
        "event `{event}` ({kind}) sets when `{metric}` is due, which is none of the metrics ({known}){near}",
    ),
    "remark.unknown-metric-of": (
        "Ereignis „{event}“ ({kind}) setzt eine Fälligkeit für „{metric}“, das keine der Metriken von „{agreement}“ "
        "ist ({known}){near}",
        "event `{event}` ({kind}) sets when `{metric}` is due, which is none of the metrics of `{agreement}` "
        "({known}){near}",
    ),
    "sla.due-without-cycle": (
        "Ereignis „{event}“ ({kind}) setzt eine Fälligkeit für „{metric}“, doch die Uhr läuft dann nicht",
        "event `{event}` ({kind}) sets when `{metric}` is due, but it does not run then",
    ),
    "remark.due-without-cycle-of": (
        "Ereignis „{event}“ ({kind}) setzt eine Fälligkeit für „{metric}“ nach „{agreement}“, doch die Uhr läuft dann "
        "nicht",
        "event `{event}` ({kind}) sets when `{metric}` is due under `{agreement}`, but it does not run then",
    ),
    "sla.level-outlasts": (
        "„{metric}“ nach „{agreement}“ ist fällig {due}, später als „{other}“ nach „{outer}“: {before}",
        "`{agreement}` `{metric}` is due at {due}, after `{outer}` `{other}` at {before}",
    ),
    "remark.outer-not-given": (
        "Vereinbarung „{agreement}“ liegt innerhalb von „{outer}“, das keine der gegebenen Vereinbarungen ist "
        "({known}){near}",
        "agreement `{agreement}` lies inside `{outer}`, which is none of the agreements given ({known}){near}",
    ),
    "remark.outer-itself": (
        "Vereinbarung „{agreement}“ liegt innerhalb von „{outer}“, also von sich selbst",
        "agreement `{agreement}` lies inside `{outer}`, which is itself",
    ),
    "remark.outer-apart": (
        "Vereinbarung „{agreement}“ liegt innerhalb von „{outer}“, das keine ihrer Metriken hat ({known}), sodass "
        "nichts verglichen wird",
        "agreement `{agreement}` lies inside `{outer}`, which has none of its metrics ({known}), so that nothing is "
        "compared",
    ),
    "event.opened": ("eröffnet", "opened"),
    "event.attached": ("Vereinbarung zugrunde gelegt", "attached"),
    "event.withdrawn": ("zurückgenommen", "withdrawn"),
    "event.facts changed": ("Angaben geändert", "facts changed"),
    "event.priority overridden": ("Priorität von Hand gesetzt", "priority overridden"),
    "event.alarm raised": ("Alarm ausgelöst", "alarm raised"),
    "event.receipt confirmed": ("Eingang bestätigt", "receipt confirmed"),
    "event.customer replied": ("Antwort des Kunden", "customer replied"),
    "event.agent replied": ("Antwort der Bearbeitung", "agent replied"),
    "event.paused": ("pausiert", "paused"),
    "event.resumed": ("fortgesetzt", "resumed"),
    "event.assigned": ("zugewiesen", "assigned"),
    "event.handed back": ("zurückgegeben", "handed back"),
    "event.work logged": ("Arbeit erfasst", "work logged"),
    "event.page acknowledged": ("Alarm angenommen", "page acknowledged"),
    "event.snoozed": ("zurückgestellt", "snoozed"),
    "event.escalated": ("von Hand eskaliert", "escalated"),
    "event.resolved": ("gelöst", "resolved"),
    "event.solution told": ("Lösung mitgeteilt", "solution told"),
    "event.accepted": ("angenommen", "accepted"),
    "event.reopened": ("wieder geöffnet", "reopened"),
    "event.closed": ("geschlossen", "closed"),
    "event.cancelled": ("abgebrochen", "cancelled"),
    "event.merged": ("zusammengeführt", "merged"),
    "event.due overridden": ("Fälligkeit von Hand gesetzt", "due overridden"),
    "event.excused": ("Verzug entschuldigt", "excused"),
    "event.surveyed": ("befragt", "surveyed"),
}
