"""What may be promised to a ticket: an agreement, or one that has had several editions (G-12)."""

from collections.abc import Iterable

from supportcore.errors import DefinitionError, listed
from supportcore.mappings import several
from supportcore.sla.agreement.agreements import Agreement
from supportcore.timelines import Editions

Promised = Agreement | Editions[Agreement]


def checked(promised: Iterable[Promised] | Promised) -> tuple[Promised, ...]:
    """Return what is promised as a tuple.

    Raises `DefinitionError` for anything but agreements and their editions, and for two of one name.
    """
    agreements = several(promised)
    for agreement in agreements:
        if not isinstance(agreement, (Agreement, Editions)):
            raise DefinitionError(f"`{agreement}` is not an agreement; give `Agreement(…)` or `Editions` of agreements")
    names = [agreement.name for agreement in agreements]
    if len(set(names)) < len(names):
        raise DefinitionError(f"each agreement needs a name of its own; the names are {listed(names)}")
    return agreements
