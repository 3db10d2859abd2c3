"""What a new cycle or priority drops of the previous state, each in the smallest plan that shows it."""

from datetime import timedelta
from fractions import Fraction

from supportcore.calendars import BusinessCalendar
from supportcore.escalation import Ladder, LadderPolicy, LadderRow, Percent, Step
from supportcore.instants import micros
from supportcore.tickets import Reopened, Resolved, Snoozed
from supportcore.timelines import Timeline
from tests.unit.escalation.test_plan import at, clock, planned, told

LATE = BusinessCalendar(tz="UTC", hours={"mon-sun": "21:00-22:00"})


def test_a_snooze_holds_nothing_after_a_reopening() -> None:
    events = [
        Snoozed("T-1", at(5), until=at(90)),
        Resolved("T-1", at(10)),
        Reopened("T-1", at(20)),
    ]
    assert told(planned(Ladder("one", [Step("ann")]), events, as_of=20)) == [
        (0, "page", "ann", ("snoozed", 5)),
        (20, "page", "ann", None),
    ]


def test_a_share_is_due_again_in_the_next_cycle() -> None:
    ladder = Ladder("one", [Step("ann", Percent("reaction", Fraction(1)))])
    events = [Resolved("T-1", at(10)), Reopened("T-1", at(20))]
    found = planned(ladder, events, clocks=clock((0, 5), (10, 15)), as_of=20)
    assert told(found) == [(5, "page", "ann", ("resolved", 10)), (20, "page", "ann", None)]


def test_after_a_raise_the_hours_of_the_new_priority_count() -> None:
    policy = LadderPolicy(
        [
            LadderRow(Ladder("late", [Step("bob")]), ["critical"], hours=LATE),
            LadderRow(Ladder("early", [Step("ann")]), ["critical"]),
            LadderRow(Ladder("weak", [Step("cem")]), ["minor"]),
        ]
    )
    priority = Timeline.of("minor", [(micros(at(10)), "critical", None)])
    assert told(planned(policy, priority=priority, as_of=10, horizon=timedelta(hours=1))) == [
        (0, "page", "cem", ("priority raised", 10)),
        (10, "page", "ann", ("hours changed", 60)),
        (60, "page", "bob", None),
    ]
