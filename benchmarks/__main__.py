"""`python -m benchmarks`: the budget table of the design, each row with what this machine measured."""

from benchmarks import calendars, cases, imports, rules, sla, waiting
from benchmarks.budgets import Budget
from benchmarks.clock import calibration

TABLE: tuple[Budget, ...] = (
    *calendars.BUDGETS,
    *rules.BUDGETS,
    *cases.BUDGETS,
    *sla.BUDGETS,
    *waiting.ACCOUNTS,
    *imports.BUDGETS,
)


def main() -> None:
    """Prints the table as it is measured, row by row."""
    print(
        f"the calibration loop takes {calibration() * 1000:.0f} ms here and counts as 100; every ms below is of these"
    )
    widths = [
        max(len(text) for text in column) for column in zip(*((row.work, row.limit) for row in TABLE), strict=True)
    ]
    print(f"{'work':{widths[0]}}  {'budget':{widths[1]}}  measured")
    for row in TABLE:
        print(f"{row.work:{widths[0]}}  {row.limit:{widths[1]}}  {row.measured()}", flush=True)


if __name__ == "__main__":
    main()
