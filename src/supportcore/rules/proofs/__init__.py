"""Proofs about decision tables: gaps, overlaps, dead rules, monotonicity, differences, simplification."""
