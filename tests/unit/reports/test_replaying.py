"""Many tickets replayed under a concept: nothing is dropped, everything counted, rows in order."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

import supportcore as sc
from supportcore.calendars import always_open
from supportcore.reports import Counted, report_of
from supportcore.sla import Agreement, Target, reaction

BERLIN = ZoneInfo("Europe/Berlin")
HOSTING = sc.load(sc.example("hosting"))
MONDAY = datetime(2026, 3, 9, 9, tzinfo=BERLIN)
FRIDAY = MONDAY + timedelta(days=4)
FACTS = {"kind": "outage", "impact": "a team", "business": "critical", "contract": "managed", "source": "customer"}
BLOCKER = {**FACTS, "impact": "the whole site"}
QUESTION = {**FACTS, "kind": "question", "contract": "standard"}


def hours(count: int) -> timedelta:
    return timedelta(hours=count)


def opened(ticket: str, *, at: datetime = MONDAY, facts: dict[str, str] = FACTS) -> sc.Opened:
    return sc.Opened(ticket, at, facts=facts)


def replayed(*histories: Sequence[sc.Event], as_of: datetime = FRIDAY) -> sc.Report:
    return sc.replay(HOSTING, histories, as_of=as_of)


def test_over_nothing_there_is_nothing_to_report() -> None:
    report = replayed()
    assert (report.concept, report.as_of, report.tickets) == ("Operations of Sample Hosting", FRIDAY, 0)
    assert report.attainment == report.breaches == report.escalations == report.failures == report.findings == ()


def test_a_ticket_that_is_not_there_yet_is_left_out() -> None:
    assert replayed([opened("T-1", at=FRIDAY + hours(1))]).tickets == 0
    assert replayed([opened("T-1", at=FRIDAY)]).tickets == 1


def test_a_history_without_events_is_left_out() -> None:
    assert replayed([], [opened("T-1")]).tickets == 1


def test_what_cannot_be_evaluated_is_listed_and_the_others_go_on() -> None:
    """G-9."""
    unknown = {**FACTS, "impact": "a taem"}
    report = replayed(
        [opened("T-1", facts={})], [opened("T-2")], [opened("T-3", facts=unknown)], [opened("T-4"), opened("T-5")]
    )
    assert report.tickets == 4
    assert [ticket for ticket, _ in report.failures] == ["T-1", "T-3", "T-4"]
    reasons = dict(report.failures)
    assert reasons["T-1"].startswith("table `targets`: fact contract: is missing")
    assert "did you mean `a team`?" in reasons["T-3"]
    assert reasons["T-4"].startswith("events of two tickets, `T-4` and `T-5`, in a history")
    assert {breach.ticket for breach in report.breaches} == {"T-2"}


def test_a_plan_that_cannot_be_made_is_a_failure_of_its_ticket() -> None:
    report = sc.replay(HOSTING, [[opened("T-1")]], as_of=FRIDAY, directory=sc.Directory())
    assert [ticket for ticket, _ in report.failures] == ["T-1"]
    assert "`duty.primary` is not a duty, person or role" in report.failures[0][1]


def test_progress_is_told_once_for_each_ticket_whatever_becomes_of_it() -> None:
    calls: list[int] = []
    histories = [[opened("T-1")], [opened("T-2", facts={})], [opened("T-3", at=FRIDAY + hours(1))]]
    sc.replay(HOSTING, histories, as_of=FRIDAY, progress=lambda: calls.append(1))
    assert len(calls) == 3


def test_a_naive_instant_is_refused_at_once() -> None:
    """G-2."""
    with pytest.raises(sc.NaiveDatetimeError, match="`as_of` `2026-03-13 09:00:00` has no time zone"):
        replayed(as_of=datetime(2026, 3, 13, 9))


def test_attainment_stands_by_metric_with_the_most_urgent_priority_first() -> None:
    """SLA-14."""
    report = replayed([opened("Q", facts=QUESTION)], [opened("B", facts=BLOCKER)], [opened("C")])
    assert [row.key for row in report.attainment] == [
        ("customer", "reaction", "blocker"),
        ("customer", "reaction", "critical"),
        ("customer", "reaction", "minor"),
        ("customer", "resolution", "blocker"),
        ("customer", "resolution", "critical"),
        ("customer", "resolution", "minor"),
    ]
    rows = {row.key: row for row in report.attainment}
    assert rows["customer", "reaction", "blocker"].missed == 1  # open, but past due
    assert rows["customer", "resolution", "minor"].not_applicable == 1  # no promise


def test_breaches_stand_with_the_longest_overrun_first() -> None:
    answered = sc.AgentReplied("T-1", MONDAY + hours(3))
    report = replayed([opened("T-1"), answered, sc.Resolved("T-1", MONDAY + hours(9))], [opened("T-2", facts=BLOCKER)])
    assert [(one.ticket, one.metric, one.overrun) for one in report.breaches] == [
        ("T-2", "reaction", hours(95)),
        ("T-2", "resolution", hours(92)),
        ("T-1", "reaction", hours(1)),
        ("T-1", "resolution", hours(1)),
    ]
    last = report.breaches[-1]
    assert (last.priority, last.cycle, last.breached_at) == ("critical", 1, MONDAY + hours(8))


def test_a_cycle_that_a_change_replaced_is_no_breach() -> None:
    raised = sc.FactsChanged("T-1", MONDAY + hours(5), facts={"impact": "the whole site"})
    solved = sc.Resolved("T-1", MONDAY + hours(6))
    report = replayed([opened("T-1"), sc.AgentReplied("T-1", MONDAY), raised, solved])
    assert report.breaches == ()


def test_only_what_was_told_by_then_counts_as_escalation() -> None:
    early = replayed([opened("T-1")], [opened("T-2")], as_of=MONDAY + timedelta(minutes=9))
    assert [(one.ladder, one.effect, one.to, one.notifications, one.tickets) for one in early.escalations] == [
        ("day", "page", "service delivery manager", 2, 2)
    ]
    later = replayed([opened("T-1")], [opened("T-2")], as_of=MONDAY + timedelta(minutes=10))
    assert [one.to for one in later.escalations] == ["service delivery manager", "service desk"]


def test_a_concept_without_ladders_escalates_nothing() -> None:
    report = sc.replay(evolve(HOSTING, ladders=None), [[opened("T-1")]], as_of=FRIDAY)
    assert report.escalations == ()


def test_findings_count_tickets_the_gravest_first() -> None:
    early = datetime(2025, 6, 2, 9, tzinfo=BERLIN)
    assert HOSTING.scope is not None
    concept = evolve(HOSTING, scope=evolve(HOSTING.scope, rules=HOSTING.scope.rules[:1]))
    histories = [[opened("T-1", at=early), sc.Resolved("T-1", early)], [opened("T-2"), sc.Resolved("T-2", MONDAY)]]
    report = sc.replay(concept, histories, as_of=FRIDAY)
    assert report.findings == (Counted("case.scope-gap", "error", 2), Counted("case.validity", "warning", 1))


def test_a_report_over_cases_that_were_evaluated_before() -> None:
    case = sc.evaluate(HOSTING, [opened("T-1")], as_of=FRIDAY)
    report = report_of(HOSTING, [case], as_of=FRIDAY)
    assert report == replayed([opened("T-1")])


def test_a_priority_that_no_promise_depends_on_is_that_of_the_case() -> None:
    plain = Agreement(
        "plain",
        always_open("UTC"),
        [reaction()],
        targets={"reaction": "1 h"},
        promises={"1 h": Target(hours(1))},
    )
    report = sc.replay(evolve(HOSTING, agreements=(plain,), ladders=None), [[opened("T-1")]], as_of=FRIDAY)
    assert [(one.priority, one.overrun) for one in report.breaches] == [("critical", hours(95))]


def test_two_agreements_that_measure_the_same_are_told_apart() -> None:
    """SLA-11, SLA-14."""
    (customer,) = HOSTING.every_agreement
    promises = {"reaction": "1 h"}
    internal = Agreement(
        "internal", always_open("UTC"), [reaction()], targets=promises, promises={"1 h": Target(hours(1))}
    )
    both = evolve(HOSTING, agreements=(customer, internal), ladders=None)
    report = sc.replay(both, [[opened("T-1")]], as_of=MONDAY + hours(3))
    assert [row.key for row in report.attainment] == [
        ("customer", "reaction", "critical"),
        ("customer", "resolution", "critical"),
        ("internal", "reaction", "critical"),
    ]
    assert [(one.agreement, one.metric, one.overrun) for one in report.breaches] == [
        ("internal", "reaction", hours(2)),
        ("customer", "reaction", hours(1)),
    ]


@pytest.mark.parametrize("given", [{"T-1": []}, [opened("T-1")], [["opened"]], [None]])
def test_what_is_no_list_of_histories_is_refused(given: object) -> None:
    with pytest.raises(sc.HistoryError, match=r"` is not the events of a ticket; give a list for each, as in"):
        sc.replay(HOSTING, given, as_of=FRIDAY)
