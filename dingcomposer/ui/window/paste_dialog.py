"""What was understood of a paste or a file, before anything of it is taken over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
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
from dingcomposer.core.webhook import PastedWebhook
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
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen

_INDENT_PX = 26
_LINES_OF_ONE = 5
_LINES_OF_SEVERAL = 2


@dataclass(frozen=True, slots=True, repr=False)
class TakenContent:
    """What a person wants of it. repr hides it: a token may be in it."""

    drafts: tuple[Draft, ...]
    robots: tuple[PastedWebhook, ...]
    people: tuple[PastedRow, ...]


@dataclass(frozen=True, slots=True, repr=False)
class ContentPart:
    """A file, a sheet, or what else came in by itself: its name, and what was understood of it.

    `fault` is a sentence that says why it gives nothing. `is_chosen` is False for what is only
    offered, as a workbook's second sheet.
    """

    name: str
    content: PastedContent = field(default_factory=PastedContent)
    fault: str = ""
    is_chosen: bool = True


@dataclass(slots=True)
class _OfferedMessage:
    box: QCheckBox
    preview: QLabel
    content: PastedContent


class PasteDialog(OrderedDialog):
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
        self._messages: list[_OfferedMessage] = []
        self._robots: list[tuple[QCheckBox, PastedWebhook]] = []
        self._people: list[tuple[QCheckBox, tuple[PastedRow, ...]]] = []
        self._all: QCheckBox | None = None
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
        self.show_parts((ContentPart("", content),), source)

    def show_fault(self, sentence: str, source: str) -> None:
        """Say why nothing was understood."""
        self.show_parts((ContentPart("", fault=sentence),), source)

    def show_parts(self, parts: Sequence[ContentPart], source: str) -> None:
        """Show what was understood of several things, each below its name."""
        self._source.setText(clean(source))
        self._messages, self._robots, self._people, self._all = [], [], [], None
        self._count = sum(1 for part in parts for _ in messages_in(part.content))
        body = QWidget(self._area)
        body.setProperty("plain", True)
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        if self._count > 1:
            self._add_all(body, column)
        for part in parts:
            self._add_part(body, column, part)
        self._add_left_out(body, column, parts)
        column.addStretch(1)
        self._area.setWidget(body)
        self._show_can_accept()
        if self._accept.isEnabled():
            self._accept.setFocus()
        else:
            self._field.setFocus()

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
        field = QHBoxLayout()
        field.addWidget(self._field)
        column = QVBoxLayout(self)
        # What scrolls has room for its bar at the right, which the rest has not.
        column.setContentsMargins(20, 16, 8, 16)
        column.setSpacing(12)
        for row in (head, field, foot):
            row.setContentsMargins(0, 0, 12, 0)
        column.addLayout(head)
        column.addWidget(self._area, 1)
        column.addLayout(field)
        column.addLayout(foot)

    def _add_all(self, body: QWidget, column: QVBoxLayout) -> None:
        """One box for all of several messages."""
        words = self.tr("%n messages: each that is ticked becomes a draft", "", self._count)
        self._all = QCheckBox(words, body)
        self._all.setObjectName("paste.all")
        self._all.setAccessibleName(words)
        self._all.clicked.connect(self._on_all_clicked)
        column.addWidget(self._all)
        line = QFrame(body)
        line.setProperty("hairline", True)
        column.addWidget(line)

    def _add_part(self, body: QWidget, column: QVBoxLayout, part: ContentPart) -> None:
        found = QVBoxLayout()
        found.setSpacing(4)
        if part.name:
            name = QLabel(clean(part.name), body)
            name.setObjectName("paste.part")
            name.setProperty("heading", True)
            name.setWordWrap(True)
            found.addWidget(name)
        sentences = [part.fault] if part.fault else content_faults(part.content)
        if sentences:
            found.addWidget(self._label(body, "paste.fault", join_sentences(sentences), "bad"))
        for content in messages_in(part.content):
            self._add_message(body, found, content, part)
        self._add_robots(body, found, part)
        self._add_people(body, found, part)
        column.addLayout(found)

    def _add_message(
        self, body: QWidget, column: QVBoxLayout, content: PastedContent, part: ContentPart
    ) -> None:
        assert content.message is not None
        words = self.tr("Message: {kind}").format(kind=kind_name(kind_of(content.message)))
        is_on = part.is_chosen and not _is_people_first(part.content)
        box = self._box(body, "message", words, is_on=is_on)
        column.addWidget(box)
        if content is part.content or content.kind is not part.content.kind:
            column.addWidget(self._detail(body, "paste.message.origin", content_origin(content)))
        preview = self._detail(body, "paste.message.words", self._words_of(content.message))
        column.addWidget(preview)
        self._messages.append(_OfferedMessage(box, preview, content))
        if _is_table(content) and not any(_is_table(one.content) for one in self._messages[:-1]):
            column.addLayout(self._table_row(body))

    def _words_of(self, message: Message) -> str:
        return message_words(message, _LINES_OF_SEVERAL if self._count > 1 else _LINES_OF_ONE)

    def _table_row(self, body: QWidget) -> QHBoxLayout:
        """For every table here, and for those to come."""
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
                for one in self._messages:
                    one.preview.setText(clean(self._words_of(self._chosen(one.content))))
                self.tables_chosen.emit(as_lines)

        return choose

    def _add_robots(self, body: QWidget, column: QVBoxLayout, part: ContentPart) -> None:
        robots = part.content.robots
        if not robots:
            return
        for robot in robots:
            box = self._box(body, "robot", robot_words_of(robot), is_on=part.is_chosen)
            self._robots.append((box, robot))
            column.addWidget(box)
        words = self.tr(
            "The form of a new robot opens with it. Token and secret go into the password store,"
            " and nowhere else."
        )
        if len(robots) > 1:
            words = self.tr(
                "The form of a new robot opens for each that is ticked, one after the other. Tokens"
                " and secrets go into the password store, and nowhere else."
            )
        column.addWidget(self._detail(body, "paste.robot.words", words))

    def _add_people(self, body: QWidget, column: QVBoxLayout, part: ContentPart) -> None:
        people = _people_found(part.content)
        if not people:
            return
        words = self.tr("People: %n", "", len(people))
        is_on = part.is_chosen and _is_people_first(part.content)
        box = self._box(body, "people", words, is_on=is_on)
        self._people.append((box, part.content.people))
        column.addWidget(box)
        names = people_words(people)
        after = self.tr("The contacts open with them, to be looked at before they are saved.")
        column.addWidget(self._detail(body, "paste.people.words", join_sentences([names, after])))

    def _add_left_out(
        self, body: QWidget, column: QVBoxLayout, parts: Sequence[ContentPart]
    ) -> None:
        left = dict.fromkeys(one for part in parts for one in content_left_out(part.content))
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

    def _on_all_clicked(self) -> None:
        """All of them, unless all are ticked already."""
        is_on = not all(one.box.isChecked() for one in self._messages)
        for one in self._messages:
            one.box.setChecked(is_on)
        self._show_can_accept()

    def _show_can_accept(self) -> None:
        boxes = [one.box for one in self._messages]
        if self._all is not None:
            ticked = sum(box.isChecked() for box in boxes)
            state = Qt.CheckState.PartiallyChecked if ticked else Qt.CheckState.Unchecked
            self._all.setCheckState(Qt.CheckState.Checked if ticked == len(boxes) else state)
        boxes += [box for box, _ in self._robots] + [box for box, _ in self._people]
        self._accept.setEnabled(any(box.isChecked() for box in boxes))

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
        taken = TakenContent(
            tuple(
                _draft(self._chosen(one.content), one.content.extras)
                for one in self._messages
                if one.box.isChecked()
            ),
            tuple(robot for box, robot in self._robots if box.isChecked()),
            tuple(row for box, rows in self._people if box.isChecked() for row in rows),
        )
        self.accept()
        self.taken.emit(taken)

    def _chosen(self, content: PastedContent) -> Message:
        assert content.message is not None
        if _is_table(content) and content.table is not None:
            return message_of_table(content.table, as_lines=self._as_lines)
        return content.message


def messages_in(content: PastedContent) -> list[PastedContent]:
    """The messages of a content, each by itself."""
    return [one for one in (content, *content.further) if one.message is not None]


def _is_table(content: PastedContent) -> bool:
    return content.kind is ContentKind.ROWS and content.table is not None


def _people_found(content: PastedContent) -> tuple[PastedRow, ...]:
    return tuple(row for row in content.people if row.certainty is not Certainty.UNUSABLE)


def _is_people_first(content: PastedContent) -> bool:
    """A list of people is for the contacts; a message about people has other words, too."""
    plain = content.kind in (ContentKind.ROWS, ContentKind.TEXT, None)
    return plain and bool(_people_found(content))


def _draft(message: Message, extras: tuple[Extra, ...]) -> Draft:
    return replace(from_message(message), extras=extras, sends_extras=False)
