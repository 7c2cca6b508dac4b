"""The drafts: back as they were with their steps and their past, whatever was typed; never lost."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dingcomposer.core.draft import Caret, Draft
from dingcomposer.core.messages import Button, Extra, FeedLink, Kind, Mentions, Orientation
from dingcomposer.core.undo.changes import DraftChange, difference
from dingcomposer.core.undo.history import StepRange, UnsavedSteps
from dingcomposer.storage.database import Database, Value
from dingcomposer.storage.drafts import (
    KEPT_CLOSED,
    DraftStore,
    DraftVersion,
    OpenDrafts,
    SavedDraft,
    UnsavedDraft,
    UnsavedDrafts,
    thinned,
)
from dingcomposer.storage.migrations import STEPS

AT = datetime(2026, 8, 22, 10, 32, tzinfo=UTC)
TOKEN = "f3a9" * 16

# Half characters are among them; two halves that meet are one character, and come back as that.
TEXTS = st.text(st.characters(exclude_categories=[]), max_size=8).map(
    lambda text: text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
)
DRAFTS = st.builds(
    Draft,
    kind=st.sampled_from(Kind),
    title=TEXTS,
    text=TEXTS,
    mentions=st.none()
    | st.builds(
        Mentions,
        st.lists(TEXTS, max_size=2).map(tuple),
        st.lists(TEXTS, max_size=2).map(tuple),
        st.booleans(),
    ),
    message_url=TEXTS,
    picture_url=st.none() | TEXTS,
    jump=st.builds(Button, TEXTS, TEXTS),
    buttons=st.lists(st.builds(Button, TEXTS, TEXTS), max_size=3).map(tuple),
    orientation=st.none() | st.sampled_from(Orientation),
    hide_avatar=st.none() | st.booleans(),
    feed=st.lists(st.builds(FeedLink, TEXTS, TEXTS, TEXTS), max_size=3).map(tuple),
    browser_links=st.booleans(),
    extras=st.lists(
        st.builds(
            Extra,
            st.lists(TEXTS, min_size=1, max_size=3).map(tuple),
            st.sampled_from(("1", '{"a": [null]}', '"字"')),
        ),
        max_size=2,
    ).map(tuple),
    sends_extras=st.booleans(),
    json_text=st.none() | TEXTS,
)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    with closing(Database(tmp_path / "dingcomposer.db")) as database:
        yield database


@pytest.fixture
def drafts(database: Database) -> DraftStore:
    return DraftStore(database)


def saved(draft: Draft, draft_id: str = "d-1", target: str | None = "r-1") -> SavedDraft:
    return SavedDraft(draft_id, draft, target, AT)


def write(
    store: DraftStore,
    *saves: SavedDraft,
    steps: tuple[DraftChange, ...] = (),
    at: datetime = AT,
    sent: tuple[DraftVersion, ...] = (),
) -> None:
    """Write these, the first of them in the window; each with all of these steps done."""
    entire = UnsavedSteps(StepRange(0, len(steps), len(steps)), 0, steps)
    unsaved = tuple(UnsavedDraft(one, entire, sent) for one in saves)
    order = tuple(one.draft_id for one in saves if one.closed_at is None)
    store.write(UnsavedDrafts(unsaved, (), order, order[0] if order else ""), at)


def only(store: DraftStore) -> SavedDraft:
    (found,) = store.open_drafts().drafts
    return found


def everything(database: Database) -> str:
    return "".join(
        str([*row])
        for table in ("drafts", "draft_steps", "draft_versions")
        for row in database.rows(f"SELECT * FROM {table}")
    )


def test_at_the_very_first_start_there_is_none(drafts: DraftStore) -> None:
    assert drafts.open_drafts() == OpenDrafts()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(draft=DRAFTS)
def test_every_draft_comes_back_as_it_was(drafts: DraftStore, draft: Draft) -> None:
    one = replace(saved(draft), caret=Caret("text", 1, 3), sent_at=AT)
    write(drafts, one)
    assert only(drafts) == one


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(before=DRAFTS, after=DRAFTS)
def test_every_step_comes_back_as_it_was(drafts: DraftStore, before: Draft, after: Draft) -> None:
    steps = (difference(before, after), difference(after, before))
    write(drafts, saved(before), steps=steps)
    assert drafts.steps("d-1") == steps
    assert only(drafts).steps == StepRange(0, 2, 2)


def test_half_characters_and_nuls_survive(drafts: DraftStore) -> None:
    draft = Draft(text="half \ud83d and \udc00, NUL \0 end", title="\udfff")
    write(drafts, saved(draft))
    assert only(drafts).draft == draft


def test_several_come_back_in_their_order_and_the_one_in_the_window_is_known(
    drafts: DraftStore,
) -> None:
    one, two, three = (saved(Draft(text=name), name) for name in ("a", "b", "c"))
    write(drafts, three, one, two)
    drafts.write(UnsavedDrafts((), (), ("c", "a", "b"), "b"), AT)
    assert drafts.open_drafts() == OpenDrafts((three, one, two), "b")
    drafts.write(UnsavedDrafts((), ("a",), ("b", "c"), "c"), AT)
    assert drafts.open_drafts() == OpenDrafts((two, three), "c")


def test_of_the_steps_only_the_new_ones_are_written(drafts: DraftStore, database: Database) -> None:
    first, second, third = ((difference(Draft(), Draft(text=one))) for one in "abc")
    write(drafts, saved(Draft()), steps=(first, second))
    later = UnsavedSteps(StepRange(1, 2, 2), 1, (third,))
    drafts.write(UnsavedDrafts((UnsavedDraft(saved(Draft()), later),), (), ("d-1",), "d-1"), AT)
    assert drafts.steps("d-1") == (third,), "the first fell off the end, the second was overtaken"
    assert only(drafts).steps == StepRange(1, 2, 2)


def test_a_closed_draft_is_kept_for_thirty_days(drafts: DraftStore) -> None:
    closed = replace(saved(Draft(text="关了"), "gone"), closed_at=AT)
    sent = (DraftVersion(Draft(text="开"), AT, was_sent=True),)
    write(drafts, saved(Draft(text="开着")), closed, sent=sent)
    assert len(drafts.versions("d-1")) == 1
    drafts.tidy_up(AT + KEPT_CLOSED - timedelta(minutes=1))
    assert [one.draft.text for one in drafts.closed_drafts()] == ["关了"]
    assert [one.draft.text for one in drafts.open_drafts().drafts] == ["开着"]
    drafts.tidy_up(AT + KEPT_CLOSED + timedelta(minutes=1))
    assert drafts.closed_drafts() == ()
    assert drafts.versions("d-1") == (), "of an open one, too"
    assert [one.draft.text for one in drafts.open_drafts().drafts] == ["开着"]


def test_what_goes_takes_its_steps_and_versions_along(
    drafts: DraftStore, database: Database
) -> None:
    step = difference(Draft(), Draft(text="x"))
    sent = (DraftVersion(Draft(text="x"), AT, was_sent=True),)
    write(drafts, saved(Draft(text="x")), steps=(step,), sent=sent)
    drafts.write(UnsavedDrafts((), ("d-1",), (), ""), AT)
    for table in ("drafts", "draft_steps", "draft_versions"):
        assert database.rows(f"SELECT * FROM {table}") == []


# Versions


def test_what_stood_before_a_pause_is_kept_as_a_version(drafts: DraftStore) -> None:
    write(drafts, saved(Draft(text="昨天")))
    tomorrow = AT + timedelta(days=1)
    write(drafts, saved(Draft(text="今天")), at=tomorrow)
    write(drafts, saved(Draft(text="今天。")), at=tomorrow + timedelta(seconds=1))
    assert drafts.versions("d-1") == (DraftVersion(Draft(text="昨天"), AT),)


def test_while_somebody_writes_a_version_is_kept_now_and_then(drafts: DraftStore) -> None:
    for second in range(0, 600, 10):
        write(drafts, saved(Draft(text=f"{second}")), at=AT + timedelta(seconds=second))
    kept = [one.draft.text for one in reversed(drafts.versions("d-1"))]
    assert 2 <= len(kept) <= 4, "thinned to one in five minutes"
    assert int(kept[-1]) > 400


def test_a_blank_draft_and_the_same_again_are_no_versions(drafts: DraftStore) -> None:
    write(drafts, saved(Draft()))
    write(drafts, saved(Draft(text="a")), at=AT + timedelta(hours=1))
    write(drafts, saved(Draft(text="a"), target="r-2"), at=AT + timedelta(hours=2))
    assert drafts.versions("d-1") == ()


def test_versions_are_thinned_by_their_age_and_what_was_sent_stays() -> None:
    times = [AT - timedelta(minutes=minute) for minute in range(0, 60 * 24 * 40)]
    stays = thinned([(at, False) for at in times], AT)
    kept = [AT - at for at, is_kept in zip(times, stays, strict=True) if is_kept]
    hour, day = timedelta(hours=1), timedelta(days=1)
    assert sum(one < hour for one in kept) in (12, 13)
    assert sum(hour <= one < day for one in kept) in (23, 24)
    assert sum(day <= one for one in kept) in (29, 30)
    assert max(kept) < KEPT_CLOSED
    assert thinned([(at, True) for at in times[:100]], AT) == [True] * 100


def test_thinning_again_a_little_later_changes_little() -> None:
    """A version that is kept today is not dropped for one that is hardly newer."""
    times = [AT - timedelta(minutes=minute) for minute in range(0, 60 * 24 * 20, 2)]
    for _ in range(20):
        stays = thinned([(at, False) for at in times], AT)
        times = [at for at, is_kept in zip(times, stays, strict=True) if is_kept]
    assert len(times) > 40


# What cannot be read, and what must not be written


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "[" * 100_000,
        '{"version": 1}',
        '{"version": 99, "kind": "text"}',
        '{"version": 1, "kind": "hologram"}',
    ],
)
def test_what_cannot_be_read_is_kept_aside(
    drafts: DraftStore, database: Database, content: str
) -> None:
    other = saved(Draft(text="other"), "d-2")
    write(drafts, saved(Draft(text="before")), other)
    database.run("UPDATE drafts SET content = ? WHERE draft_id = 'd-1'", content)
    assert drafts.open_drafts() == OpenDrafts((other,), "", has_unreadable=True)
    assert drafts.open_drafts() == OpenDrafts((other,), "")
    write(drafts, saved(Draft(text="after"), "d-3"), other)
    kept = database.rows("SELECT content FROM drafts WHERE draft_id = 'd-1'")
    assert [row["content"] for row in kept] == [content]


def test_steps_and_versions_that_cannot_be_read_hold_nothing_up(
    drafts: DraftStore, database: Database
) -> None:
    step = difference(Draft(), Draft(text="x"))
    write(drafts, saved(Draft(text="x")), steps=(step,), sent=(DraftVersion(Draft(), AT),))
    database.run("UPDATE draft_steps SET content = '[[\"hue\", 1]]'")
    database.run("UPDATE draft_versions SET content = 'x'")
    assert drafts.steps("d-1") == ()
    assert drafts.versions("d-1") == ()
    assert only(drafts).draft == Draft(text="x")


def test_no_secret_is_written_neither_in_the_draft_nor_in_its_steps_nor_in_a_version(
    database: Database,
) -> None:
    drafts = DraftStore(database, mask=lambda text: text.replace(TOKEN, "***"))
    half = Draft(text=TOKEN[:30])
    whole = Draft(text=f"{TOKEN} 在此", feed=(FeedLink(TOKEN),))
    typed = (difference(Draft(), half), difference(half, whole))
    write(drafts, saved(half), steps=typed[:1])
    assert len(drafts.steps("d-1")) == 1
    sent = (DraftVersion(whole, AT, was_sent=True),)
    write(drafts, saved(whole), steps=typed, sent=sent, at=AT + timedelta(hours=1))
    assert TOKEN not in everything(database)
    assert TOKEN[:30] not in "".join(
        str([*row]) for row in database.rows("SELECT * FROM draft_steps")
    )
    assert only(drafts).draft.text == "*** 在此", "all else is there"
    cleared = (*typed, difference(whole, Draft(text="在此")))
    write(drafts, saved(Draft(text="在此")), steps=cleared, at=AT + timedelta(hours=2))
    assert TOKEN not in everything(database)
    later = (*cleared, difference(Draft(text="在此"), Draft(text="在这里")))
    write(drafts, saved(Draft(text="在这里")), steps=later, at=AT + timedelta(hours=2))
    assert drafts.steps("d-1") == later[-1:], "from then on steps are kept again"
    assert only(drafts).steps == StepRange(3, 4, 4)


def test_the_draft_of_an_earlier_release_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    before = next(at for at, step in enumerate(STEPS) if any("draft_steps" in one for one in step))
    with closing(Database(path, steps=STEPS[:before])) as old:
        content = (
            '{"version":1,"kind":"text","title":"","text":"写到一半","mentions":null,'
            '"message_url":"","picture_url":"","jump":{"title":"","url":""},"buttons":[],'
            '"orientation":"0","hide_avatar":null,"feed":[]}'
        )
        row: dict[str, Value] = {"target_robot_id": "r-1", "saved_at": 7, "content": content}
        old.insert("drafts", {"is_current": True, **row})
        old.insert("drafts", {"is_current": False, **row, "content": "unreadable"})
        old.insert(
            "rehearsals",
            {
                "body_sha256": "x",
                "robot_name": "测试群",
                "rehearsed_at": 7,
                "is_of_draft": True,
                "payload": "{}",
            },
        )
    with closing(Database(path)) as new:
        found = DraftStore(new).open_drafts()
        assert [(one.draft.text, one.target_robot_id) for one in found.drafts] == [
            ("写到一半", "r-1")
        ]
        assert found.current_id == found.drafts[0].draft_id
        (rehearsed,) = new.rows("SELECT draft_id FROM rehearsals")
        assert rehearsed["draft_id"] == found.current_id
        assert new.rows("SELECT count(*) FROM drafts")[0][0] == 2


def test_the_schema_lets_sqlite_find_fault_with_nothing(database: Database) -> None:
    write(DraftStore(database), saved(Draft(text="x")))
    with closing(sqlite3.connect(database.path)) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert reader.execute("PRAGMA foreign_key_check").fetchall() == []
