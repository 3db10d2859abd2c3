"""Domains of named members: scales with an order, choices without an order, and flags for yes or no."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from attrs import field, frozen

from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, FactError, did_you_mean
from supportcore.mappings import EMPTY, FrozenMapping

OTHER = "other"
NAME = "a text that is not empty and has no blanks around it"


def checked_name(name: object) -> str:
    """Return a domain's name; raise `DefinitionError` unless it is a text with no blanks around it."""
    if not is_word(name):
        raise DefinitionError(f"`{shown(name)}` cannot name a domain; expected {NAME}")
    return str(name)


def is_word(given: object) -> bool:
    """Return whether a value is a text that is not empty and has no blanks around it."""
    return isinstance(given, str) and bool(given) and given.strip() == given


def checked_members(given: Iterable[str]) -> tuple[str, ...]:
    """Return the members of a domain; raise `DefinitionError` unless they are different texts, at least one."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise DefinitionError(f'members are a list of texts; write `["{shown(given)}"]` for a single member')
    members = tuple(given)
    for member in members:
        if not isinstance(member, str):
            raise DefinitionError(f"`{shown(member)}` is {kind_of(member)} and cannot be a member; expected a text")
    if not members:
        raise DefinitionError("a domain needs at least one member")
    seen: set[str] = set()
    for member in members:
        if member in seen:
            raise DefinitionError(f"`{member}` is given twice; name each member once")
        seen.add(member)
    return members


def not_a_member(value: object, name: str, members: tuple[str, ...]) -> str:
    """Return the words for a value that is not a member of the domain called `name`."""
    if not isinstance(value, str):
        return f"`{shown(value)}` is {kind_of(value)}; `{name}` takes one of {', '.join(members)}"
    return f"`{shown(value)}` is not a member of `{name}` ({', '.join(members)}){did_you_mean(value, members)}"


def _names(given: Mapping[str, Mapping[str, str]]) -> FrozenMapping[str, FrozenMapping[str, str]]:
    by_language: object = given
    for words in by_language.values() if isinstance(by_language, Mapping) else (by_language,):
        if not isinstance(words, Mapping) or not all(isinstance(word, str) for word in words.values()):
            raise DefinitionError(f"`{shown(words)}` is not a table of names; expected a name per member per language")
    return FrozenMapping({language: FrozenMapping(names) for language, names in given.items()})


def _check_names(names: Mapping[str, Mapping[str, str]], domain: str, members: tuple[str, ...]) -> None:
    for language, words in names.items():
        for member in words:
            if member not in members:
                raise DefinitionError(f"names in `{language}`: {not_a_member(member, domain, members)}")


@frozen
class Scale:
    """Named members from low to high, which can be compared (RUL-1, PRI-1).

    `names` gives the members' names per language, for people: `{"de": {"minor": "gering"}}`. Sentences about a table
    use a member's name without the fact's name, so it should be clear on its own.

    >>> impact = Scale("impact", ["low", "medium", "high"])
    >>> impact.problem("hihg")
    '`hihg` is not a member of `impact` (low, medium, high); did you mean `high`?'
    >>> impact.rank("high")
    2
    """

    kind: ClassVar[str] = "scale"
    ordered: ClassVar[bool] = True

    name: str = field(converter=checked_name)
    members: tuple[str, ...] = field(converter=checked_members)
    optional: bool = field(default=False, kw_only=True)
    names: FrozenMapping[str, FrozenMapping[str, str]] = field(default=EMPTY, converter=_names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        _check_names(self.names, self.name, self.members)

    def problem(self, value: object) -> str | None:
        """Return what is wrong with a value, or `None`."""
        return (
            None if isinstance(value, str) and value in self.members else not_a_member(value, self.name, self.members)
        )

    def parse(self, text: str) -> str:
        """Return the member that a text names; raise `FactError` for any other text."""
        return _parse_member(self, text)

    def show(self, value: object) -> str:
        """Return the text that `parse` reads as this value."""
        return str(value)

    def label(self, value: str, language: str = "en") -> str:
        """Return the member's name in a language, or the member itself."""
        names = self.names.get(language)
        return value if names is None else names.get(value, value)

    def rank(self, value: str) -> int:
        """Return how many members are lower."""
        return self.members.index(value)

    def declaration(self) -> str:
        """Return the domain as people declare it: `low < medium < high`."""
        return " < ".join(self.members) + (", may be missing" if self.optional else "")


@frozen
class Choice:
    """Named members without an order; with `other=True`, any other text counts as the member `other`.

    >>> Choice("kind", ["question", "fault"]).problem("fualt")
    '`fualt` is not a member of `kind` (question, fault); did you mean `fault`?'
    >>> Choice("product", ["crm", "shop"], other=True).problem("a thing of their own") is None
    True
    """

    kind: ClassVar[str] = "choice"
    ordered: ClassVar[bool] = False

    name: str = field(converter=checked_name)
    members: tuple[str, ...] = field(converter=checked_members)
    other: bool = False
    optional: bool = field(default=False, kw_only=True)
    names: FrozenMapping[str, FrozenMapping[str, str]] = field(default=EMPTY, converter=_names, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.other and OTHER in self.members:
            raise DefinitionError(f"`{OTHER}` means anything else in `{self.name}`; rename the member `{OTHER}`")
        _check_names(self.names, self.name, self.members)

    def problem(self, value: object) -> str | None:
        """Return what is wrong with a value, or `None`."""
        if isinstance(value, str) and (self.other or value in self.members):
            return None
        return not_a_member(value, self.name, self.members)

    def parse(self, text: str) -> str:
        """Return the member that a text names; raise `FactError` for any other text."""
        return _parse_member(self, text)

    def show(self, value: object) -> str:
        """Return the text that `parse` reads as this value."""
        return str(value)

    def label(self, value: str, language: str = "en") -> str:
        """Return the member's name in a language, or the member itself."""
        names = self.names.get(language)
        return value if names is None else names.get(value, value)

    def declaration(self) -> str:
        """Return the domain as people declare it: `question | fault`."""
        members = " | ".join((*self.members, "anything else") if self.other else self.members)
        return members + (", may be missing" if self.optional else "")


def _parse_member(domain: Scale | Choice, text: str) -> str:
    word = text if text in domain.members else text.strip()
    problem = domain.problem(word)
    if problem:
        raise FactError(problem)
    return word


FLAG_WORDS: Mapping[str, bool] = FrozenMapping({"yes": True, "no": False, "true": True, "false": False})


@frozen
class Flag:
    """Yes or no; in an order, no is lower than yes (RUL-7). The number 1 is not yes.

    >>> Flag("workaround").parse("yes"), Flag("workaround").problem(1)
    (True, '`1` is a whole number; `workaround` takes yes or no')
    """

    kind: ClassVar[str] = "flag"
    ordered: ClassVar[bool] = False

    name: str = field(converter=checked_name)
    optional: bool = field(default=False, kw_only=True)

    def problem(self, value: object) -> str | None:
        """Return what is wrong with a value, or `None`."""
        return (
            None if isinstance(value, bool) else f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes yes or no"
        )

    def parse(self, text: str) -> bool:
        """Parse `yes`, `no`, `true` or `false`; raise `FactError` for any other text."""
        word = text.strip()
        if word not in FLAG_WORDS:
            raise FactError(f"`{self.name}` takes yes or no, not `{word}`{did_you_mean(word, FLAG_WORDS)}")
        return FLAG_WORDS[word]

    def show(self, value: object) -> str:
        """Return the text that `parse` reads as this value."""
        return "yes" if value else "no"

    def declaration(self) -> str:
        """Return the domain as people declare it: `yes | no`."""
        return "yes | no" + (", may be missing" if self.optional else "")
