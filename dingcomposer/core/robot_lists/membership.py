"""What became of a list's members since somebody chose it: who joined, and who left."""

from collections.abc import Sequence

from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot


@dataclass(frozen=True, slots=True)
class ListMember:
    """A member as it was when the list was chosen."""

    robot_id: str
    name: str


@dataclass(frozen=True, slots=True)
class ListChoice:
    """A list that was chosen for a draft, and who was in it then."""

    list_id: str
    members: tuple[ListMember, ...]


@dataclass(frozen=True, slots=True)
class MembershipChange:
    """The names of those who joined a list and of those who left it, in its order."""

    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where the same are in it."""
        return not (self.joined or self.left)


def choice_of(list_id: str, members: Sequence[Robot]) -> ListChoice:
    """What is remembered of a list that is chosen now."""
    return ListChoice(list_id, tuple(ListMember(one.robot_id, one.name) for one in members))


def change_since(choice: ListChoice, members: Sequence[Robot]) -> MembershipChange:
    """Who joined and who left since; whoever was only renamed is still there."""
    before = {one.robot_id for one in choice.members}
    now = {one.robot_id for one in members}
    return MembershipChange(
        tuple(one.name for one in members if one.robot_id not in before),
        tuple(one.name for one in choice.members if one.robot_id not in now),
    )
