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


def test_only_preview_loads_widgets(terminal: Terminal) -> None:
    code = (
        "import sys; from dingcomposer import __main__ as program, process\n"
        "process.end = sys.exit\n"
        f"sys.argv[1:] = ['--data-dir', {str(terminal.data_dir)!r}, *{{words!r}}]\n"
        "try: program.run()\n"
        "except SystemExit: pass\n"
        "print('PySide6.QtWidgets' in sys.modules)"
    )
    for words, expected in (
        (["check", "--text", "a"], b"False"),
        (["templates", "list"], b"False"),
        (["check", "--template", "周报", "--robot", "Sandbox"], b"False"),
        (["preview", "--text", "a", "-o", str(terminal.data_dir / "x.png")], b"True"),
    ):
        script = code.replace("{words!r}", repr(words))
        found = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
        assert found.stdout.splitlines()[-1] == expected, found.stderr
