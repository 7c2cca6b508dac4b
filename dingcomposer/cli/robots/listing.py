"""What `robots list` and `robots lists` say, for people and for scripts."""

from collections.abc import Iterable
from typing import Any

from dingcomposer.cli.engine_session import engine_session
from dingcomposer.cli.options import CommonOptions, dumped, tell
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import RobotList


def list_robots(common: CommonOptions, *, is_json: bool, is_all: bool) -> None:
    """Say which robots there are, without their secrets."""
    with engine_session(common) as session:
        profiles = session.engine.robot_profiles
        known = [*profiles.robots, *(profiles.archived if is_all else ())]
    if is_json:
        tell(dumped({"robots": [_robot_as_json(one) for one in known]}))
        return
    width = max((len(one.name) for one in known), default=0)
    for one in known:
        tell(f"{one.name:<{width}}  {', '.join(_marks(one))}")


def list_lists(common: CommonOptions, *, is_json: bool) -> None:
    """Say which lists there are, and who is in each."""
    with engine_session(common) as session:
        lists = session.engine.robot_lists
        known = [(one, lists.members(one)) for one in lists.lists]
    if is_json:
        told = {"lists": [_list_as_json(one, members) for one, members in known]}
        tell(dumped(told))
        return
    for one, members in known:
        marks = [f"tag {one.tag}"] if one.tag else []
        marks += [f"gap {one.gap_s:g} s"] if one.gap_s else []
        marks += ["stops at the first failure"] if one.stops_at_failure else []
        names = ", ".join(robot.name for robot in members) or "nobody"
        tell(f"{one.name}{' (' + ', '.join(marks) + ')' if marks else ''}: {names}")


def _robot_as_json(robot: Robot) -> dict[str, Any]:
    return {
        "name": robot.name,
        "robot_id": robot.robot_id,
        "stage": robot.stage.value,
        "is_sandbox": robot.is_sandbox,
        "is_archived": robot.is_archived,
        "endpoint": robot.endpoint,
        "keywords": list(robot.keywords),
        "tags": list(robot.tags),
        "is_signed": robot.expects_signature,
        "has_token": robot.has_token,
        "has_secret": robot.has_secret,
    }


def _list_as_json(robot_list: RobotList, members: Iterable[Robot]) -> dict[str, Any]:
    return {
        "name": robot_list.name,
        "list_id": robot_list.list_id,
        "tag": robot_list.tag or None,
        "gap_s": robot_list.gap_s,
        "stops_at_failure": robot_list.stops_at_failure,
        "robots": [
            {"name": one.name, "robot_id": one.robot_id, "stage": one.stage.value}
            for one in members
        ],
    }


def _marks(robot: Robot) -> Iterable[str]:
    yield "sandbox" if robot.is_sandbox else robot.stage.value
    if robot.expects_signature:
        yield "signed"
    if robot.keywords:
        yield f"keywords {' '.join(robot.keywords)}"
    if robot.tags:
        yield f"tags {' '.join(robot.tags)}"
    if not (robot.has_token or robot.is_sandbox):
        yield "no webhook"
    if robot.is_archived:
        yield "archived"
