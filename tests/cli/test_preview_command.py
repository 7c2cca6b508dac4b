"""`preview`: the same pixels as the window's export, and nothing else on standard output."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QImage

from dingcomposer.cli.answers import ExitCode
from dingcomposer.core.contacts import Contact
from dingcomposer.core.robot import Stage
from tests.fakes.fake_dialogs import FakeSaveDialog
from tests.fakes.programs import Person, Start
from tests.fakes.terminal import Terminal

BODY: dict[str, object] = {
    "msgtype": "markdown",
    "markdown": {
        "title": "停机",
        "text": "# 停机通知\n\n今晚 **22:00**，请 @13800000000 留意"
        " [公告](https://a.example)\n\n> 谢谢",
    },
    "at": {"atMobiles": ["13800000000"]},
}


def preview(data_dir: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "dingcomposer", "--data-dir", str(data_dir), "preview"]
    environ = {
        **{name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"},
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    body = json.dumps(BODY).encode()
    return subprocess.run(
        [*command, "--payload", "-", *arguments],
        input=body,
        capture_output=True,
        check=False,
        env=environ,
    )


def export(person: Person, dialog: FakeSaveDialog, path: Path, device: str, *, dark: bool) -> None:
    """Save the message through the preview's menu, as a person does."""
    panel = person.program.window.preview
    panel.set_dark(dark)
    dialog.answer = str(path)
    action = panel.findChild(QAction, f"preview.approval.save.{device}")
    assert action is not None
    with person.qtbot.waitSignal(panel.said):
        action.trigger()


@pytest.mark.parametrize("dark", [False, True])
def test_it_draws_the_pixels_of_the_windows_export(
    start: Start, save_dialog: FakeSaveDialog, tmp_path: Path, dark: bool
) -> None:
    person = start()
    person.program.contacts.put([Contact("张三", "13800000000")])
    group = person.add_group("运维值班", Stage.TEST)
    person.aim("运维值班")
    person.write(BODY)
    look = ["--dark"] if dark else []
    for device in ("pc", "phone", "both"):
        exported, drawn = tmp_path / f"{device}.png", tmp_path / f"{device}-drawn.png"
        export(person, save_dialog, exported, device, dark=dark)
        words = ["--device", device, "--robot", group.name, "-o", str(drawn), *look]
        done = preview(tmp_path / "data", *words)
        assert done.returncode == 0, done.stderr
        assert done.stdout == b""
        image = QImage(str(drawn))
        assert not image.isNull()
        assert image == QImage(str(exported)), device


def test_standard_output_is_the_picture_alone(tmp_path: Path) -> None:
    done = preview(tmp_path / "data", "-o", "-", "--bare")
    assert done.returncode == 0, done.stderr
    image = QImage.fromData(done.stdout)
    assert image.pixelColor(0, 0).alpha() == 0
    assert done.stderr.decode().splitlines() == ["Drawn."]


def test_a_place_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    done = preview(tmp_path / "data", "-o", str(tmp_path / "nowhere" / "x.png"))
    assert done.returncode == ExitCode.CONFIGURATION
    assert b"cannot be written: No such file" in done.stderr
    assert b"Traceback" not in done.stderr


def test_without_something_that_draws_it_says_so(terminal: Terminal) -> None:
    result = terminal.run("preview", "-o", "x.png", "--text", "a")
    assert result.exit_code == ExitCode.USAGE
    assert "Nothing draws here" in result.stderr


def test_only_preview_loads_widgets(terminal: Terminal, tmp_path: Path) -> None:
    table, bundle = tmp_path / "rows.csv", tmp_path / "all.dingcomposer"
    table.write_text("name\n张三\n", encoding="utf-8")
    at = ["--at", "2027-01-04 09:00", "--zone", "Asia/Shanghai"]
    robot = ["--robot", "Sandbox"]
    known = {"项目": "a", "本周完成": "b", "下周计划": "c", "进度": "50", "我的名字": "d"}
    fields = [word for one, value in known.items() for word in ("--field", f"{one}={value}")]
    without = [
        ["send", "--webhook-env", "HOOK", "--secret-env", "SIGNING", "--text", "a"],
        ["send", "--webhook-env", "HOOK", "--text", " "],  # its finding is in the window's words
        ["send", "--webhook-env", "HOOK", "--table", str(table), "--text", "{{name}}", "--dry-run"],
        ["check", "--text", "a"],
        ["check", "--template", "周报", *fields],
        ["history"],
        ["robots"],
        ["robots", "lists"],
        ["robots", "export", str(bundle)],
        ["robots", "import", str(bundle), "--dry-run"],
        ["templates", "list"],
        ["templates", "show", "周报"],
        ["schedule", "add", *robot, "--name", "a", "--text", "a", *at, "--dry-run"],
        ["schedule", "list"],
        ["schedule", "run-due"],
        ["schedule", "missed"],
        ["schedule", "days"],
        ["schedule", "entry", "show"],
        ["verify"],
        ["sandbox", "--help"],
        ["completion", "bash"],
    ]
    lines = _run_in_one_process(terminal, without)
    assert [line for line in lines if line.split()[1] != "False"] == []
    codes = [int(line.split()[0]) for line in lines]
    ended = {" ".join(words): code for words, code in zip(without, codes, strict=True)}
    refused = " ".join(without[1])
    assert ended.pop(refused) == ExitCode.REFUSED
    assert [words for words, code in ended.items() if code] == []
    drawn = _run_in_one_process(
        terminal, [["preview", "--text", "a", "-o", str(tmp_path / "x.png")]]
    )
    assert [line.split()[:2] for line in drawn] == [["0", "True"]]


def _run_in_one_process(terminal: Terminal, commands: list[list[str]]) -> list[str]:
    """Of each command: its exit code, whether a module with widgets is loaded by then, and it."""
    code = (
        "import contextlib, io, sys; from dingcomposer import __main__ as program, process\n"
        "process.end = sys.exit\n"
        f"for words in {commands!r}:\n"
        "    with contextlib.redirect_stdout(io.StringIO()):\n"
        f"        try: program.run(['--data-dir', {str(terminal.data_dir)!r}, *words])\n"
        "        except SystemExit as end: code = end.code\n"
        "    print(code, bool({'PySide6.QtWidgets', 'PySide6.QtGui'} & {*sys.modules}), *words)"
    )
    environ = {
        **os.environ,
        **terminal.environ,
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=False, env=environ
    )
    assert found.returncode == 0, found.stderr.decode()
    return found.stdout.decode().splitlines()
