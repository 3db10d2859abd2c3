"""What a program that starts pays for supportcore, over one that does nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

import supportcore as sc
from benchmarks.budgets import Budget
from benchmarks.clock import calibrated_ms, python_seconds

LOADED = "from supportcore import evaluate, load; concept = load({path!r})"
# Public holidays are imported at the first question to a calendar.
ASKED = (
    f"{LOADED}; from datetime import datetime, timezone; at = datetime(2026, 3, 16, tzinfo=timezone.utc); "
    "[calendar.is_open(at) for calendar in concept.calendars.values()]"
)


def import_ms() -> float:
    """Calibrated milliseconds of `import supportcore`."""
    return calibrated_ms(python_seconds("import supportcore"))


def loaded_ms(statement: str, text: str) -> float:
    """Calibrated milliseconds of a statement with the path of a TOML file of this text."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "concept.toml"
        path.write_text(text, encoding="utf-8")
        return calibrated_ms(python_seconds(statement.format(path=str(path))))


def example() -> str:
    """The text of an example concept, with public holidays."""
    return sc.example("hosting").read_text(encoding="utf-8")


def without_public_holidays(text: str) -> str:
    """The text of a concept without its public holidays."""
    lines = text.splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith("holidays")]
    assert len(kept) < len(lines)
    return "".join(kept)


BUDGETS = (
    Budget("`import supportcore`", 60, "ms more than `python -c pass`", import_ms),
    Budget(
        "`from supportcore import evaluate, load`, a concept loaded",
        350,
        "ms more than `python -c pass`",
        lambda: loaded_ms(LOADED, without_public_holidays(example())),
    ),
    Budget(
        "the same with public holidays, and a first question",
        650,
        "ms more than `python -c pass`",
        lambda: loaded_ms(ASKED, example()),
    ),
)
