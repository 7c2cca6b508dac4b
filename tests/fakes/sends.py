"""A row of the history as a send that failed leaves it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from dingcomposer.core.delivery import Status
from dingcomposer.core.messages import Kind
from dingcomposer.core.robot import Stage
from dingcomposer.storage.history_rows import SendRow

AT = datetime(2026, 8, 22, 10, 32, tzinfo=UTC)


def failed_send(status: Status, **fields: Any) -> SendRow:
    """A text to the test group 测试群 ("r") that became this, after one attempt at `AT`."""
    row = SendRow(
        key=1,
        msg_uuid="u-1",
        robot_id="r",
        robot_name="测试群",
        robot_colour="#3370FF",
        stage=Stage.TEST,
        is_sandbox=False,
        kind=Kind.TEXT,
        headline="通知",
        status=status,
        cause=None,
        fault=None,
        errcode="",
        errmsg="",
        wait_minutes=None,
        retry_at=None,
        created_at=AT,
        finished_at=AT,
        duration_ms=None,
        attempts=1,
        payload="",
    )
    return replace(row, **fields)
