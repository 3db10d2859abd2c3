"""The cases of GLPI, RT, ERPNext and Chatwoot: due instants, pauses, thresholds and results of service level clocks.

Each system's choices are set here: what starts and stops its clocks, what pauses them, and what a change of policy
does. Instants without a zone are read as UTC; `T`, `T1` … of a case stand for instants some minutes apart.
"""

import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from supportcore.calendars import (
    BusinessCalendar,
    EndOfWorkingDay,
    HolidayCalendar,
    WorkingDays,
    always_open,
    deadline,
)
from supportcore.domains import Choice
from supportcore.rules import DecisionTable, Rule
from supportcore.sla import (
    Agreement,
    ChangePolicy,
    Clock,
    Clocks,
    Metric,
    On,
    Target,
    Threshold,
    While,
    first_reply,
    next_reply,
    resolution,
    run_clocks,
)
from supportcore.tickets import (
    AgentReplied,
    Attached,
    Closed,
    CustomerReplied,
    Event,
    FactsChanged,
    Opened,
    Resolved,
    facts_over_time,
)
from tests.conformance.frame import CaseResult, Difference, error_of, judge

Case = Mapping[str, Any]
Answer = Mapping[str, object]

RETROACTIVE = ChangePolicy(raised="retroactive", lowered="retroactive")
WAITING = While({"state": {"waiting", "stalled"}})
CLOSED = On(Resolved, Closed)
LATER = datetime(2100, 1, 1, tzinfo=UTC)

# The instants that a case names by a letter, in minutes after the first.
LETTERS = {"T": 0, "T1": 30, "T2": 60, "T3": 90, "T4": 100, "T+e": 10}
FIRST = datetime(2026, 1, 5, 9, tzinfo=UTC)

NOTHING_IS_ONE_SECOND = "an answer without working time is stored as one second there"
DIFFERENCES = {
    "glpi-la-calendar-3": Difference(
        "SLA-4",
        {
            "ttr_due": "2034-08-17T08:10:00",
            "tto_due": "2034-08-16T19:00:00",
            "escalation_at": "2034-08-16T18:10:00",
        },
        "the time to own is not paused, so that no pause survives the change",
    ),
    "glpi-cal-between-4": Difference("CAL-5", {"elapsed_s": -216000}, "reversed instants give a negative amount"),
    "rt-excl-1": Difference("SLA-4", {"due": "T+2.5h"}, "a pause is never counted"),
    "erp-hold": Difference(
        "SLA-4", {"hold_s": 0, "resolution_by": "2020-03-04T16:00:00"}, "a pause outside the hours costs nothing"
    ),
    **{
        f"erp-frt-{number}": Difference("SLA-15", {"first_response_s": 0}, NOTHING_IS_ONE_SECOND)
        for number in (4, 5, 14, 17, 29)
    },
    "cw-all-closed": Difference("CAL-10", {"due": "NeverOpenError"}, "a calendar that never opens is refused"),
    "cw-eval-rt-late-but-resolved": Difference(
        "SLA-6", {"status": "missed"}, "a late solution is missed, whenever somebody looks"
    ),
    "cw-eval-story": Difference(
        "SLA-2",
        {"status": "missed", "frt_events": 0, "nrt_events": 1, "rt_events": 1},
        "the oldest errors message makes one cycle, however many follow it",
    ),
}


def run(path: Path) -> list[CaseResult]:
    """One result for each case of a file."""
    ask = {"cases_glpi": glpi, "cases_rt": rt, "cases_erpnext": erpnext, "cases_chatwoot": chatwoot}[path.stem]
    cases: list[Case] = json.loads(path.read_text(encoding="utf-8"))
    return [judged(case, ask) for case in cases]


def judged(case: Case, ask: Callable[[Case], Answer]) -> CaseResult:
    return judge(case["id"], {**case["expected"]}, lambda: dict(ask(case)), DIFFERENCES)


# What the systems share


def calendar_of(case: Case) -> BusinessCalendar:
    given = case["calendar"]
    if given is None:
        return always_open("UTC")
    tz = given["tz"] if "/" in given["tz"] else "UTC"
    hours = {day: ", ".join("-".join(span) for span in spans) for day, spans in given["weekly"].items() if spans}
    named = {date.fromisoformat(day): "holiday" for day in given["holidays"]}
    return BusinessCalendar(tz=tz, hours=hours, holidays=HolidayCalendar(named))


def instant(words: str) -> datetime:
    """An instant as a case writes it: ISO, a letter, or hours before the evaluation."""
    if words in LETTERS:
        return FIRST + timedelta(minutes=LETTERS[words])
    if found := re.fullmatch(r"(T\d?)([+-]\d+)([hs])", words):
        letter, count, unit = found.groups()
        return instant(letter) + int(count) * {"h": timedelta(hours=1), "s": timedelta(seconds=1)}[unit]
    if found := re.fullmatch(r"(-?[\d.]+)h?", words):
        return FIRST + timedelta(minutes=round(float(found.group(1)) * 60))
    found_at = datetime.fromisoformat(words)
    return found_at if found_at.tzinfo else found_at.replace(tzinfo=UTC)


def written(at: datetime | None, like: str = "") -> str | None:
    """An instant as the case's own expectations write theirs."""
    if at is None:
        return None
    text = at.astimezone(UTC).replace(tzinfo=None).isoformat()
    return f"{text}Z" if like.endswith("Z") else text


def since(letter: str, at: datetime | None) -> str | None:
    """An instant as hours and minutes after a lettered one: `T+2h45m`."""
    if at is None:
        return None
    minutes = (at - instant(letter)) // timedelta(minutes=1)
    hours, rest = divmod(minutes, 60)
    return f"{letter}+{hours}h" + (f"{rest}m" if rest else "")


def minutes(count: int | None) -> Target:
    return Target(None if count is None else timedelta(minutes=count))


def agreement_of(
    calendar: BusinessCalendar, targets: Mapping[Metric, Target], change: ChangePolicy = RETROACTIVE, **more: Any
) -> Agreement:
    """An agreement that always promises the same."""
    return Agreement(
        "it",
        calendar,
        list(targets),
        targets={metric.name: metric.name for metric in targets},
        promises={metric.name: target for metric, target in targets.items()},
        change=change,
        **more,
    )


def by_policy(
    calendar: BusinessCalendar, metric: Metric, policies: Mapping[str, Target], change: ChangePolicy = RETROACTIVE
) -> Agreement:
    """An agreement whose promise for a metric is chosen by the fact `policy`."""
    table = DecisionTable(
        name="targets",
        hit="unique",
        inputs=[Choice("policy", list(policies))],
        outputs=[Choice(metric.name, list(policies))],
        rules=[Rule({"policy": policy}, {metric.name: policy}) for policy in policies],
    )
    return Agreement("it", calendar, [metric], targets=table, promises=policies, change=change)


def clocks_at(events: list[Event], agreement: Agreement, as_of: datetime | None = None) -> Clocks:
    return run_clocks(events, [agreement], as_of=as_of or max(event.at for event in events))


def paused_seconds(clock: Clock) -> int:
    return sum(segment.length // timedelta(seconds=1) for segment in clock.trace() if segment.kind == "paused")


def state_at(at: datetime, state: str, number: int) -> FactsChanged:
    return FactsChanged("case", at, facts={"state": state}, sequence=number, id=f"e{number}")


# GLPI: time to own is never paused, time to resolve by waiting; a change of the policy counts from the creation


def glpi(case: Case) -> Answer:
    name = case["id"]
    if name.startswith("glpi-cal-"):
        return glpi_calendar(case)
    if name.startswith("glpi-levels-"):
        return glpi_levels(case)
    if name.startswith("glpi-date-edit-"):
        return glpi_date_edit(case)
    if name.startswith("glpi-la-"):
        return glpi_policy(case)
    if name.startswith("glpi-dates-"):
        return glpi_attached(case)
    if name.startswith("glpi-ola-begin-"):
        return glpi_begin(case)
    if name == "glpi-ola-wait":
        return glpi_wait(case)
    return glpi_computation(case)


def time_to_own(*thresholds: Threshold) -> Metric:
    return Metric("tto", start=On(Opened), stop=[On(AgentReplied), CLOSED], thresholds=thresholds)


def time_to_resolve(*thresholds: Threshold) -> Metric:
    return Metric("ttr", start=On(Opened), stop=CLOSED, pause=WAITING, thresholds=thresholds)


def offset_from_due(seconds: int, in_days: bool) -> Threshold:
    """GLPI counts an offset of whole days in working days, any other in working time."""
    if in_days and seconds % 86_400 == 0:
        return Threshold.days_from_due(WorkingDays(seconds // 86_400))
    length = timedelta(seconds=abs(seconds))
    return Threshold.before(length) if seconds < 0 else Threshold.after(length)


def glpi_computation(case: Case) -> Answer:
    sla = case["sla"]
    threshold = offset_from_due(case["escalation_level_offset_s"], in_days=True)
    metric = time_to_own(threshold) if sla["type"] == "TTO" else time_to_resolve(threshold)
    target = minutes(sla.get("minutes"))
    if "days" in sla:
        target = Target(EndOfWorkingDay(sla["days"]) if sla.get("end_of_working_day") else WorkingDays(sla["days"]))
    clock = clocks_at(glpi_events(case), agreement_of(calendar_of(case), {metric: target}))["it", metric.name]
    (level,) = clock.thresholds
    return {
        "due": written(clock.due_at),
        "waiting_s": paused_seconds(clock),
        "escalation_at": written(level.at),
    }


def glpi_events(case: Case) -> list[Event]:
    events: list[Event] = []
    for number, (words, what, more) in enumerate(case["events"]):
        at = instant(words)
        if what == "created":
            facts = {"state": "new", **({"policy": more["policy"]} if "policy" in more else {})}
            events.append(Opened("case", at, facts=facts, sequence=number))
        elif what == "state":
            events.append(state_at(at, more["to"], number))
        elif what == "policy":
            events.append(FactsChanged("case", at, facts={"policy": more["to"]}, sequence=number))
        elif what.endswith("_attached"):
            events.append(Attached("case", at, agreement="it", sequence=number))
    return events


def glpi_policy(case: Case) -> Answer:
    other = "6h, other (equal) calendar"
    policies = {"4h": minutes(240), "2h": minutes(120), other: Target(timedelta(hours=6), calendar_of(case))}
    hour = Threshold.before(timedelta(hours=1))
    found: dict[str, object] = {}
    for metric in (time_to_resolve(hour), time_to_own(hour)):
        agreement = by_policy(calendar_of(case), metric, policies)
        clock = clocks_at(glpi_events(case), agreement)["it", metric.name]
        found[f"{metric.name}_due"] = found["due"] = written(clock.due_at)
        found.setdefault("escalation_at", written(clock.thresholds[0].at))
    return {name: found[name] for name in case["expected"]}


def glpi_attached(case: Case) -> Answer:
    """A customer's agreement counts from the creation, an internal one from its attachment."""
    ola = "ola" in case["id"]
    before = (45, 60) if ola else (15, 30)
    own, solve = (Threshold.before(timedelta(minutes=length)) for length in before)
    targets = {
        time_to_own(own): minutes(case["sla"]["tto_min"]),
        time_to_resolve(solve): minutes(case["sla"]["ttr_min"]),
    }
    change = ChangePolicy(attached="restart" if ola else "retroactive")
    clocks = clocks_at(glpi_events(case), agreement_of(calendar_of(case), targets, change, on_attachment=True))
    found: dict[str, object] = {}
    for name, length in zip(("tto", "ttr"), before, strict=True):
        clock = clocks["it", name]
        found[f"{name}_due"] = since("T", clock.due_at)
        found[f"{name}_level(-{length}m)"] = since("T", clock.thresholds[0].at)
    return found


def glpi_begin(case: Case) -> Answer:
    """An internal agreement begins when it is attached, at the creation or later."""
    on_attachment = "update" in case["id"]
    agreement = agreement_of(
        always_open(), {time_to_own(): minutes(60)}, ChangePolicy(attached="restart"), on_attachment=on_attachment
    )
    cycle = clocks_at(glpi_events(case), agreement)["it", "tto"].cycle
    assert cycle is not None
    return {"ola_begin": written(cycle.started_at)}


def glpi_wait(case: Case) -> Answer:
    """Due tomorrow at 13:00, and an hour of waiting in between."""
    (_, _, more) = case["events"][0]
    assert more == {"waiting_for": "1h"}
    events: list[Event] = [
        Opened("case", FIRST, facts={"state": "new"}),
        state_at(FIRST + timedelta(hours=1), "waiting", 1),
        state_at(FIRST + timedelta(hours=2), "assigned", 2),
    ]
    clock = clocks_at(events, agreement_of(always_open(), {time_to_resolve(): minutes(28 * 60)}))["it", "ttr"]
    assert clock.due_at is not None
    tomorrow = clock.due_at.date() == FIRST.date() + timedelta(days=1)
    return {"due": f"{'tomorrow' if tomorrow else 'another day'} {clock.due_at:%H:%M}"}


def glpi_levels(case: Case) -> Answer:
    """Levels before due propose a higher priority, and the app records it when it polls, within a minute."""
    thresholds = [Threshold.before(timedelta(seconds=-seconds)) for seconds in case["sla"]["levels_s"]]
    metric = time_to_resolve(*thresholds) if case["id"].endswith("ttr") else time_to_own(*thresholds)
    agreement = agreement_of(calendar_of(case), {metric: minutes(case["sla"]["minutes"])})
    at, _, facts = case["events"][0]
    events: list[Event] = [Opened("case", instant(at), facts=facts)]
    found: dict[str, object] = {"due": written(clocks_at(events, agreement)["it", metric.name].due_at)}
    for number, _ in enumerate(thresholds, start=1):
        reached = clocks_at(events, agreement)["it", metric.name].thresholds[number - 1].at
        assert reached is not None
        polled = reached + timedelta(minutes=1)
        priority = facts_over_time(events).at(polled)["priority"]
        assert isinstance(priority, int)
        events.append(FactsChanged("case", polled, facts={"priority": priority + 1}, sequence=number))
        found[f"level{number}_fires_by"] = written(polled)
        found[f"priority_after_level{number}"] = facts_over_time(events).at(polled)["priority"]
    return found


def glpi_date_edit(case: Case) -> Answer:
    """An edited date is a recorded fact; it opens nothing anew."""
    opening = Opened("case", instant(case["events"][0][0]))
    edited = FactsChanged("case", opening.at, facts={"opened": case["events"][1][2]["to"]})
    agreement = agreement_of(calendar_of(case), {time_to_own(): minutes(240)})
    histories: list[list[Event]] = [[opening], [opening, edited]]
    before, after = (clocks_at(events, agreement)["it", "tto"].due_at for events in histories)
    same = before == after == calendar_of(case).add(opening.at, timedelta(minutes=240))
    return {"due": "unchanged (created + X)" if same else "changed"}


def glpi_calendar(case: Case) -> Answer:
    calendar = calendar_of(case)
    first = instant(case["events"][0][0])
    if "open" in case["expected"]:
        return {"open": calendar.is_open(first)}
    if "elapsed_s" in case["expected"]:
        return {"elapsed_s": calendar.between(first, instant(case["events"][1][0])) // timedelta(seconds=1)}
    days = case["sla"]["days"]
    at = deadline(calendar, first, WorkingDays(days))
    if case["sla"].get("end_of_working_day"):
        at = deadline(calendar, at, EndOfWorkingDay(0))
    return {"due": written(at)}


# RT: a response is due while the customer's message is the last word, keeping in the loop after one's own


def rt(case: Case) -> Answer:
    name = case["id"]
    if name in ("rt-sla-change", "rt-bh-monday", "rt-starts-policy-change"):
        return rt_policy(case)
    clocks = clocks_at(rt_events(case), rt_agreement(case), None)
    found: dict[str, object] = {}
    if "starts" in case["expected"]:
        later = run_clocks(rt_events(case), [rt_agreement(case)], as_of=LATER)
        counted = [segment.start for segment in later["it", "resolution"].trace() if segment.kind == "counted"]
        found["starts"] = written(counted[0], "Z")
    if "due_shift_s" in case["expected"]:
        before = clocks_at(rt_events(case, 3), rt_agreement(case))["it", "response"].due_at
        after = clocks["it", "response"].due_at
        assert before is not None
        assert after is not None
        shift = (after - before) / timedelta(seconds=1)
        return {"due_shift_s": "between 1 and 5" if 1 <= shift <= 5 else str(shift)}
    if "due" in case["expected"]:
        instants = [clock.due_at for clock in clocks.values() if clock.due_at and clock.phase in ("running", "paused")]
        found["due"] = rt_due(case, min(instants, default=None))
    return found


def rt_due(case: Case, at: datetime | None) -> str | None:
    """The due instant in the words of the expectation: ISO, or hours after one of its letters."""
    expected = case["expected"]["due"]
    if at is None or not (found := re.match(r"(T\d?)\+", str(expected))):
        return written(at, "Z")
    hours = (at - instant(found.group(1))) / timedelta(hours=1)
    kept = " (unchanged)" if "unchanged" in expected else ""
    return f"{found.group(1)}+{hours:g}h" + (kept if f"+{hours:g}h" in expected else "")


def rt_agreement(case: Case) -> Agreement:
    sla = case["sla"]
    ignoring = sla.get("ignore_on") or ()
    pause = [WAITING] if ignoring else []
    targets: dict[Metric, Target] = {}
    by_customer = On(CustomerReplied, by=("other", "customer"))
    staff = On(AgentReplied)
    if "response" in sla:
        targets[Metric("response", start=by_customer, stop=[staff, CLOSED], pause=pause)] = minutes(sla["response"])
    if "keep_in_loop" in sla:
        waits = [WAITING] if ignoring or "keep_in_loop_ignore_on" in sla else []
        loop = Metric("keep in loop", start=staff, reset=staff, stop=[by_customer, CLOSED], pause=waits)
        targets[loop] = minutes(sla["keep_in_loop"])
    if "resolution" in sla:
        targets[resolution().with_(pause=pause)] = minutes(sla["resolution"])
    return agreement_of(calendar_of(case), targets)


def rt_events(case: Case, most: int | None = None) -> list[Event]:
    events: list[Event] = []
    for number, (words, what, more) in enumerate(case["events"][:most]):
        at = instant(words)
        shared: dict[str, Any] = {"sequence": 2 * number}
        if what == "created":
            events.append(Opened("case", at, facts={"state": "new"}, **shared))
            if more.get("by") == "requestor":
                events.append(CustomerReplied("case", at, sequence=2 * number + 1))
            elif more.get("by") == "requestor who is also owner":
                events.append(CustomerReplied("case", at, by="owner", sequence=2 * number + 1))
        elif what == "agent_message":
            events.append(AgentReplied("case", at, **shared))
        elif what == "customer_message":
            events.append(CustomerReplied("case", at, **shared))
        elif what == "state":
            events.append(state_at(at, more["to"], 2 * number))
    return events


def rt_policy(case: Case) -> Answer:
    """Another level or target, which counts from the creation."""
    if case["id"] == "rt-bh-monday":
        sunday = BusinessCalendar(tz="UTC", hours={"sun": "09:00-17:00"})
        hour = timedelta(minutes=case["sla"]["resolution"])
        policies = {"Sunday": Target(hour, sunday), "Monday": Target(hour, calendar_of(case))}
        return {"due": written(dues_of(case, ["Sunday", "Monday"], policies)[-1], "Z")}
    if case["id"] == "rt-sla-change":
        first, last = dues_of(case, ["120", "240"], {"120": minutes(120), "240": minutes(240)})
        return {"due_delta_s": (last - first) // timedelta(seconds=1)}
    first, second, third = dues_of(case, ["60", "120", "60"], {"60": minutes(60), "120": minutes(120)})
    return {
        "starts_shift_s": (second - first) // timedelta(seconds=1),
        "starts_after_revert": "as first" if third == first else "otherwise",
    }


def dues_of(case: Case, policies: list[str], targets: Mapping[str, Target]) -> list[datetime]:
    """When a ticket is due after each change of its policy."""
    agreement = by_policy(calendar_of(case), resolution(), targets)
    events: list[Event] = []
    dues: list[datetime] = []
    for number, policy in enumerate(policies):
        at = instant(case["events"][number][0])
        kind: type[Opened] | type[FactsChanged] = FactsChanged if events else Opened
        events.append(kind("case", at, facts={"policy": policy}, sequence=number))
        at_due = clocks_at(events, agreement)["it", "resolution"].due_at
        assert at_due is not None
        dues.append(at_due)
    return dues


# ERPNext: response and resolution, and statistics in wall-clock time


def erpnext(case: Case) -> Answer:
    name = case["id"]
    if name == "erp-metrics":
        return erpnext_statistics(case)
    events = erpnext_events(case)
    if "first_response_s" in case["expected"]:
        agreement = agreement_of(calendar_of(case), {first_reply(): Target(None)})
        elapsed = clocks_at(events, agreement)["it", "first reply"].elapsed
        return {"first_response_s": elapsed // timedelta(seconds=1)}
    hold = resolution().with_(pause=While({"state": "Replied"}))
    agreement = agreement_of(
        calendar_of(case), {first_reply(): minutes(case["sla"]["response"]), hold: minutes(case["sla"]["resolution"])}
    )
    clocks = clocks_at(events, agreement)
    found: dict[str, object] = {"resolution_by": written(clocks["it", "resolution"].due_at)}
    if "hold_s" in case["expected"]:
        return {"hold_s": paused_seconds(clocks["it", "resolution"]), **found}
    return {"response_by": written(clocks["it", "first reply"].due_at), **found}


def erpnext_events(case: Case) -> list[Event]:
    kinds: dict[str, type[Event]] = {
        "first_response": AgentReplied,
        "agent_message": AgentReplied,
        "customer_message": CustomerReplied,
        "closed": Closed,
    }
    events: list[Event] = []
    for number, (words, what, more) in enumerate(case["events"]):
        at = instant(words)
        if what == "created":
            events.append(Opened("case", at, facts={"state": "Open"}, sequence=number))
        elif what == "state":
            events.append(state_at(at, more["to"], number))
        else:
            events.append(kinds[what]("case", at, sequence=number))
            if what == "customer_message" and case["id"] == "erp-hold":
                events.append(state_at(at, "Open", number))
    return events


def erpnext_statistics(case: Case) -> Answer:
    """The mean of the replies, the time to the solution, and the same without what waited for the customer."""
    waits = resolution().with_(name="user resolution", pause=On(AgentReplied), resume=On(CustomerReplied))
    agreement = agreement_of(
        always_open(), {next_reply(): Target(None), resolution(): Target(None), waits: Target(None)}
    )
    clocks = clocks_at(erpnext_events(case), agreement)
    replies = [cycle.elapsed for cycle in clocks["it", "next reply"].cycles]
    return {
        "avg_response_s": sum(replies, timedelta()) / len(replies) // timedelta(seconds=1),
        "resolution_s": clocks["it", "resolution"].elapsed // timedelta(seconds=1),
        "user_resolution_s": clocks["it", "user resolution"].elapsed // timedelta(seconds=1),
    }


# Chatwoot: due instants, and what an evaluation finds


def chatwoot(case: Case) -> Answer:
    if "due" not in case["expected"]:
        return chatwoot_status(case)
    metric = time_to_own()
    agreement = agreement_of(calendar_of(case), {metric: minutes(case["sla"]["span_minutes"])})
    events: list[Event] = [Opened("case", instant(case["events"][0][0]))]

    def ask() -> str | None:
        return written(clocks_at(events, agreement)["it", "tto"].due_at, "Z")

    if case["id"] == "cw-all-closed":
        return {"due": error_of(ask)}
    return {"due": ask()}


CHATWOOT: dict[str, tuple[type[Event], ...]] = {
    "created": (Opened,),
    "first_response": (AgentReplied,),
    "agent_message": (AgentReplied,),
    "customer_message": (CustomerReplied,),
    "customer_waiting_since": (CustomerReplied,),
    "resolved": (Resolved,),
}


def chatwoot_status(case: Case) -> Answer:
    sla = case["sla"]
    metrics = {"first_response": first_reply(), "next_response": next_reply(), "resolution": resolution()}
    targets = {metric: minutes(sla[name]) for name, metric in metrics.items() if name in sla}
    events: list[Event] = []
    for number, (words, what, _) in enumerate(case["events"]):
        if words == "eval":
            continue
        if not events and what == "customer_message":
            events.append(Opened("case", instant(words), sequence=0))
        events += (kind("case", instant(words), sequence=number) for kind in CHATWOOT[what])
    clocks = clocks_at(events, agreement_of(always_open(), targets), FIRST)
    short = {"first reply": "frt", "next reply": "nrt", "resolution": "rt"}
    missed = {short[clock.name]: sum(cycle.breached for cycle in clock.cycles) for clock in clocks.values()}
    solved = any(isinstance(event, Resolved) for event in events)
    if solved:
        status = "missed" if any(missed.values()) else "hit"
    else:
        status = "active_with_misses" if any(missed.values()) else "active"
    found: dict[str, object] = {"status": status, "miss_events": [name for name, count in missed.items() if count]}
    found |= {f"{name}_events": count for name, count in missed.items()}
    return {name: found[name] for name in case["expected"]}
