"""What an HTTP answer says: delivered, refused, or nothing that can be relied on.

The rules stand in full because everything hangs on them. Delivered is HTTP 200 and one JSON object
whose errcode is the integer 0 or the string "0". Refused is one whose errcode is another integer,
or another string of digits, whatever the HTTP status; and the `{"status": 1111}` of a banned
address. Anything else is no answer of DingTalk's: the message may have been delivered.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dingcomposer.core.answers import (
    BANNED_STATUS,
    Cause,
    explain,
    is_delivered,
    to_number,
)
from dingcomposer.core.delivery import Fault
from dingcomposer.dingtalk.errors import BadReply, Refused

_KEPT_BYTES = 64 * 1024
_REDIRECTS = (301, 302, 303, 307, 308)


@dataclass(frozen=True, slots=True)
class Accepted:
    """DingTalk's yes. `answer` is the body as text, masked; `duration_ms` is the whole way."""

    errcode: str
    errmsg: str
    http_status: int
    answer: str
    duration_ms: float


def read_response(
    http_status: int, content: bytes, duration_ms: float, hide: Callable[[str], str]
) -> Accepted:
    """The answer, where it says delivered. Raises Refused or BadReply where it does not.

    `hide` takes the secrets out of a text: a server may echo them.
    """
    text = content.decode("utf-8-sig", "replace")
    said = _parse(text)
    shown = shorten(hide(text))
    if said is None or ("errcode" not in said and to_number(said.get("status")) != BANNED_STATUS):
        raise BadReply(_fault_of(http_status, is_empty=not content.strip()), http_status, shown)
    errcode, errmsg = said.get("errcode"), said.get("errmsg")
    errmsg = shorten(hide(errmsg)) if isinstance(errmsg, str) else ""
    if "errcode" not in said:
        raise Refused(
            Cause.ADDRESS_BANNED,
            errcode="",
            errmsg=errmsg,
            http_status=http_status,
            answer=shown,
            wait_minutes=_minutes(said.get("wait")),
        )
    if to_number(errcode):
        cause = explain(errcode, said.get("errmsg"))
        raise Refused(
            cause, errcode=str(errcode), errmsg=errmsg, http_status=http_status, answer=shown
        )
    if http_status != 200:
        raise BadReply(_fault_of(http_status), http_status, shown)
    if not is_delivered(errcode):
        raise BadReply(Fault.ODD_ERRCODE, http_status, shown)
    return Accepted(str(errcode), errmsg, http_status, shown, duration_ms)


def shorten(text: str) -> str:
    """The text, cut where its UTF-8 would pass 64 KiB."""
    if len(text) <= _KEPT_BYTES // 4:
        return text
    return text.encode("utf-8", "replace")[:_KEPT_BYTES].decode("utf-8", "ignore")


def _fault_of(http_status: int, *, is_empty: bool = False) -> Fault:
    if http_status in _REDIRECTS:
        return Fault.REDIRECTED
    if http_status != 200:
        return Fault.HTTP_STATUS
    return Fault.EMPTY_ANSWER if is_empty else Fault.NOT_DINGTALK


def _parse(text: str) -> dict[str, Any] | None:
    """The one JSON object that the text is; None for anything else."""
    try:
        said = json.loads(text, object_pairs_hook=_unambiguous)
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def _unambiguous(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Two errcodes in one object would say two things: that is nobody's answer."""
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError
    return said


def _minutes(wait: object) -> int | None:
    minutes = to_number(wait)
    return minutes if minutes is not None and minutes >= 0 else None
