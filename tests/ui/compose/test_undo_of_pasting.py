"""Typing, pasting, JSON and kinds in any order: undo leads to the beginning, redo to the end."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.texts.problems import field_label, problem_sentence
from tests.fakes.clocks import FakeClock
from tests.ui.compose.conftest import ComposeDriver

NOTICE = "<h2>通知</h2><p>请<b>今天</b><u>交</u></p><table><tr><th>a</th><th>b</th></tr></table>"
BODIES = (
    '{"msgtype": "text", "text": {"content": "好"}, "trace": 1}',
    '{"msgtype": "markdown", "markdown": {"title": "t", "text": "# a"}}',
    '{"msgtype": "feedCard", "feedCard": {"links": []}}',
    '{"msgtype": "text", "text": {"content": "好"',
    "{'msgtype': 'text', 'text': {'content': '坏'}}",
)
BUTTONS = ("paste_bar.plain", "paste_bar.table", "paste_bar.markdown", "json.mend", "json.tidy")
STEPS = st.one_of(
    st.tuples(st.just("type"), st.sampled_from(("一", "二三", "# x"))),
    st.tuples(st.just("rich"), st.just(NOTICE)),
    st.tuples(st.just("json"), st.sampled_from(BODIES)),
    st.tuples(st.just("press"), st.sampled_from((*BUTTONS, "extras"))),
    st.tuples(st.just("kind"), st.sampled_from(Kind)),
    st.tuples(st.just("undo"), st.just("")),
)


def take(driver: ComposeDriver, what: str, how: str) -> None:
    """One thing that a person does, where it can be done."""
    driver.pause()
    if what == "kind":
        driver.choose_kind(Kind(how))
    elif what == "undo":
        driver.session.undo()
    elif what == "press":
        for button in driver.page.findChildren(QAbstractButton, f"compose.{how}"):
            if button.isVisible() and button.isEnabled():
                button.click()
    elif what == "json":
        driver.page.show_json(is_shown=True)
        driver.field("json").selectAll()
        driver.paste("json", how)
    elif driver.draft.kind is not Kind.FEED_CARD:
        driver.page.show_json(is_shown=False)
        if what == "type":
            driver.type("text", how)
        else:
            mime = QMimeData()
            mime.setHtml(how)
            mime.setText("通知 请今天交")
            QApplication.clipboard().setMimeData(mime)
            driver.field("text").setFocus()
            driver.field("text").paste()


def undo_all(session: DraftSession) -> list[Draft]:
    """Take all back; what stood there on the way."""
    back = []
    while session.can_undo:
        session.undo()
        back.append(session.draft)
    return back


def redo_all(session: DraftSession) -> None:
    while session.can_redo:
        session.redo()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(STEPS, min_size=1, max_size=12))
def test_all_can_be_taken_back_and_done_again(qtbot: QtBot, steps: list[tuple[str, str]]) -> None:
    clock = FakeClock()
    session = DraftSession(clock_s=clock)
    page = ComposePage(session, problem_sentence, field_label)
    page.resize(480, 700)
    page.show()
    driver = ComposeDriver(page, session, clock)
    seen = [session.draft]
    for step in steps:
        take(driver, *step)
        seen.append(session.draft)
    redo_all(session)  # what was taken back on the way
    end = session.draft
    back = undo_all(session)
    assert session.draft == Draft()
    assert all(one in seen for one in back), "each step is one that a person took"
    redo_all(session)
    assert session.draft == end
    page.close()
    page.deleteLater()
