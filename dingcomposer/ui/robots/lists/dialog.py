"""The dialog in which lists of robots are made and changed."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot_lists import MOST_GAP_S, RobotList
from dingcomposer.services.lists.robot_lists import RobotLists, new_list_id
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import StorageError
from dingcomposer.ui import questions
from dingcomposer.ui.robots.form_fields import Tone, show_note
from dingcomposer.ui.robots.lists.editor import ListEditor
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen

_LIST_PX = 176


class ListsDialog(OrderedDialog):
    """Nothing is kept but by *Save*. `at` is the id of the list to begin with."""

    def __init__(
        self,
        robot_lists: RobotLists,
        robot_profiles: RobotProfiles,
        parent: QWidget | None = None,
        *,
        at: str = "",
    ) -> None:
        super().__init__(parent)
        self.setObjectName("robot_lists")
        self.setWindowTitle(self.tr("Lists of robots"))
        self._robot_lists, self._robot_profiles = robot_lists, robot_profiles
        self._robots = robot_profiles.robots
        self._tags: Mapping[str, tuple[str, ...]] = {one.robot_id: one.tags for one in self._robots}
        self._lists = list(robot_lists.lists)
        self.names = QListWidget(self)
        self.names.setObjectName("robot_lists.names")
        self.names.setAccessibleName(self.tr("Lists"))
        self.names.setFixedWidth(_LIST_PX)
        self.names.setProperty("rows", True)
        self.editor = ListEditor(self)
        self.empty = QLabel(
            self.tr(
                "A list is a target like a robot: aim a message at it, and each group in it gets"
                " the message, after one question. Make the first list with the button at the left."
            ),
            self,
        )
        self.empty.setWordWrap(True)
        self.empty.setProperty("quiet", True)
        self.empty.setObjectName("robot_lists.empty")
        self.add_button = QPushButton(self.tr("+ New list"), self)
        self.add_button.setObjectName("robot_lists.add")
        self.add_button.setAutoDefault(False)
        self.delete_button = QPushButton(self.tr("Delete…"), self)
        self.delete_button.setObjectName("robot_lists.delete")
        self.delete_button.setAutoDefault(False)
        self.reason = QLabel(self)
        self.reason.setObjectName("robot_lists.reason")
        self.save_button = DefaultButton("robot_lists.save", self.tr("Save"), self)
        self.cancel_button = DialogButton("robot_lists.cancel", self.tr("Cancel"), self)
        self._lay_out()
        self._show_names()
        self.names.currentRowChanged.connect(self._on_row_changed)
        self.add_button.clicked.connect(self._on_add)
        self.delete_button.clicked.connect(self._on_delete)
        self.editor.changed.connect(self._on_changed)
        self.save_button.clicked.connect(self._on_save)
        self.cancel_button.clicked.connect(self.reject)
        ids = [one.list_id for one in self._lists]
        self.names.setCurrentRow(ids.index(at) if at in ids else 0)
        self._on_row_changed(self.names.currentRow())

    @property
    def is_changed(self) -> bool:
        """Whether anything is not as it is kept."""
        kept = {one.robot_id: one.tags for one in self._robots}
        return tuple(self._lists) != self._robot_lists.lists or dict(self._tags) != kept

    def reject(self) -> None:
        """Close; what was entered and not saved is asked about once."""
        if not self.is_changed or self._may_discard():
            super().reject()

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.delete_button)
        left = QVBoxLayout()
        left.addWidget(self.names, 1)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.addWidget(self.empty)
        right.addWidget(self.editor, 1)
        columns = QHBoxLayout()
        columns.setSpacing(20)
        columns.addLayout(left)
        columns.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(columns, 1)
        column.addLayout(answer_row(self, self.reason, self.save_button, self.cancel_button))
        resize_within_screen(self, QSize(720, 540), QSize(600, 400))

    def _show_names(self) -> None:
        row = self.names.currentRow()
        self.names.blockSignals(True)
        self.names.clear()
        self.names.addItems([clean(one.name) or self.tr("New list") for one in self._lists])
        self.names.setCurrentRow(min(row, len(self._lists) - 1))
        self.names.blockSignals(False)

    def _on_row_changed(self, row: int) -> None:
        is_one = 0 <= row < len(self._lists)
        self.editor.setVisible(is_one)
        self.empty.setVisible(not is_one)
        self.delete_button.setEnabled(is_one)
        if is_one:
            self.editor.show_list(self._lists[row], self._robots, self._tags)
        self._show_reason()

    def _on_add(self) -> None:
        self._lists.append(RobotList(new_list_id(), ""))
        self._show_names()
        self.names.setCurrentRow(len(self._lists) - 1)
        self.editor.name.setFocus()

    def _on_delete(self) -> None:
        row = self.names.currentRow()
        if not self._lists[row].name or may_delete(self, self._lists[row]):
            del self._lists[row]
            self._show_names()
            self._on_row_changed(self.names.currentRow())

    def _on_changed(self) -> None:
        row = self.names.currentRow()
        if not 0 <= row < len(self._lists):
            return
        self._lists[row] = self.editor.robot_list
        self._tags = self.editor.tagged
        self.names.item(row).setText(self._lists[row].name or self.tr("New list"))
        self._show_reason()

    def _blocked(self) -> str:
        names = [one.name.casefold() for one in self._lists]
        if "" in names:
            return self.tr("A list needs a name.")
        if self.names.currentRow() >= 0 and self.editor.lacks_tag:
            return self.tr("Choose the tag.")
        if any(not 0 <= one.gap_s <= MOST_GAP_S for one in self._lists):
            return self.tr("A gap is 0 to {most} seconds.").format(most=int(MOST_GAP_S))
        twice = next((one.name for one in self._lists if names.count(one.name.casefold()) > 1), "")
        if twice:
            return self.tr("Two lists are called {name}.").format(name=twice)
        robots = {one.name.casefold() for one in self._robots}
        taken = next((one.name for one in self._lists if one.name.casefold() in robots), "")
        if taken:
            return self.tr("A robot is called {name} already.").format(name=taken)
        return ""

    def _show_reason(self) -> None:
        blocked = self._blocked()
        self.save_button.setEnabled(not blocked)
        self._say(blocked)

    def _on_save(self) -> None:
        try:
            for robot in self._robots:
                tags = self._tags.get(robot.robot_id, ())
                now = self._robot_profiles.get(robot.robot_id)
                if now is not None and now.tags != tags:
                    self._robot_profiles.save(replace(now, tags=tags))
            self._robot_lists.put(self._lists)
        except StorageError as error:
            self._say(storage_sentence(error.fault), "bad")
            return
        self.accept()

    def _may_discard(self) -> bool:
        question = questions.Question(
            "discard_lists",
            self.tr("Close without saving"),
            self.tr("Close without saving what you entered?"),
            (
                questions.back(),
                questions.Choice("discard", self.tr("Close"), is_destructive=True),
            ),
            "back",
        )
        return questions.ask(self, question) == "discard"

    def _say(self, words: str, tone: Tone = "quiet") -> None:
        show_note(self.reason, words, tone)


def may_delete(parent: QWidget, robot_list: RobotList) -> bool:
    """Ask whether a list may go."""
    question = questions.Question(
        "delete_list",
        translate("Lists", "Delete a list"),
        translate("Lists", "Delete the list {name}?").format(name=robot_list.name),
        (
            questions.Choice("keep", translate("Lists", "Keep it"), is_default=True),
            questions.Choice("delete", translate("Lists", "Delete"), is_destructive=True),
        ),
        "keep",
        translate("Lists", "Its robots stay, and so does what was sent to them."),
    )
    return questions.ask(parent, question) == "delete"
