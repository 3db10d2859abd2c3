"""German explanations as a whole: nothing English in them, and every line as a service manager would write it."""

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import supportcore as sc
from supportcore.wording.catalogue import sentences

FOLDER = Path(__file__).parent / "german"
BERLIN = ZoneInfo("Europe/Berlin")
CONCEPT = sc.load(FOLDER / "concept.toml")
# Identifiers: the zone, and in findings the code, the path and the names that somebody wrote.
ZONE = re.compile(r"\(\w+/\w+\)")
FINDING = re.compile(r"(?m)^  (?:Fehler|Warnung|Hinweis) \S+ bei \S+:.*$")
NAMES = re.compile(r"\S+ bei \S+:|„[^“]*“")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of March 2026; the 9th is a Monday."""
    return datetime(2026, 3, day, hour, minute, second, tzinfo=BERLIN)


OUTAGE = {"art": "Störung", "umfang": "der Betrieb", "absturz": True, "plätze": 1250}
CASES = {
    "nachts": (
        at(9, 8),
        [
            sc.Opened("T-1", at(9, 2), facts=OUTAGE, customer="Beispielwerke", channel="phone"),
            sc.Assigned("T-1", at(9, 2, 5), level="Annahme"),
            sc.PageAcknowledged("T-1", at(9, 2, 40)),
            sc.AgentReplied("T-1", at(9, 3, 10, 30)),
            sc.Assigned("T-1", at(9, 3, 30), level="Technik"),
            sc.Paused("T-1", at(9, 4), reason="supplier"),
            sc.Resumed("T-1", at(9, 4, 20)),
            sc.Escalated("T-1", at(9, 5), reason="es eilt", by="customer:Frau Beispiel"),
        ],
    ),
    "pausiert": (
        at(10, 12),
        [
            sc.Opened("T-2", at(9, 9), facts={"art": "Störung", "umfang": "ein Platz", "plätze": 3}, channel="mail"),
            sc.AgentReplied("T-2", at(9, 9, 20) + timedelta(milliseconds=1)),
            sc.PageAcknowledged("T-2", at(9, 11)),
            sc.PriorityOverridden("T-2", at(9, 10), priority="hoch", reason="Messe", by="agent:dora"),
            sc.Excused("T-2", at(9, 15), start=at(9, 11), end=at(9, 11, 30), reason="Stromausfall"),
            sc.DueOverridden("T-2", at(9, 12), metric="resolution", due=at(11, 12), reason="am Telefon vereinbart"),
            sc.Paused("T-2", at(9, 16), reason="customer"),
            sc.Paused("T-2", at(10, 9), id="p2", reason="supplier"),
        ],
    ),
    "wiedereröffnet": (
        at(16, 10),
        [
            sc.Opened("T-3", at(9, 9), facts={"art": "Frage", "umfang": "ein Platz"}, customer="Musterbau"),
            sc.CustomerReplied("T-3", at(9, 8), id="zu früh"),
            sc.Resolved("T-3", at(9, 15)),
            sc.Reopened("T-3", at(10, 9)),
            sc.Closed("T-3", at(11, 9)),
            sc.CustomerReplied("T-3", at(11, 10), id="zu spät"),
            sc.DueOverridden("T-3", at(11, 11), id="d", metric="resolutoin", due=at(12, 12), reason="Absprache"),
        ],
    ),
    "unbekannt": (
        datetime(2027, 1, 4, 9, tzinfo=BERLIN),
        [
            sc.Opened("T-4", datetime(2027, 1, 4, 8, tzinfo=BERLIN)),
            sc.PageAcknowledged("T-4", datetime(2027, 1, 4, 8, 20, tzinfo=BERLIN)),
        ],
    ),
    "ohne Eröffnung": (at(9, 10), [sc.AgentReplied("T-5", at(9, 9))]),
}


def explained(name: str) -> str:
    as_of, events = CASES[name]
    return sc.evaluate(CONCEPT, events, as_of=as_of).explain() + "\n"


@pytest.mark.parametrize("name", CASES)
def test_the_explanation_is_as_recorded(name: str) -> None:
    assert explained(name) == (FOLDER / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CASES)
def test_no_english_word_of_the_catalogue_is_in_it(name: str) -> None:
    def words(column: int) -> set[str]:
        return {
            word.lower()
            for entry in sentences().values()
            for word in WORD.findall(re.sub(r"\{\w+\}", "", entry[column]))
        }

    text = FINDING.sub(lambda line: NAMES.sub("", line[0]), ZONE.sub("", explained(name)))
    said = {word.lower() for word in WORD.findall(text)}
    assert sorted(said & (words(1) - words(0))) == []
