"""Service concepts and directories as values, and the files in which people write them."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.concept.concept import (
        Directory as Directory,
        ServiceConcept as ServiceConcept,
    )
    from supportcore.concept.loading import (
        EXAMPLES as EXAMPLES,
        example as example,
        load as load,
        loads as loads,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
