"""The tables of a concept file that decide on priority and scope."""

from typing import Any

from attrs import evolve

from supportcore.concept.raises import steps_read
from supportcore.concept.reading import Reading
from supportcore.concept.shapes import PriorityShape, ScopeShape
from supportcore.domains import Choice, Scale, Vocabulary
from supportcore.priority import PriorityPolicy
from supportcore.rules import DecisionTable, is_matrix, read_grid, read_matrix

__all__ = ["SCOPES", "priority_read", "scope_read"]

SCOPES = ("covered", "billable", "needs agreement", "refuse")


def priority_read(
    section: PriorityShape, vocabulary: Vocabulary, scale: Scale, reading: Reading
) -> PriorityPolicy | None:
    """The policy that classifies: a table or a matrix, what must never fall or rise, the steps after it, and the
    provisional priority."""
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
    steps = steps_read(section.steps, vocabulary.values(), scale, reading)
    policy = None
    if table is not None:
        with reading.part("priority.provisional"):
            policy = PriorityPolicy(table, provisional=section.provisional or scale.members[0], steps=steps)
    return policy


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
