"""Tables as text in TOML, YAML, JSON and CSV; reading what was written gives an equal table (RUL-11)."""

import csv
import io
import json
import tomllib
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, Literal, get_args

from supportcore.domains import Domain
from supportcore.domains.values import kind_of, shown
from supportcore.errors import ConceptError, DefinitionError, MissingExtraError, Problem, did_you_mean, listed
from supportcore.rules.grids import Row, read_rows, rows_of
from supportcore.rules.tables import DecisionTable, must_be_table
from supportcore.rules.trees import read_tree, tree_of

__all__ = ["read_csv", "read_table", "write_csv", "write_table"]

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


def write_csv(table: DecisionTable) -> str:
    """The rules as comma-separated values, with the columns of the text grid; `read_csv` reads them back."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows(rows_of(table))
    return stream.getvalue()


def read_csv(
    text: str,
    *,
    name: str,
    inputs: Iterable[Domain],
    outputs: Iterable[Domain],
    hit: str = "first",
    delimiter: str = ",",
    **declared: Any,
) -> DecisionTable:
    """The table that comma-separated values say; other arguments and errors are those of `read_grid`.

    `delimiter` is the sign between two values: spreadsheets of German tongue put `;` there.
    """
    _must_be_text(text)
    rows: list[Row] = []
    line = 0
    try:
        reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter, strict=True)
        for cells in reader:
            if any(cells):
                rows.append(Row(line + 1, tuple(cell.strip() for cell in cells)))
            line = reader.line_num
    except (csv.Error, TypeError, ValueError) as error:
        raise ConceptError([Problem("", f"cannot be read as csv: {error}", line + 1)], f"table {name}") from None
    if rows and len(rows[0].cells) == 1 and ";" in rows[0].cells[0]:
        words = 'the names of the columns have `;` between them; give `delimiter=";"`'
        raise ConceptError([Problem("", words, rows[0].line)], f"table {name}")
    return read_rows(rows, name=name, inputs=inputs, outputs=outputs, hit=hit, **declared)
