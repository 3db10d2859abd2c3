"""Words of a priority over time."""

ENTRIES: dict[str, tuple[str, str]] = {
    "priority.head": ("Priorität: {priority}", "Priority: {priority}"),
    "priority.from-the-start": ("von Beginn an", "from the start"),
    "priority.since": ("ab {instant}", "from {instant}"),
    "priority.derived": (
        "{since}: {priority}, Regel {rule}: {because}",
        "{since}: {priority}, row {rule}: {because}",
    ),
    "priority.default": ("{since}: {priority}, keine Regel passt", "{since}: {priority}, no row fits"),
    "priority.raised": (
        "„{name}“ hebt die Priorität von {before} auf {after}",
        "“{name}” raises the priority from {before} to {after}",
    ),
    "priority.provisional": (
        "{since}: {priority}, vorläufig, bis alle Merkmale bekannt sind",
        "{since}: {priority}, provisional until all facts are known",
    ),
    "priority.overridden": (
        "{since}: {priority}, von Hand gesetzt durch {actor}: „{reason}“; die abgeleitete Priorität ist {derived}",
        "{since}: {priority}, set by hand by {actor}: “{reason}”; the derived priority is {derived}",
    ),
}
