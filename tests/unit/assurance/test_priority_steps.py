"""The findings of `check` about the steps after the table of priorities (PRI-3, RUL-7)."""

from datetime import UTC, datetime

import pytest

import supportcore as sc

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SMALL = """
format = 0
name = "small"
timezone = "Europe/Berlin"
valid = "2026-01-01 to 2026-12-31"
[facts]
size = "small < large"
contacts = "0 .. 99, may be missing"
parked = "yes | no, may be missing"
kind = "fault | question, may be missing"
[scales]
priority = "minor < major < critical"
[priority]
rises = ["size"]
table = '''
| size  | -> priority |
| large | major       |
| small | minor       |
'''
"""
CODES = ("priority.", "rules.unreachable")


def found(*steps: str) -> list[str]:
    return [str(one) for one in sc.check(concept(*steps)) if one.code.startswith(CODES)]


def proved(*steps: str) -> str:
    return next(one.message for one in sc.check(concept(*steps)) if one.path == "priority, steps")


def concept(*steps: str) -> sc.ServiceConcept:
    return sc.loads(SMALL + "steps = [\n" + "".join(f"  {{ {step} }},\n" for step in steps) + "]\n")


AGAIN = "name = 'again', when = 'contacts >= 3', raise = '+1, at most critical'"
WORKED = "name = 'worked on', when = 'parked is no', raise = '+1, at most major'"
ASKED = "name = 'asked', when = 'kind is question', raise = '+1, at most major'"


def test_steps_that_raise_keep_the_order_of_the_table() -> None:
    """RUL-7: and add orders of their own along ordered facts."""
    kept = "stays within its bound and keeps every order of the table"
    assert found(AGAIN) == []
    assert proved(AGAIN) == f"proved: every step (`again`) {kept}; `priority` never falls when one of `contacts` rises"
    assert proved(AGAIN, WORKED, ASKED) == (
        f"proved: every step (`again`, `worked on`, `asked`) {kept}; "
        "`priority` never falls when one of `contacts` rises; `priority` never rises when one of `parked` rises"
    )


def test_two_opposite_steps_add_no_order() -> None:
    few = "name = 'few', when = 'contacts < 3', raise = '+1, at most critical'"
    assert "rises" not in proved(AGAIN, few)


def test_a_priority_that_only_a_step_reaches_is_reached() -> None:
    assert found(AGAIN.replace("critical", "major")) == [
        "warning rules.unreachable at priority, column priority: no rule gives priority critical, "
        "and no step reaches it"
    ]


def test_a_step_that_never_raises_is_a_warning() -> None:
    findings = found(AGAIN, "name = 'bound', when = 'contacts >= 9', raise = '+1, at most minor'")
    words = "never raises the priority: no priority before it is below `minor`"
    assert findings == [f"warning priority.idle-step at priority, step bound: {words}"]


def test_a_step_that_can_raise_the_lowest_priority_is_not_idle() -> None:
    """The table gives minor and major and the first step critical, so minor can still rise."""
    assert found(AGAIN, "name = 'bound', when = 'contacts >= 9', raise = '+1, at most major'") == []


@pytest.mark.parametrize(
    ("when", "kept"),
    [("size is large", True), ("size <= large", True), ("size is small", False), ("contacts < 3", True)],
)
def test_a_step_may_break_the_order_only_along_its_own_fact(when: str, kept: bool) -> None:
    """RUL-7: small is raised from minor to critical, past large, which stays major."""
    odd = f"name = 'odd', when = '{when}', raise = '+2, at most critical'"
    assert [one.split(": ")[0] for one in found(odd)] == (
        [] if kept else ["warning priority.step-order at priority, step odd"]
    )
    ranks = []
    for size in ("small", "large"):
        opened = sc.Opened("T", NOW, facts={"size": size, "contacts": 0})
        ranks.append(concept(odd).scale.rank(sc.evaluate(concept(odd), [opened], as_of=NOW).priority))
    assert (ranks == sorted(ranks)) == kept
