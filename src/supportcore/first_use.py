"""The public names of a package, listed once: imported for type checkers, and on first use when a program runs."""

import sys
from collections.abc import Callable
from dis import get_instructions
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple


class NamesOnFirstUse(NamedTuple):
    """What a package needs to load its public names on first use: its `__getattr__`, `__dir__` and `__all__`."""

    load: Callable[[str], Any]
    all_names: Callable[[], list[str]]
    public: list[str]


def names_on_first_use(package: str) -> NamesOnFirstUse:
    """Return `__getattr__`, `__dir__` and `__all__` of `package`, which calls this in its `__init__`.

    The package imports its public names under `TYPE_CHECKING`, where type checkers and editors see them. Python
    compiles those imports though it never runs them: they are in the bytecode even where no source is. A module that
    the package imports from itself is loaded on first use too, but is no public name.

    >>> import supportcore.priority
    >>> "PriorityPolicy" in supportcore.priority.__all__
    True
    """
    code = sys._getframe(1).f_code
    module, homes = "", dict[str, str]()
    for instruction in get_instructions(code):
        if instruction.opname == "IMPORT_NAME":
            module = instruction.argval
        elif instruction.opname == "IMPORT_FROM" and f"{module}.".startswith(f"{package}.") and module != __name__:
            homes[instruction.argval] = module

    @cache
    def load(name: str) -> Any:
        home = homes.get(name)
        if home is None:
            raise AttributeError(f"module `{package}` has no attribute `{name}`")
        return import_module(f"{home}.{name}") if home == package else getattr(import_module(home), name)

    def all_names() -> list[str]:
        return sorted({*vars(sys.modules[package]), *homes})

    return NamesOnFirstUse(load, all_names, sorted(name for name, home in homes.items() if home != package))
