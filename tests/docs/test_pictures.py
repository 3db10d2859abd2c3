"""The committed pictures are what their scripts draw."""

import runpy
from pathlib import Path

import pytest

FIGURES = Path(__file__).resolve().parents[2] / "docs" / "figures"
DRAWN = {
    name: drawing
    for script in ("clocks.py", "data_flow.py")
    for name, drawing in runpy.run_path(str(FIGURES / script), run_name="figures")["PICTURES"].items()
}


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_is_what_the_script_draws(name: str) -> None:
    assert (FIGURES / name).read_text(encoding="utf-8") == DRAWN[name]()
