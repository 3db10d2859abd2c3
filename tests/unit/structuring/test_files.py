"""Files written whole: permissions, links, devices, and failures."""

import errno
import os
from pathlib import Path

import pytest

from supportcore.structuring.files import write_whole


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    write_whole(tmp_path / "new", b"content")
    usual = tmp_path / "usual"
    usual.write_bytes(b"")
    assert (tmp_path / "new").read_bytes() == b"content"
    assert (tmp_path / "new").stat().st_mode == usual.stat().st_mode


def test_an_older_file_is_replaced_and_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "old"
    target.write_bytes(b"older and longer")
    target.chmod(0o640)
    before = target.stat().st_ino
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640
    assert target.stat().st_ino != before
    assert os.listdir(tmp_path) == ["old"]


def test_a_link_keeps_pointing_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("folder/file")
    write_whole(tmp_path / "link", b"1")
    write_whole(tmp_path / "link", b"2")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder" / "file").read_bytes() == b"2"


@pytest.mark.parametrize(
    ("path", "number"), [("missing/file", errno.ENOENT), (".", errno.EISDIR), ("/dev/full", errno.ENOSPC)]
)
def test_a_failure_names_the_path_and_leaves_nothing(
    path: str, number: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(OSError, match=os.strerror(number)) as raised:
        write_whole(path, b"content")
    assert (raised.value.errno, raised.value.filename) == (number, path)
    assert os.listdir(tmp_path) == []


def test_a_write_that_is_interrupted_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "old"
    target.write_bytes(b"old")

    def interrupt(source: Path, content: bytes) -> int:
        with source.open("wb") as file:
            file.write(content[:1])
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "write_bytes", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["old"]


def test_a_device_is_written_to() -> None:
    write_whole("/dev/null", b"content")
    assert not Path("/dev/null").is_file()
