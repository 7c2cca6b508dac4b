"""`send` to a list of robots: by --list, or by a --robot that names one."""

import pytest

from dingcomposer.cli.answers import ExitCode
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.services.engine import DATABASE_NAME
from dingcomposer.storage.database import Database
from dingcomposer.storage.robot_lists import RobotListStore
from dingcomposer.storage.robots import RobotStore
from tests.fakes.terminal import Terminal, told

BRANCHES = RobotList("l-1", "所有分店", ("r-2", "r-1", "r-3"))


def add_list(terminal: Terminal, robot_list: RobotList = BRANCHES) -> None:
    """Two robots with a webhook, one without, in a list."""
    terminal.add_robot(Stage.TEST, "上海", "r-1")
    terminal.add_robot(Stage.TEST, "杭州", "r-2")
    database = Database(terminal.data_dir / DATABASE_NAME)
    RobotStore(database).add(Robot("r-3", "成都"))
    RobotListStore(database).replace([robot_list])
    database.close()


@pytest.mark.parametrize("option", ["--list", "--robot"])
def test_all_of_a_list_get_it_in_its_order_and_who_has_no_webhook_is_named(
    terminal: Terminal, option: str
) -> None:
    add_list(terminal)
    result = terminal.run("send", option, "所有分店", "--text", "放假", "--json")
    assert result.exit_code == ExitCode.DELIVERED, result.output
    assert [one["robot"] for one in told(result)["sends"]] == ["杭州", "上海"]
    assert "成都: left out" in result.stderr
    assert len(terminal.server.exchanges()) == 2


def test_it_stops_at_the_first_failure_where_the_list_is_set_so(terminal: Terminal) -> None:
    add_list(terminal, RobotList("l-1", "所有分店", ("r-1", "r-2"), stops_at_failure=True))
    terminal.server.robot.faults = (FaultPlan(FaultKind.ROBOT_GONE),)
    result = terminal.run("send", "--list", "所有分店", "--text", "放假", "--json")
    assert result.exit_code == ExitCode.REFUSED
    first, second = told(result)["sends"]
    assert (first["status"], second["status"], second["fault"]) == (
        "refused",
        "not_sent",
        "stopped",
    )


def test_a_list_that_is_not_there_or_empty_is_a_matter_of_configuration(
    terminal: Terminal,
) -> None:
    add_list(terminal, RobotList("l-1", "空"))
    for name, words in (("nobody", "Known: 空"), ("空", "There is no robot in the list")):
        result = terminal.run("send", "--list", name, "--text", "a")
        assert result.exit_code == ExitCode.CONFIGURATION
        assert words in result.stderr
    both = terminal.run("send", "--list", "空", "--robot", "上海", "--text", "a")
    assert both.exit_code == ExitCode.USAGE


def test_a_production_robot_in_a_list_needs_a_yes(terminal: Terminal) -> None:
    add_list(terminal)
    terminal.add_robot(Stage.PRODUCTION, "全员", "r-4")
    database = Database(terminal.data_dir / DATABASE_NAME)
    RobotListStore(database).replace([RobotList("l-1", "所有分店", ("r-1", "r-4"))])
    database.close()
    result = terminal.run("send", "--list", "所有分店", "--text", "a")
    assert result.exit_code == ExitCode.USAGE
    assert "全员: production" in result.stderr
    assert terminal.server.exchanges() == ()
