"""A bundle carried from one computer to another: all of it, or nothing, and nothing lost."""

import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked, PasswordSetError
from pytestqt.qtbot import QtBot

from dingcomposer.core.bundle import BundleKind
from dingcomposer.core.bundle.comparison import MergeState
from dingcomposer.core.bundle.merging import MergeChoice, foreign_hosts, with_confirmed
from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind
from dingcomposer.core.robot import Credentials, Robot, Stage
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.scheduling.schedule import MessageSchedule, ScheduledRobot
from dingcomposer.core.scheduling.timing import timing_of
from dingcomposer.core.templates.template import Template
from dingcomposer.interchange.bundles.container import BundleError
from dingcomposer.services.bundles.inventory import UnreadableSecrets
from dingcomposer.services.bundles.restoring import BundleLook, RestoreDone, RestoreFault
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.secrets import SecretsReason
from tests.fakes.bundle_machine import ADD_ALL, BundleMachine, bundle_machine
from tests.fakes.canaries import CANARY, spellings
from tests.fakes.fake_keyring import FakeKeyring

T1 = Credentials("a" * 64, "SEC" + "1" * 64)
T2 = Credentials("b" * 64)
SHANGHAI = Robot("r-1", "上海", "#2B8A57", Stage.PRODUCTION, tags=("门店",), keywords=("通知",))
HANGZHOU = Robot("r-2", "杭州", "#D9662B", tags=("门店",))
ALL = RobotList("l-1", "所有分店", ("r-2", "r-1"), gap_s=3.0)
SHOPS = RobotList("l-2", "门店", tag="门店")
TEMPLATE = Template("停机", Draft(Kind.TEXT, text="{{时间}} 停机"), folder="运维")
ZHANG = Contact("张三", "13800000000", "zs", "运维", ("值班",))
TAKE_ALL = dict.fromkeys(BundleKind, MergeChoice.TAKE)
NOW = datetime(2026, 12, 1, tzinfo=UTC)
PASSPHRASE = "正确 马 battery staple"


def fill(machine: BundleMachine) -> None:
    machine.add(SHANGHAI, T1)
    machine.add(HANGZHOU, T2)
    machine.put((ALL, SHOPS), (ZHANG,), (TEMPLATE,))


@pytest.fixture
def old(tmp_path: Path, qtbot: QtBot) -> Iterator[BundleMachine]:
    with bundle_machine(tmp_path / "old", qtbot) as machine:
        fill(machine)
        yield machine


@pytest.fixture
def new(tmp_path: Path, qtbot: QtBot) -> Iterator[BundleMachine]:
    with bundle_machine(tmp_path / "new", qtbot) as machine:
        yield machine


def states(look: BundleLook) -> dict[str, MergeState]:
    return {f"{one.kind.value}:{one.name}": one.state for one in look.entries}


def test_one_file_restores_everything_on_a_bare_machine(
    old: BundleMachine, new: BundleMachine, tmp_path: Path
) -> None:
    path = tmp_path / "all.dingcomposer"
    done = old.export(path, PASSPHRASE)
    assert dict(done.counts) == {
        BundleKind.ROBOTS: 3,
        BundleKind.LISTS: 2,
        BundleKind.TEMPLATES: 1,
        BundleKind.CONTACTS: 1,
        BundleKind.SCHEDULES: 0,
    }
    look = new.look(path, PASSPHRASE)
    assert isinstance(look, BundleLook)
    assert states(look).pop("robots:Sandbox") is MergeState.SAME
    told = new.restore(look)
    assert (told.fault, told.robots, told.lists, told.templates, told.contacts) == (
        None,
        2,
        2,
        1,
        1,
    )
    theirs, ours = old.bundle(), new.bundle()
    assert (ours.lists, ours.templates, ours.contacts) == (
        theirs.lists,
        theirs.templates,
        theirs.contacts,
    )
    for one, other in zip(ours.robots[1:], theirs.robots[1:], strict=True):
        assert one.credentials == other.credentials
        assert replace(one.robot, token_fingerprint="") == replace(
            other.robot, token_fingerprint=""
        ), "but for a fingerprint, which is of each data folder"
    assert new.credentials("上海") == T1
    lists = new.engine.robot_lists
    assert [one.name for one in lists.members(lists.lists[0])] == ["杭州", "上海"]
    assert [one.name for one in lists.members(lists.lists[1])] == ["上海", "杭州"]


def test_the_same_file_again_changes_nothing(
    old: BundleMachine, new: BundleMachine, tmp_path: Path
) -> None:
    path = tmp_path / "all.dingcomposer"
    old.export(path, PASSPHRASE)
    first = new.look(path, PASSPHRASE)
    assert isinstance(first, BundleLook)
    new.restore(first)
    again = new.look(path, PASSPHRASE)
    assert isinstance(again, BundleLook)
    assert set(states(again).values()) == {MergeState.SAME}
    assert new.choose(again, TAKE_ALL).is_empty


def test_without_a_passphrase_no_secret_goes_out_and_the_robots_ask_for_theirs(
    old: BundleMachine, new: BundleMachine, tmp_path: Path
) -> None:
    path = tmp_path / "plain.dingcomposer"
    old.export(path)
    for secret in (T1.access_token, T1.secret or "", T2.access_token):
        assert secret.encode() not in path.read_bytes()
    look = new.look(path)
    assert isinstance(look, BundleLook)
    new.restore(look)
    assert new.names == ["上海", "杭州"]
    assert not new.robot("上海").has_token
    assert new.ring.writes == 0


def test_what_differs_is_kept_as_it_is_here_or_taken_as_a_person_chooses(
    old: BundleMachine, new: BundleMachine
) -> None:
    fill(new)
    new.engine.robot_profiles.save(replace(new.robot("上海"), name="申城", keywords=("警报",)))
    new.put(
        (replace(ALL, gap_s=0.0, robot_ids=("r-1",)),),
        (replace(ZHANG, mobile="", department="人事"),),
    )
    (new.inventory.templates.folder / "停机.template.json").unlink()
    new.inventory.templates.save(replace(TEMPLATE, draft=Draft(Kind.TEXT, text="另一个")))
    look = new.looked(old.bundle())
    found = states(look)
    assert found["robots:上海"] is MergeState.DIFFERENT
    assert found["robots:杭州"] is MergeState.SAME
    assert found["lists:所有分店"] is MergeState.DIFFERENT
    assert found["lists:门店"] is MergeState.NEW
    assert found["templates:停机"] is MergeState.DIFFERENT
    assert found["contacts:张三"] is MergeState.DIFFERENT
    new.restore(look)
    assert new.names == ["申城", "杭州"]
    assert new.engine.robot_lists.lists[0].gap_s == 0.0
    assert [one.name for one in new.engine.robot_lists.lists] == ["所有分店", "门店"]
    (contact,) = new.inventory.contacts.all()
    assert contact == replace(ZHANG, department="人事"), "what was missing is filled in"
    new.restore(new.looked(old.bundle()), TAKE_ALL)
    assert new.names == ["上海", "杭州"]
    assert new.robot("上海").keywords == ("通知",)
    assert new.engine.robot_lists.lists[0] == ALL
    (template,) = new.inventory.templates.read()[0]
    assert template.template.draft.text == "{{时间}} 停机"
    (contact,) = new.inventory.contacts.all()
    assert contact.department == "运维"


def test_both_can_be_had_of_lists_and_templates(old: BundleMachine, new: BundleMachine) -> None:
    fill(new)
    new.put((replace(ALL, gap_s=9.0),), (), ())
    new.inventory.templates.save(
        replace(TEMPLATE, draft=Draft(Kind.TEXT, text="另一个")),
        new.inventory.templates.read()[0][0].path,
    )
    new.restore(new.looked(old.bundle()), dict.fromkeys(BundleKind, MergeChoice.BOTH))
    names = [one.name for one in new.engine.robot_lists.lists]
    assert names == ["所有分店", "所有分店 (2)", "门店"]
    assert [one.gap_s for one in new.engine.robot_lists.lists] == [9.0, 3.0, 0.0]
    templates = {
        one.template.name: one.template.draft.text for one in new.inventory.templates.read()[0]
    }
    assert templates == {"停机": "另一个", "停机 (2)": "{{时间}} 停机"}


def test_a_kind_that_is_not_wanted_stays_out(old: BundleMachine, new: BundleMachine) -> None:
    choices = {**ADD_ALL, BundleKind.ROBOTS: MergeChoice.NOTHING}
    new.restore(new.looked(old.bundle()), choices)
    assert new.names == []
    assert [one.robot_ids for one in new.engine.robot_lists.lists] == [(), ()]
    assert len(new.inventory.contacts.all()) == 1


def weekly(machine: BundleMachine) -> MessageSchedule:
    """A schedule for Shanghai, kept."""
    robot = machine.robot("上海")
    to = ScheduledRobot(
        robot.robot_id, robot.name, robot.endpoint, robot.stage, False, robot.token_fingerprint
    )
    timing = timing_of("Asia/Shanghai", datetime.fromisoformat("2026-12-04T09:00"), "FREQ=WEEKLY")
    return machine.inventory.schedules.add(
        MessageSchedule("s-1", "周报", TEMPLATE, (to,), timing, (("时间", "22:00"),)), NOW
    )


def test_a_schedule_comes_paused_and_for_the_robots_as_they_are_here(
    old: BundleMachine, new: BundleMachine, tmp_path: Path
) -> None:
    kept = weekly(old)
    assert not kept.is_paused
    path = tmp_path / "all.dingcomposer"
    old.export(path, PASSPHRASE)
    new.add(Robot("other", "别名"), T1)
    look = new.look(path, PASSPHRASE)
    assert isinstance(look, BundleLook)
    assert new.restore(look).schedules == 1
    (found,) = new.inventory.schedules.all()
    assert found.is_paused, "two computers would both send"
    assert (found.name, found.timing, found.values) == (kept.name, kept.timing, kept.values)
    robot = new.robot("别名")
    assert [one.obstacle(robot) for one in found.robots] == [None]
    assert found.robots[0].token_fingerprint == robot.token_fingerprint
    again = new.look(path, PASSPHRASE)
    assert isinstance(again, BundleLook)
    assert states(again)["schedules:周报"] is MergeState.SAME


def test_a_schedule_that_differs_is_taken_only_by_choice_and_rests_then(
    old: BundleMachine, new: BundleMachine
) -> None:
    fill(new)
    weekly(old)
    mine = weekly(new)
    other = timing_of("Asia/Shanghai", datetime.fromisoformat("2026-12-04T18:00"), "FREQ=WEEKLY")
    new.inventory.schedules.change(replace(mine, timing=other), NOW)
    look = new.looked(old.bundle())
    assert states(look)["schedules:周报"] is MergeState.DIFFERENT
    new.restore(look)
    assert new.inventory.schedules.all()[0].timing == other
    new.restore(new.looked(old.bundle()), TAKE_ALL)
    (found,) = new.inventory.schedules.all()
    assert found.timing == mine.timing
    assert found.is_paused


def test_a_schedule_in_the_bin_gives_its_id_to_no_other(
    old: BundleMachine, new: BundleMachine
) -> None:
    fill(new)
    weekly(old)
    new.inventory.schedules.remove(weekly(new).schedule_id, NOW)
    done = new.restore(new.looked(old.bundle()))
    assert (done.fault, done.schedules) == (None, 1)
    assert len(new.inventory.schedules.all(with_removed=True)) == 2


def test_a_robot_without_its_webhook_here_gets_it_and_keeps_all_else(
    old: BundleMachine, new: BundleMachine, tmp_path: Path
) -> None:
    path = tmp_path / "plain.dingcomposer"
    old.export(path)
    plain = new.look(path)
    assert isinstance(plain, BundleLook)
    new.restore(plain)
    new.engine.robot_profiles.save(replace(new.robot("上海"), name="申城"))
    done = new.restore(new.looked(old.bundle()))
    assert (done.fault, done.robots, done.changed_robots) == (None, 0, 2)
    assert new.names == ["申城", "杭州"]
    assert new.credentials("申城") == T1
    assert new.robot("申城").has_token
    assert new.choose(new.looked(old.bundle())).is_empty


def test_a_robot_that_lost_another_webhook_is_not_given_this_one_unasked(
    old: BundleMachine, new: BundleMachine
) -> None:
    new.add(SHANGHAI, Credentials("e" * 64))
    new.wait(partial(new.engine.secrets.forget, "r-1"))
    look = new.looked(old.bundle())
    (entry,) = [one for one in look.entries if one.name == "上海"]
    assert entry.changed == ("webhook", "secret")
    assert [one.robot.name for one in new.choose(look).robots] == ["杭州"]


def test_nobody_who_is_here_is_lost(old: BundleMachine, new: BundleMachine) -> None:
    new.add(Robot("r-9", "成都"), Credentials("c" * 64))
    new.put((RobotList("l-9", "西南", ("r-9",)),), (Contact("李四", "13900000000"),))
    new.restore(new.looked(old.bundle()), TAKE_ALL)
    assert set(new.names) == {"上海", "杭州", "成都"}
    assert "西南" in [one.name for one in new.engine.robot_lists.lists]
    assert {one.name for one in new.inventory.contacts.all()} == {"张三", "李四"}
    assert new.credentials("成都").access_token == "c" * 64


def test_a_robot_is_known_by_its_webhook_whatever_it_is_called(
    old: BundleMachine, new: BundleMachine
) -> None:
    new.add(Robot("other", "别名"), T1)
    look = new.looked(old.bundle())
    entry = next(one for one in look.entries if one.name == "上海")
    assert (entry.state, entry.here) == (MergeState.DIFFERENT, "other")
    new.restore(look)
    assert new.names == ["别名", "杭州"]
    members = new.engine.robot_lists.members(new.engine.robot_lists.lists[0])
    assert [one.name for one in members] == ["杭州", "别名"], "the list knows it by its webhook"


def test_a_new_robot_never_takes_an_id_or_a_name_of_another(
    old: BundleMachine, new: BundleMachine
) -> None:
    new.add(Robot("r-2", "上海"), Credentials("d" * 64))
    look = new.looked(old.bundle())
    new.restore(look, {**ADD_ALL, BundleKind.ROBOTS: MergeChoice.ADD})
    assert new.credentials("上海").access_token == "d" * 64, "as it was"


def test_another_webhook_of_the_same_robot_is_told_and_taken_only_by_choice(
    old: BundleMachine, new: BundleMachine
) -> None:
    new.add(SHANGHAI, Credentials("e" * 64))
    look = new.looked(old.bundle())
    entry = next(one for one in look.entries if one.name == "上海")
    assert "webhook" in entry.changed
    new.restore(look)
    assert new.credentials("上海").access_token == "e" * 64
    new.restore(new.looked(old.bundle()), TAKE_ALL)
    assert new.credentials("上海") == T1
    assert new.robot("上海").has_secret


# What goes wrong


class RefusingKeyring(FakeKeyring):
    """Takes so many webhooks, then refuses."""

    def __init__(self, most: int) -> None:
        super().__init__({})
        self.most = most

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.writes >= self.most:
            self.calls.append("set")
            raise PasswordSetError("no")
        super().set_password(service, username, password)


def untouched(machine: BundleMachine) -> bool:
    here = machine.found().here
    robots = [one for one in here.robots if not one.is_sandbox]
    parts = list(machine.inventory.templates.folder.glob(".*"))
    return not (robots or here.lists or here.contacts or here.templates or parts)


@pytest.mark.parametrize("most", [0, 1])
def test_a_keyring_that_refuses_leaves_nothing_behind(
    old: BundleMachine, tmp_path: Path, qtbot: QtBot, most: int
) -> None:
    ring = RefusingKeyring(most)
    with bundle_machine(tmp_path / "refusing", qtbot, ring) as machine:
        done = machine.restore(machine.looked(old.bundle()))
        assert done.fault is RestoreFault.SECRETS
        assert isinstance(done.why, UnreadableSecrets)
        assert done.why.reason is SecretsReason.REFUSED
        assert untouched(machine)
        assert not ring.entries


def test_a_full_disk_takes_the_webhooks_back_out_of_the_keyring(
    old: BundleMachine, new: BundleMachine
) -> None:
    look = new.looked(old.bundle())
    new.database.max_pages = new.database.pages
    big = replace(
        look.bundle, contacts=tuple(Contact(f"{n}" * 9, f"{n:011}") for n in range(9_000))
    )
    done = new.restore(new.looked(big))
    assert done.fault is RestoreFault.STORAGE
    assert isinstance(done.why, StorageError)
    assert new.ring.entries == {}
    new.database.max_pages = 2**31
    assert untouched(new)


def test_a_webhook_that_was_changed_is_given_back_where_the_rest_fails(
    old: BundleMachine, new: BundleMachine
) -> None:
    before = Credentials("e" * 64, "SEC" + "9" * 64)
    new.add(SHANGHAI, before)
    new.inventory.templates.folder.write_text("in the way of a folder")
    done = new.restore(new.looked(old.bundle()), TAKE_ALL)
    assert done.fault is RestoreFault.FILES
    assert new.credentials("上海") == before
    assert new.names == ["上海"]
    assert len(new.ring.entries) == 1


def test_what_was_changed_since_the_look_is_not_written_over(
    old: BundleMachine, new: BundleMachine
) -> None:
    look = new.looked(old.bundle())
    merged = new.choose(look)
    new.inventory.contacts.replace((Contact("王五", "13700000000"),))
    done: RestoreDone = new.wait(partial(new.restorer.restore, look.found, merged))
    assert done.fault is RestoreFault.CHANGED
    assert new.names == []
    assert new.ring.entries == {}
    assert [one.name for one in new.inventory.contacts.all()] == ["王五"]


def test_a_locked_keyring_exports_nothing_and_says_whose_webhook_it_keeps(
    tmp_path: Path, qtbot: QtBot
) -> None:
    ring = FakeKeyring({})
    with bundle_machine(tmp_path / "locked", qtbot, ring) as machine:
        machine.add(SHANGHAI, T1)
        machine.engine.secrets.read_anew("r-1")
        ring.fault = KeyringLocked()
        done = machine.export(tmp_path / "x.dingcomposer", PASSPHRASE)
        assert done.error == UnreadableSecrets("上海", SecretsReason.LOCKED)
        assert not (tmp_path / "x.dingcomposer").exists()


def test_a_folder_that_cannot_be_written_is_an_error_of_its_own(
    old: BundleMachine, tmp_path: Path
) -> None:
    done = old.export(tmp_path / "nowhere" / "x.dingcomposer", PASSPHRASE)
    assert isinstance(done.error, int)


def test_a_foreign_host_comes_in_only_when_it_is_confirmed(
    new: BundleMachine, tmp_path: Path, qtbot: QtBot
) -> None:
    own = Robot(
        "r-7", "自建", endpoint="https://ding.corp.example/robot/send", is_host_confirmed=True
    )
    with bundle_machine(tmp_path / "own", qtbot) as other:
        other.add(own, Credentials("7" * 64))
        other.add(SHANGHAI, T1)
        bundle = other.bundle()
    look = new.looked(bundle)
    merged = new.restorer.choose(look, ADD_ALL)
    assert foreign_hosts(merged, look.here) == ("ding.corp.example",)
    refused = with_confirmed(merged, look.here, frozenset())
    assert [one.robot.name for one in refused.robots] == ["上海"]
    assert not refused.robots[0].robot.is_host_confirmed
    agreed = with_confirmed(merged, look.here, frozenset(("ding.corp.example",)))
    done: RestoreDone = new.wait(partial(new.restorer.restore, look.found, agreed))
    assert done.robots == 2
    assert new.robot("自建").is_host_confirmed
    again = new.looked(bundle)
    assert foreign_hosts(new.restorer.choose(again, TAKE_ALL), again.here) == ()


def test_no_secret_and_no_passphrase_is_on_the_disk_or_in_the_log_at_any_time(
    new: BundleMachine,
    tmp_path: Path,
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    caplog.set_level(logging.DEBUG)
    written: list[bytes] = []
    replace_file = Path.replace

    def watched(self: Path, target: os.PathLike[str]) -> Path:
        written.append(self.read_bytes())
        return replace_file(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    path = tmp_path / "all.dingcomposer"
    with bundle_machine(tmp_path / "canary", qtbot) as machine:
        machine.add(SHANGHAI, CANARY)
        machine.export(path, PASSPHRASE)
        wrong = machine.look(path, "a wrong passphrase")
        assert isinstance(wrong, BundleError)
        look = new.look(path, PASSPHRASE)
        assert isinstance(look, BundleLook)
        new.restore(look)
    files = [one.read_bytes() for one in tmp_path.rglob("*") if one.is_file()]
    secrets = [*spellings(CANARY.access_token), *spellings(CANARY.secret or ""), PASSPHRASE]
    for secret in secrets:
        for content in (*files, *written, caplog.text.encode()):
            assert secret.encode() not in content
    assert written, "the file went to the disk"
    assert new.credentials("上海") == CANARY
    assert CANARY.access_token not in repr(look) + repr(look.found) + repr(new.choose(look))
