"""The session: steps of undo, what merges, and when saving is due."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Caret, Draft
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
    with qtbot.waitSignal(session.save_due, timeout=1000):
        session.edit(Draft(text="x"), "text")
    (unsaved,) = session.unsaved().drafts
    assert (unsaved.saved.draft, unsaved.saved.target_robot_id) == (Draft(text="x"), "duty")


def test_saving_is_due_every_second_even_if_the_typing_never_rests(
    qtbot: QtBot, session: DraftSession
) -> None:
    saved: list[Draft] = []
    session.save_due.connect(lambda: saved.append(session.draft))

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
    session.mark_saved()
    with qtbot.assertNotEmitted(session.save_due):
        session.flush()


# Several drafts


def aim(session: DraftSession) -> str | None:
    """The draft's robot, as it is now."""
    return session.target_id


def texts(session: DraftSession) -> list[str]:
    return [one.headline for one in session.summaries]


def test_another_message_stands_beside_the_first_and_is_for_nobody(session: DraftSession) -> None:
    session.edit(Draft(text="mine"))
    session.set_target("duty")
    session.begin(Draft(kind=Kind.LINK, title="opened"))
    assert texts(session) == ["opened", "mine"]
    assert aim(session) is None
    session.undo()
    assert session.draft == Draft(), "what was opened is a step"
    assert aim(session) is None
    session.switch_by(1)
    assert session.draft == Draft(text="mine")
    assert aim(session) == "duty"


def test_there_is_one_blank_draft_at_most(session: DraftSession) -> None:
    session.begin()
    session.begin()
    assert texts(session) == [""]
    session.edit(Draft(text="a"))
    session.begin()
    session.switch_by(1)
    session.begin()
    assert texts(session) == ["", "a"], "it leads to the blank one that is there"
    session.begin(Draft(text="b"))
    assert texts(session) == ["b", "a"], "and uses it"


def test_each_draft_has_steps_of_its_own(session: DraftSession) -> None:
    session.edit(Draft(text="a"))
    session.begin(Draft(text="b"))
    session.switch_by(1)
    session.undo()
    session.switch_by(1)
    assert session.draft.text == "b"
    session.redo()
    assert session.draft.text == "b", "it has nothing to redo"
    session.switch_by(-1)
    session.redo()
    assert texts(session) == ["b", "a"]


def test_a_closed_draft_is_never_closed_into_nothing(session: DraftSession) -> None:
    session.edit(Draft(text="a"))
    closed = session.draft_id
    session.close(closed)
    assert texts(session) == [""]
    (kept,) = [one.saved for one in session.unsaved().drafts if one.saved.draft_id == closed]
    assert kept.draft == Draft(text="a")
    assert kept.closed_at is not None
    session.reopen(kept, lambda: ())
    assert texts(session) == ["a"], "the blank one gave way"
    assert session.can_undo


def test_what_was_erased_can_be_had_back_after_closing(session: DraftSession) -> None:
    session.edit(Draft(text="long"))
    session.edit(Draft())
    erased = session.draft_id
    session.begin()
    assert len(session.summaries) == 1
    (kept,) = [one for one in session.unsaved().drafts if one.saved.draft_id == erased]
    assert kept.saved.closed_at is not None
    assert len(kept.steps.changes) == 2


def test_a_blank_draft_leaves_nothing_behind(session: DraftSession) -> None:
    session.edit(Draft(text="a"))
    session.begin()
    blank = session.draft_id
    session.close(blank)
    assert texts(session) == ["a"]
    assert session.unsaved().removed == (blank,)


def test_the_neighbour_comes_into_the_window_when_a_draft_is_closed(session: DraftSession) -> None:
    for name in "abc":
        session.begin(Draft(text=name))
    assert texts(session) == ["c", "b", "a"]
    session.switch_by(1)
    session.close(session.draft_id)
    assert session.draft.text == "a"
    session.close(session.summaries[0].draft_id)
    assert session.draft.text == "a", "closing another one leaves the window as it is"


def test_the_keyboard_comes_back_to_its_place_in_each_draft(
    qtbot: QtBot, session: DraftSession
) -> None:
    session.edit(Draft(text="a"))
    session.set_caret(Caret("text", 0, 1))
    session.begin(Draft(text="b"))
    session.set_caret(Caret("mentions", 0, 0))
    with qtbot.waitSignal(session.caret_wanted, timeout=0) as wanted:
        session.switch_by(1)
    assert wanted.args == [Caret("text", 0, 1)]
    assert session.caret == Caret("text", 0, 1)


def test_what_is_half_typed_goes_into_the_draft_that_is_left(
    qtbot: QtBot, session: DraftSession
) -> None:
    session.edit(Draft(text="a"))
    session.leaving.connect(lambda: session.edit(replace(session.draft, title="half")))
    session.begin(Draft(text="b"))
    session.switch_by(1)
    assert session.draft == Draft(text="a", title="half")


def test_a_draft_tells_whether_it_was_sent_since_it_was_changed(session: DraftSession) -> None:
    session.edit(Draft(text="a"))
    (one,) = session.summaries
    assert not one.is_sent
    session.mark_sent(one.draft_id, session.draft, one.changed_at)
    assert session.summaries[0].is_sent
    session.edit(Draft(text="ab"))
    (one,) = session.summaries
    assert one.sent_at is not None
    assert not one.is_sent


def test_what_went_to_one_group_is_not_called_sent_to_another() -> None:
    session = DraftSession()
    session.edit(Draft(text="通知"))
    session.set_target("sandbox")
    (one,) = session.summaries
    session.mark_sent(one.draft_id, session.draft, one.changed_at, "sandbox")
    assert session.summaries[0].is_sent
    session.set_target("everybody")
    assert session.summaries[0].sent_at is None
    session.mark_sent(one.draft_id, session.draft, one.changed_at, "sandbox")  # it comes late
    assert session.summaries[0].sent_at is None


def test_no_draft_aims_at_a_robot_that_is_gone(session: DraftSession) -> None:
    session.edit(Draft(text="a"))
    session.set_target("duty")
    session.begin(Draft(text="b"))
    session.set_target("other")
    session.keep_targets(["other"])
    assert [one.target_id for one in session.summaries] == ["other", None]


def test_after_a_failed_save_everything_is_unsaved_still(session: DraftSession) -> None:
    session.edit(Draft(text="a"))
    session.begin(Draft(text="b"))
    assert len(session.unsaved().drafts) == 2
    session.mark_saved()
    assert session.is_saved
    assert session.unsaved().drafts == ()
