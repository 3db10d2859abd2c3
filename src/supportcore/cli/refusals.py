"""Refusals: errors as text for people, in the language of the concept or of `--language`."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EISDIR, ENOENT, EPIPE
from pathlib import Path
from typing import TypeVar

import typer

from supportcore.cli.screen import print_text
from supportcore.concept import EXAMPLES, example
from supportcore.errors import ConceptError, Problem, SupportcoreError
from supportcore.wording import LANGUAGES, Language, Phrase, say

T = TypeVar("T")

# A head key such as `language = "de"`; found even in a file that cannot be parsed.
LANGUAGE_KEY = re.compile(
    r"""^[ \t{"']*language["']?[ \t]*[=:][ \t]*["']?(\w+)["']?[ \t]*(?:[,#}].*)?$""", re.MULTILINE
)
SYSTEM_ERRORS = {
    ENOENT: "command.not-there",
    EISDIR: "command.is-a-folder",
    EACCES: "command.not-allowed",
    EPIPE: "command.output-closed",
}


class Refusal(SupportcoreError, ValueError):
    """An argument that the command line cannot use, with its sentence in the catalogue."""

    def __init__(self, phrase: Phrase) -> None:
        self.phrase = phrase
        super().__init__(phrase)

    def __str__(self) -> str:
        return self.phrase.in_words("en")


def attempt(errors: list[Exception], read: Callable[[], T]) -> T | None:
    """Return the result of `read`; if it fails, add its error, or each error of its group, and return `None`."""
    try:
        return read()
    except ExceptionGroup as group:
        errors.extend(group.exceptions)
    except (SupportcoreError, OSError) as error:
        errors.append(error)
    return None


@contextmanager
def refusing(concept: str, language: str | None) -> Iterator[None]:
    """Print every error of the input that is raised inside, and exit with status 2; let failures of the output pass."""
    errors: tuple[Exception, ...] = ()
    try:
        yield
    except ExceptionGroup as group:
        errors = group.exceptions
    except SupportcoreError as error:
        errors = (error,)
    if errors:
        spoken = refusal_language(concept, language)
        for refused in errors:
            print_text(refusal_words(spoken, refused), stderr=True)
        raise typer.Exit(2)


def refusal_language(concept: str, language: str | None) -> Language:
    """Return the language of refusals: `--language`, or the language that the concept file declares, or English."""
    path = example(concept) if concept in EXAMPLES else Path(concept)
    declared = None
    with suppress(OSError, UnicodeDecodeError):
        declared = LANGUAGE_KEY.search(path.read_text(encoding="utf-8"))
    for word in (language, declared[1] if declared else None):
        for known in LANGUAGES:
            if word == known:
                return known
    return "en"


def refusal_words(language: Language, error: Exception) -> str:
    """Return an error as text; the problems of a `ConceptError` keep their own words, which are English."""
    if isinstance(error, Refusal):
        return error.phrase.in_words(language)
    if isinstance(error, ConceptError):
        return "\n  ".join([_head(language, error), *(_problem(language, problem) for problem in error.problems)])
    if isinstance(error, OSError) and error.strerror is not None:
        return system_error_words(language, error)
    return say(language, "command.error", words=str(error))


def _head(language: Language, error: ConceptError) -> str:
    count = len(error.problems)
    key = "command.problem" if count == 1 else "command.problems"
    parts = {} if count == 1 else {"count": count}
    if error.source:
        return say(language, f"{key}-in", source=error.source, **parts)
    return say(language, key, **parts)


def _problem(language: Language, problem: Problem) -> str:
    line = "" if problem.line is None else say(language, "command.line", line=str(problem.line))
    where = ", ".join(part for part in (line, problem.path) if part)
    return f"{where}: {problem.message}" if where else problem.message


def system_error_words(language: Language, error: OSError) -> str:
    """Return a system error as text, without its number."""
    name = error.filename
    file = say(language, "command.standard-output") if name is None else say(language, "command.file", name=str(name))
    if error.errno in SYSTEM_ERRORS:
        return say(language, SYSTEM_ERRORS[error.errno], file=file)
    reason = error.strerror or ""
    return say(language, "command.system-error", file=file, reason=reason[:1].lower() + reason[1:])
