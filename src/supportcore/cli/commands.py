"""The four commands."""

import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from supportcore.assurance import check as proofs_of
from supportcore.cli.inputs import histories_read, instant_read, last_instant, one_history
from supportcore.cli.tables import case_tables, findings_table, log_lines, report_tables
from supportcore.concept import EXAMPLES, ServiceConcept, example, load
from supportcore.errors import SupportcoreError
from supportcore.evaluation import Case, evaluate as case_of
from supportcore.findings import worst
from supportcore.replay import replay as report_of, write_rejects
from supportcore.wording import language_named

__all__ = ["app", "run"]

app = typer.Typer(
    name="supportcore",
    help="Runs, explains and proves the service concept of a support desk.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

ConceptFile = Annotated[
    str, typer.Argument(help="A concept file (.toml, .yaml, .json), or an example: hosting, mittelstand.")
]
Files = Annotated[list[Path], typer.Argument(help="Events as one .json file, or the CSV files of a log (gzip too).")]
Mapping = Annotated[
    str | None, typer.Option(help="How a log is read: a mapping file, or one that comes with supportcore.")
]
AsOf = Annotated[str | None, typer.Option(help="The instant of the answer, `2026-03-12 10:15`, in the concept's zone.")]
Ticket = Annotated[str | None, typer.Option(help="The ticket, where the files hold several.")]
LanguageOption = Annotated[str | None, typer.Option(help="de or en; by default the concept's language.")]
Strict = Annotated[bool, typer.Option("--strict", help="A row that cannot be read is an error.")]


def run(arguments: Sequence[str]) -> int:
    """Run one command and give its exit status: 0, 1 for findings of severity `error`, 2 for bad input."""
    errors = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
    try:
        app(list(arguments))
    except (SupportcoreError, OSError) as error:
        errors.print(str(error))
        return 2
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    return 0


def _screen() -> Console:
    """Standard output; where it is no terminal, its lines are wide enough for every table."""
    return Console() if sys.stdout.isatty() else Console(width=140)


def _concept(name: str) -> ServiceConcept:
    return load(example(name) if name in EXAMPLES else name)


@app.command()
def check(concept: ConceptFile) -> None:
    """Load a concept, prove of it what can be proved so far, and name the proofs that are not built."""
    read = _concept(concept)
    findings = proofs_of(read)
    out = _screen()
    out.print(f"{read.name}: loaded, every reference resolves", highlight=False)
    out.print(findings_table(findings))
    raise typer.Exit(1 if worst(findings) == "error" else 0)


def _case(
    concept: str, files: list[Path], mapping: str | None, as_of: str | None, ticket: str | None, strict: bool
) -> Case:
    read = _concept(concept)
    histories, _ = histories_read(files, mapping, strict=strict)
    history = one_history(histories, ticket)
    instant = instant_read(as_of, read) if as_of else datetime.now(UTC).astimezone(read.zone)
    return case_of(read, history, as_of=instant)


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
    case = _case(concept, files, mapping, as_of, ticket, strict)
    out = _screen()
    for table in case_tables(case):
        out.print(table)
    raise typer.Exit(1 if worst(case.findings) == "error" else 0)


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
    spoken = language_named(language) if language else None
    case = _case(concept, files, mapping, as_of, ticket, strict)
    Console(highlight=False, markup=False, soft_wrap=True).print(case.explain(spoken or case.concept.language))
    raise typer.Exit(1 if worst(case.findings) == "error" else 0)


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
    read = _concept(concept)
    out = _screen()
    with Progress(console=Console(stderr=True), transient=True) as progress:
        reading = progress.add_task("reading", total=None)
        histories, log = histories_read(files, mapping, strict=strict)
        progress.remove_task(reading)
        last = last_instant(histories)
        instant = instant_read(as_of, read) if as_of else (last or datetime.now(UTC)).astimezone(read.zone)
        replaying = progress.add_task("replaying", total=len(histories))
        step: Callable[[], None] = partial(progress.advance, replaying)
        report = report_of(read, histories.values(), as_of=instant, progress=step)
    if log is not None:
        out.print(log_lines(log), highlight=False)
        if rejects is not None:
            write_rejects(log, rejects)
    for table in report_tables(report):
        out.print(table)
    raise typer.Exit(1 if report.failures else 0)
