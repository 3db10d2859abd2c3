"""G-1: no clock, environment, locale, network or file is read, nothing changed, but at the named edges."""

from pathlib import Path

import pytest

from tests.laws.purity import FILE_METHODS, FILE_QUESTIONS, Impurity, impurities

SOURCE = Path(__file__).resolve().parents[2] / "src"

# Whole rooms whose purpose is to read and to write.
EDGES = ("supportcore.__main__", "supportcore.cli", "supportcore.notebook", "supportcore.testing")

# Modules that read or write files, and nothing else of the world.
FILES = {
    "supportcore.calendars.holidays.frozen": "writes holidays into a file and reads them",
    "supportcore.concept.loading": "reads concept files",
    "supportcore.logs.mapping.files": "reads mapping files",
    "supportcore.structuring.files": "writes files whole",
    "supportcore.logs.reader": "reads ticket logs and writes the rows set aside",
}
FILE_NAMES = FILE_METHODS | FILE_QUESTIONS | {"gzip", "importlib.resources", "io", "open", "pathlib"}

# What single modules may do besides, and why.
ALLOWED = {
    ("supportcore.calendars.holidays.public", "holidays"): "the adapter, which freezes what the package says (CAL-11)",
    ("supportcore.calendars.holidays.public", "warnings"): "hears from the package which years it knows (CAL-11)",
    ("supportcore.structuring.files", "os"): "follows links and keeps permissions of the file that it replaces",
    ("supportcore.first_use", "sys"): "reads in the code of a package which names it lists",
    ("supportcore.rules.formats.documents", "io"): "a text in memory, for what writes to files only",
    ("supportcore.rules.formats.csv_tables", "io"): "a text in memory, for what writes to files only",
    ("supportcore.instants", "zoneinfo"): "the zone database is the one ambient input, asked here and nowhere else",
    ("supportcore.instants", "pathlib"): "reports the version of the zone database",
    ("supportcore.instants", "is_dir"): "reports the version of the zone database",
    ("supportcore.instants", "is_file"): "reports the version of the zone database",
    ("supportcore.instants", "read_text"): "reports the version of the zone database",
}


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(SOURCE.rglob("*.py"))}
CORE = [name for name in MODULES if not any(f"{name}.".startswith(f"{edge}.") for edge in EDGES)]


def found_in(module: str) -> list[Impurity]:
    return impurities(MODULES[module].read_text(encoding="utf-8"))


def is_allowed(module: str, name: str) -> bool:
    return (module, name) in ALLOWED or (module in FILES and name in FILE_NAMES)


@pytest.mark.parametrize("module", CORE)
def test_the_core_is_pure(module: str) -> None:
    assert [f"line {line}: {name}" for line, name in found_in(module) if not is_allowed(module, name)] == []


@pytest.mark.parametrize(("module", "name"), ALLOWED)
def test_what_is_allowed_is_used(module: str, name: str) -> None:
    assert name in {found.name for found in found_in(module)}


@pytest.mark.parametrize("module", FILES)
def test_what_may_use_files_does(module: str) -> None:
    assert FILE_NAMES & {found.name for found in found_in(module)}


PLANTED = {
    "a clock": ("from datetime import datetime\ndef f():\n    return datetime.now()", "now"),
    "a clock by another name": ("import datetime as dt\ndef f():\n    return dt.date.today()", "today"),
    "a clock handed on": ("from datetime import datetime\nfield(factory=datetime.utcnow)", "utcnow"),
    "a clock of some object": ("def f(zone):\n    return zone.now()", "now"),
    "the local time of an instant": (
        "from datetime import datetime\nx = datetime.fromtimestamp(0)",
        "fromtimestamp",
    ),
    "the local zone": ("def f(instant):\n    return instant.astimezone()", "astimezone"),
    "the time module": ("import time\n", "time"),
    "one function of it": ("from time import monotonic\n", "time"),
    "an import inside a function": ("def f():\n    import random\n", "random"),
    "an import by its text": ("from importlib import import_module\nx = import_module('socket')", "socket"),
    "a module inside a package": ("import os.path\n", "os"),
    "files of a package": ("from importlib import resources\n", "importlib.resources"),
    "versions of packages": ("import importlib.metadata\n", "importlib.metadata"),
    "the environment": ("def f(os):\n    return os.environ['TZ']", "environ"),
    "a locale's words": ("def f(day):\n    return day.strftime('%A')", "strftime"),
    "a locale's words in a format": ("def f(day):\n    return f'{day:%d %B}'", "format `%d %B`"),
    "a locale's numbers": ("def f(x):\n    return f'{x:n}'", "format `n`"),
    "a locale's months": ("import calendar\nx = calendar.month_name", "month_name"),
    "the thread's arithmetic": ("from decimal import getcontext\n", "getcontext"),
    "a file": ("def f(path):\n    return open(path)", "open"),
    "a file by its path": ("def f(path):\n    return path.read_text()", "read_text"),
    "a file's existence": ("def f(path):\n    return path.exists()", "exists"),
    "output": ("def f():\n    print('x')", "print"),
    "input": ("def f():\n    return input()", "input"),
    "text run as code": ("def f(text):\n    return eval(text)", "eval"),
    "holidays past the adapter": ("import holidays\n", "holidays"),
    "a zone past `instants`": ("import zoneinfo\n", "zoneinfo"),
    "a zone made by its type": (
        "from zoneinfo import ZoneInfo\ndef f(name) -> ZoneInfo:\n    return ZoneInfo(name)",
        "zoneinfo",
    ),
    "a zone's type handed on": ("from zoneinfo import ZoneInfo\nfield(converter=ZoneInfo)", "zoneinfo"),
    "a zone's type renamed": ("from zoneinfo import ZoneInfo as Z\n", "zoneinfo"),
    "a global": ("n = 0\ndef f():\n    global n\n    n += 1", "global"),
    "a changed item": ("SEEN = {}\ndef f(x):\n    SEEN[x] = 1", "SEEN, changed"),
    "a deleted item": ("SEEN = make()\ndef f(x):\n    del SEEN[x]", "SEEN, changed"),
    "an item inside": ("SEEN = make()\ndef f(x):\n    SEEN.inner[x] = 1", "SEEN, changed"),
    "a changed list": ("SEEN: list[int] = []\ndef f(x):\n    SEEN.append(x)", "SEEN.append"),
    "a changed set, from a method": (
        "SEEN = set()\nclass C:\n    def f(self):\n        SEEN.add(1)",
        "SEEN.add",
    ),
    "a changed default": (
        "from collections import defaultdict\nD = defaultdict(list)\nf = lambda: D.clear()",
        "D.clear",
    ),
    "an attribute of a class": (
        "class C:\n    @classmethod\n    def f(cls):\n        cls.n = 1",
        "cls, changed",
    ),
    "an attribute of a function": ("def f():\n    f.calls = 1", "f, changed"),
    "the names of a module": ("def f():\n    return vars()", "vars"),
    "a class changed by its names": ("class C: pass\ndef f():\n    vars(C)['n'] = 1", "vars, changed"),
    "an attribute of a module": ("import attrs\ndef f():\n    attrs.x = 1", "attrs, changed"),
    "what stands beside types": (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import os\nelse:\n    import sys",
        "sys",
    ),
}


@pytest.mark.parametrize(("source", "name"), PLANTED.values(), ids=PLANTED)
def test_an_impure_line_is_found(source: str, name: str) -> None:
    assert name in {found.name for found in impurities(source)}


CLEAN = {
    "an instant given": "from datetime import datetime\ndef f(now: datetime):\n    return now.time()",
    "a zone given": "def f(instant, tz):\n    return instant.astimezone(tz)",
    "an import for types": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import zoneinfo",
    "the type of a zone": (
        "from zoneinfo import ZoneInfo\nclass C:\n    tz: ZoneInfo\n"
        "def f(x: ZoneInfo | None) -> ZoneInfo | bool:\n    return isinstance(x, ZoneInfo)"
    ),
    "a question about something inside": "def f(days):\n    return days.exists(7)",
    "a local list": "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x)\n    return out",
    "a local that hides a global": "seen = []\ndef f():\n    seen = []\n    seen.append(1)\n    return seen",
    "a table built at import": "TABLE = {}\nfor n in range(3):\n    TABLE[n] = n * n",
    "a cache": "from functools import cache\n@cache\ndef f(x):\n    return x",
    "an immutable value's method": "OFFICE = calendar_of()\ndef f(t, d):\n    return OFFICE.add(t, d)",
    "an attribute named like a file's": "def f(interval):\n    return interval.open",
    "a share": "def f(x):\n    return f'{x:.1%}'",
    "an attribute of what was just made": "def f(tree):\n    tree.Element('a').text = 'b'",
    "the names of a class": "class C:\n    x = 1\nX = vars(C)['x']",
    "its own frozen field": "class C:\n    def __init__(self):\n        object.__setattr__(self, 'x', 1)",
}


@pytest.mark.parametrize("source", CLEAN.values(), ids=CLEAN)
def test_a_pure_line_is_let_be(source: str) -> None:
    assert impurities(source) == []
