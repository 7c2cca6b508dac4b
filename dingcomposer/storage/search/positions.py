"""Lists of sends, newest first, in which any place is reached at once, however long they are.

Places are counted by blocks of 1024 keys, which the database keeps count of, and within a block by
its keys. So neither the oldest send nor one in the middle costs more than the newest. Of a block in
which no key is missing nothing is read: a row has a few kilobytes, and the disk may be slow.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from dingcomposer.storage.database import Database, to_micros
from dingcomposer.storage.search.index import BLOCK_BITS

_WINDOW = 64
_MOST_WINDOWS = 64


class SendList(Protocol):
    """Sends by their place, 0 being the newest. Main thread; every method raises StorageError."""

    def __len__(self) -> int: ...

    def keys(self, number: int, limit: int) -> Sequence[int]:
        """The keys of the sends from this place on."""
        ...

    def number_of(self, key: int) -> int | None:
        """The place of a send; None where it is not in the list."""
        ...

    def prepend(self, key: int) -> None:
        """A send was added that is newer than all."""
        ...

    def number_before(self, at: datetime) -> int:
        """The place of the newest send of this time or earlier; the last where all are later."""
        ...


class AllSends:
    """All sends of the history, as they are when it is made, and those that are prepended."""

    def __init__(self, database: Database) -> None:
        self._database = database
        blocks = database.rows("SELECT block, sends FROM send_blocks WHERE sends > 0 ORDER BY 1")
        self._blocks = array("q", (row["block"] for row in blocks))
        self._before = array("q", [0])  # how many sends are older than each block's
        for row in blocks:
            self._before.append(self._before[-1] + row["sends"])
        self._windows: OrderedDict[int, list[int]] = OrderedDict()

    def __len__(self) -> int:
        return self._before[-1]

    def keys(self, number: int, limit: int) -> Sequence[int]:
        """The keys of the sends from this place on."""
        # Windows are counted from the oldest: what is prepended moves none.
        oldest = max(len(self) - number - limit, 0)
        newest = len(self) - 1 - number
        found: list[int] = []
        for window in range(newest // _WINDOW, oldest // _WINDOW - 1, -1):
            first = window * _WINDOW
            keys = self._window(window)
            upper = min(newest - first + 1, len(keys))
            lower = max(oldest - first, 0)
            found += reversed(keys[lower:upper])
        return found

    def number_of(self, key: int) -> int | None:
        """The place of a send; None where there is none of this key."""
        block = key >> BLOCK_BITS
        at = bisect_left(self._blocks, block)
        if at == len(self._blocks) or self._blocks[at] != block:
            return None
        whole = self._whole(at)
        if whole is not None:
            older = key - whole.start
        else:
            row = self._database.rows(
                "SELECT count(*) FILTER (WHERE key < ?) AS older, max(key = ?) AS is_here"
                " FROM sends WHERE key BETWEEN ? AND ?",
                *(key, key, block << BLOCK_BITS, key),
            )[0]
            if not row["is_here"]:
                return None
            older = int(row["older"])
        number = len(self) - 1 - (self._before[at] + older)
        return number if number >= 0 else None  # not prepended yet

    def prepend(self, key: int) -> None:
        """A send was added that is newer than all."""
        self._windows.pop(len(self) // _WINDOW, None)
        block = key >> BLOCK_BITS
        if self._blocks and self._blocks[-1] == block:
            self._before[-1] += 1
        else:
            self._blocks.append(block)
            self._before.append(self._before[-1] + 1)

    def number_before(self, at: datetime) -> int:
        """The place of the newest send of this time or earlier; the last where all are later.

        The sends stand in the order in which they were written: that of time, but where the clock
        was set back.
        """
        return _number_before(self, self._database, at)

    def _window(self, window: int) -> list[int]:
        """The keys of one window, the oldest first."""
        if window in self._windows:
            self._windows.move_to_end(window)
            return self._windows[window]
        first = window * _WINDOW
        keys: list[int] = []
        while len(keys) < _WINDOW and first + len(keys) < len(self):
            some = self._some(first + len(keys), _WINDOW - len(keys))
            if not some:
                break  # deleted meanwhile
            keys += some
        self._windows[window] = keys
        while len(self._windows) > _MOST_WINDOWS:
            self._windows.popitem(last=False)
        return keys

    def _some(self, number: int, limit: int) -> Sequence[int]:
        """Keys of the block of a place, the oldest being 0, from that place on."""
        at = bisect_right(self._before, number) - 1
        skipped = number - self._before[at]
        whole = self._whole(at)
        if whole is not None:
            return whole[skipped : skipped + limit]
        first = self._blocks[at] << BLOCK_BITS
        rows = self._database.rows(
            "SELECT key FROM sends WHERE key BETWEEN ? AND ? ORDER BY key LIMIT ? OFFSET ?",
            *(first, first + (1 << BLOCK_BITS) - 1, limit, skipped),
        )
        return [row["key"] for row in rows]

    def _whole(self, at: int) -> range | None:
        """The keys of a block in which none is missing; keys begin at 1."""
        first = self._blocks[at] << BLOCK_BITS
        keys = range(max(first, 1), first + (1 << BLOCK_BITS))
        return keys if self._before[at + 1] - self._before[at] == len(keys) else None


class FoundSends:
    """The sends that a question found, the newest first; more may be appended while it is asked."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys = array("q")
        self._newer = array("q")  # prepended, the newest last

    def __len__(self) -> int:
        return len(self._newer) + len(self._keys)

    def append(self, keys: Iterable[int]) -> None:
        """Older ones were found."""
        self._keys.extend(keys)

    def keys(self, number: int, limit: int) -> Sequence[int]:
        """The keys of the sends from this place on."""
        newer = len(self._newer)
        if number >= newer:
            return self._keys[number - newer : number - newer + limit]
        found = array("q", reversed(self._newer))[number : number + limit]
        return found + self._keys[: max(limit - len(found), 0)]

    def number_of(self, key: int) -> int | None:
        """The place of a send; None where it was not found (yet)."""
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.keys(middle, 1)[0] > key else (low, middle)
        return low if low < len(self) and self.keys(low, 1)[0] == key else None

    def prepend(self, key: int) -> None:
        """A send was added that is newer than all."""
        self._newer.append(key)

    def number_before(self, at: datetime) -> int:
        """The place of the newest send of this time or earlier; the last where all are later."""
        return _number_before(self, self._database, at)


def _number_before(sends: SendList, database: Database, at: datetime) -> int:
    wanted = to_micros(at)
    low, high = 0, len(sends)
    while low < high:
        middle = (low + high) // 2
        key = sends.keys(middle, 1)[0]
        rows = database.rows("SELECT created_at FROM sends WHERE key = ?", key)
        is_later = bool(rows) and rows[0][0] > wanted
        low, high = (middle + 1, high) if is_later else (low, middle)
    return min(low, max(len(sends) - 1, 0))
