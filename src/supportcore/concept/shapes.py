"""The sections of a concept file as typed values that hold the texts of the file, not yet parsed.

Each kind of section has a class, and each key a field; a trailing underscore is no part of the key. The reference of
the concept file explains the keys.
"""

from collections.abc import Iterator
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from attrs import Factory, fields, frozen
from cattrs import Converter

from supportcore.errors import Problems, did_you_mean, listed
from supportcore.structuring.plain import kind_of
from supportcore.structuring.strict import strict_converter, structure


@frozen
class DayShape:
    """The hours of one day with a note: `{ hours = "closed", note = "bridge day" }`."""

    hours: str
    note: str = ""


@frozen
class CalendarShape:
    """`[calendars.office]`."""

    hours: dict[str, str]
    timezone: str = ""
    holidays: Any = ""
    exceptions: dict[str, str | DayShape] = Factory(dict)
    breaks: dict[str, str | DayShape] = Factory(dict)
    closures: dict[str, str] = Factory(dict)
    seasons: dict[str, dict[str, str]] = Factory(dict)
    holiday_scope: str = "day"


@frozen
class RaiseShape:
    """One step after the table: `{ name = …, when = …, raise = … }`."""

    name: str
    when: str
    raise_: str


@frozen
class PriorityShape:
    """`[priority]`: a table, or a matrix of two facts, and the steps after it."""

    table: str = ""
    matrix: str = ""
    provisional: str = ""
    rises: list[str] = Factory(list)
    falls: list[str] = Factory(list)
    steps: list[RaiseShape] = Factory(list)


@frozen
class TargetsShape:
    """`[targets]`."""

    table: str
    hours: str = ""
    apply: str = ""


@frozen
class WaitingShape:
    """`[waiting]`."""

    reasons: str


@frozen
class ClockShape:
    """`[clocks.reaction]`, `[clocks."next reply"]`; a list that is `None` leaves the built-in conditions in place."""

    started_by: list[str] | None = None
    stopped_by: list[str] | None = None
    restarted_by: list[str] | None = None
    paused_while: list[str] | None = None
    warn_at: list[str] = Factory(list)
    when_raised: str = ""
    when_lowered: str = ""
    when_attached: str = ""
    when_reopened: str = ""
    budgets: dict[str, str] = Factory(dict)


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
    """A whole concept file.

    A section that is absent or could not be read is empty. `unread` holds, by section, the names of the entries that
    could not be read, so that a reference to such an entry is not reported as a second problem; a section without
    entries that could not be read is there with an empty list.
    """

    format: int = 0
    name: str = ""
    language: str = "en"
    timezone: str = ""
    valid: str = ""
    facts: dict[str, str] = Factory(dict)
    scales: dict[str, str] = Factory(dict)
    calendars: dict[str, CalendarShape] = Factory(dict)
    dates: dict[str, dict[str, str]] = Factory(dict)
    priority: PriorityShape | None = None
    targets: TargetsShape | None = None
    waiting: WaitingShape | None = None
    clocks: dict[str, ClockShape] = Factory(dict)
    people: dict[str, PersonShape] = Factory(dict)
    on_call: dict[str, DutyShape] = Factory(dict)
    ladders: dict[str, LadderShape] = Factory(dict)
    scope: ScopeShape | None = None
    unread: dict[str, list[str]] = Factory(dict)


SECTIONS = {section.name: section.type for section in fields(FileShape) if section.name != "unread"}
REQUIRED = ("format", "name", "timezone", "facts", "priority")


def read_sections(tree: dict[str, Any], problems: Problems) -> FileShape:
    """Structure the sections of a tree one by one, so that a problem in one section hides none in another."""
    for name in REQUIRED:
        if name not in tree:
            problems.add(name, "is missing; give it a value")
        elif tree[name] == "":
            problems.add(name, "is empty; give it a value")
    made: dict[str, Any] = {}
    unread: dict[str, list[str]] = {}
    for name, value in _named(tree, problems):
        declared = SECTIONS.get(name)
        if declared is None:
            problems.add(
                name,
                f"`{name}` is not a section; expected one of {listed(SECTIONS, most=20)}{did_you_mean(name, SECTIONS)}",
            )
        elif get_origin(declared) is dict and isinstance(value, dict):
            made[name] = {}
            for key, entry in _named(value, problems.at(name)):
                with problems.at(f"{name}.{key}"):
                    made[name][key] = structure(entry, get_args(declared)[1], _converter())
                if key not in made[name]:
                    unread.setdefault(name, []).append(key)
        else:
            with problems.at(name):
                made[name] = structure(value, declared, _converter())
            if name not in made:
                unread[name] = []
    return FileShape(**made, unread=unread)


@cache
def _converter() -> Converter:
    """Return the strict converter, which also refuses a key without a value."""
    converter = strict_converter().copy()

    @converter.register_structure_hook_factory(lambda shape: NoneType in get_args(shape))
    def of_optional(shape: Any, made: Converter) -> Any:
        (given,) = (kind for kind in get_args(shape) if kind is not NoneType)
        return lambda value, _: made.structure(value, given)

    @converter.register_structure_hook
    def of_day(value: Any, _: Any) -> str | DayShape:
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return converter.structure(value, DayShape)
        raise ValueError(f"`{value}` is {kind_of(value)}; expected a text or a table")

    return converter


def _named(table: dict[Any, Any], problems: Problems) -> Iterator[tuple[str, Any]]:
    """Yield the entries of a table whose keys are texts; in YAML, a key may also be a number or a date."""
    for key, value in table.items():
        if isinstance(key, str):
            yield key, value
        else:
            problems.add(str(key), f"the key `{key}` is {kind_of(key)}; write it in quotes")
