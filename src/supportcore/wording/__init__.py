"""The German and English words of explanations and documents."""

from supportcore.wording.catalogue import LANGUAGES, Language, language_named, metric_words, say
from supportcore.wording.finding_words import finding_line, finding_of
from supportcore.wording.formats import (
    INDENT,
    day_words,
    duration_words,
    indented,
    instant_words,
    share_words,
    weekday_words,
)

__all__ = [
    "INDENT",
    "LANGUAGES",
    "Language",
    "day_words",
    "duration_words",
    "finding_line",
    "finding_of",
    "indented",
    "instant_words",
    "language_named",
    "metric_words",
    "say",
    "share_words",
    "weekday_words",
]
