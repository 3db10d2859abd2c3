"""Whole tables as TOML, YAML and JSON; reading what was written gives an equal table (RUL-11)."""

import io
import json
from collections.abc import Iterator
from typing import Any, Literal

from supportcore.errors import ConceptError, Problem
from supportcore.rules.formats.plain_tables import structure_table, table_tree
from supportcore.rules.tables import DecisionTable, require_table
from supportcore.structuring.plain import not_of_kind, parse_format, parse_plain, safe_yaml

Format = Literal["toml", "yaml", "json"]


def write_table(table: DecisionTable, form: Format) -> str:
    """Return the whole table as a text of the format `form`: domains, rules and everything declared.

    YAML needs the extra `yaml`; without it, `MissingExtraError` names the command that installs it.

    >>> from supportcore.domains import Flag, Scale
    >>> from supportcore.rules import Rule
    >>> table = DecisionTable(name="t", inputs=[Flag("vip")], outputs=[Scale("priority", ["minor", "major"])],
    ...     rules=[Rule({"vip": True}, {"priority": "major"}, because="agreed")])
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
    because = "agreed"
    <BLANKLINE>
    """
    require_table(table)
    tree = table_tree(table)
    match parse_format(form):
        case "JSON":
            return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
        case "YAML":
            return _yaml(tree)
        case _:
            return "".join(f"{line}\n" for line in _toml_lines(tree))


def read_table(text: str, form: Format) -> DecisionTable:
    """Return the table in a text of the format `form`; raise `ConceptError` with every problem."""
    tree = parse_plain(text, form)
    if not isinstance(tree, dict):
        raise ConceptError([Problem("", not_of_kind(tree, "a table"))])
    return structure_table(tree)


def _yaml(tree: object) -> str:
    stream = io.StringIO()
    writer = safe_yaml()
    writer.default_flow_style = False
    writer.sort_base_mapping_type_on_output = False
    writer.width = 1_000
    writer.dump(tree, stream)
    return stream.getvalue()


def _toml_lines(tree: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of a tree as TOML, its lists of tables last."""
    lists = {key: value for key, value in tree.items() if isinstance(value, list)}
    yield from (f"{key} = {_toml_value(value)}" for key, value in tree.items() if key not in lists)
    for key, tables in lists.items():
        for table in tables:
            yield ""
            yield f"[[{key}]]"
            yield from (f"{name} = {_toml_value(value)}" for name, value in table.items())
    if not lists.get("rules"):
        yield "rules = []"


def _toml_value(value: object) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_toml_value(str(key))} = {_toml_value(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml_value, value))}]"
    return json.dumps(value, ensure_ascii=False)
