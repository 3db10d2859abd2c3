"""Decision tables of DMN 1.3 and later, as XML: read where their cells are literal (RUL-11)."""

import re
from collections.abc import Iterable, Mapping
from math import inf
from typing import Any
from xml.etree import ElementTree

from attrs import evolve

from supportcore.domains import Choice, Day, Domain, Flag, Minutes, Number, Scale, Value
from supportcore.errors import ConceptError, DefinitionError, FactError, Problem, listed
from supportcore.rules.cells import Anything, Cell
from supportcore.rules.cells.parsing import parse_cell
from supportcore.rules.compiler.axes import axis_of, extent_of
from supportcore.rules.compiler.building import HITS
from supportcore.rules.decisions import Rule
from supportcore.rules.formats.dmn_extensions import carried_cell, carried_domain
from supportcore.rules.formats.grids import parse_value
from supportcore.rules.tables import DecisionTable, listed_domains

Element = ElementTree.Element
FOREIGN = re.compile(r'("(?:[^"\\]|\\.)*")|\bnull\b|,')
WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"')


def read_dmn(xml: str, *, decision: str | None = None, domains: Iterable[Domain] = ()) -> DecisionTable:
    """The decision table in a DMN model: the one that `decision` names, or the only one.

    Domains come from `domains` by the names of the columns, else from the model: booleans, numbers with their allowed
    range, dates, durations, texts with their list of allowed values; an output is a scale where the hit policy needs
    its order, which DMN lists highest first. `null` is a missing fact. Raises `ConceptError` with every problem, each
    with rule and column.
    """
    try:
        root = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, TypeError) as error:
        raise ConceptError([Problem("", f"is no XML: {error}")]) from None
    tables: dict[str, Element] = {}
    for each in root.iter():
        if _tag(each) == "decision" and (table := _child(each, "decisionTable")) is not None:
            called = each.get("name") or each.get("id") or ""
            if called in tables:
                raise ConceptError([Problem("", f"two decisions are called `{called}`; each has a name of its own")])
            tables[called] = table
    if not tables or (decision is None and len(tables) > 1) or (decision is not None and decision not in tables):
        asked = f"`{decision}` is none of" if decision is not None else "name one of"
        raise ConceptError([Problem("", f"{asked} the decisions with a table: {listed(tables) or 'there are none'}")])
    name = decision if decision is not None else next(iter(tables))
    return _read(name, tables[name], {domain.name: domain for domain in listed_domains(domains)})


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element, tag: str) -> Element | None:
    return next((child for child in element if _tag(child) == tag), None)


def _children(element: Element, tag: str) -> list[Element]:
    return [child for child in element if _tag(child) == tag]


def _text(element: Element | None) -> str:
    """The text of an element or of its `text` child."""
    if element is None:
        return ""
    inner = _child(element, "text")
    return ((element if inner is None else inner).text or "").strip()


def _read(name: str, table: Element, domains: Mapping[str, Domain]) -> DecisionTable:
    problems: list[Problem] = []
    hit = table.get("hitPolicy", "UNIQUE").lower().replace(" ", "-")
    if hit not in HITS:
        problems.append(Problem("hit", f"`{hit}` is no hit policy; accepted are {listed(HITS)}"))
    rules = _children(table, "rule")
    for place, rule in enumerate(rules, 1):
        for entry, column in (("inputEntry", "input"), ("outputEntry", "output")):
            count, columns = len(_children(rule, entry)), len(_children(table, column))
            if count != columns:
                words = f"has {count} cells of {column}s under {columns} columns"
                problems.append(Problem(f"rule {rule.get('label', f'r{place}')}", words))
    if problems:
        raise ConceptError(problems, f"table {name}")
    inputs = [
        _input(column, [_text(_children(rule, "inputEntry")[place]) for rule in rules], domains, problems)
        for place, column in enumerate(_children(table, "input"))
    ]
    outputs = [
        _output(column, name, [_text(_children(rule, "outputEntry")[place]) for rule in rules], hit, domains, problems)
        for place, column in enumerate(_children(table, "output"))
    ]
    if problems:
        raise ConceptError(problems, f"table {name}")
    read = [_rule(rule, place, inputs, outputs, problems) for place, rule in enumerate(rules, 1)]
    defaults = [_text(_child(column, "defaultOutputEntry")) for column in _children(table, "output")]
    default = {
        one.name: _value(one, text, "default", problems) for one, text in zip(outputs, defaults, strict=True) if text
    }
    if problems:
        raise ConceptError(problems, f"table {name}")
    aggregate = table.get("aggregation")
    parts: Any = {"hit": hit, "aggregate": aggregate.lower() if aggregate else None}
    return DecisionTable(name=name, inputs=inputs, outputs=outputs, rules=read, default=default or None, **parts)


def _input(column: Element, cells: list[str], domains: Mapping[str, Domain], problems: list[Problem]) -> Domain:
    expression = _child(column, "inputExpression")
    name = _text(expression) or column.get("label", "")
    if name in domains:
        return domains[name]
    kind = expression.get("typeRef", "string") if expression is not None else "string"
    allowed = _text(_child(column, "inputValues"))
    return carried_domain(column, name, allowed) or _domain(name, kind, allowed, cells, problems)


def _output(
    column: Element, decision: str, cells: list[str], hit: str, domains: Mapping[str, Domain], problems: list[Problem]
) -> Domain:
    name = column.get("name") or column.get("label") or decision
    if name in domains:
        return domains[name]
    allowed = _text(_child(column, "outputValues"))
    carried = carried_domain(column, name, allowed, highest_first=True)
    if carried is not None:
        return carried
    if hit in ("priority", "output-order") and allowed:
        try:
            return Scale(name, _allowed_words(allowed)[::-1], optional=_names_null(cells))
        except DefinitionError as error:
            problems.append(Problem(f"column {name}", str(error)))
    return _domain(name, column.get("typeRef", "string"), allowed, cells, problems)


def _names_null(cells: list[str]) -> bool:
    return any(_as_ours(cell) != _with_blanks(cell) for cell in cells)


def _domain(name: str, kind: str, allowed: str, cells: list[str], problems: list[Problem]) -> Domain:
    kind, optional = kind.rpartition(":")[2], _names_null(cells)
    try:
        match kind:
            case "boolean":
                return _limited(Flag(name, optional=optional), allowed)
            case "number" | "integer" | "long" | "double":
                return _limited(Number(name, optional=optional), allowed)
            case "date":
                return _limited(Day(name, optional=optional), allowed)
            case "dayTimeDuration" | "days and time duration":
                return _limited(Minutes(name, optional=optional), allowed)
            case "string":
                words = _allowed_words(allowed) or list(dict.fromkeys(word for cell in cells for word in _words(cell)))
                return Choice(name, words or ["anything"], other=not allowed, optional=optional)
        problems.append(
            Problem(f"column {name}", f"`{kind}` is no type that tables have; give its domain in `domains`")
        )
    except DefinitionError as error:
        problems.append(Problem(f"column {name}", str(error)))
    return Choice(name or "column", ["anything"], other=True)


def _limited(whole: Flag | Number | Day | Minutes, allowed: str) -> Domain:
    """The domain within the one range that the model allows."""
    if not allowed:
        return whole
    axis = axis_of(whole, ())
    spans = extent_of(parse_cell(_as_ours(allowed), whole), axis).spans
    if len(spans) != 1 or (isinstance(whole, Flag) and spans != ((axis.low, axis.high),)):
        raise DefinitionError(f"the allowed values `{allowed}` are no single range; give its domain in `domains`")
    ((low, high),) = spans
    if isinstance(whole, Flag):
        return whole
    bounds: Any
    if isinstance(whole, Number):
        lower, upper = (None if end[0] in (-inf, inf) else end[0] for end in (low, high))
        opened = {"lo_open": lower is not None and low[1] == 1, "hi_open": upper is not None and high[1] == 0}
        bounds = {"lo": lower, "hi": upper, **opened}
    else:
        bounds = {
            "lo": None if low == -inf else axis.value_at(low),
            "hi": None if high == inf else axis.value_at(high - 1),
        }
    return evolve(whole, **bounds)


def _as_ours(text: str) -> str:
    """A cell as we write it, except within quotes: `null` as `missing`, a blank behind each comma."""
    return FOREIGN.sub(lambda found: found[1] or ("missing" if found[0] == "null" else ", "), text)


def _with_blanks(text: str) -> str:
    return FOREIGN.sub(lambda found: ", " if found[0] == "," else found[0], text)


def _allowed_words(text: str) -> list[str]:
    """The texts that a model allows, in its order."""
    words = _words(text)
    if WORDS.sub("", text).replace(",", "").strip() or text.count(",") < len(words) - 1:
        raise DefinitionError(
            f"the allowed values `{text}` are no list of texts in quotes; give its domain in `domains`"
        )
    return words


def _words(text: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", word) for word in WORDS.findall(text)]


def _rule(rule: Element, place: int, inputs: list[Domain], outputs: list[Domain], problems: list[Problem]) -> Rule:
    identity = f"r{place}"
    when: dict[str, Cell] = {}
    for domain, entry in zip(inputs, _children(rule, "inputEntry"), strict=False):
        try:
            cell = carried_cell(entry, parse_cell(_as_ours(_text(entry)), domain), domain)
            if not isinstance(cell, Anything):
                when[domain.name] = cell
        except DefinitionError as error:
            problems.append(Problem(f"rule {identity}, column {domain.name}", str(error)))
    then = {
        domain.name: _value(domain, _text(entry), f"rule {identity}", problems)
        for domain, entry in zip(outputs, _children(rule, "outputEntry"), strict=False)
        if _text(entry) not in ("", "-", "null")
    }
    reasons = [_text(entry) for entry in _children(rule, "annotationEntry")]
    return Rule(
        when, then, next(filter(None, reasons), _text(_child(rule, "description"))), rule.get("label", identity)
    )


def _value(domain: Domain, text: str, where: str, problems: list[Problem]) -> Value:
    called = re.fullmatch(r'(?:date|duration)\s*\(\s*"([^"]*)"\s*\)', text)
    try:
        return parse_value(domain, called[1] if called else text)
    except FactError as error:
        problems.append(Problem(f"{where}, column {domain.name}", str(error)))
        return ""
