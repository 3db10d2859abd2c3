"""How many promises were kept (SLA-14)."""

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
    found = {one.key: counts(one) for one in attainment(DESK, by=["metric", "priority"])}
    assert found == {
        ("reaction", "critical"): (2, 2, 0, 0),
        ("reaction", "major"): (1, 0, 0, 1),
        ("reaction", "minor"): (1, 0, 0, 0),
        # C is past its target while it is open; of G the reopened cycle counts
        ("resolution", "critical"): (2, 2, 0, 0),
        ("resolution", "major"): (0, 0, 1, 1),
        ("resolution", "minor"): (0, 0, 0, 1),
    }


def test_groups_may_be_made_by_a_function() -> None:
    (found,) = attainment(DESK[:1], by=[lambda clock, cycle: clock.ticket])
    assert (found.key, counts(found)) == (("A",), (2, 0, 0, 0))
    assert found.worst is not None
    assert (found.worst.overrun, found.worst.used) == (0, 3 * HOUR)


def test_a_function_that_names_no_group_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        attainment(DESK, by=lambda clock, cycle: [clock.ticket])
    assert str(caught.value) == (
        "a function in `by` answers `(['A'],)`; what names a group is accepted, such as a word, a number or a date"
    )


def test_groups_stand_in_the_order_of_their_keys() -> None:
    hours = [2, 10, 9, None, "b", "a"]
    asked = dict(zip("ABCDEF", hours, strict=True))
    found = attainment(DESK[:6], by=lambda clock, cycle: asked[clock.ticket])
    assert [one.key for one in found] == [(2,), (9,), (10,), ("a",), ("b",), (None,)]


def test_by_default_agreement_and_metric_make_the_group() -> None:
    assert [one.key for one in attainment(DESK)] == [("gold", "reaction"), ("gold", "resolution")]
    assert attainment([]) == ()


def test_share_percentiles_and_worst() -> None:
    (_, found) = attainment(DESK)
    assert (found.share, found.judged) == (Fraction(1, 2), 4)
    assert found.percentile(50) == timedelta(hours=3)
    assert found.percentile(100) == timedelta(hours=10)
    assert found.worst is not None
    assert (found.worst.ticket, found.worst.used, found.worst.overrun) == ("C", 12 * HOUR, 8 * HOUR)
    with pytest.raises(DefinitionError, match="a percentile of `0`; a whole number from 1 to 100 is accepted"):
        found.percentile(0)


def test_where_none_was_judged_there_is_no_share() -> None:
    (_, found) = attainment([ticket("D", "major")])
    assert (found.open, found.share, found.interval, found.percentile(50)) == (1, None, None, None)


def test_the_interval_after_wilson() -> None:
    low, high = wilson(81, 263)  # the worked example of Newcombe (1998)
    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)
    assert wilson(0, 5)[0] == 0.0
    assert wilson(5, 5)[1] == 1.0
    found = attainment(DESK)[1].interval
    assert found is not None
    assert found == wilson(2, 4)


WILSON = "whole numbers, at least one, and no more met than judged, are accepted"


@pytest.mark.parametrize(
    ("met", "judged", "confidence", "words"),
    [
        (1, 0, Fraction(1, 2), f"a share of `1` in `0`; {WILSON}"),
        (0, 0, Fraction(1, 2), f"a share of `0` in `0`; {WILSON}"),
        (1, 2, Fraction(1), "a confidence of `1`; more than 0 and less than 1 is accepted"),
    ],
)
def test_an_interval_of_nothing_is_refused(met: int, judged: int, confidence: Fraction, words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        wilson(met, judged, confidence)
    assert str(caught.value) == words


def test_a_grouping_that_is_not_known_is_refused() -> None:
    with pytest.raises(DefinitionError) as caught:
        attainment(DESK, by=["prioity"])
    assert str(caught.value) == (
        "`prioity` is nothing to group by; accepted are `agreement`, `edition`, `metric`, `priority`, `promise`, "
        "`hours` and functions of a clock and its cycle; did you mean `priority`?"
    )


def test_each_cycle_that_a_reset_began_counts() -> None:
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


def test_sla_7_a_merged_ticket_keeps_no_promise_and_breaks_none() -> None:
    events: list[Event] = [opened(5, 9, priority="critical"), Merged("T", at(5, 16), into="U")]
    (reactions, _) = attainment([run_clocks(events, [GOLD], as_of=at(9))])
    assert (counts(reactions), reactions.judged, reactions.lengths) == ((0, 0, 0, 1), 0, ())
