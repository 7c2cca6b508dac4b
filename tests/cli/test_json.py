"""`--json`: one object of the shape that COMMANDS.md tells, whatever a command comes to."""

import re
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from dingcomposer.__main__ import COMMANDS
from dingcomposer.cli.answers import ExitCode
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.services.engine import DATABASE_NAME
from dingcomposer.storage.database import Database
from dingcomposer.storage.robot_lists import RobotListStore
from dingcomposer.storage.robots import RobotStore
from tests.fakes.terminal import GROUP, Clock, Terminal, told

PAGE = Path(__file__).parents[2] / "COMMANDS.md"
AT = ("--at", "2026-12-01 09:00")
KEY = re.compile(r"`(\w+)`")


def documented(section: str, table: int = 0) -> set[str]:
    """The keys in the first column of a section's table; those of a schedule where it says so."""
    text = PAGE.read_text(encoding="utf-8").partition(f"\n### {section}\n")[2].partition("\n##")[0]
    assert text, section
    tables = re.findall(r"(?:^\|.*\n?)+", text, re.MULTILINE)
    rows = tables[table].splitlines()[2:]
    keys = {key for row in rows for key in KEY.findall(row.split("|")[1])}
    is_schedule = text.strip().startswith("*A schedule*, and:") and table == 0
    return keys | (documented("a schedule") if is_schedule else set())


def keys_of(result: Result, section: str, table: int = 0) -> dict[str, Any]:
    """The object, after its keys were compared; its exit code is the command's."""
    found = told(result)
    assert set(found) == documented(section, table), section
    assert found["exit_code"] == result.exit_code, result.output
    return found


def same(found: object, thing: str) -> None:
    assert isinstance(found, dict)
    assert set(found) == documented(thing), thing


@pytest.fixture
def terminal(terminal: Terminal, clock: Clock) -> Terminal:
    terminal.add_robot(Stage.TEST)
    with closing(Database(terminal.data_dir / DATABASE_NAME)) as database:
        RobotStore(database).add(Robot("r-3", "成都"))
        RobotListStore(database).replace([RobotList("l-1", "所有分店", ("r-1", "r-3"))])
    return terminal


def run(terminal: Terminal, *arguments: str) -> Result:
    return terminal.run(*arguments, "--json")


def test_what_was_sent_or_kept_here_has_its_shape(terminal: Terminal) -> None:
    sent = keys_of(run(terminal, "send", "--list", "所有分店", "--text", "你好"), "`send`")
    same(sent["sends"][0], "a send")
    assert (sent["blocked"], sent["left_out"]) == ([], ["成都"])
    kept = keys_of(run(terminal, "send", "--robot", GROUP, "--text", ""), "`send`")
    same(kept["blocked"][0], "a block")
    assert kept["exit_code"] == ExitCode.REFUSED
    dry = run(terminal, "send", "--robot", GROUP, "--text", "你好", "--dry-run")
    assert keys_of(dry, "`send`", 1)["robots"] == [GROUP]
    same(keys_of(run(terminal, "history"), "`history`")["sends"][0], "a send")


def test_what_checks_find_has_its_shape_and_the_code_of_send(terminal: Terminal) -> None:
    empty = keys_of(run(terminal, "check", "--text", ""), "`check`")
    same(empty["robots"][0]["findings"][0], "a finding")
    assert (empty["exit_code"], empty["robots"][0]["robot"]) == (ExitCode.REFUSED, None)
    for name in ("成都", "所有分店"):
        unset = keys_of(run(terminal, "check", "--robot", name, "--text", "你好"), "`check`")
        assert unset["exit_code"] == ExitCode.CONFIGURATION
        assert unset["robots"][-1]["robot_id"] == "r-3"
    both = run(terminal, "check", "--robot", "成都", "--text", "")
    sent = run(terminal, "send", "--robot", "成都", "--text", "")
    assert both.exit_code == sent.exit_code == ExitCode.CONFIGURATION
    by_list = keys_of(run(terminal, "check", "--list", "所有分店", "--text", "好"), "`check`")
    assert [one["robot"] for one in by_list["robots"]] == [GROUP, "成都"]


def test_rows_of_a_table_have_their_shape(terminal: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text("姓名\n张三\n", encoding="utf-8")
    given = ("send", "--table", str(path), "--robot", GROUP, "--text", "{{姓名}}")
    tried = keys_of(run(terminal, *given, "--dry-run"), "`send`", 3)
    same(tried["rows"][0], "a tried row")
    same(keys_of(run(terminal, *given), "`send`", 2)["rows"][0], "a row")
    path.write_text("姓名\n张三\n#N/A\n", encoding="utf-8")
    kept = keys_of(run(terminal, *given), "`send`", 2)
    assert (kept["exit_code"], kept["rows"][0]["status"]) == (ExitCode.USAGE, None)
    same(kept["rows"][1], "a row")
    long = terminal.run(*given[:-1], "", "--json")
    assert long.exit_code == ExitCode.REFUSED, "each row was read, and DingTalk would refuse it"


def test_robots_and_templates_have_their_shape(terminal: Terminal, tmp_path: Path) -> None:
    listed = keys_of(run(terminal, "robots"), "`robots` and `robots list`")
    keys_of(run(terminal, "robots", "list"), "`robots` and `robots list`")
    same(listed["robots"][0], "a robot")
    keys_of(run(terminal, "robots", "lists"), "`robots lists`")
    path = str(tmp_path / "all.dingcomposer")
    out = keys_of(run(terminal, "robots", "export", path), "`robots export`")
    assert (out["counts"]["robots"], out["without_webhook"], out["is_sealed"]) == (2, 2, False)
    keys_of(run(terminal, "robots", "import", path, "--dry-run"), "`robots import`")
    csv = tmp_path / "hooks.csv"
    csv.write_text("名称,Webhook\n上海,x\n", encoding="utf-8")
    keys_of(run(terminal, "robots", "import", str(csv), "--dry-run"), "`robots import`", 1)
    first = keys_of(run(terminal, "templates", "list"), "`templates list`")["templates"][0]
    keys_of(run(terminal, "templates", "show", first["name"]), "`templates show`")


def test_schedules_and_their_runs_have_their_shape(terminal: Terminal, clock: Clock) -> None:
    about = ("--name", "早报", "--robot", GROUP, *AT, "--text", "早上好", "--every", "day")
    added, changed = "`schedule add` and `schedule change`", ("schedule", "change", "早报")
    dry = keys_of(run(terminal, "schedule", "add", *about, "--dry-run"), added, 1)
    same(dry["expected"][0], "an expected run")
    keys_of(run(terminal, "schedule", "add", *about), added)
    keys_of(run(terminal, *changed, "--text", "大家早", "--dry-run"), added, 1)
    keys_of(run(terminal, *changed, "--text", "大家早"), added)
    ran = "`schedule run-due`, `schedule run-now` and `schedule missed --send`"
    same(keys_of(run(terminal, "schedule", "run-now", "早报"), ran)["runs"][0], "a run")
    clock.set("2026-12-01 12:00")
    missed = keys_of(run(terminal, "schedule", "run-due"), ran)
    same(missed["missed"][0], "a run")
    assert missed["exit_code"] == ExitCode.NOT_SENT
    waiting = keys_of(run(terminal, "schedule", "missed"), "`schedule missed`")["missed"]
    keys_of(run(terminal, "schedule", "missed", "--send", str(waiting[0]["run"])), ran)
    shown = keys_of(run(terminal, "schedule", "show", "早报"), "`schedule show`")
    same(shown["runs"][0], "a run")
    same(shown["last"], "a run")
    listed = keys_of(run(terminal, "schedule", "list"), "`schedule list`")
    same(listed["schedules"][0], "a schedule")
    four = "`schedule pause`, `schedule resume`, `schedule remove` and `schedule restore`"
    for name in ("pause", "resume", "remove"):
        keys_of(run(terminal, "schedule", name, "早报"), four)
    keys_of(run(terminal, "schedule", "restore", shown["schedule_id"]), four)
    keys_of(run(terminal, "schedule", "days", "--off", "2035-01-01"), "`schedule days`")
    entry = run(terminal, "schedule", "entry", "show", "--for", "windows")
    keys_of(entry, "`schedule entry`")
    keys_of(run(terminal, "verify"), "`verify`")


EARLY: tuple[tuple[tuple[str, ...], ExitCode, str], ...] = (
    (("send",), ExitCode.USAGE, "Name --robot or --list"),
    (("history", "-n", "many"), ExitCode.USAGE, "is not a valid integer"),
    (("send", "--nothing"), ExitCode.USAGE, "No such option"),
    (("nothing",), ExitCode.USAGE, "No such command"),
    (("schedule", "nothing"), ExitCode.USAGE, "No such command"),
    (("send", "--robot", GROUP), ExitCode.USAGE, "Give the message once"),
    (("send", "--robot", GROUP, "--payload", "/nowhere"), ExitCode.USAGE, "No such file"),
    (("send", "--robot", GROUP, "--payload", "/tmp"), ExitCode.USAGE, "Is a directory"),
    (("send", "--robot", GROUP, "--template", "x"), ExitCode.USAGE, "No template is called"),
    (("send", "--robot", "nobody", "--text", "a"), ExitCode.CONFIGURATION, "no robot called"),
    (("send", "--list", "nobody", "--text", "a"), ExitCode.CONFIGURATION, "no list called"),
    (("send", "--webhook-env", "NONE", "--text", "a"), ExitCode.CONFIGURATION, "is not set"),
    (("send", "--table", "/nowhere", "--robot", GROUP, "--text", "a"), ExitCode.USAGE, "such file"),
    (("check", "--robot", "nobody", "--text", "a"), ExitCode.CONFIGURATION, "no robot called"),
    (("preview", "-o", "-", "--text", "a"), ExitCode.USAGE, "has room for one"),
    (("history", "--robot", "nobody"), ExitCode.CONFIGURATION, "no robot called"),
    (("history", "-n", "0"), ExitCode.USAGE, "not in the range"),
    (("robots", "import", "/nowhere"), ExitCode.USAGE, "cannot be read"),
    (("robots", "export", "/nowhere/x"), ExitCode.CONFIGURATION, "cannot be written"),
    (("templates", "show", "nothing"), ExitCode.USAGE, "No template is called"),
    (("schedule", "show", "nothing"), ExitCode.CONFIGURATION, "no schedule called"),
    (("schedule", "run-now", "nothing"), ExitCode.CONFIGURATION, "no schedule called"),
    (("schedule", "entry", "show", "--for", "x"), ExitCode.USAGE, "is not one of"),
)


@pytest.mark.parametrize(("arguments", "code", "words"), EARLY)
def test_what_ends_early_says_so_in_one_object_and_in_a_sentence(
    terminal: Terminal, arguments: Sequence[str], code: ExitCode, words: str
) -> None:
    result = run(terminal, *arguments)
    found = keys_of(result, "A command that ends early")
    assert (result.exit_code, found["error"]["kind"]) == (code, code.name.lower())
    assert words in found["error"]["message"], found
    assert words in result.stderr
    plain = terminal.run(*arguments)
    assert (plain.exit_code, plain.stdout) == (code, ""), "without --json nothing stands there"
    assert terminal.server.exchanges() == ()


def test_no_secret_that_was_typed_in_the_wrong_place_is_repeated(terminal: Terminal) -> None:
    hook = terminal.environ["HOOK"]
    for given in (("--robot", hook), ("--webhook-env", hook), ("--robot", GROUP, hook)):
        result = run(terminal, "send", *given, "--text", "a")
        assert result.exit_code in (ExitCode.USAGE, ExitCode.CONFIGURATION)
        assert "error" in told(result)
        assert terminal.server.access_token not in result.output


def test_a_no_at_the_question_is_one_object_too(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.add_robot(Stage.PRODUCTION, "正式群", "r-2")
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _self: True)
    arguments = ("send", "--robot", "正式群", "--text", "a", "--json")
    result = terminal.run(*arguments, typed="n\n")
    found = keys_of(result, "A command that ends early")
    assert (found["exit_code"], found["error"]["kind"]) == (ExitCode.STOPPED, "stopped")
    agreed = terminal.run(*arguments, typed="y\n")
    assert told(agreed)["sends"][0]["status"] == "delivered"


def test_a_data_folder_that_cannot_be_used_is_one_object_too(
    terminal: Terminal, tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    below = terminal.run("--data-dir", str(blocked / "x"), "history", "--json")
    assert keys_of(below, "A command that ends early")["exit_code"] == ExitCode.CONFIGURATION
    for name in ("foreign", "newer"):
        folder = tmp_path / name
        folder.mkdir()
        if name == "foreign":
            (folder / DATABASE_NAME).write_bytes(b"nothing like it" * 1000)
        else:
            with closing(Database(folder / DATABASE_NAME)) as database:
                database.run("PRAGMA user_version = 9999")
        for command in (("history",), ("schedule", "list"), ("verify",)):
            result = terminal.run("--data-dir", str(folder), *command, "--json")
            found = keys_of(result, "A command that ends early")
            code = 2 if command == ("verify",) else ExitCode.CONFIGURATION
            assert (result.exit_code, name, command) == (code, name, command), found
            assert "Traceback" not in result.output


def test_a_folder_that_another_program_holds_is_waited_for_and_told(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dingcomposer.cli.engine_session.BUSY_TIMEOUT_MS", 20)
    with closing(Database(terminal.data_dir / DATABASE_NAME)) as database, database.transaction():
        database.run("UPDATE robots SET name = name")
        result = run(terminal, "send", "--robot", GROUP, "--text", "a")
        assert keys_of(result, "A command that ends early")["exit_code"] == ExitCode.CONFIGURATION
        assert "another program holds it" in result.stderr


def test_every_command_that_takes_json_is_on_the_page(terminal: Terminal) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in COMMANDS:
        shown = terminal.run(name, "--help").stdout if name != "sandbox" else ""
        commands = re.findall(r"^  ([a-z-]+) ", shown.partition("Commands:")[2], re.MULTILINE)
        for words in ((name, one) for one in commands) if commands else ((name,),):
            if "--json" in terminal.run(*words, "--help").stdout and name != "sandbox":
                assert f"`{' '.join(words)}`" in text, words
