"""`python -m benchmarks`: the budget table of the design, each row with what this machine measured."""

import sys

from benchmarks import calendars, cases, imports, proofs, rules, sla, waiting
from benchmarks.budgets import Budget, NotProvenError
from benchmarks.clock import calibration

TABLE: tuple[Budget, ...] = (
    *calendars.BUDGETS,
    *rules.BUDGETS,
    *proofs.BUDGETS,
    *cases.BUDGETS,
    *sla.BUDGETS,
    *waiting.ACCOUNTS,
    *imports.BUDGETS,
)


def main() -> int:
    """Print the table as it is measured, row by row; return status 1 if a proof is not completed."""
    status = 0
    print(
        f"the calibration loop takes {calibration() * 1000:.0f} ms here and counts as 100; every ms below is of these"
    )
    widths = [
        max(len(text) for text in column) for column in zip(*((row.work, row.limit) for row in TABLE), strict=True)
    ]
    print(f"{'work':{widths[0]}}  {'budget':{widths[1]}}  measured")
    for row in TABLE:
        try:
            measured = row.measured()
        except NotProvenError as error:
            measured, status = str(error), 1
        print(f"{row.work:{widths[0]}}  {row.limit:{widths[1]}}  {measured}", flush=True)
    return status


if __name__ == "__main__":
    sys.exit(main())
