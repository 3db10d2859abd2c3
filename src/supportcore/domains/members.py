"""Domains of named members: scales with an order, choices without one, and yes or no."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from attrs import field, frozen

from supportcore.domains.values import kind_of, shown
from supportcore.errors import DefinitionError, FactError, did_you_mean
from supportcore.mappings import EMPTY, FrozenMapping

OTHER = "other"


def checked_name(name: object) -> str:
    """A domain's name: a text that is not empty and has no blanks around it."""
    if not _is_word(name):
        raise DefinitionError(
            f"`{shown(name)}` cannot name a domain; a text that is not empty, without blanks around it, is accepted"
        )
    return str(name)


def _is_word(given: object) -> bool:
    return isinstance(given, str) and bool(given) and given.strip() == given


def checked_members(given: Iterable[str]) -> tuple[str, ...]:
    """The members of a domain: at least one, all different, none empty."""
    if isinstance(given, str) or not isinstance(given, Iterable):
        raise DefinitionError(f'members are given as a list of texts; write `["{shown(given)}"]` for one')
    members = tuple(given)
    for member in members:
        if not _is_word(member):
            raise DefinitionError(
                f"`{shown(member)}` cannot be a member; "
                "texts that are not empty, without blanks around them, are accepted"
            )
    if not members:
        raise DefinitionError("a domain needs at least one member")
    for place, member in enumerate(members):
        if member in members[:place]:
            raise DefinitionError(f"`{member}` is a member twice; each member is named once")
    return members


def no_member(value: object, name: str, members: tuple[str, ...]) -> str:
    """The words for a value that is none of the members."""
    listing = f"(accepted are {', '.join(members)})"
    if not isinstance(value, str):
        return f"`{shown(value)}` is {kind_of(value)}, no member of `{name}` {listing}"
    return f"`{shown(value)}` is no member of `{name}` ({', '.join(members)}){did_you_mean(value, members)}"


def _names(given: Mapping[str, Mapping[str, str]]) -> FrozenMapping[str, FrozenMapping[str, str]]:
    said: object = given
    for words in said.values() if isinstance(said, Mapping) else (said,):
        if not isinstance(words, Mapping) or not all(isinstance(word, str) for word in words.values()):
            raise DefinitionError(
                f"`{shown(words)}` gives no names; for each language a table of members and their names is accepted"
            )
    return FrozenMapping({language: FrozenMapping(names) for language, names in given.items()})


def _check_names(names: Mapping[str, Mapping[str, str]], domain: str, members: tuple[str, ...]) -> None:
    for language, words in names.items():
        for member in words:
            if member not in members:
                raise DefinitionError(f"names in `{language}`: {no_member(member, domain, members)}")


@frozen
class Scale:
    """Named members in an order, low to high; comparisons are legal (RUL-1, PRI-1).

    `names` gives the members' names per language, for people: `{"de": {"minor": "gering"}}`. In sentences on regions of
    a table a member with a name stands without that of the fact, so it should say by itself what it means.

    >>> impact = Scale("impact", ["low", "medium", "high"])
    >>> impact.problem("hihg")
    '`hihg` is no member of `impact` (low, medium, high); did you mean `high`?'
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
        """What is wrong with a value, or nothing."""
        return None if isinstance(value, str) and value in self.members else no_member(value, self.name, self.members)

    def parse(self, text: str) -> str:
        """The member that a text names; `FactError` otherwise."""
        return _parse_member(self, text)

    def show(self, value: object) -> str:
        """The text that `parse` takes."""
        return str(value)

    def label(self, value: str, language: str = "en") -> str:
        """The member's name in a language, or the member itself."""
        names = self.names.get(language)
        return value if names is None else names.get(value, value)

    def rank(self, value: str) -> int:
        """How many members are lower."""
        return self.members.index(value)

    def declaration(self) -> str:
        """How people write it: `low < medium < high`."""
        return " < ".join(self.members) + (", may be missing" if self.optional else "")


@frozen
class Choice:
    """Named members without an order; with `other=True` any further text counts as one more, `other`.

    >>> Choice("kind", ["question", "fault"]).problem("fualt")
    '`fualt` is no member of `kind` (question, fault); did you mean `fault`?'
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
            raise DefinitionError(
                f"`{OTHER}` stands for anything else in `{self.name}` and cannot be a member beside it"
            )
        _check_names(self.names, self.name, self.members)

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, or nothing."""
        if isinstance(value, str) and (self.other or value in self.members):
            return None
        return no_member(value, self.name, self.members)

    def parse(self, text: str) -> str:
        """The member that a text names; `FactError` otherwise."""
        return _parse_member(self, text)

    def show(self, value: object) -> str:
        """The text that `parse` takes."""
        return str(value)

    def label(self, value: str, language: str = "en") -> str:
        """The member's name in a language, or the member itself."""
        names = self.names.get(language)
        return value if names is None else names.get(value, value)

    def declaration(self) -> str:
        """How people write it: `question | fault`."""
        members = " | ".join((*self.members, "anything else") if self.other else self.members)
        return members + (", may be missing" if self.optional else "")


def _parse_member(domain: Scale | Choice, text: str) -> str:
    problem = domain.problem(text.strip())
    if problem:
        raise FactError(problem)
    return text.strip()


FLAG_WORDS: Mapping[str, bool] = FrozenMapping({"yes": True, "no": False, "true": True, "false": False})


@frozen
class Flag:
    """Yes or no; where an order is asked for, no comes first (RUL-7). 1 is not yes.

    >>> Flag("workaround").parse("yes"), Flag("workaround").problem(1)
    (True, '`1` is a whole number; `workaround` takes yes or no')
    """

    kind: ClassVar[str] = "flag"
    ordered: ClassVar[bool] = False

    name: str = field(converter=checked_name)
    optional: bool = field(default=False, kw_only=True)

    def problem(self, value: object) -> str | None:
        """What is wrong with a value, or nothing."""
        return (
            None if isinstance(value, bool) else f"`{shown(value)}` is {kind_of(value)}; `{self.name}` takes yes or no"
        )

    def parse(self, text: str) -> bool:
        """Yes or no from a text (`true` and `false` as well); `FactError` otherwise."""
        word = text.strip()
        if word not in FLAG_WORDS:
            raise FactError(
                f"`{word}` is neither yes nor no, which is what `{self.name}` takes{did_you_mean(word, FLAG_WORDS)}"
            )
        return FLAG_WORDS[word]

    def show(self, value: object) -> str:
        """The text that `parse` takes."""
        return "yes" if value else "no"

    def declaration(self) -> str:
        """How people write it: `yes | no`."""
        return "yes | no" + (", may be missing" if self.optional else "")
