"""Whether the file that is open is still the one that stands at its path.

A file that was deleted or replaced can still be written to through the open handle: nobody would
ever find what goes there.
"""

import os
import sqlite3
import threading
from contextlib import closing
from enum import StrEnum
from pathlib import Path

MAGIC = b"SQLite format 3\x00"
HEADER_BYTES = 100

_MAGIC = b"SQLite format 3\0"


class Displacement(StrEnum):
    """What happened to a file while it was open."""

    DELETED = "deleted"
    REPLACED = "replaced"  # another file stands at its path
    OVERWRITTEN = "overwritten"  # the same file, with somebody else's bytes


def application_of(header: bytes) -> int:
    """Whose database this is, by its header."""
    return int.from_bytes(header[68:72], "big")


class OpenFile:
    """A database's file and its WAL, as they were opened.

    It holds a handle of its own for as long as the database is open: to open and close the file
    again would drop the locks that SQLite holds on it in this process (POSIX). For the thread that
    made it; `checkpoint` for any.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._wal_path = path.with_name(f"{path.name}-wal")
        flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
        self._handle = os.open(path, flags)
        self._wal: tuple[int, int] | None = None
        self._seen = (-1, -1)
        self._header = b""
        self._checkpoint = threading.Lock()
        self._turn = threading.RLock()  # for the handle's place, and what was seen through it
        self._is_moving = self._is_ended = False
        self.note()

    def note(self) -> None:
        """What stands there now is our own work. To be called after each commit."""
        with self._turn:
            if not self._is_moving:  # else it is looked at once all is moved
                self._see()
            if self._wal is None:
                self._wal = _identity(self._wal_path)

    def checkpoint(self) -> bool:
        """Move what is committed from the WAL into the file; False where not all could be moved.

        Any thread; nobody who reads or writes waits for it. A file that somebody else has changed
        is left as it is. Raises sqlite3.Error and OSError.
        """
        with self._checkpoint:
            with self._turn:
                if self._is_ended or self.displacement() is not None:
                    return False
                self._is_moving = True
            try:
                address = f"{self._path.absolute().as_uri()}?mode=rw"
                with closing(sqlite3.connect(address, uri=True, timeout=0)) as mover:
                    query = "PRAGMA wal_checkpoint(PASSIVE)"
                    is_busy, pages, moved = mover.execute(query).fetchone()
                    return not is_busy and pages == moved
            finally:
                with self._turn:
                    self._is_moving = False
                    if self._may_be_moved():
                        self._see()

    def end_checkpoints(self) -> None:
        """Wait for the one that is under way; there will be no more. Before SQLite closes."""
        with self._checkpoint:
            self._is_ended = True

    def displacement(self) -> Displacement | None:
        """What happened to the file or its WAL; None where all is as we left it.

        Whatever was written without us makes it OVERWRITTEN: whether another program committed
        through SQLite, or nothing but the time has changed, the caller finds out.
        """
        with self._turn:
            return self._displacement()

    def looks_the_same(self) -> bool:
        """Whether size and header are what they were; what lies behind may have changed."""
        size = os.fstat(self._handle).st_size
        return size == self._seen[1] and self._read_header() == self._header

    def is_of(self, application: int) -> bool:
        """Whether the header is one of this program's databases; 0 until the first checkpoint."""
        header = self._read_header()
        return header.startswith(MAGIC) and application_of(header) in (0, application)

    def has_own_wal(self) -> bool:
        """Whether the WAL at its path is the one that was opened."""
        return self._wal is not None and _identity(self._wal_path) == self._wal

    def close(self) -> None:
        """Give the handle back; only once SQLite has closed the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _see(self) -> None:
        here = os.fstat(self._handle)
        if (here.st_mtime_ns, here.st_size) != self._seen:
            self._seen = (here.st_mtime_ns, here.st_size)
            self._header = self._read_header()

    def _may_be_moved(self) -> bool:
        """Whether what stands there can come of a checkpoint: a whole number of SQLite's pages.

        Else somebody else wrote it meanwhile.
        """
        header, size = self._read_header(), os.fstat(self._handle).st_size
        page = int.from_bytes(header[16:18], "big")
        page = 65_536 if page == 1 else page
        return header.startswith(_MAGIC) and page > 0 and size % page == 0

    def _displacement(self) -> Displacement | None:
        here = os.fstat(self._handle)
        if (found := _identity(self._path)) is None:
            return Displacement.DELETED
        if found != (here.st_dev, here.st_ino):
            return Displacement.REPLACED
        if self._wal is not None and _identity(self._wal_path) != self._wal:
            return Displacement.DELETED
        if not self._is_moving and (here.st_mtime_ns, here.st_size) != self._seen:
            return Displacement.OVERWRITTEN
        return None

    def _read_header(self) -> bytes:
        with self._turn:
            os.lseek(self._handle, 0, os.SEEK_SET)
            return os.read(self._handle, HEADER_BYTES)


def agree(own: sqlite3.Connection, reader: sqlite3.Connection, most_bytes: int) -> bool:
    """Whether two connections read the same, with every writer kept out meanwhile.

    For a file that several processes have open: one of them may move what was committed long ago
    from the WAL into the file, which shows in no version, so its bytes tell nothing. One that is
    writing just now is one of ours. Of a file above `most_bytes` the highest keys are compared.
    Raises sqlite3.Error.
    """
    try:
        own.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
            return True
        raise
    try:
        pages, page_bytes = (
            own.execute(f"PRAGMA {one}").fetchone()[0] for one in ("page_count", "page_size")
        )
        if pages * page_bytes <= most_bytes:
            return own.serialize() == reader.serialize()
        keys = "SELECT name, seq FROM sqlite_sequence ORDER BY name"
        mine, theirs = own.execute(keys).fetchall(), reader.execute(keys).fetchall()
        return [tuple(row) for row in mine] == [tuple(row) for row in theirs]
    finally:
        own.execute("ROLLBACK")


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
