"""Pictures and links in the whole program: switched in the menu, asked about, never fetched."""

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkRequest
from PySide6.QtTest import QTest

from dingcomposer.core.payload import from_payload
from dingcomposer.tour import play
from dingcomposer.ui.texts.images import PictureFault
from tests.fakes.fake_dialogs import Answer, FakeConfirmations
from tests.fakes.programs import Person, Start

WEATHER = "https://img.alicdn.com/tfs/TB1NwmBEL9TBuNjy1zbXXXpepXa-2400-1218.png"


def switch(person: Person) -> QAction:
    found = person.program.window.findChild(QAction, "menu.pictures")
    assert found is not None
    return found


def test_pictures_are_turned_off_in_the_menu_and_stay_off(start: Start) -> None:
    person = start()
    pictures = person.program.pictures
    person.write(play.samples()["markdown"])
    person.wait(lambda: pictures.find(WEATHER).image is not None)
    assert switch(person).isChecked()
    switch(person).trigger()
    assert pictures.find(WEATHER).fault is PictureFault.OFF
    person.program.shut_down()

    again = start()
    assert not switch(again).isChecked()
    pictures = again.program.pictures
    again.wait(lambda: again.program.window.preview.is_settled)
    assert again.program.loader.is_idle
    assert pictures.find(WEATHER).fault is PictureFault.OFF
    switch(again).trigger()
    again.wait(lambda: pictures.find(WEATHER).image is not None)


def test_a_click_on_a_button_of_the_preview_asks_and_opens_nothing_by_itself(
    start: Start, answer: Answer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = answer()
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    person = start()
    person.write(play.samples()["whole_jump"])
    person.wait(lambda: person.program.window.preview.is_settled)
    for choice in ("close", "open"):
        answers.prepared = {"link": choice}
        row = person.driver.find("preview.button.0")
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert [question.name for question in answers.asked] == ["link", "link"]
    assert opened == ["https://www.dingtalk.com/"]


def test_a_test_that_asks_the_net_through_qt_fails(qapp: object) -> None:
    with pytest.raises(Exception, match=r"GET from example\.com"):
        QNetworkAccessManager().get(QNetworkRequest(QUrl("https://example.com/a.png")))


def test_the_question_before_a_send_shows_the_same_pictures(
    start: Start, confirmed: FakeConfirmations
) -> None:
    confirmed.reply = False

    person = start()
    payload = play.samples()["markdown"]
    payload["at"] = {"isAtAll": True}
    person.program.window.open_as_new(from_payload(payload).message)
    person.aim("Sandbox")
    person.program.window.flow.send()
    assert [one.render and one.render.pictures for one in confirmed.shown] == [
        person.program.pictures
    ]
