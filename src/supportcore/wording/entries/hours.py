"""Words of the summary of opening hours."""

ENTRIES: dict[str, tuple[str, str]] = {
    "hours.always": ("rund um die Uhr, an allen Tagen", "around the clock, every day"),
    "hours.closed": ("geschlossen", "closed"),
    "hours.never": ("keine Servicezeit", "no opening hours"),
    "hours.zone": ("{hours} ({zone})", "{hours} ({zone})"),
    "hours.season": ("ab {day}: {hours}", "from {day}: {hours}"),
    "hours.holidays": ("Feiertage: {days}", "holidays: {days}"),
    "hours.known": ("{source} ({first} bis {last})", "{source} ({first} to {last})"),
    "hours.also": ("auch {days}", "also {days}"),
    "hours.not": ("nicht {days}", "not {days}"),
    "hours.more": ("{days} und {count} weitere", "{days} and {count} more"),
    "hours.closures": ("geschlossen: {days}", "closed: {days}"),
    "hours.exceptions": ("Ausnahmen: {days}", "exceptions: {days}"),
    "hours.breaks": ("Unterbrechungen: {days}", "breaks: {days}"),
    "hours.every": ("jedes Jahr am {day}", "every year on {day}"),
    "hours.stretch": ("{first} bis {last}", "{first} to {last}"),
    "hours.shift": (
        "An geschlossenen Tagen entfallen die Schichten, die dann beginnen, ganz.",
        "On closed days, the shifts that start then are dropped whole.",
    ),
    "hours.or": ("{left}; und außerdem: {right}", "{left}; and also: {right}"),
    "hours.and": ("{left}; davon nur: {right}", "{left}; of these only: {right}"),
    "hours.without": ("{left}; ohne: {right}", "{left}; without: {right}"),
}
