"""The careful writer: whole or not at all, through links, into pipes and devices, never half."""

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from orgsim.errors import OrgsimError
from orgsim.writing import check_writable, write_json, write_new, write_whole

pytestmark = pytest.mark.skipif(os.name == "nt", reason="pipes, devices and modes are POSIX's")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path):
    file = tmp_path / "a.json"
    write_json({"é": 1}, file)
    assert file.read_text(encoding="utf-8") == '{\n  "é": 1\n}\n'
    file.chmod(0o640)
    with file.open("rb") as reader:
        write_whole(file, b"new")
        assert reader.read().startswith(b"{"), "who reads the old file reads it to its end"
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert names(tmp_path) == ["a.json"]


def test_a_link_stays_and_its_target_is_written(tmp_path):
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "target.json", tmp_path / "link.json"
    link.symlink_to(target)
    for content in (b"first", b"second"):
        write_whole(link, content)
        assert link.is_symlink()
        assert target.read_bytes() == content
        assert names(tmp_path / "there") == ["target.json"]


def test_a_pipe_is_written_into(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    found = []
    reader = threading.Thread(target=lambda: found.append(pipe.read_bytes()))
    reader.start()
    check_writable(pipe)
    write_whole(pipe, b"content")
    reader.join()
    assert found == [b"content"]
    assert stat.S_ISFIFO(pipe.lstat().st_mode)


def test_devices_are_written_into():
    write_whole(Path(os.devnull), b"content")
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode)


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="Linux's device that is always full")
def test_a_full_disk_is_one_sentence(tmp_path):
    link = tmp_path / "full.json"
    link.symlink_to("/dev/full")
    with pytest.raises(OrgsimError, match=r"full\.json cannot be written: No space left on device$"):
        write_whole(link, b"content")
    assert link.is_symlink()


def test_what_is_printed_to_is_not_replaced(tmp_path):
    """`--output /dev/stdout > file`: both the file and what is printed are in it."""
    file = tmp_path / "all.txt"
    program = (
        "import pathlib; from orgsim.writing import write_whole;"
        "write_whole(pathlib.Path('/dev/stdout'), b'written\\n'); print('printed')"
    )
    with file.open("wb") as out:
        subprocess.run([sys.executable, "-c", program], stdout=out, check=True)
    assert file.read_text(encoding="utf-8") == "written\nprinted\n"


def test_a_reader_that_goes_away_is_no_refusal(tmp_path):
    """`--output /dev/stdout | head` ends as without --output: the program's own end, not a message."""
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb"), pytest.raises(BrokenPipeError):
        write_whole(Path(f"/dev/fd/{write}"), b"content")


def test_a_new_file_is_never_another(tmp_path):
    file = tmp_path / "mine.toml"
    write_new(file, b"one")
    with pytest.raises(OrgsimError, match="exists already; choose another name"):
        write_new(file, b"two")
    assert file.read_bytes() == b"one"


@pytest.mark.parametrize("name", ["x" * 250, "é" * 120])
def test_the_temporary_neighbour_has_room_for_its_name(tmp_path, name):
    write_whole(tmp_path / name, b"content")
    assert names(tmp_path) == [name]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("gone/a.json", "there is no folder"),
        ("folder", "is a folder; name a file in it"),
        ("file/a.json", "cannot be written: Not a directory"),
        ("x" * 300, "cannot be written: File name too long"),
        ("a\0b", "cannot be written: no file can have this name"),
        ("a\ud800b", "cannot be written: no file can have this name"),
        ("circle", "cannot be written: Too many levels of symbolic links"),
    ],
)
def test_what_cannot_be_written_is_said_before_and_then(tmp_path, name, message):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").touch()
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    before = names(tmp_path)
    with pytest.raises(OrgsimError, match=message) as refused:
        check_writable(tmp_path / name)
    assert "\n" not in str(refused.value)
    for write in (write_whole, write_new):
        with pytest.raises(OrgsimError, match=r"cannot be written|exists already"):
            write(tmp_path / name, b"content")
    assert names(tmp_path) == before


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="nothing is protected from root")
def test_what_is_protected_stays(tmp_path):
    file = tmp_path / "a.json"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o444)
    for act in (check_writable, lambda path: write_whole(path, b"new")):
        with pytest.raises(OrgsimError, match="write-protected"):
            act(file)
    assert file.read_text(encoding="utf-8") == "old"
