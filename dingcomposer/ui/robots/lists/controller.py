"""Lists in the window: the panel below the robots once there is a list, and the dialog."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from dingcomposer.storage.database import StorageError
from dingcomposer.ui.context import Context
from dingcomposer.ui.robots.list_panel import RobotListPanel
from dingcomposer.ui.texts.storage import storage_sentence

if TYPE_CHECKING:
    # At run time with the first list: not on the way to the first window.
    from dingcomposer.ui.robots.lists.panel import ListsPanel


class ListsController(QObject):
    """One for each window. Nothing of it is built while there is no list.

    Signals:
        target_chosen(str): a person aimed at a list.
    """

    target_chosen = Signal(str)

    def __init__(
        self,
        context: Context,
        robots: RobotListPanel,
        say: Callable[[str], None],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        robot_lists = self._robot_lists = context.robot_lists
        self._robot_profiles = context.robot_profiles
        self._robots, self._say, self._window = robots, say, window
        self._target_id: str | None = None
        self._panel: ListsPanel | None = None
        robot_lists.changed.connect(self._show)
        self._show()

    def set_target(self, target_id: str | None) -> None:
        """Mark the list that the message is for."""
        self._target_id = target_id
        if self._panel is not None:
            self._panel.set_target(target_id)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What the menu's action does."""
        return {"robot_lists": self.edit}

    def edit(self, list_id: str = "") -> None:
        """Open the lists, at one of them."""
        from dingcomposer.ui.robots.lists.dialog import ListsDialog

        dialog = ListsDialog(self._robot_lists, self._robot_profiles, self._window, at=list_id)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _show(self) -> None:
        if self._panel is None and self._robot_lists.lists:
            from dingcomposer.ui.robots.lists.panel import ListsPanel

            panel = self._panel = ListsPanel(self._robot_lists, self._robots)
            panel.target_chosen.connect(self.target_chosen)
            panel.edit_requested.connect(self.edit)
            panel.delete_requested.connect(self._delete)
            panel.set_target(self._target_id)
            self._robots.add_below(panel)
        if self._panel is not None:
            self._panel.setVisible(bool(self._robot_lists.lists))

    def _delete(self, list_id: str) -> None:
        from dingcomposer.ui.robots.lists.dialog import may_delete

        robot_list = self._robot_lists.named(list_id)
        if robot_list is None or not may_delete(self._window, robot_list):
            return
        try:
            self._robot_lists.delete(list_id)
        except StorageError as error:
            self._say(storage_sentence(error.fault))
