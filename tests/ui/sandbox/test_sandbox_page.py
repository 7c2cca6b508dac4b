"""The page of the sandbox, around a real server that is posted to."""

import http.client
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlencode, urlsplit

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from dingcomposer.core.messages import Markdown, Message, Text
from dingcomposer.core.payload import encode
from dingcomposer.sandbox.faults import FaultKind
from dingcomposer.sandbox.rules import Rules
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.translations import Language, Translators
from dingcomposer.ui.preview.bubble.bubble import Bubble, RenderContext
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.sandbox.chat_view import BATCH, MOST_BUBBLES
from dingcomposer.ui.sandbox.fault_picker import Often
from dingcomposer.ui.sandbox.page import SandboxPage
from tests.fakes.navigators import Asked
from tests.fakes.sandbox_client import call, sign
from tests.fakes.widget_driver import WidgetDriver


@contextmanager
def translated(qapp: QApplication) -> Iterator[None]:
    """The window's Chinese, for as long as it lasts."""
    translators, before = Translators(qapp), QLocale()
    translators.use(Language.CHINESE)
    yield
    translators.uninstall()
    QLocale.setDefault(before)


class SandboxDriver(WidgetDriver):
    """A person at the page, and a script that posts to the server."""

    def __init__(self, page: SandboxPage, server: SandboxServer) -> None:
        super().__init__(page)
        self.page, self.server = page, server
        self._count = 0

    def post(self, message: Message | bytes, *, secret: str = "", msg_uuid: str = "") -> None:
        """Post and hear of it, as the bridge does it in the program."""
        self._count += 1
        body = message
        if not isinstance(body, bytes):
            body = encode(message, msg_uuid or f"u-{self._count}")  # type: ignore[arg-type]
        timestamp = int(time.time() * 1000)
        key = secret or self.server.secret
        query = {
            "access_token": self.server.access_token,
            "timestamp": timestamp,
            "sign": sign(key, timestamp),
        }
        with suppress(http.client.HTTPException, OSError):
            call(f"{self.server.url}?{urlencode(query)}", body)
        self.page.on_exchange(self.server.exchanges()[-1])

    def request(self) -> str:
        return self.text("sandbox.request")

    def keywords(self) -> QLineEdit:
        return self.get(QLineEdit, "sandbox.keywords")

    def faults(self) -> QComboBox:
        return self.get(QComboBox, "sandbox.fault")

    def order(self, kind: FaultKind) -> None:
        """Choose what goes wrong next, with the keys."""
        self.choose("sandbox.fault", kind.value)

    def rows(self) -> list[tuple[str, str]]:
        """Verdict and words of each request, the newest first."""
        model = self.page.table.model()
        return [
            (model.index(row, 1).data(), model.index(row, 2).data())
            for row in range(model.rowCount())
        ]

    def bubbles(self) -> list[str]:
        """What each bubble says, to a screen reader too, from the top."""
        return [bubble.accessibleName() for bubble in self.page.findChildren(Bubble)]


def make_page() -> SandboxPage:
    return SandboxPage(Asked().navigator, RenderContext(ImageStore()))


@pytest.fixture
def server() -> Iterator[SandboxServer]:
    with SandboxServer(name="沙箱", pace_per_minute=None) as server:
        yield server


@pytest.fixture
def make_group(qtbot: QtBot, server: SandboxServer) -> Callable[[], SandboxDriver]:
    def make() -> SandboxDriver:
        page = make_page()
        qtbot.addWidget(page)
        page.resize(1060, 760)
        page.set_server(server)
        page.show()
        return SandboxDriver(page, server)

    return make


@pytest.fixture
def group(make_group: Callable[[], SandboxDriver]) -> SandboxDriver:
    return make_group()


def test_before_the_server_is_up_nothing_can_be_set(qtbot: QtBot) -> None:
    page = make_page()
    qtbot.addWidget(page)
    box = page.findChild(QComboBox, "sandbox.fault")
    assert isinstance(box, QComboBox)
    assert not box.isEnabled()
    page.set_failed("No port could be had.")
    address = page.findChild(QLabel, "sandbox.address")
    assert isinstance(address, QLabel)
    assert address.text() == "No port could be had."
    assert not box.isEnabled()


def test_it_says_where_it_listens_and_how_to_begin(group: SandboxDriver) -> None:
    assert group.server.url in group.label("sandbox.address")
    assert group.sees("sandbox.empty")
    assert group.server.access_token not in group.label("sandbox.address")


def test_what_is_taken_stands_in_the_group_newest_last(qtbot: QtBot, group: SandboxDriver) -> None:
    group.post(Text("第一"))
    group.post(Markdown("t", "**第二**"))
    group.post(Text("错"), secret="SECwrong")
    assert group.page.chat.numbers == (1, 2)
    qtbot.waitUntil(lambda: group.bubbles() == ["沙箱: 第一", "沙箱: 第二"])
    assert not group.sees("sandbox.empty")


def test_every_request_has_its_verdict_in_words(group: SandboxDriver) -> None:
    group.post(Text("你好"), msg_uuid="same")
    group.post(Text("你好"), msg_uuid="same")
    group.post(Text("你好"), secret="SECwrong")
    group.order(FaultKind.HTML)
    group.post(Text("你好"))
    verdicts = [verdict for verdict, _ in group.rows()]
    assert verdicts == ["No verdict", "Refused", "Repeated", "Accepted"]
    assert group.rows()[1][1] == "The signature does not match."
    assert group.rows()[3][1] == "你好"


def test_a_look_at_the_clock_is_no_refusal(group: SandboxDriver) -> None:
    parts = urlsplit(group.server.url)
    call(f"{parts.scheme}://{parts.netloc}/", b"", method="GET", headers={})
    group.page.on_exchange(group.server.exchanges()[-1])
    ((verdict, words),) = group.rows()
    assert verdict == "Question" and "Nothing was to be posted" in words
    assert "POST" not in words and "Refused" not in group.label("sandbox.verdict.headline")


def test_a_request_is_shown_in_full_and_without_its_secrets(group: SandboxDriver) -> None:
    group.post(Text("错"), secret="SECwrong")
    assert group.label("sandbox.verdict.headline").startswith("Refused")
    assert "310000 · sign not match" in group.label("sandbox.verdict.own_words")
    request = group.request()
    assert "POST /robot/send?access_token=…&timestamp=" in request
    assert "&sign=…" in request
    assert "Content-Type: application/json; charset=utf-8" in request
    assert '  "msgtype": "text",' in request
    assert group.server.access_token not in request


def test_what_was_wrong_is_said_beside_dingtalks_words(group: SandboxDriver) -> None:
    group.post(Text("你好"))
    assert not group.sees("sandbox.diagnoses")
    group.post(Text("你好"), secret="SECwrong")
    assert group.label("sandbox.diagnosis") == (
        "Wrong: A well-formed signature, but of another secret (or of another timestamp)."
    )
    assert group.sees("sandbox.diagnoses")
    group.post(b"{'a': 1}")
    assert "Line 1, column 2: single quotes" in group.label("sandbox.diagnosis")


def test_what_nobody_saw_refused_is_taken_and_said_to_be_not_known(
    qtbot: QtBot, group: SandboxDriver
) -> None:
    group.post(b'{"msgtype":"actionCard","actionCard":{"title":"t","text":"x"}}')
    assert group.rows()[0][0] == "Accepted"
    assert group.label("sandbox.diagnosis").startswith("Not known: The card has no button.")
    group.post('{"msgtype":"text","text":{"content":"一\n二"}}'.encode())
    qtbot.waitUntil(lambda: group.bubbles()[-1] == "沙箱: 一\n二")
    assert "a raw line end" in group.label("sandbox.diagnosis")


def test_the_explanations_are_said_in_chinese_too(qapp: QApplication, group: SandboxDriver) -> None:
    with translated(qapp):
        group.post(b"{'a': 1}")
        assert group.label("sandbox.diagnosis").endswith(
            "第 1 行第 2 列：这里是单引号，JSON 要用双引号。"
        )
        group.post(Text("你好"), secret="SECwrong")
        assert "但用的是别的密钥" in group.label("sandbox.diagnosis")


def wait_for_room(qtbot: QtBot, label: QLabel) -> None:
    qtbot.waitUntil(lambda: label.height() >= label.heightForWidth(label.width()))


def test_in_a_low_window_the_answer_is_shown_whole(qtbot: QtBot, group: SandboxDriver) -> None:
    group.page.resize(640, 540)
    group.order(FaultKind.BUSY)
    group.post(b"{'a': 1}", secret="SECwrong")
    panel = group.page.findChild(QWidget, "sandbox.verdict")
    assert panel is not None
    for line in ("headline", "happened", "own_words"):
        label = group.page.findChild(QLabel, f"sandbox.verdict.{line}")
        assert isinstance(label, QLabel)
        wait_for_room(qtbot, label)
    assert group.sees("sandbox.diagnosis")
    assert group.sees("sandbox.request")


def test_webhook_and_secret_can_be_copied_for_a_script(qtbot: QtBot, group: SandboxDriver) -> None:
    second = group.server.add_robot("第二", Rules())
    group.page.set_server(group.server)
    with qtbot.waitSignal(group.page.head.said):
        group.click("sandbox.copy_webhook")
    webhook = f"{group.server.url}?access_token={group.server.access_token}"
    assert QGuiApplication.clipboard().text() == webhook
    group.click("sandbox.copy_secret")
    assert QGuiApplication.clipboard().text() == group.server.secret
    box = group.page.findChild(QComboBox, "sandbox.robot")
    assert isinstance(box, QComboBox)
    QTest.keyClick(box, Qt.Key.Key_Down)
    group.click("sandbox.copy_secret")
    assert QGuiApplication.clipboard().text() == second.secret


def test_a_fault_says_whether_the_message_was_taken(group: SandboxDriver) -> None:
    group.order(FaultKind.HTML)
    group.post(Text("一"))
    assert group.rows()[0][1].endswith("The message is not in the group.")
    group.order(FaultKind.CLOSE)
    group.click("sandbox.fault.taken")
    group.post(Text("一"))
    assert group.rows()[0][1].endswith("The message is in the group.")


def test_a_body_that_is_no_json_is_shown_as_it_came(group: SandboxDriver) -> None:
    for body in (b"{not json", b"[" * 20_000, b"\xff\x00"):
        group.post(body)
        assert group.rows()[0][0] == "Refused"
    assert "\ufffd" in group.request()


def test_a_body_that_is_too_long_is_cut_and_says_so(group: SandboxDriver) -> None:
    group.post(json.dumps({"x": "y" * 50_000}).encode())
    assert "50,009 bytes in all" in group.request()


def test_the_newest_request_is_looked_at_until_a_person_chooses(group: SandboxDriver) -> None:
    group.post(Text("一"))
    group.post(Text("二"))
    assert "request 2" in group.label("sandbox.verdict.headline")
    group.click("sandbox.message.1.request")
    group.post(Text("三"))
    assert "request 1" in group.label("sandbox.verdict.headline")


def test_a_signature_need_not_be_asked_for(group: SandboxDriver) -> None:
    group.click("sandbox.signature")
    assert not group.server.rules.secret_required
    group.post(Text("错"), secret="SECwrong")
    assert group.rows()[0][0] == "Accepted"


def test_the_pace_can_be_put_on_and_off(group: SandboxDriver) -> None:
    group.click("sandbox.pace")
    assert group.server.rules.pace_per_minute == 20
    group.click("sandbox.pace")
    assert group.server.rules.pace_per_minute is None


def test_keywords_are_enforced_from_the_next_request_on(group: SandboxDriver) -> None:
    field = group.keywords()
    field.setText("告警， 通知,")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert group.server.rules.keywords == ("告警", "通知")
    group.post(Text("你好"))
    group.post(Text("通知：你好"))
    assert [verdict for verdict, _ in group.rows()] == ["Accepted", "Refused"]


def test_what_goes_wrong_next_goes_wrong_once(group: SandboxDriver) -> None:
    group.order(FaultKind.ROBOT_DISABLED)
    group.post(Text("一"))
    assert group.rows()[0][0] == "Refused"
    assert "400102" in group.label("sandbox.verdict.own_words")
    assert group.faults().currentIndex() == 0
    group.post(Text("二"))
    assert group.rows()[0][0] == "Accepted"


def strike(group: SandboxDriver, times: int) -> list[FaultKind | None]:
    """The faults that so many requests met."""
    for _ in range(times):
        group.post(Text("一"))
    return [exchange.fault for exchange in group.server.exchanges()[-times:]]


def choose_often(group: SandboxDriver, often: Often) -> None:
    box = group.page.findChild(QComboBox, "sandbox.fault.often")
    assert isinstance(box, QComboBox)
    while box.currentData() != often.value:
        QTest.keyClick(box, Qt.Key.Key_Down)


def write_number(group: SandboxDriver, name: str, number: int) -> None:
    line = group.page.findChild(QLineEdit, name)
    assert isinstance(line, QLineEdit)
    line.selectAll()
    QTest.keyClicks(line, str(number))
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_fault_strikes_the_next_so_many_requests(group: SandboxDriver) -> None:
    group.order(FaultKind.HTML)
    choose_often(group, Often.NEXT)
    write_number(group, "sandbox.fault.count", 2)
    assert strike(group, 1) == [FaultKind.HTML]
    line = group.page.findChild(QLineEdit, "sandbox.fault.count")
    assert isinstance(line, QLineEdit)
    assert line.text() == "1"
    assert strike(group, 2) == [FaultKind.HTML, None]
    assert group.faults().currentIndex() == 0


def test_a_fault_strikes_by_chance_until_it_is_taken_back(group: SandboxDriver) -> None:
    group.order(FaultKind.HTML)
    choose_often(group, Often.CHANCE)
    write_number(group, "sandbox.fault.percent", 100)
    (plan,) = group.server.robot.faults
    assert (plan.times, plan.probability) == (None, 1.0)
    assert strike(group, 3) == [FaultKind.HTML] * 3
    write_number(group, "sandbox.fault.percent", 25)
    assert group.server.robot.faults[0].probability == 0.25
    QTest.keyClick(group.faults(), Qt.Key.Key_Home)
    assert group.server.robot.faults == ()


def test_a_message_can_arrive_although_its_answer_does_not(group: SandboxDriver) -> None:
    group.order(FaultKind.CLOSE)
    group.click("sandbox.fault.taken")
    group.post(Text("一"))
    assert group.server.exchanges()[-1].is_taken
    assert group.page.chat.numbers == (1,)


def test_each_robot_has_its_own_rules_faults_and_group(
    group: SandboxDriver, make_group: Callable[[], SandboxDriver]
) -> None:
    second = group.server.add_robot("第二", Rules(secret_required=False))
    group.page.set_server(group.server)
    group.post(Text("一"))
    box = group.page.findChild(QComboBox, "sandbox.robot")
    assert isinstance(box, QComboBox)
    assert [box.itemText(at) for at in range(box.count())] == ["沙箱", "第二"]
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert not group.page.chat.numbers
    assert group.rows() == []
    field = group.keywords()
    field.setText("通知")
    QTest.keyClick(field, Qt.Key.Key_Return)
    group.order(FaultKind.HTML)
    assert second.rules.keywords == ("通知",)
    assert [plan.kind for plan in second.faults] == [FaultKind.HTML]
    assert group.server.rules.keywords == ()
    assert group.server.robot.faults == ()
    group.post(Text("二"))
    assert not group.page.chat.numbers
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert group.page.chat.numbers == (1, 2)
    assert len(group.rows()) == 2


def test_what_named_no_robot_is_shown_beside_every_group(group: SandboxDriver) -> None:
    group.server.add_robot("第二", Rules())
    group.page.set_server(group.server)
    parts = urlsplit(group.server.url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port)
    connection.request("POST", f"{parts.path}?access_token=unknown", b"{}")
    connection.getresponse().read()
    connection.close()
    group.page.on_exchange(group.server.exchanges()[-1])
    assert len(group.rows()) == 1
    box = group.page.findChild(QComboBox, "sandbox.robot")
    assert isinstance(box, QComboBox)
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert len(group.rows()) == 1


def test_every_fault_but_an_answer_of_ones_own_can_be_chosen(group: SandboxDriver) -> None:
    box = group.faults()
    missing = {kind for kind in FaultKind if box.findData(kind.value) < 0}
    assert missing == {FaultKind.CUSTOM}
    names = [box.itemText(at) for at in range(box.count()) if box.itemData(at)]
    assert all(names)
    group.order(FaultKind.OK_WITH_HTTP_500)  # the keys lead past the headings
    group.post(Text("一"))
    assert group.server.exchanges()[-1].fault is FaultKind.OK_WITH_HTTP_500


def test_the_view_can_be_cleared(group: SandboxDriver) -> None:
    group.post(Text("一"))
    group.click("sandbox.clear")
    assert group.rows() == []
    assert not group.page.chat.numbers
    assert group.sees("sandbox.empty")
    assert not group.sees("sandbox.request")
    group.post(Text("二"))
    assert group.page.chat.numbers == (2,)
    assert len(group.rows()) == 1


def test_a_page_made_anew_shows_what_came_before_and_nothing_twice(
    group: SandboxDriver, make_group: Callable[[], SandboxDriver]
) -> None:
    group.post(Text("一"))
    group.post(Text("二"))
    anew = make_group()
    anew.page.on_exchange(group.server.exchanges()[-1])
    assert anew.page.chat.numbers == (1, 2)
    assert len(anew.rows()) == 2


def test_only_the_newest_bubbles_are_built_and_earlier_ones_on_demand(
    qtbot: QtBot, group: SandboxDriver, make_group: Callable[[], SandboxDriver]
) -> None:
    total = MOST_BUBBLES + 5
    for number in range(total):
        group.post(Text(f"消息 {number}"))
    assert group.page.chat.numbers == tuple(range(6, total + 1))
    anew = make_group()
    assert anew.page.chat.numbers == tuple(range(total - BATCH + 1, total + 1))
    qtbot.waitUntil(lambda: anew.page.chat.is_settled)
    anew.click("sandbox.earlier")
    assert anew.page.chat.numbers == tuple(range(total - 2 * BATCH + 1, total + 1))
    assert len(anew.rows()) == total


def test_the_group_follows_the_newest_until_a_person_scrolls_back(
    qtbot: QtBot, group: SandboxDriver
) -> None:
    area = group.page.findChild(QScrollArea, "sandbox.chat")
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    for number in range(12):
        group.post(Text(f"消息 {number}"))
    qtbot.waitUntil(lambda: bar.maximum() > 0 and bar.value() == bar.maximum())
    bar.setValue(10)
    highest = bar.maximum()
    group.post(Text("新"))
    qtbot.waitUntil(lambda: bar.maximum() > highest)
    assert bar.value() == 10
    bar.setValue(bar.maximum())
    highest = bar.maximum()
    group.post(Text("更新"))
    qtbot.waitUntil(lambda: bar.maximum() > highest and bar.value() == bar.maximum())


def test_nothing_is_built_while_nobody_looks(qtbot: QtBot, server: SandboxServer) -> None:
    page = make_page()
    qtbot.addWidget(page)
    page.set_server(server)
    group = SandboxDriver(page, server)
    group.post(Text("一"))
    assert not page.chat.numbers
    page.show()
    assert page.chat.numbers == (1,)


def test_every_control_has_a_name_for_screen_readers(group: SandboxDriver) -> None:
    group.post(Text("一"))
    widgets = [*group.page.findChildren(QAbstractButton), group.keywords(), group.faults()]
    for widget in widgets:
        if widget.objectName().startswith("sandbox") and widget.isVisibleTo(group.page):
            name = widget.accessibleName()
            assert name or (isinstance(widget, QAbstractButton) and widget.text())
