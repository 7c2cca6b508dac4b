"""`schedule`: kept, shown, run by whoever is first, and told where it was missed."""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from os import environ
from pathlib import Path

import pytest
from click.testing import Result

from dingcomposer.cli.answers import ExitCode
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.services.engine import DATABASE_NAME
from dingcomposer.storage.database import Database
from dingcomposer.storage.robot_lists import RobotListStore
from dingcomposer.storage.robots import RobotStore
from tests.fakes.terminal import GROUP, Clock, Terminal, told

AT = "2026-12-01 09:00"


@pytest.fixture
def terminal(terminal: Terminal, clock: Clock) -> Terminal:
    terminal.add_robot(Stage.TEST)
    return terminal


def add(terminal: Terminal, *more: str, name: str = "早报", at: str = AT) -> Result:
    given = ("--name", name, "--robot", GROUP, *(() if "--at" in more else ("--at", at)))
    return terminal.run("schedule", "add", *given, *(more or ("--text", "早上好")))


def run_due(terminal: Terminal) -> Result:
    return terminal.run("schedule", "run-due", "--json")


def test_what_is_added_is_sent_when_it_is_due_and_once(terminal: Terminal, clock: Clock) -> None:
    added = add(
        terminal, "--text", "早上好", "--every", "weekday", "--days", "working-days", "--json"
    )
    assert added.exit_code == 0, added.output
    assert told(added)["next"] == "2026-12-01T01:00:00+00:00"
    early = terminal.run("schedule", "run-due", "--json")
    assert told(early) == {"exit_code": 0, "runs": [], "missed": []}
    clock.set("2026-12-01 09:00")
    due = terminal.run("schedule", "run-due", "--json")
    again = terminal.run("schedule", "run-due", "--json")
    (run,) = told(due)["runs"]
    assert (run["state"], run["sends"][0]["status"]) == ("taken", "delivered")
    assert told(again)["runs"] == []
    assert len(terminal.server.exchanges()) == 1
    shown = told(terminal.run("schedule", "show", "早报", "--json"))
    assert len(shown["expected"]) == 10
    assert shown["expected"][0]["wall"] == "2026-12-02T09:00"
    assert shown["expected"][0]["sends"][0]["payload"]["text"] == {"content": "早上好"}
    assert [one["run"] for one in shown["runs"]] == [run["run"]]
    assert "delivered" in terminal.run("schedule", "list").stdout
    assert "09:00" in terminal.run("schedule", "show", "早报").stdout


@pytest.mark.parametrize("option", ["--list", "--robot"])
def test_a_list_gives_the_robots_that_are_in_it_now(terminal: Terminal, option: str) -> None:
    terminal.add_robot(Stage.TEST, "上海", "r-2")
    with closing(Database(terminal.data_dir / DATABASE_NAME)) as database:
        RobotStore(database).add(Robot("r-3", "成都"))
        lists = [RobotList("l-1", "所有分店", ("r-2", "r-1", "r-3")), RobotList("l-2", "空")]
        RobotListStore(database).replace(lists)
    about = ("--name", "早报", "--at", AT, "--text", "早上好")
    added = terminal.run("schedule", "add", *about, option, "所有分店", "--json")
    assert added.exit_code == 0, added.output
    assert [one["name"] for one in told(added)["robots"]] == ["上海", GROUP]
    assert told(added)["lists"] == ["所有分店"]
    assert "成都: left out" in added.stderr
    assert "who joins it later gets nothing" in added.stderr
    dry = terminal.run("schedule", "add", *about, option, "所有分店", "--dry-run", "--json")
    assert told(dry)["lists"] == ["所有分店"]
    empty = terminal.run("schedule", "add", *about, option, "空")
    assert empty.exit_code == ExitCode.CONFIGURATION
    nobody = terminal.run("schedule", "add", *about)
    assert "Name --robot or --list" in nobody.stderr


def test_the_list_says_ids_by_which_one_of_two_of_a_name_is_meant(terminal: Terminal) -> None:
    ids = [add(terminal).stdout.strip() for _number in range(2)]
    lines = terminal.run("schedule", "list").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ids
    assert terminal.run("schedule", "pause", "早报").exit_code == ExitCode.CONFIGURATION
    assert terminal.run("schedule", "pause", lines[1].split()[0]).exit_code == 0
    assert ["paused" in one for one in terminal.run("schedule", "list").stdout.splitlines()] == [
        *(False, True)
    ]


def test_a_command_begins_a_run_two_minutes_late_at_most(terminal: Terminal, clock: Clock) -> None:
    add(terminal, "--text", "早上好", "--every", "day")
    clock.set("2026-12-01 09:02:00")
    assert [one["state"] for one in told(run_due(terminal))["runs"]] == ["taken"]
    clock.set("2026-12-02 09:02:01")
    assert told(run_due(terminal))["missed"][0]["state"] == "missed"
    assert len(terminal.server.exchanges()) == 1


def test_what_was_missed_is_told_once_and_waits_for_an_answer(
    terminal: Terminal, clock: Clock
) -> None:
    add(terminal, "--text", "早上好", "--rrule", "FREQ=DAILY")
    clock.set("2026-12-03 12:00")
    first = terminal.run("schedule", "run-due")
    second = terminal.run("schedule", "run-due")
    assert (first.exit_code, second.exit_code) == (ExitCode.NOT_SENT, 0)
    assert first.stderr.count("Not sent") == 3
    assert terminal.server.exchanges() == ()
    runs = told(terminal.run("schedule", "missed", "--json"))["missed"]
    assert [one["due_at"][:10] for one in runs] == ["2026-12-01", "2026-12-02", "2026-12-03"]
    left = [str(one["run"]) for one in runs[:2]]
    terminal.run("schedule", "missed", "--leave", left[0], "--leave", left[1])
    sent = terminal.run("schedule", "missed", "--send", str(runs[2]["run"]), "--json")
    assert told(sent)["runs"][0]["sends"][0]["status"] == "delivered"
    again = terminal.run("schedule", "missed", "--send", str(runs[2]["run"]))
    assert again.exit_code == ExitCode.CONFIGURATION
    assert terminal.run("schedule", "missed").stdout == ""
    assert len(terminal.server.exchanges()) == 1


def test_a_schedule_is_paused_removed_had_back_and_run_now(
    terminal: Terminal, clock: Clock
) -> None:
    add(terminal, "--text", "早上好", "--every", "day", "--paused")
    assert "paused" in terminal.run("schedule", "list").stdout
    clock.set("2026-12-01 09:00")
    assert told(terminal.run("schedule", "run-due", "--json"))["runs"] == []
    now = terminal.run("schedule", "run-now", "早报", "--json")
    assert told(now)["runs"][0]["is_by_hand"]
    resumed = told(terminal.run("schedule", "resume", "早报", "--json"))
    assert not resumed["is_paused"]
    (one,) = told(terminal.run("schedule", "list", "--json"))["schedules"]
    assert one["next"] == "2026-12-02T01:00:00+00:00"
    assert told(terminal.run("schedule", "pause", "早报", "--json"))["is_paused"]
    gone = terminal.run("schedule", "remove", "早报", "--json")
    assert told(gone)["schedule_id"] == one["schedule_id"]
    assert told(terminal.run("schedule", "list", "--json"))["schedules"] == []
    back = terminal.run("schedule", "restore", one["schedule_id"], "--json")
    assert told(back)["name"] == "早报"
    assert told(terminal.run("schedule", "list", "--json"))["schedules"][0]["is_paused"]


def test_a_template_is_filled_in_anew_at_each_run(terminal: Terminal, clock: Clock) -> None:
    folder = terminal.data_dir / "data" / "templates"
    document = {
        "format": "dingcomposer-template",
        "version": 1,
        "name": "日报",
        "fields": [{"name": "内容"}],
        "message": {"msgtype": "text", "text": {"content": "{{今天}} {{群名}}：{{内容}}"}},
    }
    path = terminal.data_dir.parent / "日报.template.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    assert not folder.exists()
    empty = add(terminal, "--template", str(path), "--every", "day")
    assert empty.exit_code == ExitCode.USAGE
    assert "--field NAME=VALUE" in empty.stderr
    unknown = add(terminal, "--template", str(path), "--field", "别的=1")
    assert unknown.exit_code == ExitCode.USAGE
    given = ("--template", str(path), "--field", "内容=例会", "--every", "day", "--count", "3")
    dry = add(terminal, *given, "--dry-run", "--json")
    words = [one["sends"][0]["payload"]["text"]["content"] for one in told(dry)["expected"]]
    assert words == [
        f"12月{day} {GROUP}：例会" for day in ("1日（周二）", "2日（周三）", "3日（周四）")
    ]
    assert told(terminal.run("schedule", "list", "--json"))["schedules"] == []
    add(terminal, *given)
    path.unlink()  # it holds its own copy
    clock.set("2026-12-02 09:01")
    terminal.run("schedule", "run-due")
    (exchange,) = terminal.server.exchanges()
    assert json.loads(exchange.body)["text"]["content"] == words[1]


def test_production_shows_what_goes_where_and_wants_a_yes(terminal: Terminal) -> None:
    terminal.run("schedule", "list")
    terminal.add_robot(Stage.PRODUCTION, "正式群", "r-2")
    given = (
        "--name",
        "早报",
        "--robot",
        "正式群",
        "--at",
        AT,
        "--text",
        "早上好",
        "--every",
        "day",
    )
    nobody = terminal.run("schedule", "add", *given)
    assert nobody.exit_code == ExitCode.USAGE
    assert "give --yes" in nobody.stderr
    assert nobody.stderr.count("正式群 (production)  早上好") == 10
    assert told(terminal.run("schedule", "list", "--json"))["schedules"] == []
    assert terminal.run("schedule", "add", *given, "--yes").exit_code == 0
    assert terminal.run("schedule", "run-now", "早报").exit_code == ExitCode.USAGE
    assert terminal.run("schedule", "run-now", "早报", "--yes").exit_code == 0


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--rrule", "every monday"), "is no rule that can be kept: not one"),
        (("--rrule", "FREQ=MINUTELY"), "frequency (MINUTELY)"),
        (("--rrule", "FREQ=DAILY;FOO=1"), "unknown part (FOO)"),
        (("--rrule", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), "never"),
        (("--every", "day", "--rrule", "FREQ=DAILY"), "not both"),
        (("--every", "day", "--until", "2026-12-02", "--count", "2"), "not both"),
        (("--every", "day", "--until", "2026-11-01"), "cannot be kept: ends before"),
        (("--every", "day", "--until", "soon"), "write it like 2026-12-01"),
        (("--every", "week", "--days", "working-days"), "cannot be kept: not weekdays"),
        (("--zone", "Mars/Base"), "cannot be kept: zone (Mars/Base)"),
        (("--count", "3"), "belong to --every or --rrule"),
        (("--at", "tomorrow"), "write it like 2026-12-01 09:00"),
        (("--at", "2026-12-01T09:00Z"), "without an offset"),
        (("--at", "2026-11-01 09:00"), "All of its times lie in the past"),
    ],
)
def test_a_time_that_cannot_be_kept_is_a_sentence_with_code_2(
    terminal: Terminal, more: Sequence[str], words: str
) -> None:
    result = add(terminal, "--text", "早上好", *more)
    assert result.exit_code == ExitCode.USAGE, result.output
    assert words in result.stderr
    assert told(terminal.run("schedule", "list", "--json"))["schedules"] == []


def test_what_could_not_be_sent_is_not_kept(terminal: Terminal) -> None:
    empty = add(terminal, "--text", "")
    assert (empty.exit_code, "would refuse it" in empty.stderr) == (ExitCode.REFUSED, True)
    unknown = terminal.run("schedule", "add", "--name", "a", "--robot", "nobody", "--at", AT,
                           "--text", "a")  # fmt: skip
    assert unknown.exit_code == ExitCode.CONFIGURATION
    assert terminal.run("schedule", "show", "nothing").exit_code == ExitCode.CONFIGURATION


def test_no_secret_is_kept_with_a_schedule(terminal: Terminal) -> None:
    refused = add(terminal, "--text", f"看这里 {terminal.server.access_token}")
    assert refused.exit_code == ExitCode.USAGE
    assert "is not kept" in refused.stderr
    add(terminal, "--text", "早上好", "--every", "day")
    for secret in (terminal.server.access_token, terminal.server.secret):
        assert secret.encode() not in (terminal.data_dir / DATABASE_NAME).read_bytes()


def test_days_are_entered_for_a_year_that_is_not_published(
    terminal: Terminal, clock: Clock
) -> None:
    rule = (
        "--text",
        "早",
        "--every",
        "weekday",
        "--days",
        "working-days",
        "--at",
        "2035-01-01 09:00",
    )
    added = add(terminal, *rule)
    assert "not known whether that day is worked" in added.stderr
    entered = ("--off", "2035-01-01", "--worked", "2035-01-06", "--whole-year", "2035")
    days = terminal.run("schedule", "days", *entered, "--json")
    assert told(days) == {
        "exit_code": 0,
        "days": [
            {"day": "2035-01-01", "is_worked": False},
            {"day": "2035-01-06", "is_worked": True},
        ],
        "whole_years": [2035],
    }
    shown = told(terminal.run("schedule", "show", "早报", "--json"))["expected"]
    assert [one["wall"][:10] for one in shown[:6]] == [
        *("2035-01-02", "2035-01-03", "2035-01-04", "2035-01-05", "2035-01-06", "2035-01-08")
    ]
    assert all(one["is_known"] for one in shown)
    clock.set("2035-01-01 09:00")
    assert told(terminal.run("schedule", "run-due", "--json"))["runs"] == []
    assert "worked" in terminal.run("schedule", "days", "--forget", "2035-01-01").stdout


def test_an_obstacle_is_told_with_a_code_of_its_own(terminal: Terminal, clock: Clock) -> None:
    add(terminal, "--text", "早上好", "--every", "day")
    with closing(Database(terminal.data_dir / DATABASE_NAME)) as database:
        store = RobotStore(database)
        robot = store.get("r-1")
        assert robot is not None
        store.save(replace(robot, stage=Stage.PRODUCTION))
    clock.set("2026-12-01 09:00")
    result = terminal.run("schedule", "run-due", "--json")
    assert result.exit_code == ExitCode.CONFIGURATION
    assert told(result)["runs"][0]["sends"][0]["obstacle"] == "stage_changed"
    assert "nothing left (stage changed)" in result.stderr
    assert terminal.server.exchanges() == ()


@pytest.mark.parametrize("kind", ["systemd", "cron", "launchd", "windows"])
def test_the_entry_is_shown_and_changes_nothing(
    terminal: Terminal, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PATH", "/nowhere")
    shown = terminal.run("schedule", "entry", "show", "--for", kind)
    assert "run-due" in shown.stdout
    entry = told(terminal.run("schedule", "entry", "show", "--for", kind, "--json"))
    assert (entry["scheduler"], entry["is_installed"]) == (kind, False)
    assert entry["was_tried"] is (kind in ("systemd", "cron"))
    assert not (tmp_path / "config").exists()
    refused = terminal.run("schedule", "entry", "install", "--for", kind)
    assert refused.exit_code == ExitCode.CONFIGURATION
    assert "FileNotFoundError" in refused.stderr
    left = [*tmp_path.rglob("*dingcomposer-schedule*"), *tmp_path.rglob("*.plist")]
    assert left == [], "taken back"


def test_a_schedule_command_loads_no_widget(terminal: Terminal) -> None:
    code = (
        "import sys; from dingcomposer.cli.commands import commands\n"
        f"try: commands(['--data-dir', {str(terminal.data_dir)!r}, 'schedule', 'run-due'])\n"
        "except SystemExit as end: print(end.code)\n"
        "print(sorted(one for one in sys.modules if one.startswith('PySide6.Qt')))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        check=True,
        env={**environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
    )
    assert found.stdout.splitlines() == [b"0", b"['PySide6.QtCore']"]
