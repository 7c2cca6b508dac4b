"""The one door for whatever a person has: from the clipboard, a file, or a paste into a field.

What is in it is shown first. A message becomes the draft in one step, a robot goes into the form
of a robot, people into the contacts; a token never stands in a draft.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from dingcomposer.core.redaction import mask_dingtalk
from dingcomposer.services.background import Background
from dingcomposer.services.settings import TABLES_AS_LINES
from dingcomposer.ui import questions
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.context import Context, Navigator
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.text_fields import TextField

if TYPE_CHECKING:
    # At run time with the first paste of its kind: not on the way to the first window.
    from dingcomposer.core.webhook import PastedWebhook
    from dingcomposer.interchange.files import FileContent, FileError
    from dingcomposer.ui.window.paste_dialog import PasteDialog, TakenContent

_MOST_FILES: Final = 1
# What may be more than words: cheap to see, read in whole only then.
_TELLING: Final = re.compile(
    r"msg_?type|robot/send|\bcurl\b|Invoke-(?:RestMethod|WebRequest)|\{\{-?\s*(?:define|range|\.)",
    re.IGNORECASE,
)


class Pasting(QObject):
    """Opens the door, and remembers what becomes of tables.

    `show_tables_as_lines` shows a choice of it in the menu; `open_template` takes a template in.
    """

    def __init__(
        self,
        context: Context,
        navigator: Navigator,
        compose: ComposePage,
        background: Background,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._context, self._navigator = context, navigator
        self._compose, self._background, self._window = compose, background, window
        self._dialog: PasteDialog | None = None
        self.show_tables_as_lines: Callable[[bool], object] = lambda as_lines: None
        self.open_template: Callable[[Path], object] = lambda path: None
        compose.form.text.set_tables_as_lines(as_lines=self._as_lines)
        compose.set_paste_filter(self._takes, self._takes_secret)
        compose.tables_chosen.connect(self._on_tables_chosen)
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    @property
    def _as_lines(self) -> bool:
        return self._context.settings.value(TABLES_AS_LINES)

    def open_clipboard(self) -> None:
        """Show what is on the clipboard."""
        source = QGuiApplication.clipboard().mimeData()
        if self._open_files(source):
            return
        self._open_text(_words_of(source), translate("Pasting", "From the clipboard"))

    def ask_for_file(self) -> None:
        """Ask for a file, and open it."""
        from dingcomposer.storage import message_files
        from dingcomposer.storage.templates import files

        own = translate("Pasting", "Messages and templates")
        every = translate("Pasting", "All files")
        kinds = f"{own} (*{message_files.ENDING} *{files.ENDING});;{every} (*)"
        if path := questions.choose_file(self._window, translate("Pasting", "Open a file"), kinds):
            self.open_file(Path(path))

    def open_file(self, path: Path) -> None:
        """Open a message or a template that was saved as a file; show what is in any other."""
        from dingcomposer.storage import message_files
        from dingcomposer.storage.templates import files

        if path.name.endswith(message_files.ENDING):
            self._open_message(path)
            return
        if path.name.endswith(files.ENDING):
            self.open_template(path)
            return
        dialog = self._show_dialog()
        dialog.show_fault(translate("Pasting", "Reading…"), path.name)
        self._background.run(id(self), _read, path, partial(self._on_file_read, dialog, path.name))

    def toggle_tables(self) -> None:
        """The other way for pasted tables."""
        self._on_tables_chosen(not self._as_lines)
        self._compose.form.text.set_tables_as_lines(as_lines=self._as_lines)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A file may be dropped anywhere on the window."""
        if isinstance(event, QDragEnterEvent | QDragMoveEvent) and event.type() != QEvent.Type.Drop:
            if _files_of(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent) and self._open_files(event.mimeData()):
            event.acceptProposedAction()
            return True
        return super().eventFilter(watched, event)

    # --- what comes in --------------------------------------------------------------------------

    def _takes(self, source: QMimeData) -> bool:
        """Whether a paste into a field is for the door: a file, a secret, or more than words."""
        if self._open_files(source) or self._takes_secret(source):
            return True
        text = source.text() if source.hasText() else ""
        if not self._context.session.draft.is_blank or not _TELLING.search(text):
            return False
        from dingcomposer.core.pasting.content import read_content

        if not read_content(text).is_more_than_words:
            return False
        self._open_text(text, translate("Pasting", "This is more than words"), can_be_text=True)
        return True

    def _takes_secret(self, source: QMimeData) -> bool:
        """A token or a signing secret never comes into a draft."""
        text = source.text() if source.hasText() else ""
        if mask_dingtalk(text) == text:
            return False
        sentence = translate("Pasting", "This holds the token or the secret of a robot")
        self._open_text(text, sentence, can_be_text=True)
        return True

    def _open_files(self, source: QMimeData) -> bool:
        files = _files_of(source)
        if not files:
            return False
        self.open_file(files[0])
        if len(files) > _MOST_FILES:
            self._navigator.say(
                translate("Pasting", "One file at a time: the first of them was opened.")
            )
        return True

    def _open_message(self, path: Path) -> None:
        from dingcomposer.storage.message_files import MessageFileError, read_file
        from dingcomposer.ui.texts.pasting.content import message_file_fault

        try:
            draft = read_file(path)
        except MessageFileError as error:
            self._navigator.say(message_file_fault(error.fault.value).format(name=path.name))
            return
        self._context.session.begin(draft)
        self._navigator.write()
        words = translate("Pasting", "{name} is opened as a new draft, for no group yet.")
        self._navigator.say(words.format(name=path.name))

    def _open_text(self, text: str, source: str, *, can_be_text: bool = False) -> None:
        from dingcomposer.core.pasting.content import read_content

        dialog = self._show_dialog(words=text if can_be_text else None)
        dialog.show_content(read_content(text), source)

    def _show_dialog(self, words: str | None = None) -> "PasteDialog":
        from dingcomposer.ui.window.paste_dialog import PasteDialog

        field = QApplication.focusWidget()
        can_be_text = words is not None and isinstance(field, TextField)
        dialog = PasteDialog(self._window, as_lines=self._as_lines, can_be_text=can_be_text)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.taken.connect(self._on_taken)
        dialog.pasted.connect(partial(self._on_pasted_there, dialog))
        dialog.file_wanted.connect(partial(self._on_file_wanted, dialog))
        dialog.tables_chosen.connect(self._on_tables_chosen)
        if words is not None and isinstance(field, TextField):
            dialog.text_wanted.connect(lambda: field.paste_words(mask_dingtalk(words)))
        dialog.open()
        return dialog

    def _on_pasted_there(self, dialog: "PasteDialog", text: str) -> None:
        from dingcomposer.core.pasting.content import read_content

        dialog.show_content(read_content(text), translate("Pasting", "As pasted here"))

    def _on_file_wanted(self, dialog: "PasteDialog") -> None:
        path = questions.choose_file(dialog, translate("Pasting", "Open a file"))
        if path:
            dialog.show_fault(translate("Pasting", "Reading…"), Path(path).name)
            read = partial(self._on_file_read, dialog, Path(path).name)
            self._background.run(id(self), _read, Path(path), read)

    def _on_file_read(
        self, dialog: "PasteDialog", name: str, found: "FileContent | FileError"
    ) -> None:
        from dingcomposer.core.pasting.content import of_rows, read_content
        from dingcomposer.interchange.files import FileError
        from dingcomposer.ui.texts.pasting.content import file_fault, sheets_words

        if isinstance(found, FileError):
            dialog.show_fault(file_fault(found.fault.value), name)
        elif found.rows:
            content = of_rows(found.rows, as_lines=self._as_lines)
            dialog.show_content(content, sheets_words(name, found.sheets))
        else:
            dialog.show_content(read_content(found.text), name)

    # --- what is taken over ---------------------------------------------------------------------

    def _on_taken(self, taken: "TakenContent") -> None:
        if taken.draft is not None:
            self._take_draft(taken)
        if taken.robot is not None:
            self._edit_robot(taken)
        elif taken.people:
            self._show_people(taken)

    def _take_draft(self, taken: "TakenContent") -> None:
        """An empty draft takes it in one step; beside any other a new one begins."""
        session = self._context.session
        assert taken.draft is not None
        if session.draft.is_blank:
            session.edit(taken.draft)
            self._navigator.say(translate("Pasting", "Taken over. Undo takes it back."))
        else:
            session.begin(taken.draft)
            self._navigator.say(translate("Pasting", "Opened as a new draft, for no group yet."))
        self._navigator.write()

    def _edit_robot(self, taken: "TakenContent") -> None:
        from dingcomposer.ui.robots.dialog import RobotDialog

        assert taken.robot is not None
        dialog = RobotDialog(self._context.robot_profiles, None, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        dialog.form.paste.show_found(_without_message(taken.robot))
        if taken.people:
            dialog.finished.connect(lambda _result: self._show_people(taken))

    def _show_people(self, taken: "TakenContent") -> None:
        from dingcomposer.ui.contacts.dialog import ContactsDialog

        dialog = ContactsDialog(self._context.contacts, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        dialog.take_rows(taken.people)

    def _on_tables_chosen(self, as_lines: bool) -> None:
        self._context.settings.set(TABLES_AS_LINES, as_lines)
        self._compose.form.text.set_tables_as_lines(as_lines=as_lines)
        self.show_tables_as_lines(as_lines)


def _without_message(robot: "PastedWebhook") -> "PastedWebhook":
    """What is about the robot: its message went elsewhere."""
    from dingcomposer.ui.robots.paste_field import OF_MESSAGE

    notes = tuple(one for one in robot.notes if one not in OF_MESSAGE)
    return replace(robot, message_json=None, translation=None, json_place=None, notes=notes)


def _read(path: Path) -> "FileContent | FileError":
    from dingcomposer.interchange.files import FileError, read_file

    try:
        return read_file(path)
    except FileError as error:
        return error


def _files_of(source: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]


def _words_of(source: QMimeData) -> str:
    """The words of a paste; what has looks, as markdown."""
    if source.hasHtml():
        from dingcomposer.interchange.html_reader import TooMuchHtmlError, read_html

        text = source.text() if source.hasText() else ""
        with suppress(TooMuchHtmlError):
            rich = None if _TELLING.search(text) else read_html(source.html())
            if rich is not None:
                return rich.markdown
    return source.text() if source.hasText() else ""
