"""The message as the JSON that is sent, to be edited: the other view of the same draft.

What can be read is the draft at once. What cannot be read yet is kept beside it, so the form stays
as it was, undo leads through both, and a restart loses neither.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontDatabase,
    QShowEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.draft import Caret, Draft, from_message, to_message
from dingcomposer.core.pasting.lenient_json import JsonError
from dingcomposer.core.payload import (
    NoteCode,
    PayloadError,
    Reading,
    from_payload,
    to_payload,
)
from dingcomposer.interchange.json_positions import mend, place_of, read_strict, write
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.ui import theme
from dingcomposer.ui.texts.pasting.pasted import (
    json_trouble,
    payload_error,
    payload_note,
    printable,
)
from dingcomposer.ui.texts.translate import join_names, join_sentences
from dingcomposer.ui.widgets.gutter_editor import GutterEditor
from dingcomposer.ui.widgets.layouts import CoveredRoom
from dingcomposer.ui.widgets.plain_text import plain_tip

CARET_PATH: Final = "json"
"""Where the keyboard is while it is here."""
_MERGE_KEY: Final = "json"
_KEPT: Final = (NoteCode.UNKNOWN_KEY, NoteCode.OTHER_TYPE)  # the row of such keys names them
_NOTES_SHOWN: Final = 2
_NAMES_SHOWN: Final = 3


class JsonHighlighter(QSyntaxHighlighter):
    """Names, texts, numbers and words of JSON in calm colours; keys that are not sent are faint."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._faint: frozenset[str] = frozenset()

    def set_faint(self, names: frozenset[str]) -> None:
        """The names of keys that are not sent."""
        if names != self._faint:
            self._faint = names
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Colour one line."""
        now = theme.current()
        for found in _TOKEN.finditer(text):
            name = found["name"]
            if name is not None:
                is_faint = name[1:-1] in self._faint
                colour = now.faint if is_faint else now.accent
            elif found["text"] is not None:
                colour = now.good
            elif found["number"] is not None:
                colour = now.warn
            else:
                colour = now.quiet
            looks = QTextCharFormat()
            looks.setForeground(QColor(colour))
            start = len(text[: found.start()].encode("utf-16-le")) // 2
            length = len(found[0].encode("utf-16-le")) // 2
            self.setFormat(start, length, looks)


class JsonPane(QWidget):
    """A view of the session's draft. Build it when it is first wanted.

    Signals:
        stated(str): why what stands here cannot be sent; "" where it can.
    """

    stated = Signal(str)

    def __init__(self, session: DraftSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compose.json_pane")
        self._session = session
        self._made: Draft | None = None  # what the text that stands here gave
        self._trouble = ""
        self._faint: frozenset[str] = frozenset()
        self._make_editor()
        self._sentence = QLabel(self)
        self._sentence.setObjectName("compose.json.sentence")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        # Its room is kept, so that nothing moves when it comes and goes.
        self._sentence.setFixedHeight(2 * self.fontMetrics().lineSpacing() + 6)
        self._mend = self._button("mend", self.tr("Set it right"), self._on_mend)
        self._tidy = self._button("tidy", self.tr("Tidy up"), self._on_tidy)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self._sentence, 1)
        for button in (self._mend, self._tidy):
            foot.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._head = QHBoxLayout()
        label = QLabel(self.editor.accessibleName(), self)
        label.setProperty("quiet", True)
        label.setBuddy(self.editor)
        self._head.addWidget(label, 1)
        head_and_editor = QVBoxLayout()
        head_and_editor.setSpacing(4)
        head_and_editor.addLayout(self._head)
        head_and_editor.addWidget(self.editor, 1)
        column.addLayout(head_and_editor, 1)
        column.addLayout(foot)
        session.changed.connect(self._on_changed)

    @property
    def trouble(self) -> str:
        """Why what stands here cannot be sent; "" where it can."""
        return self._trouble

    def give_way(self, covers: Iterable[QWidget], *, margin_px: int) -> None:
        """End above whatever comes to lie over the lowest part; `margin_px` stays free beside."""
        room = CoveredRoom(self)
        room.changed.connect(lambda px: self.setContentsMargins(0, 0, margin_px, px))
        self.setContentsMargins(0, 0, margin_px, 0)
        for cover in covers:
            room.watch(cover)
            cover.raise_()

    def focus_caret(self, caret: Caret) -> None:
        """Put the keyboard where it was, if it was here."""
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        if caret.path == CARET_PATH:
            self.editor.put_caret(caret.anchor, caret.position)
        self._note_caret()

    def _note_caret(self) -> None:
        if self.editor.hasFocus():
            cursor = self.editor.textCursor()
            self._session.set_caret(Caret(CARET_PATH, cursor.anchor(), cursor.position()))

    def set_corner(self, widget: QWidget) -> None:
        """Have a small widget at the right of the first row."""
        if self._head.indexOf(widget) < 0:
            self._head.addWidget(widget)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what the form did."""
        super().showEvent(event)
        self._on_changed(self._session.draft)

    def _make_editor(self) -> None:
        editor = self.editor = GutterEditor(self)
        editor.setObjectName("compose.json")
        editor.setAccessibleName(self.tr("JSON of the message"))
        editor.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        editor.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        editor.set_margin(has_margin=True)
        editor.edited.connect(self._on_edited)
        editor.cursorPositionChanged.connect(self._note_caret)
        editor.undo_asked.connect(self._session.undo)
        editor.redo_asked.connect(self._session.redo)
        self._highlighter = JsonHighlighter(editor.document())

    def _button(self, name: str, words: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(f"compose.json.{name}")
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked=False: do())
        return button

    # --- from the text to the draft -------------------------------------------------------------

    def _on_edited(self) -> None:
        text = self.editor.text()
        draft = self._session.draft
        try:
            reading = from_payload(read_strict(text).value)
        except (JsonError, PayloadError):
            made = replace(draft, json_text=text)
        else:
            made = _draft_of(reading, draft)
        self._made = made
        self._session.edit(made, self.editor.step_key(_MERGE_KEY))
        self._show_state()

    def _on_mend(self) -> None:
        value = mend(self.editor.text())
        if isinstance(value, dict):
            self._rewrite(write(value))

    def _on_tidy(self) -> None:
        self._rewrite(_written(self._session.draft))

    def _rewrite(self, text: str) -> None:
        place = min(self.editor.selected_range()[0], len(text))
        self.editor.paste_as_step(lambda: self.editor.edit_text(text, place, place))
        self.editor.setFocus()

    # --- from the draft to the text -------------------------------------------------------------

    def _on_changed(self, draft: Draft) -> None:
        if self.isHidden():
            return
        if draft != self._made:
            self._made = draft
            self.editor.set_text(_written(draft) if draft.json_text is None else draft.json_text)
            self._show_state()
        is_sent = draft.sends_extras
        faint = frozenset() if is_sent else frozenset(one.path[-1] for one in draft.extras)
        if faint != self._faint:
            self._faint = faint
            self._highlighter.set_faint(faint)
            self._show_state()

    def _show_state(self) -> None:
        """What is the matter with the text, where, and what was set right in reading it."""
        text = self.editor.text()
        trouble, notes, place = "", [], None
        try:
            read = read_strict(text)
            reading = from_payload(read.value)
        except JsonError as error:
            trouble, place = json_trouble(error.place), (error.place.line, error.place.column)
        except PayloadError as error:
            place = place_of(text, error.path)
            words = self.tr("Line {line}, column {column}: {reason}")
            trouble = words.format(line=place[0], column=place[1], reason=payload_error(error))
        else:
            notes = [payload_note(one) for one in reading.notes if one.code not in _KEPT]
            twice = self.tr("“{name}” stands there twice: the last one holds.")
            notes += [twice.format(name=name) for name in read.doubled]
        self._mark(place, trouble)
        can_mend = bool(trouble) and isinstance(mend(text), dict) and place is not None
        self._mend.setVisible(can_mend)
        self._tidy.setEnabled(not trouble and text != _written(self._session.draft))
        self._say(trouble, notes)
        if trouble != self._trouble:
            self._trouble = trouble
            self.stated.emit(trouble)

    def _say(self, trouble: str, notes: list[str]) -> None:
        more = len(notes) - _NOTES_SHOWN
        shown = notes[:_NOTES_SHOWN] + ([self.tr("And %n more.", "", more)] if more > 0 else [])
        quiet = self.tr("As it is sent, but for msgUuid, which is new with each send.")
        draft = self._session.draft
        if draft.extras and not draft.sends_extras:
            quiet = self.tr("The grey keys stay here; msgUuid comes with each send.")
        words = trouble or join_sentences(shown) or quiet
        self._sentence.setText(words)
        self._sentence.setToolTip("\n".join(notes))
        now = theme.current()
        self._sentence.setStyleSheet(f"color: {now.bad if trouble else now.quiet};")

    def _mark(self, place: tuple[int, int] | None, words: str) -> None:
        """Mark the line beside it, and underline the sign."""
        self.editor.set_marks({place[0] - 1: words} if place else {})
        selections = []
        if place is not None:
            block = self.editor.document().findBlockByNumber(place[0] - 1)
            ahead = block.text()[: place[1] - 1]
            at = block.position() + min(len(ahead.encode("utf-16-le")) // 2, block.length() - 1)
            cursor = QTextCursor(self.editor.document())
            cursor.setPosition(max(at - (at == block.position() + block.length() - 1), 0))
            cursor.movePosition(
                QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor
            )
            spot = QTextEdit.ExtraSelection()
            looks = QTextCharFormat()
            looks.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            looks.setUnderlineColor(QColor(theme.current().bad))
            spot.cursor, spot.format = cursor, looks
            selections.append(spot)
        self.editor.setExtraSelections(selections)


_TOKEN: Final = re.compile(
    r'(?P<name>"(?:[^"\\]|\\.)*")(?=\s*:)|(?P<text>"(?:[^"\\]|\\.)*"?)'
    r"|(?P<number>-?\d[\d.eE+-]*)|(?P<word>\b(?:true|false|null)\b)"
)


class ExtrasRow(QCheckBox):
    """Names the keys that are none of DingTalk's, and asks whether to send them."""

    def __init__(self, session: DraftSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compose.extras")
        self._session = session
        self.clicked.connect(self._on_clicked)
        session.changed.connect(self._on_changed)
        self._on_changed(session.draft)

    def _on_clicked(self, is_sent: bool) -> None:
        self._session.edit(replace(self._session.draft, sends_extras=is_sent))

    def _on_changed(self, draft: Draft) -> None:
        self.setVisible(bool(draft.extras))
        if not draft.extras:
            return
        names = [printable(one.name) for one in draft.extras]
        shown = join_names(names[:_NAMES_SHOWN]) + ("…" if len(names) > _NAMES_SHOWN else "")
        words = self.tr("Send keys that DingTalk does not know, too: {names}").format(names=shown)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.setToolTip(plain_tip("\n".join(names)))
        self.setChecked(draft.sends_extras)


def _draft_of(reading: Reading, before: Draft) -> Draft:
    """The draft that a reading is; its own keys are sent if those before were."""
    made = from_message(reading.message, before)
    sends = before.sends_extras and bool(reading.extras)
    return replace(made, extras=reading.extras, sends_extras=sends)


def _written(draft: Draft) -> str:
    """The body, and the keys that are kept beside it."""
    return write(to_payload(replace(to_message(draft), extras=draft.extras)))
