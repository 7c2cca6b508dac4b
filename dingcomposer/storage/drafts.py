"""The draft that is being written, with its target, as of the last second.

It is stored as JSON with the version of its format:
`{"version": 1, "kind": "markdown", "title": "…", …}`, one entry for each field of `Draft`.
"""

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, Extra, FeedLink, Kind, Mentions, Orientation
from dingcomposer.core.records import dataclass
from dingcomposer.storage.database import Database, from_micros, to_json, to_micros

FORMAT = 1


@dataclass(frozen=True, slots=True)
class SavedDraft:
    """The draft as it was saved, and the robot that it is for.

    `was_unreadable` says that what stood there could not be read: it is kept aside in the database,
    and this draft is a blank one without a target.
    """

    draft: Draft
    target_robot_id: str | None
    saved_at: datetime
    was_unreadable: bool = False


class DraftStore:
    """Keeps the newest state of the draft. Main thread; every method raises StorageError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def save(self, draft: Draft, target_robot_id: str | None, at: datetime) -> None:
        """Replace what was saved before."""
        columns = {
            "target_robot_id": target_robot_id,
            "saved_at": to_micros(at),
            "content": to_json({"version": FORMAT, **asdict(draft)}),
        }
        with self._database.transaction():
            if not self._database.update("drafts", columns, "is_current = 1"):
                self._database.insert("drafts", {"is_current": True, **columns})

    def load(self) -> SavedDraft | None:
        """What was saved last; None where nothing ever was."""
        rows = self._database.rows(
            "SELECT * FROM drafts ORDER BY is_current DESC, key DESC LIMIT 1"
        )
        if not rows:
            return None
        (row,) = rows
        saved_at = from_micros(row["saved_at"])
        try:
            draft = _draft(json.loads(row["content"]))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            # The next save makes a row of its own.
            self._database.update("drafts", {"is_current": False}, "key = ?", row["key"])
            return SavedDraft(Draft(), None, saved_at, was_unreadable=True)
        return SavedDraft(draft, row["target_robot_id"], saved_at)


def _draft(fields: dict[str, Any]) -> Draft:
    if fields["version"] != FORMAT:
        raise ValueError
    mentions, orientation = fields["mentions"], fields["orientation"]
    return Draft(
        kind=Kind(fields["kind"]),
        title=_text(fields["title"]),
        text=_text(fields["text"]),
        mentions=None if mentions is None else _mentions(mentions),
        message_url=_text(fields["message_url"]),
        picture_url=None if fields["picture_url"] is None else _text(fields["picture_url"]),
        jump=_button(fields["jump"]),
        buttons=tuple(_button(button) for button in fields["buttons"]),
        orientation=None if orientation is None else Orientation(orientation),
        hide_avatar=None if fields["hide_avatar"] is None else bool(fields["hide_avatar"]),
        feed=tuple(_feed_link(link) for link in fields["feed"]),
        browser_links=bool(fields.get("browser_links", False)),
        extras=tuple(_extra(extra) for extra in fields.get("extras", ())),
        sends_extras=bool(fields.get("sends_extras", False)),
        json_text=None if fields.get("json_text") is None else _text(fields["json_text"]),
    )


def _mentions(fields: dict[str, Any]) -> Mentions:
    return Mentions(
        tuple(_text(mobile) for mobile in fields["mobiles"]),
        tuple(_text(user_id) for user_id in fields["user_ids"]),
        bool(fields["is_all"]),
    )


def _button(fields: dict[str, Any]) -> Button:
    return Button(_text(fields["title"]), _text(fields["url"]))


def _feed_link(fields: dict[str, Any]) -> FeedLink:
    return FeedLink(
        _text(fields["title"]), _text(fields["message_url"]), _text(fields["picture_url"])
    )


def _extra(fields: dict[str, Any]) -> Extra:
    json.loads(fields["value"])  # it is sent as it stands
    return Extra(tuple(_text(key) for key in fields["path"]), _text(fields["value"]))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
