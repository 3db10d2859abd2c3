"""Working time for whole columns, behind the extra `columns`: the same results as for single instants."""

from supportcore.calendars.columns.questions import Answers, add, between, is_open

__all__ = ["Answers", "add", "between", "is_open"]
