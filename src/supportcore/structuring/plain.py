"""The one reader of TOML, YAML and JSON: text to plain data, with every syntax error a problem that has its line."""

import re
import tomllib
from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from functools import cache
from typing import Any, NoReturn

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.errors import ConceptError, DefinitionError, MissingExtraError, Problem, did_you_mean, listed
from supportcore.structuring.bounded import check_dotted_keys, check_nodes, check_tree

# The name of each format by the endings of its files.
FORMATS = {"toml": "TOML", "yaml": "YAML", "yml": "YAML", "json": "JSON"}

KINDS: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (bool, "yes or no"),
    (str, "a text"),
    (int, "a whole number"),
    (float, "a number with a point"),
    (Decimal, "a number with a point"),
    (dict, "a table"),
    (list, "a list"),
    (type(None), "nothing"),
    ((date, time), "a date or time"),
)
MOST_LETTERS = 200  # of a value in an error message
TOO_LONG = "integer string conversion"  # in Python's message for a whole number of too many digits
PLACE = re.compile(r"\(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")


def kind_of(value: object) -> str:
    """Return the kind of a plain value in the words of error messages.

    >>> kind_of(True), kind_of(3), kind_of({})
    ('yes or no', 'a whole number', 'a table')
    """
    return next((words for kind, words in KINDS if isinstance(value, kind)), "a value of another kind")


def not_a_key(name: object, known: Iterable[str]) -> str:
    """Return the error message for a key that is not among the known ones.

    >>> not_a_key("nmae", ["name", "rules"])
    '`nmae` is not a key here; expected one of `name`, `rules`; did you mean `name`?'
    """
    known = list(known)
    return f"`{name}` is not a key here; expected one of {listed(known)}{did_you_mean(name, known)}"


def not_of_kind(value: object, expected: str) -> str:
    """Return the error message for a value of another kind than the expected one.

    >>> not_of_kind(3, "a text")
    '`3` is a whole number; expected a text'
    """
    return f"`{_shown(value)}` is {kind_of(value)}; expected {expected}"


def _shown(value: object) -> str:
    try:
        return str(value)[:MOST_LETTERS]
    except (RecursionError, ValueError):  # Python writes out neither deep nesting nor a number of very many digits
        return "…"


def must_be_text(given: object, expected: str) -> None:
    """Raise `DefinitionError` if what was given to a reader is not a text."""
    if not isinstance(given, str):
        raise DefinitionError(not_of_kind(given, expected))


def decode_utf8(content: bytes, *, source: str = "") -> str:
    """Return the text of a file's content; raise `ConceptError` if it is not UTF-8.

    >>> decode_utf8("Müller".encode("latin-1"), source="desk.toml")
    Traceback (most recent call last):
        ...
    supportcore.errors.ConceptError: 1 problem in desk.toml
      is not UTF-8 at byte 1; save it as UTF-8
    """
    try:
        return content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        message = f"is not UTF-8 at byte {error.start}; save it as UTF-8"
        raise ConceptError([Problem("", message)], source) from None


def parse_format(form: object, *, source: str = "") -> str:
    """Return `TOML`, `YAML` or `JSON` for the ending `form` of a file name; raise `ConceptError` for any other.

    >>> parse_format("yml")
    'YAML'
    """
    name = FORMATS.get(form) if isinstance(form, str) else None
    if name is None:
        message = (
            f"`{_shown(form)}` is not a file format; expected one of {listed(FORMATS)}{did_you_mean(form, FORMATS)}"
        )
        raise ConceptError([Problem("", message)], source)
    return name


def parse_plain(text: str, form: str, *, source: str = "", bounds: Bounds = DEFAULT_BOUNDS) -> Any:
    """Return the plain data in a text of the format `form`: `toml`, `yaml` (or `yml`) or `json`.

    Numbers with a point become a `Decimal`. In YAML 1.2, `17:30` and `NO` are texts. A byte order mark is skipped.

    Raises `ConceptError` for a syntax error, a number that is not finite, and data beyond the `bounds`; every key that
    is given twice is a problem with its path and line. YAML needs the extra `yaml`; `MissingExtraError` names the
    command that installs it.

    >>> parse_plain("hours = 1.5", "toml")
    {'hours': Decimal('1.5')}
    >>> parse_plain('{"a": {"b": 1,\\n "b": 2}}', "json", source="desk.json")
    Traceback (most recent call last):
        ...
    supportcore.errors.ConceptError: 1 problem in desk.json
      line 2, a.b: `b` is given twice; keep one of the two
    """
    name = parse_format(form, source=source)
    must_be_text(text, f"a text in {name}")
    if message := bounds.excess("file_size", len(text)):
        raise ConceptError([Problem("", f"has {message}")], source)
    try:
        tree = PARSERS[name](text.removeprefix("\ufeff"), bounds)
        check_tree(tree, bounds)
        return tree
    except ConceptError as error:
        raise ConceptError(error.problems, source) from None
    except RecursionError:
        raise ConceptError([_unreadable(name, "it is nested too deeply")], source) from None
    except (ValueError, ArithmeticError) as error:
        raise ConceptError([_syntax_problem(name, error, text)], source) from None


def _unreadable(name: str, why: str, line: int | None = None) -> Problem:
    return Problem("", f"cannot be read as {name}: {why}", line)


def _syntax_problem(name: str, error: ValueError | ArithmeticError, text: str) -> Problem:
    message = str(error)
    if isinstance(error, ArithmeticError) or TOO_LONG in message:
        return _unreadable(name, "a number in it is too long")
    line = column = 0
    if place := PLACE.search(message):
        line, column = int(place["line"] or text.count("\n") + 1), int(place["column"] or 0)
    words = PLACE.sub("", message).strip().rstrip(".")
    where = f" (column {column})" if column else ""
    return _unreadable(name, f"{words[:1].lower()}{words[1:]}{where}", line or None)


def _finite(digits: str) -> Decimal:
    number = Decimal(digits)
    if not number.is_finite():
        _refuse_infinite(digits)
    return number


def _refuse_infinite(word: str) -> NoReturn:
    raise ConceptError([Problem("", f"`{word}` is not a finite number; write a finite one")])


def _parse_toml(text: str, bounds: Bounds) -> object:
    check_dotted_keys(text, bounds)
    try:
        return tomllib.loads(text, parse_float=_finite)
    except tomllib.TOMLDecodeError as error:
        from supportcore.structuring.bare_names import bare_name_problem
        from supportcore.structuring.duplicates import repeated_in_toml

        place = PLACE.search(str(error))
        if place and place["line"] and (problem := bare_name_problem(text, int(place["line"]))):
            raise ConceptError([problem]) from None
        if repeated := list(repeated_in_toml(text)):
            raise ConceptError(repeated) from None
        raise


def _parse_json(text: str, _: Bounds) -> object:
    import json

    is_repeated = False

    def table(pairs: list[tuple[str, object]]) -> dict[str, object]:
        nonlocal is_repeated
        made = dict(pairs)
        is_repeated = is_repeated or len(made) < len(pairs)
        return made

    try:
        tree = json.loads(text, parse_float=_finite, parse_constant=_refuse_infinite, object_pairs_hook=table)
    except json.JSONDecodeError as error:
        raise ValueError(f"{error.msg} (at line {error.lineno}, column {error.colno})") from None
    if is_repeated:
        from supportcore.structuring.duplicates import repeated_in_json

        raise ConceptError(repeated_in_json(text))
    return tree


def _parse_yaml(text: str, bounds: Bounds) -> object:
    yaml = import_yaml()
    reader = safe_yaml()
    reader.Constructor = _decimal_constructor()
    reader.Scanner = _bounded_scanner(bounds)
    try:
        node = reader.compose(text)
        if node is None:
            return None
        check_nodes(node, bounds)
        return reader.constructor.construct_document(node)
    except yaml.error.MarkedYAMLError as error:
        from supportcore.structuring.duplicates import repeated_in_yaml

        is_duplicate = isinstance(error, yaml.constructor.DuplicateKeyError)
        if is_duplicate and (repeated := list(repeated_in_yaml(safe_yaml().compose(text)))):
            raise ConceptError(repeated) from None
        mark = error.problem_mark or error.context_mark
        raise ValueError(f"{error.problem} (at line {mark.line + 1}, column {mark.column + 1})") from None
    except yaml.error.YAMLError as error:
        raise ValueError(str(error).splitlines()[0]) from None
    except ConceptError:
        raise
    except ValueError as error:
        raise error if TOO_LONG in str(error) else ValueError("a value does not fit its tag") from None


def import_yaml() -> Any:
    """Return the package `ruamel.yaml`; raise `MissingExtraError` if it is not installed."""
    try:
        import ruamel.yaml
    except ImportError:
        raise MissingExtraError("YAML needs the extra `yaml`; run `pip install 'supportcore[yaml]'`") from None
    return ruamel.yaml


def safe_yaml() -> Any:
    """Return a reader and writer of YAML 1.2 that knows plain data only."""
    return import_yaml().YAML(typ="safe", pure=True)


@cache
def _decimal_constructor() -> Any:
    """Return ruamel's constructor of plain data, with a `Decimal` for each number with a point."""

    class DecimalConstructor(import_yaml().constructor.SafeConstructor):  # type: ignore[misc]  # imported on demand
        pass

    def decimal(constructor: Any, node: Any) -> Decimal:
        digits = str(constructor.construct_scalar(node)).replace("_", "").lower()
        digits = digits.replace(".inf", "inf").replace(".nan", "nan")
        float(digits)  # a `ValueError` for digits that are not a number; `Decimal` has none
        return _finite(digits)

    DecimalConstructor.add_constructor("tag:yaml.org,2002:float", decimal)
    return DecimalConstructor


@cache
def _bounded_scanner(bounds: Bounds) -> Any:
    """Return ruamel's scanner, which stops at a bracket nested too deeply: its time grows with the depth squared."""

    class BoundedScanner(import_yaml().scanner.Scanner):  # type: ignore[misc]  # imported on demand
        def fetch_flow_collection_start(self, *given: Any, **named: Any) -> None:
            super().fetch_flow_collection_start(*given, **named)
            if len(self.flow_context) > bounds.depth:
                line = self.reader.line + 1
                raise ConceptError([Problem("", f"has {bounds.excess('depth')}", line)])

    return BoundedScanner


PARSERS: dict[str, Callable[[str, Bounds], object]] = {"TOML": _parse_toml, "YAML": _parse_yaml, "JSON": _parse_json}
