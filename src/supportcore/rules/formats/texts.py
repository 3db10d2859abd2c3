"""Tables as text in TOML, YAML, JSON and CSV; reading what was written gives an equal table (RUL-11)."""

import io
import json
import tomllib
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, get_args

from supportcore.domains.values import kind_of, shown
from supportcore.errors import ConceptError, DefinitionError, MissingExtraError, Problem, did_you_mean, listed
from supportcore.rules.formats.trees import read_tree, tree_of
from supportcore.rules.tables import DecisionTable, must_be_table

Format = Literal["toml", "yaml", "json"]
FORMATS: tuple[Format, ...] = get_args(Format)


def write_table(table: DecisionTable, form: Format) -> str:
    """The whole table as text: domains, rules and everything declared.

    YAML needs the extra `yaml`; without it `MissingExtraError` names the command that installs it.

    >>> from supportcore.domains import Flag, Scale
    >>> from supportcore.rules import Rule
    >>> table = DecisionTable(name="t", inputs=[Flag("vip")], outputs=[Scale("priority", ["minor", "major"])],
    ...     rules=[Rule({"vip": True}, {"priority": "major"}, because="dear to us")])
    >>> print(write_table(table, "toml"))
    name = "t"
    hit = "unique"
    inputs = { "vip" = "yes | no" }
    outputs = { "priority" = "minor < major" }
    <BLANKLINE>
    [[rules]]
    id = "r1"
    when = { "vip" = "yes" }
    then = { "priority" = "major" }
    because = "dear to us"
    <BLANKLINE>
    """
    must_be_table(table)
    tree = tree_of(table)
    if _known(form) == "json":
        return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
    return _yaml().dumped(tree) if form == "yaml" else "".join(f"{line}\n" for line in _toml(tree))


def read_table(text: str, form: Format) -> DecisionTable:
    """The table that a text says; `ConceptError` with every problem, the format's own with its line."""
    _known(form)
    _must_be_text(text)
    try:
        if form == "json":
            tree = json.loads(text, parse_float=Decimal, object_pairs_hook=_once)
        else:
            tree = _yaml().loaded(text) if form == "yaml" else tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise ConceptError([Problem("", f"cannot be read as {form}: {error}")]) from None
    if not isinstance(tree, dict):
        raise ConceptError([Problem("", "holds no table of keys and values at its top")])
    return read_tree(tree)


def _must_be_text(given: object) -> None:
    if not isinstance(given, str):
        raise DefinitionError(f"`{shown(given)}` is {kind_of(given)}; the text of a table is accepted")


def _once(items: list[tuple[str, Any]]) -> dict[str, Any]:
    """The items of a table in JSON, no key twice."""
    made: dict[str, Any] = {}
    for key, value in items:
        if key in made:
            raise ValueError(f"the key `{key}` stands there twice; each key is named once")
        made[key] = value
    return made


def _known(form: str) -> str:
    if form not in FORMATS:
        words = f"`{form}` is no format; accepted are {listed(FORMATS)}{did_you_mean(form, FORMATS)}"
        raise ConceptError([Problem("", words)])
    return form


class _Yaml:
    """YAML 1.2 with texts as texts, by the package of the extra."""

    def __init__(self, module: Any) -> None:
        self.module = module

    def dumped(self, tree: object) -> str:
        stream = io.StringIO()
        writer = self.module.YAML(typ="safe", pure=True)
        writer.default_flow_style = False
        writer.sort_base_mapping_type_on_output = False
        writer.width = 1_000
        writer.dump(tree, stream)
        return stream.getvalue()

    def loaded(self, text: str) -> object:
        try:
            return self.module.YAML(typ="safe", pure=True).load(text)
        except self.module.error.YAMLError as error:
            raise ValueError(str(error)) from None


def _yaml() -> _Yaml:
    try:
        import ruamel.yaml
    except ImportError:
        raise MissingExtraError(
            "YAML needs a further package; install it by `pip install 'supportcore[yaml]'`"
        ) from None
    return _Yaml(ruamel.yaml)


def _toml(tree: dict[str, Any]) -> Iterator[str]:
    """The tree as TOML, its lists of tables last."""
    lists = {key: value for key, value in tree.items() if isinstance(value, list)}
    yield from (f"{key} = {_inline(value)}" for key, value in tree.items() if key not in lists)
    for key, tables in lists.items():
        for table in tables:
            yield ""
            yield f"[[{key}]]"
            yield from (f"{name} = {_inline(value)}" for name, value in table.items())
    if not lists.get("rules"):
        yield "rules = []"


def _inline(value: object) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_inline(str(key))} = {_inline(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_inline, value))}]"
    return json.dumps(value, ensure_ascii=False)
