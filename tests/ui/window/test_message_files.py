"""A message as a file: saved, opened, handed to a window that is open already."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, Extra, FeedLink, Kind, Mentions
from dingcomposer.core.templates.documents import to_document
from dingcomposer.core.templates.template import Template
from dingcomposer.runtime import AlreadyOpen
from dingcomposer.services.templates import Origin
from dingcomposer.storage import message_files
from dingcomposer.storage.message_files import MessageFileError, MessageFileFault
from dingcomposer.storage.templates.files import ENDING as TEMPLATE
from dingcomposer.ui import questions
from dingcomposer.ui.drafts.controller import file_name_of
from dingcomposer.ui.templates.dialog import TemplatesDialog
from tests.fakes.programs import Person, Start

ROOT = Path(__file__).parents[3]
FULL = Draft(
    kind=Kind.INDEPENDENT,
    title="停机通知",
    text="# 今晚\n**停机** 😀",
    mentions=Mentions(("13800000001",), ("u1",), is_all=True),
    message_url="https://example.com/?a=1&b=2",
    picture_url=None,
    jump=Button("看", "https://example.com/1"),
    buttons=(Button("好", "https://example.com/2"), Button("不", "https://example.com/3")),
    orientation=None,
    hide_avatar=True,
    feed=(FeedLink("一", "https://example.com/4", "https://example.com/5.png"),),
    browser_links=True,
    extras=(Extra(("mine",), '{"a": 1}'),),
    sends_extras=True,
)


def act(person: Person, name: str) -> None:
    action = person.program.window.menus.findChild(QAction, f"menu.{name}")
    assert action is not None
    action.trigger()


def saved_as(person: Person, path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(questions, "choose_new_file", lambda *_: str(path))
    act(person, "save_file")
    return path


def said(person: Person) -> str:
    return person.driver.read("status.said")


def test_what_is_saved_is_opened_again_with_all_its_kinds(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start()
    session = person.program.session
    session.edit(FULL)
    path = saved_as(person, tmp_path / "a.dingmsg", monkeypatch)
    monkeypatch.setattr(questions, "choose_file", lambda *_: str(path))
    before = session.draft_id
    act(person, "open_file")
    assert session.draft_id != before, "beside the draft that was open, not over it"
    assert session.draft == FULL
    assert session.target_id is None


def test_the_ending_is_added_where_it_was_not_given(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start()
    person.write_text("早上好")
    saved_as(person, tmp_path / "hello", monkeypatch)
    assert [path.name for path in tmp_path.glob("hello*")] == ["hello.dingmsg"]


def test_no_token_no_secret_and_no_group_stands_in_it(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    token, secret = "d" * 64, "SEC" + "e" * 64
    person = start()
    person.add_robot(
        "prodgroup", f"https://oapi.dingtalk.com/robot/send?access_token={token} {secret}"
    )
    person.aim("prodgroup")
    text = f"见 https://oapi.dingtalk.com/robot/send?access_token={token} 和 {secret}"
    person.program.session.edit(replace(Draft(), text=text))
    path = saved_as(person, tmp_path / "a.dingmsg", monkeypatch)
    written = path.read_text("utf-8")
    assert token not in written
    assert secret not in written
    assert "prodgroup" not in written
    assert "left out" in said(person)


def test_an_empty_message_is_not_saved(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    person = start()
    monkeypatch.setattr(questions, "choose_new_file", lambda *_: pytest.fail("asked for nothing"))
    act(person, "save_file")
    assert said(person) == "Nothing is written yet."


def test_a_place_that_cannot_be_written_is_told(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = start()
    person.write_text("早上好")
    (tmp_path / "file").write_text("", encoding="utf-8")
    saved_as(person, tmp_path / "file" / "a.dingmsg", monkeypatch)
    assert "a.dingmsg could not be written" in said(person)


@pytest.mark.parametrize(
    ("held", "fault"),
    [
        (None, MessageFileFault.GONE),
        (b"", MessageFileFault.NOT_ONE),
        (b"[]", MessageFileFault.NOT_ONE),
        (b'{"msgtype": "text"}', MessageFileFault.NOT_ONE),
        (
            b'{"format": "dingcomposer-message", "version": 1, "draft": {}}',
            MessageFileFault.NOT_ONE,
        ),
        (b'{"format": "dingcomposer-message", "version": 2, "draft": {}}', MessageFileFault.NEWER),
        (b"[" * 100_000, MessageFileFault.NOT_ONE),
        (b" " * (message_files.MOST_BYTES + 1), MessageFileFault.NOT_ONE),
        (b"\xff\xfe\x00", MessageFileFault.NOT_ONE),
    ],
)
def test_what_is_no_message_is_told_and_changes_nothing(
    start: Start, tmp_path: Path, held: bytes | None, fault: MessageFileFault
) -> None:
    path = tmp_path / "坏 了.dingmsg"
    if held is not None:
        path.write_bytes(held)
    with pytest.raises(MessageFileError) as caught:
        message_files.read_file(path)
    assert caught.value.fault is fault
    person = start()
    person.write_text("刚开始写")
    before = person.program.session.draft
    person.program.window.pasting.open_files([path])
    assert person.program.session.draft == before
    assert said(person).startswith("坏 了.dingmsg ")


def test_a_file_that_is_dropped_is_opened(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "a.dingmsg"
    document = {"format": "dingcomposer-message", "version": 1}
    content = json.loads(_content_of(FULL, tmp_path))["draft"]
    path.write_text(json.dumps({**document, "draft": content}), encoding="utf-8")
    person = start()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    what = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    no_key = Qt.KeyboardModifier.NoModifier
    window = person.program.window
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(5, 5), *what, no_key))
    QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), *what, no_key))
    assert person.program.session.draft == FULL


def test_a_template_is_taken_in_and_shown(start: Start, tmp_path: Path) -> None:
    path = tmp_path / f"停机{TEMPLATE}"
    template = Template("停机", Draft(text="今晚 {{时间}} 停机"))
    path.write_text(json.dumps(to_document(template)), encoding="utf-8")
    person = start()
    person.program.window.pasting.open_files([path])
    dialog = person.program.window.findChild(TemplatesDialog)
    assert dialog is not None
    assert dialog.chosen is not None
    assert dialog.chosen.origin is Origin.OWN
    assert dialog.chosen.template.draft.text == "今晚 {{时间}} 停机"


def test_the_file_of_the_first_start_is_opened_in_its_window(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "a.dingmsg"
    path.write_text(_content_of(FULL, tmp_path), encoding="utf-8")
    person = start(file=path)
    person.wait(lambda: person.program.session.draft == FULL)


def test_the_file_of_a_second_start_is_opened_in_the_first_ones_window(
    start: Start, tmp_path: Path, qtbot: QtBot, expect_log: Callable[[str], None]
) -> None:
    expect_log(r"does not support raise\(\)")  # the offscreen platform has no stack of windows
    path = tmp_path / "有 空格.dingmsg"
    path.write_text(_content_of(FULL, tmp_path), encoding="utf-8")
    person = start()
    with qtbot.waitSignal(person.program.instance.raised), pytest.raises(AlreadyOpen):
        start(file=path)
    person.wait(lambda: person.program.session.draft == FULL)


MACOS_OPENS = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer, QUrl
from PySide6.QtGui import QFileOpenEvent
from dingcomposer import __main__, app

build = app.build

def told_of_a_file(application, options):
    program = build(application, options)
    def tell():
        QCoreApplication.sendEvent(application, QFileOpenEvent(QUrl("https://example.com/a")))
        assert not program.session.draft.text
        QCoreApplication.sendEvent(application, QFileOpenEvent(sys.argv[2]))
        print(program.session.draft.text)
        program.window.close()
    program.window.painted.connect(lambda: QTimer.singleShot(0, tell))
    return program

app.build = told_of_a_file
sys.exit(__main__.main(["--data-dir", sys.argv[1]]))
"""


def test_a_file_that_macos_opens_is_opened_in_the_window(tmp_path: Path) -> None:
    # It comes as an event and not as an argument, to the program that is running.
    path = tmp_path / "有 空格.dingmsg"
    path.write_text(_content_of(Draft(text="由系统打开"), tmp_path), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", MACOS_OPENS, tmp_path / "data", path],
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        timeout=60,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "由系统打开\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("今晚停机", "今晚停机"),
        ('a/b\\c:d*e?"<>|f', "a-b-c-d-e-f"),
        ("…", "…"),
        ("///", "message"),
        ("", "message"),
        ("长" * 200, "长" * 60),
    ],
)
def test_a_title_makes_a_file_name_that_every_system_takes(title: str, name: str) -> None:
    assert file_name_of(title) == name


def _content_of(draft: Draft, tmp_path: Path) -> str:
    """What a file of this draft holds."""
    place = tmp_path / "made.dingmsg"
    message_files.write_file({"version": 1, **asdict(draft)}, place)
    text = place.read_text("utf-8")
    place.unlink()
    return text
