"""The command line: `supportcore check | evaluate | explain | replay`. It needs the extra `cli`."""

import sys
from importlib.util import find_spec
from io import TextIOWrapper

__all__ = ["main"]


def main() -> int:
    """Run the command line; return 0, or 1 for findings of severity `error`, or 2 for bad input."""
    if find_spec("typer") is None or find_spec("rich") is None:
        print("the command line needs the extra `cli`; run `pip install 'supportcore[cli]'`", file=sys.stderr)
        return 2
    from supportcore.cli.commands import run

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # print `?` for a letter that the terminal's encoding lacks
    return run(sys.argv[1:])
