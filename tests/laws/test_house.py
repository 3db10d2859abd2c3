"""The structure of the source: no import cycles, small folders, and names that say which is a module."""

import ast
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

SOURCE = Path(__file__).resolve().parents[2] / "src"


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PATHS = {name_of(path): path for path in sorted(SOURCE.rglob("*.py"))}
PACKAGES = [name for name, path in PATHS.items() if path.name == "__init__.py"]
MOST_SIDE_BY_SIDE = 12
LONGEST = 400
TYPING = "TYPE_CHECKING"


def imported_by(node: ast.AST, *, for_typing: bool = False) -> Iterator[str]:
    """The modules imported anywhere in a tree, in functions too; under `TYPE_CHECKING` only with `for_typing`."""
    for child in ast.iter_child_nodes(node):
        is_for_typing = isinstance(child, ast.If) and isinstance(child.test, ast.Name) and child.test.id == TYPING
        if is_for_typing and not for_typing:
            continue
        if isinstance(child, ast.ImportFrom) and child.module is not None:
            for alias in child.names:
                inner = f"{child.module}.{alias.name}"
                yield inner if inner in PATHS else child.module
        elif isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        yield from imported_by(child, for_typing=for_typing)


@cache
def imports() -> dict[str, frozenset[str]]:
    """The modules that each module imports; those under `TYPE_CHECKING` of a package are loaded on first use."""
    return {
        name: frozenset(imported_by(tree, for_typing=name in PACKAGES)) & PATHS.keys() for name, tree in trees().items()
    }


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in PATHS.items()}


def cycles(graph: dict[str, frozenset[str]]) -> list[list[str]]:
    """The groups of modules that import one another, each found by what it reaches and what reaches it."""

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        ahead = list(graph[start])
        while ahead:
            name = ahead.pop()
            if name not in found:
                found.add(name)
                ahead += graph[name]
        return found

    reach = {name: reached(name) for name in graph}
    groups = {frozenset(other for other in reach[name] if name in reach[other]) for name in graph}
    return sorted(sorted(group) for group in groups if group)


def test_a_cycle_is_found_in_a_function_too() -> None:
    graph = {"a": frozenset({"b"}), "b": frozenset({"c"}), "c": frozenset({"b"}), "d": frozenset({"d"})}
    assert cycles(graph) == [["b", "c"], ["d"]]
    tree = ast.parse("if TYPE_CHECKING:\n    import a\ndef f():\n    from supportcore.errors import Problem\n")
    assert list(imported_by(tree)) == ["supportcore.errors"]
    assert list(imported_by(tree, for_typing=True)) == ["a", "supportcore.errors"]


def test_no_modules_import_one_another() -> None:
    assert len(imports()) > 150
    assert cycles(imports()) == []


@pytest.mark.parametrize("package", [name for name in PACKAGES if name.count(".") < 2])
def test_a_package_loads_its_names_on_first_use(package: str) -> None:
    own = [name for name in imported_by(trees()[package]) if f"{name}.".startswith(f"{package}.") and name in PATHS]
    assert set(own) <= {"supportcore.first_use", "supportcore.cli.commands"}


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_has_few_modules_side_by_side(package: str) -> None:
    beside = [
        path
        for path in PATHS[package].parent.iterdir()
        if (path.suffix == ".py" and path.name != "__init__.py") or (path / "__init__.py").is_file()
    ]
    limit = MOST_SIDE_BY_SIDE if package != "supportcore" else 2 * MOST_SIDE_BY_SIDE
    assert len(beside) <= limit, [path.name for path in beside]


@pytest.mark.parametrize("package", PACKAGES)
def test_no_module_has_the_name_of_something_that_its_package_exports(package: str) -> None:
    """`from package import name` would otherwise give the module or the function, whichever came last."""
    loaded = import_module(package)
    modules = [path.stem for path in PATHS[package].parent.glob("*.py") if path.stem != "__init__"]
    exported = getattr(loaded, "__all__", [])
    clashes = [name for name in modules if name in exported and not isinstance(getattr(loaded, name), ModuleType)]
    assert clashes == []


@pytest.mark.parametrize("module", [name for name in PATHS if name not in PACKAGES])
def test_an_inner_module_is_short_and_has_no_list_of_exports(module: str) -> None:
    text = PATHS[module].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert "\n__all__" not in text


@pytest.mark.parametrize("module", [name for name in PATHS if name.endswith(".words")])
def test_words_import_values_only_for_typing_and_no_package_of_their_own(module: str) -> None:
    own = module.rpartition(".")[0]
    assert own not in imports()[module], f"`{module}` imports its own package"
    classes = {
        alias.name
        for node in ast.parse(PATHS[module].read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(own)
        for alias in node.names
        if alias.name[0].isupper() and not alias.name.isupper()
    }
    assert classes == set(), f"`{module}` imports these classes at run time"


def test_logs_know_of_the_four_subjects_only_tickets() -> None:
    above = {"priority", "sla", "escalation", "concept", "evaluation", "reports", "assurance", "rules", "calendars"}
    found = {
        name.split(".")[1]
        for module, names in imports().items()
        if module.startswith("supportcore.logs")
        for name in names
        if name.count(".")
    }
    assert found & above == set()
    assert "tickets" in found
