"""The conditions that start, stop and pause a clock, as `agent replied by owner or agent` or `waiting for customer`.

A condition on events names their kind and, after `by`, who caused them; `waiting for` names the reason of a pause. A
condition on a fact names the fact and, after `is`, the values at which it holds (SLA-2).
"""

import re
from collections.abc import Iterable

from attrs import frozen

from supportcore.domains import Domain, Subset
from supportcore.errors import ConceptError, DefinitionError, FactError, Problem, Problems, did_you_mean, listed
from supportcore.sla import Condition, On, While
from supportcore.tickets import CustomerReplied, Paused, Resumed, parse_kind

WAITING = "waiting for "
ANYBODY = "anybody"
BY = re.compile(r"(.+?) by (.+)")
OR = " or "


@frozen
class ConditionWords:
    """The words that conditions may use: the facts, and the waiting reasons, or `None` if any may be used."""

    facts: tuple[Domain, ...]
    reasons: tuple[str, ...] | None


def parse_reasons(text: str) -> tuple[str, ...]:
    """Parse the waiting reasons of a concept.

    >>> parse_reasons("customer | third party")
    ('customer', 'third party')
    """
    reasons = tuple(" ".join(reason.split()) for reason in text.split("|"))
    for reason in reasons:
        if not reason:
            raise DefinitionError(f"`{text}` has an empty reason; write the reasons as `customer | supplier`")
        if reason == ANYBODY or "," in reason or OR in f" {reason} ":
            raise DefinitionError(
                f"`{reason}` cannot be a waiting reason, because `{WAITING}…` reads it as another phrase; use another "
                "word"
            )
        if reasons.count(reason) > 1:
            raise DefinitionError(f"`{reason}` is declared twice; keep one of the two")
    return reasons


@frozen
class FactPhrase:
    """A phrase about a fact: the fact, and the words after its name."""

    fact: Domain
    rest: str


def split_fact(text: str, facts: Iterable[Domain]) -> FactPhrase | None:
    """Split a phrase after the longest name of a fact at its start; return `None` if it starts with no fact.

    >>> from supportcore.domains import Flag
    >>> split_fact("key customer is yes", [Flag("key"), Flag("key customer")]).rest
    'is yes'
    """
    named = [domain for domain in facts if text.startswith(f"{domain.name} ")]
    fact = max(named, key=lambda domain: len(domain.name), default=None)
    return None if fact is None else FactPhrase(fact, text.removeprefix(fact.name).strip())


def parse_conditions(texts: Iterable[str], known: ConditionWords, problems: Problems) -> list[Condition]:
    """Parse a list of conditions, any of which suffices; a text that is not a condition becomes a problem."""
    conditions: list[Condition] = []
    for text in texts:
        with problems:
            conditions.append(_parse_condition(" ".join(text.split()), known))
    return conditions


def parse_pauses(texts: Iterable[str], known: ConditionWords, problems: Problems) -> list[Condition]:
    """Parse the conditions that pause a clock; all reasons to wait become one condition, which comes first."""
    conditions: list[Condition] = []
    reasons: set[str] = set()
    for text in texts:
        words = " ".join(text.split())
        with problems:
            if words.startswith(WAITING):
                reasons |= _reasons(words, known)
            else:
                conditions.append(_parse_pause(words, known.facts))
    if ANYBODY in reasons:
        conditions.insert(0, On(Paused))
    elif reasons:
        conditions.insert(0, On(Paused, where={"reason": reasons}))
    return conditions


def resume_conditions(pauses: Iterable[Condition]) -> list[Condition]:
    """Return the conditions that end these pauses: a resume, and a customer's reply where the customer is awaited."""
    waiting = [pause for pause in pauses if isinstance(pause, On)]
    if not waiting:
        return []
    for_customer = any("customer" in pause.where.get("reason", {"customer"}) for pause in waiting)
    return [On(Resumed, CustomerReplied) if for_customer else On(Resumed)]


def _reasons(words: str, known: ConditionWords) -> set[str]:
    """Return the waiting reasons that a phrase names, or `anybody` alone; `or` and commas separate them."""
    rest = words.removeprefix(WAITING).replace(",", OR)
    named = {reason.strip() for reason in f" {rest} ".split(OR)}
    if named == {ANYBODY} or known.reasons is None:
        return named
    unknown = sorted(named.difference(known.reasons))
    if unknown:
        raise ConceptError([Problem("", _unknown_reason(words, reason, known.reasons)) for reason in unknown])
    return named


def _unknown_reason(words: str, reason: str, known: tuple[str, ...]) -> str:
    return (
        f"`{words}`: `{reason}` is not a waiting reason; expected {listed(known)}, several joined by `or`, or "
        f"`{ANYBODY}`{did_you_mean(reason, known)}; declare further reasons under `waiting`"
    )


def _parse_condition(words: str, known: ConditionWords) -> Condition:
    if words.startswith(WAITING):
        reasons = _reasons(words, known)
        return On(Paused) if ANYBODY in reasons else On(Paused, where={"reason": reasons})
    phrase = split_fact(words, known.facts)
    if phrase is not None and phrase.rest.startswith("is "):
        return _parse_fact_condition(words, phrase)
    found = BY.fullmatch(words)
    kind, who = (found[1], found[2].split(OR)) if found else (words, [])
    return On(parse_kind(kind), by=who or None)  # type: ignore[arg-type]  # `On` reports unknown roles itself


def _parse_pause(words: str, facts: Iterable[Domain]) -> Condition:
    phrase = split_fact(words, facts)
    if phrase is None:
        raise DefinitionError(
            f"`{words}` does not say what the ticket waits for; write `{WAITING}customer`, or a fact and its value, "
            "joined by `is`"
        )
    return _parse_fact_condition(words, phrase)


def _parse_fact_condition(words: str, phrase: FactPhrase) -> While:
    fact = phrase.fact
    if not phrase.rest.startswith("is "):
        raise DefinitionError(f"`{words}` does not say which value of `{fact.name}` counts; write `{fact.name} is …`")
    if isinstance(fact, Subset):
        raise DefinitionError(
            f"`{words}`: `{fact.name}` holds a set of words and never equals a single word; name another fact"
        )
    wanted = phrase.rest.removeprefix("is ").strip()
    try:
        values = [fact.parse(wanted)]
    except FactError:
        values = [fact.parse(word) for word in wanted.split(OR)]
    return While({fact.name: set(values)})
