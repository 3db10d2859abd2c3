"""The commands `check`, `evaluate`, `explain` and `replay`."""

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from errno import EPIPE
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from supportcore.assurance import check as check_concept
from supportcore.cli.inputs import (
    TicketInput,
    last_instant,
    read_concept_input,
    read_ticket_input,
    write_rows_set_aside,
)
from supportcore.cli.refusals import refusing, system_error_words
from supportcore.cli.screen import console, discard_output, print_text, table_screen, visible
from supportcore.cli.tables import case_tables, findings_table, log_lines, rejected_line, report_tables
from supportcore.evaluation import Case, evaluate as evaluate_ticket
from supportcore.findings import Finding, worst
from supportcore.reports import replay as replay_tickets
from supportcore.wording import say

app = typer.Typer(
    name="supportcore",
    help="Runs, explains and proves the service concept of a support desk.",
    epilog="Exit status: 0; 1 for findings of severity `error` or a replayed ticket that could not be evaluated; "
    "2 for bad input or an output that cannot be written, with every error on standard error.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ConceptFile = Annotated[
    str, typer.Argument(help="A concept file (.toml, .yaml, .json), or an example: hosting, mittelstand.")
]
Files = Annotated[list[Path], typer.Argument(help="Events in one .json file, or the CSV files of a log (gzip too).")]
Mapping = Annotated[
    str | None, typer.Option(help="How to read a log: a mapping file, or the name of a mapping of supportcore.")
]
AsOf = Annotated[
    str | None,
    typer.Option(help="The instant of the results: `2026-03-12 10:15` in the concept's zone, or with an offset."),
]
Ticket = Annotated[str | None, typer.Option(help="The ticket, if the files contain several.")]
LanguageOption = Annotated[str | None, typer.Option(help="de or en; by default the concept's language.")]
Strict = Annotated[bool, typer.Option("--strict", help="Refuse a log with a row that cannot be read.")]
Rejects = Annotated[Path | None, typer.Option(help="The CSV file for the rows that were set aside.")]


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status.

    The status is 0, or 1 for findings of severity `error` and for tickets that `replay` could not evaluate, or 2 for
    bad input or an output that cannot be written, with every error on standard error.
    """
    try:
        if sys.stdout is None:
            raise BrokenPipeError(EPIPE, "closed")
        status = _run(arguments)
        sys.stdout.flush()
    except OSError as error:
        with suppress(OSError):
            print_text(system_error_words("en", error), stderr=True)
        discard_output()
        return 2
    return status


def _run(arguments: Sequence[str]) -> int:
    try:
        app(list(arguments), prog_name="supportcore")
    except SystemExit as stop:
        if isinstance(stop.__context__, OSError):  # an output that failed; typer and rich exit by themselves
            raise stop.__context__ from None
        return stop.code if isinstance(stop.code, int) else 0
    return 0


@app.command()
def check(concept: ConceptFile, language: LanguageOption = None) -> None:
    """Load a concept, prove its properties, and list the proofs that are not built yet."""
    with refusing(concept, language):
        given = read_concept_input(concept, language)
        findings = check_concept(given.concept)
        out = table_screen()
        out.print(visible(say(given.language, "command.loaded", name=given.concept.name)))
        out.print(findings_table(given.language, findings))
        raise _exit(findings)


def _exit(findings: Sequence[Finding]) -> typer.Exit:
    return typer.Exit(1 if worst(findings) == "error" else 0)


def _evaluate(given: TicketInput, ticket: str | None) -> Case:
    history = given.history(ticket)
    if given.log is not None and given.log.rejects:
        print_text(rejected_line(given.language, given.log, history.ticket), stderr=True)
    return evaluate_ticket(given.concept, history, as_of=given.as_of or _now().astimezone(given.concept.zone))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@app.command()
def evaluate(
    concept: ConceptFile,
    files: Files,
    mapping: Mapping = None,
    ticket: Ticket = None,
    as_of: AsOf = None,
    language: LanguageOption = None,
    strict: Strict = False,
) -> None:
    """Show one ticket's priority, scope, clocks and notifications. Without --as-of, as of now."""
    with refusing(concept, language):
        given = read_ticket_input(concept, files, mapping=mapping, as_of=as_of, language=language, strict=strict)
        case = _evaluate(given, ticket)
        tables = list(case_tables(given.language, case))
        out = table_screen()
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
    """Explain one ticket, every result with its reasons. Without --as-of, as of now."""
    with refusing(concept, language):
        given = read_ticket_input(concept, files, mapping=mapping, as_of=as_of, language=language, strict=strict)
        case = _evaluate(given, ticket)
        print_text(case.explain(given.language))
        raise _exit(case.findings)


@app.command()
def replay(
    concept: ConceptFile,
    files: Files,
    mapping: Mapping = None,
    as_of: AsOf = None,
    rejects: Rejects = None,
    language: LanguageOption = None,
    strict: Strict = False,
) -> None:
    """Replay a whole log: attainment, breaches, escalations. Without --as-of, as of the log's last event."""
    errors = console(stderr=True)
    with refusing(concept, language), Progress(console=errors, transient=True, disable=not errors.is_terminal) as bar:
        reading = bar.add_task(", ".join(file.name for file in files), total=None)
        given = read_ticket_input(
            concept, files, mapping=mapping, as_of=as_of, language=language, strict=strict, rejects=rejects
        )
        if rejects is not None:
            write_rows_set_aside(given.log, rejects)
        bar.remove_task(reading)
        instant = given.as_of or (last_instant(given.histories) or _now()).astimezone(given.concept.zone)
        replaying = bar.add_task(say(given.language, "command.replaying"), total=len(given.histories))
        step: Callable[[], None] = partial(bar.advance, replaying)
        report = replay_tickets(given.concept, given.histories.values(), as_of=instant, progress=step)
        bar.stop()
        out = table_screen()
        if given.log is not None:
            out.print(visible(log_lines(given.language, given.log)))
        for table in report_tables(given.language, report, len(given.histories)):
            out.print(table)
        grave = any(finding.severity == "error" for finding in report.findings)
        raise typer.Exit(1 if report.failures or grave else 0)
