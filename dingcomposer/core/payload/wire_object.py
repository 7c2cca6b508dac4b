"""A JSON object from the wire while it is read: every key is accounted for.

Keys are taken one by one, in whatever letter case they stand there; what had to be set right, and
what nobody took, becomes a `Note`. `core.payload.decode` makes a message of it.
"""

import json
from enum import StrEnum
from typing import Final

from dingcomposer.core.messages import Extra
from dingcomposer.core.records import dataclass

MSGTYPES = ("text", "link", "markdown", "actionCard", "feedCard")
ABSENT: Final = object()

_PATH_KEY_CHARACTERS = 60  # a foreign key may be as long as the paste
_NUMBER_BOUND = 10**20  # longer than any phone number; str() of a huge int can fail


class NoteCode(StrEnum):
    """What was set right while reading. The note's path says where."""

    KEY_CASE = "key_case"  # a key in the wrong letter case, which DingTalk takes for missing
    TYPE_CASE = "type_case"  # msgtype in another letter case, or with spaces around it
    UNKNOWN_KEY = "unknown_key"  # a key of the sender's own: kept beside the message
    DUPLICATE_KEY = "duplicate_key"  # the same key once more in another letter case: left out
    OTHER_TYPE = "other_type"  # an object of another type than msgtype says: kept beside it
    OTHER_FIELD = "other_field"  # markdown.content, another company's name for text: taken
    MISSING = "missing"  # a required field is not there: read as empty
    NULL = "null"  # null: read as absent, or as an empty list
    NUMBER = "number"  # a number where a string belongs: taken as its digits
    NOT_A_LIST = "not_a_list"  # one thing where a list belongs: taken as a list of one
    AT_EMPTY = "at_empty"  # {}, [], null or "" for `at`: read as absent
    AT_INSIDE = "at_inside"  # `at` inside the type's object: taken out of it
    AT_DINGTALK_IDS = "at_dingtalk_ids"  # atDingtalkIds: taken as user IDs [C]
    AT_IMPOSSIBLE = "at_impossible"  # `at` in a link or feed card: left out
    AT_SIGN = "at_sign"  # "@138…" in a list of people: the sign taken off
    SEVERAL_IN_ONE = "several_in_one"  # "138…,139…" in one string: taken apart
    SPACES = "spaces"  # spaces around a person's number: taken off
    EMPTY_ENTRY = "empty_entry"  # an empty entry in a list of people: left out
    BOOLEAN = "boolean"  # "false", 1 or the like where true or false belongs
    FLAG_SPELLING = "flag_spelling"  # 0, 1, true or false where "0" or "1" belongs
    FLAG_IGNORED = "flag_ignored"  # neither "0" nor "1": read as absent
    NO_BUTTONS = "no_buttons"  # a card without any button: read as an empty list of them
    BUTTONS_INEFFECTIVE = "buttons_ineffective"  # btns beside singleTitle and singleURL: left out
    SINGLE_INEFFECTIVE = "single_ineffective"  # half or empty single… beside btns: left out


class PayloadFault(StrEnum):
    """Why a payload cannot be read. The error's path says where."""

    NOT_AN_OBJECT = "not_an_object"  # the whole is not a JSON object
    MISSING = "missing"  # without it there is no message
    WRONG_TYPE = "wrong_type"  # of a JSON type that cannot stand there
    UNSUPPORTED = "unsupported"  # a msgtype that group robots do not have
    OTHER_TYPE_FILLED = "other_type_filled"  # msgtype says one type, the object is another's


@dataclass(frozen=True, slots=True)
class Note:
    """One thing that was set right; `path` is as on the wire, e.g. "at.atMobiles.0"."""

    code: NoteCode
    path: str


class PayloadError(ValueError):
    """This is no message: `reason`, and the `path` of the fault ("" is the whole)."""

    def __init__(self, path: str, reason: PayloadFault) -> None:
        super().__init__(path, reason.value)
        self.path = path
        self.reason = reason


class WireObject:
    """A JSON object being read: keys are taken one by one, and what is left over is noted."""

    def __init__(
        self,
        value: dict[object, object],
        path: str,
        notes: list[Note],
        extras: list[Extra],
        keys: tuple[str, ...] = (),
    ) -> None:
        self.path = path
        self.notes = notes
        self.extras = extras
        self._keys = keys  # the path, none of it cut short
        # JSON has string keys only; a dict from elsewhere is named by its key's type.
        self._left = {k if isinstance(k, str) else type(k).__name__: v for k, v in value.items()}
        self._taken: set[str] = set()

    def at(self, key: str) -> str:
        """The path of `key`, a long one cut short."""
        key = key[:_PATH_KEY_CHARACTERS]
        return f"{self.path}.{key}" if self.path else key

    def note(self, code: NoteCode, key: str) -> None:
        """Remember what was set right at `key`."""
        self.notes.append(Note(code, self.at(key)))

    def has(self, key: str) -> bool:
        """True where `key` is there, in whatever letter case."""
        return self._spelling(key) is not None

    def take(self, key: str) -> object:
        """The value of `key` in whatever letter case; ABSENT where there is none."""
        spelling = self._spelling(key)
        if spelling is None:
            return ABSENT
        if spelling != key:
            self.note(NoteCode.KEY_CASE, spelling)
        self._taken.add(key.casefold())
        return self._left.pop(spelling)

    def text(self, key: str) -> str | None:
        """A string that may be absent."""
        value = self.take(key)
        if value is ABSENT:
            return None
        if value is None:
            self.note(NoteCode.NULL, key)
            return None
        return to_string(value, self.at(key), self.notes)

    def required(self, key: str) -> str:
        """A string that should be there; empty, with a note, where it is not."""
        if not self.has(key):
            self.note(NoteCode.MISSING, key)
        return self.text(key) or ""

    def essential(self, key: str) -> str:
        """A string without which there is no message."""
        value = self.text(key)
        if value is None:
            raise PayloadError(self.at(key), PayloadFault.MISSING)
        return value

    def items(self, key: str) -> list["WireObject"] | None:
        """A list of objects; None where it is absent or null."""
        value = self.take(key)
        if value is ABSENT:
            return None
        if value is None:
            self.note(NoteCode.NULL, key)
            return None
        if isinstance(value, dict):
            self.note(NoteCode.NOT_A_LIST, key)
            value = [value]
        if not isinstance(value, list):
            raise PayloadError(self.at(key), PayloadFault.WRONG_TYPE)
        objects = []
        for index, item in enumerate(value):
            path = f"{self.at(key)}.{index}"
            if not isinstance(item, dict):
                raise PayloadError(path, PayloadFault.WRONG_TYPE)
            keys = (*self._keys, key, str(index))
            objects.append(WireObject(item, path, self.notes, self.extras, keys))
        return objects

    def flag(self, key: str) -> bool | None:
        """A "0" or "1" that may be absent."""
        value = self.take(key)
        if value is ABSENT:
            return None
        if value is None:
            self.note(NoteCode.NULL, key)
            return None
        if isinstance(value, str) and value in ("0", "1"):
            return value == "1"
        if isinstance(value, int | float) and value in (0, 1):
            self.note(NoteCode.FLAG_SPELLING, key)
            return bool(value)
        self.note(NoteCode.FLAG_IGNORED, key)
        return None

    def leave_msg_uuid(self) -> None:
        """Pass over `msgUuid`: it belongs to the send."""
        if isinstance(self._left.get("msgUuid"), str):
            del self._left["msgUuid"]

    def inside(self, key: str, value: dict[object, object]) -> "WireObject":
        """The object that `take` gave for `key`."""
        return WireObject(value, self.at(key), self.notes, self.extras, (*self._keys, key))

    def leave(self) -> None:
        """Tell what nobody has taken, and keep it beside the message."""
        for key, value in self._left.items():
            if key.casefold() in self._taken:
                self.note(NoteCode.DUPLICATE_KEY, key)
                continue
            is_type = not self.path and key in MSGTYPES
            self.note(NoteCode.OTHER_TYPE if is_type else NoteCode.UNKNOWN_KEY, key)
            try:
                written = json.dumps(value, ensure_ascii=False)
            except (TypeError, ValueError, RecursionError):
                continue  # no JSON: it came from a program
            self.extras.append(Extra((*self._keys, key), written))

    def is_other_type_filled(self) -> bool:
        """True where an object of a message type, still untaken, holds something."""
        values = (self._left.get(msgtype) for msgtype in MSGTYPES)
        return any(isinstance(value, dict) and value for value in values)

    def _spelling(self, key: str) -> str | None:
        if key in self._left:
            return key
        folded = key.casefold()
        return next((other for other in self._left if other.casefold() == folded), None)


def to_string(value: object, path: str, notes: list[Note]) -> str:
    """A string as it is, an integer as its digits with a note; raises PayloadError for the rest."""
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < _NUMBER_BOUND:
        notes.append(Note(NoteCode.NUMBER, path))
        return str(value)
    raise PayloadError(path, PayloadFault.WRONG_TYPE)
