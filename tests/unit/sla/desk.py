"""The small desk that the tests of the clocks share: an office in Berlin, and promises by priority."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from supportcore.calendars import BusinessCalendar, HolidayCalendar, always_open
from supportcore.domains import Choice, Scale
from supportcore.rules import DecisionTable, Rule
from supportcore.sla import Agreement, Clock, Metric, Target, reaction, resolution, run_clocks
from supportcore.tickets import Event, Opened

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = BusinessCalendar(
    tz="Europe/Berlin",
    hours={"mon-fri": "08:00-17:00"},
    holidays=HolidayCalendar({date(2026, 1, 6): "Epiphany"}),
)
ALWAYS = always_open("UTC")

TABLE = DecisionTable(
    name="targets",
    hit="first",
    inputs=[Scale("priority", ["minor", "major", "critical"])],
    outputs=[Choice("reaction", ["1 h", "2 h"]), Choice("resolution", ["4 h", "16 h", "none"])],
    rules=[
        Rule({"priority": "critical"}, {"reaction": "1 h", "resolution": "4 h"}),
        Rule({"priority": "major"}, {"reaction": "2 h", "resolution": "16 h"}),
        Rule({}, {"reaction": "2 h", "resolution": "none"}),
    ],
)
PROMISES = {
    "1 h": Target(timedelta(hours=1)),
    "2 h": Target(timedelta(hours=2)),
    "4 h": Target(timedelta(hours=4)),
    "16 h": Target(timedelta(hours=16)),
    "none": Target(None),
}
GOLD = Agreement("gold", OFFICE, [reaction(), resolution()], targets=TABLE, promises=PROMISES, calendar_name="office")


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A wall time in January 2026 in Berlin: the 5th is a Monday, the 6th a holiday."""
    return datetime(2026, 1, day, hour, minute, tzinfo=BERLIN)


def opened(day: int = 5, hour: int = 9, minute: int = 0, priority: str = "major") -> Opened:
    """The opening of ticket T."""
    return Opened("T", at(day, hour, minute), facts={"priority": priority}, id="opened")


def clock_of(metric: Metric, events: list[Event], as_of: datetime, hours: float | None = 4) -> Clock:
    """The clock of one metric with one target in office hours."""
    target = Target(None if hours is None else timedelta(hours=hours))
    agreement = Agreement(
        "gold", OFFICE, [metric], targets={metric.name: "it"}, promises={"it": target}, calendar_name="office"
    )
    return run_clocks(events, [agreement], as_of=as_of)["gold", metric.name]
