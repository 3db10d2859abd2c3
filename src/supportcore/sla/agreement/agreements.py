"""Agreements: promises for metrics, chosen by a table of targets (SLA-5, SLA-11)."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from supportcore.calendars import Calendar
from supportcore.domains import Choice, Domain, Scale
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.mappings import EMPTY, FrozenMapping, several
from supportcore.rules import DecisionTable, Rule
from supportcore.rules.decisions import LISTS
from supportcore.sla.agreement.basis import Basis
from supportcore.sla.agreement.dispatch import Dispatch, dispatch_of
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.agreement.policies import ChangePolicy
from supportcore.sla.agreement.targets import Target, check_calendar, check_calendar_name
from supportcore.sla.agreement.terms import Terms
from supportcore.tickets import Fact


def _metrics(given: Iterable[Metric] | Metric) -> tuple[Metric, ...]:
    metrics = several(given)
    for metric in metrics:
        if not isinstance(metric, Metric):
            raise DefinitionError(
                f"`{metric}` is not a metric; give one such as `reaction()`, `resolution()` or `Metric(…)`"
            )
    return metrics


def _promises(given: Mapping[str, Target]) -> FrozenMapping[str, Target]:
    if not isinstance(given, Mapping):
        raise DefinitionError(f"`promises` is `{given}`; give a mapping of names to targets")
    for name, target in given.items():
        if not name or not isinstance(name, str):
            raise DefinitionError(f"`{name}` is not the name of a promise; give a text")
        if not isinstance(target, Target):
            raise DefinitionError(f"promise `{name}` is `{target}`; give a target such as `Target(timedelta(hours=4))`")
    return FrozenMapping(given)


def _targets(given: DecisionTable | Mapping[str, str]) -> DecisionTable | Mapping[str, str]:
    """Return a copy of a mapping, so that changing the mapping does not change the agreement (G-1)."""
    return FrozenMapping(given) if isinstance(given, Mapping) else given


def _priorities(given: Iterable[str]) -> tuple[str, ...]:
    names = several(given)
    if isinstance(given, str) or not all(isinstance(name, str) for name in names) or len(set(names)) < len(names):
        raise DefinitionError(f"`priorities` is `{given}`; give a list of names from low to high, each once")
    return names


@frozen(repr=False)
class Agreement:
    """The metrics and promises that apply to a ticket, and the table that chooses the promises (SLA-5, SLA-11).

    `targets` decides from the facts: each of its outputs has the name of a metric, and its values are names of
    `promises`. A mapping from metrics to promises gives every ticket the same promises. A metric without a promise is a
    stopwatch on `calendar`; `calendar_name` is the name of the calendar in explanations. `priorities` are the
    priorities from low to high, by default the members of the table's input `priority`; they decide whether a change is
    a raise or a lowering (SLA-9). With `on_attachment` the agreement applies from an `Attached` event on, otherwise
    from the opening. `inside` makes it an operational agreement: its clocks must fit inside those of equal name of the
    agreement that it names (SLA-11). Raises `DefinitionError` for a table that decides lists, and for unknown metrics
    or promises.

    >>> from datetime import timedelta
    >>> from supportcore.calendars import always_open
    >>> from supportcore.sla import reaction
    >>> gold = Agreement("gold", always_open("UTC"), [reaction()], targets={"reaction": "1 h"},
    ...                  promises={"1 h": Target(timedelta(hours=1))})
    >>> gold, gold.choose({})[0].terms.promise
    (Agreement(gold: reaction), '1 h')
    """

    name: str
    calendar: Calendar
    metrics: tuple[Metric, ...] = field(converter=_metrics)
    targets: DecisionTable | Mapping[str, str] = field(default=EMPTY, converter=_targets, kw_only=True)
    promises: FrozenMapping[str, Target] = field(default=EMPTY, converter=_promises, kw_only=True)
    change: ChangePolicy = field(default=ChangePolicy(), kw_only=True)
    priorities: tuple[str, ...] = field(default=(), converter=_priorities, kw_only=True)
    on_attachment: bool = field(default=False, kw_only=True)
    calendar_name: str = field(default="", kw_only=True)
    inside: str = field(default="", kw_only=True)
    terms: FrozenMapping[str, Terms] = field(init=False, eq=False)
    dispatch: Dispatch = field(init=False, eq=False)
    # What was chosen by each rule for each priority: a rule always chooses alike.
    _chosen: dict[tuple[str, str | None], tuple[Basis, ...]] = field(init=False, eq=False, factory=dict)

    def __repr__(self) -> str:
        return f"Agreement({self.name}: {', '.join(metric.name for metric in self.metrics)})"

    def __attrs_post_init__(self) -> None:
        if not self.name or not isinstance(self.name, str):
            raise DefinitionError(f"`name` of an agreement is `{self.name}`; give a text")
        check_calendar(self.calendar, f"agreement `{self.name}`")
        check_calendar_name(self.calendar_name, f"agreement `{self.name}`")
        if not isinstance(self.on_attachment, bool):
            raise DefinitionError(
                f"`on_attachment` of agreement `{self.name}` is `{self.on_attachment}`; give `True` or `False`"
            )
        if self.inside == self.name or not isinstance(self.inside, str):
            raise DefinitionError(
                f"`inside` of agreement `{self.name}` is `{self.inside}`; give the name of another agreement"
            )
        if not isinstance(self.change, ChangePolicy):
            raise DefinitionError(f"`change` of agreement `{self.name}` is `{self.change}`; give a `ChangePolicy(…)`")
        if not isinstance(self.targets, (DecisionTable, Mapping)):
            raise DefinitionError(
                f"`targets` of agreement `{self.name}` is `{self.targets}`; "
                "give a table, or a mapping of metrics to names of promises"
            )
        names = [metric.name for metric in self.metrics]
        if not names or len(set(names)) < len(names):
            raise DefinitionError(
                f"agreement `{self.name}` needs metrics, each with a name of its own; it has {listed(names) or 'none'}"
            )
        self._check_outputs(names)
        if not self.priorities:
            object.__setattr__(self, "priorities", _priorities_of(self.targets))
        terms = {
            name: Terms.of(name, target, self.calendar, self.calendar_name, self.name)
            for name, target in self.promises.items()
        }
        object.__setattr__(self, "terms", FrozenMapping(terms))
        object.__setattr__(self, "dispatch", dispatch_of([metric.effects for metric in self.metrics]))

    def _check_outputs(self, names: list[str]) -> None:
        """Raise `DefinitionError` unless targets decide only promises of the agreement, for its metrics."""
        targets = self.targets
        if isinstance(targets, DecisionTable):
            if targets.hit in LISTS and targets.aggregate is None:
                raise DefinitionError(
                    f"the targets of agreement `{self.name}` decide a list; "
                    "give the table a hit policy with a single result, such as `first` or `unique`"
                )
            possible = {output.name: _members(targets, output) for output in targets.outputs}
        else:
            possible = {metric: (promise,) for metric, promise in targets.items()}
        for metric, promises in possible.items():
            if metric not in names:
                raise DefinitionError(
                    f"agreement `{self.name}` promises something for `{metric}`, which is not one of its metrics "
                    f"({listed(names)}){did_you_mean(metric, names) or '; name one of them, or take it out'}"
                )
            if not promises:
                raise DefinitionError(
                    f"the targets of agreement `{self.name}` may decide any value for `{metric}`; "
                    "give the table a choice among the names of the promises there"
                )
            for promise in promises:
                if promise not in list(self.promises):
                    raise DefinitionError(
                        f"agreement `{self.name}` may promise `{promise}` for `{metric}`, but has no such promise; "
                        f"it has {listed(self.promises) or 'none'}{did_you_mean(str(promise), self.promises)}"
                    )

    def promises_for(self, metric: str) -> tuple[str, ...]:
        """Return the names of all promises that `targets` can choose for a metric, empty for a stopwatch."""
        if isinstance(self.targets, DecisionTable):
            outputs = (output for output in self.targets.outputs if output.name == metric)
            return tuple(name for output in outputs for name in _members(self.targets, output))
        return (self.targets[metric],) if metric in self.targets else ()

    @property
    def stopwatch(self) -> Terms:
        """The terms of a metric without a promise: its time is counted, and nothing falls due."""
        return Terms("", None, self.calendar, self.calendar_name, agreement=self.name)

    def choose(self, facts: Mapping[str, Fact], applies: bool = True) -> tuple[Basis, ...]:
        """Return the terms of each metric under these facts; stopwatches if the agreement does not apply.

        Raises `NoDecisionError` if no rule of the table fits.
        """
        if not isinstance(facts, (FrozenMapping, Mapping)):
            raise DefinitionError(f"`facts` is `{facts}`; give a mapping of names to values")
        priority = str(facts["priority"]) if "priority" in facts else None
        if not applies or not isinstance(self.targets, DecisionTable):
            return self._promised(self.targets if applies else EMPTY, None, priority)
        decision = self.targets.decide(facts)
        if decision.rule is None:
            return self._promised(decision.value, None, priority)
        key = decision.rule.id, priority
        if key not in self._chosen:
            self._chosen[key] = self._promised(decision.value, decision.rule, priority)
        return self._chosen[key]

    def _promised(self, promises: object, rule: Rule | None, priority: str | None) -> tuple[Basis, ...]:
        assert isinstance(promises, Mapping), "a table that decides lists was refused"
        names = [promises.get(metric.name) for metric in self.metrics]
        terms = (self.stopwatch if name is None else self.terms[str(name)] for name in names)
        return tuple(Basis(chosen, rule, priority, chosen.amount) for chosen in terms)

    def direction(self, old: str | None, new: str | None) -> int:
        """Return 1 if the priority rises, -1 if it falls, 0 if it stays or is not one of the priorities."""
        if old == new or old not in self.priorities or new not in self.priorities:
            return 0
        return 1 if self.priorities.index(new) > self.priorities.index(old) else -1


def _members(table: DecisionTable, output: Domain) -> tuple[str, ...]:
    """Return the values that an output of a table may have; empty if they are not a closed list of names."""
    if not isinstance(output, (Choice, Scale)) or table.aggregate == "count":
        return ()
    return () if isinstance(output, Choice) and output.other else output.members


def _priorities_of(targets: DecisionTable | Mapping[str, str]) -> tuple[str, ...]:
    """Return the members of the table's input `priority`, if it is a scale."""
    if isinstance(targets, DecisionTable):
        for domain in targets.inputs:
            if domain.name == "priority" and isinstance(domain, Scale):
                return domain.members
    return ()
