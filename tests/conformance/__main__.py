"""`python -m tests.conformance`: one line for each case file, and every unexplained difference in full."""

import sys

from tests.conformance.frame import ABSENT, CASES, case_files, report_on


def main() -> int:
    """The report; 1 for an unexplained difference or too much set aside, 2 where there are no cases."""
    if not CASES.is_dir():
        print(ABSENT, file=sys.stderr)
        return 2
    reports = [report_on(path) for path in case_files()]
    for report in reports:
        print(report.line())
        for result in report.unexplained:
            detail = f" ({result.reason})" if result.reason else ""
            print(f"    {result.source}: expected `{result.expected}`, ours `{result.ours}`{detail}")
    return int(any(report.unexplained or report.too_many_set_aside for report in reports))


if __name__ == "__main__":
    sys.exit(main())
