"""The draft: back as it was, whatever was typed; and never lost, even unreadable."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Button, Extra, FeedLink, Kind, Mentions, Orientation
from dingcomposer.storage.database import Database
from dingcomposer.storage.drafts import DraftStore, SavedDraft

AT = datetime(2026, 8, 22, 10, 32, tzinfo=UTC)

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


def test_at_the_very_first_start_there_is_none(drafts: DraftStore) -> None:
    assert drafts.load() is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(draft=DRAFTS)
def test_every_draft_comes_back_as_it_was(drafts: DraftStore, draft: Draft) -> None:
    drafts.save(draft, "r-1", AT)
    assert drafts.load() == SavedDraft(draft, "r-1", AT)


def test_half_characters_and_nuls_survive(drafts: DraftStore) -> None:
    draft = Draft(text="half \ud83d and \udc00, NUL \0 end", title="\udfff")
    drafts.save(draft, None, AT)
    assert drafts.load() == SavedDraft(draft, None, AT)


def test_the_newest_replaces_the_one_before(drafts: DraftStore, database: Database) -> None:
    for number in range(5):
        drafts.save(Draft(text=str(number)), f"r-{number}", AT)
    loaded = drafts.load()
    assert loaded is not None
    assert (loaded.draft.text, loaded.target_robot_id) == ("4", "r-4")
    assert database.rows("SELECT count(*) FROM drafts")[0][0] == 1


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
    drafts.save(Draft(text="before"), "r-1", AT)
    database.run("UPDATE drafts SET content = ?", content)
    assert drafts.load() == SavedDraft(Draft(), None, AT, was_unreadable=True)
    assert drafts.load() == SavedDraft(Draft(), None, AT, was_unreadable=True)
    drafts.save(Draft(text="after"), None, AT)
    assert drafts.load() == SavedDraft(Draft(text="after"), None, AT)
    kept = [row["content"] for row in database.rows("SELECT content FROM drafts ORDER BY key")]
    assert kept[0] == content
    assert len(kept) == 2
