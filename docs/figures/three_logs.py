"""Evaluates three public ticket logs, and writes `docs/explanation/three-logs.md` and its pictures.

The logs are no part of the project. Run it with the folder that holds their files: `python docs/figures/three_logs.py
FOLDER`.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import fill

from attrs import frozen

import supportcore as sc
from supportcore.evaluation import Case
from supportcore.logs import Log
from supportcore.reports import Attained, ServiceFigures, attainment, service_figures, wilson
from supportcore.sla import SegmentKind

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "three-logs.md"
FIGURES = ROOT / "docs" / "figures"
CONCEPTS = ROOT / "tests" / "data_logs" / "concepts"

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
KINDS: tuple[SegmentKind, ...] = ("counted", "paused", "closed", "holiday")
COLOURS = {"counted": "#4a8", "paused": "#eb4", "closed": "#ddd", "holiday": "#b9d"}


@frozen
class Source:
    """A public log: what it is called, where it is published, its mapping, its concept, and its files."""

    name: str
    published: str
    mapping: str
    concept: str
    files: tuple[str, ...]


SOURCES = (
    Source(
        "ServiceNow",
        "*Incident management process enriched event log*, UCI machine learning repository; a part of it",
        "servicenow_uci",
        "servicenow",
        ("uci_dev_30pct.csv.gz",),
    ),
    Source(
        "Volvo IT",
        "*BPI Challenge 2013, incidents*, Ward Steeman, 4TU.ResearchData",
        "volvo_bpic13",
        "volvo",
        ("bpic13_incidents.csv.gz",),
    ),
    Source(
        "Apache Jira",
        "issues and their changes in the public Jira of the Apache Software Foundation; a selection",
        "jira_apache",
        "jira",
        ("apache_jira_issues.csv.gz", "apache_jira_changelog.csv.gz"),
    ),
)


@frozen
class Untiled:
    """A cycle whose segments do not add up: there must be none."""

    ticket: str
    metric: str
    cycle: int


@frozen
class Evaluated:
    """What the page tells of a log; `spent` is the time in microseconds by metric and kind of segment."""

    source: Source
    as_of: datetime
    rows: int
    events: int
    tickets: int
    failures: tuple[str, ...]
    cycles: int
    reopened: int
    segments: int
    untiled: tuple[Untiled, ...]
    spent: dict[str, dict[str, int]]
    figures: ServiceFigures
    attained: tuple[Attained, ...]
    findings: tuple[tuple[str, int], ...]


def read(source: Source, folder: Path) -> Log:
    """Reads the files of a log."""
    return sc.read_log(source.mapping, *(folder / name for name in source.files))


def evaluated(source: Source, log: Log) -> Evaluated:
    """Every ticket of a log evaluated a day after the last event, and the segments of every cycle added up."""
    concept = sc.load(CONCEPTS / f"{source.concept}.toml")
    as_of = max(event.at for history in log.histories.values() for event in history) + DAY
    cases: list[Case] = []
    failures: list[str] = []
    for ticket, history in log.histories.items():
        try:
            cases.append(sc.evaluate(concept, history, as_of=as_of))
        except sc.SupportcoreError as error:
            failures.append(f"{ticket}: {error}")
    spent: dict[str, dict[str, int]] = {}
    untiled = []
    cycles = segments = reopened = 0
    for case in cases:
        for clock in case.clocks.values():
            for cycle in clock.cycles:
                told = cycle.trace()
                cycles += 1
                segments += len(told)
                reopened += cycle.opened_by.kind == "reopened"
                by_kind: Counter[str] = Counter()
                for segment in told:
                    by_kind[segment.kind] += segment.last - segment.first
                tiles = [segment for segment in told if segment.kind != "carried"]
                edges = [cycle.start, *(segment.last for segment in tiles)]
                meet = [segment.first for segment in tiles] == edges[:-1] and edges[-1] == cycle.until
                if not meet or by_kind["counted"] + by_kind["carried"] != cycle.used:
                    untiled.append(Untiled(case.ticket, clock.name, cycle.number))
                total = spent.setdefault(clock.name, dict.fromkeys(KINDS, 0))
                for kind in KINDS:
                    total[kind] += by_kind[kind]
    groups = attainment((case.clocks for case in cases), by=["metric", "priority", "promise"])
    codes = Counter(code for case in cases for code in {finding.code for finding in case.findings})
    return Evaluated(
        source=source,
        as_of=as_of,
        rows=log.rows,
        events=log.events,
        tickets=len(log.histories),
        failures=tuple(failures),
        cycles=cycles,
        reopened=reopened,
        segments=segments,
        untiled=tuple(untiled),
        spent=spent,
        figures=service_figures(log.histories.values()),
        attained=tuple(sorted(groups, key=lambda group: (group.key[0], -concept.scale.members.index(group.key[1])))),
        findings=tuple(sorted(codes.items())),
    )


# The page

HEAD = """\
# Three real logs

The clocks of three public ticket logs. The script `docs/figures/three_logs.py` reads the logs, evaluates every ticket
and writes this page. The concepts are in `tests/data_logs/concepts`. Their targets are invented, so the shares show
that the figures add up, and say nothing about the quality of the three desks. The logs are not part of the project;
if they are present, a test compares this page with a new run of the script.

"""


TIME = """
## Where the time went

The time from start to end of all cycles, by the kind of its segments. An office is open for less than a third of the
week, so closed hours make up most of a reaction that takes days.

![Shares of counted, paused and closed time and of holidays, by log and metric](../figures/three-logs-time.svg)

"""

MET = """
## Attainment

*Open* cycles are in time so far, and *without* counts the cycles without a target. The interval after each share is
the Wilson interval at 95 %. *Half* and *90 %* of the finished cycles ended within the given working time, and *worst*
is the longest overrun.

![Shares met with their intervals, by log, metric and priority](../figures/three-logs-met.svg)
"""

ODD = """
## Findings

The number of tickets with each finding; [](../evidence/refused-clocks.md) explains the codes.

"""


def page(logs: Sequence[Evaluated]) -> str:
    """The page about the logs."""
    parts = [HEAD, table(["log", "published as"], ([log.source.name, log.source.published] for log in logs))]
    parts += ["\n## Tickets and cycles\n\n", whole(logs), "\n", checked(logs), TIME, spent(logs), MET]
    parts += [f"\n### {log.source.name}\n\n{met(log)}" for log in logs]
    return "".join([*parts, ODD, odd(logs)])


def whole(logs: Sequence[Evaluated]) -> str:
    """Counts of each log, a column for each."""
    rows: dict[str, Sequence[int | str]] = {
        "rows in the files": [log.rows for log in logs],
        "events read from them": [log.events for log in logs],
        "tickets": [log.tickets for log in logs],
        "tickets that could not be evaluated": [len(log.failures) for log in logs],
        "cycles of reaction and resolution clocks": [log.cycles for log in logs],
        "cycles opened by a reopening": [log.reopened for log in logs],
        "segments of all cycles": [log.segments for log in logs],
        "tickets resolved": [log.figures.solved for log in logs],
        "resolved at first contact": [first_contact(log.figures) for log in logs],
        "tickets reopened": [log.figures.reopened for log in logs],
        "reopenings": [log.figures.reopenings for log in logs],
        "hand-overs between teams or levels": [log.figures.hand_overs for log in logs],
    }
    return table(
        ["", *(log.source.name for log in logs)], ([name, *map(number, cells)] for name, cells in rows.items())
    )


def first_contact(figures: ServiceFigures) -> str:
    """The number and the share of tickets resolved at first contact."""
    return f"{number(figures.first_contact)}, {share(figures.first_contact, figures.solved)}"


def checked(logs: Sequence[Evaluated]) -> str:
    """The check that the segments of every cycle add up."""
    cycles = sum(log.cycles for log in logs)
    wrong = sum(len(log.untiled) for log in logs)
    found = "In each cycle" if not wrong else f"In all but {number(wrong)} of them"
    words = (
        f"The segments of all {number(cycles)} cycles were added up (`SLA-13`). {found} the segments tile the time "
        "from start to end without a gap or an overlap; the counted, paused, closed and holiday segments add up to the "
        "time between start and end, to the microsecond; and the counted segments add up to the elapsed time."
    )
    return fill(words, 116) + "\n"


def spent(logs: Sequence[Evaluated]) -> str:
    """The time of each kind, in days of 24 hours."""
    rows = []
    for log in logs:
        for metric, by_kind in log.spent.items():
            total = sum(by_kind.values())
            cells = [f"{number(round(by_kind[kind] / 86_400_000_000))} d" for kind in KINDS]
            rows.append([log.source.name, metric, *cells, f"{number(round(total / 86_400_000_000))} d"])
    return table(["log", "metric", *KINDS, "total"], rows)


def met(log: Evaluated) -> str:
    """The results of the cycles, by metric and priority."""
    rows = []
    for group in log.attained:
        metric, priority, promise = map(str, group.key)
        rate = share(group.met + group.excused, group.judged) if group.judged else "–"
        lengths = [hours(group.percentile(percent)) for percent in (50, 90)]
        worst = hours(timedelta(microseconds=group.worst.overrun)) if group.worst and group.worst.overrun else "–"
        counts = [group.met, group.missed, group.open, group.not_applicable]
        rows.append([metric, priority, promise, *map(number, counts), rate, *lengths, worst])
    head = ["metric", "priority", "target", "met", "missed", "open", "without", "share met", "half", "90 %", "worst"]
    return table(head, rows)


def odd(logs: Sequence[Evaluated]) -> str:
    """The findings of the tickets, by code."""
    codes = sorted({code for log in logs for code, _ in log.findings})
    rows = ([f"`{code}`", *(number(dict(log.findings).get(code, 0)) for log in logs)] for code in codes)
    return table(["code", *(log.source.name for log in logs)], rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of the page."""
    first, *others = (f"| {' | '.join(cells)} |\n" for cells in (head, *rows))
    return "".join([first, "|---" * len(head), "|\n", *others])


def number(count: int | str) -> str:
    """A count, its thousands apart."""
    return f"{count:,}" if isinstance(count, int) else count


def share(some: int, every: int) -> str:
    """A share in percent with its Wilson interval."""
    low, high = wilson(some, every)
    return f"{100 * some / every:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def hours(length: timedelta | None) -> str:
    """A length of working time in hours."""
    return "–" if length is None else f"{length / HOUR:,.1f} h"


# The pictures


def time_picture(logs: Sequence[Evaluated]) -> str:
    """A bar for each log and metric, divided by kind of time."""
    bars = [(f"{log.source.name}, {metric}", by_kind) for log in logs for metric, by_kind in log.spent.items()]
    left, width, height = 190, 560, 28
    lines = []
    for place, (name, by_kind) in enumerate(bars):
        top, x, total = 16 + height * place, float(left), sum(by_kind.values())
        lines.append(text(left - 10, top + 14, name, "end"))
        for kind in KINDS:
            part = width * by_kind[kind] / total
            lines.append(box(x, top, part, 20, COLOURS[kind]))
            x += part
    bottom = 16 + height * len(bars)
    for place, kind in enumerate(KINDS):
        lines.append(box(left + 120 * place, bottom + 10, 14, 12, COLOURS[kind]))
        lines.append(text(left + 20 + 120 * place, bottom + 20, kind, "start"))
    return drawing(bottom + 36, lines)


def met_picture(logs: Sequence[Evaluated]) -> str:
    """A dot with its interval for each log, metric and priority with a judged cycle."""
    left, width, height = 270, 480, 20
    lines = []
    top = 24
    for log in logs:
        for group in log.attained:
            if not group.judged:
                continue
            low, high = group.interval or (0.0, 1.0)
            middle = (group.met + group.excused) / group.judged
            lines.append(text(left - 10, top + 4, f"{log.source.name}, {group.key[0]}, {group.key[1]}", "end"))
            lines.append(box(left + width * low, top - 1.5, width * (high - low), 3, "#486"))
            lines.append(f'<circle cx="{left + width * middle:.1f}" cy="{top}" r="4" fill="#264"/>')
            top += height
        top += 8
    grid = []
    for tenth in (0, 25, 50, 75, 100):
        x = left + width * tenth / 100
        grid.append(f'<line x1="{x:.1f}" y1="12" x2="{x:.1f}" y2="{top - 12}" stroke="#ccc"/>')
        grid.append(text(x, top + 4, f"{tenth} %", "middle"))
    return drawing(top + 16, grid + lines)


def drawing(height: int, lines: Sequence[str]) -> str:
    """A picture of lines."""
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="800" height="{height}" fill="white"/>',
    )
    return "\n".join([*head, *lines, "</svg>", ""])


def box(x: float, y: float, width: float, height: float, colour: str) -> str:
    """A filled rectangle."""
    return f'<rect x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="{height:g}" fill="{colour}"/>'


def text(x: float, y: float, words: str, anchor: str) -> str:
    """Words in a picture."""
    return f'<text x="{x:g}" y="{y:g}" text-anchor="{anchor}">{words}</text>'


PICTURES = {"three-logs-time.svg": time_picture, "three-logs-met.svg": met_picture}

if __name__ == "__main__":
    made = [evaluated(source, read(source, Path(sys.argv[1]))) for source in SOURCES]
    PAGE.write_text(page(made), encoding="utf-8")
    for name, picture in PICTURES.items():
        (FIGURES / name).write_text(picture(made), encoding="utf-8")
