"""Times in words, as a person says them."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from dingcomposer.services.translations import Language, Translators
from dingcomposer.ui.texts.time import ago


@pytest.fixture
def translators(qapp: QApplication) -> Iterator[Translators]:
    """The program's translators; nothing of them is left behind."""
    before = QLocale()
    translators = Translators(qapp)
    yield translators
    translators.uninstall()
    QLocale.setDefault(before)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, ["just now", "1 min ago", "9 min ago"]),
        (Language.CHINESE, ["刚刚", "1 分钟前", "9 分钟前"]),
    ],
)
def test_what_was_within_the_minute_was_just_now(
    translators: Translators, language: Language, words: list[str]
) -> None:
    translators.use(language)
    assert [ago(0), ago(1), ago(9)] == words
