"""The form: the fields of all six kinds, of which those of the draft's kind are shown.

A field that kinds share exists once, so its text, caret and scrolling stay when the kind changes.
The rows of a kind are filled when it is first chosen: until then a bare widget keeps their place.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QSpacerItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.contacts import Contact
from dingcomposer.core.draft import Caret, Draft
from dingcomposer.core.messages import Kind, Mentions, Orientation
from dingcomposer.services.background import Background
from dingcomposer.services.contacts import Contacts
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.ui.compose.kinds import LINE_ROWS, LINES, ROWS, title_hint, with_words, words_of
from dingcomposer.ui.compose.mentions.inline import InlineMentions
from dingcomposer.ui.compose.mentions.row import MentionsRow
from dingcomposer.ui.compose.message_editor import MessageEditor
from dingcomposer.ui.texts.translate import translated
from dingcomposer.ui.widgets.layouts import make_tab_anchor, set_tab_order_after, taking_tab
from dingcomposer.ui.widgets.text_fields import TextField, TextLine

if TYPE_CHECKING:
    # At run time with the first kind that has such a row: not on the way to the first window.
    from dingcomposer.ui.compose.card.item_list import ItemList, ItemRow, OrientationRow
    from dingcomposer.ui.compose.link_line import LinkLine
    from dingcomposer.ui.compose.toolbar import Toolbar

_LINKS = ("message_url", "jump.url")
_OPTIONAL = ("picture_url", "mentions")
_GAP_PX = 12
_LEAST_TEXT_PX = 102
_SUMMARY_PX = 160
_NO_BOUND_PX = 16_777_215  # what Qt takes for no bound

_ORDER = (
    *("title", "text", "message_url", "picture_url", "jump", "buttons", "feed"),
    *("orientation", "hide_avatar", "mentions"),
)
"""The rows of the form, from the top."""


class _LateRow(NamedTuple):
    """A row that is not there yet: where Tab comes to it, and what fills it."""

    anchor: QWidget
    fill: Callable[[QWidget, QVBoxLayout], None]


class DraftForm(QWidget):
    """A view of the session's draft: it shows every change, and makes one of each edit.

    Signals:
        touched(str): a person changed the field of that path.
        refused(str): a sentence that says why something was not taken.
        offer_closed(): nobody is offered behind an "@" any more.
    """

    touched = Signal(str)
    refused = Signal(str)
    offer_closed = Signal()

    def __init__(
        self,
        session: DraftSession,
        parent: QWidget | None = None,
        *,
        book: Contacts | None = None,
        background: Background | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._book = book
        self._paste_filter: Callable[[QMimeData], bool] | None = None
        self._lines: dict[str, TextLine] = {}
        self._link_lines: list[LinkLine] = []
        self._lists: dict[str, ItemList] = {}
        self._orientation: OrientationRow | None = None
        self._hide_avatar: QCheckBox | None = None
        self._links_box: QCheckBox | None = None
        self._toolbar: Toolbar | None = None
        self._faulty: frozenset[str] = frozenset()
        self._rows: dict[str, QWidget] = {}
        self._unfilled: dict[str, _LateRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(_GAP_PX)
        self._heads: dict[str, QHBoxLayout] = {}
        self._corner: QWidget | None = None
        self._add_corner_row()
        self._add_row("title", partial(self._fill_lines, ("title",)))
        self._add_text()
        for name, paths in LINE_ROWS.items():
            self._add_row(name, partial(self._fill_lines, paths))
        self._add_row("buttons", self._fill_buttons)
        self._add_row("feed", self._fill_feed)
        self._add_row("orientation", self._fill_orientation)
        self._add_row("hide_avatar", self._fill_hide_avatar)
        self._add_mentions()
        if background is not None:
            self.text.highlight_with(background)
        self._column.addStretch(0)
        self._free = QSpacerItem(0, 0)
        self._column.addSpacerItem(self._free)
        self._shown: Draft | None = None
        self._caret_field: TextField | None = None
        self._caret_path = ""
        session.changed.connect(self._on_changed)
        session.leaving.connect(self._on_leaving)
        session.replaced.connect(self._on_replaced)
        self._on_changed(session.draft)

    def commit_typed(self) -> bool:
        """Take over people typed without Enter behind them; False where some found no room.

        An item that Enter began and nobody wrote goes.
        """
        self.text.drop_begun_mark()
        return self._mentions.isHidden() or self._mentions.commit_typed()

    @property
    def begun_name(self) -> str | None:
        """What is typed of a name behind an "@", for which people are offered right now."""
        return self._text_mentions.begun

    def focus_field(self, path: str, line: int = 0) -> bool:
        """Put the keyboard into the field of a path, at a line of it (from 1); False: not here.

        Where the path names a thing in a list that is gone, the list itself takes the focus.
        """
        widget = self._widget(path)
        if widget is None or not widget.isVisibleTo(self):
            return False
        if line and isinstance(widget, TextField):
            block = widget.document().findBlockByNumber(line - 1)
            if block.isValid():
                widget.setTextCursor(QTextCursor(block))
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def focus_caret(self, caret: Caret) -> None:
        """Put the keyboard where it was; where that is gone, where writing begins."""
        field = self._fields().get(caret.path)
        if field is None or not field.isVisibleTo(self):
            self.first_field().setFocus()
            return
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        field.put_caret(caret.anchor, caret.position)

    def focus_empty(self) -> None:
        """Put the keyboard into the first field of the kind that is still to be written."""
        order = {"title": 0, "text": 1}  # as they stand; all else is below
        fields = sorted(self._fields().items(), key=lambda one: order.get(one[0], 2))
        for path, field in fields:
            if path not in _OPTIONAL and field.isVisibleTo(self) and not field.text().strip():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self.focus_caret(self._session.caret)

    def set_room(self, height_px: int, *, free_px: int) -> None:
        """How high the page is, and what stays free at the end of the form."""
        self._mentions.set_room(height_px)
        self._free.changeSize(0, free_px)
        self._column.invalidate()

    def set_corner(self, widget: QWidget | None) -> None:
        """Have a small widget at the right of the first row, whatever kind is shown; or none."""
        self._corner = widget
        self._place_corner(self._session.draft.kind)

    def set_paste_filter(self, takes: Callable[[QMimeData], bool]) -> None:
        """`takes` sees each paste and drop first; where it says True, no field takes it."""
        self._paste_filter = takes

    def shown_fields(self) -> dict[str, TextField]:
        """The fields of the message that are shown, with their paths, from the top."""
        fields = {
            path: one
            for path, one in self._fields().items()
            if path != "mentions" and one.isVisibleTo(self)
        }
        return dict(sorted(fields.items(), key=lambda one: one[1].mapTo(self, QPoint()).y()))

    @property
    def is_markdown(self) -> bool:
        """Whether the text of the draft's kind is DingTalk's markdown, and is seen."""
        return "toolbar" in ROWS[self._session.draft.kind] and self.text.isVisible()

    @property
    def can_mention(self) -> bool:
        """Whether the draft's kind can mention people."""
        return "mentions" in ROWS[self._session.draft.kind]

    def of_kind(self, kind: Kind) -> Draft:
        """The draft as one of another kind, its text with the line ends that it takes there."""
        draft = self._session.draft
        before, now = ("toolbar" in ROWS[one] for one in (draft.kind, kind))
        text = draft.text if before == now else self.text.text_of_kind(is_markdown=now)
        return replace(draft, kind=kind, text=text)

    def mention(self, contact: Contact) -> None:
        """Mention somebody where the caret of the text is."""
        self._text_mentions.mention(contact)

    def path_of(self, widget: QWidget) -> str:
        """The path of the text field that is, or holds, this widget; "" for any other."""
        fields = self._fields().items()
        return next((p for p, one in fields if one is widget or one.isAncestorOf(widget)), "")

    def first_field(self) -> QWidget:
        """What a person writes into first; without any item, what adds one."""
        match self._session.draft.kind:
            case Kind.TEXT:
                return self.text
            case Kind.FEED_CARD:
                rows = self._lists["feed"].rows()
                return rows[0].fields["title"] if rows else self._lists["feed"].add_button
            case _:
                return self._lines["title"]

    def show_faults(self, paths: Iterable[str]) -> None:
        """Mark the fields of these paths, and no others, as what would be refused."""
        self._faulty = frozenset(paths)
        for path, field in self._fields().items():
            field.show_fault(is_faulty=path in self._faulty)

    # --- building -------------------------------------------------------------------------------

    def _add_corner_row(self) -> None:
        """The first row of a kind whose first field has no label in a row of its own."""
        row = QWidget(self)
        head = self._heads["corner"] = QHBoxLayout(row)
        head.setContentsMargins(0, 0, 0, 0)
        head.addStretch(1)
        row.hide()
        self._corner_row = row
        self._column.addWidget(row)

    def _add_row(self, name: str, fill: Callable[[QWidget, QVBoxLayout], None]) -> None:
        """Keep a row's place: among the others, and in the order of the Tab key."""
        self._unfilled[name] = _LateRow(make_tab_anchor(self), fill)

    def _fill_rows(self, kind: Kind) -> None:
        """Make the rows that a kind shows, where they are not there yet."""
        for name in [one for one in self._unfilled if one in ROWS[kind]]:
            late = self._unfilled.pop(name)
            row = self._rows[name] = QWidget(self)
            row.hide()
            column = QVBoxLayout(row)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(_GAP_PX)
            if name == "toolbar":
                self._text_column.insertWidget(1, row)
            elif name == "browser_links":
                self._heads["text"].insertWidget(1, row)
            else:
                before = _ORDER[: _ORDER.index(name)]
                place = 1 + sum(one in self._rows for one in before)  # behind the corner's row
                self._column.insertWidget(place, row)
            late.fill(row, column)
            set_tab_order_after(late.anchor, taking_tab(row))

    def _add_text(self) -> None:
        self.text = MessageEditor(self)
        self.text.setObjectName("compose.text")
        self.text.setAccessibleName(self.tr("Text"))
        self.text.setMinimumHeight(_LEAST_TEXT_PX)
        self.text.markdown_wanted.connect(self._on_markdown_wanted)
        self._wire(self.text, "text")
        self._add_row("toolbar", self._fill_toolbar)
        self._add_row("browser_links", self._fill_browser_links)
        row = QWidget(self)
        column = self._text_column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self._label(self.text.accessibleName(), self.text), 1)
        self._heads["text"] = head
        column.addLayout(head)
        column.addWidget(self.text, 1)
        self._rows["text"] = row
        self._column.addWidget(row, 1)

    def _fill_toolbar(self, row: QWidget, column: QVBoxLayout) -> None:
        from dingcomposer.ui.compose.toolbar import Toolbar

        self._toolbar = Toolbar(
            self.text,
            self._on_person_asked,
            self,
            mention=self.mention,
            book=self._book,
        )
        column.addWidget(self._toolbar)

    def _fill_browser_links(self, row: QWidget, column: QVBoxLayout) -> None:
        from dingcomposer.ui.compose.link_line import browser_tip

        box = self._links_box = QCheckBox(self.tr("Links open in the browser"), row)
        box.setObjectName("compose.text.browser")
        box.setAccessibleName(box.text())
        box.setToolTip(browser_tip())
        box.clicked.connect(self._on_text_links_clicked)
        column.addWidget(box)

    def _fill_buttons(self, row: QWidget, column: QVBoxLayout) -> None:
        from dingcomposer.ui.compose.card.item_list import make_button_list

        items = make_button_list(row)
        self._fill_list(column, items, lambda draft, made: replace(draft, buttons=made))

    def _fill_feed(self, row: QWidget, column: QVBoxLayout) -> None:
        from dingcomposer.ui.compose.card.item_list import make_feed_list

        items = make_feed_list(row)
        self._fill_list(column, items, lambda draft, made: replace(draft, feed=made))

    def _fill_orientation(self, row: QWidget, column: QVBoxLayout) -> None:
        from dingcomposer.ui.compose.card.item_list import OrientationRow

        self._orientation = OrientationRow(row)
        self._orientation.chosen.connect(self._on_orientation_chosen)
        column.addWidget(self._orientation)

    def _fill_hide_avatar(self, row: QWidget, column: QVBoxLayout) -> None:
        box = self._hide_avatar = QCheckBox(self.tr("Hide the robot's picture"), row)
        box.setObjectName("compose.hide_avatar")
        box.setAccessibleName(box.text())
        box.clicked.connect(self._on_hide_avatar_clicked)
        column.addWidget(box)

    def _add_mentions(self) -> None:
        self._mentions = MentionsRow(self, book=self._book)
        self._mentions.edited.connect(self._on_mentions_edited)
        self._mentions.typed.connect(self._on_person_typed)
        self._text_mentions = InlineMentions(
            self.text,
            self._mentions,
            self._book,
            can_mention=lambda: self.can_mention,
            write=self._write_mention,
        )
        self._text_mentions.offer_closed.connect(self.offer_closed)
        self._mentions.refused.connect(self.refused)
        self._mentions.shown.connect(self._on_mentions_shown)
        self._wire_common(self._mentions.line)
        self._rows["mentions"] = self._mentions
        self._column.addWidget(self._mentions)

    def _fill_lines(self, paths: tuple[str, ...], row: QWidget, column: QVBoxLayout) -> None:
        """Fields of one line, each below its label."""
        for path in paths:
            words = LINES[path]
            label = translated(words.label)
            field = self._link_line(row) if path in _LINKS else TextLine(row)
            field.setObjectName(f"compose.{path}")
            field.setAccessibleName(label)
            field.setPlaceholderText("" if words.hint is None else translated(words.hint))
            self._wire(field, path)
            self._lines[path] = field
            field.show_fault(is_faulty=path in self._faulty)
            part, head = QVBoxLayout(), QHBoxLayout()
            part.setSpacing(4)
            head.addWidget(self._label(label, field), 1)
            self._heads[path] = head
            part.addLayout(head)
            part.addWidget(field)
            column.addLayout(part)
            if path in _LINKS:
                line = self._link_lines[-1]
                line.name_box()
                head.addWidget(line.browser_box)

    def _link_line(self, row: QWidget) -> "LinkLine":
        from dingcomposer.ui.compose.link_line import LinkLine

        line = LinkLine(row)
        self._link_lines.append(line)
        return line

    def _fill_list(
        self,
        column: QVBoxLayout,
        items: "ItemList",
        change: Callable[[Draft, tuple[Any, ...]], Draft],
    ) -> None:
        def on_edited(made: tuple[Any, ...], merge_key: str) -> None:
            if not merge_key:
                self.touched.emit(items.path)
            self._session.edit(change(self._session.draft, made), merge_key)

        items.edited.connect(on_edited)
        items.row_made.connect(self._on_row_made)
        items.row_changed.connect(self.touched)
        self._lists[items.path] = items
        column.addWidget(items)

    def _label(self, words: str, buddy: QWidget) -> QLabel:
        label = QLabel(words, buddy.parentWidget())
        label.setProperty("quiet", True)
        label.setBuddy(buddy)
        return label

    def _wire(self, field: TextField, path: str) -> None:
        def on_edited() -> None:
            self.touched.emit(path)
            made = with_words(self._session.draft, path, field.text())
            self._session.edit(made, field.step_key(path))

        field.edited.connect(on_edited)
        self._wire_common(field)

    def _wire_common(self, field: TextField) -> None:
        field.undo_asked.connect(self._session.undo)
        field.redo_asked.connect(self._session.redo)
        field.paste_refused.connect(self._on_paste_refused)
        field.picture_pasted.connect(partial(self._on_picture_pasted, field))
        field.set_paste_filter(self._takes_paste)
        field.cursorPositionChanged.connect(lambda: self.note_caret(field))

    # --- showing --------------------------------------------------------------------------------

    def _on_changed(self, draft: Draft) -> None:
        before, self._shown = self._shown, draft
        self.text.end_paste()
        self.text.set_text(draft.text)
        self._mentions.show_mentions(draft.mentions, draft.text)
        if before is not None and replace(before, text=draft.text) == draft:
            return  # as at most keys
        self._fill_rows(draft.kind)
        self._mentions.line.set_text(draft.typed_person)
        for path, field in self._lines.items():
            field.set_text(words_of(draft, path))
        for name, items in self._lists.items():
            if name in ROWS[draft.kind]:  # what is not seen is made when it is
                items.show_items(draft.buttons if name == "buttons" else draft.feed)
        if self._orientation is not None:
            self._orientation.show_orientation(draft.orientation, len(draft.buttons))
        if self._hide_avatar is not None:
            self._hide_avatar.setChecked(bool(draft.hide_avatar))
        if self._links_box is not None:
            self._links_box.setChecked(draft.browser_links)
        if self._toolbar is not None:
            self._toolbar.set_mentions(draft.mentions)
        self._show_kind(draft.kind)

    def note_caret(self, field: TextField) -> None:
        """Remember where the keyboard is, if it is in this field."""
        if not field.hasFocus():
            return
        if field is not self._caret_field:
            self._caret_field, self._caret_path = field, self.path_of(field)
        cursor = field.textCursor()
        self._session.set_caret(Caret(self._caret_path, cursor.anchor(), cursor.position()))

    def _on_leaving(self) -> None:
        QGuiApplication.inputMethod().commit()
        self.commit_typed()

    def _on_replaced(self) -> None:
        lists = (row for items in self._lists.values() for row in items.rows())
        for line in (*self._link_lines, *(line for row in lists for line in row.link_lines)):
            line.forget_tick()

    def _place_corner(self, kind: Kind) -> None:
        wanted = next((one for one in ("title", "text") if one in ROWS[kind]), "corner")
        self._corner_row.setVisible(wanted == "corner" and self._corner is not None)
        if self._corner is not None and self._heads[wanted].indexOf(self._corner) < 0:
            self._heads[wanted].addWidget(self._corner)

    def _show_kind(self, kind: Kind) -> None:
        self._place_corner(kind)
        if "title" in ROWS[kind]:
            self._lines["title"].setPlaceholderText(title_hint(kind))
        self.text.set_margin(has_margin="toolbar" in ROWS[kind])
        self.text.set_markdown(is_markdown="toolbar" in ROWS[kind], can_become=kind is Kind.TEXT)
        self._rows["text"].setMaximumHeight(_SUMMARY_PX if kind is Kind.LINK else _NO_BOUND_PX)
        shown = ROWS[kind]
        for name, row in self._rows.items():
            if row.isHidden() == (name in shown):
                row.setVisible(name in shown)

    def _fields(self) -> dict[str, TextField]:
        """Every text field with its path."""
        fields: dict[str, TextField] = {**self._lines, "text": self.text}
        fields["mentions"] = self._mentions.line
        for name, items in self._lists.items():
            for number, row in enumerate(items.rows()):
                for part, field in row.fields.items():
                    fields[f"{name}.{number}.{part}"] = field
        return fields

    def _widget(self, path: str) -> QWidget | None:
        fields = self._fields()
        if path in fields:
            return fields[path]
        match path.split("."):
            case ["message"]:
                return self.first_field()
            case ["mentions", "is_all"]:
                return self._mentions.everyone
            case ["mentions", *_]:
                return self._mentions.focus_target(path)
            case ["orientation"]:
                return self._orientation and self._orientation.focus_target()
            case ["hide_avatar"]:
                return self._hide_avatar
            case ["jump"]:
                return self._lines.get("jump.title")
            case ["buttons" | "feed" as name, *_] if name in self._lists:
                items = self._lists[name]
                rows = items.rows()
                return next(iter(rows[0].fields.values())) if rows else items.add_button
        return None

    # --- answering ------------------------------------------------------------------------------

    def _on_orientation_chosen(self, orientation: Orientation) -> None:
        self.touched.emit("orientation")
        self._session.edit(replace(self._session.draft, orientation=orientation))

    def _on_hide_avatar_clicked(self, is_hidden: bool) -> None:
        self._session.edit(replace(self._session.draft, hide_avatar=True if is_hidden else None))

    def _on_text_links_clicked(self, opens_browser: bool) -> None:
        self._session.edit(replace(self._session.draft, browser_links=opens_browser))

    def _on_mentions_edited(self, mentions: Mentions | None) -> None:
        self.touched.emit("mentions")
        typed = self._mentions.line.text()
        self._session.edit(replace(self._session.draft, mentions=mentions, typed_person=typed))

    def _on_person_typed(self, typed: str) -> None:
        merge_key = self._mentions.line.step_key("typed_person")
        self._session.edit(replace(self._session.draft, typed_person=typed), merge_key)

    def _on_mentions_shown(self, mentions: Mentions) -> None:
        self.text.set_people((*mentions.mobiles, *mentions.user_ids))

    def _write_mention(self, text: str, mentions: Mentions) -> None:
        self.touched.emit("text")
        self._session.edit(replace(self._session.draft, text=text, mentions=mentions))

    def _on_person_asked(self) -> None:
        self._mentions.line.setFocus()

    def _on_row_made(self, row: "ItemRow") -> None:
        for field in row.fields.values():
            self._wire_common(field)

    def _on_markdown_wanted(self, text: str) -> None:
        from dingcomposer.core.pasting.content import title_of

        draft = self._session.draft
        title = draft.title or title_of(text)
        self._session.edit(replace(draft, kind=Kind.MARKDOWN, title=title, text=text))

    def _takes_paste(self, source: QMimeData) -> bool:
        return self._paste_filter is not None and self._paste_filter(source)

    def _on_picture_pasted(self, field: TextField) -> None:
        from dingcomposer.ui.texts.pasting.pasted import picture_refused

        if field is not self.text:
            self.refused.emit(picture_refused())
            return
        ways = []
        if self._toolbar is not None and "toolbar" in ROWS[self._session.draft.kind]:
            words = self.tr("Insert a picture's address…")
            ways = [("picture", words, self._toolbar.ask_for_picture)]
        self.text.rich_paste.bar.show_words(picture_refused(), ways)

    def _on_paste_refused(self, size_bytes: int) -> None:
        self.refused.emit(
            self.tr(
                "Not pasted: {size} KB is more than a field can hold (200 KB), and far more than"
                " DingTalk accepts. Nothing was changed; the clipboard still has it."
            ).format(size=-(-size_bytes // 1000))
        )
