"""Typed domains and vocabularies of facts (RUL-1, G-11)."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.domains.declarations import (
        parse_domain as parse_domain,
    )
    from supportcore.domains.members import (
        Choice as Choice,
        Flag as Flag,
        Scale as Scale,
    )
    from supportcore.domains.quantities import (
        Day as Day,
        Integer as Integer,
        Minutes as Minutes,
        Number as Number,
        NumberGap as NumberGap,
    )
    from supportcore.domains.subsets import (
        Subset as Subset,
    )
    from supportcore.domains.times_of_day import (
        TimeOfDay as TimeOfDay,
    )
    from supportcore.domains.values import (
        Value as Value,
    )
    from supportcore.domains.vocabulary import (
        Domain as Domain,
        Vocabulary as Vocabulary,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
