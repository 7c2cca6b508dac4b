"""A lock on a folder that ends with the process that holds it, however that ends.

The system holds it, not the file's existence nor what stands in it: flock on POSIX, a locked byte
on Windows. So a file that a power cut left behind, empty or full of anything, locks nothing.
"""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

_TEXT_BYTES = 64
_LOCKED_BYTE = 1 << 30
"""Windows lets nobody read a locked byte: it stands far behind the text."""
_HELD = {errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK}


class FolderLock:
    """The lock of one folder. `path` is its file, which `release` takes away again."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._handle = -1

    def acquire(self) -> bool:
        """Take the lock; False where a living process holds it.

        Raises OSError where nobody can be asked: no file can be made or written there (EACCES,
        EROFS, ENOSPC …), something that is no file stands in its place (EISDIR), or the drive has
        no locks (ENOLCK, ENOTSUP).
        """
        while True:
            # Without waiting: a pipe in its place has nobody at its other end.
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
            handle = os.open(self.path, flags | getattr(os, "O_BINARY", 0), 0o600)
            try:
                if not stat.S_ISREG(os.fstat(handle).st_mode):
                    raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
                if not _lock(handle):
                    os.close(handle)
                    return False
                is_in_place = self._is_at_path(handle)
            except OSError:
                os.close(handle)
                raise
            if is_in_place:
                break
            # Whoever held it has taken the file away just now.
            os.close(handle)
        if self._handle >= 0:
            os.close(self._handle)
        self._handle = handle
        # For people, and for a second start that says who it is; nothing hangs on it.
        with suppress(OSError):
            os.ftruncate(handle, 0)
            os.write(handle, f"{os.getpid()}\n".encode())
        return True

    def is_in_place(self) -> bool:
        """Whether the lock is held, and on the file that stands there now."""
        return self._handle >= 0 and self._is_at_path(self._handle)

    @property
    def holder(self) -> str:
        """The number of the process that wrote itself down; "" where none did."""
        with suppress(OSError):
            if stat.S_ISREG(self.path.stat().st_mode):
                with self.path.open("rb") as file:
                    first = file.read(_TEXT_BYTES).split(b"\n")[0]
                return first.decode() if first.isdigit() else ""
        return ""

    def release(self) -> None:
        """Give the lock back, and take its file away. Does nothing where it is not held."""
        if self._handle < 0:
            return
        is_in_place = self._is_at_path(self._handle)
        if sys.platform == "win32":
            # An open file cannot be taken away there.
            os.close(self._handle)
        # While it is still locked: whoever waits for it looks again (`acquire`).
        with suppress(OSError):
            if is_in_place:
                self.path.unlink()
        if sys.platform != "win32":
            os.close(self._handle)
        self._handle = -1

    def _is_at_path(self, handle: int) -> bool:
        try:
            return os.path.samestat(self.path.stat(), os.fstat(handle))
        except OSError:
            return False


def _lock(handle: int) -> bool:
    """Lock the file, or one of its bytes; False where another holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            os.lseek(handle, 0, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _HELD:
            return False
        raise
    return True
