"""Priorities: derived from facts by a table and overridden by people, never edited (PRI)."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.priority.deriving import (
        Override as Override,
        PriorityState as PriorityState,
        derive as derive,
    )
    from supportcore.priority.policies import (
        PriorityPolicy as PriorityPolicy,
    )
    from supportcore.priority.ready import (
        READY as READY,
        Ready as Ready,
        ready_policy as ready_policy,
    )
    from supportcore.priority.scales import (
        DEFAULT_SCALE as DEFAULT_SCALE,
        P1_TO_P4 as P1_TO_P4,
        P1_TO_P5 as P1_TO_P5,
        THREE_CLASSES as THREE_CLASSES,
        THREE_CLASSES_TO_DEFAULT as THREE_CLASSES_TO_DEFAULT,
        Translation as Translation,
    )
    from supportcore.priority.steps import (
        AppliedStep as AppliedStep,
        PriorityStep as PriorityStep,
        apply_steps as apply_steps,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
