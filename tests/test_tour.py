"""The tour plays in a process of its own, and fails where a step does not do what it says."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from pytest import MonkeyPatch
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import Kind
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.tour import play as tour
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.style import Device
from tests.fakes.programs import LIMIT_MS, Start

ROOT = Path(__file__).parents[1]
CASES = json.loads((ROOT / "tests" / "cases" / "payloads.json").read_text(encoding="utf-8"))


def test_the_samples_that_ship_are_those_that_dingtalk_documents() -> None:
    documented = [case["payload"] for case in CASES["cases"]]
    assert [sample for sample in tour.samples().values() if sample not in documented] == []
    assert len(tour.samples()) == len(documented) == 6


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("zh_CN", "dark")])
def test_the_tour_plays_without_a_screen_and_saves_a_picture_of_each_step(
    tmp_path: Path, language: str, theme: str
) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    done = subprocess.run(
        [
            *(sys.executable, "-m", "dingcomposer", "--tour", str(tmp_path / "pictures")),
            *("--language", language, "--theme", theme, "--pace", "50"),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr
    pictures = sorted((tmp_path / "pictures").glob("*.png"))
    told = [line for line in done.stdout.splitlines() if line[:2].isdecimal()]
    assert sorted(line.rpartition("(")[2].rstrip(")") for line in told) == [
        picture.name for picture in pictures
    ]
    gallery = {one.stem: QImage(str(one)) for one in pictures if one.stem.startswith("gallery-")}
    assert set(gallery) == {
        f"gallery-{kind}-{device}-{look}"
        for kind in Kind
        for device in Device
        for look in ("light", "dark")
    }
    assert len(pictures) - len(gallery) == 21 + 3
    times = json.loads((tmp_path / "pictures" / "first-minute.json").read_text(encoding="utf-8"))
    assert [(one["name"], one["limit_s"]) for one in times] == [
        ("first", 30.0),
        ("robot", 60.0),
        ("again", 20.0),
    ]
    # What a person needs is counted whatever the pace; the rest is the machine's.
    assert all(5.0 < one["person_s"] < one["limit_s"] for one in times)
    assert all(one["person_s"] < one["seconds"] and one["is_in_time"] for one in times)
    check_gallery(gallery)
    ground = QImage(str(pictures[0])).pixelColor(5, 400)
    assert (ground.lightness() < 128) == (theme == "dark")


def check_gallery(gallery: dict[str, QImage]) -> None:
    """Twice as large as on the screen, in the right look, and with the samples' own pictures."""
    for name, image in gallery.items():
        frame = dt.AVATAR_PX[Device.PC] + dt.AVATAR_GAP_PX + 2 * 16
        if "-pc-" in name and "-text-" not in name:
            assert image.width() == 2 * (dt.CARD_WIDTH_PX[Device.PC] + frame), name
        look = dt.style_of(is_dark=name.endswith("dark"))
        assert image.pixelColor(2, 2).name().upper() == look.chat, name
        if "-text-" not in name and "-link-" not in name:
            x, top = image.width() // 2, image.height() // 4
            colours = {image.pixelColor(x, top + 3 * at).name().upper() for at in range(40)}
            assert look.empty not in colours, f"{name} has a placeholder"
            assert len(colours) > 8, f"{name} has no picture"


def play(folder: Path, before: str = "") -> "subprocess.CompletedProcess[str]":
    """The tour in a process of its own; `before` is carried out there before it begins."""
    code = (
        "import sys\n"
        f"{before}\n"
        "from dingcomposer.__main__ import main\n"
        "sys.exit(main(['--tour', sys.argv[1], '--language', 'en', '--pace', '50']))\n"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=60,
    )


def test_a_step_that_does_not_come_true_fails_the_tour(
    start: Start, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    person = start()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.WRONG_SIGNATURE, times=None),)
    played = tour.Tour(person.program, tmp_path)
    qtbot.waitUntil(lambda: played.error is not None, timeout=LIMIT_MS)
    assert "the verdict says 'Refused: Sandbox'" in capsys.readouterr().err
    assert (tmp_path / "failed.png").exists()


def test_a_beginning_that_takes_a_person_too_long_fails_the_tour(
    start: Start,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("dingcomposer.tour.first_minute.SIGN_KEYS", 30)
    program = start().program
    program.window.focus_first()
    played = tour.FirstMinuteTour(program, folder=tmp_path, pace=200.0, started_at=time.monotonic())
    with qtbot.waitSignal(played.ended, timeout=3 * LIMIT_MS):
        pass
    assert "From the start to a message in the sandbox: it took too long" in capsys.readouterr().err
    (first, *_others) = json.loads((tmp_path / "first-minute.json").read_text(encoding="utf-8"))
    assert not first["is_in_time"]
    assert first["person_s"] > first["limit_s"]


def test_a_refused_message_fails_the_first_minute_at_once(
    start: Start, tmp_path: Path, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    person = start()
    person.program.window.focus_first()
    person.sandbox.robot.faults = (FaultPlan(FaultKind.WRONG_SIGNATURE, times=None),)
    played = tour.FirstMinuteTour(
        person.program, folder=tmp_path, pace=200.0, started_at=time.monotonic()
    )
    with qtbot.waitSignal(played.ended, timeout=LIMIT_MS):
        pass
    assert "the verdict says 'Refused: Sandbox'" in capsys.readouterr().err


def test_a_failed_step_is_the_processs_exit_code(tmp_path: Path) -> None:
    done = play(
        tmp_path,
        "from dingcomposer.ui.send.result_bar import ResultBar as Bar\n"
        "show = Bar.show_result\n"
        "Bar.show_result = lambda self, uuid, status, headline, *rest: "
        "show(self, uuid, status, 'Refused: Sandbox', *rest)\n",
    )
    assert done.returncode == 1
    assert "FAILED" in done.stderr
    assert "'Refused: Sandbox'" in done.stderr
    assert (tmp_path / "failed.png").exists()


def test_a_program_that_breaks_in_the_middle_of_a_step_fails_the_tour(tmp_path: Path) -> None:
    done = play(
        tmp_path,
        "from dingcomposer.tour import play as tour\ntour.Tour._is_new = lambda self: 1 // 0\n",
    )
    assert done.returncode == 1
    assert "FAILED" in done.stderr
    assert "ZeroDivisionError" in done.stderr


def test_a_folder_whose_pictures_cannot_be_written_ends_the_tour(tmp_path: Path) -> None:
    (tmp_path / "01-open.png").mkdir()
    (tmp_path / "failed.png").mkdir()
    done = play(tmp_path)
    assert done.returncode == 1
    assert "01-open.png cannot be written" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "part",
    ["page.SandboxPage.on_exchange", "chat_view.ChatView.add", "requests_model.RequestsModel.add"],
)
def test_a_sandbox_page_that_shows_less_than_it_heard_fails_the_tour(
    part: str, start: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: MonkeyPatch
) -> None:
    monkeypatch.setattr(f"dingcomposer.ui.sandbox.{part}", lambda *_: None)
    assert fails_at(start, tmp_path, qtbot) == "The sandbox group has read all six"


def test_a_history_that_shows_another_status_fails_the_tour(
    start: Start, tmp_path: Path, qtbot: QtBot, monkeypatch: MonkeyPatch
) -> None:
    monkeypatch.setattr("dingcomposer.ui.history.model.status_word", lambda _: "Refused")
    assert fails_at(start, tmp_path, qtbot) == "The history has all six"


def fails_at(start: Start, folder: Path, qtbot: QtBot) -> str:
    """Play the tour with little patience; the words of the step that failed."""
    played = tour.Tour(start().program, folder, limit_s=3.0)
    with qtbot.waitSignal(played.ended, timeout=3 * LIMIT_MS):
        pass
    assert played.error is not None
    return played.words


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    done = play(tmp_path / "file" / "pictures")
    assert done.returncode == 1
    assert "cannot be made" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_machine_without_a_chinese_font_is_told_the_package_that_brings_one(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("here", encoding="utf-8")
    done = play(
        tmp_path / "file" / "pictures",  # cannot be made: it goes no further than that
        "from PySide6.QtGui import QFontDatabase\n"
        "QFontDatabase.families = staticmethod(lambda *_: [])\n",
    )
    (told,) = done.stdout.splitlines()
    assert "There is no Chinese font on this machine" in told
    assert told.endswith("On Debian and Ubuntu, install fonts-wqy-microhei.")
