"""What `check` finds in the time of a concept: calendars that open, dates that lie ahead; and in its steps."""

from datetime import UTC, datetime, timedelta

import pytest

import supportcore as sc

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)

HEAD = """
format = 0
name = "small"
timezone = "Europe/Berlin"
valid = "2026-01-01 to 2026-12-31"
[facts]
size = "small < large"
contacts = "0 .. 99, may be missing"
[scales]
priority = "minor < major < critical"
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
CODES = ("calendars.", "targets.", "priority.", "rules.unreachable")


def found(text: str, head: str = HEAD) -> list[str]:
    return [str(one) for one in sc.check(sc.loads(head + TABLE + text)) if one.code.startswith(CODES)]


def steps(*lines: str) -> str:
    return "steps = [\n" + "".join(f"  {{ {line} }},\n" for line in lines) + "]\n"


def calendar(*parts: str) -> str:
    return "\n".join(["[calendars.office]", *parts, ""])


def promised(cell: str) -> str:
    return f"[targets]\nhours = \"always\"\ntable = '''\n| priority | -> resolution |\n| - | {cell} |\n'''\n"


# Steps make `critical` reachable, so that what is left is what the case is about.
UP = steps("name = 'again', when = 'contacts >= 3', raise = '+1, at most critical'")


@pytest.mark.parametrize(
    ("parts", "finding"),
    [
        (
            ["hours = {}", 'exceptions = { 2025-05-05 = "09:00-10:00" }'],
            "error calendars.never-open at calendars.office: has no opening hours in the time for which the concept is "
            "written",
        ),
        (
            ['hours = { mon = "09:00-10:00" }', 'closures = { "2025-12-01 to 2027-01-31" = "rebuilding" }'],
            "error calendars.never-open at calendars.office: has no opening hours in the time for which the concept is "
            "written",
        ),
        (
            ['hours = { mon = "09:00-10:00" }', "seasons = { 2026-06-01 = {} }"],
            "error calendars.closed-for-good at calendars.office: closes for good at Mon 25 May 2026 10:00, so "
            "that what "
            "is promised in its hours towards then never falls due",
        ),
        (
            ['hours = { mon = "09:00-10:00" }', 'holidays = { country = "DE", years = [2020, 2025] }'],
            "error calendars.unknown-year at calendars.office: the holidays of `DE` are not known for `2026`; "
            "known are "
            "the years 2020 to 2025; ask within them, or add the missing dates by hand and widen `years`",
        ),
        (
            ['hours = { mon = "09:00-10:00" }', 'holidays = { country = "DE", years = [2020, 2026] }'],
            "warning calendars.unknown-year at calendars.office: what falls due after the period is not known: the "
            "holidays of `DE` are not known for `2027`; known are the years 2020 to 2026; ask within them, or add the "
            "missing dates by hand and widen `years`",
        ),
    ],
    ids=range(5),
)
def test_a_calendar_that_does_not_open_in_the_time_of_the_concept(parts: list[str], finding: str) -> None:
    """CAL-10, CAL-11."""
    assert found(UP + calendar(*parts)) == [finding]


def test_a_calendar_that_opens_is_no_finding() -> None:
    """CAL-10: however rarely."""
    assert found(UP + calendar("hours = {}", 'exceptions = { "every 12-31" = "23:00-24:00" }')) == []
    assert found(UP + calendar('hours = { mon = "09:00-10:00" }', 'holidays = "DE-NW"')) == []


def test_without_a_period_nothing_is_proved_of_time() -> None:
    text = UP + RELEASES.format(last="2026-06-01") + promised("next release")
    assert found(text, HEAD.replace('valid = "2026-01-01 to 2026-12-31"\n', "")) == [
        "note calendars.not-proven at valid: whether each calendar opens is not proven, as the concept names "
        "no period; "
        "add `valid`",
        "note targets.not-proven at promises.next release, always: whether the date lies ahead is not proven, as the "
        "concept names no period; add `valid`",
    ]


@pytest.mark.parametrize(
    ("cell", "last", "findings"),
    [
        ("next release", "2026-12-31", []),
        (
            "next release",
            "2026-12-31 23:59",
            [
                "error targets.no-date at promises.next release, always: the plan ends with `7.2`, Thu 31 Dec 2026 "
                "23:59; "
                "what begins after it has no date; add dates up to the end of the period"
            ],
        ),
        (
            "release 7.1",
            "2026-12-31",
            [
                "warning targets.past-date at promises.release 7.1, always: what begins after `7.1`, Mon 2 Mar 2026 "
                "12:00 "
                "is late at once; promise something else from then on"
            ],
        ),
        (
            "by 2026-12-24",
            "2026-12-31",
            [
                "warning targets.past-date at promises.by 2026-12-24, always: what begins after Fri 25 Dec 2026 "
                "00:00 is "
                "late at once; promise something else from then on"
            ],
        ),
        ("by 2026-12-31", "2026-12-31", []),
        ("4 h", "2026-12-31", []),
    ],
    ids=range(6),
)
def test_dates_that_are_promised_lie_ahead(cell: str, last: str, findings: list[str]) -> None:
    """SLA-5."""
    assert found(UP + RELEASES.format(last=last) + promised(cell)) == findings


@pytest.mark.parametrize(("last", "answered"), [("2026-12-31", True), ("2026-12-31 23:59", False)])
def test_what_is_proved_of_releases_holds_at_the_last_moment_of_the_period(last: str, answered: bool) -> None:
    text = UP + RELEASES.format(last=last) + promised("next release")
    concept = sc.loads(HEAD + TABLE + text)
    assert concept.end is not None
    at = concept.end - timedelta(microseconds=1)
    events = [sc.Opened("T", at, facts={"size": "small"})]
    if answered:
        assert sc.evaluate(concept, events, as_of=at).clock("resolution").due_at == concept.end
    else:
        with pytest.raises(sc.NoDecisionError, match="the plan names no date after"):
            sc.evaluate(concept, events, as_of=at)


# Steps after the table (PRI-3)


def proved(text: str) -> str:
    return next(one.message for one in sc.check(sc.loads(HEAD + TABLE + text)) if one.path == "priority, steps")


def test_steps_that_raise_keep_the_order_of_the_table() -> None:
    """RUL-7."""
    assert found(UP) == []
    assert proved(UP) == "proved: every step (`again`) stays within its bound and keeps every order that the table has"


def test_a_priority_that_only_a_step_reaches_is_reached() -> None:
    low = steps("name = 'again', when = 'contacts >= 3', raise = '+1, at most major'")
    assert found(low) == [
        "warning rules.unreachable at priority, column priority: no rule answers `critical`, and no step reaches it"
    ]


def test_a_step_that_raises_nothing_is_told() -> None:
    idle = steps(
        "name = 'again', when = 'contacts >= 3', raise = '+2, at most critical'",
        "name = 'bound', when = 'contacts >= 9', raise = '+1, at most minor'",
    )
    assert found(idle) == [
        "warning priority.idle-step at priority, step bound: never raises anything: no priority before it is "
        "below `minor`"
    ]


@pytest.mark.parametrize(
    ("when", "kept"),
    [("size is large", True), ("size <= large", True), ("size is small", False), ("contacts < 3", True)],
)
def test_a_step_may_break_the_order_only_along_a_fact_that_it_looks_at(when: str, kept: bool) -> None:
    """RUL-7: small is raised from minor to major, or to critical and past large."""
    text = steps(f"name = 'odd', when = '{when}', raise = '+2, at most critical'")
    codes = [one.split(" at ")[0] for one in found(text)]
    assert codes == ([] if kept else ["warning priority.step-order"])
    concept = sc.loads(HEAD + TABLE + text)
    ranks = [
        concept.scale.rank(
            sc.evaluate(concept, [sc.Opened("T", NOW, facts={"size": size, "contacts": 0})], as_of=NOW).priority
        )
        for size in ("small", "large")
    ]
    assert (ranks == sorted(ranks)) == kept
