"""Reading the decision tables of a DMN model whose entries are literals (RUL-11)."""

import re
from collections.abc import Iterable, Mapping, Sequence

from attrs import evolve, frozen

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.domains import Domain, Value
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, Problems, did_you_mean, listed
from supportcore.mappings import EMPTY, FrozenMapping
from supportcore.rules.cells import Anything, Cell
from supportcore.rules.decisions import HITS, Rule
from supportcore.rules.formats.dmn.columns import input_domain, output_domain
from supportcore.rules.formats.dmn.entries import cell_of, value_of
from supportcore.rules.formats.dmn.extensions import carried_cell, carried_domain
from supportcore.rules.formats.dmn.feel import FeelLiteral, UnaryTests, parse_literal, parse_unary_tests
from supportcore.rules.formats.dmn.models import Model, TableLogic, TypeOfName, entry_text, model_of
from supportcore.rules.formats.dmn.xml_elements import XmlElement, parse_xml
from supportcore.rules.formats.grids import build_table
from supportcore.rules.tables import DecisionTable, listed_domains
from supportcore.structuring.plain import must_be_text

NAME = re.compile(r"[^\W\d]\w*(?:[ .][^\W\d]\w*)*")
KEYWORDS = frozenset(
    ("and", "or", "not", "if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "between",
     "instance", "of", "function", "true", "false", "null")
)  # fmt: skip
IN_ANY_LANGUAGE = re.compile(r'"[^"\\]*"|-?\d+(?:\.\d+)?|true|false')
NOTHING = ("", "-")
RANKED = ("priority", "output-order")


def read_dmn(
    xml: str | bytes,
    *,
    decision: str | None = None,
    domains: Iterable[Domain] = (),
    names: Mapping[str, str] = EMPTY,
    bounds: Bounds = DEFAULT_BOUNDS,
) -> DecisionTable:
    """Return the decision table in a DMN model: that of the decision or knowledge model `decision`, or the only one.

    `decision` is a name or an id. `names` gives the name of the fact for an input expression; an expression that
    computes something is refused without it. `domains` gives domains by the names of their columns. Other domains come
    from the model: from types of its own, from the types of its inputs, from the allowed values, and without any type
    from the literals in the column. An output is a scale if the hit policy needs its order, which DMN lists highest
    first.

    A column with null in an entry or among its allowed values may be missing. `not("a")`, which in FEEL holds for null,
    is then the cell `not(a), missing`, and `not("a", null)` the cell `not(a)`.

    Raises `ConceptError` with every problem, each with rule, column and line, and for more than `bounds`.
    """
    if not isinstance(xml, bytes):
        must_be_text(xml, "a DMN model as XML")
    if not isinstance(names, Mapping):
        raise DefinitionError(f"`{shown(names)}` is {kind_of(names)}; expected names of facts by input expression")
    model = model_of(parse_xml(xml, bounds))
    return _Reading(model, model.chosen(decision), listed_domains(domains), names, bounds).table()


@frozen
class _Clause:
    """A column: its element, the expression or name of the model, the name of its fact or output, and its entries."""

    element: XmlElement
    expression: str
    name: str
    entries: tuple[XmlElement, ...]

    @property
    def path(self) -> str:
        return f"column {self.name}"


class _Reading:
    """Reads one table of a model and collects every problem of it."""

    def __init__(
        self, model: Model, logic: TableLogic, domains: Sequence[Domain], names: Mapping[str, str], bounds: Bounds
    ) -> None:
        self.model = model
        self.logic = logic
        self.domains = {domain.name: domain for domain in domains}
        self.names = names
        self.bounds = bounds
        self.problems = Problems()
        self.element = logic.table
        self.rules = self.element.all("rule")
        self.ids = [rule.attribute("label") or f"r{number}" for number, rule in enumerate(self.rules, 1)]

    def table(self) -> DecisionTable:
        hit = self.hit_policy()
        self.check_counts()
        self.problems.raise_if_any(self.source)
        inputs = self.inputs()
        outputs = self.outputs(hit)
        self.check_names(inputs)
        whens: list[dict[str, Cell]] = [{} for _ in self.rules]
        thens: list[dict[str, Value]] = [{} for _ in self.rules]
        made_inputs = [made for clause in inputs if (made := self.input(clause, whens)) is not None]
        made_outputs = [made for clause in outputs if (made := self.output(clause, hit, thens)) is not None]
        default = self.default(outputs, made_outputs)
        self.problems.raise_if_any(self.source)
        aggregation = self.element.attribute("aggregation")
        rules = [
            Rule(when, then, _reason(rule), identity)
            for rule, when, then, identity in zip(self.rules, whens, thens, self.ids, strict=True)
        ]
        return build_table(
            self.problems,
            {identity: rule.line for identity, rule in zip(self.ids, self.rules, strict=True)},
            name=self.logic.name,
            hit=hit,
            inputs=made_inputs,
            outputs=made_outputs,
            rules=rules,
            default=default,
            aggregate=aggregation.lower() if aggregation else None,
        )

    @property
    def source(self) -> str:
        return f"table {self.logic.name}"

    def hit_policy(self) -> str:
        hit = self.element.attributes.get("hitPolicy", "UNIQUE").lower().replace(" ", "-")
        if hit not in HITS:
            message = f"`{hit}` is not a hit policy; expected one of {listed(HITS)}{did_you_mean(hit, HITS)}"
            self.problems.add("hit", message, self.element.line)
        return hit

    def check_counts(self) -> None:
        columns = len(self.element.all("input")) + len(self.element.all("output"))
        for bound, count in (("columns", columns), ("rules", len(self.rules))):
            if problem := self.bounds.excess(bound, count):
                self.problems.add("", problem, self.element.line)
        self.problems.raise_if_any(self.source)
        for identity, rule in zip(self.ids, self.rules, strict=True):
            for side in ("input", "output"):
                entries, clauses = len(rule.all(f"{side}Entry")), len(self.element.all(side))
                if entries != clauses:
                    message = f"{side} entries: expected {clauses}, found {entries}"
                    self.problems.add(f"rule {identity}", message, rule.line)

    # Clauses

    def inputs(self) -> list[_Clause]:
        clauses = []
        for index, element in enumerate(self.element.all("input")):
            expression = entry_text(element.child("inputExpression")) or element.attribute("label").strip()
            name = self.names.get(expression, expression)
            entries = tuple(rule.all("inputEntry")[index] for rule in self.rules)
            clause = _Clause(element, expression, name or f"{index + 1}", entries)
            clauses.append(clause)
            if not name:
                message = "the input has neither an expression nor a label; give it one"
                self.problems.add(clause.path, message, element.line)
            elif self.is_computed(clause):
                self.problems.add(
                    clause.path,
                    f"`{expression}` is computed; compute it before the table and name the fact in "
                    f"`names={{{expression!r}: …}}`",
                    element.line,
                )
        return clauses

    def is_computed(self, clause: _Clause) -> bool:
        text = clause.expression
        if clause.name != text or text in self.domains or self.model.knows(text, self.logic.parameters):
            return False
        if NAME.fullmatch(text) and KEYWORDS.isdisjoint(re.split("[ .]", text)):
            return False
        return self.carried(clause) is None

    def outputs(self, hit: str) -> list[_Clause]:
        clauses = []
        for index, element in enumerate(self.element.all("output")):
            name = element.attribute("name") or element.attribute("label") or self.logic.name
            entries = tuple(rule.all("outputEntry")[index] for rule in self.rules)
            clauses.append(_Clause(element, name, name, entries))
        return clauses

    def check_names(self, inputs: Sequence[_Clause]) -> None:
        known = [clause.expression for clause in inputs]
        for expression in self.names:
            if expression not in known:
                near = did_you_mean(expression, known)
                self.problems.add(
                    "names", f"`{expression}` is not an input expression; expected one of {listed(known)}{near}"
                )

    def carried(self, clause: _Clause) -> Domain | None:
        element, side = clause.element, clause.element.tag
        typed = element.child("inputExpression") if side == "input" else element
        kind = "" if typed is None else typed.attribute("typeRef")
        allowed = entry_text(element.child(f"{side}Values"))
        return carried_domain(element, clause.name, kind, allowed, highest_first=side == "output")

    # Columns

    def input(self, clause: _Clause, whens: Sequence[dict[str, Cell]]) -> Domain | None:
        """Return the domain of an input and add its cells to the rules; `None` with a problem recorded."""
        tests: list[UnaryTests | None] = []
        for entry, identity in zip(clause.entries, self.ids, strict=True):
            tests.append(None)
            with self.problems.at(f"rule {identity}, {clause.path}", entry.line):
                tests[-1] = _tests(entry, self.bounds)
        known = [test for test in tests if test is not None]
        domain = self.domains.get(clause.name) or self.carried_input(clause, known)
        if domain is None:
            with self.problems.at(clause.path, clause.element.line):
                of_type = self.input_type(clause)
                values = clause.element.child("inputValues")
                _check_language(values)
                domain = input_domain(clause.name, of_type.base, entry_text(values) or of_type.allowed, known)
        if domain is None:
            return None
        for entry, test, when, identity in zip(clause.entries, tests, whens, self.ids, strict=True):
            with self.problems.at(f"rule {identity}, {clause.path}", entry.line):
                cell = carried_cell(entry, cell_of(test, domain), domain) if test is not None else Anything()
                if not isinstance(cell, Anything):
                    when[clause.name] = cell
        return domain

    def carried_input(self, clause: _Clause, tests: Iterable[UnaryTests]) -> Domain | None:
        carried = self.carried(clause)
        if carried is not None and not carried.optional and any(test.has_null for test in tests):
            return evolve(carried, optional=True)
        return carried

    def input_type(self, clause: _Clause) -> TypeOfName:
        expression = clause.element.child("inputExpression")
        own = self.model.resolved("" if expression is None else expression.attribute("typeRef"))
        of_name = (
            self.model.type_of(clause.expression, self.logic.parameters) if not own.base or not own.allowed else own
        )
        if not own.base:
            return TypeOfName(of_name.base, own.allowed or of_name.allowed)
        return own if own.allowed or of_name.base != own.base else of_name

    def output(self, clause: _Clause, hit: str, thens: Sequence[dict[str, Value]]) -> Domain | None:
        """Return the domain of an output and add its values to the rules; `None` with a problem recorded."""
        literals: list[FeelLiteral | None] = []
        for entry, identity in zip(clause.entries, self.ids, strict=True):
            literals.append(None)
            with self.problems.at(f"rule {identity}, {clause.path}", entry.line):
                literals[-1] = _literal(entry, self.bounds)
        domain = self.domains.get(clause.name) or self.carried(clause)
        if domain is None:
            known = [literal for literal in literals if literal is not None]
            with self.problems.at(clause.path, clause.element.line):
                fallback = _fallback(clause)
                used = [*known, *([] if fallback is None else [_literal(fallback, self.bounds)])]
                of_type = self.output_type(clause)
                allowed = entry_text(clause.element.child("outputValues")) or of_type.allowed
                domain = output_domain(clause.name, of_type.base, allowed, used, ranked=hit in RANKED)
        if domain is None:
            return None
        for entry, literal, then, identity in zip(clause.entries, literals, thens, self.ids, strict=True):
            with self.problems.at(f"rule {identity}, {clause.path}", entry.line):
                if literal is not None and literal.kind != "null":
                    then[clause.name] = value_of(literal, domain)
        return domain

    def output_type(self, clause: _Clause) -> TypeOfName:
        own = self.model.resolved(clause.element.attribute("typeRef"))
        is_only = len(self.element.all("output")) == 1
        return own if own.base or not is_only else self.model.resolved(self.logic.result_type)

    def default(self, clauses: Sequence[_Clause], domains: Sequence[Domain]) -> Mapping[str, Value] | None:
        entries = [(clause, _fallback(clause)) for clause in clauses]
        by_name = {domain.name: domain for domain in domains}
        if all(entry is None for _, entry in entries):
            return None
        values: dict[str, Value] = {}
        for clause, entry in entries:
            if entry is None or clause.name not in by_name:
                continue
            with self.problems.at(f"default, {clause.path}", entry.line):
                literal = _literal(entry, self.bounds)
                if literal.kind != "null":
                    values[clause.name] = value_of(literal, by_name[clause.name])
        return FrozenMapping(values)


# Entries


def _fallback(clause: _Clause) -> XmlElement | None:
    entry = clause.element.child("defaultOutputEntry")
    return None if entry_text(entry) in NOTHING else entry


def _text_within(entry: XmlElement, bounds: Bounds) -> str:
    text = entry_text(entry)
    if problem := bounds.excess("cell", len(text)):
        raise DefinitionError(problem)
    return text


def _tests(entry: XmlElement, bounds: Bounds) -> UnaryTests:
    text = _text_within(entry, bounds)
    if text not in NOTHING:
        _check_language(entry)
    return parse_unary_tests(text)


def _literal(entry: XmlElement, bounds: Bounds) -> FeelLiteral:
    """Return the literal of an output entry; an empty one is null."""
    if entry.child("importedValues") is not None:
        raise DefinitionError("its values are imported from another file; write them into the table")
    text = _text_within(entry, bounds)
    if text in NOTHING:
        return FeelLiteral("null", None, text)
    if not IN_ANY_LANGUAGE.fullmatch(text):
        _check_language(entry)
    return parse_literal(text)


def _check_language(entry: XmlElement | None) -> None:
    language = "" if entry is None else entry.attribute("expressionLanguage")
    if language and "feel" not in language.casefold() and "unarytests" not in language.casefold():
        raise DefinitionError(f"it is written in `{language}`; only FEEL is read; write it in FEEL")


def _reason(rule: XmlElement) -> str:
    """Return the annotations of a rule, or its description where it has no annotation."""
    annotations = [text for entry in rule.all("annotationEntry") if (text := entry_text(entry))]
    return "; ".join(annotations) or entry_text(rule.child("description"))
