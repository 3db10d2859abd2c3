"""Words of a case's explanation."""

ENTRIES: dict[str, tuple[str, str]] = {}
