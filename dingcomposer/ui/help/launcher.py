"""Opens the guide, at a page or at what an error means, and About; also where nothing starts."""

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QWidget

from dingcomposer.services import translations
from dingcomposer.services.settings import ThemeName
from dingcomposer.services.translations import Language, Translators
from dingcomposer.ui import questions, theme
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.help.about import AboutDialog
from dingcomposer.ui.help.window import GuideWindow
from dingcomposer.ui.questions import Choice, Question
from dingcomposer.ui.texts.storage import topic_in
from dingcomposer.ui.texts.translate import translate


class HelpLauncher(QObject):
    """One for each window; the guide is made when it is first wanted, and goes with the window."""

    def __init__(self, navigator: Navigator, window: QWidget) -> None:
        super().__init__(window)
        self._navigator, self._window = navigator, window
        self._guide: GuideWindow | None = None
        window.installEventFilter(self)

    @property
    def guide(self) -> GuideWindow:
        """The window of the guide."""
        if self._guide is None:
            self._guide = GuideWindow(translations.current(), self._navigator.open_link)
            self._guide.show_topic("welcome")
        return self._guide

    def show_guide(self, topic: str = "") -> None:
        """Bring the guide to the front, at a page or a section where one is named."""
        if topic:
            self.guide.show_topic(topic)
        self.guide.open_window()

    def show_about(self) -> None:
        """Say what the program is."""
        AboutDialog(self._window).open()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The guide does not stay behind when its window goes."""
        if event.type() == QEvent.Type.Hide and not event.spontaneous() and self._guide is not None:
            self._guide.deleteLater()
            self._guide = None
        return super().eventFilter(watched, event)


def tell_at_the_start(sentence: str, language: Language) -> None:
    """Say why the program cannot start, and lead to what the guide says of it.

    No program is there yet that speaks the person's language, and no loop runs.
    """
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    translators = Translators(application)
    translators.use(language)
    try:
        topic = topic_in(sentence)
        choices = [Choice("close", translate("WayBack", "Close"), is_default=True)]
        if topic:
            choices.append(meaning_choice())
        question = Question("start", "DingComposer", sentence, tuple(choices), "close")
        if questions.ask(None, question) == "meaning":
            read_guide(topic, translators.language)
    finally:
        translators.uninstall()


def meaning_choice() -> Choice:
    """The answer to a question that leads to what the guide says of it."""
    return Choice("meaning", translate("OutcomePanel", "What does this mean?"))


def read_guide(topic: str, language: Language) -> None:
    """Show the guide by itself, and wait until it is closed."""
    application = QApplication.instance()
    if isinstance(application, QApplication) and not application.styleSheet():
        theme.apply(application, ThemeName.SYSTEM)  # the program did not come so far

    def open_link(link: str) -> None:
        QDesktopServices.openUrl(QUrl(link))

    guide = GuideWindow(language, open_link)
    guide.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    guide.show_topic(topic)
    guide.open_window()
    loop = QEventLoop()
    guide.destroyed.connect(loop.quit)
    loop.exec()
