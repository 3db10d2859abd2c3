"""Ladders, policies and recipients: what they refuse and how they say so."""

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
    Recipients,
    Roster,
    Step,
    check_recipients,
)

HALF = timedelta(minutes=30)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (
            lambda: Step("ann", effect="pgae"),  # type: ignore[arg-type]  # the error is what is tested
            "`pgae` is not an effect of a step; expected one of `page`, `inform`; did you mean `page`?",
        ),
        (
            lambda: Step("ann", unless="resolved"),  # type: ignore[arg-type]  # the error is what is tested
            "`resolved` does not cancel a step; `unless` is `acknowledged` or `None`",
        ),
        (
            lambda: Step("ann", HALF),  # type: ignore[arg-type]  # the error is what is tested
            "`0:30:00` is not the time of a step; expected `After(…)` or `Percent(…)`",
        ),
        (
            lambda: After(-HALF),
            "`-1 day, 23:30:00` after the start of a round is before it; expected zero or more",
        ),
        (
            lambda: Percent("reaction", 80),  # type: ignore[arg-type]  # the error is what is tested
            "`80` is not a share of a clock; expected a fraction above zero, for 80 % `Fraction(80, 100)`",
        ),
        (
            lambda: Percent("reaction", Fraction(0)),
            "`0` is not a share of a clock; expected a fraction above zero, for 80 % `Fraction(80, 100)`",
        ),
        (lambda: Ladder("night", []), "ladder `night` has no step; give at least one"),
        (
            lambda: Ladder("night", [Step("ann")], rounds=0),
            "ladder `night` has `0` rounds; expected a whole number from 1 on",
        ),
        (
            lambda: Ladder("night", [Step("ann")], rounds=2),
            "ladder `night` has `2` rounds without a length; give it, for example `every=timedelta(hours=1)`",
        ),
        (
            lambda: Ladder("night", [Step("ann", After(HOUR)), Step("bob", After(HALF))]),
            "ladder `night`: the step after `0:30:00` follows the step after `1:00:00`; put the steps in order of time",
        ),
        (
            lambda: Ladder("night", [Step("ann"), Step("bob", After(HALF))], rounds=2, every=HALF),
            "ladder `night`: a round of `0:30:00` ends before its last step; give a longer `every`",
        ),
        (
            lambda: LadderPolicy([LadderRow(Ladder("night", [Step("ann")]), ["critcal"])]),
            "ladder `night`: `critcal` is not a priority; expected one of `minor`, `major`, `critical`, `blocker`; "
            "did you mean `critical`?",
        ),
        (
            lambda: LadderPolicy(
                [LadderRow(Ladder("night", [Step("ann")])), LadderRow(Ladder("night", [Step("bob")]))]
            ),
            "two different ladders have the name `night`; give each a name of its own",
        ),
        (
            lambda: Recipients(people={"ann": Person("ann")}, roles={"ann": None}),
            "`ann` names two of the duties, people and roles; give each a name of its own",
        ),
        (
            lambda: Recipients(people={"ann": Person("ann")}, roles={"head": "anne"}),
            "role `head`: `anne` is not a person; expected one of `ann`; did you mean `ann`?",
        ),
        (
            lambda: Recipients(people={"ann": Person("ann")}, duties={"night": Roster("night", [Layer("bob")])}),
            "duty `night`: `bob` is not a person; expected one of `ann`",
        ),
    ],
)
def test_invalid_steps_ladders_and_policies_are_refused(made: Callable[[], object], message: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        made()
    assert str(caught.value) == message


def test_moves_are_not_built() -> None:
    with pytest.raises(NotBuiltError) as caught:
        Step("second", effect="move")  # type: ignore[arg-type]  # the error is what is tested
    assert str(caught.value) == ("steps that `move` a ticket to a level are not built yet; expected `page` or `inform`")


@pytest.mark.parametrize(
    ("steps", "every"),
    [
        ([Step("ann"), Step("bob", After(HALF))], HOUR),
        ([Step("ann"), Step("bob", After(HALF)), Step("cem", After(2 * HOUR))], timedelta(hours=3, minutes=30)),
        ([Step("ann"), Step("bob"), Step("cem", After(HALF))], HOUR),
    ],
)
def test_by_default_the_last_step_has_as_much_time_as_the_step_before(steps: list[Step], every: timedelta) -> None:
    assert Ladder("night", steps, rounds=2).every == every


def test_the_first_row_that_fits_is_in_force() -> None:
    one, other = Ladder("one", [Step("ann")]), Ladder("other", [Step("bob")])
    policy = LadderPolicy([LadderRow(one, ["blocker"], hours=always_open("UTC")), LadderRow(other), LadderRow(one)])
    assert [policy.in_force(priority, 0) for priority in ("blocker", "minor")] == [one, other]
    assert [ladder.name for ladder in policy.ladders] == ["one", "other"]


def test_outside_a_calendar_that_is_always_open_no_ladder_applies() -> None:
    policy = LadderPolicy([LadderRow(Ladder("one", [Step("ann")]), hours=always_open("UTC"), outside=True)])
    assert policy.in_force("blocker", 0) is None


def test_unknown_recipients_are_refused_with_the_nearest_name() -> None:
    recipients = Recipients(people={"ann": Person("ann", ["phone"])}, roles={"head": "ann"})
    with pytest.raises(DefinitionError) as caught:
        check_recipients(LadderPolicy([LadderRow(Ladder("night", [Step("ann"), Step("hed")]))]), recipients)
    assert str(caught.value) == (
        "ladder `night`, step 2: `hed` is not a duty, person or role; expected one of `ann`, `head`; "
        "did you mean `head`?"
    )
    with pytest.raises(DefinitionError, match="ladder `night`, last resort: `boss` is not a duty, person or role"):
        check_recipients(LadderPolicy([LadderRow(Ladder("night", [Step("ann")], last_resort="boss"))]), recipients)


def test_an_unbound_role_and_a_missing_channel_are_findings() -> None:
    recipients = Recipients(
        duties={"night": Roster("night", [Layer(["ann", "bob"])])},
        people={"ann": Person("ann", ["phone"]), "bob": Person("bob", ["mail"])},
        roles={"head": None},
    )
    ladder = Ladder("urgent", [Step("night", channel="phone")], last_resort="head")
    found = check_recipients(LadderPolicy([LadderRow(ladder), LadderRow(ladder, ["blocker"])]), recipients)
    assert [(one.code, one.path, one.message) for one in found] == [
        (
            "escalation.no-channel",
            "ladders.urgent.steps.1",
            "`bob` may serve as `night` but has no channel `phone`; add it in the directory",
        ),
        (
            "escalation.unbound-role",
            "ladders.urgent.last_resort",
            "role `head` is bound to nobody; bind it in the directory",
        ),
    ]


def test_a_directory_in_which_everybody_can_be_reached_has_no_findings() -> None:
    recipients = Recipients(people={"ann": Person("ann", "phone")}, roles={"head": "ann"})
    ladder = Ladder("urgent", [Step("ann"), Step("head", After(HALF))], last_resort="ann")
    assert check_recipients(LadderPolicy([LadderRow(ladder)]), recipients) == ()
