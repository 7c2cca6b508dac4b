"""What a shell completes: options, and the names of what is in the data folder."""

import json
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from os import environ
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from dingcomposer.cli.commands import commands
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.services.engine import DATABASE_NAME
from dingcomposer.storage.database import Database
from dingcomposer.storage.robot_lists import RobotListStore
from dingcomposer.storage.robots import RobotStore
from tests.fakes.terminal import GROUP, Clock, Terminal, told

LINE = "dingcomposer --data-dir {dir} send --robot"


@pytest.fixture
def terminal(terminal: Terminal, clock: Clock) -> Terminal:
    terminal.add_robot(Stage.TEST)
    with closing(Database(terminal.data_dir / DATABASE_NAME)) as database:
        store = RobotStore(database)
        store.add(Robot("r-2", "运维备用"))
        store.add(Robot("r-3", "旧群", is_archived=True))
        RobotListStore(database).replace([RobotList("l-1", "所有分店", ("r-1",))])
    return terminal


def offered(terminal: Terminal, *words: str, begun: str = "") -> list[str]:
    """The values offered behind these words, where the last one begins so."""
    complete = ShellComplete(commands, {}, "dingcomposer", "_DINGCOMPOSER_COMPLETE")
    given = ["--data-dir", str(terminal.data_dir), *words]
    return [one.value for one in complete.get_completions(given, begun)]


@pytest.mark.parametrize(
    ("words", "begun", "expected"),
    [
        (("send", "--robot"), "", [GROUP, "运维备用", "所有分店"]),
        (("send", "--robot"), "运维", [GROUP, "运维备用"]),
        (("send", "--text", "a", "--list"), "", ["所有分店"]),
        (("check", "--robot"), "所", ["所有分店"]),
        (("preview", "--robot"), "", [GROUP, "运维备用"]),
        (("history", "--robot"), "", [GROUP, "运维备用"]),
        (("schedule", "add", "--robot"), "", [GROUP, "运维备用", "所有分店"]),
        (("send",), "--whe", []),
        ((), "sche", ["schedule"]),
        (("schedule",), "ch", ["change"]),
    ],
)
def test_names_are_offered_where_they_are_wanted(
    terminal: Terminal, words: Sequence[str], begun: str, expected: Sequence[str]
) -> None:
    assert offered(terminal, *words, begun=begun) == list(expected)


def test_schedules_are_offered_by_name_and_by_id_where_two_share_it(terminal: Terminal) -> None:
    about = ("--robot", GROUP, "--at", "2026-12-01 09:00", "--text", "早", "--json")
    ids = [
        told(terminal.run("schedule", "add", "--name", name, *about))["schedule_id"]
        for name in ("早报", "周报", "周报")
    ]
    for command in ("show", "change", "pause", "resume", "remove", "run-now"):
        assert offered(terminal, "schedule", command) == ["早报", *ids[1:]]
    terminal.run("schedule", "remove", "早报")
    assert offered(terminal, "schedule", "restore") == ids[:1]
    assert offered(terminal, "schedule", "pause", begun="早") == []


def test_templates_are_offered_and_the_fields_of_the_one_that_is_named(
    terminal: Terminal,
) -> None:
    folder = terminal.data_dir / "templates"
    folder.mkdir()
    document = {
        "format": "dingcomposer-template",
        "version": 1,
        "name": "日报",
        "fields": [{"name": "内容"}, {"name": "地点"}],
        "message": {"msgtype": "text", "text": {"content": "{{内容}}，{{地点}}"}},
    }
    (folder / "日报.template.json").write_text(json.dumps(document), encoding="utf-8")
    assert offered(terminal, "send", "--template", begun="日") == ["日报"]
    assert "日报" in offered(terminal, "templates", "show")
    named = ("send", "--template", "日报", "--field")
    assert offered(terminal, *named) == ["内容=", "地点="]
    assert offered(terminal, *named, begun="地") == ["地点="]
    assert offered(terminal, "send", "--template", "nothing", "--field") == []
    assert offered(terminal, "send", "--field") == []


def test_nothing_is_made_by_it_and_what_cannot_be_read_is_not_offered(
    terminal: Terminal, tmp_path: Path
) -> None:
    terminal.data_dir = tmp_path / "new"
    assert offered(terminal, "send", "--robot") == []
    assert not terminal.data_dir.exists()
    terminal.data_dir.mkdir()
    (terminal.data_dir / DATABASE_NAME).write_bytes(b"nothing like it" * 100)
    assert offered(terminal, "send", "--robot") == []


@pytest.mark.parametrize(
    ("shell", "asked"),
    [
        (
            "bash",
            {"COMP_WORDS": f"{LINE} 运维", "COMP_CWORD": "5"},
        ),
        (
            "zsh",
            {"COMP_WORDS": f"{LINE} 运维", "COMP_CWORD": "5"},
        ),
        (
            "fish",
            {"COMP_WORDS": LINE, "COMP_CWORD": "运维"},
        ),
        (
            "powershell",
            {
                "COMP_WORDS": f"{LINE} 运维",
                "COMP_CWORD": "5",
            },
        ),
    ],
)
def test_each_shell_gets_the_names_from_the_program_without_qt(
    terminal: Terminal, shell: str, asked: dict[str, str]
) -> None:
    asked = {name: value.format(dir=terminal.data_dir) for name, value in asked.items()}
    code = (
        "import sys\n"
        "from dingcomposer import __main__, process\n"
        "process.end = sys.exit\n"
        "try: __main__.run()\n"
        "except SystemExit: pass\n"
        "print('Qt' if any('PySide6' in one for one in sys.modules) else 'no Qt')"
    )
    given = {**environ, **asked, "_DINGCOMPOSER_COMPLETE": f"{shell}_complete"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=given,
        capture_output=True,
        check=True,
        encoding="utf-8",
        timeout=60,
    )
    assert GROUP in done.stdout
    assert "运维备用" in done.stdout
    assert done.stdout.splitlines()[-1] == "no Qt"
