"""Holidays in a file, with the release that they came from, so that an answer does not change with one (CAL-11)."""

import json
from pathlib import Path

from supportcore.calendars.holidays.calendar import HolidayCalendar
from supportcore.calendars.holidays.parsing import holidays_as_plain, read_holidays
from supportcore.errors import ConceptError, DefinitionError, Problem
from supportcore.structuring.plain import decode_utf8, parse_plain

FORMAT = 1


def freeze(holidays: HolidayCalendar, path: Path | str) -> None:
    """Writes all dates, their years and the release of the `holidays` package that they came from, as JSON.

    `frozen_holidays` reads an equal value back, whatever release is installed then.
    """
    if not isinstance(holidays, HolidayCalendar):
        raise DefinitionError(f"`{holidays}` is no `HolidayCalendar`; freeze the holidays, not what they are part of")
    text = json.dumps({"format": FORMAT, **written(holidays)}, ensure_ascii=False, indent=1)
    Path(path).write_text(text + "\n", encoding="utf-8")


def written(holidays: HolidayCalendar) -> dict[str, object]:
    """The tree that a frozen file holds."""
    tree = holidays_as_plain(holidays, frozen=True)
    assert isinstance(tree, dict), "frozen holidays are written out"
    return {"dates": {}, **tree}


def frozen_holidays(path: Path | str) -> HolidayCalendar:
    """The holidays that a file written by `freeze` holds; `ConceptError` with every problem where it is none."""
    source = str(path)
    try:
        content = Path(source).read_bytes()
    except OSError as error:
        message = f"cannot be read: {error.strerror}; give the path of a file that `freeze` wrote"
        raise ConceptError([Problem("", message)], source) from None
    tree = parse_plain(decode_utf8(content, source=source), "json", source=source)
    if not isinstance(tree, dict) or tree.pop("format", None) != FORMAT:
        raise ConceptError([Problem("format", f"is missing or unknown; files of format {FORMAT} can be read")], source)
    holidays, problems = read_holidays(tree)
    if problems:
        raise ConceptError(problems, source)
    return holidays
