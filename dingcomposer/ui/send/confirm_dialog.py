"""Confirmation before a message goes where it matters: group, message, and who is pinged.

Before production it also says whether exactly this was rehearsed, and what changed since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checks.mentions import Notified, notified
from dingcomposer.core.delivery import AT_ONCE, BroadcastOrder
from dingcomposer.core.messages import ActionCard, Markdown, Mentions, Message, mentions_of
from dingcomposer.core.payload import body_sha256
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.storage.rehearsals import Rehearsal
from dingcomposer.ui import theme
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor, RenderContext
from dingcomposer.ui.preview.comparison import BESIDE_PX, Comparison
from dingcomposer.ui.texts.messages import listed, not_pinged_sentences, send_question
from dingcomposer.ui.texts.robots import stage_word
from dingcomposer.ui.texts.send.broadcast import order_sentence
from dingcomposer.ui.texts.time import day_time
from dingcomposer.ui.widgets.icons import dot_icon
from dingcomposer.ui.widgets.layouts import OrderedDialog, free_size, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label, plain_tip

_AROUND_PX = 5
_GROUPS_SHOWN = 6
_BELOW_PX = 12  # so much more than the message, for what it is higher once it is laid out


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What is about to happen, and what speaks against it, in sentences.

    `rehearsal` is the newest of this message, else of the draft that it comes from. `listed` are
    the people of the draft, some of whom a message of its kind may leave out. `others` are more
    robots that it goes to at once. `render` is what the other previews are drawn with.
    `corrected` is the sent message that this one sets right. `order` says of which list the robots
    are, and how they follow each other. `has_own_texts`: the others get the same with their own
    names.
    """

    message: Message
    robot: Robot
    warnings: tuple[str, ...] = ()
    rehearsal: Rehearsal | None = None
    listed: Mentions | None = None
    others: tuple[Robot, ...] = ()
    render: RenderContext | None = None
    corrected: Message | None = None
    order: BroadcastOrder = AT_ONCE
    has_own_texts: bool = False

    @property
    def names(self) -> Mapping[str, str]:
        """The names of people by number and user id."""
        return {} if self.render is None else self.render.names()

    @property
    def robots(self) -> tuple[Robot, ...]:
        """All robots that it goes to."""
        return (self.robot, *self.others)


class ConfirmDialog(OrderedDialog):
    """Shows the group in its colour, the message as the group will see it, and who is pinged."""

    def __init__(self, confirmation: Confirmation, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("confirm")
        self.setWindowTitle(send_question())
        self._confirmation = confirmation
        self._bubble = self._message_bubble(confirmation)
        self._area = self._scroll_area(self._bubble)
        self._folds: list[QToolButton] = []
        robot = confirmation.robot
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        if confirmation.others or confirmation.order.list_name:
            self._add_groups(column, confirmation)
        else:
            column.addWidget(self._group_line(robot))
        if isinstance(confirmation.message, Markdown | ActionCard):
            # It is what the list and the notification show, and no part of the bubble.
            words = self.tr("Title in the conversation list: {title}")
            title = clean(confirmation.message.title)
            column.addWidget(self._line("confirm.title", words.format(title=title)))
        self._add_pings(column, confirmation)
        if any(one.is_production for one in confirmation.robots):
            self._add_rehearsal(column, confirmation)
        if confirmation.corrected is not None:
            words = self.tr("It corrects what was sent; that stays in the group.")
            column.addWidget(self._line("confirm.corrects", words))
            column.addWidget(self._differences_button("confirm.correction", confirmation.corrected))
        for sentence in confirmation.warnings:
            column.addWidget(self._warning(sentence))
        if confirmation.others and confirmation.has_own_texts:
            words = self.tr("Shown as {group} gets it; every group gets its own name.")
            shown = words.format(group=robot.name)
            column.addWidget(self._line("confirm.shown_for", shown, note="quiet"))
        column.addWidget(self._area, 1)
        column.addWidget(self._buttons(confirmation))
        self.setMinimumSize(300, 240)

    def showEvent(self, event: QShowEvent) -> None:
        """As wide as the card needs, and as high as the screen allows."""
        super().showEvent(event)
        if not event.spontaneous():
            self._fit()
            # Once more when the message is laid out: only then its height is known.
            QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        column = self.layout()
        assert column is not None
        margins = column.contentsMargins()
        beside = self._area.verticalScrollBar().sizeHint().width()
        beside += margins.left() + margins.right() + 2 * self._area.frameWidth()
        shown = self._area.widget() or self._bubble
        is_compared = isinstance(shown, Comparison)
        width = (BESIDE_PX if is_compared else self._bubble.sizeHint().width()) + beside
        width = min(max(width, self.width() if is_compared else 460), free_size(self).width())
        column.activate()
        whole = column.totalHeightForWidth(width) if column.hasHeightForWidth() else -1
        if whole < 0:
            whole = column.totalSizeHint().height()
        height = whole - self._area.sizeHint().height() + _needed(shown, width - beside)
        height += 2 * self._area.frameWidth()
        wanted = QSize(width, max(height + _BELOW_PX, 320))
        if is_compared:
            self._widen(width)
            wanted = wanted.expandedTo(self.size())
        resize_within_screen(self, wanted, is_measured=True)

    def _group_line(self, robot: Robot) -> QLabel:
        words = self.tr("To {group} ({stage})")
        words = words.format(group=robot.name, stage=stage_word(robot.stage))
        label = plain_label(words, self, "confirm.group")
        label.setStyleSheet(
            f"QLabel {{ border: none; border-left: 4px solid {robot.colour};"
            f" padding: 2px 0 2px 10px; font-size: {theme.scaled_px(17)}px; font-weight: 700; }}"
        )
        return label

    def _add_pings(self, column: QVBoxLayout, confirmation: Confirmation) -> None:
        found, names = notified(confirmation.message, confirmation.listed), confirmation.names
        column.addWidget(self._line("confirm.pinged", self._pinged(found, names)))
        sentences = not_pinged_sentences(found, names)
        if sentences:
            column.addWidget(self._line("confirm.not_pinged", "\n".join(sentences), note="warn"))

    def _pinged(self, found: Notified, names: Mapping[str, str]) -> str:
        if found.is_all:
            return self.tr("Everyone in the group will be pinged.")
        if not found.pinged:
            return self.tr("Nobody will be pinged.")
        words = self.tr("%n person(s) will be pinged: {names}", "", len(found.pinged))
        return words.format(names=listed(found.pinged, names))

    def _add_rehearsal(self, column: QVBoxLayout, confirmation: Confirmation) -> None:
        rehearsal = confirmation.rehearsal
        if rehearsal is None:
            column.addWidget(
                self._line("confirm.rehearsal", self.tr("Not rehearsed."), note="warn")
            )
            return
        is_unchanged = body_sha256(rehearsal.message) == body_sha256(confirmation.message)
        words = (
            self.tr("Rehearsed at {time} in {group}, unchanged since.")
            if is_unchanged
            else self.tr("Rehearsed at {time} in {group}, changed since.")
        )
        at = day_time(rehearsal.rehearsed_at, datetime.now(UTC))
        told = words.format(time=at, group=rehearsal.robot_name)
        note = "good" if is_unchanged else "warn"
        column.addWidget(self._line("confirm.rehearsal", told, note=note))
        if not is_unchanged:
            column.addWidget(self._differences_button("confirm.differences", rehearsal.message))

    def _differences_button(self, name: str, before: Message) -> QToolButton:
        """Shows the message beside what it was, in the place of the message alone."""
        fold = QToolButton(self)
        fold.setObjectName(f"{name}.show")
        fold.setProperty("flat", True)
        fold.setCheckable(True)
        fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        comparison: list[Comparison] = []

        def show(is_open: bool) -> None:
            words = self.tr("Hide the differences") if is_open else self.tr("Show the differences")
            fold.setText(words)
            fold.setAccessibleName(words)
            fold.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
            if is_open:
                if not comparison:
                    comparison.append(self._comparison(name, before))
                for other in self._folds:
                    other.setChecked(other is fold)
            if is_open or not any(one.isChecked() for one in self._folds):
                self._show_in_area(comparison[0] if is_open else None)

        fold.toggled.connect(show)
        show(False)
        self._folds.append(fold)
        return fold

    def _comparison(self, name: str, before: Message) -> Comparison:
        robot = self._confirmation.robot
        comparison = Comparison(
            before,
            self._confirmation.message,
            MessageAuthor(robot.name, robot.colour),
            self._confirmation.render,
            self,
        )
        comparison.setObjectName(name)
        comparison.setAccessibleName(self.tr("Differences"))
        return comparison

    def _show_in_area(self, comparison: Comparison | None) -> None:
        """Put the comparison where the message stands, or the message again for None."""
        shown = self._area.widget()
        wanted = comparison or self._bubble
        if shown is wanted:
            return
        kept = self._area.takeWidget()
        kept.setParent(self)
        kept.hide()
        self._area.setWidget(wanted)
        wanted.show()
        if comparison is not None:
            self._fit()
            QTimer.singleShot(0, self, self._fit)  # once both messages are laid out

    def _widen(self, width: int) -> None:
        """Make room for two messages beside each other, to the left and to the right."""
        if width != self.width():
            free = self.screen().availableGeometry()
            left = self.x() - (width - self.width()) // 2
            left = max(free.left(), min(left, free.right() + 1 - width))
            self.setGeometry(left, self.y(), width, self.height())

    def _line(self, name: str, words: str, *, note: str = "") -> QLabel:
        label = plain_label(words, self, name)
        label.setProperty("note", note)
        return label

    def _warning(self, sentence: str) -> QLabel:
        label = plain_label(sentence, self)
        label.setProperty("notice", "warn")
        return label

    def _message_bubble(self, confirmation: Confirmation) -> Bubble:
        robot = confirmation.robot
        render = confirmation.render
        bubble = Bubble(self, pictures=None if render is None else render.pictures)
        bubble.show_message(
            confirmation.message,
            MessageAuthor(robot.name, robot.colour),
            at_names=confirmation.names,
            is_reader_mentioned=bool(mentions_of(confirmation.message)),
        )
        return bubble

    def _scroll_area(self, bubble: Bubble) -> QScrollArea:
        area = QScrollArea(self)
        area.setObjectName("confirm.message")
        area.setAccessibleName(self.tr("The message as the group will see it"))
        area.setProperty("ringed", True)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(bubble)
        return area

    def _add_groups(self, column: QVBoxLayout, confirmation: Confirmation) -> None:
        """All groups by name and colour, production first: it is what must not be overlooked."""
        robots, order = confirmation.robots, confirmation.order
        words = self.tr("To %n group(s)", "", len(robots))
        if order.list_name:
            words = self.tr("To the list {name}: %n group(s)", "", len(robots))
            words = words.format(name=clean(order.list_name))
        heading = self._line("confirm.group", words)
        heading.setProperty("heading", True)
        column.addWidget(heading)
        if order.is_in_line:
            column.addWidget(self._line("confirm.order", order_sentence(order, len(robots))))
        for is_production in (True, False):
            part = tuple(one for one in robots if one.is_production is is_production)
            if not part:
                continue
            words = self.tr("Production (%n)", "", len(part))
            if not is_production:
                words = self.tr("Test (%n)", "", len(part))
            label = self._line("", words, note="bad" if is_production else "quiet")
            names = GroupNames(part, self)
            names.setObjectName("confirm.production" if is_production else "confirm.tests")
            names.setAccessibleName(words)
            column.addWidget(label)
            column.addWidget(names)

    def _buttons(self, confirmation: Confirmation) -> QDialogButtonBox:
        box = QDialogButtonBox(self)
        back = box.addButton(self.tr("Back"), QDialogButtonBox.ButtonRole.RejectRole)
        words = self.tr("Send to {group}").format(group=confirmation.robot.name)
        if confirmation.others:
            words = self.tr("Send to %n group(s)", "", len(confirmation.robots))
        send = QPushButton(words, box)
        send.setProperty("primary", True)
        box.addButton(send, QDialogButtonBox.ButtonRole.AcceptRole)
        back.setObjectName("confirm.back")
        send.setObjectName("confirm.send")
        # The safe answer is the one that a stray Enter gives.
        back.setDefault(True)
        back.setFocus()
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box


class GroupNames(QListWidget):
    """Groups to be read, not chosen; the keyboard scrolls them."""

    def __init__(self, robots: Sequence[Robot], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setUniformItemSizes(True)
        height = self.fontMetrics().lineSpacing() + 6
        for robot in robots:
            item = QListWidgetItem(dot_icon(robot.colour), clean(robot.name), self)
            item.setSizeHint(QSize(0, height))
            item.setToolTip(plain_tip(robot.name))
        lines = min(max(len(robots), 1), _GROUPS_SHOWN)
        self.setViewportMargins(_AROUND_PX, _AROUND_PX, _AROUND_PX, _AROUND_PX)
        self.setFixedHeight(height * lines + 2 * (self.frameWidth() + _AROUND_PX))

    @property
    def names(self) -> tuple[str, ...]:
        """The names as they are shown."""
        return tuple(self.item(row).text() for row in range(self.count()))


def _needed(shown: QWidget, width: int) -> int:
    """How high what is shown is at a width."""
    layout = shown.layout()
    if isinstance(shown, Comparison) and layout is not None:
        layout.invalidate()
        return layout.totalHeightForWidth(width)
    return shown.sizeHint().height()


def confirm(parent: QWidget | None, confirmation: Confirmation) -> bool:
    """Ask and wait; True where the message is to go out."""
    dialog = ConfirmDialog(confirmation, parent)
    try:
        return dialog.exec() == QDialog.DialogCode.Accepted
    finally:
        dialog.deleteLater()
