"""Words of the command line: tables, counts and refusals."""

ENTRIES: dict[str, tuple[str, str]] = {
    # refusals
    "command.error": ("Fehler: {words}", "error: {words}"),
    "command.problem": ("1 Problem", "1 problem"),
    "command.problem-in": ("1 Problem in {source}", "1 problem in {source}"),
    "command.problems": ("{count} Probleme", "{count} problems"),
    "command.problems-in": ("{count} Probleme in {source}", "{count} problems in {source}"),
    "command.line": ("Zeile {line}", "line {line}"),
    "command.standard-output": ("Standardausgabe", "standard output"),
    "command.file": ("„{name}“", "`{name}`"),
    "command.not-there": ("{file}: nicht vorhanden", "{file}: does not exist"),
    "command.is-a-folder": ("{file}: ist ein Ordner, keine Datei", "{file}: is a folder, not a file"),
    "command.not-allowed": ("{file}: keine Berechtigung", "{file}: permission denied"),
    "command.system-error": ("{file}: {reason}", "{file}: {reason}"),
    "command.language": (
        "--language: „{given}“ ist keine Sprache; möglich sind {known}",
        "--language: `{given}` is not a language; expected one of {known}",
    ),
    "command.concept": (
        "„{given}“ ist weder ein Beispiel noch eine Datei; möglich sind {examples} und der Pfad einer Datei mit "
        "einem Servicekonzept{near}",
        "`{given}` is not an example or a file; expected one of {examples}, or the path of a concept file{near}",
    ),
    "command.mapping": (
        "--mapping: ein Ticketprotokoll braucht eine Zuordnung; nur Ereignisse in einer einzelnen „.json“-Datei "
        "brauchen keine",
        "--mapping: a log needs a mapping; only events in one `.json` file need none",
    ),
    "command.no-instant": (
        "--as-of: „{given}“ ist kein Zeitpunkt; schreiben Sie „2026-03-12 10:15“ oder mit Zeitverschiebung "
        "„2026-03-12T10:15+01:00“",
        "--as-of: `{given}` is not an instant; write it as `2026-03-12 10:15`, or with an offset as "
        "`2026-03-12T10:15+01:00`",
    ),
    "command.instant-range": (
        "--as-of: „{given}“ liegt außerhalb der Jahre 1 bis 9999 in „{zone}“; nennen Sie einen näheren Zeitpunkt",
        "--as-of: `{given}` lies outside the years 1 to 9999 in `{zone}`; give a nearer instant",
    ),
    "command.no-ticket": ("--ticket: die Dateien enthalten kein Ticket", "--ticket: the files contain no ticket"),
    "command.many-tickets": (
        "--ticket: die Dateien enthalten {count} Tickets; nennen Sie eines, etwa „--ticket {first}“",
        "--ticket: the files contain {count} tickets; name one, for example `--ticket {first}`",
    ),
    "command.unknown-ticket": (
        "--ticket: „{given}“ ist kein Ticket dieser Dateien; vorhanden sind {known}{near}",
        "--ticket: `{given}` is not a ticket in these files; they contain {known}{near}",
    ),
    "command.no-rows": (
        "--rejects: Ereignisse in einer „.json“-Datei haben keine Zeilen, die abgewiesen werden; lassen Sie die Option "
        "weg",
        "--rejects: events in a `.json` file have no rows to set aside; leave the option out",
    ),
    "command.output-is-input": (
        "--rejects: „{path}“ ist eine der Eingabedateien; nennen Sie eine andere Datei",
        "--rejects: `{path}` is one of the input files; name another file",
    ),
    "command.output-closed": (
        "{file}: wurde geschlossen, bevor die Ausgabe vollständig war",
        "{file}: was closed before the output was complete",
    ),
    # results
    "command.loaded": ("{name}: geladen, alle Verweise stimmen", "{name}: loaded, every reference resolves"),
    "command.findings": ("Befunde", "Findings"),
    "command.severity": ("Schwere", "severity"),
    "command.code": ("Kennung", "code"),
    "command.place": ("Ort", "where"),
    "command.sentence": ("Befund", "what"),
    "command.case": ("Ticket {ticket}, Stand {as_of}", "Ticket {ticket} as of {as_of}"),
    "command.key": ("Ergebnis", "result"),
    "command.value": ("Wert", "value"),
    "command.priority": ("Priorität", "priority"),
    "command.scope": ("Leistungsumfang", "scope"),
    "command.scope-because": ("{scope}: {because}", "{scope}: {because}"),
    "command.next-change": ("nächste Änderung", "next change"),
    "command.no-change": ("keine", "none"),
    "command.clocks": ("Zeitmessungen", "Clocks"),
    "command.clock": ("Zeitmessung", "clock"),
    "command.clock-of": ("{metric} ({agreement})", "{metric} ({agreement})"),
    "command.cycle": ("Durchlauf", "cycle"),
    "command.phase": ("Zustand", "phase"),
    "command.result": ("Ergebnis", "result"),
    "command.promise": ("Zusage", "promise"),
    "command.due": ("fällig", "due"),
    "command.used": ("verbraucht", "used"),
    "command.overrun": ("überschritten um", "exceeded by"),
    "command.notifications": ("Benachrichtigungen", "Notifications"),
    "command.when": ("wann", "when"),
    "command.planned": ("{instant} (geplant)", "{instant} (planned)"),
    "command.effect": ("was", "what"),
    "command.person": ("wer", "who"),
    "command.recipient": ("für", "for"),
    "command.channel": ("Kanal", "channel"),
    "command.ladder": ("Eskalationsleiter", "ladder"),
    "command.until": ("gültig bis", "until"),
    "command.until-because": ("{instant} {ending}", "{instant} {ending}"),
    "command.ticket": ("1 Ticket", "1 ticket"),
    "command.tickets": ("{count} Tickets", "{count} tickets"),
    "command.tickets-of": ("{part} von {tickets}", "{part} of {tickets}"),
    "command.rows": (
        "{rows} Zeilen gelesen = {used} mit Ereignissen + {unchanged} ohne Änderung + {rejected} abgewiesen; "
        "{events} Ereignisse von {tickets}",
        "{rows} rows read = {used} with events + {unchanged} that changed nothing + {rejected} set aside; "
        "{events} events of {tickets}",
    ),
    "command.rejects": (
        "die abgewiesenen Zeilen, jede mit ihrem Grund, schreibt „--rejects DATEI“",
        "`--rejects FILE` writes the rows set aside, each with its reason",
    ),
    "command.rejected": (
        "{rejected} von {rows} Zeilen wurden abgewiesen, davon {own} von Ticket {ticket}; „supportcore replay“ "
        "schreibt sie mit „--rejects DATEI“",
        "{rejected} of {rows} rows were set aside, {own} of them of ticket {ticket}; "
        "`supportcore replay` writes them with `--rejects FILE`",
    ),
    "command.odd-rows": ("{severity} {code}: {count} im Ticketprotokoll", "{severity} {code}: {count} in the log"),
    "command.attainment": ("Erfüllungsgrad von {tickets}, Stand {as_of}", "Attainment of {tickets} as of {as_of}"),
    "command.met": ("eingehalten", "met"),
    "command.missed": ("verfehlt", "missed"),
    "command.open": ("offen", "open"),
    "command.none": ("ohne Ergebnis", "none"),
    "command.share": ("Anteil", "share"),
    "command.interval": ("95-%-Intervall", "95 % interval"),
    "command.from-to": ("{low} bis {high}", "{low} to {high}"),
    "command.longest-overrun": ("größte Überschreitung", "longest overrun"),
    "command.breaches": ("Verletzungen ({count})", "Breaches ({count})"),
    "command.longest": ("die {shown} größten von {count}", "the {shown} longest of {count}"),
    "command.ticket-column": ("Ticket", "ticket"),
    "command.in-time-until": ("eingehalten bis", "in time until"),
    "command.escalations": ("Eskalationen", "Escalations"),
    "command.to": ("an", "to"),
    "command.notification-count": ("Benachrichtigungen", "notifications"),
    "command.ticket-count": ("Tickets", "tickets"),
    "command.failures": ("Nicht ausgewertet ({count})", "Not evaluated ({count})"),
    "command.why": ("Grund", "why"),
    "command.replaying": ("Auswertung", "replaying"),
}
