"""Small tables drawn at random: every kind of domain, every kind of cell, every hit policy."""

from datetime import date, time
from typing import Any

from hypothesis import strategies as st

from supportcore.domains import Choice, Day, Domain, Flag, Integer, Minutes, Scale, Subset, TimeOfDay
from supportcore.errors import ConceptError
from supportcore.rules import DecisionTable, Rule
from supportcore.rules.cells import (
    ANYTHING,
    GIVEN,
    MISSING,
    AllOf,
    AnyOf,
    Between,
    Cell,
    Compare,
    Exactly,
    Is,
    NoneOf,
    Not,
    OneOf,
)
from tests.oracles.rules import ABSENT, values_of

INPUTS: list[Domain] = [
    Scale("impact", ["low", "medium", "high"]),
    Flag("workaround"),
    Choice("kind", ["question", "fault", "change request"]),
    Choice("product", ["crm", "shop"], other=True),
    Integer("users", 0, 6),
    Minutes("estimate", 0, 5, optional=True),
    Day("on", date(2026, 1, 30), date(2026, 2, 2)),
    TimeOfDay("at", time(17, 58), time(18, 1), optional=True),
    Subset("areas", ["net", "db", "web"]),
    Scale("usage", ["rare", "core"], optional=True),
]
PRIORITY = Scale("priority", ["minor", "major", "critical"])
POINTS = Integer("points", 0, 1000)
TEAM = Choice("team", ["first", "second"])


@st.composite
def cells(draw: st.DrawFn, domain: Domain) -> Cell:
    """A cell of a domain, now and then one that fits nothing."""
    kinds = ["anything", "anything", "is", "one of", "not"]
    if domain.ordered:
        kinds += ["compare", "between"]
    if domain.optional:
        kinds += ["missing", "given"]
    if isinstance(domain, Subset):
        members = draw(st.frozensets(st.sampled_from(domain.members), min_size=1))
        made = draw(st.sampled_from([AllOf, AnyOf, NoneOf, Exactly]))(members)
        return draw(st.sampled_from([ANYTHING, made, made, Not([made])]))
    kind = draw(st.sampled_from(kinds))
    literal = st.sampled_from([value for value in values_of(domain) if value is not ABSENT])
    if kind == "anything":
        return ANYTHING
    if kind in ("missing", "given"):
        return MISSING if kind == "missing" else GIVEN
    if kind == "is":
        return Is(draw(literal))
    if kind == "compare":
        return Compare(draw(st.sampled_from(["<", "<=", ">", ">="])), draw(literal))
    if kind == "between":
        return Between(draw(literal), draw(literal), draw(st.booleans()), draw(st.booleans()))
    terms = draw(st.lists(literal.map(Is), min_size=2, max_size=3, unique=True))
    if domain.ordered and draw(st.booleans()):
        terms[0] = Compare(draw(st.sampled_from(["<", ">="])), draw(literal))
    return Not(terms) if kind == "not" else OneOf(terms)


@st.composite
def tables(
    draw: st.DrawFn, hits: tuple[str, ...] = ("unique", "any", "first", "priority"), most_rules: int = 6, **parts: Any
) -> DecisionTable:
    """A table over two or three small inputs; one that would be refused is drawn again."""
    inputs = draw(st.lists(st.sampled_from(INPUTS), min_size=1, max_size=3, unique_by=lambda domain: domain.name))
    hit = draw(st.sampled_from(hits))
    outputs: list[Domain] = [PRIORITY] if parts.get("single") else draw(st.sampled_from([[PRIORITY], [PRIORITY, TEAM]]))
    aggregate = draw(st.sampled_from([None, "sum", "min", "max", "count"])) if hit == "collect" else None
    if aggregate is not None:
        outputs = [POINTS]
    outcomes = st.fixed_dictionaries(
        {
            domain.name: st.sampled_from(domain.members) if isinstance(domain, (Scale, Choice)) else st.integers(0, 9)
            for domain in outputs
        }
    )
    rules = [
        Rule({domain.name: draw(cells(domain)) for domain in inputs}, draw(outcomes))
        for _ in range(draw(st.integers(1, most_rules)))
    ]
    default = draw(st.none() | outcomes)
    table = {"name": "t", "hit": hit, "inputs": inputs, "outputs": outputs, "default": default, "aggregate": aggregate}
    for name in ("rises", "falls"):
        if name in parts:
            ordered = [domain.name for domain in inputs if domain.ordered or isinstance(domain, Flag)]
            table[name] = {PRIORITY.name: ordered}
    kept = [rule for rule in rules if _stands(table, rule)]
    return DecisionTable(**table, rules=kept)


def _stands(table: dict[str, Any], rule: Rule) -> bool:
    try:
        DecisionTable(**table, rules=[rule])
    except ConceptError:
        return False
    return True
