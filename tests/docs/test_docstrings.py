"""Every public class, function and member has a docstring that `help` shows."""

import inspect
from collections.abc import Iterator
from functools import cached_property

import attrs
import pytest

import supportcore
from tests.unit.public_api import exports, homes_of, public_members

EXPORTED = exports(supportcore)
HOMES = homes_of(EXPORTED)
CLASSES = {HOMES[id(value)]: value for value in EXPORTED.values() if inspect.isclass(value)}


def undocumented(kind: type) -> Iterator[str]:
    """The methods and properties of a class whose docstring `inspect.getdoc` does not find, by name."""
    for name in sorted(public_members(kind)):
        if not name.startswith("_") and computes(kind, name) and not inspect.getdoc(getattr(kind, name)):
            yield name


def computes(kind: type, name: str) -> bool:
    """Whether a member is a method or property and not a field, which the docstring of the class describes.

    A slot that is no field of an attrs class holds a cached property, which has lost its docstring.
    """
    member = inspect.getattr_static(kind, name, None)
    if inspect.ismemberdescriptor(member):
        return attrs.has(kind) and name not in attrs.fields_dict(kind)
    return inspect.isroutine(member) or isinstance(member, property | cached_property | staticmethod | classmethod)


def test_every_public_class_and_function_has_a_docstring() -> None:
    silent = [
        ".".join(path)
        for path, value in EXPORTED.items()
        if (inspect.isclass(value) or inspect.isroutine(value)) and not (value.__doc__ or "").strip()
    ]
    assert silent == []


def test_every_public_member_has_a_docstring() -> None:
    assert [f"{path}.{name}" for path, kind in CLASSES.items() for name in undocumented(kind)] == []


class Members:
    """One documented and one undocumented member of each kind."""

    def said(self) -> None:
        """Documented."""

    @property
    def shown(self) -> int:
        """Documented."""
        return 1

    @cached_property
    def kept(self) -> int:
        """Documented."""
        return 1

    def silent_method(self) -> None: ...

    @staticmethod
    def silent_static() -> None: ...

    @classmethod
    def silent_class(cls) -> None: ...

    @property
    def silent_property(self) -> int:
        return 1

    @cached_property
    def silent_cached(self) -> int:
        return 1


def test_an_undocumented_member_is_found() -> None:
    expected = ["silent_cached", "silent_class", "silent_method", "silent_property", "silent_static"]
    assert list(undocumented(Members)) == expected


@pytest.mark.parametrize(("slots", "expected"), [(True, ["halved"]), (False, [])])
def test_a_docstring_that_attrs_drops_is_found(slots: bool, expected: list[str]) -> None:
    @attrs.frozen(slots=slots)
    class Number:
        given: int

        @cached_property
        def halved(self) -> float:
            """Half of the number."""
            return self.given / 2

    assert list(undocumented(Number)) == expected
