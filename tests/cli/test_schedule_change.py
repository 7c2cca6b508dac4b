"""`schedule change`: what an option names is another one, all else stays as it was."""

import json
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest
from click.testing import Result

from dingcomposer.cli.answers import ExitCode
from dingcomposer.core.robot import Stage
from dingcomposer.services.engine import DATABASE_NAME
from dingcomposer.services.scheduling.planner import Planner
from dingcomposer.storage.database import Database
from dingcomposer.storage.planned.schedules import ScheduleConflict
from dingcomposer.storage.robots import RobotStore
from tests.fakes.terminal import GROUP, Clock, Terminal, told

AT = "2026-12-01 09:00"


@pytest.fixture
def terminal(terminal: Terminal, clock: Clock) -> Terminal:
    terminal.add_robot(Stage.TEST)
    about = ("--name", "早报", "--robot", GROUP, "--at", AT, "--every", "weekday")
    more = ("--text", "早上好", "--days", "working-days", "--until", "2027-01-31")
    assert terminal.run("schedule", "add", *about, *more).exit_code == 0
    return terminal


def change(terminal: Terminal, *options: str) -> Result:
    return terminal.run("schedule", "change", "早报", *options)


def shown(terminal: Terminal) -> dict[str, Any]:
    (one,) = told(terminal.run("schedule", "list", "--json"))["schedules"]
    found = told(terminal.run("schedule", "show", one["schedule_id"], "--json"))
    return {**found, "words": found["expected"][0]["sends"][0]["payload"]["text"]["content"]}


def test_each_option_changes_its_own_and_nothing_else(terminal: Terminal) -> None:
    before = shown(terminal)
    kept = ("schedule_id", "kind", "robots", "is_paused")
    cases: tuple[tuple[Sequence[str], dict[str, Any]], ...] = (
        (("--at", "2026-12-01 10:30"), {"start": "2026-12-01T10:30"}),
        (("--zone", "UTC"), {"zone": "UTC"}),
        (("--days", "any"), {"day_rule": "any"}),
        (("--every", "day"), {"rule": "FREQ=DAILY"}),
        (("--count", "4"), {"count": 4, "until": None}),
        (("--endless",), {"count": None}),
        (("--until", "2026-12-31"), {"until": "2026-12-31T23:59:59"}),
        (("--once",), {"rule": "", "until": None, "day_rule": "any"}),
    )
    timing = before["timing"]
    for options, wanted in cases:
        result = change(terminal, *options, "--json")
        assert result.exit_code == 0, result.output
        timing = {**timing, **wanted}
        after = shown(terminal)
        assert after["timing"] == timing, options
        assert {name: after[name] for name in kept} == {name: before[name] for name in kept}
        assert after["words"] == "早上好"
    assert change(terminal, "--name", "晨报").exit_code == 0
    assert shown(terminal)["name"] == "晨报"


def test_another_message_and_other_robots_take_the_place_of_the_old_ones(
    terminal: Terminal, clock: Clock
) -> None:
    terminal.add_robot(Stage.TEST, "上海", "r-2")
    assert change(terminal, "--text", "大家早", "--robot", "上海").exit_code == 0
    clock.set(AT)
    (run,) = told(terminal.run("schedule", "run-due", "--json"))["runs"]
    assert [one["robot"] for one in run["sends"]] == ["上海"]
    (exchange,) = terminal.server.exchanges()
    assert json.loads(exchange.body)["text"] == {"content": "大家早"}


def test_values_alone_are_for_the_template_that_it_holds(terminal: Terminal) -> None:
    document = {
        "format": "dingcomposer-template",
        "version": 1,
        "name": "日报",
        "fields": [{"name": "内容"}, {"name": "地点"}],
        "message": {"msgtype": "text", "text": {"content": "{{内容}}，{{地点}}"}},
    }
    path = terminal.data_dir.parent / "日报.template.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    given = ("--template", str(path), "--field", "内容=例会", "--field", "地点=三楼")
    assert change(terminal, *given).exit_code == 0
    path.unlink()
    assert change(terminal, "--field", "地点=五楼").exit_code == 0
    assert shown(terminal)["words"] == "例会，五楼"
    odd = change(terminal, "--field", "别的=1")
    assert (odd.exit_code, "has no field" in odd.stderr) == (ExitCode.USAGE, True)


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        ((), ExitCode.USAGE, "say what is to be changed"),
        (("--name", "早报"), ExitCode.USAGE, "say what is to be changed"),
        (("--text", "a", "--payload", "-"), ExitCode.USAGE, "Give the message once"),
        (("--at-all",), ExitCode.USAGE, "give that as well"),
        (("--endless", "--count", "3"), ExitCode.USAGE, "contradicts"),
        (("--once", "--every", "day"), ExitCode.USAGE, "--once is neither"),
        (("--at", "2026-11-01 09:00", "--once"), ExitCode.USAGE, "lie in the past"),
        (("--text", ""), ExitCode.REFUSED, "would refuse it"),
        (("--robot", "nobody"), ExitCode.CONFIGURATION, "no robot called"),
    ],
)
def test_what_makes_no_sense_is_a_sentence_and_changes_nothing(
    terminal: Terminal, options: Sequence[str], code: ExitCode, words: str
) -> None:
    before = shown(terminal)
    result = change(terminal, *options, "--json")
    assert (result.exit_code, told(result)["exit_code"]) == (code, code)
    assert words in told(result)["error"]["message"]
    assert shown(terminal) == before


def test_a_dry_run_shows_the_next_ten_and_changes_nothing(terminal: Terminal) -> None:
    before = shown(terminal)
    result = change(terminal, "--at", "2026-12-01 10:00", "--dry-run", "--json")
    assert len(told(result)["expected"]) == 10
    assert told(result)["expected"][0]["wall"] == "2026-12-01T10:00"
    assert shown(terminal) == before


def test_production_wants_a_yes_for_all_but_a_name(terminal: Terminal) -> None:
    terminal.add_robot(Stage.PRODUCTION, "正式群", "r-2")
    nobody = change(terminal, "--robot", "正式群")
    assert (nobody.exit_code, nobody.stderr.count("正式群 (production)")) == (ExitCode.USAGE, 10)
    assert change(terminal, "--robot", "正式群", "--yes").exit_code == 0
    assert change(terminal, "--at", "2026-12-01 11:00").exit_code == ExitCode.USAGE
    assert change(terminal, "--name", "晨报").exit_code == 0


def test_who_is_bound_to_an_address_that_has_moved_is_confirmed_anew(terminal: Terminal) -> None:
    with closing(Database(terminal.data_dir / DATABASE_NAME)) as database:
        store = RobotStore(database)
        robot = store.get("r-1")
        assert robot is not None
        store.save(replace(robot, endpoint=f"{robot.endpoint}/moved"))
    stuck = change(terminal, "--text", "大家早")
    assert (stuck.exit_code, "name its --robot anew" in stuck.stderr) == (6, True)
    assert change(terminal, "--text", "大家早", "--robot", GROUP).exit_code == 0


@pytest.mark.parametrize("way", [("change", "--text", "大家早"), ("pause",), ("remove",)])
def test_what_is_due_as_it_is_changed_goes_out_as_it_was_and_whole(
    terminal: Terminal, clock: Clock, way: tuple[str, ...]
) -> None:
    clock.set("2026-12-01 09:01")
    result = terminal.run("schedule", way[0], "早报", *way[1:])
    assert result.exit_code == 0, result.output
    assert "It was due just now" in result.stderr
    (exchange,) = terminal.server.exchanges()
    assert json.loads(exchange.body)["text"] == {"content": "早上好"}
    (sent,) = told(terminal.run("history", "--json"))["sends"]
    assert sent["status"] == "delivered"


def test_a_change_that_somebody_else_was_quicker_with_is_told(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def is_taken(*_given: object) -> None:
        raise ScheduleConflict

    monkeypatch.setattr(Planner, "change", is_taken)
    result = change(terminal, "--text", "大家早")
    assert result.exit_code == ExitCode.CONFIGURATION
    assert "changed elsewhere just now" in result.stderr


def test_an_answer_to_what_was_not_missed_is_a_sentence(terminal: Terminal) -> None:
    result = terminal.run("schedule", "missed", "--leave", "7", "--json")
    assert told(result)["error"]["message"] == "Run 7 does not wait for an answer."
