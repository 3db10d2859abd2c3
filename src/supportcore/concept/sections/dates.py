"""The section `dates`: plans of named dates, such as releases (SLA-5)."""

from datetime import datetime, tzinfo

from supportcore.concept.grammar.dates import Plans
from supportcore.concept.grammar.durations import parse_instant
from supportcore.concept.shapes import FileShape
from supportcore.errors import Problems

RESERVED = ("working day", "next", "by", "end of")  # they begin the forms of `parse_day_form`


def build_plans(file: FileShape, tz: tzinfo, problems: Problems) -> Plans:
    """Build the plans of dates; a plan with problems becomes `None`."""
    plans: dict[str, dict[str, datetime] | None] = dict.fromkeys(file.unread.get("dates", ()))
    for name, texts in file.dates.items():
        of_plan = problems.at(f"dates.{name}")
        before = len(problems)
        dates: dict[str, datetime] = {}
        if not name or name in RESERVED or "," in name:
            of_plan.add("", f"`{name}` cannot name a plan of dates; use a word without a comma, such as `release`")
        if not texts:
            of_plan.add("", "has no dates; give at least one, such as `7.1` = `2026-03-02`")
        for key, text in texts.items():
            if not key or "," in key:
                of_plan.add(key, f"`{key}` cannot name a date; use a name without a comma, such as `7.1`")
            with of_plan.at(key):
                dates[key] = parse_instant(text, tz)
        plans[name] = dates if len(problems) == before else None
    return plans
