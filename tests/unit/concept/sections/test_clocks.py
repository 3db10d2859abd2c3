"""The section `clocks` of a concept file."""

from datetime import timedelta
from fractions import Fraction

import pytest

import supportcore as sc
from supportcore.calendars import By, EndOfWorkingDay, WorkingDays
from supportcore.sla import (
    ChangePolicy,
    Metric,
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
from tests.unit.concept.small import at, clock, loaded, metrics_of, problems_of, targets


def test_reaction_and_resolution_are_always_measured_and_others_by_name() -> None:
    built = [reaction(), first_reply(), next_reply(), periodic_update(), resolution(), requester_wait(), agent_work()]
    assert tuple(metrics_of("").values()) == (reaction(), resolution())
    text = "".join(f'[clocks."{metric.name}"]\n' for metric in built)
    assert tuple(metrics_of(text).values()) == tuple(built)


def test_a_clock_with_a_promise_is_measured() -> None:
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
def test_conditions_start_stop_and_restart_a_clock(words: str, condition: On | While) -> None:
    """SLA-2, SLA-3."""
    said = f'started_by = ["{words}"]\nstopped_by = ["closed"]\nrestarted_by = ["{words}"]'
    assert clock(said, "mine") == Metric(
        "mine", start=condition, stop=On(sc.Closed), reset=condition, cancel=On(sc.Cancelled)
    )


@pytest.mark.parametrize(
    ("name", "ends"),
    [("reaction", {sc.Resolved, sc.Closed}), ("next reply", {sc.Resolved, sc.Closed}), ("resolution", {sc.Closed})],
)
def test_resolution_and_closing_end_a_clock_in_any_case(name: str, ends: set[type[sc.Event]]) -> None:
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
def test_conditions_pause_and_resume_a_clock(words: list[str], pause: object, resume: object) -> None:
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
def test_a_clock_warns(words: str, threshold: Threshold) -> None:
    """SLA-10."""
    assert clock(f'warn_at = ["{words}"]').thresholds == (threshold,)


def test_every_wrong_warning_is_reported_with_the_nearest_form() -> None:
    problems = problems_of('[clocks.resolution]\nwarn_at = ["30 min", "80 %", "2 working days befor due"]\n')
    days = "`2 working days before due`"
    words = f"expected a share such as `80 %`, or a time such as `30 min before due`, `1 h after due` or {days}"
    assert problems == [
        f"line 23, clocks.resolution.warn_at: `30 min` is not a warning; {words}",
        f"line 23, clocks.resolution.warn_at: `2 working days befor due` is not a warning; {words}; "
        f"did you mean {days}?",
    ]


def test_a_warning_at_the_instant_of_another_is_refused() -> None:
    [problem] = problems_of('[clocks.resolution]\nwarn_at = ["1 h before due", "60 min before due"]\n')
    assert problem.endswith("warn_at: `60 min before due` is repeated; warn once at each instant")


POLICIES = {
    "keep the promise": "keep",
    "restart": "restart",
    "carry the time used": "carry",
    "carry the share used": "carry_fraction",
    "recompute from the start": "retroactive",
}


@pytest.mark.parametrize(("words", "policy"), POLICIES.items())
@pytest.mark.parametrize(("raised", "lowered"), [("", ""), (", never later", ", never earlier")])
def test_policies_for_changed_terms(words: str, policy: str, raised: str, lowered: str) -> None:
    """SLA-9."""
    made = clock(f'when_raised = "{words}{raised}"\nwhen_lowered = "{words}{lowered}"')
    assert made.change == ChangePolicy(raised=policy, lowered=policy)


def test_default_policies_are_left_to_the_agreement() -> None:
    """SLA-9: an agreement may change them for all of its clocks."""
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
def test_policies_for_reopenings(words: str, reopen: Reopen) -> None:
    """SLA-7."""
    assert clock(f'when_reopened = "{words}"').reopen == reopen


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        (
            'when_reopened = "resume within a week"',
            "when_reopened: `a week` is not a duration; write it with its unit, such as `30 min` or `4 h`",
        ),
        (
            'when_reopened = "resume until friday"',
            "when_reopened: `resume until friday`: `friday` is not a working day; write "
            "`until end of next working day`",
        ),
        (
            'paused_while = ["state parked"]',
            "paused_while: `state parked` does not say which value of `state` counts; write `state is …`",
        ),
        (
            'paused_while = ["contacts is many"]',
            "paused_while: `many` is not a whole number; `contacts` takes whole numbers",
        ),
        ("stopped_by = []", "stopped_by: is empty; remove the key, or name at least one condition"),
        (
            'stopped_by = ["agnt replied by agent"]',
            "stopped_by: `agnt replied` is not an event type; expected one of",
        ),
    ],
    ids=range(6),
)
def test_a_key_of_a_clock_is_refused(keys: str, message: str) -> None:
    [problem] = problems_of(f"[clocks.resolution]\n{keys}\n")
    assert problem.startswith(f"line 23, clocks.resolution.{message}")


@pytest.mark.parametrize(
    ("name", "keys", "message"),
    [
        ("mine", 'started_by = ["opened"]', "does not say what ends it; add `stopped_by` or `restarted_by`"),
        ("hours", 'started_by = ["opened"]\nstopped_by = ["closed"]', "`hours` cannot name a clock; use another name"),
        ('""', "", "`` cannot name a clock; use another name"),
        ('" mine"', 'started_by = ["opened"]', "` mine` cannot name a clock; use another name"),
    ],
)
def test_an_own_clock_is_refused(name: str, keys: str, message: str) -> None:
    path = f"clocks.{name}".replace('"', "")
    assert problems_of(f"[clocks.{name}]\n{keys}\n") == [f"line 22, {path}: {message}"]


def test_an_own_clock_runs() -> None:
    concept = loaded('[clocks."spare parts"]\nstarted_by = ["waiting for supplier"]\nstopped_by = ["resumed"]\n')
    events = [
        sc.Opened("T", at("2026-03-02 09:00"), facts={"fault": True}),
        sc.Paused("T", at("2026-03-02 10:00"), reason="supplier"),
        sc.Resumed("T", at("2026-03-02 13:00")),
    ]
    case = sc.evaluate(concept, events, as_of=at("2026-03-02 15:00"))
    assert case.clock("spare parts").elapsed == timedelta(hours=3)


@pytest.mark.parametrize("key", ["paused_while", "stopped_by"])
def test_a_key_without_a_value_is_refused(key: str) -> None:
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
        f"clocks.resolution.{key}: `None` is nothing; expected a list"
    ]


def test_a_warning_has_the_share_of_the_file() -> None:
    assert [one.share for one in clock('warn_at = ["80 %"]').thresholds] == [Fraction(4, 5)]


def test_budgets_of_levels() -> None:
    """SLA-11."""
    assert clock('budgets = { first = "1 h 30 min", "project lead" = "25 %" }').budgets == {
        "first": timedelta(minutes=90),
        "project lead": Fraction(1, 4),
    }
    assert clock("").budgets == {}


@pytest.mark.parametrize(
    ("said", "message"),
    [
        (
            '{ first = "90" }',
            ".first: `90` is not a budget; expected a length such as `90 h`, or a share of the promised time such as "
            "`25 %`",
        ),
        (
            '{ first = "a day" }',
            ".first: `a day` is not a budget; expected a length such as `1 h`, or a share of the promised time such as "
            "`25 %`",
        ),
        ('{ first = "101 %" }', ".first: `101 %` is more than the whole promised time; give at most `100 %`"),
        ("{ first = 90 }", ".first: `90` is a whole number; expected a text"),
        ('["1 h"]', ": `['1 h']` is a list; expected a table"),
        ('{ " " = "1 h" }', ". : ` ` cannot name a level; write its name without blanks around it"),
    ],
)
def test_a_budget_is_refused(said: str, message: str) -> None:
    [problem] = problems_of(f"[clocks.resolution]\nbudgets = {said}\n")
    assert problem.partition("budgets")[2] == message


def test_a_misspelt_key_is_reported_with_the_nearest() -> None:
    [problem] = problems_of('[clocks.resolution]\nbudget = { first = "1 h" }\n')
    assert problem.endswith("`budgets`; did you mean `budgets`?")
