"""Conditions, thresholds, targets and agreements: what is accepted, and the words of what is not."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from attrs import evolve

from supportcore.domains import Choice, Domain, Integer, Scale, Value
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, Rule
from supportcore.sla import Agreement, Metric, On, Target, Threshold, While, reaction, resolution
from supportcore.tickets import AgentReplied, Opened, Paused, Resolved, Resumed
from tests.unit.sla.desk import ALWAYS, OFFICE, PROMISES, TABLE, at

REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: On(), "`On` needs at least one kind of event, for example `On(Opened)`"),
    (
        lambda: On(Paused, where={"reson": "customer"}),
        "`reson` in `where` is not a field of `Paused`; expected one of `reason`; did you mean `reason`?",
    ),
    (
        lambda: On(Resumed, where={"reason": "customer"}),
        "`reason` in `where` is not a field of `Resumed`; it has none",
    ),
    (
        lambda: On(AgentReplied, by="agnt"),
        "`agnt` in `by` is not a role; expected one of `owner`, `agent`, `supplier`, `monitoring`, `bot`, "
        "`system`, `other`, `customer`; did you mean `agent`?",
    ),
    (lambda: On(AgentReplied, by=[]), "`by` is empty; leave it out if any actor counts"),
    (lambda: While({}), '`While` needs at least one fact, for example `While({"state": "waiting"})`'),
    (
        lambda: Metric("m", start=[Opened], stop=On(Resolved)),
        "`Opened` is not a condition; give `On(…)` or `While(…)`; did you mean `On(Opened)`?",
    ),
    (
        lambda: Threshold.percent(-1),
        "`-1` is not a percentage of a target; give a whole number, `Decimal` or `Fraction` of at least 0",
    ),
    (
        lambda: Threshold.percent(12.5),
        "`12.5` is not a percentage of a target; give a whole number, `Decimal` or `Fraction` of at least 0",
    ),
    (
        lambda: Threshold.before(timedelta(hours=-1)),
        "`-1:00:00` is a negative distance from the due date; give a length of at least 0 to `before` or `after`",
    ),
    (
        lambda: reaction(Threshold.percent(50), Threshold.percent(50)),
        "metric `reaction` has two thresholds with one name: `50 %`, `50 %`",
    ),
    (
        lambda: Target(timedelta(hours=-4)),
        "`-4:00:00` is a negative target; give a length of at least 0, or `None`",
    ),
    (
        lambda: Target(4),
        "`4` is not a target; give a length such as `timedelta(hours=4)`, a day form, a named date, "
        "an instant or `None`",
    ),
    (lambda: Agreement("", OFFICE, [reaction()]), "`name` of an agreement is ``; give a text"),
    (
        lambda: Agreement("gold", OFFICE, []),
        "agreement `gold` needs metrics, each with a name of its own; it has none",
    ),
    (
        lambda: Agreement("gold", OFFICE, [reaction(), reaction()]),
        "agreement `gold` needs metrics, each with a name of its own; it has `reaction`, `reaction`",
    ),
    (
        lambda: Agreement("gold", OFFICE, [reaction()], targets={"reaction": "1 hour"}, promises=PROMISES),
        "agreement `gold` may promise `1 hour` for `reaction`, but has no such promise; "
        "it has `1 h`, `2 h`, `4 h`, `16 h`, `none`; did you mean `1 h`?",
    ),
    (
        lambda: Agreement("gold", OFFICE, [reaction()], targets={"reation": "1 h"}, promises=PROMISES),
        "agreement `gold` promises something for `reation`, which is not one of its metrics (`reaction`); did "
        "you mean `reaction`?",
    ),
    (
        lambda: Agreement("gold", OFFICE, [reaction(), resolution()], targets=TABLE, promises={"1 h": PROMISES["1 h"]}),
        "agreement `gold` may promise `2 h` for `reaction`, but has no such promise; it has `1 h`; did you mean `1 h`?",
    ),
]


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[words[:50] for _, words in REFUSED])
def test_what_cannot_be_is_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(DefinitionError) as caught:
        make()
    assert str(caught.value) == words


def test_a_kind_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(
        DefinitionError, match=r"`Resolve` in `On` is not a kind of event; .*; did you mean `Resolved`?"
    ):
        On(type("Resolve", (), {}))


def test_a_condition_asks_for_kind_role_and_data() -> None:
    asked = On(Paused, by={"agent", "owner"}, where={"reason": {"customer", "third party"}})
    assert asked.matches(Paused("T", at(5, 9), reason="customer"))
    assert asked.matches(Paused("T", at(5, 9), reason="third party", by="owner:eva"))
    assert not asked.matches(Paused("T", at(5, 9), reason="supplier"))
    assert not asked.matches(Paused("T", at(5, 9), reason="customer", by="bot"))
    assert not asked.matches(Resumed("T", at(5, 9)))
    assert (asked.plain, On(Paused).plain) == (False, True)


def test_facts_that_are_not_known_do_not_hold() -> None:
    waiting = While({"state": {"waiting", "parked"}, "vip": True})
    assert waiting.holds({"state": "parked", "vip": True})
    assert not waiting.holds({"state": "parked", "vip": False})
    assert not waiting.holds({"state": "parked"})


def test_a_bots_receipt_may_not_count() -> None:
    people = reaction().with_(stop=On(AgentReplied, by={"agent", "owner"}))
    assert people.stop == (On(AgentReplied, by=["owner", "agent"]),)


def test_percents_are_exact() -> None:
    assert Threshold.percent(50).used(3) == 2  # half of 3 µs is used at the second
    assert Threshold.percent(Decimal("12.5")).used(8) == 1
    assert Threshold.percent(Fraction(100, 3)).used(3) == 1
    assert Threshold.percent(150).used(2) == 3


def test_an_agreement_equals_another_of_the_same_definition() -> None:
    one = Agreement("gold", OFFICE, [resolution()], targets={"resolution": "4 h"}, promises=PROMISES)
    other = Agreement("gold", OFFICE, resolution(), targets={"resolution": "4 h"}, promises=PROMISES)
    assert one == other


def test_a_target_may_have_a_calendar_of_its_own() -> None:
    promises = {"4 h": Target(timedelta(hours=4), ALWAYS, calendar_name="always"), "1 h": Target(timedelta(hours=1))}
    agreement = Agreement("gold", OFFICE, [resolution()], promises=promises, calendar_name="office")
    assert (agreement.terms["4 h"].calendar, agreement.terms["4 h"].calendar_name) == (ALWAYS, "always")
    assert (agreement.terms["1 h"].calendar, agreement.terms["1 h"].calendar_name) == (OFFICE, "office")
    unnamed = Agreement("gold", OFFICE, [resolution()], promises={"x": Target(None, ALWAYS)}, calendar_name="office")
    assert unnamed.terms["x"].calendar_name == ""


def test_the_priorities_come_from_the_table_unless_given() -> None:
    assert (
        Agreement("gold", OFFICE, [resolution()], targets={}, priorities=["low", "high"]).direction("low", "high") == 1
    )
    unordered = DecisionTable(
        name="targets", hit="first", inputs=[Choice("priority", ["a", "b"])], outputs=[Scale("resolution", ["none"])],
        rules=[Rule({}, {"resolution": "none"})],
    )  # fmt: skip
    assert Agreement("gold", OFFICE, [resolution()], targets=unordered, promises=PROMISES).priorities == ()


def test_what_is_no_name_of_a_promise_is_refused() -> None:
    for name in ("", 4):
        with pytest.raises(DefinitionError, match=f"`{name}` is not the name of a promise; give a text"):
            Agreement("gold", OFFICE, [resolution()], promises={name: Target(None)})  # type: ignore[dict-item]


def test_an_agreement_stays_as_it_was_made() -> None:
    chosen = {"resolution": "4 h"}
    agreement = Agreement("gold", OFFICE, [resolution()], targets=chosen, promises=PROMISES)
    chosen["resolution"] = "16 h"
    assert agreement.choose({})[0].terms.promise == "4 h"
    assert hash(agreement) == hash(evolve(agreement))


def test_the_default_of_a_table_chooses_too() -> None:
    table = DecisionTable(
        name="targets",
        hit="first",
        inputs=[Scale("priority", ["low", "high"])],
        outputs=[Choice("resolution", ["4 h"])],
        rules=[Rule({"priority": "high"}, {"resolution": "4 h"})],
        default={"resolution": "4 h"},
    )
    agreement = Agreement("gold", OFFICE, [resolution()], targets=table, promises=PROMISES)
    (chosen,) = agreement.choose({"priority": "low"})
    assert (chosen.terms.promise, chosen.rule, chosen.priority) == ("4 h", None, "low")


def test_a_rule_for_several_priorities_chooses_under_each_of_them() -> None:
    agreement = Agreement(
        "gold",
        ALWAYS,
        [reaction()],
        targets=DecisionTable(
            name="targets",
            hit="first",
            inputs=[Scale("priority", ["minor", "major"])],
            outputs=[Choice("reaction", ["1 h"])],
            rules=[Rule({}, {"reaction": "1 h"})],
        ),
        promises={"1 h": Target(timedelta(hours=1))},
    )
    found = [agreement.choose({"priority": priority})[0].priority for priority in ("minor", "major", "minor")]
    assert found == ["minor", "major", "minor"]


def test_a_table_that_answers_with_a_list_is_refused() -> None:
    table = DecisionTable(
        name="targets", hit="rule-order", inputs=[], outputs=[Choice("resolution", ["4 h"])],
        rules=[Rule({}, {"resolution": "4 h"})],
    )  # fmt: skip
    with pytest.raises(DefinitionError) as caught:
        Agreement("gold", OFFICE, [resolution()], targets=table, promises=PROMISES)
    assert str(caught.value) == (
        "the targets of agreement `gold` decide a list; give the table a hit policy with a single result, "
        "such as `first` or `unique`"
    )


@pytest.mark.parametrize(
    ("output", "answer"),
    [
        ("reation", "did you mean `reaction`?"),
        ("hours", "name one of them, or take it out"),
        ("resolutions", "did you mean `resolution`?"),
    ],
)
def test_a_table_with_an_output_that_is_no_metric_is_refused(output: str, answer: str) -> None:
    table = DecisionTable(
        name="targets", hit="first", inputs=[], outputs=[Choice("resolution", ["4 h"]), Choice(output, ["1 h"])],
        rules=[Rule({}, {"resolution": "4 h", output: "1 h"})],
    )  # fmt: skip
    with pytest.raises(DefinitionError) as caught:
        Agreement("gold", OFFICE, [reaction(), resolution()], targets=table, promises=PROMISES)
    assert str(caught.value) == (
        f"agreement `gold` promises something for `{output}`, which is not one of its metrics "
        f"(`reaction`, `resolution`); {answer}"
    )


@pytest.mark.parametrize(
    ("output", "value", "hit"),
    [
        (Integer("resolution", 0, 9), 4, {"hit": "first"}),
        (Choice("resolution", ["4 h"], other=True), "next week", {"hit": "first"}),
        (Choice("resolution", ["4 h"]), "4 h", {"hit": "collect", "aggregate": "count"}),
    ],
)
def test_a_table_with_an_unknown_promise_is_refused(output: Domain, value: Value, hit: dict[str, Any]) -> None:
    table = DecisionTable(name="targets", inputs=[], outputs=[output], rules=[Rule({}, {"resolution": value})], **hit)
    with pytest.raises(DefinitionError) as caught:
        Agreement("gold", OFFICE, [resolution()], targets=table, promises=PROMISES)
    assert str(caught.value) == (
        "the targets of agreement `gold` may decide any value for `resolution`; give the table a choice among "
        "the names of the promises there"
    )
