"""Parses the results of the worksheet, and formats the library's results like them."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from supportcore import Case
from supportcore.escalation import Notification
from supportcore.sla import Cycle

WORKSHEET = Path(__file__).parents[2] / "docs" / "evidence" / "worksheet.md"
BERLIN = ZoneInfo("Europe/Berlin")

EXACT = r"(?::\d\d(?:\.\d{6})?)?"
TIME = rf"\d{{4}}-\d\d-\d\d \d\d:\d\d{EXACT}(?: CES?T)?"
SPAN = rf"\d+:\d\d{EXACT}"
CYCLE = (
    rf"start {TIME}; (?:target {SPAN}|no target) by \w+; (?:due {TIME}|no due); elapsed {SPAN}; "
    rf"(?:met|(?:missed|running), breached at {TIME}|running|superseded|cancelled|no result)"
)
FORMS = {
    r"priority": r"\w+(?: by \w+|, overridden)",
    r"scope": r"[\w ]+ by \w+, to [\w ]+",
    r"(?:reaction|resolution) \d+": CYCLE,
    r"notifications": r"\d+",
    r"notification \d+": (
        rf"{TIME}; (?:page|inform|stand-down) \w+ by \w+; "
        rf"\w+, (?:step \d+|last resort|stand-down), round \d+(?:, cycle \d+)?(?:; until {TIME}, [\w -]+)?"
    ),
}


def worksheet(text: str) -> dict[str, dict[str, str]]:
    """The results of each ticket by name; `ValueError` for a row that cannot be parsed."""
    made: dict[str, dict[str, str]] = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        ticket = re.match(r"\d{4}-\d+(?=: )", section)
        if ticket is None:
            continue
        _, found, table = section.partition("| result | value |\n|---|---|\n")
        if not found:
            raise ValueError(f"ticket {ticket[0]} has no table of results")
        results = made[ticket[0]] = {}
        for line in table.splitlines():
            if line.strip():
                result, value = _row(ticket[0], line)
                if result in results:
                    raise ValueError(f"ticket {ticket[0]} has `{result}` twice")
                results[result] = value
    return made


def rows_told(text: str) -> dict[str, list[tuple[str, str, str]]]:
    """The events of each ticket on the worksheet: time, event, actor."""
    made: dict[str, list[tuple[str, str, str]]] = {}
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        found = re.match(rf"(\d{{4}}-\d+): .*\n\n\| time \| event \| by \| \|\n.*\n((?:\| {TIME} \|.*\n)+)", section)
        if found is not None:
            lines = [tuple(line.removeprefix("| ").split(" | "))[:3] for line in found[2].splitlines()]
            made[found[1]] = [(at, event, by) for at, event, by in lines]
    return made


def _row(ticket: str, line: str) -> tuple[str, str]:
    cells = re.fullmatch(r"\| ([^|]+) \| ([^|]+) \|", line)
    if cells is None:
        raise ValueError(f"ticket {ticket}: `{line}` is not a row of result and value")
    result, value = cells.groups()
    if not any(re.fullmatch(name, result) and re.fullmatch(form, value) for name, form in FORMS.items()):
        raise ValueError(f"ticket {ticket}: the row `{result}`: `{value}` cannot be parsed")
    return result, value


def answers(case: Case) -> dict[str, str]:
    """The library's results for a ticket, in the form of the worksheet."""
    made = {"priority": _priority(case), "scope": _scope(case)}
    for metric in ("reaction", "resolution"):
        for number, cycle in enumerate(case.clock(metric).cycles, 1):
            made[f"{metric} {number}"] = cycle_told(cycle)
    told = () if case.plan is None else case.plan.notifications
    past = [one for one in told if one.at <= case.as_of]
    made["notifications"] = str(len(past))
    return made | {f"notification {number}": _notification(one) for number, one in enumerate(past, 1)}


def _priority(case: Case) -> str:
    state = case.priorities.at(case.as_of)
    if state.override is not None:
        return f"{state.priority}, overridden"
    if state.decision is None or state.decision.rule is None:
        return f"{state.priority}, provisional"
    return f"{state.priority} by {state.decision.rule.id}"


def _scope(case: Case) -> str:
    assert case.scope is not None and case.scope.rule is not None
    return f"{case.scope['scope']} by {case.scope.rule.id}, to {case.scope['send to']}"


def cycle_told(cycle: Cycle) -> str:
    """The library's result for a cycle, in the form of the worksheet."""
    allowed = "no target" if cycle.allowed is None else f"target {_span(cycle.allowed)}"
    rule = "nothing" if cycle.rule is None else cycle.rule.id
    due = "no due" if cycle.due_at is None else f"due {time_told(cycle.due_at)}"
    came = {"none": "no result"}.get(cycle.result, cycle.result)
    if cycle.phase in ("running", "paused", "cancelled"):
        came = cycle.phase
    if cycle.breached_at is not None:
        came += f", breached at {time_told(cycle.breached_at)}"
    return f"start {time_told(cycle.started_at)}; {allowed} by {rule}; {due}; elapsed {_span(cycle.elapsed)}; {came}"


def _notification(one: Notification) -> str:
    step = f"step {one.step}" if isinstance(one.step, int) else one.step
    until = "" if one.until is None else f"; until {time_told(one.until)}, {one.ended_by}"
    told = f"{one.effect} {one.person} by {one.channel}"
    place = f"{one.ladder}, {step}, round {one.round}" + (f", cycle {one.cycle}" if one.cycle > 1 else "")
    return f"{time_told(one.at)}; {told}; {place}{until}"


def time_told(at: datetime) -> str:
    """A local time in Berlin; in the doubled hour of autumn with the name of its zone."""
    local = at.astimezone(BERLIN)
    doubled = local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()
    return f"{local:%Y-%m-%d %H:%M}{_exact(local.second, local.microsecond)}{' ' + local.tzname() if doubled else ''}"


def _span(length: timedelta) -> str:
    minutes, rest = divmod(length, timedelta(minutes=1))
    return f"{minutes // 60}:{minutes % 60:02}{_exact(rest.seconds, rest.microseconds)}"


def _exact(seconds: int, micros: int) -> str:
    """The part below a minute, where there is one."""
    return f":{seconds:02}.{micros:06}" if micros else f":{seconds:02}" if seconds else ""
