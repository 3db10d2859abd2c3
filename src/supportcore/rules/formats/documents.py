"""Whole tables as TOML, YAML and JSON; reading what was written gives an equal table (RUL-11)."""

import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.errors import ConceptError, Problem
from supportcore.rules.cells.text_literals import require_encodable
from supportcore.rules.formats.plain_tables import structure_table, table_tree
from supportcore.rules.tables import DecisionTable, require_table
from supportcore.structuring.plain import import_yaml, not_of_kind, parse_format, parse_plain, safe_yaml

Format = Literal["toml", "yaml", "json"]


def write_table(table: DecisionTable, form: Format) -> str:
    """Return the whole table as a text of the format `form`: domains, rules and everything declared.

    YAML needs the extra `yaml`; without it, `MissingExtraError` names the command that installs it. Raises
    `DefinitionError` for half of a surrogate pair, which no file keeps.

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
    in_json = require_encodable(json.dumps(tree, indent=2, ensure_ascii=False))
    match parse_format(form):
        case "JSON":
            return in_json + "\n"
        case "YAML":
            return _yaml(tree)
        case _:
            return "".join(f"{line}\n" for line in _toml_lines(tree))


def read_table(text: str, form: Format, *, bounds: Bounds = DEFAULT_BOUNDS) -> DecisionTable:
    """Return the table in a text of the format `form`.

    Raises `ConceptError` with every problem, and for a text beyond the `bounds`.
    """
    tree = parse_plain(text, form, bounds=bounds)
    if not isinstance(tree, dict):
        raise ConceptError([Problem("", not_of_kind(tree, "a table"))])
    return structure_table(tree, bounds)


def _yaml(tree: object) -> str:
    stream = io.StringIO()
    writer = safe_yaml()
    writer.Representer = _quoting_representer()
    writer.default_flow_style = False
    writer.sort_base_mapping_type_on_output = False
    writer.width = 1_000
    writer.dump(tree, stream)
    return stream.getvalue()


@cache
def _quoting_representer() -> Any:
    """Return ruamel's writer of plain data, with quotes around each text that has a line end or a control character.

    Without quotes, ruamel folds some line ends into blanks.
    """

    class QuotingRepresenter(import_yaml().representer.SafeRepresenter):  # type: ignore[misc]  # imported on demand
        pass

    def text(representer: Any, given: str) -> Any:
        style = None if given.isprintable() else '"'
        return representer.represent_scalar("tag:yaml.org,2002:str", given, style=style)

    QuotingRepresenter.add_representer(str, text)
    return QuotingRepresenter


def _toml_lines(tree: dict[str, Any]) -> Iterator[str]:
    """Yield the lines of a tree as TOML, its lists of tables last."""
    lists = {key: value for key, value in tree.items() if isinstance(value, list)}
    yield from (f"{key} = {_toml_value(value)}" for key, value in tree.items() if key not in lists)
    yield from (f"{key} = []" for key, tables in lists.items() if not tables)
    for key, tables in lists.items():
        for table in tables:
            yield ""
            yield f"[[{key}]]"
            yield from (f"{name} = {_toml_value(value)}" for name, value in table.items())


def _toml_value(value: object) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{_toml_value(str(key))} = {_toml_value(item)}" for key, item in value.items())
        return f"{{ {inner} }}" if inner else "{}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml_value, value))}]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
