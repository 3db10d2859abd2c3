"""The tables of a concept file: priority, targets, scope."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from attrs import evolve

from supportcore.concept.amounts import duration_read
from supportcore.concept.hours import Calendars, Hours, hours_named
from supportcore.concept.reading import Reading
from supportcore.concept.shapes import PriorityShape, ScopeShape, TargetsShape
from supportcore.domains import Choice, Scale, Vocabulary
from supportcore.errors import DefinitionError
from supportcore.mappings import FrozenMapping
from supportcore.priority import PriorityPolicy
from supportcore.rules import DecisionTable, Rule, columns_of, is_matrix, read_grid, read_matrix, rule_lines
from supportcore.sla import Target

__all__ = ["SCOPES", "Targets", "priority_read", "scope_read", "targets_read"]

SCOPES = ("covered", "billable", "needs agreement", "refuse")
NONE = "none"

Targets = tuple[DecisionTable, FrozenMapping[str, Target]]


def priority_read(
    section: PriorityShape, vocabulary: Vocabulary, scale: Scale, reading: Reading
) -> PriorityPolicy | None:
    """The policy that classifies: a table or a matrix, what must never fall or rise, and the provisional priority."""
    if bool(section.table) == bool(section.matrix):
        reading.add("priority", "has either a `table` or a `matrix`")
        return None
    declared: dict[str, Any] = {}
    for direction, facts in (("rises", section.rises), ("falls", section.falls)):
        if facts:
            declared[direction] = {scale.name: facts}
    key = "table" if section.table else "matrix"
    text = section.table or section.matrix
    table = None
    if is_matrix(text) != (key == "matrix"):
        reading.add(f"priority.{key}", f"is a {'matrix' if is_matrix(text) else 'table'}; write it under that key")
        return None
    with reading.part(f"priority.{key}"):
        if key == "table":
            table = read_grid(text, name="priority", inputs=vocabulary.values(), outputs=[scale], **declared)
        else:
            table = read_matrix(text, name="priority", inputs=vocabulary.values(), output=scale, **declared)
    policy = None
    if table is not None:
        with reading.part("priority.provisional"):
            policy = PriorityPolicy(table, provisional=section.provisional or scale.members[0])
    return policy


def targets_read(
    section: TargetsShape, inputs: Iterable[Any], metrics: Iterable[str], calendars: Calendars, reading: Reading
) -> Targets | None:
    """The table of targets, and the promises that it chooses from: an amount and the hours in which it counts."""
    path = "targets.table"
    columns = columns_of(section.table)
    outputs = [Choice(name, _members(columns, name) or [NONE]) for name in metrics if f"-> {name}" in columns]
    if "-> hours" in columns:
        outputs.append(Choice("hours", _members(columns, "hours") or [NONE]))
    elif not section.hours:
        reading.add("targets", "needs hours: a column `-> hours` or the key `hours`")
        return None
    table = None
    with reading.part(path):
        table = read_grid(section.table, name="targets", inputs=inputs, outputs=outputs)
    if table is None:
        return None
    named = {name: hours_named(name, calendars, path, reading) for name in _hours_in(section, columns)}
    promises: dict[str, Target] = {}
    rules = []
    for rule, line in zip(table.rules, rule_lines(section.table), strict=True):
        hours = str(rule.then.get("hours", section.hours))
        then: dict[str, str] = {}
        for metric, cell in rule.then.items():
            if metric != "hours":
                then[metric] = _promise(str(cell), hours)
                with reading.part(f"{path}.rule {rule.id}, column {metric}", line):
                    promises[then[metric]] = _target(str(cell), hours, named[hours])
        rules.append(evolve(rule, then=FrozenMapping(then)))
    whole = None
    with reading.part(path):
        whole = _with_promises(table, rules)
    return None if whole is None else (whole, FrozenMapping(promises))


def _members(columns: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cell for cell in columns.get(f"-> {name}", ()) if cell not in ("", "-")))


def _hours_in(section: TargetsShape, columns: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    return _members(columns, "hours") or (section.hours,)


def _promise(amount: str, hours: str) -> str:
    return amount if amount == NONE else f"{amount}, {hours}"


def _target(amount: str, name: str, hours: Hours | None) -> Target:
    if hours is not None and hours.outside:
        raise DefinitionError(f"`{name}` cannot count a target; name a calendar")
    calendar = None if hours is None else hours.calendar
    return Target(None if amount == NONE else duration_read(amount), calendar, hours=name)


def _with_promises(table: DecisionTable, rules: Sequence[Rule]) -> DecisionTable:
    """The table whose outcomes name whole promises: what a row says of amount and hours, as one."""
    outputs = [
        Choice(domain.name, tuple(dict.fromkeys(str(rule.then[domain.name]) for rule in rules)))
        for domain in table.outputs
        if domain.name != "hours"
    ]
    return DecisionTable(name=table.name, hit=table.hit, inputs=table.inputs, outputs=outputs, rules=rules)


def scope_read(section: ScopeShape, vocabulary: Vocabulary, reading: Reading) -> DecisionTable | None:
    """The table that says what is covered, billable, to be agreed or refused, and where a request is sent."""
    outputs = [Choice("scope", SCOPES)]
    if section.send_to:
        with reading.part("scope.send_to"):
            outputs.append(Choice("send to", [word.strip() for word in section.send_to.split("|")]))
    table = None
    with reading.part("scope.table"):
        table = read_grid(section.table, name="scope", inputs=vocabulary.values(), outputs=outputs)
    if table is None:
        return None
    if "scope" not in (output.name for output in table.outputs):
        reading.add("scope.table", "decides no `scope`; add the column `-> scope`")
        return None
    return evolve(table, outputs=[_used(table) if output.name == "scope" else output for output in table.outputs])


def _used(table: DecisionTable) -> Choice:
    """The decisions on scope that the table's rows take: a concept need not take each of them."""
    taken = {rule.then["scope"] for rule in table.rules}
    return Choice("scope", [word for word in SCOPES if word in taken])
