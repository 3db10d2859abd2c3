"""`make system` installs missing programs as root on Debian; elsewhere it names them and stops."""

import os
import runpy
import sys
from pathlib import Path

import pytest

SYSTEM = runpy.run_path(str(Path(__file__).resolve().parents[2] / "tools" / "system.py"), run_name="tools")
BROWSER = {"a-browser": {"debian": "browser-package"}}
PASSES, FAILS = ([sys.executable, "-c", f"import sys; sys.exit({status})"] for status in (0, 3))


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the only one on the path, but for the shell's programs."""
    monkeypatch.setenv("PATH", os.pathsep.join([str(tmp_path), "/usr/bin", "/bin"]))
    return tmp_path


def program(folder: Path, name: str, lines: str = "") -> None:
    made = folder / name
    made.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    made.chmod(0o755)


def as_user(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: number)


def test_as_root_on_debian_a_missing_program_is_installed(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, 0)
    program(path, "apt-get", f'echo "$@" >>{path}/asked; touch {path}/a-browser; chmod +x {path}/a-browser')
    assert SYSTEM["main"](BROWSER, PASSES) == 0
    asked = (path / "asked").read_text(encoding="utf-8").splitlines()
    assert asked == ["update -qq", "install -qq --no-install-recommends browser-package"]


def test_a_program_of_npm_is_installed_too(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, 0)
    program(path, "apt-get", "exit 1")
    program(path, "npm", f'echo "$@" >{path}/asked; touch {path}/drawer; chmod +x {path}/drawer')
    assert SYSTEM["main"]({"drawer": {"npm": "drawer@2"}}, PASSES) == 0
    asked = (path / "asked").read_text(encoding="utf-8")
    assert asked == f"install --silent --no-save --prefix {SYSTEM['NPM']} drawer@2\n"


def test_a_library_of_npm_is_installed_where_its_folder_is_missing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, 0)
    monkeypatch.setitem(SYSTEM["is_there"].__globals__, "NPM", path / "packages")
    program(path, "apt-get", "exit 1")
    program(path, "npm", f'echo "$@" >{path}/asked; mkdir -p {path}/packages/node_modules/engine')
    for _ in range(2):
        assert SYSTEM["main"]({"engine": {"library": "engine@8"}}, PASSES) == 0
    asked = (path / "asked").read_text(encoding="utf-8")
    assert asked == f"install --silent --no-save --prefix {path}/packages engine@8\n"


def test_elsewhere_a_missing_program_is_named(
    path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    as_user(monkeypatch, 1000)
    assert SYSTEM["main"](BROWSER, PASSES) == 2
    assert capfd.readouterr().err == (
        "system: these programs are missing: `a-browser` (debian package browser-package); "
        "install them and run make again\n"
    )


def test_nothing_is_installed_where_nothing_is_missing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    as_user(monkeypatch, 0)
    program(path, "a-browser")
    program(path, "apt-get", "exit 1")
    assert SYSTEM["main"](BROWSER, PASSES) == 0


def test_a_failing_test_fails(path: Path) -> None:
    assert SYSTEM["main"]({}, FAILS) == 3


def test_without_any_test_it_says_so(path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    none = [sys.executable, "-c", f"import sys; sys.exit({SYSTEM['NO_TEST']})"]
    assert SYSTEM["main"]({}, none) == 0
    assert capfd.readouterr().out == "system: no test needs another program\n"


def test_the_listed_programs_have_a_package() -> None:
    assert all(set(source) in ({"debian"}, {"npm"}, {"library"}) for source in SYSTEM["read_programs"]().values())
