"""Mapping files: the project's own, by name, and those of users, by path."""

from importlib.resources import files
from os import PathLike
from pathlib import Path

from supportcore.errors import ConceptError, Problem, did_you_mean, listed
from supportcore.logs.mapping.mapping import LogMapping
from supportcore.logs.mapping.parsing import mapping_of
from supportcore.structuring.plain import decode_utf8, parse_plain


def own_mappings() -> tuple[str, ...]:
    """The names of the mappings that come with supportcore.

    >>> own_mappings()
    ('jira_apache', 'servicenow_uci', 'volvo_bpic13')
    """
    folder = files("supportcore.logs") / "mappings"
    return tuple(sorted(entry.name.removesuffix(".toml") for entry in folder.iterdir() if entry.name.endswith(".toml")))


def load_mapping(source: str | PathLike[str]) -> LogMapping:
    """The mapping in a TOML file, or the one of the project's own with this name.

    A text that ends in `.toml` and every path is a file. Raises `ConceptError` with everything that is wrong with it,
    `FileNotFoundError` where there is no such file.

    >>> load_mapping("volvo_bpic13").zone
    'Europe/Stockholm'
    """
    if isinstance(source, str) and not source.endswith(".toml"):
        if source not in own_mappings():
            message = (
                f"`{source}` is no mapping of supportcore; accepted are {listed(own_mappings())} "
                f"and paths that end in `.toml`{did_you_mean(source, own_mappings())}"
            )
            raise ConceptError([Problem("", message)], "mapping")
        content = (files("supportcore.logs") / "mappings" / f"{source}.toml").read_bytes()
    else:
        content = Path(source).read_bytes()
    where = str(source)
    return mapping_of(parse_plain(decode_utf8(content, source=where), "toml", source=where), source=where)
