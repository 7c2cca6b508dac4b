"""The check-up's dialog: every line in sign and words, nothing waits, nothing is given away."""

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from dingcomposer.core.checkup.report import CheckupStep, FindingCode, StepResult
from dingcomposer.core.messages import Kind, Message, Text, kind_of
from dingcomposer.core.robot import Credentials, ProxyMode, Robot, Stage
from dingcomposer.dingtalk.client import Client
from dingcomposer.dingtalk.network import Network
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.services.bridge import Bridge
from dingcomposer.storage.secrets import SecretsReason, SecretsUnavailable
from dingcomposer.ui.checkup.dialog import CheckupDialog
from dingcomposer.ui.checkup.runner import THREAD
from dingcomposer.ui.texts.checkup import step_label
from tests.fakes.canaries import CANARY, spellings
from tests.fakes.clocks import machine_clock_ms
from tests.fakes.fake_dialogs import FakeQuestions
from tests.fakes.fake_servers import Peer, Talk
from tests.fakes.widget_driver import WidgetDriver
from tests.ui.robots.conftest import visible_words

PASSWORD = "canary-password"


def threads() -> list[threading.Thread]:
    return [one for one in threading.enumerate() if one.name == THREAD]


class CheckupHarness:
    """The dialog over a robot, and a person in front of it."""

    def __init__(self, qtbot: QtBot, sandbox: SandboxServer) -> None:
        self._qtbot = qtbot
        self.credentials: Credentials | Exception = Credentials(
            sandbox.access_token, sandbox.secret
        )
        self.robot = Robot(
            "duty",
            "运维值班",
            endpoint=sandbox.url,
            keywords=("告警",),
            has_token=True,
            has_secret=True,
            connect_timeout_s=0.3,
            read_timeout_s=0.3,
        )
        self.message: Message | None = Text("告警：磁盘满了")
        self.network = Network(ProxyMode.DIRECT)
        self.readers: list[str] = []
        self.sent: list[Message] = []
        self.bridge = Bridge()

    def open(self, *, is_kept: bool = True) -> CheckupDialog:
        def make_client() -> Client:
            return Client(clock_ms=machine_clock_ms, network=lambda _: self.network)

        self.dialog = CheckupDialog(
            self.robot,
            self._read,
            self.message,
            self.bridge,
            make_client=make_client,
            network=lambda _: self.network,
            clock_ms=machine_clock_ms,
            send=self.sent.append,
        )
        self.dialog.show()
        if is_kept:
            self._qtbot.addWidget(self.dialog)
        return self.dialog

    def checked(self) -> CheckupDialog:
        """The dialog, with every line as it came out."""
        self.open()
        self.await_end()
        return self.dialog

    def await_end(self) -> None:
        self._qtbot.waitUntil(self.button("again").isEnabled)

    def driver(self) -> WidgetDriver:
        return WidgetDriver(self.dialog, "checkup.")

    def button(self, name: str) -> QAbstractButton:
        return self.driver().button(name)

    def click(self, name: str) -> None:
        self.driver().click(name)

    def text(self, name: str) -> str:
        return self.driver().label(name)

    def verdict(self, step: CheckupStep) -> StepResult:
        return self.dialog.lines[step].finding.verdict

    def _read(self, robot_id: str) -> Credentials:
        assert robot_id == self.robot.robot_id
        self.readers.append(threading.current_thread().name)
        if isinstance(self.credentials, Exception):
            raise self.credentials
        return self.credentials


@pytest.fixture
def sandbox() -> Iterator[SandboxServer]:
    with SandboxServer(keywords=("告警",)) as server:
        yield server


@pytest.fixture
def checking(qtbot: QtBot, sandbox: SandboxServer) -> CheckupHarness:
    return CheckupHarness(qtbot, sandbox)


def test_every_step_is_a_line_with_its_verdict_in_words(checking: CheckupHarness) -> None:
    dialog = checking.checked()
    for step, line in dialog.lines.items():
        assert line.isVisibleTo(dialog)
        assert checking.text(f"{step.value}.verdict")
        assert checking.text(f"{step.value}.found")
        assert step_label(step) in line.accessibleName()
        assert checking.text(f"{step.value}.verdict") in line.accessibleName()
        assert checking.text(f"{step.value}.found") in line.accessibleName()
    assert [one.step for one in dialog.findings] == list(CheckupStep)
    assert checking.text("summary") == "No fault found."
    assert "告警" in checking.text("keyword.found")


def test_nothing_of_it_runs_in_the_windows_thread(checking: CheckupHarness) -> None:
    checking.open()
    assert checking.verdict(CheckupStep.CLOCK) is StepResult.WAITING, "it came back before the end"
    checking.await_end()
    assert checking.readers == [THREAD]


def test_a_fault_is_told_with_what_it_means_and_what_helps(checking: CheckupHarness) -> None:
    checking.message = Text("一切正常")
    checking.checked()
    assert checking.verdict(CheckupStep.KEYWORD) is StepResult.CROSS
    assert checking.text("keyword.verdict") == "Fault"
    assert "refuse" in checking.text("keyword.means")
    assert checking.text("keyword.helps").startswith("→ ")
    assert checking.text("summary") == "Faults: 1"


def test_a_locked_keyring_is_told_in_its_own_words(checking: CheckupHarness) -> None:
    checking.credentials = SecretsUnavailable(SecretsReason.LOCKED)
    checking.checked()
    assert checking.verdict(CheckupStep.TOKEN) is StepResult.CROSS
    assert "locked" in checking.text("token.means")
    assert not checking.button("ask").isEnabled()


def test_a_closed_port_bars_what_comes_after_it_and_says_so(
    checking: CheckupHarness, sandbox: SandboxServer
) -> None:
    sandbox.stop()
    checking.checked()
    assert checking.verdict(CheckupStep.CONNECTION) is StepResult.CROSS
    assert "Connection" in checking.text("clock.found")
    assert checking.text("clock.verdict") == "Skipped"
    assert not checking.button("ask").isEnabled()
    assert checking.button("ask").toolTip()


def test_before_asking_it_is_said_what_it_costs(checking: CheckupHarness) -> None:
    checking.checked()
    assert "20 " in checking.text("probe.means")
    assert "month" in checking.text("probe.means")
    assert checking.text("probe.verdict") == "On request"


def test_asking_tells_a_right_token_as_an_estimate_and_posts_nothing(
    checking: CheckupHarness, sandbox: SandboxServer, qtbot: QtBot
) -> None:
    dialog = checking.checked()
    with qtbot.waitSignal(dialog.probed) as probed:
        checking.click("ask")
    checking.await_end()
    assert probed.args == ["duty"]
    assert checking.text("probe.verdict") == "OK, estimated"
    assert "300001" in checking.text("probe.found")
    assert sandbox.robot.taken() == ()
    assert set(checking.readers) == {THREAD}


def test_asking_tells_a_wrong_token(checking: CheckupHarness) -> None:
    checking.credentials = Credentials("0" * 64, "SEC" + "0" * 64)
    checking.checked()
    checking.click("ask")
    checking.await_end()
    assert checking.text("probe.verdict") == "Fault"
    assert "token is not exist" in checking.text("probe.found")


def test_it_can_be_checked_again(checking: CheckupHarness, sandbox: SandboxServer) -> None:
    sandbox.stop()
    checking.checked()
    assert checking.verdict(CheckupStep.CONNECTION) is StepResult.CROSS
    sandbox.start()
    checking.dialog.close()
    checking.robot = replace(checking.robot, endpoint=sandbox.url)
    checking.checked()
    checking.click("again")
    assert checking.verdict(CheckupStep.CLOCK) is StepResult.WAITING
    checking.await_end()
    assert checking.verdict(CheckupStep.CLOCK) is StepResult.TICK


@pytest.mark.parametrize("way", ["close", "reject", "accept"])
def test_closing_ends_what_is_under_way(checking: CheckupHarness, qtbot: QtBot, way: str) -> None:
    with Peer(Talk.hold) as peer:
        endpoint = f"http://127.0.0.1:{peer.port}/robot/send"
        checking.robot = replace(checking.robot, endpoint=endpoint, read_timeout_s=120)
        dialog = checking.open()
        qtbot.waitUntil(lambda: checking.verdict(CheckupStep.CLOCK) is StepResult.RUNNING)
        [thread] = threads()
        getattr(dialog, way)()
        thread.join(5)
        assert not thread.is_alive()


def test_a_dialog_that_is_gone_is_not_spoken_to(checking: CheckupHarness, qtbot: QtBot) -> None:
    gate = threading.Event()
    with Peer(lambda talk: talk.hold() if gate.wait(10) else None) as peer:
        endpoint = f"http://127.0.0.1:{peer.port}/robot/send"
        checking.robot = replace(checking.robot, endpoint=endpoint)
        dialog = checking.open(is_kept=False)
        qtbot.waitUntil(lambda: checking.verdict(CheckupStep.CLOCK) is StepResult.RUNNING)
        [thread] = threads()
        with qtbot.waitSignal(dialog.destroyed):
            dialog.deleteLater()
        gate.set()
        thread.join(5)
        assert not thread.is_alive()
    heard = threading.Event()
    checking.bridge.post(heard.set)
    qtbot.waitUntil(heard.is_set)  # whatever it said before has been dealt with


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_fault_of_our_own_ends_the_lines_instead_of_leaving_them_running(
    checking: CheckupHarness,
) -> None:
    checking.credentials = RuntimeError("x")
    checking.checked()
    assert all(
        one.code is FindingCode.BROKE_OFF
        for one in checking.dialog.findings
        if one.step is not CheckupStep.PROBE
    )


def test_no_secret_is_shown_or_copied(
    checking: CheckupHarness, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    monkeypatch.setenv("https_proxy", f"http://me:{PASSWORD}@proxy.invalid:8080")
    checking.credentials = CANARY
    checking.network = Network(ProxyMode.SYSTEM)
    checking.checked()
    checking.click("ask")
    checking.await_end()
    checking.click("copy")
    copied = QGuiApplication.clipboard().text()
    assert "proxy.invalid" in copied
    told = [copied, caplog.text, visible_words(checking.dialog)]
    for secret in (CANARY.access_token, CANARY.secret or "", PASSWORD):
        for spelling in spellings(secret):
            assert not any(spelling in one for one in told)


def test_the_copied_text_holds_every_line(checking: CheckupHarness) -> None:
    checking.checked()
    checking.click("copy")
    copied = QGuiApplication.clipboard().text()
    assert "运维值班" in copied
    for step in CheckupStep:
        assert f"{step_label(step)}: {checking.text(f'{step.value}.found')}" in copied
    assert checking.text("note")


def test_a_test_message_of_each_chosen_kind_is_handed_over_with_a_keyword(
    checking: CheckupHarness,
) -> None:
    checking.checked()
    assert not checking.button("trial.send").isEnabled()
    for kind in Kind:
        checking.click(f"trial.{kind.value}")
    checking.click("trial.send")
    assert [kind_of(message) for message in checking.sent] == list(Kind)
    assert all("告警" in repr(message) and "test" in repr(message) for message in checking.sent)
    assert checking.text("trial.note")
    assert not checking.button("trial.send").isEnabled()


@pytest.mark.parametrize(("key", "count"), [("back", 0), ("send", 1)])
def test_a_production_group_gets_test_messages_after_a_question_only(
    checking: CheckupHarness, answers: FakeQuestions, key: str, count: int
) -> None:
    checking.robot = replace(checking.robot, stage=Stage.PRODUCTION)
    answers.prepared["checkup_trial"] = key
    checking.checked()
    checking.click("trial.text")
    checking.click("trial.send")
    assert answers.names == ["checkup_trial"]
    assert "运维值班" in answers.asked[0].text
    assert len(checking.sent) == count
