"""Decision tables: decide, explain, prove (RUL).

Proofs, comparisons, recorded decisions and the formats that few programs need are loaded when they are first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from supportcore.rules.decisions import Decision, Outcome, Rule, Waiver
from supportcore.rules.explaining import Explanation, FailedCell, NearMiss, RuleTrace
from supportcore.rules.formats.grids import columns_of, read_grid, rule_lines, write_grid
from supportcore.rules.formats.matrices import is_matrix, read_matrix
from supportcore.rules.phrases import cell_words, result_words
from supportcore.rules.tables import DecisionTable

if TYPE_CHECKING:
    from supportcore.rules.formats.csv_tables import read_csv as read_csv, write_csv as write_csv
    from supportcore.rules.formats.dmn_reading import read_dmn as read_dmn
    from supportcore.rules.formats.dmn_writing import write_dmn as write_dmn
    from supportcore.rules.formats.documents import read_table as read_table, write_table as write_table
    from supportcore.rules.formats.markdown_tables import markdown as markdown
    from supportcore.rules.history.covering import Coverage as Coverage, coverage as coverage
    from supportcore.rules.history.recovering import (
        Contradiction as Contradiction,
        Recovered as Recovered,
        recover as recover,
    )
    from supportcore.rules.proofs.alignment import DomainChange as DomainChange
    from supportcore.rules.proofs.diff import (
        Difference as Difference,
        OutcomeChange as OutcomeChange,
        diff_tables as diff_tables,
        share_changed as share_changed,
    )
    from supportcore.rules.proofs.simplifying import simplify as simplify
    from supportcore.rules.proofs.verifying import verify as verify

_ON_FIRST_USE = {
    "formats.csv_tables": ("read_csv", "write_csv"),
    "formats.dmn_reading": ("read_dmn",),
    "formats.dmn_writing": ("write_dmn",),
    "formats.documents": ("read_table", "write_table"),
    "formats.markdown_tables": ("markdown",),
    "history.covering": ("Coverage", "coverage"),
    "history.recovering": ("Contradiction", "Recovered", "recover"),
    "proofs.alignment": ("DomainChange",),
    "proofs.diff": ("Difference", "OutcomeChange", "diff_tables", "share_changed"),
    "proofs.simplifying": ("simplify",),
    "proofs.verifying": ("verify",),
}

__all__ = [
    "Contradiction",
    "Coverage",
    "Decision",
    "DecisionTable",
    "Difference",
    "DomainChange",
    "Explanation",
    "FailedCell",
    "NearMiss",
    "Outcome",
    "OutcomeChange",
    "Recovered",
    "Rule",
    "RuleTrace",
    "Waiver",
    "cell_words",
    "columns_of",
    "coverage",
    "diff_tables",
    "is_matrix",
    "markdown",
    "read_csv",
    "read_dmn",
    "read_grid",
    "read_matrix",
    "read_table",
    "recover",
    "result_words",
    "rule_lines",
    "share_changed",
    "simplify",
    "verify",
    "write_csv",
    "write_dmn",
    "write_grid",
    "write_table",
]


def __getattr__(name: str) -> Any:
    for module, names in _ON_FIRST_USE.items():
        if name in names:
            return getattr(import_module(f"{__name__}.{module}"), name)
    raise AttributeError(f"module `{__name__}` has no attribute `{name}`")


def __dir__() -> list[str]:
    return __all__
