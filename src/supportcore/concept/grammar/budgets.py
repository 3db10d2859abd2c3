"""What each level may use of a clock, in words: `1 h`, `25 %` (SLA-11)."""

import re
from collections.abc import Mapping
from fractions import Fraction

from supportcore.concept.file.problems import Reading
from supportcore.concept.grammar.durations import duration_read, percent_read
from supportcore.errors import DefinitionError
from supportcore.sla import Budget

NUMBER = re.compile(r"\d{1,9}")


def budgets_read(texts: Mapping[str, str], path: str, reading: Reading) -> dict[str, Budget]:
    """The budgets by level, in the order given; what is none is noted."""
    made: dict[str, Budget] = {}
    for level, text in texts.items():
        with reading.part(f"{path}.{level}"):
            if level != level.strip() or not level:
                raise DefinitionError(f"`{level}` cannot name a level; write its name without blanks around it")
            made[level] = budget_read(text)
    return made


def budget_read(text: str) -> Budget:
    """A budget as a length of working time, or as a share of what is promised.

    >>> budget_read("1 h 30 min"), budget_read("25 %")
    (datetime.timedelta(seconds=5400), Fraction(1, 4))
    """
    words = " ".join(text.split())
    try:
        budget: Budget = percent_read(words) if "%" in words else duration_read(words)
    except DefinitionError:
        number = NUMBER.search(words)
        one = number[0] if number else "1"
        raise DefinitionError(
            f"`{text}` is no budget; accepted are lengths such as `{one} h`, and shares of what is promised, such as "
            "`25 %`"
        ) from None
    if isinstance(budget, Fraction) and budget > 1:
        raise DefinitionError(f"`{text}` is more than all of what is promised; give at most `100 %`")
    return budget
