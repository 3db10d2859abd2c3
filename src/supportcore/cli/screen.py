"""What the command line prints: texts without control characters, and failures of the output itself."""

import os
import sys
from contextlib import suppress

from rich.console import Console
from rich.table import Table
from rich.text import Text

# A text from a file may hold escape codes that change the colours, the title or the content of a terminal, or that
# turn the direction of writing. Each is shown as one visible character, so that columns stay aligned.
_PICTURES = {
    **{code: 0x2400 + code for code in range(0x20) if code not in (0x09, 0x0A)},
    0x7F: 0x2421,
    **dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], 0xFFFD),
}


def visible(text: str) -> str:
    """Return the text with a visible character in place of each control character except tabs and line ends."""
    return text.translate(_PICTURES)


def console(*, stderr: bool = False, width: int | None = None) -> Console:
    """Return a console that prints texts unchanged and breaks lines only in tables."""
    return Console(stderr=stderr, width=width, soft_wrap=width is None, highlight=False, markup=False, emoji=False)


def table_screen() -> Console:
    """Return standard output for tables, wide enough for every table unless it is a terminal."""
    screen = Console(highlight=False, markup=False, emoji=False)
    return screen if screen.is_terminal else console(width=140)


def print_text(text: str, *, stderr: bool = False) -> None:
    """Print a text without control characters."""
    console(stderr=stderr).print(visible(text))


class VisibleTable(Table):
    """A table whose cells show their control characters."""

    def add_row(self, *cells: str | Text) -> None:  # type: ignore[override]
        """Add a row of texts."""
        super().add_row(*map(_visible_cell, cells))


def _visible_cell(cell: str | Text) -> str | Text:
    if isinstance(cell, str):
        return visible(cell)
    shown = cell.copy()
    shown.plain = visible(cell.plain)
    return shown


def discard_output() -> None:
    """Send what standard output still holds to nowhere, so that the end of the program cannot fail once more."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()
            continue
        with suppress(OSError, ValueError, AttributeError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
