"""What DMN cannot express of a table and extension elements carry: the domains, and cells as people wrote them.

An extension counts only as long as it agrees with the model around it: a change that another program makes to the model
wins.
"""

import json
from xml.etree import ElementTree

from supportcore.domains import Choice, Day, Domain, Integer, Minutes, Number, Scale, Subset, TimeOfDay, Value
from supportcore.errors import ConceptError, DefinitionError
from supportcore.rules.cells import Cell
from supportcore.rules.cells.parsing import parse_cell, show_cell
from supportcore.rules.cells.text_literals import UNPRINTABLE, quote_text
from supportcore.rules.compiler.axes import axis_of, extent_of
from supportcore.rules.formats.dmn.entries import literal_of
from supportcore.rules.formats.dmn.feel import parse_unary_tests
from supportcore.rules.formats.dmn.xml_elements import XmlElement
from supportcore.rules.formats.plain_tables import domain_tree, structure_domain
from supportcore.structuring.plain import parse_plain

EXTENSIONS = "urn:supportcore:tables"
TYPES = {
    "flag": "boolean",
    "integer": "number",
    "number": "number",
    "minutes": "dayTimeDuration",
    "day": "date",
    "time of day": "time",
    "subset": "Any",
}


def type_name(domain: Domain) -> str:
    """Return the type of DMN in which a domain is written."""
    return TYPES.get(domain.kind, "string")


def allowed_values(domain: Domain, *, highest_first: bool = False) -> str:
    """Return the allowed values of a domain as DMN lists them, or an empty text if DMN cannot list them."""
    if isinstance(domain, (Scale, Choice)) and not (isinstance(domain, Choice) and domain.other):
        members = domain.members[::-1] if highest_first else domain.members
        return ", ".join([*map(quote_text, members), *["null"] * domain.optional])
    if isinstance(domain, Number):
        lows = [(domain.lo, domain.lo_open), *((gap.above, False) for gap in domain.gaps)]
        highs = [*((gap.below, False) for gap in domain.gaps), (domain.hi, domain.hi_open)]
        ranges = [_range(domain, *low, *high) for low, high in zip(lows, highs, strict=True)]
    elif isinstance(domain, (Integer, Minutes, Day, TimeOfDay)):
        ranges = [_range(domain, domain.lo, False, domain.hi, False)]
    else:
        return ""
    return ", ".join([*ranges, *["null"] * domain.optional]) if all(ranges) else ""


def _range(domain: Domain, low: Value | None, low_open: bool, high: Value | None, high_open: bool) -> str:
    first, last = ("" if end is None else literal_of(domain, end) for end in (low, high))
    if first == last:
        return first
    if not last:
        return f"{'>' if low_open else '>='} {first}"
    if not first:
        return f"{'<' if high_open else '<='} {last}"
    return f"{'(' if low_open else '['}{first}..{last}{')' if high_open else ']'}"


def carry_domain(clause: ElementTree.Element, domain: Domain) -> None:
    """Add a domain to an input or output clause, for `carried_domain`."""
    written = json.dumps(domain_tree(domain), ensure_ascii=False)
    plain = UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
    _carry(clause, "domain", plain, name=domain.name)


def carry_cell(entry: ElementTree.Element, cell: Cell, domain: Domain) -> None:
    """Add a cell to an input entry, for `carried_cell`."""
    _carry(entry, "cell", show_cell(cell, domain))


def _carry(parent: ElementTree.Element, tag: str, text: str, **attributes: str) -> None:
    extensions = ElementTree.SubElement(parent, "extensionElements")
    ElementTree.SubElement(extensions, f"tables:{tag}", attributes).text = text


def _carried(parent: XmlElement, tag: str) -> XmlElement | None:
    extensions = parent.child("extensionElements")
    found = extensions.all(tag) if extensions else ()
    return next((element for element in found if element.namespace == EXTENSIONS), None)


def carried_domain(
    clause: XmlElement, name: str, kind: str, allowed: str, *, highest_first: bool = False
) -> Domain | None:
    """Return the domain that a clause carries, or `None` if its name, type or allowed values have changed since."""
    carried = _carried(clause, "domain")
    if carried is None or carried.attribute("name") != name:
        return None
    try:
        domain = structure_domain(name, parse_plain(carried.text, "json"))
        listed = allowed_values(domain, highest_first=highest_first)
        is_unchanged = kind == type_name(domain) and parse_unary_tests(allowed) == parse_unary_tests(listed)
    except (ConceptError, DefinitionError):
        return None
    return domain if is_unchanged else None


def carried_cell(entry: XmlElement, cell: Cell, domain: Domain) -> Cell:
    """Return the cell that an entry carries, or the one read from its text if the two fit different values."""
    carried = _carried(entry, "cell")
    if carried is None or isinstance(domain, Subset):
        return cell
    try:
        given = parse_cell(carried.text, domain)
        axis = axis_of(domain, ())
        return given if extent_of(given, axis) == extent_of(cell, axis) else cell
    except DefinitionError:
        return cell
