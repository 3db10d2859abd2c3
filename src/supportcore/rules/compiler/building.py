"""Checking a table when it is built: every cell, value, name and declaration, all problems at once (RUL-2, G-9)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol, get_args

from attrs import frozen

from supportcore.domains import Domain, Flag, Value
from supportcore.domains.values import kind_of, shown, with_article
from supportcore.errors import DefinitionError, Problem, did_you_mean, listed
from supportcore.mappings import FrozenMapping
from supportcore.rules.cells import Cell
from supportcore.rules.compiler.axes import Extent, axis_of
from supportcore.rules.compiler.columns import Column, column_of
from supportcore.rules.compiler.distinct_cells import Reading
from supportcore.rules.decisions import Outcome, Rule

Hit = Literal["unique", "any", "first", "priority", "rule-order", "output-order", "collect"]
Aggregate = Literal["sum", "min", "max", "count"]
HITS: tuple[Hit, ...] = get_args(Hit)
AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)
LISTS: tuple[Hit, ...] = ("rule-order", "output-order", "collect")
SUMMABLE = ("integer", "number", "minutes")


@frozen
class Waiver:
    """A named exception from a declared order: the two rules between which it may be broken, and why (RUL-7)."""

    output: str
    input: str
    rules: tuple[str, str]
    because: str


class Parts(Protocol):
    """What a table is made of."""

    @property
    def name(self) -> str:
        """The name of the table."""
        ...

    @property
    def hit(self) -> str:
        """The hit policy."""
        ...

    @property
    def aggregate(self) -> str | None:
        """What `collect` makes of the answers, if anything."""
        ...

    @property
    def inputs(self) -> tuple[Domain, ...]:
        """The domains of the facts."""
        ...

    @property
    def outputs(self) -> tuple[Domain, ...]:
        """The domains of the answers."""
        ...

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in their order."""
        ...

    @property
    def default(self) -> Outcome | None:
        """The answer where no rule fits."""
        ...

    @property
    def rises(self) -> Mapping[str, tuple[str, ...]]:
        """Per output, the inputs with which it never falls."""
        ...

    @property
    def falls(self) -> Mapping[str, tuple[str, ...]]:
        """Per output, the inputs with which it never rises."""
        ...

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The named exceptions from these."""
        ...


@frozen
class Built:
    """A table's rules with their cells read, the order in which they win, and the compiled columns.

    `order` gives, for each bit of the masks, the place of its rule in the table; `extents`, for each column, where
    the cell of each bit's rule lies, nothing where anything fits.
    """

    rules: tuple[Rule, ...]
    order: tuple[int, ...]
    columns: tuple[Column, ...]
    extents: tuple[tuple[Extent | None, ...], ...]


def built(parts: Parts) -> tuple[Built | None, tuple[Problem, ...]]:
    """The compiled table, or every problem that keeps it from being built."""
    ids = [
        rule.id if rule.id and isinstance(rule.id, str) else f"r{place}" for place, rule in enumerate(parts.rules, 1)
    ]
    problems = [*_shape_problems(parts, ids)]
    columns = {domain.name: Reading(domain, [0] * len(ids)) for domain in parts.inputs}
    rules = _read_rules(ids, parts, columns, problems)
    problems.extend(_declaration_problems(parts, ids))
    laid = [made for domain in parts.inputs if (made := columns[domain.name].laid(ids, problems)) is not None]
    if problems:
        return None, tuple(problems)
    order = _order(parts, rules)
    compiled, extents = [], []
    for one in laid:
        numbers = [one.numbers[place] for place in order]
        compiled.append(column_of(one.axis, one.kinds, numbers))
        extents.append(tuple([one.kinds[number] for number in numbers]))
    return Built(rules, order, tuple(compiled), tuple(extents)), ()


def _shape_problems(parts: Parts, ids: Sequence[str]) -> Iterator[Problem]:
    names = [domain.name for domain in parts.inputs]
    out_names = [domain.name for domain in parts.outputs]
    for what, given in (("inputs", names), ("outputs", out_names)):
        for name in sorted({name for name in given if given.count(name) > 1}):
            yield Problem(what, f"`{name}` stands there twice; each column has a name of its own")
    for name in names:
        if name in out_names:
            yield Problem("outputs", f"`{name}` is an input and an output; give one of them another name")
    if not parts.outputs:
        yield Problem("outputs", "there are none; a table decides at least one")
    if parts.hit not in HITS:
        near = did_you_mean(str(parts.hit), HITS)
        yield Problem("hit", f"`{shown(parts.hit)}` is no hit policy; accepted are {listed(HITS)}{near}")
    yield from _text_problems(parts, ids)
    if parts.aggregate is not None:
        yield from _aggregate_problems(parts)
    if parts.hit in ("priority", "output-order") and not any(domain.ordered for domain in parts.outputs):
        yield Problem(
            "hit", f"`{parts.hit}` needs an output with an order; declare one of them as a scale, low to high"
        )
    for name in sorted(name for name, count in Counter(ids).items() if count > 1):
        yield Problem(f"rule {name}", "the name is used twice; each rule has a name of its own")
    if parts.default is not None:
        yield from _outcome_problems("default", parts.default, {domain.name: domain for domain in parts.outputs})


def _text_problems(parts: Parts, ids: Sequence[str]) -> Iterator[Problem]:
    """The names and reasons that are no texts."""
    name: object = parts.name
    if not isinstance(name, str) or not name.strip():
        yield Problem("name", f"`{shown(name)}` names no table; a text that is not empty is accepted")
    for place, rule in enumerate(parts.rules):
        identity: object = rule.id
        reason: object = rule.because
        if not isinstance(identity, str):
            words = f"its name `{shown(identity)}` is {kind_of(identity)}; a text is accepted"
            yield Problem(f"rule {ids[place]}", words)
        if not isinstance(reason, str):
            words = f"its reason `{shown(reason)}` is {kind_of(reason)}; a text is accepted"
            yield Problem(f"rule {ids[place]}", words)


def _aggregate_problems(parts: Parts) -> Iterator[Problem]:
    aggregate = parts.aggregate
    if aggregate not in AGGREGATES:
        near = did_you_mean(str(aggregate), AGGREGATES)
        yield Problem("aggregate", f"`{shown(aggregate)}` is no aggregate; accepted are {listed(AGGREGATES)}{near}")
    elif parts.hit != "collect":
        yield Problem("aggregate", f"`{aggregate}` goes with the hit policy `collect`, not with `{parts.hit}`")
    elif len(parts.outputs) != 1:
        yield Problem("aggregate", f"`{aggregate}` needs exactly one output; there are {len(parts.outputs)}")
    elif parts.outputs[0].optional:
        name = parts.outputs[0].name
        yield Problem("aggregate", f"`{name}` may be missing; `{aggregate}` takes an output that every rule gives")
    elif aggregate == "sum" and parts.outputs[0].kind not in SUMMABLE:
        yield Problem(
            "aggregate", f"`{parts.outputs[0].name}` is {with_article(parts.outputs[0].kind)}, which cannot be summed"
        )
    elif aggregate in ("min", "max") and not parts.outputs[0].ordered:
        yield Problem(
            "aggregate", f"`{parts.outputs[0].name}` is {with_article(parts.outputs[0].kind)} and has no order"
        )


def _outcome_problems(where: str, outcome: Mapping[str, Value], known: Mapping[str, Domain]) -> Iterator[Problem]:
    for name, value in outcome.items():
        if name not in known:
            near = did_you_mean(name, known)
            yield Problem(where, f"`{name}` is no output; accepted are {listed(known)}{near}")
        elif problem := known[name].problem(value):
            yield Problem(f"{where}, column {name}", problem)
    for name, domain in known.items():
        if name not in outcome and not domain.optional:
            yield Problem(f"{where}, column {name}", f"has no value; accepted is {domain.declaration()}")


def _read_rules(
    ids: Sequence[str], parts: Parts, columns: Mapping[str, Reading], problems: list[Problem]
) -> tuple[Rule, ...]:
    """The rules with their cells read, of which the columns take note."""
    outputs = {domain.name: domain for domain in parts.outputs}
    sound: set[int] = set()
    rules: list[Rule] = []
    for place, (identity, rule) in enumerate(zip(ids, parts.rules, strict=True)):
        read: dict[str, Cell] = {}
        for name, given in rule.when.items():
            column = columns.get(name)
            if column is None:
                near = did_you_mean(name, columns)
                words = f"`{name}` is no input; accepted are {listed(columns)}{near}"
                problems.append(Problem(f"rule {identity}", words))
                continue
            try:
                number = column.known[given] if isinstance(given, str) else column.known.number(given)
            except DefinitionError as error:
                problems.append(Problem(f"rule {identity}, column {name}", str(error)))
                continue
            if number:
                read[name] = column.cells[number]
                column.numbers[place] = number
        if id(rule.then) not in sound:
            wrong = tuple(_outcome_problems(f"rule {identity}", rule.then, outputs))
            problems.extend(wrong)
            if not wrong:
                sound.add(id(rule.then))
        rules.append(Rule(FrozenMapping(read), rule.then, rule.because, identity))
    return tuple(rules)


def _order(parts: Parts, rules: Sequence[Rule]) -> tuple[int, ...]:
    """The places of the rules in the order of winning: by output, highest first, where the policy says so (RUL-3)."""
    places = range(len(rules))
    if parts.hit not in ("priority", "output-order"):
        return tuple(places)
    ranked = [domain for domain in parts.outputs if domain.ordered]

    def rank(place: int) -> tuple[Any, ...]:
        then = rules[place].then
        return tuple((domain.name in then, rank_of(domain, then.get(domain.name))) for domain in ranked)

    return tuple(sorted(places, key=rank, reverse=True))


def rank_of(domain: Domain, value: Value | None) -> Any:
    """A value's place in the order of its domain; for a scale that of the member."""
    return axis_of(domain, ()).position(value) if value is not None else None


def _declaration_problems(parts: Parts, ids: Sequence[str]) -> Iterator[Problem]:
    inputs = {domain.name: domain for domain in parts.inputs}
    outputs = {domain.name: domain for domain in parts.outputs}
    for what, declared in (("rises", parts.rises), ("falls", parts.falls)):
        if declared and parts.hit in LISTS and parts.aggregate is None:
            yield Problem(
                what, f"cannot be proved of the lists that `{parts.hit}` gives; name a policy with one answer"
            )
        for output, names in declared.items():
            if output not in outputs:
                near = did_you_mean(output, outputs)
                yield Problem(what, f"`{output}` is no output; accepted are {listed(outputs)}{near}")
            elif not outputs[output].ordered and not isinstance(outputs[output], Flag):
                yield Problem(
                    what, f"`{output}` is {with_article(outputs[output].kind)} and has no order in which it could rise"
                )
            for name in names:
                if name not in inputs:
                    near = did_you_mean(name, inputs)
                    yield Problem(what, f"`{name}` is no input; accepted are {listed(inputs)}{near}")
                elif not inputs[name].ordered and not isinstance(inputs[name], Flag):
                    yield Problem(what, f"`{name}` is {with_article(inputs[name].kind)} and has no order to step along")
    for output, names in parts.rises.items():
        for name in sorted(set(names) & set(parts.falls.get(output, ()))):
            yield Problem("falls", f"`{output}` cannot both rise and fall with `{name}`")
    for waiver in parts.waivers:
        named: object = waiver.rules
        if not isinstance(named, tuple) or len(named) != 2:
            told = ", ".join(map(str, named)) if isinstance(named, tuple) else shown(named)
            yield Problem("waivers", f"`{told}` are not two rules: the one below the step and that above are accepted")
            continue
        for rule in waiver.rules:
            if rule not in ids:
                yield Problem(
                    "waivers", f"`{rule}` is no rule here; accepted are {listed(ids)}{did_you_mean(rule, ids)}"
                )
        if waiver.input not in (*parts.rises.get(waiver.output, ()), *parts.falls.get(waiver.output, ())):
            yield Problem(
                "waivers", f"nothing is declared of `{waiver.output}` along `{waiver.input}`; there is nothing to waive"
            )


def outcome_shown(outcome: Mapping[str, Value] | None) -> str:
    """An outcome in the words of messages."""
    return ", ".join(f"{name} {shown(value)}" for name, value in (outcome or {}).items()) or "nothing"
