"""Load mapping files: by path, or by name those that come with supportcore."""

from importlib.resources import files
from os import PathLike

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.errors import ConceptError, Problem, did_you_mean, listed
from supportcore.logs.mapping.mapping import LogMapping
from supportcore.logs.mapping.parsing import structure_mapping
from supportcore.structuring.bounded import check_sections
from supportcore.structuring.files import read_file
from supportcore.structuring.plain import decode_utf8, parse_plain


def own_mappings() -> tuple[str, ...]:
    """Return the names of the mappings that come with supportcore.

    >>> own_mappings()
    ('jira_apache', 'servicenow_uci', 'volvo_bpic13')
    """
    folder = files("supportcore.logs") / "mappings"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


def load_mapping(source: str | PathLike[str], *, bounds: Bounds = DEFAULT_BOUNDS) -> LogMapping:
    """Return the mapping in a TOML file, or a mapping that comes with supportcore.

    `source` is the path of a file if it is a `Path` or ends in `.toml`, and a name otherwise. Raises `ConceptError`
    with every problem of the mapping, and for a file that cannot be read or is beyond the `bounds`.

    >>> load_mapping("volvo_bpic13").zone
    'Europe/Stockholm'
    """
    if isinstance(source, str) and not source.endswith(".toml"):
        names = own_mappings()
        if source not in names:
            message = (
                f"`{source}` is not a mapping; expected one of {listed(names)}, "
                f"or a path that ends in `.toml`{did_you_mean(source, names)}"
            )
            raise ConceptError([Problem("", message)], "mapping")
        content = (files("supportcore.logs") / "mappings" / f"{source}.toml").read_bytes()
    else:
        content = read_file(source, "a mapping file", bounds)
    where = str(source)
    tree = parse_plain(decode_utf8(content, source=where), "toml", source=where, bounds=bounds)
    check_sections(tree, bounds, where)
    return structure_mapping(tree, source=where)
