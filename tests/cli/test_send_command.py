"""The commands, against a sandbox over HTTP and on a data folder of their own."""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dingcomposer.__main__ import is_command
from dingcomposer.cli.answers import ExitCode
from dingcomposer.cli.sending import SOON_S
from dingcomposer.core.limits import PACE_PER_MINUTE, PACE_WINDOW_S
from dingcomposer.core.robot import Stage
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.rules import Rules
from dingcomposer.services.engine import DATABASE_NAME
from dingcomposer.storage.database import Database, to_micros
from tests.fakes.terminal import GROUP, Terminal, told

UUID = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


def test_a_text_goes_out_signed_without_a_profile(terminal: Terminal) -> None:
    result = terminal.send("--text", "构建通过", "--json")
    assert result.exit_code == ExitCode.DELIVERED, result.output
    (send,) = told(result)["sends"]
    assert (send["status"], send["robot"], send["attempts"]) == ("delivered", "$HOOK", 1)
    (exchange,) = terminal.server.exchanges()
    assert exchange.is_taken
    assert exchange.msg_uuid == send["msg_uuid"]


def test_neither_token_nor_secret_is_said_or_kept(terminal: Terminal) -> None:
    result = terminal.send("--text", "构建通过", "--json")
    terminal.send("--text", "再来", "--insist")
    history = terminal.run("history", "--json")
    for secret in (terminal.server.access_token, terminal.server.secret):
        assert secret not in result.output + history.output
        for file in terminal.data_dir.rglob("*"):
            assert not file.is_file() or secret.encode() not in file.read_bytes(), file


def test_markdown_and_payloads_come_from_standard_input_too(terminal: Terminal) -> None:
    markdown = terminal.send("--markdown", "-", "--title", "发布", typed="# 发布\n")
    body = {"msgtype": "text", "text": {"content": "你好"}, "foo": 1}
    payload = terminal.send("--payload", "-", typed=json.dumps(body))
    assert (markdown.exit_code, payload.exit_code) == (0, 0)
    assert "unknown key: foo" in payload.stderr
    first, second = terminal.server.exchanges()
    assert json.loads(first.body)["markdown"] == {"title": "发布", "text": "# 发布\n"}
    assert json.loads(second.body)["text"] == {"content": "你好"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Give the message once"),
        (("--text", "a", "--title", "b"), "--title belongs to --markdown"),
        (("--text", "a", "--msg-uuid", "x"), "it is no UUID"),
        (("--text", "a", "--if-not-sent-within", "soon"), "write it like"),
        (("--text", "a", "--if-not-sent-within", "0m"), "it may be from 1s to 3650d"),
        (("--text", "a", "--if-not-sent-within", "9999999d"), "it may be from 1s to 3650d"),
        (("--text", "a", "--if-not-sent-within", "9" * 400 + "d"), "write it like"),
        (("--text", "a", "--text", "b"), "--text is given twice"),
        (("--list", "甲", "--list", "乙", "--text", "a"), "--list is given twice"),
        (("--payload", "-"), "The payload is no JSON"),
        (("--template", "a", "--payload", "-", "--values", "-"), "Give the message once"),
        (("--markdown", "-", "--values", "-"), "--field and --values belong"),
    ],
)
def test_wrong_usage_is_a_sentence_and_a_code_of_its_own(
    terminal: Terminal, arguments: Sequence[str], words: str
) -> None:
    result = terminal.send(*arguments, typed="{")
    assert result.exit_code == ExitCode.USAGE
    assert words in result.stderr
    assert terminal.server.exchanges() == ()


def test_what_must_be_set_right_first_has_a_code_of_its_own(terminal: Terminal) -> None:
    unset = terminal.run("send", "--webhook-env", "NOT_THERE", "--text", "a")
    unknown = terminal.run("send", "--robot", "nobody", "--text", "a")
    terminal.environ["HOOK"] = "not a webhook"
    broken = terminal.send("--text", "a")
    assert {one.exit_code for one in (unset, unknown, broken)} == {ExitCode.CONFIGURATION}
    assert "There is no robot called 'nobody'" in unknown.stderr


def test_the_codes_tell_refused_and_unknown_apart(terminal: Terminal) -> None:
    terminal.environ["SIGNING"] = "SEC" + "0" * 64
    refused = terminal.send("--text", "a", "--json")
    assert refused.exit_code == ExitCode.REFUSED
    assert told(refused)["sends"][0]["errcode"] == "310000"
    terminal.environ["SIGNING"] = terminal.server.secret
    terminal.server.robot.faults = (FaultPlan(FaultKind.CLOSE),)
    unknown = terminal.send("--text", "b", "--json")
    assert unknown.exit_code == ExitCode.UNKNOWN, unknown.output
    assert told(unknown)["sends"][0]["status"] == "unknown"


@pytest.mark.parametrize("kind", [FaultKind.CLOSE, FaultKind.BUSY, FaultKind.BUSY_500100])
def test_whatever_may_have_arrived_says_so_and_is_not_called_refused(
    terminal: Terminal, kind: FaultKind
) -> None:
    terminal.server.robot.faults = (FaultPlan(kind, times=None),)
    result = terminal.send("--text", "b")
    assert result.exit_code == ExitCode.UNKNOWN
    assert "check the group before you send it again" in result.stderr
    terminal.server.robot.faults = (FaultPlan(FaultKind.NO_KEYWORD),)
    refused = terminal.send("--text", "c")
    assert refused.exit_code == ExitCode.REFUSED
    assert "check the group" not in refused.stderr
    assert "the sandbox said 310000" in refused.stderr


def test_a_terminal_obeys_nothing_of_what_a_message_or_a_server_says(terminal: Terminal) -> None:
    odd = "\u202egnp\x9b31m\x1b[2J"
    body = json.dumps({"errcode": 310000, "errmsg": f"no {odd}"}).encode()
    terminal.server.robot.faults = (FaultPlan(FaultKind.CUSTOM, body=body, times=None),)
    refused = terminal.send("--text", f"a {odd}")
    as_json = terminal.send("--text", f"b {odd}", "--json")
    listed = terminal.run("history")
    dry = terminal.send("--text", f"c {odd}", "--dry-run")
    for result in (refused, as_json, listed, dry):
        said = result.stdout + result.stderr
        assert not set("\u202e\x9b\x1b") & set(said)
    assert told(as_json)["sends"][0]["errmsg"] == f"no {odd}"
    assert told(dry)["text"]["content"] == f"c {odd}"


def test_a_script_may_run_the_same_command_twice(terminal: Terminal) -> None:
    first = terminal.send("--text", "发布", "--msg-uuid", UUID)
    again = terminal.send("--text", "发布", "--msg-uuid", UUID, "--json")
    within = terminal.send("--text", "发布", "--if-not-sent-within", "10m", "--json")
    other = terminal.send("--text", "发布二", "--if-not-sent-within", "10m", "--json")
    assert [one.exit_code for one in (first, again, within, other)] == [0, 0, 0, 0]
    assert told(again)["sends"][0]["was_sent_before"]
    assert told(within)["sends"][0]["was_sent_before"]
    assert not told(other)["sends"][0]["was_sent_before"]
    assert len(terminal.server.exchanges()) == 2


def test_an_unknown_send_is_retried_under_its_id(terminal: Terminal) -> None:
    terminal.server.robot.faults = (FaultPlan(FaultKind.CLOSE, is_taken=True),)
    unknown = terminal.send("--text", "发布", "--msg-uuid", UUID)
    again = terminal.send("--text", "发布", "--msg-uuid", UUID)
    assert (unknown.exit_code, again.exit_code) == (ExitCode.UNKNOWN, ExitCode.DELIVERED)
    taken = [one for one in terminal.server.exchanges() if one.is_taken]
    assert [one.msg_uuid for one in taken] == [UUID]


def test_what_never_left_is_sent_by_the_same_command(terminal: Terminal) -> None:
    hook = terminal.environ["HOOK"]
    terminal.environ["HOOK"] = f"http://127.0.0.1:9/robot/send?{hook.partition('?')[2]}"
    first, second = (terminal.send("--text", "发布", "--msg-uuid", UUID) for _ in range(2))
    assert {first.exit_code, second.exit_code} == {ExitCode.NOT_SENT}
    (before,) = told(terminal.run("history", "--json"))["sends"]
    assert (before["errcode"], before["errmsg"]) == (None, None)
    terminal.environ["HOOK"] = hook
    third = terminal.send("--text", "发布", "--msg-uuid", UUID, "--json")
    (send,) = told(third)["sends"]
    assert (third.exit_code, send["was_sent_before"]) == (0, False)
    assert send["attempts"] == before["attempts"] + 1
    (exchange,) = terminal.server.exchanges()
    assert exchange.msg_uuid == UUID
    assert terminal.send("--text", "发布", "--msg-uuid", UUID).exit_code == 0
    assert len(terminal.server.exchanges()) == 1
    assert terminal.run("verify").exit_code == 0


def test_an_id_is_one_groups_and_one_messages(terminal: Terminal) -> None:
    other = terminal.server.add_robot("别的群", Rules())
    for _ in range(2):
        said = terminal.send("--text", "发布", "--at-mobile", "13800000000", "--msg-uuid", UUID)
        assert "another message" not in said.stderr
    another = terminal.send("--text", "又发布", "--msg-uuid", UUID)
    assert "Under that id stands another message" in another.stderr
    terminal.environ["HOOK"] = f"{terminal.server.url}?access_token={other.access_token}"
    elsewhere = terminal.send("--text", "发布", "--msg-uuid", UUID)
    assert elsewhere.exit_code == ExitCode.USAGE
    assert "That id is of a send to $HOOK" in elsewhere.stderr
    assert len(terminal.server.exchanges()) == 1


def test_the_same_id_at_the_same_time_is_sent_once(terminal: Terminal) -> None:
    command = [sys.executable, "-m", "dingcomposer", "--data-dir", str(terminal.data_dir), "send"]
    given = ["--webhook-env", "HOOK", "--secret-env", "SIGNING", "--text", "a", "--msg-uuid", UUID]
    programs = [
        subprocess.Popen([*command, *given], env=_with(terminal), stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    said = [program.communicate()[1].decode() for program in programs]
    codes = {program.returncode for program in programs}
    assert 0 in codes
    assert codes <= {ExitCode.DELIVERED, ExitCode.UNKNOWN}, said
    assert not [words for words in said if "Traceback" in words]
    assert len(terminal.server.exchanges()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no such way to close it")
def test_a_closed_input_is_an_empty_one(terminal: Terminal) -> None:
    terminal.add_robot(Stage.PRODUCTION)
    command = [sys.executable, "-m", "dingcomposer", "--data-dir", str(terminal.data_dir), "send"]
    for more, words in (
        (["--webhook-env", "HOOK", "--payload", "-"], "The payload is no JSON"),
        (["--robot", GROUP, "--text", "a"], "There is nobody to ask here"),
    ):
        shell = ["sh", "-c", 'exec "$@" <&-', "sh", *command, *more]
        done = subprocess.run(shell, env=_with(terminal), capture_output=True, check=False)
        assert (done.returncode, words in done.stderr.decode()) == (ExitCode.USAGE, True)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="only Linux has such a file")
def test_a_file_that_breaks_while_it_is_read_is_a_sentence(terminal: Terminal) -> None:
    result = terminal.send("--markdown", "/proc/self/mem", "--title", "a")
    assert result.exit_code == ExitCode.USAGE
    assert "/proc/self/mem cannot be read: Input/output error." in result.stderr


def test_a_name_or_number_that_cannot_be_is_a_sentence(terminal: Terminal) -> None:
    no_name, no_number = "x" * 300, "9" * 40
    assert is_command([no_name])
    for words in (
        ("robots", "export", no_name),
        ("verify", "--file", no_name),
        ("send", "--webhook-env", "HOOK", "--table", no_name, "--text", "a"),
        ("check", "--template", f"{no_name}.template.json"),
        ("schedule", "missed", "--send", no_number),
        ("schedule", "missed", "--leave", no_number),
    ):
        result = terminal.run(*words)
        assert isinstance(result.exception, SystemExit), words
        assert result.exit_code in (ExitCode.USAGE, ExitCode.CONFIGURATION), words
        assert result.stderr.strip(), words


def test_the_mark_that_windows_puts_before_a_file_is_no_part_of_it(
    terminal: Terminal, tmp_path: Path
) -> None:
    body, markdown = tmp_path / "body.json", tmp_path / "text.md"
    body.write_text('{"msgtype": "text", "text": {"content": "你好"}}', encoding="utf-8-sig")
    markdown.write_text("# 发布", encoding="utf-8-sig")
    assert terminal.send("--payload", str(body)).exit_code == 0
    assert terminal.send("--markdown", str(markdown), "--title", "发布").exit_code == 0
    _, second = terminal.server.exchanges()
    assert json.loads(second.body)["markdown"]["text"] == "# 发布"


def test_a_used_up_minute_is_told_and_nothing_leaves(terminal: Terminal) -> None:
    for number in range(PACE_PER_MINUTE):
        assert terminal.send("--text", f"第 {number} 条").exit_code == 0
    result = terminal.send("--text", "多出来的一条")
    assert result.exit_code == ExitCode.NOT_SENT
    assert "--wait waits" in result.stderr
    assert len(terminal.server.exchanges()) == PACE_PER_MINUTE


def test_whoever_waits_gets_a_turn_when_the_minute_is_over(terminal: Terminal) -> None:
    terminal.server.robot.rules = replace(terminal.server.robot.rules, pace_per_minute=None)
    for number in range(PACE_PER_MINUTE):
        assert terminal.send("--text", f"第 {number} 条").exit_code == 0
    ago = datetime.now(UTC) - timedelta(seconds=PACE_WINDOW_S - 3 * SOON_S)
    with closing(Database(terminal.data_dir / DATABASE_NAME)) as database, database.transaction():
        database.run("UPDATE attempts SET started_at = ?1, ended_at = ?1", to_micros(ago))
    result = terminal.send("--text", "多出来的一条", "--wait", "--json")
    (send,) = told(result)["sends"]
    assert (result.exit_code, send["status"]) == (ExitCode.DELIVERED, "delivered")
    begun, ended = (datetime.fromisoformat(send[at]) for at in ("created_at", "finished_at"))
    assert ended - begun > timedelta(seconds=SOON_S), "so long it would not have waited unasked"
    assert ended - ago >= timedelta(seconds=PACE_WINDOW_S)


def test_a_dry_run_shows_the_body_and_sends_nothing(terminal: Terminal) -> None:
    result = terminal.send("--text", "你好", "--at-all", "--dry-run")
    assert told(result) == {
        "msgtype": "text",
        "text": {"content": "你好"},
        "at": {"isAtAll": True},
    }
    assert terminal.server.exchanges() == ()


@pytest.mark.parametrize("more", [(), ("--insist",)])
def test_a_robot_without_its_webhook_is_configuration(
    terminal: Terminal, more: tuple[str, ...]
) -> None:
    terminal.add_robot(Stage.TEST, has_token=False)
    result = terminal.run("send", "--robot", GROUP, "--text", "你好", "--json", *more)
    assert result.exit_code == told(result)["exit_code"] == ExitCode.CONFIGURATION
    assert [one["code"] for one in told(result)["blocked"]] == ["no_token"]
    assert "--insist" not in result.stderr


def test_a_payload_that_is_no_message_is_a_sentence(terminal: Terminal) -> None:
    result = terminal.send("--payload", "-", typed='{"msgtype": "text"}')
    assert result.exit_code == ExitCode.USAGE
    assert "The payload is no message: text is missing." in result.stderr


def test_what_would_be_refused_stays_here_unless_somebody_insists(terminal: Terminal) -> None:
    result = terminal.send("--text", "", "--json")
    assert result.exit_code == ExitCode.REFUSED
    assert "This must be filled in, or DingTalk refuses the message." in result.stderr
    assert "--insist" in result.stderr
    found = told(result)
    assert (found["exit_code"], found["sends"]) == (ExitCode.REFUSED, [])
    assert [(one["robot"], one["code"]) for one in found["blocked"]] == [("$HOOK", "empty_field")]
    checked = terminal.run("check", "--text", "", "--json")
    assert checked.exit_code == ExitCode.REFUSED
    assert told(checked)["robots"][0]["findings"][0]["code"] == "empty_field"
    assert terminal.server.exchanges() == ()


def test_verbose_says_each_step_without_secrets(terminal: Terminal) -> None:
    terminal.add_robot(Stage.TEST)
    result = terminal.run("--verbose", "send", "--robot", GROUP, "--text", "你好")
    for step in ("opened", "queued for robot r-1", "its turn has come", "posting to", "HTTP 200"):
        assert step in result.stderr, result.stderr
    assert result.stdout == ""
    for secret in (terminal.server.access_token, terminal.server.secret):
        assert secret not in result.stderr
    quiet = terminal.run("--quiet", "send", "--robot", GROUP, "--text", "再来")
    assert quiet.output == ""
    both = terminal.run("--quiet", "--verbose", "send", "--robot", GROUP, "--text", "a")
    assert both.exit_code == ExitCode.USAGE


def test_a_production_robot_is_agreed_to_by_name(terminal: Terminal) -> None:
    terminal.add_robot(Stage.PRODUCTION)
    nobody = terminal.run("send", "--robot", GROUP, "--text", "你好")
    assert nobody.exit_code == ExitCode.USAGE
    assert "give --yes" in nobody.stderr
    agreed = terminal.run("send", "--robot", GROUP, "--text", "你好", "--yes")
    assert agreed.exit_code == 0, agreed.output
    assert len(terminal.server.exchanges()) == 1


def test_robots_and_history_are_listed_without_secrets(terminal: Terminal) -> None:
    terminal.add_robot(Stage.TEST)
    terminal.run("send", "--robot", GROUP, "--text", "你好")
    robots = terminal.run("robots", "--json")
    assert GROUP in {one["name"] for one in told(robots)["robots"]}
    assert GROUP in terminal.run("robots").stdout
    history = terminal.run("history", "--robot", GROUP, "--json")
    assert [one["headline"] for one in told(history)["sends"]] == ["你好"]
    assert "delivered" in terminal.run("history").stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_each_shell_gets_its_completion(terminal: Terminal, shell: str) -> None:
    result = terminal.run("completion", shell)
    assert result.exit_code == 0
    assert "_DINGCOMPOSER_COMPLETE" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["send", "--text", "a"], True),
        (["--data-dir", "d", "history"], True),
        (["-q", "check"], True),
        ([], False),
        (["--data-dir", "send"], False),
        (["--language", "en"], False),
        (["--tour", "build/tour"], False),
        (["sned", "--text", "a"], True),
        (["notice.dingmsg"], False),
        (["tests"], False),  # a file or folder of that name is there
    ],
)
def test_a_command_is_told_from_the_windows_own_options(
    arguments: list[str], expected: bool
) -> None:
    assert is_command(arguments) is expected


def test_help_loads_neither_qt_nor_what_sends() -> None:
    code = (
        "import sys; from dingcomposer.cli.commands import commands\n"
        "try: commands(['send', '--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted({one.partition('.')[0] for one in sys.modules}"
        " & {'PySide6', 'requests', 'keyring', 'sqlite3', 'markdown'}))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert found.stdout.splitlines()[-1] == b"[]"


def test_a_send_loads_no_widget(terminal: Terminal) -> None:
    code = (
        "import sys; from dingcomposer.cli.commands import commands\n"
        f"try: commands(['--data-dir', {str(terminal.data_dir)!r}, 'send', '--webhook-env', 'HOOK',"
        " '--secret-env', 'SIGNING', '--text', 'a'])\n"
        "except SystemExit as end: print(end.code)\n"
        "print(sorted(one for one in sys.modules if one.startswith('PySide6.Qt')))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, env=_with(terminal)
    )
    assert found.stdout.splitlines() == [b"0", b"['PySide6.QtCore']"]


def _with(terminal: Terminal) -> dict[str, str]:
    from os import environ

    return {
        **environ,
        **terminal.environ,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
