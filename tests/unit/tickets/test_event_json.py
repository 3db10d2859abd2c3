"""Events as JSON: what is written, what is read, and what each thing that is wrong is answered with."""

import json
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import pytest
from attrs import evolve

from supportcore.errors import ConceptError
from supportcore.instants import zone
from supportcore.tickets import (
    Attached,
    DueOverridden,
    Event,
    Excused,
    FactsChanged,
    Merged,
    Opened,
    Paused,
    PriorityOverridden,
    Resolved,
    Withdrawn,
    WorkLogged,
)
from supportcore.tickets.event_json import dump_events, load_events

BERLIN = zone("Europe/Berlin")
AT = datetime(2026, 1, 5, 9, tzinfo=BERLIN)


def tree_of(event: Event) -> dict[str, object]:
    [tree] = json.loads(dump_events([event]))["events"]
    assert isinstance(tree, dict)
    return tree


def problems(*events: object) -> list[str]:
    return refusal(json.dumps({"schema": 1, "events": events}))


def refusal(text: str) -> list[str]:
    with pytest.raises(ConceptError) as caught:
        load_events(text)
    assert caught.value.source == "events"
    return [str(problem) for problem in caught.value.problems]


def resolved(**other: object) -> dict[str, object]:
    return {"kind": "resolved", "ticket": "T-1", "at": "2026-01-05T09:00:00+01:00", **other}


# Writing


def test_one_event_is_one_line() -> None:
    assert dump_events([Opened("T-1", AT, id="a"), Resolved("T-1", AT, id="b", by="agent:ann", sequence=1)]) == (
        '{"schema": 1, "events": [\n'
        '  {"kind": "opened", "ticket": "T-1", "at": "2026-01-05T09:00:00+01:00[Europe/Berlin]", "by": "customer", '
        '"id": "a"},\n'
        '  {"kind": "resolved", "ticket": "T-1", "at": "2026-01-05T09:00:00+01:00[Europe/Berlin]", "by": "agent:ann", '
        '"sequence": 1, "id": "b"}\n'
        "]}"
    )


@pytest.mark.parametrize(
    "event",
    [
        PriorityOverridden("T", AT, priority="major", reason=""),
        Paused("T", AT, reason=""),
        Excused("T", AT, start=AT, end=AT, reason=""),
        DueOverridden("T", AT, metric="m", due=AT, reason=""),
        Merged("T", AT, into=""),
        Attached("T", AT, agreement=""),
        Opened("", AT),
        Opened("T", AT, id=""),
        Opened("T", datetime(2026, 1, 1, tzinfo=timezone(timedelta(seconds=1, microseconds=5)))),
        Opened("T", datetime(2026, 1, 1, tzinfo=timezone(-timedelta(hours=3, microseconds=5)))),
    ],
)
def test_an_event_with_empty_texts_or_a_fine_offset_comes_back(event: Event) -> None:
    assert load_events(dump_events([event])) == (event,)


def test_what_no_file_holds_is_refused() -> None:
    with pytest.raises(ConceptError) as caught:
        dump_events([Resolved("T-1", AT), FactsChanged("T-1", AT, facts={"n": 10**5000})])
    assert [problem.path for problem in caught.value.problems] == ["events[1].facts.n"]
    with pytest.raises(ConceptError) as caught:
        dump_events([Opened("T-1", AT, customer="\ud800"), Resolved("T-\udfff", AT)])
    assert [str(problem) for problem in caught.value.problems] == [
        f"events[{place}]: has half of a character (a surrogate), which no file holds; replace it" for place in (0, 1)
    ]


def test_no_events_make_an_empty_document() -> None:
    assert load_events(dump_events([])) == ()
    assert dump_events([]) == '{"schema": 1, "events": []}'


def test_facts_keep_their_kind() -> None:
    facts = {
        "text": "größer",
        "flag": False,
        "count": 3,
        "share": Decimal("1.50"),
        "day": date(2026, 1, 5),
        "time": time(9, 30),
        "set": {"web", "mail"},
    }
    event = FactsChanged("T-1", AT, facts=facts)
    assert tree_of(event)["facts"] == {
        "text": "größer",
        "flag": False,
        "count": 3,
        "share": {"number": "1.50"},
        "day": {"day": "2026-01-05"},
        "time": {"time": "09:30:00"},
        "set": {"set": ["mail", "web"]},
    }
    assert load_events(dump_events([event])) == (event,)


def test_umlauts_are_written_as_they_are() -> None:
    assert "größer" in dump_events([Opened("T-1", AT, facts={"size": "größer"})])


def test_recorded_is_written_if_it_differs_from_at() -> None:
    assert "recorded" not in tree_of(Resolved("T-1", AT))
    late = Resolved("T-1", AT, recorded=AT + timedelta(hours=1))
    assert tree_of(late)["recorded"] == "2026-01-05T10:00:00+01:00[Europe/Berlin]"


def test_instants_other_than_at_are_written() -> None:
    due = DueOverridden("T-1", AT, metric="resolution", due=AT, reason="asked")
    assert tree_of(due)["due"] == "2026-01-05T09:00:00+01:00[Europe/Berlin]"
    assert "agreement" not in tree_of(due)
    named = evolve(due, agreement="gold")
    assert (tree_of(named)["agreement"], load_events(dump_events([named]))) == ("gold", (named,))
    assert "start" not in tree_of(WorkLogged("T-1", AT, minutes=5))
    assert tree_of(WorkLogged("T-1", AT, minutes=0))["minutes"] == 0


# Reading


def test_a_bare_number_with_a_point_is_a_decimal() -> None:
    [event] = load_events(
        '{"schema": 1, "events": [{"kind": "opened", "ticket": "T-1", "at": "2026-01-05T09:00:00Z", '
        '"facts": {"share": 1.10, "large": 1e3, "count": 4}}]}'
    )
    assert isinstance(event, Opened)
    assert [str(event.facts[name]) for name in ("share", "large", "count")] == ["1.10", "1E+3", "4"]
    assert [type(event.facts[name]) for name in ("share", "large", "count")] == [Decimal, Decimal, int]


def test_zone_and_fold_survive() -> None:
    second = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    [event] = load_events(dump_events([Resolved("T-1", second)]))
    assert (event.at.isoformat(), event.at.fold, event.at.tzinfo) == ("2026-10-25T02:30:00+01:00", 1, BERLIN)


def test_an_actor_may_have_a_colon_in_the_name() -> None:
    [event] = load_events(dump_events([Resolved("T-1", AT, by="agent:ann:desk 1")]))
    assert event.by.name == "ann:desk 1"


def test_references_between_events_survive() -> None:
    events = (
        PriorityOverridden("T-1", AT, id="o", priority="major", reason="asked"),
        Withdrawn("T-1", AT + timedelta(hours=1), id="w", event="o"),
    )
    assert load_events(dump_events(events)) == events


# What is wrong


def test_all_problems_are_reported_at_once_with_their_paths() -> None:
    assert problems(
        {"kind": "resolvd", "ticket": "T-1", "at": "2026-01-05T09:00:00Z"},
        resolved(ticket=3, sequence=1.5, by="agnet"),
        {"ticket": "T-1"},
        4,
        resolved(cause="x"),
    ) == [
        "events[0].kind: `resolvd` is not an event type; expected one of `opened`, `attached`, `withdrawn`, "
        "`facts changed`, `priority overridden`, `alarm raised`, `receipt confirmed`, `customer replied`, "
        "`agent replied`, `paused`, `resumed`, `assigned`, `handed back`, `work logged`, `page acknowledged`, "
        "`snoozed`, `escalated`, `resolved`, `solution told`, `accepted`, `reopened`, `closed`, `cancelled`, `merged`, "
        "`due overridden`, `excused`, `surveyed`; did you mean `resolved`?",
        "events[1].ticket: `3` is a whole number; expected a text",
        "events[1].by: `agnet` is not the role of an actor; expected one of `owner`, `agent`, `supplier`, "
        "`monitoring`, `bot`, `system`, `other`, `customer`; did you mean `agent`?",
        "events[1].sequence: `1.5` is a number with a point; expected a whole number",
        "events[2].kind: is missing; give it a value",
        "events[3]: `4` is a whole number; expected a table with the keys of an event",
        "events[4].cause: `cause` is not a key here; expected one of `ticket`, `at`, `by`, "
        "`sequence`, `id`, `recorded`",
    ]


@pytest.mark.parametrize(
    ("event", "words"),
    [
        (resolved(at=5), "at: `5` is a whole number; expected an instant such as `2026-01-05T09:00:00+01:00"),
        (resolved(by=5), "by: `5` is a whole number; expected a role, or a role and a name such as `agent:ann`"),
        (resolved(kind=5), "kind: `5` is a whole number; expected the name of an event type"),
        (resolved(kind="facts changed", removed="a"), "removed: `a` is a text; expected a list of texts"),
        (resolved(kind="opened", facts=["a"]), "facts: `['a']` is a list; expected a table of facts"),
        (resolved(kind="work logged"), "minutes: is missing; give it a value"),
        (resolved(kind="surveyed", score=True), "score: `True` is yes or no; expected a whole number"),
    ],
)
def test_values_of_another_type_are_refused(event: dict[str, object], words: str) -> None:
    [problem] = problems(event)
    assert problem.startswith(f"events[0].{words}")


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (None, "`null` is not a fact; expected a text, yes or no, a number, "),
        ([1], "`[1]` is not a fact; expected a text, "),
        ({"dy": "2026-01-05"}, '`{"dy": "2026-01-05"}` is not a fact; '),
        ({"set": ["a", 1]}, '`{"set": ["a", 1]}` is not a fact; '),
        ({"day": "2026-1-5"}, "`2026-1-5` is not a day; expected a day such as `2026-01-05`"),
        ({"time": "9"}, "`9` is not a time of day; expected a time such as `09:00`"),
        ({"number": "1,5"}, "`1,5` is not a number; expected digits such as `1.50`"),
        ({"number": "NaN"}, "`NaN` is not a number; expected digits such as `1.50`"),
    ],
)
def test_invalid_facts_are_refused(fact: object, words: str) -> None:
    [problem] = problems(resolved(kind="opened", facts={"share": fact}))
    assert problem.startswith(f"events[0].facts.share: {words}")


def test_all_invalid_facts_are_reported() -> None:
    assert len(problems(resolved(kind="opened", facts={"a": None, "b": 1, "c": {"day": "x"}}))) == 2


def test_another_schema_is_refused_at_once() -> None:
    assert refusal('{"schema": 2, "events": [{"new": "shape"}]}') == [
        "schema: `2` is not a schema of this version; expected `1`"
    ]


def test_a_document_without_schema_is_refused() -> None:
    assert refusal('{"events": []}') == ["schema: is missing; give it a value"]
    assert refusal("[]") == ["`[]` is a list; expected a table"]


def test_invalid_json_is_reported_with_its_line() -> None:
    assert refusal('{"schema": 1,\n "events": [}') == ["line 2: cannot be read as JSON: expecting value (column 13)"]


def test_a_duplicate_key_is_refused() -> None:
    assert refusal('{"schema": 1, "schema": 1, "events": []}') == [
        "line 1, schema: `schema` is given twice; keep one of the two"
    ]


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity"])
def test_numbers_that_are_not_finite_are_refused(word: str) -> None:
    assert refusal('{"schema": 1, "events": [' + word + "]}") == [
        f"`{word}` is not a finite number; write a finite one"
    ]


def test_utc_is_read_without_a_zone() -> None:
    [event] = load_events(json.dumps({"schema": 1, "events": [resolved(at="2026-01-05T08:00:00Z")]}))
    assert event.at == AT.astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "it is nested too deeply"),
        ('{"schema": 1' + "0" * 5_000 + "}", "a number in it is too long"),
        ('{"schema": 1e99999999999999999999}', "a number in it is too long"),
    ],
    ids=["nested", "digits", "exponent"],
)
def test_documents_beyond_the_limits_are_refused(text: str, words: str) -> None:
    with pytest.raises(ConceptError) as caught:
        load_events(text)
    assert str(caught.value) == f"1 problem in events\n  cannot be read as JSON: {words}"
