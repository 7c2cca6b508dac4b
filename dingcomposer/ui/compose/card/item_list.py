"""A list that is edited in place: the buttons of a card and their layout, the items of a feed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.limits import BUTTONS_HORIZONTAL
from dingcomposer.core.messages import Button, FeedLink, Orientation
from dingcomposer.core.records import dataclass
from dingcomposer.ui.compose.link_line import LinkLine
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.icons import IconButton
from dingcomposer.ui.widgets.layouts import make_tab_anchor, set_tab_order_after
from dingcomposer.ui.widgets.text_fields import TextLine

Item = Button | FeedLink
FIELDS_IN_A_ROW = 2
_ADDRESS = "https://"


@dataclass(frozen=True, slots=True)
class ItemColumn:
    """One field of an item: its attribute, its label, and what a person may write there.

    A link has a box beside it that says whether it opens in the browser.
    """

    name: str
    label: str
    placeholder: str = ""
    is_link: bool = False


class Grip(IconButton):
    """A handle to drag an item by.

    Signals:
        dragged(QPoint): the mouse is here now, in global coordinates.
        dropped: the mouse let go.
    """

    dragged = Signal(QPoint)
    dropped = Signal()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say where the mouse is."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Say that it is over."""
        super().mouseReleaseEvent(event)
        self.dropped.emit()


class ItemRow(QFrame):
    """The fields of one item, with the signs that move, copy and remove it.

    Signals:
        edited(str): a person changed the field of that name.
        asked(str): "up", "down", "copy" or "remove" was pressed.
        dragged(QPoint): the handle was dragged here.
        dropped: and let go.
    """

    edited = Signal(str)
    asked = Signal(str)
    dragged = Signal(QPoint)
    dropped = Signal()

    def __init__(self, path: str, columns: tuple[ItemColumn, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("panel", True)
        self._columns = columns
        self.fields: dict[str, TextLine] = {}
        self.signs: dict[str, IconButton] = {}
        self._heading = QLabel(self)
        self._heading.setProperty("quiet", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 8)
        column.setSpacing(4)
        head = self._head(path)
        column.addLayout(head)
        if len(columns) == FIELDS_IN_A_ROW:
            # Two short fields share a line: more of the form is in sight at once.
            line = QHBoxLayout()
            line.setSpacing(12)
            for one, share in zip(columns, (2, 3), strict=True):
                line.addLayout(self._field(path, one), share)
            column.addLayout(line)
        else:
            for one in columns:
                column.addLayout(self._field(path, one))
        self.link_lines = tuple(one for one in self.fields.values() if isinstance(one, LinkLine))
        for link in self.link_lines:
            head.insertWidget(2, link.browser_box)

    def show_item(self, item: Item, heading: str, *, is_first: bool, is_last: bool) -> None:
        """Show another item here."""
        self._heading.setText(heading)
        for name, field in self.fields.items():
            field.set_text(getattr(item, name))
            field.setAccessibleDescription(heading)
        self.signs["up"].setEnabled(not is_first)
        self.signs["down"].setEnabled(not is_last)

    def parts(self) -> tuple[QWidget, ...]:
        """What Tab goes through: to write comes before to move."""
        boxes = (line.browser_box for line in self.link_lines)
        return (*self.fields.values(), *boxes, *self.signs.values())

    def _head(self, path: str) -> QHBoxLayout:
        grip = Grip("grip", self.tr("Drag to move"), self)
        grip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        grip.setCursor(Qt.CursorShape.SizeVerCursor)
        grip.setObjectName(f"compose.{path}.grip")
        grip.dragged.connect(self.dragged)
        grip.dropped.connect(self.dropped)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(grip)
        head.addWidget(self._heading, 1)
        for name, sign in (
            ("up", IconButton("up", self.tr("Move up (Alt+Up)"), self)),
            ("down", IconButton("down", self.tr("Move down (Alt+Down)"), self)),
            ("copy", IconButton("copy", self.tr("Duplicate"), self)),
            ("remove", IconButton("remove", self.tr("Remove"), self)),
        ):
            sign.setObjectName(f"compose.{path}.{name}")
            sign.clicked.connect(self._asking(name))
            head.addWidget(sign)
            self.signs[name] = sign
        return head

    def _field(self, path: str, column: ItemColumn) -> QHBoxLayout:
        field = LinkLine(self) if column.is_link else TextLine(self)
        field.setObjectName(f"compose.{path}.{column.name}")
        field.setAccessibleName(column.label)
        field.setPlaceholderText(column.placeholder)
        if isinstance(field, LinkLine):
            field.name_box()
        field.edited.connect(lambda: self.edited.emit(column.name))
        field.add_key("Alt+Up", self._asking("up"))
        field.add_key("Alt+Down", self._asking("down"))
        self.fields[column.name] = field
        label = QLabel(column.label, self)
        label.setProperty("quiet", True)
        label.setMinimumWidth(0 if len(self._columns) == FIELDS_IN_A_ROW else 52)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label)
        row.addWidget(field, 1)
        return row

    def _asking(self, what: str) -> Callable[[], None]:
        return lambda: self.asked.emit(what)


class ItemList(QWidget):
    """Shows and edits a tuple of items; `path` is how problems name it, e.g. "buttons".

    Rows stay where they are and items move through them, so paths and places agree.

    Signals:
        edited(tuple, str): a person made this of the list; the key says which typing it belongs to
            and is "" for what stands alone.
        row_made(object): a new `ItemRow`, to be wired.
        row_changed(str): the path of the field that was typed in.
    """

    edited = Signal(object, str)
    row_made = Signal(object)
    row_changed = Signal(str)

    def __init__(
        self,
        path: str,
        columns: tuple[ItemColumn, ...],
        blank: Item,
        *,
        heading: str,
        add_words: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.path, self._columns, self._blank, self._heading = path, columns, blank, heading
        self._items: tuple[Any, ...] = ()
        self._rows: list[ItemRow] = []
        self._dragged_at: int | None = None
        self._before_rows = make_tab_anchor(self)
        self.add_button = QPushButton("+ " + add_words, self)
        self.add_button.setObjectName(f"compose.{path}.add")
        self.add_button.setAccessibleName(add_words)
        self.add_button.setAutoDefault(False)
        self.add_button.setProperty("flat", True)
        self.add_button.clicked.connect(self._on_add_clicked)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._column.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_items(self, items: tuple[Any, ...]) -> None:
        """Show these items; rows are made and dropped at the end."""
        if items == self._items:
            return
        self._items = items
        while len(self._rows) > len(items):
            row = self._rows.pop()
            self._column.removeWidget(row)
            row.setParent(None)
            row.deleteLater()
        while len(self._rows) < len(items):
            self._rows.append(self._make_row(len(self._rows)))
            set_tab_order_after(
                self._before_rows, (part for row in self._rows for part in row.parts())
            )
        for number, (row, item) in enumerate(zip(self._rows, items, strict=True)):
            heading = self._heading.format(number=number + 1)
            row.show_item(item, heading, is_first=number == 0, is_last=number == len(items) - 1)

    def rows(self) -> tuple[ItemRow, ...]:
        """The rows, in order."""
        return tuple(self._rows)

    def _make_row(self, number: int) -> ItemRow:
        row = ItemRow(f"{self.path}.{number}", self._columns, self)
        row.edited.connect(lambda name: self._on_row_edited(number, name))
        row.asked.connect(lambda what: self._on_row_asked(number, what))
        row.dragged.connect(lambda place: self._on_row_dragged(number, place))
        row.dropped.connect(self._on_row_dropped)
        self._column.insertWidget(number, row)
        self.row_made.emit(row)
        return row

    def _edit(self, items: tuple[Any, ...], merge_key: str = "") -> None:
        self.show_items(items)
        self.edited.emit(items, merge_key)

    def _on_row_edited(self, number: int, name: str) -> None:
        path = f"{self.path}.{number}.{name}"
        words = self._rows[number].fields[name].text()
        item = replace(self._items[number], **{name: words})
        self.row_changed.emit(path)
        merge_key = self._rows[number].fields[name].step_key(path)
        self._edit((*self._items[:number], item, *self._items[number + 1 :]), merge_key)

    def _on_add_clicked(self) -> None:
        self._edit((*self._items, self._blank))
        self._first_field(len(self._items) - 1).setFocus()

    def _on_row_asked(self, number: int, what: str) -> None:
        items = self._items
        match what:
            case "up" if number > 0:
                self._move(number, number - 1)
            case "down" if number < len(items) - 1:
                self._move(number, number + 1)
            case "copy":
                self._edit((*items[: number + 1], items[number], *items[number + 1 :]))
                self._first_field(number + 1).setFocus()
            case "remove":
                self._edit((*items[:number], *items[number + 1 :]))
                if self._items:
                    self._first_field(min(number, len(self._items) - 1)).setFocus()
                else:
                    self.add_button.setFocus()

    def _move(self, number: int, to: int, merge_key: str = "") -> None:
        held = self._held(number)
        items = [*self._items]
        items.insert(to, items.pop(number))
        self._edit(tuple(items), merge_key)
        row = self._rows[to]
        widget = row.fields.get(held) or row.signs.get(held)
        if widget is not None:
            if not widget.isEnabled():  # the sign that moved it to the end is off there
                widget = row.signs["down" if held == "up" else "up"]
            widget.setFocus()

    def _held(self, number: int) -> str:
        """Which part of a row has the keyboard focus: it goes along with the item."""
        row = self._rows[number]
        parts: dict[str, QWidget] = {**row.fields, **row.signs}
        return next((name for name, part in parts.items() if part.hasFocus()), "")

    def _on_row_dragged(self, number: int, place: QPoint) -> None:
        # The mouse stays with the handle where it began; the item has gone on.
        at = number if self._dragged_at is None else self._dragged_at
        y = self.mapFromGlobal(place).y()
        for to, row in enumerate(self._rows):
            if row.geometry().top() <= y <= row.geometry().bottom():
                self._dragged_at = to
                if to != at:
                    self._move(at, to, f"{self.path}.drag")
                return

    def _on_row_dropped(self) -> None:
        self._dragged_at = None

    def _first_field(self, number: int) -> TextLine:
        return next(iter(self._rows[number].fields.values()))


class OrientationRow(QWidget):
    """Two radio buttons, and a quiet word where the choice takes no effect.

    Signals:
        chosen(Orientation): a person chose what was not shown already; so absent stays absent.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = Orientation.VERTICAL
        self._radios = {
            Orientation.VERTICAL: QRadioButton(self.tr("Stacked"), self),
            Orientation.HORIZONTAL: QRadioButton(self.tr("Side by side"), self),
        }
        self._radios[Orientation.VERTICAL].setObjectName("compose.orientation.vertical")
        self._radios[Orientation.HORIZONTAL].setObjectName("compose.orientation")
        label = QLabel(self.tr("Layout of the buttons"), self)
        label.setProperty("quiet", True)
        label.setBuddy(self._radios[Orientation.VERTICAL])
        self._hint = QLabel(
            self.tr(
                "Side by side works with exactly two buttons only; otherwise they are stacked."
            ),
            self,
        )
        self._hint.setObjectName("compose.orientation.hint")
        self._hint.setProperty("faint", True)
        self._hint.setWordWrap(True)
        row = QHBoxLayout()
        row.setSpacing(12)
        group = QButtonGroup(self)
        for radio in self._radios.values():
            radio.setAccessibleName(radio.text())
            group.addButton(radio)
            row.addWidget(radio)
        row.addStretch(1)
        group.buttonClicked.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        row.insertWidget(0, label)
        column.addLayout(row)
        column.addWidget(self._hint)

    def show_orientation(self, orientation: Orientation | None, buttons: int) -> None:
        """Show the layout of so many buttons; None, absent, means vertical."""
        self._shown = orientation or Orientation.VERTICAL
        self._radios[self._shown].setChecked(True)
        is_horizontal = self._shown is Orientation.HORIZONTAL
        self._hint.setVisible(is_horizontal and buttons != BUTTONS_HORIZONTAL)

    def focus_target(self) -> QWidget:
        """The radio button that is on."""
        return self._radios[self._shown]

    def _on_clicked(self) -> None:
        chosen = next(one for one, radio in self._radios.items() if radio.isChecked())
        if chosen is not self._shown:
            self.chosen.emit(chosen)


def make_button_list(parent: QWidget) -> ItemList:
    """The buttons of a card."""
    columns = (
        ItemColumn(
            "title",
            translate("DraftForm", "Label"),
            translate("DraftForm", "What the button says"),
        ),
        ItemColumn("url", translate("DraftForm", "Address"), _ADDRESS, is_link=True),
    )
    return ItemList(
        "buttons",
        columns,
        Button(),
        heading=translate("DraftForm", "Button {number}"),
        add_words=translate("DraftForm", "Add a button"),
        parent=parent,
    )


def make_feed_list(parent: QWidget) -> ItemList:
    """The items of a feed card."""
    columns = (
        ItemColumn("title", translate("DraftForm", "Title")),
        ItemColumn("message_url", translate("DraftForm", "Link"), _ADDRESS, is_link=True),
        ItemColumn("picture_url", translate("DraftForm", "Picture"), _ADDRESS),
    )
    return ItemList(
        "feed",
        columns,
        FeedLink(),
        heading=translate("DraftForm", "Item {number}"),
        add_words=translate("DraftForm", "Add an item"),
        parent=parent,
    )
