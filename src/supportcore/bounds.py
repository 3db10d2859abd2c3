"""How much the readers read before they refuse a text or a file."""

from attrs import asdict, frozen

from supportcore.errors import DefinitionError

# What each bound counts, after a number.
COUNTED = {
    "file_size": "bytes, unpacked",
    "depth": "levels of nesting",
    "yaml_nodes": "nodes of YAML, aliases written out",
    "columns": "columns",
    "log_columns": "columns",
    "rules": "rules",
    "members": "members",
    "sections": "sections",
    "digits": "digits in a number",
    "cell": "characters in a cell",
    "log_cell": "characters in a cell",
}


@frozen(kw_only=True)
class Bounds:
    """How much the readers read before they refuse a text or a file (G-9).

    Every reader takes time and memory in proportion to its input; what would take more is refused at one of these
    bounds. `file_size` counts bytes after unpacking; a log has no such bound, because it is read row by row. `sections`
    counts the tables of a concept or a mapping, `rules` those of a decision table, `members` those of a domain.

    Raises `DefinitionError` for a bound that is not a whole number above zero.

    >>> Bounds(columns=2_000).columns
    2000
    >>> Bounds().excess("columns", 1_200)
    'more than 1,000 columns; make it smaller, or read it with `bounds=Bounds(columns=1_200)`'
    """

    file_size: int = 64 * 1024 * 1024
    depth: int = 100
    yaml_nodes: int = 100_000
    columns: int = 1_000
    log_columns: int = 10_000
    rules: int = 100_000
    members: int = 100_000
    sections: int = 10_000
    digits: int = 100
    cell: int = 10_000
    log_cell: int = 1024 * 1024

    def __attrs_post_init__(self) -> None:
        for name, value in asdict(self).items():
            if type(value) is not int or value < 1:
                raise DefinitionError(f"`{value}` is not a bound for `{name}`; expected a whole number above zero")

    def excess(self, bound: str, found: int | None = None) -> str | None:
        """Return the error message if `found` exceeds a bound, or where it is not counted to the end and thus `None`.

        >>> Bounds().excess("columns", 1_000)
        """
        most: int = getattr(self, bound)
        if found is not None and found <= most:
            return None
        more = 2 * most if found is None else found
        return (
            f"more than {most:,} {COUNTED[bound]}; make it smaller, or read it with `bounds=Bounds({bound}={more:_})`"
        )


DEFAULT_BOUNDS = Bounds()
