"""Opens the guide, at a page or at what an error means, and About."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from dingcomposer.services import translations
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.help.about import AboutDialog
from dingcomposer.ui.help.window import GuideWindow


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
