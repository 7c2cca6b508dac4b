"""Whom a robot's messages mention as a rule, filled in when a hand aims at it."""

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Kind, Mentions
from dingcomposer.core.robot import Robot
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.target import TargetSelector, with_defaults

DUTY = Mentions(("13800000001",))
ALL = Mentions(is_all=True)
NOBODY = Robot("nobody", "无人")
A = Robot("a", "甲群", default_mentions=DUTY)
B = Robot("b", "乙群", default_mentions=ALL)


class Robots:
    """As much of robots and lists as aiming asks for; there is no list."""

    def of_target(self, _target_id: str | None) -> None:
        return None

    def get(self, robot_id: str | None) -> Robot | None:
        return next((one for one in (NOBODY, A, B) if one.robot_id == robot_id), None)


@pytest.fixture
def session(qtbot: QtBot) -> DraftSession:
    return DraftSession()


@pytest.fixture
def target_selector(session: DraftSession) -> TargetSelector:
    return TargetSelector(session, Robots())  # type: ignore[arg-type]


def test_a_draft_that_mentions_nobody_takes_the_robots_mentions(
    target_selector: TargetSelector, session: DraftSession, qtbot: QtBot
) -> None:
    session.edit(Draft(text="x"))
    with qtbot.waitSignal(target_selector.said, timeout=0) as said:
        target_selector.select("a")
    assert "甲群" in said.args[0]
    assert (session.target_id, session.draft.mentions) == ("a", DUTY)
    session.undo()
    assert (session.target_id, session.draft) == ("a", Draft(text="x")), "the target stays"


def test_whom_a_person_chose_stays(
    target_selector: TargetSelector, session: DraftSession, qtbot: QtBot
) -> None:
    chosen = Mentions(("13900000000",))
    session.edit(Draft(text="x", mentions=chosen))
    with qtbot.assertNotEmitted(target_selector.said):
        target_selector.select("a")
        target_selector.select("b")
    assert session.draft.mentions == chosen


def test_the_mentions_of_one_group_do_not_go_along_to_the_next(
    target_selector: TargetSelector, session: DraftSession
) -> None:
    target_selector.select("a")
    target_selector.select("b")
    assert session.draft.mentions == ALL
    target_selector.select("nobody")
    assert session.draft.mentions is None


def test_aiming_back_at_once_changes_nothing(
    target_selector: TargetSelector, session: DraftSession
) -> None:
    target_selector.select("a")
    session.edit(replace(session.draft, mentions=None))  # a person wants nobody here
    target_selector.select("b")
    target_selector.select("a")  # the second click of a double click
    assert (session.target_id, session.draft.mentions) == ("a", None)


def test_aiming_where_it_is_aimed_already_fills_nothing_in(
    target_selector: TargetSelector, session: DraftSession
) -> None:
    target_selector.select("a")
    session.edit(replace(session.draft, mentions=None))
    target_selector.select("a")
    assert session.draft.mentions is None


@pytest.mark.parametrize("kind", [Kind.LINK, Kind.FEED_CARD])
def test_what_cannot_mention_anybody_stays_as_it_is(kind: Kind) -> None:
    assert with_defaults(Draft(kind=kind), None, A) == Draft(kind=kind)


def test_aiming_at_nobody_takes_nobody_away() -> None:
    draft = Draft(mentions=DUTY)
    assert with_defaults(draft, A, None) == draft
