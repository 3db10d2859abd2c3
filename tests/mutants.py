"""`python -m tests.mutants`: small changes to the kernels, and which of them no test notices, recorded in docs."""

import argparse
import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from contextlib import chdir
from pathlib import Path

from attrs import field, frozen

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "docs" / "evidence" / "mutants.md"
REASONS = Path(__file__).with_suffix(".toml")
RUNS = Path(__file__).with_name("mutant_runs.py")
WANTED = 0.95

# Each kernel runs in a folder of its own, because mutmut reads its settings and keeps its results where it starts.
FOLDER = ROOT / "mutants"
LINKED = ("src", "tests", "docs", "examples")
SETTINGS = """
[tool.mutmut]
source_paths = ["src"]
also_copy = ["docs", "examples"]
only_mutate = {modules}
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = {options}
timeout_constant = 8.0
timeout_multiplier = 2.0
"""
# Nobody reads why a test failed, and explaining takes longer than the test; collecting garbage after each test too.
OPTIONS = ("--assert=plain", "--tb=native", "-p", "no:unraisableexception")

HEAD = """\
# Mutants of the kernels

`make mutants` makes small changes to the kernels of calendars, rules, clocks and escalation, one at a time: another
sign, a moved bound, a word less. The package `mutmut` makes them. For each mutant the quick tests of its kernel run
until one fails. A mutant that fails a test, or never ends, is killed. A mutant that passes all tests survives, and this
page gives the reason. The score is the share of killed mutants.
"""

TABLE = """
## The kernel of {name}

{gathered}

{total:,} mutants, {killed:,} killed ({slow:,} of them never ended), {left:,} survived: {score:.1%}.

| module | mutants | killed | never ended | survived | score |
|---|---|---|---|---|---|
"""


@frozen
class Kernel:
    """Modules that share tests and a score; `gathered` says how the figures in the record were measured."""

    name: str
    modules: list[str]
    tests: list[str]
    gathered: str = field(converter=str.strip)
    deselected: list[str] = field(factory=list)

    @property
    def folder(self) -> Path:
        """The folder in which mutmut runs."""
        return FOLDER / self.name

    def prepare(self) -> None:
        """Make the folder: links to the tree, and mutmut's settings."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for name in LINKED:
            link = self.folder / name
            if not link.is_symlink():
                link.symlink_to(ROOT / name)
        options = [*OPTIONS, *(f"--deselect={test}" for test in self.deselected)]
        lists = {"modules": self.modules, "tests": self.tests, "options": options}
        settings = SETTINGS.format(**{key: json.dumps(entries) for key, entries in lists.items()})
        project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
        (self.folder / "pyproject.toml").write_text(project + settings, encoding="utf-8")


@frozen
class Mutant:
    """A changed function: the module and name of the function, the lines before and after, and what became of it."""

    module: str
    function: str
    before: str
    after: str
    status: str

    @property
    def run(self) -> bool:
        """Whether the tests were asked about it at all."""
        return self.status != "not checked"

    @property
    def killed(self) -> bool:
        """Whether a test failed or did not end."""
        return self.status in ("killed", "timeout", "segfault")


@frozen
class Left:
    """Mutants of one function that are known to survive, by their changed lines, and why."""

    where: str
    changed: frozenset[str] = field(converter=frozenset)
    because: str


def reasons(path: Path = REASONS) -> list[Left]:
    """Why known survivors survive."""
    return [Left(**entry) for entry in tomllib.loads(path.read_text(encoding="utf-8"))["left"]]


def kernels(path: Path = REASONS) -> list[Kernel]:
    """All kernels, in the order of the record."""
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["kernels"]
    return [Kernel(name, **entry) for name, entry in entries.items()]


def mutants() -> list[Mutant]:
    """Return all mutants of the last run in the current folder.

    Killed mutants have no lines, which take long to look up.
    """
    from mutmut.configuration import reset_config
    from mutmut.mutation.data import SourceFileMutationData
    from mutmut.mutation.diff_apply import get_diff_for_mutant
    from mutmut.stats import status_by_exit_code
    from mutmut.utils.file_utils import walk_mutatable_files

    reset_config()
    found = []
    for path in sorted(walk_mutatable_files()):
        file = SourceFileMutationData(path=path)
        file.load()
        for key, code in file.exit_code_by_key.items():
            module, _, name = key.removeprefix("supportcore.").rpartition(".")
            status = status_by_exit_code[code]
            before, after = "", ""
            if status not in ("killed", "timeout", "segfault", "not checked"):
                before, after = changed_lines(get_diff_for_mutant(key, path=path))
            function = name.rpartition("__mutmut_")[0].removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
            found.append(Mutant(module, function, before, after, status))
    return found


def changed_lines(difference: str) -> tuple[str, str]:
    """What a unified difference takes away and what it puts there, each in one line."""
    lines = [line for line in difference.splitlines() if not line.startswith(("---", "+++"))]
    gone, new = ([line[1:].strip() for line in lines if line.startswith(sign)] for sign in "-+")
    return " ".join(gone), " ".join(new)


def section(kernel: Kernel, found: list[Mutant], known: list[Left]) -> str:
    """Return a kernel's part of the record."""
    every = [mutant for mutant in found if mutant.run]
    text = TABLE.format(
        name=kernel.name,
        gathered=kernel.gathered,
        total=len(every),
        killed=sum(mutant.killed for mutant in every),
        slow=sum(mutant.status == "timeout" for mutant in every),
        left=sum(not mutant.killed for mutant in every),
        score=score(every),
    )
    modules = sorted({mutant.module for mutant in every})
    for module in modules:
        own = [mutant for mutant in every if mutant.module == module]
        killed, slow = sum(mutant.killed for mutant in own), sum(mutant.status == "timeout" for mutant in own)
        text += f"| `{module}` | {len(own)} | {killed} | {slow} | {len(own) - killed} | {score(own):.1%} |\n"
    waiting = Counter(mutant.module for mutant in found if not mutant.run)
    if waiting:
        text += (
            "\nNot run yet: " + ", ".join(f"{count} of `{module}`" for module, count in sorted(waiting.items())) + ".\n"
        )
    for module in modules:
        left = [mutant for mutant in every if mutant.module == module and not mutant.killed]
        if left:
            text += f"\n### {module}\n\n" + "".join(survivors(left, known))
    return text


def recorded(kernel: Kernel) -> str:
    """Return a kernel's part of the record as it is now; empty if the record has none."""
    title = f"\n## The kernel of {kernel.name}\n"
    _, found, rest = RECORD.read_text(encoding="utf-8").partition(title)
    return title + rest.partition("\n## ")[0].rstrip("\n") + "\n" if found else ""


def score(every: list[Mutant]) -> float:
    """The share of mutants that were killed."""
    return sum(mutant.killed for mutant in every) / len(every)


def survivors(left: list[Mutant], known: list[Left]) -> Iterable[str]:
    """The survivors of a module as text, those of one function that survive for one reason together."""
    told = Counter((mutant.function, why(mutant, known)) for mutant in left)
    for function, reason in told:
        same = [mutant for mutant in left if (mutant.function, why(mutant, known)) == (function, reason)]
        yield f"`{function}`: {reason}.\n\n```diff\n"
        for mutant in same:
            yield f"-{mutant.before}\n+{mutant.after}\n"
        yield "```\n\n" if same != left else "```\n"


def why(mutant: Mutant, known: list[Left]) -> str:
    """Why a mutant survives."""
    for left in known:
        if left.where == f"{mutant.module}.{mutant.function}" and mutant.after in left.changed:
            return left.because
    return "nobody has said why yet"


def run(kernel: Kernel) -> int:
    """Run the mutants of a kernel that no test has killed since their functions changed, and return the exit code."""
    kernel.prepare()
    copy = kernel.folder / "mutants"
    paths = os.pathsep.join([str(copy / "src"), str(copy)])
    profile = {**os.environ, "HYPOTHESIS_PROFILE": "mutants", "PYTHONPATH": paths, "PYTHONSAFEPATH": "1"}
    return subprocess.run([sys.executable, RUNS], cwd=kernel.folder, env=profile).returncode


def main() -> int:
    """Run the kernels and write their parts of the record; return 1 if too many mutants of a kernel survive."""
    every = {kernel.name: kernel for kernel in kernels()}
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("kernels", nargs="*", metavar="KERNEL", help=f"one of {', '.join(every)}; without it, all")
    parser.add_argument("--record", action="store_true", help="only write the record of the last run anew")
    given = parser.parse_args()
    if unknown := [name for name in given.kernels if name not in every]:
        parser.error(f"`{unknown[0]}` is not a kernel; expected one of {', '.join(every)}")
    chosen = given.kernels or list(every)
    parts = {name: recorded(kernel) for name, kernel in every.items()}
    failed = 0
    for name in chosen:
        if not given.record and (code := run(every[name])):
            return code
        with chdir(every[name].folder):
            found = mutants()
        parts[name] = section(every[name], found, reasons())
        RECORD.write_text(HEAD + "".join(parts.values()), encoding="utf-8")
        share = score([mutant for mutant in found if mutant.run])
        print(f"{name}: {share:.1%} of the mutants are killed; {RECORD.relative_to(ROOT)} names the others")
        failed += share < WANTED
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
