"""Priorities: derived from facts by a table and overridden by people, never edited (PRI)."""

from supportcore.priority.deriving import Override, PriorityState, derive
from supportcore.priority.policies import PriorityPolicy
from supportcore.priority.ready import READY, Ready, ready_policy
from supportcore.priority.scales import (
    DEFAULT_SCALE,
    P1_TO_P4,
    P1_TO_P5,
    THREE_CLASSES,
    THREE_CLASSES_TO_DEFAULT,
    Translation,
)
from supportcore.priority.steps import AppliedStep, PriorityStep, apply_steps

__all__ = [
    "DEFAULT_SCALE",
    "P1_TO_P4",
    "P1_TO_P5",
    "READY",
    "THREE_CLASSES",
    "THREE_CLASSES_TO_DEFAULT",
    "AppliedStep",
    "Override",
    "PriorityPolicy",
    "PriorityState",
    "PriorityStep",
    "Ready",
    "Translation",
    "apply_steps",
    "derive",
    "ready_policy",
]
