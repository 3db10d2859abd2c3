"""What is no concept is refused before any ticket is looked at (G-9)."""

from datetime import UTC, datetime

import pytest

import supportcore as sc


def test_the_name_of_a_concept_is_none() -> None:
    words = "`hosting` is no service concept; give one that `load` answers, or `Editions` of some"
    with pytest.raises(sc.DefinitionError) as caught:
        sc.replay("hosting", [], as_of=datetime(2026, 3, 16, tzinfo=UTC))
    assert str(caught.value) == words
