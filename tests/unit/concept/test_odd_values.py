"""Concept files with odd values anywhere load, or raise a `ConceptError` (G-9)."""

import json
import re
import tomllib
from contextlib import suppress
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import example, given, strategies as st

import supportcore as sc

HOSTING = sc.example("hosting").read_text(encoding="utf-8")
NIGHT = datetime(2026, 3, 9, 2, tzinfo=ZoneInfo("Europe/Berlin"))
FACTS = {
    "kind": "outage",
    "impact": "the whole site",
    "business": "critical",
    "contract": "managed",
    "source": "monitoring",
}


def assert_explained_whole(concept: sc.ServiceConcept, facts: dict[str, Any]) -> None:
    """Check that the explanation of a ticket has all its clocks, unless the ticket is refused with a library error."""
    events = [sc.Opened("T", NIGHT, facts=facts), sc.Resolved("T", NIGHT), sc.Reopened("T", NIGHT + timedelta(hours=9))]
    with suppress(sc.SupportcoreError):
        case = sc.evaluate(concept, events, as_of=NIGHT + timedelta(days=1))
        lines = case.explain("en").splitlines()
        assert lines[0].startswith("Ticket T, as of Tue 10 Mar 2026 02:00")
        assert len([line for line in lines if line.startswith("Clock “")]) == len(case.clocks)


WORDS = [
    *("", "-", "x", "office", "major", "80 %", "4 h", "a | b", "ada", "{0}", "2026-01-01", "none", "closed"),
    *("2 working days", "9999 working days", "end of 99th working day", "by 16:00 next working day", "by 24:00"),
    *("next release", "release 7.1", "by 0001-01-01", "by 9999-12-31", "999999999 h, always", "4 h, night"),
    *("999999999 %", "999999999 h before due", "9999 working days before due", "by 24:00 after due"),
    *("contacts >= 3", "effect is none", "key customer is missing", "+999, at most blocker", "restart"),
    *("resume within 999999 days, else new", "count the gap until end of working day, else ignored", "ignored"),
    *("carry the time used", "carry the share used", "keep the promise", "waiting for anybody", "reopened"),
    *(
        "customer replied by customer",
        "every 02-29",
        "2026-01-01 to 9999-12-31",
        "shift",
        "00:00-00:00",
        "once attached",
    ),
]
ODD_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(-2, 10**20),
        st.sampled_from(WORDS),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=2),
        st.dictionaries(
            st.sampled_from(["", "a", "table", "hours", "people", "steps", "kind", "x.y"]), inner, max_size=2
        ),
    ),
    max_leaves=5,
)


def places_in(tree: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The paths of all values in a tree."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for key, inner in entries for place in places_in(inner, (*path, key)))]


def put(tree: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        tree = tree[key]
    tree[path[-1]] = value


PAGE = Path(__file__).parents[3] / "docs" / "reference" / "concept-file.md"
TREES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (tomllib.loads(HOSTING), FACTS),
    (
        tomllib.loads("\n".join(re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))),
        {"effect": "slower", "defect": True, "contacts": 3},
    ),
]
PLACES = [(number, place) for number, (tree, _) in enumerate(TREES) for place in places_in(tree) if place]


def assert_every_problem_is_reported(error: sc.ConceptError) -> None:
    """Check that the text of an error counts its problems and contains each of them."""
    count = len(error.problems)
    assert str(error).splitlines()[0] == ("1 problem" if count == 1 else f"{count} problems")
    assert [problem for problem in error.problems if problem.message not in str(error)] == []


GRAVEST_FIRST = ["error", "warning", "note"]


def assert_loads_or_is_refused(tree: dict[str, Any], facts: dict[str, Any]) -> None:
    """Check that a tree is refused with all its problems, or is a concept that `check` and `explain` accept."""
    try:
        concept = sc.loads(json.dumps(tree), "json")
    except sc.ConceptError as error:
        assert_every_problem_is_reported(error)
        return
    severities = [GRAVEST_FIRST.index(finding.severity) for finding in sc.check(concept)]
    assert severities == sorted(severities)
    assert_explained_whole(concept, facts)


@given(st.sampled_from(PLACES), ODD_VALUES, st.sampled_from(PLACES), ODD_VALUES)
@example((0, ("name",)), "x", (0, ("clocks",)), {"": {}})
@example((1, ("name",)), "x", (1, ("dates",)), {"": {" ": "2026-01-01"}})
@example((1, ("name",)), "x", (1, ("calendars",)), {" ": {"hours": {"mon": "09:00-10:00"}}})
def test_any_values_in_any_places_load_or_raise_a_concept_error(
    first: tuple[int, tuple[Any, ...]], value: Any, second: tuple[int, tuple[Any, ...]], other: Any
) -> None:
    """G-9."""
    number, place = first
    tree, facts = deepcopy(TREES[number][0]), TREES[number][1]
    put(tree, place, value)
    if second[0] == number:
        with suppress(KeyError, IndexError, TypeError):  # the first change may have taken the place away
            put(tree, second[1], other)
    assert_loads_or_is_refused(tree, facts)


CELLS = re.compile(r"(?<=\| )[^|>\n]*?(?= *\|)")


@given(st.data(), st.sampled_from(WORDS), st.sampled_from(range(2)))
def test_any_word_in_a_cell_of_the_targets_loads_or_raises_a_concept_error(
    data: st.DataObject, word: str, number: int
) -> None:
    """G-9."""
    tree, facts = deepcopy(TREES[number][0]), TREES[number][1]
    table = tree["targets"]["table"]
    cell = data.draw(st.sampled_from(list(CELLS.finditer(table))))
    tree["targets"]["table"] = table[: cell.start()] + word + table[cell.end() :]
    assert_loads_or_is_refused(tree, facts)
