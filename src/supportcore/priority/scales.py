"""Scales of priorities, low to high, and translations between them (PRI-1)."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from attrs import field, frozen

from supportcore.domains import Scale
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.mappings import FrozenMapping


def _mapping(given: Mapping[str, str]) -> FrozenMapping[str, str]:
    return FrozenMapping(given)


@frozen
class Translation:
    """A total mapping from one scale to another that keeps the order.

    >>> priorities = {"cosmetic": "minor", "next release": "major", "critical": "blocker"}
    >>> Translation(THREE_CLASSES, DEFAULT_SCALE, priorities)("next release")
    'major'
    """

    source: Scale
    target: Scale
    members: FrozenMapping[str, str] = field(converter=_mapping)

    def __attrs_post_init__(self) -> None:
        problems = list(self._problems())
        if problems:
            raise DefinitionError(f"`{self.source.name}` to `{self.target.name}`: {'; '.join(problems)}")

    def _problems(self) -> Iterator[str]:
        for member, translated in self.members.items():
            for scale, word in ((self.source, member), (self.target, translated)):
                problem = scale.problem(word)
                if problem:
                    yield problem
        missing = [member for member in self.source.members if member not in self.members]
        if missing:
            yield f"no translation for {listed(missing)}; a translation is total"
        known = [member for member in self.source.members if self.members.get(member) in self.target.members]
        for lower, higher in pairwise(known):
            below, above = self.members[lower], self.members[higher]
            if self.target.rank(below) > self.target.rank(above):
                yield (
                    f"`{lower}` is lower than `{higher}`, but becomes `{below}`, higher than `{above}`; "
                    "a translation keeps the order"
                )

    def __call__(self, member: str) -> str:
        """Return the member of the target scale; raise `DefinitionError` for a word that is not on the source scale."""
        if member not in self.members:
            near = did_you_mean(member, self.members)
            raise DefinitionError(
                f"`{member}` is not a member of `{self.source.name}`; expected one of {listed(self.members)}{near}"
            )
        return self.members[member]

    def then(self, further: "Translation") -> "Translation":
        """Return this translation followed by another, as one translation."""
        return Translation(
            self.source, further.target, {member: further(word) for member, word in self.members.items()}
        )


DEFAULT_SCALE = Scale(
    "priority",
    ["minor", "major", "critical", "blocker"],
    names={
        "de": {"minor": "Minor", "major": "Major", "critical": "Critical", "blocker": "Blocker"},
        "en": {"minor": "Minor", "major": "Major", "critical": "Critical", "blocker": "Blocker"},
    },
)
THREE_CLASSES = Scale(
    "urgency class",
    ["cosmetic", "next release", "critical"],
    names={
        "de": {"cosmetic": "kosmetisch", "next release": "bis zur nächsten Version", "critical": "kritisch"},
        "en": {"cosmetic": "cosmetic", "next release": "by the next release", "critical": "critical, at once"},
    },
)
P1_TO_P4 = Scale("priority", ["P4", "P3", "P2", "P1"])
P1_TO_P5 = Scale("priority", ["P5", "P4", "P3", "P2", "P1"])
THREE_CLASSES_TO_DEFAULT = Translation(
    THREE_CLASSES, DEFAULT_SCALE, {"cosmetic": "minor", "next release": "major", "critical": "blocker"}
)
