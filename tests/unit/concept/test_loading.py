"""Concept files: the concepts of the examples, and the problems of files that are refused."""

import json
import tomllib
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

import supportcore as sc
from supportcore.escalation import Percent
from tests.unit.concept.small import MINIMAL, problems_in

HOSTING = sc.example("hosting").read_text(encoding="utf-8")
REFUSED: dict[str, Any] = tomllib.loads(Path(__file__).with_name("refused.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["hosting", "mittelstand"])
def test_the_examples_load(name: str) -> None:
    concept = sc.load(sc.example(name))
    assert concept.end is not None and concept.end.isoformat() == "2028-01-01T00:00:00+01:00"
    assert concept.scale.members == ("minor", "major", "critical", "blocker")


def test_a_row_of_the_targets_becomes_a_promise_in_its_hours() -> None:
    agreement = sc.load(sc.example("hosting")).every_agreement[0]
    facts = {"contract": "managed", "priority": "major"}
    chosen = agreement.targets.decide(facts).value
    assert chosen["reaction"] == "4 h, office"
    assert agreement.promises["4 h, office"].amount == timedelta(hours=4)
    assert chosen["resolution"] == "27 h, office"


def test_the_promise_none_has_no_amount() -> None:
    agreement = sc.load(sc.example("hosting")).every_agreement[0]
    chosen = agreement.targets.decide({"contract": "managed", "priority": "minor"}).value
    assert agreement.promises[chosen["resolution"]].amount is None


def test_the_key_hours_names_the_hours_of_all_rows() -> None:
    text = (
        HOSTING.replace("\n[targets]\n", '\n[targets]\nhours = "office"\n')
        .replace(" -> hours |", "")
        .replace("|----------|\n", "|\n", 1)
    )
    lines = [
        line.rsplit("|", 2)[0] + "|" if line.endswith(("| office   |", "| always   |")) else line
        for line in text.splitlines()
    ]
    concept = sc.loads("\n".join(lines))
    assert "1 h, office" in concept.every_agreement[0].promises


def test_a_ladder_is_for_priorities_and_hours() -> None:
    policy = sc.load(sc.example("hosting")).ladders
    assert policy is not None
    night, day, ordinary = policy.rows
    assert night.priorities == ("critical", "blocker") and night.outside
    assert day.hours is not None and not day.outside
    assert ordinary.priorities == ("minor", "major") and ordinary.hours is None
    assert night.ladder.rounds == 2 and night.ladder.last_resort == "head of operations"
    assert night.ladder.steps[2].when == Percent("reaction", Fraction(80, 100))


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("> major", ("critical", "blocker")),
        ("< major", ("minor",)),
        ("<= minor", ("minor",)),
        ("minor, blocker", ("minor", "blocker")),
    ],
)
def test_priorities_of_a_ladder(words: str, kept: tuple[str, ...]) -> None:
    concept = sc.loads(HOSTING.replace('priority = "<= major"', f'priority = "{words}"'))
    assert concept.ladders is not None
    assert concept.ladders.rows[2].priorities == kept


def test_a_comparison_that_fits_nothing_is_refused() -> None:
    with pytest.raises(sc.ConceptError, match="`> blocker` fits no priority; the scale is"):
        sc.loads(HOSTING.replace('priority = "<= major"', 'priority = "> blocker"'))


def test_yaml_and_json_load_the_same_concept() -> None:
    tree = tomllib.loads(HOSTING)
    as_json = json.dumps(tree)
    concept = sc.loads(HOSTING)
    assert sc.loads(as_json, "json") == concept
    assert sc.loads(as_json, "yaml") == concept  # every JSON text is YAML too


def test_a_matrix_decides_like_its_table() -> None:
    head, rest = HOSTING.split("[priority]", 1)
    rest = rest[rest.index("[targets]") :]
    matrix = "[priority]\nmatrix = '''\nimpact \\ business | side function | important | critical\n"
    matrix += "one user | minor | minor | major\na team | minor | major | critical\n"
    matrix += "the whole site | major | critical | blocker\n'''\n\n"
    concept = sc.loads(head + matrix + rest)
    assert concept.priority.provisional == "minor"
    decided = concept.priority.classify({"impact": "a team", "business": "critical"})
    assert decided is not None and decided["priority"] == "critical"


def test_a_table_under_the_key_of_a_matrix_is_refused() -> None:
    with pytest.raises(sc.ConceptError, match="is a table; write it under that key"):
        sc.loads(HOSTING.replace("table = ", "matrix = ", 1))
    with pytest.raises(sc.ConceptError, match="needs either a `table` or a `matrix`"):
        sc.loads(HOSTING.replace('provisional = "major"', 'provisional = "major"\nmatrix = "x"'))


def test_a_concept_and_its_directory_have_a_short_repr() -> None:
    concept = sc.load(sc.example("mittelstand"))
    assert repr(concept) == (
        "ServiceConcept(Support der Beispiel Software GmbH, 2026-01-01 to 2027-12-31: 7 facts, 2 calendars, "
        "1 agreement)"
    )
    assert repr(concept.directory) == "Directory(3 people, 3 roles, 0 duties)"
    assert len(repr(evolve(concept, name="x" * 1000))) < 200
    assert repr(evolve(concept, name="x", start=None)) == ("ServiceConcept(x: 7 facts, 2 calendars, 1 agreement)")


def test_a_byte_order_mark_is_skipped(tmp_path: Path) -> None:
    (tmp_path / "marked.toml").write_text("\ufeff" + MINIMAL, encoding="utf-8")
    assert sc.load(tmp_path / "marked.toml") == sc.loads(MINIMAL)


# Refusals


@pytest.mark.parametrize("name", REFUSED)
def test_every_problem_has_a_line_a_path_and_a_remedy(name: str) -> None:
    text = HOSTING
    for old, new in REFUSED[name]["changes"]:
        assert text.count(old) >= 1, f"`{old}` is not in the example"
        text = text.replace(old, new, 1)
    assert problems_in(text) == REFUSED[name]["problems"]


def test_problems_of_every_section_are_reported_at_once() -> None:
    text = HOSTING
    every = [change for case in ("opening_hours", "cells", "clocks", "scope") for change in REFUSED[case]["changes"]]
    for old, new in every:
        text = text.replace(old, new, 1)
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(text)
    sections = {problem.path.split(".")[0] for problem in caught.value.problems}
    assert sections == {"calendars", "priority", "clocks", "scope"}


@pytest.mark.parametrize(
    ("text", "form", "problem"),
    [
        ("[]", "json", "is not a table of sections; begin with `format = 0`"),
        ("{", "json", "line 1: cannot be read as JSON: expecting property name enclosed in double quotes (column 2)"),
        ("- a", "yaml", "is not a table of sections; begin with `format = 0`"),
        (
            "a: [",
            "yaml",
            "line 1: cannot be read as YAML: expected the node content, but found '<stream end>' (column 5)",
        ),
        ("", "txt", "`txt` is not a file format; expected one of `toml`, `yaml`, `yml`, `json`"),
        ("[" * 100_000, "json", "cannot be read as JSON: it is nested too deeply"),
        (
            "[" * 1_000,
            "yaml",
            "line 1: has more than 100 levels of nesting; make it smaller, or read it with `bounds=Bounds(depth=200)`",
        ),
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
        ("null", "json", "is not a table of sections; begin with `format = 0`"),
    ],
    ids=range(16),
)
def test_a_text_that_cannot_be_parsed_is_one_problem(text: str, form: str, problem: str) -> None:
    assert problems_in(text, form) == [problem]


SCOPE = "[scope]\nsend_to = 'sales | support'\ntable = '''\n| fault | -> send to |\n| - | sales |\n'''\n"
DUTY = '[on_call.duty]\npeople = { rotation = "weekly, hand-over 09:00", from = "2026-01-05", primary = ["ada"] }\n'


@pytest.mark.parametrize(
    ("section", "problem"),
    [
        (
            '[calendars.""]\nhours = { mon = "09:00-17:00" }\n',
            "line 13, calendars.: `` cannot name a calendar; use a name that does not begin with `outside`",
        ),
        (
            '[calendars."outside office"]\nhours = { mon = "09:00-17:00" }\n',
            "line 13, calendars.outside office: `outside office` cannot name a calendar; use a name that does not "
            "begin with `outside`",
        ),
        (SCOPE, "line 15, scope.table: does not decide `scope`; add the column `-> scope`"),
        (DUTY, "line 14, on_call.duty.people: `ada` is not among the people; add a section `people`"),
    ],
    ids=range(4),
)
def test_a_section_behind_a_minimal_concept_is_refused(section: str, problem: str) -> None:
    assert problems_in(MINIMAL + section) == [problem]


def test_required_keys_must_have_a_value() -> None:
    text = MINIMAL.replace('"minimal"', '""').replace('"Europe/Berlin"', '""')
    assert problems_in(text) == [
        "line 3, name: is empty; give it a value",
        "line 4, timezone: is empty; give it a value",
    ]


def test_a_repeated_column_of_targets_is_refused() -> None:
    """With the cells shifted, the column of the hours has no cell at all."""
    text = HOSTING.replace(
        "| id | contract | priority | -> reaction |", "| id | contract | priority |-> reaction | -> reaction |"
    )
    assert problems_in(text) == [
        "line 41, targets.table.column reaction: is given twice; give each column a name of its own"
    ]


@pytest.mark.parametrize(
    ("key", "shown", "kind"),
    [
        ("1", "1", "a whole number"),
        ("true", "True", "yes or no"),
        ("null", "None", "nothing"),
        ("2026-12-24", "2026-12-24", "a date or time"),
    ],
)
def test_a_key_of_another_kind_than_text_is_refused(key: str, shown: str, kind: str) -> None:
    """In YAML, a key may be anything."""
    tree = json.dumps(tomllib.loads(MINIMAL))
    message = f"the key `{shown}` is {kind}; write it in quotes"
    assert problems_in(f"{tree[:-1]}, {key}: x}}", "yaml") == [f"{shown}: {message}"]
    assert problems_in(tree.replace('"fault": ', f"{key}: x, fault: ", 1), "yaml") == [f"facts.{shown}: {message}"]


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(
        sc.ConceptError, match="cannot be read: No such file or directory; give the path of a concept file"
    ):
        sc.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes('name = "Müller"'.encode("latin-1"))
    with pytest.raises(sc.ConceptError, match="is not UTF-8 at byte 9; save it as UTF-8"):
        sc.load(tmp_path / "latin.toml")
    with pytest.raises(
        sc.ConceptError,
        match="`hostng` is not an example; expected one of `hosting`, `mittelstand`; did you mean `hosting`",
    ):
        sc.example("hostng")
