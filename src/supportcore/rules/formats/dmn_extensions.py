"""What DMN cannot say of a table and leaves to extension elements: the domains, and cells as people wrote them.

An extension counts only while it says the same as the model around it, so that what another program changes there is
never overruled.
"""

import json
import re
from xml.etree import ElementTree

from supportcore.domains import Choice, Domain, Number, Scale, Subset
from supportcore.errors import DefinitionError
from supportcore.rules.cells import Cell
from supportcore.rules.cells.parsing import parse_cell, show_cell
from supportcore.rules.compiler.axes import axis_of, extent_of
from supportcore.rules.formats.plain_tables import domain_tree, structure_domain

EXTENSIONS = "urn:supportcore:tables"
BLANKS = re.compile(r"\s")


def quoted(word: str) -> str:
    """A word as a text of DMN."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def allowed_values(domain: Domain, *, highest_first: bool = False) -> str:
    """The list of allowed values that DMN has for a domain, empty where it has none."""
    if isinstance(domain, (Scale, Choice)) and not (isinstance(domain, Choice) and domain.other):
        return ", ".join(map(quoted, domain.members[::-1] if highest_first else domain.members))
    if isinstance(domain, Number) and domain.lo is not None and domain.hi is not None:
        low, high = domain.show(domain.lo), domain.show(domain.hi)
        return f"{'(' if domain.lo_open else '['}{low}..{high}{')' if domain.hi_open else ']'}"
    return ""


def carry_domain(column: ElementTree.Element, domain: Domain) -> None:
    """Put a domain into a column, for `carried_domain`."""
    _carry(column, "domain", json.dumps(domain_tree(domain), ensure_ascii=False))


def carry_cell(entry: ElementTree.Element, cell: Cell, domain: Domain) -> None:
    """Put a cell into an entry, for `carried_cell`."""
    _carry(entry, "cell", show_cell(cell, domain))


def _carry(parent: ElementTree.Element, tag: str, text: str) -> None:
    extensions = ElementTree.SubElement(parent, "extensionElements")
    ElementTree.SubElement(extensions, f"tables:{tag}").text = text


def _carried(parent: ElementTree.Element, tag: str) -> str | None:
    found = next(parent.iter(f"{{{EXTENSIONS}}}{tag}"), None)
    return None if found is None else found.text


def carried_domain(
    column: ElementTree.Element, name: str, allowed: str, *, highest_first: bool = False
) -> Domain | None:
    """The domain that a column carries, unless its allowed values are now others."""
    text = _carried(column, "domain")
    if text is None:
        return None
    try:
        domain = structure_domain(name, json.loads(text))
    except (ValueError, RecursionError):
        return None
    said = allowed_values(domain, highest_first=highest_first)
    return domain if BLANKS.sub("", said) == BLANKS.sub("", allowed) else None


def carried_cell(entry: ElementTree.Element, cell: Cell, domain: Domain) -> Cell:
    """The cell that an entry carries, or the one read from it where the two fit other values."""
    text = _carried(entry, "cell")
    if text is None or isinstance(domain, Subset):
        return cell
    try:
        carried = parse_cell(text, domain)
        axis = axis_of(domain, ())
        return carried if extent_of(carried, axis) == extent_of(cell, axis) else cell
    except DefinitionError:
        return cell
