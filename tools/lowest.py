"""Prints pip's constraints for the lowest versions that pyproject.toml allows, one a line: `attrs==23.2`.

They hold the requirements of the package, of its extras and of the group `unit`. What these packages need in turn is
left to pip.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"
REQUIREMENT = re.compile(r"(?P<name>[\w.-]+)(?:\[[\w,-]+\])?(?P<bounds>(?:[<>=]=?[\w.]+,?)+)")


def requirements(project: dict[str, Any]) -> Iterator[str]:
    """The requirements of the package, of each extra, and of the unit tests."""
    yield from project["project"]["dependencies"]
    for extra in project["project"]["optional-dependencies"].values():
        yield from extra
    yield from project["dependency-groups"]["unit"]


def constraint(requirement: str) -> str:
    """The requirement's lower bound as a constraint; `ValueError` without a lower bound."""
    parts = REQUIREMENT.fullmatch(requirement)
    bounds = parts["bounds"].split(",") if parts else []
    lower = [bound[2:] for bound in bounds if bound.startswith((">=", "=="))]
    if parts is None or len(lower) != 1:
        raise ValueError(f"`{requirement}` has no lower bound; write one, such as `{requirement}>=1.0`")
    return f"{parts['name']}=={lower[0]}"


if __name__ == "__main__":
    for line in sorted(set(map(constraint, requirements(tomllib.loads(PROJECT.read_text(encoding="utf-8")))))):
        print(line)
