"""The German and English words of explanations and documents."""

from supportcore.wording.catalogue import LANGUAGES, Language, language_named, metric_words, say
from supportcore.wording.formats import day_words, duration_words, instant_words, share_words, weekday_words
from supportcore.wording.telling import finding_line, finding_of

__all__ = [
    "LANGUAGES",
    "Language",
    "day_words",
    "duration_words",
    "finding_line",
    "finding_of",
    "instant_words",
    "language_named",
    "metric_words",
    "say",
    "share_words",
    "weekday_words",
]
