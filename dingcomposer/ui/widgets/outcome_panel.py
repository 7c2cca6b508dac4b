"""Outcome panel in a status's colour: a headline, sentences below it, and one button."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QToolButton, QWidget

from dingcomposer.core.delivery import Status
from dingcomposer.ui import theme
from dingcomposer.ui.widgets.plain_text import plain_label
from dingcomposer.ui.widgets.status_icons import SIGN_PX, colours_of, sign_icon


class OutcomePanel(QFrame):
    """Four labels, a button, a way to what they mean, and `NAME.technical` while it is wanted.

    `lines` and `action` are the last parts of their names: `NAME.headline`, `NAME.action`.

    Signals:
        action_clicked(): the button, which is there where `show_action` put it.
        meaning_wanted(str): a person asks what this means; the topic of `show_meaning`.
    """

    action_clicked = Signal()
    meaning_wanted = Signal(str)

    def __init__(
        self,
        name: str,
        accessible_name: str,
        parent: QWidget | None = None,
        *,
        lines: tuple[str, str, str, str] = ("headline", "happened", "own_words", "note"),
        action: str = "action",
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self._status: Status | None = None
        self._is_quiet = False
        self._labels = [self._label(f"{name}.{line}") for line in lines]
        self._technical = self._label(f"{name}.technical")
        self._technical.setProperty("quiet", True)
        self._technical.hide()
        self._is_technical = False
        self._action = QPushButton(self)
        self._action.setObjectName(f"{name}.{action}")
        self._action.clicked.connect(self.action_clicked)
        self._action.hide()
        self._topic = ""
        self._meaning = QToolButton(self)
        self._meaning.setText(self.tr("What does this mean?"))
        self._meaning.setObjectName(f"{name}.meaning")
        self._meaning.setAccessibleName(self._meaning.text())
        self._meaning.setProperty("fold", True)
        self._meaning.clicked.connect(lambda: self.meaning_wanted.emit(self._topic))
        self._meaning.hide()
        self._sign: QLabel | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        """The sign on the left, the button on the right; whoever has it otherwise says so."""
        self._sign = QLabel(self)
        self._sign.setFixedSize(SIGN_PX, SIGN_PX + 2)
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        for row, label in enumerate(self._labels):
            grid.addWidget(label, row, 1)
        grid.addWidget(self._technical, len(self._labels), 1)
        grid.addWidget(self._meaning, len(self._labels) + 1, 1, Qt.AlignmentFlag.AlignLeft)
        grid.addWidget(self._action, 0, 2, len(self._labels), 1, Qt.AlignmentFlag.AlignTop)

    def show_status(
        self, status: Status, headline: str, happened: str, own_words: str, technical: str = ""
    ) -> None:
        """Say what became of something; what is empty takes no room."""
        self._technical.setText(technical)
        self.show_technical(is_shown=self._is_technical)
        self._status, self._is_quiet = status, False
        for label, words in zip(self._labels, (headline, happened, own_words, ""), strict=True):
            label.setText(words)
            label.setVisible(bool(words))
        self._action.hide()
        self._meaning.hide()
        self._follow_theme()
        self._fit()

    def show_technical(self, *, is_shown: bool) -> None:
        """Show what only programmers read, or hide it."""
        self._is_technical = is_shown
        self._technical.setVisible(is_shown and bool(self._technical.text()))
        self._fit()

    @property
    def is_quiet(self) -> bool:
        """Whether it stands back, without its status's colour."""
        return self._is_quiet

    def show_headline(self, headline: str, *, is_quiet: bool) -> None:
        """Say it in other words, and let the panel stand back or come forward."""
        self._labels[0].setText(headline)
        self._is_quiet = is_quiet
        self._follow_theme()

    def show_action(self, label: str, note: str) -> None:
        """Put a button beside what `show_status` said, and a note below it; "" for none."""
        self._action.setText(label)
        self._action.setAccessibleName(label)
        self._action.setAccessibleDescription(note)
        self._action.setVisible(bool(label))
        self._labels[-1].setText(note)
        self._labels[-1].setVisible(bool(note))
        self._fit()

    def show_meaning(self, topic: str) -> None:
        """Offer to explain it, by this section of the guide; "" for nothing to explain."""
        self._topic = topic
        self._meaning.setVisible(bool(topic))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Takes the colours of the theme that is on."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow_theme()

    def _fit(self) -> None:
        """Ask for the height of the words at the present width: a splitter would cut them."""
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            layout.invalidate()
            self.setMinimumHeight(layout.totalHeightForWidth(self.width()))

    def _follow_theme(self) -> None:
        if self._status is None:
            return
        strong, soft = colours_of(self._status)
        if self._is_quiet:
            strong, soft = theme.current().quiet, theme.current().line
        if self._sign is not None:
            self._sign.setPixmap(sign_icon(self._status).pixmap(QSize(SIGN_PX, SIGN_PX), 3.0))
        name = self.objectName().replace(".", "\\.")
        sheet = (
            f"QFrame#{name} {{ background: {soft}; border: none; border-radius: 8px; }}"
            "QLabel { background: transparent; }"
            f"QLabel#{name}\\.headline {{ color: {strong}; }}"
        )
        if sheet != self.styleSheet():  # setting it changes the palette, which leads here again
            self.setStyleSheet(sheet)

    def _label(self, name: str) -> QLabel:
        label = plain_label("", self, name)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        return label
