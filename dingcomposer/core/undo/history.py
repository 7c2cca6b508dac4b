"""The steps of one draft, back to its beginning and forth again; a step is what a person calls one.

Typing goes on in one step until the word ends, the hand rests or the caret goes elsewhere; letters
taken back are another one. What comes in a piece is a step by itself: a paste, a fix, a choice.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import Enum

from dingcomposer.core.draft import Draft
from dingcomposer.core.records import dataclass
from dingcomposer.core.undo.changes import (
    ChangeError,
    DraftChange,
    Splice,
    applied,
    difference,
    reverted,
    splice,
)

MOST_BYTES = 4_000_000
"""So much of a draft's steps is kept: the oldest go. It is some 15 000 words that were typed."""
STEP_BYTES = 256
"""What a step takes beside its words."""
AT_ONCE_S = 0.01
"""What follows so quickly in the same field was done by the field itself, with the same key."""
PAUSE_S = 1.0
RUN_S = 5.0
MOST_TYPED = 16
"""No hand types more letters at once; an input method's word is shorter."""


@dataclass(frozen=True, slots=True)
class StepRange:
    """The steps of a draft by their numbers: the first, how far it stands, and behind the last."""

    first: int = 0
    done: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class UnsavedSteps:
    """What is to be written: from this number on, these steps and no others."""

    range: StepRange
    begin: int
    changes: tuple[DraftChange, ...]


class _Stroke(Enum):
    """What a key, or something larger, did to a text."""

    TYPED = 0
    ERASED = 1
    REPLACED = 2  # begins what typing goes on with
    BLOCK = 3  # stands alone
    OTHER = 4  # in no text


@dataclass(frozen=True, slots=True)
class _Edit:
    """One stroke: from where to where, whether it begins or ends a word, how much it adds."""

    stroke: _Stroke
    at: int = 0
    end: int = 0
    begins_word: bool = False
    ends_word: bool = False
    grows: int = 0


_OTHER = _Edit(_Stroke.OTHER)
_BLOCK = _Edit(_Stroke.BLOCK)


class UndoHistory:
    """Steps are recorded as they are made; `read` gives those of an earlier run when first wanted.

    Times are monotonic seconds.
    """

    def __init__(
        self,
        steps: StepRange | None = None,
        read: Callable[[], Sequence[DraftChange]] = lambda: (),
    ) -> None:
        steps = steps or StepRange()
        self._first, self._done, self._end = steps.first, steps.done, steps.end
        self._read = read
        self._is_read = self._first == self._end
        self._steps: list[DraftChange] = []
        self._weights: list[int] = []  # of each step, in bytes
        self._weight = 0
        self._unsaved_from = self._end
        # The step that typing may still go on with: the draft before it, and the newest one.
        self._run: tuple[Draft, Draft] | None = None
        self._merge_key = ""
        self._last = _OTHER
        self._edited_at_s = self._run_began_at_s = 0.0

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._done > self._first

    @property
    def can_redo(self) -> bool:
        """Whether there is a step to make again."""
        return self._end > self._done

    @property
    def is_pristine(self) -> bool:
        """True where nothing was ever done, but for choosing a kind."""
        if self._run is not None:
            self._write_run()
        is_known = self._is_read and self._first == 0
        return is_known and all(one.field == "kind" for step in self._steps for one in step)

    def record(self, before: Draft, after: Draft, merge_key: str, now_s: float) -> None:
        """A person made `after` of `before`, in the field of this path; "" where in no single one.

        Where the key is that of the step before, it may become part of that.
        """
        edit = _edit(before, after, merge_key) if merge_key else _OTHER
        last, is_at_once = self._last, now_s - self._edited_at_s < AT_ONCE_S
        if self._run is not None and self._goes_on(edit, merge_key, now_s):
            if is_at_once and edit.end <= last.end and edit.at < last.end:
                # It was done above the caret: what was typed ends further on now.
                edit = replace(last, at=last.at + edit.grows, end=last.end + edit.grows)
            begun = self._run[0]
            self._run = begun, after
            self._touch(self._done - 1)
            if begun == after:
                self._drop_run()
        else:
            self.settle()
            self._load(before)
            self._drop_from(self._done - self._first)
            self._steps.append(())
            self._weights.append(0)
            self._touch(self._done)
            self._done += 1
            self._end = self._done
            self._run = before, after
            self._run_began_at_s = now_s
        self._merge_key, self._edited_at_s = merge_key, now_s
        self._last = edit

    def undo(self, draft: Draft) -> Draft | None:
        """The draft one step back; None where there is none."""
        self.settle()
        self._load(draft)
        if not self.can_undo:
            return None
        try:
            before = reverted(draft, self._steps[self._done - 1 - self._first])
        except ChangeError:
            self.forget()
            return None
        self._done -= 1
        return before

    def redo(self, draft: Draft) -> Draft | None:
        """The draft with the last undo taken back; None where there is none."""
        self.settle()
        self._load(draft)
        if not self.can_redo:
            return None
        try:
            after = applied(draft, self._steps[self._done - self._first])
        except ChangeError:
            self.forget()
            return None
        self._done += 1
        return after

    def settle(self) -> None:
        """What comes next is a step of its own."""
        if self._run is not None:
            self._write_run()
            self._run = None
            self._drop_oldest()

    def forget(self) -> None:
        """Drop every step: the draft as it stands is the beginning."""
        self._drop_from(0)
        self._run = None
        self._is_read = True
        self._first = self._done = self._unsaved_from = self._end

    def unsaved(self) -> UnsavedSteps:
        """What has changed since `mark_saved`, the step that is still being typed included."""
        if self._run is not None:
            self._write_run()
        begin = max(self._unsaved_from, self._first)
        changes = tuple(self._steps[begin - self._first :]) if self._is_read else ()
        return UnsavedSteps(StepRange(self._first, self._done, self._end), begin, changes)

    def mark_saved(self) -> None:
        """What `unsaved` gave is written."""
        self._unsaved_from = self._end

    def mark_unsaved(self) -> None:
        """What was written is lost: all of it is to be written again."""
        if self._is_read:
            self._unsaved_from = self._first

    def _goes_on(self, edit: _Edit, merge_key: str, now_s: float) -> bool:
        last = self._last
        if merge_key != self._merge_key or not merge_key:
            return False
        if now_s - self._edited_at_s >= PAUSE_S or now_s - self._run_began_at_s >= RUN_S:
            return False
        if now_s - self._edited_at_s < AT_ONCE_S:
            return True
        match edit.stroke:
            case _Stroke.TYPED:
                is_typing = last.stroke in (_Stroke.TYPED, _Stroke.REPLACED)
                begins_another = last.ends_word and edit.begins_word
                return is_typing and edit.at == last.end and not begins_another
            case _Stroke.ERASED:
                return last.stroke is _Stroke.ERASED and last.at in (edit.at, edit.end)
            case _Stroke.REPLACED | _Stroke.BLOCK:
                return False
            case _Stroke.OTHER:
                # No text: the path alone says that it is the same thing, such as an item on its
                # way through its list.
                return last.stroke is _Stroke.OTHER

    def _drop_run(self) -> None:
        """The hand has taken all of its step back: there is none."""
        self._run = None
        self._done -= 1
        self._end = self._done
        self._drop_from(self._done - self._first)

    def _write_run(self) -> None:
        assert self._run is not None
        number, change = self._done - 1 - self._first, difference(*self._run)
        self._steps[number] = change
        self._weight -= self._weights[number]
        self._weights[number] = _weight(change)
        self._weight += self._weights[number]

    def _drop_from(self, number: int) -> None:
        """Forget this step and those behind it, counted from the first that is kept."""
        self._weight -= sum(self._weights[number:])
        del self._steps[number:], self._weights[number:]

    def _drop_oldest(self) -> None:
        """Forget the oldest where all of them take too much room; never the newest."""
        gone = 0
        while self._weight > MOST_BYTES and gone < len(self._steps) - 1:
            self._weight -= self._weights[gone]
            gone += 1
        del self._steps[:gone], self._weights[:gone]
        self._first += gone
        self._unsaved_from = max(self._unsaved_from, self._first)

    def _touch(self, number: int) -> None:
        self._unsaved_from = min(self._unsaved_from, number)

    def _load(self, draft: Draft) -> None:
        """Read the steps of an earlier run; where they do not fit the draft, there are none."""
        if self._is_read:
            return
        self._is_read = True
        steps = list(self._read())
        if len(steps) != self._end - self._first or not self._fit(draft, steps):
            self.forget()
        else:
            self._steps = steps
            self._weights = [_weight(one) for one in steps]
            self._weight = sum(self._weights)

    def _fit(self, draft: Draft, steps: Sequence[DraftChange]) -> bool:
        at = self._done - self._first
        try:
            if at:
                reverted(draft, steps[at - 1])
            if at < len(steps):
                applied(draft, steps[at])
        except ChangeError:
            return False
        return True


def _weight(change: DraftChange) -> int:
    """About how many bytes a step takes."""
    words = 0
    for one in change:
        if isinstance(one, Splice):
            texts: tuple[str, ...] = (one.removed, one.inserted)
        else:
            texts = (str(one.before), str(one.after))
        words += sum(len(text.encode("utf-8", "surrogatepass")) for text in texts)
    return STEP_BYTES + words


def _edit(before: Draft, after: Draft, path: str) -> _Edit:
    """What was done to the text at a path."""
    old, new = _text_at(before, path), _text_at(after, path)
    if old is None or new is None or old == new:
        return _OTHER
    found = splice(path, old, new)
    if not found.inserted:
        is_key = len(found.removed) == 1
        return _Edit(_Stroke.ERASED, found.at, found.at + 1, grows=-1) if is_key else _BLOCK
    # Enter may write more than a line's end: spaces before it, the mark of a list behind it.
    if len(found.inserted) > MOST_TYPED or "\n" in found.inserted.strip():
        return _BLOCK
    return _Edit(
        _Stroke.REPLACED if found.removed else _Stroke.TYPED,
        found.at,
        found.at + len(found.inserted),
        begins_word=not _is_gap(found.inserted[0]),
        ends_word=_is_gap(found.inserted[-1]),
        grows=len(found.inserted) - len(found.removed),
    )


def _is_gap(letter: str) -> bool:
    """Whether it stands between words: white space, or a mark that ends a thought."""
    return letter.isspace() or letter in ",.;:!?)，。；：！？、…）】》」”"


def _text_at(draft: Draft, path: str) -> str | None:
    """The text that a path such as "buttons.0.title" names; None where it is none."""
    value: object = draft
    for part in path.split("."):
        if isinstance(value, tuple):
            number = int(part) if part.isdecimal() else len(value)
            value = value[number] if number < len(value) else None
        else:
            value = getattr(value, part, None)
    return value if isinstance(value, str) else None
