"""The lowest versions are those of pyproject.toml, and a requirement without a lower bound is refused."""

import runpy
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOWEST = runpy.run_path(str(ROOT / "tools" / "lowest.py"), run_name="tools")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("requirement", "constraint"),
    [
        ("attrs>=23.2", "attrs==23.2"),
        ("coverage[toml]>=7.10", "coverage==7.10"),
        ("mutmut>=3.8,<4", "mutmut==3.8"),
        ("workclock==0.1.2", "workclock==0.1.2"),
        ("ruamel.yaml>=0.18", "ruamel.yaml==0.18"),
    ],
)
def test_a_lower_bound_becomes_a_constraint(requirement: str, constraint: str) -> None:
    assert LOWEST["constraint"](requirement) == constraint


@pytest.mark.parametrize("requirement", ["attrs", "attrs<24", "attrs>23"])
def test_a_requirement_without_a_lower_bound_is_refused(requirement: str) -> None:
    with pytest.raises(ValueError, match=f"^`{requirement}` has no lower bound; write one"):
        LOWEST["constraint"](requirement)


def test_every_requirement_of_the_package_its_extras_and_the_unit_tests_has_one() -> None:
    constraints = [LOWEST["constraint"](requirement) for requirement in LOWEST["requirements"](PROJECT)]
    assert {"attrs", "typer", "numpy", "pytest"} <= {constraint.partition("==")[0] for constraint in constraints}
