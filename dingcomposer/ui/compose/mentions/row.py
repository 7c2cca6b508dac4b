"""Mentions row of the form: chips, a field to add people, and @everyone."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from dingcomposer.core.checks.mentions import has_mention
from dingcomposer.core.contacts import Contact, Team
from dingcomposer.core.limits import PEOPLE
from dingcomposer.core.messages import Mentions
from dingcomposer.core.records import lazy_pattern
from dingcomposer.services.contacts import Contacts
from dingcomposer.ui.compose.mentions.chips import ChipBox
from dingcomposer.ui.compose.mentions.completer import MentionCompleter
from dingcomposer.ui.compose.mentions.parsing import (
    add_people,
    means_name,
    person_at,
    switched,
    with_contact,
    with_people,
    without,
)
from dingcomposer.ui.widgets.layouts import set_tab_order_by_layout
from dingcomposer.ui.widgets.plain_text import ElidedLabel
from dingcomposer.ui.widgets.text_fields import TextLine

_BEGUN_NUMBER = lazy_pattern(r"@?\+?[0-9](?: ?[0-9]){0,9} ")


class PeopleLine(TextLine):
    """A line for people.

    Signals:
        pasted: something was pasted; a list is taken at once.
        taken_back: Backspace where nothing stands before the caret.
    """

    pasted = Signal()
    taken_back = Signal()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste, and say so."""
        super().insertFromMimeData(source)
        self.pasted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Backspace in the empty line reaches for the last chip."""
        if event.key() == Qt.Key.Key_Backspace and not self.text():
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)


class MentionsRow(QWidget):
    """Shows and edits the `Mentions` of a draft.

    Signals:
        edited(Mentions | None): a person changed them; None where nobody is left.
        typed(str): this stands in the line now, and is nobody yet.
        inserting(str): put these words, "@138…", into the text.
        refused(str): a sentence that says why something was not taken.
        shown(Mentions): these are mentioned, beside the text as it is now.
    """

    edited = Signal(object)
    typed = Signal(str)
    inserting = Signal(str)
    refused = Signal(str)
    shown = Signal(object)

    def __init__(self, parent: QWidget | None = None, *, book: Contacts | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._mentions = Mentions()
        self._text = ""
        self._make_widgets()
        self._lay_out()
        self.chips.removed.connect(self._on_removed)
        self.chips.switched.connect(lambda number: self._edit(switched(self._mentions, number)))
        self.chips.inserting.connect(
            lambda number: self.inserting.emit("@" + person_at(self._mentions, number))
        )
        self.line.edited.connect(self._on_edited)
        self.line.entered.connect(self._on_entered)
        self.line.left.connect(self.commit_typed)
        self.line.pasted.connect(self._on_pasted)
        self.line.taken_back.connect(self._on_taken_back)
        self.everyone.clicked.connect(
            lambda is_all: self._edit(replace(self._mentions, is_all=is_all))
        )
        self.insert_button.clicked.connect(self._on_insert_clicked)
        if book is not None:
            completer = MentionCompleter(self.line, book, self._begun_name, takes_ids=True)
            completer.chosen.connect(self._on_chosen)
            book.changed.connect(self._show_chips)

    def show_mentions(self, mentions: Mentions | None, text: str) -> None:
        """Show who is mentioned, and who of them does not stand in the text."""
        mentions = mentions or Mentions()
        if mentions == self._mentions and text == self._text:
            return
        if mentions == self._mentions and not mentions.people:
            self._text = text  # where nobody is mentioned, another text changes nothing
            return
        self._mentions, self._text = mentions, text
        self.shown.emit(mentions)
        self._show_chips()
        self.everyone.setChecked(mentions.is_all)
        self._show_missing()

    @property
    def mentions(self) -> Mentions:
        """Who is mentioned."""
        return self._mentions

    def refuse_more(self) -> None:
        """Say that nobody else finds room."""
        self.refused.emit(
            self.tr(
                "A message can mention {most} people. The rest stay in the field: remove some,"
                " or send a second message."
            ).format(most=PEOPLE)
        )

    def mentions_with(self, chosen: Contact | Team) -> Mentions | None:
        """Those who are mentioned, with one more or with all of a team; None: said why not."""
        if isinstance(chosen, Contact):
            made = with_contact(self._mentions, chosen)
            if made is None:
                self.refuse_more()
            return made
        made = with_people(self._mentions, chosen.members)
        if made is None:
            words = self.tr(
                "{team} was not added: it has {count} people, {here} are mentioned already, and a"
                " message can mention {most}. Send it a message of its own."
            )
            self.refused.emit(
                words.format(
                    team=chosen.name,
                    count=len(chosen.members),
                    here=self._mentions.people,
                    most=PEOPLE,
                )
            )
        return made

    def commit_typed(self) -> bool:
        """Make chips of what stands in the line; True where all of it found room.

        Called on leaving the line, and before a send: letters that may be a part of somebody's name
        stay, for nobody said that they are an id.
        """
        return self._commit(self._may_be_name)

    def _on_entered(self) -> None:
        self._commit(lambda _word: False)

    def _may_be_name(self, word: str) -> bool:
        book = self._book
        return book is not None and means_name(word, book.find(word), book.find_teams(word))

    def _commit(self, is_begun: Callable[[str], bool]) -> bool:
        typed = self.line.text()
        if not typed.strip():
            return True
        known = self._book.people if self._book else {}
        added = add_people(typed, self._mentions, known, is_begun)
        self.line.set_text(added.left_over)
        self._edit(added.mentions)
        self.typed.emit(added.left_over)
        if added.unknown:
            words = self.tr("Nobody, or more than one, of the contacts is called {name}.")
            self.refused.emit(words.format(name=added.unknown[0]))
        elif added.no_room:
            self.refuse_more()
        return not added.left_over

    def focus_target(self, path: str) -> QWidget:
        """What takes the keyboard for a path such as "mentions.mobiles.2"."""
        match path.split("."):
            case ["mentions", "mobiles" | "user_ids" as list_name, place] if place.isdecimal():
                number = int(place)
                if list_name == "user_ids":
                    number += len(self._mentions.mobiles)
                if number < self._mentions.people:
                    chip = self.chips.chips()[number]
                    self.chips.ensureWidgetVisible(chip)
                    return chip
        return self.line

    def _make_widgets(self) -> None:
        self.everyone = QCheckBox(self.tr("@everyone"), self)
        self.everyone.setObjectName("compose.mentions.is_all")
        self.everyone.setAccessibleName(self.tr("Mention everyone"))
        self.line = PeopleLine(self)
        self.line.setObjectName("compose.mentions")
        self.line.setAccessibleName(self.tr("Add people to mention"))
        self.line.setPlaceholderText(self.tr("Name, mobile or user ID, then Enter"))
        self.line.setToolTip(self.tr("A number abroad with its code and a dash: +852-12345678"))
        self.chips = ChipBox(self.line, self)
        self.chips.setObjectName("compose.mentions.chips")
        self.chips.setAccessibleName(self.tr("Mentioned people"))
        self.hint = ElidedLabel(self)
        self.hint.setObjectName("compose.mentions.hint")
        self.hint.setProperty("quiet", True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.insert_button = QPushButton(self.tr("Put into the text"), self)
        self.insert_button.setObjectName("compose.mentions.insert")
        self.insert_button.setAccessibleName(self.tr("Put the missing mentions into the text"))
        self.insert_button.setAutoDefault(False)
        self.insert_button.setProperty("fix", True)

    def _lay_out(self) -> None:
        label = QLabel(self.tr("Mentions"), self)
        label.setProperty("quiet", True)
        label.setBuddy(self.line)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(label)
        top.addWidget(self.hint, 1)
        top.addWidget(self.insert_button)
        top.addSpacing(4)
        top.addWidget(self.everyone)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        # Nothing moves when the button comes, or when there is nobody for the hint to tell of.
        label.setMinimumHeight(self.insert_button.sizeHint().height())
        keeps_room = self.hint.sizePolicy()
        keeps_room.setRetainSizeWhenHidden(True)
        self.hint.setSizePolicy(keeps_room)
        column.addLayout(top)
        column.addWidget(self.line)
        column.addWidget(self.chips)
        set_tab_order_by_layout(self)
        self._show_missing()

    def _show_chips(self) -> None:
        mentions, names = self._mentions, self._book.labels if self._book else {}
        self.chips.set_count(mentions.people)
        for number, chip in enumerate(self.chips.chips()):
            person = person_at(mentions, number)
            chip.show_person(
                person,
                names.get(person, ""),
                is_mobile=number < len(mentions.mobiles),
                is_in_text=has_mention(self._text, person),
            )

    def set_room(self, height_px: int) -> None:
        """How high the page is."""
        self.chips.set_room(height_px)

    def _missing(self) -> tuple[str, ...]:
        people = (*self._mentions.mobiles, *self._mentions.user_ids)
        return tuple(person for person in people if not has_mention(self._text, person))

    def _show_missing(self) -> None:
        count = len(self._missing())
        words = self.tr("%n of them not in the text: may not be notified.", "", count)
        self.hint.setText(words)
        self.hint.setToolTip(words)
        self.hint.setVisible(count > 0)
        self.insert_button.setVisible(count > 0)

    def _edit(self, mentions: Mentions) -> None:
        if mentions != self._mentions:
            self.show_mentions(mentions, self._text)
            self.edited.emit(mentions or None)

    def _begun_name(self) -> str | None:
        return self.line.text().strip().lstrip("@＠") or None

    def _on_edited(self) -> None:
        # A comma, a space or the like ends a person, as Enter does.
        typed = self.line.text()
        self.typed.emit(typed)
        is_ended = typed and typed[-1] in " ,，、;；" and not self.line.is_composing
        # "Wang " may go on: there is a contact whose name does.
        is_begun = _BEGUN_NUMBER.fullmatch(typed) is not None  # "138 0000 "
        goes_on = is_begun or (self._book and self._book.has_name_with(typed.lstrip("@＠")))
        if is_ended and not goes_on:
            self.commit_typed()

    def _on_chosen(self, chosen: Contact | Team) -> None:
        made = self.mentions_with(chosen)
        if made is not None:
            self.line.set_text("")
            self._edit(made)
            self.typed.emit("")

    def _on_pasted(self) -> None:
        if any(letter in " ,，、;；" for letter in self.line.text().strip()):
            self._on_entered()

    def _on_taken_back(self) -> None:
        if self._mentions.people:
            self._on_removed(self._mentions.people - 1)

    def _on_removed(self, number: int) -> None:
        self._edit(without(self._mentions, number))
        self.line.setFocus()

    def _on_insert_clicked(self) -> None:
        self.inserting.emit(" ".join("@" + person for person in self._missing()))
