"""Concept files that are odd, wrong anywhere, or smaller than the examples: a concept or a `ConceptError`."""

import json
import re
import tomllib
from contextlib import suppress
from copy import deepcopy
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, strategies as st

import supportcore as sc

HOSTING = sc.example("hosting").read_text(encoding="utf-8")
SMALLEST = """
format = 0
name = "the smallest"
timezone = "Europe/Berlin"
[facts]
fault = "yes | no"
[priority]
table = '''
| fault | -> priority |
| yes   | blocker     |
| -     | minor       |
'''
"""
NIGHT = datetime(2026, 3, 9, 2, tzinfo=ZoneInfo("Europe/Berlin"))
FACTS = {
    "kind": "outage",
    "impact": "the whole site",
    "business": "critical",
    "contract": "managed",
    "source": "monitoring",
}


def without(*sections: str) -> str:
    """The example without these sections."""
    text = HOSTING
    for section in sections:
        text, count = re.subn(rf"(?ms)^\[{section}[^\n]*\].*?(?=^\[\w|\Z)", "", text)
        assert count, f"`{section}` does not stand in the example"
    return text


def case_of(text: str, *, after: int = 45) -> sc.Case:
    return sc.evaluate(sc.loads(text), [sc.Opened("T", NIGHT, facts=FACTS)], as_of=NIGHT + timedelta(minutes=after))


def problems_of(text: str, form: str = "toml") -> list[str]:
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(text, form)
    return [str(problem) for problem in caught.value.problems]


# Smaller than the examples


def test_the_smallest_concept_classifies_and_measures() -> None:
    concept = sc.loads(SMALLEST)
    case = sc.evaluate(concept, [sc.Opened("T", NIGHT, facts={"fault": True})], as_of=NIGHT + timedelta(hours=1))
    assert case.priority == "blocker"
    assert case.clock("reaction").elapsed == timedelta(hours=1)
    assert case.clock("reaction").due_at is None
    assert case.plan is None and case.scope is None and case.next_instant is None


def test_without_targets_the_clocks_are_stopwatches_that_ladders_may_name() -> None:
    """SLA-2."""
    case = case_of(without("targets"))
    assert [(metric, clock.due_at) for (_, metric), clock in case.clocks.items()] == [
        ("reaction", None),
        ("resolution", None),
    ]
    assert case.plan is not None
    assert [one.to for one in case.plan.notifications if one.at <= case.as_of] == ["duty.primary", "duty.backup"]


@pytest.mark.parametrize(
    "sections",
    [
        ["ladders"],
        ["scope"],
        ["clocks"],
        ["ladders", "on_call", "people"],
        ["targets", "ladders", "scope", "clocks"],
    ],
    ids=" ".join,
)
def test_a_section_that_may_be_absent_may_be_absent(sections: list[str]) -> None:
    case = case_of(without(*sections))
    assert case.priority == "blocker"
    assert (case.scope is None) == ("scope" in sections)
    assert (case.plan is None) == ("ladders" in sections)


def translated(words: dict[str, str]) -> str:
    """The example with other names of priorities; `critical` is also a word of the fact `business`."""
    text = HOSTING.replace("< important < critical", "< important < CRITICAL")
    text = re.sub(r"(\| (?:the whole site|-             ) \| )critical  ", r"\1CRITICAL  ", text)
    for old, new in words.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text.replace("CRITICAL", "critical")


def test_the_scale_may_have_other_words() -> None:
    """PRI-1: P1 is the highest."""
    text = translated({"minor": "P4", "major": "P3", "critical": "P2", "blocker": "P1"})
    concept = sc.loads(text)
    assert concept.scale.members == ("P4", "P3", "P2", "P1")
    assert [finding for finding in sc.check(concept) if finding.severity != "note"] == []
    case, known = case_of(text), case_of(HOSTING)
    assert case.priority == "P1"
    assert case.clock("reaction").due_at == known.clock("reaction").due_at
    assert case.plan is not None and known.plan is not None
    assert [one.key for one in case.plan.notifications] == [one.key for one in known.plan.notifications]
    report = sc.replay(concept, [case.history], as_of=NIGHT + timedelta(days=1))
    assert [row.key for row in report.attainment] == [
        ("customer", "reaction", "P1"),
        ("customer", "resolution", "P1"),
    ]


def test_the_scale_may_have_three_classes() -> None:
    """PRI-1."""
    text = translated({"major": "minor", "minor": "minor"})
    text = text.replace("minor < minor < critical < blocker", "minor < critical < blocker")
    text = "\n".join(line for line in text.splitlines() if not line.startswith(("| m3 ", "| s3 ")))
    concept = sc.loads(text)
    assert concept.scale.members == ("minor", "critical", "blocker")
    assert case_of(text).priority == "blocker"


# What no file should be able to do: an error other than ours


@pytest.mark.parametrize(
    ("text", "form", "problem"),
    [
        ("[" * 100_000, "json", "cannot be read as JSON: it is nested too deeply"),
        ("[" * 1_000, "yaml", "cannot be read as YAML: it is nested too deeply"),
        ("a = " + "[" * 5_000, "toml", "cannot be read as TOML: it is nested too deeply"),
        ("format = " + "1" * 5_000, "toml", "cannot be read as TOML: a number in it is too long"),
        ("format: " + "1" * 5_000, "yaml", "cannot be read as YAML: a number in it is too long"),
        ("format = 1e99999999999999999999", "toml", "cannot be read as TOML: a number in it is too long"),
        ('{"format": 1e99999999999999999999}', "json", "cannot be read as JSON: a number in it is too long"),
        (
            '{"format": 0, "format": 0}',
            "json",
            "line 1, format: `format` is given twice; keep one of the two",
        ),
        ("a: 1\na: 2", "yaml", "line 2, a: `a` is given twice; keep one of the two"),
        (
            "a: \x07",
            "yaml",
            "cannot be read as YAML: unacceptable character #x0007: special characters are not allowed",
        ),
        ("null", "json", "is no table of sections; begin with `format = 0`"),
    ],
    ids=range(11),
)
def test_what_cannot_be_read_is_one_problem(text: str, form: str, problem: str) -> None:
    assert problems_of(text, form) == [problem]


@pytest.mark.parametrize(
    ("key", "kind"),
    [("1", "a whole number"), ("true", "yes or no"), ("null", "nothing"), ("2026-12-24", "a date or time")],
)
def test_a_key_that_is_no_text_is_refused(key: str, kind: str) -> None:
    """In YAML, a key may be anything."""
    tree = json.dumps(tomllib.loads(SMALLEST))
    told = problems_of(f"{tree[:-1]}, {key}: x}}", "yaml")
    assert told == [f"{shown(key)}: the key `{shown(key)}` is {kind}; write it in quotes"]
    told = problems_of(tree.replace('"fault": ', f"{key}: x, fault: ", 1), "yaml")
    assert told == [f"facts.{shown(key)}: the key `{shown(key)}` is {kind}; write it in quotes"]


def shown(key: str) -> str:
    return {"true": "True", "null": "None"}.get(key, key)


def test_a_mark_before_the_text_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "marked.toml").write_text("\ufeff" + SMALLEST, encoding="utf-8")
    assert sc.load(tmp_path / "marked.toml") == sc.loads(SMALLEST)


def test_what_must_be_there_must_say_something() -> None:
    text = SMALLEST.replace('"the smallest"', '""').replace('"Europe/Berlin"', '""')
    assert problems_of(text) == [
        "line 3, name: is empty; give it a value",
        "line 4, timezone: is empty; give it a value",
    ]


def test_a_calendar_needs_a_name_that_sections_can_say() -> None:
    for name in ("", "outside office"):
        text = f'{SMALLEST}[calendars."{name}"]\nhours = {{ mon = "09:00-17:00" }}\n'
        [problem] = problems_of(text)
        assert problem.endswith(f"`{name}` cannot name a calendar; take a name that does not begin with `outside`")


def test_a_column_of_targets_that_stands_there_twice_is_told() -> None:
    """Once the cells are shifted, the column of the hours has no cell at all."""
    text = HOSTING.replace(
        "| id | contract | priority | -> reaction |", "| id | contract | priority |-> reaction | -> reaction |"
    )
    told = problems_of(text)
    assert told == ["line 41, targets.table.column reaction: is given twice; give each column a name of its own"]


def test_a_scope_table_decides_on_the_scope() -> None:
    table = "[scope]\nsend_to = 'sales | support'\ntable = '''\n| fault | -> send to |\n| - | sales |\n'''\n"
    assert problems_of(SMALLEST + table) == ["line 15, scope.table: decides no `scope`; add the column `-> scope`"]


def test_without_people_nobody_can_be_on_call() -> None:
    told = problems_of(without("people"))
    assert any(
        problem.endswith("on_call.duty.people: `ada` is none of the people; accepted are none") for problem in told
    )


def explanation_is_whole(concept: sc.ServiceConcept, facts: dict[str, Any]) -> None:
    """A ticket under the concept is refused with an error of the library, or explained with all its clocks."""
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
ODD: st.SearchStrategy[Any] = st.recursive(
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
    """Where a value stands in a tree, everything in it included."""
    entries = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    return [path, *(place for key, inner in entries for place in places_in(inner, (*path, key)))]


def put(tree: Any, path: tuple[Any, ...], value: Any) -> None:
    for key in path[:-1]:
        tree = tree[key]
    tree[path[-1]] = value


PAGE = Path(__file__).parents[4] / "docs" / "reference" / "concept-file.md"
TREES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (tomllib.loads(HOSTING), FACTS),
    (
        tomllib.loads("\n".join(re.findall(r"```toml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL))),
        {"effect": "slower", "defect": True, "contacts": 3},
    ),
]
PLACES = [(number, place) for number, (tree, _) in enumerate(TREES) for place in places_in(tree) if place]


def all_problems_are_told(error: sc.ConceptError) -> None:
    """The text says how many problems there are, and each of them."""
    count = len(error.problems)
    assert str(error).splitlines()[0] == ("1 problem" if count == 1 else f"{count} problems")
    assert [problem for problem in error.problems if problem.message not in str(error)] == []


GRAVEST_FIRST = ["error", "warning", "note"]


def concept_or_error(tree: dict[str, Any], facts: dict[str, Any]) -> None:
    """A tree is refused with all its problems, or it is a concept that can be checked and explains a ticket."""
    try:
        concept = sc.loads(json.dumps(tree), "json")
    except sc.ConceptError as error:
        all_problems_are_told(error)
        return
    severities = [GRAVEST_FIRST.index(one.severity) for one in sc.check(concept)]
    assert severities == sorted(severities)
    explanation_is_whole(concept, facts)


@given(st.sampled_from(PLACES), ODD, st.sampled_from(PLACES), ODD)
@example((0, ("name",)), "x", (0, ("clocks",)), {"": {}})
@example((1, ("name",)), "x", (1, ("dates",)), {"": {" ": "2026-01-01"}})
@example((1, ("name",)), "x", (1, ("calendars",)), {" ": {"hours": {"mon": "09:00-10:00"}}})
def test_whatever_stands_in_a_place_it_is_a_concept_or_a_concept_error(
    first: tuple[int, tuple[Any, ...]], value: Any, second: tuple[int, tuple[Any, ...]], other: Any
) -> None:
    """G-9."""
    number, place = first
    tree, facts = deepcopy(TREES[number][0]), TREES[number][1]
    put(tree, place, value)
    if second[0] == number:
        with suppress(KeyError, IndexError, TypeError):  # the first change may have taken the place away
            put(tree, second[1], other)
    concept_or_error(tree, facts)


CELLS = re.compile(r"(?<=\| )[^|>\n]*?(?= *\|)")


@given(st.data(), st.sampled_from(WORDS), st.sampled_from(range(2)))
def test_whatever_stands_in_a_cell_of_the_targets_it_is_a_concept_or_a_concept_error(
    data: st.DataObject, word: str, number: int
) -> None:
    """G-9."""
    tree, facts = deepcopy(TREES[number][0]), TREES[number][1]
    table = tree["targets"]["table"]
    cell = data.draw(st.sampled_from(list(CELLS.finditer(table))))
    tree["targets"]["table"] = table[: cell.start()] + word + table[cell.end() :]
    concept_or_error(tree, facts)
