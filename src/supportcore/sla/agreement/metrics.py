"""Metrics: what a clock measures, and what a reopening does to it (SLA-2, SLA-7)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal, get_args

from attrs import evolve, field, fields, frozen

from supportcore.calendars import DayForm
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.instants import micros_of
from supportcore.mappings import EMPTY, FrozenMapping, several
from supportcore.sla.agreement.budgets import Budget, budgets
from supportcore.sla.agreement.conditions import Condition, On, While, conditions
from supportcore.sla.agreement.dispatch import (
    CANCEL,
    PAUSE,
    RESET,
    RESUME,
    START,
    STOP,
    EffectsByKind,
    effects_of,
    fact_conditions_of,
)
from supportcore.sla.agreement.policies import ChangePolicy
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.agreement.thresholds import Threshold

ReopenPolicy = Literal["ignore", "restart", "resume", "count"]


@frozen
class Reopen:
    """What a reopening does to a clock that has ended (SLA-7).

    `restart` begins a fresh cycle, `resume` a cycle that carries the elapsed time, `count` a cycle that carries it and
    the gap, `ignore` none. With `within`, the policy holds for a reopening at most that much elapsed time after the
    end, and `otherwise` (`restart` or `ignore`) for a later one.

    >>> Reopen("resume", within=timedelta(days=14)).otherwise
    'restart'
    """

    policy: ReopenPolicy = field()
    within: timedelta | DayForm | None = None
    otherwise: Literal["restart", "ignore"] = field(default="restart")

    @policy.validator
    def _known_policy(self, _: object, policy: str) -> None:
        _check_choice("`policy` of `Reopen`", policy, get_args(ReopenPolicy))

    @otherwise.validator
    def _known_otherwise(self, _: object, policy: str) -> None:
        _check_choice("`otherwise` of `Reopen`", policy, ("restart", "ignore"))

    def __attrs_post_init__(self) -> None:
        within: object = self.within
        if isinstance(within, timedelta):
            back = micros_of(within) < 0
        else:
            back = within is not None and (not isinstance(within, DayForm) or within.days < 0)
        if back:
            raise DefinitionError(
                f"`within` of `Reopen` is `{within}`; "
                "give a length of at least 0, or a day form such as `WorkingDays(5)`"
            )

    def policy_for(self, ended: int, at: int, terms: Terms) -> ReopenPolicy:
        """Return the policy for a reopening at `at` of a clock that ended at `ended`, both in microseconds."""
        if self.within is None:
            return self.policy
        if isinstance(self.within, timedelta):
            last = ended + micros_of(self.within)
        else:
            last = terms.day_from(ended, self.within)
        return self.policy if at <= last else self.otherwise


def _thresholds(given: Iterable[Threshold]) -> tuple[Threshold, ...]:
    thresholds = several(given)
    for threshold in thresholds:
        if not isinstance(threshold, Threshold):
            raise DefinitionError(
                f"`{threshold}` is not a threshold; "
                "make one with `Threshold.percent(75)`, `.before(…)`, `.after(…)` or `.days_from_due(…)`"
            )
    return thresholds


def _check_choice(what: str, word: str, accepted: Iterable[str]) -> None:
    names = list(accepted)
    if word not in names:
        raise DefinitionError(f"{what} is `{word}`; expected one of {listed(names)}{did_you_mean(str(word), names)}")


def _check_kind(metric: str, what: str, given: object, kind: type, example: str) -> None:
    if not isinstance(given, kind):
        raise DefinitionError(f"`{what}` of metric `{metric}` is `{given}`; expected one such as `{example}`")


@frozen(repr=False)
class Metric:
    """What a clock measures: six conditions, reopening, thresholds (SLA-2).

    Each condition is an `On` or a `While`, a list of alternatives, or left out. Start is ignored while a cycle runs;
    reset ends the cycle with its result and begins the next at the same instant; cancel ends it without result.
    `change` overrides the agreement's policy for changed terms. `budgets` map levels to the time that each may use: a
    length of working time, or a `Fraction` of the target (SLA-11). Without a target a metric is a stopwatch. Raises
    `DefinitionError` for a metric that can never start or stop, and for a pause that can never end.

    >>> from supportcore.tickets import Opened, Resolved
    >>> Metric("resolution", start=On(Opened), stop=On(Resolved), thresholds=[Threshold.percent(75)])
    Metric(resolution, thresholds 75 %)
    """

    name: str
    start: tuple[Condition, ...] = field(default=None, converter=conditions, kw_only=True)
    stop: tuple[Condition, ...] = field(default=None, converter=conditions, kw_only=True)
    pause: tuple[Condition, ...] = field(default=None, converter=conditions, kw_only=True)
    resume: tuple[Condition, ...] = field(default=None, converter=conditions, kw_only=True)
    reset: tuple[Condition, ...] = field(default=None, converter=conditions, kw_only=True)
    cancel: tuple[Condition, ...] = field(default=None, converter=conditions, kw_only=True)
    reopen: Reopen = field(default=Reopen("ignore"), kw_only=True)
    thresholds: tuple[Threshold, ...] = field(default=(), converter=_thresholds, kw_only=True)
    change: ChangePolicy | None = field(default=None, kw_only=True)
    budgets: FrozenMapping[str, Budget] = field(default=EMPTY, converter=budgets, kw_only=True)
    effects: EffectsByKind = field(init=False, eq=False)
    fact_conditions: tuple[tuple[int, While], ...] = field(init=False, eq=False)

    def __repr__(self) -> str:
        names = ", ".join(threshold.name for threshold in self.thresholds)
        return f"Metric({self.name}{f', thresholds {names}' if names else ''})"

    def __attrs_post_init__(self) -> None:
        conditions = [
            (START, self.start),
            (STOP, self.stop),
            (PAUSE, self.pause),
            (RESUME, self.resume),
            (RESET, self.reset),
            (CANCEL, self.cancel),
        ]
        object.__setattr__(self, "effects", effects_of(conditions))
        object.__setattr__(self, "fact_conditions", fact_conditions_of(conditions))
        if not self.name or not isinstance(self.name, str):
            raise DefinitionError(f"`name` of a metric is `{self.name}`; give a text")
        _check_kind(self.name, "reopen", self.reopen, Reopen, 'Reopen("restart")')
        if self.change is not None:
            _check_kind(self.name, "change", self.change, ChangePolicy, 'ChangePolicy(raised="keep")')
        if not self.start:
            raise DefinitionError(f"metric `{self.name}` can never start; give it `start=On(…)`")
        if not (self.stop or self.reset):
            raise DefinitionError(f"metric `{self.name}` can never stop; give it `stop=On(…)` or `reset=On(…)`")
        if any(isinstance(condition, On) for condition in self.pause) and not self.resume:
            raise DefinitionError(f"a pause of metric `{self.name}` can never end; give it `resume=On(…)`")
        names = [threshold.name for threshold in self.thresholds]
        if len(set(names)) < len(names):
            raise DefinitionError(f"metric `{self.name}` has two thresholds with one name: {listed(names)}")

    def with_(self, **changes: object) -> "Metric":
        """Return the metric with some fields changed: `reaction().with_(stop=On(AgentReplied))`."""
        known = [field.name for field in fields(Metric) if field.init]
        for name in changes:
            if name not in known:
                raise DefinitionError(
                    f"`{name}` is not a field of a metric; expected one of {listed(known)}{did_you_mean(name, known)}"
                )
        return evolve(self, **changes)  # type: ignore[arg-type]  # converters and checks see what is given
