"""The key of the tokens' fingerprints: made once, and another one in each data folder."""

from contextlib import closing
from pathlib import Path

import pytest

from dingcomposer.storage.database import Database, StorageError, StorageFault
from dingcomposer.storage.token_fingerprint import fingerprints

TOKEN = "0123456789abcdef" * 4


def found_in(path: Path) -> str:
    with closing(Database(path)) as database:
        return fingerprints(database)(TOKEN)


def test_a_folder_knows_a_token_again_and_another_folder_does_not(tmp_path: Path) -> None:
    here, elsewhere = tmp_path / "a.db", tmp_path / "b.db"
    assert found_in(here) == found_in(here) != ""
    assert found_in(here) != found_in(elsewhere)


def test_a_key_that_is_none_is_called_damaged(tmp_path: Path) -> None:
    with closing(Database(tmp_path / "a.db")) as database:
        fingerprints(database)
        database.run("UPDATE installation SET fingerprint_key = ?", "no hex")
        with pytest.raises(StorageError) as caught:
            fingerprints(database)
    assert caught.value.fault is StorageFault.DAMAGED
