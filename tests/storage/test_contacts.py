"""The contacts come back as they were put, in their order."""

from contextlib import closing
from pathlib import Path

import pytest

from dingcomposer.core.contacts import Contact
from dingcomposer.storage.contacts import ContactStore
from dingcomposer.storage.database import Database, StorageError
from dingcomposer.storage.migrations import STEPS

PEOPLE = (Contact("张三", "13800000000", "zhang3", "研发部"), Contact("Zoë 'x'", "", "钉🚀"))


def test_they_outlive_the_program(tmp_path: Path) -> None:
    path = tmp_path / "dingcomposer.db"
    with closing(Database(path)) as database:
        assert ContactStore(database).all() == ()
        ContactStore(database).replace(PEOPLE)
    with closing(Database(path)) as database:
        assert ContactStore(database).all() == PEOPLE
        ContactStore(database).replace(PEOPLE[::-1])
        assert ContactStore(database).all() == PEOPLE[::-1]


def test_a_file_from_before_departments_opens_with_all_it_holds(tmp_path: Path) -> None:
    path = tmp_path / "dingcomposer.db"
    with_departments = next(at for at, step in enumerate(STEPS) if "department" in "".join(step))
    with closing(Database(path, steps=STEPS[:with_departments])) as before:
        before.insert(
            "contacts", {"position": 0, "name": "张三", "mobile": "13800000000", "user_id": ""}
        )
    with closing(Database(path)) as database:
        assert ContactStore(database).all() == (Contact("张三", "13800000000"),)
        ContactStore(database).replace(PEOPLE)
        assert ContactStore(database).all() == PEOPLE


def test_a_full_disk_keeps_those_that_were_there(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "dingcomposer.db")) as database:
        store = ContactStore(database)
        store.replace(PEOPLE)
        pages = database.rows("PRAGMA page_count")[0][0]
        database.run(f"PRAGMA max_page_count = {pages}")
        many = [Contact("字" * 50, f"{number}") for number in range(13_000_000_000, 13_000_009_000)]
        with pytest.raises(StorageError):
            store.replace(many)
        assert store.all() == PEOPLE
