"""Replays of many tickets: the numbers and the order of the rows."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve

import supportcore as sc
from supportcore.calendars import always_open
from supportcore.reports import FindingCount, report_of
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


def test_a_report_without_tickets_is_empty() -> None:
    report = replayed()
    assert (report.concept, report.as_of, report.tickets) == ("Operations of Sample Hosting", FRIDAY, 0)
    assert report.attainment == report.breaches == report.escalations == report.failures == report.findings == ()


def test_a_ticket_opened_later_is_skipped() -> None:
    assert replayed([opened("T-1", at=FRIDAY + hours(1))]).tickets == 0
    assert replayed([opened("T-1", at=FRIDAY)]).tickets == 1


def test_a_history_without_events_is_skipped() -> None:
    assert replayed([], [opened("T-1")]).tickets == 1


def test_a_ticket_that_cannot_be_evaluated_is_a_failure() -> None:
    """G-9."""
    unknown = {**FACTS, "impact": "a taem"}
    report = replayed(
        [opened("T-1", facts={})], [opened("T-2")], [opened("T-3", facts=unknown)], [opened("T-4"), opened("T-5")]
    )
    assert report.tickets == 4
    assert [failure.ticket for failure in report.failures] == ["T-1", "T-3", "T-4"]
    reasons = {failure.ticket: failure.reason for failure in report.failures}
    assert reasons["T-1"].startswith("table `targets`: fact contract: is missing")
    assert "did you mean `a team`?" in reasons["T-3"]
    assert reasons["T-4"].startswith("the history has events of two tickets, `T-4` and `T-5`")
    assert {breach.ticket for breach in report.breaches} == {"T-2"}


def test_a_ticket_without_a_possible_plan_is_a_failure() -> None:
    report = sc.replay(HOSTING, [[opened("T-1")]], as_of=FRIDAY, directory=sc.Directory())
    assert [failure.ticket for failure in report.failures] == ["T-1"]
    assert "`duty.primary` is not a duty, person or role" in report.failures[0].reason


def test_progress_is_called_once_for_each_ticket() -> None:
    calls: list[int] = []
    histories = [[opened("T-1")], [opened("T-2", facts={})], [opened("T-3", at=FRIDAY + hours(1))]]
    sc.replay(HOSTING, histories, as_of=FRIDAY, progress=lambda: calls.append(1))
    assert len(calls) == 3


def test_a_naive_instant_is_refused() -> None:
    """G-2."""
    with pytest.raises(sc.NaiveDatetimeError, match="`as_of` `2026-03-13 09:00:00` has no time zone"):
        replayed(as_of=datetime(2026, 3, 13, 9))


def test_attainment_is_ordered_by_metric_and_descending_priority() -> None:
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


def test_breaches_are_ordered_by_descending_overrun() -> None:
    answered = sc.AgentReplied("T-1", MONDAY + hours(3))
    report = replayed([opened("T-1"), answered, sc.Resolved("T-1", MONDAY + hours(9))], [opened("T-2", facts=BLOCKER)])
    assert [(breach.ticket, breach.metric, breach.overrun) for breach in report.breaches] == [
        ("T-2", "reaction", hours(95)),
        ("T-2", "resolution", hours(92)),
        ("T-1", "reaction", hours(1)),
        ("T-1", "resolution", hours(1)),
    ]
    last = report.breaches[-1]
    assert (last.priority, last.cycle, last.breached_at) == ("critical", 1, MONDAY + hours(8))


def test_a_superseded_cycle_is_no_breach() -> None:
    raised = sc.FactsChanged("T-1", MONDAY + hours(5), facts={"impact": "the whole site"})
    solved = sc.Resolved("T-1", MONDAY + hours(6))
    report = replayed([opened("T-1"), sc.AgentReplied("T-1", MONDAY), raised, solved])
    assert report.breaches == ()


def test_only_past_notifications_count_as_escalations() -> None:
    early = replayed([opened("T-1")], [opened("T-2")], as_of=MONDAY + timedelta(minutes=9))
    assert [(row.ladder, row.effect, row.to, row.notifications, row.tickets) for row in early.escalations] == [
        ("day", "page", "service delivery manager", 2, 2)
    ]
    later = replayed([opened("T-1")], [opened("T-2")], as_of=MONDAY + timedelta(minutes=10))
    assert [row.to for row in later.escalations] == ["service delivery manager", "service desk"]


def test_a_concept_without_ladders_has_no_escalations() -> None:
    report = sc.replay(evolve(HOSTING, ladders=None), [[opened("T-1")]], as_of=FRIDAY)
    assert report.escalations == ()


def test_findings_count_tickets_gravest_first() -> None:
    early = datetime(2025, 6, 2, 9, tzinfo=BERLIN)
    assert HOSTING.scope is not None
    concept = evolve(HOSTING, scope=evolve(HOSTING.scope, rules=HOSTING.scope.rules[:1]))
    histories = [[opened("T-1", at=early), sc.Resolved("T-1", early)], [opened("T-2"), sc.Resolved("T-2", MONDAY)]]
    report = sc.replay(concept, histories, as_of=FRIDAY)
    assert report.findings == (
        FindingCount("case.scope-gap", "error", 2),
        FindingCount("case.validity", "warning", 1),
    )


def test_a_report_of_evaluated_cases() -> None:
    case = sc.evaluate(HOSTING, [opened("T-1")], as_of=FRIDAY)
    report = report_of(HOSTING, [case], as_of=FRIDAY)
    assert report == replayed([opened("T-1")])


def test_a_breach_without_a_priority_has_that_of_the_case() -> None:
    plain = Agreement(
        "plain",
        always_open("UTC"),
        [reaction()],
        targets={"reaction": "1 h"},
        promises={"1 h": Target(hours(1))},
    )
    report = sc.replay(evolve(HOSTING, agreements=(plain,), ladders=None), [[opened("T-1")]], as_of=FRIDAY)
    assert [(breach.priority, breach.overrun) for breach in report.breaches] == [("critical", hours(95))]


def test_two_agreements_with_one_metric_have_their_own_rows() -> None:
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
    assert [(breach.agreement, breach.metric, breach.overrun) for breach in report.breaches] == [
        ("internal", "reaction", hours(2)),
        ("customer", "reaction", hours(1)),
    ]


@pytest.mark.parametrize("given", [{"T-1": []}, [opened("T-1")], [["opened"]], [None]])
def test_values_other_than_lists_of_events_are_refused(given: object) -> None:
    with pytest.raises(sc.HistoryError, match=r"` is not the events of a ticket; give a list for each ticket, as in"):
        sc.replay(HOSTING, given, as_of=FRIDAY)


def test_a_value_other_than_a_concept_is_refused_before_any_ticket_is_evaluated() -> None:
    with pytest.raises(sc.DefinitionError) as caught:
        sc.replay("hosting", [], as_of=FRIDAY)
    assert str(caught.value) == (
        "`hosting` is not a service concept; load it with `load`, or give `Editions` of concepts"
    )
