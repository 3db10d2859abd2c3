"""Draws the timelines that the explanation of clocks shows: run it, and it writes the pictures."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import supportcore as sc
from supportcore.sla import Agreement, ChangePolicy, Clock, Cycle, Metric, Reopen, Target, resolution, run_clocks

HERE = Path(__file__).parent
BERLIN = ZoneInfo("Europe/Berlin")
WIDTH, LEFT, RIGHT, TOP, LANE = 800, 120, 60, 58, 50
COLOURS = {"counted": "#4a8", "paused": "#eb4", "closed": "#ddd", "carried": "#8cb", "late": "#c66"}
WORDS = {
    "counted": "counted",
    "paused": "paused",
    "closed": "closed",
    "carried": "carried",
    "late": "beyond the target",
}
TARGETS = {"major": "16 h", "critical": "24 h"}

Lane = tuple[str, Clock]


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant in the week of the pictures; 16 March 2026 is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=BERLIN)


def lane(name: str, events: Iterable[sc.Event], end: datetime, metric: Metric, change: ChangePolicy) -> Lane:
    """A resolution in 16 office hours, or 24 hours round the clock where it is critical, as it stands at the end."""
    agreement = Agreement(
        "agreement",
        sc.BusinessCalendar(tz="Europe/Berlin", hours={"mon-fri": "08:00-17:00"}),
        [metric],
        targets=sc.DecisionTable(
            name="targets",
            hit="unique",
            inputs=[sc.Scale("priority", list(TARGETS))],
            outputs=[sc.Choice("resolution", list(TARGETS.values()))],
            rules=[sc.Rule({"priority": priority}, {"resolution": name}) for priority, name in TARGETS.items()],
        ),
        promises={
            "16 h": Target(timedelta(hours=16)),
            "24 h": Target(timedelta(hours=24), sc.always_open("Europe/Berlin")),
        },
        change=change,
    )
    return name, run_clocks(events, [agreement], as_of=end)["agreement", "resolution"]


def pauses() -> str:
    """The same ticket without a pause, with one by day, and with one at night."""
    opened = sc.Opened("T-1", at(16, 9), facts={"priority": "major"}, id="opened")
    waits = {
        "no pause": (),
        "by day": (at(16, 15), at(17, 10)),
        "at night": (at(16, 18), at(17, 7)),
    }
    lanes = []
    for name, wait in waits.items():
        events: list[sc.Event] = [opened]
        if wait:
            start, end = wait
            events += [sc.Paused("T-1", start, reason="customer"), sc.Resumed("T-1", end)]
        lanes.append(lane(name, events, at(18, 17), resolution(), ChangePolicy()))
    return picture(at(16, 6), at(18, 18), lanes, {"opened": at(16, 9)})


def changes() -> str:
    """The same raise under each of the five policies."""
    events = [
        sc.Opened("T-1", at(16, 15), facts={"priority": "major"}, id="opened"),
        sc.FactsChanged("T-1", at(17, 10), facts={"priority": "critical"}, id="raised"),
    ]
    policies = [
        ("keep", ChangePolicy(raised="keep")),
        ("restart", ChangePolicy(raised="restart")),
        ("carry", ChangePolicy(raised="carry")),
        ("carry_fraction", ChangePolicy(raised="carry_fraction")),
        ("retroactive", ChangePolicy(raised="retroactive")),
    ]
    lanes = [lane(name, events, at(18, 17), resolution(), policy) for name, policy in policies]
    return picture(at(16, 12), at(18, 18), lanes, {"opened": at(16, 15), "raised": at(17, 10)})


def cycles() -> str:
    """The same reopening under each of the four policies."""
    events = [
        sc.Opened("T-1", at(16, 9), facts={"priority": "major"}, id="opened"),
        sc.Resolved("T-1", at(16, 15), id="solved"),
        sc.Reopened("T-1", at(17, 10), id="again"),
    ]
    policies = [
        ("restart", Reopen("restart")),
        ("resume", Reopen("resume")),
        ("count", Reopen("count")),
        ("ignore", Reopen("ignore")),
    ]
    lanes = [
        lane(name, events, at(18, 17), resolution().with_(reopen=policy), ChangePolicy()) for name, policy in policies
    ]
    return picture(at(16, 6), at(18, 18), lanes, {"opened": at(16, 9), "resolved": at(16, 15), "reopened": at(17, 10)})


def picture(start: datetime, end: datetime, lanes: list[Lane], events: dict[str, datetime]) -> str:
    """Time as it passes from left to right, and a lane for each clock: its stretches, its cycles, when it is due."""
    scale = (WIDTH - LEFT - RIGHT) / ((end - start) / timedelta(hours=1))
    bottom = TOP + LANE * len(lanes)

    def x(instant: datetime) -> float:
        return round(LEFT + (instant - start) / timedelta(hours=1) * scale, 1)

    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom + 36}" font-family="sans-serif" '
        'font-size="12">',
        f'<rect width="{WIDTH}" height="{bottom + 36}" fill="white"/>',
    ]
    for hours in range(0, int((end - start) / timedelta(hours=1)) + 1, 6):
        mark = start + timedelta(hours=hours)
        lines.append(label(x(mark), 16, f"{mark:%a %H:%M}" if mark.hour in (0, 12) else f"{mark:%H:%M}", size=10))
        lines.append(line(x(mark), 20, 24, "#888"))
    for name, instant in events.items():
        lines.append(line(x(instant), 42, bottom, "#333", dashed=True))
        lines.append(label(x(instant), 38, name))
    for place, (name, clock) in enumerate(lanes):
        top = TOP + LANE * place
        lines.append(label(LEFT - 10, top + 23, name, "end"))
        for cycle in clock.cycles:
            lines += drawn(cycle, clock, x, top)
    seen = "\n".join(lines)
    for place, kind in enumerate(kind for kind in WORDS if COLOURS[kind] in seen):
        left = LEFT + 124 * place
        lines.append(f'<rect x="{left}" y="{bottom + 12}" width="14" height="12" fill="{COLOURS[kind]}"/>')
        lines.append(label(left + 20, bottom + 22, WORDS[kind], "start"))
    return "\n".join([*lines, "</svg>", ""])


def drawn(cycle: Cycle, clock: Clock, x: Callable[[datetime], float], top: int) -> list[str]:
    """A cycle: its stretches, a frame around its life, its number, and where it is due."""
    stop = cycle.ended_at or clock.as_of
    breach = cycle.breached_at
    lines = []
    own = Clock(clock.ticket, clock.agreement, clock.metric, (cycle,), clock.as_of)
    for one in own.trace():
        if one.kind == "carried" and (cycle.carry is None or cycle.carry.gap is None):
            continue  # its own cycle shows it
        parts = [(one.start, one.end, one.kind)]
        if one.kind == "counted" and breach is not None and one.end > breach:
            edge = max(one.start, breach)
            parts = [(one.start, edge, "counted"), (edge, one.end, "late")]
        for first, last, kind in parts:
            if first < last and not (kind == "carried" and first < clock.cycles[0].ended_at):
                lines.append(
                    f'<rect x="{x(first):g}" y="{top + 8}" width="{x(last) - x(first):g}" height="22" '
                    f'fill="{COLOURS["closed" if kind == "holiday" else kind]}"/>'
                )
    left, right = x(cycle.started_at), x(stop)
    lines.append(f'<rect x="{left:g}" y="{top + 8}" width="{right - left:g}" height="22" fill="none" stroke="#333"/>')
    if len(clock.cycles) > 1:
        lines.append(label((left + min(right, left + 40)) / 2, top + 23, str(cycle.number)))
    if cycle.due_at is not None and cycle.result != "superseded" and cycle.ended_at is None:
        lines.append(line(x(cycle.due_at), top + 3, top + 35, "#b11", width=2))
        lines.append(label(x(cycle.due_at), top + 46, f"due {cycle.due_at:%a %H:%M}", colour="#b11", size=10))
    return lines


def label(x: float, y: int, text: str, anchor: str = "middle", colour: str = "#000", size: int = 12) -> str:
    """A word in the picture."""
    return f'<text x="{x:g}" y="{y}" text-anchor="{anchor}" fill="{colour}" font-size="{size}">{text}</text>'


def line(x: float, top: int, bottom: int, colour: str, *, width: int = 1, dashed: bool = False) -> str:
    """An upright line."""
    dash = ' stroke-dasharray="3 3"' if dashed else ""
    return f'<line x1="{x:g}" y1="{top}" x2="{x:g}" y2="{bottom}" stroke="{colour}" stroke-width="{width}"{dash}/>'


PICTURES = {"clocks-pauses.svg": pauses, "clocks-changes.svg": changes, "clocks-cycles.svg": cycles}

if __name__ == "__main__":
    for name, drawing in PICTURES.items():
        (HERE / name).write_text(drawing(), encoding="utf-8")
