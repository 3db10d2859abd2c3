"""The findings of `check` about budgets of levels and about operational agreements (SLA-11)."""

import re
from datetime import date, timedelta

import pytest
from attrs import evolve

import supportcore as sc
from supportcore.calendars import always_open
from supportcore.sla import Agreement, Promised, Target, resolution
from supportcore.timelines import Pin

TEXT = sc.example("hosting").read_text(encoding="utf-8")
PATH = "clocks.resolution.budgets"
PROVED = re.compile(r"`ola (\d)` is never due later than under `sla (\d)`")


def found(budgets: str) -> list[str]:
    """The findings about these budgets of the resolution; the example promises at least 4 h."""
    text = TEXT.replace("[clocks.resolution]\n", f"[clocks.resolution]\nbudgets = {{ {budgets} }}\n")
    return [str(one) for one in sc.check(sc.loads(text)) if one.path == PATH]


@pytest.mark.parametrize("budgets", ['first = "1 h", second = "3 h"', 'first = "25 %", second = "75 %"'])
def test_budgets_that_fit_inside_every_promise_are_proved(budgets: str) -> None:
    assert found(budgets) == [
        f"note check.proved at {PATH}: proved: the budgets fit inside every promise for `resolution`"
    ]


def test_budgets_that_do_not_fit_are_an_error_for_each_promise() -> None:
    assert found('first = "1 h", second = "8 h"') == [
        f"error sla.budget-exceeds at {PATH}: the levels may use more (first 1 h, second 8 h) than `{promise}` of "
        "agreement `customer` allows; give them less"
        for promise in ("4 h, always", "8 h, always")
    ]


def test_a_concept_without_budgets_has_no_findings_about_budgets() -> None:
    assert [one for one in sc.check(sc.loads(TEXT)) if "budgets" in one.path] == []


def agreement(name: str, hours: int, inside: str = "") -> Agreement:
    promises = {"it": Target(timedelta(hours=hours))}
    return Agreement(
        name, always_open("UTC"), resolution(), targets={"resolution": "it"}, promises=promises, inside=inside
    )


def compared(*agreements: Promised) -> list[tuple[str, str, str]]:
    """The findings about these agreements in place of that of the example."""
    concept = evolve(sc.loads(TEXT), agreements=agreements)
    return [(one.severity, one.code, one.path) for one in sc.check(concept) if one.path.startswith("agreements.")]


def test_an_agreement_inside_another_is_proved_or_refuted() -> None:
    assert compared(agreement("sla", 4), agreement("ola", 5)) == []
    assert compared(agreement("sla", 4), agreement("ola", 4, "sla")) == [
        ("note", "check.proved", "agreements.ola.resolution")
    ]
    assert compared(agreement("ola", 5, "sla"), agreement("sla", 4)) == [
        ("error", "sla.level-outlasts", "agreements.ola.resolution")
    ]
    assert compared(agreement("sla", 4), agreement("ola", 5, "slaa")) == [
        ("error", "sla.unknown-outer", "agreements.ola.inside")
    ]


def editions(name: str, *hours: int, inside: str = "", pin: Pin = "opening") -> sc.Editions[Agreement]:
    """One edition of 2026 and one of 2027."""
    days = (date(2026, 1, 1), date(2027, 1, 1))
    made = {since: agreement(f"{name} {each}", each, inside) for since, each in zip(days, hours, strict=True)}
    if pin == "attachment":
        made = {since: evolve(each, on_attachment=True) for since, each in made.items()}
    return sc.Editions(name, made, pin=pin, tz="UTC")


def customer(*hours: int, pin: Pin = "opening") -> sc.Editions[Agreement]:
    return editions("sla", *hours, pin=pin)


def level(*hours: int, inside: str = "sla", pin: Pin = "opening") -> sc.Editions[Agreement]:
    return editions("ola", *hours, inside=inside, pin=pin)


@pytest.mark.parametrize(
    ("inner", "outer", "together"),
    [
        ("opening", "opening", ["4 8", "6 9"]),
        ("latest", "latest", ["4 8", "6 9"]),
        ("latest", "opening", ["4 8", "6 8", "6 9"]),
        ("opening", "latest", ["4 8", "4 9", "6 9"]),
        ("attachment", "opening", ["4 8", "6 8", "6 9"]),
        ("attachment", "latest", ["4 8", "4 9", "6 9"]),
        ("attachment", "attachment", ["4 8", "4 9", "6 8", "6 9"]),
    ],
)
def test_editions_of_the_same_ticket_are_compared(inner: Pin, outer: Pin, together: list[str]) -> None:
    """A ticket opened in 2026 stays under the editions of that year, or changes to those of the next."""
    concept = evolve(sc.loads(TEXT), agreements=[customer(8, 9, pin=outer), level(4, 6, pin=inner)])
    said = [PROVED.search(one.message) for one in sc.check(concept) if one.path.startswith("agreements.")]
    assert [f"{one[1]} {one[2]}" for one in said if one is not None] == together


def test_a_level_pinned_at_the_latest_edition_may_outlast_a_promise_pinned_at_the_opening() -> None:
    """Both promise 5 h in 2026 and 8 h in 2027; only the level's clock of a ticket of 2026 becomes longer."""
    assert ("error", "sla.level-outlasts", "agreements.ola 8.resolution") in compared(
        customer(5, 8), level(5, 8, pin="latest")
    )


def test_concurrent_editions_are_compared() -> None:
    """From 2027 on the customer is promised five hours, so six are too many."""
    proved, refuted = ("note", "check.proved"), ("error", "sla.level-outlasts")
    assert compared(customer(6, 5), agreement("ola", 6, "sla")) == [
        (*refuted, "agreements.ola.resolution"),
        (*proved, "agreements.ola.resolution"),
    ]
    assert compared(customer(6, 5), level(6, 5)) == [
        (*proved, "agreements.ola 6.resolution"),
        (*proved, "agreements.ola 5.resolution"),
    ]
    assert compared(customer(5, 6), level(6, 5)) == [
        (*refuted, "agreements.ola 6.resolution"),
        (*proved, "agreements.ola 5.resolution"),
    ]
    assert compared(customer(6, 5), level(6, 5, inside="slaa")) == [
        ("error", "sla.unknown-outer", "agreements.ola.inside")
    ]


def test_editions_inside_themselves_are_an_error() -> None:
    assert compared(level(6, 5, inside="ola")) == [("error", "sla.unknown-outer", "agreements.ola.inside")]
