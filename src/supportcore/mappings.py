"""An immutable mapping: the one shape in which named values are held."""

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class FrozenMapping(Mapping[K, V]):
    """A mapping that cannot change: it keeps its order, equals any mapping with the same items, hashes and pickles
    by value.

    >>> facts = FrozenMapping({"impact": "high"}, users=40)
    >>> facts
    FrozenMapping({'impact': 'high', 'users': 40})
    >>> facts.with_(users=41)["users"], facts["users"]
    (41, 40)
    """

    __slots__ = ("_hash", "_items")
    _items: dict[K, V]
    _hash: int

    def __init__(self, items: Mapping[K, V] | Iterable[tuple[K, V]] = (), /, **named: V) -> None:
        SET_ITEMS(self, {**_plain(items), **named})

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a frozen mapping does not change; `{name}` cannot be set")

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def items(self) -> ItemsView[K, V]:
        """The items, as a view; as fast as those of a dictionary."""
        return self._items.items()

    def keys(self) -> KeysView[K]:
        """The keys, as a view."""
        return self._items.keys()

    def values(self) -> ValuesView[V]:
        """The values, as a view."""
        return self._items.values()

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMapping):
            return self._items == other._items
        if isinstance(other, Mapping):
            return self._items == dict(other)
        return NotImplemented

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:  # not asked for before
            object.__setattr__(self, "_hash", hash(frozenset(self._items.items())))
            return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        return (FrozenMapping, (dict(self._items),))

    def __repr__(self) -> str:
        return f"FrozenMapping({self._items!r})"

    def with_(self, changes: Mapping[K, V] | Iterable[tuple[K, V]] = (), /, **named: V) -> "FrozenMapping[K, V]":
        """The same mapping with some items set anew."""
        items: dict[Any, V] = {**self._items, **_plain(changes), **named}
        return kept(items)

    def without(self, *keys: K) -> "FrozenMapping[K, V]":
        """The same mapping without these keys; keys that it does not have are no error."""
        return kept({key: value for key, value in self._items.items() if key not in keys})


def _plain(given: Any) -> dict[Any, Any]:
    """What was given as a dictionary, that within a frozen mapping; the exact type is asked for, which is quick."""
    if type(given) is FrozenMapping:
        return given._items
    return given if type(given) is dict else dict(given)


# The slot itself is set, around the refusal of `__setattr__`.
SET_ITEMS = vars(FrozenMapping)["_items"].__set__


def kept(items: dict[K, V]) -> FrozenMapping[K, V]:
    """A dictionary that nobody else holds, as a frozen mapping: it is kept as it is, not copied.

    >>> kept({"impact": "high"})
    FrozenMapping({'impact': 'high'})
    """
    made: FrozenMapping[K, V] = object.__new__(FrozenMapping)
    SET_ITEMS(made, items)
    return made


EMPTY: FrozenMapping[Any, Any] = FrozenMapping()


def several(given: object) -> tuple[Any, ...]:
    """What was given, one by one; a text is one thing, not its letters.

    >>> several("major"), several(["minor", "major"]), several(3)
    (('major',), ('minor', 'major'), (3,))
    """
    if isinstance(given, (list, tuple)):  # the usual case, and the quick one
        return tuple(given)
    return tuple(given) if isinstance(given, Iterable) and not isinstance(given, (str, bytes)) else (given,)
