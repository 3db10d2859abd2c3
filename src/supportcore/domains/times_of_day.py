"""The domain of times of day, in whole minutes from `00:00` up to `24:00`."""

import re
from datetime import time
from typing import ClassVar

from attrs import field, frozen

from supportcore.domains.members import checked_name
from supportcore.domains.quantities import check_bounds, outside, range_words, within
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, FactError

CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
LAST = time(23, 59)


def _is_whole_minute(value: object) -> bool:
    return type(value) is time and value.tzinfo is None and not value.second and not value.microsecond


@frozen
class TimeOfDay:
    """Times of day in whole minutes, without a zone: nothing lies between 17:59 and 18:00 (RUL-1).

    The day ends at `24:00`, which is no time of its own: a cell or declaration that ends at `24:00` reaches up to the
    last minute of the day.

    >>> at = TimeOfDay("at", None, TimeOfDay("at").parse("18:00"))
    >>> at.parse("9:00"), at.declaration()
    (datetime.time(9, 0), 'time of day .. 18:00')
    """

    kind: ClassVar[str] = "time of day"
    ordered: ClassVar[bool] = True

    name: str = field(converter=checked_name)
    lo: time | None = None
    hi: time | None = None
    optional: bool = field(default=False, kw_only=True)

    def __attrs_post_init__(self) -> None:
        for end in (self.lo, self.hi):
            if isinstance(end, time) and not _is_whole_minute(end):
                raise DefinitionError(f"`{end}` is no whole minute without a zone; the bounds of `{self.name}` are")
        check_bounds(self, (time,), "times of day")

    def problem(self, value: object) -> str | None:
        """Return what is wrong with a value, or `None`."""
        if type(value) is not time:
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes times of day"
        if value.tzinfo is not None:
            return f"`{value}` has a zone; `{self.name}` takes times of day without a zone"
        if not _is_whole_minute(value):
            return f"`{value}` has seconds; `{self.name}` takes whole minutes such as `{self.show(value)}`"
        return outside(self, value)

    def parse(self, text: str) -> time:
        """Parse a time of day such as `09:00`; raise `FactError` for any other text."""
        body = text.strip()
        found = CLOCK.fullmatch(body)
        try:
            value = time(int(found[1]), int(found[2]), int(found[3] or 0)) if found else None
        except ValueError:
            value = None
        if value is None:
            raise FactError(f"`{shown(body)}` is not a time of day; `{self.name}` takes times such as `09:00`")
        return within(self, value)

    def show(self, value: object) -> str:
        """Return the text that `parse` reads as this value."""
        return value.isoformat("minutes") if isinstance(value, time) else str(value)

    def declaration(self) -> str:
        """Return the domain as people declare it: `time of day 08:00 .. 18:00`."""
        if self.lo is None and self.hi is None:
            return "time of day" + (", may be missing" if self.optional else "")
        return f"time of day {range_words(self)}"
