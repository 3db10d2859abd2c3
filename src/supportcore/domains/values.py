"""The plain values that facts are made of, and how messages speak of them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

__all__ = ["Value", "kind_of", "shown", "with_article"]

Value = str | bool | int | Decimal | date | frozenset[str]

KINDS: tuple[tuple[type, str], ...] = (
    (bool, "yes or no"),
    (int, "a whole number"),
    (str, "a text"),
    (Decimal, "a decimal"),
    (float, "a binary number with a point"),
    (datetime, "an instant"),
    (date, "a day"),
    (time, "a time of day"),
    (timedelta, "a duration"),
    (type(None), "nothing"),
)


def kind_of(value: object) -> str:
    """What a value is, in the words of messages.

    >>> kind_of(True), kind_of(3), kind_of(None), kind_of([])
    ('yes or no', 'a whole number', 'nothing', 'a value of another kind')
    """
    if isinstance(value, (frozenset, set)):
        return "a set"
    return next((words for kind, words in KINDS if isinstance(value, kind)), "a value of another kind")


def shown(value: object) -> str:
    """A value as messages show it.

    >>> shown(True), shown(frozenset({"b", "a"})), shown(None)
    ('yes', 'a, b', 'nothing')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (frozenset, set)):
        return ", ".join(sorted(map(str, value))) or "the empty set"
    return "nothing" if value is None else str(value)


def with_article(word: str) -> str:
    """A noun with its article.

    >>> with_article("integer"), with_article("choice")
    ('an integer', 'a choice')
    """
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
