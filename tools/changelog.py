"""Writes CHANGELOG.md: its head, and the release that towncrier makes of the fragments in changes/.

The fragments stay until the release is published. The date is that of the file's newest heading, or `--date`.
"""

import argparse
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CHANGELOG = ROOT / "CHANGELOG.md"
HEADING = re.compile(r"^## (?P<version>\S+) \((?P<date>[\d-]+)\)$", re.MULTILINE)


def changelog(version: str, date: str) -> str:
    """The text of the file with the unpublished release of this version and date at its top."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]
    head, mark, published = CHANGELOG.read_text(encoding="utf-8").partition(settings["start_string"])
    older = "".join(part for part in re.split(r"(?m)^(?=## )", published) if not part.startswith(f"## {version} "))
    draft = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", version, "--date", date]
    drawn = subprocess.run(draft, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    _, heading, text = drawn.partition(f"## {version}")
    return f"{head}{mark}\n{heading}{text.rstrip()}\n\n{older.lstrip()}".rstrip() + "\n"


def newest() -> tuple[str, str]:
    """The version of pyproject.toml, and the date of the file's newest heading."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found = HEADING.search(CHANGELOG.read_text(encoding="utf-8"))
    return project["version"], found["date"] if found else ""


def main() -> None:
    """Writes the file anew."""
    version, date = newest()
    parser = argparse.ArgumentParser(prog="python tools/changelog.py", description=__doc__)
    parser.add_argument("--date", default=date, help="of the release, such as 2026-11-30")
    CHANGELOG.write_text(changelog(version, parser.parse_args().date), encoding="utf-8")


if __name__ == "__main__":
    main()
