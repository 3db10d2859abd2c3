"""Concept files read into concepts: TOML, YAML and JSON, all errors at once (SVC-1). An edge: it reads files."""

from importlib import resources
from os import PathLike
from pathlib import Path

from supportcore.concept.concept import ServiceConcept
from supportcore.concept.file.problems import Reading
from supportcore.concept.file.shapes import file_shape
from supportcore.concept.sections.whole import assembled
from supportcore.errors import ConceptError, Problem, did_you_mean, listed
from supportcore.structuring.lines import located, places
from supportcore.structuring.plain import decode_utf8, parse_plain

EXAMPLES = ("hosting", "mittelstand")

# Sections that concepts will have and that this version does not read yet.
LATER = ("levels", "routing", "contracts", "roles", "duties", "tools", "areas", "communication", "editions")


def example(name: str) -> Path:
    """Where the example concept of this name lies: `hosting` or `mittelstand`.

    >>> example("hosting").name
    'hosting.toml'
    """
    if name not in EXAMPLES:
        raise ConceptError(
            [Problem("", f"`{name}` is no example; there are {listed(EXAMPLES)}{did_you_mean(name, EXAMPLES)}")]
        )
    return Path(str(resources.files("supportcore.concept") / "examples" / f"{name}.toml"))


def load(path: str | PathLike[str]) -> ServiceConcept:
    """The concept that a file says; its form follows its name (`.toml`, `.yaml`, `.yml`, `.json`).

    Raises `ConceptError` with every problem of the file, each with its path and, in TOML, its line.

    >>> load(example("mittelstand")).name
    'Support der Beispiel Software GmbH'
    """
    where = Path(path)
    form = where.suffix.lstrip(".").lower()
    try:
        content = where.read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}; give the path of a concept file"
        raise ConceptError([Problem("", message)], str(where)) from None
    return loads(decode_utf8(content, source=str(where)), form, source=str(where))


def loads(text: str, form: str = "toml", *, source: str = "") -> ServiceConcept:
    """The concept that a text says; `form` is `toml`, `yaml` or `json`. Errors as in `load`."""
    tree = parse_plain(text, form, source=source)
    lines = places(text) if form == "toml" else {}
    reading = Reading()
    if not isinstance(tree, dict):
        raise ConceptError([Problem("", "is no table of sections; begin with `format = 0`")], source)
    for name in LATER:
        if tree.pop(name, None) is not None:
            reading.add(name, f"the section `{name}` is not built yet; take it out of the file")
    concept = assembled(file_shape(tree, reading), reading)
    if concept is None:
        found = sorted(
            (located(problem, lines) for problem in reading.problems), key=lambda one: (one.line or 0, one.path)
        )
        raise ConceptError(found, source)
    return concept
