"""The ways in name what is there: packages, folders, files and make targets."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = ["CONTRIBUTING.md", "README.md", "SECURITY.md", "tests/README.md", "changes/README.md", "examples/README.md"]
TOP = ("src/", "tests/", "docs/", "examples/", "benchmarks/", "changes/", "tools/", ".github/", ".ci/")


def rows(text: str, header: str) -> list[list[str]]:
    """The rows of the table below a header, each as its cells."""
    table = re.search(rf"^{re.escape(header)}\n\|[-|]+\|\n((?:\|.*\n)+)", text, re.MULTILINE)
    assert table is not None, f"no table `{header}`"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]


def test_the_house_has_every_package_and_no_other() -> None:
    told = [room for row in rows(GUIDE, "| floor | rooms |") for room in re.findall(r"`(\w+)`", row[1])]
    built = {
        path.stem for path in (ROOT / "src" / "supportcore").iterdir() if path.suffix in ("", ".py")
    } - {"__init__", "__main__", "__pycache__", "py"}  # fmt: skip
    assert sorted(told) == sorted(built)


def test_the_house_has_the_floors_of_the_layers() -> None:
    floors = [set(re.findall(r"`(\w+)`", row[1])) for row in rows(GUIDE, "| floor | rooms |")]
    contract = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("[[tool.importlinter.contracts]]")[2]
    layers = re.findall(r'^    "(.+)",$', contract.partition("\n]\n")[0], re.MULTILINE)
    told = set.union(*floors)
    assert [kept for layer in layers if (kept := set(re.findall(r"\w+", layer)) & told)] == floors


def test_every_folder_of_tests_is_explained() -> None:
    told = {
        row[0].strip("`")
        for row in rows((ROOT / "tests" / "README.md").read_text(encoding="utf-8"), "| folder | holds |")
    }
    assert told == {
        f"tests/{path.name}" for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name[0] not in "._"
    }


def test_every_mark_is_explained() -> None:
    config = (ROOT / "pyproject.toml").read_text(encoding="utf-8").partition("markers = [")[2].partition("\n]\n")[0]
    marks = set(re.findall(r'^    "(\w+)', config, re.MULTILINE))
    told = (ROOT / "tests" / "README.md").read_text(encoding="utf-8")
    assert {re.sub(r"\W.*", "", row[0].strip("`")) for row in rows(told, "| mark | meaning | runs in |")} == marks | {
        "none"
    }


@pytest.mark.parametrize("page", PAGES)
def test_the_files_that_a_page_names_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([\w./*-]+)`", text) if name.startswith(TOP)}
    linked = {link.partition("#")[0] for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text)}
    assert [name for name in named if not (ROOT / name).exists()] == []
    assert [link for link in linked if not ((ROOT / page).parent / link).exists()] == []


def test_the_tests_that_the_guide_runs_are_there() -> None:
    commands = re.findall(r"-m pytest (\S+)", GUIDE)
    assert len(commands) == 4
    assert [path for path in commands if not (ROOT / path).exists()] == []
