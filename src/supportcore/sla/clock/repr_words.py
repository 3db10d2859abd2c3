"""What the `repr` of clocks, cycles and segments shows, in one line."""

from typing import TYPE_CHECKING

from supportcore.instants import brief
from supportcore.wording import duration_words

if TYPE_CHECKING:
    from supportcore.sla.clock.cycles import Cycle


def cycle_words(cycle: "Cycle") -> str:
    """Return phase or result, due instant and time used of a cycle."""
    words: list[str] = [cycle.phase if cycle.result in ("open", "none") else cycle.result]
    if cycle.end is None and cycle.due_at is not None:
        words.append(f"due {brief(cycle.due_at)}")
    used = f"used {duration_words('en', cycle.elapsed)}"
    words.append(used if cycle.allowed is None else f"{used} of {duration_words('en', cycle.allowed)}")
    return ", ".join(words)
