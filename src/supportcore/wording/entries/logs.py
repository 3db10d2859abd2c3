"""Findings about the rows of a ticket log."""

ENTRIES: dict[str, tuple[str, str]] = {
    "replay.second-time": (
        "Ticket „{ticket}“: diese Ortszeit gibt es zweimal; nach der Reihenfolge der Zeilen gilt die zweite",
        "ticket `{ticket}`: this local time exists twice; by the order of the rows the second counts",
    ),
    "replay.skipped-time": (
        "Ticket „{ticket}“: diese Ortszeit gibt es nicht; gelesen mit der Zeitverschiebung vor der Zeitlücke",
        "ticket `{ticket}`: this local time does not exist; read with the offset before the gap",
    ),
    "replay.broken-chain": (
        "Ticket „{ticket}“: die Änderung beginnt bei {before}, doch die Änderung davor führte zu {after}",
        "ticket `{ticket}`: the change starts from {before}, but the change before led to {after}",
    ),
    "replay.no-opening": (
        "Ticket „{ticket}“: Spalte „{column}“ ist in jeder Zeile leer; die erste Zeile eröffnet das Ticket",
        "ticket `{ticket}`: column `{column}` is empty in every row; the first row opens the ticket",
    ),
    "replay.before-opening": (
        "Ticket „{ticket}“: die Zeile liegt vor der Eröffnung; ihre Werte sind bekannt, beginnen aber nichts (SLA-1)",
        "ticket `{ticket}`: the row is dated before the opening; its values are known but start nothing (SLA-1)",
    ),
    "replay.unnamed": (
        "nichts im Ticketprotokoll heißt „{column}“, weder eine Spalte noch ein geändertes Feld",
        "no column and no changed field of the log is called `{column}`",
    ),
    "value.none": ("keinem Wert", "no value"),
}
