"""The bounds of a concept file, each of which an argument can raise."""

import pytest

import supportcore as sc
from supportcore.logs import load_mapping
from tests.unit.concept.small import MINIMAL

WIDE = MINIMAL.replace("[facts]", f'[facts]\nroom = "{" | ".join(f"r{number}" for number in range(50))}"')


@pytest.mark.parametrize(
    ("bounds", "path", "excess"),
    [
        ({"sections": 2}, "", "more than 2 sections"),
        ({"members": 49}, "facts.room", "more than 49 members"),
        ({"rules": 1}, "priority.table", "more than 1 rules"),
        ({"columns": 1}, "priority.table", "more than 1 columns"),
        ({"cell": 3}, "priority.table", "more than 3 characters in a cell"),
        ({"file_size": 20}, "", "more than 20 bytes, unpacked"),
    ],
)
def test_a_concept_beyond_a_bound_is_refused(bounds: dict[str, int], path: str, excess: str) -> None:
    assert sc.loads(WIDE).vocabulary["room"].optional is False
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(WIDE, bounds=sc.Bounds(**bounds))
    found = [problem for problem in caught.value.problems if excess in problem.message]
    assert found != [], [str(problem) for problem in caught.value.problems]
    assert found[0].path.startswith(path)


def test_a_bound_is_raised_by_the_argument() -> None:
    members = " | ".join(f"r{number}" for number in range(100_001))
    text = MINIMAL.replace("[facts]", f'[facts]\nroom = "{members}"')
    with pytest.raises(sc.ConceptError, match="more than 100,000 members"):
        sc.loads(text)
    assert len(sc.loads(text, bounds=sc.Bounds(members=200_000)).vocabulary["room"].members) == 100_001


def test_mappings_and_events_have_bounds_too() -> None:
    with pytest.raises(sc.ConceptError, match="more than 3 sections"):
        load_mapping("jira_apache", bounds=sc.Bounds(sections=3))
    with pytest.raises(sc.ConceptError, match="more than 2 levels of nesting"):
        sc.load_events('{"schema": 1, "events": [{"kind": "opened"}]}', bounds=sc.Bounds(depth=2))
