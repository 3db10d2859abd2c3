"""The section `scope`: what is covered, billable, to be agreed or refused."""

from attrs import evolve

from supportcore.concept.file.problems import Reading
from supportcore.concept.file.shapes import ScopeShape
from supportcore.domains import Choice, Vocabulary
from supportcore.rules import DecisionTable, read_grid

SCOPES = ("covered", "billable", "needs agreement", "refuse")


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
