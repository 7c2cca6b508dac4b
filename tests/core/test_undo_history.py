"""Steps of undo: what a person calls one, exact both ways, small, and continued after a restart."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, Kind, Mentions
from dingcomposer.core.undo.changes import (
    ChangeError,
    Splice,
    applied,
    difference,
    reverted,
)
from dingcomposer.core.undo.history import MOST_BYTES, StepRange, UndoHistory
from tests.fakes.clocks import FakeClock
from tests.storage.test_drafts import DRAFTS


class Writer:
    """Somebody who writes into one draft, key by key."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.clock = FakeClock()
        self.history = UndoHistory()

    def edit(self, draft: Draft, key: str = "", after_s: float = 0.15) -> None:
        self.clock.now_s += after_s
        self.history.record(self.draft, draft, key, self.clock())
        self.draft = draft

    def type(self, text: str, at: int | None = None) -> None:
        """Letter by letter into the text, at its end or elsewhere."""
        for number, letter in enumerate(text):
            now = self.draft.text
            place = len(now) if at is None else at + number
            self.edit(replace(self.draft, text=now[:place] + letter + now[place:]), "text")

    def erase(self, count: int) -> None:
        for _ in range(count):
            self.edit(replace(self.draft, text=self.draft.text[:-1]), "text")

    def undo(self) -> str:
        before = self.history.undo(self.draft)
        assert before is not None
        self.draft = before
        return before.text

    def redo(self) -> str:
        after = self.history.redo(self.draft)
        assert after is not None
        self.draft = after
        return after.text


@pytest.fixture
def writer() -> Writer:
    return Writer()


@given(before=DRAFTS, after=DRAFTS)
def test_a_change_leads_both_ways(before: Draft, after: Draft) -> None:
    change = difference(before, after)
    assert applied(before, change) == after
    assert reverted(after, change) == before
    assert (change == ()) == (before == after)


def test_a_letter_in_a_long_text_is_a_small_change() -> None:
    long = "通知" * 10_000
    (change,) = difference(Draft(text=long), Draft(text=f"{long[:9]}x{long[9:]}"))
    assert change == Splice("text", 9, "", "x")


def test_a_change_of_a_kind_stays_a_kind() -> None:
    change = difference(Draft(), Draft(kind=Kind.LINK))
    assert applied(Draft(), change).kind is Kind.LINK


@pytest.mark.parametrize("other", [Draft(text="x"), Draft(text="abX"), Draft(text="a")])
def test_a_change_of_another_draft_is_refused(other: Draft) -> None:
    change = difference(Draft(text="abc"), Draft(text="abd", kind=Kind.LINK))
    with pytest.raises(ChangeError):
        applied(other, change)


def test_a_word_is_a_step_with_what_ends_it(writer: Writer) -> None:
    writer.type("hello, world again")
    assert [writer.undo() for _ in range(3)] == ["hello, world ", "hello, ", ""]
    assert [writer.redo() for _ in range(3)] == ["hello, ", "hello, world ", "hello, world again"]


def test_chinese_is_cut_at_its_marks(writer: Writer) -> None:
    writer.type("今晚停机，请保存。谢谢")
    assert [writer.undo() for _ in range(3)] == ["今晚停机，请保存。", "今晚停机，", ""]


def test_a_pause_and_a_long_run_end_a_step(writer: Writer) -> None:
    writer.type("ab")
    writer.clock.now_s += 1
    writer.type("cd")
    assert writer.undo() == "ab"
    writer.redo()
    writer.clock.now_s += 9
    writer.type("x" * 60)
    assert 4 < len(writer.undo()) < 50


def test_letters_taken_back_are_a_step_of_their_own(writer: Writer) -> None:
    writer.type("abcdef")
    writer.erase(3)
    writer.type("xyz")
    assert [writer.undo() for _ in range(3)] == ["abc", "abcdef", ""]


def test_typing_elsewhere_is_another_step(writer: Writer) -> None:
    writer.type("abcdef")
    writer.type("XY", at=2)
    assert writer.undo() == "abcdef"


def test_what_takes_the_place_of_a_selection_goes_on_as_typing(writer: Writer) -> None:
    writer.type("abcdef")
    writer.edit(replace(writer.draft, text="abX"), "text")
    writer.type("YZ")
    assert writer.draft.text == "abXYZ"
    assert writer.undo() == "abcdef"


@pytest.mark.parametrize("pasted", ["一份很长的通知，从别处来的，一整段。", "a\nb", "x\n\ny"])
def test_what_is_pasted_is_a_step_of_its_own(writer: Writer, pasted: str) -> None:
    writer.type("ab")
    writer.edit(replace(writer.draft, text=f"ab{pasted}"), "text")
    writer.type("cd")
    assert writer.undo() == f"ab{pasted}"
    assert writer.undo() == "ab"


def test_what_an_input_method_writes_is_typing(writer: Writer) -> None:
    writer.edit(replace(writer.draft, text="今晚"), "text")
    writer.edit(replace(writer.draft, text="今晚停机"), "text")
    assert writer.undo() == ""


def test_what_the_field_adds_by_itself_belongs_to_the_key(writer: Writer) -> None:
    writer.type("- 一\n")
    writer.edit(replace(writer.draft, text="- 一\n行"), "text")
    writer.edit(replace(writer.draft, text="- 一\n\n行"), "text", after_s=0.001)
    writer.type("政部")
    assert writer.undo() == "- 一\n"


def test_another_field_and_anything_without_a_key_stand_alone(writer: Writer) -> None:
    writer.type("ab")
    writer.edit(replace(writer.draft, title="t"), "title")
    writer.edit(replace(writer.draft, kind=Kind.LINK))
    writer.edit(replace(writer.draft, mentions=Mentions(("13800000000",))))
    kinds = []
    for _ in range(4):
        writer.undo()
        kinds.append((writer.draft.mentions, writer.draft.kind, writer.draft.title))
    assert kinds == [
        (None, Kind.LINK, "t"),
        (None, Kind.TEXT, "t"),
        (None, Kind.TEXT, ""),
        (None, Kind.TEXT, ""),
    ]


def test_a_field_of_an_item_is_typed_in_as_any_other(writer: Writer) -> None:
    def labelled(label: str) -> Draft:
        return replace(writer.draft, buttons=(Button(label), Button()))

    for label in ("o", "op", "ope", "open"):
        writer.edit(labelled(label), "buttons.0.title")
    writer.undo()
    assert writer.draft == Draft()


def test_a_step_that_comes_to_nothing_is_none(writer: Writer) -> None:
    writer.edit(replace(writer.draft, buttons=(Button("a"), Button())), "buttons.drag")
    writer.edit(Draft(), "buttons.drag")
    assert not writer.history.can_undo
    assert writer.history.is_pristine


def test_a_draft_of_which_the_kind_alone_was_chosen_holds_nothing(writer: Writer) -> None:
    writer.edit(Draft(kind=Kind.LINK))
    assert writer.history.is_pristine
    writer.type("a")
    writer.erase(1)
    assert not writer.history.is_pristine, "what was erased can be had back"


def test_a_long_day_of_typing_is_kept_to_its_first_word(writer: Writer) -> None:
    for number in range(3_000):
        writer.edit(Draft(text=f"word {number}"))
    while writer.history.can_undo:
        writer.undo()
    assert writer.draft == Draft()


def test_only_so_many_bytes_of_steps_are_kept_and_the_oldest_go(writer: Writer) -> None:
    page = "很长" * 20_000  # 120 KB, which each step puts in the place of another
    room = MOST_BYTES // (2 * 120_000)
    for number in range(room + 10):
        writer.edit(Draft(text=f"{number}{page}{number}"))
    writer.history.settle()
    kept = writer.history.unsaved().changes
    assert room - 2 <= len(kept) <= room
    while writer.history.can_undo:
        writer.undo()
    assert writer.draft.text.startswith(str(room + 10 - len(kept) - 1))


def test_one_step_that_is_too_large_by_itself_is_kept(writer: Writer) -> None:
    writer.edit(Draft(text="很" * MOST_BYTES))
    writer.history.settle()
    assert writer.undo() == ""


def test_the_bytes_of_steps_that_were_read_and_of_those_that_were_undone_count_rightly(
    writer: Writer,
) -> None:
    page = "很长" * 20_000
    for _ in range(5):
        for number in range(8):
            writer.edit(Draft(text=f"{number}{page}"))
        for _ in range(8):
            writer.undo()
    for number in range(8):
        writer.edit(Draft(text=f"{number}{page}{number}"))
    writer.history = saved_and_read_again(writer)
    assert writer.undo().startswith("6")
    for number in range(8, 40):
        writer.edit(Draft(text=f"{number}{page}{number}"))
    writer.history.settle()
    assert len(writer.history.unsaved().changes) >= MOST_BYTES // 240_000 - 2


def saved_and_read_again(writer: Writer, at: UndoHistory | None = None) -> UndoHistory:
    """As a restart does."""
    unsaved = (at or writer.history).unsaved()
    assert unsaved.begin == unsaved.range.first, "all of it, as nothing was saved before"
    return UndoHistory(unsaved.range, lambda: unsaved.changes)


def test_undo_reaches_across_a_restart(writer: Writer) -> None:
    writer.type("hello, world again")
    writer.undo()
    writer.history = saved_and_read_again(writer)
    assert writer.history.can_redo
    assert writer.redo() == "hello, world again"
    assert [writer.undo() for _ in range(3)] == ["hello, world ", "hello, ", ""]


def test_what_is_still_being_typed_is_saved_and_goes_on(writer: Writer) -> None:
    writer.type("hel")
    first = writer.history.unsaved()
    writer.history.mark_saved()
    writer.type("lo")
    second = writer.history.unsaved()
    assert (first.begin, second.begin) == (0, 0), "the same step, written anew"
    assert [one.changes for one in (first, second)] == [
        ((Splice("text", 0, "", "hel"),),),
        ((Splice("text", 0, "", "hello"),),),
    ]
    assert writer.undo() == ""


def test_of_saved_steps_none_is_written_again(writer: Writer) -> None:
    writer.type("one, two")
    writer.history.unsaved()
    writer.history.mark_saved()
    assert writer.history.unsaved().changes == ()
    writer.undo()
    assert writer.history.unsaved().changes == ()
    assert writer.history.unsaved().range == StepRange(0, 1, 2)
    writer.clock.now_s += 2
    writer.type("x")
    unsaved = writer.history.unsaved()
    assert (unsaved.begin, unsaved.range) == (1, StepRange(0, 2, 2))
    assert unsaved.changes == ((Splice("text", 5, "", "x"),),)


@pytest.mark.parametrize("wrong", ["other draft", "too few", "none"])
def test_steps_that_do_not_fit_are_dropped_and_the_draft_stays(writer: Writer, wrong: str) -> None:
    writer.type("hello, world")
    unsaved = writer.history.unsaved()
    changes = {"other draft": unsaved.changes, "too few": unsaved.changes[1:], "none": ()}[wrong]
    history = UndoHistory(unsaved.range, lambda: changes)
    draft = Draft(text="something else") if wrong == "other draft" else writer.draft
    assert history.undo(draft) is None
    assert not history.can_undo
    assert not history.can_redo
    history.record(draft, replace(draft, text="new"), "", 1.0)
    assert history.undo(replace(draft, text="new")) == draft


@given(drafts=st.lists(DRAFTS, min_size=1, max_size=12), back=st.integers(0, 12))
def test_undoing_all_is_the_beginning_and_redoing_all_is_the_end(
    drafts: list[Draft], back: int
) -> None:
    writer = Writer()
    for draft in drafts:
        if draft != writer.draft:
            writer.edit(draft)
    end = writer.draft
    for _ in range(min(back, len(drafts))):
        if writer.history.can_undo:
            writer.undo()
    writer.history = saved_and_read_again(writer)
    while writer.history.can_undo:
        writer.undo()
    assert writer.draft == Draft()
    while writer.history.can_redo:
        writer.redo()
    assert writer.draft == end
