"""`python -m tests.mutants`: small changes to the calendars, and which of them no test notices, recorded in docs."""

import argparse
import os
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from attrs import field, frozen

ROOT = Path(__file__).resolve().parents[1]
RECORD = ROOT / "docs" / "evidence" / "mutants.md"
REASONS = Path(__file__).with_suffix(".toml")
WANTED = 0.95

HEAD = """\
# Mutants of the calendars

`make mutants` makes small changes to the calendars and to the instants below them, one at a time: another sign, a
bound moved, a word less. The package `mutmut` makes them. For each such mutant the quick tests of the calendars run,
until one fails. One that fails a test, or never ends, is killed; one that passes them all survives, and here is why.
The score is the share that is killed, of all mutants.

{gathered}

{total:,} mutants, {killed:,} killed ({slow:,} of them never ended), {left:,} survived: {score:.1%}.

| module | mutants | killed | never ended | survived | score |
|---|---|---|---|---|---|
"""


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


def gathered(path: Path = REASONS) -> str:
    """How the figures of the record came about, for a reader who wants to know what they are worth."""
    told: str = tomllib.loads(path.read_text(encoding="utf-8"))["gathered"]
    return told.strip()


def mutants() -> list[Mutant]:
    """All mutants of the last run; those that were killed without their lines, which take long to look up."""
    from mutmut.mutation.data import SourceFileMutationData
    from mutmut.mutation.diff_apply import get_diff_for_mutant
    from mutmut.stats import status_by_exit_code
    from mutmut.utils.file_utils import walk_mutatable_files

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


def page(found: list[Mutant], known: list[Left], how: str) -> str:
    """The record of a run."""
    every = [mutant for mutant in found if mutant.run]
    text = HEAD.format(
        gathered=how,
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
            text += f"\n## {module}\n\n" + "".join(survivors(left, known))
    return text


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


def main() -> int:
    """Runs what has not been run since its function changed, and writes the record; 1 where too many survive."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("--record", action="store_true", help="only write the record of the last run anew")
    if not parser.parse_args().record:
        profile = {**os.environ, "HYPOTHESIS_PROFILE": "mutants"}
        ran = subprocess.run([sys.executable, "-m", "mutmut", "run"], cwd=ROOT, env=profile)
        if ran.returncode:
            return ran.returncode
    found = mutants()
    RECORD.write_text(page(found, reasons(), gathered()), encoding="utf-8")
    share = score([mutant for mutant in found if mutant.run])
    print(f"{share:.1%} of the mutants are killed; {RECORD.relative_to(ROOT)} names the others")
    return int(share < WANTED)


if __name__ == "__main__":
    sys.exit(main())
