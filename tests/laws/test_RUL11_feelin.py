"""RUL-11: what `write_dmn` writes holds for feelin, an independent engine, where it holds here, null included."""

import json
import re
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from supportcore.domains import Domain, Minutes, Subset
from supportcore.errors import DefinitionError
from supportcore.rules import DecisionTable, read_dmn, write_dmn
from tests.laws.tables import literals, nasty_tables, tables
from tests.oracles import rules as oracle

ROOT = Path(__file__).resolve().parents[2]
ENGINE = ROOT / "tests" / "oracles" / "feelin.mjs"
PACKAGES = ROOT / "build" / "npm" / "node_modules"
MODELS = ROOT / "tests" / "unit" / "rules" / "formats" / "dmn" / "models"
DECISIONS = tomllib.loads((MODELS / "decisions.toml").read_text(encoding="utf-8"), parse_float=Decimal)
ALL_HITS = ("unique", "any", "first", "priority", "rule-order", "output-order", "collect")

# feelin takes up to six digits after `\\u`, where DMN has four.
MISREAD = re.compile(r"\\u[0-9a-f]{4}[0-9a-fA-F]")

pytestmark = pytest.mark.system

Rules = list[list[str]]
Engine = Callable[[Rules, list[list[str]]], list[list[int]]]


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    """A function from unary tests and facts, both in FEEL, to the numbers of the rules that match each facts."""
    command = ["node", str(ENGINE), str(PACKAGES)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as node:
        assert node.stdin is not None
        assert node.stdout is not None
        stdin, stdout = node.stdin, node.stdout

        def matched(rules: Rules, facts: list[list[str]]) -> list[list[int]]:
            stdin.write(json.dumps({"rules": rules, "facts": facts}) + "\n")
            stdin.flush()
            answer: list[list[int]] = json.loads(stdout.readline())
            return answer

        yield matched
        stdin.close()


def feel(domain: Domain, value: Any) -> str:
    """A value as a literal of FEEL."""
    if value is oracle.ABSENT:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return f'date("{value}")'
    if isinstance(value, time):
        return f'time("{value}")'
    if isinstance(domain, Minutes):
        return f'duration("PT{value}M")'
    if isinstance(value, str):
        escaped = (letter if letter.isalnum() and letter.isascii() else f"\\U{ord(letter):06x}" for letter in value)
        return f'"{"".join(escaped)}"'
    return format(value, "f") if not isinstance(value, int) else str(value)


def entries(xml: str | bytes, decision: str = "") -> Rules:
    """The unary tests of each rule of a model, or of the decision with this name or id."""
    root = ElementTree.fromstring(xml)
    held = [element for element in root.iter() if decision and decision in (element.get("id"), element.get("name"))]
    rules = (held[0] if held else root).iterfind(".//{*}rule")
    return [[entry.findtext("{*}text") or "-" for entry in rule.iterfind("{*}inputEntry")] for rule in rules]


def compare(engine: Engine, table: DecisionTable, facts: list[dict[str, Any]]) -> None:
    try:
        rules = entries(write_dmn(table))
    except DefinitionError:
        return
    if any(MISREAD.search(entry) for tests in rules for entry in tests):
        return
    check(engine, table, rules, facts)


def check(engine: Engine, table: DecisionTable, rules: Rules, facts: list[dict[str, Any]]) -> None:
    literals = [[feel(domain, held.get(domain.name, oracle.ABSENT)) for domain in table.inputs] for held in facts]
    places = {rule.id: place for place, rule in enumerate(table.rules)}
    expected = [[places[rule.id] for rule in oracle.hitting(table, held)] for held in facts]
    assert engine(rules, literals) == expected


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(table=tables(ALL_HITS))
def test_feelin_agrees_on_small_tables(engine: Engine, table: DecisionTable) -> None:
    if not any(isinstance(domain, Subset) for domain in table.inputs):
        compare(engine, table, list(oracle.inputs_of(table.inputs))[:40])


@settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=300)
@given(table=nasty_tables(), data=st.data())
def test_feelin_agrees_on_nasty_texts(engine: Engine, table: DecisionTable, data: st.DataObject) -> None:
    facts = []
    for _ in range(5):
        held = {domain.name: data.draw(literals(domain)) for domain in table.inputs if not isinstance(domain, Subset)}
        absent = {
            name for domain in table.inputs if (name := domain.name) and domain.optional and data.draw(st.booleans())
        }
        facts.append({name: value for name, value in held.items() if name not in absent})
    if not any(isinstance(domain, Subset) for domain in table.inputs):
        compare(engine, table, facts)


@pytest.mark.parametrize(
    ("path", "model"),
    [(MODELS / style / f"{model['file']}.dmn", model) for style, models in DECISIONS.items() for model in models],
    ids=lambda given: given.stem if isinstance(given, Path) else "",
)
def test_feelin_agrees_on_the_models_of_other_programs(engine: Engine, path: Path, model: dict[str, Any]) -> None:
    decision = model.get("decision")
    table = read_dmn(path.read_bytes(), decision=decision, names=model.get("names", {}))
    facts = [case["facts"] for case in model["cases"]]
    check(engine, table, entries(path.read_bytes(), decision or ""), facts)
