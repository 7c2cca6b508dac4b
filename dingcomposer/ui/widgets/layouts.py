"""Layouts: areas as high as what they hold, items in rows like words, dialogs on their screen."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QLayoutItem,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QWidget,
)

from dingcomposer.ui import theme

FRAME_PX = 40
"""What the frame of a window takes above and below it, at most."""


class PlainArea(QScrollArea):
    """Shows `inside` without any frame; what is higher than the area scrolls."""

    def __init__(self, inside: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside.setProperty("plain", True)
        self.setProperty("plain", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = inside
        self.setWidget(inside)


class AutoHeightArea(PlainArea):
    """Shows `inside`, whose layout says how high it is at a width. Call `fit` after changes."""

    def __init__(self, inside: QWidget, most_px: int, parent: QWidget | None = None) -> None:
        super().__init__(inside, parent)
        self._most_px = most_px

    def set_most_px(self, most_px: int) -> None:
        """Bound the height elsewhere."""
        if most_px != self._most_px:
            self._most_px = most_px
            self.fit()

    def replace(self, inside: QWidget) -> None:
        """Show this instead of what was inside, which is deleted."""
        inside.setProperty("plain", True)
        self._inside = inside
        self.setWidget(inside)
        self.fit()

    def fit(self) -> None:
        """Take the height that the content needs at the present width."""
        layout = self._inside.layout()
        if layout is None:
            return
        layout.invalidate()
        width = max(self.viewport().width(), 1)
        needed = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
        if needed < 0:
            needed = layout.totalSizeHint().height()
        frame = self.contentsMargins()  # a line that the style draws around it
        self.setFixedHeight(min(needed + frame.top() + frame.bottom(), self._most_px))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


class Floating(QObject):
    """Lets a widget lie over the others of its parent, so that nothing moves when it comes.

    It stands at the bottom of what `place_of` gives, in the parent's coordinates, and is as high
    as its words need, and at least as high as that place. Of several the last one lies on top.
    """

    def __init__(self, widget: QWidget, host: QWidget, place_of: Callable[[], QRect]) -> None:
        super().__init__(widget)
        self._widget, self._place_of = widget, place_of
        is_hidden = widget.isHidden()
        widget.setParent(host)
        widget.setVisible(not is_hidden)
        widget.raise_()
        widget.installEventFilter(self)
        host.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the place anew when the words or the parent's size are others."""
        kinds = (QEvent.Type.Show, QEvent.Type.LayoutRequest, QEvent.Type.Resize)
        if event.type() in kinds and not self._widget.isHidden():
            QTimer.singleShot(0, self, self.take_place)  # once the parent's layout is through
        return super().eventFilter(watched, event)

    def take_place(self) -> None:
        """Stand at the bottom of the place."""
        place = self._place_of()
        layout, width = self._widget.layout(), place.width()
        if isinstance(self._widget, AutoHeightArea):
            self._widget.resize(width, self._widget.height())  # which fits it
            needed = self._widget.height()
        elif layout is not None and layout.hasHeightForWidth():
            needed = layout.totalHeightForWidth(width)
        elif self._widget.hasHeightForWidth():
            needed = self._widget.heightForWidth(width)
        else:
            needed = self._widget.sizeHint().height()
        height = max(needed, place.height())
        self._widget.setGeometry(place.left(), place.bottom() + 1 - height, width, height)


class CoveredRoom(QObject):
    """How high others of the same parent lie over a widget's lowest part, as it stands or will.

    Signals:
        changed(int): so many pixels of it are covered now, a gap above them included.
    """

    changed = Signal(int)

    def __init__(self, below: QWidget, *, gap_px: int = 8) -> None:
        super().__init__(below)
        self._below, self._gap_px = below, gap_px
        self._covers: list[QWidget] = []
        self._covered_px = 0
        below.installEventFilter(self)

    def watch(self, cover: QWidget) -> None:
        """From now on this one may lie there."""
        self._covers.append(cover)
        cover.installEventFilter(self)
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See how far the widget is covered, once all have their places."""
        kinds = (QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize)
        if event.type() in kinds:
            QTimer.singleShot(0, self, self._look)
        return super().eventFilter(watched, event)

    def _look(self) -> None:
        bottom = self._below.geometry().bottom() + 1
        tops = [one.y() for one in self._covers if not one.isHidden()]
        covered_px = max((bottom - top + self._gap_px for top in tops if top < bottom), default=0)
        if covered_px != self._covered_px:
            self._covered_px = covered_px
            self.changed.emit(covered_px)


class FlowLayout(QLayout):
    """Items in rows, as words in a paragraph; its height follows from its width."""

    def __init__(self, parent: QWidget | None = None, *, gap: int = 4) -> None:
        super().__init__(parent)
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:  # noqa: N802 - Qt's spelling
        """Take an item at the end; called by addWidget."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """The item at an index, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # noqa: N802
        """Give an item back to the caller, None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:  # noqa: N802 - Qt's spelling
        """It never asks for more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """It does: narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height that all rows take at a width."""
        return self._arrange(QRect(0, 0, width, 0), is_trial=True)

    def setGeometry(self, rect: QRect) -> None:  # noqa: N802 - Qt's spelling
        """Put every item in its place."""
        super().setGeometry(rect)
        self._arrange(rect, is_trial=False)

    def sizeHint(self) -> QSize:
        """As small as its largest item allows."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:  # noqa: N802 - Qt's spelling
        """The size of the largest item."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, is_trial: bool) -> int:
        margins = self.contentsMargins()
        area = rect.marginsRemoved(margins)
        x, y, row_height = area.x(), area.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            hint = item.sizeHint()
            width = min(hint.width(), max(area.width(), item.minimumSize().width()))
            if x > area.x() and x + width > area.x() + area.width():
                x, y, row_height = area.x(), y + row_height + self._gap, 0
            if not is_trial:
                item.setGeometry(QRect(QPoint(x, y), QSize(width, hint.height())))
            x += width + self._gap
            row_height = max(row_height, hint.height())
        return y + row_height - rect.y() + margins.bottom()


def make_tab_anchor(parent: QWidget) -> QWidget:
    """Keep a place in the order of the Tab key, for what is made later.

    Qt takes a widget with children for the last of them, and passes over one that takes no focus:
    this one has none, and would take it, were it shown.
    """
    anchor = QWidget(parent)
    anchor.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    anchor.hide()
    return anchor


def taking_tab(widget: QWidget) -> list[QWidget]:
    """What takes the Tab key inside a widget, in the order in which it was made."""
    inside = widget.findChildren(QWidget)
    return [one for one in inside if one.focusPolicy() & Qt.FocusPolicy.TabFocus]


def set_tab_order_after(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab go from `anchor` through the widgets in their order, and on as it did before.

    Qt puts a new widget at the end of the window's order, wherever it stands.
    """
    for before, after in pairwise((anchor, *widgets)):
        QWidget.setTabOrder(before, after)


def set_tab_order_by_layout(window: QWidget) -> None:
    """Let Tab lead through a window as it is read: line by line, in the order of its layouts.

    Qt takes the order in which the widgets were made.
    """
    for before, after in pairwise(in_layout(window)):
        QWidget.setTabOrder(before, after)


def in_layout(widget: QWidget) -> Iterator[QWidget]:
    """The widgets that take the Tab key, below this one, in the order of their layouts."""
    return (one for one in as_read(widget) if _takes_tab(one))


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None


def as_read(widget: QWidget) -> Iterator[QWidget]:
    """All widgets below this one that were not hidden, in the order of their layouts.

    What lies over others, outside of any layout, comes where its upper edge is.
    """
    for part in _parts(widget):
        if part is not None and not part.isWindow() and not _is_put_away(part):
            yield part
            yield from as_read(part)


def _parts(widget: QWidget) -> "list[QWidget | None]":
    if isinstance(widget, QComboBox | QAbstractSpinBox | QAbstractItemView):
        return []
    if isinstance(widget, QScrollArea):
        return [widget.widget()]
    if isinstance(widget, QSplitter):
        return [widget.widget(number) for number in range(widget.count())]
    if isinstance(widget, QMainWindow):
        return [widget.centralWidget(), widget.statusBar()]
    layout = widget.layout()
    found = [] if layout is None else list(_in_items(layout))
    others = [one for one in widget.children() if isinstance(one, QWidget) and one not in found]
    for other in sorted(others, key=lambda one: (one.y(), one.x())) if layout is None else others:
        below = (at for at, part in enumerate(found) if part.y() > other.y())
        found.insert(next(below, len(found)), other)
    return [*found]


def _in_items(layout: QLayout) -> Iterator[QWidget]:
    """The widgets of a layout and of the layouts in it, in their order.

    Without `itemAt`: what it gives outlives the item, and is mistaken for what lies there next.
    """
    owner = layout.parentWidget()
    placed: list[tuple[int, QWidget | QLayout]] = []
    for one in [*(owner.children() if owner is not None else ()), *layout.children()]:
        if isinstance(one, QWidget) or (isinstance(one, QLayout) and one is not layout):
            placed.append((layout.indexOf(one), one))
    for place, part in sorted(placed, key=lambda pair: pair[0]):
        if place < 0:
            continue
        if isinstance(part, QLayout):
            yield from _in_items(part)
        else:
            yield part


def _is_put_away(widget: QWidget) -> bool:
    """Whether it was hidden, and not just never shown yet."""
    hidden = widget.testAttribute(Qt.WidgetAttribute.WA_WState_Hidden)
    return hidden and widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide)


def focus_as_read(window: QWidget, *, is_next: bool) -> bool:
    """Give the keyboard to what comes next in a window as it is read, or before; False for none.

    What was made or shown meanwhile stands in its place, which Qt's own order does not know.
    """
    order = list(as_read(window))
    at: QWidget | None = window.focusWidget()
    while at is not None and at not in order:
        at = at.parentWidget()
    place = order.index(at) if at is not None else (-1 if is_next else len(order))
    ways = (order[place + 1 :] + order[: max(place, 0)], order[:place][::-1] + order[:place:-1])
    for one in ways[0] if is_next else ways[1]:
        if _takes_tab(one) and one.isVisible() and one.isEnabled():
            reason = Qt.FocusReason.TabFocusReason
            one.setFocus(reason if is_next else Qt.FocusReason.BacktabFocusReason)
            return True
    return False


class OrderedDialog(QDialog):
    """A dialog through which Tab leads as it is read, whatever was made or shown meanwhile."""

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: N802 - Qt's spelling
        """Tab, or Shift+Tab: to the next one, or the one before."""
        return focus_as_read(self, is_next=is_next)


def free_size(dialog: QDialog) -> QSize:
    """The largest size at which a dialog, its frame included, is on the screen as a whole."""
    parent = dialog.parentWidget()
    screen = dialog.screen() if parent is None else parent.screen()
    return screen.availableGeometry().size() - QSize(8, FRAME_PX)


def resize_to_hold(dialog: QDialog, width_px: int) -> None:
    """Give a dialog this width, for text of the usual size, and the height that its lines need."""
    layout, width = dialog.layout(), round(width_px * theme.text_scale())
    assert layout is not None
    least = QSize(width, layout.totalHeightForWidth(width))
    resize_within_screen(dialog, least, least, is_measured=True)


def resize_within_screen(
    dialog: QDialog, wanted: QSize, least: QSize | None = None, *, is_measured: bool = False
) -> None:
    """Give a dialog this size, and `least` as its smallest, as far as the screen allows.

    Both are for text of the usual size, unless they were measured with what is there; larger text
    gets more, and all lines their height.
    """
    free, scale = free_size(dialog), 1.0 if is_measured else theme.text_scale()
    if least is not None:
        dialog.setMinimumSize((least * scale).boundedTo(free))
    size = (wanted * scale).boundedTo(free)
    layout = dialog.layout()
    if layout is not None:
        layout.activate()
        size.setWidth(max(size.width(), min(layout.totalMinimumSize().width(), free.width())))
        if layout.hasHeightForWidth():
            needed = layout.totalMinimumHeightForWidth(size.width())
            size.setHeight(max(size.height(), min(needed, free.height())))
    dialog.resize(size)
    if dialog.isVisible():
        # What grew downwards must not end below the screen.
        room = dialog.screen().availableGeometry()
        frame = dialog.frameGeometry()
        below = frame.bottom() - room.bottom()
        if below > 0:
            dialog.move(dialog.x(), max(room.top(), frame.top() - below))


def inset_row(part: QWidget, right_px: int) -> QHBoxLayout:
    """A row of one widget that leaves so much free at its right, as for a scroll bar above it."""
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, right_px, 0)
    row.addWidget(part)
    return row
