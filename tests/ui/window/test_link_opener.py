"""A link in a message is shown whole before anything opens, and nothing opens that need not."""

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from dingcomposer.core.browser_links import to_browser_link
from dingcomposer.ui import questions as asking
from dingcomposer.ui.questions import Choice, Question
from dingcomposer.ui.window.link_opener import LinkOpener, LinkTarget, Opens, target_of
from tests.fakes.fake_dialogs import Answer, FakeQuestions

WRAPPED = "dingtalk://dingtalkclient/page/link?url=https%3A%2F%2Fa.cn%2F%3Fx%3D1%26y%3D2&pc_slide="


class OpenedLinks:
    """A link opener whose question is answered, and which opens nothing for real."""

    def __init__(self, questions: FakeQuestions, window: QWidget) -> None:
        self.answers, self.asked = questions.prepared, questions.asked
        self.opened: list[str] = []
        self.said: list[str] = []
        self.can_open = True
        self.links = LinkOpener(window, self.said.append, self._open)

    def _open(self, url: QUrl) -> bool:
        self.opened.append(url.toString())
        return self.can_open

    @property
    def question(self) -> str:
        return f"{self.asked[-1].text}\n{self.asked[-1].details}".replace("\u200b", "")

    @property
    def choices(self) -> list[str]:
        return [choice.key for choice in self.asked[-1].choices]


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def harness(answer: Answer, window: QWidget) -> OpenedLinks:
    return OpenedLinks(answer(), window)


@pytest.mark.parametrize(
    ("link", "target"),
    [
        ("https://a.cn/x", LinkTarget(Opens.SIDE_PANEL, "https://a.cn/x")),
        ("  https://a.cn/x \n", LinkTarget(Opens.SIDE_PANEL, "https://a.cn/x")),
        (WRAPPED + "false", LinkTarget(Opens.BROWSER, "https://a.cn/?x=1&y=2")),
        (WRAPPED + "true", LinkTarget(Opens.SIDE_PANEL, "https://a.cn/?x=1&y=2")),
        (WRAPPED, LinkTarget(Opens.DINGTALK, "https://a.cn/?x=1&y=2")),
        (
            "dingtalk://dingtalkclient/page/link?url=https%253A%252F%252Fa.cn",
            LinkTarget(Opens.DINGTALK, "https://a.cn"),
        ),
        (
            "dingtalk://dingtalkclient/action/open_micro_app",
            LinkTarget(Opens.OTHER, "dingtalk://dingtalkclient/action/open_micro_app"),
        ),
        (
            "dtmd://dingtalkclient/sendMessage?content=%E6%94%B6%E5%88%B0",
            LinkTarget(Opens.POSTS, "收到"),
        ),
        ("dtmd://[", LinkTarget(Opens.OTHER, "dtmd://[")),
        ("mailto:a@b.cn", LinkTarget(Opens.OTHER, "mailto:a@b.cn")),
        ("", LinkTarget(Opens.NOTHING, "")),
        ("  ", LinkTarget(Opens.NOTHING, "")),
    ],
)
def test_a_link_is_taken_apart(link: str, target: LinkTarget) -> None:
    assert target_of(link) == target


def test_the_whole_address_is_shown_and_opened_only_when_told_to(
    harness: OpenedLinks,
) -> None:
    address = "https://a.cn/" + "很长" * 200 + "?token=1#end"
    harness.links.ask(address)
    assert address in harness.question
    assert harness.choices == ["open", "copy", "close"]
    assert harness.opened == []
    harness.answers["link"] = "open"
    harness.links.ask(address)
    assert harness.opened == [QUrl(address).toString()]


def test_the_address_inside_a_link_of_dingtalk_is_opened(harness: OpenedLinks) -> None:
    harness.answers["link"] = "open"
    harness.links.ask(WRAPPED + "false")
    assert harness.opened == ["https://a.cn/?x=1&y=2"]
    assert "https://a.cn/?x=1&y=2" in harness.question
    assert "browser" in harness.question
    assert WRAPPED + "false" in harness.question
    harness.links.ask(WRAPPED + "true")
    assert "side of the chat" in harness.question


def test_a_button_that_posts_shows_what_and_opens_nothing(harness: OpenedLinks) -> None:
    harness.links.ask("dtmd://dingtalkclient/sendMessage?content=https%3A%2F%2Fa.cn")
    assert harness.asked[-1].text.replace("\u200b", "") == "https://a.cn"
    assert "reader's name" in harness.question
    assert harness.choices == ["copy", "close"]
    assert harness.opened == []


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://a.cn/",
        "www.a.cn",
        "dingtalk://dingtalkclient/page/link?url=file%3A%2F%2F%2Fetc%2Fpasswd&pc_slide=false",
    ],
)
def test_what_is_no_web_mail_or_telephone_address_is_never_opened(
    harness: OpenedLinks, link: str
) -> None:
    harness.links.ask(link)
    assert harness.choices == ["copy", "close"]


@pytest.mark.parametrize("link", ["mailto:a@b.cn", "tel:+8657112345678", "http://a.cn"])
def test_mail_and_telephone_are_opened_like_the_web(harness: OpenedLinks, link: str) -> None:
    harness.answers["link"] = "open"
    harness.links.ask(link)
    assert harness.opened == [link]


def test_the_address_can_be_copied_as_it_is(harness: OpenedLinks) -> None:
    harness.answers["link"] = "copy"
    harness.links.ask("https://a.cn/x?y=1&z=二")
    assert QGuiApplication.clipboard().text() == "https://a.cn/x?y=1&z=二"
    assert harness.said == ["Copied"]


def test_what_turns_letters_around_is_seen(harness: OpenedLinks) -> None:
    harness.links.ask("https://a.cn/\u202egpj.exe")
    assert "\u202e" not in harness.question
    assert "\\u202egpj.exe" in harness.question


def test_a_part_without_an_address_asks_nothing(harness: OpenedLinks) -> None:
    harness.links.ask("")
    assert harness.asked == []
    assert harness.said == ["No address is written there yet"]


def test_a_system_without_a_browser_is_told(harness: OpenedLinks) -> None:
    harness.answers["link"] = "open"
    harness.can_open = False
    harness.links.ask("https://a.cn/")
    assert harness.said == ["The system has no program that opens this address"]


def test_what_is_shown_is_never_taken_for_markup(qtbot: QtBot, window: QWidget) -> None:
    question = Question("link", "题", "<b>https://a.cn</b>", (Choice("close", "Close"),), "close")
    seen: list[str] = []

    def look() -> None:
        box = window.findChild(QMessageBox)
        assert box is not None
        label = box.findChild(QLabel, "qt_msgbox_label")
        assert label is not None
        seen.append(f"{label.textFormat().name} {label.text()}")
        box.close()

    from PySide6.QtCore import QTimer

    QTimer.singleShot(0, look)
    assert asking.ask(window, question) == "close"
    assert seen == ["PlainText <b>https://a.cn</b>"]


def test_the_form_that_opens_the_browser_on_phones_too_is_shown_as_the_address_in_it() -> None:
    target = target_of(to_browser_link("https://a.cn/?x=1"))
    assert (target.opens, target.address) == (Opens.BROWSER, "https://a.cn/?x=1")


@pytest.mark.parametrize("link", ["https://evil.example\\[::1]/", "http://a..b/", "https://[::1"])
def test_an_address_whose_host_is_in_doubt_is_shown_and_not_opened(link: str) -> None:
    assert not target_of(link).can_open
