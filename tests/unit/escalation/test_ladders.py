"""Ladders, policies and targets: what they refuse and how they say so."""

from collections.abc import Callable
from datetime import timedelta
from fractions import Fraction

import pytest

from supportcore.calendars import always_open
from supportcore.errors import DefinitionError, NotBuiltError
from supportcore.escalation import (
    After,
    Ladder,
    LadderPolicy,
    LadderRow,
    Layer,
    Percent,
    Person,
    Roster,
    Step,
    Targets,
    check_targets,
)

HALF = timedelta(minutes=30)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (
            lambda: Step("ann", effect="pgae"),  # type: ignore[arg-type]  # the error is what is tested
            "the effect `pgae` of a step is not known; accepted are `page`, `inform`; did you mean `page`?",
        ),
        (
            lambda: Step("ann", unless="resolved"),  # type: ignore[arg-type]  # the error is what is tested
            "a step `unless` `resolved` is not known; accepted is `acknowledged` or nothing",
        ),
        (
            lambda: Step("ann", HALF),  # type: ignore[arg-type]  # the error is what is tested
            "`0:30:00` is no time of a step; accepted are `After(…)` and `Percent(…)`",
        ),
        (
            lambda: After(-HALF),
            "a step `-1 day, 23:30:00` after the start of the round would come before it; give zero or more",
        ),
        (
            lambda: Percent("reaction", 80),  # type: ignore[arg-type]  # the error is what is tested
            "`80` is no share of a clock; accepted is a fraction above zero, for 80 % `Fraction(80, 100)`",
        ),
        (
            lambda: Percent("reaction", Fraction(0)),
            "`0` is no share of a clock; accepted is a fraction above zero, for 80 % `Fraction(80, 100)`",
        ),
        (lambda: Ladder("night", []), "ladder `night` has no step; give at least one"),
        (
            lambda: Ladder("night", [Step("ann")], rounds=0),
            "ladder `night` has `0` rounds; a whole number from 1 on is accepted",
        ),
        (
            lambda: Ladder("night", [Step("ann")], rounds=2),
            "ladder `night` runs `2` rounds, but not how long a round is; give it, "
            "for example `every=timedelta(hours=1)`",
        ),
        (
            lambda: Ladder("night", [Step("ann", After(HOUR)), Step("bob", After(HALF))]),
            "ladder `night`: the step after `0:30:00` stands behind the one after `1:00:00`; "
            "put steps in order of time",
        ),
        (
            lambda: Ladder("night", [Step("ann"), Step("bob", After(HALF))], rounds=2, every=HALF),
            "ladder `night`: a round of `0:30:00` ends before its last step; give a longer `every`",
        ),
        (
            lambda: LadderPolicy([LadderRow(Ladder("night", [Step("ann")]), ["critcal"])]),
            "ladder `night`: `critcal` is no priority; accepted are `minor`, `major`, `critical`, `blocker`; "
            "did you mean `critical`?",
        ),
        (
            lambda: LadderPolicy(
                [LadderRow(Ladder("night", [Step("ann")])), LadderRow(Ladder("night", [Step("bob")]))]
            ),
            "two different ladders are called `night`; give each a name of its own",
        ),
        (
            lambda: Targets(people={"ann": Person("ann")}, roles={"ann": None}),
            "`ann` is the name of two among duties, people and roles; give each a name of its own",
        ),
        (
            lambda: Targets(people={"ann": Person("ann")}, roles={"head": "anne"}),
            "role `head`: `anne` is no person; accepted are `ann`; did you mean `ann`?",
        ),
        (
            lambda: Targets(people={"ann": Person("ann")}, duties={"night": Roster("night", [Layer("bob")])}),
            "duty `night`: `bob` is no person; accepted are `ann`",
        ),
    ],
)
def test_what_cannot_be_built_says_why(made: Callable[[], object], message: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        made()
    assert str(caught.value) == message


def test_moves_are_not_built() -> None:
    with pytest.raises(NotBuiltError) as caught:
        Step("second", effect="move")  # type: ignore[arg-type]  # the error is what is tested
    assert str(caught.value) == (
        "steps that `move` a ticket to a level are not built yet; accepted are `page` and `inform`"
    )


@pytest.mark.parametrize(
    ("steps", "every"),
    [
        ([Step("ann"), Step("bob", After(HALF))], HOUR),
        ([Step("ann"), Step("bob", After(HALF)), Step("cem", After(2 * HOUR))], timedelta(hours=3, minutes=30)),
        ([Step("ann"), Step("bob"), Step("cem", After(HALF))], HOUR),
    ],
)
def test_a_round_lasts_after_its_last_step_as_long_as_that_came_after_the_one_before(
    steps: list[Step], every: timedelta
) -> None:
    assert Ladder("night", steps, rounds=2).every == every


def test_the_first_row_that_fits_is_in_force() -> None:
    one, other = Ladder("one", [Step("ann")]), Ladder("other", [Step("bob")])
    policy = LadderPolicy([LadderRow(one, ["blocker"], hours=always_open("UTC")), LadderRow(other), LadderRow(one)])
    assert [policy.in_force(priority, 0) for priority in ("blocker", "minor")] == [one, other]
    assert [ladder.name for ladder in policy.ladders] == ["one", "other"]


def test_outside_what_is_always_open_there_is_no_ladder() -> None:
    policy = LadderPolicy([LadderRow(Ladder("one", [Step("ann")]), hours=always_open("UTC"), outside=True)])
    assert policy.in_force("blocker", 0) is None


def test_unknown_targets_are_errors_with_the_nearest_name() -> None:
    targets = Targets(people={"ann": Person("ann", ["phone"])}, roles={"head": "ann"})
    with pytest.raises(DefinitionError) as caught:
        check_targets(LadderPolicy([LadderRow(Ladder("night", [Step("ann"), Step("hed")]))]), targets)
    assert str(caught.value) == (
        "ladder `night`, step 2: `hed` is no duty, person or role; accepted are `ann`, `head`; did you mean `head`?"
    )
    with pytest.raises(DefinitionError, match="ladder `night`, last resort: `boss` is no duty, person or role"):
        check_targets(LadderPolicy([LadderRow(Ladder("night", [Step("ann")], last_resort="boss"))]), targets)


def test_what_is_missing_in_the_directory_is_a_finding() -> None:
    targets = Targets(
        duties={"night": Roster("night", [Layer(["ann", "bob"])])},
        people={"ann": Person("ann", ["phone"]), "bob": Person("bob", ["mail"])},
        roles={"head": None},
    )
    ladder = Ladder("urgent", [Step("night", channel="phone")], last_resort="head")
    found = check_targets(LadderPolicy([LadderRow(ladder), LadderRow(ladder, ["blocker"])]), targets)
    assert [(one.code, one.path, one.message) for one in found] == [
        (
            "escalation.no-channel",
            "ladders.urgent.steps.1",
            "`bob` may serve as `night` and has no channel `phone`; add it in the directory",
        ),
        (
            "escalation.unbound-role",
            "ladders.urgent.last_resort",
            "role `head` is bound to nobody; bind it in the directory",
        ),
    ]


def test_a_directory_in_which_everybody_can_be_called_has_no_finding() -> None:
    targets = Targets(people={"ann": Person("ann", "phone")}, roles={"head": "ann"})
    ladder = Ladder("urgent", [Step("ann"), Step("head", After(HALF))], last_resort="ann")
    assert check_targets(LadderPolicy([LadderRow(ladder)]), targets) == ()
