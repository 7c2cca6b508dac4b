"""Tables for Excel, WPS and LibreOffice, row after row: CSV and XLSX.

What a cell says is what was handed in, as text, number or time: never a formula. A program that
opens a CSV takes what begins with "=", "+", "-" or "@" for one, so such a text gets an apostrophe
before it, as a person would type it.
"""

import csv
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

Cell = str | int | float | datetime | None

XLSX_ROWS = 1_048_576
"""So many rows a sheet can have; what is beyond goes to another."""

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
    """A workbook whose rows are written as they come, so that a million of them stay small.

    Texts are texts, whatever they look like; times are Excel's own, without a zone.
    """

    def __init__(self, path: Path, headings: Sequence[str], sheet: str) -> None:
        from xlsxwriter import Workbook  # type: ignore[import-untyped] # 46 ms

        self._folder = TemporaryDirectory(prefix="dingcomposer-")
        self._book = Workbook(
            path,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "tmpdir": self._folder.name,
            },
        )
        self._time = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._bold = self._book.add_format({"bold": True})
        self._headings, self._name = tuple(headings), sheet
        self._sheets = 0
        self._sheet = self._begin_sheet()

    def add(self, cells: Sequence[Cell]) -> None:
        """Write one row. Raises OSError."""
        if self._row == XLSX_ROWS:
            self._sheet = self._begin_sheet()
        for column, cell in enumerate(cells):
            match cell:
                case None | "":
                    pass
                case datetime():
                    local = cell.astimezone().replace(tzinfo=None)
                    self._sheet.write_datetime(self._row, column, local, self._time)
                case str():
                    self._sheet.write_string(self._row, column, _fitting(cell))
                case _:
                    self._sheet.write_number(self._row, column, cell)
        self._row += 1

    def finish(self) -> None:
        """Put the workbook together. Raises OSError."""
        from xlsxwriter.exceptions import (  # type: ignore[import-untyped]
            FileCreateError,
        )

        try:
            self._book.close()
        except FileCreateError as error:
            raise OSError("the workbook could not be written") from error
        finally:
            self._folder.cleanup()

    def abandon(self) -> None:
        """Let go of everything that was written so far."""
        for sheet in self._book.worksheets():
            sheet.row_data_fh.close()
        self._book.fileclosed = True
        self._folder.cleanup()

    def _begin_sheet(self) -> Any:
        self._sheets += 1
        name = self._name if self._sheets == 1 else f"{self._name} {self._sheets}"
        sheet = self._book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(self._headings):
            sheet.set_column(column, column, min(max(len(heading) * 2, 12), 24))
        for column, heading in enumerate(self._headings):
            sheet.write_string(0, column, heading, self._bold)
        self._row = 1
        return sheet


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
