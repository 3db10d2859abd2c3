"""The promises of the cells of the targets, and the plans of dates."""

from datetime import timedelta

import pytest

import supportcore as sc
from supportcore.calendars import By, EndOfWorkingDay, WorkingDays
from supportcore.sla import (
    NamedDate,
)
from tests.unit.concept.small import at, case_of, loaded, problems_of, targets


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1 h 30 min", timedelta(minutes=90)),
        ("1 working day", WorkingDays(1)),
        ("12 working days, even if closed", WorkingDays(12, "keep")),
        ("end of working day", EndOfWorkingDay(0)),
        ("end of the same working day", EndOfWorkingDay(0)),
        ("end of next working day", EndOfWorkingDay(1)),
        ("the end of the 3rd working day", EndOfWorkingDay(3)),
        ("by 16:00", By("16:00", 0)),
        ("by 9:30 the next working day", By("09:30", 1)),
        ("by 16:00 on the 2nd working day, even if closed", By("16:00", 2, "keep")),
        ("by 2026-12-24 12:00", at("2026-12-24 12:00")),
        ("by 2026-12-24", at("2026-12-25 00:00")),
        ("none", None),
    ],
)
def test_a_cell_promises(cell: str, amount: object) -> None:
    """SLA-5, CAL-8."""
    agreement = loaded(targets(cell, 'hours = "office"')).every_agreement[0]
    [(name, target)] = agreement.promises.items()
    assert target.amount == amount
    assert target.calendar_name == "office"
    assert name == ("none" if cell == "none" else f"{cell}, office")


@pytest.mark.seed("A7")
def test_a_release_is_promised_by_its_place_or_by_its_name() -> None:
    """SLA-5."""
    plan = {"7.1": at("2026-03-02 12:00"), "7.2": at("2027-01-01 00:00")}
    promised = {}
    for cell in ("next release", "release 7.2"):
        promised[cell] = loaded(targets(cell, 'hours = "office"')).every_agreement[0].promises[f"{cell}, office"].amount
    assert promised == {"next release": NamedDate(plan), "release 7.2": NamedDate(plan, "7.2")}


@pytest.mark.seed("A7")
def test_a_clock_names_the_planned_release() -> None:
    concept = loaded(targets("next release, office"))
    case = sc.evaluate(
        concept, [sc.Opened("T", at("2026-03-02 12:00"), facts={"fault": True})], as_of=at("2026-03-03 09:00")
    )
    assert case.clock("resolution").due_at == at("2027-01-01 00:00")
    assert "promise: next release, office, row r1 of the targets\n" in case.explain("en")
    assert "planned date: “7.2”\n" in case.explain("en")
    assert "vorgesehener Termin: „7.2“\n" in case.explain("de")


def test_a_day_form_is_not_shown_as_cut() -> None:
    concept = loaded(targets("2 working days, office"))
    case = sc.evaluate(
        concept, [sc.Opened("T", at("2026-03-02 12:00"), facts={"fault": True})], as_of=at("2026-03-03 09:00")
    )
    assert case.clock("resolution").due_at == at("2026-03-04 12:00")
    assert "after the change" not in case.explain("en")


def test_a_cell_may_name_hours_of_its_own() -> None:
    text = """
    [targets]
    table = '''
    | priority | -> reaction  | -> resolution                | -> hours |
    | critical | 1 h          | by 20:00, even if closed     | always   |
    | minor    | 4 h, office  | by 20:00, even if closed, office | always   |
    '''
    """
    promises = loaded(text).every_agreement[0].promises
    assert {name: (target.amount, target.calendar_name) for name, target in promises.items()} == {
        "1 h, always": (timedelta(hours=1), "always"),
        "by 20:00, even if closed, always": (By("20:00", 0, "keep"), "always"),
        "4 h, office": (timedelta(hours=4), "office"),
        "by 20:00, even if closed, office": (By("20:00", 0, "keep"), "office"),
    }


def test_the_promise_none_is_measured_in_the_hours_of_its_row() -> None:
    text = """
    [targets]
    table = '''
    | priority | -> resolution | -> hours |
    | critical | none          | always   |
    | minor    | none          | office   |
    '''
    """
    concept = loaded(text)
    cases = [case_of(concept, "2026-03-02 08:00", "2026-03-02 10:00", fault=fault) for fault in (True, False)]
    used = [case.clock("resolution").elapsed for case in cases]
    assert used == [timedelta(hours=2), timedelta(hours=1)]


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        (
            "0 working days",
            "`0 working days` counts no day; write `end of the same working day`, or at least `1 working day`",
        ),
        (
            "end of next working day, even if closed",
            "`end of next working day, even if closed`: a working day ends when it closes; remove `even if closed`",
        ),
        ("4", "`4` is not a duration; write it with its unit, such as `30 min` or `4 h`"),
        ("1 h 1 h", "`1 h 1 h` is not a duration; write `2 h`"),
        (f"{'9' * 5000} h", f"`{'9' * 5000} h` is not a duration; write it with its unit, such as `30 min` or `4 h`"),
        (
            "by 2026-13-01",
            "`2026-13-01` is not a day of the calendar; write it as `2026-03-02`, or with a time as `2026-03-02 12:00`",
        ),
        ("3 days", "`3 days` does not say which days count; write `3 working days`, or `72 h, always`"),
        ("4 h, outside office", "`outside office` cannot count a target; name a calendar"),
        (
            "4 h, offce",
            "`offce` is not a calendar; expected one of `always`, `office`, `outside office`; did you mean `office`?",
        ),
    ],
    ids=range(9),
)
def test_a_cell_is_refused(cell: str, message: str) -> None:
    assert problems_of(targets(cell, 'hours = "office"')) == [
        f"line 26, targets.table.rule r1, column resolution: {message}"
    ]


def test_targets_need_hours() -> None:
    assert problems_of(targets("4 h")) == [
        "line 22, targets: does not say in which hours time counts; add a column `-> hours`, the key `hours`, or hours "
        "in each cell, such as `4 h, office`"
    ]


def test_targets_may_apply_from_an_attachment() -> None:
    """SLA-9."""
    concept = loaded(
        targets("4 h, always", 'apply = "once attached"') + '[clocks.resolution]\nwhen_attached = "restart"\n'
    )
    opened = sc.Opened("T", at("2026-03-02 09:00"), facts={"fault": True})
    attached = sc.Attached("T", at("2026-03-02 12:00"), agreement="customer")
    before = sc.evaluate(concept, [opened, attached], as_of=at("2026-03-02 11:00")).clock("resolution")
    after = sc.evaluate(concept, [opened, attached], as_of=at("2026-03-02 13:00")).clock("resolution")
    assert (before.due_at, before.elapsed) == (None, timedelta(hours=2))
    assert after.due_at == at("2026-03-02 16:00")


def test_an_unknown_word_under_apply_is_refused() -> None:
    assert problems_of(targets("4 h, always", 'apply = "once atached"')) == [
        "line 23, targets.apply: `once atached` is not accepted; expected one of `from the opening`, `once attached`; "
        "did you mean `once attached`?"
    ]


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("[dates.plan]\n", "line 22, dates.plan: has no dates; give at least one, such as `7.1` = `2026-03-02`"),
        (
            '[dates."working day"]\na = "2026-01-01"\n',
            "line 22, dates.working day: `working day` cannot name a plan of dates; use a word without a comma, "
            "such as `release`",
        ),
        (
            '[dates.plan]\na = "tomorrow"\n',
            "line 23, dates.plan.a: `tomorrow` is not a day of the calendar; write it as `2026-03-02`, or with a time "
            "as `2026-03-02 12:00`",
        ),
        (
            "[dates.plan]\na = 2026-01-01\n",
            "line 23, dates.plan.a: `2026-01-01` is a date or time; expected a text; write it in quotes",
        ),
        (
            '[dates.plan]\n"7,1" = "2026-01-01"\n',
            "line 23, dates.plan.7,1: `7,1` cannot name a date; use a name without a comma, such as `7.1`",
        ),
    ],
    ids=range(5),
)
def test_a_plan_of_dates_is_refused(section: str, message: str) -> None:
    assert problems_of(section) == [message]


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (
            '[dates.plan]\na = "tomorrow"\n',
            "line 29, dates.plan.a: `tomorrow` is not a day of the calendar; write it as `2026-03-02`, or with a time "
            "as `2026-03-02 12:00`",
        ),
        ("[dates.plan]\na = 1\n", "line 29, dates.plan.a: `1` is a whole number; expected a text"),
        ("[dates.plan]\n", "line 28, dates.plan: has no dates; give at least one, such as `7.1` = `2026-03-02`"),
    ],
    ids=range(3),
)
def test_an_unreadable_plan_is_reported_once(broken: str, problem: str) -> None:
    """G-9: a promise of a date of it is not a second problem."""
    for cell in ("next plan", "plan a"):
        assert problems_of(targets(f"{cell}, office") + broken) == [problem]


def test_an_unreadable_calendar_is_reported_once() -> None:
    """G-9: a promise in its hours is not a second problem."""
    problems = problems_of(targets("4 h, desk") + "[calendars.desk]\nhours = { mon = 9 }\n")
    assert problems == ["line 29, calendars.desk.hours.mon: `9` is a whole number; expected a text"]


def test_an_unreadable_clock_is_reported_once() -> None:
    """G-9: a promise for it is not a second problem."""
    text = targets("4 h, office").replace("-> resolution", "-> mine") + "[clocks.mine]\nstarted_by = 1\n"
    assert problems_of(text) == ["line 29, clocks.mine.started_by: `1` is a whole number; expected a list"]
