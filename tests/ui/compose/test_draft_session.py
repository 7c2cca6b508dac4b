"""The session: steps of undo, what merges, and when saving is due."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.services.draft_session import DraftSession
from tests.fakes.clocks import FakeClock


def test_letters_typed_quickly_are_one_step(session: DraftSession, clock: FakeClock) -> None:
    for number in range(1, 6):
        clock.now_s += 0.2
        session.edit(Draft(text="x" * number), "text")
    session.undo()
    assert session.draft == Draft()
    assert not session.can_undo


def test_a_pause_begins_a_new_step(session: DraftSession, clock: FakeClock) -> None:
    session.edit(Draft(text="one"), "text")
    clock.now_s += 3
    session.edit(Draft(text="one two"), "text")
    session.undo()
    assert session.draft.text == "one"


def test_typing_without_a_pause_is_cut_into_steps_now_and_then(
    session: DraftSession, clock: FakeClock
) -> None:
    for number in range(1, 101):
        clock.now_s += 0.2
        session.edit(Draft(text="x" * number), "text")
    session.undo()
    assert 50 < len(session.draft.text) < 100


def test_another_field_begins_a_new_step(session: DraftSession) -> None:
    session.edit(Draft(title="t"), "title")
    session.edit(Draft(title="t", text="x"), "text")
    session.undo()
    assert session.draft == Draft(title="t")


def test_what_was_undone_comes_back_until_something_else_is_written(
    session: DraftSession,
) -> None:
    session.edit(Draft(text="one"))
    session.edit(Draft(text="two"))
    session.undo()
    session.redo()
    assert session.draft.text == "two"
    session.undo()
    session.edit(Draft(text="three"))
    assert not session.can_redo
    session.redo()
    assert session.draft.text == "three"


def test_an_edit_that_changes_nothing_is_no_step(qtbot: QtBot, session: DraftSession) -> None:
    session.edit(Draft(text="one"))
    with qtbot.assertNotEmitted(session.changed):
        session.edit(Draft(text="one"))
    session.undo()
    assert not session.can_undo


def test_another_message_is_for_nobody_and_the_old_one_can_be_had_back(
    session: DraftSession,
) -> None:
    session.restore(Draft(text="mine"), "duty")
    session.replace(Draft(kind=Kind.LINK, title="opened"))
    assert session.target_id is None
    session.undo()
    assert session.draft == Draft(text="mine")
    assert session.target_id is None, "undo never aims"


def test_what_is_restored_is_neither_a_step_nor_to_be_saved(
    qtbot: QtBot, session: DraftSession
) -> None:
    with qtbot.assertNotEmitted(session.save_due):
        session.restore(Draft(text="saved"), "duty")
        session.flush()
    assert (session.draft.text, session.target_id) == ("saved", "duty")
    assert not session.can_undo


def test_saving_is_due_soon_after_the_last_key(qtbot: QtBot, session: DraftSession) -> None:
    session.set_target("duty")
    with qtbot.waitSignal(session.save_due, timeout=1000) as due:
        session.edit(Draft(text="x"), "text")
    assert due.args == [Draft(text="x"), "duty"]


def test_saving_is_due_every_second_even_if_the_typing_never_rests(
    qtbot: QtBot, session: DraftSession
) -> None:
    saved: list[Draft] = []
    session.save_due.connect(lambda draft, _target: saved.append(draft))

    def keep_typing() -> bool:
        session.edit(replace(session.draft, text=session.draft.text + "x"), "text")
        return bool(saved)

    qtbot.waitUntil(keep_typing, timeout=3000)
    assert saved[0].text.startswith("xxx")


def test_on_the_way_out_what_is_unsaved_is_said_at_once(
    qtbot: QtBot, session: DraftSession
) -> None:
    session.edit(Draft(text="x"), "text")
    with qtbot.waitSignal(session.save_due, timeout=0, raising=True):
        session.flush()
    with qtbot.assertNotEmitted(session.save_due):
        session.flush()
