"""Escalation: ladders, rosters, and the plan of notifications."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.escalation.duty.roster_changes import (
        Change as Change,
    )
    from supportcore.escalation.duty.rosters import (
        Layer as Layer,
        OnDuty as OnDuty,
        Roster as Roster,
        RosterShift as RosterShift,
    )
    from supportcore.escalation.duty.rotations import (
        Rotation as Rotation,
        Shift as Shift,
    )
    from supportcore.escalation.engine.ladder_state import (
        ClockLike as ClockLike,
    )
    from supportcore.escalation.engine.planning import (
        plan as plan,
    )
    from supportcore.escalation.ladders import (
        After as After,
        Ladder as Ladder,
        LadderPolicy as LadderPolicy,
        LadderRow as LadderRow,
        Percent as Percent,
        Person as Person,
        Step as Step,
    )
    from supportcore.escalation.plans import (
        Due as Due,
        Effect as Effect,
        Key as Key,
        Notification as Notification,
        Plan as Plan,
        Reason as Reason,
        Skipped as Skipped,
        Superseded as Superseded,
        Unreached as Unreached,
        due as due,
    )
    from supportcore.escalation.reachability import (
        check_recipients as check_recipients,
    )
    from supportcore.escalation.recipients import (
        Recipients as Recipients,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
