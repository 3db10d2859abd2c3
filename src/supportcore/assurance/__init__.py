"""Proofs about whole concepts."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.assurance.checking import (
        check as check,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
