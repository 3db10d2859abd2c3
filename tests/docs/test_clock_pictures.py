"""The pictures of clocks are what their script draws from the library's own answers."""

import runpy
from pathlib import Path

import pytest

FIGURES = Path(__file__).resolve().parents[2] / "docs" / "figures"
DRAWN = runpy.run_path(str(FIGURES / "clocks.py"), run_name="figures")


@pytest.mark.parametrize("name", DRAWN["PICTURES"])
def test_a_picture_is_what_the_script_draws(name: str) -> None:
    assert (FIGURES / name).read_text(encoding="utf-8") == DRAWN["PICTURES"][name]()
