"""Proofs about whole concepts."""

from supportcore.assurance.checking import check

__all__ = ["check"]
