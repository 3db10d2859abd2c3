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


def explained(concept: sc.ServiceConcept, facts: dict[str, Any]) -> str:
    """The explanation of a ticket under the concept, or the error of its evaluation."""
    events = [sc.Opened("T", NIGHT, facts=facts), sc.Resolved("T", NIGHT), sc.Reopened("T", NIGHT + timedelta(hours=9))]
    try:
        return sc.evaluate(concept, events, as_of=NIGHT + timedelta(days=1)).explain("de")
    except sc.SupportcoreError as error:
        return str(error)


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


def texts_of(tree: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    """The problems of a tree, or the explanation and the findings of its concept."""
    try:
        concept = sc.loads(json.dumps(tree), "json")
    except sc.ConceptError as error:
        return [problem.message for problem in error.problems]
    return [explained(concept, facts), *map(str, sc.check(concept))]


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
    texts = texts_of(tree, facts)
    assert texts and all(texts)


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
    texts = texts_of(tree, facts)
    assert texts and all(texts)
