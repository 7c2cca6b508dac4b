"""A message as the group sees it: avatar, header line and card. The one renderer of messages."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from functools import partial
from typing import NamedTuple, assert_never

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from dingcomposer.core.messages import (
    ActionCard,
    FeedCard,
    Link,
    Markdown,
    Message,
    Text,
    mentions_of,
)
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.services.background import Background
from dingcomposer.ui import theme
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.cards import BodyCard, Card, FeedColumn, LinkCard
from dingcomposer.ui.preview.bubble.header import Avatar, HeaderLine
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.preview.richtext.formats import BodyStyle
from dingcomposer.ui.preview.richtext.paragraphs import (
    ChangeMark,
    Paragraph,
    TextRun,
    plain_text,
    split_top_picture,
)
from dingcomposer.ui.preview.richtext.rendering import Body, Rendering, render
from dingcomposer.ui.widgets.text_fields import FindPlaces

LEAST_PX = 180
"""A bubble is never narrower than this, frame included."""


@dataclass(frozen=True, slots=True)
class MessageAuthor:
    """Whose message it is: the robot's name and colour ("#RRGGBB")."""

    name: str
    colour: str


class RenderContext(NamedTuple):
    """What every message of the program is drawn with.

    `names` gives the names of people by number and user id, as they are now.
    """

    pictures: ImageStore
    names: Callable[[], Mapping[str, str]] = dict


@dataclass(frozen=True, slots=True)
class Compared:
    """Another message, beside which one is shown: what that has not so is marked.

    `parts` are the parts of the card that changed, as in `core.payload.differences`.
    """

    other: Message
    mark: ChangeMark
    parts: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Shown:
    """All that a bubble shows."""

    message: Message
    sender: MessageAuthor
    device: Device
    look: dt.Style | None
    names: tuple[tuple[str, str], ...]
    clock: str
    is_reader_mentioned: bool
    compared: Compared | None = None


class Bubble(QWidget):
    """Draws one message of any kind. Nothing is opened or fetched from here.

    Without its frame it is the card alone. With a `background`, markdown is converted there and
    arrives soon after `show_message`; without one it is there when that returns.

    Signals:
        link_clicked(str): an address in the message, as written.
        place_clicked(str, int): a field, spelled as `core.checks` does, and a line in it, from 0
            on; -1 where there is none.
        settled(): all of the message is drawn.
    """

    link_clicked = Signal(str)
    place_clicked = Signal(str, int)
    settled = Signal()

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        background: Background | None = None,
        pictures: ImageStore | None = None,
        has_frame: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("bubble")
        self._background = background
        self._pictures = pictures or ImageStore(self)
        self._shown: _Shown | None = None
        self._body: Body | None = None
        self._rendering = Rendering()
        self._line: int | None = None
        self._marked_words: tuple[str, ...] = ()
        self._marks: Mapping[int, str] = {}
        self._find: FindPlaces | None = None
        self._is_waiting = False
        self._room_px: int | None = None
        self._cards: dict[type[Card], Card] = {}
        # A screen reader is told when the typing rests.
        self._say_later = QTimer(self, singleShot=True, interval=300)
        self._say_later.timeout.connect(self._on_say_later)
        self._avatar = Avatar(self)
        self._header = HeaderLine(self)
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(self._header)
        self._column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dt.AVATAR_GAP_PX)
        row.addWidget(self._avatar, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._column)
        row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._avatar.setVisible(has_frame)
        self._header.setVisible(has_frame)

    @property
    def is_settled(self) -> bool:
        """True where all of the message is drawn."""
        card = self._cards.get(BodyCard)
        is_drawn = not isinstance(card, BodyCard) or card.view.page.is_settled
        return is_drawn and not self._is_waiting

    def show_message(
        self,
        message: Message,
        sender: MessageAuthor,
        *,
        device: Device = Device.PC,
        look: dt.Style | None = None,
        at_names: Mapping[str, str] | None = None,
        clock: str = "",
        is_reader_mentioned: bool = False,
        compared: Compared | None = None,
    ) -> None:
        """Show a message in place of the one before.

        `look` None follows the program's theme. `at_names` maps numbers and user ids to members'
        names. `clock` is the time in the header line, in words. `compared` marks what is not so
        in another message.
        """
        known, at = at_names or {}, mentions_of(message)
        names = tuple((one, known[one]) for one in (*at.mobiles, *at.user_ids) if one in known)
        self._shown = _Shown(
            message, sender, device, look, names, clock, is_reader_mentioned, compared
        )
        self._refresh()

    def set_room(self, room_px: int) -> None:
        """How wide it may be: in less than a card's own width, the card is narrower."""
        before, self._room_px = self._card_width_px(), max(room_px, LEAST_PX)
        if self._card_width_px() != before:
            self._refresh()

    @property
    def is_narrower(self) -> bool:
        """True where the card is narrower than the device would show it."""
        device = self._shown.device if self._shown else Device.PC
        return self._card_width_px() < dt.CARD_WIDTH_PX[device]

    def _card_width_px(self) -> int:
        device = self._shown.device if self._shown else Device.PC
        width = dt.CARD_WIDTH_PX[device]
        if self._room_px is None:
            return width
        return min(width, self._room_px - dt.AVATAR_PX[device] - dt.AVATAR_GAP_PX)

    def show_marks(self, marks: Mapping[int, str]) -> None:
        """Mark what these lines of the text became; hovering over a mark says its words."""
        self._marks = marks
        card = self._cards.get(BodyCard)
        if isinstance(card, BodyCard) and not self._is_waiting:
            card.view.show_marks(self._marks_by_number())

    def show_found(self, find: FindPlaces | None) -> None:
        """Mark what `find` gives of each text, in cards the whole part; None marks nothing."""
        self._find = find
        for card in self._cards.values():
            if not card.isHidden():
                self._mark_parts(card)
        self._mark_body()

    @property
    def marked_words(self) -> tuple[str, ...]:
        """The words in the body that are marked as changed, in their order."""
        return self._marked_words

    @property
    def line(self) -> int | None:
        """The line of the text that `show_place` marked last."""
        return self._line

    def show_place(self, line: int | None) -> tuple[int, int] | None:
        """Mark what a line of the text became; None marks nothing.

        Gives where that stands in the bubble, its top and bottom in pixels, if it is there.
        """
        self._line = line
        card = self._cards.get(BodyCard)
        if not isinstance(card, BodyCard):
            return None
        numbers = self._numbers_of(line)
        card.view.show_place(numbers)
        if not numbers or card.isHidden():
            return None
        top = card.view.mapTo(self, QPoint(0, 0)).y()
        above, below = card.view.top_and_bottom(numbers)
        return top + above, top + below

    def changeEvent(self, event: QEvent) -> None:
        """Follows the program's theme, where it was told to."""
        super().changeEvent(event)
        is_theme = event.type() == QEvent.Type.PaletteChange
        if is_theme and self._shown is not None and self._shown.look is None:
            self._refresh()

    def _refresh(self) -> None:
        shown = self._shown
        if shown is None:
            return
        look = self._look()
        message = shown.message
        is_hidden = isinstance(message, ActionCard) and message.hide_avatar is True
        size_px = dt.AVATAR_PX[shown.device]
        self._avatar.show_sender(
            shown.sender.name, shown.sender.colour, size_px, is_hidden=is_hidden
        )
        self._header.show_sender(shown.sender.name, shown.clock, look)
        width = self._card_width_px()
        self._header.setFixedWidth(width)
        match message:
            case Text() | Markdown() | ActionCard():
                self._request_body(self._body_of(message, shown))
            case Link():
                self._link_card().show_link(message, look, width)
                self._mark_parts(self._link_card())
                self._finish(f"{message.title}\n{message.text}")
            case FeedCard():
                self._feed_card().show_feed(message, look, width)
                self._mark_parts(self._feed_card())
                self._finish("\n".join(item.title for item in message.links))
            case _:
                assert_never(message)

    def _finish(self, words: str) -> None:
        if self._is_waiting:
            self._is_waiting, self._body = False, None
        self._say_later.stop()
        self._say(words)
        self.settled.emit()

    def _body_of(self, message: Text | Markdown | ActionCard, shown: _Shown) -> Body:
        is_text = isinstance(message, Text)
        return Body(
            text=message.content if isinstance(message, Text) else message.text,
            is_markdown=not is_text,
            is_for_pc=shown.device is Device.PC,
            mentions=mentions_of(message),
            names=shown.names,
        )

    def _request_body(self, body: Body) -> None:
        if body != self._body:
            self._body = body
            if self._background is not None:
                self._is_waiting = True
                self._background.run(id(self), render, body, partial(self._on_rendered, body))
                return
            self._rendering = render(body)
        if not self._is_waiting:
            self._show_body()

    def _show_body(self) -> None:
        """The body as far as it is converted, with everything around it."""
        shown = self._shown
        if shown is None or isinstance(shown.message, Link | FeedCard):
            return
        message = shown.message
        card = self._body_card()
        look = self._look()
        is_action = isinstance(message, ActionCard)
        top, paragraphs = None, self._compared_paragraphs(shown)
        if is_action:
            top, paragraphs = split_top_picture(paragraphs)
        if self._body is None or not self._body.text.strip():
            words = TextRun(self.tr("Nothing written yet"), colour=look.faint)
            paragraphs = (Paragraph((words,)),)
        card.show_body(
            paragraphs,
            BodyStyle(look, is_card=is_action, breaks_anywhere=self._rendering.has_endless_word),
            self._card_width_px(),
            top=top,
            is_narrow=isinstance(message, Text),
            is_now=self._background is None,
        )
        if isinstance(message, ActionCard):
            card.show_buttons(message.action, message.orientation)
        else:
            card.show_buttons((), None)
        self._mark_parts(card)
        card.show_reply(has_reply=shown.is_reader_mentioned)
        card.view.show_place(self._numbers_of(self._line))
        card.view.show_marks(self._marks_by_number())

    def _compared_paragraphs(self, shown: _Shown) -> tuple[Paragraph, ...]:
        """The body, with the words marked that the other message has not."""
        paragraphs, compared = self._rendering.paragraphs, shown.compared
        if compared is None or isinstance(compared.other, Link | FeedCard):
            return paragraphs
        # With the first comparison.
        from dingcomposer.ui.preview.richtext.changes import mark_changes, marked_words

        other = render(self._body_of(compared.other, shown)).paragraphs
        marked = mark_changes(paragraphs, other, compared.mark)
        self._marked_words = marked_words(marked)
        return marked

    def _mark_parts(self, card: Card) -> None:
        compared = None if self._shown is None else self._shown.compared
        if compared is None:
            card.mark_parts(self._found_parts(), theme.current().warn_soft)
            return
        look = self._look()
        is_removed = compared.mark is ChangeMark.REMOVED
        card.mark_parts(compared.parts, look.removed if is_removed else look.added)

    def _found_parts(self) -> frozenset[str]:
        """The parts of a card that something was found in."""
        message = None if self._shown is None else self._shown.message
        parts: dict[str, str] = {}
        match message:
            case ActionCard(action=action):
                buttons = action if isinstance(action, tuple) else (action,)
                parts = {f"buttons.{at}": one.title for at, one in enumerate(buttons)}
            case Link():
                parts = {"title": message.title, "text": message.text}
            case FeedCard():
                parts = {f"feed.{at}": one.title for at, one in enumerate(message.links)}
        find = self._find
        return frozenset(() if find is None else (key for key, text in parts.items() if find(text)))

    def _mark_body(self) -> None:
        card = self._cards.get(BodyCard)
        if isinstance(card, BodyCard):
            card.view.show_found(self._find, theme.current().warn_soft)

    def _marks_by_number(self) -> dict[int, str]:
        found: dict[int, str] = {}
        for line, words in sorted(self._marks.items()):
            for number in self._numbers_of(line)[:1]:
                found[number] = f"{found[number]}\n{words}" if number in found else words
        return found

    def _numbers_of(self, line: int | None) -> range:
        """The paragraphs on the card that a line became: those of the nearest line above."""
        lines = self._lines_on_card()
        if line is None or not lines:
            return range(0)
        end = bisect_right(lines, line)
        return range(bisect_left(lines, lines[end - 1]), end) if end else range(0)

    def _lines_on_card(self) -> tuple[int, ...]:
        """The source lines of the paragraphs on the card, its top picture aside."""
        if self._body is None or not self._body.text.strip():
            return ()  # nothing was written: the words on the card are the program's
        lines = self._rendering.lines
        is_action = self._shown is not None and isinstance(self._shown.message, ActionCard)
        if is_action:
            _, left = split_top_picture(self._rendering.paragraphs)
            return lines[len(lines) - len(left) :]
        return lines

    def _on_paragraph_clicked(self, number: int) -> None:
        lines = self._lines_on_card()
        self.place_clicked.emit("text", lines[number] if number < len(lines) else 0)

    def _body_card(self) -> BodyCard:
        card = self._cards.get(BodyCard)
        if not isinstance(card, BodyCard):
            card = BodyCard(self._pictures, self)
            card.settled.connect(self._on_body_settled)
            card.view.paragraph_clicked.connect(self._on_paragraph_clicked)
        self._bring(card)
        return card

    def _link_card(self) -> LinkCard:
        card = self._cards.get(LinkCard)
        card = card if isinstance(card, LinkCard) else LinkCard(self._pictures, self)
        self._bring(card)
        return card

    def _feed_card(self) -> FeedColumn:
        card = self._cards.get(FeedColumn)
        card = card if isinstance(card, FeedColumn) else FeedColumn(self._pictures, self)
        self._bring(card)
        return card

    def _bring(self, card: Card) -> None:
        """Put one card into the bubble, and the others away."""
        if type(card) not in self._cards:
            self._cards[type(card)] = card
            top_left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            self._column.insertWidget(1, card, 0, top_left)
            card.link_clicked.connect(self.link_clicked)
            card.field_clicked.connect(self._on_field_clicked)
        for other in self._cards.values():
            other.setVisible(other is card)

    def _look(self) -> dt.Style:
        asked = self._shown.look if self._shown else None
        return asked or dt.style_of(is_dark=theme.current().is_dark)

    def _say(self, words: str) -> None:
        """Tell a screen reader what stands in the bubble."""
        name = self._shown.sender.name if self._shown else ""
        self.setAccessibleName(clean(f"{name}: {words}"))

    def _on_field_clicked(self, field: str) -> None:
        self.place_clicked.emit(field, -1)

    def _on_body_settled(self) -> None:
        if not self._is_waiting:
            if self._find is not None:
                self._mark_body()
            if self._background is None:
                self._on_say_later()
            else:
                self._say_later.start()
            self.settled.emit()

    def _on_say_later(self) -> None:
        self._say(plain_text(self._rendering.paragraphs))

    def _on_rendered(self, body: Body, rendering: Rendering) -> None:
        if not self._is_waiting:
            return
        if self._body is not None and body.is_markdown == self._body.is_markdown:
            self._rendering = rendering
            self._is_waiting = body != self._body
            self._show_body()
