"""The facts of a concept, each with its domain, and the check of given facts against them."""

from collections.abc import Iterable, Iterator, Mapping

from attrs import field, frozen

from supportcore.domains.members import Choice, Flag, Scale
from supportcore.domains.quantities import Day, Integer, Minutes, Number
from supportcore.domains.subsets import Subset
from supportcore.domains.times_of_day import TimeOfDay
from supportcore.errors import DefinitionError, FactError, MissingFactError, Problem, did_you_mean, listed
from supportcore.mappings import FrozenMapping

Domain = Scale | Choice | Flag | Integer | Number | Minutes | Day | TimeOfDay | Subset


def _by_name(domains: Iterable[Domain]) -> FrozenMapping[str, Domain]:
    by_name: dict[str, Domain] = {}
    for domain in domains:
        if domain.name in by_name:
            raise DefinitionError(f"fact `{domain.name}` is declared twice; each fact has one domain")
        by_name[domain.name] = domain
    return FrozenMapping(by_name)


@frozen(eq=False)
class Vocabulary(Mapping[str, Domain]):
    """A mapping from the names of facts to their domains, in the order of declaration.

    >>> words = Vocabulary([Scale("impact", ["low", "high"]), Flag("workaround", optional=True)])
    >>> words.problems({"impcat": "high"})[0].message
    '`impcat` is not a fact here; expected one of `impact`, `workaround`; did you mean `impact`?'
    """

    _domains: FrozenMapping[str, Domain] = field(converter=_by_name)

    def __getitem__(self, name: str) -> Domain:
        return self._domains[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._domains)

    def __len__(self) -> int:
        return len(self._domains)

    def __eq__(self, other: object) -> bool:
        return self._domains == other._domains if isinstance(other, Vocabulary) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._domains)

    def problems(self, facts: Mapping[str, object], *, complete: bool = True) -> tuple[Problem, ...]:
        """Return every problem of the facts: unknown, outside the domain, or required and absent (G-11).

        With `complete=False`, absent facts are allowed: not everything is known when a ticket is opened.
        """
        return (*self._wrong(facts), *(self._absent(facts) if complete else ()))

    def check(self, facts: Mapping[str, object], *, complete: bool = True) -> None:
        """Raise `FactError` with all problems at once, or `MissingFactError` if facts are only absent."""
        wrong = tuple(self._wrong(facts))
        absent = tuple(self._absent(facts)) if complete else ()
        if not wrong and not absent:
            return
        words = "; ".join(map(str, (*wrong, *absent)))
        raise FactError(words) if wrong else MissingFactError(words)

    def _wrong(self, facts: Mapping[str, object]) -> Iterator[Problem]:
        for name, value in facts.items():
            domain = self._domains.get(name)
            if domain is None:
                yield Problem(
                    f"fact {name}",
                    f"`{name}` is not a fact here; expected one of {listed(self)}{did_you_mean(name, self)}",
                )
            else:
                problem = domain.problem(value)
                if problem and value is None:
                    problem += "; leave out a fact that is missing"
                if problem:
                    yield Problem(f"fact {name}", problem)

    def _absent(self, facts: Mapping[str, object]) -> Iterator[Problem]:
        for name, domain in self._domains.items():
            if name not in facts and not domain.optional:
                yield Problem(
                    f"fact {name}",
                    f"is missing; give it a value ({domain.declaration()}) or declare that it may be missing",
                )
