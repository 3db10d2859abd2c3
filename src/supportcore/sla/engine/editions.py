"""Which edition of an agreement a ticket follows, and when it changes to another (G-12, SLA-9)."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from attrs import define, fields

from supportcore.errors import DefinitionError
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.agreement.promised import Promised
from supportcore.sla.causes import Cause
from supportcore.sla.engine.agreement_run import NewEdition, Step
from supportcore.tickets import Attached, History, Withdrawn
from supportcore.timelines import Edition, Editions


@define
class Pinned:
    """The edition that a ticket begins with, and its steps with the later editions.

    `coming` are the instants, in microseconds, from which later editions hold.
    """

    agreement: Agreement
    steps: Sequence[Step]
    coming: tuple[int, ...] = ()


def pinned(promised: Promised, history: History, steps: Sequence[Step], now: int) -> Pinned:
    """Return the edition that a ticket begins with, and its steps with the editions that it changes to (G-12).

    Until an agreement is attached nothing is promised, and its stopwatches run on the hours of the edition in force
    at the opening, or of the first. Raises `NoDecisionError` if no edition is in force that the ticket should follow,
    and `DefinitionError` for editions that a running clock cannot change between.
    """
    if isinstance(promised, Agreement):
        return Pinned(promised, steps)
    editions = promised
    _check(editions)
    opening = history.opening
    if opening is None:
        return Pinned(_in_force_or_first(editions, now).value, steps)
    if editions.pin == "opening":
        return Pinned(editions.edition_at(opening.instant).value, steps)
    waits = editions.editions[0].value.on_attachment
    first = _in_force_or_first(editions, opening.instant) if waits else editions.edition_at(opening.instant)
    if editions.pin == "attachment":
        return Pinned(first.value, tuple(_with_attached(editions, steps)))
    for step in steps:
        if waits and isinstance(step, Attached) and step.agreement == editions.name:
            editions.edition_at(step.instant)
    coming = tuple(edition.start for edition in editions.editions if edition.start > now)
    return Pinned(first.value, _with_latest(editions, opening.instant, steps, now), coming)


def _in_force_or_first(editions: Editions[Agreement], instant: int) -> Edition[Agreement]:
    first = editions.editions[0]
    return first if instant < first.start else editions.edition_at(instant)


def _with_latest(editions: Editions[Agreement], opening: int, steps: Sequence[Step], now: int) -> Sequence[Step]:
    """Return the steps with the later editions; an edition precedes the events of its first instant (G-4)."""
    made = list(steps)
    for edition in editions.editions:
        if opening < edition.start <= now:
            place = bisect_left(made, edition.start, key=attrgetter("instant"))
            made.insert(place, NewEdition(edition.start, edition.value, Cause("edition", name=edition.since)))
    return made


def _with_attached(editions: Editions[Agreement], steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps with the edition at the first attachment in force; the attachment itself changes the terms."""
    attached: list[tuple[str, Edition[Agreement]]] = []
    for step in steps:
        if isinstance(step, Attached) and step.agreement == editions.name:
            attached.append((step.id, editions.edition_at(step.instant)))
            if len(attached) == 1:
                yield NewEdition(step.instant, attached[0][1].value, None)
        elif isinstance(step, Withdrawn):
            left = [(event, edition) for event, edition in attached if event != step.event]
            if left and left[0] != attached[0]:
                yield NewEdition(step.instant, left[0][1].value, Cause("changed", step.id))
            attached = left
        yield step


def _check(editions: Editions[Agreement]) -> None:
    """Raise `DefinitionError` if editions between which a ticket may change have different clocks."""
    for edition in editions.editions:
        if not isinstance(edition.value, Agreement):
            raise DefinitionError(
                f"the edition of `{editions.name}` from `{edition.since}` on is not an agreement; "
                "give agreements, for example made of it with `map`"
            )
    if editions.pin == "opening":
        return
    first, *others = editions.editions
    if editions.pin == "attachment" and not first.value.on_attachment:
        raise DefinitionError(
            f"`{editions.name}` follows the edition of its attachment, but the edition from `{first.since}` on applies "
            "without an attachment; give it `on_attachment=True`, or pin it at `opening`"
        )
    for other in others:
        differs = next(_differences(first.value, other.value), None)
        if differs is not None:
            raise DefinitionError(
                f"the editions of `{editions.name}` from `{first.since}` and from `{other.since}` on differ in "
                f"{differs}, so that a running clock cannot change between them; "
                "make them equal in it, or pin them at `opening`"
            )


def _differences(agreement: Agreement, other: Agreement) -> Iterator[str]:
    if agreement.on_attachment != other.on_attachment:
        yield "`on_attachment`"
    if agreement.inside != other.inside:
        yield "`inside`"
    if agreement.metrics == other.metrics:
        return
    names, other_names = ([metric.name for metric in metrics] for metrics in (agreement.metrics, other.metrics))
    if names != other_names:
        yield f"their metrics ({', '.join(names)}; {', '.join(other_names)})"
    for metric, counterpart in zip(agreement.metrics, other.metrics, strict=False):
        for part in fields(Metric):
            if part.eq and getattr(metric, part.name) != getattr(counterpart, part.name):
                yield f"`{part.name}` of metric `{metric.name}`"
