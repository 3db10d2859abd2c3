"""Decision tables of DMN 1.3 and later, as XML: read if their entries are literals (RUL-11)."""

import re
from collections.abc import Iterable, Mapping
from math import inf
from typing import Any
from xml.etree import ElementTree

from attrs import evolve

from supportcore.domains import Choice, Day, Domain, Flag, Minutes, Number, Scale, Value
from supportcore.errors import ConceptError, DefinitionError, Problem, Problems, did_you_mean, listed
from supportcore.rules.cells import Anything, Cell
from supportcore.rules.cells.parsing import parse_cell
from supportcore.rules.compiler.axes import axis_of, extent_of
from supportcore.rules.decisions import HITS, Rule
from supportcore.rules.formats.dmn_extensions import carried_cell, carried_domain
from supportcore.rules.formats.grids import parse_value
from supportcore.rules.tables import DecisionTable, listed_domains
from supportcore.structuring.plain import must_be_text

Element = ElementTree.Element
FOREIGN = re.compile(r'("(?:[^"\\]|\\.)*")|\bnull\b|,')
WORDS = re.compile(r'"((?:[^"\\]|\\.)*)"')
CALLED = re.compile(r'(?:date|duration)\s*\(\s*"([^"]*)"\s*\)')


def read_dmn(xml: str | bytes, *, decision: str | None = None, domains: Iterable[Domain] = ()) -> DecisionTable:
    """Return the decision table in a DMN model: the one that `decision` names, or the only one.

    `domains` gives domains by the names of their clauses. Other domains come from the model: booleans, numbers with
    their allowed range, dates, durations, texts with their list of allowed values. An output is a scale if the hit
    policy needs its order, which DMN lists highest first. `null` is a missing fact. Raises `ConceptError` with every
    problem, each with rule and column.
    """
    if not isinstance(xml, bytes):
        must_be_text(xml, "a DMN model as XML")
    try:
        root = ElementTree.fromstring(xml)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ConceptError([_syntax_problem(error)]) from None
    tables: dict[str, Element] = {}
    for element in root.iter():
        if _tag(element) == "decision" and (table := _child(element, "decisionTable")) is not None:
            name = element.get("name") or element.get("id") or ""
            if name in tables:
                raise ConceptError([Problem("", f"two decisions are called `{name}`; give each a name of its own")])
            tables[name] = table
    name = _chosen(decision, list(tables))
    return _table(name, tables[name], {domain.name: domain for domain in listed_domains(domains)})


def _syntax_problem(error: Exception) -> Problem:
    line = error.position[0] if isinstance(error, ElementTree.ParseError) else None
    words = str(error).partition(": line ")[0]
    return Problem("", f"cannot be read as XML: {words}", line)


def _chosen(decision: str | None, names: list[str]) -> str:
    if not names:
        message = "the model has no decision with a table"
    elif decision is not None and decision not in names:
        near = did_you_mean(decision, names)
        message = f"`{decision}` is not a decision with a table; expected one of {listed(names)}{near}"
    elif decision is None and len(names) > 1:
        message = f"the model has several decisions with a table; name one of {listed(names)} as `decision`"
    else:
        return names[0] if decision is None else decision
    raise ConceptError([Problem("", message)])


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element, tag: str) -> Element | None:
    return next((child for child in element if _tag(child) == tag), None)


def _children(element: Element, tag: str) -> list[Element]:
    return [child for child in element if _tag(child) == tag]


def _text(element: Element | None) -> str:
    """Return the text of an element, or of its child `text`."""
    if element is None:
        return ""
    inner = _child(element, "text")
    return ((element if inner is None else inner).text or "").strip()


def _table(name: str, table: Element, domains: Mapping[str, Domain]) -> DecisionTable:
    problems = Problems()
    hit = table.get("hitPolicy", "UNIQUE").lower().replace(" ", "-")
    if hit not in HITS:
        problems.add("hit", f"`{hit}` is not a hit policy; expected one of {listed(HITS)}")
    rules = _children(table, "rule")
    for number, rule in enumerate(rules, 1):
        for side in ("input", "output"):
            entries, clauses = len(_children(rule, f"{side}Entry")), len(_children(table, side))
            if entries != clauses:
                message = f"{side} entries: expected {clauses}, found {entries}"
                problems.add(f"rule {rule.get('label', f'r{number}')}", message)
    problems.raise_if_any(f"table {name}")
    inputs = [
        _input(clause, [_text(_children(rule, "inputEntry")[index]) for rule in rules], domains, problems)
        for index, clause in enumerate(_children(table, "input"))
    ]
    outputs = [
        _output(clause, name, [_text(_children(rule, "outputEntry")[index]) for rule in rules], hit, domains, problems)
        for index, clause in enumerate(_children(table, "output"))
    ]
    problems.raise_if_any(f"table {name}")
    parts: Any = {"rules": [_rule(rule, number, inputs, outputs, problems) for number, rule in enumerate(rules, 1)]}
    defaults = [_text(_child(clause, "defaultOutputEntry")) for clause in _children(table, "output")]
    parts["default"] = {
        domain.name: _value(domain, text, "default", problems)
        for domain, text in zip(outputs, defaults, strict=True)
        if text
    } or None
    problems.raise_if_any(f"table {name}")
    aggregate = table.get("aggregation")
    parts["aggregate"] = aggregate.lower() if aggregate else None
    return DecisionTable(name=name, hit=hit, inputs=inputs, outputs=outputs, **parts)  # type: ignore[arg-type]  # checked


# Clauses


def _input(clause: Element, entries: list[str], domains: Mapping[str, Domain], problems: Problems) -> Domain:
    expression = _child(clause, "inputExpression")
    name = _text(expression) or clause.get("label", "")
    if name in domains:
        return domains[name]
    kind = expression.get("typeRef", "string") if expression is not None else "string"
    allowed = _text(_child(clause, "inputValues"))
    return carried_domain(clause, name, allowed) or _domain(name, kind, allowed, entries, problems)


def _output(
    clause: Element, decision: str, entries: list[str], hit: str, domains: Mapping[str, Domain], problems: Problems
) -> Domain:
    name = clause.get("name") or clause.get("label") or decision
    if name in domains:
        return domains[name]
    allowed = _text(_child(clause, "outputValues"))
    carried = carried_domain(clause, name, allowed, highest_first=True)
    if carried is not None:
        return carried
    if hit in ("priority", "output-order") and allowed:
        with problems.at(f"column {name}"):
            return Scale(name, _allowed_words(allowed)[::-1], optional=_has_null(entries))
    return _domain(name, clause.get("typeRef", "string"), allowed, entries, problems)


def _domain(name: str, kind: str, allowed: str, entries: list[str], problems: Problems) -> Domain:
    kind, optional = kind.rpartition(":")[2], _has_null(entries)
    with problems.at(f"column {name}"):
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
                used = dict.fromkeys(word for entry in entries for word in _words(entry))
                words = _allowed_words(allowed) or list(used) or ["anything"]
                return Choice(name, words, other=not allowed, optional=optional)
        raise DefinitionError(f"`{kind}` is not a type of tables; give the domain in `domains`")
    return Choice(name or "column", ["anything"], other=True)


def _limited(whole: Flag | Number | Day | Minutes, allowed: str) -> Domain:
    """Return the part of a domain within the range that the model allows."""
    if not allowed:
        return whole
    axis = axis_of(whole, ())
    spans = extent_of(parse_cell(_own_form(allowed), whole), axis).spans
    if len(spans) != 1 or (isinstance(whole, Flag) and spans != ((axis.low, axis.high),)):
        raise DefinitionError(f"the allowed values `{allowed}` are not a single range; give the domain in `domains`")
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


# FEEL


def _own_form(entry: str) -> str:
    """Return an entry as our cells are written, except within quotes: `missing` for `null`, a blank after a comma."""
    return FOREIGN.sub(lambda found: found[1] or ("missing" if found[0] == "null" else ", "), entry)


def _has_null(entries: list[str]) -> bool:
    return any(found[0] == "null" for entry in entries for found in FOREIGN.finditer(entry))


def _allowed_words(text: str) -> list[str]:
    """Return the texts that a model allows, in its order."""
    words = _words(text)
    if WORDS.sub("", text).replace(",", "").strip() or text.count(",") < len(words) - 1:
        raise DefinitionError(
            f"the allowed values `{text}` are not a list of texts in quotes; give the domain in `domains`"
        )
    return words


def _words(text: str) -> list[str]:
    return [re.sub(r"\\(.)", r"\1", word) for word in WORDS.findall(text)]


# Rules


def _rule(rule: Element, number: int, inputs: list[Domain], outputs: list[Domain], problems: Problems) -> Rule:
    identity = f"r{number}"
    when: dict[str, Cell] = {}
    for domain, entry in zip(inputs, _children(rule, "inputEntry"), strict=True):
        with problems.at(f"rule {identity}, column {domain.name}"):
            cell = carried_cell(entry, parse_cell(_own_form(_text(entry)), domain), domain)
            if not isinstance(cell, Anything):
                when[domain.name] = cell
    then = {
        domain.name: _value(domain, _text(entry), f"rule {identity}", problems)
        for domain, entry in zip(outputs, _children(rule, "outputEntry"), strict=True)
        if _text(entry) not in ("", "-", "null")
    }
    annotations = [_text(entry) for entry in _children(rule, "annotationEntry")]
    because = next(filter(None, annotations), _text(_child(rule, "description")))
    return Rule(when, then, because, rule.get("label", identity))


def _value(domain: Domain, entry: str, path: str, problems: Problems) -> Value:
    called = CALLED.fullmatch(entry)
    with problems.at(f"{path}, column {domain.name}"):
        return parse_value(domain, called[1] if called else entry)
    return ""
