"""Decision tables: decide, explain, prove (RUL)."""

from supportcore.rules.building import Waiver
from supportcore.rules.covering import Coverage, coverage
from supportcore.rules.decisions import Decision, Outcome, Rule
from supportcore.rules.diffing import Change, Difference, diff_tables, share_changed
from supportcore.rules.dmn import read_dmn
from supportcore.rules.dmn_writing import write_dmn
from supportcore.rules.explaining import Explanation, FailedCell, NearMiss, RuleTrace
from supportcore.rules.finding_sentences import finding_words
from supportcore.rules.formats import read_csv, read_table, write_csv, write_table
from supportcore.rules.grids import columns_of, is_matrix, read_grid, read_matrix, rule_lines, write_grid
from supportcore.rules.markdown import markdown
from supportcore.rules.meeting import DomainChange
from supportcore.rules.recovering import Contradiction, Recovered, recover
from supportcore.rules.sentences import (
    answer_words,
    cell_words,
    difference_words,
    explanation_words,
    near_miss_words,
)
from supportcore.rules.simplifying import simplify
from supportcore.rules.tables import DecisionTable
from supportcore.rules.verifying import verify

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
