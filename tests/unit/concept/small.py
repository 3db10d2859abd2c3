"""Small concepts to which tests add sections, and shortcuts to their problems and results."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

import supportcore as sc
from supportcore.sla import (
    Metric,
)

BERLIN = ZoneInfo("Europe/Berlin")
SMALL = """
format = 0
name = "small"
timezone = "Europe/Berlin"
valid = "2026-01-01 to 2026-12-31"
[facts]
fault = "yes | no"
state = "open | parked | on hold, may be missing"
contacts = "0 .. 99, may be missing"
[calendars.office]
hours = { mon-fri = "09:00-17:00" }
[dates.release]
"7.1" = "2026-03-02 12:00"
"7.2" = "2026-12-31"
"""
PRIORITY = """
[priority]
table = '''
| fault | -> priority |
| yes   | critical    |
| -     | minor       |
'''
"""
MINIMAL = """
format = 0
name = "minimal"
timezone = "Europe/Berlin"
[facts]
fault = "yes | no"
[priority]
table = '''
| fault | -> priority |
| yes   | blocker     |
| -     | minor       |
'''
"""


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN)


def loaded(text: str) -> sc.ServiceConcept:
    return sc.loads(SMALL + PRIORITY + text)


def problems_of(text: str) -> list[str]:
    """The problems of the small concept with this text behind it."""
    return problems_in(SMALL + PRIORITY + text)


def problems_in(text: str, form: str = "toml") -> list[str]:
    """The problems of a whole file."""
    with pytest.raises(sc.ConceptError) as caught:
        sc.loads(text, form)
    return [str(problem) for problem in caught.value.problems]


def metrics_of(text: str) -> dict[str, Metric]:
    return {metric.name: metric for metric in loaded(text).every_agreement[0].metrics}


def clock(keys: str, name: str = "resolution") -> Metric:
    return metrics_of(f'[clocks."{name}"]\n{keys}\n')[name]


def case_of(concept: sc.ServiceConcept, opened: str, as_of: str, **facts: object) -> sc.Case:
    """The case of a ticket that was only opened, a fault unless `facts` says otherwise."""
    return sc.evaluate(concept, [sc.Opened("T", at(opened), facts={"fault": True, **facts})], as_of=at(as_of))


def targets(cell: str, more: str = "") -> str:
    return f"[targets]\n{more}\ntable = '''\n| priority | -> resolution |\n| - | {cell} |\n'''\n"
