"""What starts, stops and pauses a clock, in words: `agent replied by owner or agent`, `waiting for customer` (SLA-2).

Words about events name their kind and, behind `by`, who did it; `waiting for` says why a ticket pauses. Words about
facts name the fact and, behind `is`, the values that count.
"""

import re
from collections.abc import Iterable

from supportcore.concept.file.problems import Reading
from supportcore.domains import Domain, Subset
from supportcore.errors import DefinitionError, FactError
from supportcore.sla import Condition, On, While
from supportcore.tickets import CustomerReplied, Paused, Resumed, parse_kind

WAITING = "waiting for "
ANYBODY = "anybody"
BY = re.compile(r"(.+?) by (.+)")
OR = re.compile(r"\s+or\s+")


def fact_in(text: str, facts: Iterable[Domain]) -> tuple[Domain, str] | None:
    """The fact that a text begins with, the longest of several, and the words behind it; none where there is none.

    >>> from supportcore.domains import Flag
    >>> fact_in("key customer is yes", [Flag("key"), Flag("key customer")])[1]
    'is yes'
    """
    named = [one for one in facts if text.startswith(f"{one.name} ")]
    domain = max(named, key=lambda one: len(one.name), default=None)
    return None if domain is None else (domain, text.removeprefix(domain.name).strip())


def conditions_read(texts: Iterable[str], facts: Iterable[Domain], path: str, reading: Reading) -> list[Condition]:
    """The conditions of which any will do; what is none is noted under the path with its place in the list."""
    known = list(facts)
    made: list[Condition] = []
    for text in texts:
        with reading.part(path):
            made.append(_condition(" ".join(text.split()), known))
    return made


def pauses_read(texts: Iterable[str], facts: Iterable[Domain], path: str, reading: Reading) -> list[Condition]:
    """What a clock is paused by: reasons to wait, as one condition, and facts that hold."""
    known = list(facts)
    made: list[Condition] = []
    reasons: set[str] = set()
    for text in texts:
        words = " ".join(text.split())
        with reading.part(path):
            if words.startswith(WAITING):
                reasons.add(_reason(words))
            else:
                made.append(_pause(words, known))
    if ANYBODY in reasons:
        made.insert(0, On(Paused))
    elif reasons:
        made.insert(0, On(Paused, where={"reason": reasons}))
    return made


def resuming(pauses: Iterable[Condition]) -> list[Condition]:
    """What ends these pauses: that work goes on, and for those that wait for the customer his reply too."""
    waiting = [one for one in pauses if isinstance(one, On)]
    if not waiting:
        return []
    for_customer = any("customer" in one.where.get("reason", {"customer"}) for one in waiting)
    return [On(Resumed, CustomerReplied) if for_customer else On(Resumed)]


def _reason(words: str) -> str:
    return words.removeprefix(WAITING).strip()


def _condition(words: str, facts: list[Domain]) -> Condition:
    if words.startswith(WAITING):
        reason = _reason(words)
        return On(Paused) if reason == ANYBODY else On(Paused, where={"reason": reason})
    fact = fact_in(words, facts)
    if fact is not None and fact[1].startswith("is "):
        return _while(words, *fact)
    found = BY.fullmatch(words)
    kind, who = (found[1], OR.split(found[2])) if found else (words, [])
    return On(parse_kind(kind), by=who or None)  # type: ignore[arg-type]  # `On` words the error for an unknown role


def _pause(words: str, facts: list[Domain]) -> Condition:
    fact = fact_in(words, facts)
    if fact is None:
        raise DefinitionError(
            f"`{words}` says not for what; write it as `{WAITING}customer`, or as a fact and its value, with `is` "
            "between them"
        )
    return _while(words, *fact)


def _while(words: str, fact: Domain, rest: str) -> While:
    if not rest.startswith("is "):
        raise DefinitionError(f"`{words}` says not what `{fact.name}` is; write it as `{fact.name} is …`")
    if isinstance(fact, Subset):
        raise DefinitionError(f"`{words}`: `{fact.name}` is a set of words, which is never one word; name another fact")
    wanted = rest.removeprefix("is ").strip()
    try:
        values = [fact.parse(wanted)]
    except FactError:
        values = [fact.parse(one) for one in OR.split(wanted)]
    return While({fact.name: set(values)})
