"""The changelog is built from its fragments, for the version of the package."""

import runpy
import tomllib
from pathlib import Path

import supportcore as sc

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = runpy.run_path(str(ROOT / "tools" / "changelog.py"), run_name="tools")
CHANGES = ROOT / "changes"
KINDS = {kind["directory"] for kind in
         tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["towncrier"]["type"]}  # fmt: skip


def test_the_changelog_is_made_of_the_fragments() -> None:
    assert SCRIPT["changelog"](*SCRIPT["newest"]()) == SCRIPT["CHANGELOG"].read_text(encoding="utf-8")


def test_every_fragment_has_a_kind() -> None:
    fragments = [path.name for path in CHANGES.iterdir() if path.name not in ("README.md", "template.md.jinja")]
    assert [name for name in fragments if name.split(".")[1:] not in [[kind, "md"] for kind in KINDS]] == []
    assert all(name.startswith("+") for name in fragments)


def test_the_package_has_the_version_of_the_project() -> None:
    assert SCRIPT["newest"]()[0] == sc.__version__
