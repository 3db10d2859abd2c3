"""The immutable mapping of named values, and lists of values given one by one."""

from collections.abc import ItemsView, Iterable, Iterator, KeysView, Mapping, ValuesView
from typing import Any, TypeVar

from supportcore.equality import equality_key

# A `repr` shows this many items.
MOST_SHOWN = 12

K = TypeVar("K")
V = TypeVar("V")


class FrozenMapping(Mapping[K, V]):
    """An immutable mapping that keeps its order, equals any mapping with equal items, hashes and pickles by value.

    1 and yes are different values (RUL-1), and instants compare as instants (G-2).

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
        own = dict(_dictionary(items))
        if named:
            own.update(named)
        object.__setattr__(self, "_items", own)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"`{name}` of a frozen mapping cannot be set; use `with_` for a changed copy")

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def items(self) -> ItemsView[K, V]:
        """Return a view of the items."""
        return self._items.items()

    def keys(self) -> KeysView[K]:
        """Return a view of the keys."""
        return self._items.keys()

    def values(self) -> ValuesView[V]:
        """Return a view of the values."""
        return self._items.values()

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if isinstance(other, Mapping):
            return len(self._items) == len(other) and _keyed(self._items) == _keyed(_dictionary(other))
        return NotImplemented

    def __hash__(self) -> int:
        try:
            return self._hash
        except AttributeError:  # the first call
            object.__setattr__(self, "_hash", hash(frozenset(_keyed(self._items).items())))
            return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        return (FrozenMapping, (dict(self._items),))

    def __repr__(self) -> str:
        items = [f"{key!r}: {value!r}" for key, value in self._items.items()]
        more = len(items) - MOST_SHOWN
        shown = items if more <= 0 else [*items[:MOST_SHOWN], f"… {more} more"]
        return f"FrozenMapping({{{', '.join(shown)}}})"

    def with_(self, changes: Mapping[K, V] | Iterable[tuple[K, V]] = (), /, **named: V) -> "FrozenMapping[K, V]":
        """Return this mapping with changed or added items."""
        items: dict[Any, V] = {**self._items, **dict(_dictionary(changes)), **named}
        return FrozenMapping(items)

    def without(self, *keys: K) -> "FrozenMapping[K, V]":
        """Return this mapping without some keys; unknown keys are ignored."""
        return FrozenMapping({key: value for key, value in self._items.items() if key not in keys})


def _keyed(items: Mapping[Any, Any]) -> dict[Any, object]:
    return {key: equality_key(value) for key, value in items.items()}


def _dictionary(items: Any) -> Any:
    """Return items as a dictionary to copy; without it a frozen mapping would copy key by key."""
    return items._items if type(items) is FrozenMapping else items


EMPTY: FrozenMapping[Any, Any] = FrozenMapping()


def several(given: object) -> tuple[Any, ...]:
    """Return the values of an iterable as a tuple, and any other value, or a text, as a tuple of one.

    >>> several("major"), several(["minor", "major"]), several(3)
    (('major',), ('minor', 'major'), (3,))
    """
    if isinstance(given, (list, tuple, Iterable)) and not isinstance(given, (str, bytes)):  # lists are found at once
        return tuple(given)
    return (given,)
