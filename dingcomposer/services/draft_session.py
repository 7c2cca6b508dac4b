"""What is being written and for whom: the open drafts, each with its undo; when to save them."""

import os
import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.draft import Caret, Draft, headline_of_draft
from dingcomposer.core.messages import Kind
from dingcomposer.core.records import dataclass
from dingcomposer.core.undo.changes import DraftChange
from dingcomposer.core.undo.history import UndoHistory
from dingcomposer.storage.drafts import (
    DraftVersion,
    SavedDraft,
    UnsavedDraft,
    UnsavedDrafts,
)

SAVE_AFTER_MS = 300
SAVE_AT_LATEST_MS = 700


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """What a list tells of an open draft. `is_sent`: nothing was changed since it was sent."""

    draft_id: str
    headline: str
    kind: Kind
    target_id: str | None
    changed_at: datetime
    sent_at: datetime | None
    is_current: bool

    @property
    def is_sent(self) -> bool:
        """Whether it stands as it was sent last."""
        return self.sent_at is not None and self.sent_at >= self.changed_at


def _new_id() -> str:
    return os.urandom(16).hex()


class _OpenDraft:
    """One draft as it stands now."""

    def __init__(self, saved: SavedDraft, undo: UndoHistory, *, is_unsaved: bool = False) -> None:
        self.draft_id = saved.draft_id
        self.draft = saved.draft
        self.target_id = saved.target_robot_id
        self.caret = saved.caret
        self.changed_at = saved.changed_at
        self.sent_at = saved.sent_at
        self.closed_at = saved.closed_at
        self.corrects = saved.corrects
        self.undo = undo
        self.sent: list[DraftVersion] = []
        self.is_unsaved = is_unsaved

    @property
    def is_pristine(self) -> bool:
        """True where nobody has written anything yet: nothing is lost with it."""
        return self.draft.is_blank and self.undo.is_pristine

    def unsaved(self) -> UnsavedDraft:
        """What is to be written of it."""
        steps = self.undo.unsaved()
        saved = SavedDraft(
            self.draft_id,
            self.draft,
            self.target_id,
            self.changed_at,
            self.caret,
            self.sent_at,
            self.closed_at,
            steps.range,
            self.corrects,
        )
        return UnsavedDraft(saved, steps, tuple(self.sent))

    def mark_saved(self) -> None:
        """All of it is written."""
        self.undo.mark_saved()
        self.sent.clear()
        self.is_unsaved = False


class DraftSession(QObject):
    """Holds the open drafts, of which one is in the window: frozen, with the robot that it is for.

    Every change of it is one `edit`. It outlives the page that shows it, so a page can be built
    anew (for another language) and nothing is lost. `clock_s` gives monotonic seconds, `now` aware
    UTC.

    Signals:
        changed(Draft): the draft in the window is another one, whoever changed it.
        replaced(Draft): another message comes into the window as a whole; comes before `changed`.
        target_changed(str | None): the robot that it is for.
        undo_changed(bool, bool): whether there is something to undo, to redo.
        leaving(): another draft is about to come into the window; what is half typed goes into this
            one now.
        caret_wanted(Caret): put the keyboard back to where it was in this draft.
        drafts_changed(): `summaries` are others; what is typed shows there once it is saved.
        save_due(): write down what is `unsaved`; at most a second after the last key.
    """

    changed = Signal(object)
    replaced = Signal(object)
    target_changed = Signal(object)
    undo_changed = Signal(bool, bool)
    leaving = Signal()
    caret_wanted = Signal(object)
    drafts_changed = Signal()
    save_due = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        clock_s: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self._clock_s, self._now = clock_s, now
        self._current = self._blank()
        self._open: list[_OpenDraft] = [self._current]
        self._closed: list[_OpenDraft] = []  # and not saved as that yet
        self._removed: list[str] = []
        self._is_order_unsaved = False
        self._can = (False, False)
        self._pause = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._latest = QTimer(self, singleShot=True, interval=SAVE_AT_LATEST_MS)
        self._pause.timeout.connect(self.flush)
        self._latest.timeout.connect(self.flush)

    @property
    def draft(self) -> Draft:
        """The draft in the window, as it stands."""
        return self._current.draft

    @property
    def draft_id(self) -> str:
        """Which draft is in the window."""
        return self._current.draft_id

    @property
    def target_id(self) -> str | None:
        """The robot that the draft is for; None until a person chose one."""
        return self._current.target_id

    @property
    def corrects(self) -> str:
        """The msgUuid of the send that the draft is to set right; "" for none."""
        return self._current.corrects

    @property
    def caret(self) -> Caret:
        """Where the keyboard is in the draft."""
        return self._current.caret

    @property
    def can_undo(self) -> bool:
        """True where `undo` would change something."""
        return self._current.undo.can_undo

    @property
    def can_redo(self) -> bool:
        """True where `redo` would change something."""
        return self._current.undo.can_redo

    @property
    def summaries(self) -> tuple[DraftSummary, ...]:
        """The open drafts in their order."""
        return tuple(
            DraftSummary(
                one.draft_id,
                headline_of_draft(one.draft),
                one.draft.kind,
                one.target_id,
                one.changed_at,
                one.sent_at,
                one is self._current,
            )
            for one in self._open
        )

    def draft_of(self, draft_id: str) -> Draft | None:
        """An open draft as it stands; None where it is not open."""
        found = self._find(draft_id)
        return None if found is None else found.draft

    # The draft in the window

    def edit(self, draft: Draft, merge_key: str = "") -> None:
        """Make this of the draft, as one more step that can be undone.

        The key is the path of the field that is typed in, such as "buttons.0.title": letters that
        follow each other there are one step. Without a key a step stands alone.
        """
        current = self._current
        if draft.json_text is not None and draft.json_text == current.draft.json_text:
            draft = replace(draft, json_text=None)  # what was half typed there is not gone on with
        if draft == current.draft:
            return
        current.undo.record(current.draft, draft, merge_key, self._clock_s())
        self._show(draft)

    def end_step(self) -> None:
        """What is done next is a step of its own, however quickly it follows."""
        self._current.undo.settle()

    def undo(self) -> None:
        """Go one step back, if there is one. The target stays: it moves by hand only."""
        before = self._current.undo.undo(self.draft)
        if not self.can_undo:
            self._current.corrects = ""  # undone, all of it
        self._step(before)

    def redo(self) -> None:
        """Take the last undo back, if there is one."""
        self._step(self._current.undo.redo(self.draft))

    def set_target(self, robot_id: str | None) -> None:
        """Set the draft's robot, or none. Call it only for what a person did by hand."""
        if robot_id != self._current.target_id:
            self._current.target_id = robot_id
            self._current.sent_at = None  # to this robot it was not
            self._plan_to_save(self._current)
            self.target_changed.emit(robot_id)
            self.drafts_changed.emit()

    def set_corrects(self, msg_uuid: str) -> None:
        """The draft as it stands is to set this send right."""
        self._current.corrects = msg_uuid
        self._plan_to_save(self._current)

    def set_caret(self, caret: Caret) -> None:
        """The keyboard is here now."""
        if caret != self._current.caret:
            self._current.caret = caret
            self._plan_to_save(self._current)

    # Several drafts

    def begin(self, draft: Draft | None = None) -> None:
        """Begin another message, for nobody yet, beside those that are open.

        One in which nothing was written yet is used for it. What is opened is its first step.
        """
        self.leaving.emit()
        draft, left = draft or Draft(), self._current
        pristine = next((one for one in (left, *self._open) if one.is_pristine), None)
        if pristine is None:
            pristine = self._blank()
            self._open.insert(0, pristine)
            self._is_order_unsaved = True
            if left.draft.is_blank:
                self._take_out(left)
        self._current = pristine
        before, pristine.target_id = pristine.target_id, None
        pristine.corrects = ""
        if draft != pristine.draft:
            pristine.undo.record(pristine.draft, draft, "", self._clock_s())
            pristine.draft, pristine.changed_at = draft, self._now()
        pristine.caret = Caret()
        if pristine is not left or before is not None or not pristine.is_pristine:
            self._plan_to_save(pristine)
        self._show_current()

    def switch_to(self, draft_id: str) -> None:
        """Bring an open draft into the window."""
        found = self._find(draft_id)
        if found is not None and found is not self._current:
            self.leaving.emit()
            self._current = found
            self._plan_to_save(found)
            self._show_current()

    def switch_by(self, steps: int) -> None:
        """Bring the next draft of the list into the window, or the one before (-1); round it."""
        at = self._open.index(self._current)
        self.switch_to(self._open[(at + steps) % len(self._open)].draft_id)

    def close(self, draft_id: str) -> None:
        """Take a draft out of the list; it can be had back for 30 days.

        One in which nothing was written leaves nothing behind. Where it was the last one, there is
        a blank one instead.
        """
        found = self._find(draft_id)
        if found is None:
            return
        if found is self._current:
            self.leaving.emit()
        at = self._open.index(found)
        self._take_out(found)
        if not self._open:
            self._open.append(self._blank())
        if found is self._current:
            self._current = self._open[min(at, len(self._open) - 1)]
            self._plan_to_save(self._current)
            self._show_current()
        else:
            self._plan_to_save(None)
            self.drafts_changed.emit()

    def reopen(self, saved: SavedDraft, read_steps: Callable[[], Sequence[DraftChange]]) -> None:
        """Bring a closed draft back into the list and the window."""
        back = next((one for one in self._closed if one.draft_id == saved.draft_id), None)
        if back is not None:
            self._closed.remove(back)
        elif self._find(saved.draft_id) is None:
            back = _OpenDraft(saved, UndoHistory(saved.steps, read_steps))
        else:
            self.switch_to(saved.draft_id)
            return
        self.leaving.emit()
        left, back.closed_at = self._current, None
        self._open.insert(0, back)
        if left.is_pristine:
            self._take_out(left)
        self._is_order_unsaved = True
        self._current = back
        self._plan_to_save(back)
        self._show_current()

    def mark_sent(
        self,
        draft_id: str,
        sent: Draft,
        at: datetime,
        target_id: str | None = None,
        *,
        is_whole: bool = True,
    ) -> None:
        """A draft, as it was then, was sent to the robot that it was for, and taken there.

        `is_whole` is False where other groups of several did not get it, or not yet.
        """
        found = self._find(draft_id)
        if found is not None:
            if is_whole and found.target_id == target_id:  # it may be for another one by now
                found.sent_at = at
            if found.sent and found.sent[-1].draft == sent:
                found.sent.pop()  # to several groups: one version
            found.sent.append(DraftVersion(sent, at, was_sent=True))
            self._plan_to_save(found)
            self.drafts_changed.emit()

    def keep_targets(self, robot_ids: Collection[str]) -> None:
        """Aim no draft at a robot that is none of these any more."""
        for one in self._open:
            if one.target_id is not None and one.target_id not in robot_ids:
                one.target_id = None
                self._plan_to_save(one)
                if one is self._current:
                    self.target_changed.emit(None)
                self.drafts_changed.emit()

    def restore(self, draft: Draft, target_id: str | None) -> None:
        """Take up one draft as if it stood there: nothing to undo, nothing to save."""
        saved = SavedDraft(_new_id(), draft, target_id, self._now())
        self.restore_all((saved,), saved.draft_id, lambda _draft_id: ())

    def restore_all(
        self,
        drafts: Sequence[SavedDraft],
        current_id: str,
        read_steps: Callable[[str], Sequence[DraftChange]],
    ) -> None:
        """Take up what was saved. There is at least one; nothing is to be saved."""

        def reader(draft_id: str) -> Callable[[], Sequence[DraftChange]]:
            return lambda: read_steps(draft_id)

        self._open = [
            _OpenDraft(one, UndoHistory(one.steps, reader(one.draft_id))) for one in drafts
        ]
        self._current = self._find(current_id) or self._open[0]
        self._closed.clear()
        self._removed.clear()
        self._is_order_unsaved = False
        self._stop_timers()
        self._show_current()

    # Saving

    @property
    def is_saved(self) -> bool:
        """True where `unsaved` has nothing that is not written."""
        return not (
            self._is_order_unsaved
            or self._closed
            or self._removed
            or any(one.is_unsaved for one in self._open)
        )

    def unsaved(self) -> UnsavedDrafts:
        """What is to be written."""
        return UnsavedDrafts(
            tuple(one.unsaved() for one in (*self._open, *self._closed) if one.is_unsaved),
            tuple(self._removed),
            tuple(one.draft_id for one in self._open),
            self._current.draft_id,
        )

    def mark_saved(self) -> None:
        """What `unsaved` gave is written."""
        for one in (*self._open, *self._closed):
            if one.is_unsaved:
                one.mark_saved()
        self._closed.clear()
        self._removed.clear()
        self._is_order_unsaved = False

    def mark_unsaved(self) -> None:
        """What was written is lost: every open draft is to be written again, whole."""
        self._is_order_unsaved = True
        for one in self._open:
            one.is_unsaved = True
            one.undo.mark_unsaved()

    def flush(self) -> None:
        """Say now that saving is due, if something is unsaved; for the way out."""
        if self._pause.isActive() or self._latest.isActive():
            self._stop_timers()
            self.save_due.emit()
            self.drafts_changed.emit()

    # Within

    def _blank(self) -> _OpenDraft:
        saved = SavedDraft(_new_id(), Draft(), None, self._now())
        return _OpenDraft(saved, UndoHistory(), is_unsaved=True)

    def _find(self, draft_id: str) -> _OpenDraft | None:
        return next((one for one in self._open if one.draft_id == draft_id), None)

    def _take_out(self, one: _OpenDraft) -> None:
        self._open.remove(one)
        self._is_order_unsaved = True
        if one.is_pristine and one.sent_at is None:
            self._removed.append(one.draft_id)
        else:
            one.undo.settle()
            one.closed_at = self._now()
            one.is_unsaved = True
            self._closed.append(one)

    def _step(self, draft: Draft | None) -> None:
        if draft is None:
            self._tell_undo()
        else:
            self._show(draft)

    def _show(self, draft: Draft) -> None:
        self._current.draft = draft
        self._current.changed_at = self._now()
        self._plan_to_save(self._current)
        self.changed.emit(draft)
        self._tell_undo()

    def _show_current(self) -> None:
        """Another draft is in the window."""
        current, caret = self._current, self._current.caret
        self.replaced.emit(current.draft)
        self.changed.emit(current.draft)
        self.target_changed.emit(current.target_id)
        self._tell_undo()
        # The form has moved its own carets meanwhile.
        current.caret = caret
        self.caret_wanted.emit(caret)
        self.drafts_changed.emit()

    def _tell_undo(self) -> None:
        can = self.can_undo, self.can_redo
        if can != self._can:
            self._can = can
            self.undo_changed.emit(*can)

    def _plan_to_save(self, one: _OpenDraft | None) -> None:
        if one is not None:
            one.is_unsaved = True
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def _stop_timers(self) -> None:
        self._pause.stop()
        self._latest.stop()
