"""Holidays as plain trees of text, and back: by the name of their country, as own dates, or frozen (CAL-11)."""

from collections.abc import Mapping
from datetime import date

from supportcore.calendars.days import read_day
from supportcore.calendars.holidays.calendar import HolidayCalendar, HolidaySource, is_years
from supportcore.calendars.holidays.public import public_holidays
from supportcore.errors import DefinitionError, Problem, UnknownYearError, did_you_mean, listed

FORMS = (
    "accepted are a HolidayCalendar, a country such as `DE-NW`, dates with names, or a table with `country` and, as "
    "needed, `subdiv`, `language`, `categories`, `years`, `add`, `strike`"
)
BY_COUNTRY = ("country", "subdiv", "language", "categories", "years", "add", "strike")
FROZEN = ("dates", "years", "source")
SOURCE = ("country", "subdiv", "language", "categories", "version")


def holidays_as_plain(holidays: HolidayCalendar, *, frozen: bool = False) -> str | dict[str, object]:
    """Holidays as a plain tree: by the name of their country, with dates added and struck, or all dates written out.

    >>> holidays_as_plain(public_holidays("DE", subdiv="NW"))
    'DE-NW'
    >>> holidays_as_plain(HolidayCalendar({date(2026, 5, 1): "Labour Day"}))
    {'2026-05-01': 'Labour Day'}
    """
    source = holidays.source
    known = _as_known_now(source) if source and not frozen else None
    covered = (
        known and known.years and holidays.years and known.knows(holidays.years[0]) and known.knows(holidays.years[1])
    )
    if source and known and covered:
        return _by_country(holidays, source, known)
    dates = _texts(holidays.dates)
    if not frozen and not source and holidays.years is None:
        return dates
    origin = None if source is None else {name: _plain_part(getattr(source, name)) for name in SOURCE}
    return _given(dates=dates, years=holidays.years and list(holidays.years), source=origin and _given(**origin))


def _as_known_now(source: HolidaySource) -> HolidayCalendar | None:
    """The same question asked of the installed package; none where it has another release."""
    now = public_holidays(source.country, subdiv=source.subdiv, language=source.language, categories=source.categories)
    return now if now.source == source else None


def _by_country(holidays: HolidayCalendar, source: HolidaySource, known: HolidayCalendar) -> str | dict[str, object]:
    assert holidays.years is not None, "public holidays have their years"
    public = known.in_years(*holidays.years).dates
    own_language = public_holidays(source.country).source
    parts = _given(
        language=None if own_language and own_language.language == source.language else source.language,
        categories=None if source.categories == ("public",) else list(source.categories),
        years=None if holidays.years == known.years else list(holidays.years),
        add=_texts({day: name for day, name in holidays.dates.items() if public.get(day) != name}),
        strike=[day.isoformat() for day in public if day not in holidays.dates],
    )
    return {**_given(country=source.country, subdiv=source.subdiv), **parts} if parts else str(source)


def _texts(dates: Mapping[date, str]) -> dict[str, object]:
    return {day.isoformat(): name for day, name in dates.items()}


def _plain_part(part: str | tuple[str, ...] | None) -> object:
    return list(part) if isinstance(part, tuple) else part


def _given(**parts: object) -> dict[str, object]:
    """The parts that say something."""
    return {name: part for name, part in parts.items() if part}


def read_holidays(given: object) -> tuple[HolidayCalendar, list[Problem]]:
    """The holidays that a plain tree says, and the problems with their paths.

    >>> read_holidays("DE-NW")[0] == public_holidays("DE", subdiv="NW")
    True
    >>> [str(problem) for problem in read_holidays({"2026-13-01": "x"})[1]]
    ['2026-13-01: `2026-13-01` is no day of the calendar; accepted are days such as `2026-12-24`']
    """
    if given is None:
        return HolidayCalendar(), []
    if isinstance(given, HolidayCalendar):
        return given, []
    if isinstance(given, str):
        country, dash, subdiv = given.partition("-")
        return _asked({"country": country.strip(), "subdiv": subdiv.strip() if dash else None})
    if not isinstance(given, Mapping):
        return HolidayCalendar(), [Problem("", f"`{given}` says no holidays; {FORMS}")]
    if "country" in given:
        return _known_keys(given, BY_COUNTRY) or _asked(given)
    if "dates" in given:
        return _known_keys(given, FROZEN) or _frozen(given)
    dates, problems = _dates(given, "")
    return HolidayCalendar(dates), problems


def _known_keys(given: Mapping[object, object], known: tuple[str, ...]) -> tuple[HolidayCalendar, list[Problem]] | None:
    problems = [
        Problem(
            str(key), f"`{key}` is no part of holidays; accepted are {listed(known)}{did_you_mean(str(key), known)}"
        )
        for key in given
        if key not in known
    ]
    return (HolidayCalendar(), problems) if problems else None


def _asked(given: Mapping[object, object]) -> tuple[HolidayCalendar, list[Problem]]:
    years, problems = _years(given.get("years"))
    added, faults = _dates(given.get("add", {}), "add")
    struck, more = _struck(given.get("strike", ()))
    categories, rest = _names(given.get("categories", ("public",)))
    names = {name: given[name] for name in ("country", "subdiv", "language") if name in given}
    texts = [
        Problem(name, f"`{text}` is no text")
        for name, text in names.items()
        if not isinstance(text, str if name == "country" else str | None)
    ]
    problems += [*faults, *more, *rest, *texts]
    if problems:
        return HolidayCalendar(), problems
    try:
        found = public_holidays(
            str(names["country"]),
            subdiv=_text(names.get("subdiv")),
            language=_text(names.get("language")),
            categories=categories,
            years=years,
        )
        return found.without(*struck).with_dates(added), []
    except (DefinitionError, UnknownYearError) as error:
        return HolidayCalendar(), [Problem("", str(error))]


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _frozen(given: Mapping[object, object]) -> tuple[HolidayCalendar, list[Problem]]:
    years, problems = _years(given.get("years"))
    dates, faults = _dates(given["dates"], "dates")
    source, more = _source(given.get("source"))
    problems += [*faults, *more]
    if problems:
        return HolidayCalendar(), problems
    try:
        return HolidayCalendar(dates, years=years, source=source), []
    except DefinitionError as error:
        return HolidayCalendar(), [Problem("", str(error))]


def _source(given: object) -> tuple[HolidaySource | None, list[Problem]]:
    if given is None:
        return None, []
    if not isinstance(given, Mapping) or not {"country", "version"} <= set(given) <= set(SOURCE):
        return None, [Problem("source", f"`{given}` is no source of holidays; its parts are {listed(SOURCE)}")]
    categories, problems = _names(given.get("categories", ("public",)))
    texts = {name: given.get(name) for name in SOURCE if name != "categories"}
    problems += [
        Problem(f"source.{name}", f"`{text}` is no text; it says where the dates came from")
        for name, text in texts.items()
        if not isinstance(text, str if name in ("country", "version") else str | None)
    ]
    country, version = str(texts["country"]), str(texts["version"])
    return HolidaySource(country, _text(texts["subdiv"]), _text(texts["language"]), categories, version), problems


def _dates(given: object, path: str) -> tuple[dict[date, str], list[Problem]]:
    if not isinstance(given, Mapping):
        return {}, [Problem(path, f"`{given}` is no table of dates and names, such as `2026-05-01` = `Labour Day`")]
    dates: dict[date, str] = {}
    problems = []
    for key, name in given.items():
        day = read_day(key)
        here = f"{path}.{key}".strip(".")
        if isinstance(day, str):
            problems.append(Problem(here, day))
        elif not isinstance(name, str):
            problems.append(Problem(here, f"the name `{name}` of a holiday is no text"))
        elif dates.setdefault(day, name) != name:
            problems.append(Problem(here, f"is given twice, as `{dates[day]}` and as `{name}`; keep one of them"))
    return dates, problems


def _struck(given: object) -> tuple[list[date], list[Problem]]:
    days = [read_day(day) for day in given] if isinstance(given, list | tuple) else [f"`{given}` is no list of days"]
    problems = [Problem("strike", day) for day in days if isinstance(day, str)]
    return [day for day in days if isinstance(day, date)], problems


def _names(given: object) -> tuple[tuple[str, ...], list[Problem]]:
    names = (given,) if isinstance(given, str) else given
    if isinstance(names, list | tuple) and names and all(isinstance(name, str) for name in names):
        return tuple(names), []
    return (), [Problem("categories", f"`{given}` is no list of categories, such as `public`")]


def _years(given: object) -> tuple[tuple[int, int] | None, list[Problem]]:
    if given is None:
        return None, []
    if is_years(given):
        return (given[0], given[1]), []
    return None, [Problem("years", f"`{given}` is no pair of years; accepted are the first and the last, [2020, 2030]")]
