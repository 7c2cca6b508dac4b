"""The history shows what went over the wire: of every outcome, and never what did not happen."""

import json
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from dingcomposer.core.delivery import Status
from dingcomposer.sandbox.faults import FaultKind, FaultPlan
from dingcomposer.sandbox.server import Exchange
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore
from dingcomposer.storage.migrations import STEPS
from dingcomposer.ui.history.details import SendDetails
from dingcomposer.ui.texts.attempts import answer_text, request_text, what_came
from tests.fakes.programs import Person, Start
from tests.fakes.widget_driver import choose_in


class WireReader:
    """Somebody who sends once to a sandbox that misbehaves, and reads its tabs."""

    def __init__(self, person: Person, *faults: FaultPlan) -> None:
        person.sandbox.robot.faults = faults
        person.write_text("今晚停机")
        self.person = person
        self.row = person.send()
        person.driver.click("verdict.details")
        self.exchanges: tuple[Exchange, ...] = person.sandbox.exchanges()

    def tab(self, name: str) -> str:
        text = self.person.program.window.findChild(QPlainTextEdit, f"history.{name}")
        assert isinstance(text, QPlainTextEdit)
        return text.toPlainText()

    def copy_as_curl(self) -> None:
        details = self.person.program.window.findChild(SendDetails, "history.details")
        assert isinstance(details, SendDetails)
        choose_in(details.make_snippet_menu(), "copy_as.bash")

    def came(self) -> list[str]:
        attempts = self.person.program.history.attempts(self.row.msg_uuid)
        return [what_came(one) for one in attempts]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (FaultKind.REDIRECT, "HTTP 302, no body."),
        (FaultKind.EMPTY, "HTTP 200, no body."),
        (FaultKind.HTML, "HTTP 200, "),
        (FaultKind.HTTP_502, "HTTP 502, "),
        (FaultKind.CLOSE, "before an answer began."),
        (FaultKind.RESET, "before an answer began."),
        (FaultKind.HALF, "HTTP 200. The connection broke after "),
        (FaultKind.ERRCODE_FALSE, "HTTP 200, "),
        (FaultKind.HUGE, "it was read no further than "),
    ],
)
def test_an_unknown_outcome_says_what_came_and_not_that_nothing_left(
    start: Start, kind: FaultKind, words: str
) -> None:
    reader = WireReader(start(), FaultPlan(kind))
    assert reader.row.status is Status.UNKNOWN
    answer = reader.tab("answer")
    assert words in answer
    assert words in reader.came()[0]
    for tab in ("answer", "request"):
        assert reader.tab(tab)
        assert "othing left" not in reader.tab(tab)


def test_half_an_answer_says_how_much_of_it_came_and_shows_it(start: Start) -> None:
    reader = WireReader(start(), FaultPlan(FaultKind.HALF))
    (attempt,) = reader.person.program.history.attempts(reader.row.msg_uuid)
    trace = attempt.trace
    assert trace is not None
    assert trace.announced_bytes is not None
    assert 0 < trace.received_bytes < trace.announced_bytes
    assert f"{trace.received_bytes} of {trace.announced_bytes} bytes came." in reader.tab("answer")
    assert reader.tab("answer").startswith("HTTP/1.1 200 OK\n")
    assert '{"' in reader.tab("answer")


def test_the_request_is_shown_as_the_sandbox_got_it(start: Start) -> None:
    reader = WireReader(start())
    (exchange,) = reader.exchanges
    request = reader.tab("request")
    lines = request.split("\n")
    for name, value in exchange.headers:
        assert f"{name}: {value}" in lines
    assert exchange.body.decode() in lines
    timestamp = exchange.query.partition("timestamp=")[2].partition("&")[0]
    assert f"?access_token=***&timestamp={timestamp}&sign=***" in lines[0]
    secrets = (reader.person.sandbox.access_token, reader.person.sandbox.secret)
    assert not any(secret in request for secret in secrets)


def test_the_answer_is_shown_with_its_headers(start: Start) -> None:
    answer = WireReader(start()).tab("answer")
    assert answer.startswith("HTTP/1.1 200 OK\n")
    assert "Content-Type: application/json" in answer
    assert '"errcode":0' in answer.replace(" ", "")


def test_each_of_several_attempts_has_its_request_and_its_answer(start: Start) -> None:
    reader = WireReader(start(), FaultPlan(FaultKind.BUSY))
    assert reader.row.status is Status.DELIVERED
    for tab in ("request", "answer"):
        assert "Attempt 1\n" in reader.tab(tab)
        assert "Attempt 2\n" in reader.tab(tab)
    assert reader.tab("request").count("POST ") == 2


def test_a_copied_script_keeps_the_id_only_where_a_safe_retry_is_offered(start: Start) -> None:
    lost = WireReader(start(), FaultPlan(FaultKind.CLOSE))
    lost.person.driver.click("history.technical")
    lost.copy_as_curl()
    assert lost.row.msg_uuid in QApplication.clipboard().text()


def test_a_script_copied_from_what_was_delivered_posts_anew_and_signs(start: Start) -> None:
    delivered = WireReader(start())
    delivered.person.driver.click("history.technical")
    delivered.copy_as_curl()
    script = QApplication.clipboard().text()
    assert delivered.row.msg_uuid not in script
    # This send was signed: the script does not run without the secret.
    assert "Nothing was sent: set DINGTALK_SECRET" in script
    assert "or to nothing if the robot" not in script


def test_rows_of_an_older_program_say_that_it_was_not_recorded(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    before = next(n for n, step in enumerate(STEPS) if any("status_line" in one for one in step))
    with closing(Database(path, steps=STEPS[:before])) as database, database.transaction():
        payload = json.dumps({"msgtype": "text", "text": {"content": "旧"}})
        database.run(
            "INSERT INTO sends (msg_uuid, robot_id, robot_name, robot_colour, stage, is_sandbox,"
            " kind, headline, status, fault, created_at, attempts, payload)"
            " VALUES ('u', 'r', '群', '#000000', 'test', 0, 'text', '旧', 'unknown', 'redirected',"
            " 1, 1, ?)",
            payload,
        )
        database.run(
            "INSERT INTO attempts (send_key, number, robot_id, is_sandbox, status, fault,"
            " http_status, started_at) VALUES (1, 1, 'r', 0, 'unknown', 'redirected', 302, 1)"
        )
    with closing(Database(path)) as database:
        history = HistoryStore(database)
        row, attempts = history.row("u"), history.attempts("u")
    assert row is not None
    assert (row.http_status, row.is_signed) == (302, None)
    assert attempts[0].trace is None
    assert "HTTP 302;" in what_came(attempts[0])
    assert "not recorded" in answer_text(row, attempts)
    assert "not recorded" in request_text(row, attempts)
