"""What `verify` does: reads the chain of the history, and says whether everything fits."""

import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from dingcomposer.cli.options import dumped
from dingcomposer.paths import is_there
from dingcomposer.storage.archive.reader import Reader
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.evidence.verification import (
    ChainFinding,
    FindingKind,
    Verification,
    verify,
)
from dingcomposer.storage.migrations import STEPS

WHOLE, CHANGED, UNREADABLE = 0, 1, 2
"""The exit statuses."""

_FOUND = {
    FindingKind.CHANGED: "link {number}: send {uuid} was changed after it was finished",
    FindingKind.REMOVED: "link {number}: its send (row {key}) was removed",
    FindingKind.INSERTED: "row {key}: send {uuid} was put in from outside",
    FindingKind.LINK_CHANGED: "link {number}: the link itself was changed",
    FindingKind.LINK_MISSING: "link {number}: missing",
    FindingKind.CUT_OFF: "link {number}: the chain ends here, and should not",
    FindingKind.STONE_CHANGED: "link {number}: what stands for removed sends was changed",
}


def check_chain(path: Path, *, is_quiet: bool, is_json: bool) -> int:
    """Read the chain of the history in this file; 0: all fits, 1: not, 2: it cannot be read.

    As JSON: `exit_code`; `is_whole`; `links`, `sends` (compared), `removed` (by the program, which
    says so) and `waiting` (not in the chain yet), counted; `places`, how many do not fit, and in
    `findings` the first of them (`kind`, `link`, `row`, `msg_uuid`, `words`); `head`, the newest
    link, or null. Where it cannot be read, `exit_code` and `error`.
    """
    try:
        trouble = _trouble(path)
        if trouble:
            return _tell_unreadable(trouble, is_json=is_json)
        found = _read(path, is_quiet=is_quiet or not sys.stderr.isatty())
    except StorageError as error:
        told = f"{path} cannot be read: {error.fault.value.replace('_', ' ')}."
        return _tell_unreadable(told, is_json=is_json)
    status = WHOLE if found.is_whole else CHANGED
    if is_json:
        print(dumped({"exit_code": status, **_as_json(found)}))
    else:
        _tell(found)
    return status


def _tell_unreadable(words: str, *, is_json: bool) -> int:
    print(words, file=sys.stderr)
    if is_json:
        error = {"kind": "unreadable", "message": words}
        print(dumped({"exit_code": UNREADABLE, "error": error}))
    return UNREADABLE


def _as_json(found: Verification) -> dict[str, Any]:
    return {
        "is_whole": found.is_whole,
        "links": found.links,
        "sends": found.sends,
        "removed": found.removed,
        "waiting": found.waiting,
        "places": found.count,
        "findings": [
            {
                "kind": one.kind.value,
                "link": one.number,
                "row": one.send_key,
                "msg_uuid": one.msg_uuid or None,
                "words": _words(one),
            }
            for one in found.findings
        ],
        "head": None if found.head is None else found.head.words,
    }


def _trouble(path: Path) -> str:
    """Why the file cannot be checked, in a sentence; "" where it can."""
    if not is_there(path):
        return f"{path} is not there."
    if not path.is_file():
        return f"{path} is no file."
    with closing(Reader(path)) as reader:
        version = int(reader.rows("PRAGMA user_version")[0][0])
    if version < len(STEPS):
        return f"{path} is of an older version: start the program once, which brings it up to date."
    if version > len(STEPS):
        return f"{path} is of a newer version of the program."
    return ""


def _read(path: Path, *, is_quiet: bool) -> Verification:
    work = verify(path)
    while True:
        try:
            done, total = next(work)
        except StopIteration as end:
            if not is_quiet:
                print("\r", end="", file=sys.stderr)
            found: Verification = end.value
            return found
        if not is_quiet:
            print(f"\r{done:,} of {total:,} links", end="", file=sys.stderr, flush=True)


def _tell(found: Verification) -> None:
    for one in found.findings:
        print(_words(one))
    if found.count > len(found.findings):
        print(f"… and {found.count - len(found.findings):,} more")
    verdict = "whole" if found.is_whole else f"NOT WHOLE, {found.count:,} places do not fit"
    print(f"{verdict}: {found.links:,} links, {found.sends:,} sends compared")
    if found.removed:
        print(f"{found.removed:,} sends were removed by the program, and say so")
    if found.waiting:
        print(f"{found.waiting:,} older sends have not joined the chain yet: not compared")
    if found.head is not None:
        print(f"head: {found.head.words}")


def _words(one: ChainFinding) -> str:
    return _FOUND[one.kind].format(number=one.number, key=one.send_key, uuid=one.msg_uuid)
