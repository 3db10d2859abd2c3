"""The sections of a concept file as they stand there: plain texts and lists, typed, nothing interpreted yet.

One class for each kind of section; a field is a key of the file (a trailing underscore falls away). What a key means
stands in the reference of the concept file.
"""

from attrs import Factory, frozen

__all__ = [
    "CalendarShape",
    "ClockShape",
    "ConditionShape",
    "DutyShape",
    "FileShape",
    "LadderShape",
    "PersonShape",
    "PriorityShape",
    "RotationShape",
    "ScopeShape",
    "StepShape",
    "TargetsShape",
]


@frozen
class CalendarShape:
    """`[calendars.office]`."""

    hours: dict[str, str]
    timezone: str = ""
    holidays: str = ""
    exceptions: dict[str, str] = Factory(dict)
    breaks: dict[str, str] = Factory(dict)


@frozen
class PriorityShape:
    """`[priority]`: a table, or a matrix where two facts decide."""

    table: str = ""
    matrix: str = ""
    provisional: str = ""
    rises: list[str] = Factory(list)
    falls: list[str] = Factory(list)


@frozen
class TargetsShape:
    """`[targets]`."""

    table: str
    hours: str = ""


@frozen
class ClockShape:
    """`[clocks.reaction]`, `[clocks.resolution]`."""

    stopped_by: list[str] = Factory(list)
    paused_while: list[str] = Factory(list)
    warn_at: list[str] = Factory(list)
    when_raised: str = ""
    when_lowered: str = ""
    when_reopened: str = ""


@frozen
class PersonShape:
    """`[people.anna]`."""

    name: str = ""
    channels: list[str] = Factory(list)
    roles: list[str] = Factory(list)


@frozen
class RotationShape:
    """`people = { rotation = …, primary = […] }` of a duty."""

    rotation: str
    from_: str
    primary: list[str]
    backup: str = ""


@frozen
class DutyShape:
    """`[on_call.duty]`."""

    people: RotationShape
    timezone: str = ""


@frozen
class ConditionShape:
    """`for = { priority = …, hours = … }` of a ladder."""

    priority: str = ""
    hours: str = ""


@frozen
class StepShape:
    """One step of a ladder."""

    after: str = ""
    at: str = ""
    page: str = ""
    inform: str = ""
    channel: str = ""
    unless: str = ""


@frozen
class LadderShape:
    """`[ladders.night]`."""

    steps: list[StepShape]
    for_: ConditionShape = ConditionShape()
    rounds: int = 1
    last_resort: str = ""


@frozen
class ScopeShape:
    """`[scope]`."""

    table: str
    send_to: str = ""


@frozen
class FileShape:
    """A whole concept file."""

    format: int  # the key's name in the file
    name: str
    timezone: str
    facts: dict[str, str]
    priority: PriorityShape
    language: str = "en"
    valid: str = ""
    scales: dict[str, str] = Factory(dict)
    calendars: dict[str, CalendarShape] = Factory(dict)
    targets: TargetsShape | None = None
    clocks: dict[str, ClockShape] = Factory(dict)
    people: dict[str, PersonShape] = Factory(dict)
    on_call: dict[str, DutyShape] = Factory(dict)
    ladders: dict[str, LadderShape] = Factory(dict)
    scope: ScopeShape | None = None
