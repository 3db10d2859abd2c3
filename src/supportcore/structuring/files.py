"""Files: read up to a bound, and written whole, so that a reader never sees a part of one."""

import os
import stat
from contextlib import suppress
from pathlib import Path

from supportcore.bounds import DEFAULT_BOUNDS, Bounds
from supportcore.errors import ConceptError, FileError, Problem


def read_file(path: str | os.PathLike[str], expected: str, bounds: Bounds = DEFAULT_BOUNDS) -> bytes:
    """Return the content of a file; `expected` says in an error message which file to give.

    Raises `ConceptError` if there is no such file, if it cannot be read, or if it is larger than `bounds.file_size`.
    """
    try:
        with Path(path).open("rb") as file:
            content = file.read(bounds.file_size + 1)
            size = max(len(content), os.fstat(file.fileno()).st_size)
    except (OSError, ValueError) as error:  # `ValueError` for a path that holds a NUL
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ConceptError([Problem("", f"cannot be read: {reason}; give the path of {expected}")], str(path)) from None
    if message := bounds.excess("file_size", size):
        raise ConceptError([Problem("", f"has {message}")], str(path))
    return content


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file beside its target and move it into place.

    A file that exists keeps its permissions, and a link keeps pointing to its file. A device or a pipe, which cannot
    be replaced, is written to. Raises `FileError` with the path, and leaves the target as it was.
    """
    try:
        target = Path(os.path.realpath(path))
        mode = target.stat().st_mode if target.exists() else None
        if mode is None or stat.S_ISREG(mode):
            _replace(target, content, mode)
        else:
            target.write_bytes(content)
    except OSError as error:
        raise FileError(error.errno, error.strerror, str(path)) from None
    except ValueError as error:  # a path that holds a NUL
        raise FileError(None, str(error), str(path)) from None


def _replace(target: Path, content: bytes, mode: int | None) -> None:
    beside = target.with_name(f".{os.urandom(16).hex()}.part")
    try:
        beside.write_bytes(content)
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
