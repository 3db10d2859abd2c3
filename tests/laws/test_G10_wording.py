"""The catalogue: every sentence is used, every finding has one, and both languages keep the words of the glossary."""

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from string import Formatter

import pytest

import supportcore as sc
from supportcore import findings
from supportcore.domains import Scale
from supportcore.errors import DefinitionError
from supportcore.rules import verify
from supportcore.wording import Joined, MetricName, Names, Phrase, Term, in_words, placeholders
from supportcore.wording.catalogue import sentences

SOURCE = Path(findings.__file__).parent
CATALOGUE = SOURCE / "wording" / "entries"
# Areas of words that are looked up by a name that users may choose: `term("channel", "phone")`.
AREAS = ("calendar.", "channel.", "coverage.", "fact.", "metric.", "role.", "waiting.")


def strings() -> Iterator[str]:
    """Every text in the source outside the catalogue; a placeholder of an f-string is a star."""
    for path in SOURCE.rglob("*.py"):
        if CATALOGUE in path.parents:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)


TEXTS = frozenset(strings())
PATTERNS = [
    re.compile(re.escape(text).replace(r"\*", ".+"))
    for text in TEXTS
    if re.fullmatch(r"[a-z-]+[.-][a-z.*-]*\*[a-z.*-]*", text)
]


def test_every_sentence_is_used() -> None:
    def used(key: str) -> bool:
        code, _, variant = key.rpartition(".")
        named = key in TEXTS or ("." in code and code in TEXTS and variant in TEXTS)
        return named or key.startswith(AREAS) or any(pattern.fullmatch(key) for pattern in PATTERNS)

    assert [key for key in sentences() if not used(key)] == []


def finding_codes() -> list[tuple[str, str]]:
    """The module and the code of each `Finding(…)`, and of each call that is given a code and a severity."""
    found = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
            if {"error", "warning", "note"} & set(texts):
                found += [(path.stem, text) for text in texts if re.fullmatch(r"[a-z]+\.[a-z-]+", text)]
    return found


def test_every_code_of_a_finding_has_a_sentence() -> None:
    codes = finding_codes()
    assert {"case.scope-open", "rules.gap", "replay.unnamed", "sla.not-opened", "targets.unclocked"} <= {
        code for _, code in codes
    }
    assert [code for code in codes if not any(f"{key}.".startswith(f"{code[1]}.") for key in sentences())] == []


def test_both_languages_fill_in_the_same_parts() -> None:
    for key, texts in sentences().items():
        german, english = ({name for _, name, _, _ in Formatter().parse(text) if name} for text in texts)
        assert german == english == placeholders(key), key


@pytest.mark.parametrize(
    ("code", "parts", "message"),
    [
        ("sla.not-open", {}, "`sla.not-open` is not a finding; did you mean `sla.not-opened`?"),
        ("sla.not-opened", {}, "the parts of finding `sla.not-opened` are missing; expected `ticket`"),
        (
            "targets.not-proven",
            {"message": "no period"},
            "the parts of finding `targets.not-proven` are `message`; expected no parts",
        ),
        (
            "sla.not-opened",
            {"ticket": None},
            "part `ticket` of finding `sla.not-opened` is `None`; expected a text, a number, a duration, an instant, "
            "or an object with `in_words`",
        ),
    ],
)
def test_a_finding_without_its_sentence_and_parts_is_refused(code: str, parts: dict[str, str], message: str) -> None:
    with pytest.raises(DefinitionError) as refused:
        sc.Finding(code, "note", "somewhere", parts)
    assert str(refused.value) == message


def found() -> list[sc.Finding]:
    """Findings with parts of every kind."""
    impact = Scale("impact", ["low", "high"])
    rules = [sc.Rule({"impact": "high"}, {"priority": "high"})]
    table = sc.DecisionTable(name="t", inputs=[impact], outputs=[Scale("priority", ["low", "high"])], rules=rules)
    at = datetime(2026, 3, 9, 9, tzinfo=UTC)
    event = {"event": "e", "kind": Phrase("event.due overridden")}
    known = {"known": Names(["reaction"]), "near": Phrase("finding.near", {"near": "reaction"})}
    return [
        *verify(table),
        *sc.check(sc.load(sc.example("mittelstand"))),
        sc.Finding("case.validity", "warning", "valid", {"opened": at}, witness=[at]),
        sc.Finding("sla.unknown-metric", "warning", "tickets.T.e", {**event, "metric": "reation", **known}),
    ]


@pytest.mark.parametrize("again", [lambda one: pickle.loads(pickle.dumps(one)), copy.copy, copy.deepcopy])
def test_a_copy_of_a_finding_says_the_same(again: object) -> None:
    for finding in found():
        copied = again(finding)  # type: ignore[operator]  # one of the three functions above
        assert copied == finding and hash(copied) == hash(finding)
        assert [copied.line(language) for language in ("de", "en")] == [
            finding.line(language) for language in ("de", "en")
        ]


@pytest.mark.parametrize(
    ("part", "german", "english"),
    [
        ("office", "office", "office"),
        (4800, "4.800", "4,800"),
        (timedelta(minutes=90, microseconds=1), "1 h 30 min 1 s", "1 h 30 min 1 s"),
        (timedelta(0), "0 min", "0 min"),
        (datetime(2026, 3, 9, 9, 0, 0, 999_999, tzinfo=UTC), "Mo 09.03.2026 09:00", "Mon 9 Mar 2026 09:00"),
        (date(2026, 3, 9), "09.03.2026", "9 Mar 2026"),
        (Fraction(1, 8), "12,5 %", "12.5 %"),
        (Term("waiting", "customer"), "Kunde", "customer"),
        (Term("waiting", "the board"), "the board", "the board"),
        (MetricName("resolution"), "Lösungszeit", "“resolution”"),
        (MetricName("Rückruf"), "„Rückruf“", "“Rückruf”"),
        (Names([]), "keine", "none"),
        (Names([str(number) for number in range(13)][:2]), "„0“, „1“", "`0`, `1`"),
        (Joined(["a", Phrase("event.closed")]), "a; geschlossen", "a; closed"),
    ],
)
def test_a_part_has_words_in_both_languages(part: object, german: str, english: str) -> None:
    """SLA-15: instants round down to the second, durations up."""
    assert (in_words("de", part), in_words("en", part)) == (german, english)


def test_many_names_are_cut() -> None:
    names = Names([f"n{number}" for number in range(15)])
    assert names.in_words("de").endswith("„n11“ und 3 weitere")
    assert names.in_words("en").endswith("`n11` and 3 more")


# The glossary: one German word for one term

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
# Sentences in which a word of the glossary has another, everyday sense, or German uses a verb for its noun.
EVERYDAY = {
    ("calendars.", "period"),
    ("targets.", "period"),
    ("targets.", "plan"),
    ("target.", "plan"),
    ("proof.composition", "gap"),
    ("check.proved.steps", "step"),
    ("priority.step-order", "step"),
    ("rules.unreachable.steps", "step"),
    ("rules.not-proven", "step"),
    ("clock.head", "clock"),
    ("command.rejected", "replay"),
    ("hours.always", "clock"),
    ("event.receipt confirmed", "receipt"),
    ("event.snoozed", "snooze"),
    ("ending.snoozed", "snooze"),
    ("rules.", "because"),
}


def glossary() -> dict[str, str]:
    """The German word of each term, the longest terms first."""
    rows = re.findall(r"^\| (?!term |---)([^|]+) \|[^|]+\| ([^|]+) \|$", GLOSSARY.read_text(encoding="utf-8"), re.M)
    words = {term: german for terms, german in rows for term in terms.split(", ")}
    return dict(sorted(words.items(), key=lambda row: -len(row[0])))


def stem(word: str) -> str:
    """A German word without umlauts and without its ending."""
    plain = word.lower().translate(str.maketrans("äöü", "aou"))
    return plain[: max(4, len(plain) - 2)]


def test_every_sentence_has_the_german_words_of_the_glossary() -> None:
    words = glossary()
    other = []
    for key, (german, english) in sentences().items():
        said = stem(re.sub(r"\{\w+\}", "", german) + "  ")
        rest = re.sub(r"\{\w+\}", "", english).lower()
        for term, german_word in words.items():
            form = re.compile(rf"(?<![\w-]){re.escape(term.lower())}(s|es|d|ed)?(?![\w-])")
            if not form.search(rest):
                continue
            rest = form.sub(" ", rest)
            everyday = any(key.startswith(area) and word == term for area, word in EVERYDAY)
            if not everyday and not all(stem(word) in said for word in german_word.split()):
                other.append((key, term, german_word))
    assert other == []


def test_the_exceptions_to_the_glossary_are_needed() -> None:
    words = glossary()
    for area, term in EVERYDAY:
        assert any(
            key.startswith(area) and term in english.lower() and stem(words[term]) not in stem(german + "  ")
            for key, (german, english) in sentences().items()
        ), (area, term)
