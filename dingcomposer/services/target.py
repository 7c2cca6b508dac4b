"""The draft's robot, chosen by hand, and the mentions that it brings along."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import ActionCard, Markdown, Mentions, Text
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.lists.robot_lists import RobotLists
from dingcomposer.storage.database import StorageError


def with_defaults(draft: Draft, before: Robot | None, robot: Robot | None) -> Draft:
    """The draft with the robot's default mentions, where a person chose nobody else.

    `before` is its target until now: its defaults go with it. A kind that cannot mention
    anybody stays as it is.
    """
    if robot is None or not isinstance(to_message(draft), Text | Markdown | ActionCard):
        return draft
    mentions = draft.mentions or Mentions()
    left_behind = before.default_mentions if before is not None else Mentions()
    if mentions and mentions != left_behind:
        return draft
    wanted = robot.default_mentions
    return draft if wanted == mentions else replace(draft, mentions=wanted or None)


@dataclass(frozen=True, slots=True)
class _TargetChoice:
    """What a choice changed: the robots and the drafts, each before and after."""

    robot_id: str | None
    robot_id_before: str | None
    draft: Draft
    draft_before: Draft


class TargetSelector(QObject):
    """Sets the target. It is called for what a person did by hand, and for nothing else.

    Signals:
        said(str): what else that changed, in a sentence.
        trouble(StorageError): who is in a list that was chosen could not be remembered.
    """

    said = Signal(str)
    trouble = Signal(object)

    def __init__(
        self, session: DraftSession, robot_lists: RobotLists, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._robot_lists = session, robot_lists
        self._last: _TargetChoice | None = None

    def select(self, robot_id: str | None) -> None:
        """Choose a robot, a list, or none; its default mentions come along, undo takes them out.

        Choosing the one before again at once leaves the draft as if nothing had happened.
        """
        session, last = self._session, self._last
        before_id, before = session.target_id, session.draft
        if robot_id == before_id:
            return
        robot, robot_before = self._robot_lists.get(robot_id), self._robot_lists.get(before_id)
        if (
            last is not None
            and (last.robot_id, last.robot_id_before) == (before_id, robot_id)
            and last.draft == before
        ):
            draft = last.draft_before
        else:
            draft = with_defaults(before, robot_before, robot)
        self._last = _TargetChoice(robot_id, before_id, draft, before)
        session.set_target(robot_id)
        robot_list = self._robot_lists.of_target(robot_id)
        if robot_list is not None:
            try:
                self._robot_lists.remember_choice(session.draft_id, robot_list)
            except StorageError as error:
                self.trouble.emit(error)
        if draft == before:
            return
        session.edit(draft)
        if robot is not None and draft.mentions == (robot.default_mentions or None):
            words = (
                self.tr("The default mentions of {group} were filled in.")
                if draft.mentions
                else self.tr(
                    "{group} has no default mentions; those of the last group were removed."
                )
            )
            self.said.emit(words.format(group=robot.name))
