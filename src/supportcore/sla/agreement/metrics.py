"""What is measured: metrics, their thresholds and reopenings, and the built-in ones (SLA-2, SLA-7, SLA-10)."""

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
    Meanings,
    meanings_of,
    whiles_of,
)
from supportcore.sla.agreement.policies import ChangePolicy
from supportcore.sla.agreement.terms import Terms
from supportcore.sla.agreement.thresholds import Threshold

ReopenPolicy = Literal["ignore", "restart", "resume", "count"]


@frozen
class Reopen:
    """What a reopening does to a clock that has ended (SLA-7).

    `restart` opens a fresh cycle, `resume` one that carries the elapsed time, `count` one that carries it and the
    gap, `ignore` opens none. With `within`, this holds where the reopening comes at most so much elapsed time after
    the end; later, `otherwise` does: `restart` or `ignore`.

    >>> Reopen("resume", within=timedelta(days=14)).otherwise
    'restart'
    """

    policy: ReopenPolicy = field()
    within: timedelta | DayForm | None = None
    otherwise: Literal["restart", "ignore"] = field(default="restart")

    @policy.validator
    def _known_policy(self, _: object, policy: str) -> None:
        _check_word("the policy of `Reopen`", policy, get_args(ReopenPolicy))

    @otherwise.validator
    def _known_otherwise(self, _: object, policy: str) -> None:
        _check_word("`otherwise` of `Reopen`", policy, ("restart", "ignore"))

    def __attrs_post_init__(self) -> None:
        within: object = self.within
        if isinstance(within, timedelta):
            back = within < timedelta(0)
        else:
            back = within is not None and (not isinstance(within, DayForm) or within.days < 0)
        if back:
            raise DefinitionError(
                f"a reopening within `{within}`; a length of at least 0, or a day form such as `WorkingDays(5)`, "
                "is accepted"
            )

    def policy_for(self, ended: int, at: int, terms: Terms) -> ReopenPolicy:
        """What holds for a reopening, from when the clock ended and when it is reopened, in microseconds."""
        if self.within is None:
            return self.policy
        if isinstance(self.within, timedelta):
            last = ended + micros_of(self.within)
        else:
            last = terms.day_from(ended, self.within)
        return self.policy if at <= last else self.otherwise


def _thresholds(given: Iterable[Threshold]) -> tuple[Threshold, ...]:
    every = several(given)
    for one in every:
        if not isinstance(one, Threshold):
            raise DefinitionError(
                f"`{one}` is no threshold; `Threshold.percent(75)`, `.before(…)`, `.after(…)` and `.days_from_due(…)` "
                "make one"
            )
    return every


def _check_word(what: str, word: str, accepted: Iterable[str]) -> None:
    names = list(accepted)
    if word not in names:
        raise DefinitionError(f"{what} is `{word}`; accepted are {listed(names)}{did_you_mean(str(word), names)}")


def _check_kind(metric: str, what: str, given: object, kind: type, example: str) -> None:
    if not isinstance(given, kind):
        raise DefinitionError(f"`{what}` of metric `{metric}` is `{given}`; `{example}` is accepted")


@frozen
class Metric:
    """What a clock measures, as data: six conditions, reopening, thresholds (SLA-2).

    Each of the conditions is one `On` or `While`, a list of which any will do, or left out. Start is ignored while
    a cycle runs; reset ends the cycle with its result and starts the next at the same instant; cancel ends it
    without result. `change` overrides the agreement's policy for changed terms. `budgets` say what each level, by its
    name, may use of the time: a length of working time, or a `Fraction` of the target (SLA-11). Without a target a
    metric is a stopwatch. Raises `DefinitionError` for a metric that can never start or stop, and for a pause that can
    never end.

    >>> from supportcore.tickets import Opened, Resolved
    >>> Metric("resolution", start=On(Opened), stop=On(Resolved)).name
    'resolution'
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
    meanings: Meanings = field(init=False, eq=False, repr=False)
    whiles: tuple[tuple[int, While], ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        slots = [
            (START, self.start),
            (STOP, self.stop),
            (PAUSE, self.pause),
            (RESUME, self.resume),
            (RESET, self.reset),
            (CANCEL, self.cancel),
        ]
        object.__setattr__(self, "meanings", meanings_of(slots))
        object.__setattr__(self, "whiles", whiles_of(slots))
        if not self.name or not isinstance(self.name, str):
            raise DefinitionError(f"a metric needs a name, which is a text; given is `{self.name}`")
        _check_kind(self.name, "reopen", self.reopen, Reopen, 'Reopen("restart")')
        if self.change is not None:
            _check_kind(self.name, "change", self.change, ChangePolicy, 'ChangePolicy(raised="keep")')
        if not self.start:
            raise DefinitionError(f"metric `{self.name}` can never start; give it `start=On(…)`")
        if not (self.stop or self.reset):
            raise DefinitionError(f"metric `{self.name}` can never stop; give it `stop=On(…)` or `reset=On(…)`")
        if any(isinstance(one, On) for one in self.pause) and not self.resume:
            raise DefinitionError(f"a pause of metric `{self.name}` can never end; give it `resume=On(…)`")
        names = [threshold.name for threshold in self.thresholds]
        if len(set(names)) < len(names):
            raise DefinitionError(f"metric `{self.name}` has a threshold twice: {listed(names)}")

    def with_(self, **changes: object) -> "Metric":
        """The same metric with something set anew: `reaction().with_(stop=On(AgentReplied))`."""
        known = [one.name for one in fields(Metric) if one.init]
        for name in changes:
            if name not in known:
                raise DefinitionError(f"a metric has no `{name}`; it has {listed(known)}{did_you_mean(name, known)}")
        return evolve(self, **changes)  # type: ignore[arg-type]  # converters and checks see what is given
