"""What the `repr` of clocks, cycles and segments shows, in one line."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from supportcore.errors import shortened
from supportcore.instants import brief
from supportcore.wording import duration_words

if TYPE_CHECKING:
    from supportcore.sla.clock.clocks import Clock
    from supportcore.sla.clock.cycles import Cycle

LONGEST = 120  # letters for the clocks of a ticket


def cycle_words(cycle: "Cycle") -> str:
    """Return phase or result, due instant and time used of a cycle."""
    words = [_state(cycle)]
    if cycle.end is None and cycle.due_at is not None:
        words.append(f"due {brief(cycle.due_at)}")
    used = f"used {duration_words('en', cycle.elapsed)}"
    words.append(used if cycle.allowed is None else f"{used} of {duration_words('en', cycle.allowed)}")
    return ", ".join(words)


def clocks_words(clocks: Iterable["Clock"]) -> str:
    """Return the state of each clock, and when open clocks are due; clocks beyond `LONGEST` letters are counted."""
    clocks = tuple(clocks)
    names = [clock.name for clock in clocks]
    words = ""
    for index, clock in enumerate(clocks):
        name = clock.name if names.count(clock.name) == 1 else f"{clock.agreement} {clock.name}"
        following = f"{'; ' if index else ''}{shortened(name, 30)} {_brief_state(clock)}"
        if index and len(words + following) > LONGEST:
            return f"{words}; {len(clocks) - index} more"
        words += following
    return words or "no clocks"


def _brief_state(clock: "Clock") -> str:
    if not clock.cycles:
        return "pending"
    cycle = clock.cycles[-1]
    due = "" if cycle.end is not None or cycle.due_at is None else f", due {brief(cycle.due_at)}"
    return f"{_state(cycle)}{due}"


def _state(cycle: "Cycle") -> str:
    return cycle.phase if cycle.result in ("open", "none") else cycle.result
