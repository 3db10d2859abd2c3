"""What `import supportcore` costs a program that starts."""

from benchmarks.budgets import Budget
from benchmarks.clock import calibrated_ms, python_seconds


def import_ms() -> float:
    """Calibrated milliseconds of a fresh interpreter that imports supportcore, less those of one that does nothing."""
    return calibrated_ms(python_seconds("import supportcore"))


BUDGETS = (Budget("`import supportcore`", 60, "ms more than `python -c pass`", import_ms),)
