"""A rule as it is written, and what a table answers."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from attrs import field, frozen

from supportcore.domains import Value
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError
from supportcore.mappings import EMPTY, FrozenMapping

V = TypeVar("V")

Outcome = FrozenMapping[str, Value]


def _mapping(given: Mapping[str, object]) -> FrozenMapping[str, object]:
    return given if isinstance(given, FrozenMapping) else FrozenMapping(named_values(given, "the cells of a rule"))


def _outcome(given: Mapping[str, Value]) -> Outcome:
    if isinstance(given, FrozenMapping):
        return given
    return FrozenMapping(named_values(given, "the values of its outcome"))


def named_values(given: Mapping[str, V], what: str) -> Mapping[str, V]:
    """A mapping of names, as it is given; `DefinitionError` for anything else."""
    if not isinstance(given, Mapping):
        raise DefinitionError(f"`{shown(given)}` is {kind_of(given)}; {what} are a mapping of names to values")
    for name in given:
        if not isinstance(name, str):
            raise DefinitionError(f"`{shown(name)}` is {kind_of(name)}; {what} are named by texts")
    return given


def must_be_many(given: object, what: str) -> None:
    """`DefinitionError` where the facts, or outcomes, of many tickets are wanted and something else is given."""
    if isinstance(given, (str, Mapping)) or not isinstance(given, Iterable):
        raise DefinitionError(
            f"`{shown(given)}` is {kind_of(given)}; the {what} of many tickets are accepted, as a list of mappings"
        )


@frozen
class Rule:
    """One row of a table: the cells of its inputs, the values of its outputs, the reason given to people, its name.

    `when` holds cells as texts, Python values or cell objects; an input that it leaves out may be anything. Without
    an `id` a rule is named by its place, `r1` first.

    >>> Rule({"impact": ">= medium"}, {"priority": "major"}, because="many are hindered").because
    'many are hindered'
    """

    when: FrozenMapping[str, object] = field(default=EMPTY, converter=_mapping)
    then: Outcome = field(default=EMPTY, converter=_outcome)
    because: str = ""
    id: str = ""


@frozen
class Decision:
    """What a table answers to some facts.

    `value` maps outputs to values; under a list policy it is a tuple of such mappings. `rule` is the rule that
    decided, none where the default did or where several rules were put together; `rules` are all that the answer
    rests on.
    """

    table: str
    value: Outcome | tuple[Outcome, ...]
    rule: Rule | None = None
    rules: tuple[Rule, ...] = ()

    @property
    def because(self) -> str:
        """The reason that the deciding rule gives, empty where it gives none."""
        return "" if self.rule is None else self.rule.because

    def __getitem__(self, output: str) -> Value:
        """The value of an output; only for policies with a single answer."""
        if isinstance(self.value, tuple):
            raise TypeError(f"the answers of `{self.table}` are a list; ask each of them in `.value`")
        return self.value[output]
