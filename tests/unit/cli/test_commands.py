"""The command line: its output in both languages, its exit status, and its refusals of bad input."""

import gzip
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

import supportcore as sc
from supportcore.cli import main
from supportcore.cli.commands import run
from supportcore.cli.refusals import refusal_language

ROOT = Path(__file__).parents[3]
LOG = [str(ROOT / "examples" / "hosting-2026.csv"), "--mapping", str(ROOT / "examples" / "hosting-log.toml")]
BAD_ROWS = [str(ROOT / "examples" / "hosting-rejects.csv"), "--mapping", str(ROOT / "examples" / "hosting-log.toml")]
HOSTING = sc.example("hosting").read_text(encoding="utf-8")
Done = subprocess.CompletedProcess[bytes]
FACTS = {"kind": "outage", "impact": "a team", "business": "critical", "contract": "managed", "source": "customer"}
OPENED = {"kind": "opened", "ticket": "T-1", "at": "2026-03-16T10:00:00+01:00[Europe/Berlin]", "facts": FACTS}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def events(*trees: dict[str, object], path: str = "events.json") -> str:
    Path(path).write_text(json.dumps({"schema": 1, "events": list(trees)}), encoding="utf-8")
    return path


def output(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[str], list[str]]:
    """The exit status of a command, and the lines of standard output and of standard error."""
    status = run(arguments)
    captured = capsys.readouterr()
    return status, captured.out.splitlines(), captured.err.splitlines()


def cells(lines: Sequence[str], first: str) -> list[list[str]]:
    """The rows of tables that begin with a word, split at wide blanks."""
    return [re.split(r"\s{2,}", line.strip()) for line in lines if line.strip().startswith(first)]


# The output of each command


def test_check_lists_findings_and_proofs_that_are_not_built(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = output(capsys, "check", "hosting")
    assert (status, err) == (0, [])
    assert out[0] == "Operations of Sample Hosting: loaded, every reference resolves"
    assert {row[1] for row in cells(out, "note")} == {
        "rules.overlap", "check.proved", "check.not-built", "check.zones",
    }  # fmt: skip


def test_check_ends_with_1_for_a_finding_of_severity_error(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = next(line for line in HOSTING.splitlines() if line.startswith("| x1 "))
    Path("gap.toml").write_text(HOSTING.replace(row + "\n", ""), encoding="utf-8")
    status, out, err = output(capsys, "check", "gap.toml")
    assert (status, err) == (1, [])
    [gap] = [row for row in cells(out, "error") if row[1] == "rules.gap"][:1]
    assert gap[2] == "priority"


def test_a_warning_leaves_the_status_0(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = "| h5 | -              | -        | covered         | operations               | never asked  |\n"
    Path("dead.toml").write_text(HOSTING.rstrip().removesuffix('"""') + again + '"""\n', encoding="utf-8")
    status, out, _ = output(capsys, "check", "dead.toml")
    assert status == 0
    assert [row[1] for row in cells(out, "warning")] == ["rules.dead"]


def test_evaluate_shows_the_case_in_tables(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = events(OPENED, {**OPENED, "kind": "agent replied", "at": "2026-03-16T10:25:00+01:00", "by": "agent:ada"})
    tree = json.loads(Path(file).read_text(encoding="utf-8"))
    del tree["events"][1]["facts"]
    Path(file).write_text(json.dumps(tree), encoding="utf-8")
    status, out, err = output(capsys, "evaluate", "hosting", file, "--as-of", "2026-03-16 12:30")
    assert (status, err) == (0, [])
    assert out[0] == "Ticket T-1 as of Mon 16 Mar 2026 12:30"
    assert cells(out, "priority") == [["priority", "critical"]]
    assert cells(out, "next change") == [["next change", "Mon 16 Mar 2026 16:00"]]  # three quarters of eight hours
    assert cells(out, "reaction") == [
        ["reaction", "1", "stopped", "met", "2 h, always", "Mon 16 Mar 2026 12:00", "25 min"]
    ]
    assert [row[:4] for row in cells(out, "Mon 16 Mar 2026 10:00")] == [
        ["Mon 16 Mar 2026 10:00", "page", "dan", "service delivery manager"]
    ]


def test_explain_uses_the_concepts_language_or_the_option(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["explain", "hosting", *LOG, "--ticket", "0402-1", "--as-of", "2027-01-01"]
    status, english, _ = output(capsys, *arguments)
    assert status == 0
    assert english[0] == "Ticket 0402-1, as of Fri 1 Jan 2027 00:00 (Europe/Berlin)"
    status, german, _ = output(capsys, *arguments, "--language", "de")
    assert status == 0
    assert german[0] == "Ticket 0402-1, Stand Fr 01.01.2027 00:00 (Europe/Berlin)"


def test_replay_shows_attainment_breaches_and_escalations(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = output(capsys, "replay", "hosting", *LOG)
    assert (status, err) == (0, [])
    log = sc.read_log(LOG[2], LOG[0])
    as_of = max(event.at for history in log.histories.values() for event in history)
    report = sc.replay(sc.load(sc.example("hosting")), log.histories.values(), as_of=as_of)
    counted = f"{log.rows_with_events:,} with events + {log.unchanged:,} that changed nothing + 0 set aside; "
    assert out[0].startswith(f"{log.rows:,} rows read = {counted}")
    assert out[1].startswith("Attainment of 207 tickets as of Thu 31 Dec 2026 ")
    assert [row[:6] for name in ("reaction", "resolution") for row in cells(out, name)][:8] == [
        [row.key[1], row.key[2], *map(str, (row.met, row.missed, row.open, row.not_applicable))]
        for row in report.attainment
    ]
    assert f"Breaches ({len(report.breaches)})" in out
    assert [line.strip() for line in out if "longest of" in line] == [f"the 15 longest of {len(report.breaches)}"]
    assert [row for name in ("day", "night", "ordinary") for row in cells(out, name)] == [
        [one.ladder, one.effect.replace("-", " "), one.to, str(one.notifications), str(one.tickets)]
        for one in report.escalations
    ]


def test_check_prints_findings_in_german(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = output(capsys, "check", "mittelstand")
    assert (status, err) == (0, [])
    assert out[0] == "Support der Beispiel Software GmbH: geladen, alle Verweise stimmen"
    assert cells(out, "Schwere") == [["Schwere", "Kennung", "Ort", "Befund"]]
    [zones] = [row for row in cells(out, "Hinweis") if row[1] == "check.zones"]
    assert zones[3].startswith("Ortszeiten ")
    assert output(capsys, "check", "mittelstand", "--language", "en")[1][0].endswith("every reference resolves")


def test_evaluate_prints_tables_in_german(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["evaluate", "hosting", events(OPENED), "--as-of", "2026-03-16 12:30", "--language", "de"]
    status, out, err = output(capsys, *arguments)
    assert (status, err) == (0, [])
    assert out[0] == "Ticket T-1, Stand Mo 16.03.2026 12:30"
    assert cells(out, "Priorität") == [["Priorität", "critical"]]
    assert cells(out, "Leistungsumfang")[0][1].startswith("abgedeckt: ")
    assert cells(out, "Reaktionszeit")[0][:5] == ["Reaktionszeit", "1", "läuft", "offen", "2 h, rund um die Uhr"]
    assert cells(out, "Reaktionszeit")[0][-2:] == ["2 h 30 min", "30 min"]
    assert [row[1:4] for row in cells(out, "Mo 16.03.2026 10:00")] == [["Alarm", "dan", "service delivery manager"]]


def test_replay_prints_tables_in_german(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = output(capsys, "replay", "hosting", *LOG, "--language", "de")
    assert (status, err) == (0, [])
    assert re.fullmatch(
        r"[\d.]+ Zeilen gelesen = [\d.]+ mit Ereignissen \+ \d+ ohne Änderung \+ 0 abgewiesen; .*", out[0]
    )
    assert any(line.startswith("Erfüllungsgrad von 207 Tickets, Stand ") for line in out)
    assert [row[:2] for row in cells(out, "Reaktionszeit")][:2] == [
        ["Reaktionszeit", "blocker"],
        ["Reaktionszeit", "critical"],
    ]
    assert any(re.search(r"die 15 größten von \d+", line) for line in out)


def test_rows_set_aside_are_counted_in_german(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = output(capsys, "replay", "hosting", *BAD_ROWS, "--language", "de")
    assert out[1] == "die abgewiesenen Zeilen, jede mit ihrem Grund, schreibt „--rejects DATEI“"
    _, _, err = output(capsys, "evaluate", "hosting", *BAD_ROWS, "--as-of", "2026-02-01", "--language", "de")
    assert err == [
        "5 von 8 Zeilen wurden abgewiesen, davon 4 von Ticket 0112-9; "
        "„supportcore replay“ schreibt sie mit „--rejects DATEI“"
    ]


def test_an_offset_is_respected_and_without_one_the_concepts_zone_counts(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = events(OPENED)
    heads = [
        output(capsys, "evaluate", "hosting", file, "--as-of", text)[1][0]
        for text in ("2026-07-01 10:00", "2026-07-01T08:00Z", "2026-07-01T10:00:00+02:00")
    ]
    assert heads == ["Ticket T-1 as of Wed 1 Jul 2026 10:00"] * 3


def test_without_as_of_a_ticket_is_evaluated_now_in_whole_seconds(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, _ = output(capsys, "evaluate", "hosting", events(OPENED))
    assert status == 0
    assert re.fullmatch(r"Ticket T-1 as of \w+ \d+ \w+ \d{4} \d\d:\d\d(:\d\d)?", out[0])


# Rows that were set aside


def test_rows_set_aside_are_counted_and_written(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = output(capsys, "replay", "hosting", *BAD_ROWS, "--rejects", "aside.csv")
    assert (status, err) == (0, [])
    assert out[0].startswith("8 rows read = 2 with events + 1 that changed nothing + 5 set aside; ")
    assert out[0].endswith(" of 1 ticket")
    assert out[1] == "`--rejects FILE` writes the rows set aside, each with its reason"
    written = Path("aside.csv").read_text(encoding="utf-8").splitlines()
    assert written[0] == "file,line,ticket,reason,row"
    assert len(written) == 6


def test_strict_makes_each_row_set_aside_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    for command in (["replay"], ["evaluate"], ["explain"]):
        status, out, err = output(capsys, *command, "hosting", *BAD_ROWS, "--strict")
        assert (status, out) == (2, [])
        assert err[0] == "5 problems in Help desk of Sample Hosting"
        assert [line.split(",")[0].strip() for line in err[1:]] == ["line 3", "line 4", "line 5", "line 6", "line 8"]


def test_evaluate_and_explain_report_rejected_rows(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("evaluate", "explain"):
        status, _, err = output(capsys, command, "hosting", *BAD_ROWS, "--as-of", "2026-02-01")
        assert status == 0
        assert err == [
            "5 of 8 rows were set aside, 4 of them of ticket 0112-9; "
            "`supportcore replay` writes them with `--rejects FILE`"
        ]


def test_findings_about_a_log_are_counted(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The hour that daylight saving leaves out."""
    Path("log.csv").write_text(
        "ticket,time,state\nT-1,29.3.2026 01:30,New\nT-1,29.3.2026 02:30,Done\n", encoding="utf-8"
    )
    Path("log.toml").write_text(
        """
        format = 0
        name = "desk"
        zone = "Europe/Berlin"
        dates = "day first"
        [[files]]
        name = "log"
        rows = "snapshots"
        ticket = "ticket"
        time = "time"
        [states]
        column = "state"
        open = ["New"]
        resolved = ["Done"]
        """,
        encoding="utf-8",
    )
    _, out, err = output(capsys, "replay", "hosting", "log.csv", "--mapping", "log.toml")
    assert err == []
    assert out[1] == "note replay.skipped-time: 1 in the log"


# A ticket that cannot be evaluated


def without_facts(ticket: str) -> dict[str, object]:
    return {"kind": "opened", "ticket": ticket, "at": "2026-03-16T10:00:00+01:00"}


def test_a_single_ticket_that_cannot_be_evaluated_is_bad_input(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = events(without_facts("T-2"))
    for command in ("evaluate", "explain"):
        status, out, err = output(capsys, command, "hosting", file)
        assert (status, out) == (2, [])
        assert err == [
            "error: table `targets`: fact contract: is missing; give it a value (none < standard < managed) "
            "or declare that it may be missing"
        ]


def test_replay_lists_a_ticket_that_cannot_be_evaluated_and_ends_with_1(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = output(capsys, "replay", "hosting", events(OPENED, without_facts("T-2")))
    assert (status, err) == (1, [])
    assert "Attainment of 2 tickets as of Mon 16 Mar 2026 10:00" in out
    assert "Not evaluated (1)" in out
    assert cells(out, "T-2")[0][1].startswith("table `targets`: fact contract: is missing")


def test_a_grave_finding_ends_evaluate_and_replay_with_1(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = next(line for line in HOSTING.splitlines() if line.startswith("| h4 "))
    Path("open.toml").write_text(HOSTING.replace(row + "\n", ""), encoding="utf-8")
    file = events(OPENED)
    for command in ("evaluate", "explain", "replay"):
        status, out, _ = output(capsys, command, "open.toml", file, "--as-of", "2026-03-16 10:05")
        assert status == 1
        assert any("case.scope-gap" in line for line in out)


def test_tickets_opened_after_as_of_are_counted(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    later = {**OPENED, "ticket": "T-2", "at": "2026-04-01T10:00:00+02:00"}
    status, out, _ = output(capsys, "replay", "hosting", events(OPENED, later), "--as-of", "2026-03-20")
    assert status == 0
    assert out[0] == "Attainment of 1 of 2 tickets as of Fri 20 Mar 2026 00:00"
    status, out, _ = output(capsys, "replay", "hosting", events(OPENED, later), "--as-of", "2020-01-01")
    assert status == 0
    assert out[0] == "Attainment of 0 of 2 tickets as of Wed 1 Jan 2020 00:00"


def test_a_log_without_rows_is_no_error(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("log.csv").write_text(Path(LOG[0]).read_text(encoding="utf-8").splitlines()[0], encoding="utf-8")
    status, out, _ = output(capsys, "replay", "hosting", "log.csv", *LOG[1:])
    assert status == 0
    assert out[0] == "0 rows read = 0 with events + 0 that changed nothing + 0 set aside; 0 events of 0 tickets"


# Bad input: status 2, every error on standard error, nothing on standard output

BAD: dict[str, dict[str, list[str]]] = tomllib.loads(
    Path(__file__).with_name("refused.toml").read_text(encoding="utf-8")
)
PLACEHOLDERS = {"@log": LOG[0], "@mapping": LOG[2]}


@pytest.fixture
def damaged_files(home: Path) -> Path:
    """A folder with files of every bad kind."""
    (home / "folder").mkdir()
    (home / "text.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    for name in ("binary.toml", "binary.json"):
        (home / name).write_bytes(b"\xff\xfe\x00")
    (home / "empty.toml").write_bytes(b"")
    german = re.sub("language *=.*", 'language = "de"', HOSTING).replace("name  ", "nmae  ", 1)
    (home / "german.toml").write_text(german, encoding="utf-8")
    (home / "broken-german.toml").write_text('language = "de"\nformat = = 0\n', encoding="utf-8")
    (home / "cut.csv.gz").write_bytes(gzip.compress(Path(LOG[0]).read_bytes())[:3000])
    (home / "rubbish.gz").write_bytes(b"\x1f\x8brubbish")
    (home / "broken.json").write_text("{\n", encoding="utf-8")
    (home / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (home / "digits.json").write_text('{"schema": 1' + "0" * 5000 + "}", encoding="utf-8")
    (home / "list.json").write_text("[]", encoding="utf-8")
    events(path="none.json")
    events(*({**OPENED, "ticket": ticket} for ticket in ("one", "two")), path="two.json")
    opened = {"kind": "opened", "at": "2026-03-16T10:00:00+01:00"}
    events(
        *({**opened, "ticket": "A", "id": one} for one in ("1", "2")),
        *({**opened, "ticket": "B", "id": "3"} for _ in range(2)),
        path="twice.json",
    )
    return home


@pytest.mark.parametrize("name", BAD)
def test_every_error_of_bad_input_is_on_standard_error(
    name: str, damaged_files: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = [PLACEHOLDERS.get(word, word) for word in BAD[name]["arguments"]]
    assert output(capsys, *arguments) == (2, [], BAD[name]["errors"])


@pytest.mark.parametrize(
    ("text", "option", "language"),
    [
        ('language = "de"', None, "de"),
        ("language: de  # Kundensprache", None, "de"),
        ('{"language": "de", "format": 0}', None, "de"),
        ('language = "fr"', None, "en"),
        ('facts = "language"', None, "en"),
        ('language = "de"', "en", "en"),
        ('language = "de"', "fr", "de"),
    ],
)
def test_a_refusal_is_in_the_language_that_the_file_declares(
    text: str, option: str | None, language: str, home: Path
) -> None:
    Path("desk.txt").write_text(text, encoding="utf-8")
    assert refusal_language("desk.txt", option) == language


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check"], "missing argument 'concept"),
        (["check", "hosting", "mittelstand"], "unexpected extra argument"),
        (["mend"], "no such command 'mend'"),
        (["check", "hosting", "--loud"], "no such option"),
        (["evaluate", "hosting"], "missing argument 'files"),
    ],
)
def test_a_wrong_command_is_bad_input_too(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = output(capsys, *arguments)
    assert (status, out) == (2, [])
    assert words in " ".join(err).lower()
    assert "supportcore" in err[0]


def test_help_describes_each_command(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = output(capsys, "--help")
    words = " ".join(" ".join(out).split())
    assert status == 0
    assert "Exit status: 0; 1 for findings of severity `error`" in words
    for command in ("check", "evaluate", "explain", "replay"):
        assert cells([line.strip("│ ") for line in out], command)
        assert output(capsys, command, "--help")[0] == 0


# Texts that a terminal could interpret


def test_texts_are_printed_unchanged(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "[/red] [bold]x :smile: {0}"
    file = events({**OPENED, "ticket": name})
    status, out, _ = output(capsys, "evaluate", "hosting", file, "--as-of", "2026-03-16 10:00")
    assert (status, out[0]) == (0, f"Ticket {name} as of Mon 16 Mar 2026 10:00")
    status, out, _ = output(capsys, "explain", "hosting", file, "--as-of", "2026-03-16 10:00")
    assert (status, out[0]) == (0, f"Ticket {name}, as of Mon 16 Mar 2026 10:00 (Europe/Berlin)")
    status, out, _ = output(capsys, "replay", "hosting", file, "--as-of", "2026-04-16 10:00")
    assert status == 0
    assert cells(out, name)


# As a process


def process(*arguments: str, module: str = "-m", code: str = "supportcore", **environment: str) -> Done:
    return subprocess.run(
        [sys.executable, module, code, *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_the_module_runs_like_the_command() -> None:
    """`python -m supportcore`."""
    done = process("check", "mittelstand")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"Support der Beispiel Software GmbH: geladen")
    done = process("check", "hostng")
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"`hostng` is not an example or a file; ")
    assert b"Usage: supportcore " in process("--help").stdout


def test_the_module_without_the_extra_names_the_command_that_installs_it() -> None:
    code = "import runpy, sys; sys.modules['typer'] = None; runpy.run_module('supportcore', run_name='__main__')"
    done = process("check", "hosting", module="-c", code=code)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr == b"the command line needs the extra `cli`; run `pip install 'supportcore[cli]'`\n"


def test_a_letter_that_the_encoding_lacks_is_printed_as_a_question_mark() -> None:
    done = process("explain", "hosting", *LOG, "--ticket", "0402-1", "--language", "de", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Priorit?t: major" in done.stdout


CLOSED = b"standard output: was closed before the output was complete\n"
COMMANDS = {
    "tables": ["check", "hosting"],
    "text": ["explain", "hosting", *LOG, "--ticket", "0402-1"],
    "help": ["--help"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_reader_that_goes_away_ends_a_command_with_status_2(command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "supportcore", *COMMANDS[command]], stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (2, CLOSED)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    ("streams", "message"),
    [
        (">&-", CLOSED),
        ("> /dev/full", b"standard output: no space left on device\n"),
        ("> /dev/full 2> /dev/full", b""),
        (">&- 2>&-", b""),
    ],
)
def test_an_output_that_is_closed_or_full_ends_a_command_with_status_2(
    command: str, streams: str, message: bytes
) -> None:
    line = shlex.join([sys.executable, "-m", "supportcore", *COMMANDS[command]])
    done = subprocess.run(["sh", "-c", f"{line} {streams}"], capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", message)


@pytest.mark.parametrize("streams", ["2>&-", "2> /dev/full"])
def test_a_refusal_that_cannot_be_printed_keeps_its_status(streams: str) -> None:
    line = shlex.join([sys.executable, "-m", "supportcore", "check", "hostng"])
    done = subprocess.run(["sh", "-c", f"{line} {streams}"], capture_output=True)
    assert (done.returncode, done.stdout) == (2, b"")


# Files that a command writes


@pytest.mark.parametrize("name", ["log.csv", "./log.csv", "link.csv", "hard.csv", "mapping.toml", "concept.toml"])
def test_an_output_never_overwrites_an_input(name: str, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("log.csv").write_bytes(Path(LOG[0]).read_bytes())
    Path("mapping.toml").write_bytes(Path(LOG[2]).read_bytes())
    Path("concept.toml").write_text(HOSTING, encoding="utf-8")
    Path("link.csv").symlink_to("log.csv")
    Path("hard.csv").hardlink_to("log.csv")
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    status, out, err = output(
        capsys, "replay", "concept.toml", "log.csv", "--mapping", "mapping.toml", "--rejects", name
    )
    assert (status, out) == (2, [])
    assert err == [f"--rejects: `{Path(name)}` is one of the input files; name another file"]
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


def test_rows_set_aside_replace_an_older_file_whole(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("aside.csv").write_text("older\n" * 1000, encoding="utf-8")
    status, _, _ = output(capsys, "replay", "hosting", *BAD_ROWS, "--rejects", "aside.csv")
    assert status == 0
    assert Path("aside.csv").read_text(encoding="utf-8").startswith("file,line,ticket,reason,row")
    assert [path.name for path in home.iterdir()] == ["aside.csv"]


def test_rows_set_aside_that_cannot_be_written_are_refused(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path, message in [
        ("none/aside.csv", "`none/aside.csv`: does not exist"),
        (".", "`.`: is a folder, not a file"),
        ("/dev/full", "`/dev/full`: no space left on device"),
    ]:
        assert output(capsys, "replay", "hosting", *BAD_ROWS, "--rejects", path) == (2, [], [message])
    assert list(home.iterdir()) == []


# Control characters in texts of files

ESCAPE = "\x1b]0;title\x07\x1b[31mred\x9b1m\u202eT\rx\x7f"
SHOWN = "␛]0;title␇␛[31mred\ufffd1m\ufffdT␍x␡"


def test_control_characters_of_files_reach_no_terminal(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("concept.toml").write_text(
        HOSTING.replace('name     = "', f'name = {json.dumps(ESCAPE)} # "'), encoding="utf-8"
    )
    file = events({**OPENED, "ticket": ESCAPE}, {**OPENED, "ticket": "T-2"})
    for arguments in (
        ["evaluate", "hosting", file, "--ticket", ESCAPE, "--as-of", "2026-03-16 12:30"],
        ["explain", "hosting", file, "--ticket", ESCAPE, "--as-of", "2026-03-16 12:30"],
        ["replay", "hosting", file, "--as-of", "2026-03-20"],
        ["evaluate", "hosting", file, "--ticket", f"T-3{ESCAPE}"],
        ["evaluate", "hosting", file],
        ["check", f"{ESCAPE}.toml"],
        ["check", "concept.toml"],
    ):
        run(arguments)
        captured = capsys.readouterr()
        shown = captured.out + captured.err
        assert SHOWN in shown, arguments
        assert [character for character in shown if ord(character) < 32 and character != "\n"] == [], arguments


def test_main_runs_the_arguments_of_the_process(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["supportcore", "check", "mittelstand"])
    assert main() == 0
    assert capsys.readouterr().out.startswith("Support der Beispiel Software GmbH: geladen")
