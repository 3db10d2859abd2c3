"""The law of all errors: pickled, copied or copied deeply, an error keeps its type, text and data (G-9)."""

import copy
import pickle
from collections.abc import Iterator

import pytest
from hypothesis import given, strategies as st

from supportcore import errors
from supportcore.errors import ConceptError, Problem, SupportcoreError


def kinds_under(kind: type[SupportcoreError]) -> Iterator[type[SupportcoreError]]:
    yield kind
    for subclass in kind.__subclasses__():
        yield from kinds_under(subclass)


# Other tests may define subclasses of their own.
KINDS = [kind for kind in kinds_under(SupportcoreError) if kind.__module__ == errors.__name__]


def copies_of(error: SupportcoreError) -> Iterator[SupportcoreError]:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        yield pickle.loads(pickle.dumps(error, protocol))
    yield copy.copy(error)
    yield copy.deepcopy(error)


messages = st.text() | st.just("fact `impct` is not known; did you mean `impact`?")
problems = st.builds(Problem, st.text(), messages, st.none() | st.integers(min_value=1))


def errors_of(kind: type[SupportcoreError]) -> st.SearchStrategy[SupportcoreError]:
    if kind is ConceptError:
        return st.builds(ConceptError, st.lists(problems, max_size=3), st.text())
    return st.builds(kind, messages)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_g_9_a_copy_of_an_error_keeps_type_text_and_data(kind: type[SupportcoreError], data: st.DataObject) -> None:
    error = data.draw(errors_of(kind))
    if data.draw(st.booleans(), label="with a note"):
        error.add_note("while reading `desk.toml`")
    for copied in copies_of(error):
        assert type(copied) is kind
        assert (str(copied), copied.args, vars(copied)) == (str(error), error.args, vars(error))


def test_g_9_every_public_error_is_under_the_law() -> None:
    public = {value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, BaseException)}
    assert set(KINDS) == public


def test_g_9_a_pickled_concept_error_keeps_its_problems() -> None:
    error = ConceptError([Problem("scales", "empty", 3), Problem("facts", "empty")], "desk.toml")
    copied = pickle.loads(pickle.dumps(error))
    assert copied.problems == error.problems
    assert copied.source == "desk.toml"
    assert str(copied) == "2 problems in desk.toml\n  line 3, scales: empty\n  facts: empty"
