"""The immutable mapping."""

import pickle

import pytest

from supportcore.mappings import EMPTY, FrozenMapping


def test_it_equals_and_hashes_by_value_whatever_the_order() -> None:
    one, other = FrozenMapping({"a": 1, "b": 2}), FrozenMapping({"b": 2, "a": 1})
    assert one == other
    assert hash(one) == hash(other)
    assert one == {"a": 1, "b": 2}
    assert one != {"a": 1}
    assert one != 3


def test_it_does_not_change() -> None:
    one = FrozenMapping(a=1)
    with pytest.raises(AttributeError, match="a frozen mapping does not change"):
        one.anything = 2  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        one["a"] = 2  # type: ignore[index]


def test_it_is_apart_from_what_it_was_made_of() -> None:
    source = {"a": 1}
    made = FrozenMapping(source)
    source["a"] = 2
    assert made["a"] == 1


def test_changed_copies_leave_it_alone() -> None:
    one = FrozenMapping({"a": 1, "b": 2})
    assert one.with_({"a": 3}, c=4) == {"a": 3, "b": 2, "c": 4}
    assert one.without("a", "z") == {"b": 2}
    assert one == {"a": 1, "b": 2}


def test_it_pickles_by_value() -> None:
    one = FrozenMapping({"a": 1})
    assert pickle.loads(pickle.dumps(one)) == one


def test_it_behaves_as_a_mapping() -> None:
    one = FrozenMapping([("a", 1), ("b", 2)])
    assert list(one) == ["a", "b"]
    assert len(one) == 2
    assert "a" in one and "z" not in one
    assert len(EMPTY) == 0
    assert repr(one) == "FrozenMapping({'a': 1, 'b': 2})"
