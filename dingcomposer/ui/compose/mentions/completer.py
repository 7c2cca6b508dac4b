"""Completer for mentions: contacts and teams offered below a field while a name is typed."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from dingcomposer.core.contacts import Contact, Team, parts_of
from dingcomposer.core.limits import PEOPLE
from dingcomposer.services.contacts import SHOWN, Contacts
from dingcomposer.ui import theme
from dingcomposer.ui.compose.mentions.parsing import means_name
from dingcomposer.ui.widgets.text_fields import TextField

Index = QModelIndex | QPersistentModelIndex

_WIDTH_PX = 260
_WIDEST_PX = 420
_MOST_WIDTHS = 5_000
_PAD_PX = 8
_RADIUS = 6
_CHOICE = Qt.ItemDataRole.UserRole
_PARTS = Qt.ItemDataRole.UserRole + 1
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_LEAVES = (QEvent.Type.FocusOut, QEvent.Type.Resize, QEvent.Type.Move)
_ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)


class MentionCompleter(QObject):
    """The field keeps the keyboard: up and down move, Enter or a click chooses, Escape closes.

    `wanted` gives the words that are typed for a person, None where nobody is meant. A field that
    `takes_ids` takes other words than names, too: of those nobody is chosen beforehand.

    Signals:
        chosen(Contact | Team): this one; the typed words are still there.
        closed(): nobody is offered any more.
    """

    chosen = Signal(object)
    closed = Signal()

    def __init__(
        self,
        field: TextField,
        book: Contacts,
        wanted: Callable[[], str | None],
        *,
        takes_ids: bool = False,
    ) -> None:
        super().__init__(field)
        self._takes_ids = takes_ids
        self._field, self._book, self._wanted = field, book, wanted
        self._list: QListWidget | None = None
        self._is_dismissed = False
        self._shown_for: str | None = None
        self._anchor = QRect()
        self._widths: dict[str, int] = {}
        field.edited.connect(self._look)
        field.cursorPositionChanged.connect(self._on_caret_moved)
        field.selectionChanged.connect(self._on_caret_moved)
        field.verticalScrollBar().valueChanged.connect(self._close)
        field.installEventFilter(self)
        book.indexed.connect(self._on_indexed)

    @property
    def is_open(self) -> bool:
        """True while contacts are offered."""
        return self._list is not None and self._list.isVisible()

    @property
    def offered_for(self) -> str | None:
        """The words for which people are offered now; None while nobody is."""
        return self._shown_for if self.is_open else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer the keys that are for the list while it is open."""
        if self._takes_ids and event.type() == QEvent.Type.FocusIn:
            self._book.prepare()  # in a text, the "@" says that somebody will be meant
        if self.is_open:
            if event.type() in _LEAVES:
                self._close()
            elif (
                isinstance(event, QKeyEvent)
                and not self._field.is_composing  # then keys are the input method's
                and self._is_for_list(event)
            ):
                event.accept()
                if event.type() == QEvent.Type.KeyPress:
                    self._answer(Qt.Key(event.key()))
                return True
        return super().eventFilter(watched, event)

    def _is_for_list(self, event: QKeyEvent) -> bool:
        key = event.key()
        is_choosing = self._list is not None and self._list.currentRow() >= 0
        is_known = key in _STEPS or key == Qt.Key.Key_Escape or (key in _ENTERS and is_choosing)
        return is_known and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier

    def _answer(self, key: Qt.Key) -> None:
        assert self._list is not None
        if key in _STEPS:
            here, step = self._list.currentRow(), _STEPS[key]
            row = -1 if here < 0 and step < 0 else here + step
            self._list.setCurrentRow(row % self._list.count())
        elif key in _ENTERS:
            self._choose(self._list.currentItem())
        else:
            self._is_dismissed = True  # until another name is begun
            self._close()

    def _on_caret_moved(self) -> None:
        """Typing moves it, too, and is looked at then; nothing else opens the list."""
        if self.is_open:
            self._look()

    def _on_indexed(self) -> None:
        """More may be found now, and who is in sight stays there."""
        self._shown_for = None
        if self.is_open or self._field.hasFocus():
            self._look()

    def _look(self) -> None:
        words = self._wanted() if self._book.contacts and self._field.hasFocus() else None
        self._is_dismissed = self._is_dismissed and words is not None
        if words is None or self._is_dismissed:
            self._close()
        elif not (self.is_open and words == self._shown_for):
            self._offer(words)

    def _offer(self, words: str) -> None:
        teams = [part for team in self._book.find_teams(words) for part in parts_of(team, PEOPLE)][
            : SHOWN // 2
        ]
        # Whoever means one person must not reach many; but who typed a department means it.
        offered = self._book.find(words)
        members = [one for one in offered if _is_member(one, words)]
        people = [one for one in offered if one not in members][: SHOWN - len(teams)]
        found: list[Contact | Team] = list(people)
        found += teams
        found += members[: SHOWN - len(found)]
        if not found:
            self._close()
            return
        before = self._current() if self.is_open and words == self._shown_for else None
        self._shown_for = words
        self._show(found)
        assert self._list is not None
        if before in found:
            self._list.setCurrentRow(found.index(before))
            return
        # Letters and digits may be an id of their own: Enter then takes them as they stand.
        is_own = self._takes_ids and words.isascii() and not means_name(words, people, teams)
        first = people[0] if people else None
        is_exact = first is not None and words in (first.name, first.mobile, first.user_id)
        self._list.setCurrentRow(-1 if is_own and not is_exact else 0)

    def _current(self) -> Contact | Team | None:
        item = self._list.currentItem() if self._list is not None else None
        chosen: Contact | Team | None = item.data(_CHOICE) if item is not None else None
        return chosen

    def _show(self, found: Sequence[Contact | Team]) -> None:
        offered = self._list = self._list or self._make_list()
        rows = offered.count()
        while offered.count() > len(found):
            offered.takeItem(offered.count() - 1)
        metrics = offered.fontMetrics()
        wanted = 0
        for row, one in enumerate(found):
            item = offered.item(row) if row < offered.count() else QListWidgetItem(offered)
            if item.data(_CHOICE) != one:
                parts = self._parts(one)
                item.setText("   ".join(filter(None, parts)))
                item.setData(_CHOICE, one)
                item.setData(_PARTS, [(words, self._width_px(words, metrics)) for words in parts])
            widths = [px for _, px in item.data(_PARTS)]
            wanted = max(wanted, sum(widths) + (len(widths) - 1) * 2 * _PAD_PX)
        height = _row_px(metrics) * len(found) + 2 * offered.frameWidth()
        room = self._field.window().width() - 8
        wanted = max(_WIDTH_PX, wanted + 2 * offered.frameWidth() + 2 * _PAD_PX)
        if offered.isVisible():
            wanted = max(wanted, offered.width())  # what is looked at does not move
        offered.resize(min(wanted, _WIDEST_PX, room), height)
        offered.move(self._place(offered.width(), height))
        if offered.count() != rows:
            offered.doItemsLayout()  # now: later it would be painted a second time
        if not offered.isVisible():
            offered.show()
            offered.raise_()
            # The style sheet takes it away; without it each key has painted what lies beneath.
            offered.viewport().setAutoFillBackground(True)

    def _width_px(self, words: str, metrics: QFontMetrics) -> int:
        """How wide some words are, measured once: names and departments come again and again."""
        found = self._widths.get(words)
        if found is None:
            if len(self._widths) > _MOST_WIDTHS:
                self._widths.clear()
            found = self._widths[words] = metrics.horizontalAdvance(words)
        return found

    def _parts(self, one: Contact | Team) -> tuple[str, str, str]:
        """What stands in a row: enough to tell two of one name apart, and how many are meant."""
        if isinstance(one, Contact):
            return one.name, one.department, one.person
        kind = self.tr("department") if one.is_department else self.tr("team")
        return one.name, kind, self.tr("%n person(s)", "", len(one.members))

    def _place(self, width: int, height: int) -> QPoint:
        """Below where the caret was as it opened, or above it where the window ends."""
        caret = self._field.cursorRect()
        if self.is_open and self._anchor.top() == caret.top():
            caret = self._anchor
        self._anchor = caret
        window, viewport = self._field.window(), self._field.viewport()
        below = viewport.mapTo(window, caret.bottomLeft()) + QPoint(0, 6)
        above = viewport.mapTo(window, caret.topLeft()) - QPoint(0, height + 6)
        place = below if below.y() + height <= window.height() else above
        return QPoint(max(4, min(place.x(), window.width() - width - 4)), max(4, place.y()))

    def _make_list(self) -> QListWidget:
        made = QListWidget(self._field.window())
        made.setObjectName(f"{self._field.objectName()}.people")
        made.setAccessibleName(self.tr("Contacts"))
        made.setProperty("people", True)
        made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        made.setItemDelegate(_OfferDelegate(made))
        made.setUniformItemSizes(True)
        made.setMouseTracking(True)
        made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        made.itemClicked.connect(self._choose)
        self._field.destroyed.connect(made.deleteLater)
        return made

    def _choose(self, item: QListWidgetItem | None) -> None:
        self._close()
        if item is not None:
            self.chosen.emit(item.data(_CHOICE))

    def _close(self) -> None:
        self._shown_for = None
        if self._list is not None and self._list.isVisible():
            self._list.hide()
            self.closed.emit()


class _OfferDelegate(QStyledItemDelegate):
    """Paints a row: the name, quietly what it belongs to, and at the right the number."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """A line and some air."""
        del index
        return QSize(_WIDTH_PX, _row_px(option.fontMetrics))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the chosen row, and the words."""
        now = theme.current()
        states = option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver)
        if states:
            is_chosen = bool(states & QStyle.StateFlag.State_Selected)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(now.accent_soft if is_chosen else now.window))
            painter.drawRoundedRect(option.rect.adjusted(1, 0, -1, 0), _RADIUS, _RADIUS)
        (name, name_px), (middle, middle_px), (right, right_px) = index.data(_PARTS)
        metrics, rect = option.fontMetrics, option.rect.adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        base = rect.top() + (rect.height() - metrics.height()) // 2 + metrics.ascent()
        room = rect.width() - right_px - _PAD_PX
        painter.setPen(QColor(now.text))
        painter.drawText(rect.left(), base, _fitting(metrics, name, name_px, room))
        painter.setPen(QColor(now.quiet))
        painter.drawText(rect.right() - right_px, base, right)
        room -= name_px + 2 * _PAD_PX
        if middle and room > 0:
            left = rect.left() + name_px + 2 * _PAD_PX
            painter.drawText(left, base, _fitting(metrics, middle, middle_px, room))


def _is_member(contact: Contact, words: str) -> bool:
    """Whether somebody is meant by the department alone."""
    wanted = words.casefold()
    own = (contact.name, contact.mobile, contact.user_id)
    is_own = any(wanted in part.casefold() for part in own)
    return bool(wanted) and not is_own and wanted in contact.department.casefold()


def _fitting(metrics: QFontMetrics, words: str, width_px: int, room_px: int) -> str:
    is_whole = width_px <= room_px
    return words if is_whole else metrics.elidedText(words, Qt.TextElideMode.ElideRight, room_px)


def _row_px(metrics: QFontMetrics) -> int:
    return metrics.height() + 10
