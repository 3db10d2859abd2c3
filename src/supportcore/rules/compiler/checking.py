"""Checking the parts of a table other than its cells: names, outcomes, hit policy, declared orders (RUL-2)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from supportcore.domains import Domain, Flag, Value
from supportcore.domains.values import kind_of, shown, with_article
from supportcore.errors import Problems, did_you_mean, listed
from supportcore.rules.decisions import AGGREGATES, HITS, LISTS, Waiver

if TYPE_CHECKING:
    from supportcore.rules.tables import DecisionTable

SUMMABLE = ("integer", "number", "minutes")


def check_shape(table: "DecisionTable", ids: Sequence[str], problems: Problems) -> None:
    """Record the problems of names, outputs, hit policy, aggregate and default; `ids` name the rules."""
    inputs = [domain.name for domain in table.inputs]
    outputs = [domain.name for domain in table.outputs]
    for what, names in (("inputs", inputs), ("outputs", outputs)):
        for name in sorted(name for name, count in Counter(names).items() if count > 1):
            problems.add(what, f"`{name}` is declared twice; give each column its own name")
    for name in inputs:
        if name in outputs:
            problems.add("outputs", f"`{name}` is an input and an output; rename one of them")
    if not table.outputs:
        problems.add("outputs", "the table has no outputs; declare at least one")
    if table.hit not in HITS:
        near = did_you_mean(table.hit, HITS)
        problems.add("hit", f"`{shown(table.hit)}` is not a hit policy; expected one of {listed(HITS)}{near}")
    _check_texts(table, ids, problems)
    if table.aggregate is not None:
        _check_aggregate(table, problems)
    if table.hit in ("priority", "output-order") and not any(domain.ordered for domain in table.outputs):
        problems.add("hit", f"`{table.hit}` needs an output with an order; declare an output as a scale, low to high")
    for name in sorted(name for name, count in Counter(ids).items() if count > 1):
        problems.add(f"rule {name}", "the name is used twice; give each rule its own name")
    if table.default is not None:
        check_outcome("default", table.default, {domain.name: domain for domain in table.outputs}, problems)


def _check_texts(table: "DecisionTable", ids: Sequence[str], problems: Problems) -> None:
    name: object = table.name
    if not isinstance(name, str) or not name.strip():
        problems.add("name", f"`{shown(name)}` is not the name of a table; expected a text that is not empty")
    for identity, rule in zip(ids, table.rules, strict=True):
        for what, text in (("name", rule.id), ("reason", rule.because)):
            given: object = text
            if not isinstance(given, str):
                words = f"its {what} `{shown(given)}` is {kind_of(given)}; expected a text"
                problems.add(f"rule {identity}", words)


def _check_aggregate(table: "DecisionTable", problems: Problems) -> None:
    aggregate = table.aggregate
    if aggregate not in AGGREGATES:
        near = did_you_mean(aggregate, AGGREGATES)
        words = f"`{shown(aggregate)}` is not an aggregate; expected one of {listed(AGGREGATES)}{near}"
    elif table.hit != "collect":
        words = f"`{aggregate}` needs the hit policy `collect`, not `{table.hit}`"
    elif len(table.outputs) != 1:
        words = f"`{aggregate}` needs exactly one output; the table has {len(table.outputs)}"
    elif (output := table.outputs[0]).optional:
        words = f"`{output.name}` may be missing; `{aggregate}` needs an output that every rule gives"
    elif aggregate == "sum" and output.kind not in SUMMABLE:
        words = f"`{output.name}` is {with_article(output.kind)}, which cannot be summed"
    elif aggregate in ("min", "max") and not output.ordered:
        words = f"`{output.name}` is {with_article(output.kind)} and has no order"
    else:
        return
    problems.add("aggregate", words)


def check_outcome(path: str, outcome: Mapping[str, Value], outputs: Mapping[str, Domain], problems: Problems) -> None:
    """Record the problems of one outcome: unknown outputs, wrong values, missing values."""
    for name, value in outcome.items():
        if name not in outputs:
            near = did_you_mean(name, outputs)
            problems.add(path, f"`{name}` is not an output; expected one of {listed(outputs)}{near}")
        elif problem := outputs[name].problem(value):
            problems.add(f"{path}, column {name}", problem)
    for name, domain in outputs.items():
        if name not in outcome and not domain.optional:
            problems.add(f"{path}, column {name}", f"has no value; expected {domain.declaration()}")


def check_orders(table: "DecisionTable", ids: Sequence[str], problems: Problems) -> None:
    """Record the problems of the declared orders and of the waivers (RUL-7); `ids` name the rules."""
    inputs = {domain.name: domain for domain in table.inputs}
    outputs = {domain.name: domain for domain in table.outputs}
    for what, declared in (("rises", table.rises), ("falls", table.falls)):
        if declared and table.hit in LISTS and table.aggregate is None:
            words = f"orders cannot be proved of the lists of `{table.hit}`; choose a policy with one outcome"
            problems.add(what, words)
        for output, names in declared.items():
            if output not in outputs:
                near = did_you_mean(output, outputs)
                problems.add(what, f"`{output}` is not an output; expected one of {listed(outputs)}{near}")
            elif not _can_rise(outputs[output]):
                problems.add(what, f"`{output}` is {with_article(outputs[output].kind)}, which has no order")
            for name in names:
                if name not in inputs:
                    near = did_you_mean(name, inputs)
                    problems.add(what, f"`{name}` is not an input; expected one of {listed(inputs)}{near}")
                elif not _can_rise(inputs[name]):
                    problems.add(what, f"`{name}` is {with_article(inputs[name].kind)}, which has no order")
    for output, names in table.rises.items():
        for name in sorted(set(names) & set(table.falls.get(output, ()))):
            problems.add("falls", f"`{output}` cannot both rise and fall with `{name}`")
    for waiver in table.waivers:
        _check_waiver(table, waiver, ids, problems)


def _can_rise(domain: Domain) -> bool:
    return domain.ordered or isinstance(domain, Flag)


def _check_waiver(table: "DecisionTable", waiver: Waiver, ids: Sequence[str], problems: Problems) -> None:
    rules: object = waiver.rules
    if not isinstance(rules, tuple) or len(rules) != 2:
        given = ", ".join(map(shown, rules)) if isinstance(rules, tuple) else shown(rules)
        problems.add("waivers", f"`{given}` is not a pair of rules; expected the rule below the step and that above it")
        return
    for rule in waiver.rules:
        if rule not in ids:
            problems.add("waivers", f"`{rule}` is not a rule; expected one of {listed(ids)}{did_you_mean(rule, ids)}")
    if waiver.input not in (*table.rises.get(waiver.output, ()), *table.falls.get(waiver.output, ())):
        words = f"no order of `{waiver.output}` along `{waiver.input}` is declared; there is nothing to waive"
        problems.add("waivers", words)
