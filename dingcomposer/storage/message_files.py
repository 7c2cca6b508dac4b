"""A message as a file: to hand it on, to keep it, to open it with a double click.

A file ends in `.dingmsg` and holds one JSON document with what a draft says, of all its kinds, and
nothing of whom it is for: `{"format": "dingcomposer-message", "version": 1, "draft": {…}}`. The
draft is as `storage.drafts` stores it. A token or a secret in a text is masked before.
"""

import json
import os
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from dingcomposer.core.draft import Draft
from dingcomposer.storage.drafts import UNREADABLE, read_draft

ENDING: Final = ".dingmsg"
MOST_BYTES: Final = 2_000_000
_FORMAT: Final = "dingcomposer-message"
_VERSION: Final = 1


class MessageFileFault(StrEnum):
    """Why a file cannot be opened as a message."""

    GONE = "gone"  # it cannot be read at all
    NOT_ONE = "not_one"
    NEWER = "newer"  # a later version of the program wrote it


class MessageFileError(Exception):
    """The file is no message that can be opened; `fault` says why."""

    def __init__(self, fault: MessageFileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def write_file(content: dict[str, Any], path: Path) -> None:
    """Write a draft's content, free of secrets, whole or not at all. Raises OSError."""
    document = {"format": _FORMAT, "version": _VERSION, "draft": content}
    text = json.dumps(document, ensure_ascii=False, indent=2)
    made = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        made.write_bytes(f"{text}\n".encode("utf-8", "replace"))
        made.replace(path)
    finally:
        made.unlink(missing_ok=True)


def read_file(path: Path) -> Draft:
    """The draft that a file holds. Raises MessageFileError."""
    try:
        with path.open("rb") as file:
            held = file.read(MOST_BYTES + 1)
    except OSError:
        raise MessageFileError(MessageFileFault.GONE) from None
    if len(held) > MOST_BYTES:
        raise MessageFileError(MessageFileFault.NOT_ONE)
    try:
        document = json.loads(held.decode("utf-8-sig"))
        if document["format"] != _FORMAT:
            raise MessageFileError(MessageFileFault.NOT_ONE)
        if int(document["version"]) > _VERSION:
            raise MessageFileError(MessageFileFault.NEWER)
        return read_draft(document["draft"])
    except UNREADABLE:
        raise MessageFileError(MessageFileFault.NOT_ONE) from None
