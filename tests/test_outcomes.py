"""The matrix: everything that can become of a send, and all that a person reads of it.

Each row runs through the real sender, outbox and history, over real sockets on this machine.
`cases/outcomes.md` is the matrix to read. A row that differs from it fails and shows what it found;
with OUTCOMES=write in the environment the file is written anew instead, to be read before it is
committed.
"""

import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from dingcomposer.core.answers import Fact, Generation
from dingcomposer.core.delivery import Fault, Report, SendJob, Status
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials
from dingcomposer.services.recovery import recovery_action
from dingcomposer.services.translations import Language, Translators
from dingcomposer.storage.history import SendRow
from dingcomposer.storage.secrets import SecretsReason, SecretsUnavailable
from dingcomposer.ui.texts.outcomes import Words, outcome_words, recovery_label, status_word
from tests.fakes.outbox_harness import OutboxHarness
from tests.fakes.outcomes import OUTCOMES, REFUSALS, Outcome, Scene, outcome_of, staged
from tests.fakes.tokens import fingerprint_of

FILE = Path(__file__).parent / "cases" / "outcomes.md"
HEAD = """\
# What becomes of a send

Every way in which a send can end, staged by tests/test_outcomes.py over real sockets. "Again" is
how often the program tried again by itself, under the same msgUuid. What stands behind the fold
"Technical details" is in the last column.

| what happens | status | again | what is said | 说什么 | button | technical |
|---|---|---|---|---|---|---|
"""
IS_WRITING = os.environ.get("OUTCOMES") == "write"


@pytest.fixture(scope="module")
def table() -> Iterator[dict[str, str]]:
    """The rows of the file by their first cell."""
    rows = {} if IS_WRITING else rows_of(FILE.read_text(encoding="utf-8"))
    yield rows
    if IS_WRITING:
        order = [one.what for one in (*all_refusals(), *OUTCOMES)]
        lines = sorted(rows.items(), key=lambda one: order.index(one[0]))
        text = HEAD + "".join(f"{line}\n" for _, line in lines)
        FILE.write_text(text, encoding="utf-8")


def rows_of(text: str) -> dict[str, str]:
    lines = text.removeprefix(HEAD).splitlines()
    return {line.split(" | ")[0].removeprefix("| "): line for line in lines}


def all_refusals() -> list[Outcome]:
    every = [outcome_of(fact, generation) for fact in REFUSALS for generation in Generation]
    return list({one.what: one for one in every}.values())


class SceneHarness(OutboxHarness):
    """Sender, outbox and history around one scene, and a person who waits for the verdict."""

    def __init__(self, scene: Scene, path: Path, qtbot: QtBot) -> None:
        super().__init__(path, self._read_credentials, qtbot, network=lambda _: scene.network)
        self._scene = scene
        self._robot = scene.robot
        if isinstance(scene.credentials, Credentials):
            token = scene.confirmed_for or scene.credentials.access_token
            self._robot = replace(scene.robot, token_fingerprint=fingerprint_of(token))

    def send(self) -> tuple[SendRow, int]:
        """Send the scene's message; its row, and how many attempts were announced."""
        for _ in range(self._scene.sends_before):
            row = self._await(self.outbox.submit(Text("之前的"), self._robot))
            assert row.status is Status.DELIVERED
        if self._scene.is_resting:
            self.schedule.rest(self._robot.pace_key, time.monotonic())
        row = self._await(self._begin())
        return row, len(self.history.attempts(row.msg_uuid))

    def _begin(self) -> str:
        scene = self._scene
        if scene.is_retry:
            msg_uuid = self._lose()
        else:
            msg_uuid = self.outbox.submit(scene.message, self._robot)
        if scene.is_resting:
            assert self.outbox.cancel(msg_uuid)
        if scene.is_history_locked:
            self._wait_while_locked()
        return msg_uuid

    def _lose(self) -> str:
        """A send without an answer, a moment ago, that is now retried."""
        scene, now = self._scene, datetime.now(UTC)
        self.history.add(SendJob("u-1", self._robot, scene.message, now))
        self.history.announce(
            Report("u-1", 1, Status.SENDING, now, url=scene.robot.endpoint, body_bytes=1)
        )
        row = self.history.complete(Report("u-1", 1, Status.UNKNOWN, now, fault=Fault.READ_TIMEOUT))
        self.outbox.retry(row, self._robot)
        return "u-1"

    def _wait_while_locked(self) -> None:
        """Another program holds the file until the verdict is there."""
        with self.locked():
            self.wait(lambda: bool(self.said))
        assert self.outbox.write_pending()

    def _await(self, msg_uuid: str) -> SendRow:
        def final() -> list[Report]:
            return [one for one in self.said if one.msg_uuid == msg_uuid and one.status.is_final]

        self.wait(lambda: bool(final()))
        row = self.row(msg_uuid)
        # What the window is told and what is written down are the same.
        assert [one.status for one in final()] == [row.status]
        return row

    def _read_credentials(self, _robot_id: str) -> Credentials:
        if isinstance(self._scene.credentials, SecretsReason):
            raise SecretsUnavailable(self._scene.credentials)
        return self._scene.credentials


class OutcomeReader:
    """Reads what is said of a send, in one language after the other."""

    def __init__(self, application: QCoreApplication) -> None:
        self._translators = Translators(application)

    def line(self, outcome: Outcome, row: SendRow, attempts: int, *, is_retry: bool) -> str:
        """The row of the table, with both languages."""
        told = {language: self._words(language, row) for language in Language}
        english, chinese = told[Language.ENGLISH], told[Language.CHINESE]
        assert english.happened != chinese.happened
        assert english.helps != chinese.helps
        self._translators.use(Language.ENGLISH)
        help_ = recovery_action(row.status, row.cause, row.fault)
        cells = (
            outcome.what,
            status_word(row.status),
            str(max(attempts - is_retry - 1, 0)),
            _cell(english),
            _cell(chinese),
            recovery_label(help_) if help_ else "",
            english.technical.replace(row.errmsg, "…") if row.errmsg else english.technical,
        )
        return f"| {' | '.join(cells)} |"

    def close(self) -> None:
        self._translators.uninstall()

    def _words(self, language: Language, row: SendRow) -> Words:
        self._translators.use(language)
        words = outcome_words(row, is_dingtalk=True)
        assert words.happened
        assert words.helps
        self._check_the_sandbox(row)
        return words

    def _check_the_sandbox(self, row: SendRow) -> None:
        """What a sandbox answered is never told as DingTalk's."""
        words = outcome_words(row, is_dingtalk=False)
        told = " ".join((words.happened, words.helps, words.own, words.technical))
        for general in OF_DINGTALK_ITSELF:
            told = told.replace(general, "")
        told = told.replace(row.errmsg, "")
        assert "DingTalk" not in told, told
        assert "钉钉" not in told, told


OF_DINGTALK_ITSELF = (
    # True whoever answered, and none of them says that DingTalk did.
    "not by DingTalk",
    "没有发给钉钉",
    "in DingTalk's open platform",
    "钉钉开放平台",
    "longer than any of DingTalk's",
    "不可能来自钉钉",
    "is not what DingTalk answers",
    "不是钉钉那样的回复",
    "(DingTalk is not known to use this number.)",
    "没见过钉钉用这个编号",
)


def _cell(words: Words) -> str:
    return f"{words.happened} *{words.helps}*"


@pytest.fixture
def reader(qapp: QCoreApplication) -> Iterator[OutcomeReader]:
    reader = OutcomeReader(qapp)
    yield reader
    reader.close()


@pytest.fixture
def run(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reader: OutcomeReader
) -> Callable[[Outcome], str]:
    """Stage an outcome; the line that it makes in the table, and the row's DingTalk words."""

    def run_one(outcome: Outcome) -> str:
        with staged(outcome, tmp_path, monkeypatch) as scene, ExitStack() as stack:
            harness = SceneHarness(scene, tmp_path / "history.sqlite3", qtbot)
            stack.callback(harness.close)
            row, attempts = harness.send()
            assert (row.status, attempts) == (outcome.status, outcome.attempts)
            assert outcome.calls in (None, scene.calls())
            assert (
                row.errmsg in outcome_words(row, is_dingtalk=True).technical
            ) or row.errcode == "0"
            return reader.line(outcome, row, attempts, is_retry=scene.is_retry)

    return run_one


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda one: one.what)
def test_every_end_of_a_send_is_told_as_the_table_says(
    outcome: Outcome, run: Callable[[Outcome], str], table: dict[str, str]
) -> None:
    found = run(outcome)
    if IS_WRITING:
        table[outcome.what] = found
    assert table.get(outcome.what) == found


@pytest.mark.parametrize("generation", Generation)
@pytest.mark.parametrize("fact", REFUSALS, ids=lambda one: f"{one.errcode} {one.wordings[0]}")
def test_every_refusal_is_told_alike_in_all_four_wordings(
    fact: Fact, generation: Generation, run: Callable[[Outcome], str], table: dict[str, str]
) -> None:
    outcome = outcome_of(fact, generation)
    found = run(outcome)
    if IS_WRITING:
        table[outcome.what] = found
    assert table.get(outcome.what) == found


CHECK_THE_GROUP = "Check the group before you send it again."
MAY_HAVE_ARRIVED = "It may have accepted the message anyway."


def test_whatever_may_have_arrived_sends_a_person_to_look_and_nothing_else_does(
    table: dict[str, str],
) -> None:
    """One sentence's duty, over the whole matrix."""
    if IS_WRITING:
        pytest.skip("the table is being written")
    assert len(table) > 80
    for what, line in table.items():
        _, status, _, english, chinese, *_ = line.removeprefix("| ").split(" | ")
        may_have_arrived = status == "Unknown" or MAY_HAVE_ARRIVED in english
        assert (CHECK_THE_GROUP in english) == may_have_arrived, what
        assert ("先到群里确认" in chinese) == may_have_arrived, what
        assert english.count("heck the group") <= 1, what


def test_an_http_error_is_named_with_its_number_and_behind_the_fold_alone(
    table: dict[str, str],
) -> None:
    told = [line for line in table.values() if "HTTP" in line.rpartition(" | ")[2]]
    if not IS_WRITING:
        assert len(told) >= 10
    for what, line in table.items():
        _, _, _, english, chinese, _, technical = line.split(" | ")
        assert "HTTP" not in english + chinese, line
        if what.startswith(("HTTP", "a redirect", "an empty HTTP")):
            assert re.search(r"HTTP \d{3}", technical), line


def test_the_table_holds_every_outcome_and_nothing_else(table: dict[str, str]) -> None:
    if not IS_WRITING:
        assert list(table) == [one.what for one in (*all_refusals(), *OUTCOMES)]
