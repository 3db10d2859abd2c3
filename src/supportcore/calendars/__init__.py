"""Opening hours, holidays and exceptions, and exact working time between instants (CAL)."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.calendars.calendar import (
        BusinessCalendar as BusinessCalendar,
        always_open as always_open,
    )
    from supportcore.calendars.combined import (
        CombinedCalendar as CombinedCalendar,
    )
    from supportcore.calendars.deadlines import (
        By as By,
        DayForm as DayForm,
        EndOfWorkingDay as EndOfWorkingDay,
        WorkingDays as WorkingDays,
        deadline as deadline,
        deadline_micros as deadline_micros,
        has_hours as has_hours,
        working_days as working_days,
    )
    from supportcore.calendars.engine.compiled import (
        CompiledHours as CompiledHours,
    )
    from supportcore.calendars.engine.cover import (
        Verdict as Verdict,
    )
    from supportcore.calendars.formats.ical import (
        as_ical as as_ical,
    )
    from supportcore.calendars.formats.trees import (
        as_plain as as_plain,
        calendar_of as calendar_of,
    )
    from supportcore.calendars.holidays.calendar import (
        HolidayCalendar as HolidayCalendar,
        HolidaySource as HolidaySource,
    )
    from supportcore.calendars.holidays.frozen import (
        freeze as freeze,
        frozen_holidays as frozen_holidays,
    )
    from supportcore.calendars.holidays.public import (
        public_holidays as public_holidays,
    )
    from supportcore.calendars.protocol import (
        Calendar as Calendar,
        Stretch as Stretch,
    )
    from supportcore.calendars.written.definition import (
        Closure as Closure,
        Definition as Definition,
        Season as Season,
    )
    from supportcore.calendars.written.hours import (
        DayHours as DayHours,
    )
    from supportcore.calendars.written.parsing import (
        structure_definition as structure_definition,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
