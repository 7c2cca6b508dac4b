"""A history that can be searched, in a real file."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.fakes.archives import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with closing(Archive(tmp_path / "history.sqlite3")) as archive:
        yield archive
