"""Where the parts meet: one ticket's history under a concept becomes its case."""

from supportcore.evaluation.cases import Case, check_concept, evaluate

__all__ = ["Case", "check_concept", "evaluate"]
