"""Lists of robots: named, put together by hand or by a tag, and sent to as one."""

from collections.abc import Iterable, Sequence
from typing import Final

from dingcomposer.core.contacts import team_names
from dingcomposer.core.delivery import BroadcastOrder
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot, Stage

MOST_GAP_S: Final = 3_600.0
"""A longer gap is not to be set: the program has to be open all that while."""

_PREFIX: Final = "list:"
_SEVERAL: Final = "#6B7280"  # a calm grey: several groups have several colours


@dataclass(frozen=True, slots=True)
class RobotList:
    """A list of robots, and how a message goes to them.

    With a `tag` it has all robots that bear it, in their order; without one those of `robot_ids`,
    in that order. `gap_s` and `stops_at_failure` are as in `BroadcastOrder`.
    """

    list_id: str
    name: str
    robot_ids: tuple[str, ...] = ()
    tag: str = ""
    gap_s: float = 0.0
    stops_at_failure: bool = False

    @property
    def target_id(self) -> str:
        """What stands for it where a draft says whom it is for."""
        return f"{_PREFIX}{self.list_id}"

    @property
    def order(self) -> BroadcastOrder:
        """How a message goes to it."""
        return BroadcastOrder(self.name, self.gap_s, self.stops_at_failure)


def is_list(target_id: str | None) -> bool:
    """Whether a draft's target is a list, and no robot."""
    return target_id is not None and target_id.startswith(_PREFIX)


def members_of(robot_list: RobotList, robots: Sequence[Robot]) -> tuple[Robot, ...]:
    """Who is in it, in its order, of the robots that can be chosen."""
    if robot_list.tag:
        wanted = robot_list.tag.casefold()
        return tuple(one for one in robots if any(tag.casefold() == wanted for tag in one.tags))
    known = {one.robot_id: one for one in robots}
    return tuple(known[one] for one in robot_list.robot_ids if one in known)


def as_target(robot_list: RobotList, members: Sequence[Robot], name: str) -> Robot:
    """The list as what a message is aimed at, under a name that says how many they are.

    It is production where one of them is, and asks for keywords where all ask for the same.
    """
    keywords = {one.keywords for one in members}
    colours = {one.colour for one in members}
    return Robot(
        robot_list.target_id,
        name,
        colour=colours.pop() if len(colours) == 1 else _SEVERAL,
        stage=Stage.PRODUCTION if any(one.is_production for one in members) else Stage.TEST,
        keywords=keywords.pop() if len(keywords) == 1 else (),
        has_token=any(one.has_token for one in members),
    )


def tags_in(words: str) -> tuple[str, ...]:
    """The tags that somebody wrote down: "华东、门店"."""
    return team_names(words)


def all_tags(robots: Iterable[Robot]) -> tuple[str, ...]:
    """Every tag that a robot bears, in the order in which they are met."""
    found: dict[str, str] = {}
    for robot in robots:
        for tag in robot.tags:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


# Who was in a list when it was chosen, and who is now


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
