"""One ticket under a concept."""

import copy
import itertools
import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

import supportcore as sc
from supportcore.sla import impact, run_clocks
from supportcore.tickets import Facts
from supportcore.timelines import Timeline

BERLIN = ZoneInfo("Europe/Berlin")
HOSTING = sc.load(sc.example("hosting"))
MITTELSTAND = sc.load(sc.example("mittelstand"))
MONDAY = datetime(2026, 3, 9, 9, tzinfo=BERLIN)
MALFUNCTION = {
    "kind": "malfunction",
    "impact": "a team",
    "business": "important",
    "contract": "managed",
    "source": "customer",
}


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def test_facts_decide_priority_scope_clocks_and_plan() -> None:
    """G-13."""
    history = [
        sc.Opened("T", MONDAY, facts=MALFUNCTION),
        sc.FactsChanged("T", MONDAY + minutes(60), facts={"kind": "outage"}),
    ]
    case = sc.evaluate(HOSTING, history, as_of=MONDAY + minutes(90))
    assert case.priority == "critical"
    assert [piece.value.priority for piece in case.priorities.pieces] == ["major", "major", "critical"]
    assert case.scope is not None and case.scope["scope"] == "covered"
    assert [cycle.result for cycle in case.clock("reaction").cycles] == ["superseded", "open"]
    assert case.clock("reaction").due_at == MONDAY + minutes(180)
    assert case.plan is not None
    assert [(one.person, one.ladder) for one in case.plan.notifications if one.at <= case.as_of] == [
        ("dan", "day"),
        ("elif", "day"),
        ("ada", "day"),  # the tenth week of the rotation begins on this Monday at nine
    ]


def test_any_order_of_the_events_gives_the_same_case() -> None:
    """G-7."""
    history = [
        sc.Opened("T", MONDAY, facts=MALFUNCTION),
        sc.Paused("T", MONDAY + minutes(10), reason="customer"),
        sc.CustomerReplied("T", MONDAY + minutes(30)),
        sc.AgentReplied("T", MONDAY + minutes(30)),
    ]
    as_of = MONDAY + minutes(45)
    expected = sc.evaluate(HOSTING, history, as_of=as_of)
    for events in itertools.permutations(history):
        case = sc.evaluate(HOSTING, events, as_of=as_of)
        assert case == expected
        assert case.plan == expected.plan


def test_later_events_do_not_count() -> None:
    """G-8."""
    opened = sc.Opened("T", MONDAY, facts=MALFUNCTION)
    solved = sc.Resolved("T", MONDAY + minutes(30))
    case = sc.evaluate(HOSTING, [opened, solved], as_of=MONDAY + minutes(29))
    assert case == sc.evaluate(HOSTING, [opened], as_of=MONDAY + minutes(29))


def test_events_recorded_later_do_not_count() -> None:
    """G-8."""
    opened = sc.Opened("T", MONDAY, facts=MALFUNCTION)
    answered = sc.AgentReplied("T", MONDAY + minutes(5), recorded=MONDAY + minutes(60))
    as_of = MONDAY + minutes(30)
    assert sc.evaluate(HOSTING, [opened, answered], as_of=as_of).clock("reaction").result == "met"
    then = sc.evaluate(HOSTING, [opened, answered], as_of=as_of, known_at=as_of)
    assert then.clock("reaction").result == "open"


def test_the_provisional_priority_holds_until_the_facts_are_known() -> None:
    """PRI-2."""
    opened = sc.Opened("T", MONDAY, facts={"contract": "managed"})
    case = sc.evaluate(HOSTING, [opened], as_of=MONDAY)
    assert case.priority == "major"
    assert case.priorities.at(MONDAY).provisional
    assert case.scope is None
    assert [finding.code for finding in case.findings] == ["case.scope-open"]


def test_an_override_holds_until_it_is_withdrawn() -> None:
    """PRI-2: beside it stands what would be derived."""
    history = [
        sc.Opened("T", MONDAY, facts=MALFUNCTION),
        sc.PriorityOverridden("T", MONDAY + minutes(10), priority="blocker", reason="the board meets", id="o1"),
        sc.Withdrawn("T", MONDAY + minutes(50), event="o1"),
    ]
    during = sc.evaluate(HOSTING, history, as_of=MONDAY + minutes(20))
    assert during.priority == "blocker"
    state = during.priorities.at(during.as_of)
    assert state.derived == "major" and state.override is not None and state.override.reason == "the board meets"
    assert sc.evaluate(HOSTING, history, as_of=MONDAY + minutes(50)).priority == "major"


def test_the_next_instant_is_the_first_of_clocks_and_ladder() -> None:
    """SLA-12."""
    case = sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts=MALFUNCTION)], as_of=MONDAY)
    assert case.next_instant == MONDAY + minutes(120)  # half of four hours
    solved = [sc.Opened("T", MONDAY, facts=MALFUNCTION), sc.Resolved("T", MONDAY), sc.Closed("T", MONDAY)]
    assert sc.evaluate(HOSTING, solved, as_of=MONDAY).next_instant is None


COPIES: dict[str, Callable[[sc.Case], sc.Case]] = {
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
    "pickle": lambda case: pickle.loads(pickle.dumps(case)),
}


@pytest.mark.parametrize("copied", COPIES.values(), ids=COPIES)
def test_a_case_with_a_computed_plan_equals_a_fresh_one_and_its_copies(copied: Callable[[sc.Case], sc.Case]) -> None:
    case, fresh = (sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts=MALFUNCTION)], as_of=MONDAY) for _ in range(2))
    assert case.next_instant is not None and case.plan is case.plan
    assert copied(case) == case == fresh and hash(copied(case)) == hash(case) == hash(fresh)
    assert copied(case).plan == case.plan and copied(case).next_instant == case.next_instant


def test_a_computed_plan_stays_with_its_own_case() -> None:
    case = sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts=MALFUNCTION)], as_of=MONDAY)
    assert case.next_instant == MONDAY + minutes(120)
    assert evolve(case, as_of=MONDAY + minutes(121)).next_instant == MONDAY + minutes(192)  # 80 % of four hours


@pytest.mark.parametrize("name", ["as_of", "plan", "another"])
def test_a_case_cannot_be_changed(name: str) -> None:
    case = sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts=MALFUNCTION)], as_of=MONDAY)
    with pytest.raises(FrozenInstanceError):
        setattr(case, name, None)
    with pytest.raises(FrozenInstanceError):
        delattr(case, name)


def test_results_are_in_the_zone_of_as_of() -> None:
    """G-2."""
    opened = sc.Opened("T", MONDAY, facts=MALFUNCTION)
    case = sc.evaluate(HOSTING, [opened], as_of=MONDAY.astimezone(UTC))
    due = case.clock("reaction").due_at
    assert due is not None and due.tzinfo is UTC
    assert case.next_instant is not None and case.next_instant.tzinfo is UTC


def test_customer_and_channel_are_facts_where_the_vocabulary_has_them() -> None:
    text = sc.example("hosting").read_text(encoding="utf-8")
    concept = sc.loads(
        text.replace("[scales]", 'channel = "mail | phone"\ncustomer = "acme | zeta, may be missing"\n\n[scales]')
    )
    opened = sc.Opened("T", MONDAY, facts=MALFUNCTION, channel="mail", customer="acme")
    case = sc.evaluate(concept, [opened], as_of=MONDAY)
    assert case.facts.at(MONDAY)["channel"] == "mail"
    assert case.facts.at(MONDAY)["customer"] == "acme"
    with pytest.raises(sc.FactError, match="`fax` is not a member of `channel`"):
        sc.evaluate(concept, [sc.Opened("T", MONDAY, facts=MALFUNCTION, channel="fax")], as_of=MONDAY)


def test_all_facts_outside_the_vocabulary_are_reported_together() -> None:
    facts = {**MALFUNCTION, "impact": "a taem", "colour": "red"}
    with pytest.raises(sc.FactError) as caught:
        sc.evaluate(HOSTING, [sc.Opened("T-9", MONDAY, facts=facts, id="e1")], as_of=MONDAY)
    words = str(caught.value)
    assert words.startswith("ticket `T-9`: ")
    assert "`a taem` is not a member of `impact` (one user, a team, the whole site); did you mean `a team`?" in words
    assert "`colour` is not a fact here" in words
    assert "(event `e1`)" in words


def test_an_overridden_priority_outside_the_scale_is_refused_with_its_event() -> None:
    wrong = sc.PriorityOverridden("T", MONDAY + minutes(5), priority="urgent", reason="they insist", id="by-hand")
    with pytest.raises(sc.FactError) as caught:
        sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts=MALFUNCTION), wrong], as_of=MONDAY + minutes(10))
    assert str(caught.value) == (
        "ticket `T`: `urgent` is not a member of `priority` (minor, major, critical, blocker) (event `by-hand`)"
    )


def test_values_other_than_concepts_and_directories_are_refused() -> None:
    history = [sc.Opened("T", MONDAY, facts=MALFUNCTION)]
    editions: Any = sc.Editions("hosting", {date(2026, 1, 1): "hosting"}, pin="opening", tz="Europe/Berlin")
    for given in ("hosting", editions):
        with pytest.raises(sc.DefinitionError) as caught:
            sc.evaluate(given, history, as_of=MONDAY)
        assert str(caught.value) == (
            "`hosting` is not a service concept; load it with `load`, or give `Editions` of concepts"
        )
    people: Any = "people"
    with pytest.raises(sc.DefinitionError) as caught:
        sc.evaluate(HOSTING, history, as_of=MONDAY, directory=people)
    assert str(caught.value) == ("`directory` is `people`; expected a `Directory` such as `concept.directory`")


def test_a_fact_that_the_targets_need_must_be_known() -> None:
    """G-11."""
    with pytest.raises(sc.MissingFactError, match="contract"):
        sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts={"kind": "outage"})], as_of=MONDAY)


def test_a_ticket_outside_the_time_of_the_concept_is_a_finding() -> None:
    early = datetime(2025, 12, 31, 23, 59, tzinfo=BERLIN)
    case = sc.evaluate(HOSTING, [sc.Opened("T", early, facts=MALFUNCTION)], as_of=early)
    assert [(finding.code, finding.severity) for finding in case.findings] == [("case.validity", "warning")]
    late = datetime(2028, 1, 1, tzinfo=BERLIN)
    case = sc.evaluate(HOSTING, [sc.Opened("T", late, facts=MALFUNCTION)], as_of=late)
    assert [finding.code for finding in case.findings] == ["case.validity"]


def test_a_ticket_has_no_case_before_its_first_event() -> None:
    with pytest.raises(sc.HistoryError, match="the ticket has no event as of"):
        sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts=MALFUNCTION)], as_of=MONDAY - minutes(1))


def test_a_holiday_declared_late_moves_tickets_whose_priority_is_derived() -> None:
    """SLA-1: the clocks of the case are those of the facts that it knows, and so are the questions what if."""
    office = HOSTING.calendars["office"]
    late = sc.HolidayCalendar({date(2026, 3, 10): "declared late"})
    closed = sc.BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "09:00-18:00"}, holidays=late)
    facts = {**MALFUNCTION, "contract": "standard"}
    histories = [[sc.Opened(name, at, facts=facts)] for name, at in [("T", MONDAY), ("U", MONDAY + timedelta(days=7))]]
    now = MONDAY + minutes(60)

    def known(history: sc.History) -> Timeline[Facts]:
        return sc.evaluate(HOSTING, history, as_of=now).known

    changes = impact(HOSTING.agreements, office, closed, histories, facts=known, as_of=now)
    assert [(one.ticket, one.metric, one.what, one.after) for one in changes] == [
        ("T", "resolution", "due_at", datetime(2026, 3, 16, 18, tzinfo=BERLIN)),
    ]
    case = sc.evaluate(HOSTING, histories[0], as_of=now)
    again = run_clocks(histories[0], HOSTING.agreements, facts=case.known, as_of=now)
    assert {key: clock.due_at for key, clock in again.items()} == {
        key: clock.due_at for key, clock in case.clocks.items()
    }


def test_an_unknown_clock_is_refused_with_the_nearest() -> None:
    case = sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts=MALFUNCTION)], as_of=MONDAY)
    with pytest.raises(sc.UnknownNameError) as caught:
        case.clock("raction")
    assert str(caught.value) == (
        "`raction` is not a metric of the concept; expected one of `reaction`, `resolution`; did you mean `reaction`?"
    )


def test_another_directory_can_be_given() -> None:
    people = sc.Directory()
    case = sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts=MALFUNCTION)], as_of=MONDAY, directory=people)
    assert case.directory == people
    with pytest.raises(sc.DefinitionError, match=r"`duty\.primary` is not a duty, person or role"):
        _ = case.plan


def test_a_ladder_ignores_a_reaction_before_its_start() -> None:
    """ESC-1: the share was crossed at 13:12, the reaction came at 13:30, the ladder begins at 20:00."""
    start = datetime(2026, 3, 12, 10, tzinfo=BERLIN)
    history = [
        sc.Opened("T", start, facts=MALFUNCTION),
        sc.ReceiptConfirmed("T", start + minutes(210)),
        sc.PriorityOverridden(
            "T", start + minutes(600), priority="critical", reason="the customer's launch is tonight"
        ),
    ]
    case = sc.evaluate(HOSTING, history, as_of=start + minutes(601))
    assert case.plan is not None
    past = [(one.ladder, one.effect) for one in case.plan.notifications if one.at <= case.as_of]
    assert past == [("ordinary", "inform"), ("night", "page")]


@pytest.mark.seed("B8")
@pytest.mark.parametrize(
    ("kind", "cause", "to"),
    [
        ("new module", "not known yet", "sales"),
        ("in-house work", "not known yet", "development"),
        ("project work", "not known yet", "project lead"),
        ("fault", "development defect", "development"),
    ],
)
def test_what_is_not_support_is_refused_and_sent_on(kind: str, cause: str, to: str) -> None:
    facts = {"kind": kind, "usage": "core", "crash": False, "workaround": False, "cause": cause, "contract": "premium"}
    case = sc.evaluate(MITTELSTAND, [sc.Opened("T", MONDAY, facts=facts)], as_of=MONDAY)
    assert case.scope is not None
    assert (case.scope["scope"], case.scope["send to"]) == ("refuse", to)


@pytest.mark.seed("A7")
def test_what_must_be_fixed_by_the_next_release_is_due_with_it() -> None:
    """SLA-5: a day alone is meant until its end, and waiting for the customer does not move it."""
    facts = {"kind": "fault", "usage": "rare", "crash": True, "workaround": True, "cause": "our software"}
    history = [
        sc.Opened("T", MONDAY, facts={**facts, "contract": "basic"}),
        sc.Paused("T", MONDAY + minutes(60), reason="customer"),
    ]
    case = sc.evaluate(MITTELSTAND, history, as_of=MONDAY + timedelta(days=3))
    assert case.priority == "major"
    assert case.clock("resolution").due_at == datetime(2026, 5, 1, tzinfo=BERLIN)
    assert "vorgesehener Termin: „2026.1“" in case.explain()


def test_a_repeated_report_raises_and_is_explained() -> None:
    """PRI-3."""
    facts = {"kind": "question", "usage": "rare", "crash": False, "workaround": True, "contract": "basic"}
    history = [
        sc.Opened("T", MONDAY, facts=facts),
        sc.FactsChanged("T", MONDAY + minutes(60), facts={"contacts": 3}),
    ]
    case = sc.evaluate(MITTELSTAND, history, as_of=MONDAY + minutes(90))
    assert case.priority == "major"
    assert "„wiederholte Meldung“ hebt die Priorität von minor auf major" in case.explain()


@pytest.mark.seed("B14")
def test_an_acknowledgement_counts_as_reaction() -> None:
    facts = {"kind": "question", "usage": "rare", "crash": False, "workaround": True, "cause": "not known yet"}
    history = [
        sc.Opened("T", MONDAY, facts={**facts, "contract": "basic"}),
        sc.ReceiptConfirmed("T", MONDAY + minutes(7), by="bot"),
    ]
    case = sc.evaluate(MITTELSTAND, history, as_of=MONDAY + minutes(30))
    assert case.scope is not None and case.scope["scope"] == "covered"
    assert case.clock("reaction").result == "met"
    assert case.clock("reaction").elapsed == minutes(7)


@pytest.mark.seed("B15")
@pytest.mark.parametrize(
    ("kind", "cause", "scope"),
    [
        ("change request", "not known yet", "billable"),
        ("fault", "operating error", "billable"),
        ("fault", "third party", "needs agreement"),
        ("fault", "our software", "covered"),
    ],
)
def test_what_the_contract_does_not_include(kind: str, cause: str, scope: str) -> None:
    facts = {"kind": kind, "usage": "core", "crash": False, "workaround": False, "cause": cause, "contract": "basic"}
    case = sc.evaluate(MITTELSTAND, [sc.Opened("T", MONDAY, facts=facts)], as_of=MONDAY)
    assert case.scope is not None and case.scope["scope"] == scope


@pytest.mark.seed("D3")
def test_half_an_hour_after_the_first_the_second_on_call_is_paged() -> None:
    night = datetime(2026, 3, 9, 2, tzinfo=BERLIN)
    facts = {
        **MALFUNCTION,
        "kind": "outage",
        "impact": "the whole site",
        "business": "critical",
        "source": "monitoring",
    }
    case = sc.evaluate(HOSTING, [sc.Opened("T", night, facts=facts)], as_of=night + minutes(45))
    assert case.plan is not None
    pages = [(one.person, one.at - night, one.channel) for one in case.plan.notifications if one.at <= case.as_of]
    assert pages == [("cleo", minutes(0), "pager"), ("ada", minutes(30), "pager")]
    reaction = case.clock("reaction")
    assert reaction.due_at is not None and night + minutes(30) < reaction.due_at


@pytest.mark.seed("D2")
@pytest.mark.parametrize("hour", [3, 12, 20])
def test_people_on_call_are_notified_of_outages_by_day_too(hour: int) -> None:
    start = datetime(2026, 3, 10, hour, tzinfo=BERLIN)
    facts = {
        **MALFUNCTION,
        "kind": "outage",
        "impact": "the whole site",
        "business": "critical",
        "source": "monitoring",
    }
    case = sc.evaluate(HOSTING, [sc.Opened("T", start, facts=facts)], as_of=start + minutes(31))
    assert case.plan is not None
    assert "duty.primary" in {one.to for one in case.plan.notifications}


@pytest.mark.seed("D6")
@pytest.mark.parametrize(
    ("facts", "priority"),
    [
        ({"kind": "outage", "impact": "the whole site", "business": "critical"}, "blocker"),
        ({"kind": "outage", "impact": "a team", "business": "important"}, "critical"),
        ({"kind": "malfunction", "impact": "a team", "business": "important"}, "major"),
        ({"kind": "question", "impact": "one user", "business": "side function"}, "minor"),
    ],
)
def test_four_priorities_from_business_critical_to_low(facts: dict[str, str], priority: str) -> None:
    case = sc.evaluate(HOSTING, [sc.Opened("T", MONDAY, facts={**MALFUNCTION, **facts})], as_of=MONDAY)
    assert case.priority == priority


def yearly(pin: str) -> sc.Editions[sc.ServiceConcept]:
    """The hosting concept until Tuesday, then one without ladders, called by another name."""
    second = evolve(HOSTING, name="second edition", ladders=None)
    return sc.Editions("hosting", {date(2026, 1, 1): HOSTING, date(2026, 3, 10): second}, pin=pin, tz="Europe/Berlin")


def test_a_ticket_follows_the_edition_in_force_at_its_opening() -> None:
    """G-12."""
    early, late = (
        sc.evaluate(yearly("opening"), [sc.Opened("T", start, facts=MALFUNCTION)], as_of=MONDAY + timedelta(days=2))
        for start in (MONDAY, MONDAY + timedelta(days=1))
    )
    assert (early.concept.name, late.concept.name) == (HOSTING.name, "second edition")
    assert early.plan is not None and late.plan is None
    assert "under the service concept “second edition”" in late.explain("en")
    replied = sc.evaluate(yearly("opening"), [sc.CustomerReplied("T", MONDAY)], as_of=MONDAY + timedelta(days=2))
    assert replied.concept.name == HOSTING.name


def test_a_concept_from_before_the_first_edition_or_with_another_pin_is_an_error() -> None:
    long_ago = datetime(2025, 12, 31, 12, tzinfo=BERLIN)
    opened = sc.Opened("T", long_ago, facts=MALFUNCTION)
    with pytest.raises(sc.NoDecisionError, match="no edition of `hosting` is in force at `2025-12-31T11:00:00"):
        sc.evaluate(yearly("opening"), [opened], as_of=MONDAY)
    with pytest.raises(sc.NotBuiltError) as caught:
        sc.evaluate(yearly("latest"), [sc.Opened("T", MONDAY, facts=MALFUNCTION)], as_of=MONDAY)
    assert str(caught.value) == (
        "the concept `hosting` is pinned at `latest`, which this version does not support; pin it at `opening`, "
        "and use editions of its agreements for changes to running clocks"
    )
    report = sc.replay(yearly("opening"), [[opened], [sc.Opened("U", MONDAY, facts=MALFUNCTION)]], as_of=MONDAY)
    assert (report.concept, report.tickets, [failure.ticket for failure in report.failures]) == ("hosting", 2, ["T"])
