"""`send --table`: one message for each row, with a finding at its row or an outcome beside it."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import Result

from dingcomposer.cli.answers import ExitCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.robot import Stage
from dingcomposer.interchange.sheets import read_sheets
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from tests.fakes.terminal import GROUP, Terminal, told
from tests.fakes.workbooks import locked_workbook

TEXT = "{{姓名}}，本月 {{金额}} 元"


def table(folder: Path, *rows: Sequence[str], name: str = "表.csv", encoding: str = "utf-8") -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    path = folder / name
    path.write_bytes(out.getvalue().encode(encoding))
    return str(path)


@pytest.fixture
def groups(terminal: Terminal) -> Terminal:
    """Two robots, one of them of a production group, and two contacts."""
    terminal.add_contacts(Contact("张三", "13800000001"), Contact("李四", "13800000002"))
    terminal.add_robot(Stage.TEST)
    terminal.add_robot(Stage.PRODUCTION, "门店二", "r-2")
    return terminal


def sent(terminal: Terminal) -> list[str]:
    return [
        json.loads(one.body)["text"]["content"]
        for one in terminal.server.exchanges()
        if one.is_taken
    ]


def send(terminal: Terminal, path: str, *more: str) -> Result:
    return terminal.run("send", "--table", path, "--text", TEXT, *more)


def test_each_row_goes_to_its_robot_with_its_own_words(groups: Terminal, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ("群", "姓名", "金额", "谁"),
        (GROUP, "张三", "1,200", "张三"),
        ("门店二", "李四", "0", "13800000002"),
        ("", "王五", "7", ""),
        encoding="gb18030",
    )
    columns = ("--robot-column", "群", "--mention-column", "谁", "--robot", GROUP)
    result = send(groups, path, *columns, "--yes", "--json")
    assert result.exit_code == 0, result.output
    assert [one["status"] for one in told(result)["rows"]] == ["delivered"] * 3
    assert [one["robot"] for one in told(result)["rows"]] == [GROUP, "门店二", GROUP]
    assert [one["findings"] for one in told(result)["rows"]] == [
        [],
        [],
        [{"code": "nobody_mentioned", "column": "谁", "words": ""}],
    ]
    assert told(result)["mentions_nobody"] == 1
    assert "row 4: warning: this row mentions nobody (谁)" in result.stderr
    assert "1 message mentions nobody." in result.stderr
    assert f"3 messages to 2 robots: {GROUP} 2, 门店二 1." in result.stderr
    bodies = [json.loads(one.body) for one in groups.server.exchanges()]
    assert {one["text"]["content"]: one.get("at", {}).get("atMobiles") for one in bodies} == {
        "张三，本月 1,200 元\n@13800000001": ["13800000001"],
        "李四，本月 0 元\n@13800000002": ["13800000002"],
        "王五，本月 7 元": None,
    }


def test_findings_stand_at_their_rows_and_nothing_leaves(groups: Terminal, tmp_path: Path) -> None:
    path = table(
        tmp_path,
        ("群", "姓名", "金额", "谁"),
        (GROUP, "张三", "1", "张三"),
        ("没有的群", "李四", "2", "李四"),
        (GROUP, "", "3", "李四"),
        (GROUP, "王五", "#N/A", "李四"),
        (GROUP, "王五", "5", "赵六"),
        (GROUP, "张三", "1", "张三"),
    )
    columns = ("--robot-column", "群", "--mention-column", "谁")
    result = send(groups, path, *columns, "--json")
    assert result.exit_code == ExitCode.USAGE
    assert sent(groups) == []
    codes = {one["row"]: [f["code"] for f in one["findings"]] for one in told(result)["rows"]}
    assert codes == {
        2: [],
        3: ["robot_unknown"],
        4: ["field_empty"],
        5: ["cell_error"],
        6: ["person_unknown"],
        7: ["same_as"],
    }
    assert "row 3: there is no robot called '没有的群' (群)" in result.stderr
    assert "Nothing was sent: 5 rows are kept back" in result.stderr
    good = send(groups, path, *columns, "--only-good-rows", "--json")
    assert good.exit_code == 0, good.output
    assert len(sent(groups)) == 1
    assert [one["status"] for one in told(good)["rows"]] == ["delivered", *[None] * 5]


def test_a_column_may_be_empty_and_its_line_is_left_out_then(
    groups: Terminal, tmp_path: Path
) -> None:
    path = table(tmp_path, ("姓名", "备注"), ("张三", ""), ("李四", "含奖金"), ("", "无"))
    text = "{{姓名}} 的工资已发\n备注：{{备注}}"
    given = ("send", "--table", path, "--text", text, "--robot", GROUP, "--only-good-rows")
    result = groups.run(*given, "--optional-column", "备注", "--json")
    assert result.exit_code == 0, result.output
    codes = [[f["code"] for f in one["findings"]] for one in told(result)["rows"]]
    assert codes == [[], [], ["field_empty"]]
    assert sorted(sent(groups)) == ["张三 的工资已发", "李四 的工资已发\n备注：含奖金"]
    odd = groups.run(*given, "--optional-column", "部门")
    assert (odd.exit_code, "No field {{部门}} stands in the message" in odd.stderr) == (2, True)


def test_one_row_to_one_robot_is_counted_in_the_singular(groups: Terminal, tmp_path: Path) -> None:
    path = table(tmp_path, ("姓名", "金额"), ("张三", "1"))
    result = send(groups, path, "--robot", GROUP)
    assert f"1 message to 1 robot: {GROUP} 1." in result.stderr


def test_rows_for_a_robot_without_its_webhook_end_as_configuration(
    groups: Terminal, tmp_path: Path
) -> None:
    groups.add_robot(Stage.TEST, "门店三", "r-3", has_token=False)
    path = table(tmp_path, ("姓名", "金额"), ("张三", "1"))
    result = send(groups, path, "--robot", "门店三", "--json")
    assert result.exit_code == told(result)["exit_code"] == ExitCode.CONFIGURATION
    assert "row 2: Webhook: This robot has no webhook." in result.stderr
    assert "1 row is kept back" in result.stderr


def test_a_production_robot_among_the_rows_is_agreed_to(groups: Terminal, tmp_path: Path) -> None:
    path = table(tmp_path, ("群", "姓名", "金额"), ("门店二", "张三", "1"))
    nobody = send(groups, path, "--robot-column", "群")
    assert nobody.exit_code == ExitCode.USAGE
    assert "门店二: production" in nobody.stderr
    assert sent(groups) == []


def test_a_dry_run_is_the_sandboxs_word_and_sends_nothing(groups: Terminal, tmp_path: Path) -> None:
    path = table(tmp_path, ("姓名", "金额"), *((f"人 {n}", str(n)) for n in range(30)))
    result = send(groups, path, "--robot", GROUP, "--dry-run", "--json")
    assert result.exit_code == 0, result.output
    found = told(result)
    assert found["dry_run"]
    assert [one["sandbox"] for one in found["rows"]] == ["delivered"] * 30, "without the pace"
    assert "The sandbox took 30 of 30. Nothing left." in result.stderr
    assert groups.server.exchanges() == ()
    assert groups.run("history").stdout == ""


def test_the_outcome_is_a_column_of_a_copy(groups: Terminal, tmp_path: Path) -> None:
    path = table(
        tmp_path, ("姓名", "金额", "status"), ("张三", "1", "x"), ("李四", "2", "y"), ("", "3", "z")
    )
    groups.server.robot.faults = (FaultPlan(FaultKind.CLOSE, times=1),)
    outcome = tmp_path / "结果.xlsx"
    options = ("--robot", GROUP, "--only-good-rows", "--outcome", str(outcome))
    result = send(groups, path, *options)
    assert result.exit_code == ExitCode.UNKNOWN, result.output
    (sheet,) = read_sheets(outcome)
    assert sheet.rows[0] == ("姓名", "金额", "status", "status*", "reason", "time", "msg_uuid")
    statuses = [row[3] for row in sheet.rows[1:]]
    assert sorted(statuses) == ["blocked", "delivered", "unknown"]
    assert (sheet.rows[3][3], sheet.rows[3][4]) == ("blocked", "姓名 is empty")
    assert [row[:3] for row in sheet.rows[1:]] == [
        ("张三", "1", "x"),
        ("李四", "2", "y"),
        ("", "3", "z"),
    ]
    again = tmp_path / "结果.csv"
    changed = table(tmp_path, ("姓名", "金额"), ("甲", "1"), name="二.csv")
    assert send(groups, changed, "--robot", GROUP, "--outcome", str(again)).exit_code == 0
    lines = again.read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "姓名,金额,status,reason,time,msg_uuid"
    assert lines[1].startswith("甲,1,delivered,,")


def test_a_template_takes_columns_and_constants(groups: Terminal, tmp_path: Path) -> None:
    path = table(tmp_path, ("寿星", "部门"), ("张三", "研发"), ("李四", "人事"))
    fields = ("--template", "生日祝福", "--field", "祝福=生日快乐", "--robot", GROUP)
    result = groups.run("send", "--table", path, *fields)
    assert result.exit_code == 0, result.output
    assert {text.split("\n")[1] for text in sent(groups)} == {"生日快乐"}
    assert sorted(text.split("—— ")[1] for text in sent(groups)) == ["人事全体同事", "研发全体同事"]


@pytest.mark.parametrize(
    ("rows", "arguments", "words"),
    [
        ([], ("--robot", GROUP), "表.csv: it is empty"),
        ([("姓名", "金额")], ("--robot", GROUP), "there is no row below the headings"),
        ([("姓名",), ("张三",)], ("--robot", GROUP), "No column gives {{金额}}. The columns: 姓名"),
        (
            [("姓名", "金额"), ("张三", "1")],
            ("--robot-column", "群"),
            "The table has no column '群'. Its columns: 姓名, 金额",
        ),
        ([("姓名", "金额"), ("张三", "1")], (), "Name --robot for all rows"),
        (
            [("姓名", "金额"), ("张三", "1")],
            ("--robot", GROUP, "--msg-uuid", "7c9e6679-7425-40de-944b-e07fc1f90ae7"),
            "are for one message",
        ),
        (
            [("姓名", "金额"), ("张三", "1")],
            ("--robot", GROUP, "--sheet", "一月"),
            "There is no sheet '一月'",
        ),
        (
            [("姓名", "金额"), *[("张三", "1")] * 10_001],
            ("--robot", GROUP),
            "it has 10001 rows; at most 10000",
        ),
    ],
)
def test_a_table_that_does_not_fit_is_a_sentence(
    groups: Terminal, tmp_path: Path, rows: list[tuple[str]], arguments: tuple[str], words: str
) -> None:
    result = send(groups, table(tmp_path, *rows), *arguments)
    assert result.exit_code == ExitCode.USAGE, result.output
    assert words in result.stderr
    assert groups.server.exchanges() == ()


def test_a_file_that_is_no_table_is_a_sentence(groups: Terminal, tmp_path: Path) -> None:
    locked = tmp_path / "锁.xlsx"
    locked.write_bytes(locked_workbook())
    result = send(groups, str(locked), "--robot", GROUP)
    assert (result.exit_code, "it opens with a password only" in result.stderr) == (2, True)
    gone = send(groups, str(tmp_path / "没有.xlsx"), "--robot", GROUP)
    assert (gone.exit_code, "there is no such file" in gone.stderr) == (2, True)
    alone = groups.run("send", "--robot", GROUP, "--text", "a", "--robot-column", "群")
    assert (alone.exit_code, "belong to --table" in alone.stderr) == (2, True)


def test_a_killed_command_goes_on_where_it_was(groups: Terminal, tmp_path: Path) -> None:
    path = table(tmp_path, ("姓名", "金额"), *((f"人 {n}", str(n)) for n in range(19)))
    groups.server.robot.faults = (FaultPlan(FaultKind.SLOW, seconds=0.1),)
    arguments = ("--webhook-env", "HOOK", "--secret-env", "SIGNING", "--table", path)
    command = [sys.executable, "-m", "dingcomposer", "--data-dir", str(groups.data_dir), "send"]
    environ = {
        **os.environ,
        **groups.environ,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    with subprocess.Popen([*command, *arguments, "--text", TEXT], env=environ) as program:
        limit = time.monotonic() + 20
        while len(groups.server.exchanges()) < 4 and time.monotonic() < limit:
            time.sleep(0.01)  # it is another process
        program.send_signal(signal.SIGKILL)
    before = len(sent(groups))
    assert 4 <= before < 19
    groups.server.robot.faults = ()
    result = groups.run("send", *arguments, "--text", TEXT)
    assert "It goes on:" in result.stderr, result.output
    counts = Counter(sent(groups))
    assert max(counts.values()) == 1
    assert result.exit_code in (ExitCode.DELIVERED, ExitCode.UNKNOWN)
    assert len(counts) >= 18, "all but the one that was under way"
    again = groups.run("history", "--limit", "100").stdout
    assert len(again.splitlines()) >= 19
