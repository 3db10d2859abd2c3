"""Gathering every problem of a file while its parts are built, so that a reader is told all of them at once (G-9)."""

from attrs import frozen

from supportcore.errors import ConceptError, Problem, SupportcoreError


class Reading:
    """The problems found so far, and which sections could not be read, so that a reference to one is no further fault.

    >>> reading = Reading()
    >>> with reading.part("calendars.office"):
    ...     raise SupportcoreError("no hours")
    >>> [str(problem) for problem in reading.problems]
    ['calendars.office: no hours']
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._unread: list[tuple[str, str]] = []

    def unread(self, kind: str) -> list[str]:
        """The names of the sections of a kind, such as `calendars`, that stand in the file and could not be read."""
        return [name for one, name in self._unread if one == kind]

    def leave(self, kind: str, name: str) -> None:
        """Note that a section could not be read."""
        self._unread.append((kind, name))

    def add(self, path: str, message: str, line: int | None = None) -> None:
        """Note one problem."""
        self.problems.append(Problem(path, message, line))

    def part(self, path: str, line: int | None = None) -> "Part":
        """Build one part: an error of ours in it becomes problems under its path, and the reading goes on after it."""
        return Part(self, path, line)


@frozen
class Part:
    """One part of the file that is being built, as a context."""

    reading: Reading
    path: str
    line: int | None = None

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, ConceptError):
            for problem in error.problems:
                path = ".".join(part for part in (self.path, problem.path) if part)
                self.reading.add(path, problem.message, problem.line)
            return True
        if isinstance(error, SupportcoreError):
            self.reading.add(self.path, str(error), self.line)
            return True
        return False
