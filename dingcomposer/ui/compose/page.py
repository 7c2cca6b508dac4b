"""The page on which a message is written: kinds, form, problems, and the send bar."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checks.problems import Problem, ProblemCode, Severity
from dingcomposer.core.draft import Caret, Draft, to_message
from dingcomposer.core.messages import Kind
from dingcomposer.core.robot import Robot
from dingcomposer.services.background import Background
from dingcomposer.services.contacts import Contacts
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.live_checks import CheckInput, CheckResult, ListMembers, LiveChecker
from dingcomposer.services.settings import SWITCHED_OFF, Settings
from dingcomposer.ui.compose.form import DraftForm
from dingcomposer.ui.compose.form_area import GUTTER_PX, FormArea
from dingcomposer.ui.compose.kinds import kind_words, kinds_bar, sample_of, view_bar
from dingcomposer.ui.compose.problem_list import ProblemList
from dingcomposer.ui.compose.send_bar import SEND_KEYS, SendBar
from dingcomposer.ui.texts.robots import no_webhook_reason
from dingcomposer.ui.widgets.layouts import Floating
from dingcomposer.ui.widgets.text_fields import TextField

if TYPE_CHECKING:
    # At run time where there is a problem to be set right, and where the JSON is wanted.
    from dingcomposer.core.lint import Lint
    from dingcomposer.ui.compose.json_pane import ExtrasRow, JsonPane
    from dingcomposer.ui.compose.quick_fixes import QuickFixes
    from dingcomposer.ui.compose.source.find_bar import FindBar

UNDO_KEYS = ("Ctrl+Z",)
REDO_KEYS = ("Ctrl+Shift+Z", "Ctrl+Y")
_TO_FILL = (ProblemCode.EMPTY_FIELD, ProblemCode.EMPTY_FIELD_UNPROVEN, ProblemCode.NO_FEED_ITEMS)
_OF_NAMES = (
    *(ProblemCode.MENTION_BY_NAME, ProblemCode.MENTION_NAME_SHARED),
    ProblemCode.MENTION_NAME_UNKNOWN,
)


class ComposePage(QWidget):
    """A view of a `DraftSession`; build it anew for another language, the session keeps all.

    `sentence_of` and `label_of` put a problem and the path of a field into words. When the typing
    rests, what was written is checked in the `background`, its own unless one is given. `book`
    has the people that can be mentioned by name. `settings` say what is not to be told, `now` is
    the local time by which something is past.

    Signals:
        send_requested: the person wants to send; whoever listens asks about `problems` and sends.
        broadcast_requested(): the person wants to send to several robots at once.
        rehearsal_requested(str): the same for a test robot; the draft stays aimed where it is.
        target_chosen(str | None): the person aimed the draft at a robot, or at none.
        checked(tuple[Problem, ...]): the newest list of problems.
        field_requested(str): lead to a field that is not on this page, e.g. "robot.secret".
        place_changed(str, int): the field with the keyboard, and the line in it, from 0 on.
        marks_moved: `marks` are others, or stand beside other lines.
        noted(str): what is known about the caret's line; "" where that is nothing.
        parts_requested: the message is too long, and is to go out in parts.
        filling_requested: the fields of the message are to be filled in.
        said(str): a sentence for the status line.
        meaning_wanted(str): show this section of the guide.
        tables_chosen(bool): a person chose what becomes of pasted tables: lines where True.
    """

    send_requested = Signal()
    meaning_wanted = Signal(str)
    rehearsal_requested = Signal(str)
    broadcast_requested = Signal()
    target_chosen = Signal(object)
    checked = Signal(object)
    field_requested = Signal(str)
    place_changed = Signal(str, int)
    marks_moved = Signal()
    noted = Signal(str)
    parts_requested = Signal()
    filling_requested = Signal()
    said = Signal(str)
    tables_chosen = Signal(bool)

    def __init__(
        self,
        session: DraftSession,
        sentence_of: Callable[[Problem], str],
        label_of: Callable[[str], str],
        parent: QWidget | None = None,
        *,
        background: Background | None = None,
        book: Contacts | None = None,
        settings: Settings | None = None,
        now: Callable[[], datetime | None] = lambda: None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("compose")
        self._settings, self._sentence_of = settings, sentence_of
        self._quick_fixes: QuickFixes | None = None
        self._lints: tuple[Lint, ...] = ()
        self._session, self._book = session, book
        self._robots: tuple[Robot, ...] = ()
        self._members: ListMembers = {}
        self._proposed_id: str | None = None
        self._is_sending, self._wait = False, ""
        self._covers: list[QWidget] = []
        # A new message is checked field by field, as it is written; any other as a whole.
        self._is_checked = not session.draft.is_blank
        self._touched: set[str] = set()
        self._why_not, self._place, self._checked_bytes = "", ("", -1), 0
        self._problems: tuple[Problem, ...] = ()
        background = background or Background(self)
        self._live_checker = LiveChecker(self._subject, background, self, now=now)
        self._live_checker.checked.connect(self._on_checked)
        if book:
            book.changed.connect(self._live_checker.check_when_idle)
        self._kinds, self._view = kinds_bar(self), view_bar(self)
        self._form = DraftForm(session, self, book=book, background=background)
        self._form.set_corner(self._view)
        self._json: JsonPane | None = None
        self._form_caret = Caret()  # where it was in the form before the JSON was shown
        self._find_bar: FindBar | None = None
        self._extras: ExtrasRow | None = None
        self._takes_secret: Callable[[QMimeData], bool] | None = None
        self._notice = QLabel(self)
        self._notice.setObjectName("compose.notice")
        self._notice.setProperty("notice", True)
        self._notice.setWordWrap(True)
        self._notice.hide()
        self._list = ProblemList(sentence_of, label_of, self._can_fix, self)
        self._send_bar = SendBar(self)
        self._lay_out()
        self._add_actions()
        self._connect()
        self._show_target()
        self._on_changed(session.draft)
        self._live_checker.check_now()

    @property
    def quick_fixes(self) -> "QuickFixes":
        """What sets problems right; made when it is first wanted."""
        if self._quick_fixes is None:
            from dingcomposer.ui.compose.quick_fixes import QuickFixes

            self._quick_fixes = QuickFixes(
                self._session,
                self,
                settings=self._settings,
                find_problems=lambda: self.problems,
                find_lints=lambda: self._lints,
                sentence_of=self._sentence_of,
            )
            self._quick_fixes.fixed.connect(self._on_fixed)
            self._quick_fixes.switched_off.connect(self._live_checker.check_now)
            self._quick_fixes.said.connect(self.said)
            self._quick_fixes.meaning_wanted.connect(self.meaning_wanted)
            self._quick_fixes.asked.connect(self._on_asked)
        return self._quick_fixes

    def show_fixes(self) -> None:
        """Offer what can be set right where the keyboard is, in a menu beside it."""
        widget = QApplication.focusWidget()
        if widget is None or not self._form.isAncestorOf(widget):
            widget = self._form.text
        text = self._form.text
        area = text.cursorRect() if widget is text else widget.rect()
        viewport = text.viewport() if widget is text else widget
        path, line = self._form.path_of(widget), text.caret_line + 1 if widget is text else 1
        self.quick_fixes.show_at(path, line, viewport.mapToGlobal(area.bottomLeft()))

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What `core.checks` found in the newest draft, worst first."""
        if self._live_checker.is_due:
            self._live_checker.check_now()
        return self._problems

    @property
    def checked_bytes(self) -> int:
        """How many bytes the message takes that was checked last."""
        return self._checked_bytes

    def set_robots(self, robots: tuple[Robot, ...], members: ListMembers | None = None) -> None:
        """What can be the target, in order; of lists also who is in them, by their ids."""
        self._robots, self._members = robots, members or {}
        self._show_target()
        self._live_checker.check_now()

    def propose(self, robot_id: str | None) -> None:
        """Offer a group for the draft until it has one; None offers none."""
        self._proposed_id = robot_id
        self._show_target()

    def set_target(self, robot_id: str | None) -> None:
        """Show the target that a person chose elsewhere."""
        self._session.set_target(robot_id)

    def set_sending(self, is_sending: bool) -> None:
        """Whether this draft is under way; while it is, it cannot be sent again."""
        self._is_sending = is_sending
        self._show_reason()

    def set_wait(self, sentence: str, label: str) -> None:
        """That this draft waits, for what and until when; both "" where it does not."""
        self._wait = sentence
        self._send_bar.show_wait(label)
        self._show_reason()

    def set_paste_filter(
        self, takes: Callable[[QMimeData], bool], takes_secret: Callable[[QMimeData], bool]
    ) -> None:
        """`takes` sees each paste into the form first, `takes_secret` each into the JSON.

        Where they say True, no field takes it.
        """
        self._form.set_paste_filter(takes)
        self._takes_secret = takes_secret

    @property
    def form(self) -> DraftForm:
        """The fields of the message."""
        return self._form

    def open_finder(self, *, replaces: bool) -> None:
        """Look for words in all fields, and put others in their place."""
        from dingcomposer.ui.compose.source.find_bar import FindBar

        self.show_json(is_shown=False)
        if self._find_bar is None:
            self._find_bar = FindBar(self._form, self._area, self._session, self)
            self._find_bar.said.connect(self.said)
            self._column.insertWidget(1, self._find_bar)
        self._find_bar.open_bar(replaces=replaces)

    @property
    def shows_json(self) -> bool:
        """Whether the message is shown as JSON, not as a form."""
        return self._json is not None and not self._json.isHidden()

    def show_json(self, *, is_shown: bool) -> None:
        """Show the message as JSON, or as a form, and put the keyboard there."""
        self._view.choose("json" if is_shown else "form")
        if is_shown and self._session.caret.path != "json":
            self._form_caret = self._session.caret
        if is_shown and self._json is None:
            from dingcomposer.ui.compose.json_pane import JsonPane

            self._json = JsonPane(self._session, self)
            self._json.stated.connect(self._show_reason)
            if self._takes_secret is not None:
                self._json.editor.set_paste_filter(self._takes_secret)
            self._json.give_way((self._list.rows, *self._covers), margin_px=GUTTER_PX)
            self._column.insertWidget(self._column.indexOf(self._area) + 1, self._json, 1)
        if self._json is not None:
            if not is_shown and self.shows_json:
                self._session.set_caret(self._form_caret)
            self._form.set_corner(None if is_shown else self._view)
            if is_shown:
                self._json.set_corner(self._view)
            self._json.setVisible(is_shown)
        self._area.setHidden(is_shown)
        self._show_reason()
        self.focus_caret()

    def request_broadcast(self) -> None:
        """Ask for the message to be sent to several robots, all that was typed included."""
        if self._is_taken():
            self.broadcast_requested.emit()

    def focus_field(self, path: str, line: int = 0) -> bool:
        """Put the keyboard into the field of a path, at a line of it; False if it is not here."""
        return self._form.focus_field(path, line)

    def add_above_send(self, widget: QWidget) -> None:
        """Lay a widget over the problems; when it comes and goes, all stays where it is."""
        self._covers.append(widget)
        self._area.watch(widget)
        Floating(widget, self, self._list.geometry)

    @property
    def marks(self) -> Mapping[int, str]:
        """The words beside each marked line of the text, from line 0 on."""
        return self._form.text.marks

    def copy_draft(self) -> None:
        """Put what was written into the clipboard: the title, then the text."""
        draft = self._session.draft
        QGuiApplication.clipboard().setText("\n\n".join(filter(None, (draft.title, draft.text))))

    def focus_caret(self) -> None:
        """Put the keyboard where it was in the draft, be it the JSON; else where writing begins."""
        caret = self._session.caret
        if caret.path == "json" and not self.shows_json:
            self.show_json(is_shown=True)
        elif self._json is not None and self.shows_json:
            self._json.focus_caret(caret)
        else:
            self._form.focus_caret(caret)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height between form and problems."""
        super().resizeEvent(event)
        self._list.set_room(self.height())
        self._area.set_room(self.height(), free_px=self._list.room_px)

    # --- building -------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        self._area = area = FormArea(self._form, self)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16 - GUTTER_PX, 12)
        column.setSpacing(8)
        hairline = QFrame(self)
        hairline.setProperty("hairline", True)
        Floating(self._list.rows, self, self._above_line)
        Floating(self._notice, self, self._list.geometry)
        for part in (self._kinds, area, hairline, self._list, self._send_bar):
            if part is area:
                column.addWidget(part, 1)
                continue
            inset = QHBoxLayout()
            inset.setContentsMargins(0, 0, GUTTER_PX, 0)
            inset.addWidget(part)
            column.addLayout(inset)

    def _above_line(self) -> QRect:
        """Where problems stand: on the line that counts them, and as high as they need."""
        line = self._list.geometry()
        return QRect(line.left(), line.top(), line.width(), 0)

    def _add_actions(self) -> None:
        """Keys that work wherever on the page the keyboard is; sending, in the whole window."""
        self.send_action = QAction(self.tr("Send"), self)
        self.send_action.setShortcuts([QKeySequence(key) for key in SEND_KEYS])
        self.send_action.triggered.connect(self._on_send)
        self.undo_action = QAction(self.tr("Undo"), self)
        self.undo_action.setShortcuts([QKeySequence(key) for key in UNDO_KEYS])
        self.undo_action.triggered.connect(self._session.undo)
        self.redo_action = QAction(self.tr("Redo"), self)
        self.redo_action.setShortcuts([QKeySequence(key) for key in REDO_KEYS])
        self.redo_action.triggered.connect(self._session.redo)
        for action in (self.undo_action, self.redo_action):
            action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.addActions([self.send_action, self.undo_action, self.redo_action])

    def _connect(self) -> None:
        self._kinds.chosen.connect(self._on_kind_chosen)
        self._view.chosen.connect(lambda key: self.show_json(is_shown=key == "json"))
        self._form.touched.connect(self._on_touched)
        self._form.refused.connect(self._on_refused)
        self._form.offer_closed.connect(self._show_problems)
        self._list.activated.connect(self._on_problem_activated)
        self._list.sample_asked.connect(self._on_sample_asked)
        self._list.fix_asked.connect(lambda found: self.quick_fixes.fix(found))  # noqa: PLW0108 - made then
        self._list.menu_asked.connect(
            lambda found, place: self.quick_fixes.show_of(found, place)  # noqa: PLW0108
        )
        self._send_bar.send_clicked.connect(self._on_send)
        self._send_bar.broadcast_clicked.connect(self.request_broadcast)
        self._send_bar.rehearsal_chosen.connect(self._on_rehearsal_chosen)
        self._send_bar.target_chosen.connect(self._on_target_chosen)
        self._form.text.cursorPositionChanged.connect(self._area.show_focus)
        self._form.text.caret_moved.connect(self._show_place)
        self._form.text.marks_moved.connect(self.marks_moved)
        self._form.text.tables_chosen.connect(self.tables_chosen)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)
        self._session.replaced.connect(self._on_replaced)
        self._session.caret_wanted.connect(self._on_caret_wanted)
        self._session.changed.connect(self._on_changed)
        self._session.target_changed.connect(self._on_target_changed)
        self._session.undo_changed.connect(self._on_undo_changed)
        self._on_undo_changed(self._session.can_undo, self._session.can_redo)

    # --- showing --------------------------------------------------------------------------------

    def _target(self) -> Robot | None:
        wanted = self._session.target_id
        return next((robot for robot in self._robots if robot.robot_id == wanted), None)

    def _show_target(self) -> None:
        target, proposed = self._target(), self._proposed_id
        self._send_bar.show_target(self._robots, target)
        offered = (robot for robot in self._robots if target is None and robot.robot_id == proposed)
        self._send_bar.propose(next(offered, None))
        self._show_reason()

    def _show_reason(self) -> None:
        target = self._target()
        before, self._why_not = self._why_not, self._reason(target)
        self._send_bar.show_reason(self._why_not, is_busy=self._is_sending)
        if bool(before) != bool(self._why_not):
            self._show_problems()

    def _reason(self, target: Robot | None) -> str:
        if target is None:
            return self.tr("Choose a group first")
        if self._is_sending:
            return self._wait or self.tr("Sending…")
        if not target.has_token:
            return no_webhook_reason(target)
        if self._json is not None and self.shows_json and self._json.trouble:
            return self._json.trouble
        impossible = next((one for one in self._problems if not one.can_insist), None)
        return self._sentence_of(impossible) if impossible else ""

    def _subject(self) -> CheckInput:
        contacts = self._book.contacts if self._book else ()
        hidden = self._settings.value(SWITCHED_OFF) if self._settings else frozenset()
        members = self._members.get(self._session.target_id or "", ())
        message = to_message(self._session.draft)
        return CheckInput(message, self._target(), contacts, hidden, members)

    def _can_fix(self, problem: Problem) -> bool:
        return self.quick_fixes.can_fix(problem)

    def _on_checked(self, result: CheckResult) -> None:
        self._problems, self._checked_bytes = result.problems, result.size_bytes
        self._lints = result.lints
        self._send_bar.show_size(result.size_bytes)
        self._form.text.set_marks(_marks_of(result))
        self._show_problems()
        self._show_reason()
        self.checked.emit(self._problems)

    def _show_problems(self) -> None:
        draft = self._session.draft
        if draft.is_blank and not self._is_checked:
            self._form.show_faults(())
            self._list.show_hint(kind_words(draft.kind).blank_hint, offers_sample=True)
            return
        to_fill = [one for one in self._problems if self._is_to_fill(one)]
        shown = [one for one in self._problems if one not in to_fill and not self._is_begun(one)]
        self._list.show_problems(shown, to_fill=to_fill, is_ready=not self._why_not)
        self._form.show_faults(
            one.field
            for one in shown
            if one.severity is Severity.BLOCKS and (self._is_checked or one.field in self._touched)
        )

    def _is_to_fill(self, problem: Problem) -> bool:
        """An empty field that nobody was in yet is no fault: it is still to be written."""
        is_new = problem.field not in self._touched
        return is_new and problem.code in _TO_FILL and not self._is_checked

    def _is_begun(self, problem: Problem) -> bool:
        """A name that is just being typed, with people offered for it, is no fault yet."""
        begun = self._form.begun_name
        return begun is not None and problem.code in _OF_NAMES and ("name", begun) in problem.params

    # --- answering ------------------------------------------------------------------------------

    def _on_sample_asked(self) -> None:
        """Fill in the sample of this kind: one step, which undo takes back."""
        self._session.edit(sample_of(self._session.draft.kind))
        self._form.first_field().setFocus()

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        # A row that was just made takes its place later in this turn: look after it.
        if now is not None and self._form.isAncestorOf(now):
            self._show_place()
            if isinstance(now, TextField):
                self._form.note_caret(now)
            QTimer.singleShot(0, self, self._area.follow_focus)
        elif now is not None and self._list.rows.isAncestorOf(now):
            for cover in self._covers:  # who goes through the problems is to see them
                cover.hide()

    def _show_place(self) -> None:
        """Say where the keyboard is; while it is elsewhere than in the form, where it was."""
        text, widget = self._form.text, QApplication.focusWidget()
        if widget is None or not self._form.isAncestorOf(widget):
            return
        is_text = widget is text
        place = (self._form.path_of(widget), text.caret_line if is_text else 0)
        if place != self._place:
            self._place = place
            self.place_changed.emit(*place)
        self.noted.emit(text.caret_words if is_text else "")

    def _on_changed(self, draft: Draft) -> None:
        self._kinds.choose(draft.kind.value)
        self._notice.hide()
        if draft.extras and self._extras is None:
            from dingcomposer.ui.compose.json_pane import ExtrasRow

            self._extras = ExtrasRow(self._session, self)
            inset = QHBoxLayout()
            inset.setContentsMargins(0, 0, GUTTER_PX, 0)
            inset.addWidget(self._extras)
            self._column.insertLayout(self._column.count() - 3, inset)
        self._live_checker.check_when_idle()

    def _on_replaced(self, draft: Draft) -> None:
        self._touched.clear()
        self._is_checked = not draft.is_blank

    def _on_kind_chosen(self, key: str) -> None:
        self._session.edit(self._form.of_kind(Kind(key)))
        # Whoever chooses by arrow keys goes on with them; Tab leads from there to the fields.
        if self._kinds.isAncestorOf(QApplication.focusWidget() or self):
            return
        if self.shows_json:
            self.focus_caret()
        else:
            self._form.focus_empty()

    def _on_caret_wanted(self, caret: Caret) -> None:
        has_keys = self.isAncestorOf(QApplication.focusWidget() or self)
        if not self.isVisible() or not (caret.path or has_keys):
            return
        if self.shows_json and caret.path not in ("", "json"):
            self._form_caret = caret
            self.show_json(is_shown=False)
        else:
            self.focus_caret()

    def _on_touched(self, path: str) -> None:
        self._touched.add(path)

    def _on_refused(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.show()
        self.said.emit(sentence)

    def _on_problem_activated(self, problem: Problem) -> None:
        if self.shows_json:
            self.show_json(is_shown=False)
        line = next((value for name, value in problem.params if name == "line"), 0)
        if not self._form.focus_field(problem.field, line if isinstance(line, int) else 0):
            self.field_requested.emit(problem.field)

    def _on_asked(self, code: ProblemCode) -> None:
        is_long = code is ProblemCode.TOO_LONG
        (self.parts_requested if is_long else self.filling_requested).emit()

    def _on_fixed(self) -> None:
        had_focus = self._list.rows.isAncestorOf(QApplication.focusWidget() or self)
        self._live_checker.check_now()
        if had_focus and not self._list.rows.isAncestorOf(QApplication.focusWidget() or self):
            self.focus_caret()  # the row went, and the keyboard must be somewhere

    def _on_send(self) -> None:
        if not self._form.commit_typed():
            return
        if self._target() is None:
            self._send_bar.offer_groups()
            return
        self._is_checked = True
        self._live_checker.check_now()
        if self._why_not:
            self.said.emit(self._why_not)
        else:
            self.send_requested.emit()

    def _on_rehearsal_chosen(self, robot_id: str) -> None:
        if self._is_taken():
            self.rehearsal_requested.emit(robot_id)

    def _is_taken(self) -> bool:
        """Whether all that was typed is in the draft; from now on it is checked as a whole."""
        if not self._form.commit_typed():
            return False
        self._is_checked = True
        self._live_checker.check_now()
        return True

    def _on_target_chosen(self, robot_id: str | None) -> None:
        self.target_chosen.emit(robot_id)
        self._session.set_target(robot_id)

    def _on_target_changed(self, _robot_id: str | None) -> None:
        self._show_target()
        self._live_checker.check_now()

    def _on_undo_changed(self, can_undo: bool, can_redo: bool) -> None:
        self.undo_action.setEnabled(can_undo)
        self.redo_action.setEnabled(can_redo)


def _marks_of(result: CheckResult) -> dict[int, str]:
    """What is said beside the text's lines."""
    if not result.lints:
        return {}
    from dingcomposer.ui.texts.lints import mark_words  # 35 sentences, when one is said

    return mark_words(result.lints)
