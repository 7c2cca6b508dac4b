"""What keeps something from being stored: the world's faults, told apart.

A foreign exception's text is never handed on: it can quote what was being written.
"""

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum


class StorageFault(StrEnum):
    """What is wrong with the disk, the file or its version."""

    CANNOT_CREATE = "cannot_create"
    FULL = "full"
    LOCKED = "locked"
    DAMAGED = "damaged"
    NEWER = "newer"
    READ_ONLY = "read_only"
    UNREADABLE = "unreadable"
    NO_HANDLES = "no_handles"  # this program, or the whole computer, has no file handle left
    OTHER = "other"
    FOREIGN = "foreign"  # another program's database
    NO_FILE = "no_file"  # a folder, a pipe, a device or a socket in its place
    DELETED = "deleted"  # while it was open; it has been written anew
    REPLACED = "replaced"
    OVERWRITTEN = "overwritten"
    LOST = "lost"  # it is gone, and could not be written anew


class StorageError(Exception):
    """The disk, a lock, a damaged file, a newer schema. `sqlite_name` is a code for the log."""

    def __init__(self, fault: StorageFault, sqlite_name: str = "") -> None:
        super().__init__(fault.value, sqlite_name)
        self.fault = fault
        self.sqlite_name = sqlite_name


def os_fault(error: OSError) -> StorageFault:
    """What a file that cannot be written has to do with the disk."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StorageFault.FULL
    is_exhausted = error.errno in (errno.EMFILE, errno.ENFILE)
    return StorageFault.NO_HANDLES if is_exhausted else StorageFault.CANNOT_CREATE


def is_out_of_handles() -> bool:
    """Whether this process can open no file at all just now."""
    try:
        os.close(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        return os_fault(error) is StorageFault.NO_HANDLES
    return False


_FAULTS = {
    sqlite3.SQLITE_FULL: StorageFault.FULL,
    sqlite3.SQLITE_IOERR_SHMSIZE: StorageFault.FULL,  # no room for the file beside a WAL
    sqlite3.SQLITE_BUSY: StorageFault.LOCKED,
    sqlite3.SQLITE_LOCKED: StorageFault.LOCKED,
    sqlite3.SQLITE_PROTOCOL: StorageFault.LOCKED,
    sqlite3.SQLITE_CORRUPT: StorageFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: StorageFault.DAMAGED,
    sqlite3.SQLITE_READONLY: StorageFault.READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: StorageFault.UNREADABLE,
    sqlite3.SQLITE_PERM: StorageFault.UNREADABLE,
    sqlite3.SQLITE_IOERR: StorageFault.UNREADABLE,
    sqlite3.SQLITE_NOLFS: StorageFault.OTHER,
}


@contextmanager
def faults() -> Iterator[None]:
    """The world's faults become StorageError; a mistake of ours stays what it is."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None:
            fault = _FAULTS.get(code) or _FAULTS.get(code & 0xFF)
        elif isinstance(error, sqlite3.OperationalError):
            fault = StorageFault.DAMAGED  # a TEXT that is not UTF-8; Python gives it no code
        else:
            fault = None  # a closed database, a foreign thread
        if fault is None:
            raise
        if fault is StorageFault.UNREADABLE and is_out_of_handles():
            fault = StorageFault.NO_HANDLES  # SQLite only says that it could not open a file
        raise StorageError(fault, getattr(error, "sqlite_errorname", "")) from None
