"""The domain of sets of words: which of some members apply, none and all included."""

from typing import ClassVar

from attrs import field, frozen

from supportcore.domains.members import checked_members, checked_name, no_member
from supportcore.domains.values import kind_of, shown
from supportcore.errors import FactError


@frozen
class Subset:
    """Any number of the members at once, as a frozen set of words.

    >>> areas = Subset("areas", ["network", "database", "printing"])
    >>> sorted(areas.parse("network, printing"))
    ['network', 'printing']
    >>> areas.problem(frozenset({"netwrok"}))
    '`netwrok` is no member of `areas` (network, database, printing); did you mean `network`?'
    """

    kind: ClassVar[str] = "subset"
    ordered: ClassVar[bool] = False

    name: str = field(converter=checked_name)
    members: tuple[str, ...] = field(converter=checked_members)
    optional: bool = field(default=False, kw_only=True)

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, or nothing."""
        if not isinstance(value, frozenset):
            return (
                f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes a frozen set of words out of "
                f"{', '.join(self.members)}"
            )
        wrong = sorted((word for word in value if word not in self.members), key=str)
        return no_member(wrong[0], self.name, self.members) if wrong else None

    def parse(self, text: str) -> frozenset[str]:
        """The set that a text with commas says, empty for an empty one; `FactError` otherwise."""
        value = frozenset(word.strip() for word in text.split(",") if word.strip())
        problem = self.problem(value)
        if problem:
            raise FactError(problem)
        return value

    def show(self, value: object) -> str:
        """The text that `parse` takes, in the order of the members."""
        held = value if isinstance(value, frozenset) else frozenset()
        return ", ".join(member for member in self.members if member in held)

    def declaration(self) -> str:
        """How people write it: `some of network | database`."""
        return "some of " + " | ".join(self.members) + (", may be missing" if self.optional else "")
