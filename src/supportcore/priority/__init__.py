"""Priorities: derived from facts by a table, overridden by people, never edited (PRI)."""

from supportcore.priority.deriving import Override, PriorityState, derive
from supportcore.priority.policies import PriorityPolicy
from supportcore.priority.scales import DEFAULT_SCALE

__all__ = ["DEFAULT_SCALE", "Override", "PriorityPolicy", "PriorityState", "derive"]
