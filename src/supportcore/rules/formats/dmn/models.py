"""What a DMN model says beside its tables: which decisions hold a table, and the types of names."""

from collections.abc import Iterator, Mapping

from attrs import frozen

from supportcore.errors import ConceptError, DefinitionError, Problem, did_you_mean, listed
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.rules.formats.dmn.xml_elements import XmlElement

LOGIC: Mapping[str, str] = FrozenMapping(
    {
        "literalExpression": "a literal expression",
        "context": "a context",
        "invocation": "an invocation",
        "relation": "a relation",
        "list": "a list",
        "functionDefinition": "a function",
        "conditional": "a conditional",
        "filter": "a filter",
        "for": "an iteration",
        "some": "an iteration",
        "every": "an iteration",
    }
)
# The types of DMN, and those of XML Schema, Java and Camunda that mean the same.
TYPES: Mapping[str, str] = FrozenMapping(
    {
        **dict.fromkeys(("string",), "string"),
        **dict.fromkeys(("boolean",), "boolean"),
        **dict.fromkeys(("integer", "long", "int", "short"), "integer"),
        **dict.fromkeys(("number", "double", "float", "decimal"), "number"),
        **dict.fromkeys(("date",), "date"),
        **dict.fromkeys(("time",), "time"),
        **dict.fromkeys(("daytimeduration", "days and time duration", "duration"), "duration"),
    }
)
# `<Undefined>` is the type of a column without one in the editors of KIE.
UNTYPED = ("", "any", "<undefined>")
INSTANTS = ("datetime", "date and time")


@frozen
class TypeOfName:
    """A type of the model: its base among the values of `TYPES`, `""` if open, and its allowed values as written."""

    base: str = ""
    allowed: str = ""


UNKNOWN = TypeOfName()


@frozen
class TableLogic:
    """A table of a model with the decision or knowledge model that holds it, and the types of its parameters."""

    name: str
    identity: str
    table: XmlElement
    result_type: str = ""
    parameters: FrozenMapping[str, str] = EMPTY


@frozen
class Model:
    """A DMN model: its tables, its decisions without a table by name, its types, and the types of its names."""

    tables: tuple[TableLogic, ...]
    others: FrozenMapping[str, str]
    items: FrozenMapping[str, XmlElement]
    variables: FrozenMapping[str, str]

    def chosen(self, decision: str | None) -> TableLogic:
        """Return the table of the decision with this name or id, or the only table; else raise `ConceptError`."""
        found = [
            logic for logic in self.tables if decision is None or decision == logic.name or decision == logic.identity
        ]
        named = [logic for logic in found if logic.name == decision] or found
        if len(named) == 1:
            return named[0]
        raise ConceptError([Problem("", self._not_chosen(decision, [logic.identity for logic in named]))])

    def _not_chosen(self, decision: str | None, ids: list[str]) -> str:
        names = [logic.name for logic in self.tables]
        if decision is not None and decision in self.others:
            expected = f"; expected one of {listed(names)}" if names else ""
            return f"`{decision}` is {self.others[decision]}; only tables are read{expected}"
        if not names:
            others = ", ".join(f"`{name}` is {kind}" for name, kind in self.others.items())
            return "the model has no decision with a table" + (f"; {others}" if others else "")
        if not ids:
            near = did_you_mean(decision or "", [*names, *(logic.identity for logic in self.tables)])
            return f"`{decision}` is not a decision with a table; expected one of {listed(names)}{near}"
        if len({*ids}) < len(ids):
            return f"two decisions are called `{decision or names[0]}`; give each a name of its own, or an id"
        if decision is None and len({*names}) == len(names):
            return f"the model has several decisions with a table; name one of {listed(names)} as `decision`"
        return f"several decisions have the same name; give one of their ids, {listed(ids)}, as `decision`"

    def type_of(self, name: str, parameters: Mapping[str, str]) -> TypeOfName:
        """Return the type of a name or of a path such as `applicant.age`, `UNKNOWN` if the model gives none."""
        known = {**self.variables, **parameters}
        if name in known:
            return self.resolved(known[name])
        first, *path = name.split(".")
        item = self.items.get(_local(known.get(first, "")))
        component: XmlElement | None = None
        for part in path:
            parts = item.all("itemComponent") if item is not None else ()
            component = next((inner for inner in parts if inner.attribute("name") == part), None)
            item = component and (component if component.all("itemComponent") else self._item(component))
        if component is None:
            return UNKNOWN
        _check_single(component, part)
        whole = self.resolved(_reference(component))
        return TypeOfName(whole.base, allowed_text(component) or whole.allowed)

    def _item(self, component: XmlElement) -> XmlElement | None:
        return self.items.get(_local(_reference(component)))

    def knows(self, name: str, parameters: Mapping[str, str]) -> bool:
        """Return whether a text is the name of an input, decision or parameter of the model."""
        return name in self.variables or name in parameters

    def resolved(self, reference: str) -> TypeOfName:
        """Return the type that a reference names; raise `DefinitionError` for types whose values no table takes."""
        allowed, seen = "", list[str]()
        while (name := _local(reference)) in self.items:
            item = self.items[name]
            if name in seen:
                raise DefinitionError(f"the type `{name}` is defined by itself; give the domain in `domains`")
            seen.append(name)
            _check_single(item, name)
            allowed = allowed or allowed_text(item)
            reference = _reference(item)
        base = name.casefold()
        if base in UNTYPED:
            return TypeOfName("", allowed)
        if base in INSTANTS:
            raise DefinitionError(
                f"`{name}` is a type of instants, which tables do not take; compare a day or a time of day, or give "
                "the domain in `domains`"
            )
        if base not in TYPES:
            near = did_you_mean(name, [*self.items, *TYPES])
            raise DefinitionError(f"`{name}` is not a type of tables{near}; give the domain in `domains`")
        return TypeOfName(TYPES[base], allowed)


def _check_single(item: XmlElement, name: str) -> None:
    if item.attribute("isCollection") == "true":
        raise DefinitionError(f"`{name}` is a type of lists; give the domain in `domains`")
    if item.all("itemComponent"):
        raise DefinitionError(f"`{name}` is a type of several parts; compare one of its parts")


def _local(reference: str) -> str:
    return reference.strip().rpartition(":")[2]


def _reference(item: XmlElement) -> str:
    element = item.child("typeRef")
    return item.attribute("typeRef") if element is None else element.text.strip()


def entry_text(element: XmlElement | None) -> str:
    """Return the text of an element, or of its child `text`, without blanks around it."""
    if element is None:
        return ""
    inner = element.child("text")
    return (element if inner is None else inner).text.strip()


def allowed_text(item: XmlElement) -> str:
    """Return the allowed values of a type as written."""
    return entry_text(item.child("allowedValues")) or entry_text(item.child("typeConstraint"))


def model_of(root: XmlElement) -> Model:
    """Return the model under the root element of a DMN document."""
    tables: list[TableLogic] = []
    others: dict[str, str] = {}
    variables: dict[str, str] = {}
    for element in _all_elements(root):
        if element.tag not in ("decision", "businessKnowledgeModel", "inputData"):
            continue
        variable = element.child("variable")
        name = element.attribute("name") or element.attribute("id")
        kind = "" if variable is None else variable.attribute("typeRef")
        if element.tag != "businessKnowledgeModel":
            variables[name] = kind
            if variable is not None and variable.attribute("name"):
                variables[variable.attribute("name")] = kind
        if element.tag == "inputData":
            continue
        logic = element.child("encapsulatedLogic") if element.tag == "businessKnowledgeModel" else element
        table = None if logic is None else logic.child("decisionTable")
        if logic is None or table is None:
            found = next((LOGIC[child.tag] for child in (logic or element).children if child.tag in LOGIC), "empty")
            others[name] = found
            continue
        parameters = {inner.attribute("name"): inner.attribute("typeRef") for inner in logic.all("formalParameter")}
        tables.append(TableLogic(name, element.attribute("id"), table, kind, FrozenMapping(parameters)))
    items = {item.attribute("name"): item for item in _all_elements(root) if item.tag == "itemDefinition"}
    return Model(tuple(tables), FrozenMapping(others), FrozenMapping(items), FrozenMapping(variables))


def _all_elements(root: XmlElement) -> Iterator[XmlElement]:
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting.extend(reversed(element.children))
