"""The share of a clock that each level may use, as `1 h` or `25 %` (SLA-11)."""

import re
from collections.abc import Mapping
from fractions import Fraction

from supportcore.concept.grammar.durations import duration_remedy, parse_duration, parse_percent
from supportcore.errors import DefinitionError, Problems
from supportcore.sla import Budget

NUMBER = re.compile(r"\d{1,9}")


def parse_budgets(texts: Mapping[str, str], problems: Problems) -> dict[str, Budget]:
    """Parse the budgets by level, in the order given; a text that is not a budget becomes a problem."""
    budgets: dict[str, Budget] = {}
    for level, text in texts.items():
        with problems.at(level):
            if level != level.strip() or not level:
                raise DefinitionError(f"`{level}` cannot name a level; write its name without blanks around it")
            budgets[level] = parse_budget(text)
    return budgets


def parse_budget(text: str) -> Budget:
    """Parse a budget: a length of working time, or a share of the promised time.

    >>> parse_budget("1 h 30 min"), parse_budget("25 %")
    (datetime.timedelta(seconds=5400), Fraction(1, 4))
    """
    words = " ".join(text.split())
    try:
        budget: Budget = parse_percent(words) if "%" in words else parse_duration(words)
    except DefinitionError:
        number = NUMBER.search(words)
        hours = number[0] if number else "1"
        remedy = duration_remedy(words)
        if "such as" in remedy:
            remedy = f"expected a length such as `{hours} h`, or a share of the promised time such as `25 %`"
        raise DefinitionError(f"`{text}` is not a budget; {remedy}") from None
    if isinstance(budget, Fraction) and budget > 1:
        raise DefinitionError(f"`{text}` is more than the whole promised time; give at most `100 %`")
    return budget
