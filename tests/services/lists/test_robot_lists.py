"""Lists of robots: who is in one, what is remembered of it, and what becomes of it on the disk."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder
from dingcomposer.core.robot import Robot, Stage
from dingcomposer.core.robot_lists import MembershipChange, RobotList
from dingcomposer.services.bridge import Bridge
from dingcomposer.services.lists.robot_lists import RobotLists, new_list_id
from dingcomposer.services.robot_profiles import RobotProfiles
from dingcomposer.storage.database import Database
from dingcomposer.storage.robot_lists import RobotListStore, note_order, order_of
from dingcomposer.storage.robots import RobotStore
from dingcomposer.storage.secrets import SecretStore
from tests.fakes.fake_keyring import FakeKeyring
from tests.fakes.tokens import fingerprint_of


class Company:
    """Three branches, of which two are in the east, and their lists."""

    def __init__(self, path: Path) -> None:
        self.database = Database(path)
        self.secrets = SecretStore(lambda: FakeKeyring({}))
        self.bridge = Bridge()
        self.robots = RobotProfiles(
            RobotStore(self.database), self.secrets, self.bridge, fingerprint_of
        )
        for name, tags in (("上海", ("华东",)), ("杭州", ("华东", "门店")), ("成都", ("门店",))):
            if self.robots.get(name) is None:
                self.robots.add(Robot(name, name, tags=tags, has_token=True))
        self.lists = self.opened()

    def opened(self) -> RobotLists:
        return RobotLists(RobotListStore(self.database), self.robots)

    def names(self, robot_list: RobotList) -> list[str]:
        return [one.name for one in self.lists.members(robot_list)]

    def close(self) -> None:
        self.bridge.close()
        self.secrets.close()
        self.database.close()


@pytest.fixture
def company(tmp_path: Path, qapp: object) -> Iterator[Company]:
    company = Company(tmp_path / "db")
    yield company
    company.close()


BY_HAND = RobotList("l-1", "所有分店", ("成都", "上海"), gap_s=2.5, stops_at_failure=True)
BY_TAG = RobotList("l-2", "华东", tag="华东")


def test_a_list_by_hand_keeps_its_order_and_all_that_is_set_of_it(company: Company) -> None:
    company.lists.save(BY_HAND)
    assert company.names(BY_HAND) == ["成都", "上海"]
    assert company.opened().lists == (BY_HAND,)


def test_a_list_of_a_tag_follows_the_tag_whatever_its_case(company: Company) -> None:
    company.lists.save(BY_TAG)
    assert company.names(BY_TAG) == ["上海", "杭州"]
    chengdu = company.robots.get("成都")
    assert chengdu is not None
    company.robots.save(replace(chengdu, tags=("east",)))
    assert company.names(replace(BY_TAG, tag="East")) == ["成都"]
    assert company.lists.tags == ("华东", "门店", "east")


def test_a_deleted_robot_leaves_its_lists_for_good_an_archived_one_comes_back(
    company: Company,
) -> None:
    company.lists.save(BY_HAND)
    company.robots.archive("成都")
    assert company.names(BY_HAND) == ["上海"]
    company.robots.archive("成都", is_archived=False)
    assert company.names(BY_HAND) == ["成都", "上海"]
    company.robots.delete("成都")
    assert company.opened().lists == (replace(BY_HAND, robot_ids=("上海",)),)
    company.lists.save(replace(BY_HAND, name="其余"))
    assert company.lists.lists == (replace(BY_HAND, name="其余", robot_ids=("上海",)),)


def test_a_list_is_a_target_like_a_robot_and_production_where_one_of_it_is(
    company: Company, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(company.lists.changed, timeout=0):
        company.lists.save(BY_HAND)
    target = company.lists.get(BY_HAND.target_id)
    assert target is not None
    assert target.name.startswith("所有分店 (2 ")
    assert (target.stage, target.has_token) == (Stage.TEST, True)
    shanghai = company.robots.get("上海")
    assert shanghai is not None
    company.robots.save(replace(shanghai, stage=Stage.PRODUCTION, keywords=("通知",)))
    target = company.lists.get(BY_HAND.target_id)
    assert target is not None and target.is_production
    assert target.keywords == (), "only some ask for the keyword"
    assert [one.robot_id for one in company.lists.targets][-1] == BY_HAND.target_id
    assert company.lists.target_ids[-1] == BY_HAND.target_id
    assert company.lists.of_target("上海") is None
    assert company.lists.get("list:gone") is None


def test_who_joined_and_left_since_a_list_was_chosen_is_known_also_after_a_restart(
    company: Company,
) -> None:
    company.lists.save(BY_HAND)
    assert company.lists.change_since("d-1", BY_HAND).is_empty, "never chosen"
    company.lists.remember_choice("d-1", BY_HAND)
    assert company.lists.change_since("d-1", BY_HAND).is_empty
    other = replace(BY_HAND, robot_ids=("上海", "杭州"))
    company.lists.save(other)
    expected = MembershipChange(("杭州",), ("成都",))
    assert company.opened().change_since("d-1", other) == expected
    company.lists.remember_choice("d-1", other)
    assert company.lists.change_since("d-1", other).is_empty


def test_another_programs_lists_are_read_when_it_has_written(
    company: Company, tmp_path: Path
) -> None:
    other = Company(tmp_path / "db")
    other.lists.save(BY_TAG)
    assert list(company.lists.lists) == []
    company.lists.read_again()
    assert list(company.lists.lists) == [BY_TAG]
    other.close()


def test_lists_are_deleted_and_found_by_name(company: Company) -> None:
    company.lists.put([BY_HAND, BY_TAG])
    assert company.lists.named("华东") == BY_TAG
    company.lists.delete("l-1")
    assert company.lists.named("所有分店") is None
    assert new_list_id() != new_list_id()


def test_how_a_broadcast_goes_out_is_kept_and_the_first_word_stands(company: Company) -> None:
    order = BroadcastOrder("所有分店", 1.5, stops_at_failure=True)
    note_order(company.database, "g-1", order)
    note_order(company.database, "g-1", BroadcastOrder("other"))
    assert order_of(company.database, "g-1") == order
    assert order_of(company.database, "g-2") == AT_ONCE
