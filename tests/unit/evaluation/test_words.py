"""Explanations of the scope, the channel and the next change of a case, under a small concept."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import supportcore as sc

CONCEPT_TEXT = '''
format = 0
name = "small"
timezone = "Europe/Berlin"
valid = "2026-03-09 to 2026-12-31"
[facts]
fault = "yes | no"
channel = "phone | mail"
[priority]
table = """
| fault | -> priority | because |
| -     | minor       | always  |
"""
[scope]
send_to = "sales | support"
table = """
| fault | channel | -> scope  | -> send to | because        |
| yes   | phone   | covered   | support    | it is agreed   |
| yes   | -       | billable  | sales      | mail costs     |
| no    | -       | refuse    | sales      | it is no fault |
"""
[targets]
hours = "always"
table = """
| priority | -> reaction | -> resolution |
| -        | 1 h         | 2 h           |
"""
[people.ada]
channels = ["mail"]
[ladders.one]
steps = [{ at = "100 % of reaction", inform = "ada" }]
'''
SCOPE = CONCEPT_TEXT.partition("[scope]")[2].partition('table = """\n')[2].partition('"""')[0]
ALONE = "| fault | -> scope | because      |\n| -     | covered  | it is agreed |\n"
CONCEPT = sc.loads(CONCEPT_TEXT)
MOMENT = timedelta(microseconds=1)
START = datetime(2026, 3, 9, tzinfo=ZoneInfo("Europe/Berlin"))


def lines_of(language: str = "en", *, fault: bool = True, channel: str = "phone", after: int = 0) -> list[str]:
    opened = sc.Opened("T", START, facts={"fault": fault, "channel": channel})
    case = sc.evaluate(CONCEPT, [opened], as_of=START.astimezone(UTC) + timedelta(minutes=after))
    return [line.strip() for line in case.explain(language).splitlines()]


def test_the_scope_names_its_row_and_who_is_responsible() -> None:
    lines = lines_of(channel="mail")
    place = lines.index("Scope: billable, row r2: mail costs")
    assert lines[place + 1] == "goes to: sales"


def test_a_scope_without_somebody_responsible_names_nobody() -> None:
    alone = sc.loads(CONCEPT_TEXT.replace('send_to = "sales | support"\n', "").replace(SCOPE, ALONE))
    case = sc.evaluate(alone, [sc.Opened("T", START, facts={"fault": True, "channel": "mail"})], as_of=START)
    lines = case.explain("en").splitlines()
    assert lines[lines.index("Scope: covered, row r1: it is agreed") + 1] == ""


def test_only_the_fact_channel_is_translated() -> None:
    assert "Merkmale: fault ja, Kanal Telefon" in lines_of("de")


def test_the_last_line_has_every_change_at_the_next_instant() -> None:
    assert lines_of()[-1] == "Next: Mon 9 Mar 2026 00:00, “reaction” due; inform ada"
    assert lines_of(after=61)[-1] == "Next: Mon 9 Mar 2026 01:00, “resolution” due"


def test_instants_are_in_the_zone_of_as_of() -> None:
    assert "from Sun 8 Mar 2026 23:00: minor, row r1: always" in lines_of()


def test_a_ticket_opened_at_the_first_instant_of_the_concept_is_within_its_period() -> None:
    opened = [sc.Opened("T", at, facts={"fault": True, "channel": "mail"}) for at in (START, START - MOMENT)]
    found = [sc.evaluate(CONCEPT, [one], as_of=START).findings for one in opened]
    assert [[finding.code for finding in findings] for findings in found] == [[], ["case.validity"]]
