"""What is promised: targets on calendars, chosen by a table, for the metrics of an agreement (SLA-5, SLA-11)."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from supportcore.calendars import Calendar
from supportcore.domains import Choice, Domain, Scale
from supportcore.errors import DefinitionError, did_you_mean, listed
from supportcore.mappings import EMPTY, FrozenMapping, several
from supportcore.rules import DecisionTable, Rule
from supportcore.rules.decisions import LISTS
from supportcore.sla.agreement.dispatch import Dispatch, dispatch_of
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.agreement.policies import ChangePolicy
from supportcore.sla.agreement.targets import Target, check_calendar, check_hours
from supportcore.sla.agreement.terms import Chosen, Terms
from supportcore.tickets import Fact


def _metrics(given: Iterable[Metric] | Metric) -> tuple[Metric, ...]:
    every = several(given)
    for one in every:
        if not isinstance(one, Metric):
            raise DefinitionError(f"`{one}` is no metric; `reaction()`, `resolution()` and `Metric(…)` are some")
    return every


def _promises(given: Mapping[str, Target]) -> FrozenMapping[str, Target]:
    if not isinstance(given, Mapping):
        raise DefinitionError(f"`promises` is `{given}`; a mapping of names to targets is accepted")
    for name, target in given.items():
        if not name or not isinstance(name, str):
            raise DefinitionError(f"`{name}` is no name of a promise; a text is accepted")
        if not isinstance(target, Target):
            raise DefinitionError(
                f"promise `{name}` is `{target}`; a target such as `Target(timedelta(hours=4))` is accepted"
            )
    return FrozenMapping(given)


def _targets(given: DecisionTable | Mapping[str, str]) -> DecisionTable | Mapping[str, str]:
    """A mapping is copied, so that nothing changes an agreement from outside (G-1)."""
    return FrozenMapping(given) if isinstance(given, Mapping) else given


def _words(given: Iterable[str]) -> tuple[str, ...]:
    words = several(given)
    if isinstance(given, str) or not all(isinstance(word, str) for word in words) or len(set(words)) < len(words):
        raise DefinitionError(f"`priorities` is `{given}`; a list of names from low to high, each once, is accepted")
    return words


@frozen
class Agreement:
    """What is agreed for a ticket: metrics, promises for them, the table that chooses among these (SLA-5, SLA-11).

    `targets` decides from the facts: each of its outputs is named like a metric, and no other, and gives the name of a
    promise in `promises`. A plain mapping from metric to promise stands for a table that always decides the same. A
    metric that it does not name is a stopwatch on `calendar`. `priorities` are the priorities from low to high, by
    default the members of the table's input `priority`; they give a change its direction (SLA-9). With `on_attachment`
    the agreement applies from an `Attached` event on, otherwise from the opening. `hours` is how people call the
    calendar. `inside` makes it an operational agreement: it names the customer's, inside whose clocks its own of the
    same names must fit (SLA-11). Raises `DefinitionError` for a table that answers with a list, for what is no metric,
    or with no promise.

    >>> from datetime import timedelta
    >>> from supportcore.calendars import always_open
    >>> from supportcore.sla import reaction
    >>> gold = Agreement("gold", always_open("UTC"), [reaction()], targets={"reaction": "1 h"},
    ...                  promises={"1 h": Target(timedelta(hours=1))})
    >>> gold.choose({})[0].terms.promise
    '1 h'
    """

    name: str
    calendar: Calendar
    metrics: tuple[Metric, ...] = field(converter=_metrics)
    targets: DecisionTable | Mapping[str, str] = field(default=EMPTY, converter=_targets, kw_only=True)
    promises: FrozenMapping[str, Target] = field(default=EMPTY, converter=_promises, kw_only=True)
    change: ChangePolicy = field(default=ChangePolicy(), kw_only=True)
    priorities: tuple[str, ...] = field(default=(), converter=_words, kw_only=True)
    on_attachment: bool = field(default=False, kw_only=True)
    hours: str = field(default="", kw_only=True)
    inside: str = field(default="", kw_only=True)
    terms: FrozenMapping[str, Terms] = field(init=False, eq=False, repr=False)
    _known: dict[tuple[str, str | None], tuple[Chosen, ...]] = field(init=False, eq=False, repr=False, factory=dict)
    dispatch: Dispatch = field(init=False, eq=False, repr=False)
    # The places of the metrics with conditions over facts, and how many each has.
    watched: tuple[tuple[int, int], ...] = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        if not self.name or not isinstance(self.name, str):
            raise DefinitionError(f"an agreement needs a name, which is a text; given is `{self.name}`")
        check_calendar(self.calendar, f"agreement `{self.name}`")
        check_hours(self.hours, f"agreement `{self.name}`")
        if not isinstance(self.on_attachment, bool):
            raise DefinitionError(
                f"`on_attachment` of agreement `{self.name}` is `{self.on_attachment}`; yes or no is accepted"
            )
        if self.inside == self.name or not isinstance(self.inside, str):
            raise DefinitionError(
                f"`inside` of agreement `{self.name}` is `{self.inside}`; the name of another agreement is accepted"
            )
        if not isinstance(self.change, ChangePolicy):
            raise DefinitionError(
                f"`change` of agreement `{self.name}` is `{self.change}`; `ChangePolicy(…)` is accepted"
            )
        if not isinstance(self.targets, (DecisionTable, Mapping)):
            raise DefinitionError(
                f"`targets` of agreement `{self.name}` is `{self.targets}`; a table, or a mapping of metrics to names "
                "of promises, is accepted"
            )
        names = [metric.name for metric in self.metrics]
        if not names or len(set(names)) < len(names):
            raise DefinitionError(
                f"agreement `{self.name}` needs metrics, each with a name of its own; "
                f"given are {listed(names) or 'none'}"
            )
        self._check_outputs(names)
        if not self.priorities:
            object.__setattr__(self, "priorities", _priorities_of(self.targets))
        terms = {
            name: Terms.of(name, target, self.calendar, self.hours, self.name) for name, target in self.promises.items()
        }
        object.__setattr__(self, "terms", FrozenMapping(terms))
        watched = [(place, len(metric.whiles)) for place, metric in enumerate(self.metrics) if metric.whiles]
        object.__setattr__(self, "watched", tuple(watched))
        object.__setattr__(self, "dispatch", dispatch_of([metric.meanings for metric in self.metrics], bool(watched)))

    def _check_outputs(self, names: list[str]) -> None:
        """What is promised must be for metrics of the agreement, and one of its promises."""
        targets = self.targets
        if isinstance(targets, DecisionTable):
            if targets.hit in LISTS and targets.aggregate is None:
                raise DefinitionError(
                    f"the targets of agreement `{self.name}` answer with a list; "
                    "give the table a hit policy with one answer, such as `first` or `unique`"
                )
            may_be = {one.name: _names_in(targets, one) for one in targets.outputs}
        else:
            may_be = {metric: (promise,) for metric, promise in targets.items()}
        for metric, promises in may_be.items():
            if metric not in names:
                raise DefinitionError(
                    f"agreement `{self.name}` promises something for `{metric}`, which is none of its metrics "
                    f"({listed(names)}){did_you_mean(metric, names) or '; name one of them, or take it out'}"
                )
            if not promises:
                raise DefinitionError(
                    f"the targets of agreement `{self.name}` promise for `{metric}` what is no name; "
                    "give the table a choice among the names of its promises there"
                )
            for promise in promises:
                if promise not in list(self.promises):
                    raise DefinitionError(
                        f"agreement `{self.name}` may promise `{promise}` for `{metric}`, but has no such promise; "
                        f"it has {listed(self.promises) or 'none'}{did_you_mean(str(promise), self.promises)}"
                    )

    def promises_for(self, metric: str) -> tuple[str, ...]:
        """The names of the promises that there may be for a metric; none for a stopwatch."""
        if isinstance(self.targets, DecisionTable):
            every = (one for one in self.targets.outputs if one.name == metric)
            return tuple(name for one in every for name in _names_in(self.targets, one))
        return (self.targets[metric],) if metric in self.targets else ()

    @property
    def stopwatch(self) -> Terms:
        """The terms of a metric without a promise: time is counted on the agreement's calendar, and nothing is due."""
        return Terms("", None, self.calendar, self.hours, agreement=self.name)

    def choose(self, facts: Mapping[str, Fact], applies: bool = True) -> tuple[Chosen, ...]:
        """The terms of each metric under these facts: stopwatches while the agreement does not apply.

        Raises `NoDecisionError` where the table decides nothing for them.
        """
        rule: Rule | None = None
        outputs: object = EMPTY
        if applies and isinstance(self.targets, DecisionTable):
            decided = self.targets.decide(facts)
            outputs, rule = decided.value, decided.rule
        else:
            given: object = facts
            if not isinstance(given, Mapping):
                raise DefinitionError(f"`facts` is `{given}`; a mapping of names to values is accepted")
            if applies:
                outputs = self.targets
        try:
            priority = str(facts["priority"])
        except KeyError:
            priority = None
        if rule is None:
            return self._chosen(outputs, None, priority)
        # what a rule promises for a priority is the same each time: it is put together once
        key = (rule.id, priority)
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._chosen(outputs, rule, priority)
        return known

    def _chosen(self, outputs: object, rule: Rule | None, priority: str | None) -> tuple[Chosen, ...]:
        assert isinstance(outputs, Mapping), "a table that answers with a list was refused"
        return tuple(Chosen(self._promised(outputs.get(metric.name)), rule, priority) for metric in self.metrics)

    def _promised(self, promise: object) -> Terms:
        return self.stopwatch if promise is None else self.terms[str(promise)]

    def direction(self, old: str | None, new: str | None) -> int:
        """1 where the priority rises, -1 where it falls, 0 where it stays or has no place on the scale."""
        if old == new or old not in self.priorities or new not in self.priorities:
            return 0
        return 1 if self.priorities.index(new) > self.priorities.index(old) else -1


def _names_in(table: DecisionTable, output: Domain) -> tuple[str, ...]:
    """The names that an output of a table may give; none where it may give anything else, or a number."""
    if not isinstance(output, (Choice, Scale)) or table.aggregate == "count":
        return ()
    return () if isinstance(output, Choice) and output.other else output.members


def _priorities_of(targets: DecisionTable | Mapping[str, str]) -> tuple[str, ...]:
    """The members of the table's input `priority`, where it is a scale."""
    if isinstance(targets, DecisionTable):
        for domain in targets.inputs:
            if domain.name == "priority" and isinstance(domain, Scale):
                return domain.members
    return ()
