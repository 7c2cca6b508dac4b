"""A window that only remembers what its pages ask of it."""

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.messages import Message
from dingcomposer.core.robot import Robot
from dingcomposer.ui.context import Navigator


class Asked(QObject):
    """Announces each wish of the pages that have its `navigator`, and lives as long as they do."""

    said = Signal(str)
    link_opened = Signal(str)
    written = Signal()
    opened_as_new = Signal(object)
    robot_edited = Signal(object, str)
    checked_up = Signal(str)
    kept_as_template = Signal(object)
    explained = Signal(str)

    @property
    def navigator(self) -> Navigator:
        return Navigator(
            say=self._say,
            open_link=self._open_link,
            write=self._write,
            open_as_new=self._open_as_new,
            edit_robot=self._edit_robot,
            check_up=self._check_up,
            keep_as_template=self._keep_as_template,
            explain=self._explain,
        )

    # Methods, not the signals' own `emit`: those would not keep this object alive.

    def _say(self, sentence: str) -> None:
        self.said.emit(sentence)

    def _open_link(self, link: str) -> None:
        self.link_opened.emit(link)

    def _write(self) -> None:
        self.written.emit()

    def _open_as_new(self, message: Message) -> None:
        self.opened_as_new.emit(message)

    def _edit_robot(self, robot: Robot | None, field: str) -> None:
        self.robot_edited.emit(robot, field)

    def _check_up(self, robot_id: str) -> None:
        self.checked_up.emit(robot_id)

    def _keep_as_template(self, message: Message) -> None:
        self.kept_as_template.emit(message)

    def _explain(self, topic: str) -> None:
        self.explained.emit(topic)
