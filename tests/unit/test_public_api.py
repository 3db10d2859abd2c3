"""The public API: pinned by a snapshot, complete, imported on first use, seen by type checkers, used by no module."""

import ast
import inspect
import os
import py_compile
import re
import subprocess
import sys
from collections.abc import Iterator
from fractions import Fraction
from functools import cache, cached_property
from pathlib import Path
from typing import ClassVar, NamedTuple, Protocol

import pytest
from attrs import field, frozen

import supportcore
from tests.unit.public_api import SNAPSHOT, described, exports, homes_of, snapshot

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "supportcore"
EXPORTED = exports(supportcore)
HOMES = homes_of(EXPORTED)
CLASSES = {HOMES[id(value)]: value for value in EXPORTED.values() if inspect.isclass(value)}


def test_the_public_api_is_as_recorded() -> None:
    recorded = SNAPSHOT.read_text(encoding="utf-8")
    assert snapshot() == recorded, "the public API changed; if you meant to change it, renew the snapshot: `make api`"


# What the snapshot notices


@frozen
class Slotted:
    given: int
    made: tuple[int, ...] = field(init=False, default=())
    label: ClassVar[str] = "slotted"

    @property
    def doubled(self) -> int:
        return self.given * 2

    @cached_property
    def halved(self) -> Fraction:
        return Fraction(self.given, 2)

    @staticmethod
    def of(text: str) -> "Slotted":
        return Slotted(int(text))

    @classmethod
    def zero(cls) -> "Slotted":
        return cls(0)

    def raised(self, *, by: int = 1) -> "Slotted | None":
        return Slotted(self.given + by)

    def __len__(self) -> int:
        return self.given

    def _private(self) -> int:
        return 0


@frozen(slots=False)
class Unslotted:
    given: int

    @cached_property
    def halved(self) -> Fraction:
        return Fraction(self.given, 2)


@frozen
class Derived(Slotted):
    more: str = ""


class Point(NamedTuple):
    x: int
    y: int | None = None

    @property
    def flipped(self) -> "Point":
        return Point(self.y or 0, self.x)


class Plain:
    note: str

    def __init__(self, note: str) -> None:
        self.note = note

    class Inner:
        pass


class Walks(Protocol):
    @property
    def legs(self) -> int: ...

    def walk(self, to: str) -> None: ...


SLOTTED = [
    "    def __len__(self) -> int",
    "    doubled: int",
    "    given: int",
    "    halved: Fraction",
    "    label: str = 'slotted'",
    "    made: tuple[int, ...]",
    "    staticmethod of(text: str) -> Slotted",
    "    def raised(self, *, by: int = 1) -> Slotted | None",
    "    classmethod zero(cls) -> Slotted",
]
MEMBERS = {
    Slotted: ["class here.Slotted(given: int) -> None", *SLOTTED],
    Unslotted: ["class here.Unslotted(given: int) -> None", "    given: int", "    halved: Fraction"],
    Derived: [
        "class here.Derived [Slotted](given: int, more: str = '') -> None",
        *SLOTTED[:6],
        "    more: str",
        *SLOTTED[6:],
    ],
    Point: [
        "class here.Point [tuple](x: int, y: int | None = None)",
        "    flipped: Point",
        "    x: int",
        "    y: int | None",
    ],
    Plain: ["class here.Plain(note: str) -> None", "    class Inner(...)", "    note: str"],
    Walks: ["class here.Walks [Protocol]", "    legs: int", "    def walk(self, to: str) -> None"],
}


@pytest.mark.parametrize("kind", MEMBERS, ids=lambda kind: kind.__name__)
def test_a_class_is_described_with_all_its_members(kind: type) -> None:
    assert list(described(f"here.{kind.__name__}", kind, {})) == MEMBERS[kind]


def test_inherited_members_are_described_at_a_public_base() -> None:
    homes = {id(Slotted): "here.Slotted", id(Derived): "here.Derived"}
    assert list(described("here.Derived", Derived, homes)) == [MEMBERS[Derived][0], "    more: str"]


def test_a_second_path_refers_to_the_first() -> None:
    assert list(described("here.inside.Point", Point, {id(Point): "here.Point"})) == ["here.inside.Point = here.Point"]


PACKAGES = {
    "__init__.py": "",
    "_private.py": "A = 1",
    "alone.py": "import os\nfrom api_in_a_test.inner.deep import C\nB: int = 2\n_hidden = 3\ndef made(): ...",
    "inner/__init__.py": "import os\nfrom typing import Any\nfrom api_in_a_test.inner.module import D, _E",
    "inner/module.py": "class D: ...\n_E = F = 4",
    "inner/deep/__init__.py": "__all__ = ['C']\nC = G = 5",
    "inner/_closed/__init__.py": "H = 6",
}


def test_packages_are_found_at_every_depth(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in PACKAGES.items():
        path = tmp_path / "api_in_a_test" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    import api_in_a_test

    found = sorted(".".join(key).removeprefix("api_in_a_test.") for key in exports(api_in_a_test))
    assert found == ["alone.B", "alone.made", "inner.D", "inner.deep.C"]


# What the snapshot of the library must contain, read from its source instead of its objects


def test_every_public_name_is_in_the_snapshot() -> None:
    packages = [path.parent for path in SOURCE.rglob("__init__.py")]
    modules = [path for path in SOURCE.glob("*.py") if not path.name.startswith("_")]
    dotted = {".".join(path.relative_to(SOURCE.parent).with_suffix("").parts) for path in (*packages, *modules)}
    public = {name for name in dotted if "._" not in name}
    written = {f"{name}.{member}" for name in public for member in getattr(sys.modules[name], "__all__", ())}
    listed = set(re.findall(r"^(?:class |def |module )?([\w.]+)", SNAPSHOT.read_text(encoding="utf-8"), re.M))
    assert written - listed == set()


@cache
def class_bodies(path: str) -> dict[str, ast.ClassDef]:
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}


def written_members(kind: type) -> Iterator[str]:
    """The public names that the source of a class defines in its body, or sets on `self` in a method."""
    body = class_bodies(inspect.getfile(kind))[kind.__name__]
    for node in body.body:
        match node:
            case ast.FunctionDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
    for node in ast.walk(body):
        match node:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name


def listed_members(kind: type) -> set[str]:
    """The members that the snapshot lists for a class and for its public bases."""
    blocks = re.split(r"^(?=\S)", SNAPSHOT.read_text(encoding="utf-8"), flags=re.M)
    own = {HOMES[id(base)] for base in kind.__mro__ if id(base) in HOMES}
    return {
        name
        for block in blocks
        if (head := re.match(r"class ([\w.]+)", block)) and head[1] in own
        for name in re.findall(r"^    (?:(?:def|class|staticmethod|classmethod) )?(\w+)", block, re.M)
    }


@pytest.mark.parametrize("kind", CLASSES.values(), ids=CLASSES)
def test_every_public_member_is_in_the_snapshot(kind: type) -> None:
    bases = [base for base in kind.__mro__ if base.__module__.partition(".")[0] == "supportcore"]
    written = {name for base in bases for name in written_members(base) if not name.startswith("_")}
    assert written - listed_members(kind) == set()


# How the names are imported


def test_dir_lists_the_public_names() -> None:
    assert set(supportcore.__all__) <= set(dir(supportcore))


def test_importing_supportcore_imports_no_slow_package() -> None:
    slow = {"attrs", "cattrs", "dateutil", "holidays", "numpy", "rich", "typer"}
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, supportcore; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert slow & set(loaded.stdout.split()) == set()


def test_about_a_hundred_names_are_public_and_packages_load_on_first_use() -> None:
    assert 90 <= len(supportcore.__all__) <= 120
    assert set(supportcore.__all__) <= set(dir(supportcore))
    assert supportcore.sla.Agreement is supportcore.Agreement
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, supportcore as sc; sc.Opened; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert "supportcore.tickets" in loaded
    assert "supportcore.sla" not in loaded


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError) as error:
        supportcore.evalute  # type: ignore[attr-defined]  # noqa: B018
    assert str(error.value) == "module `supportcore` has no attribute `evalute`"


def test_the_public_api_works_without_source_files(tmp_path: Path) -> None:
    """As where an app is frozen into one file with its bytecode only."""
    for source in SOURCE.rglob("*.py"):
        target = tmp_path / source.relative_to(SOURCE.parent).with_suffix(".pyc")
        target.parent.mkdir(parents=True, exist_ok=True)
        py_compile.compile(str(source), cfile=str(target), doraise=True)
    printed = subprocess.run(
        [sys.executable, "-c", "import supportcore as sc; print(sc.Opened.__name__, len(sc.__all__), sc.__file__)"],
        capture_output=True,
        text=True,
        check=True,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("COV")},
            "PYTHONPATH": str(tmp_path),
        },
        cwd=tmp_path,
    ).stdout.split()
    assert printed[:2] == ["Opened", str(len(supportcore.__all__))]
    assert printed[2].endswith(".pyc")


def test_type_checkers_see_every_public_name(tmp_path: Path) -> None:
    uses = tmp_path / "uses.py"
    names = "\n".join(f"    sc.{name}," for name in supportcore.__all__)
    uses.write_text(f"import supportcore as sc\n\nevery: list[object] = [\n{names}\n]\n", encoding="utf-8")
    checked = subprocess.run(
        [
            sys.executable,
            "-m",
            "mypy",
            "--strict",
            "--follow-imports=silent",
            "--config-file",
            os.devnull,
            "--cache-dir",
            tmp_path / "cache",
            uses,
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(SOURCE.parent)},
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_module_imports_from_the_top_level(path: Path) -> None:
    modules = {entry.stem for entry in SOURCE.iterdir()}
    imported = [
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "supportcore" and node.level == 0
        for alias in node.names
        if alias.name not in modules
    ]
    assert imported == []
