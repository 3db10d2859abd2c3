"""Tables as trees of plain data, the common form of TOML, YAML and JSON (RUL-11)."""

from collections.abc import Iterable, Mapping
from typing import Any

from supportcore.domains import Choice, Domain, Flag, Integer, Minutes, Number, Scale, Subset, Value, parse_domain
from supportcore.domains.values import shown
from supportcore.errors import ConceptError, DefinitionError, FactError, Problem, did_you_mean, listed
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.compiler.building import Waiver
from supportcore.rules.decisions import Rule
from supportcore.rules.formats.grids import parse_value, show_value
from supportcore.rules.tables import DecisionTable

Tree = Mapping[str, Any]
PARTS = ("name", "hit", "aggregate", "inputs", "outputs", "default", "rises", "falls", "waivers", "rules")
SHAPES: dict[str, type] = {"text": str, "list": list, "table": dict}
KINDS: dict[str, type[Scale] | type[Choice] | type[Subset]] = {"scale": Scale, "choice": Choice, "some of": Subset}


def table_tree(table: DecisionTable) -> dict[str, Any]:
    """A table as texts, lists and mappings only; `structure_table` makes an equal table of it.

    >>> from supportcore.domains import Flag, Scale
    >>> table = DecisionTable(name="t", inputs=[Flag("vip")], outputs=[Scale("priority", ["minor", "major"])],
    ...     rules=[Rule({"vip": True}, {"priority": "major"})], default={"priority": "minor"})
    >>> table_tree(table)["inputs"], table_tree(table)["rules"]
    ({'vip': 'yes | no'}, [{'id': 'r1', 'when': {'vip': 'yes'}, 'then': {'priority': 'major'}}])
    >>> structure_table(table_tree(table)) == table
    True
    """
    inputs = {domain.name: domain for domain in table.inputs}
    outputs = {domain.name: domain for domain in table.outputs}
    tree: dict[str, Any] = {"name": table.name, "hit": table.hit}
    if table.aggregate is not None:
        tree["aggregate"] = table.aggregate
    tree["inputs"] = {name: domain_tree(domain) for name, domain in inputs.items()}
    tree["outputs"] = {name: domain_tree(domain) for name, domain in outputs.items()}
    if table.default is not None:
        tree["default"] = _outcome_tree(outputs, table.default)
    for name, orders in (("rises", table.rises), ("falls", table.falls)):
        if orders:
            tree[name] = {output: list(names) for output, names in orders.items()}
    if table.waivers:
        tree["waivers"] = [
            {"output": one.output, "input": one.input, "rules": list(one.rules), "because": one.because}
            for one in table.waivers
        ]
    tree["rules"] = [_rule_tree(inputs, outputs, rule) for rule in table.rules]
    return tree


def _rule_tree(inputs: Mapping[str, Domain], outputs: Mapping[str, Domain], rule: Rule) -> dict[str, Any]:
    cells: Mapping[str, Any] = rule.when
    tree: dict[str, Any] = {
        "id": rule.id,
        "when": {name: show_cell(cell, inputs[name]) for name, cell in cells.items()},
    }
    tree["then"] = _outcome_tree(outputs, rule.then)
    return {**tree, "because": rule.because} if rule.because else tree


def _outcome_tree(outputs: Mapping[str, Domain], outcome: Mapping[str, Value]) -> dict[str, str]:
    return {name: show_value(outputs[name], value) for name, value in outcome.items()}


def domain_tree(domain: Domain) -> object:
    """A domain as its declaration, or where that cannot say all, as with members that hold its signs, a mapping."""
    try:
        if parse_domain(domain.name, domain.declaration()) == domain:
            return domain.declaration()
    except DefinitionError:
        pass
    if isinstance(domain, (Flag, Integer, Number, Minutes)) or not isinstance(domain, (Scale, Choice, Subset)):
        raise DefinitionError(f"the domain of `{domain.name}` cannot be written: {domain.declaration()}")
    kind = {Scale: "scale", Choice: "choice", Subset: "some of"}[type(domain)]
    tree: dict[str, Any] = {kind: list(domain.members)}
    if isinstance(domain, Choice) and domain.other:
        tree["anything else"] = True
    if domain.optional:
        tree["may be missing"] = True
    if not isinstance(domain, Subset) and domain.names:
        tree["names"] = {language: dict(names) for language, names in domain.names.items()}
    return tree


def structure_table(tree: Tree) -> DecisionTable:
    """The table that a tree says; `ConceptError` with every problem, each with its path.

    >>> structure_table({"name": "t", "inptus": {}, "outputs": {}, "rules": []})
    Traceback (most recent call last):
        ...
    supportcore.errors.ConceptError: 1 problem in table t
      inptus: `inptus` is no key here; accepted are `name`, `hit`, `aggregate`, `inputs`, `outputs`, `default`, \
`rises`, `falls`, `waivers`, `rules`; did you mean `inputs`?
    """
    problems = _unknown(tree, PARTS, "")
    problems += [Problem(key, "is missing") for key in ("outputs", "rules") if key not in tree]
    name = _taken(tree, "name", "text", "table", "", problems)
    inputs = _domains(_taken(tree, "inputs", "table", {}, "", problems), "inputs", problems)
    outputs = _domains(_taken(tree, "outputs", "table", {}, "", problems), "outputs", problems)
    known = {domain.name: domain for domain in outputs}
    rules = [
        _rule(rule, place, known, problems)
        for place, rule in enumerate(_taken(tree, "rules", "list", [], "", problems), 1)
        if _is(rule, "table", f"rule r{place}", problems)
    ]
    default = None
    if "default" in tree:
        default = _outcome(_taken(tree, "default", "table", {}, "", problems), known, "default", problems)
    orders = {key: _orders(tree, key, problems) for key in ("rises", "falls")}
    waivers = [
        _waiver(one, f"waivers.{place}", problems)
        for place, one in enumerate(_taken(tree, "waivers", "list", [], "", problems), 1)
        if _is(one, "table", f"waivers.{place}", problems)
    ]
    hit: Any = _taken(tree, "hit", "text", "unique", "", problems)
    aggregate: Any = _taken(tree, "aggregate", "text", "count", "", problems) if "aggregate" in tree else None
    if problems:
        raise ConceptError(problems, f"table {name}")
    parts: dict[str, Any] = {"inputs": inputs, "outputs": outputs, "rules": rules, "default": default, **orders}
    return DecisionTable(name=name, hit=hit, aggregate=aggregate, waivers=waivers, **parts)


def _is(value: object, shape: str, where: str, problems: list[Problem]) -> bool:
    """Whether a value has a shape; else the problem is noted."""
    if isinstance(value, SHAPES[shape]):
        return True
    problems.append(Problem(where, f"is no {shape}, which is accepted here"))
    return False


def _taken(tree: Tree, key: str, shape: str, otherwise: Any, where: str, problems: list[Problem]) -> Any:
    """What stands under a key, where it has the shape that is accepted there."""
    value = tree.get(key, otherwise)
    return value if _is(value, shape, f"{where}.{key}".strip("."), problems) else otherwise


def _orders(tree: Tree, key: str, problems: list[Problem]) -> dict[str, list[str]]:
    declared = _taken(tree, key, "table", {}, "", problems)
    return {output: names for output, names in declared.items() if _is(names, "list", f"{key}.{output}", problems)}


def _waiver(tree: Tree, where: str, problems: list[Problem]) -> Waiver:
    problems.extend(_unknown(tree, ("output", "input", "rules", "because"), where))
    said = {key: _taken(tree, key, "text", "", where, problems) for key in ("output", "input", "because")}
    rules = _taken(tree, "rules", "list", ["", ""], where, problems)
    if len(rules) != 2:
        words = f"names {len(rules)} rules; two are accepted, the one below the step and that above"
        problems.append(Problem(f"{where}.rules", words))
        rules = ["", ""]
    return Waiver(said["output"], said["input"], (str(rules[0]), str(rules[1])), said["because"])


def _unknown(tree: Tree, accepted: Iterable[str], where: str) -> list[Problem]:
    accepted = tuple(accepted)
    return [
        Problem(
            f"{where}.{key}".strip("."),
            f"`{key}` is no key here; accepted are {listed(accepted)}{did_you_mean(str(key), accepted)}",
        )
        for key in tree
        if key not in accepted
    ]


def _domains(tree: Tree, where: str, problems: list[Problem]) -> list[Domain]:
    domains = []
    for name, said in tree.items():
        try:
            domains.append(structure_domain(name, said))
        except DefinitionError as error:
            problems.append(Problem(f"{where}.{name}", str(error)))
    return domains


def structure_domain(name: str, said: object) -> Domain:
    """The domain that `domain_tree` put down; `DefinitionError` says what is accepted."""
    if isinstance(said, str):
        return parse_domain(name, said)
    kinds = [kind for kind in KINDS if isinstance(said, Mapping) and kind in said]
    if len(kinds) != 1 or not isinstance(said, Mapping):
        raise DefinitionError(
            f"fact `{name}`: a declaration as text, or a table with one of {listed(KINDS)}, is accepted"
        )
    kind = kinds[0]
    accepted = (kind, "may be missing", *(["anything else"] * (kind == "choice")), *(["names"] * (kind != "some of")))
    for key, value in said.items():
        if key not in accepted:
            near = did_you_mean(str(key), accepted)
            raise DefinitionError(f"fact `{name}`: `{key}` is no key here; accepted are {listed(accepted)}{near}")
        if key in ("may be missing", "anything else") and not isinstance(value, bool):
            raise DefinitionError(f"fact `{name}`: `{key}` is `{shown(value)}`; true or false is accepted")
    made: Any = {"members": said[kind], "optional": said.get("may be missing", False)}
    if said.get("anything else"):
        made["other"] = True
    if "names" in said:
        made["names"] = said["names"]
    return KINDS[kind](name, **made)


def _rule(tree: Tree, place: int, outputs: Mapping[str, Domain], problems: list[Problem]) -> Rule:
    identity = tree.get("id", "")
    where = f"rule {identity}" if identity and isinstance(identity, str) else f"rule r{place}"
    problems.extend(_unknown(tree, ("id", "when", "then", "because"), where))
    texts = {key: _taken(tree, key, "text", "", where, problems) for key in ("id", "because")}
    when = _taken(tree, "when", "table", {}, where, problems)
    then = _outcome(_taken(tree, "then", "table", {}, where, problems), outputs, where, problems)
    return Rule(when, then, texts["because"], texts["id"] or f"r{place}")


def _outcome(tree: Tree, outputs: Mapping[str, Domain], where: str, problems: list[Problem]) -> dict[str, Value]:
    made: dict[str, Value] = {}
    for name, said in tree.items():
        try:
            made[name] = parse_value(outputs[name], said) if isinstance(said, str) and name in outputs else said
        except FactError as error:
            problems.append(Problem(f"{where}, column {name}", str(error)))
    return made
