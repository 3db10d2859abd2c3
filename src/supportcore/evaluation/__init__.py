"""Evaluate the history of a ticket under a concept."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.evaluation.cases import (
        Case as Case,
    )
    from supportcore.evaluation.evaluating import (
        evaluate as evaluate,
    )
    from supportcore.evaluation.stages import (
        check_concept as check_concept,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
