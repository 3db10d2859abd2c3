"""Mapping files: what they accept, and what each thing that is wrong is answered with."""

import tomllib
from pathlib import Path

import pytest

from supportcore.errors import ConceptError
from supportcore.logs import load_mapping, mapping_of, own_mappings
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
        mapping_of(tomllib.loads(head + files + text))
    return [str(problem) for problem in caught.value.problems]


def test_the_least_that_a_mapping_says() -> None:
    mapping = mapping_of(tomllib.loads(HEAD + FILE))
    assert (mapping.missing, mapping.encoding, mapping.delimiter) == (("",), "utf-8-sig", ",")
    assert mapping.opened.by == Author("customer")
    assert mapping.opened.message


def test_a_column_alone_and_a_word_alone_are_enough() -> None:
    mapping = mapping_of(
        tomllib.loads(
            HEAD + FILE + '[states]\ncolumn = "s"\nopen = "New"\n[facts]\nimpact = "i"\n[opened]\nby = "monitoring"\n'
        )
    )
    assert mapping.facts["impact"] == Source("i")
    assert mapping.opened.by == Author("monitoring")
    assert mapping.states is not None
    assert mapping.states.open == ("New",)


def test_problems_of_shape_come_all_at_once() -> None:
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
        "opened.by: `5` is a whole number; a role or a table is accepted",
        "states.open: `3` is a whole number; expected a list",
        "facts.impact.column: is missing; give it a value",
        "facts.impact.colum: `colum` is not a key here; expected one of `column`, `words`, `kind`; "
        "did you mean `column`?",
        "facts.users: `3` is a whole number; the name of a column or a table is accepted",
    ]


def test_problems_of_meaning_come_all_at_once() -> None:
    head = 'format = 0\nname = "log"\nzone = "Europe/Berln"\ndates = "days first"\ndelimiter = "tab"\n'
    assert problems('[facts]\nimpact = { column = "i", kind = "txt" }\n', head, FILE.replace("snapshots", "snaps")) == [
        "zone: the time zone `Europe/Berln` is not in the zone database; expected a name such as `Europe/Berlin` or "
        "`UTC`; did you mean `Europe/Berlin`?",
        "dates: `days first` is not known; accepted are `day first`, `month first`, `year first`; "
        "did you mean `day first`?",
        "delimiter: `tab` is not one sign; `,` or `;` are accepted",
        "files[0].rows: `snaps` is not known; accepted are `snapshots`, `changes`, `tickets`; "
        "did you mean `snapshots`?",
        "facts.impact.kind: `txt` is not known; accepted are `text`, `yes or no`, `whole number`, `number`, `day`; "
        "did you mean `text`?",
    ]


def test_another_format_is_refused_at_once() -> None:
    with pytest.raises(ConceptError) as caught:
        mapping_of({"format": 1, "new": "shape"}, source="log.toml")
    assert str(caught.value) == (
        "1 problem in log.toml\n  format: `1` is another format than this version reads; accepted is `0`"
    )


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ("files = []\n", ["files: no file is described; give at least one"]),
        (
            FILE.replace("snapshots", "tickets"),
            [
                "files[0].time: does not belong here; rows that are `tickets` have no instant of their own",
                "opened.at: is missing; name the column of `tickets` with the instant of opening",
            ],
        ),
        (
            FILE.replace("snapshots", "changes").replace('time = "at"', ""),
            [
                "files[0].time: is missing; rows that are `changes` have a column with their instant",
                "files[0].change: is missing; name the columns `field`, `before` and `after`",
                "files: `changes` alone do not say how a ticket begins; add a file of `tickets`",
            ],
        ),
        (
            FILE + 'change = { field = "f", before = "b", after = "a" }\nby = { role = "agnet" }\n',
            [
                "files[0].change: does not belong here; rows are `snapshots`",
                "files[0].by.role: `agnet` is not known; accepted are `owner`, `agent`, `supplier`, `monitoring`, "
                "`bot`, `system`, `other`, `customer`; did you mean `agent`?",
            ],
        ),
        (
            FILE + '[[files]]\nname = "b"\nrows = "tickets"\nticket = "t"\n[opened]\nat = "x"\n',
            ["files: both `snapshots` and `tickets` say how a ticket begins; keep one of the two"],
        ),
    ],
)
def test_files_must_fit_together(files: str, expected: list[str]) -> None:
    assert problems("", files=files) == expected


def test_tickets_alone_know_no_states_over_time() -> None:
    files = FILE.replace("snapshots", "tickets").replace('time = "at"\n', "") + '[opened]\nat = "x"\n'
    rule = '[[events]]\nevent = "resolved"\ncolumn = "s"\nbecomes = "A"\n'
    message = "`tickets` alone do not say when this came about; name columns with instants, `at` under `events`"
    assert problems('[states]\ncolumn = "s"\nopen = "A"\n' + rule, files=files) == [
        f"states: {message}",
        f"events[0].column: {message}",
    ]


def test_a_state_stands_in_one_place() -> None:
    assert problems('[states]\ncolumn = "s"\nopen = ["A"]\nwaiting = { customer = ["A"] }\n') == [
        "states.waiting.customer: `A` stands under `open` too; keep it in one place"
    ]
    assert problems('[states]\ncolumn = "s"\n') == ["states: no word of column `s` is named; say which means what"]


def test_levels_and_teams_are_texts() -> None:
    assert problems('[assigned]\nlevel = { column = "l", kind = "whole number" }\n') == [
        "assigned.level.kind: `whole number` is not known; accepted are `text`"
    ]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ('event = "resolvd"\nat = "x"', "events[0].event: `resolvd` is not an event type; expected one of "),
        ('event = "opened"\nat = "x"', "events[0].event: `opened` has a section of its own, `opened`; say it there"),
        (
            'event = "assigned"\nat = "x"',
            "events[0].event: `assigned` has a section of its own, `assigned`; say it there",
        ),
        (
            'event = "resolved"',
            "events[0]: exactly one of `at`, `becomes`, `says` and `changes` tells when the event happens",
        ),
        (
            'event = "resolved"\nat = "x"\nchanges = true\ncolumn = "c"',
            "events[0]: exactly one of `at`, `becomes`, `says` and `changes` tells when the event happens",
        ),
        ('event = "resolved"\nsays = "x"', "events[0].column: is missing; name the column that is looked at"),
        (
            'event = "resolved"\nat = "x"\ncolumn = "c"',
            "events[0].column: does not belong here; `at` names the column",
        ),
        ('event = "paused"\nat = "x"', "events[0]: `paused` needs `reason`; give it with `with` or `from`"),
        (
            'event = "paused"\nat = "x"\nwith = { reason = "customer", raeson = "a" }',
            "events[0].with.raeson: `raeson` is nothing that `paused` has; accepted are `reason`; "
            "did you mean `reason`?",
        ),
        (
            'event = "work logged"\nat = "x"\nwith = { minutes = "5" }',
            "events[0].with.minutes: is no text; take it from a column with `from`",
        ),
        ('event = "resolved"\nat = "x"\nby = "agnet"', "events[0].by.role: `agnet` is not known; accepted are "),
    ],
)
def test_rules_for_further_events(rule: str, expected: str) -> None:
    [problem] = problems(f"[[events]]\n{rule}\n")
    assert problem.startswith(expected)


# Mapping files


def test_the_own_mappings_load() -> None:
    assert own_mappings() == ("jira_apache", "servicenow_uci", "volvo_bpic13")
    assert [load_mapping(name).format for name in own_mappings()] == [0, 0, 0]


def test_an_unknown_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(ConceptError) as caught:
        load_mapping("servicenow")
    assert str(caught.value) == (
        "1 problem in mapping\n  `servicenow` is no mapping of supportcore; accepted are `jira_apache`, "
        "`servicenow_uci`, `volvo_bpic13` and paths that end in `.toml`; did you mean `servicenow_uci`?"
    )


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_text(HEAD + FILE, encoding="utf-8")
    assert load_mapping(path) == load_mapping(str(path)) == mapping_of(tomllib.loads(HEAD + FILE))


def test_what_is_no_toml_is_said_with_the_place(tmp_path: Path) -> None:
    path = tmp_path / "log.toml"
    path.write_text("format = \n", encoding="utf-8")
    with pytest.raises(ConceptError, match="line 1: cannot be read as TOML: invalid value"):
        load_mapping(path)
