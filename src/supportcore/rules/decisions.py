"""Rules, hit policies and waivers as they are declared, and the decisions of a table."""

from collections.abc import Iterable, Mapping
from typing import Literal, TypeVar, get_args

from attrs import field, frozen

from supportcore.domains import Value
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, UnknownNameError, counted, did_you_mean, listed, shortened
from supportcore.mappings import EMPTY, FrozenMapping

V = TypeVar("V")

Hit = Literal["unique", "any", "first", "priority", "rule-order", "output-order", "collect"]
Aggregate = Literal["sum", "min", "max", "count"]
HITS: tuple[Hit, ...] = get_args(Hit)
AGGREGATES: tuple[Aggregate, ...] = get_args(Aggregate)
LISTS: tuple[Hit, ...] = ("rule-order", "output-order", "collect")
"""The hit policies that list the outcomes of all rules that fit (RUL-3)."""

Outcome = FrozenMapping[str, Value]
Result = Outcome | tuple[Outcome, ...]
"""One outcome, or under a list policy the outcomes of all rules that fit."""


def _cells(given: Mapping[str, object]) -> FrozenMapping[str, object]:
    return given if isinstance(given, FrozenMapping) else FrozenMapping(named_values(given, "the cells of a rule"))


def _outcome(given: Mapping[str, Value]) -> Outcome:
    if isinstance(given, FrozenMapping):
        return given
    return FrozenMapping(named_values(given, "an outcome"))


def named_values(given: Mapping[str, V], what: str) -> Mapping[str, V]:
    """Return a mapping of names to values unchanged; raise `DefinitionError` for anything else."""
    if not isinstance(given, Mapping):
        raise DefinitionError(f"`{shown(given)}` is {kind_of(given)}; expected {what} as a mapping of names to values")
    for name in given:
        if not isinstance(name, str):
            raise DefinitionError(f"`{shown(name)}` is {kind_of(name)}; expected a text as each name in {what}")
    return given


def require_rows(given: object, what: str) -> None:
    """Raise `DefinitionError` unless `given` is an iterable of rows, such as the facts of many tickets."""
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        raise DefinitionError(
            f"`{shown(given)}` is {kind_of(given)}; expected the {what} of many tickets, as a list of mappings"
        )


@frozen
class Rule:
    """One row of a table: the cells of its inputs, the values of its outputs, the reason for people, and its name.

    `when` holds cells as texts, Python values or cell objects; an input without a cell may have any value. A rule
    without an `id` is named by its place, the first `r1`.

    >>> Rule({"impact": ">= medium"}, {"priority": "major"}, because="many are hindered").because
    'many are hindered'
    """

    when: FrozenMapping[str, object] = field(default=EMPTY, converter=_cells)
    then: Outcome = field(default=EMPTY, converter=_outcome)
    because: str = ""
    id: str = ""


@frozen
class Waiver:
    """A named exception from a declared order: the two rules that may break it, and why (RUL-7).

    `rules` names the rule below the step along `input`, then the rule above.
    """

    output: str
    input: str
    rules: tuple[str, str]
    because: str


@frozen
class Decision:
    """The decision of a table for some facts.

    `value` maps outputs to values; under a list policy it is a tuple of such mappings. `rule` is the rule that
    decided, `None` where the default applies or where several rules are combined; `rules` are all rules that the
    value rests on.
    """

    table: str
    value: Result
    rule: Rule | None = None
    rules: tuple[Rule, ...] = ()

    def __repr__(self) -> str:
        if isinstance(self.value, tuple):
            outcome = counted(len(self.value), "outcome")
        else:
            outcome = ", ".join(f"{name} {shown(value)}" for name, value in self.value.items())
        rules = counted(len(self.rules), "rule") if self.rules else "default"
        source = rules if self.rule is None else f"rule {self.rule.id}"
        return f"Decision({shortened(self.table)}: {shortened(outcome, 80)}; {shortened(source)})"

    @property
    def because(self) -> str:
        """The reason of the deciding rule, empty without one."""
        return "" if self.rule is None else self.rule.because

    def __getitem__(self, output: str) -> Value:
        """Return the value of an output.

        Raises `UnknownNameError` for a name of which the outcome has no value, and `TypeError` under a list policy,
        which has several outcomes.
        """
        if isinstance(self.value, tuple):
            raise TypeError(f"table `{self.table}` decides a list of outcomes; index the outcomes in `.value`")
        given: object = output
        if not isinstance(given, str) or given not in self.value:
            near = did_you_mean(output, self.value)
            message = f"`{shown(output)}` has no value in this decision of table `{self.table}`; expected one of "
            raise UnknownNameError(f"{message}{listed(self.value)}{near}")
        return self.value[output]
