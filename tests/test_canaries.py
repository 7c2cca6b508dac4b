"""Secrets go every way through the program; afterwards they stand nowhere but in the keyring."""

import base64
import gc
import html
import json
import logging
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QWidget

from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import ProxyMode, Robot
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.network import network_of
from dingcomposer.interchange.snippets import SnippetForm
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.services.history.exports import ExportTask, export
from dingcomposer.storage.secrets import CredentialsChange
from dingcomposer.ui import questions
from dingcomposer.ui.checkup.dialog import CheckupDialog
from dingcomposer.ui.history.details import SendDetails
from dingcomposer.ui.history.export.items import export_item, file_of, report_words
from dingcomposer.ui.history.receipt import ReceiptButton
from dingcomposer.ui.robots.dialog import RobotDialog
from dingcomposer.ui.robots.secret_field import SecretField
from dingcomposer.ui.texts.archive.exports import ExportFormat
from tests.fakes.canaries import Canaries
from tests.fakes.clocks import machine_clock_ms
from tests.fakes.fake_servers import Peer, Talk, answer
from tests.fakes.programs import Person, Start
from tests.fakes.widget_driver import choose_in

TOKEN = "canaryToken+0f1e2d/3c4b5a=6978"
SECRET = "SECcanarySecret0123+456789/abcdef"
PASSWORD = "canary:Proxy@Pass/word+1"
USER = "worker"
AUTHORIZATION = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()

Echo = Callable[[bytes], bytes]


def target(request: bytes) -> str:
    """Path and query of a request: what a server knows of the secrets, and may say again."""
    return request.split(b" ", 2)[1].decode()


def in_all_spellings(request: bytes) -> str:
    once = target(request)
    values = [values[0] for values in parse_qs(once.partition("?")[2]).values()]
    escaped = json.dumps([once, *values]).replace("/", "\\/").replace("=", "\\u003d")
    raw = base64.b64encode(request).decode()
    forms = [once, unquote(once), quote(once, safe=""), html.escape(once), escaped, *values, raw]
    entities = "".join(c if c.isalnum() else f"&#{ord(c)};" for c in unquote(once))
    return "\n".join((*forms, entities))


def dingtalk(errcode: object, request: bytes) -> bytes:
    said = {"errcode": errcode, "errmsg": f"more: {in_all_spellings(request)}"}
    return answer(json.dumps(said).encode())


def page(request: bytes, status: str = "200 OK") -> bytes:
    text = f"<html><body>{in_all_spellings(request)}</body></html>"
    return answer(text.encode(), status, f"X-Request: {target(request)}")


def redirect(request: bytes) -> bytes:
    location = f"Location: http://127.0.0.1:1{target(request)}"
    return answer(in_all_spellings(request).encode(), "302 Found", location)


ECHOES: dict[str, tuple[Echo, Status]] = {
    "delivered": (lambda request: dingtalk(0, request), Status.DELIVERED),
    "refused, unknown code": (lambda request: dingtalk(987654, request), Status.REFUSED),
    "refused, busy": (lambda request: dingtalk(-1, request), Status.REFUSED),
    "refused, signature": (lambda request: dingtalk(310000, request), Status.REFUSED),
    "banned": (
        lambda request: answer(
            json.dumps({"status": 1111, "wait": 5, "uuid": in_all_spellings(request)}).encode()
        ),
        Status.REFUSED,
    ),
    "odd errcode": (lambda request: dingtalk(False, request), Status.UNKNOWN),
    "secret as errcode": (lambda request: dingtalk(TOKEN, request), Status.UNKNOWN),
    "HTML": (page, Status.UNKNOWN),
    "HTTP 502": (lambda request: page(request, "502 Bad Gateway"), Status.UNKNOWN),
    "redirect": (redirect, Status.UNKNOWN),
    "list": (
        lambda request: answer(json.dumps([in_all_spellings(request)]).encode()),
        Status.UNKNOWN,
    ),
    "half": (
        lambda request: answer(in_all_spellings(request).encode(), length=100_000),
        Status.UNKNOWN,
    ),
    "huge": (
        lambda request: answer(in_all_spellings(request).encode() + b" " * 2_000_000),
        Status.UNKNOWN,
    ),
    "nothing": (lambda _request: b"", Status.UNKNOWN),
}


class EchoServer(Peer):
    """Answers each request by `echo`, and remembers the signs that came in."""

    def __init__(self, canaries: Canaries) -> None:
        super().__init__(self._play_echo)
        self.echo: Echo = ECHOES["delivered"][0]
        self._canaries = canaries

    def _play_echo(self, talk: Talk) -> None:
        while request := talk.request():
            self._canaries.add_sign_of(request)
            text = self.echo(request)
            talk.say(text)
            if self.echo not in (ECHOES["delivered"][0],):
                return


@pytest.fixture
def canaries() -> Canaries:
    canaries = Canaries()
    canaries.add("token", TOKEN)
    canaries.add("secret", SECRET)
    canaries.add("proxy password", PASSWORD)
    canaries.add("proxy authorization", AUTHORIZATION)
    return canaries


@pytest.fixture
def echo(canaries: Canaries) -> Iterator[EchoServer]:
    with EchoServer(canaries) as server:
        yield server


@pytest.fixture
def person(
    start: Start,
    insisting: None,
    canaries: Canaries,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> Person:
    """Somebody at a program that logs all it can, beside a system with a secret proxy."""
    # Tokens and the rest are learned by the log when they come; this one nobody tells it.
    monkeypatch.setenv("https_proxy", f"http://{USER}:{quote(PASSWORD, safe='')}@127.0.0.1:1")
    monkeypatch.setattr(questions, "choose_new_file", lambda *_: str(tmp_path / f"{uuid4()}.txt"))
    person = start(is_debug=True)
    canaries.add("sandbox token", person.sandbox.access_token)
    canaries.add("sandbox secret", person.sandbox.secret)
    return person


class LeakSearch:
    """Looks for canaries wherever the program could have left them."""

    def __init__(
        self, person: Person, canaries: Canaries, folder: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        self._person, self._canaries, self._folder, self._capfd = person, canaries, folder, capfd

    def look(self, where: str) -> None:
        """Nothing on the screen, on the clipboard, in the output, in any file."""
        self.look_around(where)
        assert self._canaries.found_below([self._folder]) == {}, where

    def look_around(self, where: str) -> None:
        """Nothing on the screen, on the clipboard, in the output."""
        assert self._canaries.found_on_screen() == {}, where
        assert self._canaries.found_in(QApplication.clipboard().text()) == set(), where
        output = self._capfd.readouterr()
        assert self._canaries.found_in(output.out + output.err) == set(), where


@pytest.fixture
def watch(
    person: Person, canaries: Canaries, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> LeakSearch:
    return LeakSearch(person, canaries, tmp_path, capfd)


def add_canary_robot(person: Person, endpoint: str) -> Robot:
    person.add_robot("canary", f"{endpoint}?access_token={quote(TOKEN, safe='')}\n{SECRET}")
    QApplication.clipboard().clear()  # that was the person's own paste
    robot = person.robot_called("canary")
    hurried = replace(robot, connect_timeout_s=1.0, read_timeout_s=2.0)
    person.program.robot_profiles.save(hurried, CredentialsChange(proxy_password=PASSWORD))
    person.wait(lambda: person.robot_called("canary").has_proxy_password)
    person.aim("canary")
    return person.robot_called("canary")


def look_at_the_send(person: Person, watch: LeakSearch, where: str) -> None:
    """Open it in the history, and copy all that can be copied."""
    person.driver.click("place.history")
    person.driver.click_row("history.table", 0)
    fold = person.driver.find("history.technical")
    assert isinstance(fold, QAbstractButton)
    if not fold.isChecked():
        person.driver.click("history.technical")
    person.driver.click("history.copy_json")
    assert QApplication.clipboard().text()
    watch.look_around(f"{where}: history.copy_json")
    QApplication.clipboard().clear()
    details = person.program.window.findChild(SendDetails, "history.details")
    assert isinstance(details, SendDetails)
    menu = details.make_snippet_menu()
    assert menu is not None
    copied = []
    for form in SnippetForm:
        choose_in(menu, f"copy_as.{form.value}")
        copied.append(QApplication.clipboard().text())
    menu.deleteLater()
    QApplication.sendPostedEvents(menu, QEvent.Type.DeferredDelete)
    assert len(set(copied)) == len(SnippetForm)
    QApplication.clipboard().setText("\n".join(copied))
    watch.look_around(f"{where}: history.copy_as")
    QApplication.clipboard().clear()
    receipt = person.driver.find("history.receipt")
    assert isinstance(receipt, ReceiptButton)
    receipt.copy()
    receipt.save()  # where the files are searched
    watch.look_around(f"{where}: the receipt")
    QApplication.clipboard().clear()
    person.driver.click("place.write")


def export_everything(person: Person, folder: Path) -> None:
    """The whole history in every form, the workbook unpacked, for the search to find."""
    folder.mkdir()
    words = report_words("all", 1, None, datetime.now(UTC))
    for chosen in ExportFormat:
        target = folder / f"all.{chosen.value}"
        begin, item_of = file_of(chosen, words), export_item(chosen)
        path = person.program.database.path
        for _ in export(ExportTask(path, target, None, begin, item_of)):
            pass
        assert target.stat().st_size > 1_000
    with zipfile.ZipFile(folder / f"all.{ExportFormat.XLSX.value}") as archive:
        archive.extractall(folder / "unpacked")


def test_no_outcome_of_a_send_leaves_a_secret_anywhere(
    person: Person,
    echo: EchoServer,
    watch: LeakSearch,
    tmp_path: Path,
) -> None:
    # The PDF's bubbles are drawn by widgets of their own, and without a screen Qt says so.
    add_canary_robot(person, f"http://127.0.0.1:{echo.port}/robot/send")
    for where, (say, status) in ECHOES.items():
        echo.echo = say
        person.write_text(where)
        row = person.send()
        assert row.status is status, where
        watch.look_around(where)
        look_at_the_send(person, watch, where)
    assert echo.requests
    export_everything(person, tmp_path / "exports")
    watch.look("at the end")
    person.program.shut_down()
    watch.look("after the end")
    assert len(list(tmp_path.glob("*.txt"))) == len(ECHOES)


def test_what_never_left_and_what_proxies_say_leaves_no_secret(
    person: Person, echo: EchoServer, watch: LeakSearch
) -> None:
    def repeats(talk: Talk) -> None:
        heard = talk.hear()
        proxy_requests.append(heard)
        said = heard + base64.b64encode(heard)
        talk.say(answer(said, "407 Proxy Authentication Required", f"X: {heard[-200:]!r}"))

    proxy_requests: list[bytes] = []
    robot = add_canary_robot(person, f"http://127.0.0.1:{echo.port}/robot/send")
    with Peer(repeats) as proxy:
        here = f"http://127.0.0.1:{proxy.port}"
        places = {
            "nobody listens": ("https://127.0.0.1:1/robot/send", ProxyMode.DIRECT, ""),
            "no name": ("https://robot.invalid/robot/send", ProxyMode.DIRECT, ""),
            "no TLS": (f"https://127.0.0.1:{echo.port}/robot/send", ProxyMode.DIRECT, ""),
            "a proxy that refuses": ("https://robot.invalid/robot/send", ProxyMode.PROXY, here),
            "no proxy there": (
                "https://robot.invalid/robot/send",
                ProxyMode.PROXY,
                "http://127.0.0.1:1",
            ),
            "the system's proxy": ("https://robot.invalid/robot/send", ProxyMode.SYSTEM, ""),
        }
        for where, (endpoint, way, address) in places.items():
            moved = replace(
                person.robot_called(robot.name),
                endpoint=endpoint,
                way=way,
                proxy=address,
                proxy_user=USER,
            )
            person.program.robot_profiles.save(moved)
            person.write_text(where)
            assert person.send().status is Status.NOT_SENT, where
            watch.look_around(where)
            look_at_the_send(person, watch, where)
    watch.look("at the end")
    assert any(AUTHORIZATION.encode() in request for request in proxy_requests)


def test_a_check_up_tells_copies_and_logs_no_secret(
    person: Person, echo: EchoServer, watch: LeakSearch
) -> None:
    robot = add_canary_robot(person, f"http://127.0.0.1:{echo.port}/robot/send")
    echo.echo = ECHOES["refused, unknown code"][0]
    program = person.program

    dialog = CheckupDialog(
        robot,
        program.secrets.read,
        Text("hello"),
        program.bridge,
        program.window,
        make_client=lambda: Client(clock_ms=machine_clock_ms),
        network=network_of,
        clock_ms=machine_clock_ms,
        send=lambda _message: None,
    )
    dialog.show()
    person.wait(dialog.again_button.isEnabled)
    watch.look("the check-up")
    dialog.ask_button.click()
    person.wait(lambda: any(b"access_token=" in request for request in echo.requests))
    person.wait(dialog.again_button.isEnabled)
    dialog.copy_button.click()
    assert QApplication.clipboard().text()
    watch.look("the check-up, asked and copied")
    QApplication.clipboard().clear()
    dialog.close()


def test_the_robots_dialog_shows_a_secret_only_where_and_while_it_is_asked_to(
    person: Person, canaries: Canaries, watch: LeakSearch
) -> None:
    robot = add_canary_robot(person, "http://127.0.0.1:1/robot/send")
    dialog = RobotDialog(person.program.robot_profiles, robot, person.program.window)
    dialog.form.more_button.setChecked(True)
    dialog.show()
    watch.look("the dialog")
    fields: dict[str, SecretField] = {
        "token": dialog.form.connection.token,
        "secret": dialog.form.connection.secret,
        "proxy password": dialog.form.network.password,
    }
    for name, field in fields.items():
        field.eye.click()
        person.wait(field.line.text)
        assert canaries.found_on_screen() == {f"QLineEdit {field.line.objectName()}": {name}}
        field.eye.click()
        watch.look(f"{name}, shown and hidden again")

    webhook = f"http://127.0.0.1:1/robot/send?access_token={quote(TOKEN, safe='')}&sign=x"
    for name in ("endpoint", "token"):
        line = dialog.findChild(QLineEdit, f"robot.{name}")
        assert isinstance(line, QLineEdit)
        QApplication.clipboard().setText(webhook)
        line.selectAll()
        line.paste()
        QApplication.clipboard().clear()
        watch.look(f"a webhook in the field {name}")
    QApplication.clipboard().setText(f"{webhook}\n{SECRET}")
    dialog.form.paste.field.paste()
    QApplication.clipboard().clear()
    watch.look("a webhook that was pasted")
    dialog.form.paste.field.undo()
    watch.look("a paste that was undone")
    save = dialog.findChild(QPushButton, "robot.save")
    assert isinstance(save, QPushButton)
    QTest.mouseClick(save, Qt.MouseButton.LeftButton)
    person.wait(lambda: not dialog.isVisible())
    watch.look("saved")
    person.program.robot_profiles.delete(robot.robot_id)
    watch.look("deleted")


def test_no_traceback_and_no_log_line_holds_a_secret(
    person: Person, watch: LeakSearch, expect_log: Callable[[str], None], tmp_path: Path
) -> None:
    add_canary_robot(person, "http://127.0.0.1:1/robot/send")
    expect_log("Nobody caught this")
    expect_log("Nobody caught this in somewhere")
    expect_log("An error where none can be raised")
    url = f"https://host/robot/send?access_token={quote(TOKEN, safe='')}"
    credentials = person.program.secrets.read(person.robot_called("canary").robot_id)

    def fails() -> None:
        raise ValueError(url, SECRET, PASSWORD, {"token": TOKEN}, credentials)

    with suppress(ValueError):
        try:
            fails()
        except ValueError:
            sys.excepthook(*sys.exc_info())
            raise
    thread = threading.Thread(target=fails, name="somewhere")
    thread.start()
    thread.join()

    class Falls:
        def __del__(self) -> None:
            fails()

    Falls()
    gc.collect()
    log = logging.getLogger("dingcomposer.canary")
    log.debug("%s %r %s", url, {"headers": [AUTHORIZATION, SECRET]}, base64.b64encode(url.encode()))
    log.info("%s", person.robot_called("canary"))
    watch.look("the log")
    lines = (tmp_path / "data" / "logs" / "dingcomposer.log").read_text(encoding="utf-8")
    assert "Nobody caught this in somewhere" in lines
    assert "DEBUG dingcomposer.canary" in lines


def test_the_sandbox_shows_no_secret_whatever_it_does(
    person: Person, canaries: Canaries, watch: LeakSearch
) -> None:
    server = person.sandbox
    for kind in (FaultKind.HTML, FaultKind.WRONG_SIGNATURE, FaultKind.RESET, None):
        server.robot.faults = (FaultPlan(kind),) if kind is not None else ()
        person.aim("Sandbox")
        person.write_text(str(kind))
        person.send()
    person.driver.click("place.sandbox")
    for exchange in server.exchanges():
        timestamp = parse_qs(exchange.query)["timestamp"][0]
        canaries.add_sign(server.secret, timestamp)
    person.wait(lambda: len(server.exchanges()) >= 4)
    watch.look("the sandbox")


def test_the_search_itself_finds_what_is_there(
    qapp: QApplication, canaries: Canaries, tmp_path: Path
) -> None:
    for number, text in enumerate((TOKEN, quote(quote(TOKEN, safe=""), safe=""), AUTHORIZATION)):
        (tmp_path / f"{number}").write_text(f"before{text}after")
    inside = base64.b64encode(f"x{SECRET}".encode()).decode()
    (tmp_path / "3").write_text(inside)
    assert {name for names in canaries.found_below([tmp_path]).values() for name in names} == {
        "token",
        "proxy authorization",
        "proxy password",
        "secret",
    }
    window = QWidget()
    line = QLineEdit(TOKEN, window)
    line.setEchoMode(QLineEdit.EchoMode.Password)
    assert canaries.found_on_screen() == {}
    line.setToolTip(TOKEN)
    assert canaries.found_on_screen() == {"QLineEdit ": {"token"}}
    window.deleteLater()
