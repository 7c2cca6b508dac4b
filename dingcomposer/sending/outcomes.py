"""What an attempt's error means for its send, and which errors are worth another try."""

from dataclasses import replace
from typing import assert_never

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault, Report, Status
from dingcomposer.dingtalk.errors import BadReply, DingTalkError, NoAnswer, Refused, Unreachable
from dingcomposer.storage.secrets import SecretsReason

WORTH_ANOTHER_TRY = frozenset(
    {
        Fault.NAME_NOT_FOUND,
        Fault.CONNECTION_REFUSED,
        Fault.CONNECT_TIMEOUT,
        Fault.NO_HANDLES,
        Fault.NO_ROUTE,
        Fault.PROXY_UNREACHABLE,
        Fault.UNREACHABLE,
    }
)
"""Faults that provably left nothing behind and may pass by themselves."""


def fault_of(reason: SecretsReason) -> Fault:
    """Why a send had no credentials."""
    match reason:
        case SecretsReason.MISSING:
            return Fault.SECRETS_MISSING
        case SecretsReason.LOCKED:
            return Fault.SECRETS_LOCKED
        case SecretsReason.SLOW:
            return Fault.SECRETS_SLOW
        case SecretsReason.REFUSED | SecretsReason.BROKEN:
            return Fault.SECRETS_UNAVAILABLE
        case _:
            assert_never(reason)


def outcome_of(announced: Report, error: DingTalkError, *, may_have_been_taken: bool) -> Report:
    """The outcome of an attempt that was not delivered.

    Where an earlier attempt may have been taken, the send as a whole is unknown whatever kept this
    one; "busy" alone stays a refusal, since its words say that it may have been taken.
    """
    match error:
        case Unreachable():
            status = Status.UNKNOWN if may_have_been_taken else Status.NOT_SENT
            return replace(announced, status=status, fault=error.fault)
        case NoAnswer() | BadReply():
            return replace(
                announced,
                status=Status.UNKNOWN,
                fault=error.fault,
                http_status=error.http_status,
                answer=error.answer,
            )
        case Refused():
            is_certain = error.cause is Cause.BUSY or not may_have_been_taken
            return replace(
                announced,
                status=Status.REFUSED if is_certain else Status.UNKNOWN,
                cause=error.cause,
                errcode=error.errcode,
                errmsg=error.errmsg,
                http_status=error.http_status,
                answer=error.answer,
                wait_minutes=error.wait_minutes,
            )
        case _:
            raise error
