"""What was understood of a paste or a file, before anything of it is taken over."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.contacts_reading.rows import Certainty, PastedRow
from dingcomposer.core.draft import Draft, from_message
from dingcomposer.core.messages import Extra, Message, kind_of
from dingcomposer.core.pasting.content import (
    ContentKind,
    PastedContent,
    message_of_table,
)
from dingcomposer.core.plain_text import clean
from dingcomposer.core.webhook import PastedNote, PastedWebhook
from dingcomposer.ui.robots.form_fields import Tone, show_note
from dingcomposer.ui.robots.paste_field import PasteField
from dingcomposer.ui.texts.messages import kind_name
from dingcomposer.ui.texts.pasting.content import (
    content_faults,
    content_left_out,
    content_origin,
    message_words,
    people_words,
    robot_words_of,
)
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.buttons import DialogButton, answer_box
from dingcomposer.ui.widgets.layouts import resize_within_screen

_OTHER_COMPANIES = (PastedNote.WECOM_MESSAGE, PastedNote.FEISHU_MESSAGE)
_INDENT_PX = 26


@dataclass(frozen=True, slots=True, repr=False)
class TakenContent:
    """What a person wants of it. repr hides it: a token may be in it."""

    draft: Draft | None
    robot: PastedWebhook | None
    people: tuple[PastedRow, ...]


class PasteDialog(QDialog):
    """Shows the parts, each with a box to leave it out; another paste takes the place of the first.

    Signals:
        taken(TakenContent): take this over.
        text_wanted(): have it as the words that it is.
        file_wanted(): choose a file.
        pasted(str): this was pasted here.
        tables_chosen(bool): tables become lines where True.
    """

    taken = Signal(object)
    text_wanted = Signal()
    file_wanted = Signal()
    pasted = Signal(str)
    tables_chosen = Signal(bool)

    def __init__(
        self, parent: QWidget | None = None, *, as_lines: bool, can_be_text: bool = False
    ) -> None:
        super().__init__(parent)
        self.setObjectName("paste")
        self.setWindowTitle(self.tr("Paste anything"))
        self._as_lines = as_lines
        self._content = PastedContent()
        self._message: QCheckBox | None = None
        self._robot: QCheckBox | None = None
        self._people: QCheckBox | None = None
        self._source = QLabel(self)
        self._source.setObjectName("paste.source")
        self._source.setProperty("heading", True)
        self._source.setWordWrap(True)
        self._field = PasteField(self)
        self._field.setObjectName("paste.field")
        self._field.setAccessibleName(self.tr("Paste something else"))
        self._field.setPlaceholderText(
            self.tr("Paste here: a webhook, a command, JSON, code, a template, rows of a sheet")
        )
        self._field.setFixedHeight(self._field.fontMetrics().lineSpacing() * 2 + 18)
        self._field.completed.connect(self._on_pasted)
        self._file = DialogButton("paste.file", self.tr("Choose a file…"), self)
        self._file.clicked.connect(self.file_wanted)
        self._text = DialogButton("paste.text", self.tr("As plain words"), self)
        self._text.setToolTip(self.tr("Put it into the text as it stands, without tokens"))
        self._text.clicked.connect(self._on_text_wanted)
        self._text.setVisible(can_be_text)
        self._accept = DialogButton("paste.accept", self.tr("Take over"), self)
        self._accept.setProperty("primary", True)
        self._accept.setDefault(True)
        self._accept.clicked.connect(self._on_accepted)
        self._cancel = DialogButton("paste.cancel", self.tr("Cancel"), self)
        self._cancel.clicked.connect(self.reject)
        self._area = QScrollArea(self)
        self._area.setProperty("plain", True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        resize_within_screen(self, QSize(560, 480), QSize(420, 360))

    def show_content(self, content: PastedContent, source: str) -> None:
        """Show what was understood; `source` says where it comes from."""
        self._content = content
        self._source.setText(source)
        self._message = self._robot = self._people = None
        body = QWidget(self._area)
        body.setProperty("plain", True)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        for add in (self._add_faults, self._add_message, self._add_robot, self._add_people):
            part = QVBoxLayout()
            part.setSpacing(4)
            add(body, part)
            if part.count():
                column.addLayout(part)
        self._add_left_out(body, column)
        column.addStretch(1)
        self._area.setWidget(body)
        self._show_can_accept()
        if self._accept.isEnabled():
            self._accept.setFocus()
        else:
            self._field.setFocus()

    def show_fault(self, sentence: str, source: str) -> None:
        """Say why nothing was understood."""
        self.show_content(PastedContent(), source)
        body = self._area.widget()
        assert body is not None
        layout = body.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self._label(body, "paste.fault", sentence, "bad"))

    # --- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self._source, 1)
        head.addWidget(self._file, 0, Qt.AlignmentFlag.AlignTop)
        foot = QHBoxLayout()
        foot.addWidget(self._text)
        foot.addStretch(1)
        foot.addWidget(answer_box(self, self._accept, self._cancel))
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addWidget(self._field)
        column.addLayout(foot)

    def _add_faults(self, body: QWidget, column: QVBoxLayout) -> None:
        sentence = join_sentences(content_faults(self._content))
        if sentence:
            column.addWidget(self._label(body, "paste.fault", sentence, "bad"))

    def _add_message(self, body: QWidget, column: QVBoxLayout) -> None:
        content = self._content
        if content.message is None:
            return
        words = self.tr("Message: {kind}").format(kind=kind_name(kind_of(content.message)))
        self._message = self._box(body, "message", words, is_on=not self._is_people_first())
        column.addWidget(self._message)
        origin = content_origin(content)
        self._preview = self._detail(body, "paste.message.words", message_words(content.message))
        column.addWidget(self._detail(body, "paste.message.origin", origin))
        column.addWidget(self._preview)
        if content.kind is ContentKind.ROWS and content.table is not None:
            column.addLayout(self._table_row(body))

    def _table_row(self, body: QWidget) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_INDENT_PX, 0, 0, 0)
        row.setSpacing(16)
        group = QButtonGroup(body)
        for name, words, as_lines in (
            ("lines", self.tr("Lines with their headings"), True),
            ("table", self.tr("A table, which phones do not draw"), False),
        ):
            radio = QRadioButton(words, body)
            radio.setObjectName(f"paste.{name}")
            radio.setAccessibleName(words)
            radio.setChecked(self._as_lines is as_lines)
            radio.toggled.connect(self._on_table_style(as_lines))
            group.addButton(radio)
            row.addWidget(radio)
        row.addStretch(1)
        return row

    def _on_table_style(self, as_lines: bool) -> Callable[[bool], None]:
        def choose(is_on: bool) -> None:
            if is_on:
                self._as_lines = as_lines
                self._preview.setText(message_words(self._chosen_message()))
                self.tables_chosen.emit(as_lines)

        return choose

    def _add_robot(self, body: QWidget, column: QVBoxLayout) -> None:
        robot = self._content.robot
        if robot is None:
            return
        self._robot = self._box(body, "robot", robot_words_of(robot))
        column.addWidget(self._robot)
        words = self.tr(
            "The form of a new robot opens with it. Token and secret go into the password store,"
            " and nowhere else."
        )
        column.addWidget(self._detail(body, "paste.robot.words", words))

    def _add_people(self, body: QWidget, column: QVBoxLayout) -> None:
        people = self._people_found()
        if not people:
            return
        words = self.tr("People: %n", "", len(people))
        self._people = self._box(body, "people", words, is_on=self._is_people_first())
        column.addWidget(self._people)
        names = people_words(people)
        after = self.tr("The contacts open with them, to be looked at before they are saved.")
        column.addWidget(self._detail(body, "paste.people.words", join_sentences([names, after])))

    def _add_left_out(self, body: QWidget, column: QVBoxLayout) -> None:
        left = content_left_out(self._content)
        if not left:
            return
        line = QFrame(body)
        line.setProperty("hairline", True)
        column.addWidget(line)
        words = "\n".join(f"· {one}" for one in left)
        column.addWidget(self._label(body, "paste.left", words, "quiet"))

    def _box(self, body: QWidget, name: str, words: str, *, is_on: bool = True) -> QCheckBox:
        box = QCheckBox(words.replace("&", "&&"), body)
        box.setObjectName(f"paste.{name}")
        box.setAccessibleName(words)
        box.setChecked(is_on)
        box.toggled.connect(self._show_can_accept)
        font = box.font()
        font.setBold(True)
        box.setFont(font)
        return box

    def _detail(self, body: QWidget, name: str, words: str) -> QLabel:
        label = self._label(body, name, words, "quiet")
        label.setContentsMargins(_INDENT_PX, 0, 0, 0)
        return label

    def _label(self, body: QWidget, name: str, words: str, tone: Tone) -> QLabel:
        label = QLabel(body)
        label.setObjectName(name)
        show_note(label, clean(words), tone)
        return label

    # --- answering ------------------------------------------------------------------------------

    def _people_found(self) -> tuple[PastedRow, ...]:
        people = self._content.people
        return tuple(row for row in people if row.certainty is not Certainty.UNUSABLE)

    def _is_people_first(self) -> bool:
        """A list of people is for the contacts; a message about people has other words, too."""
        content = self._content
        plain = content.kind in (ContentKind.ROWS, ContentKind.TEXT, None)
        return plain and bool(self._people_found())

    def _show_can_accept(self) -> None:
        boxes = (self._message, self._robot, self._people)
        self._accept.setEnabled(any(box is not None and box.isChecked() for box in boxes))

    def _on_pasted(self) -> None:
        text = self._field.text()
        self._field.set_text("")
        if text.strip():
            self.pasted.emit(text)

    def _on_text_wanted(self) -> None:
        self.hide()
        self.text_wanted.emit()
        self.accept()

    def _on_accepted(self) -> None:
        content = self._content
        taken = TakenContent(
            _draft(self._chosen_message(), content.extras) if _is_on(self._message) else None,
            content.robot if _is_on(self._robot) else None,
            content.people if _is_on(self._people) else (),
        )
        self.accept()
        self.taken.emit(taken)

    def _chosen_message(self) -> Message:
        content = self._content
        assert content.message is not None
        if content.kind is ContentKind.ROWS and content.table is not None:
            return message_of_table(content.table, as_lines=self._as_lines)
        return content.message


def _is_on(box: QCheckBox | None) -> bool:
    return box is not None and box.isChecked()


def _draft(message: Message, extras: tuple[Extra, ...]) -> Draft:
    return replace(from_message(message), extras=extras, sends_extras=False)
