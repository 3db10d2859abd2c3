"""The page about three real logs is what its script makes of them, and no cycle is left whose segments do not tile."""

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from supportcore.logs import Log

DOCS = Path(__file__).resolve().parents[2] / "docs"
pytestmark = pytest.mark.full

SCRIPT = runpy.run_path(str(DOCS / "figures" / "three_logs.py"), run_name="figures")


@pytest.fixture(scope="module")
def evaluated(log_of: Callable[[str], Log]) -> list[Any]:
    return [SCRIPT["evaluated"](source, log_of(source.mapping)) for source in SCRIPT["SOURCES"]]


def test_every_ticket_evaluates_and_the_segments_of_each_cycle_tile(evaluated: list[Any]) -> None:
    assert [(log.failures, log.untiled) for log in evaluated] == [((), ())] * 3
    assert [(log.tickets, log.cycles) for log in evaluated] == [(7_465, 15_152), (7_554, 15_688), (442, 913)]


def test_the_page_is_what_the_script_makes(evaluated: list[Any]) -> None:
    assert SCRIPT["PAGE"].read_text(encoding="utf-8") == SCRIPT["page"](evaluated)


@pytest.mark.parametrize("name", SCRIPT["PICTURES"])
def test_a_picture_is_what_the_script_draws(name: str, evaluated: list[Any]) -> None:
    assert (DOCS / "figures" / name).read_text(encoding="utf-8") == SCRIPT["PICTURES"][name](evaluated)
