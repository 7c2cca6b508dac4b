"""Details of one send: its outcome in words, the message as readers saw it, every trace of it."""

import json
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Status, has_failed, summarize
from dingcomposer.core.messages import mentions_of
from dingcomposer.core.plain_text import clean_json
from dingcomposer.core.robot import DEFAULT_ENDPOINT, Robot
from dingcomposer.services.background import Background
from dingcomposer.services.recovery import (
    NOTHING,
    Offer,
    RecoveryAction,
    are_parts,
    missing_parts,
)
from dingcomposer.storage.history import AttemptRow, SendRow
from dingcomposer.ui import theme
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.history.attempts import AttemptsModel, AttemptsTable
from dingcomposer.ui.history.corrections import CorrectionLinks
from dingcomposer.ui.history.overview.bar_chart import Bar, BarChart
from dingcomposer.ui.history.receipt import NO_PROOF, ChainProof, ReceiptButton
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor, RenderContext
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.snippet_menu import SnippetMenu, SnippetSource
from dingcomposer.ui.preview.viewport import ChatViewport
from dingcomposer.ui.texts import time
from dingcomposer.ui.texts.archive.circumstances import phase_lines, phases_note
from dingcomposer.ui.texts.attempts import answer_text, is_by_dingtalk, request_text
from dingcomposer.ui.texts.outcomes import (
    may_have_arrived,
    outcome_words,
    parts_sentence,
    recovery_label,
    status_word,
    summary_sentence,
    unknown_sentence,
    waiting_words,
)
from dingcomposer.ui.texts.robots import robot_words
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.layouts import FlowLayout, set_tab_order_after
from dingcomposer.ui.widgets.outcome_lines import OutcomeLine, OutcomeLines
from dingcomposer.ui.widgets.outcome_panel import OutcomePanel
from dingcomposer.ui.widgets.plain_text import plain_label
from dingcomposer.ui.widgets.segmented_bar import SegmentedBar
from dingcomposer.ui.widgets.text_fields import FindPlaces, mark_places

BESIDE_FROM_PX = 820
"""How wide it must be to show the bubble beside the rest."""

_STAGE_PX = 440
_LEAST_MESSAGE_PX = 140
_LINES_PX = 10_000


class SendDetails(QWidget):
    """Shows a send and its attempts. Nothing is sent from here.

    Signals:
        again_requested(SendRow): send it once more as it was, as a send of its own.
        correction_requested(SendRow): write a correction of this send.
        recovery_requested(str): do what is offered for the send of this msgUuid.
        other_shown(): another send is shown than before.
        technical_toggled(bool): a person opened the technical details, or closed them.
    """

    again_requested = Signal(object)
    correction_requested = Signal(object)
    recovery_requested = Signal(str)
    other_shown = Signal()
    technical_toggled = Signal(bool)

    def __init__(
        self, navigator: Navigator, render: RenderContext, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._navigator = navigator
        self._names = render.names
        self.setObjectName("history.details")
        self.setAccessibleName(self.tr("Details of the send"))
        self._row: SendRow | None = None
        self._is_retry_offered = False
        self._offered = ""  # what is offered about the send, as a button says it
        self._attempts: tuple[AttemptRow, ...] = ()
        self._bubble = Bubble(background=Background(self), pictures=render.pictures)
        self._bubble.link_clicked.connect(navigator.open_link)
        self._stage = ChatViewport(self._bubble, Device.PC)
        self._stage.setObjectName("history.stage")
        self._verdict = OutcomePanel("history.verdict", self.tr("Outcome"), self)
        self._verdict.action_clicked.connect(self._on_action_clicked)
        self._verdict.meaning_wanted.connect(navigator.explain)
        self._attempts_model = AttemptsModel(self)
        self._request = self._text("history.request", self.tr("Request without secrets"))
        self._json = self._text("history.json", self.tr("Message as sent, as JSON"))
        self._robot = self._text("history.robot", self.tr("The robot as it was then"))
        self._phases = BarChart("history.phases", self.tr("What took how long"), self)
        self._phases_note = plain_label("", self, "history.phases.note")
        self._answer = self._text("history.answer", self.tr("Answer"))
        self._stack = QStackedWidget(self)
        self._bar = SegmentedBar(self)
        self._receipt = ReceiptButton(navigator.say, self)
        self.together = BroadcastLine(self)
        self.corrections = CorrectionLinks(self)
        self._origin = plain_label("", self, "history.origin")
        self._origin.setProperty("quiet", True)
        self._origin.hide()
        self._is_technical = False
        self._fold = QToolButton(self)
        self._fold.setObjectName("history.technical")
        self._fold.setCheckable(True)
        self._fold.setProperty("fold", True)
        self._fold.clicked.connect(self._on_fold_clicked)
        self._pages: dict[str, QWidget] = {}
        self._choices: dict[str, QWidget] = {}
        self._lay_out()
        self._follow_theme()
        self._place_bubble(is_beside=False)
        self.show_technical(is_shown=False)

    @property
    def row(self) -> SendRow | None:
        """The send that is shown, as it was when it was last shown."""
        return self._row

    @property
    def is_settled(self) -> bool:
        """True where all of the message is drawn."""
        return self._bubble.is_settled

    def show_send(
        self,
        row: SendRow,
        attempts: Sequence[AttemptRow],
        offer: Offer = NOTHING,
        *,
        robot: str = "",
        proof: ChainProof = NO_PROOF,
        waits: str = "",
        origin: str = "",
    ) -> None:
        """Show a send, and what is offered about it; the part that is looked at stays open.

        `robot` is the robot as it was then, in words; `proof` its place in the chain. `waits` says
        what it waits for, and until when; `origin` which schedule or table it came from.
        """
        self._origin.setText(origin)
        self._origin.setVisible(bool(origin))
        is_other = self._row is None or row.msg_uuid != self._row.msg_uuid
        self._row, self._attempts = row, tuple(attempts)
        self._is_retry_offered = offer.recovery_action is RecoveryAction.RETRY_SAFELY
        self._show_result(row, waits)
        label = "" if offer.recovery_action is None else recovery_label(offer.recovery_action)
        self._offered = label
        self._verdict.show_action(label, offer.sentence)
        self._correct.setVisible(row.status is Status.DELIVERED)
        if is_other:
            self.show_names()
            self._stage.go_to(0.0)
            self.other_shown.emit()
        self._attempts_model.show_attempts(self._attempts)
        self._receipt.show_send(row, self._attempts, proof)
        self._again.setVisible(row.status.is_final)
        _write(self._robot, robot)
        self._phases.show_bars(
            [
                Bar(name, words, max(round(took_ms * 1000), 1), f"{name}: {words}", None)
                for name, words, took_ms in phase_lines(self._attempts)
            ]
        )
        self._phases_note.setText(phases_note(self._attempts))
        _write(self._json, json_text(row))
        _write(self._request, request_text(row, self._attempts))
        _write(self._answer, answer_text(row, self._attempts))

    def show_waits(self, waits: str) -> None:
        """What the send that is shown waits for by now, and until when."""
        if self._row is not None and not self._row.status.is_final:
            self._show_result(self._row, waits)

    def show_found(self, find: FindPlaces | None) -> None:
        """Mark what is looked for, in the message and in its technical details."""
        self._bubble.show_found(find)
        for text in (self._json, self._request, self._answer):
            mark_places(text, find, theme.current().warn_soft)

    def show_names(self) -> None:
        """Show the message with the names as they are now."""
        row = self._row
        if row is not None:
            self._bubble.show_message(
                row.message,
                MessageAuthor(row.robot_name, row.robot_colour),
                at_names=self._names(),
                clock=time.minute(row.created_at),
                is_reader_mentioned=bool(mentions_of(row.message)),
            )

    def show_technical(self, *, is_shown: bool) -> None:
        """Open what programmers want to know of a send, or close it."""
        self._is_technical = is_shown
        self._fold.setChecked(is_shown)
        words = self.tr("Technical details")
        self._fold.setText(f"{'▾' if is_shown else '▸'}  {words}")
        self._fold.setAccessibleName(words)
        self._verdict.show_technical(is_shown=is_shown)
        for widget in (self._copy_as, self._copy, self._bar):
            widget.setVisible(is_shown)
        self._stack.setVisible(is_shown)

    def order_tabs_after(self, first: QWidget) -> None:
        """Let Tab lead from a widget to what can be done with the send, then to its details."""
        parts = (self._fold, self._bar, *self._choices.values(), *self._pages.values())
        buttons = (self._open, self._again, self._correct, self._receipt, self._copy_as, self._copy)
        set_tab_order_after(first, (*buttons, *parts))

    def make_menu(self) -> QMenu:
        """What can be done with the send that is shown; the menu deletes itself when closed."""
        menu = QMenu(self)
        menu.setObjectName("history.menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        entries = [self._open]
        if self._row is not None and self._row.status.is_final:
            entries.append(self._again)
        if self._row is not None and self._row.status is Status.DELIVERED:
            entries.append(self._correct)
        for button in entries:
            menu.addAction(button.text()).triggered.connect(button.click)
        if self._offered:
            menu.addAction(self._offered).triggered.connect(self._on_action_clicked)
        keep = menu.addAction(self.tr("Keep as a template…"))
        keep.setObjectName("history.keep_template")
        keep.triggered.connect(self._on_keep_wanted)
        menu.addSeparator()
        menu.addAction(self.tr("Copy the receipt")).triggered.connect(self._receipt.copy)
        menu.addAction(self.tr("Save the receipt…")).triggered.connect(self._receipt.save)
        technical = menu.addMenu(self.tr("Technical details"))
        snippets = self.make_snippet_menu(technical)
        if snippets is not None:
            technical.addMenu(snippets)
        technical.addAction(self._copy.text()).triggered.connect(self.copy_json)
        return menu

    def focus_part(self) -> None:
        """Lead the keyboard to the part that is open."""
        key = next(key for key, page in self._pages.items() if page is self._stack.currentWidget())
        if self._is_technical:
            self._pages[key].setFocus()
        else:
            self._open.setFocus()

    def copy_json(self) -> None:
        """Put the message's JSON into the clipboard."""
        if self._row is not None:
            QGuiApplication.clipboard().setText(json_text(self._row))
            self._navigator.say(self.tr("The message's JSON is on the clipboard."))

    def make_snippet_menu(self, parent: QWidget | None = None) -> SnippetMenu | None:
        """As what the send can be copied; None where none is shown. It is the parent's, or ours."""
        row = self._row
        if row is None:
            return None
        source = snippet_source(row, self._attempts, is_retry=self._is_retry_offered)
        return SnippetMenu(source, self._navigator.say, parent or self)

    def show_snippet_menu(self) -> None:
        """Ask as what to copy the send; the menu deletes itself when closed."""
        menu = self.make_snippet_menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self._copy_as.mapToGlobal(self._copy_as.rect().bottomLeft()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The message stands beside the rest where there is room, else above what is technical."""
        super().resizeEvent(event)
        is_beside = event.size().width() >= BESIDE_FROM_PX
        if is_beside != (self._stage.parentWidget() is self._ground):
            self._place_bubble(is_beside=is_beside)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._follow_theme()

    def _show_result(self, row: SendRow, waits: str) -> None:
        headline = self.tr("{status}: {group}, {time}").format(
            status=status_word(row.status),
            group=robot_words(row.robot_name, row.stage),
            time=time.full_day_time(row.created_at),
        )
        said = outcome_words(row, is_dingtalk=is_by_dingtalk(row, self._attempts))
        if not row.status.is_final:
            said = waiting_words(said, waits, row.retry_at)
        told = join_sentences((said.happened, said.helps))
        self._verdict.show_status(row.status, headline, told, said.own, said.technical)
        self._verdict.show_meaning("" if row.status is Status.DELIVERED else said.topic)

    def _follow_theme(self) -> None:
        on = theme.current()
        look = dt.style_of(is_dark=on.is_dark)
        self._stage.set_look(look)
        self._ground.setStyleSheet(
            f"QFrame#history\\.ground {{ background: {look.chat}; border: 1px solid {on.line};"
            " border-radius: 8px; }"
        )

    # Building

    def _lay_out(self) -> None:
        self._ground = QFrame(self)
        self._ground.setObjectName("history.ground")
        self._ground.setFixedWidth(_STAGE_PX)
        ground = QVBoxLayout(self._ground)
        ground.setContentsMargins(4, 4, 4, 4)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._verdict)
        right.addWidget(self._origin)
        right.addWidget(self.corrections)
        right.addWidget(self.together)
        right.addLayout(self._make_buttons())
        self._message = QWidget(self)
        self._message.setMinimumHeight(_LEAST_MESSAGE_PX)
        QVBoxLayout(self._message).setContentsMargins(0, 0, 0, 0)
        right.addWidget(self._message, 1)
        right.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self._bar)
        right.addWidget(self._stack, 1)
        right.addStretch(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._ground)
        row.addLayout(right, 1)
        self._bar.setObjectName("history.part")
        self._bar.chosen.connect(self._on_part_chosen)
        attempts = AttemptsTable(self._attempts_model, self)
        self._bar.setAccessibleName(self.tr("Technical details"))
        self._add_part("attempts", self.tr("Attempts"), attempts)
        self._add_part("request", self.tr("Request"), self._request)
        self._add_part("answer", self.tr("Answer"), self._answer)
        self._add_part("json", self.tr("JSON"), self._json)
        self._add_part("timing", self.tr("Timing"), self._make_timing())
        self._add_part("robot", self.tr("Robot"), self._robot)
        self._bar.choose("attempts")

    def _make_timing(self) -> QWidget:
        page = QWidget(self)
        page.setFocusProxy(self._phases)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self._phases)
        self._phases_note.setProperty("quiet", True)
        column.addWidget(self._phases_note)
        column.addStretch(1)
        return page

    def _add_part(self, key: str, label: str, page: QWidget) -> None:
        self._choices[key] = self._bar.add(key, label)
        self._stack.addWidget(page)
        self._pages[key] = page

    def _make_buttons(self) -> FlowLayout:
        open_as_new = self._open = self._button("history.open", self.tr("Open as new message"))
        open_as_new.setToolTip(self.tr("Continue with this message; you choose the group again"))
        open_as_new.clicked.connect(self.open_as_new)
        self._correct = self._button("history.correct", self.tr("Write a correction"))
        self._correct.setToolTip(
            self.tr("DingTalk has no recall: a new message that sets it right is all there is")
        )
        self._correct.clicked.connect(self._on_correct_clicked)
        self._correct.hide()
        self._again = self._button("history.again_as_new", self.tr("Send again…"))
        self._again.setToolTip(
            self.tr("The same message to the same group, as a new one; you are asked once")
        )
        self._again.clicked.connect(self._on_again_clicked)
        self._again.hide()
        copy_as = self._copy_as = self._button("history.copy_as", self.tr("Copy as…"))
        copy_as.setToolTip(
            self.tr("A program that sends it, to run elsewhere; token and secret are left out")
        )
        copy_as.clicked.connect(self.show_snippet_menu)
        copy = self._copy = self._button("history.copy_json", self.tr("Copy JSON"))
        copy.clicked.connect(self.copy_json)
        row = FlowLayout(gap=8)
        for button in (open_as_new, self._again, self._correct, self._receipt, copy_as, copy):
            row.addWidget(button)
        return row

    def _button(self, name: str, label: str) -> QPushButton:
        button = QPushButton(label, self)
        button.setObjectName(name)
        button.setAccessibleName(label)
        return button

    def _text(self, name: str, label: str) -> QPlainTextEdit:
        text = QPlainTextEdit(self)
        text.setObjectName(name)
        text.setAccessibleName(label)
        text.setReadOnly(True)
        text.setTabChangesFocus(True)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        return text

    def _place_bubble(self, *, is_beside: bool) -> None:
        home = self._ground if is_beside else self._message
        layout = home.layout()
        assert layout is not None
        layout.addWidget(self._stage)
        self._stage.show()
        self._ground.setVisible(is_beside)
        self._message.setVisible(not is_beside)

    def _on_part_chosen(self, key: str) -> None:
        self._stack.setCurrentWidget(self._pages[key])

    def _on_fold_clicked(self, is_open: bool) -> None:
        self.show_technical(is_shown=is_open)
        self.technical_toggled.emit(is_open)

    def _on_again_clicked(self) -> None:
        if self._row is not None:
            self.again_requested.emit(self._row)

    def _on_correct_clicked(self) -> None:
        if self._row is not None:
            self.correction_requested.emit(self._row)

    def _on_action_clicked(self) -> None:
        if self._row is not None:
            self.recovery_requested.emit(self._row.msg_uuid)

    def _on_keep_wanted(self) -> None:
        if self._row is not None:
            self._navigator.keep_as_template(self._row.message)

    def open_as_new(self) -> None:
        """Open the message of the send as a draft of its own, and say that it is one."""
        if self._row is not None:
            self._navigator.open_as_new(self._row.message)
            self._navigator.say(self.tr("Opened as a new draft, for no group yet."))


class BroadcastLine(QWidget):
    """How the other sends of a broadcast fared; hidden where a send stands alone.

    Signals:
        failed_wanted(str): send to those that failed, of the group of this msgUuid.
        recovery_wanted(str): do what is offered for the send of this msgUuid.
    """

    failed_wanted = Signal(str)
    recovery_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._msg_uuid = ""
        self._lines = OutcomeLines(
            "history.together.groups", self, most_px=_LINES_PX
        )  # it scrolls with the rest
        self._lines.action_clicked.connect(self.recovery_wanted)
        self._words = plain_label("", self, "history.together")
        self._again = QPushButton(recovery_label(RecoveryAction.SEND_TO_FAILED), self)
        self._again.setObjectName("history.failed")
        self._again.setAccessibleName(self._again.text())
        self._again.clicked.connect(lambda: self.failed_wanted.emit(self._msg_uuid))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._lines)
        self.hide()

    def show_group(
        self, row: SendRow, group: Sequence[SendRow], lines: Sequence[OutcomeLine] = ()
    ) -> None:
        """Show how the sends fared that this one went out with; none where it stands alone.

        `lines` say of each other group why it did not get the message, and what helps.
        """
        self._lines.show_lines(lines)
        self._msg_uuid = row.msg_uuid
        busy = sum(
            one.status is Status.REFUSED and may_have_arrived(one.status, one.cause)
            for one in group
        )
        counts = summarize((one.status for one in group), busy=busy)
        in_parts = are_parts(group)
        words = self.tr("Sent to %n group(s) at once: {outcomes}", "", len(group))
        told = words.format(outcomes=summary_sentence(counts))
        if in_parts:
            told = parts_sentence(counts)
        self._words.setText("\n".join(filter(None, (told, unknown_sentence(counts)))))
        failed = any(has_failed(one.status, one.cause) for one in group)
        if in_parts:
            failed = bool(missing_parts(group))
        action = RecoveryAction.SEND_MISSING_PARTS if in_parts else RecoveryAction.SEND_TO_FAILED
        self._again.setText(recovery_label(action))
        self._again.setAccessibleName(self._again.text())
        self._again.setVisible(failed and not counts.waiting)
        self.setVisible(bool(group))


def _write(text: QPlainTextEdit, content: str) -> None:
    """Show other words; the same ones leave the reader's place and selection as they are."""
    if text.toPlainText() != content:
        text.setPlainText(content)


def json_text(row: SendRow) -> str:
    """The message as it was sent, but for `msgUuid`, easy to read."""
    return clean_json(json.dumps(json.loads(row.payload), ensure_ascii=False, indent=2))


def snippet_source(
    row: SendRow, attempts: Sequence[AttemptRow], *, is_retry: bool
) -> SnippetSource:
    """The send as something to copy. `is_retry`: under its id, so that it does not come twice."""
    endpoint = attempts[-1].url if attempts else DEFAULT_ENDPOINT
    robot = Robot(row.robot_id, row.robot_name, row.robot_colour, row.stage, endpoint)
    # A robot that refused a message without a signature expects one.
    is_signed = True if row.cause is Cause.SIGNATURE else row.is_signed
    return SnippetSource(row.message, robot, is_signed, row.msg_uuid if is_retry else None)
