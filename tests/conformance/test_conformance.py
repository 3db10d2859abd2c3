"""Other systems' cases: every difference has its rule, and little is set aside."""

from functools import cache
from pathlib import Path

import pytest

from tests.conformance.frame import ABSENT, CASES, FileReport, adapter_of, case_files, report_on

if not CASES.is_dir():
    pytest.skip(ABSENT, allow_module_level=True)

FILES = [path for path in case_files() if adapter_of(path.parent.name)]

report_once = cache(report_on)


@pytest.fixture(params=FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def report(request: pytest.FixtureRequest) -> FileReport:
    path: Path = request.param
    return report_once(path)


def test_every_area_has_cases() -> None:
    assert {path.parent.name for path in FILES} == {"calendars", "community", "escalation", "rules", "sla"}


def test_every_file_has_cases(report: FileReport) -> None:
    assert report.results


def test_every_difference_is_explained(report: FileReport) -> None:
    assert report.unexplained == ()


def test_little_is_set_aside_without_the_name_of_a_feature(report: FileReport) -> None:
    assert not report.too_many_set_aside, report.line()
