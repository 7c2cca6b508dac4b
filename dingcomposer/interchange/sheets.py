"""Sheets out of files: the cells of XLSX, XLS, ODS and CSV as words, as a person sees them there.

Takes a second for a very large file: not in the main thread.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dingcomposer.core.records import dataclass
from dingcomposer.interchange.number_formats import number_words

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

FILE_BYTES: Final = 50_000_000
"""A larger file is not opened."""

UNPACKED_BYTES: Final = 500_000_000
ROWS: Final = 100_000
"""So many rows of a sheet are read."""

CELL_LETTERS: Final = 32_767
"""As many fit into a cell of Excel's; of a longer one in a CSV file only these are read."""

TEXT_NAMES: Final = (".csv", ".tsv", ".txt")
_DELIMITERS: Final = ",\t;|"
_SAMPLE_LINES: Final = 20
UTF8, GB18030, BIG5 = "utf-8", "gb18030", "cp950"
_SIGN: Final = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_PUNCTUATION: Final = range(0xA1, 0xA4)  # of both
_SIGNS_LOOKED_AT: Final = 20_000
_CLEARLY: Final = 0.15
_ENCODINGS: Final = (
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
)


class SheetFault(StrEnum):
    """Why a file gives no sheet."""

    UNREADABLE = "unreadable"  # the disk, or the right to read it
    TOO_LARGE = "too_large"
    NO_SHEET = "no_sheet"  # another kind of file, or a broken one
    LOCKED = "locked"  # it opens with a password only


class SheetError(Exception):
    """A file that gives no sheet; `fault` says why."""

    def __init__(self, fault: SheetFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: its name, "" in a CSV file, and its rows, each as long as it has words.

    `is_whole` is False where the sheet goes on below the rows that were read. The rows begin in
    column `left`, from 0; `merged` are the blocks that are shown as one cell: its top, left, bottom
    and right in the sheet.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    is_whole: bool = True
    left: int = 0
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read_sheets(path: Path, encoding: str = "") -> tuple[Sheet, ...]:
    """The sheets of a file that are not hidden and hold anything. Raises SheetError.

    `encoding` is that of a CSV file; "" where it is to be found out.
    """
    content = _content(path)
    if path.suffix.casefold() in TEXT_NAMES:
        return read_csv(content, encoding)
    return _read_workbook(path, content)


def read_text(path: Path) -> str:
    """The text of a file, in the encodings of a CSV file. Raises SheetError."""
    return _decoded(_content(path))


def read_csv(content: bytes, encoding: str = "") -> tuple[Sheet, ...]:
    """The rows of a CSV file: UTF-8, UTF-16 with its mark, or what a Chinese Excel writes.

    With an `encoding` as that; what it cannot say becomes a replacement sign.
    """
    text = content.decode(encoding, "replace") if encoding else _decoded(content)
    delimiter = _delimiter_of(text)
    for quoting in (csv.QUOTE_MINIMAL, csv.QUOTE_NONE):
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=quoting)
        try:
            sheet = _sheet("", ([cell[:CELL_LETTERS] for cell in row] for row in lines))
        except csv.Error:
            continue  # a lone quote made one cell of all that follows
        return (sheet,) if sheet.rows else ()
    raise SheetError(SheetFault.NO_SHEET)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES:
            raise SheetError(SheetFault.TOO_LARGE)
        return path.read_bytes()
    except OSError as error:
        raise SheetError(SheetFault.UNREADABLE) from error


def decode_text(content: bytes) -> str | None:
    """The words of a file: by its mark, as UTF-8, or as the GB 18030 or Big5 of a Chinese Excel.

    None where it holds no text.
    """
    for name in _encodings_of(content):
        try:
            text = content.decode(name)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    return None


def _encodings_of(content: bytes) -> tuple[str, ...]:
    marked = next((name for mark, name in _ENCODINGS if content.startswith(mark)), "")
    if marked:
        return (marked,)
    simplified, traditional = _common_signs(content)
    is_traditional = traditional > simplified + _CLEARLY
    return ("utf-8", BIG5, GB18030) if is_traditional else ("utf-8", GB18030, BIG5)


def _common_signs(content: bytes) -> tuple[float, float]:
    """Which part of the signs would be everyday ones, read as GB 18030, and read as Big5.

    Both name their everyday signs with the same bytes, in other ranges: a text reads as such in
    its own encoding alone.
    """
    signs = [
        (match[0][0], match[0][1])
        for match in islice(_SIGN.finditer(content), _SIGNS_LOOKED_AT)
        if match[0][0] not in _PUNCTUATION
    ]
    if not signs:
        return 0.0, 0.0
    simplified = sum(0xB0 <= lead <= 0xD7 and trail >= 0xA1 for lead, trail in signs)
    traditional = sum(0xA4 <= lead <= 0xC6 for lead, trail in signs)
    return simplified / len(signs), traditional / len(signs)


def _decoded(content: bytes) -> str:
    text = decode_text(content)
    if text is None:
        raise SheetError(SheetFault.NO_SHEET)
    return text


def _delimiter_of(text: str) -> str:
    """The sign that stands in most of the first lines, and in them most often."""
    lines = [line for line in islice(io.StringIO(text), _SAMPLE_LINES) if line.strip()]

    def rating(sign: str) -> tuple[int, int]:
        counts = [line.count(sign) for line in lines]
        return sum(map(bool, counts)), sum(counts)

    return max(_DELIMITERS, key=rating)


def _read_workbook(path: Path, content: bytes) -> tuple[Sheet, ...]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    if _unpacked_bytes(content) > UNPACKED_BYTES:
        raise SheetError(SheetFault.TOO_LARGE)
    try:
        try:
            return _sheets_of(CalamineWorkbook.from_path(path))
        except PasswordError as error:
            raise SheetError(SheetFault.LOCKED) from error
        except CalamineError:  # its name may say another kind than it is
            return _sheets_of(CalamineWorkbook.from_filelike(io.BytesIO(content)))
    except (CalamineError, ValueError, OSError) as error:
        raise SheetError(SheetFault.NO_SHEET) from error


def _sheets_of(book: "CalamineWorkbook") -> tuple[Sheet, ...]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    found: list[Sheet] = []
    with book:
        for known in book.sheets_metadata:
            is_shown = known.visible == SheetVisibleEnum.Visible
            if is_shown and known.typ == SheetTypeEnum.WorkSheet:
                sheet = book.get_sheet_by_name(known.name)
                rows = ([_words(cell) for cell in row] for row in sheet.iter_rows())
                blocks = sheet.merged_cell_ranges or ()
                found.append(
                    replace(
                        _sheet(known.name, rows),
                        left=sheet.start[1] if sheet.start is not None else 0,
                        merged=tuple((*first, *last) for first, last in blocks),
                    )
                )
    return tuple(sheet for sheet in found if sheet.rows)


def _unpacked_bytes(content: bytes) -> int:
    """How large the parts of the archive say they are; 0 where it is none."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return 0


def _sheet(name: str, rows: Iterable[Sequence[str]]) -> Sheet:
    read = [_without_end(row) for row in islice(rows, ROWS + 1)]
    is_whole = len(read) <= ROWS
    del read[ROWS:]
    while read and not read[-1]:
        read.pop()
    return Sheet(name, tuple(read), is_whole)


def _without_end(row: Sequence[str]) -> tuple[str, ...]:
    filled = [at for at, cell in enumerate(row) if cell.strip()]
    return tuple(row[: filled[-1] + 1]) if filled else ()


def _words(cell: object) -> str:
    """What stands in a cell: 13800000000.0 is a number without a point."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float():
            return number_words(cell)
        case datetime():
            is_day = cell.time() == time()
            return cell.date().isoformat() if is_day else cell.isoformat(" ", "seconds")
        case date():
            return cell.isoformat()
        case time():
            return cell.isoformat("minutes" if not cell.second else "seconds")
        case timedelta():
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            shown = f"{minutes // 60}:{minutes % 60:02}"
            return f"{shown}:{seconds:02}" if seconds else shown
        case _:
            return str(cell)
