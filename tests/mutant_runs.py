"""Run the mutants of one kernel in the current folder, which holds mutmut's settings (`tests.mutants` starts this).

mutmut makes the mutants and keeps the results. pytest imports and collects the tests once; each mutant then runs in a
copy of that process, with only the tests that call its function, the quickest first, until one fails.
"""

import gc
import importlib
import os
import resource
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import zip_longest
from math import ceil
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


def passes(tests: list[pytest.Item], seconds: Sequence[float] = ()) -> bool:
    """Whether all tests pass; stops at the first that fails.

    A test that needs several times as long as the `seconds` without a mutant ends the process.
    """
    for test, following, usual in zip_longest(tests, tests[1:], seconds):
        if usual is not None:
            limit = ceil(process_time() + 1 + 5 * usual)
            resource.setrlimit(resource.RLIMIT_CPU, (limit, resource.RLIM_INFINITY))
        if any(report.failed for report in runtestprotocol(test, log=False, nextitem=following)):
            return False
    return True


@define
class Runs:
    """A plugin of pytest that runs the mutants in place of the tests."""

    files: list[SourceFileMutationData]
    tests_of: dict[str, list[int]] = field(init=False, factory=lambda: defaultdict(list))
    seconds: list[float] = field(init=False, factory=list)

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
            if not passes([item]):
                raise pytest.UsageError(f"{item.nodeid} fails without a mutant; all tests must pass")
            self.seconds.append(process_time() - begun)
            for function in state()._stats:
                self.tests_of[function].append(place)
            state()._stats.clear()
        if not self.tests_of:
            raise pytest.UsageError("the tests call no function that has mutants; check the tests of this kernel")

    def _run(self, key: str, items: list[pytest.Item]) -> int:
        places = sorted(self.tests_of[mangled_name_from_mutant_name(key)], key=self.seconds.__getitem__)
        if not places:
            return NO_TESTS
        tests, seconds = [items[place] for place in places], [self.seconds[place] for place in places]

        def job() -> int:
            set_mutant_under_test(key)
            return SURVIVED if passes(tests, seconds) else KILLED

        return in_copy(job)


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
