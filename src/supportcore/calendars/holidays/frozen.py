"""Holidays frozen in a file, so that results do not change with a release of the `holidays` package (CAL-11)."""

import json
from pathlib import Path

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.calendars.holidays.calendar import HolidayCalendar
from supportcore.calendars.holidays.parsing import structure_holidays, unstructure_holidays
from supportcore.errors import ConceptError, DefinitionError, Problem, Problems
from supportcore.structuring.files import read_file, write_whole
from supportcore.structuring.plain import decode_utf8, parse_plain

FORMAT = 1


def freeze(holidays: HolidayCalendar, path: Path | str) -> None:
    """Write all dates, their years and the release of the `holidays` package that they came from to a JSON file.

    `frozen_holidays` reads an equal value back, with any release installed.
    """
    if not isinstance(holidays, HolidayCalendar):
        raise DefinitionError(
            f"`{holidays}` is not a `HolidayCalendar`; freeze the holidays of a calendar, not the calendar"
        )
    text = json.dumps({"format": FORMAT, **written(holidays)}, ensure_ascii=False, indent=1)
    try:
        content = f"{text}\n".encode()
    except UnicodeEncodeError:
        raise DefinitionError("a name of a holiday holds a lone surrogate; write it in valid Unicode") from None
    write_whole(path, content)


def written(holidays: HolidayCalendar) -> dict[str, object]:
    """Return the content of a frozen file."""
    tree = unstructure_holidays(holidays, frozen=True)
    assert isinstance(tree, dict), "frozen holidays are a table"
    return {"dates": {}, **tree}


def frozen_holidays(path: Path | str, *, bounds: Bounds = DEFAULT_BOUNDS) -> HolidayCalendar:
    """Return the holidays in a file written by `freeze`.

    Raises `ConceptError` with every problem of any other file, and for a file beyond the `bounds`.
    """
    source = str(path)
    content = read_file(path, "a file that `freeze` wrote", bounds)
    tree = parse_plain(decode_utf8(content, source=source), "json", source=source, bounds=bounds)
    if not isinstance(tree, dict) or tree.pop("format", None) != FORMAT:
        raise ConceptError([Problem("format", f"is missing or unknown; expected format {FORMAT}")], source)
    problems = Problems()
    holidays = structure_holidays(tree, problems)
    problems.raise_if_any(source)
    return holidays
