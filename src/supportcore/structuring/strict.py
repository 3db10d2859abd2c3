"""Reading trees of plain data (from TOML, YAML, JSON) into typed values, strictly.

No coercion, no unknown keys, all errors at once: validation belongs to the edges. Readers share this one converter
and its words, so that a wrong key is answered the same way everywhere: with its path, what is accepted, and the
nearest right name (G-9).
"""

from collections.abc import Callable, Iterator
from datetime import date, time
from functools import cache
from typing import Any, TypeVar, get_origin

from attrs import fields, has
from cattrs import (
    AttributeValidationNote,
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.cols import list_structure_factory, mapping_structure_factory
from cattrs.gen import make_dict_structure_fn, override

from supportcore.errors import ConceptError, Problem, did_you_mean, listed
from supportcore.structuring.plain import kind_of

T = TypeVar("T")


def key_of(field_name: str) -> str:
    """How a field of ours is written as a key in a file: Python's trailing underscore falls away.

    >>> key_of("for_"), key_of("warn_at")
    ('for', 'warn_at')
    """
    return field_name.rstrip("_")


def _exactly(kind: type, words: str) -> Any:
    def read(value: object, _: type) -> object:
        if type(value) is not kind:
            quotes = "; write it in quotes" if kind is str and isinstance(value, date | time) else ""
            raise ValueError(f"`{value}` is {kind_of(value)}; {words} is accepted{quotes}")
        return value

    return read


def _shape_checked(shape: type, words: str, read: Any) -> Any:
    def checked(value: object, declared: type) -> object:
        if not isinstance(value, shape):
            raise ValueError(f"`{value}` is {kind_of(value)}; {words} is accepted")
        return read(value, declared)

    return checked


def _with_texts_as_keys(read: Any) -> Any:
    """A reader of tables that tells of each key which is no text; in YAML one may be a date or a number."""

    def checked(value: dict[object, object], declared: type) -> object:
        odd = [key for key in value if not isinstance(key, str)]
        if not odd:
            return read(value, declared)
        found = [Problem(str(key), f"the key `{key}` is {kind_of(key)}; write it in quotes") for key in odd]
        try:
            read({key: inner for key, inner in value.items() if isinstance(key, str)}, declared)
        except BaseValidationError as error:
            found += problems_in(error)
        raise ConceptError(found)

    return checked


def _is_a(kind: type) -> Callable[[Any], bool]:
    return lambda shape: get_origin(shape) is kind


@cache
def strict_converter() -> Converter:
    """A converter that refuses what is not of the declared kind and every key that is not declared.

    It is shared and must not be changed: take a `copy()` to add hooks.
    """
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, words in ((bool, "yes or no"), (str, "a text"), (int, "a whole number")):
        converter.register_structure_hook(kind, _exactly(kind, words))

    @converter.register_structure_hook_factory(has)
    def of_class(shape: type, made: Converter) -> Any:
        renamed: dict[str, Any] = {
            one.name: override(rename=key_of(one.name)) for one in fields(shape) if one.name.endswith("_")
        }
        read: Any = make_dict_structure_fn(
            shape, made, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **renamed
        )
        return _shape_checked(dict, "a table", read)

    @converter.register_structure_hook_factory(_is_a(dict))
    def of_table(shape: type, made: Converter) -> Any:
        return _shape_checked(dict, "a table", _with_texts_as_keys(mapping_structure_factory(shape, made)))

    @converter.register_structure_hook_factory(_is_a(list))
    def of_list(shape: type, made: Converter) -> Any:
        return _shape_checked(list, "a list", list_structure_factory(shape, made))

    return converter


def problems_in(error: BaseException, path: str = "") -> Iterator[Problem]:
    """The problems inside a validation error, each with its path into the data."""
    if isinstance(error, ForbiddenExtraKeysError):
        known = [key_of(one.alias) for one in fields(error.cl) if one.init] if has(error.cl) else []
        for name in sorted(map(str, error.extra_fields)):
            yield Problem(
                _joined(path, name),
                f"`{name}` is no key here; accepted are {listed(known)}{did_you_mean(name, known)}",
            )
    elif isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from problems_in(inner, path + _step(inner))
    elif isinstance(error, ConceptError):
        for problem in error.problems:
            yield Problem(_joined(path, problem.path), problem.message, problem.line)
    elif isinstance(error, KeyError):
        yield Problem(_joined(path, key_of(str(error.args[0]))), "is missing; give it a value")
    elif isinstance(error, TypeError):
        yield Problem(
            path.lstrip("."),
            "has another shape here; a table or a list of the documented form is accepted",
        )
    else:
        yield Problem(path.lstrip("."), str(error))


def _joined(path: str, name: str) -> str:
    return f"{path}.{name}".strip(".")


def _step(error: BaseException) -> str:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return "" if isinstance(error, KeyError) and error.args == (note.name,) else f".{key_of(note.name)}"
        if isinstance(note, IterableValidationNote):
            return f"[{note.index}]" if isinstance(note.index, int) else f".{note.index}"
    return ""


def structure(
    data: object,
    shape: type[T],
    converter: Converter | None = None,
    *,
    source: str = "",
) -> T:
    """The typed value of a tree of plain data; `ConceptError` with every problem where it does not fit."""
    try:
        return (converter or strict_converter()).structure(data, shape)
    except (
        BaseValidationError,
        ForbiddenExtraKeysError,
        ConceptError,
        ValueError,
        KeyError,
        TypeError,
    ) as error:
        raise ConceptError(problems_in(error), source) from None
