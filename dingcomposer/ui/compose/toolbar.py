"""Formatting toolbar above a markdown text: what DingTalk draws, and nothing else."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from dingcomposer.core.contacts import Contact
from dingcomposer.core.messages import Mentions
from dingcomposer.services.contacts import Contacts
from dingcomposer.ui.compose import formatting
from dingcomposer.ui.compose.formatting import Selection
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, in_brackets, translated
from dingcomposer.ui.widgets.buttons import settle_after_menu
from dingcomposer.ui.widgets.icons import IconButton, IconName, dot_icon
from dingcomposer.ui.widgets.layouts import FlowLayout
from dingcomposer.ui.widgets.text_fields import TextField

if TYPE_CHECKING:
    # At run time when a link is first asked for.
    from dingcomposer.ui.compose.link_popover import LinkPopover, Make

Change = Callable[[Selection], Selection]


class Format(NamedTuple):
    """One thing that the toolbar does, by a button or a choice of it, and by a key."""

    name: str
    phrase: Phrase
    key: str
    level: int = 0

    def words(self) -> str:
        """What it is called, in the language that is on."""
        return translated(self.phrase).format(level=self.level)


_HEADINGS = tuple(
    Format(
        f"heading.{level}",
        QT_TRANSLATE_NOOP("Toolbar", "Heading {level}"),
        f"Ctrl+Alt+{level}",
        level,
    )
    for level in range(1, 7)
)

FORMATS = (
    Format("bold", QT_TRANSLATE_NOOP("Toolbar", "Bold"), "Ctrl+B"),
    Format("italic", QT_TRANSLATE_NOOP("Toolbar", "Italic"), "Ctrl+I"),
    *_HEADINGS,
    Format("heading.0", QT_TRANSLATE_NOOP("Toolbar", "No heading"), "Ctrl+Alt+0"),
    Format("quote", QT_TRANSLATE_NOOP("Toolbar", "Quote"), "Ctrl+Shift+."),
    Format("bullets", QT_TRANSLATE_NOOP("Toolbar", "Bulleted list"), "Ctrl+Shift+8"),
    Format("numbers", QT_TRANSLATE_NOOP("Toolbar", "Numbered list"), "Ctrl+Shift+7"),
    Format("link", QT_TRANSLATE_NOOP("Toolbar", "Link"), "Ctrl+K"),
    Format("picture", QT_TRANSLATE_NOOP("Toolbar", "Picture"), "Ctrl+Shift+K"),
    Format("rule", QT_TRANSLATE_NOOP("Toolbar", "Divider"), "Ctrl+Shift+-"),
)
"""All that has a key while the text has the keyboard."""

_FORMAT = {one.name: one for one in FORMATS}

_OFFERED = 10  # contacts; the field below finds all of them


class Toolbar(QWidget):
    """Buttons and keys that change the selection of one text field.

    `mention` is called with a contact who is to be mentioned here.
    """

    def __init__(
        self,
        field: TextField,
        ask_for_person: Callable[[], object],
        parent: QWidget | None = None,
        *,
        mention: Callable[[Contact], object],
        book: Contacts | None = None,
    ) -> None:
        super().__init__(parent)
        self._mention = mention
        self._book = book
        self._field = field
        self._ask_for_person = ask_for_person
        self._mentions = Mentions()
        self._flow = FlowLayout(self, gap=2)
        self._popover: LinkPopover | None = None
        self._popover_parent = parent
        self._buttons: list[IconButton] = []
        self.setObjectName("compose.toolbar")
        self.setAccessibleName(self.tr("Formatting"))
        self._add_marks()
        self._add_blocks()
        self._add_things()

    def set_mentions(self, mentions: Mentions | None) -> None:
        """Whom the @ menu offers."""
        self._mentions = mentions or Mentions()

    def ask_for_picture(self) -> None:
        """Ask for a picture's address, as the button does."""
        self._ask(self.tr("Description"), formatting.picture)

    def _add_marks(self) -> None:
        self._add("bold", formatting.bold)
        self._add("italic", formatting.italic)
        menu = self._add_menu("heading", self.tr("Heading"))
        for level in range(1, 7):
            self._add_choice(menu, _FORMAT[f"heading.{level}"], self._heading(level))
        menu.addSeparator()
        self._add_choice(menu, _FORMAT["heading.0"], self._heading(0))

    def _add_blocks(self) -> None:
        self._add("quote", formatting.quote)
        self._add("bullets", formatting.bullets)
        self._add("numbers", formatting.numbers)

    def _add_things(self) -> None:
        self._add_asking("link", partial(self._ask, self.tr("Words"), formatting.link))
        self._add_asking("picture", self.ask_for_picture)
        self._add("rule", formatting.rule)
        menu = self._add_menu("colour", self.tr("Colour"))
        for name, words in (
            ("#FF0000", self.tr("Red")),
            ("#FF8800", self.tr("Orange")),
            ("#00A854", self.tr("Green")),
            ("#0089FF", self.tr("Blue, as a mention")),
            ("#888888", self.tr("Grey")),
        ):
            menu.addAction(dot_icon(name), words, self._changing(self._colour(name)))
        menu.addSeparator()
        menu.addAction(self.tr("No colour"), self._changing(self._colour("")))
        people = self._add_menu("at", self.tr("Mention"))
        people.aboutToShow.connect(lambda: self._fill_people(people))

    def _add(self, icon_name: IconName, change: Change) -> None:
        made = _FORMAT[icon_name]
        button = self._button(icon_name, made.words(), made.key)
        button.clicked.connect(self._changing(change))
        self._field.add_key(made.key, self._changing(change))

    def _add_asking(self, icon_name: IconName, ask: Callable[[], None]) -> None:
        def run() -> None:
            if not self._field.is_composing and self.isVisibleTo(self.window()):
                ask()

        made = _FORMAT[icon_name]
        self._button(icon_name, made.words(), made.key).clicked.connect(run)
        self._field.add_key(made.key, run)

    def _ask(self, label: str, make: "Make") -> None:
        if self._popover is None:
            from dingcomposer.ui.compose.link_popover import LinkPopover

            self._popover = LinkPopover(self._field, self, self._popover_parent)
        self._popover.ask(label, make)

    def hideEvent(self, event: QHideEvent) -> None:
        """What it asks goes with it."""
        super().hideEvent(event)
        if self._popover is not None:
            self._popover.hide()

    def _add_menu(self, icon_name: IconName, words: str) -> QMenu:
        button = self._button(icon_name, words, "")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(button)
        button.setMenu(menu)
        settle_after_menu(button)
        return menu

    def _add_choice(self, menu: QMenu, made: Format, change: Change) -> None:
        shown = QKeySequence(made.key).toString(QKeySequence.SequenceFormat.NativeText)
        menu.addAction(f"{made.words()}\t{shown}", self._changing(change))
        self._field.add_key(made.key, self._changing(change))

    def _button(self, icon_name: IconName, words: str, key: str) -> IconButton:
        shown = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        button = IconButton(icon_name, in_brackets(words, shown) if key else words, self)
        button.setAccessibleName(words)
        button.setObjectName(f"compose.toolbar.{icon_name}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus if self._buttons else Qt.FocusPolicy.TabFocus)
        button.installEventFilter(self)
        self._buttons.append(button)
        self._flow.addWidget(button)
        return button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """One stop for the Tab key; the arrow keys go from sign to sign."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in steps
            and isinstance(watched, IconButton)
        ):
            place = self._buttons.index(watched) + steps[Qt.Key(event.key())]
            neighbour = self._buttons[place % len(self._buttons)]
            watched.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            neighbour.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            neighbour.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        return super().eventFilter(watched, event)

    def _fill_people(self, menu: QMenu) -> None:
        menu.clear()
        names = self._book.names if self._book else {}
        people = (*self._mentions.mobiles, *self._mentions.user_ids)
        for person in people:
            words = f"@{names[person]}   {person}" if person in names else f"@{person}"
            insert = self._changing(self._inserting("@" + person))
            menu.addAction(words.replace("&", "&&"), insert)
        contacts = self._book.contacts if self._book else ()
        others = [one for one in contacts if not {one.mobile, one.user_id} & set(people)]
        if people and others:
            menu.addSeparator()
        for contact in others[:_OFFERED]:
            words = "   ".join(
                filter(None, (contact.name, contact.department, contact.person))
            ).replace("&", "&&")
            menu.addAction(words, partial(self._mention, contact))
        if menu.isEmpty():
            menu.addAction(self.tr("Add people to mention…"), self._ask_for_person)
            return
        menu.addSeparator()
        menu.addAction(self.tr("Add more people…"), self._ask_for_person)

    def _changing(self, change: Change) -> Callable[[], None]:
        def run() -> None:
            if self._field.is_composing or not self.isVisibleTo(self.window()):
                return
            made = change(Selection(self._field.text(), *self._field.selected_range()))
            self._field.edit_at_once(made.text, made.start, made.end)
            self._field.setFocus()

        return run

    def _heading(self, level: int) -> Change:
        return lambda at: formatting.heading(at, level)

    def _colour(self, name: str) -> Change:
        return lambda at: formatting.colour(at, name)

    def _inserting(self, words: str) -> Change:
        return lambda at: formatting.insert(at, words)
