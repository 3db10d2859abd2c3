"""Hooks, workflows, the ways in and continuous integration call make targets that exist."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = set(re.findall(r"^([a-z]+):.* ## ", MAKEFILE, re.MULTILINE))
GUIDES = ["CONTRIBUTING.md", "README.md", "tests/README.md", "changes/README.md", "docs/evidence/index.md"]
VERSIONS = ["3.11", "3.12", "3.13", "3.14"]


def parsed(path: str) -> dict:
    return YAML(typ="safe").load((ROOT / path).read_text(encoding="utf-8"))


def called(command: str) -> set[str]:
    """The targets that a command line makes."""
    return {target for line in re.findall(r"\bmake ((?:[a-z]+ ?)+)", command) for target in line.split()}


def test_every_target_is_phony_and_listed() -> None:
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None and set(phony[1].split()) == TARGETS


def test_hooks_call_targets_and_fetch_nothing() -> None:
    repositories = parsed(".pre-commit-config.yaml")["repos"]
    assert [repository["repo"] for repository in repositories] == ["local"]
    hooks = repositories[0]["hooks"]
    assert [called(hook["entry"]) for hook in hooks] == [{"style"}, {"changelog"}, {"test"}]
    assert all(hook["language"] == "system" and not hook["pass_filenames"] for hook in hooks)


def test_the_workflow_calls_targets_on_every_supported_python() -> None:
    jobs = parsed(".github/workflows/checks.yml")["jobs"]
    commands = [step["run"] for job in jobs.values() for step in job["steps"] if "run" in step]
    assert all(called(command) for command in commands)
    assert set.union(*map(called, commands)) == {"test", "full", "system", "lint", "docs", "dist"}
    assert jobs["test"]["strategy"]["matrix"]["python"] == VERSIONS
    assert jobs["full"]["steps"][1]["with"]["python-version"].split() == [*VERSIONS[1:], VERSIONS[0]]


def test_the_supported_pythons_are_declared() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.findall(r'"Programming Language :: Python :: (3\.\d+)"', project) == VERSIONS
    assert f'requires-python = ">={VERSIONS[0]}"' in project


@pytest.mark.parametrize("page", GUIDES)
def test_a_page_names_targets_that_exist(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8").replace("\n", " ")
    commands = re.findall(r"`(make [a-z ]+)`", text)
    assert set().union(*map(called, commands)) - TARGETS == set()


def test_the_guide_lists_every_target_but_help() -> None:
    listed = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## All targets")[2]
    assert set().union(*map(called, re.findall(r"`(make [a-z]+)`", listed))) == TARGETS - {"help"}


def test_continuous_integration_runs_the_three_tiers() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "targets=(test)" in script and "targets+=(full system)" in script
    assert {"test", "full", "system"} <= TARGETS
