"""The public API as text: a snapshot of every public name of every package, which `make api` renews."""

import ast
import inspect
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import FunctionType, MappingProxyType, ModuleType, NoneType, UnionType
from typing import ForwardRef, Literal, Union, get_args, get_origin

import supportcore

SNAPSHOT = Path(__file__).with_name("public_api.txt")

# The special methods that a user calls by an operator or a built-in function.
OPERATORS = frozenset(
    f"__{name}__"
    for name in (
        "add and bool call contains enter exit floordiv ge getitem gt invert iter le len lt mod mul neg or radd rand "
        "reversed rmul ror rsub str sub truediv xor"
    ).split()
)


def snapshot() -> str:
    """Every public name by its path, each class followed by its members, with a blank line between modules.

    An object that several modules export is described once, under the path with the fewest dots; the other paths
    refer to it.
    """
    exported = exports(supportcore)
    homes = homes_of(exported)
    blocks: dict[str, list[str]] = {}
    for (module, name), value in sorted(exported.items()):
        blocks.setdefault(module, []).extend(described(f"{module}.{name}", value, homes))
    return "\n".join("".join(f"{line}\n" for line in lines) for lines in blocks.values())


# Which names are public


def exports(root: ModuleType) -> dict[tuple[str, str], object]:
    """Every public name of the packages below `root` and of the modules beside them, by module and name."""
    return {
        (module.__name__, name): getattr(module, name)
        for module in public_modules(root)
        for name in exported_names(module)
    }


def public_modules(root: ModuleType) -> Iterator[ModuleType]:
    """The package `root`, its modules, and its packages at every depth; a module inside them is private."""
    yield root
    for found in iter_modules(root.__path__, f"{root.__name__}."):
        if found.name.rpartition(".")[2].startswith("_"):
            continue
        if found.ispkg:
            yield from packages(import_module(found.name))
        else:
            yield import_module(found.name)


def packages(package: ModuleType) -> Iterator[ModuleType]:
    """A package and the public packages inside it."""
    yield package
    for found in iter_modules(package.__path__, f"{package.__name__}."):
        if found.ispkg and not found.name.rpartition(".")[2].startswith("_"):
            yield from packages(import_module(found.name))


def exported_names(module: ModuleType) -> list[str]:
    """The module's `__all__`; without it, the public names that it defines and that a package imports from its own."""
    if hasattr(module, "__all__"):
        return list(module.__all__)
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    inside = f"{module.__name__.partition('.')[0]}." if hasattr(module, "__path__") else None
    names = {name for name in names_in(ast.parse(source).body, inside) if not name.startswith("_")}
    return sorted(name for name in names if not isinstance(getattr(module, name), ModuleType))


def names_in(body: list[ast.stmt], inside: str | None) -> Iterator[str]:
    """The names that statements bind: definitions, and imports from modules whose name starts with `inside`."""
    for statement in body:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.ImportFrom(module=str(origin), names=aliases) if inside and origin.startswith(inside):
                yield from (alias.asname or alias.name for alias in aliases)
            case ast.If(test=ast.Name(id="TYPE_CHECKING"), body=imports):
                yield from names_in(imports, inside)


def homes_of(exported: dict[tuple[str, str], object]) -> dict[int, str]:
    """The path under which each class and function is described, by its identity."""
    homes: dict[int, str] = {}
    for module, name in sorted(exported, key=lambda key: (key[0].count("."), key)):
        value = exported[module, name]
        if inspect.isclass(value) or inspect.isroutine(value):
            homes.setdefault(id(value), f"{module}.{name}")
    return homes


# How a name is described


def described(path: str, value: object, homes: Mapping[int, str]) -> Iterator[str]:
    """The lines for one public name: its signature or value, or the path under which the object is described."""
    home = homes.get(id(value), path)
    if home != path:
        yield f"{path} = {home}"
    elif inspect.isclass(value):
        bases = ", ".join(base.__name__ for base in value.__bases__ if base is not object)
        yield f"class {path}{f' [{bases}]' if bases else ''}{class_signature(value)}"
        for name in sorted(public_members(value, homes)):
            yield f"    {member_text(value, name)}"
    elif inspect.isroutine(value):
        yield f"def {path}{signature(value)}"
    elif isinstance(value, ModuleType):
        yield f"module {path}"
    elif get_origin(value):
        yield f"{path} = {type_text(value)}"
    else:
        yield f"{path}: {value_text(value)}"


def public_members(kind: type, homes: Mapping[int, str] = MappingProxyType({})) -> set[str]:
    """The public members that a class defines or inherits: methods, properties, fields, class attributes, operators.

    Members from the standard library are left out, and those of a base that the snapshot describes itself.
    """
    return {
        name
        for base in kind.__mro__
        if base is kind or (base.__module__.partition(".")[0] not in sys.stdlib_module_names and id(base) not in homes)
        for name in (*vars(base), *inspect.get_annotations(base))
        if not name.startswith("_") or (name in OPERATORS and isinstance(vars(base)[name], FunctionType))
    }


def member_text(kind: type, name: str) -> str:
    """One line for a member. A field reads like a property, because one can replace the other unnoticed."""
    match inspect.getattr_static(kind, name, None):
        case property(fget=function) | cached_property(func=function):
            _, arrow, result = signature(function).partition(" -> ")
            return f"{name}{arrow and ': '}{result}"
        case staticmethod() | classmethod() as member:
            return f"{type(member).__name__} {name}{signature(member.__func__)}"
        case member if inspect.isfunction(member):
            return f"def {name}{signature(member)}"
        case type() as member:
            return f"class {name}{class_signature(member)}"
        case member if member is None or inspect.isdatadescriptor(member):
            types = [notes[name] for notes in map(inspect.get_annotations, kind.__mro__) if name in notes]
            return f"{name}: {type_text(types[0])}" if types else name
        case member:
            return f"{name}: {value_text(member)}"


def class_signature(kind: type) -> str:
    """The arguments that make an instance; nothing for a protocol, which has no instances of its own."""
    if getattr(kind, "_is_protocol", False):
        return ""
    if not (inspect.isfunction(kind.__init__) or inspect.isfunction(kind.__new__)):
        return "(...)"  # that of a built-in class, which some versions of Python show
    return signature(kind)


def signature(function: Callable[..., object]) -> str:
    """The signature of a function or class, with its annotations as `type_text` writes them."""
    given = inspect.signature(function)
    parameters = [each.replace(annotation=Words.of(each.annotation)) for each in given.parameters.values()]
    shown = given.replace(parameters=parameters, return_annotation=Words.of(given.return_annotation))
    return stable(str(shown))


class Words:
    """An annotation whose `repr` is its text, which is what the text of a signature shows."""

    def __init__(self, text: str) -> None:
        self.text = text

    @staticmethod
    def of(annotation: object) -> object:
        return annotation if annotation is inspect.Signature.empty else Words(type_text(annotation))

    def __repr__(self) -> str:
        return self.text


def type_text(given: object) -> str:
    """The text of a type in the words of the source, under every version of Python, without the modules of types."""
    match given:
        case str():
            return given
        case ForwardRef():
            return given.__forward_arg__
        case list():  # the arguments of a `Callable`
            return f"[{', '.join(map(type_text, given))}]"
    if given is None or given is NoneType:
        return "None"
    if given is ...:
        return "..."
    origin, arguments = get_origin(given), get_args(given)
    if origin is Union or origin is UnionType:
        return " | ".join(map(type_text, arguments))
    if origin is Literal:
        return f"Literal[{', '.join(map(repr, arguments))}]"
    if origin is not None:
        return f"{type_text(origin)}[{', '.join(map(type_text, arguments)) or '()'}]"
    return str(getattr(given, "__name__", None) or stable(repr(given)))


def value_text(value: object) -> str:
    return f"{type(value).__name__} = {stable(repr(value))}"


def stable(text: str) -> str:
    """The text without addresses in memory and without the modules of the library, which may move."""
    text = re.sub(r" at 0x[0-9a-f]+", "", text)
    return re.sub(r"\bsupportcore\.(?:[a-z_]+\.)*(?=[A-Za-z_])", "", text)


if __name__ == "__main__":
    SNAPSHOT.write_text(snapshot(), encoding="utf-8")
    print(f"{SNAPSHOT.name}: {len(exports(supportcore))} names, {len(supportcore.__all__)} of them in `supportcore`")
