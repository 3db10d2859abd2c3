"""The plain values of facts, and how error messages show them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Value = str | bool | int | Decimal | date | time | frozenset[str]

MOST_LETTERS = 200
MOST_BITS = 600

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
    """Return the kind of a value in the words of error messages.

    >>> kind_of(True), kind_of(3), kind_of(None), kind_of([])
    ('yes or no', 'a whole number', 'nothing', 'a value of another kind')
    """
    if isinstance(value, (frozenset, set)):
        return "a set"
    return next((words for kind, words in KINDS if isinstance(value, kind)), "a value of another kind")


def shown(value: object) -> str:
    """Return a value as error messages show it, cut if it is long.

    >>> shown(True), shown(frozenset({"b", "a"})), shown(None)
    ('yes', 'a, b', 'nothing')
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int) and value.bit_length() > MOST_BITS:
        return "a number of very many digits"
    try:
        if isinstance(value, (frozenset, set)):
            return ", ".join(sorted(map(str, value))) or "the empty set"
        text = "nothing" if value is None else str(value)
    except (RecursionError, ValueError):  # Python shows no value nested too deeply, and no number of too many digits
        return "a value too large to show"
    return text if len(text) <= MOST_LETTERS else f"{text[:MOST_LETTERS]}…"


def with_article(word: str) -> str:
    """Return a noun with its article.

    >>> with_article("integer"), with_article("choice")
    ('an integer', 'a choice')
    """
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"
