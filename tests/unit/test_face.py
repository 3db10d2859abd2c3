"""The public face: pinned by a snapshot, complete, lazy, seen by type checkers, and leaned on by no room."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import supportcore
from tests.unit.face import SNAPSHOT, STUB, face, stub

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "supportcore"


def test_the_face_is_as_recorded() -> None:
    recorded = SNAPSHOT.read_text(encoding="utf-8")
    assert face() == recorded, "the public face changed; where that is meant, `make face` renews the snapshot"


def test_the_stub_hands_on_the_same_names() -> None:
    assert STUB.read_text(encoding="utf-8") == stub(), "`make face` renews the stub"


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no name `nowhere`"):
        _ = supportcore.nowhere


def test_dir_lists_the_face() -> None:
    assert set(supportcore.__all__) <= set(dir(supportcore))


def test_every_public_name_explains_itself() -> None:
    silent = [name for name in supportcore.__all__ if not (getattr(supportcore, name).__doc__ or "").strip()]
    assert silent == []


def test_the_import_leaves_what_is_slow_for_later() -> None:
    slow = {"attrs", "cattrs", "dateutil", "holidays", "numpy", "rich", "typer"}
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, supportcore; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert slow & set(loaded.stdout.split()) == set()


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
            "--config-file",
            os.devnull,
            "--cache-dir",
            tmp_path / "cache",
            uses,
        ],
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_room_leans_on_the_face(path: Path) -> None:
    rooms = {entry.stem for entry in SOURCE.iterdir()}
    taken = [
        alias.name
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module == "supportcore" and node.level == 0
        for alias in node.names
        if alias.name not in rooms
    ]
    assert taken == []
