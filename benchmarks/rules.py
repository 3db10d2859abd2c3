"""Decision tables: `decide` against zen-engine, a rules engine in Rust.

The tables are drawn with fixed seeds. Before `decide` is measured both engines answer the same thousand facts alike.
"""

import json
import random
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import supportcore as sc
from benchmarks.budgets import Budget, built
from benchmarks.clock import ms_of, ratio

LEVELS = ["none", "low", "medium", "high", "very high"]
KINDS = ["question", "fault", "change", "contract", "access", "other"]
PRIORITIES = ["minor", "major", "critical", "blocker"]
MOST = 9999

Cells = dict[str, str]


def inputs() -> list[object]:
    """Six inputs: two scales, a choice, a flag and two integers."""
    scale: Any = built(sc, "Scale")
    return [
        scale("impact", LEVELS),
        scale("urgency", LEVELS),
        built_domain("Choice", "kind", KINDS),
        built_domain("Flag", "workaround"),
        built_domain("Integer", "users", 0, MOST),
        built_domain("Integer", "age", 0, MOST),
    ]


def built_domain(kind: str, *arguments: object) -> object:
    """A domain of a kind, where it is built."""
    make: Any = built(sc, kind)
    made: object = make(*arguments)
    return made


def drawn_cells(count: int) -> Iterator[Cells]:
    """The cells of some rules, the last of which takes everything."""
    draw = random.Random(count)
    for _ in range(count - 1):
        cells = {
            "impact": f">= {draw.choice(LEVELS)}",
            "urgency": f"<= {draw.choice(LEVELS)}",
            "kind": ", ".join(draw.sample(KINDS, 2)),
            "workaround": draw.choice(["yes", "no"]),
            "users": f">= {draw.randrange(MOST)}",
            "age": f"<= {draw.randrange(MOST)}",
        }
        left_out = draw.sample(sorted(cells), 1 if count > 100 else 3)
        yield {name: cell for name, cell in cells.items() if name not in left_out}
    yield {}


@cache
def table(count: int) -> Any:
    """A table of so many rules, the first that fits deciding."""
    make: Any = built(sc, "DecisionTable")
    rule: Any = built(sc, "Rule")
    scale: Any = built(sc, "Scale")
    rules = [rule(cells, {"priority": PRIORITIES[n % 4]}) for n, cells in enumerate(drawn_cells(count))]
    return make(name="priority", hit="first", inputs=inputs(), outputs=[scale("priority", PRIORITIES)], rules=rules)


@cache
def facts() -> list[Mapping[str, object]]:
    """A thousand sets of facts."""
    draw = random.Random(5)
    return [
        {
            "impact": draw.choice(LEVELS),
            "urgency": draw.choice(LEVELS),
            "kind": draw.choice(KINDS),
            "workaround": draw.random() < 0.5,
            "users": draw.randrange(MOST),
            "age": draw.randrange(MOST),
        }
        for _ in range(1000)
    ]


def zen_cell(name: str, cell: str) -> str:
    """One of our cells in the language of zen-engine, which has no scales: a comparison names its members."""
    if name in ("impact", "urgency"):
        at = LEVELS.index(cell[3:])
        members = LEVELS[at:] if cell.startswith(">=") else LEVELS[: at + 1]
        return ", ".join(f'"{member}"' for member in members)
    if name == "kind":
        return ", ".join(f'"{member}"' for member in cell.split(", "))
    return {"yes": "true", "no": "false"}.get(cell, cell)


@cache
def zen_decision(count: int) -> Any:
    """The same table in zen-engine."""
    import zen

    names = [str(name) for name in facts()[0]]
    content = {
        "hitPolicy": "first",
        "inputs": [{"id": name, "name": name, "field": name} for name in names],
        "outputs": [{"id": "priority", "name": "priority", "field": "priority"}],
        "rules": [
            {
                "_id": str(n),
                "priority": f'"{PRIORITIES[n % 4]}"',
                **{name: zen_cell(name, cells[name]) if name in cells else "" for name in names},
            }
            for n, cells in enumerate(drawn_cells(count))
        ],
    }
    kinds = {"in": "inputNode", "table": "decisionTableNode", "out": "outputNode"}
    nodes = [
        {
            "id": name,
            "name": name,
            "type": kind,
            "position": {"x": 0, "y": 0},
            "content": content if name == "table" else {},
        }
        for name, kind in kinds.items()
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "2", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))


def decide_and_zen() -> float:
    """Our `decide` over zen-engine's, twelve rules."""
    ours, theirs = table(12).decide, zen_decision(12).evaluate
    assert [ours(given)["priority"] for given in facts()] == [theirs(given)["result"]["priority"] for given in facts()]
    return ratio(lambda: [ours(given) for given in facts()], lambda: [theirs(given) for given in facts()], rounds=5)


def decide_many() -> float:
    """`decide` with 3,700 rules over that with twelve."""
    many, few = table(3700).decide, table(12).decide
    return ratio(lambda: [many(given) for given in facts()], lambda: [few(given) for given in facts()])


def build_ms() -> float:
    """Calibrated milliseconds in which a table of 3,700 rules is built: every cell read, checked and compiled."""
    make: Any = built(sc, "DecisionTable")
    rule: Any = built(sc, "Rule")
    columns, outputs = inputs(), [built_domain("Scale", "priority", PRIORITIES)]
    rules = [rule(cells, {"priority": PRIORITIES[n % 4]}) for n, cells in enumerate(drawn_cells(3700))]
    return ms_of(lambda: make(name="priority", hit="first", inputs=columns, outputs=outputs, rules=rules))


BUDGETS = (
    Budget("`decide`, 12 rules × 6 inputs", 1 / 80, "of zen-engine", decide_and_zen),
    Budget("`decide`, 3,700 rules × 6 inputs", 3, "of `decide` with 12 rules", decide_many),
    Budget("a table of 3,700 rules × 6 inputs, built", 100, "ms", build_ms),
)
