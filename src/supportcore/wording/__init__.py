"""The German and English words of explanations, findings and documents."""

from typing import TYPE_CHECKING

from supportcore.first_use import names_on_first_use

if TYPE_CHECKING:
    from supportcore.wording.catalogue import (
        Part as Part,
        in_words as in_words,
        is_part as is_part,
        metric_words as metric_words,
        placeholders as placeholders,
        say as say,
        sentences as sentences,
        term as term,
    )
    from supportcore.wording.formats import (
        INDENT as INDENT,
        count_words as count_words,
        day_words as day_words,
        duration_words as duration_words,
        indented as indented,
        instant_words as instant_words,
        remaining_words as remaining_words,
        share_words as share_words,
        weekday_words as weekday_words,
    )
    from supportcore.wording.languages import (
        LANGUAGES as LANGUAGES,
        Language as Language,
        language_named as language_named,
    )
    from supportcore.wording.phrases import (
        Joined as Joined,
        MetricName as MetricName,
        Names as Names,
        Phrase as Phrase,
        Term as Term,
        actor_phrase as actor_phrase,
        near_phrase as near_phrase,
    )

if not TYPE_CHECKING:
    __getattr__, __dir__, __all__ = names_on_first_use(__name__)
