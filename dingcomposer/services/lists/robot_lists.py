"""The lists of robots as they are now, and what a draft can be aimed at: robots and lists."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import (
    MembershipChange,
    RobotList,
    all_tags,
    as_target,
    change_since,
    choice_of,
    is_list,
    members_of,
)
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.robot_lists import RobotListStore


class RobotLists(QObject):
    """Keeps the lists. Main thread. What changes one raises StorageError.

    Signals:
        changed(): a list is another one, or somebody in it.
    """

    changed = Signal()

    def __init__(
        self, store: RobotListStore, robot_profiles: RobotProfiles, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store, self._robot_profiles = store, robot_profiles
        self._lists = store.all()
        robot_profiles.changed.connect(self.changed)

    @property
    def lists(self) -> tuple[RobotList, ...]:
        """All lists, in the person's order."""
        return self._lists

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag that a robot bears."""
        return all_tags(self._robot_profiles.robots)

    def members(self, robot_list: RobotList) -> tuple[Robot, ...]:
        """Who is in a list now, in its order; archived robots are not."""
        return members_of(robot_list, self._robot_profiles.robots)

    @property
    def members_by_target(self) -> dict[str, tuple[Robot, ...]]:
        """Who is in each list now, by what stands for it in a draft."""
        return {one.target_id: self.members(one) for one in self._lists}

    def of_target(self, target_id: str | None) -> RobotList | None:
        """The list that a draft is aimed at; None where that is a robot, or nobody."""
        if not is_list(target_id):
            return None
        return next((one for one in self._lists if one.target_id == target_id), None)

    def named(self, name: str) -> RobotList | None:
        """The list of this name, or of this id."""
        return next((one for one in self._lists if name in (one.name, one.list_id)), None)

    # What a draft can be aimed at

    @property
    def targets(self) -> tuple[Robot, ...]:
        """The robots, then the lists as if each were one."""
        robots = self._robot_profiles.robots
        return (*robots, *map(self._as_target, self._lists))

    @property
    def target_ids(self) -> tuple[str, ...]:
        """What a draft's target may be."""
        robots = self._robot_profiles.robots
        return (*(one.robot_id for one in robots), *(one.target_id for one in self._lists))

    def get(self, target_id: str | None) -> Robot | None:
        """A robot, or a list as if it were one."""
        found = self.of_target(target_id)
        return self._robot_profiles.get(target_id) if found is None else self._as_target(found)

    def _as_target(self, robot_list: RobotList) -> Robot:
        members = self.members(robot_list)
        words = self.tr("{name} (%n group(s))", "", len(members))
        return as_target(robot_list, members, words.format(name=robot_list.name))

    def remember_choice(self, draft_id: str, robot_list: RobotList) -> None:
        """A person aimed a draft at a list, or was told who is in it now."""
        choice = choice_of(robot_list.list_id, self.members(robot_list))
        self._store.remember_choice(draft_id, choice)

    def change_since(self, draft_id: str, robot_list: RobotList) -> MembershipChange:
        """Who joined the list and who left it since it was chosen for a draft."""
        choice = self._store.choice(draft_id)
        if choice is None or choice.list_id != robot_list.list_id:
            return MembershipChange()
        return change_since(choice, self.members(robot_list))

    # Changing

    def save(self, robot_list: RobotList) -> None:
        """Keep a list as it is now: a new one at the end."""
        lists = list(self._lists)
        place = [one.list_id for one in lists]
        if robot_list.list_id in place:
            lists[place.index(robot_list.list_id)] = robot_list
        else:
            lists.append(robot_list)
        self.put(lists)

    def delete(self, list_id: str) -> None:
        """Forget a list; its robots stay."""
        self.put([one for one in self._lists if one.list_id != list_id])

    def put(self, lists: Sequence[RobotList]) -> None:
        """Have these lists, in this order, and no others."""
        self._store.replace(lists)
        self._lists = self._store.all()
        self.changed.emit()

    def read_again(self) -> None:
        """Another process may have changed them."""
        try:
            found = self._store.all()
        except StorageError:
            return  # the pages that need it say so
        if found != self._lists:
            self._lists = found
            self.changed.emit()


def new_list_id() -> str:
    """An id that no list has."""
    from uuid import uuid4

    return uuid4().hex
