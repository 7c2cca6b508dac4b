"""Tables for Excel, WPS and LibreOffice, row after row: CSV and XLSX.

What a cell says is what was handed in, as text, number or time: never a formula. A program that
opens a CSV takes what begins with "=", "+", "-" or "@" for one, so such a text gets an apostrophe
before it, as a person would type it.
"""

import csv
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from html import escape
from pathlib import Path
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

Cell = str | int | float | datetime | None

XLSX_ROWS = 1_048_576
"""So many rows a sheet can have; what is beyond goes to another."""

SHEET_BYTES = 1_800_000_000
"""So much of a sheet's XML goes into one: programs that open workbooks stumble over 2 GiB."""

_ROWS_AT_ONCE = 64
_CELL_UNITS = 32_767  # as many UTF-16 units a cell of Excel's can hold
# Full-width signs too: Excel in Chinese and Japanese takes them for the others.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


class CsvTable:
    """UTF-8 with a mark at its front, by which Excel knows it; lines end as RFC 4180 says."""

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self._file: IO[str] = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self.add(headings)

    def add(self, cells: Sequence[Cell]) -> None:
        """Write one row. Raises OSError."""
        self._writer.writerow([_plain(cell) for cell in cells])

    def finish(self) -> None:
        """Write what is left."""
        self._file.close()

    def abandon(self) -> None:
        """Let go of the file, whatever it holds."""
        self._file.close()


class XlsxTable:
    """A workbook, packed row by row as they come: nothing of it is kept, or stands anywhere else.

    Texts are texts, whatever they look like; times are Excel's own, without a zone. (xlsxwriter
    puts a sheet together from temporary files, at the end: several gigabytes at a million rows, in
    one step that cannot be ended, and a kill leaves them behind.)
    """

    def __init__(self, path: Path, headings: Sequence[str], sheet: str) -> None:
        self._headings, self._name = tuple(headings), sheet
        self._letters = [_letters(column) for column in range(len(self._headings))]
        self._file = path.open("wb")
        self._book = ZipFile(self._file, "w", ZIP_DEFLATED, compresslevel=3)
        self._sheets = 0
        self._rows: list[str] = []
        self._begin_sheet()

    def add(self, cells: Sequence[Cell]) -> None:
        """Write one row. Raises OSError."""
        if self._row == XLSX_ROWS or self._sheet_bytes > SHEET_BYTES:
            self._end_sheet()
            self._begin_sheet()
        self._add(cells, "")

    def finish(self) -> None:
        """Write what is left. Raises OSError."""
        self._end_sheet()
        numbers = range(1, self._sheets + 1)
        sheets = "".join(
            f'<sheet name="{_xml(self._sheet_name(number))}" sheetId="{number}"'
            f' r:id="rId{number}"/>'
            for number in numbers
        )
        relations = "".join(
            _relation(number, "worksheet", f"worksheets/sheet{number}.xml") for number in numbers
        )
        types = "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml"'
            f' ContentType="{_SPREADSHEET_TYPE}.worksheet+xml"/>'
            for number in numbers
        )
        style = _relation(self._sheets + 1, "styles", "styles.xml")
        for name, content in (
            ("xl/workbook.xml", f"{_BOOK}<sheets>{sheets}</sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", f"{_RELATIONS}{relations}{style}</Relationships>"),
            ("xl/styles.xml", _STYLES),
            (
                "_rels/.rels",
                f"{_RELATIONS}{_relation(1, 'officeDocument', 'xl/workbook.xml')}</Relationships>",
            ),
            ("[Content_Types].xml", f"{_TYPES}{types}</Types>"),
        ):
            self._book.writestr(name, _HEAD + content)
        self._book.close()
        self._file.close()

    def abandon(self) -> None:
        """Let go of the file, whatever it holds."""
        for part in (self._part, self._book, self._file):
            with suppress(OSError, ValueError):  # what is left to be written may not fit either
                part.close()

    def _add(self, cells: Sequence[Cell], style: str) -> None:
        self._row += 1
        row = str(self._row)
        parts = []
        for letters, cell in zip(self._letters, cells, strict=True):
            match cell:
                case None | "":
                    pass
                case datetime():
                    serial = (cell.astimezone().replace(tzinfo=None) - _DAY_0) / _DAY
                    parts.append(f'<c r="{letters}{row}" s="{_TIME}"><v>{serial!r}</v></c>')
                case str():
                    text = _xml(_fitting(cell))
                    parts.append(
                        f'<c r="{letters}{row}"{style} t="inlineStr"><is>'
                        f'<t xml:space="preserve">{text}</t></is></c>'
                    )
                case _:
                    parts.append(f'<c r="{letters}{row}"><v>{cell!r}</v></c>')
        self._rows.append(f'<row r="{row}">{"".join(parts)}</row>')
        if len(self._rows) == _ROWS_AT_ONCE:
            self._write_rows()

    def _write_rows(self) -> None:
        content = "".join(self._rows).encode()
        self._rows.clear()
        self._sheet_bytes += len(content)
        self._part.write(content)

    def _begin_sheet(self) -> None:
        self._sheets += 1
        self._row = self._sheet_bytes = 0
        self._part = self._book.open(f"xl/worksheets/sheet{self._sheets}.xml", "w")
        widths = "".join(
            f'<col min="{at}" max="{at}" width="{min(max(len(one) * 2, 12), 24)}" customWidth="1"/>'
            for at, one in enumerate(self._headings, 1)
        )
        self._part.write(f"{_HEAD}{_SHEET}<cols>{widths}</cols><sheetData>".encode())
        self._add(self._headings, f' s="{_BOLD}"')

    def _end_sheet(self) -> None:
        self._write_rows()
        self._part.write(b"</sheetData></worksheet>")
        self._part.close()

    def _sheet_name(self, number: int) -> str:
        return self._name if number == 1 else f"{self._name} {number}"


def _plain(cell: Cell) -> str | int | float:
    """A cell as CSV has it: text that is no formula, numbers as they are, local times."""
    match cell:
        case None:
            return ""
        case datetime():
            return cell.astimezone().isoformat(" ", "seconds")[:19]  # without the zone
        case str():
            text = _UNSHOWABLE.sub("\ufffd", cell)
            return f"'{text}" if _FORMULA.match(text) else text
        case _:
            return cell


def _fitting(text: str) -> str:
    """As much of a text as a cell can hold."""
    text = _UNSHOWABLE.sub("\ufffd", text)
    if len(text) * 2 <= _CELL_UNITS or len(text.encode("utf-16-le")) // 2 <= _CELL_UNITS:
        return text
    cut = text.encode("utf-16-le")[: (_CELL_UNITS - 1) * 2]
    return f"{cut.decode('utf-16-le', 'ignore')}…"


def _letters(column: int) -> str:
    """A column as Excel calls it: A, B, … Z, AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


def _xml(text: str) -> str:
    """A text as XML holds it; what Excel would read as the number of a character is none."""
    if "_x" in text:
        text = _CHARACTER_NUMBER.sub("_x005F\\1", text)
    return escape(text).replace("\r", "_x000D_")


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


_CHARACTER_NUMBER = re.compile("(_x[0-9a-fA-F]{4}_)")
_DAY_0, _DAY = datetime(1899, 12, 30), timedelta(days=1)  # noqa: DTZ001 - Excel knows no zone
_BOLD, _TIME = 1, 2  # the looks in _STYLES, counted from 0

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN_XML = "http://schemas.openxmlformats.org"
_OFFICE = f"{_OPEN_XML}/officeDocument/2006/relationships"
_SPREADSHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_TYPES = (
    f'<Types xmlns="{_OPEN_XML}/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_SPREADSHEET_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_SPREADSHEET_TYPE}.styles+xml"/>'
)
_RELATIONS = f'<Relationships xmlns="{_OPEN_XML}/package/2006/relationships">'
_BOOK = f'<workbook xmlns="{_OPEN_XML}/spreadsheetml/2006/main" xmlns:r="{_OFFICE}">'
_SHEET = (
    f'<worksheet xmlns="{_OPEN_XML}/spreadsheetml/2006/main"><sheetViews>'
    '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft"'
    ' state="frozen"/></sheetView></sheetViews>'
)
_FONT = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
_STYLES = (
    f'<styleSheet xmlns="{_OPEN_XML}/spreadsheetml/2006/main">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/></numFmts>'
    f'<fonts count="2"><font>{_FONT}</font><font><b/>{_FONT}</font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
