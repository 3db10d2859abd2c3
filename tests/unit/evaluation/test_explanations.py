"""A case in words: every answer with its reasons, in both languages, whatever happened to the ticket."""

import ast
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from string import Formatter
from typing import get_args
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve
from hypothesis import given, strategies as st

import supportcore as sc
from supportcore import escalation
from supportcore.calendars import always_open
from supportcore.escalation import Ladder, LadderPolicy, LadderRow, Percent, Step
from supportcore.escalation.plans import Effect, Ending
from supportcore.findings import SEVERITIES
from supportcore.instants import MINUTE, datetime_of
from supportcore.mappings import FrozenMapping
from supportcore.priority import PriorityStep
from supportcore.sla import Agreement, ChangePolicy, Metric, On, Target, reaction
from supportcore.sla.clock.cycles import Phase, Result
from supportcore.sla.clock.traces import SegmentKind
from supportcore.tickets import KINDS, kind_name
from supportcore.wording.catalogue import sentences
from tests.strategies import histories

BERLIN = ZoneInfo("Europe/Berlin")
HOSTING = sc.load(sc.example("hosting"))
MONDAY = datetime(2026, 3, 9, 9, tzinfo=BERLIN)
NIGHT = datetime(2026, 3, 9, 2, tzinfo=BERLIN)
OUTAGE = {
    "kind": "outage",
    "impact": "the whole site",
    "business": "critical",
    "contract": "managed",
    "source": "customer",
}
QUESTION = {**OUTAGE, "kind": "question", "contract": "standard"}


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def explained(*events: sc.Event, concept: sc.ServiceConcept = HOSTING, after: int = 0, language: str = "en") -> str:
    return sc.evaluate(concept, events, as_of=events[-1].at + minutes(after)).explain(language)


FACTS = st.fixed_dictionaries(
    {domain.name: st.sampled_from(getattr(domain, "members", ())) for domain in HOSTING.vocabulary.values()}
)


@st.composite
def hosted(draw: st.DrawFn) -> tuple[sc.History, datetime]:
    """A history with events of any kind in the words of the example, and an instant that sees some of it."""
    changes = {
        sc.Opened: {"facts": FACTS, "customer": st.just("acme")},
        sc.FactsChanged: {"facts": FACTS, "removed": st.just(())},
        sc.PriorityOverridden: {"priority": st.sampled_from(HOSTING.scale.members)},
        sc.DueOverridden: {"metric": st.sampled_from(["reaction", "resolution"])},
    }
    events = [
        evolve(event, **{name: draw(values) for name, values in changes.get(type(event), {}).items()})
        for event in draw(histories())
    ]
    last = draw(st.sampled_from(events))
    later = draw(st.sampled_from([0, 45 * MINUTE, 3 * 24 * 60 * MINUTE]))
    return sc.history_of(events), datetime_of(last.instant + later, BERLIN)


@given(hosted())
def test_every_history_can_be_explained_in_both_languages(drawn: tuple[sc.History, datetime]) -> None:
    """G-10."""
    history, as_of = drawn
    case = sc.evaluate(HOSTING, history, as_of=as_of)
    german, english = case.explain("de").splitlines(), case.explain("en").splitlines()
    assert german[0].startswith("Ticket T-1, Stand ") and english[0].startswith("Ticket T-1, as of ")
    assert len(german) == len(english)
    assert case.explain() == "\n".join(english), "the concept's language is English"


def test_every_code_has_its_words() -> None:
    """What the engines can say as data, an explanation can say in words."""
    coded = {
        "ending": get_args(Ending),
        "effect": get_args(Effect),
        "phase": get_args(Phase),
        "result": get_args(Result),
        "kind": get_args(SegmentKind),
        "reason": sorted(reason_codes()),
        "severity": SEVERITIES,
        "event": [kind_name(kind) for kind in KINDS],
    }
    missing = [
        f"{area}.{code}" for area, codes in coded.items() for code in codes if f"{area}.{code}" not in sentences()
    ]
    assert missing == []


def test_both_languages_have_equal_lines() -> None:
    parts = Formatter()
    for key, (german, english) in sentences().items():
        of_german, of_english = ({name for _, name, _, _ in parts.parse(text) if name} for text in (german, english))
        assert of_german == of_english, key
    for kind in KINDS:
        assert sentences()[f"event.{kind_name(kind)}"][1] == kind_name(kind), "events have one name in English"


def reason_codes() -> set[str]:
    """The codes that the sources of the ladders give to `Reason`."""
    found = {"unbound role", "gap", "empty"}  # given by a name instead of a text
    for source in Path(escalation.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Reason":
                code = node.args[0]
                found |= {code.value} if isinstance(code, ast.Constant) and isinstance(code.value, str) else set()
    assert {"percent", "already paged"} <= found
    return found


def test_findings_are_explained_in_both_languages() -> None:
    events = [
        sc.AgentReplied("T", MONDAY - minutes(60), id="early"),
        sc.Opened("T", MONDAY, id="o", facts=OUTAGE),
        sc.DueOverridden("T", MONDAY, id="d", metric="resolutoin", due=MONDAY, reason="agreed"),
        sc.Closed("T", MONDAY, id="over"),
        sc.CustomerReplied("T", MONDAY + minutes(1), id="zu {spät}"),
    ]
    english, german = (explained(*events, language=language).splitlines()[-3:] for language in ("en", "de"))
    assert english == [
        "  warning sla.before-opening at tickets.T.early: event `early` (agent replied) is dated before the opening; "
        "it starts and stops nothing",
        "  note sla.after-close at tickets.T.zu {spät}: event `zu {spät}` (customer replied) is dated after the ticket "
        "was closed",
        "  warning sla.unknown-metric at tickets.T.d: event `d` (due overridden) sets the due date of the "
        "unknown metric `resolutoin`; expected one of `reaction`, `resolution`; did you mean `resolution`?",
    ]
    assert german == [
        "  Warnung sla.before-opening bei tickets.T.early: Ereignis „early“ (Antwort des Bearbeiters) liegt vor "
        "der Eröffnung; es startet und beendet nichts",
        "  Hinweis sla.after-close bei tickets.T.zu {spät}: Ereignis „zu {spät}“ (Antwort des Kunden) folgt, nachdem "
        "das Ticket beendet war (geschlossen)",
        "  Warnung sla.unknown-metric bei tickets.T.d: Ereignis „d“ (Fälligkeit von Hand gesetzt) setzt die "
        "Fälligkeit von „resolutoin“, einer unbekannten Messgröße; bekannt sind „reaction“, „resolution“; meinten Sie "
        "„resolution“?",
    ]


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(sc.DefinitionError, match="`fr` is not a language; expected one of `de`, `en`"):
        explained(sc.Opened("T", MONDAY, facts=OUTAGE), language="fr")


def test_an_override_is_shown_with_the_derived_priority() -> None:
    """PRI-2."""
    events = [
        sc.Opened("T", MONDAY, facts=QUESTION),
        sc.PriorityOverridden("T", MONDAY + minutes(5), priority="major", reason="the board {meets}", by="agent:dan"),
    ]
    assert (
        "  from Mon 9 Mar 2026 09:05: major, set by hand by agent dan: “the board {meets}”; "
        "the derived priority is minor"
    ) in explained(*events).splitlines()
    assert (
        "  ab Mo 09.03.2026 09:05: major, von Hand gesetzt durch Bearbeiter dan: „the board {meets}“; "
        "die abgeleitete Priorität ist "
        "minor"
    ) in explained(*events, language="de").splitlines()


def test_the_provisional_priority_is_marked() -> None:
    lines = explained(sc.Opened("T", MONDAY, facts={"contract": "managed"})).splitlines()
    assert "  from the start: major, provisional until all facts are known" in lines
    assert "Scope: not decided yet" in lines


def test_a_default_is_explained_by_the_rows_that_do_not_fit() -> None:
    table = evolve(HOSTING.priority.table, rules=HOSTING.priority.table.rules[:1], default={"priority": "minor"})
    concept = evolve(HOSTING, priority=evolve(HOSTING.priority, table=table))
    lines = explained(sc.Opened("T", MONDAY, facts=QUESTION), concept=concept).splitlines()
    assert "  from Mon 9 Mar 2026 09:00: minor, no row fits" in lines


def test_missing_facts_opening_and_ladder_are_stated() -> None:
    lines = explained(sc.Resolved("T", MONDAY), concept=evolve(HOSTING, ladders=None)).splitlines()
    assert "Facts: none known" in lines
    assert lines.count("  has not started") == 2
    assert "No further change without a new event." in lines
    assert not any(line.startswith("Escalation") for line in lines)
    assert any("sla.not-opened" in line for line in lines)


def test_a_paused_clock_shows_when_it_would_be_due() -> None:
    events = [sc.Opened("T", MONDAY, facts=OUTAGE), sc.Paused("T", MONDAY + minutes(60), reason="customer")]
    lines = explained(*events, after=30).splitlines()
    resolution = lines[lines.index("Clock “resolution”") :]
    assert resolution[1] == "  Cycle 1: paused"
    assert resolution[2] == "    promise: 4 h, always, row m1 of the targets"
    assert resolution[3] == "    used 1 h of 4 h, 3 h left"
    assert resolution[4] == "    started Mon 9 Mar 2026 09:00, due Mon 9 Mar 2026 13:30 if resumed now"
    assert resolution[5:7] == [
        "      Mon 9 Mar 2026 09:00 to Mon 9 Mar 2026 10:00: 1 h counted",
        "      Mon 9 Mar 2026 10:00 to Mon 9 Mar 2026 10:30: 30 min paused (customer)",
    ]


def test_a_breach_shows_its_instant_and_overrun() -> None:
    """SLA-6."""
    lines = explained(sc.Opened("T", MONDAY, facts=OUTAGE), after=90).splitlines()
    assert "    exceeded by 30 min, last in time Mon 9 Mar 2026 10:00" in lines


def test_a_carried_promise_shows_its_length() -> None:
    """SLA-9: raising again is due no later than what was promised at that priority before."""
    events = [
        sc.Opened("T", MONDAY, facts=OUTAGE),
        sc.FactsChanged("T", MONDAY + minutes(20), facts={"impact": "a team"}),
        sc.FactsChanged("T", MONDAY + minutes(30), facts={"impact": "the whole site"}),
    ]
    lines = explained(*events).splitlines()
    assert "    after the change, 30 min of it apply" in lines


def test_a_manual_due_instant_shows_its_reason() -> None:
    """SLA-8."""
    noon = MONDAY + minutes(180)
    by_hand = sc.DueOverridden("T", MONDAY + minutes(30), metric="resolution", due=noon, reason="agreed on the phone")
    lines = explained(sc.Opened("T", MONDAY, facts=OUTAGE), by_hand).splitlines()
    resolution = lines[lines.index("Clock “resolution”") :]
    assert resolution[3:6] == [
        "    set by hand to Mon 9 Mar 2026 12:00: agreed on the phone",
        "    used 30 min of 3 h, 2 h 30 min left",
        "    started Mon 9 Mar 2026 09:00, due Mon 9 Mar 2026 12:00",
    ]


def test_an_excused_delay_is_shown_and_counts_in_the_remaining_time() -> None:
    """SLA-8."""
    cut = sc.Excused("T", MONDAY + minutes(60), start=MONDAY, end=MONDAY + minutes(40), reason="power cut")
    lines = explained(sc.Opened("T", MONDAY, facts=OUTAGE), cut).splitlines()
    resolution = lines[lines.index("Clock “resolution”") :]
    assert resolution[3:5] == [
        "    used 1 h of 4 h, 3 h 40 min left",
        "    40 min of this excused: power cut",
    ]
    assert "    davon 40 min entschuldigt: power cut" in explained(
        sc.Opened("T", MONDAY, facts=OUTAGE), cut, language="de"
    )


def test_the_time_of_each_level_is_shown_with_its_budget() -> None:
    """SLA-11."""
    budgets = 'warn_at       = ["75 %"]\nbudgets = { first = "30 min", second = "75 %", third = "0 min" }'
    text = sc.example("hosting").read_text(encoding="utf-8").replace('warn_at       = ["75 %"]', budgets)
    events = [
        sc.Opened("T", MONDAY, facts=OUTAGE),
        sc.Assigned("T", MONDAY + minutes(5), level="first"),
        sc.Assigned("T", MONDAY + minutes(50), level="second"),
        sc.Assigned("T", MONDAY + minutes(80), level="project"),
    ]
    concept = sc.loads(text)
    lines = explained(*events, concept=concept, after=10).splitlines()
    assert [line for line in lines if "level" in line and "warning" not in line] == [
        "    level “first”: used 45 min of 30 min, exceeded by 15 min",
        "    level “second”: used 30 min of 3 h, 2 h 30 min left",
        "    level “third”: used 0 min of 0 min, 0 min left",
        "    without a level: used 5 min",
        "    level “project”: used 10 min",
    ]
    german = explained(*events, concept=concept, after=10, language="de").splitlines()
    assert [line for line in german if "tufe" in line][:4:3] == [
        "    Supportstufe „first“: verbraucht 45 min von 30 min, um 15 min überschritten",
        "    ohne Supportstufe: verbraucht 5 min",
    ]
    assert not [line for line in explained(*events).splitlines() if "level" in line]
    before = sc.FactsChanged("T", MONDAY, facts=OUTAGE)
    assert not [line for line in explained(before, concept=concept).splitlines() if "level" in line]


def test_the_excused_time_of_a_level_is_shown() -> None:
    budgets = 'warn_at       = ["75 %"]\nbudgets = { first = "1 h" }'
    text = sc.example("hosting").read_text(encoding="utf-8").replace('warn_at       = ["75 %"]', budgets)
    events = [
        sc.Opened("T", MONDAY, facts=OUTAGE),
        sc.Assigned("T", MONDAY, level="first"),
        sc.Excused("T", MONDAY, start=MONDAY, end=MONDAY + minutes(40), reason="power cut"),
    ]
    concept = sc.loads(text)
    for language, said in (
        ("en", ["    level “first”: used 1 h of 1 h, 40 min left", "      40 min of this excused"]),
        (
            "de",
            ["    Supportstufe „first“: verbraucht 1 h von 1 h, verbleibend 40 min", "      davon 40 min entschuldigt"],
        ),
    ):
        lines = explained(*events, concept=concept, after=60, language=language).splitlines()
        first = lines.index(said[0])
        assert lines[first : first + 2] == said


def test_a_promise_without_a_row_is_shown_without_one() -> None:
    """A due instant set by hand stands alone where nothing was promised."""
    (customer,) = HOSTING.agreements
    assert isinstance(customer, Agreement)
    always = Agreement("level", customer.calendar, customer.metrics, targets={"resolution": "it"},
                       promises={"it": Target(minutes(60))})  # fmt: skip
    by_hand = sc.DueOverridden("T", MONDAY, metric="reaction", due=MONDAY + minutes(30), reason="agreed")
    concept = evolve(HOSTING, agreements=[always])
    lines = explained(sc.Opened("T", MONDAY, facts=OUTAGE), by_hand, concept=concept).splitlines()
    assert [line for line in lines if "promise" in line or "by hand" in line] == [
        "    set by hand to Mon 9 Mar 2026 09:30: agreed",
        "    promise: 1 h",
    ]


def test_without_a_promise_time_is_only_measured() -> None:
    lines = explained(sc.Opened("T", MONDAY, facts=QUESTION), after=60).splitlines()
    resolution = lines[lines.index("Clock “resolution”") :]
    assert resolution[2] == "    no promise, time is only measured"
    assert "    used 1 h" in resolution


def test_a_notification_is_shown_with_its_reason_and_end() -> None:
    lines = explained(sc.Opened("T", NIGHT, facts=OUTAGE), sc.PageAcknowledged("T", NIGHT + minutes(40))).splitlines()
    called = lines[lines.index("Escalation") + 1 :]
    assert called[0] == (
        "  Mon 9 Mar 2026 02:00: page cleo (duty.primary) by pager, ladder “night”, round 1, step 1: "
        "0 min after the round began; current until Mon 9 Mar 2026 02:30 (next step)"
    )
    assert "80 % of “reaction” used" in called[2]
    assert called[2].endswith("; planned")


def test_a_lowered_priority_sends_stand_downs() -> None:
    events = [
        sc.Opened("T", NIGHT, facts=OUTAGE),
        sc.FactsChanged("T", NIGHT + minutes(5), facts={"kind": "question"}),
    ]
    assert any(
        "stand down cleo (duty.primary) by pager, ladder “night”, round 1: "
        "priority lowered from blocker to minor" in line
        for line in explained(*events).splitlines()
    )


def test_a_manual_escalation_without_a_ladder_calls_nobody() -> None:
    office = (
        evolve(HOSTING, ladders=evolve(HOSTING.ladders, rows=HOSTING.ladders.rows[:1])) if HOSTING.ladders else HOSTING
    )
    events = [sc.Opened("T", MONDAY, facts=QUESTION), sc.Escalated("T", MONDAY + minutes(1), reason="hurry")]
    assert (
        "  Mon 9 Mar 2026 09:01: escalated by hand, but nobody is notified: no ladder is in force"
        in explained(*events, concept=office).splitlines()
    )
    assert (
        "  Mo 09.03.2026 09:01: von Hand eskaliert, doch niemand wird benachrichtigt: keine Eskalationsleiter gilt"
        in explained(*events, concept=office, language="de").splitlines()
    )


def test_skipped_people_and_unreached_rounds_are_shown() -> None:
    people = FrozenMapping({name: evolve(one, channels=["mail"]) for name, one in HOSTING.directory.people.items()})
    assert HOSTING.ladders is not None
    night = HOSTING.ladders.rows[0]
    alone = evolve(night, ladder=evolve(night.ladder, last_resort=None, steps=night.ladder.steps[:2], rounds=1))
    concept = evolve(
        HOSTING,
        directory=evolve(HOSTING.directory, people=people),
        ladders=evolve(HOSTING.ladders, rows=[alone]),
    )
    lines = explained(sc.Opened("T", NIGHT, facts=OUTAGE), concept=concept).splitlines()
    called = lines[lines.index("Escalation") + 1 :]
    assert any("ladder “night”, step 1 (duty.primary) is skipped: no such channel" in line for line in called)
    assert any("ladder “night”, round 1 reaches nobody" in line for line in called)


# Agreements made through the API


def agreement(name: str, hours: int, *metrics: Metric) -> Agreement:
    promise = f"{hours} h"
    return Agreement(
        name,
        always_open("UTC"),
        metrics,
        targets={metric.name: promise for metric in metrics},
        promises={promise: Target(timedelta(hours=hours))},
    )


def test_metrics_outside_the_catalogue_keep_their_names() -> None:
    call_back = Metric("call back", start=On(sc.CustomerReplied), stop=On(sc.AgentReplied))
    concept = evolve(HOSTING, agreements=(agreement("gold", 1, call_back),), ladders=None)
    history = [sc.Opened("T", MONDAY, facts=OUTAGE), sc.CustomerReplied("T", MONDAY)]
    for language, words in (("de", "„call back“"), ("en", "Clock “call back”")):
        assert words in explained(*history, concept=concept, language=language).splitlines()


def test_a_metric_of_two_agreements_is_shown_with_the_agreement() -> None:
    """SLA-11."""
    ladder = Ladder("late", [Step("ada", Percent("reaction", Fraction(1)), effect="inform")])
    concept = evolve(
        HOSTING,
        agreements=(agreement("customer", 2, reaction()), agreement("team", 1, reaction())),
        ladders=LadderPolicy([LadderRow(ladder)], HOSTING.scale.members),
    )
    case = sc.evaluate(concept, [sc.Opened("T", MONDAY, facts=OUTAGE)], as_of=MONDAY)
    assert case.ambiguous == {"reaction"}
    lines = case.explain("en").splitlines()
    assert "Clock “reaction” (customer)" in lines and "Clock “reaction” (team)" in lines
    assert case.plan is not None
    assert [one.at for one in case.plan.notifications] == [MONDAY + minutes(120)]
    with pytest.raises(sc.UnknownNameError, match="`reaction` is measured by several agreements"):
        case.clock("reaction")
    assert case.clocks["team", "reaction"].due_at == MONDAY + minutes(60)


def test_a_step_after_the_table_is_shown_with_what_it_raised() -> None:
    """PRI-3."""
    key = PriorityStep("managed customers first", HOSTING.vocabulary["contract"], "managed", by=1, at_most="critical")
    concept = evolve(HOSTING, priority=evolve(HOSTING.priority, steps=[key]))
    facts = {"kind": "malfunction", "impact": "a team", "business": "important", "contract": "managed"}
    opened = sc.Opened("T", MONDAY, facts={**facts, "source": "customer"})
    words = sc.evaluate(concept, [opened], as_of=MONDAY).explain("en").splitlines()
    start = words.index("Priority: critical")
    assert words[start + 1].endswith(": major, row m2: a team is held up")
    assert words[start + 2].strip() == "“managed customers first” raises the priority from major to critical"


def test_a_new_edition_is_shown_as_the_cause_of_changed_terms() -> None:
    """G-12."""
    day = MONDAY.date()
    carrying = ChangePolicy(raised="carry")
    second = evolve(agreement("gold, second", 4, reaction()), change=carrying)
    held = {day: agreement("gold", 8, reaction()), MONDAY + minutes(60): second}
    concept = evolve(
        HOSTING, agreements=(sc.Editions("gold", held, pin="latest", tz="Europe/Berlin"),), ladders=None, scope=None
    )
    for language, terms, segment in (
        (
            "de",
            "nach der Fassung „gold, second“, in Kraft seit Mo 09.03.2026 10:00",
            "angerechnet (Fassung vom Mo 09.03.2026 10:00)",
        ),
        (
            "en",
            "by the edition “gold, second”, in force since Mon 9 Mar 2026 10:00",
            "counted (edition of Mon 9 Mar 2026 10:00)",
        ),
    ):
        opened = sc.Opened("T", MONDAY, facts=OUTAGE)
        case = sc.evaluate(concept, [opened], as_of=MONDAY + minutes(90))
        lines = [line.strip() for line in case.explain(language).splitlines()]
        assert terms in lines
        assert lines[lines.index(terms) + 5].endswith(segment)
