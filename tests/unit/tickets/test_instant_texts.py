"""Instants as texts: with offset and zone, strictly."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest

from supportcore.errors import NaiveDatetimeError, ZoneError
from supportcore.instants import zone
from supportcore.tickets.instant_texts import format_instant, parse_instant

BERLIN = zone("Europe/Berlin")


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (datetime(2026, 1, 5, 9, tzinfo=BERLIN), "2026-01-05T09:00:00+01:00[Europe/Berlin]"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN), "2026-10-25T02:30:00+02:00[Europe/Berlin]"),
        (datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1), "2026-10-25T02:30:00+01:00[Europe/Berlin]"),
        (datetime(2026, 1, 5, 9, tzinfo=UTC), "2026-01-05T09:00:00+00:00"),
        (datetime(2026, 1, 5, 9, tzinfo=zone("UTC")), "2026-01-05T09:00:00+00:00[UTC]"),
        (datetime(2026, 1, 5, 9, 0, 0, 7, tzinfo=UTC), "2026-01-05T09:00:00.000007+00:00"),
        (datetime(2026, 1, 5, 9, tzinfo=timezone(timedelta(hours=-5))), "2026-01-05T09:00:00-05:00"),
    ],
)
def test_an_instant_is_formatted_and_parsed_back(instant: datetime, text: str) -> None:
    assert format_instant(instant) == text
    back = parse_instant(text)
    assert (back, back.fold, back.utcoffset()) == (instant, instant.fold, instant.utcoffset())
    assert getattr(back.tzinfo, "key", None) == getattr(instant.tzinfo, "key", None)


def test_a_wall_time_in_a_gap_is_formatted_as_read() -> None:
    assert format_instant(datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN)) == "2026-03-29T03:30:00+02:00[Europe/Berlin]"


def test_a_naive_datetime_is_not_formatted() -> None:
    with pytest.raises(NaiveDatetimeError):
        format_instant(datetime(2026, 1, 5, 9))


@pytest.mark.parametrize(
    "text", ["2026-01-05T09:00+01:00", "2026-01-05T08:00:00Z", "2026-01-05T08:00:00Z[!Europe/Berlin]"]
)
def test_other_forms_of_one_instant(text: str) -> None:
    assert parse_instant(text).timestamp() == 1_767_600_000


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "2026-01-05T09:00:00",
            "`2026-01-05T09:00:00` has no offset, so its instant is unknown; "
            "write `2026-01-05T09:00:00+01:00[Europe/Berlin]`",
        ),
        (
            "2026-01-05T09:00:00[Europe/Berlin]",
            "`2026-01-05T09:00:00[Europe/Berlin]` has no offset, so its instant is unknown; "
            "write `2026-01-05T09:00:00+01:00[Europe/Berlin]`",
        ),
        (
            "5.1.2026 9:00",
            "`5.1.2026 9:00` is not an instant; expected a text such as "
            "`2026-01-05T09:00:00+01:00[Europe/Berlin]` or `2026-01-05T08:00:00Z`",
        ),
        (
            "2026-02-30T09:00:00Z",
            "`2026-02-30T09:00:00Z` is not an instant, as its date or time does not exist; "
            "write `2026-01-05T09:00:00+01:00[Europe/Berlin]`",
        ),
        (
            "2026-07-05T09:00:00+01:00[Europe/Berlin]",
            "`2026-07-05T09:00:00+01:00[Europe/Berlin]`: at this instant the clocks of `Europe/Berlin` show "
            "`2026-07-05T10:00:00+02:00`; write that, or leave out the zone",
        ),
    ],
)
def test_invalid_instants_are_refused(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        parse_instant(text)


def test_an_unknown_zone_is_refused_with_the_nearest() -> None:
    with pytest.raises(ZoneError, match="did you mean `Europe/Berlin`"):
        parse_instant("2026-01-05T09:00:00+01:00[Europe/Berln]")
