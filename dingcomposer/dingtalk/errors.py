"""What can go wrong when talking to DingTalk.

DingTalkError
├── Unreachable   certainly nothing was sent
├── NoAnswer      it went out, no whole answer came: it may have been delivered
├── BadReply      an answer that is not DingTalk's JSON: it may have been delivered
└── Refused       DingTalk's own no

No error holds foreign exception text: it can contain the URL with the token. None is chained to a
foreign exception either (no cause, no context). What an answer says is masked before it gets here.
"""

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault


class DingTalkError(Exception):
    """Anything that kept an attempt from being delivered, or from being known as delivered."""


class Unreachable(DingTalkError):
    """Certainly nothing was sent; another attempt cannot deliver twice.

    `library_class` is the foreign error's class name, for the log.
    """

    def __init__(self, fault: Fault, library_class: str = "") -> None:
        super().__init__(fault.value, library_class)
        self.fault = fault
        self.library_class = library_class


class NoAnswer(DingTalkError):
    """It went out, and no whole answer came back.

    `http_status` is set where the answer began and broke off, or took too long; `answer` is what
    came of its body by then, masked and cut short.
    """

    def __init__(
        self, fault: Fault, library_class: str = "", http_status: int | None = None
    ) -> None:
        super().__init__(fault.value, library_class)
        self.fault = fault
        self.library_class = library_class
        self.http_status = http_status
        self.answer = ""


class BadReply(DingTalkError):
    """An answer came that is not DingTalk's. `answer` is its text, masked and cut short."""

    def __init__(self, fault: Fault, http_status: int, answer: str) -> None:
        super().__init__(fault.value, http_status)
        self.fault = fault
        self.http_status = http_status
        self.answer = answer


class Refused(DingTalkError):
    """DingTalk's own no.

    `errcode` is as on the wire, "" where an address is banned; then `wait_minutes` may be set.
    """

    def __init__(
        self,
        cause: Cause,
        *,
        errcode: str,
        errmsg: str,
        http_status: int,
        answer: str,
        wait_minutes: int | None = None,
    ) -> None:
        super().__init__(cause.value, errcode)
        self.cause = cause
        self.errcode = errcode
        self.errmsg = errmsg
        self.http_status = http_status
        self.answer = answer
        self.wait_minutes = wait_minutes
