"""Files written whole: a reader sees the old content or the new content, never a part of either."""

import os
import stat
from contextlib import suppress
from pathlib import Path
from uuid import uuid4


def write_whole(path: str | os.PathLike[str], content: bytes) -> None:
    """Write a file beside its target and move it into place.

    A file that exists keeps its permissions, and a link keeps pointing to its file. A device or a pipe, which cannot
    be replaced, is written to. Raises `OSError` with the path, and leaves the target as it was.
    """
    target = Path(os.path.realpath(path))
    try:
        mode = target.stat().st_mode if target.exists() else None
        if mode is None or stat.S_ISREG(mode):
            _replace(target, content, mode)
        else:
            target.write_bytes(content)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None


def _replace(target: Path, content: bytes, mode: int | None) -> None:
    beside = target.with_name(f".{uuid4().hex}.part")
    try:
        beside.write_bytes(content)
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
