"""Equality stricter than that of Python: 1 is not yes (RUL-1), instants differ by fold (G-2)."""

from datetime import datetime

EPOCH = datetime(1970, 1, 1)


def equality_key(value: object) -> object:
    """Return a key that is equal for two values exactly if they have one meaning, and hashes alike.

    Python takes 1 and `True` as equal, and ignores the fold of datetimes of one zone. Tuples and sets are compared
    value by value.

    >>> equality_key(1) == equality_key(True), equality_key("major") == equality_key("major")
    (False, True)
    """
    if isinstance(value, datetime):
        offset = value.utcoffset()
        return value if offset is None else (datetime, value.replace(tzinfo=None) - EPOCH - offset)
    if isinstance(value, bool):
        return (bool, value)
    if type(value) is tuple:
        return tuple(map(equality_key, value))
    if isinstance(value, frozenset):
        return frozenset(map(equality_key, value))
    return value
