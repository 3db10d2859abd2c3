"""Read concepts from TOML, YAML and JSON, with all problems at once (SVC-1). An edge: it reads files."""

from os import PathLike
from pathlib import Path

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.concept.concept import ServiceConcept
from supportcore.concept.sections.assembly import build_concept
from supportcore.concept.shapes import read_sections
from supportcore.errors import ConceptError, Problem, Problems, did_you_mean, listed
from supportcore.structuring.bounded import check_sections
from supportcore.structuring.files import read_file
from supportcore.structuring.plain import decode_utf8, parse_plain

EXAMPLES = ("hosting", "mittelstand")

# Sections that later versions will read.
LATER = ("levels", "routing", "contracts", "roles", "duties", "tools", "areas", "communication", "editions")


def example(name: str) -> Path:
    """Return the path of an example concept: `hosting` or `mittelstand`.

    >>> example("hosting").name
    'hosting.toml'
    """
    if name not in EXAMPLES:
        near = did_you_mean(name, EXAMPLES)
        raise ConceptError([Problem("", f"`{name}` is not an example; expected one of {listed(EXAMPLES)}{near}")])
    return Path(__file__).with_name("examples") / f"{name}.toml"


def load(path: str | PathLike[str], *, bounds: Bounds = DEFAULT_BOUNDS) -> ServiceConcept:
    """Load a concept from a file whose name ends in `.toml`, `.yaml`, `.yml` or `.json`.

    Raises `ConceptError` with every problem of the file, each with its path and, in TOML, its line. A file beyond the
    `bounds` is refused.

    >>> load(example("mittelstand")).name
    'Support der Beispiel Software GmbH'
    """
    where = Path(path)
    form = where.suffix.lstrip(".").lower()
    content = read_file(where, "a concept file", bounds)
    return loads(decode_utf8(content, source=str(where)), form, source=str(where), bounds=bounds)


def loads(text: str, form: str = "toml", *, source: str = "", bounds: Bounds = DEFAULT_BOUNDS) -> ServiceConcept:
    """Load a concept from a text in the given form: `toml`, `yaml` or `json`. Raises the errors of `load`."""
    tree = parse_plain(text, form, source=source, bounds=bounds)
    problems = Problems()
    if not isinstance(tree, dict):
        raise ConceptError([Problem("", "is not a table of sections; begin with `format = 0`")], source)
    check_sections(tree, bounds, source)
    for name in LATER:
        if tree.pop(name, None) is not None:
            problems.add(name, f"the section `{name}` is not built yet; remove it from the file")
    concept = build_concept(read_sections(tree, problems), bounds, problems)
    if concept is None:
        from supportcore.structuring.lines import lines_of

        lines = lines_of(text if form == "toml" else "")
        found = sorted(
            map(lines.locate, problems),
            key=lambda problem: (problem.line or 0, problem.path),
        )
        raise ConceptError(found, source)
    return concept
