"""Draws the clock changes that the explanation of calendars shows: run it, and it writes the pictures."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from supportcore import BusinessCalendar

HERE = Path(__file__).parent
WIDTH, LEFT, HOUR_WIDTH = 800, 160, 64

PICTURES = {
    "spring.svg": ("Europe/Berlin", datetime(2026, 3, 28, 23, tzinfo=UTC), "01:30-03:30"),
    "autumn.svg": ("Europe/Berlin", datetime(2026, 10, 24, 22, tzinfo=UTC), "01:30-03:30"),
    "midnight.svg": ("America/Sao_Paulo", datetime(2018, 11, 4, 0, tzinfo=UTC), "00:00-02:00"),
    "midnight-twice.svg": ("Africa/Cairo", datetime(2024, 10, 31, 17, tzinfo=UTC), "22:00-24:00"),
    "midnight-night.svg": ("Asia/Beirut", datetime(2024, 3, 30, 18, tzinfo=UTC), "23:00-01:30"),
    "two-hours.svg": ("Antarctica/Troll", datetime(2024, 3, 30, 22, tzinfo=UTC), "00:30-03:30"),
    "half-hour.svg": ("Australia/Lord_Howe", datetime(2026, 4, 4, 12, tzinfo=UTC), "01:00-02:30"),
}


def picture(tz: str, start: datetime, hours: str, count: int = 9) -> str:
    """Time as it passes from left to right, what the clock on the wall shows, and when a calendar is open."""
    zone = ZoneInfo(tz)
    end = start + timedelta(hours=count)
    calendar = BusinessCalendar(tz=tz, hours={"mon-sun": hours})

    def x(instant: datetime) -> float:
        return LEFT + (instant - start) / timedelta(hours=1) * HOUR_WIDTH

    def label(at: float, y: int, text: str, anchor: str = "middle") -> str:
        return f'<text x="{at:g}" y="{y}" text-anchor="{anchor}">{text}</text>'

    marks = [start + timedelta(minutes=30) * index for index in range(2 * count + 1)]
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} 130" font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="130" fill="white"/>',
        label(LEFT - 32, 34, "UTC", "end"),
        label(LEFT - 32, 70, "on the wall", "end"),
        label(LEFT - 32, 106, f"open {hours}", "end"),
    ]
    for opens, closes in calendar.intervals(start, end):
        lines.append(f'<rect x="{x(opens):g}" y="92" width="{x(closes) - x(opens):g}" height="20" fill="#4a8"/>')
    shift = None
    for mark in marks:
        local = mark.astimezone(zone)
        changed = shift is not None and local.utcoffset() != shift
        shift = local.utcoffset()
        if changed:
            lines.append(f'<line x1="{x(mark):g}" y1="16" x2="{x(mark):g}" y2="116" stroke="#c33" stroke-width="2"/>')
        if mark.minute == 0:
            lines.append(label(x(mark), 34, f"{mark:%H:%M}"))
        if mark.minute == 0 or changed:
            lines.append(label(x(mark), 70, f"{local:%H:%M}"))
    return "\n".join([*lines, "</svg>", ""])


if __name__ == "__main__":
    for name, parts in PICTURES.items():
        (HERE / name).write_text(picture(*parts), encoding="utf-8")
