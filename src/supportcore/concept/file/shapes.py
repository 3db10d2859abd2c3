"""The sections of a concept file as they stand there: plain texts and lists, typed, nothing interpreted yet.

One class for each kind of section; a field is a key of the file (a trailing underscore falls away). What a key means
stands in the reference of the concept file.
"""

from collections.abc import Iterator
from functools import cache
from types import NoneType
from typing import Any, get_args, get_origin

from attrs import Factory, fields, frozen
from cattrs import Converter

from supportcore.concept.file.problems import Reading
from supportcore.errors import did_you_mean, listed
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
    """`[priority]`: a table, or a matrix where two facts decide, and the steps after it."""

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
class ClockShape:
    """`[clocks.reaction]`, `[clocks."next reply"]`; what a list that is absent says is left as it is."""

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
    """A whole concept file; a section that is absent or could not be read is empty."""

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
    clocks: dict[str, ClockShape] = Factory(dict)
    people: dict[str, PersonShape] = Factory(dict)
    on_call: dict[str, DutyShape] = Factory(dict)
    ladders: dict[str, LadderShape] = Factory(dict)
    scope: ScopeShape | None = None


REQUIRED = ("format", "name", "timezone", "facts", "priority")


def file_shape(tree: dict[str, Any], reading: Reading) -> FileShape:
    """The sections of a tree, each read by itself, so that a fault in one hides none in another."""
    types = {one.name: one.type for one in fields(FileShape)}
    for name in REQUIRED:
        if name not in tree:
            reading.add(name, "is missing; give it a value")
        elif tree[name] == "":
            reading.add(name, "is empty; give it a value")
    made: dict[str, Any] = {}
    for name, value in _named(tree, "", reading):
        declared = types.get(name)
        if declared is None:
            reading.add(
                name, f"`{name}` is no section here; accepted are {listed(types, most=20)}{did_you_mean(name, types)}"
            )
        elif get_origin(declared) is dict and isinstance(value, dict):
            entries = {}
            for key, entry in _named(value, f"{name}.", reading):
                with reading.part(f"{name}.{key}"):
                    entries[key] = structure(entry, get_args(declared)[1], _converter())
                if key not in entries:
                    reading.leave(name, key)
            made[name] = entries
        else:
            with reading.part(name):
                made[name] = structure(value, declared, _converter())
    return FileShape(**made)


@cache
def _converter() -> Converter:
    """The strict converter, to which a key with nothing behind it is not the same as no key."""
    converter = strict_converter().copy()

    @converter.register_structure_hook_factory(lambda shape: NoneType in get_args(shape))
    def of_what_may_be_absent(shape: Any, made: Converter) -> Any:
        (given,) = (one for one in get_args(shape) if one is not NoneType)
        return lambda value, _: made.structure(value, given)

    @converter.register_structure_hook
    def of_day(value: Any, _: Any) -> str | DayShape:
        if isinstance(value, str):
            return value
        if isinstance(value, dict):
            return converter.structure(value, DayShape)
        raise ValueError(f"`{value}` is {kind_of(value)}; a text or a table is accepted")

    return converter


def _named(table: dict[Any, Any], path: str, reading: Reading) -> Iterator[tuple[str, Any]]:
    """The entries of a table whose keys are texts; in YAML a key may be something else."""
    for key, value in table.items():
        if isinstance(key, str):
            yield key, value
        else:
            reading.add(f"{path}{key}", f"the key `{key}` is {kind_of(key)}; write it in quotes")
