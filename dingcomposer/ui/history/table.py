"""History table: whole rows, the title as wide as there is room, still while rows come in."""

from datetime import UTC, datetime, timedelta

from PySide6.QtCore import QPoint, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPalette,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Kind
from dingcomposer.ui import theme
from dingcomposer.ui.history.model import HIT_ROLE, SendColumn, SendsModel
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.messages import kind_name
from dingcomposer.ui.texts.outcomes import status_word
from dingcomposer.ui.widgets.row_table import Index, RowTable

_PADDING_PX = 24
_SIGN_PX = 22
_A_DAY = timedelta(days=1)
_REST_MS = 120
"""So long nothing is dragged until it is looked at what came to rest."""
_ROOMY_PX = 640
# Below these widths the least important columns give way to the title.
_HIDE_BELOW_PX = {SendColumn.DURATION: 860, SendColumn.KIND: 780, SendColumn.HAPPENED: 740}


class SendTable(RowTable):
    """Shows a `SendsModel`.

    Signals:
        entered(): Enter was pressed on a send.
        opened(): a send was clicked twice.
        menu_wanted(QPoint): its menu was asked for, here on the screen.
        copy_wanted(): the keys for copying were pressed.
    """

    entered = Signal()
    copy_wanted = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history.table")
        self.setAccessibleName(self.tr("Messages sent, newest first"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._hits = HitDelegate(self)
        self.doubleClicked.connect(self.opened)
        self._has_duration = self._has_hits = False
        self._rest = QTimer(self, interval=_REST_MS, singleShot=True)
        self._rest.timeout.connect(self._on_rested)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().sliderReleased.connect(self._on_rested)

    def show_duration(self, *, is_shown: bool) -> None:
        """Whether there is a column for how long a send took."""
        self._has_duration = is_shown
        self.fit_columns()

    def show_hits(self, *, is_shown: bool) -> None:
        """Whether titles have hits; without, Qt draws them, which is quicker."""
        self._draw_hits(is_drawn=is_shown)
        if is_shown is not self._has_hits:
            self._has_hits = is_shown
            self.fit_columns()

    def fit_columns(self) -> None:
        """Share the width out; call it once the model is there."""
        header = self.horizontalHeader()
        width = self.viewport().width()
        for column, least in _HIDE_BELOW_PX.items():
            is_wanted = column is not SendColumn.DURATION or self._has_duration
            # The words round a hit are worth more than what happened, which the details say.
            is_in_the_way = column is SendColumn.HAPPENED and self._has_hits
            self.setColumnHidden(column, width < least or not is_wanted or is_in_the_way)
        for column in (SendColumn.TIME, SendColumn.KIND, SendColumn.STATUS, SendColumn.DURATION):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.setColumnWidth(column, self._widest(column))
        header.setSectionResizeMode(SendColumn.ROBOT, QHeaderView.ResizeMode.Fixed)
        # In a narrow window the title keeps some room: it is what a send is known by.
        least = 168 if width >= _ROOMY_PX else 120
        self.setColumnWidth(SendColumn.ROBOT, min(max(width * 18 // 100, least), 240))
        self._cut_robots()
        header.setSectionResizeMode(SendColumn.HAPPENED, QHeaderView.ResizeMode.Fixed)
        self.setColumnWidth(SendColumn.HAPPENED, min(max(width // 4, 180), 420))
        header.setSectionResizeMode(SendColumn.TITLE, QHeaderView.ResizeMode.Stretch)
        model = self.model()
        if isinstance(model, SendsModel):
            title = self.columnWidth(SendColumn.TITLE) - _PADDING_PX
            model.fit_titles(max(title, 0) // self.fontMetrics().horizontalAdvance("\u3000"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width shares out anew."""
        super().resizeEvent(event)
        if self.model() is not None and event.size().width() != event.oldSize().width():
            self.fit_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leads to the details; copying is left to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy_wanted.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """By the mouse the menu of the row below it, by its key that of the row looked at."""
        if event.reason() is QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(self.viewport().mapFromGlobal(event.globalPos()))
            place = event.globalPos()
        else:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        if index.isValid():
            self.setCurrentIndex(index)
            self.menu_wanted.emit(place)

    def _on_scrolled(self) -> None:
        """Dragging its bar goes past thousands of rows: none of them is worth the wait."""
        model = self.model()
        if self.verticalScrollBar().isSliderDown() and isinstance(model, SendsModel):
            model.pass_by(is_passing=True)
            self._draw_hits(is_drawn=False)
            self._rest.start()

    def _on_rested(self) -> None:
        self._rest.stop()
        model = self.model()
        if isinstance(model, SendsModel):
            model.pass_by(is_passing=False)
            self._draw_hits(is_drawn=self._has_hits)
            self.viewport().update()

    def _draw_hits(self, *, is_drawn: bool) -> None:
        delegate = self._hits if is_drawn else self.itemDelegate()
        if delegate is not self.itemDelegateForColumn(SendColumn.TITLE):
            self.setItemDelegateForColumn(SendColumn.TITLE, delegate)

    def _cut_robots(self) -> None:
        """Of a robot's words the first and the last matter: what is too long loses its middle."""
        model = self.model()
        if not isinstance(model, SendsModel):
            return
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        option.text = "…"
        option.rect = QRect(0, 0, self.columnWidth(SendColumn.ROBOT), self.fontMetrics().height())
        style, text = self.style(), QStyle.SubElement.SE_ItemViewItemText
        margin = 2 * (style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, self) + 1)
        room = style.subElementRect(text, option, self).width() - margin
        metrics = self.fontMetrics()
        model.cut_robots(
            lambda words: metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, room)
        )

    def _widest(self, column: SendColumn) -> int:
        """Wide enough for the header and for the longest words that can stand below it."""
        metrics = self.fontMetrics()
        words = [
            str(self.model().headerData(column, Qt.Orientation.Horizontal)),
            *_samples(column, has_year=self.viewport().width() >= _ROOMY_PX),
        ]
        sign = _SIGN_PX if column is SendColumn.STATUS else 0
        return max(map(metrics.horizontalAdvance, words)) + _PADDING_PX + sign


class HitDelegate(QStyledItemDelegate):
    """Draws a line of text with its hits on a colour of their own."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """As usual where nothing was looked for."""
        hits = index.data(HIT_ROLE)
        if not hits:
            super().paint(painter, option, index)
            return
        shown = QStyleOptionViewItem(option)
        self.initStyleOption(shown, index)
        text, shown.text = shown.text, ""
        style = shown.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, shown, painter, shown.widget)
        area = style.subElementRect(
            QStyle.SubElement.SE_ItemViewItemText, shown, shown.widget
        ).adjusted(3, 0, -3, 0)
        painter.save()
        painter.setClipRect(area)
        _draw_hits(painter, shown, area, text, hits)
        painter.restore()


def _draw_hits(
    painter: QPainter,
    option: QStyleOptionViewItem,
    area: QRect,
    text: str,
    hits: list[tuple[int, int]],
) -> None:
    line = option.fontMetrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
    layout = QTextLayout(line, option.font)
    layout.setTextOption(QTextOption(Qt.AlignmentFlag.AlignLeft))
    formats = []
    for start, end in hits:
        # Qt counts a letter beyond the first plane as two.
        first, after = _utf16(text[:start]), _utf16(text[:end])
        if first < len(line):
            marked = QTextLayout.FormatRange()
            marked.start, marked.length = first, after - first
            marked.format = _hit_format()
            formats.append(marked)
    layout.setFormats(formats)
    layout.beginLayout()
    first_line = layout.createLine()
    first_line.setLineWidth(1_000_000)
    layout.endLayout()
    role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
    painter.setPen(option.palette.color(role))
    top = area.top() + (area.height() - first_line.height()) / 2
    layout.draw(painter, QPointF(area.left(), top))


def _hit_format() -> QTextCharFormat:
    now = theme.current()
    marked = QTextCharFormat()
    marked.setBackground(QColor(now.warn_soft))
    marked.setForeground(QColor(now.text))
    return marked


def _utf16(text: str) -> int:
    return len(text) + sum(mark > "\uffff" for mark in text)


def _samples(column: SendColumn, *, has_year: bool) -> list[str]:
    match column:
        case SendColumn.TIME:
            # Of another year than this one or not; elsewhere the tip has the whole of it.
            at = datetime(2026, 9, 30, 20, 28, tzinfo=UTC)
            return [time.full_day_time(at) if has_year else time.day_time(at, at + _A_DAY)]
        case SendColumn.KIND:
            return list(map(kind_name, Kind))
        case SendColumn.STATUS:
            return list(map(status_word, Status))
        case _:
            return ["00 000 ms"]
