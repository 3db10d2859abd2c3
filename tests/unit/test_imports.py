"""What a program loads: a module that it does not need would only make it start later."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

LOADING = """
import sys
from supportcore import evaluate, example, load, loads
concept = loads(example("hosting").read_text("utf-8").replace('holidays   = "DE-HE"', ""))
"""
SMALL = """
import sys
from supportcore import evaluate, loads
loads(r'''
format = 0
name = "Small desk"
timezone = "Europe/Berlin"
facts.impact = "low < high"
calendars.office.hours = { mon-fri = "09:00-18:00" }
priority = { provisional = "major", table = "id | impact | -> priority\\n1 | high | major\\n2 | - | minor" }
''')
"""
EVALUATING = """
from datetime import UTC, datetime
from supportcore import Opened
at = datetime(2026, 3, 16, 9, tzinfo=UTC)
facts = {"kind": "outage", "impact": "a team", "business": "critical", "contract": "managed", "source": "customer"}
case = evaluate(concept, [Opened("T-1", at, facts=facts)], as_of=at)
case.clocks, case.plan, case.next_instant
"""

# Modules and whole packages, none of which a program needs that evaluates tickets.
FOR_OTHER_PROGRAMS = """
    supportcore.assurance supportcore.cli supportcore.logs supportcore.reports
    supportcore.calendars.columns supportcore.calendars.formats supportcore.calendars.holidays.frozen
    supportcore.calendars.words supportcore.escalation.reachability
    supportcore.escalation.words supportcore.evaluation.words supportcore.priority.ready supportcore.priority.words
    supportcore.rules.explaining supportcore.rules.formats.csv_tables supportcore.rules.formats.dmn
    supportcore.rules.formats.documents supportcore.rules.history supportcore.rules.phrases supportcore.rules.proofs
    supportcore.sla.checks.budgets supportcore.sla.checks.history supportcore.sla.checks.operational
    supportcore.sla.clock.levels supportcore.sla.clock.traces supportcore.sla.whatif
    supportcore.sla.words supportcore.structuring.duplicates supportcore.structuring.lines
    supportcore.tickets.event_json supportcore.wording.entries
    dateutil holidays importlib.resources json narwhals numpy rich ruamel typer uuid
""".split()
# And those that a program needs only when it evaluates the first ticket.
FOR_TICKETS = """
    supportcore.escalation.engine supportcore.escalation.plans supportcore.evaluation.cases
    supportcore.evaluation.stages supportcore.findings supportcore.priority.deriving supportcore.sla.clock
    supportcore.sla.engine supportcore.tickets.facts supportcore.tickets.holders supportcore.wording.phrases
""".split()


def loaded_by(program: str) -> list[str]:
    """The modules that a program has loaded when it ends, except those that measuring its coverage needs."""
    code = f"import sys\nbefore = set(sys.modules)\n{program}\nprint(*(set(sys.modules) - before))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return printed.stdout.split()


def within(names: list[str], loaded: list[str]) -> list[str]:
    return [module for module in loaded if any(f"{module}.".startswith(f"{name}.") for name in names)]


@pytest.mark.parametrize(
    ("program", "unneeded"),
    [
        (LOADING, [*FOR_OTHER_PROGRAMS, *FOR_TICKETS]),
        (SMALL, [*FOR_OTHER_PROGRAMS, *FOR_TICKETS, "supportcore.escalation"]),
        (LOADING + EVALUATING, FOR_OTHER_PROGRAMS),
    ],
    ids=["a concept", "a concept without escalation", "a ticket"],
)
def test_a_program_loads_only_what_it_needs(program: str, unneeded: list[str]) -> None:
    assert within(unneeded, loaded_by(program)) == []


def test_every_module_that_is_not_needed_for_a_concept_exists() -> None:
    """So that a module which moves does not leave the lists above without a test."""
    own = [name for name in (*FOR_OTHER_PROGRAMS, *FOR_TICKETS) if name.startswith("supportcore")]
    assert [name for name in own if find_spec(name) is None] == []


def test_a_concept_with_public_holidays_loads_the_package_of_holidays() -> None:
    assert "holidays" in loaded_by("import sys, supportcore\nsupportcore.load(supportcore.example('hosting'))")
