"""Decision tables of other systems: hit policies, region analysis, complete and monotone tables, published matrices."""

import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import partial
from itertools import pairwise, product
from pathlib import Path
from typing import Any

from supportcore.domains import Choice, Day, Domain, Flag, Integer, Number, Scale
from supportcore.errors import ConceptError, FactError, NoDecisionError, RuleConflictError
from supportcore.rules import DecisionTable, Rule, read_matrix, simplify, verify
from supportcore.rules.decisions import Hit
from tests.conformance.frame import CaseResult, Difference, judge, not_applicable, not_built

HITS: dict[str, Hit] = {
    "UNIQUE": "unique",
    "ANY": "any",
    "FIRST": "first",
    "PRIORITY": "priority",
    "RULE ORDER": "rule-order",
    "OUTPUT ORDER": "output-order",
    "COLLECT": "collect",
}
CAST = re.compile(r"\(\w+\)\s*")
ENTRY = re.compile(r"hasSingleEntry\((\(\w+\).*)\)")
CONSTANTS = {
    "MAX_VALUE": 2**31 - 1,
    "MIN_VALUE": -(2**31),
    "Long.MAX_VALUE": 2**63 - 1,
    "Long.MIN_VALUE": -(2**63),
    "Double.MAX_VALUE": int(sys.float_info.max),
    "DOUBLE_MIN": -int(sys.float_info.max),
}
Json = Any


def run(path: Path) -> list[CaseResult]:
    """One result for each case of a file."""
    cases = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    readers: dict[str, Callable[[Json], Iterator[CaseResult]]] = {
        "cases_other_engines.json": other_engines,
        "cases_ssvc_monotone.json": complete_tables,
        "cases_verification.json": analyses,
        "priority_facts.json": matrices,
    }
    return list(readers[path.name](cases))


def hit_of(policy: str) -> Hit:
    return HITS[policy.upper()]


# Hit policies ------------------------------------------------------------------------------------------------------


def other_engines(cases: Json) -> Iterator[CaseResult]:
    for case in cases:
        yield from (camunda if case["dialect"] == "camunda7" else zen)(case)


def camunda(case: Json) -> Iterator[CaseResult]:
    """Three rules, each with a flag of its own."""
    policy, aggregation = case["table"]["hit_policy"], case["table"]["aggregation"]
    outputs = case["table"]["outputs"] or ["out"]
    for one in case["cases"]:
        source = f"{case['source'].rsplit('/', 1)[1]} {one['test']}"
        told = ENTRY.search(one.get("assertion", ""))
        if one.get("expected") is None and "error" not in one and not told:
            yield not_applicable(source, "the value stands only in a source text")
            continue
        given = one["expected"] if one.get("expected") is not None else told and told[1]
        expected = "error" if "error" in one else [number(value) for value in listed(given)]
        differences = {}
        if aggregation and len(outputs) > 1 and "error" not in one:
            differences[source] = Difference("RUL-3", "error", "an aggregate needs exactly one output")
        yield judge(source, expected, partial(fired, one, policy, aggregation, outputs), differences)


def number(value: Json) -> Json:
    """A value, or the number that a constant or a difference of constants names; casts change nothing."""
    text = value["?"] if isinstance(value, dict) and "?" in value else value
    if not isinstance(text, str):
        return value
    parts = [CAST.sub("", part) for part in text.split(" - ")]
    if not all(part in CONSTANTS or part.isdigit() for part in parts):
        return value
    first, *rest = (CONSTANTS[part] if part in CONSTANTS else int(part) for part in parts)
    return first - sum(rest)


def listed(answer: Json) -> list[Json]:
    return answer if isinstance(answer, list) else [answer]


def fired(one: Json, policy: str, aggregation: str | None, outputs: list[str]) -> Json:
    values = [number(value) for value in one["values"]]
    numeric = all(type(value) in (int, Decimal) for value in values)
    texts = values if numeric else [str(value) for value in values]
    domains = [Number(name) if numeric else Choice(name, list(dict.fromkeys(texts))) for name in outputs]
    flags = [f"in{k}" for k in (1, 2, 3)]
    rules = [Rule({flag: True}, dict.fromkeys(outputs, value)) for flag, value in zip(flags, texts, strict=True)]
    aggregate: Any = aggregation.lower() if aggregation else None
    try:
        table = DecisionTable(
            name="t", hit=hit_of(policy), inputs=map(Flag, flags), outputs=domains, rules=rules, aggregate=aggregate
        )
        value = table.decide(dict(zip(flags, one["fire"], strict=True))).value
    except (ConceptError, RuleConflictError):
        return "error"
    except NoDecisionError:
        return []
    answers = value if isinstance(value, tuple) else (value,)
    return [dict(answer) if len(outputs) > 1 else answer[outputs[0]] for answer in answers]


def zen(case: Json) -> Iterator[CaseResult]:
    name = case["source"].rsplit("/", 1)[1]
    columns = [column["expression"] for column in case["table"]["inputs"]]
    for place, one in enumerate(case["cases"]):
        source = f"{name} {place + 1}"
        if any(expression.startswith("sum(") for expression in columns):
            yield not_applicable(source, "its cells are calls of functions")
            continue
        yield judge(source, one["expected"], partial(asked, case["table"], one["inputs"]))


def asked(described: Json, facts: Json) -> Json:
    texts = [[cell["text"].strip().replace("'", '"') for cell in rule["inputs"]] for rule in described["rules"]]
    expressions = [column["expression"] for column in described["inputs"]]
    inputs = [zen_domain(name, [row[k] for row in texts]) for k, name in enumerate(expressions)]
    outputs = [output["name"] for output in described["outputs"]]
    answers = [[cell["text"].strip().replace("'", '"') for cell in rule["outputs"]] for rule in described["rules"]]
    domains = [
        Choice(name, list(dict.fromkeys(row[k] for row in answers if row[k])), optional=True)
        for k, name in enumerate(outputs)
    ]
    rules = [
        Rule(
            {name: zen_cell(text, domain) for name, text, domain in zip(expressions, row, inputs, strict=True) if text},
            {name: text for name, text in zip(outputs, given, strict=True) if text},
        )
        for row, given in zip(texts, answers, strict=True)
    ]
    table = DecisionTable(name="t", hit=hit_of(described["hit_policy"]), inputs=inputs, outputs=domains, rules=rules)
    if described["execution_mode"] == "loop":
        return {"res": [zen_answer(table, item) for item in facts["items"]]}
    return zen_answer(table, facts)


def zen_domain(name: str, cells: list[str]) -> Domain:
    if name.startswith("date("):
        return Day(name, optional=True)
    if any(cell[:1] in "<>=0123456789" for cell in cells if cell):
        return Number(name, optional=True)
    words = dict.fromkeys(part.strip().strip('"') for cell in cells for part in cell.split(",") if cell)
    return Choice(name, list(words) or ["nothing"], other=True, optional=True)


def zen_cell(text: str, domain: Domain) -> str:
    return text.replace("_", "") if isinstance(domain, Number) else text


def zen_answer(table: DecisionTable, facts: Json) -> Json:
    known = {domain.name: zen_fact(domain, facts) for domain in table.inputs}
    try:
        value = table.decide({name: fact for name, fact in known.items() if fact is not None}).value
    except NoDecisionError:
        return None
    return [nested(answer) for answer in value] if isinstance(value, tuple) else nested(value)


def zen_fact(domain: Domain, facts: Json) -> Json:
    called, _, path = domain.name.rpartition("(")
    value = facts
    for step in path.rstrip(")").split("."):
        value = value.get(step) if isinstance(value, dict) else None
    if called == "len":
        return len(value)
    return domain.parse(value) if isinstance(domain, Day) else value


def nested(answer: Mapping[str, Any]) -> Json:
    """Names with dots opened up, and the texts of cells as the values that they write."""
    made: Json = {}
    for name, text in answer.items():
        *steps, last = name.split(".")
        inner = made
        for step in steps:
            inner = inner.setdefault(step, {})
        inner[last] = json.loads(text, parse_float=Decimal)
    return made


# Complete and monotone tables ----------------------------------------------------------------------------------------


def complete_tables(cases: Json) -> Iterator[CaseResult]:
    for case in cases["tables"]:
        source = case["source"].rsplit("/", 1)[1]
        yield judge(source, case["expected"], partial(judged, case))


def judged(case: Json) -> Json:
    names, (output,) = list(case["inputs"]), case["output"]
    rules = [Rule(dict(zip(names, map(quoted, row), strict=False)), {output: row[-1]}) for row in case["rows"]]
    table = DecisionTable(
        name="t",
        inputs=[Scale(name, members) for name, members in case["inputs"].items()],
        outputs=[Scale(output, case["output"][output])],
        rules=rules,
        rises={output: names},
    )
    codes = [finding.code for finding in verify(table)]
    sound = not {"rules.gap", "rules.conflict", "rules.not-proven"} & set(codes)
    return {"complete": sound, "cells": len(rules), "monotone_violations": codes.count("rules.monotone")}


def quoted(word: str) -> str:
    return f'"{word}"'


# Region analysis ------------------------------------------------------------------------------------------------------


def analyses(cases: Json) -> Iterator[CaseResult]:
    for case in cases["drools_dt_analysis"]:
        yield region_case(case)
    for place, case in enumerate(cases["dmn_check_tables"]):
        yield lint_case(case, f"dmn-check {place + 1} {case['test']}")


def region_case(case: Json) -> CaseResult:
    source, expected = case["source"].rsplit("/", 1)[1], case["expected"]
    if "is1stNFViolation" in expected:
        return not_built(source, "verdicts on tables that need the order of their rules or say inputs twice")
    if "is2ndNFViolation" in expected:
        return judge(source, True, lambda: contracts(case["table"]))
    if expected.get("isError"):
        return judge(source, "refused", lambda: refusal(case["table"]))
    why = case["reference_check"].get("not_checked")
    counted = {"n_gaps", "n_overlaps"} <= set(expected) <= {"n_gaps", "n_overlaps", "isError"}
    if why or not {"gaps", "overlaps"} & set(expected):
        if counted and (not why or refusal(case["table"]) == "built"):
            wanted = {name: expected[name] for name in ("n_gaps", "n_overlaps")}
            return judge(source, wanted, lambda: counts(case["table"]))
        return not_built(source, "cells with expressions, and types of other models")
    wanted = {"gaps": True, "overlaps": True}
    rounded = Difference(
        "G-3", {"gaps": False, "overlaps": True}, "their edge is the cell's number cut to a binary one"
    )
    return judge(source, wanted, lambda: same_regions(case), {source: rounded} if source.startswith("Pi.dmn") else None)


def refusal(described: Json) -> str:
    try:
        analysed(described)
    except (ConceptError, FactError):
        return "refused"
    return "built"


def contracts(described: Json) -> bool:
    """Whether the table says with several rules what fewer could: the second normal form asks for the fewer."""
    names = [column["expression"] for column in described["inputs"]]
    texts = [[cell["text"] for cell in rule["inputs"]] for rule in described["rules"]]
    answers = [rule["outputs"][0]["text"] for rule in described["rules"]]
    inputs = [analysed_domain(column) for column in described["inputs"]]
    rules = [
        Rule(dict(zip(names, row, strict=True)), {"out": answer}) for row, answer in zip(texts, answers, strict=True)
    ]
    table = DecisionTable(
        name="t", hit="unique", inputs=inputs, outputs=[Choice("out", list(dict.fromkeys(answers)))], rules=rules
    )
    return simplify(table) != table


def analysed(described: Json) -> DecisionTable:
    """The table with a hit policy under which every gap and every overlap is a finding of its own."""
    inputs = [analysed_domain(column) for column in described["inputs"]]
    rules = [
        Rule({domain.name: cell["text"] for domain, cell in zip(inputs, rule["inputs"], strict=True)}, {"out": "x"})
        for rule in described["rules"]
    ]
    return DecisionTable(name="t", hit="unique", inputs=inputs, outputs=[Choice("out", ["x"])], rules=rules)


def analysed_domain(column: Json) -> Domain:
    name, allowed = column["expression"], column["allowed_text"]
    if column["type"] == "boolean":
        return Flag(name)
    if column["allowed"]:
        return Choice(name, sorted(column["allowed"]))
    if column["type"] != "number":
        return Day(name) if column["type"] == "date" else Choice(name, ["anything"], other=True)
    if not allowed:
        return Number(name)
    if allowed.startswith(">="):
        return Number(name, Decimal(allowed[2:]))
    low, high = (Decimal(end) for end in allowed[1:-1].split(".."))
    return Number(name, low, high, lo_open=allowed[0] != "[", hi_open=allowed[-1] != "]")


def counts(described: Json) -> Json:
    codes = [finding.code for finding in verify(analysed(described))]
    return {"n_gaps": codes.count("rules.gap"), "n_overlaps": codes.count("rules.conflict")}


def same_regions(case: Json) -> Json:
    """Whether gaps and overlaps are the same sets of points, tried on every edge, between edges and beyond.

    Points are compared where the case states regions, or that there are none. Another number alone is not compared, as
    the same points can be cut into regions in more than one way.
    """
    table, expected = analysed(case["table"]), case["expected"]
    findings = verify(table)
    made = {}
    for what, code in (("gaps", "rules.gap"), ("overlaps", "rules.conflict")):
        theirs = [one if what == "gaps" else one["region"] for one in expected.get(what, ())]
        if what not in expected and expected.get(f"n_{what}", 0):
            made[what] = True
            continue
        if what not in expected and f"n_{what}" not in expected:
            made[what] = True
            continue
        ours = [region_table(table, dict(one.region or {})) for one in findings if one.code == code]
        made[what] = all(
            any(inside_theirs(table, region, point) for region in theirs) == any(fits(probe, point) for probe in ours)
            for point in points(table, theirs)
        )
    return made


def region_table(table: DecisionTable, region: dict[str, object]) -> DecisionTable:
    return DecisionTable(name="region", inputs=table.inputs, outputs=table.outputs, rules=[Rule(region, {"out": "x"})])


def fits(probe: DecisionTable, point: dict[str, Any]) -> bool:
    try:
        probe.decide(point)
    except NoDecisionError:
        return False
    return True


def inside_theirs(table: DecisionTable, region: Json, point: dict[str, Any]) -> bool:
    for domain, edge in zip(table.inputs, region["edges"], strict=False):
        value = point[domain.name]
        if edge["lo"] != "-inf":
            low = bound(domain, edge["lo"])
            if value < low or (value == low and not edge["lo_closed"]):
                return False
        if edge["hi"] != "+inf":
            high = bound(domain, edge["hi"])
            if value > high or (value == high and not edge["hi_closed"]):
                return False
    return True


def bound(domain: Domain, value: Json) -> Json:
    return domain.parse(value) if isinstance(domain, Day) else value


def points(table: DecisionTable, regions: list[Json]) -> Iterator[dict[str, Any]]:
    """An input for every edge that either side names, one between each two, and one beyond them."""
    along: list[list[Any]] = []
    for place, domain in enumerate(table.inputs):
        if isinstance(domain, Flag):
            along.append([False, True])
        elif isinstance(domain, Choice):
            along.append(list(domain.members))
        else:
            edges = {edge_value for region in regions for edge_value in edge_values(region, place, domain)}
            edges |= {value for column in table.compiled.columns for value in cut_values(column, domain)}
            ordered = sorted(edges) or [Decimal(0)]
            middles = [low + (high - low) / 2 for low, high in pairwise(ordered)]
            tried = [ordered[0] - 1, *ordered, *middles, ordered[-1] + 1]
            along.append([value for value in tried if domain.problem(value) is None])
    for values in product(*along):
        yield dict(zip((domain.name for domain in table.inputs), values, strict=True))


def edge_values(region: Json, place: int, domain: Domain) -> Iterator[Any]:
    if place < len(region["edges"]):
        for end in ("lo", "hi"):
            if region["edges"][place][end] not in ("-inf", "+inf"):
                yield bound(domain, region["edges"][place][end])


def cut_values(column: Any, domain: Domain) -> Iterator[Any]:
    if column.domain.name == domain.name and isinstance(domain, Number):
        for value, _ in column.cuts:
            if not isinstance(value, float):
                yield value


def lint_case(case: Json, source: str) -> CaseResult:
    expected = case["expected"]
    differences = {}
    if "shadowed" in expected:
        hidden = [one["rule"] for one in expected["shadowed"]]
        if case["table"]["hit_policy"] == "ANY" and hidden:
            differences[source] = Difference("RUL-6", [1, 2], "of two equal rules under any either can be left out")
        return judge(source, hidden, lambda: shadowed(case["table"]), differences)
    wanted = bool(expected.get("conflicting")) or "duplicates" in expected
    if case["table"]["hit_policy"] == "UNIQUE" and not wanted:
        differences[source] = Difference(
            "RUL-3", True, "under unique two rules may not fit together, whatever they answer"
        )
    return judge(source, wanted, lambda: met(case["table"]), differences)


def linted(described: Json) -> DecisionTable:
    answers = [[cell["text"].strip('"') for cell in rule["outputs"]] or ["x"] for rule in described["rules"]]
    words = list(dict.fromkeys(word for row in answers for word in row))
    texts = [cell["text"] for rule in described["rules"] for cell in rule["inputs"] if cell["text"]]
    members = list(dict.fromkeys(text.strip('"') for text in texts)) or ["foo"]
    names = [column["label"] for column in described["inputs"]]
    return DecisionTable(
        name="t",
        hit=hit_of(described["hit_policy"]),
        inputs=[Choice(name, members, other=True) for name in names],
        outputs=[Scale("out", words)],
        rules=[
            Rule({name: cell["text"] for name, cell in zip(names, rule["inputs"], strict=True)}, {"out": answer[0]})
            for rule, answer in zip(described["rules"], answers, strict=True)
        ],
    )


def shadowed(described: Json) -> list[int]:
    """The rules that others cover: dead, redundant, or under unique the later one of a pair that meets."""
    findings = verify(linted(described))
    idle = [int(one.path.rpartition(" r")[2]) for one in findings if one.code in ("rules.dead", "rules.redundant")]
    pairs = [one for one in findings if one.code == "rules.conflict" and not one.region]
    return idle or [2 for _ in pairs]


def met(described: Json) -> bool:
    """Whether rules are said to fit together: as a conflict, or in the note of policies that allow it."""
    return any(one.code in ("rules.conflict", "rules.overlap") for one in verify(linted(described)))


# Published matrices ---------------------------------------------------------------------------------------------------


def matrices(cases: Json) -> Iterator[CaseResult]:
    for case in cases["matrices"]:
        expected = {"monotone": case["monotone"], "complete": True}
        yield judge(case["name"], expected, partial(matrix_verdict, case))
    published = cases["ibm_partial_rows_impact_urgency_priority"]
    yield judge("the published partial matrix", 17, lambda: uncovered(published["rows"]))


def matrix_verdict(case: Json) -> Json:
    rows, columns = case["rows_high_to_low"], case["columns_high_to_low"]
    numbers = case["priority_number_1_is_highest"]
    lines = ["down \\ across | " + " | ".join(map(quoted, columns))]
    lines += [f"{quoted(row)} | " + " | ".join(f"P{n}" for n in line) for row, line in zip(rows, numbers, strict=True)]
    lowest = max(max(line) for line in numbers)
    table = read_matrix(
        "\n".join(lines),
        name="matrix",
        inputs=[Scale("down", rows[::-1]), Scale("across", columns[::-1])],
        output=Scale("priority", [f"P{n}" for n in range(lowest, 0, -1)]),
        rises={"priority": ["down", "across"]},
    )
    codes = {finding.code for finding in verify(table)}
    return {"monotone": "rules.monotone" not in codes, "complete": "rules.gap" not in codes}


def uncovered(rows: Json) -> int:
    """How many cells the gaps of the partial matrix hold."""
    rules = [Rule({"impact": int(row[0]), "urgency": int(row[1])}, {"priority": row[2]}) for row in rows]
    table = DecisionTable(
        name="partial",
        inputs=[Integer("impact", 1, 5), Integer("urgency", 1, 5)],
        outputs=[Integer("priority", 1, 5)],
        rules=rules,
    )
    return sum(finding.count or 0 for finding in verify(table) if finding.code == "rules.gap")
