"""`python -m tests.nightly`: many cases for each slow twin, a million of them for the calendars', recorded in docs."""

import argparse
import os
import platform
import re
import secrets
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from fnmatch import fnmatch
from importlib.metadata import version
from pathlib import Path

from attrs import frozen

from supportcore.instants import zone_database_version

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "docs" / "evidence" / "nightly.md"

# How many examples a property gets in one process: Hypothesis remembers all of them, so a long run is cut into several,
# each with the next seed.
AT_A_TIME = 2000

HEAD = """\
# The long comparison

Every engine has a slow, obvious twin in `tests/oracles`, and Hypothesis searches for inputs on which the two differ.
`make test` draws forty examples of each property, and `make full` three hundred. `make nightly` draws examples until
each twin has compared its number of cases. This page records its runs.

For the calendars, a case is one operation on one instant or pair of instants, computed by the calendar and by its
twin; each drawn calendar gives many cases. For the other twins, a case is one example of a property that passed. A
run starts with the seed in its row, and adds one to the seed for each restart.

| date | twin | seed | cases | result | with |
|---|---|---|---|---|---|
"""


@frozen
class Twin:
    """A slow twin: its name, the files with the properties that ask it, and how many cases it wants."""

    name: str
    files: tuple[str, ...]
    cases: int

    def asked_in(self, file: str) -> bool:
        """Whether the properties of a file ask this twin."""
        return any(fnmatch(Path(file).name, pattern) for pattern in self.files)


# Cases cost from a tenth of a millisecond (a question about a calendar) to a tenth of a second (the time of a clock).
TWINS = (
    Twin("calendars", ("test_CAL_oracle.py", "test_CAL_deadlines.py", "test_G5_*.py"), 1_000_000),
    Twin("columns", ("test_CAL_columns.py",), 50_000),
    Twin("rules", ("test_RUL*.py",), 550_000),
    Twin("ladders", ("test_ESC_*.py",), 250_000),
    Twin("clocks", ("test_SLA_*.py",), 25_000),
)


@frozen
class Run:
    """What a twin was asked: in how many cases, and what was printed where one differs."""

    cases: int
    difference: str = ""


def pytest(*arguments: str, examples: int = 1) -> subprocess.CompletedProcess[str]:
    """Runs oracle tests with the profile `nightly`."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "oracle", "--hypothesis-profile=nightly", *arguments],
        cwd=ROOT,
        env={**os.environ, "SUPPORTCORE_NIGHTLY_EXAMPLES": str(examples)},
        capture_output=True,
        text=True,
    )


def files_with_twins() -> list[str]:
    """The files whose properties ask a slow twin."""
    listed = pytest("tests", "--collect-only").stdout.splitlines()
    return sorted({line.partition("::")[0] for line in listed if "::" in line})


def counted(output: str) -> int:
    """The cases of a run: those that were tallied, or else the examples that Hypothesis says have passed."""
    tallied = re.search(r"^cases asked of slow twins: (\d+)", output, re.MULTILINE)
    return int(tallied[1]) if tallied else sum(int(count) for count in re.findall(r"(\d+) passing", output))


def asked(twin: Twin, files: list[str], seed: int, wanted: int) -> Run:
    """Asks a twin until it has had the cases that are wanted, or a property fails."""
    examples = min(AT_A_TIME, wanted)
    cases = 0
    while cases < wanted:
        run = pytest(*files, f"--hypothesis-seed={seed}", "--hypothesis-show-statistics", examples=examples)
        more = counted(run.stdout)
        cases += more
        if run.returncode or not more:
            told, _, _ = run.stdout.partition("Hypothesis Statistics")
            return Run(cases, told + run.stderr)
        print(f"{twin.name}: {cases:,} of {wanted:,} cases agree", flush=True)
        seed += 1
    return Run(cases)


def versions() -> str:
    """What an answer may depend on."""
    parts = {"Python": platform.python_version(), "Hypothesis": version("hypothesis"), "zones": zone_database_version()}
    return ", ".join(f"{name} {release}" for name, release in parts.items())


def row(twin: Twin, started: datetime, seed: int, run: Run) -> str:
    """One line of the record."""
    result = "a difference was found" if run.difference else "all agree"
    return f"| {started:%Y-%m-%d %H:%M} UTC | {twin.name} | {seed} | {run.cases:,} | {result} | {versions()} |\n"


def main() -> int:
    """Runs the comparison and records it; 1 where a property failed, 2 where a file asks a twin that is not listed."""
    parser = argparse.ArgumentParser(prog="python -m tests.nightly", description=__doc__)
    parser.add_argument("--only", choices=[twin.name for twin in TWINS], help="one twin instead of all")
    parser.add_argument("--share", type=float, default=1.0, help="of the cases, for a trial that is not recorded")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32), help="repeats a recorded run")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="twins asked at a time")
    options = parser.parse_args()
    files = files_with_twins()
    strangers = [file for file in files if not any(twin.asked_in(file) for twin in TWINS)]
    if strangers or not files:
        print(f"no twin in `TWINS` is asked in: {', '.join(strangers) or 'any file'}", file=sys.stderr)
        return 2
    started = datetime.now(UTC)
    chosen = [twin for twin in TWINS if options.only in (None, twin.name)]
    with ThreadPoolExecutor(options.jobs) as pool:
        runs = {
            twin: pool.submit(
                asked,
                twin,
                [file for file in files if twin.asked_in(file)],
                options.seed,
                max(1, round(twin.cases * options.share)),
            )
            for twin in chosen
        }
        found = {twin: run.result() for twin, run in runs.items()}
    lines = [row(twin, started, options.seed, run) for twin, run in found.items()]
    print("".join([*(run.difference for run in found.values()), *lines]), end="")
    if options.share >= 1:
        text = RECORD.read_text(encoding="utf-8") if RECORD.exists() else HEAD
        RECORD.write_text(text + "".join(lines), encoding="utf-8")
    return int(any(run.difference for run in found.values()))


if __name__ == "__main__":
    sys.exit(main())
