"""Attainment of promises (SLA-14)."""

from datetime import timedelta
from fractions import Fraction

import pytest

from supportcore.errors import DefinitionError
from supportcore.instants import HOUR
from supportcore.reports import Attained, attainment, wilson
from supportcore.sla import Agreement, Clocks, Metric, On, run_clocks
from supportcore.tickets import AgentReplied, Cancelled, Event, Merged, Opened, Reopened, Resolved
from tests.unit.sla.desk import GOLD, OFFICE, PROMISES, at, opened


def ticket(name: str, priority: str, *events: tuple[type[Event], int, int]) -> Clocks:
    """The clocks of a ticket opened on Monday at nine, as of Wednesday at noon."""
    made = [kind(name, at(day, hour)) for kind, day, hour in events]
    return run_clocks([Opened(name, at(5, 9), facts={"priority": priority}), *made], [GOLD], as_of=at(7, 12))


DESK = [
    ticket("A", "critical", (AgentReplied, 5, 10), (Resolved, 5, 12)),
    ticket("B", "critical", (AgentReplied, 5, 11), (Resolved, 5, 16)),
    ticket("C", "critical", (AgentReplied, 5, 10)),
    ticket("D", "major", (AgentReplied, 5, 10)),
    ticket("E", "minor", (AgentReplied, 5, 10), (Resolved, 7, 10)),
    ticket("F", "major", (Cancelled, 5, 10)),
    ticket("G", "critical", (Resolved, 5, 16), (Reopened, 7, 8), (Resolved, 7, 9)),
]


def counts(found: Attained) -> tuple[int, int, int, int]:
    return (found.met, found.missed, found.open, found.not_applicable)


def test_met_missed_open_and_not_applicable_by_metric_and_priority() -> None:
    found = {row.key: counts(row) for row in attainment(DESK, by=["metric", "priority"])}
    assert found == {
        ("reaction", "critical"): (2, 2, 0, 0),
        ("reaction", "major"): (1, 0, 0, 1),
        ("reaction", "minor"): (1, 0, 0, 0),
        # C is open past its target; the reopened cycle of G counts.
        ("resolution", "critical"): (2, 2, 0, 0),
        ("resolution", "major"): (0, 0, 1, 1),
        ("resolution", "minor"): (0, 0, 0, 1),
    }


def test_a_function_may_group() -> None:
    (found,) = attainment(DESK[:1], by=[lambda clock, cycle: clock.ticket])
    assert (found.key, counts(found)) == (("A",), (2, 0, 0, 0))
    assert found.worst is not None
    assert (found.worst.overrun, found.worst.used) == (0, 3 * HOUR)


def test_a_function_with_an_unhashable_result_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        attainment(DESK, by=lambda clock, cycle: [clock.ticket])
    assert str(caught.value) == (
        "a function in `by` returns `(['A'],)`, which cannot be the key of a group; expected a text, a number or a date"
    )


def test_groups_are_in_the_order_of_their_keys() -> None:
    keys = dict(zip("ABCDEF", [2, 10, 9, None, "b", "a"], strict=True))
    found = attainment(DESK[:6], by=lambda clock, cycle: keys[clock.ticket])
    assert [row.key for row in found] == [(2,), (9,), (10,), ("a",), ("b",), (None,)]


def test_the_default_groups_are_agreement_and_metric() -> None:
    assert [row.key for row in attainment(DESK)] == [("gold", "reaction"), ("gold", "resolution")]
    assert attainment([]) == ()


def test_share_percentiles_and_worst() -> None:
    (_, found) = attainment(DESK)
    assert (found.share, found.judged) == (Fraction(1, 2), 4)
    assert found.percentile(50) == timedelta(hours=3)
    assert found.percentile(100) == timedelta(hours=10)
    assert found.worst is not None
    assert (found.worst.ticket, found.worst.used, found.worst.overrun) == ("C", 12 * HOUR, 8 * HOUR)
    with pytest.raises(DefinitionError, match="a percentile of `0`; expected a whole number from 1 to 100"):
        found.percentile(0)


def test_without_judged_cycles_there_is_no_share() -> None:
    (_, found) = attainment([ticket("D", "major")])
    assert (found.open, found.share, found.interval, found.percentile(50)) == (1, None, None, None)


def test_the_wilson_interval() -> None:
    low, high = wilson(81, 263)  # the worked example of Newcombe (1998)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 5)[0] == 0.0
    assert wilson(5, 5)[1] == 1.0
    found = attainment(DESK)[1].interval
    assert found is not None
    assert found == wilson(2, 4)


WILSON = "expected whole numbers, at least one judged and no more met than judged"


@pytest.mark.parametrize(
    ("met", "judged", "confidence", "words"),
    [
        (1, 0, Fraction(1, 2), f"`1` met of `0` judged; {WILSON}"),
        (0, 0, Fraction(1, 2), f"`0` met of `0` judged; {WILSON}"),
        (1, 2, Fraction(1), "a confidence of `1`; expected more than 0 and less than 1"),
    ],
)
def test_impossible_shares_and_confidences_are_refused(met: int, judged: int, confidence: Fraction, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        wilson(met, judged, confidence)
    assert str(caught.value) == words


def test_an_unknown_grouping_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        attainment(DESK, by=["prioity"])
    assert str(caught.value) == (
        "`prioity` is not a grouping; expected one of `agreement`, `edition`, `metric`, `priority`, `promise`, "
        "`hours`, or a function of a clock and its cycle; did you mean `priority`?"
    )


def test_each_cycle_begun_by_a_reset_counts() -> None:
    update = Metric("update", start=On(Opened), reset=On(AgentReplied), stop=On(Resolved))
    agreement = Agreement("gold", OFFICE, [update], targets={"update": "1 h"}, promises=PROMISES)
    events = [
        Opened("T", at(5, 9)),
        AgentReplied("T", at(5, 10)),
        AgentReplied("T", at(5, 12)),
        Resolved("T", at(5, 12, 30)),
    ]
    (found,) = attainment([run_clocks(events, [agreement], as_of=at(7, 12))])
    assert counts(found) == (2, 1, 0, 0)


def test_sla_7_a_merged_ticket_is_not_judged() -> None:
    events: list[Event] = [opened(5, 9, priority="critical"), Merged("T", at(5, 16), into="U")]
    (reactions, _) = attainment([run_clocks(events, [GOLD], as_of=at(9))])
    assert (counts(reactions), reactions.judged, reactions.lengths) == ((0, 0, 0, 1), 0, ())
