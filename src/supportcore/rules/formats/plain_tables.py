"""Tables as plain data, the common form of TOML, YAML and JSON (RUL-11)."""

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.domains import Choice, Domain, Flag, Integer, Minutes, Number, Scale, Subset, Value, parse_domain
from supportcore.domains.values import shown
from supportcore.errors import DefinitionError, Problems, joined_path, listed
from supportcore.rules.cells.parsing import show_cell
from supportcore.rules.decisions import Rule, Waiver
from supportcore.rules.formats.grids import parse_value, show_value
from supportcore.rules.tables import DecisionTable
from supportcore.structuring.plain import not_a_key, not_of_kind

Tree = Mapping[str, Any]
KEYS = ("name", "hit", "aggregate", "inputs", "outputs", "default", "rises", "falls", "waivers", "rules")
KINDS: dict[type, str] = {str: "a text", list: "a list", dict: "a table"}
DOMAINS: dict[str, type[Scale] | type[Choice] | type[Subset]] = {"scale": Scale, "choice": Choice, "some of": Subset}

# Writing


def table_tree(table: DecisionTable) -> dict[str, Any]:
    """Return a table as texts, lists and mappings only; `structure_table` makes an equal table of them.

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
            {"output": waiver.output, "input": waiver.input, "rules": list(waiver.rules), "because": waiver.because}
            for waiver in table.waivers
        ]
    tree["rules"] = [_rule_tree(inputs, outputs, rule) for rule in table.rules]
    return tree


def _rule_tree(inputs: Mapping[str, Domain], outputs: Mapping[str, Domain], rule: Rule) -> dict[str, Any]:
    cells: Mapping[str, Any] = rule.when
    tree: dict[str, Any] = {
        "id": rule.id,
        "when": {name: show_cell(cell, inputs[name]) for name, cell in cells.items()},
        "then": _outcome_tree(outputs, rule.then),
    }
    return {**tree, "because": rule.because} if rule.because else tree


def _outcome_tree(outputs: Mapping[str, Domain], outcome: Mapping[str, Value]) -> dict[str, str]:
    return {name: show_value(outputs[name], value) for name, value in outcome.items()}


def domain_tree(domain: Domain) -> object:
    """Return a domain as its declaration, or as a mapping if the declaration cannot say everything.

    A declaration has no names per language, and no members that contain its signs, such as `a | b`.
    """
    try:
        if parse_domain(domain.name, domain.declaration()) == domain:
            return domain.declaration()
    except DefinitionError:
        pass
    if isinstance(domain, (Flag, Integer, Number, Minutes)) or not isinstance(domain, (Scale, Choice, Subset)):
        raise DefinitionError(f"the domain of `{domain.name}` cannot be written: {domain.declaration()}")
    kind = next(word for word, of_kind in DOMAINS.items() if type(domain) is of_kind)
    tree: dict[str, Any] = {kind: list(domain.members)}
    if isinstance(domain, Choice) and domain.other:
        tree["anything else"] = True
    if domain.optional:
        tree["may be missing"] = True
    if not isinstance(domain, Subset) and domain.names:
        tree["names"] = {language: dict(names) for language, names in domain.names.items()}
    return tree


# Reading


@frozen
class _Section:
    """One mapping of the data at its path, which reports its keys and values that do not fit."""

    tree: Tree
    problems: Problems
    path: str = ""

    def at(self, key: str) -> Problems:
        return self.problems.at(joined_path(self.path, key))

    def check_keys(self, *known: str) -> None:
        for key in self.tree:
            if key not in known:
                self.at(str(key)).add("", not_a_key(key, known))

    def take(self, key: str, default: Any) -> Any:
        """Return the value of a key, or the default if the key is absent or its value is of another kind."""
        value = self.tree.get(key, default)
        return value if _is_of_kind(value, type(default), self.at(key)) else default


def _is_of_kind(value: object, kind: type, problems: Problems) -> bool:
    if isinstance(value, kind):
        return True
    problems.add("", not_of_kind(value, KINDS[kind]))
    return False


def structure_table(tree: Tree, bounds: Bounds = DEFAULT_BOUNDS) -> DecisionTable:
    """Return the table in a tree of plain data; raise `ConceptError` with every problem, each with its path.

    Raises it too for more columns, rules or members, or longer cells, than the `bounds` allow.

    >>> structure_table({"name": "t", "inptus": {}, "outputs": {}, "rules": []})
    Traceback (most recent call last):
        ...
    supportcore.errors.ConceptError: 1 problem in table t
      inptus: `inptus` is not a key here; expected one of `name`, `hit`, `aggregate`, `inputs`, `outputs`, `default`, \
`rises`, `falls`, `waivers`, `rules`; did you mean `inputs`?
    """
    problems = Problems()
    table = _Section(tree, problems)
    table.check_keys(*KEYS)
    for key in ("outputs", "rules"):
        if key not in tree:
            problems.add(key, "is missing; give it a value")
    name = table.take("name", "table")
    rules = table.take("rules", [])
    _check_bounds(tree, rules, bounds, f"table {name}")
    inputs = _domains(table.take("inputs", {}), problems.at("inputs"), bounds)
    outputs = _domains(table.take("outputs", {}), problems.at("outputs"), bounds)
    known = {domain.name: domain for domain in outputs}
    parts: dict[str, Any] = {
        "hit": table.take("hit", "unique"),
        "rules": _rules(rules, known, problems),
        "waivers": _waivers(table.take("waivers", []), problems),
        "rises": _orders(table, "rises"),
        "falls": _orders(table, "falls"),
    }
    if "aggregate" in tree:
        parts["aggregate"] = table.take("aggregate", "count")
    if "default" in tree:
        parts["default"] = _outcome(table.take("default", {}), known, problems, "default")
    problems.raise_if_any(f"table {name}")
    return DecisionTable(name=name, inputs=inputs, outputs=outputs, **parts)


def _check_bounds(tree: Tree, rules: list[Any], bounds: Bounds, source: str) -> None:
    """Raise `ConceptError` for more columns or rules, or longer cells, than the bounds allow."""
    problems = Problems()
    columns = sum(len(side) for side in map(tree.get, ("inputs", "outputs")) if isinstance(side, dict))
    for key, bound, found in (("inputs", "columns", columns), ("rules", "rules", len(rules))):
        if message := bounds.excess(bound, found):
            problems.add(key, f"has {message}")
    for number, rule in enumerate(rules, 1):
        parts = rule.values() if isinstance(rule, dict) else ()
        cells = [cell for part in parts for cell in (part.values() if isinstance(part, dict) else [part])]
        longest = max((len(cell) for cell in cells if isinstance(cell, str)), default=0)
        if message := bounds.excess("cell", longest):
            problems.add(f"rule r{number}", f"has {message}")
    problems.raise_if_any(source)


def _domains(trees: Tree, problems: Problems, bounds: Bounds) -> list[Domain]:
    domains = []
    for name, tree in trees.items():
        with problems.at(name):
            domains.append(structure_domain(name, tree, bounds))
    return domains


def structure_domain(name: str, tree: object, bounds: Bounds = DEFAULT_BOUNDS) -> Domain:
    """Return the domain in plain data as `domain_tree` writes it; raise `DefinitionError` for anything else."""
    if isinstance(tree, str):
        return parse_domain(name, tree, bounds=bounds)
    kinds = [kind for kind in DOMAINS if isinstance(tree, Mapping) and kind in tree]
    if len(kinds) != 1 or not isinstance(tree, Mapping):
        raise DefinitionError(
            f"fact `{name}`: `{shown(tree)}` does not declare a domain; expected a declaration as a text, or a table "
            f"with one of {listed(DOMAINS)}"
        )
    kind = kinds[0]
    known = (kind, "may be missing", *(["anything else"] * (kind == "choice")), *(["names"] * (kind != "some of")))
    for key, value in tree.items():
        if key not in known:
            raise DefinitionError(f"fact `{name}`: {not_a_key(key, known)}")
        if key in ("may be missing", "anything else") and not isinstance(value, bool):
            raise DefinitionError(f"fact `{name}`: `{key}` is `{shown(value)}`; expected true or false")
    if isinstance(tree[kind], list) and (message := bounds.excess("members", len(tree[kind]))):
        raise DefinitionError(f"fact `{name}`: has {message}")
    parts: Any = {"members": tree[kind], "optional": tree.get("may be missing", False)}
    if tree.get("anything else"):
        parts["other"] = True
    if "names" in tree:
        parts["names"] = tree["names"]
    return DOMAINS[kind](name, **parts)


def _rules(trees: list[Any], outputs: Mapping[str, Domain], problems: Problems) -> list[Rule]:
    rules = []
    for number, tree in enumerate(trees, 1):
        given = tree.get("id") if isinstance(tree, dict) else None
        path = f"rule {given}" if given and isinstance(given, str) else f"rule r{number}"
        if not _is_of_kind(tree, dict, problems.at(path)):
            continue
        rule = _Section(tree, problems, path)
        rule.check_keys("id", "when", "then", "because")
        then = _outcome(rule.take("then", {}), outputs, problems, path)
        identity = rule.take("id", "") or f"r{number}"
        rules.append(Rule(rule.take("when", {}), then, rule.take("because", ""), identity))
    return rules


def _outcome(tree: Tree, outputs: Mapping[str, Domain], problems: Problems, path: str) -> dict[str, Value]:
    outcome: dict[str, Value] = {}
    for name, given in tree.items():
        with problems.at(f"{path}, column {name}"):
            is_text = isinstance(given, str) and name in outputs
            outcome[name] = parse_value(outputs[name], given) if is_text else given
    return outcome


def _waivers(trees: list[Any], problems: Problems) -> list[Waiver]:
    waivers = []
    for number, tree in enumerate(trees, 1):
        path = f"waivers.{number}"
        if not _is_of_kind(tree, dict, problems.at(path)):
            continue
        waiver = _Section(tree, problems, path)
        waiver.check_keys("output", "input", "rules", "because")
        rules = waiver.take("rules", ["", ""])
        if len(rules) != 2:
            message = f"expected two rules, the one below the step and the one above it; found {len(rules)}"
            waiver.at("rules").add("", message)
            continue
        steps = (str(rules[0]), str(rules[1]))
        waivers.append(Waiver(waiver.take("output", ""), waiver.take("input", ""), steps, waiver.take("because", "")))
    return waivers


def _orders(table: _Section, key: str) -> dict[str, list[str]]:
    return {
        output: names
        for output, names in table.take(key, {}).items()
        if _is_of_kind(names, list, table.at(f"{key}.{output}"))
    }
