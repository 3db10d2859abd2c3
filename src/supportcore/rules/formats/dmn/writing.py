"""Decision tables written as DMN 1.3, with an error that names the cell for what DMN cannot express (RUL-11)."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree import ElementTree

from supportcore.domains import Choice, Domain, Scale, Subset
from supportcore.domains.values import shown
from supportcore.errors import DefinitionError
from supportcore.mappings import EMPTY
from supportcore.rules.cells import ANYTHING, Between, Cell, Compare, Given, Is, Missing, Not, OneOf
from supportcore.rules.cells.text_literals import quote_text
from supportcore.rules.compiler.axes import Axis, Extent
from supportcore.rules.compiler.columns import Column, terms_of
from supportcore.rules.decisions import Outcome, Rule
from supportcore.rules.formats.dmn.entries import cell_of, literal_of
from supportcore.rules.formats.dmn.extensions import EXTENSIONS, allowed_values, carry_cell, carry_domain, type_name
from supportcore.rules.formats.dmn.feel import parse_unary_tests
from supportcore.rules.formats.plain_tables import domain_tree
from supportcore.rules.tables import DecisionTable, require_table

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
# What XML does not hold, or does not give back as it was.
UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
HALF_A_PAIR = re.compile("[\ud800-\udfff]")
BLANK_ENDS = re.compile(r"^\s|\s\Z")


def write_dmn(table: DecisionTable) -> str:
    """Return a table as a DMN model with one decision.

    A scale becomes a text with its members, comparisons on it become lists of members, `anything else` becomes
    `not(...)` of the other members, and integers become numbers. Extension elements, which other programs ignore, carry
    the domains and the cells that DMN writes otherwise, so that `read_dmn` returns an equal table. Raises
    `DefinitionError` for what DMN cannot express or XML cannot hold: tests on sets of words, declared orders, control
    characters in names and reasons.

    >>> from supportcore.domains import Flag, Scale
    >>> from supportcore.rules import read_dmn
    >>> table = DecisionTable(name="t", inputs=[Flag("vip")], outputs=[Scale("priority", ["minor", "major"])],
    ...     rules=[Rule({"vip": True}, {"priority": "major"})])
    >>> read_dmn(write_dmn(table)) == table
    True
    """
    require_table(table)
    if table.rises or table.falls:
        raise DefinitionError(
            f"table `{table.name}` declares what rises or falls, which DMN cannot express; leave the declaration out"
        )
    _check_texts(table)
    model = ElementTree.Element(
        "definitions",
        {
            "xmlns": NAMESPACE,
            "xmlns:tables": EXTENSIONS,
            "id": "model",
            "name": table.name,
            "namespace": "https://example.org/tables",
        },
    )
    decision = ElementTree.SubElement(model, "decision", {"id": "decision", "name": table.name})
    attributes = {"id": "table", "hitPolicy": table.hit.replace("-", " ").upper()}
    if table.aggregate is not None:
        attributes["aggregation"] = table.aggregate.upper()
    root = ElementTree.SubElement(decision, "decisionTable", attributes)
    for number, domain in enumerate(table.inputs, 1):
        _write_input(root, domain, number)
    for number, domain in enumerate(table.outputs, 1):
        _write_output(root, table, domain, number)
    ElementTree.SubElement(root, "annotation", {"name": "because"})
    bits = {place: bit for bit, place in enumerate(table.compiled.order)}
    for place, rule in enumerate(table.rules):
        extents = [extents[bits[place]] for extents in table.compiled.extents]
        _write_rule(root, table, rule, place, extents)
    ElementTree.indent(model)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(model, encoding="unicode") + "\n"


def _check_texts(table: DecisionTable) -> None:
    """Raise `DefinitionError` for a name, member or reason with characters that XML does not give back."""
    named = [("the name of the table", table.name)]
    for domain in (*table.inputs, *table.outputs):
        named.append((f"the name of the column `{shown(domain.name)}`", domain.name))
        named += [(f"column {domain.name}: a member", half) for half in HALF_A_PAIR.findall(_tree_text(domain))]
    for rule in table.rules:
        named += [(f"the name of rule {rule.id}", rule.id), (f"rule {rule.id}: the reason", rule.because)]
        if BLANK_ENDS.search(rule.because):
            raise DefinitionError(f"rule {rule.id}: XML keeps no blanks at the ends of the reason; remove them")
    for outcome in (table.default or EMPTY, *(rule.then for rule in table.rules)):
        texts = [str(value) for value in outcome.values() if isinstance(value, str)]
        named += [(f"the outcome `{shown(text)}`", half) for text in texts for half in HALF_A_PAIR.findall(text)]
    for what, text in named:
        if found := UNKEPT.search(text):
            raise DefinitionError(f"{what} has the character U+{ord(found[0]):04X}, which XML does not keep; remove it")


def _tree_text(domain: Domain) -> str:
    return json.dumps(domain_tree(domain), ensure_ascii=False)


def _add_text(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> None:
    element = ElementTree.SubElement(parent, tag, attributes)
    ElementTree.SubElement(element, "text").text = text


def _write_input(parent: ElementTree.Element, domain: Domain, number: int) -> None:
    clause = ElementTree.SubElement(parent, "input", {"id": f"input{number}", "label": domain.name})
    carry_domain(clause, domain)
    _add_text(clause, "inputExpression", domain.name, typeRef=type_name(domain))
    if allowed := allowed_values(domain):
        _add_text(clause, "inputValues", allowed)


def _write_output(parent: ElementTree.Element, table: DecisionTable, domain: Domain, number: int) -> None:
    attributes = {"id": f"output{number}", "name": domain.name, "typeRef": type_name(domain)}
    clause = ElementTree.SubElement(parent, "output", attributes)
    carry_domain(clause, domain)
    if allowed := allowed_values(domain, highest_first=True):
        _add_text(clause, "outputValues", allowed)
    if table.default is not None:
        _add_text(clause, "defaultOutputEntry", _outcome_text(domain, table.default))


def _write_rule(
    parent: ElementTree.Element, table: DecisionTable, rule: Rule, place: int, extents: Sequence[Extent | None]
) -> None:
    element = ElementTree.SubElement(parent, "rule", {"id": f"rule{place + 1}", "label": rule.id})
    cells: Mapping[str, Any] = rule.when
    for domain, column, extent in zip(table.inputs, table.compiled.columns, extents, strict=True):
        cell = cells.get(domain.name, ANYTHING)
        entry = ElementTree.SubElement(element, "inputEntry")
        text = "-" if extent is None else _entry(cell, column, extent, rule)
        if cell_of(parse_unary_tests(text), domain) != cell:
            carry_cell(entry, cell, domain)
        ElementTree.SubElement(entry, "text").text = text
    for domain in table.outputs:
        _add_text(element, "outputEntry", _outcome_text(domain, rule.then))
    _add_text(element, "annotationEntry", rule.because)


def _outcome_text(domain: Domain, outcome: Outcome) -> str:
    return literal_of(domain, outcome[domain.name]) if domain.name in outcome else "null"


def _entry(cell: Cell, column: Column, extent: Extent, rule: Rule) -> str:
    domain = column.domain
    if isinstance(domain, Subset):
        raise DefinitionError(
            f"rule {rule.id}, column {domain.name}: DMN has no unary test for sets of words; leave the cell empty"
        )
    if isinstance(domain, Scale) or (isinstance(domain, Choice) and domain.other):
        return _members(column.axis, extent)
    match cell:
        case Given():
            return "not(null)"
        case Not(terms):
            return _negation(terms, domain, fits_missing=False)
        case OneOf((Not(terms), Missing())):
            return _negation(terms, domain, fits_missing=True)
        case OneOf(terms) if any(isinstance(term, Not) for term in terms):
            return _without_negation(column, extent)
        case OneOf(terms):
            return ", ".join(_test(term, domain) for term in terms)
    return _test(cell, domain)


def _negation(terms: Iterable[object], domain: Domain, *, fits_missing: bool) -> str:
    """Return the negation of some terms, which in FEEL holds for null unless null is among them."""
    negated = [_test(term, domain) for term in terms if not isinstance(term, Missing)]
    return f"not({', '.join([*negated, *['null'] * (domain.optional and not fits_missing)])})"


def _members(axis: Axis, extent: Extent) -> str:
    """Return the entry of a column of texts as a list of members, since texts have no order in DMN."""
    domain = axis.domain
    positions = [position for low, high in extent.spans for position in range(low, high)]
    members = {str(axis.value_at(position)) for position in positions}
    known = domain.members if isinstance(domain, (Scale, Choice)) else ()
    negated = isinstance(domain, Choice) and len(known) in positions
    texts = [quote_text(member) for member in known if (member in members) != negated]
    if extent.missing != negated and domain.optional:
        texts.append("null")
    if not texts:
        return "-"
    return f"not({', '.join(texts)})" if negated else ", ".join(texts)


def _without_negation(column: Column, extent: Extent) -> str:
    """Return an entry that negates some values beside others as the list of what it fits."""
    terms = [_test(term, column.domain) for low, high in extent.spans for term in terms_of(column.axis, low, high)]
    return ", ".join([*terms, *["null"] * extent.missing])


def _test(term: object, domain: Domain) -> str:
    match term:
        case Missing():
            return "null"
        case Is(value):
            return literal_of(domain, value)
        case Compare(operator, value):
            return f"{operator} {literal_of(domain, value)}"
    assert isinstance(term, Between)
    span = f"{literal_of(domain, term.low)}..{literal_of(domain, term.high)}"
    return ("[" if term.low_closed else "(") + span + ("]" if term.high_closed else ")")
