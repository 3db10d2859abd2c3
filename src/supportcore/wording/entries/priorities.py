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
    "priority.raised": ("„{name}“ hebt von {before} auf {after}", "“{name}” raises from {before} to {after}"),
    "priority.provisional": (
        "{since}: {priority}, vorläufig, bis alle Merkmale bekannt sind",
        "{since}: {priority}, provisional until all facts are known",
    ),
    "priority.overridden": (
        "{since}: {priority}, von Hand gesetzt durch {actor}: „{reason}“; abgeleitet wäre {derived}",
        "{since}: {priority}, set by hand by {actor}: “{reason}”; derived would be {derived}",
    ),
}
