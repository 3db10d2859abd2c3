"""Compile a definition to spans of instants: hours on civil days, minus holidays (CAL-2, CAL-3)."""

from bisect import bisect_left
from calendar import isleap
from collections.abc import Iterable, Iterator
from datetime import date, timedelta, tzinfo
from itertools import cycle
from operator import sub
from typing import NamedTuple, NoReturn

from attrs import evolve, frozen

from supportcore.calendars.engine.cover import FIRST, FIRST_YEAR, LAST, LAST_YEAR, Cover, Mark, layered, outside_range
from supportcore.calendars.holidays.calendar import HolidayCalendar
from supportcore.calendars.spans import Span, clipped, common, merged, without
from supportcore.calendars.written.definition import Definition
from supportcore.calendars.written.hours import DayHours, Week
from supportcore.instants import DAY, datetime_of, midnights, wall, zone


class Special(NamedTuple):
    """A holiday, closure or exception: its kind, its name and its own hours."""

    kind: str
    name: str
    hours: DayHours


class _Days(NamedTuple):
    """Consecutive civil days of a zone: the first day and their beginnings, with two more at the end."""

    first: date
    starts: list[int]
    tz: tzinfo

    def indices(self) -> range:
        return range(len(self.starts) - 2)

    def has_day(self, index: int) -> bool:
        """Return whether the zone has this date; zones that crossed the date line skipped one."""
        return self.starts[index] < self.starts[index + 1]

    def weekday(self, index: int) -> int:
        return (self.first.weekday() + index) % 7

    def uneven(self) -> set[int]:
        """Return the days that do not have 24 hours and the days before them, whose hours may reach into them."""
        lengths = map(sub, self.starts[1:], self.starts)
        odd = [index for index, length in enumerate(lengths) if length != DAY]
        return {index - before for index in odd for before in (0, 1)}

    def instant(self, index: int, offset: int) -> int:
        """Return the instant of a wall time (G-5), by plain addition on days of 24 hours."""
        starts = self.starts
        if offset > DAY:
            index, offset = index + 1, offset - DAY
        if starts[index + 1] - starts[index] == DAY:
            return starts[index] + offset
        return wall(self.first + timedelta(days=index), offset, self.tz)


def cover_of(definition: Definition) -> Cover:
    """Return the cover of a definition."""
    tz = zone(definition.tz)
    days = definition.dates()
    compiler = _Civil(definition, tz)
    without_holidays = _Civil(evolve(definition, holidays=HolidayCalendar()), tz)
    first, last = _known_span(definition, tz)
    return Cover(
        spans=compiler.spans,
        marks=compiler.marks,
        refuse=compiler.refuse,
        at_most=without_holidays.spans,
        first=first,
        last=last,
        dated_from=max(FIRST, wall(_within(min(days)), 0, tz)) if days else LAST,
        dated_until=min(LAST, wall(_within(max(days)), DAY, tz)) if days else FIRST,
    )


def _within(day: date) -> date:
    """Return the day clipped to the years of all calendars: closed until 9999-12-31 is closed for good."""
    return min(max(day, date(FIRST_YEAR, 1, 1)), date(LAST_YEAR, 12, 31))


def _known_span(definition: Definition, tz: tzinfo) -> Span:
    if definition.holidays.years is None:
        return FIRST, LAST
    first, last = definition.holidays.years
    # The shift that starts on the last evening before the known years may start on a holiday.
    unsure = 1 if definition.holiday_scope == "shift" else 0
    start = wall(date(min(max(first, FIRST_YEAR), LAST_YEAR + 1), 1, 1 + unsure), 0, tz)
    end = wall(date(max(min(last, LAST_YEAR), FIRST_YEAR - 1), 12, 31), DAY, tz)
    return max(FIRST, start), min(LAST, end)


@frozen
class _Civil:
    """The compiler of one definition, as pure functions of a stretch `[a, b)`."""

    definition: Definition
    tz: tzinfo

    def refuse(self, instant: int) -> NoReturn:
        if FIRST <= instant < LAST:
            local = datetime_of(instant, self.tz)
            self.definition.holidays.must_know(local.year)
            self.definition.holidays.must_know(local.year - 1)
        outside_range(instant)

    def spans(self, a: int, b: int) -> list[Span]:
        """Return the open spans, merged and clipped to `[a, b)`."""
        definition = self.definition
        all_day = all(day.spans == ((0, DAY),) for day in definition.week)
        if all_day and not definition.yearly and not definition.dates():
            return [(a, b)]
        days = self._days(a, b)
        open_spans, _ = self._before_breaks(days, self._specials(days))
        return clipped(without(open_spans, self._breaks(days)), a, b)

    def marks(self, a: int, b: int) -> list[Mark]:
        """Return the sorted, disjoint marks that overlap `[a, b)`."""
        days = self._days(a, b)
        specials = self._specials(days)
        open_spans, dropped = self._before_breaks(days, specials)
        breaks = [
            Mark(start, end, "break", self.definition.breaks[day].note)
            for index, day in self._dated(days, self.definition.breaks)
            for start, end in common(merged(self._on(days, index, self.definition.breaks[day])), open_spans)
        ]
        whole_days = [
            Mark(days.starts[index], days.starts[index + 1], special.kind, special.name)
            for index, special in sorted(specials.items())
        ]
        return layered([breaks, whole_days, dropped], a, b)

    def _days(self, a: int, b: int) -> _Days:
        # Hours reach into the next day, and the days at the ends may begin hours off.
        first = datetime_of(a, self.tz).date() - timedelta(days=2)
        count = (datetime_of(b, self.tz).date() - first).days + 3
        return _Days(first, midnights(first, count + 2, self.tz), self.tz)

    def _dated(self, days: _Days, dated: Iterable[date]) -> Iterator[tuple[int, date]]:
        """Yield those of the sorted dates that are among the days, each with its index."""
        given = list(dated)
        final = days.first + timedelta(days=len(days.indices()))
        for day in given[bisect_left(given, days.first) : bisect_left(given, final)]:
            index = (day - days.first).days
            if days.has_day(index):
                yield index, day

    def _specials(self, days: _Days) -> dict[int, Special]:
        """Return the special days by index; later assignments replace earlier ones, by precedence (CAL-1)."""
        definition = self.definition
        found: dict[int, Special] = {}
        names = definition.holidays.dates
        for index, day in self._dated(days, names):
            found[index] = Special("holiday", names[day], DayHours())
        final = len(days.indices())
        for closure in reversed(definition.closures):
            start, end = (closure.first - days.first).days, (closure.last - days.first).days + 1
            for index in range(max(start, 0), min(end, final)):
                found[index] = Special("closure", closure.name, DayHours())
        last_year = (days.first + timedelta(days=final)).year
        for (month, day_of_month), hours in definition.yearly.items():
            for year in range(days.first.year, last_year + 1):
                if (month, day_of_month) != (2, 29) or isleap(year):
                    for index, _ in self._dated(days, [date(year, month, day_of_month)]):
                        found[index] = Special("exception", hours.note, hours)
        for index, day in self._dated(days, definition.exceptions):
            hours = definition.exceptions[day]
            found[index] = Special("exception", hours.note, hours)
        return {index: special for index, special in found.items() if days.has_day(index)}

    def _on(self, days: _Days, index: int, hours: DayHours) -> list[Span]:
        return [(days.instant(index, start), days.instant(index, end)) for start, end in hours.spans]

    def _before_breaks(self, days: _Days, specials: dict[int, Special]) -> tuple[list[Span], list[Mark]]:
        """Return the open spans without regard to breaks, and the shifts that were dropped whole (CAL-3)."""
        by_shift = self.definition.holiday_scope == "shift"
        ordinary = merged(self._ordinary(days, set(specials) if by_shift else set()))
        own = [span for index, special in specials.items() for span in self._on(days, index, special.hours)]
        if by_shift:
            dropped = [
                Mark(start, end, special.kind, special.name)
                for index, special in sorted(specials.items())
                for start, end in self._on(days, index, self._week_on(days.first + timedelta(days=index)))
            ]
            return merged([*ordinary, *own]), dropped
        taken = merged((days.starts[index], days.starts[index + 1]) for index in specials)
        rest = without(ordinary, taken)
        return merged([*rest, *own]) if own else rest, []

    def _week_on(self, day: date) -> DayHours:
        week = self.definition.week
        for season in self.definition.seasons:
            if season.start <= day:
                week = season.week
        return week[day.weekday()]

    def _ordinary(self, days: _Days, left_out: set[int]) -> list[Span]:
        """Return the weekly hours of every day except the days left out, special days included."""
        spans: list[Span] = []
        for first, last, week in self._weeks(days):
            plain = first
            for index in sorted(days.uneven() | left_out):
                if first <= index < last:
                    spans += _even(days, plain, index, week)
                    plain = index + 1
                    if index not in left_out and days.has_day(index):
                        spans += self._on(days, index, week[days.weekday(index)])
            spans += _even(days, plain, last, week)
        return spans

    def _weeks(self, days: _Days) -> Iterator[tuple[int, int, Week]]:
        """Yield the weekly hours with the first day and the day after the last to which they apply."""
        begun, week = 0, self.definition.week
        for season in self.definition.seasons:
            start = min((season.start - days.first).days, len(days.indices()))
            if start > begun:
                yield begun, start, week
                begun = start
            week = season.week
        yield begun, len(days.indices()), week

    def _breaks(self, days: _Days) -> list[Span]:
        breaks = self.definition.breaks
        return merged(span for index, day in self._dated(days, breaks) for span in self._on(days, index, breaks[day]))


def _even(days: _Days, first: int, last: int, week: Week) -> list[Span]:
    """Return the weekly hours of days of 24 hours, by plain addition."""
    hours = [week[days.weekday(first + ahead)].spans for ahead in range(7)]
    return [
        (begin + start, begin + end)
        for begin, spans in zip(days.starts[first:last], cycle(hours), strict=False)
        for start, end in spans
    ]
