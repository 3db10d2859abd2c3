"""G-1 read off the syntax tree: what in a module's source reads the world or keeps state.

It looks at names, not at values, and would rather refuse a harmless line than pass an impure one: such a
line is then written otherwise, or named with its reason in `test_G1_purity.ALLOWED`.
"""

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

# Modules that exist to reach outside of the program, or whose answers depend on the environment. A zone is
# asked of supportcore.instants, holidays of the adapter in supportcore.calendars.
REFUSED_MODULES = frozenset(
    """
    asyncio builtins ctypes fileinput gc getpass glob http importlib.metadata importlib.resources io linecache
    locale logging mmap multiprocessing os pathlib pkgutil platform queue random sched secrets select shelve
    shutil signal site socket socketserver sqlite3 ssl subprocess sys sysconfig tempfile threading time
    traceback urllib uuid warnings webbrowser zipfile dateutil.tz holidays pytz zoneinfo babel matplotlib
    pandas polars requests rich typer
    """.split()
)

# What of those modules may be named as a type, in an annotation or an `isinstance`, and not be used.
TYPES = frozenset({("os", "PathLike"), ("zoneinfo", "ZoneInfo")})

# Built-in functions that reach outside, or run text as code.
REFUSED_CALLS = frozenset("__import__ breakpoint compile eval exec globals help input open print".split())

# What a clock is asked by; on a name from `datetime` the bare mention is refused, on anything else the call.
CLOCK = frozenset("now today utcnow fromtimestamp utcfromtimestamp".split())

# Methods that read or write files, whatever they are called on; the others only without an argument by position,
# since `days.exists(7)` asks no file.
FILE_METHODS = frozenset("chdir glob mkdir open rename rglob samefile symlink_to write_bytes write_text".split())
FILE_QUESTIONS = frozenset(
    """
    absolute cwd exists expanduser home is_dir is_file iterdir read_bytes read_text resolve rmdir stat touch unlink
    """.split()
)

# Words that follow the locale, and arithmetic that follows the thread's settings.
AMBIENT = frozenset(
    """
    strftime day_abbr day_name month_abbr month_name getdefaultlocale setlocale getcontext setcontext
    environ getenv argv stdin stdout stderr
    """.split()
)

# Conversions in a format specification whose words follow the locale: `f"{day:%A}"`, `f"{n:n}"`.
LOCALE_FORMAT = re.compile(r"%[aAbBcpxX]|n$")

MUTATORS = frozenset(
    """
    add append appendleft clear difference_update discard extend insert intersection_update pop popitem
    popleft remove reverse setdefault sort symmetric_difference_update update
    """.split()
)
MUTABLE_KINDS = frozenset(
    """
    bytearray ChainMap Counter defaultdict deque dict list OrderedDict set WeakKeyDictionary WeakSet
    WeakValueDictionary
    """.split()
)

Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Impurity(NamedTuple):
    """One thing that G-1 refuses: the line and the name at which the world is read or state is kept."""

    line: int
    name: str


def impurities(source: str) -> list[Impurity]:
    """Everything in a module's source that G-1 refuses, in the order of its lines."""
    reader = _Reader(ast.parse(source))
    return sorted(set(reader.found))


def root_of(node: ast.expr) -> str | None:
    """The name at which a chain of attributes and subscripts begins: `a` of `a.b[0].c`, `vars` of `vars(a)["b"]`."""
    while isinstance(node, ast.Attribute | ast.Subscript):
        node = node.value
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "vars":
        node = node.func
    return node.id if isinstance(node, ast.Name) else None


def bound_names(node: ast.AST) -> Iterator[str]:
    """The names bound by arguments, assignments and loops of a function, not of functions inside it."""
    if isinstance(node, Function):
        spec = node.args
        for argument in [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, spec.vararg, spec.kwarg]:
            if argument is not None:
                yield argument.arg
    waiting = list(ast.iter_child_nodes(node))
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
            yield inner.id
        elif isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield inner.name
            continue
        elif isinstance(inner, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.partition(".")[0] for alias in inner.names)
        elif isinstance(inner, ast.Lambda):
            continue
        waiting.extend(ast.iter_child_nodes(inner))


def is_mutable(value: ast.expr | None) -> bool:
    """Whether an expression makes a list, a dict, a set or another thing that can change."""
    match value:
        case ast.List() | ast.Dict() | ast.Set() | ast.ListComp() | ast.DictComp() | ast.SetComp():
            return True
        case ast.Call(func=ast.Name(id=kind) | ast.Attribute(attr=kind)):
            return kind in MUTABLE_KINDS
        case _:
            return False


class _Reader(ast.NodeVisitor):
    """One walk over a module: `found` fills, `scopes` holds what the functions around a node bind."""

    def __init__(self, tree: ast.Module) -> None:
        self.found: list[Impurity] = []
        self.scopes: list[set[str]] = []
        self.module_names = set(bound_names(tree))
        self.mutable_names = {name for node in tree.body for name, value in assigned(node) if is_mutable(value)}
        self.datetime_names = set(datetime_names(tree))
        self.visit(tree)

    def refuse(self, node: ast.expr | ast.stmt, name: str) -> None:
        self.found.append(Impurity(node.lineno, name))

    def is_global(self, name: str | None) -> bool:
        return name in self.module_names and not any(name in scope for scope in self.scopes)

    # Imports

    def visit_If(self, node: ast.If) -> None:
        for_types_only = isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
        for inner in node.orelse if for_types_only else [node.test, *node.body, *node.orelse]:
            self.visit(inner)

    def visit_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            self.refuse_module(node, alias.name)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level == 0 and node.module:
            if any((node.module, alias.name) not in TYPES or alias.asname for alias in node.names):
                self.refuse_module(node, node.module)
            for alias in node.names:
                self.refuse_module(node, f"{node.module}.{alias.name}", whole=False)
                if alias.name in AMBIENT:
                    self.refuse(node, alias.name)

    def refuse_module(self, node: ast.expr | ast.stmt, module: str, *, whole: bool = True) -> None:
        parts = module.split(".")
        above = [".".join(parts[: count + 1]) for count in range(len(parts))] if whole else [module]
        for name in above:
            if name in REFUSED_MODULES:
                self.refuse(node, name)
                return

    # Reading the world

    def visit_Call(self, node: ast.Call) -> None:
        match node.func:
            case ast.Name(id=name) if name in REFUSED_CALLS and name not in self.module_names:
                self.refuse(node, name)
            case ast.Name(id="vars" | "locals" as name) if not node.args:
                self.refuse(node, name)
            case ast.Attribute(attr=name) if name in CLOCK | FILE_METHODS:
                self.refuse(node, name)
            case ast.Attribute(attr=name) if name in FILE_QUESTIONS and not node.args:
                self.refuse(node, name)
            case ast.Name(id="isinstance"):
                self.visit(node.args[0])
                return
            case ast.Attribute(attr="astimezone") if not node.args and not node.keywords:
                self.refuse(node, "astimezone")
            case ast.Attribute(attr=name, value=owner) if name in MUTATORS:
                root = root_of(owner)
                if self.is_global(root) and root in self.mutable_names:
                    self.refuse(node, f"{root}.{name}")
            case ast.Name(id="import_module") | ast.Attribute(attr="import_module"):
                if node.args and isinstance(node.args[0], ast.Constant):
                    self.refuse_module(node, str(node.args[0].value))
        self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> None:
        for module, name in TYPES:
            if node.id == name and isinstance(node.ctx, ast.Load):
                self.refuse(node, module)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        for inner in (node.target, node.value):
            if inner is not None:
                self.visit(inner)

    def visit_arg(self, node: ast.arg) -> None:
        """An annotation reads nothing."""

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr in AMBIENT or (node.attr in CLOCK and root_of(node) in self.datetime_names):
            self.refuse(node, node.attr)
        if isinstance(node.ctx, ast.Store | ast.Del):
            self.refuse_change(node)
        self.generic_visit(node)

    def visit_FormattedValue(self, node: ast.FormattedValue) -> None:
        spec = node.format_spec
        literal = spec.values[0] if isinstance(spec, ast.JoinedStr) and spec.values else None
        if isinstance(literal, ast.Constant) and LOCALE_FORMAT.search(str(literal.value)):
            self.refuse(node, f"format `{literal.value}`")
        self.generic_visit(node)

    # Keeping state

    def visit_Global(self, node: ast.Global) -> None:
        self.refuse(node, "global")

    def visit_Subscript(self, node: ast.Subscript) -> None:
        if isinstance(node.ctx, ast.Store | ast.Del):
            self.refuse_change(node)
        self.generic_visit(node)

    def refuse_change(self, node: ast.Attribute | ast.Subscript) -> None:
        root = root_of(node)
        if self.scopes and (self.is_global(root) or root in ("cls", "vars")):
            self.refuse(node, f"{root}, changed")

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.walk_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.walk_function(node)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.walk_function(node)

    def walk_function(self, node: Function) -> None:
        self.scopes.append(set(bound_names(node)))
        for name, inner in ast.iter_fields(node):
            if name != "returns":
                for part in inner if isinstance(inner, list) else [inner]:
                    if isinstance(part, ast.AST):
                        self.visit(part)
        self.scopes.pop()


def assigned(node: ast.stmt) -> Iterator[tuple[str, ast.expr | None]]:
    """The names that an assignment sets, each with the expression it is set to."""
    match node:
        case ast.Assign(targets=targets, value=value):
            for target in targets:
                if isinstance(target, ast.Name):
                    yield target.id, value
        case ast.AnnAssign(target=ast.Name(id=name), value=value):
            yield name, value


def datetime_names(tree: ast.Module) -> Iterator[str]:
    """The names by which a module knows `datetime` and what is in it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.asname or alias.name for alias in node.names if alias.name == "datetime")
        elif isinstance(node, ast.ImportFrom) and node.module == "datetime":
            yield from (alias.asname or alias.name for alias in node.names)
