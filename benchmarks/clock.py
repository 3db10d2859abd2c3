"""Time in the design's unit, and two pieces of work side by side.

Every absolute time that is demanded of the code counts in calibrated time: the calibration loop, one million turns,
takes 100 ms by definition, whatever the machine. Ratios need no unit: both sides run in turns in one process.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Sequence

CALIBRATED_MS = 100.0

Work = Callable[[], object]


def calibration_loop() -> int:
    """The work that counts as 100 ms."""
    s = 0
    for i in range(1_000_000):
        s = (s * 31 + i) & 0xFFFFFF
    return s


def seconds_of(work: Work, turns: int = 1) -> float:
    """The seconds on this machine that one turn takes, over some turns."""
    started = time.perf_counter()
    for _ in range(turns):
        work()
    return (time.perf_counter() - started) / turns


def calibration() -> float:
    """The seconds of the calibration loop on this machine, best of five."""
    return min(seconds_of(calibration_loop) for _ in range(5))


def calibrated_ms(seconds: float) -> float:
    """Seconds on this machine, measured a moment ago, in calibrated milliseconds."""
    return seconds / calibration() * CALIBRATED_MS


def turns_for(work: Work, seconds: float = 0.05) -> int:
    """How often a piece of work fits into some seconds, at least once."""
    return max(1, int(seconds / max(seconds_of(work), 1e-9)))


def best_of(works: list[Work], rounds: int = 7) -> list[float]:
    """The best seconds per turn of each piece of work; all have their turn in each round, to share the weather."""
    turns = [turns_for(work) for work in works]
    best = [float("inf")] * len(works)
    for _ in range(rounds):
        for index, work in enumerate(works):
            best[index] = min(best[index], seconds_of(work, turns[index]))
    return best


def ratio(ours: Work, theirs: Work, rounds: int = 7) -> float:
    """Our time over theirs."""
    mine, other = best_of([ours, theirs], rounds)
    return mine / other


def ratio_of_calls(
    ours: Callable[..., object],
    theirs: Callable[..., object],
    questions: Sequence[tuple[object, ...]],
    rounds: int = 15,
) -> float:
    """Our time over theirs for single calls that take microseconds.

    Both are asked all questions in turns, and of each question the best of all rounds counts, less what reading the
    clock takes: a call is over before it is interrupted, whatever else the machine does.
    """
    mine, other = [sys.maxsize] * len(questions), [sys.maxsize] * len(questions)
    clock = time.perf_counter_ns
    for _ in range(rounds):
        for ask, best in ((ours, mine), (theirs, other)):
            for index, question in enumerate(questions):
                started = clock()
                ask(*question)
                taken = clock() - started
                if taken < best[index]:
                    best[index] = taken
    reading = min(-clock() + clock() for _ in questions) * len(questions)
    return (sum(mine) - reading) / (sum(other) - reading)


def ms_of(work: Work) -> float:
    """The calibrated milliseconds of a piece of work, which takes turns with the calibration loop."""
    return ratio(work, calibration_loop) * CALIBRATED_MS


def python_seconds(statement: str, than: str = "pass", rounds: int = 15) -> float:
    """How much longer a fresh interpreter takes for one statement than for another, in turns, best of each."""
    best = {statement: float("inf"), than: float("inf")}
    for _ in range(rounds):
        for each in best:
            started = time.perf_counter()
            subprocess.run([sys.executable, "-c", each], check=True)
            best[each] = min(best[each], time.perf_counter() - started)
    return best[statement] - best[than]
