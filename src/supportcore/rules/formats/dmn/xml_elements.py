"""XML as frozen elements that know their line."""

from xml.parsers import expat

from attrs import field, frozen

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.errors import ConceptError, Problem
from supportcore.mappings import FrozenMapping


@frozen
class XmlElement:
    """An element: its tag without the namespace, its line, attributes, children, and the text before its children."""

    tag: str
    namespace: str
    line: int
    attributes: FrozenMapping[str, str]
    children: "tuple[XmlElement, ...]" = field(repr=False)
    text: str

    def child(self, tag: str) -> "XmlElement | None":
        """Return the first child of a tag, or `None`."""
        return next((child for child in self.children if child.tag == tag), None)

    def all(self, tag: str) -> "tuple[XmlElement, ...]":
        """Return the children of a tag."""
        return tuple(child for child in self.children if child.tag == tag)

    def attribute(self, name: str) -> str:
        """Return an attribute, or an empty text."""
        return self.attributes.get(name, "")


class _Builder:
    """Builds elements from the events of the parser, without recursion."""

    def __init__(self, parser: expat.XMLParserType, bounds: Bounds) -> None:
        self.parser = parser
        self.bounds = bounds
        self.open: list[tuple[str, int, dict[str, str]]] = []
        self.children: list[list[XmlElement]] = [[]]
        self.texts: list[list[str]] = [[]]
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.add_text
        parser.EntityDeclHandler = self.refuse_entity

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.open.append((name, self.parser.CurrentLineNumber, attributes))
        if problem := self.bounds.excess("depth", len(self.open)):
            raise ConceptError([Problem("", problem, self.parser.CurrentLineNumber)])
        self.children.append([])
        self.texts.append([])

    def end(self, _: str) -> None:
        name, line, attributes = self.open.pop()
        namespace, _, tag = name.rpartition("}")
        children, text = tuple(self.children.pop()), "".join(self.texts.pop())
        self.children[-1].append(XmlElement(tag, namespace, line, FrozenMapping(attributes), children, text))

    def add_text(self, text: str) -> None:
        if not self.children[-1]:
            self.texts[-1].append(text)

    def refuse_entity(self, name: str, *_: object) -> None:
        message = f"the entity `{name}` is declared; write its text instead"
        raise ConceptError([Problem("", message, self.parser.CurrentLineNumber)])


def parse_xml(xml: str | bytes, bounds: Bounds = DEFAULT_BOUNDS) -> XmlElement:
    """Return the root element of an XML document.

    Raises `ConceptError` with the line for anything that is not XML, for more than the bounds, and for declared
    entities, which could expand to any size.

    >>> root = parse_xml("<table><rule/>\\n<rule id='2'/></table>")
    >>> [(rule.line, rule.attribute("id")) for rule in root.all("rule")]
    [(1, ''), (2, '2')]
    """
    try:
        content = xml.encode() if isinstance(xml, str) else xml
        if problem := bounds.excess("file_size", len(content)):
            raise ConceptError([Problem("", problem)])
        parser = expat.ParserCreate("utf-8" if isinstance(xml, str) else None, namespace_separator="}")
        builder = _Builder(parser, bounds)
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise ConceptError(
            [Problem("", f"cannot be read as XML: {expat.ErrorString(error.code)}", error.lineno)]
        ) from None
    except ConceptError:
        raise
    except (ValueError, LookupError) as error:
        raise ConceptError([Problem("", f"cannot be read as XML: {error}")]) from None
    return builder.children[0][0]
