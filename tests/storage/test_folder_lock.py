"""The lock of a data folder: real files, real processes."""

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dingcomposer.storage.folder_lock import FolderLock

ROOT = Path(__file__).parents[2]
HOLDER = (
    "import sys\n"
    "from pathlib import Path\n"
    "from dingcomposer.storage.folder_lock import FolderLock\n"
    "lock = FolderLock(Path(sys.argv[1]))\n"
    "print(lock.acquire(), flush=True)\n"
    "sys.stdin.read()\n"
    "lock.release()\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "dingcomposer.lock"


@contextmanager
def held(path: Path) -> Iterator["subprocess.Popen[str]"]:
    """Another process holds the lock."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        yield other
        if other.poll() is None:
            other.communicate("")


@pytest.mark.parametrize(
    "left",
    [b"", b"\0" * 4_096, b"no lock at all", b"1\ndingcomposer\nthis-host\n", b"\xff" * 100_000],
)
def test_what_a_power_cut_left_behind_locks_nothing(path: Path, left: bytes) -> None:
    path.write_bytes(left)
    lock = FolderLock(path)
    assert lock.acquire()
    assert lock.holder == str(os.getpid())
    lock.release()
    assert not path.exists()


def test_a_living_process_holds_it_and_is_named(path: Path) -> None:
    with held(path) as other:
        lock = FolderLock(path)
        assert not lock.acquire()
        assert lock.holder == str(other.pid)
    assert lock.acquire()
    lock.release()


@pytest.mark.parametrize("left", [b"", b"no lock at all"])
def test_a_living_process_holds_it_whatever_stands_in_the_file(path: Path, left: bytes) -> None:
    with held(path):
        path.write_bytes(left)
        lock = FolderLock(path)
        assert not lock.acquire()
        assert lock.holder == ""


@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_killed_process_holds_nothing(path: Path) -> None:
    with held(path) as other:
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert path.exists()
        lock = FolderLock(path)
        assert lock.acquire()
        lock.release()


def test_two_in_one_process_exclude_each_other(path: Path) -> None:
    first, second = FolderLock(path), FolderLock(path)
    assert first.acquire()
    assert not second.acquire()
    first.release()
    assert second.acquire()
    first.release()
    assert path.exists()
    second.release()


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps an open file in its place")
def test_a_file_that_was_deleted_is_locked_anew_unless_another_was_faster(path: Path) -> None:
    lock = FolderLock(path)
    assert lock.acquire()
    path.unlink()
    assert not lock.is_in_place()
    with held(path):
        assert not lock.acquire()
    assert lock.acquire()
    assert lock.is_in_place()
    assert not FolderLock(path).acquire()
    lock.release()


@pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo], ids=["folder", "fifo"])
def test_what_is_no_file_is_refused_and_not_waited_for(
    path: Path, make: Callable[[Path], None]
) -> None:
    make(path)
    lock = FolderLock(path)
    with pytest.raises(OSError) as caught:
        lock.acquire()
    assert caught.value.errno == errno.EISDIR
    assert lock.holder == ""


def test_where_no_file_can_be_made_the_systems_reason_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OSError) as caught:
        FolderLock(tmp_path / "file" / "dingcomposer.lock").acquire()
    assert caught.value.errno in (errno.ENOTDIR, errno.ENOENT)
