"""The immutable mapping, and lists of values given one by one."""

import pickle

import pytest

from supportcore.mappings import EMPTY, FrozenMapping, several


def test_order_does_not_matter_for_equality_and_hash() -> None:
    one, other = FrozenMapping({"a": 1, "b": 2}), FrozenMapping({"b": 2, "a": 1})
    assert one == other
    assert hash(one) == hash(other)
    assert one == {"a": 1, "b": 2}
    assert one != {"a": 1}
    assert one != 3


def test_a_frozen_mapping_is_immutable() -> None:
    one = FrozenMapping(a=1)
    with pytest.raises(AttributeError, match="`anything` of a frozen mapping cannot be set"):
        one.anything = 2  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        one["a"] = 2  # type: ignore[index]


def test_a_frozen_mapping_copies_its_source() -> None:
    source = {"a": 1}
    made = FrozenMapping(source)
    source["a"] = 2
    assert made["a"] == 1


def test_changed_copies_leave_the_original_unchanged() -> None:
    one = FrozenMapping({"a": 1, "b": 2})
    assert one.with_({"a": 3}, c=4) == {"a": 3, "b": 2, "c": 4}
    assert one.without("a", "z") == {"b": 2}
    assert one == {"a": 1, "b": 2}


def test_a_frozen_mapping_pickles_by_value() -> None:
    one = FrozenMapping({"a": 1})
    assert pickle.loads(pickle.dumps(one)) == one


def test_a_frozen_mapping_behaves_like_a_mapping() -> None:
    one = FrozenMapping([("a", 1), ("b", 2)])
    assert list(one) == ["a", "b"]
    assert len(one) == 2
    assert "a" in one and "z" not in one
    assert len(EMPTY) == 0
    assert repr(one) == "FrozenMapping({'a': 1, 'b': 2})"


def test_the_repr_of_a_large_mapping_is_cut() -> None:
    assert repr(FrozenMapping(dict.fromkeys(range(14), 0))) == (
        "FrozenMapping({0: 0, 1: 0, 2: 0, 3: 0, 4: 0, 5: 0, 6: 0, 7: 0, 8: 0, 9: 0, 10: 0, 11: 0, … 2 more})"
    )


@pytest.mark.parametrize("value", ["minor", "", b"ab", 3, None, object])
def test_a_single_value_becomes_a_tuple_of_one(value: object) -> None:
    assert several(value) == (value,)


@pytest.mark.parametrize("values", [["a", "b"], ("a", "b"), {"a": 1, "b": 2}, iter("ab"), (name for name in "ab")])
def test_the_values_of_an_iterable_become_a_tuple(values: object) -> None:
    assert several(values) == ("a", "b")


@pytest.mark.parametrize("empty", [[], (), {}, set()])
def test_an_empty_iterable_becomes_an_empty_tuple(empty: object) -> None:
    assert several(empty) == ()
