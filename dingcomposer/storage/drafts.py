"""The drafts as of the last second: what they say and are for, their steps of undo, their past.

A draft is stored as JSON with the version of its format:
`{"version": 1, "kind": "markdown", "title": "…", …}`, one entry for each field of `Draft`.
A step of undo is `[["text", 3, "removed", "inserted"], ["kind", "text", "link"]]`.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, fields, is_dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from dingcomposer.core.draft import Caret, Draft
from dingcomposer.core.messages import Button, Extra, FeedLink, Kind, Mentions, Orientation
from dingcomposer.core.records import dataclass
from dingcomposer.core.undo.changes import DraftChange, Splice, ValueChange
from dingcomposer.core.undo.history import StepRange, UnsavedSteps
from dingcomposer.storage.database import Database, Row, from_micros, to_json, to_micros
from dingcomposer.storage.disk.wal_sync import WalSync

FORMAT = 1
KEPT_CLOSED = timedelta(days=30)
"""For so long a closed draft comes back, and an earlier version of any draft."""
VERSION_EVERY = timedelta(minutes=2)
"""While somebody writes, what stood there is kept as a version so often, and before each pause."""
_THINNED: Final = (
    (timedelta(hours=1), timedelta(minutes=5)),
    (timedelta(days=1), timedelta(hours=1)),
    (KEPT_CLOSED, timedelta(days=1)),
)
"""Of versions up to this age, one is kept for each span of so long; of older ones none."""
UNREADABLE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, IndexError)
"""What reading a draft raises where it is none."""


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """A draft and all that belongs to it.

    `sent_at` is when it was last sent to its robot; `corrects` the msgUuid of the send that it is
    to set right, "" for none.
    """

    draft_id: str
    draft: Draft
    target_robot_id: str | None
    changed_at: datetime
    caret: Caret = Caret()
    sent_at: datetime | None = None
    closed_at: datetime | None = None
    steps: StepRange = StepRange()
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """What a draft said at a time; `was_sent` where that is what went out then."""

    draft: Draft
    kept_at: datetime
    was_sent: bool = False


@dataclass(frozen=True, slots=True)
class UnsavedDraft:
    """A draft that is to be written, with the steps and the sent versions that are new."""

    saved: SavedDraft
    steps: UnsavedSteps
    sent: tuple[DraftVersion, ...] = ()


@dataclass(frozen=True, slots=True)
class UnsavedDrafts:
    """What is to be written together: drafts, those that are gone, the order of the open ones."""

    drafts: tuple[UnsavedDraft, ...]
    removed: tuple[str, ...]
    order: tuple[str, ...]
    current_id: str


@dataclass(frozen=True, slots=True)
class OpenDrafts:
    """The open drafts in order, and which of them is in the window.

    `has_unreadable` says that one could not be read: it is kept aside in the database.
    """

    drafts: tuple[SavedDraft, ...] = ()
    current_id: str = ""
    has_unreadable: bool = False


class DraftStore:
    """Keeps the drafts. Main thread; every method raises StorageError.

    With a `wal_sync` nobody waits for the disk: it has them a moment later.
    `mask` takes the secrets out of a text. A draft that holds one is written without it, and
    without the steps that led there: these would spell it, too.
    """

    def __init__(
        self,
        database: Database,
        mask: Callable[[str], str] = lambda text: text,
        *,
        wal_sync: WalSync | None = None,
    ) -> None:
        self._database = database
        self._wal_sync = wal_sync
        self._mask = mask
        # By draft: no step before this one is written.
        self._steps_from: dict[str, int] = {}

    def write(self, unsaved: UnsavedDrafts, at: datetime) -> None:
        """Write all of it, or nothing. What stood there may become a version."""
        database, wal_sync = self._database, self._wal_sync
        with database.transaction() if wal_sync is None else wal_sync.transaction():
            for draft_id in unsaved.removed:
                database.run("DELETE FROM drafts WHERE draft_id = ?", draft_id)
            for one in unsaved.drafts:
                self._write(one, at)
            for place, draft_id in enumerate(unsaved.order):
                database.run(
                    "UPDATE drafts SET place = ? WHERE draft_id = ? AND place IS NOT ?",
                    *(place, draft_id, place),
                )
            current = unsaved.current_id
            database.run(
                "UPDATE drafts SET is_current = 0 WHERE is_current = 1 AND draft_id != ?", current
            )
            database.run(
                "UPDATE drafts SET is_current = 1 WHERE is_current = 0 AND draft_id = ?", current
            )
        if wal_sync is not None:
            wal_sync.when_on_disk()

    def open_drafts(self) -> OpenDrafts:
        """The open drafts, as of the last second. None at the very first start."""
        found, current_id, has_unreadable = [], "", False
        for row in self._database.rows(
            "SELECT * FROM drafts WHERE place IS NOT NULL ORDER BY place"
        ):
            try:
                found.append(_saved(row))
            except UNREADABLE:
                has_unreadable = True
                aside = {"is_current": False, "place": None, "closed_at": None}
                self._database.update("drafts", aside, "draft_id = ?", row["draft_id"])
            else:
                current_id = row["draft_id"] if row["is_current"] else current_id
        return OpenDrafts(tuple(found), current_id, has_unreadable)

    def closed_drafts(self) -> tuple[SavedDraft, ...]:
        """Those that were closed, the newest first; what cannot be read is passed over."""
        return tuple(
            _readable(
                _saved,
                self._database.rows(
                    "SELECT * FROM drafts WHERE closed_at IS NOT NULL ORDER BY closed_at DESC"
                ),
            )
        )

    def steps(self, draft_id: str) -> tuple[DraftChange, ...]:
        """The steps of undo that were written; () where one of them cannot be read."""
        rows = self._database.rows(
            "SELECT content FROM draft_steps WHERE draft_id = ? ORDER BY number", draft_id
        )
        try:
            return tuple(_change(json.loads(row["content"])) for row in rows)
        except UNREADABLE:
            return ()

    def versions(self, draft_id: str) -> tuple[DraftVersion, ...]:
        """What the draft said earlier, the newest first."""
        return tuple(
            _readable(
                _version,
                self._database.rows(
                    "SELECT * FROM draft_versions WHERE draft_id = ? ORDER BY kept_at DESC, key"
                    " DESC",
                    draft_id,
                ),
            )
        )

    def tidy_up(self, now: datetime) -> None:
        """Forget what was closed, and what was said, too long ago.

        Versions are thinned out as new ones come.
        """
        oldest = to_micros(now - KEPT_CLOSED)
        with self._database.transaction():
            self._database.run("DELETE FROM drafts WHERE closed_at < ?", oldest)
            self._database.run("DELETE FROM draft_versions WHERE kept_at < ?", oldest)

    def without_secrets(self, draft: Draft) -> tuple[dict[str, Any], bool]:
        """A draft's content as it may stand in a file, and whether a secret was masked in it."""
        content = _content(draft)
        kept: dict[str, Any] = self._without_secrets(content)
        return kept, kept != content

    def _write(self, unsaved: UnsavedDraft, at: datetime) -> None:
        database, one = self._database, unsaved.saved
        content = _content(one.draft)
        kept = self._without_secrets(content)
        steps = self._without_secret_steps(unsaved, has_secret=kept != content)
        columns = {
            "target_robot_id": one.target_robot_id,
            "saved_at": to_micros(at),
            "changed_at": to_micros(one.changed_at),
            "sent_at": None if one.sent_at is None else to_micros(one.sent_at),
            "closed_at": None if one.closed_at is None else to_micros(one.closed_at),
            "caret": to_json([one.caret.path, one.caret.anchor, one.caret.position]),
            "steps_first": steps.range.first,
            "steps_done": steps.range.done,
            "steps_end": steps.range.end,
            "content": to_json(kept),
            "corrects": one.corrects,
        }
        if one.closed_at is not None:
            columns |= {"place": None, "is_current": False}
        self._keep_version(one.draft_id, str(columns["content"]), at)
        if not database.update("drafts", columns, "draft_id = ?", one.draft_id):
            database.insert("drafts", {"draft_id": one.draft_id, "is_current": False, **columns})
        self._write_steps(one.draft_id, steps)
        for version in unsaved.sent:
            self._add_version(one.draft_id, version, version.kept_at)

    def _without_secret_steps(self, unsaved: UnsavedDraft, *, has_secret: bool) -> UnsavedSteps:
        """The steps that are new, from the first on behind which there is no secret."""
        steps, draft_id = unsaved.steps, unsaved.saved.draft_id
        first, end = self._steps_from.get(draft_id, 0), steps.range.end
        for number, change in enumerate(steps.changes, steps.begin):
            content = _change_content(change)
            if self._without_secrets(content) != content:
                first = max(first, number + 1)
        first = self._steps_from[draft_id] = max(first, end) if has_secret else first
        if first <= steps.range.first:
            return steps
        if steps.range.done < first:
            return UnsavedSteps(StepRange(end, end, end), end, ())
        begin = max(steps.begin, first)
        changes = steps.changes[begin - steps.begin :]
        return UnsavedSteps(StepRange(first, steps.range.done, end), begin, changes)

    def _write_steps(self, draft_id: str, steps: UnsavedSteps) -> None:
        self._database.run(
            "DELETE FROM draft_steps WHERE draft_id = ? AND (number >= ? OR number < ?)",
            *(draft_id, steps.begin, steps.range.first),
        )
        for number, change in enumerate(steps.changes, steps.begin):
            content = to_json(_change_content(change))
            self._database.insert(
                "draft_steps", {"draft_id": draft_id, "number": number, "content": content}
            )

    def _keep_version(self, draft_id: str, content: str, at: datetime) -> None:
        """Keep what stands there, if it is to give way, and a while has gone by."""
        rows = self._database.rows(
            "SELECT saved_at, (SELECT max(taken_at) FROM draft_versions WHERE"
            " draft_id = drafts.draft_id) AS taken_at FROM drafts WHERE draft_id = ?",
            draft_id,
        )
        if not rows:
            return
        (row,) = rows
        saved_at = from_micros(row["saved_at"])
        rested = at - saved_at >= VERSION_EVERY
        taken_at = row["taken_at"]
        is_due = taken_at is None or saved_at - from_micros(taken_at) >= VERSION_EVERY
        if not (rested or is_due):
            return
        found = self._database.rows("SELECT content FROM drafts WHERE draft_id = ?", draft_id)
        if found[0]["content"] == content:
            return
        stood = {"content": found[0]["content"], "kept_at": row["saved_at"], "was_sent": 0}
        version = next(_readable(_version, [stood]), None)
        if version is not None and not version.draft.is_blank:
            self._add_version(draft_id, version, at)
            self._thin_out(draft_id, at)

    def _add_version(self, draft_id: str, version: DraftVersion, at: datetime) -> None:
        self._database.insert(
            "draft_versions",
            {
                "draft_id": draft_id,
                "kept_at": to_micros(version.kept_at),
                "taken_at": to_micros(at),
                "was_sent": version.was_sent,
                "content": to_json(self._without_secrets(_content(version.draft))),
            },
        )

    def _thin_out(self, draft_id: str, now: datetime) -> None:
        rows = self._database.rows(
            "SELECT key, kept_at, was_sent FROM draft_versions WHERE draft_id = ?"
            " ORDER BY kept_at DESC, key DESC",
            draft_id,
        )
        kept = thinned([(from_micros(row["kept_at"]), bool(row["was_sent"])) for row in rows], now)
        for row, is_kept in zip(rows, kept, strict=True):
            if not is_kept:
                self._database.run("DELETE FROM draft_versions WHERE key = ?", row["key"])

    def _without_secrets(self, content: Any) -> Any:
        """The same with every secret masked; the very same where there is none."""
        texts = "\n".join(_texts(content))
        return content if self._mask(texts) == texts else _masked(content, self._mask)


def thinned(versions: Sequence[tuple[datetime, bool]], now: datetime) -> list[bool]:
    """Which versions stay, each given by its time and whether it was sent; the newest come first.

    What was sent stays for as long as anything.
    """
    seen: set[tuple[timedelta, int]] = set()
    stays = []
    for kept_at, was_sent in versions:
        age = now - kept_at
        span = next((span for most, span in _THINNED if age < most), None)
        if span is None:
            stays.append(False)
            continue
        place = span, to_micros(kept_at) // (span // timedelta(microseconds=1))
        stays.append(was_sent or place not in seen)
        seen.add(place)
    return stays


def _content(draft: Draft) -> dict[str, Any]:
    # As `asdict` has it, which takes longer: it looks at each value whether it is to be copied.
    return {"version": FORMAT, **{one: _plain(getattr(draft, one)) for one in _NAMES}}


def _saved(row: Row) -> SavedDraft:
    path, anchor, position = json.loads(row["caret"] or '["", 0, 0]')
    sent_at, closed_at = row["sent_at"], row["closed_at"]
    return SavedDraft(
        row["draft_id"],
        read_draft(json.loads(row["content"])),
        row["target_robot_id"],
        from_micros(row["changed_at"]),
        Caret(_text(path), int(anchor), int(position)),
        None if sent_at is None else from_micros(sent_at),
        None if closed_at is None else from_micros(closed_at),
        StepRange(row["steps_first"], row["steps_done"], row["steps_end"]),
        row["corrects"],
    )


def _version(row: Any) -> DraftVersion:
    return DraftVersion(
        read_draft(json.loads(row["content"])), from_micros(row["kept_at"]), bool(row["was_sent"])
    )


def _readable(read: Callable[[Any], Any], rows: Iterable[Any]) -> Iterator[Any]:
    for row in rows:
        try:
            yield read(row)
        except UNREADABLE:
            continue


_NAMES: Final = tuple(one.name for one in fields(Draft))
_LATER_FIELDS: Final[dict[str, Any]] = {
    "browser_links": False,
    "extras": (),
    "sends_extras": False,
    "json_text": None,
    "typed_person": "",
}


def read_draft(content: dict[str, Any]) -> Draft:
    """The draft of a stored content; ValueError, TypeError, KeyError and the like for any other."""
    if content["version"] != FORMAT:
        raise ValueError
    content = {**_LATER_FIELDS, **content}  # the first of them did not know all
    return Draft(**{one: _FIELDS[one](content[one]) for one in _NAMES})


def _change(content: list[Any]) -> DraftChange:
    found: list[Splice | ValueChange] = []
    for name, *values in content:
        read = _FIELDS[name]
        if len(values) == 3:
            at, removed, inserted = values
            found.append(Splice(name, int(at), _text(removed), _text(inserted)))
        else:
            before, after = values
            found.append(ValueChange(name, read(before), read(after)))
    return tuple(found)


def _change_content(change: DraftChange) -> list[list[Any]]:
    return [
        [one.field, one.at, one.removed, one.inserted]
        if isinstance(one, Splice)
        else [one.field, _plain(one.before), _plain(one.after)]
        for one in change
    ]


def _plain(value: Any) -> Any:
    """A field's value as JSON has it; the same as `asdict` makes of it."""
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _texts(content: Any) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list | tuple):
        for one in content.values() if isinstance(content, dict) else content:
            yield from _texts(one)


def _masked(content: Any, mask: Callable[[str], str]) -> Any:
    if isinstance(content, str):
        return mask(content)
    if isinstance(content, dict):
        return {name: _masked(one, mask) for name, one in content.items()}
    if isinstance(content, list | tuple):
        return [_masked(one, mask) for one in content]
    return content


def _mentions(content: dict[str, Any]) -> Mentions:
    return Mentions(
        tuple(_text(mobile) for mobile in content["mobiles"]),
        tuple(_text(user_id) for user_id in content["user_ids"]),
        bool(content["is_all"]),
    )


def _button(content: dict[str, Any]) -> Button:
    return Button(_text(content["title"]), _text(content["url"]))


def _feed_link(content: dict[str, Any]) -> FeedLink:
    return FeedLink(
        _text(content["title"]), _text(content["message_url"]), _text(content["picture_url"])
    )


def _extra(fields: dict[str, Any]) -> Extra:
    json.loads(fields["value"])  # it is sent as it stands
    return Extra(tuple(_text(key) for key in fields["path"]), _text(fields["value"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _or_none(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: None if value is None else read(value)


def _each(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda values: tuple(read(one) for one in values)


_FIELDS: Final[dict[str, Callable[[Any], Any]]] = {
    "kind": Kind,
    "title": _text,
    "text": _text,
    "mentions": _or_none(_mentions),
    "message_url": _text,
    "picture_url": _or_none(_text),
    "jump": _button,
    "buttons": _each(_button),
    "orientation": _or_none(Orientation),
    "hide_avatar": _or_none(bool),
    "feed": _each(_feed_link),
    "browser_links": bool,
    "extras": _each(_extra),
    "sends_extras": bool,
    "json_text": _or_none(_text),
    "typed_person": _text,
}
"""How each field of a draft is read; a new field of `Draft` gets its line here."""
