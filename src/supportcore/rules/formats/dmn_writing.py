"""Decision tables written as DMN 1.3, with an error that names the cell for what DMN cannot express (RUL-11)."""

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

from supportcore.domains import Choice, Day, Domain, Flag, Minutes, Scale, Subset, Value
from supportcore.errors import DefinitionError
from supportcore.rules.cells import Between, Cell, Compare, Given, Is, Missing, Not, OneOf, Term
from supportcore.rules.compiler.columns import Column, cell_for
from supportcore.rules.decisions import Rule
from supportcore.rules.formats.dmn_extensions import EXTENSIONS, allowed_values, carry_cell, carry_domain, quoted
from supportcore.rules.tables import DecisionTable, require_table

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
UNKEPT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|^\\s|\\s\\Z")
TYPES = {"flag": "boolean", "integer": "number", "number": "number", "minutes": "dayTimeDuration", "day": "date"}


def write_dmn(table: DecisionTable) -> str:
    """Return a table as a DMN model with one decision.

    A scale becomes a text with its members, comparisons on it become lists of members, and integers become numbers.
    Extension elements, which other programs ignore, carry the domains and the comparisons as they were written, so that
    `read_dmn` returns an equal table. Raises `DefinitionError` for what DMN cannot express: sets of words, anything
    else, declared orders, and reasons that XML would not keep.

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
    columns = {column.domain.name: column for column in table.compiled.columns}
    for rule in table.rules:
        _write_rule(root, table, rule, columns)
    ElementTree.indent(model)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(model, encoding="unicode") + "\n"


def _add_text(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> None:
    element = ElementTree.SubElement(parent, tag, attributes)
    ElementTree.SubElement(element, "text").text = text


def _write_input(parent: ElementTree.Element, domain: Domain, number: int) -> None:
    clause = ElementTree.SubElement(parent, "input", {"id": f"input{number}", "label": domain.name})
    carry_domain(clause, domain)
    _add_text(clause, "inputExpression", domain.name, typeRef=TYPES.get(domain.kind, "string"))
    if allowed := allowed_values(domain):
        _add_text(clause, "inputValues", allowed)


def _write_output(parent: ElementTree.Element, table: DecisionTable, domain: Domain, number: int) -> None:
    attributes = {"id": f"output{number}", "name": domain.name, "typeRef": TYPES.get(domain.kind, "string")}
    clause = ElementTree.SubElement(parent, "output", attributes)
    carry_domain(clause, domain)
    if allowed := allowed_values(domain, highest_first=True):
        _add_text(clause, "outputValues", allowed)
    if table.default is not None and domain.name in table.default:
        _add_text(clause, "defaultOutputEntry", _literal(domain, table.default[domain.name]))


def _write_rule(parent: ElementTree.Element, table: DecisionTable, rule: Rule, columns: Mapping[str, Column]) -> None:
    element = ElementTree.SubElement(parent, "rule", {"id": f"rule{table.rules.index(rule) + 1}", "label": rule.id})
    cells: Mapping[str, Any] = rule.when
    for domain in table.inputs:
        cell = cells.get(domain.name)
        entry = ElementTree.SubElement(element, "inputEntry")
        text = "-" if cell is None else _entry(cell, rule, columns[domain.name], table)
        if cell is not None and isinstance(domain, Scale):
            carry_cell(entry, cell, domain)
        ElementTree.SubElement(entry, "text").text = text
    for domain in table.outputs:
        _add_text(
            element, "outputEntry", _literal(domain, rule.then[domain.name]) if domain.name in rule.then else "null"
        )
    if UNKEPT.search(rule.because):
        raise DefinitionError(
            f"rule {rule.id}: XML keeps neither blanks at the ends of the reason nor control characters; remove them"
        )
    _add_text(element, "annotationEntry", rule.because)


def _entry(cell: Cell, rule: Rule, column: Column, table: DecisionTable) -> str:
    domain = column.domain
    if isinstance(domain, Subset) or (isinstance(domain, Choice) and domain.other and _names_other(cell)):
        what = "sets of words" if isinstance(domain, Subset) else "anything else"
        raise DefinitionError(
            f"rule {rule.id}, column {domain.name}: DMN has no unary test for {what}; leave the cell empty"
        )
    if isinstance(domain, Scale):
        bit = table.compiled.order.index(table.rules.index(rule))
        members = [place for place, mask in enumerate(column.masks) if mask >> bit & 1]
        cell = _members(column, members)
    match cell:
        case Given():
            return "not(null)"
        case Not(terms):
            return f"not({', '.join(_term(term, domain) for term in terms)})"
        case OneOf(terms):
            return ", ".join(_term(term, domain) for term in terms)
        case Is() | Compare() | Between() | Missing():
            return _term(cell, domain)
    return "-"


def _names_other(cell: Cell) -> bool:
    terms = cell.terms if isinstance(cell, (OneOf, Not)) else (cell,)
    return any(isinstance(term, Is) and term.value == "other" for term in terms)


def _members(column: Column, pieces: list[int]) -> Cell:
    """Return the cell of a scale as a list of members, since texts have no order in DMN."""
    cell = cell_for(column, pieces)
    if not isinstance(cell, (Compare, Between, OneOf)):
        return cell
    positions = [
        at for piece in pieces if piece < column.present for at in range(column.cuts[piece], column.cuts[piece + 1])
    ]
    terms: list[Term] = [Is(column.axis.value_at(at)) for at in positions]
    if column.present in pieces:
        terms.append(Missing())
    return OneOf(terms)


def _term(term: object, domain: Domain) -> str:
    match term:
        case Missing():
            return "null"
        case Is(value):
            return _literal(domain, value)
        case Compare(operator, value):
            return f"{operator} {_literal(domain, value)}"
        case Between(low, high, low_closed, high_closed):
            span = f"{_literal(domain, low)}..{_literal(domain, high)}"
            return ("[" if low_closed else "(") + span + ("]" if high_closed else ")")
    raise DefinitionError(f"`{term}` cannot be written in DMN")


def _literal(domain: Domain, value: Value) -> str:
    if isinstance(domain, Flag):
        return "true" if value else "false"
    if isinstance(domain, Day):
        return f'date("{domain.show(value)}")'
    if isinstance(domain, Minutes):
        return f'duration("PT{value}M")'
    return quoted(domain.show(value)) if isinstance(domain, (Scale, Choice, Subset)) else domain.show(value)
