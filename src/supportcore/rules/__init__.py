"""Decision tables: decide, explain, prove (RUL)."""

from supportcore.rules.compiler.building import Waiver
from supportcore.rules.decisions import Decision, Outcome, Rule
from supportcore.rules.explaining import (
    Explanation,
    FailedCell,
    NearMiss,
    RuleTrace,
    explanation_words,
    near_miss_words,
)
from supportcore.rules.finding_sentences import finding_words
from supportcore.rules.formats.csv_tables import read_csv, write_csv
from supportcore.rules.formats.dmn_reading import read_dmn
from supportcore.rules.formats.dmn_writing import write_dmn
from supportcore.rules.formats.documents import read_table, write_table
from supportcore.rules.formats.grids import columns_of, read_grid, rule_lines, write_grid
from supportcore.rules.formats.markdown_tables import markdown
from supportcore.rules.formats.matrices import is_matrix, read_matrix
from supportcore.rules.history.covering import Coverage, coverage
from supportcore.rules.history.recovering import Contradiction, Recovered, recover
from supportcore.rules.phrases import answer_words, cell_words
from supportcore.rules.proofs.alignment import DomainChange
from supportcore.rules.proofs.diff import Change, Difference, diff_tables, difference_words, share_changed
from supportcore.rules.proofs.simplifying import simplify
from supportcore.rules.proofs.verifying import verify
from supportcore.rules.tables import DecisionTable

__all__ = [
    "Change",
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
    "Recovered",
    "Rule",
    "RuleTrace",
    "Waiver",
    "answer_words",
    "cell_words",
    "columns_of",
    "coverage",
    "diff_tables",
    "difference_words",
    "explanation_words",
    "finding_words",
    "is_matrix",
    "markdown",
    "near_miss_words",
    "read_csv",
    "read_dmn",
    "read_grid",
    "read_matrix",
    "read_table",
    "recover",
    "rule_lines",
    "share_changed",
    "simplify",
    "verify",
    "write_csv",
    "write_dmn",
    "write_grid",
    "write_table",
]
