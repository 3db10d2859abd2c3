"""The errors of supportcore: one family, each kind also the built-in that fits it.

Every message says what was given (in backticks), where, what is accepted, the nearest right name and how to mend
it (G-9).
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from attrs import frozen


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """The nearest of the `known` names as a half sentence to append to a message, or nothing; no text is near to none.

    >>> did_you_mean("critcal", ["minor", "major", "critical", "blocker"])
    '; did you mean `critical`?'
    >>> did_you_mean("xyz", ["minor", "major"])
    ''
    """
    near = nearest(word, known)
    return f"; did you mean `{near}`?" if near else ""


def nearest(word: object, known: Iterable[str]) -> str:
    """The nearest of the `known` names, or nothing; no text is near to none.

    >>> nearest("critcal", ["minor", "major", "critical", "blocker"])
    'critical'
    """
    if not isinstance(word, str):
        return ""
    names = {str(name).casefold(): str(name) for name in known}
    near = get_close_matches(word.casefold(), names, n=1)
    return names[near[0]] if near else ""


def listed(names: Iterable[object], most: int = 12) -> str:
    """Names in backticks for a message, cut after `most`.

    >>> listed(["low", "high"])
    '`low`, `high`'
    """
    every = [f"`{name}`" for name in names]
    shown = every[:most]
    more = len(every) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


@frozen
class Problem:
    """One thing that is wrong in what was read: where, what, and how to mend it.

    `path` leads into the data (`calendars.office.hours`), `line` is that of the source where the format gives it.

    >>> print(Problem("calendars.office.tz", "`Europe/Berln` is no zone; did you mean `Europe/Berlin`?", line=7))
    line 7, calendars.office.tz: `Europe/Berln` is no zone; did you mean `Europe/Berlin`?
    """

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        where = ", ".join(([f"line {self.line}"] if self.line is not None else []) + ([self.path] if self.path else []))
        return f"{where}: {self.message}" if where else self.message


class SupportcoreError(Exception):
    """Above all errors of this library: `except SupportcoreError` catches each of them."""

    def __str__(self) -> str:
        # the message as it is: a `KeyError` alone would show it quoted
        return str(self.args[0]) if self.args else ""


class NaiveDatetimeError(SupportcoreError, ValueError):
    """A datetime without a zone was given where an instant is needed (G-2)."""


class InstantRangeError(SupportcoreError, OverflowError):
    """An answer lies outside the years 1 to 9999 that a datetime can say."""


class ZoneError(SupportcoreError, LookupError):
    """A time zone that the zone database does not know."""


class DefinitionError(SupportcoreError, ValueError):
    """A value of the model (a domain, table, calendar, metric, ladder …) that cannot be built as given."""


class NeverOpenError(SupportcoreError, ArithmeticError):
    """A calendar has no opening hours within the horizon that was searched (CAL-10)."""


class NeverClosedError(SupportcoreError, ArithmeticError):
    """A calendar does not close within the horizon that was searched: the counterpart of `NeverOpenError`."""


class UnknownYearError(SupportcoreError, LookupError):
    """A year whose holidays the source of a calendar's holidays does not know (CAL-11)."""


class FactError(SupportcoreError, ValueError):
    """A fact outside its domain, of another type, or with a name that the vocabulary does not have (RUL-1)."""


class MissingFactError(SupportcoreError, KeyError):
    """A required fact is absent (G-11)."""


class NoDecisionError(SupportcoreError, LookupError):
    """No rule of a table fits and it has no default (RUL-4)."""


class RuleConflictError(SupportcoreError, ValueError):
    """Several rules of a table fit where only one may, or they disagree where they may not (RUL-3)."""


class HistoryError(SupportcoreError, ValueError):
    """A ticket's history that contradicts itself: a repeated id, two tickets in one, an unknown reference (G-6)."""


class UnknownNameError(SupportcoreError, KeyError):
    """A name that nothing here has; the nearest one stands in the message."""


class NotBuiltError(SupportcoreError, NotImplementedError):
    """A part of the model that this version does not have yet; nothing stands in for it."""


class MissingExtraError(SupportcoreError, ImportError):
    """An optional package is not installed; the message names the command that installs it."""


class ConceptError(SupportcoreError, ValueError):
    """Everything that is wrong with what was read, all at once (G-9).

    >>> try:
    ...     raise ConceptError([Problem("scales", "empty"), Problem("facts", "empty")])
    ... except ConceptError as error:
    ...     print(error)
    2 problems
      scales: empty
      facts: empty
    """

    problems: tuple[Problem, ...]
    source: str

    def __init__(self, problems: Iterable[Problem], source: str = "") -> None:
        self.problems = tuple(problems)
        self.source = source
        count = len(self.problems)
        head = f"{count} problem{'' if count == 1 else 's'}" + (f" in {source}" if source else "")
        super().__init__("\n  ".join([head, *map(str, self.problems)]))


class Problems:
    """Collect problems, each with its path into the data, so that a reader reports all of them at once (G-9).

    Used as a context, `at` records an error raised inside as a problem under its path and goes on after it.

    >>> problems = Problems()
    >>> with problems.at("calendars.office"):
    ...     raise DefinitionError("no hours")
    >>> problems.at("facts").add("impact", "has no members")
    >>> [str(problem) for problem in problems]
    ['calendars.office: no hours', 'facts.impact: has no members']
    >>> problems.raise_if_any("desk.toml")
    Traceback (most recent call last):
        ...
    supportcore.errors.ConceptError: 2 problems in desk.toml
      calendars.office: no hours
      facts.impact: has no members
    """

    def __init__(self, path: str = "", line: int | None = None, found: list[Problem] | None = None) -> None:
        self._path = path
        self._line = line
        self._found: list[Problem] = [] if found is None else found

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        """The number of problems collected so far, under every path."""
        return len(self._found)

    def at(self, path: str, line: int | None = None) -> "Problems":
        """Return the same collector for one part of the data, whose paths begin with `path`."""
        return Problems(joined_path(self._path, path), self._line if line is None else line, self._found)

    def add(self, path: str, message: str, line: int | None = None) -> None:
        """Record one problem; `path` is relative to the part that this collector is for."""
        self._found.append(Problem(joined_path(self._path, path), message, self._line if line is None else line))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Record problems that were found elsewhere, with their paths relative to this part."""
        for problem in problems:
            self.add(problem.path, problem.message, problem.line)

    def raise_if_any(self, source: str = "") -> None:
        """Raise a `ConceptError` with everything collected so far, if there is anything."""
        if self._found:
            raise ConceptError(self._found, source)

    def __enter__(self) -> "Problems":
        return self

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, ConceptError):
            self.extend(error.problems)
        elif isinstance(error, SupportcoreError):
            self.add("", str(error))
        return isinstance(error, SupportcoreError)


def joined_path(outer: str, inner: str) -> str:
    """Join two paths into the data with a point; an index follows without one.

    >>> joined_path("ladders.night", "steps"), joined_path("steps", "[0]"), joined_path("", "facts")
    ('ladders.night.steps', 'steps[0]', 'facts')
    """
    return f"{outer}{'' if not outer or not inner or inner.startswith('[') else '.'}{inner}"
