"""Mentions written in the text itself: put there by a button, or chosen behind a typed "@"."""

import re
from collections.abc import Callable

from PySide6.QtCore import QObject

from dingcomposer.core.contact import Contact
from dingcomposer.ui.address_book import AddressBook
from dingcomposer.ui.compose import formatting
from dingcomposer.ui.compose.formatting import Selection
from dingcomposer.ui.compose.mentions_row import MentionsRow
from dingcomposer.ui.compose.people_picker import PeoplePicker
from dingcomposer.ui.widgets.text_fields import TextField

_BEGUN = re.compile(r"(?:^|[^0-9A-Za-z_.])[@＠]([^\s@＠]*)$")  # an e-mail address is none
_BEGUN_LETTERS = 24


class TextMentions(QObject):
    """Writes mentions into a text, and whoever is chosen into the `row` of those who are notified.

    `can_mention` says whether the message's kind can.
    """

    def __init__(
        self,
        text: TextField,
        row: MentionsRow,
        can_mention: Callable[[], bool],
        book: AddressBook | None,
    ) -> None:
        super().__init__(text)
        self._text, self._row, self._can_mention = text, row, can_mention
        row.inserting.connect(self.insert)
        if book is not None:
            picker = PeoplePicker(text, book, self._begun)
            picker.chosen.connect(self._on_chosen)

    def insert(self, words: str) -> None:
        """Put words such as "@138…" behind the caret."""
        place = self._text.selected_range()[1]
        made = formatting.insert(Selection(self._text.text(), place, place), words)
        self._text.edit_text(made.text, made.start, made.end)
        self._text.setFocus()

    def mention(self, person: str) -> None:
        """Mention somebody at the caret, and notify them."""
        self.insert("@" + person)
        self._row.add_person(person)

    def _begun(self) -> str | None:
        """What stands between an "@" and the caret, where somebody's name may be begun there."""
        start, end = self._text.selected_range()
        if start != end or not self._can_mention():
            return None
        line = self._text.text()[:start].rpartition("\n")[2]
        found = _BEGUN.search(line[-_BEGUN_LETTERS:])
        return found[1] if found else None

    def _on_chosen(self, contact: Contact) -> None:
        caret = self._text.selected_range()[0]
        start = caret - len(self._begun() or "") - 1
        words, made = self._text.text(), f"@{contact.person} "
        end = start + len(made)
        self._text.edit_text(words[:start] + made + words[caret:], end, end)
        self._row.add_person(contact.person)
