"""List of the open drafts: name, group, age, and whether each was sent or will be."""

from collections.abc import Callable
from datetime import UTC, datetime
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.services.draft_session import DraftSession, DraftSummary
from dingcomposer.services.lists.robot_lists import RobotLists
from dingcomposer.ui import theme
from dingcomposer.ui.texts.messages import kind_name
from dingcomposer.ui.texts.time import age, day_time, short_age
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.icons import IconButton, paint_icon
from dingcomposer.ui.widgets.layouts import set_tab_order_by_layout
from dingcomposer.ui.widgets.plain_text import plain_tip

if TYPE_CHECKING:
    # At run time when it is first wanted: not on the way to the first window.
    from dingcomposer.services.scheduling.planner import Planner

ROW_PX = 44
ROWS_SHOWN = 3
_LEAST_PX = 64
"""In a low window: its head, and that there is more."""
AGE_TICK_MS = 30_000
_TEXT_PX = 32
_ROOT = QModelIndex()
Index = QModelIndex | QPersistentModelIndex


class DraftRole(IntEnum):
    """What a row has beyond Qt's own roles."""

    SUMMARY = Qt.ItemDataRole.UserRole
    ROBOT = Qt.ItemDataRole.UserRole + 1
    AGE = Qt.ItemDataRole.UserRole + 2
    DUE = Qt.ItemDataRole.UserRole + 3


class DraftListModel(QAbstractListModel):
    """The open drafts, the newest first."""

    def __init__(
        self,
        session: DraftSession,
        robot_lists: RobotLists,
        parent: QObject | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._session, self._robot_lists, self._now = session, robot_lists, now
        self._planner: Planner | None = None
        self._drafts = session.summaries
        self._shown = [self._looks_of(one) for one in self._drafts]
        session.drafts_changed.connect(self.show_drafts)
        robot_lists.changed.connect(self.show_drafts)

    def watch(self, planner: "Planner") -> None:
        """Mark from now on what is to be sent at a time."""
        self._planner = planner
        planner.changed.connect(self.show_drafts)
        self.show_drafts()

    def show_drafts(self) -> None:
        """Show them as they are now."""
        before, self._drafts = self._drafts, self._session.summaries
        shown, self._shown = self._shown, [self._looks_of(one) for one in self._drafts]
        if [one.draft_id for one in before] != [one.draft_id for one in self._drafts]:
            self.beginResetModel()
            self.endResetModel()
        elif shown != self._shown:  # at most saves nothing that is seen has changed
            self.dataChanged.emit(self.index(0), self.index(len(self._drafts) - 1))

    def _looks_of(self, draft: DraftSummary) -> tuple[object, ...]:
        """All of a draft that a row is painted from."""
        robot = self._robot_lists.get(draft.target_id)
        told = self._age_of(draft)
        due = self._due_of(draft)
        return draft.headline, draft.kind, robot, draft.is_sent, draft.is_current, told, due

    def _due_of(self, summary: DraftSummary) -> datetime | None:
        """When it is sent by itself, as it stands."""
        draft = None if self._planner is None else self._session.draft_of(summary.draft_id)
        return None if draft is None or self._planner is None else self._planner.due_of(draft)

    def _age_of(self, draft: DraftSummary) -> str:
        at = draft.sent_at if draft.is_sent and draft.sent_at else draft.changed_at
        return short_age(at, self._now())

    @property
    def current(self) -> QModelIndex:
        """The row of the draft in the window."""
        rows = (row for row, one in enumerate(self._drafts) if one.is_current)
        return self.index(next(rows, -1))

    def draft_at(self, index: Index) -> DraftSummary | None:
        """The draft of a row."""
        return self._drafts[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = _ROOT) -> int:
        """How many drafts are open."""
        return 0 if parent.isValid() else len(self._drafts)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is shown, read aloud or painted of a draft."""
        draft = self.draft_at(index)
        if draft is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return draft_title(draft.headline)
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip("\n".join(self._told(draft)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(self._told(draft))
            case DraftRole.SUMMARY:
                return draft
            case DraftRole.ROBOT:
                return self._robot_lists.get(draft.target_id)
            case DraftRole.AGE:
                return self._age_of(draft)
            case DraftRole.DUE:
                return self._shown[index.row()][-1]
        return None

    def _told(self, draft: DraftSummary) -> list[str]:
        """All that is known of it, in words."""
        robot = self._robot_lists.get(draft.target_id)
        now = self._now()
        words = [
            draft_title(draft.headline),
            kind_name(draft.kind),
            self.tr("No group yet") if robot is None else clean(robot.name),
            self.tr("Changed {when}").format(when=age(draft.changed_at, now)),
        ]
        if draft.sent_at is not None:
            sent = age(draft.sent_at, now)
            words.append(
                self.tr("Sent {when}").format(when=sent)
                if draft.is_sent
                else self.tr("Sent {when}, and changed since").format(when=sent)
            )
        due = self._due_of(draft)
        if due is not None and self._planner is not None:
            when = day_time(due, self._planner.now)
            words.append(self.tr("Planned: it is sent {when}").format(when=when))
        return words


def draft_title(headline: str) -> str:
    """What a draft is called in a list."""
    return clean(headline) or translate("DraftListPanel", "New message")


def _close_rect(row: QRect) -> QRect:
    """Where the cross of a row stands, with room around it to hit it."""
    return QRect(row.right() - 30, row.top() + (row.height() - 26) // 2, 26, 26)


class DraftDelegate(QStyledItemDelegate):
    """Paints a row: the robot's dot, title, robot and kind, the age, a tick where it was sent."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and some air."""
        return QSize(120, max(ROW_PX, QFontMetrics(option.font).height() * 2 + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, dot, two lines of text, signs."""
        draft: DraftSummary = index.data(DraftRole.SUMMARY)
        robot: Robot | None = index.data(DraftRole.ROBOT)
        now = theme.current()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row = option.rect.adjusted(4, 1, -4, -1)
        self._paint_ground(painter, option, row, is_current=draft.is_current)
        centre = QPointF(row.left() + 18, row.center().y() + 0.5)
        if robot is None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(now.faint), 1.2, Qt.PenStyle.DotLine))
            painter.drawEllipse(centre, 4.5, 4.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(robot.colour))
            painter.drawEllipse(centre, 5, 5)
        room = row.right() - 8
        if option.state & QStyle.StateFlag.State_MouseOver:
            box = _close_rect(option.rect)
            at = QPointF(box.center().x() - 7.5, box.center().y() - 7.5)
            paint_icon(painter, "remove", at, QColor(now.quiet))
            room = box.left() - 4
        self._paint_words(painter, option, index, room)
        painter.restore()

    def _paint_ground(
        self, painter: QPainter, option: QStyleOptionViewItem, row: QRect, *, is_current: bool
    ) -> None:
        now = theme.current()
        painter.setPen(Qt.PenStyle.NoPen)
        if is_current:
            painter.setBrush(QColor(now.accent_soft))
            painter.drawRoundedRect(row, 6, 6)
            painter.setBrush(QColor(now.accent))
            bar = QRectF(row.left(), row.top() + 8, 3, row.height() - 16)
            painter.drawRoundedRect(bar, 1.5, 1.5)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(QColor(now.window))
            painter.drawRoundedRect(row, 6, 6)
        has_keys = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected
        if option.state & has_keys == has_keys:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(now.accent), 1))
            painter.drawRoundedRect(QRectF(row).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_words(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, room: int
    ) -> None:
        now = theme.current()
        draft: DraftSummary = index.data(DraftRole.SUMMARY)
        robot: Robot | None = index.data(DraftRole.ROBOT)
        title_font, small_font = QFont(option.font), QFont(option.font)
        small_font.setPointSizeF(max(option.font.pointSizeF() * 0.87, 7.5))
        titles, smalls = QFontMetrics(title_font), QFontMetrics(small_font)
        left = option.rect.left() + 4 + _TEXT_PX
        height = titles.height() + smalls.height() + 1
        top = option.rect.top() + (option.rect.height() - height) // 2
        elided = Qt.TextElideMode.ElideRight
        painter.setFont(title_font)
        painter.setPen(QColor(now.text if draft.headline else now.faint))
        title = titles.elidedText(index.data(), elided, max(room - left, 0))
        painter.drawText(QPointF(left, top + titles.ascent()), title)
        painter.setFont(small_font)
        base = top + titles.height() + 1 + smalls.ascent()
        if not option.state & QStyle.StateFlag.State_MouseOver:
            told: str = index.data(DraftRole.AGE)
            room -= smalls.horizontalAdvance(told)
            painter.setPen(QColor(now.good if draft.is_sent else now.quiet))
            painter.drawText(QPointF(room, base), told)
            room -= 4
            if draft.is_sent:
                room -= 14
                tick = QPen(QColor(now.good), 1.5)
                painter.setPen(tick)
                y = base - smalls.ascent() / 2
                points = ((1, 0.5), (4, 3.5), (10, -3.5))
                painter.drawPolyline([QPointF(room + x, y + dy) for x, dy in points])
            if index.data(DraftRole.DUE) is not None:
                room -= 18
                at = QPointF(room, base - smalls.ascent() / 2 - 7.5)
                paint_icon(painter, "clock", at, QColor(now.accent))
            room -= 4
        words = [clean(robot.name)] if robot is not None else []
        words.append(kind_name(draft.kind))
        painter.setPen(QColor(now.quiet))
        line = smalls.elidedText(" · ".join(words), elided, max(room - left, 0))
        painter.drawText(QPointF(left, base), line)


class DraftListView(QListView):
    """Says what a person wants of a row; the arrow keys move the keyboard's row and nothing else.

    Signals:
        switch_wanted(QModelIndex): a click, Enter or Space.
        close_wanted(QModelIndex): the cross, the middle button or Delete.
    """

    switch_wanted = Signal(QModelIndex)
    close_wanted = Signal(QModelIndex)

    def __init__(self, model: DraftListModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_cross = False
        self.setModel(model)
        self.setItemDelegate(DraftDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.switch_wanted)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the cross is for the cross alone; the middle button closes, too."""
        self._on_cross = self._is_on_cross(event)
        if not self._on_cross and event.button() != Qt.MouseButton.MiddleButton:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The cross closes where it was pressed."""
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.MiddleButton or self._on_cross:
            is_meant = not self._on_cross or self._is_on_cross(event)
            self._on_cross = False
            if is_meant and index.isValid():
                self.close_wanted.emit(index)
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space lead to the draft, Delete closes it."""
        index = self.currentIndex()
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if index.isValid():
                self.switch_wanted.emit(index)
            case Qt.Key.Key_Delete if index.isValid():
                self.close_wanted.emit(index)
            case _:
                super().keyPressEvent(event)

    def _is_on_cross(self, event: QMouseEvent) -> bool:
        at = event.position().toPoint()
        index = self.indexAt(at)
        is_left = event.button() == Qt.MouseButton.LeftButton
        return is_left and index.isValid() and _close_rect(self.visualRect(index)).contains(at)


class DraftListPanel(QWidget):
    """The open drafts; a click brings one into the window.

    Signals:
        draft_chosen(str): a person wants to go on with the draft of this id.
        close_requested(str): a draft is to be taken out of the list.
        new_requested(): another message is to be begun.
        past_requested(): closed drafts are to be looked at.
        templates_requested(): a message is to be begun from a template.
    """

    draft_chosen = Signal(str)
    close_requested = Signal(str)
    new_requested = Signal()
    past_requested = Signal()
    templates_requested = Signal()

    def __init__(
        self, session: DraftSession, robot_lists: RobotLists, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("drafts")
        self.model = DraftListModel(session, robot_lists, self)
        self.view = DraftListView(self.model, self)
        self.view.setObjectName("drafts.list")
        self.view.setAccessibleName(self.tr("Drafts"))
        self.view.setAccessibleDescription(
            self.tr("Enter goes on with a draft, Delete closes it; closed ones can be had back.")
        )
        label = QLabel(self.tr("Drafts"), self)
        label.setProperty("quiet", True)
        label.setBuddy(self.view)
        past = IconButton("past", self.tr("Closed drafts…"), self)
        past.setObjectName("drafts.past")
        templates = IconButton("template", self.tr("Templates… (Ctrl+T)"), self)
        templates.setObjectName("drafts.templates")
        new = IconButton("plus", self.tr("New message (Ctrl+N)"), self)
        new.setObjectName("drafts.new")
        head = QHBoxLayout()
        head.setContentsMargins(8, 0, 0, 0)
        head.setSpacing(0)
        head.addWidget(label, 1)
        head.addWidget(past)
        head.addWidget(templates)
        head.addWidget(new)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        set_tab_order_by_layout(self)
        self.setMinimumHeight(_LEAST_PX)
        new.clicked.connect(self.new_requested)
        past.clicked.connect(self.past_requested)
        templates.clicked.connect(self.templates_requested)
        self.view.switch_wanted.connect(self._on_switch_wanted)
        self.view.close_wanted.connect(self._on_close_wanted)
        session.drafts_changed.connect(self._on_drafts_changed)
        # A row tells its age.
        ticking = QTimer(self, interval=AGE_TICK_MS)
        ticking.timeout.connect(self.model.show_drafts)
        ticking.start()
        self._shown_id = ""
        self._on_drafts_changed()

    def watch(self, planner: "Planner") -> None:
        """Mark from now on what is to be sent at a time."""
        self.model.watch(planner)

    def sizeHint(self) -> QSize:
        """Three drafts: for most days that is enough."""
        return QSize(200, 28 + ROWS_SHOWN * ROW_PX + 8)

    def _on_drafts_changed(self) -> None:
        """Keep the draft in the window in sight."""
        draft = self.model.draft_at(self.model.current)
        if draft is not None and draft.draft_id != self._shown_id:
            self._shown_id = draft.draft_id
            self.view.setCurrentIndex(self.model.current)
            self.view.scrollTo(self.model.current)

    def _on_switch_wanted(self, index: QModelIndex) -> None:
        draft = self.model.draft_at(index)
        if draft is not None:
            self.draft_chosen.emit(draft.draft_id)

    def _on_close_wanted(self, index: QModelIndex) -> None:
        draft = self.model.draft_at(index)
        if draft is not None:
            self.close_requested.emit(draft.draft_id)
