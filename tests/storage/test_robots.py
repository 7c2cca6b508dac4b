"""Profiles: kept whole, in order, without secrets."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from dingcomposer.core.messages import Mentions
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import ProxyMode, Robot, Stage, TrustSource
from dingcomposer.storage.database import Database, StorageError, StorageFault
from dingcomposer.storage.robots import RobotStore

FULL = Robot(
    robot_id="r-1",
    name="运维值班 \0 \U0001f600",
    colour="#E5484D",
    stage=Stage.PRODUCTION,
    endpoint="https://oapi.dingtalk.io/robot/send",
    keywords=("通知", "", "a,b"),
    addresses=("1.1.1.0/24",),
    default_mentions=Mentions(("+852-12345678",), ("张三",), is_all=True),
    expects_signature=True,
    has_token=True,
    has_secret=True,
    connect_timeout_s=2.5,
    read_timeout_s=7.25,
    is_host_confirmed=True,
    is_sandbox=True,
    is_archived=True,
    way=ProxyMode.PROXY,
    proxy="http://10.0.0.1:8080",
    proxy_user="me",
    has_proxy_password=True,
    trust=TrustSource.FILE,
    ca_file="/etc/公司.pem",
    is_twin=True,
    sandbox_pace=None,
    sandbox_caller="1.1.1.1",
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "dingcomposer.db")) as database:
        yield database


@pytest.fixture
def robots(database: Database) -> RobotStore:
    return RobotStore(database)


def names(robots: RobotStore, *, include_archived: bool = False) -> str:
    return "".join(robot.name for robot in robots.all(include_archived=include_archived))


def add(robots: RobotStore, names: str) -> None:
    for name in names:
        robots.add(Robot(f"id-{name}", name))


def test_a_robot_comes_back_as_it_was(robots: RobotStore) -> None:
    plain = Robot("r-2", "测试群")
    for robot in (FULL, plain):
        robots.add(robot)
    assert robots.get("r-1") == replace(FULL, name="运维值班 \ufffd \U0001f600")
    assert robots.get("r-2") == plain
    assert robots.get("r-3") is None


def test_saving_changes_everything_but_the_place(robots: RobotStore) -> None:
    add(robots, "abc")
    changed = replace(FULL, robot_id="id-b", is_archived=False)
    robots.save(changed)
    assert [robot.robot_id for robot in robots.all()] == ["id-a", "id-b", "id-c"]
    assert robots.get("id-b") == replace(changed, name=clean(changed.name))


def test_saving_a_robot_that_is_gone_is_noticed(robots: RobotStore) -> None:
    with pytest.raises(LookupError):
        robots.save(FULL)
    assert robots.all(include_archived=True) == ()


def test_the_order_is_the_persons(robots: RobotStore) -> None:
    add(robots, "abcd")
    robots.reorder(["id-d", "id-b", "no-such-robot"])
    assert names(robots) == "dbac"
    add(robots, "e")
    assert names(robots) == "dbace"


def test_an_archived_robot_is_out_of_the_list_and_keeps_its_place(robots: RobotStore) -> None:
    add(robots, "abc")
    robots.archive("id-b")
    assert names(robots) == "ac"
    assert names(robots, include_archived=True) == "abc"
    robots.archive("id-b", is_archived=False)
    assert names(robots) == "abc"


def test_a_deleted_robot_is_gone(robots: RobotStore) -> None:
    add(robots, "abc")
    robots.delete("id-b")
    assert names(robots, include_archived=True) == "ac"
    assert robots.get("id-b") is None


@pytest.mark.parametrize(
    "endpoint",
    [
        "https://oapi.dingtalk.com/robot/send?access_token=canary-token",
        "https://oapi.dingtalk.com/robot/send#canary-token",
        "https://canary-token@oapi.dingtalk.com/robot/send",
    ],
)
def test_an_endpoint_that_could_hold_a_secret_is_not_stored(
    robots: RobotStore, endpoint: str
) -> None:
    add(robots, "a")
    for store in (robots.add, robots.save):
        with pytest.raises(ValueError, match="without query") as caught:
            store(Robot("id-a", "a", endpoint=endpoint))
        assert "canary" not in repr(caught.value)
    assert robots.get("id-a") == Robot("id-a", "a")


def test_a_spoilt_row_is_called_damaged(robots: RobotStore, database: Database) -> None:
    add(robots, "a")
    for column, value in (("stage", "'moon'"), ("keywords", "'{'"), ("default_mentions", "'[]'")):
        database.run(f"UPDATE robots SET {column} = {value}")
        with pytest.raises(StorageError) as caught:
            robots.all()
        assert caught.value.fault is StorageFault.DAMAGED
