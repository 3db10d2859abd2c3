"""Small tables drawn at random: every kind of domain, every kind of cell, every hit policy."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from supportcore.domains import Choice, Day, Domain, Flag, Integer, Minutes, Number, NumberGap, Scale, Subset, TimeOfDay
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


def literals(domain: Domain) -> st.SearchStrategy[Any]:
    """Values of a domain; of an unbounded domain a few near nought."""
    if isinstance(domain, Number):
        numbers = [Decimal("-2"), Decimal("0.10"), Decimal("1E+3"), Decimal("3"), Decimal("-0.001")]
        return st.sampled_from([number for number in numbers if domain.problem(number) is None])
    if isinstance(domain, (Integer, Minutes)) and (domain.lo is None or domain.hi is None):
        return st.integers(domain.lo or 0, 99)
    return st.sampled_from([value for value in values_of(domain) if value is not ABSENT])


@st.composite
def cells(draw: st.DrawFn, domain: Domain) -> Cell:
    """A cell of a domain, now and then one that fits nothing."""
    kinds = ["anything", "anything", "is", "one of", "not"]
    if domain.ordered:
        kinds += ["compare", "between"]
    if domain.optional:
        kinds += ["missing", "given", "not or missing"]
    if isinstance(domain, Subset):
        members = draw(st.frozensets(st.sampled_from(domain.members), min_size=1))
        made = draw(st.sampled_from([AllOf, AnyOf, NoneOf, Exactly]))(members)
        return draw(st.sampled_from([ANYTHING, made, made, Not([made])]))
    kind = draw(st.sampled_from(kinds))
    literal = literals(domain)
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
    if kind == "not or missing":
        return OneOf([Not(terms), MISSING, *draw(st.lists(literal.map(Is), max_size=1))])
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


NASTY_WORDS = (
    "", " ", " a", "a ", "-", "null", "true", "false", "not", "missing", "given", "other", "5", "2,3", "1.50", "[1..2]",
    ">= 3", "a, b", 'say "x"', '"quoted"', '"', "'", "C:\\temp", "\\", "\\n", "a\\", "line\nend", "\r",
    "\t", "\x07", "\x85", "a\x85b", "a\rb", "a\x7fb", "a\u2028b", "--", ":-:", "..", "yes",
    "\u2028", "é", "😀", "|", "a|b", "a | b", "a < b", "->", "---", "not(a)", 'date("2026-01-01")', "${x}",
    "<b>", "&amp;",
    "]]>", "a..b", "any of a", "exactly", "#", "id", "because", "//", "ŉ",
)  # fmt: skip
NASTY_TEXTS = st.sampled_from(NASTY_WORDS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
NASTY_NAMES = NASTY_TEXTS.map(str.strip).filter(bool)


@st.composite
def nasty_domains(draw: st.DrawFn, name: str) -> Domain:
    """A domain of any kind, whose members are nasty texts."""
    optional = draw(st.booleans())
    members = draw(st.lists(NASTY_TEXTS, min_size=2, max_size=4, unique=True))
    words = [word for word in map(str.strip, members) if word]
    names = {"de": {members[0]: draw(NASTY_TEXTS)}} if draw(st.booleans()) else {}
    domains: list[Domain] = [
        Scale(name, members, optional=optional, names=names),
        Choice(name, members, optional=optional, names=names),
        Choice(name, members, other="other" not in members, optional=optional),
        Flag(name, optional=optional),
        Integer(name, optional=optional),
        Integer(name, 0, 99, optional=optional),
        Number(name, optional=optional),
        Number(name, Decimal("-2"), Decimal("1E+3"), hi_open=False, lo_open=False, optional=optional),
        Number(name, Decimal("-2"), Decimal("1E+3"), gaps=[NumberGap(Decimal("-0.001"), 3)], optional=optional),
        Minutes(name, optional=optional),
        Day(name, date(2026, 1, 30), date(2026, 2, 2), optional=optional),
        TimeOfDay(name, time(9, 58), time(10, 1), optional=optional),
        *([Subset(name, dict.fromkeys(words), optional=optional)] if words else []),
    ]
    return draw(st.sampled_from(domains))


@st.composite
def nasty_tables(draw: st.DrawFn) -> DecisionTable:
    """A table of any kind, with nasty texts as names, members, outcomes and reasons."""
    names = draw(st.lists(NASTY_NAMES, min_size=2, max_size=5, unique=True))
    cut = draw(st.integers(1, len(names) - 1))
    inputs, outputs = ([draw(nasty_domains(name)) for name in side] for side in (names[:cut], names[cut:]))
    hits = ["unique", "any", "first", "rule-order", "collect"]
    if any(domain.ordered for domain in outputs):
        hits += ["priority", "output-order"]
    hit = draw(st.sampled_from(hits))
    aggregate = "count" if hit == "collect" and len(outputs) == 1 and not outputs[0].optional else None
    table = {"name": draw(NASTY_NAMES), "hit": hit, "inputs": inputs, "outputs": outputs, "aggregate": aggregate}

    def outcome() -> dict[str, Any]:
        any_text = {domain.name for domain in outputs if isinstance(domain, Choice) and domain.other}
        drawn = {domain.name: draw(NASTY_TEXTS if domain.name in any_text else literals(domain)) for domain in outputs}
        kept = [domain.name for domain in outputs if not domain.optional or draw(st.booleans())]
        return {name: drawn[name] for name in kept}

    table["default"] = outcome() if draw(st.booleans()) else None
    ids = draw(st.lists(NASTY_NAMES, max_size=4, unique=True))
    rules = [
        Rule({domain.name: draw(cells(domain)) for domain in inputs}, outcome(), draw(NASTY_TEXTS), identity)
        for identity in ids
    ]
    return DecisionTable(**table, rules=[rule for rule in rules if _stands(table, rule)])


def _stands(table: dict[str, Any], rule: Rule) -> bool:
    try:
        DecisionTable(**table, rules=[rule])
    except ConceptError:
        return False
    return True


# Few values for each kind of domain, so that the twin can look at every input of three or four of them.
GROWN: list[Domain] = [
    Choice("kind", ["question", "fault", "change request", "order", "complaint"]),
    Choice("product", ["crm", "shop", "mail"], other=True, optional=True),
    Scale("impact", ["low", "medium", "high", "very high"]),
    Integer("users", 0, 5),
    Minutes("estimate", 0, 4, optional=True),
    Flag("workaround"),
    Day("on", date(2026, 1, 30), date(2026, 2, 2)),
]


@st.composite
def grown_tables(draw: st.DrawFn, hits: tuple[str, ...], *, rises: bool = False) -> DecisionTable:
    """A table as people grow it: all inputs split again and again, some rules cut short, exceptions before them."""
    inputs = draw(st.lists(st.sampled_from(GROWN), min_size=2, max_size=4, unique_by=lambda domain: domain.name))
    wholes = [values_of(domain) for domain in inputs]
    regions = [wholes]
    for _ in range(draw(st.integers(2, 9))):
        at = draw(st.integers(0, len(regions) - 1))
        column = draw(st.integers(0, len(inputs) - 1))
        values = regions[at][column]
        if len(values) > 1:
            kept = draw(st.lists(st.sampled_from(values), min_size=1, max_size=len(values) - 1, unique=True))
            if inputs[column].ordered and draw(st.booleans()):
                kept = values[: draw(st.integers(1, len(values) - 1))]
            for side in (kept, [value for value in values if value not in kept]):
                regions.append([*regions[at][:column], side, *regions[at][column + 1 :]])
            regions[at] = regions.pop()
    for at in draw(st.lists(st.integers(0, len(regions) - 1), max_size=2, unique=True)):
        column = draw(st.integers(0, len(inputs) - 1))
        lost = draw(st.sampled_from(regions[at][column]))
        left = [value for value in regions[at][column] if value != lost]
        regions[at] = [*regions[at][:column], left or [lost], *regions[at][column + 1 :]]
    outcome = st.fixed_dictionaries({PRIORITY.name: st.sampled_from(PRIORITY.members)})
    frame = {"name": "t", "hit": draw(st.sampled_from(hits)), "inputs": inputs, "outputs": [PRIORITY]}
    exceptions = [
        Rule({domain.name: draw(cells(domain)) for domain in inputs}, draw(outcome))
        for _ in range(draw(st.integers(0, 2)))
    ]
    rules = [rule for rule in exceptions if _stands(frame, rule)]
    for region in regions:
        columns = zip(inputs, region, wholes, strict=True)
        when = {domain.name: cell_of(domain, values, whole, draw(st.booleans())) for domain, values, whole in columns}
        rules.append(Rule(when, draw(outcome)))
    if rises:
        frame["rises"] = {PRIORITY.name: [domain.name for domain in inputs if domain.ordered or domain.kind == "flag"]}
    return DecisionTable(**frame, rules=rules, default=draw(st.none() | outcome))


def cell_of(domain: Domain, values: list[Any], whole: list[Any], negated: bool) -> Cell:
    """The cell that fits exactly some values of a domain, as a list, as a range, or by what it leaves out."""
    if len(values) == len(whole):
        return ANYTHING
    held = [value for value in values if value is not ABSENT]
    others = [value for value in whole if value not in values and value is not ABSENT]
    if not others:
        return GIVEN
    if ABSENT in values:
        return OneOf([*map(Is, held), MISSING]) if held else MISSING
    places = [whole.index(value) for value in held]
    if domain.ordered and places == list(range(places[0], places[0] + len(places))):
        return Between(held[0], held[-1], True, True)
    return Not([*map(Is, others)]) if negated else OneOf([*map(Is, held)])
