"""One thing or several of them: what people write as `x` or as `[x, y]`, as a tuple."""

from collections.abc import Iterable
from typing import Any

__all__ = ["several"]


def several(given: object) -> tuple[Any, ...]:
    """What was given, one by one; a text is one thing, not its letters.

    >>> several("major"), several(["minor", "major"]), several(3)
    (('major',), ('minor', 'major'), (3,))
    """
    if isinstance(given, (list, tuple)):  # the usual case, and the quick one
        return tuple(given)
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, (str, bytes)) else (given,)
