"""The guide in a language, and the language of the window with it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from dingcomposer.services.translations import Language, Translators
from dingcomposer.ui.help.pages import Guide


@pytest.fixture(params=[Language.ENGLISH, Language.CHINESE])
def language(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Language]:
    """Each of the two, spoken by the whole program."""
    before, translators = QLocale(), Translators(qapp)
    translators.use(request.param)
    yield request.param
    translators.uninstall()
    QLocale.setDefault(before)


@pytest.fixture
def guide(language: Language) -> Guide:
    """All pages in that language."""
    return Guide(language)
