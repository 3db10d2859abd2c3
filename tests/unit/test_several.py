"""One thing or several: what counts as one."""

import pytest

from supportcore.mappings import several


@pytest.mark.parametrize("one", ["minor", "", b"ab", 3, None, object])
def test_one_thing_is_one(one: object) -> None:
    assert several(one) == (one,)


@pytest.mark.parametrize("many", [["a", "b"], ("a", "b"), {"a": 1, "b": 2}, iter("ab"), (name for name in "ab")])
def test_several_things_come_one_by_one(many: object) -> None:
    assert several(many) == ("a", "b")


@pytest.mark.parametrize("none", [[], (), {}, set()])
def test_of_nothing_there_is_none(none: object) -> None:
    assert several(none) == ()
