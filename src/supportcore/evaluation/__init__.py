"""Where the parts meet: one ticket's history under a concept becomes its case."""

from supportcore.evaluation.cases import Case
from supportcore.evaluation.evaluating import check_concept, evaluate

__all__ = ["Case", "check_concept", "evaluate"]
