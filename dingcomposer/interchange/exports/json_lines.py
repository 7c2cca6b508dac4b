"""JSON Lines: a send on each line, with its attempts, as it is stored; and how they are read back.

The first line says what the file is. A line is the record that the send's link in the chain stands
for, so whoever has the file can check it against the chain.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from dingcomposer.core.records import dataclass

FORMAT = "dingcomposer-sends"
VERSION = 1
_MOST_CHARACTERS = 16_000_000  # of one line: more is no send


class NotOurs(Exception):
    """The file does not begin as one of ours does, or is of a newer program."""


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """One line: what it holds, None where it is not readable; and how far the file is read."""

    line: int
    record: dict[str, Any] | None
    position: int


class JsonLinesFile:
    """Writes records, one after the other."""

    def __init__(self, path: Path) -> None:
        self._file: IO[str] = path.open("w", encoding="utf-8", newline="\n")
        self.add(json.dumps({"format": FORMAT, "version": VERSION}))

    def add(self, record: str) -> None:
        """Write one record, which is JSON without a line break. Raises OSError."""
        self._file.write(f"{record}\n")

    def finish(self) -> None:
        """Write what is left."""
        self._file.close()

    def abandon(self) -> None:
        """Let go of the file, whatever it holds."""
        self._file.close()


def read_json_lines(path: Path) -> Iterator[ReadRecord]:
    """What stands in a file, line by line. Raises NotOurs and OSError."""
    with path.open("rb") as file:
        head = _read(file.readline(_MOST_CHARACTERS))
        if head is None or head.get("format") != FORMAT or head.get("version") != VERSION:
            raise NotOurs
        number = 1
        while line := file.readline(_MOST_CHARACTERS):
            number += 1
            if line.strip():
                yield ReadRecord(number, _read(line), file.tell())


def _read(line: bytes) -> dict[str, Any] | None:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
