"""Mentions inside the text: put there by a button, or chosen behind a typed "@"."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.contacts import NAME_LETTERS, Contact, Team
from dingcomposer.core.messages import Mentions
from dingcomposer.services.contacts import Contacts
from dingcomposer.ui.compose import formatting
from dingcomposer.ui.compose.formatting import Selection
from dingcomposer.ui.compose.mentions.completer import MentionCompleter
from dingcomposer.ui.compose.mentions.labels import MentionLabels
from dingcomposer.ui.compose.mentions.row import MentionsRow
from dingcomposer.ui.widgets.gutter_editor import GutterEditor

_EVERYBODY = ("all", "everyone")
"""Behind an "@" they are words of DingTalk's, and nobody's initials."""


class InlineMentions(QObject):
    """Writes mentions into a text, and whoever is chosen among those who are notified.

    `can_mention` says whether the message's kind can; `write` changes text and mentions of the
    draft at once, so that one step takes both back.

    Signals:
        offer_closed(): nobody is offered behind an "@" any more.
    """

    offer_closed = Signal()

    def __init__(
        self,
        text: GutterEditor,
        row: MentionsRow,
        book: Contacts | None,
        *,
        can_mention: Callable[[], bool],
        write: Callable[[str, Mentions], object],
    ) -> None:
        super().__init__(text)
        self._text, self._row = text, row
        self._can_mention, self._write = can_mention, write
        self._completer: MentionCompleter | None = None
        row.inserting.connect(self.insert)
        if book is not None:
            completer = self._completer = MentionCompleter(text, book, self._begun)
            completer.chosen.connect(self._on_chosen)
            completer.closed.connect(self.offer_closed)
            self._labels = MentionLabels(text, book)
            self._labels.broken.connect(self._on_broken)
            row.shown.connect(self._labels.show_mentions)

    @property
    def begun(self) -> str | None:
        """What is typed of a name for which people are offered right now."""
        return self._completer.offered_for if self._completer is not None else None

    def insert(self, words: str) -> None:
        """Put words such as "@138…" behind the caret."""
        made = self._with(words)
        self._text.edit_at_once(made.text, made.start, made.end)
        self._text.setFocus()

    def mention(self, contact: Contact) -> None:
        """Mention somebody at the caret, and notify them."""
        self._mention(self._with("@" + contact.person), contact)

    def _on_broken(self, name: str) -> None:
        words = self.tr(
            "The number of {name} was changed in the text: {name} will not be notified any more."
            " Undo takes it back."
        )
        self._row.refused.emit(words.format(name=name))

    def _with(self, words: str) -> Selection:
        place = self._text.selected_range()[1]
        return formatting.insert(Selection(self._text.shown_text, place, place), words)

    def _begun(self) -> str | None:
        """What stands between an "@" and the caret, where somebody's name may be begun there."""
        start, end = self._text.selected_range()
        if start != end or not self._can_mention():
            return None
        line = self._text.shown_text[:start].rpartition("\n")[2]
        at = max(line.rfind("@"), line.rfind("＠"))
        if at < 0 or len(line) - at - 1 > NAME_LETTERS:
            return None
        if line[at + 1 :].casefold() in _EVERYBODY:
            return None
        # Behind a letter it is an e-mail address.
        before, words = line[max(0, at - 1) : at], line[at + 1 :]
        is_address = before.isascii() and (before.isalnum() or before in ("_", ".", "-"))
        return None if is_address or words[:1].isspace() else words

    def _on_chosen(self, chosen: Contact | Team) -> None:
        begun = self._begun()
        if begun is None:
            return
        caret, words = self._text.selected_range()[0], self._text.shown_text
        start = caret - len(begun) - 1
        people = chosen.members if isinstance(chosen, Team) else (chosen,)
        made = "".join(f"@{one.person} " for one in people)
        end = start + len(made)
        self._mention(Selection(words[:start] + made + words[caret:], end, end), chosen)

    def _mention(self, made: Selection, chosen: Contact | Team) -> None:
        mentions = self._row.mentions_with(chosen)
        if mentions is None:
            return
        self._write(made.text, mentions)
        self._text.select(made.start, made.end)
        self._text.setFocus()
