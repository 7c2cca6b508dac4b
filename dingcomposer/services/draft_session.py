"""What is being written and for whom: the newest draft, its undo, and when to save it."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from dingcomposer.core.draft import Draft

SAVE_AFTER_MS = 400
SAVE_AT_LATEST_MS = 900
_STEPS = 300
_PAUSE_S = 1.0
_RUN_S = 5.0


class DraftSession(QObject):
    """Holds one frozen draft and the id of the robot that it is for.

    It outlives the page that shows it, so a page can be built anew (for another language) and
    nothing is lost. `clock_s` gives monotonic seconds.

    Signals:
        changed(Draft): the draft is another one, whoever changed it.
        replaced(Draft): another message was put here as a whole; comes before `changed`.
        target_changed(str | None): the robot that it is for.
        undo_changed(bool, bool): whether there is something to undo, to redo.
        save_due(Draft, str | None): write these down; at most a second after the last key.
    """

    changed = Signal(object)
    replaced = Signal(object)
    target_changed = Signal(object)
    undo_changed = Signal(bool, bool)
    save_due = Signal(object, object)

    def __init__(
        self, parent: QObject | None = None, *, clock_s: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._clock_s = clock_s
        self._draft = Draft()
        self._target_id: str | None = None
        self._past: list[Draft] = []
        self._future: list[Draft] = []
        self._merge_key = ""
        self._is_unsaved = False
        self._edited_at_s = self._run_began_at_s = 0.0
        self._pause = QTimer(self, singleShot=True, interval=SAVE_AFTER_MS)
        self._latest = QTimer(self, singleShot=True, interval=SAVE_AT_LATEST_MS)
        self._pause.timeout.connect(self.flush)
        self._latest.timeout.connect(self.flush)

    @property
    def draft(self) -> Draft:
        """The newest draft."""
        return self._draft

    @property
    def target_id(self) -> str | None:
        """The robot that the draft is for; None until a person chose one."""
        return self._target_id

    @property
    def can_undo(self) -> bool:
        """True where `undo` would change something."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """True where `redo` would change something."""
        return bool(self._future)

    def edit(self, draft: Draft, merge_key: str = "") -> None:
        """Make this the newest draft, as one more step that can be undone.

        Steps with the same key that follow each other quickly are one: a word typed, not a letter.
        Without a key a step stands alone.
        """
        if draft.json_text is not None and draft.json_text == self._draft.json_text:
            draft = replace(draft, json_text=None)  # what was half typed there is not gone on with
        if draft == self._draft:
            return
        now = self._clock_s()
        is_same_run = (
            bool(merge_key)
            and merge_key == self._merge_key
            and now - self._edited_at_s < _PAUSE_S
            and now - self._run_began_at_s < _RUN_S
        )
        if not is_same_run:
            self._past = [*self._past, self._draft][-_STEPS:]
            self._run_began_at_s = now
        self._edited_at_s = now
        self._merge_key = merge_key
        self._future.clear()
        self._show(draft)

    def undo(self) -> None:
        """Go one step back, if there is one. The target stays: it moves by hand only."""
        if self._past:
            self._future.append(self._draft)
            self._merge_key = ""
            self._show(self._past.pop())

    def redo(self) -> None:
        """Take the last undo back, if there is one."""
        if self._future:
            self._past.append(self._draft)
            self._merge_key = ""
            self._show(self._future.pop())

    def replace(self, draft: Draft) -> None:
        """Begin another message, for nobody yet. What stood here can be had back by undo."""
        self.replaced.emit(draft)
        self.edit(draft)
        self.set_target(None)

    def restore(self, draft: Draft, target_id: str | None) -> None:
        """Take up what was saved: nothing to undo, nothing to save."""
        self._past.clear()
        self._future.clear()
        self._draft, self._target_id = draft, target_id
        self._merge_key = ""
        self.replaced.emit(draft)
        self.changed.emit(draft)
        self.target_changed.emit(target_id)
        self.undo_changed.emit(False, False)

    def set_target(self, robot_id: str | None) -> None:
        """Set the draft's robot, or none. Call it only for what a person did by hand."""
        if robot_id != self._target_id:
            self._target_id = robot_id
            self._plan_to_save()
            self.target_changed.emit(robot_id)

    def flush(self) -> None:
        """Say now that saving is due, if something is unsaved; for the way out."""
        if self._is_unsaved:
            self._is_unsaved = False
            self._pause.stop()
            self._latest.stop()
            self.save_due.emit(self._draft, self._target_id)

    def _show(self, draft: Draft) -> None:
        self._draft = draft
        self._plan_to_save()
        self.changed.emit(draft)
        self.undo_changed.emit(self.can_undo, self.can_redo)

    def _plan_to_save(self) -> None:
        self._pause.start()
        if not self._is_unsaved:
            self._is_unsaved = True
            self._latest.start()
