"""Public holidays of countries, from the `holidays` package (CAL-11).

The package's objects change when read, their names follow the environment's language, and outside the years that the
package knows they are empty. `public_holidays` returns a value: all dates of all known years, in one stated language.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

from supportcore.calendars.holidays.calendar import HolidayCalendar, HolidaySource, must_be_years
from supportcore.errors import DefinitionError, did_you_mean, listed

if TYPE_CHECKING:
    from holidays import HolidayBase

CODE = re.compile(r"[A-Z]{2}")
KNOWN_FROM_TO = re.compile(r"available only from (\d{4}) to (\d{4})")


def public_holidays(
    country: str,
    *,
    subdiv: str | None = None,
    language: str | None = None,
    categories: Iterable[str] = ("public",),
    years: tuple[int, int] | None = None,
) -> HolidayCalendar:
    """Return the holidays of a country, or of its subdivision `subdiv`.

    `language` is a language that the `holidays` package has for the country, by default the country's own. `categories`
    are the package's, such as `public`, `catholic` or `bank`. `years`, the first and the last, narrow the dates; by
    default they are all years that the package knows. Raises `DefinitionError` for an unknown name, with the nearest,
    and `UnknownYearError` for a year that the package does not know.

    >>> from datetime import date
    >>> public_holidays("DE", subdiv="NW").dates[date(2026, 6, 4)]
    'Fronleichnam'
    >>> public_holidays("DE", language="en_US").dates[date(2026, 1, 1)]
    "New Year's Day"
    """
    for what, name in (("country", country), ("subdivision", subdiv), ("language", language)):
        if not isinstance(name, str if what == "country" else str | None):
            raise DefinitionError(f"`{name}` is not a {what}; expected a text")
    wanted: object = (categories,) if isinstance(categories, str) else categories
    if not isinstance(wanted, Iterable) or not (names := tuple(wanted)) or not all(isinstance(n, str) for n in names):
        raise DefinitionError(f"`{categories}` are not categories of holidays; expected texts such as `public`")
    if years is not None:
        must_be_years(years)
    known = _known_holidays(country, subdiv, language, names)
    return known if years is None else known.in_years(*years)


@cache
def _known_holidays(
    country: str, subdiv: str | None, language: str | None, categories: tuple[str, ...]
) -> HolidayCalendar:
    import warnings

    import holidays
    from holidays.version import __version__

    kind = _country_class(country)
    _must_be_one_of("subdivision", subdiv, kind.subdivisions, country)
    _must_be_one_of("language", language, kind.supported_languages, country)
    for category in categories:
        _must_be_one_of("category", category, kind.supported_categories, country)
    first, last = kind.start_year, kind.end_year
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = holidays.country_holidays(
            country,
            subdiv=subdiv,
            years=range(first, last + 1),
            expand=False,
            language=language or kind.default_language,
            categories=categories,
        )
    for narrower in filter(None, (KNOWN_FROM_TO.search(str(warning.message)) for warning in caught)):
        first, last = max(first, int(narrower[1])), min(last, int(narrower[2]))
    dates = {day: name for day, name in found.items() if first <= day.year <= last}
    source = HolidaySource(country, subdiv, language or kind.default_language, categories, __version__)
    return HolidayCalendar(dates, years=(first, last), source=source)


def _country_class(country: str) -> "type[HolidayBase]":
    """Return the class of a country; the list of all countries, which takes longer, is for error messages only."""
    import holidays

    if CODE.fullmatch(country):
        with suppress(NotImplementedError):
            kind = type(holidays.country_holidays(country))
            if kind.country == country:  # otherwise the code is another name, such as `UK`
                return kind
    known = holidays.list_supported_countries(include_aliases=False)
    raise DefinitionError(
        f"`{country}` is not a country of the `holidays` package; expected a two-letter code such as `DE`"
        f"{did_you_mean(country, known)}"
    )


def _must_be_one_of(what: str, name: str | None, known: Iterable[str], country: str) -> None:
    known = tuple(known)
    if name is None or name in known:
        return
    if not known:
        raise DefinitionError(f"`{name}` is not a {what} of `{country}`, which has no {what}; leave it out")
    raise DefinitionError(
        f"`{name}` is not a {what} of `{country}`; expected one of {listed(known)}{did_you_mean(name, known)}"
    )
