"""The public face as text, twice: a snapshot with every signature, and the stub that type checkers read.

`make face` renews both. The stub is made, because the face loads its names when they are used, which no
checker follows.
"""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from types import MemberDescriptorType

import supportcore

SNAPSHOT = Path(__file__).with_name("face.txt")
STUB = Path(__file__).resolve().parents[2] / "src" / "supportcore" / "__init__.pyi"

Member = staticmethod | classmethod | property


def face() -> str:
    """One block for each public name, in alphabetical order; a class is followed by its public methods."""
    return "".join(f"{line}\n" for name in sorted(supportcore.__all__) for line in described(name))


def stub() -> str:
    """The face for type checkers: each room's names, imported and handed on."""
    imports = [
        f"from {room} import (\n{''.join(f'    {name} as {name},{chr(10)}' for name in sorted(names))})"
        for room, names in sorted(supportcore.ROOMS.items())
    ]
    exported = "\n".join(f'    "{name}",' for name in sorted(supportcore.__all__))
    return "\n".join([*imports, f"\n__all__ = [\n{exported}\n]\n"])


def described(name: str) -> Iterator[str]:
    value = getattr(supportcore, name)
    if inspect.isclass(value):
        bases = ", ".join(base.__name__ for base in value.__bases__ if base is not object)
        yield f"class {name}{f' [{bases}]' if bases else ''}{signature(value)}"
        for member in sorted(public_members(value)):
            yield f"    {member_text(value, member)}"
    elif callable(value):
        yield f"def {name}{signature(value)}"
    else:
        yield f"{name}: {type(value).__name__} = {stable(repr(value))}"


def public_members(kind: type) -> set[str]:
    """The public methods and properties that a class has from here; its fields stand in its signature."""
    return {
        name
        for base in kind.__mro__
        if base.__module__.partition(".")[0] == "supportcore"
        for name, member in vars(base).items()
        if not name.startswith("_") and (inspect.isfunction(member) or isinstance(member, Member))
    }


def member_text(kind: type, name: str) -> str:
    member = inspect.getattr_static(kind, name)
    match member:
        case property():
            _, arrow, result = signature(member.fget).partition(" -> ")
            return f"{name}{arrow and ': '}{result}"
        case MemberDescriptorType():  # a field that stands in the place of a property of a base
            return f"{name}: {stable(inspect.formatannotation(inspect.get_annotations(kind)[name]))}"
        case staticmethod() | classmethod():
            return f"{type(member).__name__} {name}{signature(member.__func__)}"
        case _:
            return f"def {name}{signature(member)}"


def signature(value: object) -> str:
    assert callable(value)
    if inspect.isclass(value) and not inspect.isfunction(value.__init__):
        return "(...)"  # that of a built-in class, which Python shows or hides by its version
    return stable(str(inspect.signature(value)))


def stable(text: str) -> str:
    """Without addresses in memory, and without the rooms of types: rooms may move, the face may not."""
    text = re.sub(r" at 0x[0-9a-f]+", "", text)
    return re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Za-z_]*)", "", text)


if __name__ == "__main__":
    SNAPSHOT.write_text(face(), encoding="utf-8")
    STUB.write_text(stub(), encoding="utf-8")
    print(f"{SNAPSHOT.name} and {STUB.name}: {len(supportcore.__all__)} public names")
