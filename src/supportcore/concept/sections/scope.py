"""The section `scope`: whether a request is covered, billable, needs agreement or is refused."""

from attrs import evolve

from supportcore.bounds import Bounds
from supportcore.concept.shapes import ScopeShape
from supportcore.domains import Choice, Vocabulary
from supportcore.errors import Problems
from supportcore.rules import DecisionTable, read_grid

SCOPES = ("covered", "billable", "needs agreement", "refuse")


def build_scope(
    section: ScopeShape, vocabulary: Vocabulary, bounds: Bounds, problems: Problems
) -> DecisionTable | None:
    """Build the table that decides the scope of a request and where to send it; return `None` if it has problems."""
    outputs = [Choice("scope", SCOPES)]
    if section.send_to:
        with problems.at("send_to"):
            outputs.append(Choice("send to", [word.strip() for word in section.send_to.split("|")]))
    table = None
    with problems.at("table"):
        table = read_grid(section.table, name="scope", inputs=vocabulary.values(), outputs=outputs, bounds=bounds)
    if table is None:
        return None
    if "scope" not in (output.name for output in table.outputs):
        problems.add("table", "does not decide `scope`; add the column `-> scope`")
        return None
    return evolve(table, outputs=[_used(table) if output.name == "scope" else output for output in table.outputs])


def _used(table: DecisionTable) -> Choice:
    """Return the scopes that appear in the table; without the others, no check reports them as unused."""
    decided = {rule.then["scope"] for rule in table.rules}
    return Choice("scope", [word for word in SCOPES if word in decided])
