"""Editor of one list of robots: its name, who is in it, and how a message goes to them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import RobotList, tags_in
from dingcomposer.ui.robots.form_fields import FieldRows, SecondsLine, show_note
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.widgets.icons import dot_icon

_ID = Qt.ItemDataRole.UserRole
_ROW_PX = 28


class MembersView(QListWidget):
    """Robots with check boxes; Alt with an arrow key, or the mouse, moves one where that counts."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the row that has the keyboard, or do what a list does."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        has_alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        row = self.currentRow()
        can_move = self.dragDropMode() is QAbstractItemView.DragDropMode.InternalMove
        if not (steps and has_alt and can_move and 0 <= row + steps < self.count()):
            super().keyPressEvent(event)
            return
        item = self.takeItem(row)
        self.insertItem(row + steps, item)
        self.setCurrentItem(item)
        self.model().layoutChanged.emit()


class ListEditor(QWidget):
    """Edits a list. It stores nothing: `robot_list` and `tagged` are what stands in it.

    Signals:
        changed: a person changed something.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._list = RobotList("", "")
        self._robots: tuple[Robot, ...] = ()
        self._tags: Mapping[str, tuple[str, ...]] = {}
        self._is_showing = False
        self.name = QLineEdit(self)
        self.name.setObjectName("lists.name")
        self.name.setAccessibleName(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("All branches, for example"))
        self.by_hand = QRadioButton(self.tr("Those that I check, in this order"), self)
        self.by_hand.setObjectName("lists.by_hand")
        self.by_tag = QRadioButton(self.tr("All with the tag"), self)
        self.by_tag.setObjectName("lists.by_tag")
        self.tag = QComboBox(self)
        self.tag.setObjectName("lists.tag")
        self.tag.setEditable(True)
        self.tag.setAccessibleName(self.tr("Tag"))
        line = self.tag.lineEdit()
        if line is not None:
            line.setPlaceholderText(self.tr("Choose a tag, or write a new one"))
        self.members = MembersView(self)
        self.members.setObjectName("lists.members")
        self.members.setAccessibleName(self.tr("Robots"))
        self.members.setUniformItemSizes(True)
        self.members.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.count = QLabel(self)
        self.count.setObjectName("lists.count")
        self.gap = SecondsLine("lists.gap", self.tr("Seconds between two groups"), self)
        self.stops = QCheckBox(self.tr("Stop at the first that does not get it"), self)
        self.stops.setObjectName("lists.stops")
        self._lay_out()
        self._connect()

    @property
    def robot_list(self) -> RobotList:
        """The list as it stands here."""
        is_tagged = self.by_tag.isChecked()
        return replace(
            self._list,
            name=" ".join(clean(self.name.text()).split()),
            tag=self._tag() if is_tagged else "",
            robot_ids=() if is_tagged else self.checked,
            gap_s=self.gap.seconds,
            stops_at_failure=self.stops.isChecked(),
        )

    @property
    def lacks_tag(self) -> bool:
        """True where it goes by a tag, and none is given yet."""
        return self.by_tag.isChecked() and not self._tag()

    @property
    def checked(self) -> tuple[str, ...]:
        """The ids of the robots that are checked, from the top."""
        items = (self.members.item(row) for row in range(self.members.count()))
        return tuple(
            str(item.data(_ID)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    @property
    def tagged(self) -> Mapping[str, tuple[str, ...]]:
        """The tags of each robot, as they are to be: checking gives the tag, or takes it."""
        tag = self._tag()
        if not (self.by_tag.isChecked() and tag):
            return self._tags
        checked = set(self.checked)
        made: dict[str, tuple[str, ...]] = {}
        for robot_id, tags in self._tags.items():
            others = tuple(one for one in tags if one.casefold() != tag.casefold())
            kept = tuple(one for one in tags if one.casefold() == tag.casefold())
            made[robot_id] = (tags if kept else (*others, tag)) if robot_id in checked else others
        return made

    def show_list(
        self,
        robot_list: RobotList,
        robots: Sequence[Robot],
        tags: Mapping[str, tuple[str, ...]],
    ) -> None:
        """Edit this list; `tags` are those of each robot by its id."""
        self._list, self._robots, self._tags = robot_list, tuple(robots), tags
        self._is_showing = True
        self.name.setText(robot_list.name)
        known = dict.fromkeys(tag for one in robots for tag in tags.get(one.robot_id, ()))
        self.tag.clear()
        self.tag.addItems(list(known))
        self.tag.setCurrentText(robot_list.tag)
        (self.by_tag if robot_list.tag else self.by_hand).setChecked(True)
        self.gap.set_seconds(robot_list.gap_s)
        self.stops.setChecked(robot_list.stops_at_failure)
        self._fill()
        self._is_showing = False
        self._show_count()

    def _tag(self) -> str:
        return next(iter(tags_in(clean(self.tag.currentText()))), "")

    def _lay_out(self) -> None:
        rows = FieldRows(self)
        rows.add_row(self.tr("Name"), self.name)
        who = QWidget(rows)
        column = QVBoxLayout(who)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        tagged = QHBoxLayout()
        tagged.addWidget(self.by_tag)
        tagged.addWidget(self.tag, 1)
        column.addWidget(self.by_hand)
        column.addLayout(tagged)
        column.addWidget(self.members, 1)
        column.addWidget(self.count)
        who.setFocusProxy(self.by_hand)
        rows.add_row(self.tr("Who is in it"), who, top_px=3)
        rows.add_row(self.tr("Gap"), self._gap_row(rows))
        rows.add_row("", self.stops, top_px=0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(rows)

    def _gap_row(self, parent: QWidget) -> QWidget:
        box = QWidget(parent)
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.gap)
        row.addWidget(QLabel(self.tr("s between two groups; 0: all at once"), box), 1)
        box.setFocusProxy(self.gap)
        return box

    def _connect(self) -> None:
        self.name.textEdited.connect(self._on_changed)
        self.by_tag.toggled.connect(self._on_kind_changed)
        self.tag.editTextChanged.connect(self._on_tag_changed)
        self.members.itemChanged.connect(self._on_changed)
        self.members.model().rowsMoved.connect(self._on_changed)
        self.members.model().layoutChanged.connect(self._on_changed)
        self.gap.textEdited.connect(self._on_changed)
        self.stops.toggled.connect(self._on_changed)

    def _fill(self) -> None:
        """The robots: of a list by hand its own first, in its order; of a tag in theirs."""
        is_tagged, tag = self.by_tag.isChecked(), self._tag().casefold()
        place = {robot_id: number for number, robot_id in enumerate(self._list.robot_ids)}
        robots = list(self._robots)
        if not is_tagged:
            robots.sort(key=lambda one: place.get(one.robot_id, len(place)))
        was_showing, self._is_showing = self._is_showing, True
        self.members.clear()
        for robot in robots:
            item = QListWidgetItem(
                dot_icon(robot.colour), robot_words(robot.name, robot.stage), self.members
            )
            item.setData(_ID, robot.robot_id)
            item.setSizeHint(QSize(0, _ROW_PX))
            tags = {one.casefold() for one in self._tags.get(robot.robot_id, ())}
            is_in = bool(tag) and tag in tags if is_tagged else robot.robot_id in place
            item.setCheckState(Qt.CheckState.Checked if is_in else Qt.CheckState.Unchecked)
        mode = QAbstractItemView.DragDropMode
        self.members.setDragDropMode(mode.NoDragDrop if is_tagged else mode.InternalMove)
        self.tag.setEnabled(is_tagged)
        self._is_showing = was_showing

    def _on_kind_changed(self) -> None:
        if not self._is_showing:
            if self.by_tag.isChecked():
                self._list = replace(self._list, robot_ids=self.checked)
                if not self._tag() and not self.checked and self.tag.count():
                    self.tag.setCurrentIndex(0)
                    self.tag.setCurrentText(self.tag.itemText(0))
            self._fill()
            self._on_changed()

    def _on_tag_changed(self) -> None:
        if self._is_showing:
            return
        tag = self._tag().casefold()
        if any(tag == one.casefold() for tags in self._tags.values() for one in tags):
            self._fill()  # a tag that is there says who bears it; a new one keeps what is checked
        self._on_changed()

    def _on_changed(self) -> None:
        if not self._is_showing:
            self._show_count()
            self.changed.emit()

    def _show_count(self) -> None:
        words = self.tr("%n chosen", "", len(self.checked))
        if self.by_hand.isChecked():
            words = self.tr("%n chosen; drag one to change the order", "", len(self.checked))
        show_note(self.count, words)
