"""A table of webhooks, row by row beside the robots that are here, and added as a whole."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.bundle.merging import with_confirmed
from dingcomposer.core.robot import Credentials, Robot, Stage
from dingcomposer.services.bundles.restoring import RestoreDone
from dingcomposer.services.bundles.webhooks import (
    TOLD_APART,
    LookedRow,
    RowState,
    WebhookImporter,
    look_at,
    merge_of,
)
from tests.fakes.bundle_machine import BundleMachine, bundle_machine

HOOK = "https://oapi.dingtalk.com/robot/send?access_token="
T1, T2, T3 = "a" * 64, "b" * 64, "c" * 64
TABLE = f"""名称,Webhook,加签密钥,用途
上海,{HOOK}{T1},SEC{"1" * 64},测试
杭州,{HOOK}{T2},,
坏行,没有地址,,
再来,{HOOK}{T2},,
,{HOOK}{T3},,
"""


@pytest.fixture
def machine(tmp_path: Path, qtbot: QtBot) -> Iterator[BundleMachine]:
    with bundle_machine(tmp_path / "here", qtbot) as machine:
        yield machine


def looked(machine: BundleMachine, path: Path, text: str = TABLE) -> tuple[LookedRow, ...]:
    path.write_text(text, encoding="utf-8")
    importer = WebhookImporter()
    table = machine.wait(partial(importer.read, path))
    return look_at(table.rows, machine.found().here, machine.engine.fingerprint_of)


def test_each_row_says_how_it_stands_to_what_is_here(
    machine: BundleMachine, tmp_path: Path
) -> None:
    machine.add(Robot("r-1", "魔都"), Credentials(T1))
    rows = looked(machine, tmp_path / "hooks.csv")
    assert [one.state for one in rows] == [
        RowState.TAKEN,
        RowState.NEW,
        RowState.BAD,
        RowState.TWICE,
        RowState.NEW,
    ]
    assert rows[0].owners == ("魔都",)
    assert rows[3].owners == ("杭州",)
    assert (rows[1].host, rows[1].masked_token, rows[1].has_secret) == (
        "oapi.dingtalk.com",
        "…bbbb",
        False,
    )
    assert rows[0].has_secret
    assert rows[2].host == ""


def test_the_new_rows_are_added_with_webhook_secret_and_colours_of_their_own(
    machine: BundleMachine, tmp_path: Path
) -> None:
    rows = looked(machine, tmp_path / "hooks.csv")
    found = machine.found()
    chosen = [one for one in rows if one.state is RowState.NEW]
    merged = merge_of(chosen, found.here, machine.engine.fingerprint_of, "机器人")
    merged = with_confirmed(merged, found.here, frozenset())
    done: RestoreDone = machine.wait(partial(machine.restorer.restore, found, merged))
    assert (done.fault, done.robots) == (None, 3)
    assert machine.names == ["上海", "杭州", "机器人"]
    assert machine.credentials("上海") == Credentials(T1, "SEC" + "1" * 64)
    assert machine.robot("上海").stage is Stage.TEST
    assert machine.robot("杭州").stage is Stage.PRODUCTION
    assert len({one.colour for one in machine.engine.robot_profiles.robots}) == 4
    again = looked(machine, tmp_path / "hooks.csv")
    assert {one.state for one in again} == {RowState.TAKEN, RowState.BAD}


def test_hundreds_of_rows_have_colours_at_once(machine: BundleMachine, tmp_path: Path) -> None:
    lines = [f"门店{number},{HOOK}{number:064x}" for number in range(300)]
    rows = looked(machine, tmp_path / "many.csv", "名称,Webhook\n" + "\n".join(lines))
    merged = merge_of(rows, machine.found().here, machine.engine.fingerprint_of, "x")
    colours = [one.robot.colour for one in merged.new_robots]
    assert len(colours) == 300
    assert len(set(colours[:TOLD_APART])) == TOLD_APART - 1
