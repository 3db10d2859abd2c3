"""What the `repr` of clocks, cycles and segments shows, in one line."""

from datetime import datetime
from typing import TYPE_CHECKING

from supportcore.wording import duration_words

if TYPE_CHECKING:
    from supportcore.sla.clock.cycles import Cycle


def cycle_words(cycle: "Cycle") -> str:
    """Return phase or result, due instant and time used of a cycle."""
    words = [cycle.phase if cycle.result in ("open", "none") else cycle.result]
    if cycle.end is None and cycle.due_at is not None:
        words.append(f"due {instant_text(cycle.due_at)}")
    used = f"used {duration_words('en', cycle.elapsed)}"
    words.append(used if cycle.allowed is None else f"{used} of {duration_words('en', cycle.allowed)}")
    return ", ".join(words)


def instant_text(instant: datetime) -> str:
    """Return an instant with its offset, to the minute if it lies on one.

    >>> from supportcore.instants import zone
    >>> instant_text(datetime(2026, 3, 17, 10, tzinfo=zone("Europe/Berlin")))
    '2026-03-17 10:00+01:00'
    """
    return instant.isoformat(" ", "auto" if instant.second or instant.microsecond else "minutes")
