"""Decision tables: decide, explain, prove (RUL)."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.rules.decisions import (
        Decision as Decision,
        Outcome as Outcome,
        Rule as Rule,
        Waiver as Waiver,
    )
    from supportcore.rules.explaining import (
        Explanation as Explanation,
        FailedCell as FailedCell,
        NearMiss as NearMiss,
        RuleTrace as RuleTrace,
    )
    from supportcore.rules.formats.csv_tables import (
        read_csv as read_csv,
        write_csv as write_csv,
    )
    from supportcore.rules.formats.dmn.reading import (
        read_dmn as read_dmn,
    )
    from supportcore.rules.formats.dmn.writing import (
        write_dmn as write_dmn,
    )
    from supportcore.rules.formats.documents import (
        read_table as read_table,
        write_table as write_table,
    )
    from supportcore.rules.formats.grids import (
        columns_of as columns_of,
        read_grid as read_grid,
        rule_lines as rule_lines,
        write_grid as write_grid,
    )
    from supportcore.rules.formats.markdown_tables import (
        markdown as markdown,
    )
    from supportcore.rules.formats.matrices import (
        is_matrix as is_matrix,
        read_matrix as read_matrix,
    )
    from supportcore.rules.history.covering import (
        Coverage as Coverage,
        coverage as coverage,
    )
    from supportcore.rules.history.recovering import (
        Contradiction as Contradiction,
        Recovered as Recovered,
        recover as recover,
    )
    from supportcore.rules.phrases import (
        cell_words as cell_words,
        result_words as result_words,
    )
    from supportcore.rules.proofs.alignment import (
        DomainChange as DomainChange,
    )
    from supportcore.rules.proofs.diff import (
        Difference as Difference,
        OutcomeChange as OutcomeChange,
        diff_tables as diff_tables,
        share_changed as share_changed,
    )
    from supportcore.rules.proofs.simplifying import (
        simplify as simplify,
    )
    from supportcore.rules.proofs.verifying import (
        verify as verify,
    )
    from supportcore.rules.tables import (
        DecisionTable as DecisionTable,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
