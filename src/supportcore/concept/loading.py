"""Read concepts from TOML, YAML and JSON, with all problems at once (SVC-1). An edge: it reads files."""

import json
import re
import tomllib
from collections.abc import Callable
from decimal import Decimal
from importlib import import_module, resources
from os import PathLike
from pathlib import Path

from supportcore.concept.concept import ServiceConcept
from supportcore.concept.file.lines import lines_by_path, with_line
from supportcore.concept.file.shapes import read_sections
from supportcore.concept.sections.assembly import build_concept
from supportcore.errors import ConceptError, MissingExtraError, Problem, Problems, did_you_mean, listed

EXAMPLES = ("hosting", "mittelstand")

# Sections that later versions will read.
LATER = ("levels", "routing", "contracts", "roles", "duties", "tools", "areas", "communication", "editions")


def example(name: str) -> Path:
    """Return the path of an example concept: `hosting` or `mittelstand`.

    >>> example("hosting").name
    'hosting.toml'
    """
    if name not in EXAMPLES:
        raise ConceptError(
            [
                Problem(
                    "", f"`{name}` is not an example; expected one of {listed(EXAMPLES)}{did_you_mean(name, EXAMPLES)}"
                )
            ]
        )
    return Path(str(resources.files("supportcore.concept") / "examples" / f"{name}.toml"))


def load(path: str | PathLike[str]) -> ServiceConcept:
    """Load a concept from a file whose name ends in `.toml`, `.yaml`, `.yml` or `.json`.

    Raises `ConceptError` with every problem of the file, each with its path and, in TOML, its line.

    >>> load(example("mittelstand")).name
    'Support der Beispiel Software GmbH'
    """
    where = Path(path)
    form = where.suffix.lstrip(".").lower()
    try:
        text = where.read_text(encoding="utf-8")
    except OSError as error:
        raise ConceptError(
            [Problem("", f"cannot be read: {error.strerror}; give the path of a concept file")], str(where)
        ) from None
    except UnicodeDecodeError as error:
        raise ConceptError([Problem("", f"is not UTF-8 at byte {error.start}; save it as UTF-8")], str(where)) from None
    return loads(text, form, source=str(where))


def loads(text: str, form: str = "toml", *, source: str = "") -> ServiceConcept:
    """Load a concept from a text in the given form: `toml`, `yaml` or `json`. Raises the errors of `load`."""
    if form not in READERS:
        raise ConceptError(
            [Problem("", f"`{form}` is no form of a concept file; accepted are {listed(READERS)}")], source
        )
    try:
        tree = READERS[form](text.removeprefix("\ufeff"))  # some editors put that mark before the text
    except ValueError as error:
        raise ConceptError([_syntax(str(error))], source) from None
    except (RecursionError, ArithmeticError) as error:
        words = "it is nested too deeply" if isinstance(error, RecursionError) else "a number in it is too long"
        raise ConceptError([Problem("", f"cannot be read: {words}")], source) from None
    lines = lines_by_path(text) if form == "toml" else {}
    problems = Problems()
    if not isinstance(tree, dict):
        raise ConceptError([Problem("", "is no table of sections; begin with `format = 0`")], source)
    for name in LATER:
        if tree.pop(name, None) is not None:
            problems.add(name, f"the section `{name}` is not built yet; remove it from the file")
    concept = build_concept(read_sections(tree, problems), problems)
    if concept is None:
        found = sorted(
            (with_line(problem, lines) for problem in problems),
            key=lambda problem: (problem.line or 0, problem.path),
        )
        raise ConceptError(found, source)
    return concept


def _syntax(message: str) -> Problem:
    if "integer string conversion" in message:
        message = "a number in it is too long"
    at = re.search(r"\(at line (\d+), column (\d+)\)|line (\d+),? column (\d+)", message)
    line = next((int(one) for one in at.groups() if one), None) if at else None
    words = re.sub(r"\s*\(at line .*\)|: line \d+ column .*", "", message).strip().rstrip(".")
    return Problem("", f"cannot be read: {words[:1].lower()}{words[1:]}", line)


def _toml(text: str) -> object:
    return tomllib.loads(text, parse_float=Decimal)


def _json(text: str) -> object:
    return json.loads(text, parse_float=Decimal, object_pairs_hook=_once)


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """The object of these pairs; in JSON, unlike in TOML and YAML, a key may stand in it twice."""
    made = dict(pairs)
    if len(made) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key `{twice}` stands twice in one object; keep one of the two")
    return made


def _yaml(text: str) -> object:
    try:
        yaml = import_module("ruamel.yaml")
    except ImportError:
        raise MissingExtraError("reading YAML needs the extra `yaml`; run `pip install 'supportcore[yaml]'`") from None
    try:
        tree: object = yaml.YAML(typ="safe", pure=True).load(text)
    except yaml.error.MarkedYAMLError as error:
        mark = error.problem_mark
        raise ValueError(f"{error.problem} (at line {mark.line + 1}, column {mark.column + 1})") from None
    except yaml.error.YAMLError as error:
        raise ValueError(str(error).splitlines()[0]) from None
    return tree


READERS: dict[str, Callable[[str], object]] = {"toml": _toml, "yaml": _yaml, "yml": _yaml, "json": _json}
