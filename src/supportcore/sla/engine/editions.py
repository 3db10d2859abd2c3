"""Which edition of an agreement a ticket follows, and when it comes to follow another (G-12, SLA-9)."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from attrs import fields

from supportcore.errors import DefinitionError, listed
from supportcore.mappings import several
from supportcore.sla.agreement.agreements import Agreement
from supportcore.sla.agreement.metrics import Metric
from supportcore.sla.clock.causes import Cause
from supportcore.sla.engine.agreement_fold import Step
from supportcore.tickets import Attached, Event, History, Withdrawn
from supportcore.timelines import Edition, Editions

# What may be promised to a ticket: an agreement, or one that has had several editions.
Promised = Agreement | Editions[Agreement]


def every_promised(given: Iterable[Promised] | Promised) -> tuple[Promised, ...]:
    """What is promised, one or several; `DefinitionError` for what is no agreement, and for two of one name."""
    every = several(given)
    for one in every:
        if not isinstance(one, (Agreement, Editions)):
            raise DefinitionError(f"`{one}` is no agreement; `Agreement(…)` or `Editions` of agreements are accepted")
    names = [agreement.name for agreement in every]
    if len(names) > 1 and len(set(names)) < len(names):
        raise DefinitionError(f"each agreement needs a name of its own; given are {listed(names)}")
    return every


class Followed(NamedTuple):
    """What a ticket follows: the edition it begins with, its steps with the others, and when later ones begin."""

    agreement: Agreement
    steps: Sequence[Step]
    coming: tuple[int, ...] = ()


def followed(editions: Editions[Agreement], history: History, steps: Sequence[Step], now: int) -> Followed:
    """The edition that a ticket begins with, and its steps with the editions that it comes to follow (G-12).

    Until an agreement is attached nothing is promised, and its stopwatches run on the hours of the edition in force
    at the opening, or of the first. Raises `NoDecisionError` where none is in force that the ticket should follow,
    and `DefinitionError` for editions of which one cannot follow the other.
    """
    _check(editions)
    opening = history.opening
    if opening is None:
        return Followed(_in_force_or_first(editions, now).value, steps)
    if editions.pin == "opening":
        return Followed(editions.edition_at(opening.instant).value, steps)
    waits = editions.editions[0].value.on_attachment
    begins = _in_force_or_first(editions, opening.instant) if waits else editions.edition_at(opening.instant)
    if editions.pin == "attachment":
        return Followed(begins.value, tuple(_with_attachments(editions, steps)))
    for step in steps:
        if waits and isinstance(step, Attached) and step.agreement == editions.name:
            editions.edition_at(step.instant)
    coming = tuple(edition.start for edition in editions.editions if edition.start > now)
    return Followed(begins.value, _with_the_latest(editions, opening.instant, steps, now), coming)


def _in_force_or_first(editions: Editions[Agreement], instant: int) -> Edition[Agreement]:
    first = editions.editions[0]
    return first if instant < first.start else editions.edition_at(instant)


def _with_the_latest(editions: Editions[Agreement], opening: int, steps: Sequence[Step], now: int) -> Sequence[Step]:
    """An edition holds from its first instant on: it comes before what happens then (G-4)."""
    made = list(steps)
    for edition in editions.editions:
        if opening < edition.start <= now:
            place = bisect_left(made, edition.start, key=_instant_of)
            made.insert(place, (edition.start, edition.value, Cause("edition", name=edition.since)))
    return made


def _with_attachments(editions: Editions[Agreement], steps: Sequence[Step]) -> Iterator[Step]:
    """The edition in force at the attachment that stands; the attachment itself is what changes the terms."""
    standing: list[tuple[str, Edition[Agreement]]] = []
    for step in steps:
        if isinstance(step, Attached) and step.agreement == editions.name:
            standing.append((step.id, editions.edition_at(step.instant)))
            if len(standing) == 1:
                yield step.instant, standing[0][1].value, None
        elif isinstance(step, Withdrawn):
            left = [(event, edition) for event, edition in standing if event != step.event]
            if left and left[0] != standing[0]:
                yield step.instant, left[0][1].value, Cause("changed", step.id)
            standing = left
        yield step


def _instant_of(step: Step) -> int:
    return step.instant if isinstance(step, Event) else step[0]


def _check(editions: Editions[Agreement]) -> None:
    """A ticket that may come to follow another edition needs the same clocks in all of them."""
    for edition in editions.editions:
        if not isinstance(edition.value, Agreement):
            raise DefinitionError(
                f"the edition of `{editions.name}` from `{edition.since}` on is no agreement; "
                "give agreements, for example made of it with `map`"
            )
    if editions.pin == "opening":
        return
    first, *others = editions.editions
    if editions.pin == "attachment" and not first.value.on_attachment:
        raise DefinitionError(
            f"`{editions.name}` follows the edition of its attachment, but that from `{first.since}` on applies "
            "without one; give it `on_attachment=True`, or pin it at `opening`"
        )
    for other in others:
        differs = next(_differences(first.value, other.value), None)
        if differs is not None:
            raise DefinitionError(
                f"the editions of `{editions.name}` from `{first.since}` and from `{other.since}` on differ in "
                f"{differs}, so that a running clock cannot go on from one to the other; "
                "make them alike in that, or pin them at `opening`"
            )


def _differences(one: Agreement, other: Agreement) -> Iterator[str]:
    if one.on_attachment != other.on_attachment:
        yield "`on_attachment`"
    if one.inside != other.inside:
        yield "`inside`"
    if one.metrics == other.metrics:
        return
    names, others = ([metric.name for metric in each.metrics] for each in (one, other))
    if names != others:
        yield f"their metrics ({', '.join(names)}; {', '.join(others)})"
    for metric, its_like in zip(one.metrics, other.metrics, strict=False):
        for part in fields(Metric):
            if part.eq and getattr(metric, part.name) != getattr(its_like, part.name):
                yield f"`{part.name}` of metric `{metric.name}`"
