"""Structure plain data into typed values, strictly: no coercion, no unknown keys, all problems at once (G-9).

Validation belongs to the edges. All readers share this converter and its words, so that they report a wrong key alike:
with its path, the keys expected, and the nearest of them.
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

from supportcore.errors import ConceptError, Problem, Problems, joined_path
from supportcore.structuring.plain import kind_of, not_a_key, not_of_kind

T = TypeVar("T")


def structure(data: object, shape: type[T], converter: Converter | None = None, *, source: str = "") -> T:
    """Return plain data as a value of the class `shape`; raise `ConceptError` with every problem if it does not fit.

    >>> structure([1, "2"], list[int], source="desk.json")
    Traceback (most recent call last):
        ...
    supportcore.errors.ConceptError: 1 problem in desk.json
      [1]: `2` is a text; expected a whole number
    """
    try:
        return (converter or strict_converter()).structure(data, shape)
    except (BaseValidationError, ForbiddenExtraKeysError, ValueError, KeyError, TypeError) as error:
        raise ConceptError(problems_in(error), source) from None


@cache
def strict_converter() -> Converter:
    """Return the converter that refuses values of another kind and undeclared keys.

    It is shared and must not be changed: take a `copy()` to add hooks.
    """
    converter = Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, words in ((bool, "yes or no"), (str, "a text"), (int, "a whole number")):
        converter.register_structure_hook(kind, _exact_kind(kind, words))

    @converter.register_structure_hook_factory(has)
    def class_hook(shape: type, made: Converter) -> Any:
        renamed: dict[str, Any] = {
            field.name: override(rename=key_of(field.name)) for field in fields(shape) if field.name.endswith("_")
        }
        hook: Any = make_dict_structure_fn(
            shape, made, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True, **renamed
        )
        return _only(dict, "a table", hook)

    @converter.register_structure_hook_factory(_has_origin(dict))
    def table_hook(shape: type, made: Converter) -> Any:
        return _only(dict, "a table", _with_text_keys(mapping_structure_factory(shape, made)))

    @converter.register_structure_hook_factory(_has_origin(list))
    def list_hook(shape: type, made: Converter) -> Any:
        return _only(list, "a list", list_structure_factory(shape, made))

    return converter


def key_of(field_name: str) -> str:
    """Return the key that a field has in a file: its name without Python's trailing underscore.

    >>> key_of("for_"), key_of("warn_at")
    ('for', 'warn_at')
    """
    return field_name.rstrip("_")


def problems_in(error: BaseException, path: str = "") -> Iterator[Problem]:
    """Yield the problems inside a validation error, each with its path into the data."""
    if isinstance(error, ForbiddenExtraKeysError):
        known = [key_of(field.alias) for field in fields(error.cl) if field.init] if has(error.cl) else []
        for name in sorted(map(str, error.extra_fields)):
            yield Problem(joined_path(path, name), not_a_key(name, known))
    elif isinstance(error, BaseValidationError):
        for inner in error.exceptions:
            yield from problems_in(inner, joined_path(path, _last_step(inner)))
    elif isinstance(error, ConceptError):
        problems = Problems(path)
        problems.extend(error.problems)
        yield from problems
    elif isinstance(error, KeyError):
        yield Problem(joined_path(path, key_of(str(error.args[0]))), "is missing; give it a value")
    elif isinstance(error, TypeError):
        yield Problem(path, "has another shape; expected a table or a list as documented")
    else:
        yield Problem(path, str(error))


def _last_step(error: BaseException) -> str:
    """Return the last step of the path to a value that an error is about: the name of its field or its index."""
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return "" if isinstance(error, KeyError) and error.args == (note.name,) else key_of(note.name)
        if isinstance(note, IterableValidationNote):
            return f"[{note.index}]" if isinstance(note.index, int) else str(note.index)
    return ""


def _exact_kind(kind: type, words: str) -> Any:
    def hook(value: object, _: type) -> object:
        if type(value) is not kind:
            remedy = "; write it in quotes" if kind is str and isinstance(value, date | time) else ""
            raise ValueError(not_of_kind(value, words) + remedy)
        return value

    return hook


def _only(kind: type, words: str, hook: Any) -> Any:
    def checked(value: object, declared: type) -> object:
        if not isinstance(value, kind):
            raise ValueError(not_of_kind(value, words))
        return hook(value, declared)

    return checked


def _with_text_keys(hook: Any) -> Any:
    """Return a hook for tables that reports every key that is not a text: in YAML, a key may be a date or a number."""

    def checked(value: dict[object, object], declared: type) -> object:
        odd = [key for key in value if not isinstance(key, str)]
        if not odd:
            return hook(value, declared)
        problems = Problems()
        for key in odd:
            problems.add(str(key), f"the key `{key}` is {kind_of(key)}; write it in quotes")
        try:
            hook({key: inner for key, inner in value.items() if isinstance(key, str)}, declared)
        except BaseValidationError as error:
            problems.extend(problems_in(error))
        raise ConceptError(problems)

    return checked


def _has_origin(kind: type) -> Callable[[Any], bool]:
    return lambda shape: get_origin(shape) is kind
