"""Write the example log: the year 2026 at an invented hosting company, as its help desk would export it.

`python examples/make_log.py` writes `hosting-2026.csv` beside itself, the same bytes each time. A few tickets are told
in `hosting-told.txt`, the others are drawn from a seed. Nothing here asks the library, so that the log can test it.
"""

import csv
import io
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
BERLIN = ZoneInfo("Europe/Berlin")
SEED = 2026
DRAWN = 180
YEAR_END = datetime(2027, 1, 1, tzinfo=BERLIN)
STATE = ("customer", "contract", "channel", "kind", "impact", "business", "source")  # stands in each row, as it is then
COLUMNS = ("id", "ticket", "time", "event", "by", *STATE, "priority", "withdraws", "minutes", "reason", "note")
CUSTOMERS = {
    "Kornblum Books": "standard",
    "Ostermann Tools": "standard",
    "Lindenhof Pharmacy": "standard",
    "Gutenau Bakery": "standard",
    "Ziegler & Wolf Tax Advisers": "standard",
    "Möwe Ferries": "standard",
    "Silberbach Clinic": "managed",
    "Fuchsbau Toys": "managed",
    "Talblick Hotels": "managed",
    "Rheinsand Gravel": "managed",
    "Hainbach Theatre": "none",
    "Birkenau Seminars": "none",
    "Krähenfuß Optics": "none",
}
LINDENHOF_IS_MANAGED = date(2026, 8, 25)
PRIMARIES = ("ada", "ben", "cleo")
FIRST_HAND_OVER = datetime(2026, 1, 5, 9)
FREE_DAYS = {
    date(2026, month, day)
    for month, day in [(1, 1), (4, 3), (4, 6), (5, 1), (5, 14), (5, 25), (6, 4), (12, 25)]  # weekdays in Hesse
}
IMPACT = {"one user": "user", "a team": "team", "the whole site": "site"}  # as the help desk writes it
FACTS = {
    "question": ("how do I add a mailbox?", "where do I find the invoices?", "which version of PHP runs here?"),
    "change request": ("another subdomain, please", "more memory, please", "a redirect from the old address"),
    "malfunction": ("pages are slow", "mails arrive late", "uploads end halfway", "the search finds too little"),
    "outage": ("site does not answer", "nobody can log in", "mail does not go out", "the shop takes no orders"),
}


@dataclass
class Row:
    """One row of the log: when, what, who (a person, or `customer`, `bot`, `monitoring`), and the cells it fills."""

    at: datetime
    event: str
    by: str
    cells: dict[str, str] = field(default_factory=dict)


Ticket = list[Row]


class Draw(random.Random):
    """Draws that need `random()` alone, whose numbers are the same in each version of Python."""

    def one(self, *weighted: tuple[str, float] | str) -> str:
        """One of several words, each alone or with its weight."""
        pairs = [(given, 1.0) if isinstance(given, str) else given for given in weighted]
        left = self.random() * sum(weight for _, weight in pairs)
        for word, weight in pairs:
            left -= weight
            if left < 0:
                return word
        return pairs[-1][0]

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in this share of the cases."""
        return self.random() < share

    def minutes(self, least: int, most: int) -> timedelta:
        """A length of time, short ones more often than long ones."""
        return timedelta(minutes=least + int((most - least) * self.random() ** 2))


def local(day: date, clock: time, fold: int = 0) -> datetime:
    """A wall time in Berlin."""
    return datetime.combine(day, clock.replace(fold=fold), tzinfo=BERLIN)


def later(at: datetime, length: timedelta) -> datetime:
    """An instant so much elapsed time later, through daylight saving, in whole minutes."""
    return (at.astimezone(UTC) + length).replace(second=0, microsecond=0).astimezone(BERLIN)


def in_office(at: datetime) -> bool:
    """Roughly, whether somebody sits in the office: what people do is not what the calendar counts."""
    return at.weekday() < 5 and at.date() not in FREE_DAYS and 9 <= at.hour < 18


def next_in_office(at: datetime, draw: Draw) -> datetime:
    """The instant itself in the office, else within the first hour of the next morning there."""
    while not in_office(at):
        day = at.date() if at.hour < 9 else at.date() + timedelta(days=1)
        at = local(day, time(9, int(draw.random() * 60)))
        if not in_office(at):
            at = local(day, time(18))
    return at


def on_call(at: datetime) -> tuple[str, str]:
    """Who is on call first and who second."""
    week = (at.replace(tzinfo=None) - FIRST_HAND_OVER) // timedelta(days=7)
    return PRIMARIES[week % 3], PRIMARIES[(week + 1) % 3]


def told(text: str) -> Iterator[Ticket]:
    """The tickets that a text tells; its form is described in the text."""
    for block in re.sub(r"^#.*\n", "", text, flags=re.MULTILINE).strip().split("\n\n"):
        customer, *lines = block.splitlines()
        yield [row_told(customer, line) for line in lines]


def row_told(customer: str, line: str) -> Row:
    """The row that a line tells; an opening says who the customer is."""
    when, event, who, rest = (part.strip() for part in line.split("|"))
    day, clock, *doubled = when.split()
    at = local(date.fromisoformat(day), time.fromisoformat(clock), fold=int(doubled == ["CET"]))
    cells = dict(part.strip().split(" ", 1) for part in rest.split(";") if part.strip())
    if "via" in cells:
        cells["channel"] = cells.pop("via")
    if event == "opened":
        cells |= {"customer": customer, "contract": contract_of(customer, at)}
    return Row(at, event, who, cells)


def contract_of(customer: str, at: datetime) -> str:
    """The contract that a customer has on a day."""
    if customer == "Lindenhof Pharmacy" and at.date() >= LINDENHOF_IS_MANAGED and at.hour >= 9:
        return "managed"
    return CUSTOMERS[customer]


def drawn(draw: Draw) -> Ticket:
    """A ticket from a seed: its opening, and what became of it until it was done or the year was over."""
    day = date(2026, 1, 2) + timedelta(days=int(draw.random() * 364))
    watched = draw.chance(0.3)
    hour = int(draw.random() * 24) if watched else 8 + int(draw.random() * 11)
    opened = local(day, time(hour, int(draw.random() * 60)))
    if not watched and not draw.chance(0.1):
        opened = next_in_office(opened, draw)
    customer = draw.one(*CUSTOMERS)
    facts = facts_of(draw, watched)
    channel = "monitoring" if watched else draw.one(("mail", 4), ("portal", 3), ("phone", 2))
    by = "monitoring" if watched else "customer"
    cells = facts | {"customer": customer, "contract": contract_of(customer, opened), "channel": channel}
    rows = [Row(opened, "opened", by, cells | {"note": draw.one(*FACTS[facts["kind"]])})]
    if watched:
        rows.append(Row(opened, "alarm raised", "monitoring"))
    rows += taken_in(draw, opened, facts, channel)
    rows += worked_on(draw, rows[-1].at, facts)
    return rows


def is_urgent(facts: dict[str, str]) -> bool:
    """Whether the two on call would be woken: what the help desk does, not what the concept decides."""
    hurts = facts["impact"] != "one user" and facts["business"] != "side function"
    worst = facts["impact"] == "the whole site" and facts["business"] == "critical"
    return (facts["kind"] == "outage" and hurts) or (facts["kind"] == "malfunction" and worst)


def facts_of(draw: Draw, watched: bool) -> dict[str, str]:
    """What is known at the opening: monitoring sees outages, people ask all sorts of things."""
    if watched:
        kind = draw.one(("outage", 3), ("malfunction", 2))
        impact = draw.one(("one user", 1), ("a team", 2), ("the whole site", 3))
    else:
        kind = draw.one(("question", 4), ("change request", 3), ("malfunction", 6), ("outage", 1))
        impact = draw.one(("one user", 5), ("a team", 3), ("the whole site", 1))
    business = draw.one(("side function", 2), ("important", 3), ("critical", 2))
    source = "monitoring" if watched else "customer"
    return {"kind": kind, "impact": impact, "business": business, "source": source}


def called(at: datetime) -> tuple[str, str]:
    """Who is called first and who second."""
    return ("dan", "elif") if in_office(at) else on_call(at)


def taken_in(draw: Draw, opened: datetime, facts: dict[str, str], channel: str) -> Iterator[Row]:
    """Who took the ticket, and when the customer heard of it."""
    at = opened
    if is_urgent(facts):
        first, second = called(opened)
        who, waited = draw.one((first, 12), (second, 5), ("", 3)), draw.minutes(2, 28)
        if who == second:
            waited = draw.minutes(12, 28) if in_office(opened) else draw.minutes(32, 55)
        if not who:  # nobody for an hour; the first one at last, when called again
            who, waited = first, draw.minutes(62, 85)
        at = later(opened, waited)
        yield Row(at, "page acknowledged", who)
        at = later(at, draw.minutes(2, 60))
        yield Row(at, "receipt confirmed", who)
    elif channel in ("mail", "portal") and draw.chance(0.35):
        at = later(opened, timedelta(minutes=1))
        yield Row(at, "receipt confirmed", "bot", {"note": "we have received your message"})
    else:
        slow = draw.chance(0.15)
        at = next_in_office(later(opened, draw.minutes(10, 4000 if slow else 300)), draw)
        yield Row(at, draw.one("receipt confirmed", "agent replied"), "elif")


def worked_on(draw: Draw, at: datetime, facts: dict[str, str]) -> Iterator[Row]:
    """What was done after the ticket was taken in, to its end."""
    urgent = is_urgent(facts)
    who = on_call(at)[0] if urgent and not in_office(at) else draw.one(("elif", 3), "ada", "ben", "cleo", ("dan", 0.5))

    def moment(least: int, most: int) -> datetime:
        length = draw.minutes(least, most)
        return later(at, length) if urgent else next_in_office(later(at, length), draw)

    if draw.chance(0.2):
        at = moment(5, 200)
        yield Row(at, "viewed", who)
    if draw.chance(0.05):
        yield Row(moment(10, 2000), "cancelled", "customer", {"note": "it works again"})
        return
    for row in changed(draw, moment(20, 900), who, facts):
        at = row.at
        yield row
    if draw.chance(0.3):
        at = moment(20, 1200)
        yield Row(at, "paused", who, {"reason": draw.one(("customer", 4), "supplier")})
        if draw.chance(0.1):
            at = moment(300, 2000)
            yield Row(at, "paused", who, {"reason": "customer", "note": "asked again"})
        at = later(at, draw.minutes(30, 4000))
        yield Row(at, "customer replied", "customer") if draw.chance(0.7) else Row(at, "resumed", who)
    if draw.chance(0.15):
        at = moment(5, 300)
        yield Row(at, "printed", who)
    at = moment(20, 900 if urgent else 7000)
    if facts["kind"] != "question":
        yield Row(at, "work logged", who, {"minutes": str(5 * (1 + int(draw.random() ** 2 * 40)))})
    yield Row(at, "resolved", who)
    yield from afterwards(draw, at, who, is_urgent(facts))


def changed(draw: Draw, at: datetime, who: str, facts: dict[str, str]) -> Iterator[Row]:
    """What turned out, or was decided, while the ticket was open."""
    urgent = is_urgent(facts)
    priority = ""
    if draw.chance(0.12):
        facts["impact"] = draw.one("one user", "a team", "the whole site")
        yield Row(at, "facts changed", who, {"impact": facts["impact"]})
    elif draw.chance(0.07) and not urgent:
        priority = draw.one("major", "major", "critical")
        reason = "the customer's manager called"
        yield Row(at, "priority overridden", "dan", {"priority": priority, "reason": reason})
    if priority == "critical" or (is_urgent(facts) and not urgent):
        at = later(at, draw.minutes(1, 9))
        yield Row(at, "page acknowledged", called(at)[0])
    elif priority and draw.chance(0.5):
        at = next_in_office(later(at, draw.minutes(60, 1500)), draw)
        words = {"withdraws": "priority overridden", "reason": "the matter is settled"}
        yield Row(at, "withdrawn", "dan", words)


def afterwards(draw: Draw, at: datetime, who: str, urgent: bool) -> Iterator[Row]:
    """What came after the solution: it did not hold, or the ticket was closed."""
    if draw.chance(0.1):
        at = later(at, draw.minutes(60, 9000))
        yield Row(at, "reopened", "customer", {"note": "not yet right"})
        if urgent:
            at = later(at, draw.minutes(2, 9))
            yield Row(at, "page acknowledged", called(at)[0])
        at = next_in_office(later(at, draw.minutes(60, 5000)), draw)
        yield Row(at, "resolved", who)
    if draw.chance(0.5):
        at = next_in_office(later(at, draw.minutes(600, 9000)), draw)
        yield Row(at, draw.one("closed", "accepted"), "customer")


def numbered(tickets: list[Ticket]) -> Iterator[dict[str, str]]:
    """The rows of all tickets in order of time; a ticket's id is its day and a running number of that day."""
    seen: Counter[str] = Counter()
    rows = []
    for ticket in sorted(tickets, key=lambda rows: rows[0].at.astimezone(UTC)):
        day = f"{ticket[0].at:%m%d}"
        seen[day] += 1
        name = f"{day}-{seen[day]}"
        given: dict[str, str] = {}
        state: dict[str, str] = {}
        for number, row in enumerate(ticket, 1):
            given[row.event] = f"{name}.{number}"
            state |= {column: row.cells[column] for column in STATE if column in row.cells}
            cells = state | row.cells | {"ticket": name, "id": f"{name}.{number}"}
            if "withdraws" in cells:
                cells["withdraws"] = given[cells["withdraws"]]
            rows.append((row.at.astimezone(UTC), row, cells))
    for _, row, cells in sorted(rows, key=lambda one: one[0]):
        if row.at < YEAR_END:
            when = row.at.isoformat(sep=" ", timespec="minutes")
            impact = IMPACT.get(cells.get("impact", ""), "")
            yield cells | {"time": when, "event": row.event, "by": row.by, "impact": impact}


def log() -> str:
    """The whole log as the text of a CSV file."""
    draw = Draw(SEED)
    tickets = [*told((HERE / "hosting-told.txt").read_text(encoding="utf-8")), *(drawn(draw) for _ in range(DRAWN))]
    written = io.StringIO()
    writer = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(numbered(tickets))
    return written.getvalue()


if __name__ == "__main__":
    (HERE / "hosting-2026.csv").write_text(log(), encoding="utf-8", newline="")
