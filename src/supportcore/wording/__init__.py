"""The German and English words of explanations, findings and documents."""

from supportcore.wording.catalogue import Part, in_words, is_part, metric_words, placeholders, say, term
from supportcore.wording.formats import (
    INDENT,
    count_words,
    day_words,
    duration_words,
    indented,
    instant_words,
    remaining_words,
    share_words,
    weekday_words,
)
from supportcore.wording.languages import LANGUAGES, Language, language_named
from supportcore.wording.phrases import Joined, MetricName, Names, Phrase, Term, actor_phrase, near_phrase

__all__ = [
    "INDENT",
    "LANGUAGES",
    "Joined",
    "Language",
    "MetricName",
    "Names",
    "Part",
    "Phrase",
    "Term",
    "actor_phrase",
    "count_words",
    "day_words",
    "duration_words",
    "in_words",
    "indented",
    "instant_words",
    "is_part",
    "language_named",
    "metric_words",
    "near_phrase",
    "placeholders",
    "remaining_words",
    "say",
    "share_words",
    "term",
    "weekday_words",
]
