"""What a person does with whole drafts: begin, change over, close, look back, bring back, save."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from dingcomposer.core.draft import headline_of_draft
from dingcomposer.ui import questions
from dingcomposer.ui.context import Context, Navigator
from dingcomposer.ui.drafts.list_panel import DraftListPanel, draft_title
from dingcomposer.ui.preview.bubble.bubble import RenderContext

_SAID = 24
"""So much of a title stands in a sentence."""


class DraftController(QObject):
    """Answers the list of drafts and the menus. `window` is where its dialogs stand."""

    def __init__(
        self,
        panel: DraftListPanel,
        context: Context,
        render: RenderContext,
        navigator: Navigator,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._context = context.session, context
        self._render, self._navigator, self._window = render, navigator, window
        panel.draft_chosen.connect(self.switch_to)
        panel.close_requested.connect(self.close)
        panel.new_requested.connect(self.begin)
        panel.past_requested.connect(self.show_closed)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """What each action about drafts does, by its name."""
        return {
            "new": self.begin,
            "close_draft": lambda: self.close(self._session.draft_id),
            "next_draft": partial(self._switch_by, 1),
            "previous_draft": partial(self._switch_by, -1),
            "closed_drafts": self.show_closed,
            "versions": self.show_versions,
            "save_file": self.save_file,
        }

    def begin(self) -> None:
        """Begin an empty message, for nobody yet, beside the drafts that are open."""
        self._session.begin()
        self._navigator.write()

    def switch_to(self, draft_id: str) -> None:
        """Go on with an open draft."""
        self._session.switch_to(draft_id)
        self._navigator.write()

    def close(self, draft_id: str) -> None:
        """Take a draft out of the list, and say that it can be had back."""
        closed = next((one for one in self._session.summaries if one.draft_id == draft_id), None)
        draft = self._session.draft_of(draft_id)
        self._session.close(draft_id)
        if closed is None or draft is None or draft.is_blank:
            return
        title = draft_title(closed.headline)
        title = title if len(title) <= _SAID else f"{title[:_SAID]}…"
        words = self.tr("“{draft}” is closed. Closed drafts can be had back for 30 days.")
        self._navigator.say(words.format(draft=title))

    def show_closed(self) -> None:
        """Show the drafts that were closed, to have one back."""
        from dingcomposer.ui.drafts.past_dialog import ClosedDraftsDialog

        self._session.flush()  # what was closed a moment ago is among them
        dialog = ClosedDraftsDialog(self._context, self._render, self._window)
        dialog.brought_back.connect(self._on_brought_back)
        _open(dialog)

    def show_versions(self) -> None:
        """Show what the draft said earlier, beside what it says now."""
        from dingcomposer.ui.drafts.past_dialog import VersionsDialog

        self._session.flush()
        dialog = VersionsDialog(self._context, self._render, self._window)
        dialog.brought_back.connect(self._on_brought_back)
        _open(dialog)

    def save_file(self) -> None:
        """Ask for a place and write what the draft says there, as a file to hand on."""
        from dingcomposer.storage.message_files import ENDING, write_file

        draft = self._session.draft
        if draft.is_blank:
            self._navigator.say(self.tr("Nothing is written yet."))
            return
        title = draft_title(headline_of_draft(draft))
        path = questions.choose_new_file(
            self._window,
            self.tr("Save the message as a file"),
            f"{file_name_of(title)}{ENDING}",
            self.tr("Messages (*{ending})").format(ending=ENDING),
        )
        if not path:
            return
        place = Path(path if path.endswith(ENDING) else f"{path}{ENDING}")
        content, had_secret = self._context.drafts.without_secrets(draft)
        try:
            write_file(content, place)
        except OSError as error:
            words = self.tr("{name} could not be written: {reason}")
            self._navigator.say(words.format(name=place.name, reason=error.strerror or ""))
            return
        if had_secret:
            words = self.tr("Saved as {name}. The token or secret in the text was left out.")
        else:
            words = self.tr("Saved as {name}. Whom it is for does not stand in it.")
        self._navigator.say(words.format(name=place.name))

    def _switch_by(self, steps: int) -> None:
        self._session.switch_by(steps)
        self._navigator.write()

    def _on_brought_back(self, sentence: str) -> None:
        self._navigator.write()
        self._navigator.say(sentence)


def file_name_of(title: str) -> str:
    """A file name that every system takes, made of a title."""
    return re.sub(r'[\x00-\x1f<>:"/\\|?*.\s]+', "-", title).strip("-")[:60] or "message"


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
