"""Send bar below the form: the message's size, its target, and the button that sends it."""

from collections.abc import Callable

from PySide6.QtCore import QLocale, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QIcon, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QVBoxLayout, QWidget

from dingcomposer.core.limits import BODY_BYTES
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import is_list
from dingcomposer.ui import theme
from dingcomposer.ui.texts.robots import robot_words, stage_word
from dingcomposer.ui.widgets.buttons import ElidedButton, begin_at_choice, settle_after_menu
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.plain_text import ElidedLabel, plain_tip

SEND_KEYS = ("Ctrl+Return", "Ctrl+Enter")
SHOWS_FROM = 0.5
"""From this part of the limit on, it is said how many bytes a message takes."""


class SendBar(QFrame):
    """Always in sight below the form.

    Signals:
        send_clicked: the person wants to send.
        target_chosen(str | None): the person aimed at a robot, or at none.
        broadcast_clicked(): the person wants to send to several robots at once.
        schedule_clicked(): the person wants to send at a set time.
        rehearsal_chosen(str): the person wants to send to a test robot, and aim where they did.
    """

    send_clicked = Signal()
    target_chosen = Signal(object)
    rehearsal_chosen = Signal(str)
    broadcast_clicked = Signal()
    schedule_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._robots: tuple[Robot, ...] = ()
        self._target: Robot | None = None
        self._proposal: ElidedButton | None = None
        self._wait = ""
        self._reasoned: tuple[str, bool, bool] | None = None
        self._returns_focus = False
        self._size = QLabel(self)
        self._size.setObjectName("compose.size")
        self._size.setAutoFillBackground(True)  # it changes by itself, at each pause of typing
        self._size.setToolTip(self.tr("The whole request as sent, including its message ID."))
        self._reason = ElidedLabel(self)
        self._reason.setObjectName("compose.reason")
        self._reason.setProperty("quiet", True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.chooser = ElidedButton(self)
        self.chooser.setObjectName("compose.target")
        self.chooser.setAutoDefault(False)
        self.chooser.setIconSize(QSize(16, 16))
        self._menu = QMenu(self.chooser)
        self._menu.setObjectName("compose.target.menu")
        self._menu.aboutToShow.connect(self._fill_menu)
        begin_at_choice(self._menu)
        self.chooser.setMenu(self._menu)
        settle_after_menu(self.chooser)
        self.send = ElidedButton(self)
        self.send.setObjectName("compose.send")
        self.send.setAutoDefault(False)
        self.send.setProperty("primary", True)
        # The keyboard stays where a person writes, whatever is clicked here.
        self.chooser.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.send.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.send.clicked.connect(self.send_clicked)
        self.more = QToolButton(self)
        self.more.setObjectName("compose.more")
        self.more.setAccessibleName(self.tr("More ways to send"))
        self.more.setToolTip(self.tr("In a test group, to several groups, or at a time"))
        self.more.setText("⋯")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more_menu = QMenu(self.more)
        self._more_menu.setObjectName("compose.more.menu")
        self.more.setMenu(self._more_menu)
        settle_after_menu(self.more)
        self._lay_out()
        self.show_size(0)
        self.show_target((), None)
        self.show_reason("")

    def show_size(self, size_bytes: int) -> None:
        """How many bytes the message takes as sent."""
        grouped = QLocale().toString  # as the sentence of a message that is too long has it
        words = self.tr("{size} / {limit} bytes").format(
            size=grouped(size_bytes), limit=grouped(BODY_BYTES)
        )
        before = self._size.text()
        if words == before:
            return
        self._size.setText(words)
        is_over = size_bytes > BODY_BYTES
        is_restyled = self._size.property("over") != is_over
        if is_restyled:
            self._size.setProperty("over", is_over)
            self._size.setProperty("quiet", not is_over)
            self._size.style().unpolish(self._size)
            self._size.style().polish(self._size)
        # What nobody needs to know is not said.
        self._size.setVisible(size_bytes >= BODY_BYTES * SHOWS_FROM)
        needed = self._size.fontMetrics().horizontalAdvance(words)
        if len(words) == len(before) and needed <= self._size.width() and not is_restyled:
            return  # as at most pauses of the typing
        hint = self._size.sizeHint()
        if hint.width() > self._size.width() or hint.height() != self._size.height():
            # Of a fixed size: else the whole window would be laid out anew at each pause.
            self._size.setFixedSize(hint)

    def show_target(self, robots: tuple[Robot, ...], target: Robot | None) -> None:
        """Which robots can be chosen, and which is."""
        self._robots, self._target = robots, target
        self._fill_menu()
        self._fill_more_menu()
        if target is None:
            self.chooser.set_words("", self.tr("No group yet"), "")
            self.chooser.setIcon(QIcon())
            self.send.setStyleSheet("")
        else:
            self.chooser.set_words("", clean(target.name), "")
            self.chooser.setIcon(dot_icon(target.colour))
            self.send.setStyleSheet(_in_colour(target.colour))
        self._show_send_words()
        self.chooser.setToolTip(self.tr("Group to send to"))

    def propose(self, robot: Robot | None) -> None:
        """Offer a group that a person may mean, to be chosen by a click; None offers none."""
        if self._proposal is not None:
            self._proposal.hide()
            self._proposal.deleteLater()
            self._proposal = None
        if robot is None:
            return
        button = self._proposal = ElidedButton(self)
        button.setObjectName("compose.proposal")
        button.setAutoDefault(False)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setIcon(dot_icon(robot.colour))
        before, after = self.tr("For {group}, who got what is corrected").split("{group}")
        button.set_words(before, robot_words(robot.name, robot.stage), after)
        button.clicked.connect(self._choosing(robot.robot_id))
        self._above.addWidget(button)
        button.show()

    def show_wait(self, words: str) -> None:
        """That the message waits, in place of whom Send sends to; "" ends that."""
        self._wait = words
        self._show_send_words()

    def _show_send_words(self) -> None:
        target = self._target
        if self._wait:
            self.send.set_words("", self._wait, "")
        elif target is None:
            self.send.set_words("", self.tr("Choose a group"), "")
        else:
            before, after = self.tr("Send to {group} · {stage}").split("{group}")
            self.send.set_words(
                before, clean(target.name), after.format(stage=stage_word(target.stage))
            )

    def show_reason(self, reason: str, *, is_busy: bool = False) -> None:
        """Why the message cannot be sent now; "" where it can. `is_busy`: it is under way."""
        state = (reason, is_busy, self._target is None)
        if state == self._reasoned:
            return
        self._reasoned = state
        native = QKeySequence.SequenceFormat.NativeText
        key = QKeySequence(SEND_KEYS[0]).toString(native).replace("Return", "Enter")
        # Without a group the button says so itself, and leads to the list of groups.
        can_press = not reason or self._target is None
        if self.send.toolTip() == (reason or key) and can_press == self.send.isEnabled():
            return
        if not can_press and is_busy and self.send.hasFocus():
            # Held here, not by the button beside it, until the send is over.
            self._returns_focus = True
            self.setFocus()
        self.send.setEnabled(can_press)
        if can_press and self._returns_focus:
            self._returns_focus = False
            if self.hasFocus():
                self.send.setFocus()
        self.send.setToolTip(reason or key)
        self.send.setAccessibleDescription(reason)
        self._reason.setText("" if self._target is None else reason or key)
        self._reason.setToolTip(plain_tip(reason))
        self._reason.setProperty("faint", not reason)

    def offer_groups(self) -> None:
        """Open the list of groups, above the button."""
        self._fill_menu()
        height = self._menu.sizeHint().height()
        self._menu.popup(self.chooser.mapToGlobal(QPoint(0, -height)))

    def _lay_out(self) -> None:
        above = self._above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self._size)
        above.addWidget(self._reason, 1)
        self._reason.setMinimumHeight(self._reason.fontMetrics().height())  # empty or not
        below = QHBoxLayout()
        below.setSpacing(6)
        below.addWidget(self.chooser, 2)
        below.addWidget(self.send, 3)
        below.addWidget(self.more)
        # With an icon the chooser is higher: a group that is chosen would move the row.
        self.chooser.setIcon(dot_icon("#000000"))
        row = (self.chooser, self.send, self.more)
        height = max(one.sizeHint().height() for one in row)
        for one in row:
            one.setMinimumHeight(height)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addLayout(above)
        column.addLayout(below)

    def _fill_menu(self) -> None:
        self._menu.clear()
        group = QActionGroup(self._menu)
        nobody = self._menu.addAction(self.tr("Choose a group"))
        nobody.setData(None)
        for robot in self._robots:
            words = robot_words(robot.name, robot.stage).replace("&", "&&")
            action = self._menu.addAction(dot_icon(robot.colour), words)
            action.setData(robot.robot_id)
        for action in self._menu.actions():
            action.setCheckable(True)
            group.addAction(action)
            target_id = self._target.robot_id if self._target else None
            action.setChecked(action.data() == target_id)
            font = action.font()
            font.setBold(action.isChecked() and target_id is not None)
            action.setFont(font)
            action.triggered.connect(self._choosing(action.data()))

    def _fill_more_menu(self) -> None:
        self._more_menu.clear()
        robots = (one for one in self._robots if not is_list(one.robot_id))
        tests = [one for one in robots if not one.is_production and one.has_token]
        for robot in tests:
            words = self.tr("Rehearse in {group}").format(group=robot.name).replace("&", "&&")
            action = self._more_menu.addAction(dot_icon(robot.colour), words)
            action.setData(robot.robot_id)
            action.triggered.connect(self._rehearsing(robot.robot_id))
        self._more_menu.addSeparator()
        several = self._more_menu.addAction(self.tr("Send to several groups…"))
        several.setObjectName("compose.more.several")
        several.triggered.connect(lambda _checked=False: self.broadcast_clicked.emit())
        later = self._more_menu.addAction(self.tr("Send at a time…"))
        later.setObjectName("compose.more.schedule")
        later.triggered.connect(lambda _checked=False: self.schedule_clicked.emit())

    def _rehearsing(self, robot_id: str) -> Callable[[], None]:
        return lambda: self.rehearsal_chosen.emit(robot_id)

    def _choosing(self, robot_id: str | None) -> Callable[[], None]:
        return lambda: self.target_chosen.emit(robot_id)


def _in_colour(colour: str) -> str:
    """The style of a button in a robot's colour, with words that can be read on it."""
    ground, words = (one.name() for one in theme.readable_ground(QColor(colour)))
    return (
        f"QPushButton:enabled {{ background: {ground}; border-color: {ground}; color: {words}; }}"
        f"QPushButton:enabled:hover {{ border-color: {words}; }}"
        f"QPushButton:enabled:focus {{ border: 2px solid {words}; padding: 4px 11px; }}"
    )
