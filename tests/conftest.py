"""What all tests share: the Hypothesis profiles, and the mark on properties that ask a slow twin."""

import os
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, is_hypothesis_test, settings

from tests.oracles.tally import CASES

# `python -m tests.nightly` says here how many examples each oracle test gets.
NIGHTLY_EXAMPLES = int(os.environ.get("SUPPORTCORE_NIGHTLY_EXAMPLES", "10000"))

# The profiles `test` and `full` belong to the make targets of these names; `dev` is for a quick look. `test` draws the
# same examples in each run, so that continuous integration is repeatable; `full` explores, and prints the blob of a
# failure. No profile depends on the speed of the machine.
TIMELESS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("dev", TIMELESS, print_blob=True, max_examples=20)
settings.register_profile("test", TIMELESS, derandomize=True, max_examples=40)
settings.register_profile("full", TIMELESS, print_blob=True, max_examples=300)
settings.register_profile("nightly", TIMELESS, print_blob=True, max_examples=NIGHTLY_EXAMPLES)

# Few examples, the same ones each time, and none made smaller: what matters is only whether a changed line is noticed.
settings.register_profile(
    "mutants",
    deadline=None,
    derandomize=True,
    database=None,
    max_examples=10,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "test"))


def asks_an_oracle(module: ModuleType) -> bool:
    """Whether a test module uses something from tests.oracles."""
    for value in vars(module).values():
        name = value.__name__ if isinstance(value, ModuleType) else getattr(value, "__module__", None)
        if isinstance(name, str) and name.startswith("tests.oracles"):
            return True
    return False


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and is_hypothesis_test(item.obj) and asks_an_oracle(item.module):
            item.add_marker(pytest.mark.oracle)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Says how many cases were tallied, for the record of the long comparison."""
    if CASES:
        told = ", ".join(f"{operation} {count}" for operation, count in sorted(CASES.items()))
        terminalreporter.write_line(f"cases asked of slow twins: {CASES.total()} ({told})")
