"""Holidays as values: own dates, public ones behind the adapter, plain trees, and frozen files (CAL-11)."""

import json
import locale
import pickle
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from supportcore import (
    BusinessCalendar,
    ConceptError,
    DefinitionError,
    HolidayCalendar,
    UnknownYearError,
    public_holidays,
)
from supportcore.calendars import HolidaySource, freeze, frozen_holidays
from supportcore.calendars.holidays.parsing import structure_holidays, unstructure_holidays
from supportcore.errors import Problem, Problems

MAY = date(2026, 5, 1)
own = HolidayCalendar({MAY: "Labour Day"})


def holidays_and_problems(given: object) -> tuple[HolidayCalendar, list[Problem]]:
    problems = Problems()
    return structure_holidays(given, problems), list(problems)


def faults(given: object) -> list[str]:
    holidays, problems = holidays_and_problems(given)
    assert holidays == HolidayCalendar()
    return [str(problem) for problem in problems]


# Own dates


def test_equal_dates_make_equal_values_in_any_order() -> None:
    one = HolidayCalendar({date(2026, 5, 2): "b", MAY: "a"})
    other = HolidayCalendar({MAY: "a", date(2026, 5, 2): "b"})
    assert one == other
    assert hash(one) == hash(other)
    assert list(one.dates) == [MAY, date(2026, 5, 2)]
    assert pickle.loads(pickle.dumps(one)) == one
    assert one != HolidayCalendar(one.dates, years=(2026, 2026))


def test_dates_are_added_and_struck() -> None:
    both = own.with_dates({date(2026, 5, 2): "Bridge day"})
    assert both.without(MAY) == HolidayCalendar({date(2026, 5, 2): "Bridge day"})
    with pytest.raises(DefinitionError) as error:
        own.without(date(2026, 5, 2))
    assert str(error.value) == "`2026-05-02` is not a holiday and cannot be struck; take it out of the list"


@pytest.mark.parametrize("day", [datetime(2026, 5, 1), "2026-05-01"])
def test_what_is_no_day_is_no_holiday(day: object) -> None:
    with pytest.raises(DefinitionError) as error:
        HolidayCalendar({day: "Labour Day"})  # type: ignore[dict-item]
    assert str(error.value) == f"`{day}` (`Labour Day`) is not a day; expected a date such as `date(2026, 5, 1)`"


def test_a_holiday_has_a_name() -> None:
    with pytest.raises(DefinitionError) as error:
        HolidayCalendar({MAY: True})  # type: ignore[dict-item]
    assert str(error.value) == "the holiday `2026-05-01` has the name `True`; expected a text"


def test_years_are_in_order_and_bound_what_is_known() -> None:
    with pytest.raises(DefinitionError) as error:
        HolidayCalendar({}, years=(2027, 2026))
    assert str(error.value) == "`(2027, 2026)` is not a first and a last year; expected a pair such as `(2020, 2030)`"
    known = HolidayCalendar({MAY: "Labour Day"}, years=(2026, 2027))
    assert (known.knows(2025), known.knows(2026), known.knows(2028)) == (False, True, False)
    assert own.knows(1950)
    own.must_know(1950)
    with pytest.raises(
        UnknownYearError, match=r"^the holidays are unknown for `2025`; they are known for 2026 to 2027;"
    ):
        known.in_years(2025, 2026)


# Public holidays


def test_public_holidays_are_those_of_the_country_and_its_part() -> None:
    whole, part = public_holidays("DE"), public_holidays("DE", subdiv="NW")
    corpus_christi = date(2026, 6, 4)
    assert corpus_christi not in whole.dates
    assert part.dates[corpus_christi] == "Fronleichnam"
    assert part.years == (1991, 2100)
    assert part.source is not None
    assert str(part.source) == "DE-NW"
    assert public_holidays("DE", subdiv="NW") is part


def test_the_language_and_the_categories_are_passed_on() -> None:
    english = public_holidays("DE", subdiv="NW", language="en_US")
    assert english.dates[MAY] == "Labor Day"
    assert date(2026, 8, 15) in public_holidays("DE", subdiv="BY", categories="catholic").dates


def test_names_do_not_follow_the_environment() -> None:
    ask = "from supportcore import public_holidays as p; print(sorted(set(p('CH').dates.values())))"
    found = {
        subprocess.run(
            [sys.executable, "-c", ask], env={"LANGUAGE": language}, capture_output=True, check=True, text=True
        ).stdout
        for language in ("fr", "it", "en_US")
    }
    assert len(found) == 1


def test_the_years_may_be_narrowed_but_not_widened() -> None:
    few = public_holidays("DE", years=(2026, 2026))
    assert {day.year for day in few.dates} == {2026}
    with pytest.raises(UnknownYearError, match=r"^the holidays of `DE` are unknown for `1980`"):
        public_holidays("DE", years=(1980, 2026))


def test_years_that_the_package_warns_of_are_not_known() -> None:
    """The package knows Indian holidays that follow the moon for some years only, and says so in a warning."""
    assert public_holidays("IN").years == (2001, 2035)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            {"country": "D"},
            "`D` is not a country of the `holidays` package; expected a two-letter code such as `DE`",
        ),
        *(
            (
                {"country": other},
                f"`{other}` is not a country of the `holidays` package; expected a two-letter code such as `DE`",
            )
            for other in ("UK", "XX", "DEU", "B3", "HolidayBase", "")
        ),
        (
            {"country": "DE", "subdiv": "NRW"},
            "`NRW` is not a subdivision of `DE`; expected one of `BB`, `BE`, `BW`, `BY`, `HB`, `HE`, `HH`, `MV`, `NI`, "
            "`NW`, `RP`, `SH` and 5 more; did you mean `NW`?",
        ),
        (
            {"country": "DE", "language": "fr"},
            "`fr` is not a language of `DE`; expected one of `de`, `en_US`, `th`, `uk`",
        ),
        (
            {"country": "DE", "categories": ("catholc",)},
            "`catholc` is not a category of `DE`; expected one of `catholic`, `public`, `school`; "
            "did you mean `catholic`?",
        ),
        ({"country": "MC", "subdiv": "X"}, "`X` is not a subdivision of `MC`, which has no subdivision; leave it out"),
    ],
)
def test_unknown_names_are_refused_with_the_known_names(arguments: dict[str, str], message: str) -> None:
    with pytest.raises(DefinitionError) as error:
        public_holidays(**arguments)
    # The listed codes and the nearest of them depend on the version of the package.
    assert str(error.value).split("`", 5)[:5] == message.split("`", 5)[:5]


# Plain trees

TREES: list[object] = [
    "DE",
    "DE-NW",
    {"2026-05-01": "Labour Day"},
    {"country": "DE", "subdiv": "NW", "language": "en_US"},
    {"country": "DE", "subdiv": "BY", "categories": ["public", "catholic"]},
    {"country": "DE", "years": [2020, 2030]},
    {"country": "DE", "add": {"2026-12-24": "Christmas Eve"}, "strike": ["2026-05-01"]},
    {"dates": {"2026-05-01": "Labour Day"}, "years": [2026, 2026]},
]


@pytest.mark.parametrize("tree", TREES)
def test_a_tree_reads_and_writes_to_itself(tree: object) -> None:
    holidays, problems = holidays_and_problems(tree)
    assert problems == []
    assert unstructure_holidays(holidays) == tree
    again, _ = holidays_and_problems(unstructure_holidays(holidays, frozen=True))
    assert again == holidays


def test_nothing_and_a_value_are_read_too() -> None:
    assert holidays_and_problems(None) == (HolidayCalendar(), [])
    assert holidays_and_problems(own) == (own, [])


def test_dates_of_another_release_are_written_out() -> None:
    source = HolidaySource("DE", None, "de", ("public",), "0.1")
    old = HolidayCalendar({MAY: "Erster Mai"}, years=(2026, 2026), source=source)
    tree = unstructure_holidays(old)
    assert tree == {
        "dates": {"2026-05-01": "Erster Mai"},
        "years": [2026, 2026],
        "source": {"country": "DE", "language": "de", "categories": ["public"], "version": "0.1"},
    }
    again, problems = holidays_and_problems(tree)
    assert (again, again.source, problems) == (old, source, [])


@pytest.mark.parametrize(
    ("tree", "problems"),
    [
        (
            7,
            [
                "`7` does not describe holidays; expected a `HolidayCalendar`, a country such as `DE-NW`, dates with "
                "names, or "
                "a table with `country` and, as needed, `subdiv`, `language`, `categories`, `years`, `add`, `strike`"
            ],
        ),
        ("DE-XX", ["`XX` is not a subdivision of `DE`"]),
        (
            {"country": "DE", "sudbiv": "NW"},
            [
                "sudbiv: `sudbiv` is not a part of holidays; expected `country`, `subdiv`, `language`, `categories`, "
                "`years`, `add`, `strike`; did you mean `subdiv`?"
            ],
        ),
        (
            {"country": "DE", "subdiv": 5, "years": [2026], "add": "x", "strike": "x", "categories": [5]},
            [
                "years: `[2026]` is not a pair of years; expected the first and the last, such as [2020, 2030]",
                "add: `x` is not a table of dates and names, such as `2026-05-01` = `Labour Day`",
                "strike: `x` is not a list of days",
                "categories: `[5]` is not a list of categories, such as `public`",
                "subdiv: `5` is not a text",
            ],
        ),
        (
            {"country": "DE", "years": [2030, 2020]},
            ["years: `[2030, 2020]` is not a pair of years; expected the first and the last, such as [2020, 2030]"],
        ),
        (
            {"country": "DE", "strike": ["2026-05-02"]},
            ["`2026-05-02` is not a holiday and cannot be struck; take it out of the list"],
        ),
        (
            {"2026-13-01": "x", "2026-05-01": 5},
            [
                "2026-13-01: `2026-13-01` is not in the calendar; expected a day such as `2026-12-24`",
                "2026-05-01: the name `5` of a holiday is not a text",
            ],
        ),
        (
            {"dates": {"x": "y"}, "years": 2026, "source": {"country": "DE"}},
            [
                "years: `2026` is not a pair of years; expected the first and the last, such as [2020, 2030]",
                "dates.x: `x` is not a day; expected a day such as `2026-12-24`",
                "source: `{'country': 'DE'}` is not a source of holidays; expected the parts `country`, `subdiv`, "
                "`language`, "
                "`categories`, `version`",
            ],
        ),
    ],
)
def test_problems_of_a_tree_are_reported_with_their_paths(tree: object, problems: list[str]) -> None:
    found = faults(tree)
    assert [one[: len(other)] for one, other in zip(found, problems, strict=True)] == problems


def test_the_path_of_a_calendar_leads_into_its_holidays() -> None:
    with pytest.raises(DefinitionError) as error:
        BusinessCalendar(tz="UTC", hours={}, holidays={"country": "DE", "add": {"x": "y"}})
    assert str(error.value) == "holidays.add.x: `x` is not a day; expected a day such as `2026-12-24`"


def test_problems_have_the_path_of_their_entry() -> None:
    for given, path in (
        ({"dates": {"2026-12-01": "x"}, "years": [2030, 2031]}, ""),
        ({"dates": {"X": "y"}}, "dates.X"),
    ):
        _, problems = holidays_and_problems(given)
        assert [problem.path for problem in problems] == [path]


# Frozen files


def test_a_frozen_file_holds_all_dates_and_where_they_came_from(tmp_path: Path) -> None:
    path = tmp_path / "holidays.json"
    holidays = public_holidays("DE", subdiv="NW", years=(2026, 2027))
    freeze(holidays, path)
    tree = json.loads(path.read_text(encoding="utf-8"))
    assert tree["format"] == 1
    assert tree["years"] == [2026, 2027]
    assert tree["dates"]["2026-06-04"] == "Fronleichnam"
    assert tree["source"]["version"] == holidays.source.version  # type: ignore[union-attr]
    again = frozen_holidays(path)
    assert (again, again.source) == (holidays, holidays.source)


def test_own_and_no_holidays_freeze_too(tmp_path: Path) -> None:
    for holidays in (own, HolidayCalendar()):
        freeze(holidays, tmp_path / "own.json")
        assert frozen_holidays(str(tmp_path / "own.json")) == holidays


@pytest.fixture
def plain_locale() -> Iterator[None]:
    """A machine whose texts are ASCII where nobody says otherwise."""
    before = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, "C")
    yield
    locale.setlocale(locale.LC_CTYPE, before)


def test_a_frozen_file_is_utf_8_on_every_machine(plain_locale: None, tmp_path: Path) -> None:
    """CAL-11: what one machine froze is read on any other."""
    holidays, path = HolidayCalendar({date(2026, 1, 6): "Heilige Drei Könige"}), tmp_path / "own.json"
    freeze(holidays, path)
    assert "Heilige Drei Könige".encode() in path.read_bytes()
    assert frozen_holidays(path) == holidays


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{", "line 1: cannot be read as JSON: expecting property name enclosed in double quotes (column 2)"),
        ("[]", "format: is missing or unknown; expected format 1"),
        ('{"dates": {}}', "format: is missing or unknown; expected format 1"),
        ('{"format": 2}', "format: is missing or unknown; expected format 1"),
        (
            '{"format": 1, "dates": {"2026-12-01": "x"}, "years": [2030, 2031]}',
            "`2026-12-01` (`x`) lies outside the years 2030 to 2031 that the holidays are known for; widen `years`",
        ),
        ('{"format": 1, "dates": {"x": "y"}}', "dates.x: `x` is not a day; expected a day such as `2026-12-24`"),
    ],
)
def test_a_file_of_another_origin_is_refused(tmp_path: Path, text: str, problem: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConceptError) as error:
        frozen_holidays(path)
    assert str(error.value).startswith(f"1 problem in {path}\n  {problem}")


def test_a_frozen_file_is_written_for_people_too(tmp_path: Path) -> None:
    """Indented, in the letters of the names, and with its last line ended."""
    path = tmp_path / "own.json"
    freeze(HolidayCalendar({date(2026, 1, 6): "Heilige Drei Könige"}, years=(2026, 2027)), path)
    assert path.read_bytes().decode("utf-8") == (
        '{\n "format": 1,\n "dates": {\n  "2026-01-06": "Heilige Drei Könige"\n },\n'
        ' "years": [\n  2026,\n  2027\n ]\n}\n'
    )
    freeze(HolidayCalendar(), path)
    assert json.loads(path.read_text(encoding="utf-8")) == {"format": 1, "dates": {}}


def test_a_file_that_cannot_be_read_at_all_has_no_place_in_it(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{", encoding="utf-8")
    for name in ("x.json", "missing.json"):
        with pytest.raises(ConceptError) as error:
            frozen_holidays(tmp_path / name)
        assert [problem.path for problem in error.value.problems] == [""]


def test_dates_of_years_that_the_package_does_not_know_are_written_out() -> None:
    """Also where it knows the last of them, and has the release that the dates came from."""
    known = public_holidays("DE", years=(2026, 2026))
    wide = HolidayCalendar(known.dates, years=(1980, 2026), source=known.source)
    for holidays in (wide, HolidayCalendar(known.dates, years=(2026, 2200), source=known.source)):
        tree = unstructure_holidays(holidays)
        assert isinstance(tree, dict)
        assert list(tree) == ["dates", "years", "source"]
        again, problems = holidays_and_problems(tree)
        assert (again, again.source, problems) == (holidays, known.source, [])


def test_a_source_has_the_public_category_by_default() -> None:
    for parts, categories in (({}, ("public",)), ({"categories": ["bank"]}, ("bank",)), ({"categories": "x"}, ("x",))):
        found, problems = holidays_and_problems({"dates": {}, "source": {"country": "DE", "version": "0.1", **parts}})
        assert (found.source, problems) == (HolidaySource("DE", None, None, categories, "0.1"), [])


def test_all_problems_of_a_source_are_reported() -> None:
    source = {"country": "DE", "version": "0.1", "language": 5, "categories": [7]}
    assert faults({"dates": {}, "source": source}) == [
        "source.categories: `[7]` is not a list of categories, such as `public`",
        "source.language: `5` is not a text; it names where the dates came from",
    ]


def test_a_holiday_given_twice_under_two_names_is_refused() -> None:
    given = {date(2026, 5, 1): "Labour Day", "2026-05-01": "May Day"}
    with pytest.raises(DefinitionError) as error:
        BusinessCalendar(tz="UTC", hours={}, holidays=given)
    assert str(error.value) == (
        "holidays.2026-05-01: is given twice, as `Labour Day` and as `May Day`; keep one of them"
    )
