"""Tables out of files as a person sees them there: merged cells, errors and formats with them.

What calamine does not give is read from the file itself: in an XLSX the cells of formulas that
could not be worked out (#N/A), and the formats that make 0.15 a 15 %; in an ODS the words that it
keeps of each cell. Of other workbooks only the values are known. Takes a second for a very large
file: not in the main thread.
"""

import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from dingcomposer.core.records import dataclass
from dingcomposer.core.row_messages.table import MOST_COLUMNS, MergedCells
from dingcomposer.interchange.number_formats import BUILT_IN, formatted, is_plain
from dingcomposer.interchange.sheets import ROWS, UNPACKED_BYTES, Sheet, read_csv, read_sheets

PARTS_BYTES: Final = 5_000_000
"""The list of sheets and the formats of a workbook are no larger."""

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_Shown = dict[str, dict[tuple[int, int], str]]
_CELL: Final = rb'<(?:\w+:)?c\b(?=[^>]*\b(?:t="e"|s="(?:%s)"))([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>'
_PLACE: Final = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_STYLE: Final = re.compile(rb'\bs="([0-9]+)"')
_VALUE: Final = re.compile(rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>")
_IS_ERROR: Final = re.compile(rb'\bt="e"')
_IS_NUMBER: Final = re.compile(rb'\bt="n"|^(?!.*\bt=)')


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet from its top left cell on, and what is merged in it."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[MergedCells, ...] = ()
    is_whole: bool = True


def read_tables(path: Path, encoding: str = "") -> tuple[SheetRows, ...]:
    """The sheets of a file that are not hidden and hold anything. Raises SheetError.

    `encoding` is that of a CSV file; "" where it is to be found out.
    """
    sheets = read_sheets(path, encoding)
    looks_of = _LOOKS.get(path.suffix.casefold())
    if looks_of is None:
        return tuple(_whole(sheet, {}) for sheet in sheets)
    try:
        shown = looks_of(path, [sheet.name for sheet in sheets])
    except (zipfile.BadZipFile, ElementTree.ParseError, KeyError, ValueError, OSError):
        shown = {}  # it was readable: only its looks are not
    return tuple(_whole(sheet, shown.get(sheet.name, {})) for sheet in sheets)


def read_pasted(text: str) -> SheetRows | None:
    """The rows that somebody copied out of a sheet, or wrote with commas. Raises SheetError."""
    found = read_csv(text.encode("utf-8", "replace"))
    return _whole(found[0], {}) if found else None


def _whole(sheet: Sheet, shown: Mapping[tuple[int, int], str]) -> SheetRows:
    before = ("",) * sheet.left
    rows = [(*before, *row) if row else () for row in sheet.rows]
    for (row, column), words in shown.items():
        if row < len(rows):
            cells = [*rows[row], *[""] * (column + 1 - len(rows[row]))]
            cells[column] = words
            rows[row] = tuple(cells)
    merged = tuple(MergedCells(*block) for block in sheet.merged)
    return SheetRows(sheet.name, tuple(rows), merged, sheet.is_whole)


def _shown_in_xlsx(path: Path, names: Sequence[str]) -> _Shown:
    """By sheet the cells that read otherwise than their values: errors, and formatted numbers."""
    with zipfile.ZipFile(path) as archive:
        formats = _formats(archive)
        book = ElementTree.fromstring(_part(archive, "xl/workbook.xml"))
        about = book.find(f"{_MAIN}workbookPr")
        is_1904 = about is not None and about.get("date1904") in ("1", "true")
        styles = b"|".join(str(style).encode() for style in formats) or b"-"
        cell = re.compile(_CELL % styles, re.DOTALL)
        found = {}
        for name, part in _parts(archive, book).items():
            if name in names and archive.getinfo(part).file_size <= UNPACKED_BYTES:
                words_of = partial(_formatted, formats, is_1904=is_1904)
                found[name] = dict(_cells_of(archive.read(part), cell, words_of))
        return found


def _cells_of(
    content: bytes, cell: re.Pattern[bytes], words_of: Callable[[int, str], str]
) -> Iterator[tuple[tuple[int, int], str]]:
    for match in cell.finditer(content):
        about, inside = match[1], match[2]
        place, value = _PLACE.search(about), _VALUE.search(inside)
        if place is None or value is None:
            continue
        words = value[1].decode("utf-8", "replace").replace("&amp;", "&")
        if _IS_ERROR.search(about) is None:
            style = _STYLE.search(about)
            if style is None or _IS_NUMBER.search(about) is None:
                continue
            words = words_of(int(style[1]), words)
        yield (int(place[2]) - 1, _column(place[1].decode())), words


def _formatted(formats: Mapping[int, str], style: int, value: str, *, is_1904: bool) -> str:
    """A number as the format of its style shows it."""
    try:
        number = float(value)
    except ValueError:
        return value
    return formatted(number, formats[style], is_1904=is_1904) if math.isfinite(number) else value


def _formats(archive: zipfile.ZipFile) -> dict[int, str]:
    """The number formats that change how a number reads, by the style of the cell."""
    root = ElementTree.fromstring(_part(archive, "xl/styles.xml"))
    own = {
        int(one.get("numFmtId", "0")): one.get("formatCode", "")
        for one in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt")
    }
    found = {}
    for style, one in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf")):
        number = int(one.get("numFmtId", "0"))
        code = own.get(number) or BUILT_IN.get(number, "")
        if not is_plain(code):
            found[style] = code
    return found


def _parts(archive: zipfile.ZipFile, book: ElementTree.Element) -> dict[str, str]:
    """Where each sheet stands in the archive, by its name."""
    relations = ElementTree.fromstring(_part(archive, "xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    found = {}
    for sheet in book.iterfind(f"{_MAIN}sheets/{_MAIN}sheet"):
        target = targets.get(sheet.get(_RELATION), "")
        found[sheet.get("name", "")] = target.lstrip("/") if target[:1] == "/" else f"xl/{target}"
    return found


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > PARTS_BYTES:
        raise ValueError(name)
    return archive.read(name)


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


# ODS


def _shown_in_ods(path: Path, names: Sequence[str]) -> _Shown:
    """By sheet the words that the file keeps of each cell that holds no text."""
    found: dict[str, dict[tuple[int, int], str]] = {}
    with zipfile.ZipFile(path) as archive:
        if archive.getinfo("content.xml").file_size > UNPACKED_BYTES:
            return found
        with archive.open("content.xml") as content:
            name, row = "", 0
            for event, element in ElementTree.iterparse(content, ("start", "end")):
                if element.tag == f"{_TABLE}table" and event == "start":
                    name, row = element.get(f"{_TABLE}name", ""), 0
                elif element.tag == f"{_TABLE}table-row" and event == "end":
                    repeated = _repeated(element, "rows")
                    if name in names and row < ROWS:
                        cells = list(_cells_of_row(element))
                        shown = found.setdefault(name, {})
                        for at in range(row, min(row + repeated, ROWS) if cells else row):
                            shown.update(((at, column), words) for column, words in cells)
                    row += repeated
                    element.clear()
    return found


def _cells_of_row(row: ElementTree.Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        repeated = _repeated(cell, "columns")
        kind = cell.get(f"{_OFFICE}value-type", "string")
        if kind != "string" and column < MOST_COLUMNS:
            lines = ("".join(line.itertext()) for line in cell.iterfind(f"{_TEXT}p"))
            words = "\n".join(lines)
            for at in range(column, min(column + repeated, MOST_COLUMNS) if words else column):
                yield at, words
        column += repeated


def _repeated(element: ElementTree.Element, what: str) -> int:
    return max(int(element.get(f"{_TABLE}number-{what}-repeated", "1")), 1)


_LOOKS: Final[Mapping[str, Callable[[Path, Sequence[str]], _Shown]]] = {
    ".xlsx": _shown_in_xlsx,
    ".xlsm": _shown_in_xlsx,
    ".ods": _shown_in_ods,
}
