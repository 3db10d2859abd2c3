"""Where the parts meet: one ticket's history under a concept becomes its case."""

from supportcore.evaluation.cases import Case, evaluate

__all__ = ["Case", "evaluate"]
