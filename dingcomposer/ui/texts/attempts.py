"""What one attempt sent and what came back, in words and as it went over the wire."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QLocale

from dingcomposer.core.delivery import Fault, Headers, Status, WireTrace
from dingcomposer.core.payload import EncodeError, encode
from dingcomposer.core.plain_text import clean, clean_json
from dingcomposer.core.robot import leads_here
from dingcomposer.storage.history import AttemptRow, SendRow
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.outcomes import explain
from dingcomposer.ui.texts.translate import join_sentences, translate

_ENDED_BY_US = (Fault.INTERRUPTED, Fault.CLOSED_WHILE_WAITING, Fault.PROGRAM_FAULT)


def attempt_words(attempt: AttemptRow) -> str:
    """Which attempt of a send."""
    return translate("History", "Attempt {number}").format(number=attempt.number)


def is_by_dingtalk(row: SendRow, attempts: Sequence[AttemptRow]) -> bool:
    """True where DingTalk answered, and no sandbox or other program on this computer."""
    return not row.is_sandbox and not any(leads_here(one.url) for one in attempts)


def what_came(attempt: AttemptRow) -> str:
    """What came back, in one line, whatever it was: also nothing, half of it, or not recorded."""
    if not attempt.has_left:
        return translate("History", "Nothing left this computer in this attempt.")
    if attempt.status is Status.SENDING:
        return translate("History", "It is on its way; no answer yet.")
    trace = attempt.trace
    if trace is not None:
        return _came(attempt, trace)
    if attempt.fault in _ENDED_BY_US:
        words = translate("History", "What came back is not known. {why}")
        return words.format(why=explain(None, attempt.fault).happened)
    happened = explain(None, attempt.fault).happened
    if attempt.http_status is not None:
        words = translate("History", "HTTP {status}; what else came was not recorded.")
        return join_sentences((happened, words.format(status=attempt.http_status)))
    return join_sentences((happened, translate("History", "What came back was not recorded.")))


def request_text(row: SendRow, attempts: Sequence[AttemptRow]) -> str:
    """Each attempt's request as it went out: address, headers, body; secrets are masked."""
    if not attempts:
        return nothing_left(row)
    return "\n\n".join(_numbered(one, _request(row, one), attempts) for one in attempts)


def answer_text(row: SendRow, attempts: Sequence[AttemptRow]) -> str:
    """Each attempt's answer as it came: status line, headers, body, and how much of it came."""
    if not attempts:
        return nothing_left(row)
    return "\n\n".join(_numbered(one, _answer(one), attempts) for one in attempts)


def nothing_left(row: SendRow) -> str:
    """What stands in place of request and answer where no attempt was made (yet)."""
    if row.status is Status.QUEUED:
        return translate("History", "It waits: nothing has left this computer yet.")
    return translate("History", "No attempt was made: nothing left this computer.")


def _came(attempt: AttemptRow, trace: WireTrace) -> str:
    took = time.duration(attempt.duration_ms)
    is_late = attempt.fault is Fault.READ_TIMEOUT
    if not trace.status_line:
        if trace.received_bytes:
            words = (
                translate("History", "The first lines of an answer were not whole after {time}.")
                if is_late
                else translate(
                    "History", "The connection broke after {time}, in the answer's first lines."
                )
            )
        elif is_late:
            words = translate("History", "Not one byte of an answer came within {time}.")
        else:
            words = translate(
                "History", "The connection broke after {time}, before an answer began."
            )
        return words.format(time=took)
    if is_late or attempt.fault is Fault.ANSWER_CUT_SHORT:
        return join_sentences((_http(attempt, trace), _broken(trace, took, is_late=is_late)))
    if attempt.fault is Fault.ANSWER_TOO_LARGE:
        words = translate("History", "HTTP {status}; it was read no further than {bytes}.")
    elif trace.received_bytes:
        words = translate("History", "HTTP {status}, {bytes}.")
    else:
        words = translate("History", "HTTP {status}, no body.")
    return words.format(status=_status(attempt, trace), bytes=_bytes(trace.received_bytes))


def _http(attempt: AttemptRow, trace: WireTrace) -> str:
    return translate("History", "HTTP {status}.").format(status=_status(attempt, trace))


def _broken(trace: WireTrace, took: str, *, is_late: bool) -> str:
    announced = trace.announced_bytes
    if is_late:
        words = translate("History", "Not whole after {time}: {count} of {announced} came.")
    else:
        words = translate(
            "History", "The connection broke after {time}: {count} of {announced} came."
        )
    of = (
        translate("History", "an unknown number of bytes")
        if announced is None
        else _bytes(announced)
    )
    return words.format(time=took, count=QLocale().toString(trace.received_bytes), announced=of)


def _status(attempt: AttemptRow, trace: WireTrace) -> str:
    if attempt.http_status is not None:
        return str(attempt.http_status)
    return clean(trace.status_line.partition(" ")[2])


def _bytes(count: int) -> str:
    return translate("History", "{count} bytes").format(count=QLocale().toString(count))


def _numbered(attempt: AttemptRow, text: str, attempts: Sequence[AttemptRow]) -> str:
    return text if len(attempts) == 1 else f"{attempt_words(attempt)}\n{text}"


def _request(row: SendRow, attempt: AttemptRow) -> str:
    if not attempt.has_left:
        return what_came(attempt)
    trace = attempt.trace
    if trace is None or not trace.query:
        head = f"POST {attempt.url}?access_token=***"
        note = translate("History", "(The rest of the query and the headers were not recorded.)")
        lines = [head, note]
    else:
        lines = [f"POST {attempt.url}?{trace.query}", *_lines(trace.request_headers)]
    facts = translate("History", "({bytes}, SHA-256 {hash})")
    return clean(
        "\n".join(
            (
                *lines,
                "",
                _body(row, attempt),
                "",
                facts.format(bytes=_bytes(attempt.body_bytes), hash=attempt.body_sha256),
            )
        )
    )


def _body(row: SendRow, attempt: AttemptRow) -> str:
    """The very bytes that were posted, made again from the message; its hash tells whether."""
    import hashlib  # only where a request is read

    try:
        body = encode(row.message, row.msg_uuid)
    except EncodeError:
        body = b""
    if hashlib.sha256(body).hexdigest() == attempt.body_sha256:
        return clean_json(body.decode())
    return translate(
        "History",
        "(The body as posted cannot be made again, for another version of this program wrote it."
        " The message stands under JSON; its msgUuid was {uuid}.)",
    ).format(uuid=row.msg_uuid)


def _answer(attempt: AttemptRow) -> str:
    came = translate("History", "({what_came})").format(what_came=what_came(attempt))
    trace = attempt.trace
    if not attempt.has_left or (trace is None and not attempt.answer):
        return what_came(attempt)
    lines: list[str] = []
    if trace is not None and trace.status_line:
        lines = [trace.status_line, *_lines(trace.response_headers), ""]
    if attempt.answer:
        lines += [_pretty(attempt.answer), ""]
    return clean("\n".join((*lines, came)))


def _pretty(answer: str) -> str:
    """An answer letter by letter; of JSON, each letter that hides itself as its escape."""
    try:
        json.loads(answer)
    except (ValueError, RecursionError):
        return answer
    return clean_json(answer)


def _lines(headers: Headers) -> list[str]:
    return [f"{name}: {value}" for name, value in headers]
