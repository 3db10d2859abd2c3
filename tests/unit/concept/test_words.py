"""What the words of a concept file mean to the engines: calendars, promises, clocks, steps."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

import supportcore as sc
from supportcore.calendars import By, EndOfWorkingDay, WorkingDays
from supportcore.sla import (
    ChangePolicy,
    Metric,
    NamedDate,
    On,
    Reopen,
    Threshold,
    While,
    agent_work,
    first_reply,
    next_reply,
    periodic_update,
    reaction,
    requester_wait,
    resolution,
)

BERLIN = ZoneInfo("Europe/Berlin")
SMALL = """
format = 0
name = "small"
timezone = "Europe/Berlin"
valid = "2026-01-01 to 2026-12-31"
[facts]
fault = "yes | no"
state = "open | parked | on hold, may be missing"
contacts = "0 .. 99, may be missing"
[calendars.office]
hours = { mon-fri = "09:00-17:00" }
[dates.release]
"7.1" = "2026-03-02 12:00"
"7.2" = "2026-12-31"
"""
PRIORITY = """
[priority]
table = '''
| fault | -> priority |
| yes   | critical    |
| -     | minor       |
'''
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def loaded(text: str) -> sc.ServiceConcept:
    return sc.loads(SMALL + PRIORITY + text)


def problems_of(text: str) -> list[str]:
    with pytest.raises(sc.ConceptError) as caught:
        loaded(text)
    return [str(problem) for problem in caught.value.problems]


def metrics_of(text: str) -> dict[str, Metric]:
    return {metric.name: metric for metric in loaded(text).agreements[0].metrics}


def clock(keys: str, name: str = "resolution") -> Metric:
    return metrics_of(f'[clocks."{name}"]\n{keys}\n')[name]


def case_of(concept: sc.ServiceConcept, opened: str, as_of: str, **facts: object) -> sc.Case:
    """A ticket that has only been opened; a fault where nothing else is said."""
    return sc.evaluate(concept, [sc.Opened("T", at(opened), facts={"fault": True, **facts})], as_of=at(as_of))


def targets(cell: str, more: str = "") -> str:
    return f"[targets]\n{more}\ntable = '''\n| priority | -> resolution |\n| - | {cell} |\n'''\n"


# Calendars


def test_a_calendar_may_say_all_that_a_calendar_knows() -> None:
    """CAL-1, CAL-11."""
    text = """
    [calendars.whole]
    timezone      = "Europe/Vienna"
    hours         = { mon-fri = "22:00-06:00" }
    holidays      = { country = "AT", categories = ["public", "bank"], add = { 2026-02-16 = "Carnival" } }
    exceptions    = { "every 12-24" = "closed", 2026-05-15 = { hours = "09:00-10:00", note = "bridge day" } }
    closures      = { "2026-08-03 to 2026-08-14" = "summer closure" }
    seasons       = { 2026-07-01 = { mon-fri = "07:00-13:00" } }
    breaks        = { 2026-06-03 = "23:00-23:30" }
    holiday_scope = "shift"
    """
    assert loaded(text).calendars["whole"] == sc.BusinessCalendar(
        tz="Europe/Vienna",
        hours={"mon-fri": "22:00-06:00"},
        holidays=sc.public_holidays("AT", categories=("public", "bank")).with_dates({date(2026, 2, 16): "Carnival"}),
        exceptions={"every 12-24": "closed", "2026-05-15": sc.DayHours("09:00-10:00", note="bridge day")},
        closures={"2026-08-03 to 2026-08-14": "summer closure"},
        seasons={"2026-07-01": {"mon-fri": "07:00-13:00"}},
        breaks={"2026-06-03": "23:00-23:30"},
        holiday_scope="shift",
    )


def test_holidays_may_be_nothing_but_own_days() -> None:
    own = '[calendars.own]\nhours = { mon-fri = "09:00-17:00" }\nholidays = { 2026-05-04 = "May fair" }\n'
    assert loaded(own).calendars["own"].holidays == sc.HolidayCalendar({date(2026, 5, 4): "May fair"})


@pytest.mark.parametrize(
    "parts",
    [
        'exceptions = { 2026-05-04 = "09:00-10:00" }',
        'exceptions = { "every 05-04" = "09:00-10:00" }',
        'seasons = { 2026-05-04 = { mon = "09:00-10:00" } }',
    ],
)
def test_a_calendar_that_opens_on_few_days_opens(parts: str) -> None:
    """CAL-10."""
    assert loaded(f"[calendars.rare]\nhours = {{}}\n{parts}\n").calendars["rare"].is_open(at("2026-05-04 09:30"))


def test_a_calendar_that_can_never_open_is_refused() -> None:
    """CAL-10."""
    never = '[calendars.never]\nhours = {{ {} }}\nbreaks = {{ 2026-05-04 = "09:00-10:00" }}\n'
    [problem] = problems_of(never.format('mon-fri = "closed"'))
    assert problem.endswith(
        "calendars.never: never opens: no day of it has hours; give some, such as mon-fri = `09:00-17:00`"
    )


# Promises


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
def test_what_a_cell_promises(cell: str, amount: object) -> None:
    """SLA-5, CAL-8."""
    agreement = loaded(targets(cell, 'hours = "office"')).agreements[0]
    [(name, target)] = agreement.promises.items()
    assert target.amount == amount
    assert target.hours == "office"
    assert name == ("none" if cell == "none" else f"{cell}, office")


@pytest.mark.seed("A7")
def test_a_release_is_promised_by_its_place_or_by_its_name() -> None:
    """SLA-5."""
    plan = {"7.1": at("2026-03-02 12:00"), "7.2": at("2027-01-01 00:00")}
    promised = {}
    for cell in ("next release", "release 7.2"):
        promised[cell] = loaded(targets(cell, 'hours = "office"')).agreements[0].promises[f"{cell}, office"].amount
    assert promised == {"next release": NamedDate(plan), "release 7.2": NamedDate(plan, "7.2")}


@pytest.mark.seed("A7")
def test_a_clock_says_which_release_is_meant() -> None:
    concept = loaded(targets("next release, office"))
    case = sc.evaluate(
        concept, [sc.Opened("T", at("2026-03-02 12:00"), facts={"fault": True})], as_of=at("2026-03-03 09:00")
    )
    assert case.clock("resolution").due_at == at("2027-01-01 00:00")
    assert "promise: next release, office, row r1 of the targets\n" in case.explain("en")
    assert "this means “7.2”\n" in case.explain("en")
    assert "gemeint ist „7.2“\n" in case.explain("de")


def test_a_day_form_is_no_amount_that_was_cut() -> None:
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
    promises = loaded(text).agreements[0].promises
    assert {name: (target.amount, target.hours) for name, target in promises.items()} == {
        "1 h, always": (timedelta(hours=1), "always"),
        "by 20:00, even if closed, always": (By("20:00", 0, "keep"), "always"),
        "4 h, office": (timedelta(hours=4), "office"),
        "by 20:00, even if closed, office": (By("20:00", 0, "keep"), "office"),
    }


def test_nothing_promised_is_measured_in_the_hours_of_its_row() -> None:
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
    ("cell", "answer"),
    [
        (
            "0 working days",
            "`0 working days` are none; write `end of the same working day`, or at least `1 working day`",
        ),
        (
            "end of next working day, even if closed",
            "`end of next working day, even if closed`: a working day ends when it closes; take out `even if closed`",
        ),
        ("4", "`4` is no duration; write it with its unit, such as `30 min` or `4 h`"),
        ("1 h 1 h", "`1 h 1 h` is no duration; write it with its unit, such as `30 min` or `4 h`"),
        (f"{'9' * 5000} h", f"`{'9' * 5000} h` is no duration; write it with its unit, such as `30 min` or `4 h`"),
        (
            "by 2026-13-01",
            "`2026-13-01` is no day of the calendar; write it as `2026-03-02`, or with a time as `2026-03-02 12:00`",
        ),
        ("3 days", "`3 days` does not say which days count; write `3 working days`, or hours such as `48 h, always`"),
        ("4 h, outside office", "`outside office` cannot count a target; name a calendar"),
        (
            "4 h, offce",
            "`offce` names no calendar; accepted are `always`, `outside always`, `office`, `outside office`; "
            "did you mean `office`?",
        ),
    ],
    ids=range(9),
)
def test_what_a_cell_cannot_promise(cell: str, answer: str) -> None:
    assert problems_of(targets(cell, 'hours = "office"')) == [
        f"line 26, targets.table.rule r1, column resolution: {answer}"
    ]


def test_targets_need_hours() -> None:
    words = "needs hours: a column `-> hours`, the key `hours`, or hours in each cell, such as `4 h, office`"
    assert problems_of(targets("4 h")) == [f"line 22, targets: {words}"]


def test_targets_may_begin_with_an_attachment() -> None:
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


def test_when_targets_begin_is_one_of_two_words() -> None:
    assert problems_of(targets("4 h, always", 'apply = "once atached"')) == [
        "line 23, targets.apply: `once atached` is not known; accepted are `from the opening`, `once attached`; "
        "did you mean `once attached`?"
    ]


@pytest.mark.parametrize(
    ("section", "answer"),
    [
        ("[dates.plan]\n", "line 22, dates.plan: names no date; give at least one, such as `7.1` = `2026-03-02`"),
        (
            '[dates."working day"]\na = "2026-01-01"\n',
            "line 22, dates.working day: `working day` cannot name a plan of dates; take a word such as `release`",
        ),
        (
            '[dates.plan]\na = "tomorrow"\n',
            "line 23, dates.plan.a: `tomorrow` is no day of the calendar; write it as `2026-03-02`, or with a time as "
            "`2026-03-02 12:00`",
        ),
        (
            "[dates.plan]\na = 2026-01-01\n",
            "line 23, dates.plan.a: `2026-01-01` is a date or time; a text is accepted; write it in quotes",
        ),
    ],
    ids=range(4),
)
def test_what_is_no_plan_of_dates(section: str, answer: str) -> None:
    assert problems_of(section) == [answer]


# Clocks


def test_reaction_and_resolution_are_measured_anyway_and_others_when_named() -> None:
    built = [reaction(), first_reply(), next_reply(), periodic_update(), resolution(), requester_wait(), agent_work()]
    assert tuple(metrics_of("").values()) == (reaction(), resolution())
    text = "".join(f'[clocks."{metric.name}"]\n' for metric in built)
    assert tuple(metrics_of(text).values()) == tuple(built)


def test_a_clock_that_is_promised_something_is_measured() -> None:
    text = targets("4 h, office").replace("-> resolution", "-> agent work")
    assert list(metrics_of(text)) == ["reaction", "resolution", "agent work"]


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("agent replied", On(sc.AgentReplied)),
        ("agent replied by owner or agent", On(sc.AgentReplied, by={"owner", "agent"})),
        ("waiting for supplier", On(sc.Paused, where={"reason": "supplier"})),
        ("waiting for anybody", On(sc.Paused)),
        ("state is parked", While({"state": "parked"})),
        ("state is parked or on hold", While({"state": {"parked", "on hold"}})),
        ("fault is yes", While({"fault": True})),
        ("priority is minor", While({"priority": "minor"})),
    ],
)
def test_what_starts_stops_and_restarts_a_clock(words: str, condition: On | While) -> None:
    """SLA-2, SLA-3."""
    said = f'started_by = ["{words}"]\nstopped_by = ["closed"]\nrestarted_by = ["{words}"]'
    assert clock(said, "mine") == Metric(
        "mine", start=condition, stop=On(sc.Closed), reset=condition, cancel=On(sc.Cancelled)
    )


@pytest.mark.parametrize(
    ("name", "ends"),
    [("reaction", {sc.Resolved, sc.Closed}), ("next reply", {sc.Resolved, sc.Closed}), ("resolution", {sc.Closed})],
)
def test_what_ends_a_clock_whatever_the_file_says(name: str, ends: set[type[sc.Event]]) -> None:
    """SLA-2."""
    stop = clock('stopped_by = ["customer replied by customer"]', name).stop
    plain = {kind for one in stop if isinstance(one, On) and one.plain for kind in one.kinds}
    assert plain == ends


@pytest.mark.parametrize(
    ("words", "pause", "resume"),
    [
        ([], (), ()),
        (["waiting for supplier"], (On(sc.Paused, where={"reason": {"supplier"}}),), (On(sc.Resumed),)),
        (
            ["waiting for supplier", "waiting for customer"],
            (On(sc.Paused, where={"reason": {"supplier", "customer"}}),),
            (On(sc.Resumed, sc.CustomerReplied),),
        ),
        (["waiting for anybody"], (On(sc.Paused),), (On(sc.Resumed, sc.CustomerReplied),)),
        (["state is parked"], (While({"state": "parked"}),), ()),
    ],
)
def test_what_pauses_a_clock_and_what_ends_that(words: list[str], pause: object, resume: object) -> None:
    """SLA-4."""
    made = clock(f"paused_while = {words}")
    assert (made.pause, made.resume) == (pause, resume)


@pytest.mark.parametrize(
    ("words", "threshold"),
    [
        ("50 %", Threshold.percent(50)),
        ("150%", Threshold.percent(150)),
        ("30 min before due", Threshold("30 min before due", offset=-1_800_000_000)),
        ("1 h after due", Threshold("1 h after due", offset=3_600_000_000)),
        ("2 working days before due", Threshold("2 working days before due", days=WorkingDays(-2))),
        ("1 working day after due", Threshold("1 working day after due", days=WorkingDays(1))),
        ("end of next working day after due", Threshold("end of next working day after due", days=EndOfWorkingDay(1))),
        ("by 09:00 next working day after due", Threshold("by 09:00 next working day after due", days=By("09:00", 1))),
    ],
)
def test_when_a_clock_warns(words: str, threshold: Threshold) -> None:
    """SLA-10."""
    assert clock(f'warn_at = ["{words}"]').thresholds == (threshold,)


def test_every_warning_that_is_none_is_told_with_the_nearest() -> None:
    told = problems_of('[clocks.resolution]\nwarn_at = ["30 min", "80 %", "2 working days befor due"]\n')
    days = "`2 working days before due`"
    words = f"accepted are shares such as `80 %`, and times such as `30 min before due`, `1 h after due` and {days}"
    assert told == [
        f"line 23, clocks.resolution.warn_at: `30 min` is no warning; {words}",
        f"line 23, clocks.resolution.warn_at: `2 working days befor due` is no warning; {words}; did you mean {days}?",
    ]


def test_the_same_instant_in_other_words_is_a_warning_twice() -> None:
    [problem] = problems_of('[clocks.resolution]\nwarn_at = ["1 h before due", "60 min before due"]\n')
    assert problem.endswith("warn_at: `60 min before due` stands there twice; warn once at each instant")


POLICIES = {
    "keep the promise": "keep",
    "restart": "restart",
    "carry the time used": "carry",
    "carry the share used": "carry_fraction",
    "recompute from the start": "retroactive",
}


@pytest.mark.parametrize(("words", "policy"), POLICIES.items())
@pytest.mark.parametrize(("raised", "lowered"), [("", ""), (", never later", ", never earlier")])
def test_what_changed_terms_do(words: str, policy: str, raised: str, lowered: str) -> None:
    """SLA-9."""
    made = clock(f'when_raised = "{words}{raised}"\nwhen_lowered = "{words}{lowered}"')
    assert made.change == ChangePolicy(raised=policy, lowered=policy)


def test_the_usual_policies_are_left_to_the_agreement() -> None:
    """SLA-9: an app may change them for all of its clocks."""
    said = 'when_raised = "restart, never later"\nwhen_lowered = "recompute from the start"'
    assert clock(said).change is None


@pytest.mark.parametrize(
    ("words", "reopen"),
    [
        ("restart", Reopen("restart")),
        ("ignored", Reopen("ignore")),
        ("resume", Reopen("resume")),
        ("count the gap", Reopen("count")),
        ("resume within 5 working days, else new", Reopen("resume", WorkingDays(5))),
        ("resume within 14 days", Reopen("resume", timedelta(days=14))),
        ("count the gap within 48 h, else ignored", Reopen("count", timedelta(hours=48), "ignore")),
        ("restart until end of next working day, else ignored", Reopen("restart", EndOfWorkingDay(1), "ignore")),
    ],
)
def test_what_a_reopening_does(words: str, reopen: Reopen) -> None:
    """SLA-7."""
    assert clock(f'when_reopened = "{words}"').reopen == reopen


@pytest.mark.parametrize(
    ("keys", "answer"),
    [
        (
            'when_reopened = "resume within a week"',
            "when_reopened: `a week` is no duration; write it with its unit, such as `30 min` or `4 h`",
        ),
        (
            'when_reopened = "resume until friday"',
            "when_reopened: `resume until friday`: `friday` is no working day; write `until end of next working day`",
        ),
        (
            'paused_while = ["state parked"]',
            "paused_while: `state parked` says not what `state` is; write it as `state is …`",
        ),
        (
            'paused_while = ["contacts is many"]',
            "paused_while: `many` is no whole number, which is what `contacts` takes",
        ),
        ("stopped_by = []", "stopped_by: names nothing; leave it out, or say what does it"),
        (
            'stopped_by = ["agnt replied by agent"]',
            "stopped_by: `agnt replied` is no kind of event; accepted are",
        ),
    ],
    ids=range(6),
)
def test_what_a_clock_cannot_say(keys: str, answer: str) -> None:
    [problem] = problems_of(f"[clocks.resolution]\n{keys}\n")
    assert problem.startswith(f"line 23, clocks.resolution.{answer}")


@pytest.mark.parametrize(
    ("name", "keys", "answer"),
    [
        ("mine", 'started_by = ["opened"]', "says not what ends it; add `stopped_by` or `restarted_by`"),
        ("hours", 'started_by = ["opened"]\nstopped_by = ["closed"]', "`hours` cannot name a clock; take another name"),
    ],
)
def test_what_is_no_clock_of_ones_own(name: str, keys: str, answer: str) -> None:
    assert problems_of(f"[clocks.{name}]\n{keys}\n") == [f"line 22, clocks.{name}: {answer}"]


def test_a_clock_of_ones_own_runs() -> None:
    concept = loaded('[clocks."spare parts"]\nstarted_by = ["waiting for supplier"]\nstopped_by = ["resumed"]\n')
    events = [
        sc.Opened("T", at("2026-03-02 09:00"), facts={"fault": True}),
        sc.Paused("T", at("2026-03-02 10:00"), reason="supplier"),
        sc.Resumed("T", at("2026-03-02 13:00")),
    ]
    case = sc.evaluate(concept, events, as_of=at("2026-03-02 15:00"))
    assert case.clock("spare parts").elapsed == timedelta(hours=3)


@pytest.mark.parametrize("key", ["paused_while", "stopped_by"])
def test_a_key_with_nothing_behind_it_is_refused(key: str) -> None:
    """G-9: in YAML it is easily written."""
    text = f"""
format: 0
name: small
timezone: Europe/Berlin
facts: {{fault: "yes | no"}}
priority: {{table: "| fault | -> priority |\\n| - | minor |"}}
clocks:
  resolution:
    {key}:
"""
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(text, "yaml")
    assert [str(one) for one in caught.value.problems] == [
        f"clocks.resolution.{key}: `None` is nothing; a list is accepted"
    ]


# Steps after the table


def stepped(*steps: str) -> sc.ServiceConcept:
    lines = "\n".join(f"  {{ {step} }}," for step in steps)
    return sc.loads(f"{SMALL}{PRIORITY}steps = [\n{lines}\n]\n")


CONTACTS = "name = 'again', when = 'contacts >= 3', raise = '+1, at most critical'"
PARKED = "name = 'parked', when = 'state is not(open)', raise = '+2, at most blocker'"


def priority_of(concept: sc.ServiceConcept, **facts: object) -> tuple[str, list[str]]:
    case = case_of(concept, "2026-03-02 09:00", "2026-03-02 10:00", **facts)
    return case.priority, [one.step.name for one in case.priorities.at(case.as_of).steps]


def test_steps_raise_in_their_order_within_their_bounds() -> None:
    """PRI-3."""
    both = stepped(CONTACTS, PARKED)
    assert priority_of(both, fault=False) == ("minor", [])
    assert priority_of(both, fault=False, contacts=2) == ("minor", [])
    assert priority_of(both, fault=False, contacts=3) == ("major", ["again"])
    assert priority_of(both, fault=False, contacts=3, state="parked") == ("blocker", ["again", "parked"])
    assert priority_of(both, fault=True, contacts=3) == ("critical", [])
    assert priority_of(stepped(PARKED, CONTACTS), fault=False, contacts=3, state="parked") == ("critical", ["parked"])


def test_a_step_counts_from_when_its_fact_is_recorded_and_is_explained() -> None:
    """PRI-3, G-13."""
    events = [
        sc.Opened("T", at("2026-03-02 09:00"), facts={"fault": False}),
        sc.FactsChanged("T", at("2026-03-05 09:00"), facts={"contacts": 3}),
    ]
    case = sc.evaluate(stepped(CONTACTS), events, as_of=at("2026-03-06 09:00"))
    assert [piece.value.priority for piece in case.priorities.pieces][-2:] == ["minor", "major"]
    assert "“again” raises from minor to major" in case.explain("en")


@pytest.mark.parametrize(
    ("step", "answer"),
    [
        (
            CONTACTS.replace("contacts", "contact"),
            "when: `contact >= 3` begins with no fact; accepted are `fault`, ",
        ),
        (
            CONTACTS.replace(">= 3", ">= many"),
            "when: `contacts >= many`: `many` is no whole number, which is what `contacts` takes",
        ),
        (
            CONTACTS.replace(">= 3", "> 99"),
            "when: `contacts > 99`: nothing in `contacts` (0 .. 99, may be missing) fits this cell",
        ),
        (
            CONTACTS.replace("+1", "+0"),
            "raise: `+0, at most critical` is no raise; write by how much and up to where, ",
        ),
        (
            CONTACTS.replace("+1", "-1"),
            "raise: `-1, at most critical` is no raise; write by how much and up to where, ",
        ),
    ],
    ids=range(5),
)
def test_what_is_no_step(step: str, answer: str) -> None:
    with pytest.raises(sc.ConceptError) as caught:
        stepped(step)
    [problem] = map(str, caught.value.problems)
    assert problem.startswith(f"line 23, priority.steps[0].{answer}")


def test_the_share_of_a_warning_is_that_of_the_file() -> None:
    assert [one.share for one in clock('warn_at = ["80 %"]').thresholds] == [Fraction(4, 5)]
