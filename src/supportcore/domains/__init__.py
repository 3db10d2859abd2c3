"""Typed domains and vocabularies of facts (RUL-1, G-11)."""

from supportcore.domains.declarations import parse_domain
from supportcore.domains.members import Choice, Flag, Scale
from supportcore.domains.quantities import Day, Integer, Minutes, Number
from supportcore.domains.subsets import Subset
from supportcore.domains.times_of_day import TimeOfDay
from supportcore.domains.values import Value
from supportcore.domains.vocabulary import Domain, Vocabulary

__all__ = [
    "Choice",
    "Day",
    "Domain",
    "Flag",
    "Integer",
    "Minutes",
    "Number",
    "Scale",
    "Subset",
    "TimeOfDay",
    "Value",
    "Vocabulary",
    "parse_domain",
]
