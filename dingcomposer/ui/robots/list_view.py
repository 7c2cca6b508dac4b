"""Robot list: keyboard and mouse."""

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from dingcomposer.ui.robots.list_delegate import RobotDelegate, pencil_rect


class RobotListView(QListView):
    """Says what a person wants of a row. The arrow keys move the keyboard's row and nothing else.

    Signals:
        target_selected(QModelIndex): a click, Enter or Space.
        edit_wanted(QModelIndex): a double click, the pencil or F2.
        delete_wanted(QModelIndex): the Delete key.
        move_wanted(QModelIndex, int): Alt+Up (-1) or Alt+Down (1).
    """

    target_selected = Signal(QModelIndex)
    edit_wanted = Signal(QModelIndex)
    delete_wanted = Signal(QModelIndex)
    move_wanted = Signal(QModelIndex, int)

    def __init__(self, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._on_pencil = False
        self.setModel(model)
        self.setItemDelegate(RobotDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.clicked.connect(self.target_selected)
        self.doubleClicked.connect(self.edit_wanted)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press on the pencil is for the pencil alone."""
        self._on_pencil = self._is_on_pencil(event)
        if not self._on_pencil:
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks on the pencil are one."""
        if not self._is_on_pencil(event):
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The pencil edits where it was pressed."""
        if not self._on_pencil:
            super().mouseReleaseEvent(event)
            return
        self._on_pencil = False
        if self._is_on_pencil(event):
            self.edit_wanted.emit(self.indexAt(event.position().toPoint()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space choose the target, F2 edits, Delete asks, Alt with an arrow moves."""
        index = self.currentIndex()
        has_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if not index.isValid():
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if not has_alt:
                self.target_selected.emit(index)
            case Qt.Key.Key_F2:
                self.edit_wanted.emit(index)
            case Qt.Key.Key_Delete:
                self.delete_wanted.emit(index)
            case Qt.Key.Key_Up if has_alt:
                self.move_wanted.emit(index, -1)
            case Qt.Key.Key_Down if has_alt:
                self.move_wanted.emit(index, 1)
            case _:
                super().keyPressEvent(event)

    def _is_on_pencil(self, event: QMouseEvent) -> bool:
        at = event.position().toPoint()
        index = self.indexAt(at)
        is_left = event.button() == Qt.MouseButton.LeftButton
        return is_left and index.isValid() and pencil_rect(self.visualRect(index)).contains(at)
