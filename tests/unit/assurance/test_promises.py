"""The findings of `check` about the period of a concept: calendars that open, dates in the future."""

from datetime import timedelta

import pytest

import supportcore as sc

HEAD = """
format = 0
name = "small"
timezone = "Europe/Berlin"
valid = "2026-01-01 to 2026-12-31"
[facts]
size = "small < large"
"""
TABLE = """
[priority]
rises = ["size"]
table = '''
| size  | -> priority |
| large | major       |
| small | minor       |
'''
"""
RELEASES = '[dates.release]\n"7.1" = "2026-03-02 12:00"\n"7.2" = "{last}"\n'
CODES = ("calendars.", "targets.")


def found(text: str, head: str = HEAD) -> list[str]:
    return [str(one) for one in sc.check(sc.loads(head + TABLE + text)) if one.code.startswith(CODES)]


def calendar(*parts: str) -> str:
    return "\n".join(["[calendars.office]", *parts, ""])


def promised(cell: str, hours: str = "always") -> str:
    return f"[targets]\nhours = \"{hours}\"\ntable = '''\n| priority | -> resolution |\n| - | {cell} |\n'''\n"


def unknown(year: int, last: int) -> str:
    return f"holidays are not known for {year}, only for 2020 to {last}; add the missing dates and widen `years`"


OFFICE = "calendars.office: "
MONDAYS = 'hours = { mon = "09:00-10:00" }'


@pytest.mark.parametrize(
    ("parts", "finding"),
    [
        (
            ["hours = {}", 'exceptions = { 2025-05-05 = "09:00-10:00" }'],
            f"error calendars.never-open at {OFFICE}has no opening hours in the period of the concept",
        ),
        (
            [MONDAYS, 'closures = { "2025-12-01 to 2027-01-31" = "rebuilding" }'],
            f"error calendars.never-open at {OFFICE}has no opening hours in the period of the concept",
        ),
        (
            [MONDAYS, "seasons = { 2026-06-01 = {} }"],
            f"warning calendars.closed-for-good at {OFFICE}closes for good Mon 25 May 2026 10:00; give it hours "
            "from then on, or stop using it",
        ),
        (
            [MONDAYS, 'holidays = { country = "DE", years = [2020, 2025] }'],
            f"error calendars.unknown-year at {OFFICE}{unknown(2026, 2025)}",
        ),
        (
            [MONDAYS, 'holidays = { country = "DE", years = [2020, 2026] }'],
            f"warning calendars.unknown-year at {OFFICE}due dates after the period are not known: "
            f"{unknown(2027, 2026)}",
        ),
    ],
    ids=range(5),
)
def test_a_calendar_that_does_not_open_in_the_period(parts: list[str], finding: str) -> None:
    """CAL-10, CAL-11."""
    assert found(calendar(*parts)) == [finding]


def test_a_calendar_that_opens_has_no_findings() -> None:
    """CAL-10: however rarely."""
    assert found(calendar("hours = {}", 'exceptions = { "every 12-31" = "23:00-24:00" }')) == []
    assert found(calendar(MONDAYS, 'holidays = "DE-NW"')) == []


def test_without_a_period_calendars_and_promises_are_not_proven() -> None:
    text = RELEASES.format(last="2026-06-01") + promised("next release")
    because = "is not proven, as the concept names no period; add `valid`"
    assert found(text, HEAD.replace('valid = "2026-01-01 to 2026-12-31"\n', "")) == [
        f"note calendars.not-proven at valid: whether each calendar opens {because}",
        f"note targets.not-proven at valid: whether every promise falls due {because}",
    ]


@pytest.mark.parametrize(
    "cell", ["2 h", "1 working day", "end of next working day", "by 16:00", "by 2027-02-01", "none"]
)
def test_cycles_without_a_due_instant_at_the_end_of_the_period(cell: str) -> None:
    """SLA-5, CAL-10: the last Monday of all is that of 28 December, and a clock that can never go on is an error."""
    findings = found(promised(cell, "office") + calendar(MONDAYS, "seasons = { 2027-01-01 = {} }"))
    assert [one.partition(": ")[0] for one in findings] == [
        f"error targets.unclocked at promises.{cell}" + (", office" if cell != "none" else ""),
        "warning calendars.closed-for-good at calendars.office",
    ]
    assert "a cycle that begins Thu 31 Dec 2026 23:59:59 cannot be measured: " in findings[0]


def test_a_promise_due_in_a_year_without_known_holidays() -> None:
    """CAL-11."""
    findings = found(
        promised("1 h", "office") + calendar(MONDAYS, 'holidays = { country = "DE", years = [2020, 2026] }')
    )
    assert findings[0] == (
        "error targets.unclocked at promises.1 h, office: a cycle that begins Thu 31 Dec 2026 23:59:59 cannot be "
        "measured: the holidays of the years up to its due date are not known"
    )


@pytest.mark.parametrize(
    ("cell", "last", "findings"),
    [
        ("next release", "2026-12-31", []),
        (
            "next release",
            "2026-12-31 23:59",
            [
                "error targets.no-date at promises.next release, always: the plan ends with `7.2`, Thu 31 Dec 2026 "
                "23:59; later cycles have no date; add dates up to the end of the period"
            ],
        ),
        (
            "release 7.1",
            "2026-12-31",
            [
                "warning targets.past-date at promises.release 7.1, always: cycles that begin after `7.1`, "
                "Mon 2 Mar 2026 12:00, are late from the start; choose another promise from then on"
            ],
        ),
        (
            "by 2026-12-24",
            "2026-12-31",
            [
                "warning targets.past-date at promises.by 2026-12-24, always: cycles that begin after "
                "Fri 25 Dec 2026 00:00 are late from the start; choose another promise from then on"
            ],
        ),
        ("by 2026-12-31", "2026-12-31", []),
        ("4 h", "2026-12-31", []),
        ("2 working days", "2026-12-31", []),
    ],
    ids=range(7),
)
def test_promised_dates_must_be_after_the_cycles_begin(cell: str, last: str, findings: list[str]) -> None:
    """SLA-5."""
    assert found(RELEASES.format(last=last) + promised(cell)) == findings


@pytest.mark.parametrize(("last", "answered"), [("2026-12-31", True), ("2026-12-31 23:59", False)])
def test_a_proof_about_releases_holds_until_the_last_instant_of_the_period(last: str, answered: bool) -> None:
    text = RELEASES.format(last=last) + promised("next release")
    concept = sc.loads(HEAD + TABLE + text)
    assert concept.end is not None
    at = concept.end - timedelta(microseconds=1)
    events = [sc.Opened("T", at, facts={"size": "small"})]
    if answered:
        assert sc.evaluate(concept, events, as_of=at).clock("resolution").due_at == concept.end
    else:
        with pytest.raises(sc.NoDecisionError, match="the plan has no date after"):
            sc.evaluate(concept, events, as_of=at)
