"""`python -m tests.nightly`: a million examples, spread over the properties that ask a slow twin, recorded in docs."""

import argparse
import os
import re
import secrets
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "docs" / "nightly.md"
TOTAL = 1_000_000

HEAD = """\
---
orphan: true
---

# The long comparison

Every engine has a slow, obvious twin in `tests/oracles`, and Hypothesis looks for inputs on which the two differ.
`make test` asks a few hundred times for each property; `make nightly` spreads a million examples over them. These are
its runs.

| date | seed | properties | examples that passed | result |
|---|---|---|---|---|
"""


def pytest(*arguments: str, examples: int = 1) -> subprocess.CompletedProcess[str]:
    """Runs oracle tests with the profile `nightly`."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-m", "oracle", "--hypothesis-profile=nightly", *arguments],
        cwd=ROOT,
        env={**os.environ, "SUPPORTCORE_NIGHTLY_EXAMPLES": str(examples)},
        capture_output=True,
        text=True,
    )


def properties() -> Counter[str]:
    """How many properties ask a slow twin, by file."""
    listed = pytest("tests", "--collect-only").stdout.splitlines()
    return Counter(line.partition("::")[0] for line in listed if "::" in line)


def passed(output: str) -> int:
    """The examples that passed, as Hypothesis counts them in its statistics."""
    return sum(int(count) for count in re.findall(r"(\d+) passing", output))


def row(started: datetime, seed: int, count: int, examples: int, result: str) -> str:
    """One line of the record."""
    return f"| {started:%Y-%m-%d %H:%M} UTC | {seed} | {count} | {examples:,} | {result} |\n"


def main() -> int:
    """Runs the comparison, a file per core at a time, and records it; 1 where a property failed, 2 without any."""
    parser = argparse.ArgumentParser(prog="python -m tests.nightly", description=__doc__)
    parser.add_argument("--examples", type=int, default=TOTAL, help="examples in all; a run of %(default)s is recorded")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(2**32), help="repeats a recorded run")
    asked = parser.parse_args()
    files = properties()
    if not files:
        print("no property asks a slow twin yet, so there is nothing to run or record", file=sys.stderr)
        return 2
    started = datetime.now(UTC)
    each = -(-asked.examples // files.total())
    print(f"{files.total()} properties, {each:,} examples each, seed {asked.seed}", flush=True)
    options = f"--hypothesis-seed={asked.seed}", "--hypothesis-show-statistics"
    examples, failed = 0, False
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = {pool.submit(pytest, file, *options, examples=each): file for file in files}
        for done in as_completed(runs):
            run = done.result()
            examples += passed(run.stdout)
            failed = failed or run.returncode != 0
            print(f"{runs[done]}: {'agrees' if run.returncode == 0 else run.stdout}", flush=True)
    line = row(started, asked.seed, files.total(), examples, "a difference was found" if failed else "all agree")
    print(line, end="")
    if asked.examples >= TOTAL:
        text = RECORD.read_text(encoding="utf-8") if RECORD.exists() else HEAD
        RECORD.write_text(text + line, encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
