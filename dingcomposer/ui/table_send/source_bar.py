"""Where the rows come from, and what their columns are for: robot, people, fields."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.draft import Draft
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.core.row_messages.filling import RowPlan
from dingcomposer.core.row_messages.table import (
    DataTable,
    TableError,
    TableFault,
    find_headings,
    read_table,
)
from dingcomposer.core.templates.template import TemplateField
from dingcomposer.interchange.row_tables import SheetRows, read_pasted, read_tables
from dingcomposer.interchange.sheets import (
    BIG5,
    GB18030,
    TEXT_NAMES,
    UTF8,
    SheetError,
    SheetFault,
)
from dingcomposer.services.background import Background
from dingcomposer.ui import questions
from dingcomposer.ui.table_send.sentences import note_sentences, sheet_sentence, table_sentence
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.texts.translate import join_names
from dingcomposer.ui.widgets.buttons import DialogButton, settle_after_menu
from dingcomposer.ui.widgets.layouts import FlowLayout
from dingcomposer.ui.widgets.plain_text import ElidedLabel, plain_label

_KINDS = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.tsv *.txt"
_COMBO_CHARACTERS = 14
_NAMES_SHOWN = 2
_COLUMN, _ROBOT = "column", "robot"  # what names the robot


@dataclass(frozen=True, slots=True)
class TableFile:
    """What was read of a file: its sheets, or why there are none. Pasted rows have no path."""

    name: str
    sheets: tuple[SheetRows, ...] = ()
    fault: SheetFault | None = None
    path: Path | None = None


class SourceBar(QWidget):
    """A file, or pasted rows; and what the columns are for.

    Signals:
        table_changed(): there is another table, or none (any more).
        roles_changed(): other columns, or another robot, are chosen.
    """

    table_changed = Signal()
    roles_changed = Signal()

    def __init__(
        self, draft: Draft, robots: Sequence[Robot], target: Robot | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._draft = draft
        self._robots, self._target = tuple(robots), target
        self._background = Background(self)
        self._file = TableFile("")
        self._table: DataTable | None = None
        self._make_widgets()
        self._lay_out()
        self._show_state("")

    @property
    def name(self) -> str:
        """What the table is called: its file's name; "" for pasted rows."""
        return self._file.name

    @property
    def folder(self) -> Path | None:
        """Where the table's file stands; None for pasted rows."""
        return None if self._file.path is None else self._file.path.parent

    @property
    def table(self) -> DataTable | None:
        """The table; None where there is none yet, or none that can be read."""
        return self._table

    @property
    def robot(self) -> Robot | None:
        """The robot of all rows, where one is chosen."""
        kind, value = self._robot.currentData() or ("", "")
        return next((one for one in self._robots if (kind, value) == (_ROBOT, one.robot_id)), None)

    @property
    def robot_column(self) -> str | None:
        """The column that names the robot of each row."""
        kind, value = self._robot.currentData() or ("", "")
        return value if kind == _COLUMN else None

    @property
    def mention_column(self) -> str | None:
        """The column that names whom to mention."""
        return self._mention.currentData() or None

    @property
    def plan(self) -> RowPlan:
        """How the draft and the columns become messages, as it is chosen."""
        chosen = (one for one in self._optional_menu.actions() if one.isChecked())
        fields = tuple(TemplateField(str(one.data()), is_optional=True) for one in chosen)
        return RowPlan(
            self._draft, self.robot, self.robot_column, self.mention_column, fields=fields
        )

    def read_file(self, path: Path) -> None:
        """Read a file in the background; `table_changed` follows."""
        self._encoding.setCurrentIndex(0)
        self._read_as(path, "")

    def _read_as(self, path: Path, encoding: str) -> None:
        self._show_state(self.tr("Reading {file} …").format(file=path.name))
        self._background.run("file", partial(_read, encoding), path, self._on_read)

    def read_words(self, words: str) -> None:
        """Take rows that somebody copied out of a sheet."""
        try:
            found = read_pasted(words)
        except SheetError as error:
            self._take(TableFile("", (), error.fault))
            return
        self._take(TableFile("", (found,) if found is not None else ()))

    def close_reading(self) -> None:
        """Read nothing more."""
        self._background.close()

    # Building

    def _make_widgets(self) -> None:
        self.choose = DialogButton("table_send.file", self.tr("Choose a file…"), self)
        self.choose.clicked.connect(self._on_choose)
        self.paste = DialogButton("table_send.paste", self.tr("Paste rows"), self)
        self.paste.setToolTip(self.tr("Rows that were copied in Excel, WPS or a web page"))
        self.paste.setShortcut(QKeySequence.StandardKey.Paste)
        self.paste.clicked.connect(self._on_paste)
        self._told = ElidedLabel(self)
        self._told.setObjectName("table_send.source")
        self._told.setProperty("quiet", True)
        self._sheet = self._combo("table_send.sheet", self.tr("Sheet"))
        self._sheet.activated.connect(lambda _index: self._read_sheet(None))
        self._encoding = self._combo("table_send.encoding", self.tr("Encoding"))
        self._encoding.setToolTip(self.tr("Choose another one where signs are garbled"))
        for words, name in (
            (self.tr("Automatic"), ""),
            ("UTF-8", UTF8),
            (self.tr("Simplified Chinese (GB 18030)"), GB18030),
            (self.tr("Traditional Chinese (Big5)"), BIG5),
        ):
            self._encoding.addItem(words, name)
        self._encoding.activated.connect(self._on_encoding)
        self._encoding_label = QLabel(self.tr("Encoding"), self)
        self._encoding_label.setBuddy(self._encoding)
        self._heading = QSpinBox(self)
        self._heading.setObjectName("table_send.heading")
        self._heading.setAccessibleName(self.tr("Row of the headings"))
        self._heading.setMinimumWidth(64)
        self._heading.setRange(1, 1)
        self._heading.setKeyboardTracking(False)
        self._heading.valueChanged.connect(self._read_sheet)
        self._heading_label = QLabel(self.tr("Headings in row"), self)
        self._heading_label.setBuddy(self._heading)
        self._robot = self._combo("table_send.robot", self.tr("Robot"))
        self._robot.activated.connect(lambda _index: self.roles_changed.emit())
        self._robot_label = QLabel(self.tr("Robot"), self)
        self._robot_label.setBuddy(self._robot)
        self._mention = self._combo("table_send.mention", self.tr("Mention"))
        self._mention.activated.connect(lambda _index: self.roles_changed.emit())
        self._mention_label = QLabel(self.tr("Mention"), self)
        self._mention_label.setBuddy(self._mention)
        self._make_optional()
        self._notes = plain_label("", self, "table_send.notes")
        self._notes.setProperty("note", "quiet")

    def _make_optional(self) -> None:
        """Which fields of the message may be empty in a row: a remark is, in most of them."""
        self._optional = QToolButton(self)
        self._optional.setObjectName("table_send.optional")
        self._optional.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._optional.setToolTip(
            self.tr("Where such a cell is empty, its line of the message is left out.")
        )
        self._optional_menu = QMenu(self._optional)
        for name in RowPlan(self._draft).needed:
            action = self._optional_menu.addAction(clean(name).replace("&", "&&"))
            action.setObjectName(f"table_send.optional.{name}")
            action.setData(name)
            action.setCheckable(True)
            action.toggled.connect(self._on_optional)
        self._optional.setMenu(self._optional_menu)
        settle_after_menu(self._optional)
        self._optional_label = QLabel(self.tr("May be empty"), self)
        self._optional_label.setBuddy(self._optional)
        self._show_optional()

    def _on_optional(self) -> None:
        self._show_optional()
        self.roles_changed.emit()

    def _show_optional(self) -> None:
        names = [clean(one.name) for one in self.plan.fields]
        told = join_names(names) or self.tr("None")
        is_long = len(names) > _NAMES_SHOWN
        shown = self.tr("%n field(s)", "", len(names)) if is_long else told
        self._optional.setText(shown.replace("&", "&&") + " ▾")
        words = self.tr("Fields that may be empty: {names}")
        self._optional.setAccessibleName(words.format(names=told))

    def _combo(self, name: str, words: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        combo.setAccessibleName(words)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(_COMBO_CHARACTERS)
        return combo

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.choose)
        first.addWidget(self.paste)
        first.addWidget(self._told, 1)
        self._roles = QWidget(self)
        roles = FlowLayout(self._roles, gap=12)
        pairs = (
            (None, self._sheet),
            (self._heading_label, self._heading),
            (self._robot_label, self._robot),
            (self._mention_label, self._mention),
            (self._optional_label, self._optional),
            (self._encoding_label, self._encoding),
        )
        for label, field in pairs:
            pair = QWidget(self._roles)
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            if label is not None:
                row.addWidget(label)
            row.addWidget(field)
            roles.addWidget(pair)
            if field is self._sheet:
                self._sheet_pair = pair
            elif field is self._encoding:
                self._encoding_pair = pair
            elif field is self._optional:
                pair.setVisible(bool(self._optional_menu.actions()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(first)
        column.addWidget(self._roles)
        column.addWidget(self._notes)

    # Reading

    def _on_choose(self) -> None:
        kinds = self.tr("Tables ({kinds})").format(kinds=_KINDS)
        path = questions.choose_file(self.window(), self.tr("Choose a table"), kinds)
        if path:
            self.read_file(Path(path))

    def _on_encoding(self, index: int) -> None:
        if self._file.path is not None:
            self._read_as(self._file.path, str(self._encoding.itemData(index)))

    def _on_paste(self) -> None:
        self.read_words(QGuiApplication.clipboard().text())

    def _on_read(self, file: TableFile) -> None:
        self._take(file)

    def _take(self, file: TableFile) -> None:
        self._file = file
        with QSignalBlocker(self._sheet):
            self._sheet.clear()
            for sheet in file.sheets:
                self._sheet.addItem(clean(sheet.name))
        if file.fault is not None:
            self._lose(sheet_sentence(file.fault, file.name or self.tr("What was pasted")))
            return
        self._read_sheet(None)

    def _read_sheet(self, heading_row: int | None) -> None:
        """The table of the sheet that is chosen; its headings are found unless a row is given."""
        index = max(self._sheet.currentIndex(), 0)
        sheets = self._file.sheets
        sheet = sheets[index] if index < len(sheets) else SheetRows("", ())
        try:
            table = read_table(
                sheet.rows, heading_row=heading_row, merged=sheet.merged, hidden=sheet.hidden
            )
        except TableError as error:
            self._lose(table_sentence(error), keeps_sheets=error.fault is not TableFault.EMPTY)
            return
        self._table = table
        with QSignalBlocker(self._heading):
            self._heading.setRange(1, max(len(sheet.rows) - 1, 1))
            self._heading.setValue(heading_row or find_headings(sheet.rows))
        self._offer_columns(table)
        name = self._file.name or self.tr("Pasted rows")
        rows = self.tr("%n row(s)", "", len(table.rows))
        self._show_state(self.tr("{name}: {rows}").format(name=clean(name), rows=rows))
        self.table_changed.emit()

    def _lose(self, sentence: str, *, keeps_sheets: bool = False) -> None:
        self._table = None
        self._show_state("")
        self._notes.tell(sentence)
        self._notes.setProperty("note", "bad")
        self._restyle()
        self._notes.show()
        self._roles.setVisible(keeps_sheets)
        self.table_changed.emit()

    def _show_state(self, words: str) -> None:
        self._told.setText(words)
        self._roles.setVisible(self._table is not None)
        self._sheet_pair.setVisible(self._sheet.count() > 1)
        path = self._file.path
        is_text = path is not None and path.suffix.casefold() in TEXT_NAMES
        self._encoding_pair.setVisible(is_text)
        notes = "" if self._table is None else note_sentences(self._table.notes)
        self._notes.setText(notes)
        self._notes.setProperty("note", "quiet")
        self._restyle()
        self._notes.setVisible(bool(notes))

    def _restyle(self) -> None:
        style = self._notes.style()
        style.unpolish(self._notes)
        style.polish(self._notes)

    # Columns

    def _offer_columns(self, table: DataTable) -> None:
        before = self._robot.currentData(), self._mention.currentData()
        with QSignalBlocker(self._robot), QSignalBlocker(self._mention):
            self._robot.clear()
            self._mention.clear()
            self._robot.addItem(self.tr("Choose…"), None)
            for heading in table.headings:
                words = self.tr("Column “{heading}”").format(heading=clean(heading))
                self._robot.addItem(words, (_COLUMN, heading))
            self._robot.insertSeparator(self._robot.count())
            for robot in self._robots:
                self._robot.addItem(
                    robot_words(clean(robot.name), robot.stage), (_ROBOT, robot.robot_id)
                )
            self._mention.addItem(self.tr("Nobody"), "")
            for heading in table.headings:
                words = self.tr("Column “{heading}”").format(heading=clean(heading))
                self._mention.addItem(words, heading)
            _choose(self._robot, before[0] or self._guess_robot(table))
            _choose(self._mention, before[1] or "")

    def _guess_robot(self, table: DataTable) -> tuple[str, str] | None:
        """The column in which most cells are names of robots; else the draft's own robot."""
        known = {" ".join(one.name.split()).casefold() for one in self._robots}
        best, count = "", 0
        for column, heading in enumerate(table.headings):
            cells = (" ".join(row.cells[column].split()).casefold() for row in table.rows[:200])
            hits = sum(cell in known for cell in cells)
            if hits > count:
                best, count = heading, hits
        if best:
            return _COLUMN, best
        return None if self._target is None else (_ROBOT, self._target.robot_id)


def _choose(combo: QComboBox, data: object) -> None:
    for index in range(combo.count()):
        if combo.itemData(index, Qt.ItemDataRole.UserRole) == data:
            combo.setCurrentIndex(index)
            return
    combo.setCurrentIndex(0)


def _read(encoding: str, path: Path) -> TableFile:
    try:
        return TableFile(path.name, read_tables(path, encoding), path=path)
    except SheetError as error:
        return TableFile(path.name, fault=error.fault, path=path)
