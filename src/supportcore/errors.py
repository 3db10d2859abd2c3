"""The errors of supportcore: one family, each also a subclass of the built-in error that fits it.

Every message names what was given (in backticks), where, what is expected, the nearest right name and the remedy (G-9).
"""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from attrs import define, field, frozen

LONGEST_NAME = 200  # a longer word is no misspelt name


def did_you_mean(word: object, known: Iterable[str]) -> str:
    """Return the nearest of the `known` names as a clause to append to a message, or an empty text if none is near.

    >>> did_you_mean("critcal", ["minor", "major", "critical", "blocker"])
    '; did you mean `critical`?'
    >>> did_you_mean("xyz", ["minor", "major"])
    ''
    """
    near = nearest(word, known)
    return f"; did you mean `{near}`?" if near else ""


def nearest(word: object, known: Iterable[str]) -> str:
    """Return the nearest of the `known` names, or an empty text if no name is near or `word` is not a text.

    >>> nearest("critcal", ["minor", "major", "critical", "blocker"])
    'critical'
    """
    if not isinstance(word, str) or len(word) > LONGEST_NAME:
        return ""
    names = {str(name).casefold(): str(name) for name in known}
    near = get_close_matches(word.casefold(), names, n=1)
    return names[near[0]] if near else ""


def listed(names: Iterable[object], most: int = 12) -> str:
    """Return names in backticks for a message, cut after `most`.

    >>> listed(["low", "high"])
    '`low`, `high`'
    """
    quoted = [f"`{name}`" for name in names]
    shown = quoted[:most]
    more = len(quoted) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def shortened(text: str, most: int = 40) -> str:
    """Return a text on one line, cut after `most` letters.

    >>> shortened("Operations\\nof Sample Hosting", 20)
    'Operations of Sample…'
    """
    words = " ".join(text.split())
    return words if len(words) <= most else f"{words[:most].rstrip()}…"


def counted(count: int, noun: str, plural: str = "") -> str:
    """Return a number with its noun, in the plural unless the number is 1.

    >>> counted(1, "row"), counted(2, "row"), counted(0, "policy", "policies")
    ('1 row', '2 rows', '0 policies')
    """
    return f"{count} {noun if count == 1 else plural or noun + 's'}"


@frozen
class Problem:
    """A mistake in a document: where it is, what is wrong, and how to correct it.

    `path` leads into the data (`calendars.office.hours`); `line` is the line of the source, if the format gives lines.

    >>> print(Problem("calendars.office.tz", "`Europe/Berln` is not a zone; did you mean `Europe/Berlin`?", line=7))
    line 7, calendars.office.tz: `Europe/Berln` is not a zone; did you mean `Europe/Berlin`?
    """

    path: str
    message: str
    line: int | None = None

    def __str__(self) -> str:
        where = ", ".join(([f"line {self.line}"] if self.line is not None else []) + ([self.path] if self.path else []))
        return f"{where}: {self.message}" if where else self.message


class SupportcoreError(Exception):
    """The base of all errors of this library."""

    def __str__(self) -> str:
        # A `KeyError` would quote the message.
        return str(self.args[0]) if self.args else ""


class NaiveDatetimeError(SupportcoreError, ValueError):
    """A datetime without a time zone where an instant is needed (G-2)."""


class InstantRangeError(SupportcoreError, OverflowError):
    """An instant or duration beyond the years 1 to 9999 of a datetime."""


class ZoneError(SupportcoreError, LookupError):
    """A time zone that is not in the zone database."""


class DefinitionError(SupportcoreError, ValueError):
    """An invalid argument of a model value: a domain, table, calendar, metric, ladder …"""


class NeverOpenError(SupportcoreError, ArithmeticError):
    """A calendar without opening hours within the horizon of the search (CAL-10)."""


class NeverClosedError(SupportcoreError, ArithmeticError):
    """A calendar that does not close within the horizon of the search; the counterpart of `NeverOpenError`."""


class UnknownYearError(SupportcoreError, LookupError):
    """A year for which a calendar's source has no holidays (CAL-11)."""


class FactError(SupportcoreError, ValueError):
    """A fact outside its domain, of another type, or with a name that is not in the vocabulary (RUL-1)."""


class MissingFactError(SupportcoreError, KeyError):
    """A required fact that is absent (G-11)."""


class NoDecisionError(SupportcoreError, LookupError):
    """No rule of a table fits, and the table has no default (RUL-4)."""


class RuleConflictError(SupportcoreError, ValueError):
    """Several rules of a table fit, although its hit policy allows one, or one outcome (RUL-3)."""


class HistoryError(SupportcoreError, ValueError):
    """A ticket's history that contradicts itself: a repeated id, two tickets, an unknown reference (G-6)."""


class UnknownNameError(SupportcoreError, KeyError):
    """An unknown name; the message proposes the nearest known one."""


class NotBuiltError(SupportcoreError, NotImplementedError):
    """A part of the model that this version does not have yet."""


class MissingExtraError(SupportcoreError, ImportError):
    """A missing optional package; the message names the command that installs it."""


class FileError(SupportcoreError, OSError):
    """A file that cannot be written, with its `errno`, `strerror` and `filename`.

    >>> print(FileError(28, "No space left on device", "out.csv"))
    `out.csv` cannot be written: No space left on device; free the place, or name another file
    """

    def __str__(self) -> str:
        return f"`{self.filename}` cannot be written: {self.strerror}; free the place, or name another file"


class ConceptError(SupportcoreError, ValueError):
    """All problems of a document at once (G-9).

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
        head = counted(len(self.problems), "problem") + (f" in {source}" if source else "")
        super().__init__("\n  ".join([head, *map(str, self.problems)]))

    def __reduce__(self) -> tuple[object, ...]:
        # An exception is rebuilt from its `args` by default: from the message, not from the problems.
        return type(self), (self.problems, self.source), vars(self)


@define(eq=False)
class Problems:
    """Collect problems, each with its path into the data, so that a reader reports all of them at once (G-9).

    As a context manager, it records an error raised inside as a problem under its path, and execution goes on.

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

    _path: str = ""
    _line: int | None = None
    _found: list[Problem] = field(factory=list)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        """Return the number of problems collected so far, under all paths."""
        return len(self._found)

    def at(self, path: str, line: int | None = None) -> "Problems":
        """Return this collector for the part of the data under `path`."""
        return Problems(joined_path(self._path, path), line if line is not None else self._line, self._found)

    def add(self, path: str, message: str, line: int | None = None) -> None:
        """Record a problem; `path` is relative to this part of the data."""
        self._found.append(Problem(joined_path(self._path, path), message, line if line is not None else self._line))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Record problems found elsewhere; their paths are relative to this part of the data."""
        for problem in problems:
            self.add(problem.path, problem.message, problem.line)

    def raise_if_any(self, source: str = "") -> None:
        """Raise a `ConceptError` with all problems collected so far, if there are any."""
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
    """Join two paths into the data with a point; an index follows directly.

    >>> joined_path("ladders.night", "steps"), joined_path("steps", "[0]"), joined_path("", "facts")
    ('ladders.night.steps', 'steps[0]', 'facts')
    """
    return f"{outer}{'' if not outer or not inner or inner.startswith('[') else '.'}{inner}"
