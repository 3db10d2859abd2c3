"""How many cases slow twins were asked: each is one question that the engine and its twin have both answered."""

from collections import Counter

CASES: Counter[str] = Counter()


def same(operation: str, ours: object, twins: object) -> None:
    """One case: the engine's answer is the twin's; `AssertionError` shows both where they differ."""
    CASES[operation] += 1
    if ours != twins:
        raise AssertionError(f"`{operation}`: the engine says {ours!r}, its slow twin {twins!r}")
