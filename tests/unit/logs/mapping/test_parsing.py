"""Mapping files: the shortest forms, and every problem with its message."""

import tomllib
from pathlib import Path

import pytest

from supportcore.errors import ConceptError
from supportcore.logs import load_mapping, own_mappings, structure_mapping
from supportcore.logs.mapping.mapping import Author, Source

HEAD = """
format = 0
name = "log"
zone = "Europe/Berlin"
dates = "day first"
"""
FILE = """
[[files]]
name = "rows"
rows = "snapshots"
ticket = "number"
time = "at"
"""


def problems(text: str, head: str = HEAD, files: str = FILE) -> list[str]:
    with pytest.raises(ConceptError) as caught:
        structure_mapping(tomllib.loads(head + files + text))
    return [str(problem) for problem in caught.value.problems]


def test_the_defaults_of_a_mapping() -> None:
    mapping = structure_mapping(tomllib.loads(HEAD + FILE))
    assert (mapping.missing, mapping.encoding, mapping.delimiter) == (("",), "utf-8-sig", ",")
    assert mapping.opened.by == Author("customer")
    assert mapping.opened.message


def test_a_column_and_a_word_may_be_given_as_a_text() -> None:
    mapping = structure_mapping(
        tomllib.loads(
            HEAD + FILE + '[states]\ncolumn = "s"\nopen = "New"\n[facts]\nimpact = "i"\n[opened]\nby = "monitoring"\n'
        )
    )
    assert mapping.facts["impact"] == Source("i")
    assert mapping.opened.by == Author("monitoring")
    assert mapping.states is not None
    assert mapping.states.open == ("New",)


def test_all_problems_of_structure_are_reported_together() -> None:
    assert problems(
        """
        [facts]
        impact = { colum = "i" }
        users = 3
        [opened]
        by = 5
        [states]
        column = "s"
        open = 3
        """,
        files=FILE.replace("time", "tiem"),
    ) == [
        "files[0].tiem: `tiem` is not a key here; expected one of `name`, `rows`, `ticket`, `time`, `change`, `by`, "
        "`in_order`, `id`; did you mean `time`?",
        "opened.by: `5` is a whole number; expected a role or a table",
        "states.open: `3` is a whole number; expected a list",
        "facts.impact.column: is missing; give it a value",
        "facts.impact.colum: `colum` is not a key here; expected one of `column`, `words`, `kind`; "
        "did you mean `column`?",
        "facts.users: `3` is a whole number; expected the name of a column or a table",
    ]


def test_all_problems_of_values_are_reported_together() -> None:
    head = 'format = 0\nname = "log"\nzone = "Europe/Berln"\ndates = "days first"\ndelimiter = "tab"\n'
    assert problems('[facts]\nimpact = { column = "i", kind = "txt" }\n', head, FILE.replace("snapshots", "snaps")) == [
        "zone: the time zone `Europe/Berln` is not in the zone database; expected a name such as `Europe/Berlin` or "
        "`UTC`; did you mean `Europe/Berlin`?",
        "dates: `days first` is not known; expected one of `day first`, `month first`, `year first`; "
        "did you mean `day first`?",
        "delimiter: `tab` is not one character; expected one such as `,` or `;`",
        "files[0].rows: `snaps` is not known; expected one of `snapshots`, `changes`, `tickets`; "
        "did you mean `snapshots`?",
        "facts.impact.kind: `txt` is not known; expected one of `text`, `yes or no`, `whole number`, `number`, `day`, "
        "`time of day`; "
        "did you mean `text`?",
    ]


def test_another_format_is_the_only_problem_reported() -> None:
    with pytest.raises(ConceptError) as caught:
        structure_mapping({"format": 1, "new": "shape"}, source="log.toml")
    assert str(caught.value) == ("1 problem in log.toml\n  format: `1` is not a format of this version; expected `0`")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ("files = []\n", ["files: is empty; describe at least one file"]),
        (
            FILE.replace("snapshots", "tickets"),
            [
                "files[0].time: does not belong here; rows of `tickets` have no instant",
                "opened.at: is missing; name the column of `tickets` with the instant of opening",
            ],
        ),
        (
            FILE.replace("snapshots", "changes").replace('time = "at"', ""),
            [
                "files[0].time: is missing; name the column with the instant of each row of `changes`",
                "files[0].change: is missing; name the columns `field`, `before` and `after`",
                "files: `changes` alone open no tickets; add a file of `tickets`",
            ],
        ),
        (
            FILE + 'change = { field = "f", before = "b", after = "a" }\nby = { role = "agnet" }\n',
            [
                "files[0].change: does not belong here; the rows are `snapshots`",
                "files[0].by.role: `agnet` is not known; expected one of `owner`, `agent`, `supplier`, `monitoring`, "
                "`bot`, `system`, `other`, `customer`; did you mean `agent`?",
            ],
        ),
        (
            FILE + '[[files]]\nname = "b"\nrows = "tickets"\nticket = "t"\n[opened]\nat = "x"\n',
            ["files: `snapshots` and `tickets` both open tickets; keep one of the two"],
        ),
    ],
)
def test_problems_of_files(files: str, expected: list[str]) -> None:
    assert problems("", files=files) == expected


def test_tickets_alone_have_no_states_over_time() -> None:
    files = FILE.replace("snapshots", "tickets").replace('time = "at"\n', "") + '[opened]\nat = "x"\n'
    rule = '[[events]]\nevent = "resolved"\ncolumn = "s"\nbecomes = "A"\n'
    message = "`tickets` alone have no times of changes; name columns of instants with `at` under `events`"
    assert problems('[states]\ncolumn = "s"\nopen = "A"\n' + rule, files=files) == [
        f"states: {message}",
        f"events[0].column: {message}",
    ]


def test_a_word_has_one_state() -> None:
    assert problems('[states]\ncolumn = "s"\nopen = ["A"]\nwaiting = { customer = ["A"] }\n') == [
        "states.waiting.customer: `A` is under `open` too; keep one of the two"
    ]
    assert problems('[states]\ncolumn = "s"\n') == [
        "states: has no words of column `s`; list them under `open`, `waiting`, `resolved` …"
    ]


def test_a_level_is_a_text() -> None:
    assert problems('[assigned]\nlevel = { column = "l", kind = "whole number" }\n') == [
        "assigned.level.kind: `whole number` is not known; expected `text`"
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('event = "resolvd"\nat = "x"', "events[0].event: `resolvd` is not an event type; expected one of "),
        ('event = "opened"\nat = "x"', "events[0].event: `opened` has its own section; describe it under `opened`"),
        (
            'event = "assigned"\nat = "x"',
            "events[0].event: `assigned` has its own section; describe it under `assigned`",
        ),
        (
            'event = "resolved"',
            "events[0]: needs exactly one of `at`, `becomes`, `says` and `changes`",
        ),
        (
            'event = "resolved"\nat = "x"\nchanges = true\ncolumn = "c"',
            "events[0]: needs exactly one of `at`, `becomes`, `says` and `changes`",
        ),
        ('event = "resolved"\nsays = "x"', "events[0].column: is missing; name the column for `says`"),
        (
            'event = "resolved"\nat = "x"\ncolumn = "c"',
            "events[0].column: does not belong here; `at` names the column",
        ),
        ('event = "paused"\nat = "x"', "events[0]: `paused` needs `reason`; give it with `with` or `from`"),
        (
            'event = "paused"\nat = "x"\nwith = { reason = "customer", raeson = "a" }',
            "events[0].with.raeson: `raeson` is not a field of `paused`; expected one of `reason`; "
            "did you mean `reason`?",
        ),
        (
            'event = "work logged"\nat = "x"\nwith = { minutes = "5" }',
            "events[0].with.minutes: is not a text; take it from a column with `from`",
        ),
        ('event = "resolved"\nat = "x"\nby = "agnet"', "events[0].by.role: `agnet` is not known; expected one of "),
    ],
)
def test_problems_of_rules(rule: str, expected: str) -> None:
    [problem] = problems(f"[[events]]\n{rule}\n")
    assert problem.startswith(expected)


# Mapping files


def test_the_bundled_mappings_load() -> None:
    assert own_mappings() == ("jira_apache", "servicenow_uci", "volvo_bpic13")
    assert [load_mapping(name).format for name in own_mappings()] == [0, 0, 0]


def test_an_unknown_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(ConceptError) as caught:
        load_mapping("servicenow")
    assert str(caught.value) == (
        "1 problem in mapping\n  `servicenow` is not a mapping; expected one of `jira_apache`, "
        "`servicenow_uci`, `volvo_bpic13`, or a path that ends in `.toml`; did you mean `servicenow_uci`?"
    )


def test_a_mapping_is_loaded_from_a_path(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_text(HEAD + FILE, encoding="utf-8")
    assert load_mapping(path) == load_mapping(str(path)) == structure_mapping(tomllib.loads(HEAD + FILE))


def test_a_syntax_error_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_text("format = \n", encoding="utf-8")
    with pytest.raises(ConceptError, match="line 1: cannot be read as TOML: invalid value"):
        load_mapping(path)
