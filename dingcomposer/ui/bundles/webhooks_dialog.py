"""The look before robots are added out of a table of webhooks: row by row, with a tick each."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, ClassVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtWidgets import QHeaderView, QLabel, QLineEdit, QVBoxLayout, QWidget

from dingcomposer.core.bundle.merging import Merge, with_tags
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot_lists import tags_in
from dingcomposer.services.bundles.restoring import BundleLook, BundleRestorer, RestoreDone
from dingcomposer.services.bundles.webhooks import LookedRow, RowState, merge_of
from dingcomposer.storage.token_fingerprint import FingerprintOf
from dingcomposer.ui.bundles.restore_dialog import confirmed_hosts
from dingcomposer.ui.robots.form_fields import FieldRows, show_note
from dingcomposer.ui.texts.bundles import restored_sentence, row_words
from dingcomposer.ui.texts.robots import stage_word
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label, plain_tip
from dingcomposer.ui.widgets.row_table import RowModel, RowTable

Index = QModelIndex | QPersistentModelIndex


class WebhookColumn(IntEnum):
    """What stands in the table."""

    NAME = 0
    HOST = 1
    TOKEN = 2
    SECRET = 3
    STAGE = 4
    STATE = 5


class WebhooksModel(RowModel):
    """The rows of the file. Those that are new can be ticked, and are at first.

    Signals:
        ticked: a person ticked a row, or cleared it.
    """

    columns: ClassVar[type[IntEnum]] = WebhookColumn
    ticked = Signal()

    def __init__(self, rows: Sequence[LookedRow], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = tuple(rows)
        self._chosen = {at for at, one in enumerate(rows) if one.state is RowState.NEW}

    @property
    def chosen(self) -> tuple[LookedRow, ...]:
        """The rows that are ticked."""
        return tuple(self._rows[at] for at in sorted(self._chosen))

    def count(self) -> int:
        """All rows, good or bad."""
        return len(self._rows)

    def heading(self, column: int) -> str:
        """What stands above a column."""
        return (
            self.tr("Name"),
            self.tr("Host"),
            self.tr("Token"),
            self.tr("Signed"),
            self.tr("For"),
            self.tr("Here"),
        )[column]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A new row can be ticked; the others can only be read."""
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        is_new = self._rows[index.row()].state is RowState.NEW
        if is_new and index.column() == WebhookColumn.NAME:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell, and the tick of a row."""
        looked = self._rows[index.row()]
        is_name = index.column() == WebhookColumn.NAME
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._words(looked, WebhookColumn(index.column()))
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._words(looked, WebhookColumn(index.column())))
            case Qt.ItemDataRole.CheckStateRole if is_name and looked.state is RowState.NEW:
                is_chosen = index.row() in self._chosen
                return Qt.CheckState.Checked if is_chosen else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick a row, or clear it."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._chosen.add(index.row())
        else:
            self._chosen.discard(index.row())
        self.dataChanged.emit(index, index)
        self.ticked.emit()
        return True

    def _words(self, looked: LookedRow, column: WebhookColumn) -> str:
        robot = looked.row.robot
        match column:
            case WebhookColumn.NAME:
                return clean(looked.row.name) or self.tr("row {number}").format(
                    number=looked.row.number
                )
            case WebhookColumn.HOST:
                return clean(looked.host)
            case WebhookColumn.TOKEN:
                return looked.masked_token
            case WebhookColumn.SECRET:
                return self.tr("yes") if looked.has_secret else ""
            case WebhookColumn.STAGE:
                return stage_word(robot.stage) if robot is not None else ""
            case _:
                return row_words(looked)


class WebhooksDialog(OrderedDialog):
    """Shows the rows of a file. Nothing is written but by *Add*.

    Signals:
        restored(str): the robots were added; a sentence that says so.
    """

    restored = Signal(str)

    def __init__(
        self,
        restorer: BundleRestorer,
        look: BundleLook,
        rows: Sequence[LookedRow],
        parent: QWidget | None = None,
        *,
        fingerprint_of: FingerprintOf,
        is_whole: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("webhooks")
        self.setWindowTitle(self.tr("Import robots"))
        self._restorer, self._look, self._fingerprint_of = restorer, look, fingerprint_of
        self.model = WebhooksModel(rows, self)
        self.table = RowTable(self)
        self.table.setObjectName("webhooks.table")
        self.table.setAccessibleName(self.tr("Rows of the file"))
        self.table.setModel(self.model)
        self.tags = QLineEdit(self)
        self.tags.setObjectName("webhooks.tags")
        self.tags.setAccessibleName(self.tr("Tags for all of them"))
        self.tags.setPlaceholderText(self.tr("Branches, East: a list can gather them by it"))
        self.reason = QLabel(self)
        self.reason.setObjectName("webhooks.reason")
        self.add_button = DefaultButton("webhooks.add", self.tr("Add"), self)
        self.close_button = DialogButton("webhooks.close", self.tr("Cancel"), self)
        self._lay_out(is_whole=is_whole)
        self.model.ticked.connect(self._show_count)
        self.add_button.clicked.connect(self._on_add)
        self.close_button.clicked.connect(self.reject)
        self._show_count()

    @property
    def merged(self) -> Merge:
        """What would be written as it stands."""
        nameless = self.tr("Robot")
        made = merge_of(self.model.chosen, self._look.here, self._fingerprint_of, nameless)
        return with_tags(made, tags_in(clean(self.tags.text())))

    def _lay_out(self, *, is_whole: bool) -> None:
        header = self.table.horizontalHeader()
        for column in WebhookColumn:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(WebhookColumn.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(WebhookColumn.STATE, QHeaderView.ResizeMode.Stretch)
        about = plain_label(
            self.tr(
                "Each ticked row becomes a robot. One that does not say that it is a test counts as"
                " production."
            ),
            self,
        )
        about.setProperty("quiet", True)
        rows = FieldRows(self)
        rows.add_row(self.tr("Tags"), self.tags)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(12)
        whole.addWidget(about)
        if not is_whole:
            more = plain_label(self.tr("The file goes on; what follows was not read."), self)
            more.setProperty("notice", "warn")
            whole.addWidget(more)
        whole.addWidget(self.table, 1)
        whole.addWidget(rows)
        whole.addLayout(answer_row(self, self.reason, self.add_button, self.close_button))
        resize_within_screen(self, QSize(780, 520), QSize(620, 360))

    def _show_count(self) -> None:
        count = len(self.model.chosen)
        self.add_button.setEnabled(count > 0)
        left = self.model.count() - count
        words = self.tr("%n robot(s) will be added", "", count)
        if left:
            words = self.tr("{added}, {left} rows left out").format(added=words, left=left)
        show_note(self.reason, words)

    def _on_add(self) -> None:
        merged = confirmed_hosts(self, self.merged, self._look)
        if merged is None:
            return
        self.setEnabled(False)
        show_note(self.reason, self.tr("Adding…"))
        self._restorer.restore(self._look.found, merged, self._on_done)

    def _on_done(self, done: RestoreDone) -> None:
        self.setEnabled(True)
        if done.fault is not None:
            show_note(self.reason, restored_sentence(done), "bad")
            return
        self.restored.emit(restored_sentence(done))
        self.accept()
