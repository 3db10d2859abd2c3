"""Working time for whole columns, behind the extra `columns`: the same results as for single instants."""

from supportcore.calendars.columns.questions import Results, add, between, is_open

__all__ = ["Results", "add", "between", "is_open"]
