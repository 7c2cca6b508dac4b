"""Tables out of files as a person sees them there: merged cells, errors and formats with them.

What calamine does not give is read from the XLSX itself: the cells of formulas that could not be
worked out (#N/A), and the formats that make 0.15 a 15 %. Of other workbooks only the values are
known. Takes a second for a very large file: not in the main thread.
"""

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from xml.etree import ElementTree

from dingcomposer.core.records import dataclass
from dingcomposer.core.row_messages.table import MergedCells
from dingcomposer.interchange.sheets import (
    UNPACKED_BYTES,
    Sheet,
    number_words,
    read_csv,
    read_sheets,
)

PARTS_BYTES: Final = 5_000_000
"""The list of sheets and the formats of a workbook are no larger."""

_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_BUILT_IN: Final = {2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
# A sign before it, digits with or without thousands, decimals, a sign behind it.
_FORMAT: Final = re.compile(
    r'(?:"([^"]*)"|\[\$([^\]-]*)[^\]]*\]|([¥￥$€£]))?\s*(#,##0|0|#)(?:\.(0+))?'
    r'(%)?(?:"([^"]*)"|([元个人次件天条]))?(?:_[^;])?(?:;.*)?'
)
_CELL: Final = rb'<(?:\w+:)?c\b(?=[^>]*\b(?:t="e"|s="(?:%s)"))([^>]*)>(.*?)</(?:\w+:)?c>'
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


def read_tables(path: Path) -> tuple[SheetRows, ...]:
    """The sheets of a file that are not hidden and hold anything. Raises SheetError."""
    sheets = read_sheets(path)
    if path.suffix.casefold() not in (".xlsx", ".xlsm"):
        return tuple(_whole(sheet, {}) for sheet in sheets)
    try:
        shown = _shown_cells(path, [sheet.name for sheet in sheets])
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


def _shown_cells(path: Path, names: list[str]) -> dict[str, dict[tuple[int, int], str]]:
    """By sheet the cells that read otherwise than their values: errors, and formatted numbers."""
    with zipfile.ZipFile(path) as archive:
        formats = _formats(archive)
        styles = b"|".join(str(style).encode() for style in formats) or b"-"
        cell = re.compile(_CELL % styles, re.DOTALL)
        found = {}
        for name, part in _parts(archive).items():
            if name in names and archive.getinfo(part).file_size <= UNPACKED_BYTES:
                found[name] = dict(_cells_of(archive.read(part), cell, formats))
        return found


def _cells_of(
    content: bytes, cell: re.Pattern[bytes], formats: Mapping[int, str]
) -> Iterator[tuple[tuple[int, int], str]]:
    for match in cell.finditer(content):
        about, inside = match[1], match[2]
        place, value = _PLACE.search(about), _VALUE.search(inside)
        if place is None or value is None or about.endswith(b"/"):
            continue
        words = value[1].decode("utf-8", "replace").replace("&amp;", "&")
        if _IS_ERROR.search(about) is None:
            style = _STYLE.search(about)
            if style is None or _IS_NUMBER.search(about) is None:
                continue
            words = _formatted(words, formats[int(style[1])])
        yield (int(place[2]) - 1, _column(place[1].decode())), words


def _formatted(value: str, code: str) -> str:
    """A number as its format shows it; as it is where the format is not of the usual ones."""
    found = _FORMAT.fullmatch(code)
    try:
        number = float(value)
    except ValueError:
        return value
    if found is None:
        return number_words(number)
    number *= 100 if found[6] else 1
    decimals = len(found[5] or "")
    grouped = "," if "," in found[4] else ""
    before = found[1] or found[2] or found[3] or ""
    behind = "%" if found[6] else ""
    # Half up, as sheets do it: 0.125 is 0.13 there.
    rounded = f"{abs(number) + 1e-9:{grouped}.{decimals}f}"
    sign = "-" if number < 0 and any(digit in rounded for digit in "123456789") else ""
    return f"{sign}{before}{rounded}{behind}{found[7] or found[8] or ''}"


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
        code = own.get(number) or _BUILT_IN.get(number, "")
        if code and code != "0" and _FORMAT.fullmatch(code):
            found[style] = code
    return found


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Where each sheet stands in the archive, by its name."""
    relations = ElementTree.fromstring(_part(archive, "xl/_rels/workbook.xml.rels"))
    targets = {one.get("Id"): one.get("Target", "") for one in relations}
    book = ElementTree.fromstring(_part(archive, "xl/workbook.xml"))
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
