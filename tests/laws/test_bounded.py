"""G-9: every reader takes time in proportion to its input, or refuses the input at a bound."""

import gc
import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest

from supportcore import BusinessCalendar, Choice, DecisionTable, Flag, Integer, Rule, Scale, Subset, SupportcoreError
from supportcore.calendars import frozen_holidays
from supportcore.concept import loads
from supportcore.domains import parse_domain
from supportcore.logs import load_mapping
from supportcore.rules import read_csv, read_grid, read_matrix, read_table
from supportcore.tickets.event_json import load_events

Read = Callable[[str], object]

SMALL, LARGE = 10_000, 100_000
MOST_TIMES = 15
SPARE_SECONDS = 0.02  # what a clock and a collection of garbage may add

# Pieces that are repeated until an input has its length; `#` becomes the number of the piece.
PIECES = {
    "weekdays": "mon,",
    "blanks": " ", "tabs": "\t", "lines": "\n", "returns": "\r", "brackets": "[", "round brackets": "(", "braces": "{",
    "closing": "]", "dots": ".", "ranges": "..", "spans": "[1..", "quotes": '"', "single quotes": "'",
    "backslashes": "\\", "escaped": '\\"', "not": "not(", "commas": ",", "lists": "1, ", "tight lists": "1,",
    "digits": "9", "dashes": "-", "ruled": "|---", "bars": "|", "blank bars": " | ", "colons": ":", "aliases": "*a ",
    "anchors": "&a ", "flow": "[a, ", "flow maps": "{a: ", "keys": "k#: 1\n", "settings": "k# = 1\n",
    "sections": "[s#]\n", "dotted": "a.", "entries": "- a\n", "words": "word# ", "members": "m# | ", "steps": "m# < ",
    "numbers": "# ", "rows": "a# | x\n", "values": "a#,x\n", "hours": "09:00-10:00, ", "quoted": '"a", ',
    "objects": '{"a": ', "strings": '"a": "b", ', "equal": "=", "hashes": "# ", "surrogates": "\\ud800", "nul": "\x00",
    "minus": "1-", "percent": "%", "tags": "!!a ", "questions": "? ", "greater": ">", "less": "<", "letters": "a",
}  # fmt: skip

CONCEPT = 'format = 0\nname = "x"\ntimezone = "UTC"\n'


def repeated(piece: str, length: int) -> str:
    """Return a piece as often as an input of the length has it."""
    if "#" not in piece or piece == "# ":
        return (piece * (length // len(piece) + 1))[:length]
    parts, held, number = [], 0, 0
    while held < length:
        parts.append(piece.replace("#", str(number)))
        held += len(parts[-1])
        number += 1
    return "".join(parts)


def quoted(text: str) -> str:
    """Return a text as TOML and JSON hold it in quotes."""
    return json.dumps(text.replace("\0", ""))


def in_a_file(read: Callable[[Path], object], name: str, folder: Path) -> Read:
    def read_text(text: str) -> object:
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="")
        return read(path)

    return read_text


INPUTS = [Integer("n"), Choice("c", ["a", "b"]), Subset("s", ["a", "b"]), Scale("l", ["a", "b"])]
OUTPUTS = [Choice("o", ["x"], other=True)]
FRAME = {"name": "t", "inputs": INPUTS, "outputs": OUTPUTS}


def cell_of(place: int) -> Read:
    domain = INPUTS[place]
    return lambda text: DecisionTable(
        name="t", inputs=[domain], outputs=[Flag("f")], rules=[Rule({domain.name: text}, {"f": True})]
    )


def readers(folder: Path) -> dict[str, Read]:
    grid = "n | c | -> o\n"
    table = '{"name": "t", "inputs": {"n": "whole number"}, "outputs": {"o": "x | anything else"}, "rules": ['
    return {
        **{f"concept in {form}": lambda text, form=form: loads(text, form) for form in ("toml", "yaml", "json")},
        "fact of a concept": lambda text: loads(f"{CONCEPT}[facts]\nf = {quoted(text)}\n"),
        "hours of a concept": lambda text: loads(f"{CONCEPT}[calendars.c]\nhours = {{ mon = {quoted(text)} }}\n"),
        "table of a concept": lambda text: loads(
            f'{CONCEPT}[facts]\nn = "0 .. 9"\n[priority]\ntable = {quoted("n | -> priority" + chr(10) + text)}\n'
        ),
        "mapping": in_a_file(load_mapping, "m.toml", folder),
        "frozen holidays": in_a_file(frozen_holidays, "h.json", folder),
        "events": load_events,
        **{f"table in {form}": lambda text, form=form: read_table(text, form) for form in ("toml", "yaml", "json")},
        "rules of a table": lambda text: read_table(f'{table}{{"when": {{"n": {quoted(text)}}}}}]}}', "json"),
        "grid": lambda text: read_grid(text, **FRAME),
        "rows of a grid": lambda text: read_grid(grid + text, **FRAME),
        "sheet": lambda text: read_csv(text, **FRAME),
        "rows of a sheet": lambda text: read_csv("n,-> o\n" + text, **FRAME),
        "matrix": lambda text: read_matrix("c \\ l | a | b\n" + text, name="t", inputs=INPUTS, output=OUTPUTS[0]),
        "matrix head": lambda text: read_matrix("c \\ l" + text, name="t", inputs=INPUTS, output=OUTPUTS[0]),
        "declaration": lambda text: parse_domain("d", text),
        "set": lambda text: parse_domain("d", "some of " + text),
        "hours": lambda text: BusinessCalendar(tz="UTC", hours={"mon": text}),
        "days": lambda text: BusinessCalendar(tz="UTC", hours={text: "09:00-17:00"}),
        **{f"cell of {INPUTS[place].kind}": cell_of(place) for place in range(len(INPUTS))},
    }


# One reader of each kind; measuring the coverage of the others would take minutes.
QUICK = ("cell of integer", "grid", "hours")
NAMES = tuple(readers(Path()))


def seconds(read: Read, text: str, times: int) -> float:
    """Return the least CPU time of some readings; errors of the library count as read."""
    best = float("inf")
    for _ in range(times):
        start = process_time()
        with suppress(SupportcoreError):
            read(text)
        best = min(best, process_time() - start)
    return best


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.full) for name in NAMES]
)
def test_g9_a_reader_takes_time_in_proportion_to_its_input(
    name: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    read = readers(tmp_path)[name]
    gc.disable()  # like `timeit`: a collection takes the longer, the more a reading has made
    request.addfinalizer(gc.enable)
    slow = {}
    for kind, piece in PIECES.items():
        gc.collect()
        large, small = repeated(piece, LARGE), repeated(piece, SMALL)
        # Only what looks too slow at once is measured five times.
        for times in (1, 5):
            many = seconds(read, large, times)
            if many <= SPARE_SECONDS:
                break
            few = seconds(read, small, times)
            if many <= MOST_TIMES * few + SPARE_SECONDS:
                break
        else:
            slow[kind] = (few, many)
    assert slow == {}
