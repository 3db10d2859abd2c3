"""Concept files: what is read, and how what is wrong is answered."""

import json
import tomllib
from datetime import timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

import supportcore as sc
from supportcore.escalation import Percent

HOSTING = sc.example("hosting").read_text(encoding="utf-8")
REFUSED: dict[str, Any] = tomllib.loads(Path(__file__).with_name("refused.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_wrong_is_told_with_line_path_and_remedy(name: str) -> None:
    text = HOSTING
    for old, new in REFUSED[name]["changes"]:
        assert text.count(old) >= 1, f"`{old}` does not stand in the example"
        text = text.replace(old, new, 1)
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(text)
    assert [str(problem) for problem in caught.value.problems] == REFUSED[name]["problems"]


def test_faults_in_every_section_come_at_once() -> None:
    text = HOSTING
    every = [change for case in ("opening_hours", "cells", "clocks", "scope") for change in REFUSED[case]["changes"]]
    for old, new in every:
        text = text.replace(old, new, 1)
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(text)
    sections = {problem.path.split(".")[0] for problem in caught.value.problems}
    assert sections == {"calendars", "priority", "clocks", "scope"}


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


def test_a_promise_of_none_is_no_target() -> None:
    agreement = sc.load(sc.example("hosting")).every_agreement[0]
    chosen = agreement.targets.decide({"contract": "managed", "priority": "minor"}).value
    assert agreement.promises[chosen["resolution"]].amount is None


def test_hours_of_all_rows_may_stand_beside_the_table() -> None:
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
    with pytest.raises(sc.ConceptError, match="`> blocker` fits no priority"):
        sc.loads(HOSTING.replace('priority = "<= major"', 'priority = "> blocker"'))


def test_yaml_and_json_carry_the_same_tree() -> None:
    tree = tomllib.loads(HOSTING)
    as_json = json.dumps(tree)
    concept = sc.loads(HOSTING)
    assert sc.loads(as_json, "json") == concept
    assert sc.loads(as_json, "yaml") == concept  # every JSON text is YAML too


@pytest.mark.parametrize(
    ("text", "form", "words"),
    [
        ("[]", "json", "is no table of sections; begin with `format = 0`"),
        ("{", "json", "line 1: cannot be read as JSON: expecting property name enclosed in double quotes (column 2)"),
        ("- a", "yaml", "is no table of sections; begin with `format = 0`"),
        (
            "a: [",
            "yaml",
            "line 1: cannot be read as YAML: expected the node content, but found '<stream end>' (column 5)",
        ),
        ("", "txt", "`txt` is not a file format; expected one of `toml`, `yaml`, `yml`, `json`"),
    ],
)
def test_what_is_no_such_text_is_told_so(text: str, form: str, words: str) -> None:
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(text, form)
    assert [str(problem) for problem in caught.value.problems] == [words]


def test_a_file_that_cannot_be_read_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(
        sc.ConceptError, match="cannot be read: No such file or directory; give the path of a concept file"
    ):
        sc.load(tmp_path / "none.toml")
    (tmp_path / "latin.toml").write_bytes('name = "Müller"'.encode("latin-1"))
    with pytest.raises(sc.ConceptError, match="is not UTF-8 at byte 9; save it as UTF-8"):
        sc.load(tmp_path / "latin.toml")
    with pytest.raises(
        sc.ConceptError, match="`hostng` is no example; there are `hosting`, `mittelstand`; did you mean `hosting`"
    ):
        sc.example("hostng")


def test_a_matrix_says_the_same_as_its_table() -> None:
    head, rest = HOSTING.split("[priority]", 1)
    rest = rest[rest.index("[targets]") :]
    matrix = "[priority]\nmatrix = '''\nimpact \\ business | side function | important | critical\n"
    matrix += "one user | minor | minor | major\na team | minor | major | critical\n"
    matrix += "the whole site | major | critical | blocker\n'''\n\n"
    concept = sc.loads(head + matrix + rest)
    assert concept.priority.provisional == "minor"
    decided = concept.priority.classify({"impact": "a team", "business": "critical"})
    assert decided is not None and decided["priority"] == "critical"


def test_a_table_and_a_matrix_are_not_mixed_up() -> None:
    with pytest.raises(sc.ConceptError, match="is a table; write it under that key"):
        sc.loads(HOSTING.replace("table = ", "matrix = ", 1))
    with pytest.raises(sc.ConceptError, match="has either a `table` or a `matrix`"):
        sc.loads(HOSTING.replace('provisional = "major"', 'provisional = "major"\nmatrix = "x"'))
