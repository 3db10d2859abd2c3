"""The domain of sets of words: which of its members apply."""

from collections.abc import Iterable
from typing import ClassVar

from attrs import field, frozen

from supportcore.domains.members import NAME, checked_members, checked_name, is_word, not_a_member
from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, FactError


def _checked_words(given: Iterable[str]) -> tuple[str, ...]:
    """Return the members of a subset; as they are listed with commas, they have no blanks around them."""
    words = checked_members(given)
    for word in words:
        if not is_word(word):
            raise DefinitionError(f"`{shown(word)}` cannot be a word of a set; expected {NAME}")
    return words


@frozen
class Subset:
    """Any number of members at once, or none, as a frozen set of words.

    >>> areas = Subset("areas", ["network", "database", "printing"])
    >>> sorted(areas.parse("network, printing"))
    ['network', 'printing']
    >>> areas.problem(frozenset({"netwrok"}))
    '`netwrok` is not a member of `areas` (network, database, printing); did you mean `network`?'
    """

    kind: ClassVar[str] = "subset"
    ordered: ClassVar[bool] = False

    name: str = field(converter=checked_name)
    members: tuple[str, ...] = field(converter=_checked_words)
    optional: bool = field(default=False, kw_only=True)

    def problem(self, value: object) -> str | None:
        """Return what is wrong with a value, or `None`."""
        if not isinstance(value, frozenset):
            words = f"a frozen set of words out of {', '.join(self.members)}"
            return f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes {words}"
        wrong = sorted((word for word in value if word not in self.members), key=shown)
        return not_a_member(wrong[0], self.name, self.members) if wrong else None

    def parse(self, text: str) -> frozenset[str]:
        """Parse words between commas, or an empty text as the empty set; raise `FactError` for other words."""
        value = frozenset(word.strip() for word in text.split(",") if word.strip())
        problem = self.problem(value)
        if problem:
            raise FactError(problem)
        return value

    def show(self, value: object) -> str:
        """Return the text that `parse` reads as this set, in the order of the members."""
        held = value if isinstance(value, frozenset) else frozenset()
        return ", ".join(member for member in self.members if member in held)

    def declaration(self) -> str:
        """Return the domain as people declare it: `some of network | database`."""
        return "some of " + " | ".join(self.members) + (", may be missing" if self.optional else "")
