"""The one door for whatever a person has: from the clipboard, a file, or a paste into a field.

What is in it is shown first. A message becomes the draft in one step, a robot goes into the form
of a robot, people into the contacts; a token never stands in a draft.
"""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from dingcomposer.core.records import lazy_pattern
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
    from dingcomposer.core.draft import Draft
    from dingcomposer.core.webhook import PastedWebhook
    from dingcomposer.interchange.files import FileContent, FileError
    from dingcomposer.ui.window.paste_dialog import ContentPart, PasteDialog, TakenContent

_MOST_FILES: Final = 20
# What may be more than words: cheap to see, read in whole only then.
_TELLING: Final = lazy_pattern(
    r"msg_?type|robot/send|\bcurl\b|Invoke-(?:RestMethod|WebRequest)|\{\{-?\s*(?:define|range|\.)",
    re.IGNORECASE,
)


class Pasting(QObject):
    """Opens the door, and remembers what becomes of tables.

    `show_tables_as_lines` shows a choice of it in the menu, `open_template` takes a template in,
    `open_bundle` looks at robots and more out of a file.
    """

    def __init__(
        self,
        context: Context,
        navigator: Navigator,
        compose: ComposePage,
        background: Background,
        open_template: Callable[[Path], object],
    ) -> None:
        window = compose.window()
        super().__init__(window)
        self._context, self._navigator, self._open_template = context, navigator, open_template
        self._compose, self._background, self._window = compose, background, window
        self._dialog: PasteDialog | None = None
        self.show_tables_as_lines: Callable[[bool], object] = lambda as_lines: None
        self.open_bundle: Callable[[Path], object] = lambda path: None
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
            self.open_files([Path(path)])

    def open_files(self, paths: Sequence[Path]) -> None:
        """Open messages and templates that were saved as files; show what is in the others."""
        from dingcomposer.core.bundle import BUNDLE_ENDING
        from dingcomposer.storage import message_files
        from dingcomposer.storage.templates import files

        others = []
        for path in paths:
            if path.name.endswith(message_files.ENDING):
                self._open_message(path)
            elif path.name.endswith(files.ENDING):
                self._open_template(path)
            elif path.suffix.casefold() == BUNDLE_ENDING:
                self.open_bundle(path)
            else:
                others.append(path)
        if others:
            self._read_into(self._show_dialog(), others)

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
        if files:
            self.open_files(files)
        return bool(files)

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
            self._read_into(dialog, (Path(path),))

    def _read_into(self, dialog: "PasteDialog", paths: Sequence[Path]) -> None:
        opened = tuple(paths[:_MOST_FILES])
        source = opened[0].name if len(opened) == 1 else _files_words(len(paths))
        dialog.show_fault(translate("Pasting", "Reading…"), source)
        read = partial(self._on_files_read, dialog, source)
        self._background.run(id(self), _read, opened, read)

    def _on_files_read(
        self,
        dialog: "PasteDialog",
        source: str,
        found: "tuple[tuple[str, FileContent | FileError], ...]",
    ) -> None:
        is_one = len(found) == 1
        parts = [part for name, one in found for part in self._parts_of(name, one, is_one=is_one)]
        dialog.show_parts(parts, source)

    def _parts_of(
        self, name: str, found: "FileContent | FileError", *, is_one: bool
    ) -> "list[ContentPart]":
        """What is in one file: of a workbook each sheet, of which the first is chosen."""
        from dingcomposer.core.pasting.content import of_rows, read_content
        from dingcomposer.interchange.files import FileError
        from dingcomposer.ui.texts.pasting.content import file_fault
        from dingcomposer.ui.window.paste_dialog import ContentPart

        shown = "" if is_one else name
        if isinstance(found, FileError):
            return [ContentPart(shown, fault=file_fault(found.fault.value))]
        if not found.sheets:
            return [ContentPart(shown, read_content(found.text))]
        is_alone = len(found.sheets) == 1
        return [
            ContentPart(
                shown if is_alone else " · ".join(filter(None, (shown, sheet.name))),
                of_rows(sheet.rows, as_lines=self._as_lines),
                is_chosen=number == 0,
            )
            for number, sheet in enumerate(found.sheets)
        ]

    # --- what is taken over ---------------------------------------------------------------------

    def _on_taken(self, taken: "TakenContent") -> None:
        if taken.drafts:
            self._take_drafts(taken.drafts)
        self._edit_robots(taken, taken.robots)

    def _take_drafts(self, drafts: "tuple[Draft, ...]") -> None:
        """An empty draft takes one in one step; beside any other, and for several, new ones begin.

        The first of them is in the window then, and the others stand below it in their order.
        """
        session = self._context.session
        if len(drafts) > 1:
            for draft in reversed(drafts):
                session.begin(draft)
            words = translate("Pasting", "{count} drafts were opened, for no group yet.")
            self._navigator.say(words.format(count=len(drafts)))
        elif session.draft.is_blank:
            session.edit(drafts[0])
            self._navigator.say(translate("Pasting", "Taken over. Undo takes it back."))
        else:
            session.begin(drafts[0])
            self._navigator.say(translate("Pasting", "Opened as a new draft, for no group yet."))
        self._navigator.write()

    def _edit_robots(self, taken: "TakenContent", robots: "tuple[PastedWebhook, ...]") -> None:
        """The form of each robot, one after another; then the people."""
        if not robots:
            if taken.people:
                self._show_people(taken)
            return
        from dingcomposer.ui.robots.dialog import RobotDialog

        dialog = RobotDialog(self._context.robot_profiles, None, self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        dialog.form.paste.show_found(_without_message(robots[0]))
        dialog.finished.connect(lambda _result: self._edit_robots(taken, robots[1:]))

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
    return replace(
        robot, message_json=None, more_messages=(), translation=None, json_place=None, notes=notes
    )


def _read(paths: Sequence[Path]) -> "tuple[tuple[str, FileContent | FileError], ...]":
    from dingcomposer.interchange.files import FileError, read_file

    found: list[tuple[str, FileContent | FileError]] = []
    for path in paths:
        try:
            found.append((path.name, read_file(path)))
        except FileError as error:
            found.append((path.name, error))
    return tuple(found)


def _files_words(count: int) -> str:
    if count > _MOST_FILES:
        words = translate("Pasting", "The first {opened} of {count} files")
        return words.format(opened=_MOST_FILES, count=count)
    return translate("Pasting", "{count} files").format(count=count)


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
