"""Closed drafts, and earlier versions of one: a list at the left, at the right what was said."""

from collections.abc import Callable
from datetime import UTC, datetime

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.draft import Draft, headline_of_draft, to_message
from dingcomposer.core.messages import mentions_of
from dingcomposer.core.plain_text import clean
from dingcomposer.core.undo.changes import DraftChange
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.drafts import DraftVersion, SavedDraft
from dingcomposer.ui.context import Context
from dingcomposer.ui.drafts.list_panel import draft_title
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor, RenderContext
from dingcomposer.ui.preview.bubble.style import CARD_WIDTH_PX, Device
from dingcomposer.ui.preview.comparison import BESIDE_PX, Comparison
from dingcomposer.ui.texts.messages import kind_name
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.time import age
from dingcomposer.ui.widgets.buttons import answer_box
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label

_LIST_PX = 220
_NEUTRAL = "#8A919C"


class PastDialog(OrderedDialog):
    """Rows to choose from, what the chosen one said, and a button that brings it back.

    A subclass fills `rows` and says what stands beside a row. `now` gives aware UTC.

    Signals:
        brought_back(str): it stands in the window now; a sentence says so.
    """

    brought_back = Signal(str)

    message_px = CARD_WIDTH_PX[Device.PC]
    """How wide the message beside the list is."""

    def __init__(
        self,
        context: Context,
        render: RenderContext,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._context, self._render, self._now = context, render, now
        self.rows = QListWidget(self)
        self.rows.setObjectName("past.rows")
        self.rows.setAccessibleName(self.tr("Drafts"))
        self.rows.setProperty("rows", True)
        self.rows.setFixedWidth(_LIST_PX)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area = QScrollArea(self)
        self.area.setObjectName("past.message")
        self.area.setAccessibleName(self.tr("Message"))
        self.area.setWidgetResizable(True)
        self.area.setProperty("ringed", True)
        self.hint = plain_label("", self, "past.hint")
        self.hint.setProperty("quiet", True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setWordWrap(True)
        self.back_button = QPushButton(self)
        self.back_button.setObjectName("past.back")
        self.back_button.setProperty("primary", True)
        self.back_button.setDefault(True)
        close = QPushButton(self.tr("Close"), self)
        close.setObjectName("past.close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(answer_box(self, self.back_button, close))
        columns = QHBoxLayout()
        columns.setSpacing(12)
        columns.addWidget(self.rows)
        columns.addWidget(self.area, 1)
        columns.addWidget(self.hint, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 12)
        column.setSpacing(12)
        column.addLayout(columns, 1)
        column.addLayout(buttons)
        self.rows.currentRowChanged.connect(self._on_row_changed)
        self.rows.itemActivated.connect(lambda _item: self._on_back_clicked())
        self.back_button.clicked.connect(self._on_back_clicked)

    def fill(self, rows: list[str], nothing: str) -> None:
        """Show these rows, the first of them chosen; or that there is nothing yet."""
        self.rows.addItems(rows)
        self.hint.setText("" if rows else nothing)
        self.hint.setVisible(not rows)
        self.rows.setVisible(bool(rows))
        self.area.setVisible(bool(rows))
        self.back_button.setEnabled(bool(rows))
        self.rows.setCurrentRow(0 if rows else -1)
        # By hand: Qt gives no dialog more than two thirds of the screen by itself.
        resize_within_screen(self, QSize(_LIST_PX + self.message_px + 72, 560))

    def message_of(self, row: int) -> QWidget:
        """What stands beside the row."""
        raise NotImplementedError

    def bring_back(self, row: int) -> str:
        """Put it into the window; what is said then."""
        raise NotImplementedError

    def author_of(self, robot_id: str | None) -> MessageAuthor:
        """Whose message it would be."""
        robot = self._context.robot_lists.get(robot_id)
        if robot is None:
            return MessageAuthor(self.tr("Robot"), _NEUTRAL)
        return MessageAuthor(robot.name, robot.colour)

    def _on_row_changed(self, row: int) -> None:
        if row >= 0:
            self.area.setWidget(self.message_of(row))

    def _on_back_clicked(self) -> None:
        if self.rows.currentRow() >= 0:
            sentence = self.bring_back(self.rows.currentRow())
            self.accept()
            self.brought_back.emit(sentence)


class ClosedDraftsDialog(PastDialog):
    """The drafts that were closed within 30 days, the newest first."""

    def __init__(
        self,
        context: Context,
        render: RenderContext,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(context, render, parent, now=now)
        self.setObjectName("closed_drafts")
        self.setWindowTitle(self.tr("Closed drafts"))
        self.back_button.setText(self.tr("Open it again"))
        self._closed: tuple[SavedDraft, ...] = ()
        trouble = ""
        try:
            self._closed = context.drafts.closed_drafts()
        except StorageError as error:
            trouble = storage_sentence(error.fault)
        nothing = self.tr("No draft was closed within the last 30 days.")
        self.fill([self._words(one) for one in self._closed], trouble or nothing)

    def message_of(self, row: int) -> QWidget:
        """The message as a group would see it."""
        closed = self._closed[row]
        message = to_message(closed.draft)
        bubble = Bubble(self, pictures=self._render.pictures, has_frame=False)
        bubble.show_message(
            message,
            self.author_of(closed.target_robot_id),
            at_names=self._render.names(),
            is_reader_mentioned=bool(mentions_of(message)),
        )
        return bubble

    def bring_back(self, row: int) -> str:
        """Open it again, for the group that it was for."""
        closed, drafts = self._closed[row], self._context.drafts

        def steps() -> tuple[DraftChange, ...]:
            try:
                return drafts.steps(closed.draft_id)
            except StorageError:
                return ()

        session = self._context.session
        session.reopen(closed, steps)
        session.keep_targets(self._context.robot_lists.target_ids)
        return self.tr("The draft is open again.")

    def _words(self, closed: SavedDraft) -> str:
        robot = self._context.robot_lists.get(closed.target_robot_id)
        at = closed.closed_at or closed.changed_at
        told = [
            *([clean(robot.name)] if robot is not None else []),
            kind_name(closed.draft.kind),
            self.tr("closed {when}").format(when=age(at, self._now())),
        ]
        return f"{draft_title(headline_of_draft(closed.draft))}\n{' · '.join(told)}"


class VersionsDialog(PastDialog):
    """What the draft in the window said earlier, each beside what it says now."""

    message_px = BESIDE_PX

    def __init__(
        self,
        context: Context,
        render: RenderContext,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(context, render, parent, now=now)
        self.setObjectName("versions")
        self.setWindowTitle(self.tr("Earlier versions of the draft"))
        self.back_button.setText(self.tr("Bring this version back"))
        self._session: DraftSession = context.session
        self._versions: list[DraftVersion] = []
        trouble = ""
        try:
            found = context.drafts.versions(self._session.draft_id)
            self._versions = [one for one in found if one.draft != self._session.draft]
        except StorageError as error:
            trouble = storage_sentence(error.fault)
        nothing = self.tr(
            "There is no earlier version yet. While you write, one is kept every few minutes, and"
            " one of each send."
        )
        self.fill([self._words(one) for one in self._versions], trouble or nothing)

    def message_of(self, row: int) -> QWidget:
        """The version, and today's draft beside it, with what differs marked."""
        return Comparison(
            to_message(self._versions[row].draft),
            to_message(self._session.draft),
            self.author_of(self._session.target_id),
            self._render,
            self,
        )

    def bring_back(self, row: int) -> str:
        """Put it in the place of today's, as one step that can be undone."""
        draft: Draft = self._versions[row].draft
        self._session.edit(draft)
        return self.tr("The earlier version is back. Undo takes you to what stood here before.")

    def _words(self, version: DraftVersion) -> str:
        when = age(version.kept_at, self._now())
        first = self.tr("{when}, sent").format(when=when) if version.was_sent else when
        return f"{first}\n{draft_title(headline_of_draft(version.draft))}"
