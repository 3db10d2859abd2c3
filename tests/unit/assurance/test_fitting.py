"""What `check` finds of the budgets of levels (SLA-11)."""

import pytest

import supportcore as sc

TEXT = sc.example("hosting").read_text(encoding="utf-8")
PATH = "clocks.resolution.budgets"


def found(budgets: str) -> list[str]:
    """What is found of these budgets for resolutions, of which the example promises 4 h at the least."""
    text = TEXT.replace("[clocks.resolution]\n", f"[clocks.resolution]\nbudgets = {{ {budgets} }}\n")
    return [str(one) for one in sc.check(sc.loads(text)) if one.path == PATH]


@pytest.mark.parametrize("budgets", ['first = "1 h", second = "3 h"', 'first = "25 %", second = "75 %"'])
def test_budgets_that_fit_inside_every_promise_are_proved(budgets: str) -> None:
    assert found(budgets) == [
        f"note check.proved at {PATH}: proved: what the levels may use fits inside every promise for `resolution`"
    ]


def test_budgets_that_do_not_fit_are_an_error_for_each_promise() -> None:
    assert found('first = "1 h", second = "8 h"') == [
        f"error sla.budget-exceeds at {PATH}: the levels may use more (first 1 h, second 8 h) than `{promise}` of "
        "agreement `customer` allows; give them less"
        for promise in ("4 h, always", "8 h, always")
    ]


def test_a_concept_without_budgets_has_nothing_to_prove() -> None:
    assert [one for one in sc.check(sc.loads(TEXT)) if "budgets" in one.path] == []
