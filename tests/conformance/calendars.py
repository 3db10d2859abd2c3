"""Other systems' calendar cases, asked of supportcore: working_hours (Ruby), businesstimedelta, Business::Hours (Perl).

What each system means by its words is said here, once for each operation. Ruby answers in whole seconds, rounded; Perl
counts whole seconds with both ends; businesstimedelta combines rules of work, breaks and holidays.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import reduce
from pathlib import Path
from typing import Any

from supportcore import BusinessCalendar, HolidayCalendar, public_holidays
from supportcore.calendars import Calendar, CombinedCalendar, WorkingDays, deadline, has_hours, working_days
from tests.conformance.frame import CaseResult, Difference, judge

MOMENT = timedelta.resolution
SECOND = timedelta(seconds=1)
ALL_DAY = "00:00-24:00"

Case = Mapping[str, Any]

RUBY = "Intrepidd/working_hours spec/working_hours/computation_spec.rb"
BUSINESSTIMEDELTA = "seppemans/businesstimedelta businesstimedelta/test"
FIRST_MOVE = "the next working day after a closed one is the next, not the one after it"
MIDNIGHT = "a day ends at the next midnight, not a moment before it"

DIFFERENCES = {
    f"{RUBY}:38": Difference("CAL-8", "2014-04-09", FIRST_MOVE),
    f"{RUBY}:39": Difference("CAL-8", "2014-04-07", FIRST_MOVE),
    f"{RUBY}:51": Difference("CAL-8", "2014-04-10", FIRST_MOVE),
    f"{RUBY}:52": Difference("CAL-8", "2014-04-08", FIRST_MOVE),
    f"{RUBY}:365": Difference("G-4", "2014-04-08T00:00:00Z", MIDNIGHT),
    f"{RUBY}:369": Difference("G-4", "2014-04-08T00:00:00Z", MIDNIGHT),
    f"{RUBY}:373": Difference("G-4", "2014-04-08T00:00:00Z", MIDNIGHT),
    f"{RUBY}:378": Difference("G-4", "2014-04-08T00:00:00Z", MIDNIGHT),
    f"{RUBY}:788": Difference("CAL-2", 90_000, "the day of the autumn change has 25 hours"),
    f"{BUSINESSTIMEDELTA}/rules/rule_tests.py:56": Difference("CAL-1", {"seconds": 5.0}, "equal ends are 24 hours"),
}


def run(path: Path) -> list[CaseResult]:
    """All cases of one file."""
    adapter = ADAPTERS[path.name]
    return [adapter(case) for case in json.loads(path.read_text(encoding="utf-8"))]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text.removesuffix("(naive=UTC)")).astimezone(UTC)


def shown(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def spans_text(spans: Iterable[Iterable[str]]) -> str:
    return ", ".join("-".join(span) for span in spans)


def weekly(week: Mapping[str, Any]) -> dict[str, str]:
    return {day: spans_text(spans) for day, spans in week.items()}


def before(calendar: Calendar, moment: datetime) -> datetime:
    """The latest instant at or before this one that working time leads up to."""
    return calendar.subtract(moment, MOMENT) + MOMENT


# working_hours


def ruby(case: Case) -> CaseResult:
    given = case["calendar"]
    calendar = BusinessCalendar(
        tz=given["tz"],
        hours=weekly(given["weekly"]),
        holidays=HolidayCalendar({date.fromisoformat(day): "holiday" for day in given["holidays"]}),
        exceptions={day: spans_text(spans) for day, spans in given["date_overrides"].items()},
    )
    ask = RUBY_OPERATIONS[case["op"]]
    return judge(case["source"], case["expected"], lambda: ask(calendar, *case["inputs"]), DIFFERENCES)


def to_second(duration: timedelta) -> int:
    """Whole seconds, halves away from zero, as the system rounds."""
    half = timedelta(milliseconds=500)
    return (duration + half) // SECOND if duration >= timedelta() else -((half - duration) // SECOND)


def rounded(moment: datetime) -> str:
    return shown(moment.replace(microsecond=0) + SECOND * to_second(timedelta(microseconds=moment.microsecond)))


def add_days(calendar: BusinessCalendar, start: str, days: int) -> str:
    """Keeps the wall time even where it is closed then; a date alone stays a date."""
    form = WorkingDays(days, when_closed="keep")
    if "T" in start:
        return shown(deadline(calendar, instant(start), form))
    noon = datetime.fromisoformat(f"{start}T12:00").replace(tzinfo=calendar.zone)
    return deadline(calendar, noon, form).date().isoformat()


def add_time(unit: timedelta) -> Callable[[BusinessCalendar, str, float], str]:
    return lambda calendar, start, amount: rounded(calendar.add(instant(start), unit * amount))


def next_working_time(calendar: BusinessCalendar, start: str) -> str:
    moment = instant(start)
    closed = calendar.next_close(moment) if calendar.is_open(moment) else moment
    return shown(calendar.next_open(closed))


def working_days_between(calendar: BusinessCalendar, start: str, end: str) -> int:
    """The dates with hours after the first and until the last."""
    first, last = (date.fromisoformat(text[:10]) for text in (start, end))
    if first > last:
        return -working_days_between(calendar, end, start)
    return len(list(working_days(calendar, first + timedelta(days=1), last)))


RUBY_OPERATIONS: dict[str, Callable[..., object]] = {
    "add_days": add_days,
    "add_hours": add_time(timedelta(hours=1)),
    "add_minutes": add_time(timedelta(minutes=1)),
    "add_seconds": add_time(SECOND),
    "advance_to_working_time": lambda calendar, start: shown(calendar.next_open(instant(start))),
    "advance_to_closing_time": lambda calendar, start: shown(calendar.next_close(instant(start))),
    "next_working_time": next_working_time,
    "return_to_working_time": lambda calendar, start: shown(before(calendar, instant(start))),
    "working_day?": lambda calendar, day: has_hours(calendar, date.fromisoformat(day)),
    "in_working_hours?": lambda calendar, start: calendar.is_open(instant(start)),
    "working_days_between": working_days_between,
    "working_time_between": lambda calendar, start, end: to_second(calendar.between(instant(start), instant(end))),
}


# businesstimedelta


def businesstimedelta(case: Case) -> CaseResult:
    calendar = of_rules(case["calendar"]["rules"])
    ask = BUSINESSTIMEDELTA_OPERATIONS[case["op"]]
    expected = case["expected"]
    return judge(case["source"], expected, lambda: ask(calendar, case["inputs"], expected), DIFFERENCES)


def of_rules(rules: list[Case]) -> BusinessCalendar | CombinedCalendar:
    """Work, less breaks, less holidays; where there is no rule for work, the time that the one rule is about."""
    work = [of_rule(rule) for rule in rules if rule["kind"] == "work"]
    rest = [of_rule(rule) for rule in rules if rule["kind"] != "work"]
    if not work:
        return rest[0]
    joined = reduce(lambda left, right: left | right, work)
    return reduce(lambda left, right: left - right, rest, joined)


def of_rule(rule: Case) -> BusinessCalendar | CombinedCalendar:
    if rule["kind"] != "holidays":
        return BusinessCalendar(tz=rule["tz"], hours=weekly(rule["weekly"]))
    named = rule["holidays"]
    days: Iterable[date] = (
        public_holidays("US", subdiv="CA" if "CA" in named else None).dates
        if isinstance(named, str)
        else map(date.fromisoformat, named)
    )
    return BusinessCalendar(tz=rule["tz"], hours={}, exceptions=dict.fromkeys(days, ALL_DAY))


def next_interval(calendar: Calendar, inputs: Case, _: object) -> list[str]:
    opens = calendar.next_open(instant(inputs["time"]))
    return [shown(opens), shown(calendar.next_close(opens))]


def previous_interval(calendar: Calendar, inputs: Case, _: object) -> list[str]:
    end = before(calendar, instant(inputs["time"]))
    return [shown(calendar.previous_open(end - MOMENT)), shown(end)]


def duration_between(calendar: Calendar, inputs: Case, expected: Case) -> dict[str, float]:
    found = calendar.between(instant(inputs["start"]), instant(inputs["end"]))
    if "hours_component" in expected:
        return {"hours_component": found // timedelta(hours=1)}
    return {"seconds": found / SECOND}


BUSINESSTIMEDELTA_OPERATIONS: dict[str, Callable[..., object]] = {
    "add": lambda calendar, given, _: shown(calendar.add(instant(given["start"]), SECOND * given["seconds"])),
    "subtract": lambda calendar, given, _: shown(calendar.subtract(instant(given["start"]), SECOND * given["seconds"])),
    "between": duration_between,
    "next_interval": next_interval,
    "previous_interval": previous_interval,
}


# Business::Hours

LOCAL = "Europe/London"


def perl(case: Case) -> CaseResult:
    given = case["calendar"]
    yearly = {f"every {day}": "closed" for day in given["annual_holidays"]}
    calendar = BusinessCalendar(tz=LOCAL, hours=weekly(given["weekly"]), exceptions=yearly)
    ask = PERL_OPERATIONS[case["op"]]
    wanted = {key: value for key, value in case["expected"].items() if key != "note"}
    return judge(case["source"], wanted, lambda: ask(calendar, case["inputs"], wanted))


def local(calendar: BusinessCalendar, seconds: int) -> datetime:
    """Seconds after the local midnight at which 1970 began; the system's tests hold in any zone."""
    return datetime(1970, 1, 1, tzinfo=calendar.zone) + timedelta(seconds=seconds)


def counted(calendar: BusinessCalendar, start: datetime, end: datetime) -> dict[str, object]:
    """Whole seconds, the first and the last included."""
    return {"seconds": calendar.between(start, end + SECOND) // SECOND}


def add_then_count(calendar: BusinessCalendar, given: Case, _: object) -> dict[str, object]:
    start = local(calendar, given["start"])
    return counted(calendar, start, calendar.add(start, timedelta(seconds=given["seconds"])))


def parts_of(moment: datetime, wanted: Case) -> dict[str, object]:
    weekday = "mon tue wed thu fri sat sun".split()[moment.weekday()]
    parts = {"weekday": weekday, "time": moment.time().isoformat(), "date": moment.date().isoformat()}
    return {key: parts[key] for key in wanted}


def local_start(calendar: BusinessCalendar, given: Case) -> datetime:
    if "start_local" in given:
        return datetime.fromisoformat(given["start_local"]).replace(tzinfo=calendar.zone)
    first_sunday = local(calendar, 3 * 86_400)
    assert first_sunday.weekday() == 6, "1970 began on a Thursday"
    return first_sunday


PERL_OPERATIONS: dict[str, Callable[..., dict[str, object]]] = {
    "between_epoch_closed": lambda calendar, given, _: counted(
        calendar, local(calendar, given["start"]), local(calendar, given["end"])
    ),
    "add_then_count_closed": add_then_count,
    "next_open": lambda calendar, given, wanted: parts_of(calendar.next_open(local_start(calendar, given)), wanted),
    "add": lambda calendar, given, wanted: parts_of(
        calendar.add(local_start(calendar, given), timedelta(seconds=given["seconds"])), wanted
    ),
}

ADAPTERS: dict[str, Callable[[Case], CaseResult]] = {
    "cases_working_hours.json": ruby,
    "cases_businesstimedelta.json": businesstimedelta,
    "cases_business_hours_perl.json": perl,
}
