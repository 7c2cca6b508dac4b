"""The field of a link: the plain address, and beside it whether it opens in the browser."""

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QCheckBox, QWidget

from dingcomposer.core.addresses import scheme_of
from dingcomposer.core.browser_links import from_browser_link, to_browser_link
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.text_fields import TextLine


class LinkLine(TextLine):
    """Shows a plain address where `text` is DingTalk's long form of it, and the box is ticked.

    `browser_box` is for whoever lays the field out to place. The tick of an address that is not
    yet one is kept while somebody writes here, and forgotten by `forget_tick`.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.browser_box = QCheckBox(self.tr("Open in browser"), parent)
        self.browser_box.setToolTip(browser_tip())
        self.browser_box.clicked.connect(self._on_clicked)
        self._forgets = False

    def name_box(self) -> None:
        """Name the box after the field, once that has its names."""
        self.browser_box.setObjectName(f"{self.objectName()}.browser")
        self.browser_box.setAccessibleName(f"{self.accessibleName()}: {self.browser_box.text()}")

    def text(self) -> str:
        """The link as it is sent."""
        return self.as_sent(super().text())

    def as_sent(self, shown: str) -> str:
        """A plain address in the form that opens in the browser, where that is ticked."""
        return to_browser_link(shown) if self.browser_box.isChecked() else shown

    def set_text(self, text: str) -> None:
        """Show a link as it is sent."""
        if text == self.text():
            return
        plain = from_browser_link(text)
        if plain is not None or _is_web(text) or self._forgets or not self.hasFocus():
            self.browser_box.setChecked(plain is not None)
        self._forgets = False
        super().set_text(text if plain is None else plain)

    def forget_tick(self) -> None:
        """Another message comes here: the tick of an address that is none yet is not for it."""
        self._forgets = True
        if not _is_web(self.shown_text):
            self.browser_box.setChecked(False)

    def _insert(self, source: QMimeData) -> None:
        """A pasted link of DingTalk's becomes the plain one, and ticks the box."""
        plain = from_browser_link(source.text())
        is_whole = len(self.textCursor().selectedText()) == len(self.shown_text)
        if plain is None or not is_whole:
            super()._insert(source)
            return
        self.browser_box.setChecked(True)
        self.insertPlainText(plain)

    def _on_clicked(self) -> None:
        self.edited.emit()


def browser_tip() -> str:
    """What the tick does, and how surely that is known."""
    return translate(
        "LinkLine",
        "On a computer, a plain link in a card opens in DingTalk's side panel (official). Ticked,"
        " DingTalk's form of the link is sent, which opens the browser on computers (official) and"
        " on phones (reported).",
    )


def _is_web(address: str) -> bool:
    return scheme_of(address.strip()) in ("http", "https")
