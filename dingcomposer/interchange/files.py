"""A file that somebody drops or chooses: its words, its sheets, or its looks as markdown.

Takes a second for a large sheet: not in the main thread.
"""

from enum import StrEnum
from pathlib import Path
from typing import Final

from dingcomposer.core.records import dataclass
from dingcomposer.interchange.sheets import Sheet, SheetError, SheetFault, decode_text, read_sheets

TEXT_BYTES: Final = 1_000_000
"""A longer text is not opened: no message is so long."""


class FileFault(StrEnum):
    """Why a file gives nothing."""

    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    LOCKED = "locked"  # a sheet that opens with a password only
    PICTURE = "picture"
    OTHER = "other"  # neither words nor a sheet
    EMPTY = "empty"


class FileError(Exception):
    """A file that gives nothing; `fault` says why."""

    def __init__(self, fault: FileFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class FileContent:
    """A file's name, and its text or its sheets."""

    name: str
    text: str = ""
    sheets: tuple[Sheet, ...] = ()


_SHEETS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".csv", ".tsv", ".et")
_PICTURES: Final = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".heic", ".svg", ".tif")
_PAGES: Final = (".html", ".htm")
_FAULTS: Final = {
    SheetFault.UNREADABLE: FileFault.UNREADABLE,
    SheetFault.TOO_LARGE: FileFault.TOO_LARGE,
    SheetFault.LOCKED: FileFault.LOCKED,
    SheetFault.NO_SHEET: FileFault.OTHER,
}


def read_file(path: Path) -> FileContent:
    """What is in a file. Raises FileError."""
    kind = path.suffix.casefold()
    if kind in _PICTURES:
        raise FileError(FileFault.PICTURE)
    if kind in _SHEETS:
        return _sheet(path)
    text = _words(path)
    if kind in _PAGES:
        text = _page(text)
    if not text.strip():
        raise FileError(FileFault.EMPTY)
    return FileContent(path.name, text)


def _sheet(path: Path) -> FileContent:
    try:
        sheets = read_sheets(path)
    except SheetError as error:
        raise FileError(_FAULTS[error.fault]) from None
    if not sheets:
        raise FileError(FileFault.EMPTY)
    return FileContent(path.name, sheets=sheets)


def _words(path: Path) -> str:
    try:
        if path.stat().st_size > TEXT_BYTES:
            raise FileError(FileFault.TOO_LARGE)
        content = path.read_bytes()
    except OSError:
        raise FileError(FileFault.UNREADABLE) from None
    text = decode_text(content)
    if text is None:
        raise FileError(FileFault.OTHER)
    return text


def _page(html: str) -> str:
    from dingcomposer.interchange.html_reader import TooMuchHtmlError, read_html

    try:
        rich = read_html(html)
    except TooMuchHtmlError:
        raise FileError(FileFault.TOO_LARGE) from None
    return html if rich is None else rich.markdown
