"""Runs the unit tests under every other Python of this machine, and once with the lowest versions that are allowed.

Looks for Python 3.11 and later on the path and among the versions of pyenv. Each gets an environment of its own, like
`.venv-3.12`; `.venv-lowest` belongs to the oldest of them. Exits with status 1 if a test fails.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import which

ROOT = Path(__file__).resolve().parents[1]
OLDEST = 11
NEWEST = 20

Minor = int


def candidates() -> Iterator[str]:
    """Commands that may be a Python, and may not run: a version manager has placeholders for what is not chosen."""
    yield sys.executable
    yield from (f"python3.{minor}" for minor in range(OLDEST, NEWEST))
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    yield from map(str, sorted(versions.glob("3.*/bin/python")))


def minor_of(command: str) -> Minor | None:
    """The Python 3 minor version that a command runs, `None` where it runs no Python that can make environments."""
    if which(command) is None:
        return None
    asked = "import ensurepip, sys, venv; print(*sys.version_info[:3], sys.version_info.releaselevel)"
    ran = subprocess.run([command, "-c", asked], capture_output=True, text=True)
    version = re.fullmatch(r"3 (\d+) \d+ final\n", ran.stdout)
    return int(version[1]) if version else None


def pythons() -> dict[Minor, str]:
    """A command for each minor version from the oldest supported one on, in order."""
    found: dict[Minor, str] = {}
    for command in candidates():
        minor = minor_of(command)
        if minor is not None and minor >= OLDEST:
            found.setdefault(minor, command)
    return dict(sorted(found.items()))


def run(what: str, group: str, environment: str, python: str) -> bool:
    """Sets an environment up, runs the unit tests in it, and returns whether they passed."""
    print(f"unit tests {what}", flush=True)
    made = {**os.environ, "VENV": environment, "PYTHON": python}
    if subprocess.run(["sh", "tools/setup.sh", group], cwd=ROOT, env=made).returncode:
        return False
    tests = [f"{environment}/bin/python", "-m", "pytest", "-n", "auto", "--dist", "loadfile", "tests/unit"]
    return subprocess.run(tests, cwd=ROOT).returncode == 0


def main() -> int:
    """Runs the unit tests under one Python after the other; the Python of this process has run them already."""
    found = pythons()
    passed = [
        run(f"under Python 3.{minor}", "unit", f".venv-3.{minor}", python)
        for minor, python in found.items()
        if minor != sys.version_info.minor
    ]
    oldest = min(found)
    passed.append(run(f"with the lowest versions, Python 3.{oldest}", "lowest", ".venv-lowest", found[oldest]))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
