"""Run the mutants of one kernel in the current folder, which holds mutmut's settings (`tests.mutants` starts this).

mutmut makes the mutants and keeps the results. pytest imports and collects the tests once; each mutant then runs in a
copy of that process, with only the tests that call its function, until one fails. Tests that killed other mutants of
the function or module come first, then the quickest.
"""

import gc
import importlib
import os
import resource
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from itertools import zip_longest
from math import ceil
from mmap import mmap
from time import process_time

import pytest
from _pytest.runner import runtestprotocol
from attrs import define, field
from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files
from mutmut.utils.format_utils import mangled_name_from_mutant_name

SURVIVED, KILLED, NO_TESTS = 0, 1, 33
MEMORY = 4 << 30  # bytes; an endless loop that collects something stops there


def make_mutants() -> list[SourceFileMutationData]:
    """Make the mutants of what changed, and return all, by file, with their latest results."""
    set_mutant_under_test("mutant_generation")
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(1)
    files = [SourceFileMutationData(path=path) for path in walk_mutatable_files()]
    for file in files:
        file.load()
        file.meta_path = file.meta_path.absolute()
    return files


def in_copy(job: Callable[[], int]) -> int:
    """Run a job in a copy of this process and return its exit code; a copy out of time ends by a signal."""
    copy = os.fork()
    if not copy:
        code = KILLED
        try:
            null = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null, 1)
            os.dup2(null, 2)
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            code = job()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1])


def first_failing(tests: list[pytest.Item], seconds: Sequence[float] = ()) -> int | None:
    """Return the index of the first test that fails, and run no further; `None` if all pass.

    A test that needs several times as long as the `seconds` without a mutant ends the process.
    """
    for index, (test, following, usual) in enumerate(zip_longest(tests, tests[1:], seconds)):
        if usual is not None:
            limit = ceil(process_time() + 1 + 5 * usual)
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        if any(report.failed for report in runtestprotocol(test, log=False, nextitem=following)):
            return index
    return None


@define
class Runs:
    """A plugin of pytest that runs the mutants in place of the tests."""

    files: list[SourceFileMutationData]
    tests_of: dict[str, list[int]] = field(init=False, factory=lambda: defaultdict(list))
    seconds: list[float] = field(init=False, factory=list)
    kills: Counter[tuple[str, int]] = field(init=False, factory=Counter)
    killer: mmap = field(init=False, factory=lambda: mmap(-1, 8))  # shared with the copies

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Find the tests of each function, then run the mutants that no test has killed yet."""
        items = session.items
        self._watch(items)
        waiting = [
            (file, key)
            for file in self.files
            for key, code in file.exit_code_by_key.items()
            if status_by_exit_code[code] not in ("killed", "timeout", "segfault")
        ]
        gc.collect()
        gc.freeze()
        for count, (file, key) in enumerate(waiting, 1):
            file.exit_code_by_key[key] = self._run(key, items)
            file.save()
            if count % 20 == 0 or count == len(waiting):
                left = sum(other.exit_code_by_key[name] in (SURVIVED, NO_TESTS) for other, name in waiting[:count])
                print(f"{count} of {len(waiting)} mutants run, {left} survived", flush=True)
        return True

    def _watch(self, items: list[pytest.Item]) -> None:
        """Run all tests without a mutant, and keep what each calls and how long it takes."""
        set_mutant_under_test("stats")
        for place, item in enumerate(items):
            begun = process_time()
            if first_failing([item]) is not None:
                raise pytest.UsageError(f"{item.nodeid} fails without a mutant; all tests must pass")
            self.seconds.append(process_time() - begun)
            for function in state()._stats:
                self.tests_of[function].append(place)
            state()._stats.clear()
        if not self.tests_of:
            raise pytest.UsageError("the tests call no function that has mutants; check the tests of this kernel")

    def _run(self, key: str, items: list[pytest.Item]) -> int:
        function = mangled_name_from_mutant_name(key)
        module = function.rpartition(".")[0]

        def promise(place: int) -> tuple[float, float]:
            kills = 3 * self.kills[function, place] + self.kills[module, place]
            return -kills / (0.02 + self.seconds[place]), self.seconds[place]

        places = sorted(self.tests_of[function], key=promise)
        if not places:
            return NO_TESTS
        tests, seconds = [items[place] for place in places], [self.seconds[place] for place in places]

        def job() -> int:
            set_mutant_under_test(key)
            failing = first_failing(tests, seconds)
            if failing is None:
                return SURVIVED
            self.killer[:] = failing.to_bytes(8)
            return KILLED

        self.killer[:] = bytes(8)
        code = in_copy(job)
        if code == KILLED:
            killer = places[int.from_bytes(self.killer)]
            self.kills[function, killer] += 1
            self.kills[module, killer] += 1
        return code


def main() -> int:
    """Make the mutants, and hand over to pytest."""
    arguments = [*config().pytest_add_cli_args_test_selection, *config().pytest_add_cli_args]
    files = make_mutants()
    os.chdir("mutants")
    importlib.invalidate_caches()  # the folder did not exist when Python started
    set_mutant_under_test("")
    os.environ["MUTMUT_DEPENDENCY_DEPTH"] = "-1"
    return int(pytest.main(["--rootdir=.", "-q", *arguments], plugins=[Runs(files)]))


if __name__ == "__main__":
    sys.exit(main())
