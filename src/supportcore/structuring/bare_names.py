"""Names in a TOML text that need quotes: `[calendars.Geschäftszeit]`, `next reply = …`."""

import re

from supportcore.errors import Problem

BARE = re.compile(r"[A-Za-z0-9_-]+")
QUOTE = re.compile("[\"']")


def bare_name_problem(text: str, line: int) -> Problem | None:
    """Return the problem of a section or key, on the line of a syntax error, with a name that needs quotes.

    >>> print(bare_name_problem("[calendars.Geschäftszeit]", 1))
    line 1: `Geschäftszeit` has letters that TOML wants in quotes; write `[calendars."Geschäftszeit"]`
    """
    written = text.split("\n")[line - 1].strip()
    section, _, _ = written.partition("]")
    key, equals, _ = written.partition("=")
    if section.startswith("["):
        brackets = "[" * (len(section) - len(section.lstrip("[")))
        dotted, ends = section.lstrip("["), (brackets, "]" * len(brackets))
    elif equals:
        dotted, ends = key, ("", " = …")
    else:
        return None
    names = [name.strip() for name in dotted.split(".")]
    odd = [name for name in names if not BARE.fullmatch(name)]
    if not odd or not all(names) or QUOTE.search(dotted):
        return None
    quoted = ".".join(f'"{name}"' if name in odd else name for name in names)
    return Problem("", f"`{odd[0]}` has letters that TOML wants in quotes; write `{ends[0]}{quoted}{ends[1]}`", line)
