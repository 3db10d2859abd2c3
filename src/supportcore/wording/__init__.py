"""The German and English words of explanations and documents."""

from supportcore.wording.catalogue import LANGUAGES, Language, language_named, metric_words, say
from supportcore.wording.formats import day_words, duration_words, instant_words, share_words, weekday_words

__all__ = [
    "LANGUAGES",
    "Language",
    "day_words",
    "duration_words",
    "instant_words",
    "language_named",
    "metric_words",
    "say",
    "share_words",
    "weekday_words",
]
