"""The window's language: English in the source, 简体中文 in resources/i18n."""

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from dingcomposer import paths


class Language(StrEnum):
    """What a person may choose."""

    SYSTEM = "system"
    ENGLISH = "en"
    CHINESE = "zh_CN"


def resolve(language: Language) -> Language:
    """The language that a choice means on this system: Chinese for any Chinese one."""
    if language is not Language.SYSTEM:
        return language
    is_chinese = any(name.startswith("zh") for name in QLocale.system().uiLanguages())
    return Language.CHINESE if is_chinese else Language.ENGLISH


def current() -> Language:
    """The language that the window speaks now."""
    is_chinese = QLocale().language() == QLocale.Language.Chinese
    return Language.CHINESE if is_chinese else Language.ENGLISH


class Translators:
    """The translators that are on. Widgets made after `use` speak the new language."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._on: list[QTranslator] = []
        self.language = Language.ENGLISH

    def uninstall(self) -> None:
        """Back to the words of the source."""
        for old in self._on:
            self._app.removeTranslator(old)
        self._on = []

    def use(self, language: Language) -> None:
        """Take the old translators off and put those of `language` on."""
        self.uninstall()
        self.language = resolve(language)
        own = str(paths.resource("i18n"))
        qt = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        for name, folder in (
            (f"qtbase_{self.language}", qt),
            (f"dingcomposer_{self.language}", own),
        ):
            translator = QTranslator()
            # Qt ships no file for English: nothing to load is as good as loaded.
            if translator.load(name, folder):
                self._app.installTranslator(translator)
                self._on.append(translator)
        QLocale.setDefault(
            QLocale(QLocale.Language.Chinese, QLocale.Country.China)
            if self.language is Language.CHINESE
            else QLocale(QLocale.Language.English)
        )
