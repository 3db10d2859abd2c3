"""The four commands."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from supportcore.assurance import check as proofs_of
from supportcore.cli.inputs import (
    Asked,
    asked,
    concept_read,
    last_instant,
    one_history,
    refusal,
    rejects_written,
    tried,
)
from supportcore.cli.tables import aside_line, case_tables, findings_table, log_lines, report_tables
from supportcore.errors import SupportcoreError
from supportcore.evaluation import Case, evaluate as case_of
from supportcore.findings import Finding, worst
from supportcore.reports import replay as report_of
from supportcore.wording import language_named

CLOSED_PIPE = 141  # what a shell says of a command whose reader went away: 128 and the number of that signal

app = typer.Typer(
    name="supportcore",
    help="Runs, explains and proves the service concept of a support desk.",
    epilog="Exit status: 0; 1 for findings of severity `error` or a replayed ticket that could not be evaluated; "
    "2 for bad input, with every error on standard error.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ConceptFile = Annotated[
    str, typer.Argument(help="A concept file (.toml, .yaml, .json), or an example: hosting, mittelstand.")
]
Files = Annotated[list[Path], typer.Argument(help="Events as one .json file, or the CSV files of a log (gzip too).")]
Mapping = Annotated[
    str | None, typer.Option(help="How a log is read: a mapping file, or the name of one that comes with supportcore.")
]
AsOf = Annotated[
    str | None,
    typer.Option(help="The instant of the answer: `2026-03-12 10:15` in the concept's zone, or with an offset."),
]
Ticket = Annotated[str | None, typer.Option(help="The ticket, where the files hold several.")]
LanguageOption = Annotated[str | None, typer.Option(help="de or en; by default the concept's language.")]
Strict = Annotated[bool, typer.Option("--strict", help="A row of the log that cannot be read is an error.")]


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status.

    0, 1 for findings of severity `error` and for tickets that `replay` could not evaluate, 2 for bad input, with every
    error on standard error.
    """
    try:
        app(list(arguments), prog_name="supportcore")
    except ExceptionGroup as group:
        return _refused(*group.exceptions)
    except (SupportcoreError, OSError) as error:
        return _refused(error)
    except SystemExit as stop:
        if isinstance(stop.__context__, BrokenPipeError):
            return CLOSED_PIPE
        return stop.code if isinstance(stop.code, int) else 0
    return 0


def _refused(*errors: Exception) -> int:
    out = _console(stderr=True)
    for error in errors:
        out.print(refusal(error))
    return 2


def _console(*, stderr: bool = False, width: int | None = None) -> Console:
    """A console that prints texts as they are; lines break only in tables."""
    return Console(stderr=stderr, width=width, soft_wrap=width is None, highlight=False, markup=False, emoji=False)


def _screen() -> Console:
    """Standard output for tables; where it is no terminal, its lines are wide enough for every table."""
    shown = Console(highlight=False, markup=False, emoji=False)
    return shown if shown.is_terminal else _console(width=140)


@app.command()
def check(concept: ConceptFile) -> None:
    """Load a concept, prove of it what can be proved so far, and name the proofs that are not built."""
    read = concept_read(concept)
    findings = proofs_of(read)
    out = _screen()
    out.print(f"{read.name}: loaded, every reference resolves")
    out.print(findings_table(findings))
    raise _exit(findings)


def _exit(findings: Sequence[Finding]) -> typer.Exit:
    return typer.Exit(1 if worst(findings) == "error" else 0)


def _case(given: Asked, ticket: str | None) -> Case:
    history = one_history(given.histories, ticket)
    if given.log is not None and given.log.rejects:
        _console(stderr=True).print(aside_line(given.log, history.ticket))
    return case_of(given.concept, history, as_of=given.as_of or _now().astimezone(given.concept.zone))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@app.command()
def evaluate(
    concept: ConceptFile,
    files: Files,
    mapping: Mapping = None,
    ticket: Ticket = None,
    as_of: AsOf = None,
    strict: Strict = False,
) -> None:
    """One ticket under a concept: priority, scope, clocks, who is told when. Without --as-of, as of now."""
    case = _case(asked(concept, files, mapping, as_of, strict=strict), ticket)
    tables = list(case_tables(case))
    out = _screen()
    for table in tables:
        out.print(table)
    raise _exit(case.findings)


@app.command()
def explain(
    concept: ConceptFile,
    files: Files,
    mapping: Mapping = None,
    ticket: Ticket = None,
    as_of: AsOf = None,
    language: LanguageOption = None,
    strict: Strict = False,
) -> None:
    """One ticket under a concept, every answer with its reasons. Without --as-of, as of now."""
    errors: list[Exception] = []
    spoken = None if language is None else tried(errors, lambda: language_named(language))
    given = tried(errors, lambda: asked(concept, files, mapping, as_of, strict=strict))
    if errors or given is None:
        raise ExceptionGroup("bad input", errors)
    case = _case(given, ticket)
    _console().print(case.explain(spoken or case.concept.language))
    raise _exit(case.findings)


@app.command()
def replay(
    concept: ConceptFile,
    files: Files,
    mapping: Mapping = None,
    as_of: AsOf = None,
    rejects: Annotated[
        Path | None, typer.Option(help="Where the rows that were set aside are written, as CSV.")
    ] = None,
    strict: Strict = False,
) -> None:
    """A whole log under a concept: attainment, breaches, escalations. Without --as-of, as of the log's last event."""
    errors = _console(stderr=True)
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        reading = progress.add_task("reading", total=None)
        given = asked(concept, files, mapping, as_of, strict=strict)
        if rejects is not None:
            rejects_written(given.log, rejects)
        progress.remove_task(reading)
        instant = given.as_of or (last_instant(given.histories) or _now()).astimezone(given.concept.zone)
        replaying = progress.add_task("replaying", total=len(given.histories))
        step: Callable[[], None] = partial(progress.advance, replaying)
        report = report_of(given.concept, given.histories.values(), as_of=instant, progress=step)
    out = _screen()
    if given.log is not None:
        out.print(log_lines(given.log))
    for table in report_tables(report, len(given.histories)):
        out.print(table)
    grave = any(finding.severity == "error" for finding in report.findings)
    raise typer.Exit(1 if report.failures or grave else 0)
