"""A program that dies between two groups of a list: none gets it twice, and none is forgotten."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import BroadcastOrder, Fault, Status, has_failed
from dingcomposer.core.messages import Text
from dingcomposer.core.robot import Credentials, Robot
from dingcomposer.sandbox.server import SandboxServer
from dingcomposer.storage.database import Database
from dingcomposer.storage.history import HistoryStore
from tests.fakes.outbox_harness import OutboxHarness
from tests.fakes.sender_harness import NOW

ORDER = BroadcastOrder("所有分店", gap_s=3_000.0, stops_at_failure=True)


def test_what_was_queued_behind_the_gap_is_offered_again_to_those_who_did_not_get_it(
    tmp_path: Path, qtbot: QtBot
) -> None:
    with SandboxServer() as server:
        secrets = Credentials(server.access_token, server.secret)
        harness = OutboxHarness(tmp_path / "db", lambda _: secrets, qtbot)
        robots = [
            Robot(name, name, endpoint=server.url, expects_signature=True, has_token=True)
            for name in ("上海", "杭州", "成都")
        ]
        jobs = harness.outbox.submit_all(Text("放假"), robots, order=ORDER)
        first = jobs[0].msg_uuid
        harness.wait(lambda: harness.row(first).status is Status.DELIVERED)
        waiting = harness.outbox.waiting()
        assert [one.msg_uuid for one in waiting] == [one.msg_uuid for one in jobs[1:]]
        # As the disk stands after a power cut.
        harness.database.backup(tmp_path / "after")
        harness.close()
    with_nobody = Database(tmp_path / "after")
    history = HistoryStore(with_nobody)
    recovered = history.recover(NOW)
    assert [(one.robot_name, one.status, one.fault) for one in recovered] == [
        ("杭州", Status.NOT_SENT, Fault.NEVER_STARTED),
        ("成都", Status.NOT_SENT, Fault.NEVER_STARTED),
    ]
    row = history.row(first)
    assert row is not None and row.group_id is not None
    group = history.group(row.group_id)
    failed = [one.robot_name for one in group if has_failed(one.status, one.cause)]
    assert failed == ["杭州", "成都"], "who got it is not sent to again"
    assert history.order_of(row.group_id) == ORDER
    with_nobody.close()
