"""Tables as text in TOML, YAML, JSON and CSV; reading what was written gives an equal table (RUL-11)."""

import io
import json
from collections.abc import Iterator
from typing import Any, Literal

from supportcore.errors import ConceptError, Problem
from supportcore.rules.formats.plain_tables import structure_table, table_tree
from supportcore.rules.tables import DecisionTable, must_be_table
from supportcore.structuring.plain import format_named, parse_plain, safe_yaml

Format = Literal["toml", "yaml", "json"]


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
    tree = table_tree(table)
    match format_named(form):
        case "JSON":
            return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
        case "YAML":
            return _yaml(tree)
        case _:
            return "".join(f"{line}\n" for line in _toml(tree))


def read_table(text: str, form: Format) -> DecisionTable:
    """The table that a text says; `ConceptError` with every problem, the format's own with its line."""
    tree = parse_plain(text, form)
    if not isinstance(tree, dict):
        raise ConceptError([Problem("", "holds no table of keys and values at its top")])
    return structure_table(tree)


def _yaml(tree: object) -> str:
    stream = io.StringIO()
    writer = safe_yaml()
    writer.default_flow_style = False
    writer.sort_base_mapping_type_on_output = False
    writer.width = 1_000
    writer.dump(tree, stream)
    return stream.getvalue()


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
