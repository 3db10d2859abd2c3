"""Holidays as trees of plain data, and back: by their country, as own dates, or frozen (CAL-11)."""

from collections.abc import Mapping
from datetime import date

from supportcore.calendars.days import parse_day
from supportcore.calendars.holidays.calendar import HolidayCalendar, HolidaySource, is_years
from supportcore.calendars.holidays.public import public_holidays
from supportcore.errors import Problems, did_you_mean, listed

FORMS = (
    "expected a `HolidayCalendar`, a country such as `DE-NW`, dates with names, or a table with `country` and, as "
    "needed, `subdiv`, `language`, `categories`, `years`, `add`, `strike`"
)
BY_COUNTRY = ("country", "subdiv", "language", "categories", "years", "add", "strike")
FROZEN = ("dates", "years", "source")
SOURCE = ("country", "subdiv", "language", "categories", "version")


def unstructure_holidays(holidays: HolidayCalendar, *, frozen: bool = False) -> str | dict[str, object]:
    """Return holidays as plain data: by their country, with dates added and struck, or with all dates written out.

    >>> unstructure_holidays(public_holidays("DE", subdiv="NW"))
    'DE-NW'
    >>> unstructure_holidays(HolidayCalendar({date(2026, 5, 1): "Labour Day"}))
    {'2026-05-01': 'Labour Day'}
    """
    source = holidays.source
    known = _known_today(source) if source and not frozen else None
    covered = (
        known and known.years and holidays.years and known.knows(holidays.years[0]) and known.knows(holidays.years[1])
    )
    if source and known and covered:
        return _by_country(holidays, source, known)
    dates = _texts(holidays.dates)
    if not frozen and not source and holidays.years is None:
        return dates
    origin = None if source is None else {name: _plain_part(getattr(source, name)) for name in SOURCE}
    return _non_empty(
        dates=dates, years=holidays.years and list(holidays.years), source=origin and _non_empty(**origin)
    )


def _known_today(source: HolidaySource) -> HolidayCalendar | None:
    """Return the holidays of a source in the installed package, or `None` if that is another release."""
    now = public_holidays(source.country, subdiv=source.subdiv, language=source.language, categories=source.categories)
    return now if now.source == source else None


def _by_country(holidays: HolidayCalendar, source: HolidaySource, known: HolidayCalendar) -> str | dict[str, object]:
    assert holidays.years is not None, "public holidays have their years"
    public = known.in_years(*holidays.years).dates
    own_language = public_holidays(source.country).source
    parts = _non_empty(
        language=None if own_language and own_language.language == source.language else source.language,
        categories=None if source.categories == ("public",) else list(source.categories),
        years=None if holidays.years == known.years else list(holidays.years),
        add=_texts({day: name for day, name in holidays.dates.items() if public.get(day) != name}),
        strike=[day.isoformat() for day in public if day not in holidays.dates],
    )
    return {**_non_empty(country=source.country, subdiv=source.subdiv), **parts} if parts else str(source)


def _texts(dates: Mapping[date, str]) -> dict[str, object]:
    return {day.isoformat(): name for day, name in dates.items()}


def _plain_part(part: str | tuple[str, ...] | None) -> object:
    return list(part) if isinstance(part, tuple) else part


def _non_empty(**parts: object) -> dict[str, object]:
    return {name: part for name, part in parts.items() if part}


def structure_holidays(given: object, problems: Problems) -> HolidayCalendar:
    """Return the holidays in plain data; where anything adds to the problems, the result is not to be used.

    >>> structure_holidays("DE-NW", Problems()) == public_holidays("DE", subdiv="NW")
    True
    """
    if given is None:
        return HolidayCalendar()
    if isinstance(given, HolidayCalendar):
        return given
    if isinstance(given, str):
        country, dash, subdiv = given.partition("-")
        return _public({"country": country.strip(), "subdiv": subdiv.strip() if dash else None}, problems)
    if not isinstance(given, Mapping):
        problems.add("", f"`{given}` does not describe holidays; {FORMS}")
    elif "country" in given:
        if _only_known_keys(given, BY_COUNTRY, problems):
            return _public(given, problems)
    elif "dates" in given:
        if _only_known_keys(given, FROZEN, problems):
            return _frozen(given, problems)
    else:
        return HolidayCalendar(_dates(given, problems))
    return HolidayCalendar()


def _only_known_keys(given: Mapping[object, object], known: tuple[str, ...], problems: Problems) -> bool:
    unknown = [key for key in given if key not in known]
    for key in unknown:
        near = did_you_mean(str(key), known)
        problems.add(str(key), f"`{key}` is not a part of holidays; expected {listed(known)}{near}")
    return not unknown


def _public(given: Mapping[object, object], problems: Problems) -> HolidayCalendar:
    before = len(problems)
    years = _years(given.get("years"), problems.at("years"))
    added = _dates(given.get("add", {}), problems.at("add"))
    struck = _struck(given.get("strike", ()), problems.at("strike"))
    categories = _categories(given.get("categories", ("public",)), problems.at("categories"))
    names = {name: given[name] for name in ("country", "subdiv", "language") if name in given}
    for name, text in names.items():
        if not isinstance(text, str if name == "country" else str | None):
            problems.add(name, f"`{text}` is not a text")
    if len(problems) == before:
        with problems:
            found = public_holidays(
                str(names["country"]),
                subdiv=_optional_text(names.get("subdiv")),
                language=_optional_text(names.get("language")),
                categories=categories,
                years=years,
            )
            return found.without(*struck).with_dates(added)
    return HolidayCalendar()


def _optional_text(value: object) -> str | None:
    return None if value is None else str(value)


def _frozen(given: Mapping[object, object], problems: Problems) -> HolidayCalendar:
    before = len(problems)
    years = _years(given.get("years"), problems.at("years"))
    dates = _dates(given["dates"], problems.at("dates"))
    source = _source(given.get("source"), problems.at("source"))
    if len(problems) == before:
        with problems:
            return HolidayCalendar(dates, years=years, source=source)
    return HolidayCalendar()


def _source(given: object, problems: Problems) -> HolidaySource | None:
    if given is None:
        return None
    if not isinstance(given, Mapping) or not {"country", "version"} <= set(given) <= set(SOURCE):
        problems.add("", f"`{given}` is not a source of holidays; expected the parts {listed(SOURCE)}")
        return None
    categories = _categories(given.get("categories", ("public",)), problems.at("categories"))
    texts = {name: given.get(name) for name in SOURCE if name != "categories"}
    for name, text in texts.items():
        if not isinstance(text, str if name in ("country", "version") else str | None):
            problems.add(name, f"`{text}` is not a text; it names where the dates came from")
    country, version = str(texts["country"]), str(texts["version"])
    subdiv, language = _optional_text(texts["subdiv"]), _optional_text(texts["language"])
    return HolidaySource(country, subdiv, language, categories, version)


def _dates(given: object, problems: Problems) -> dict[date, str]:
    if not isinstance(given, Mapping):
        problems.add("", f"`{given}` is not a table of dates and names, such as `2026-05-01` = `Labour Day`")
        return {}
    dates: dict[date, str] = {}
    for key, name in given.items():
        with problems.at(str(key)) as here:
            day = parse_day(key)
            if not isinstance(name, str):
                here.add("", f"the name `{name}` of a holiday is not a text")
            elif dates.setdefault(day, name) != name:
                here.add("", f"is given twice, as `{dates[day]}` and as `{name}`; keep one of them")
    return dates


def _struck(given: object, problems: Problems) -> list[date]:
    if not isinstance(given, list | tuple):
        problems.add("", f"`{given}` is not a list of days")
        return []
    days = []
    for day in given:
        with problems:
            days.append(parse_day(day))
    return days


def _categories(given: object, problems: Problems) -> tuple[str, ...]:
    names = (given,) if isinstance(given, str) else given
    if isinstance(names, list | tuple) and names and all(isinstance(name, str) for name in names):
        return tuple(names)
    problems.add("", f"`{given}` is not a list of categories, such as `public`")
    return ()


def _years(given: object, problems: Problems) -> tuple[int, int] | None:
    if given is None:
        return None
    if is_years(given):
        return given[0], given[1]
    problems.add("", f"`{given}` is not a pair of years; expected the first and the last, such as [2020, 2030]")
    return None
