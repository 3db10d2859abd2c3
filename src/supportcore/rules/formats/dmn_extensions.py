"""What DMN cannot express of a table and extension elements carry: the domains, and cells as people wrote them.

An extension counts only as long as it agrees with the model around it: a change that another program makes to the model
wins.
"""

import json
import re
from xml.etree import ElementTree

from supportcore.domains import Choice, Domain, Number, Scale, Subset
from supportcore.errors import ConceptError, DefinitionError
from supportcore.rules.cells import Cell
from supportcore.rules.cells.parsing import parse_cell, show_cell
from supportcore.rules.compiler.axes import axis_of, extent_of
from supportcore.rules.formats.plain_tables import domain_tree, structure_domain
from supportcore.structuring.plain import parse_plain

EXTENSIONS = "urn:supportcore:tables"
BLANKS = re.compile(r"\s")


def quoted(word: str) -> str:
    """Return a word as a string literal of FEEL."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def allowed_values(domain: Domain, *, highest_first: bool = False) -> str:
    """Return the allowed values of a domain as DMN lists them, or an empty text if DMN cannot list them."""
    if isinstance(domain, (Scale, Choice)) and not (isinstance(domain, Choice) and domain.other):
        return ", ".join(map(quoted, domain.members[::-1] if highest_first else domain.members))
    if isinstance(domain, Number) and domain.lo is not None and domain.hi is not None:
        low, high = domain.show(domain.lo), domain.show(domain.hi)
        return f"{'(' if domain.lo_open else '['}{low}..{high}{')' if domain.hi_open else ']'}"
    return ""


def carry_domain(clause: ElementTree.Element, domain: Domain) -> None:
    """Add a domain to an input or output clause, for `carried_domain`."""
    _carry(clause, "domain", json.dumps(domain_tree(domain), ensure_ascii=False))


def carry_cell(entry: ElementTree.Element, cell: Cell, domain: Domain) -> None:
    """Add a cell to an input entry, for `carried_cell`."""
    _carry(entry, "cell", show_cell(cell, domain))


def _carry(parent: ElementTree.Element, tag: str, text: str) -> None:
    extensions = ElementTree.SubElement(parent, "extensionElements")
    ElementTree.SubElement(extensions, f"tables:{tag}").text = text


def _carried(parent: ElementTree.Element, tag: str) -> str | None:
    element = next(parent.iter(f"{{{EXTENSIONS}}}{tag}"), None)
    return None if element is None else element.text


def carried_domain(
    clause: ElementTree.Element, name: str, allowed: str, *, highest_first: bool = False
) -> Domain | None:
    """Return the domain that a clause carries, or `None` if its allowed values have changed since."""
    text = _carried(clause, "domain")
    if text is None:
        return None
    try:
        domain = structure_domain(name, parse_plain(text, "json"))
    except (ConceptError, DefinitionError):
        return None
    listed = allowed_values(domain, highest_first=highest_first)
    return domain if BLANKS.sub("", listed) == BLANKS.sub("", allowed) else None


def carried_cell(entry: ElementTree.Element, cell: Cell, domain: Domain) -> Cell:
    """Return the cell that an entry carries, or the one read from its text if the two fit different values."""
    text = _carried(entry, "cell")
    if text is None or isinstance(domain, Subset):
        return cell
    try:
        carried = parse_cell(text, domain)
        axis = axis_of(domain, ())
        return carried if extent_of(carried, axis) == extent_of(cell, axis) else cell
    except DefinitionError:
        return cell
