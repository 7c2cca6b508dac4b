"""Templates dialog: the list at the left, the fields of one, its message as the group sees it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QSplitter,
    QToolButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.draft import Draft, to_message
from dingcomposer.core.messages import ActionCard, Markdown, mentions_of
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.core.templates.filling import addressed
from dingcomposer.core.templates.template import Template
from dingcomposer.services.templates import KnownTemplate, Origin, Templates
from dingcomposer.ui import theme
from dingcomposer.ui.context import Context
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor, RenderContext
from dingcomposer.ui.preview.viewport import BubbleArea
from dingcomposer.ui.templates.fields_form import FieldsForm, Offers
from dingcomposer.ui.texts.messages import kind_name
from dingcomposer.ui.texts.translate import join_names
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen, set_tab_order_after
from dingcomposer.ui.widgets.plain_text import plain_label, plain_tip
from dingcomposer.ui.widgets.text_fields import TextLine

_NEUTRAL = "#8A919C"
_KEY = Qt.ItemDataRole.UserRole


class TemplatesDialog(OrderedDialog):
    """Choose one, fill it in, use it. What else can be done with one stands in a menu.

    Signals:
        used(KnownTemplate, Draft, dict[str, str]): make this the message; with these values.
        scheduled(KnownTemplate, dict[str, str]): send it at a set time, filled in anew each time.
        asked(str, KnownTemplate | None): "import", "export", "delete", "edit", "save" the draft as
            one, "share" a folder or "unshare" it.
    """

    used = Signal(object, object, object)
    scheduled = Signal(object, object)
    asked = Signal(str, object)

    def __init__(
        self,
        context: Context,
        templates: Templates,
        render: RenderContext,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("templates")
        self.setWindowTitle(self.tr("Templates"))
        self._context, self._templates = context, templates
        self._known: KnownTemplate | None = None
        self._draft = Draft()
        self._make_list()
        self._make_preview(render)
        self.form = FieldsForm(self)
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._show_list()
        resize_within_screen(self, QSize(1080, 680), QSize(640, 360))
        self._search.setFocus()

    @property
    def chosen(self) -> KnownTemplate | None:
        """The template that is filled in."""
        return self._known

    def choose(self, key: str) -> None:
        """Show the template of this key."""
        for item in self._items():
            if item.data(0, _KEY) == key:
                self._list.setCurrentItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the list leads to the fields; only there it uses the template."""
        if watched is self._list and isinstance(event, QKeyEvent):
            is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if is_enter and event.type() == QEvent.Type.KeyPress:
                self.form.focus_first()
                return True
        return super().eventFilter(watched, event)

    # --- building -------------------------------------------------------------------------------

    def _make_list(self) -> None:
        self._search = TextLine(self)
        self._search.setObjectName("templates.search")
        self._search.setAccessibleName(self.tr("Search the templates"))
        self._search.setPlaceholderText(self.tr("Search"))
        self._list = QTreeWidget(self)
        self._list.setObjectName("templates.list")
        self._list.setAccessibleName(self.tr("Templates"))
        self._list.setProperty("rows", True)
        self._list.setHeaderHidden(True)
        self._list.setIndentation(0)
        self._list.setRootIsDecorated(False)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._broken = plain_label("", self, "templates.broken")
        self._broken.setProperty("notice", "warn")
        self._broken.setWordWrap(True)

    def _make_preview(self, render: RenderContext) -> None:
        self._name = plain_label("", self, "templates.name")
        self._name.setProperty("heading", True)
        self._about = plain_label("", self, "templates.about")
        self._about.setProperty("quiet", True)
        self._title = plain_label("", self, "templates.title")
        self._title.setProperty("quiet", True)
        for label in (self._name, self._about, self._title):
            label.setWordWrap(True)
        self._bubble = Bubble(self, pictures=render.pictures)
        self._area = BubbleArea(self._bubble, self)
        self._area.setObjectName("templates.preview")
        self._area.setAccessibleName(self.tr("The message as the group will see it"))
        self._ground = QFrame(self)
        self._ground.setObjectName("templates.ground")
        self._follow_theme()

    def _make_buttons(self) -> None:
        self._use = DefaultButton("templates.use", self.tr("Use this template"), self)
        self._later = DialogButton("templates.schedule", self.tr("Send at a time…"), self)
        self._later.setToolTip(self.tr("Today's date and the like are filled in anew each time"))
        self._cancel = DialogButton("templates.cancel", self.tr("Cancel"), self)
        self._more = QToolButton(self)
        self._more.setObjectName("templates.more")
        self._more.setText(self.tr("More"))
        self._more.setAccessibleName(self.tr("What else can be done with templates"))
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setMenu(QMenu(self._more))
        self._empty = QLabel(self)
        self._empty.setObjectName("templates.empty")
        self._empty.setProperty("quiet", True)
        self._empty.setWordWrap(True)
        self._empty.setTextFormat(Qt.TextFormat.PlainText)

    def _lay_out(self) -> None:
        left, middle = QWidget(self), QWidget(self)
        for_list = QVBoxLayout(left)
        for_list.setContentsMargins(0, 0, 8, 0)
        for_list.setSpacing(8)
        for_list.addWidget(self._search)
        for_list.addWidget(self._list, 1)
        for_list.addWidget(self._broken)
        for_fields = QVBoxLayout(middle)
        for_fields.setContentsMargins(8, 0, 8, 0)
        for_fields.setSpacing(4)
        for_fields.addWidget(self._name)
        for_fields.addWidget(self._about)
        for_fields.addSpacing(8)
        for_fields.addWidget(self.form, 1)
        right = QVBoxLayout(self._ground)
        right.setContentsMargins(8, 8, 8, 8)
        right.addWidget(self._title)
        right.addWidget(self._area, 1)
        columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setObjectName("templates.columns")
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(8)
        for part, width in ((left, 230), (middle, 380), (self._ground, 420)):
            columns.addWidget(part)
            part.setMinimumWidth(150)
            columns.setStretchFactor(columns.count() - 1, 0 if part is left else 1)
            part.resize(width, part.height())
        columns.setSizes([230, 380, 420])
        last = QHBoxLayout()
        last.setSpacing(8)
        for button in (self._more, self._later):
            last.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        last.addLayout(answer_row(self, self._empty, self._use, self._cancel), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(12)
        column.addWidget(columns, 1)
        column.addLayout(last)

    def _connect(self) -> None:
        self._search.edited.connect(self._show_list)
        self._list.currentItemChanged.connect(lambda item, _before: self._on_chosen(item))
        self._list.installEventFilter(self)
        self._list.customContextMenuRequested.connect(self._on_menu_wanted)
        self.form.changed.connect(self._show_filled)
        self._use.clicked.connect(self._on_use)
        self._later.clicked.connect(self._on_later)
        self._cancel.clicked.connect(self.reject)
        self._templates.changed.connect(self._show_list)
        menu = self._more.menu()
        assert menu is not None
        menu.aboutToShow.connect(lambda: self._fill_menu(menu))

    # --- the list -------------------------------------------------------------------------------

    def _show_list(self) -> None:
        """The templates in their folders; the one that was chosen stays so."""
        wanted = "" if self._known is None else self._known.key
        words = self._search.text().strip().casefold()
        folders: dict[str, list[KnownTemplate]] = defaultdict(list)
        for one in self._templates.known:
            template = one.template
            if words in f"{template.name} {template.folder} {template.about}".casefold():
                folders[template.folder or self.tr("My templates")].append(one)
        own = {name for name, inside in folders.items() if _has_own(inside)}
        self._list.blockSignals(True)
        self._list.clear()
        for name in sorted(folders, key=lambda one: (one not in own, one)):
            folder = QTreeWidgetItem(self._list, [clean(name)])
            folder.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = folder.font(0)
            font.setBold(True)
            folder.setFont(0, font)
            for one in sorted(folders[name], key=lambda each: each.origin is Origin.SHIPPED):
                item = QTreeWidgetItem(folder, [clean(one.template.name)])
                item.setData(0, _KEY, one.key)
                about = one.template.about or kind_name(one.template.draft.kind)
                item.setToolTip(0, plain_tip(about))
        self._list.expandAll()
        self._list.blockSignals(False)
        items = self._items()
        chosen = next((one for one in items if one.data(0, _KEY) == wanted), None)
        chosen = chosen or (items[0] if items else None)
        if chosen is not None:
            self._list.setCurrentItem(chosen)
        self._on_chosen(chosen)
        broken = self._templates.broken
        names = join_names(one.path.name for one in broken[:3])
        self._broken.setText(self.tr("Cannot be read: {files}").format(files=names))
        self._broken.setVisible(bool(broken))

    def _items(self) -> list[QTreeWidgetItem]:
        tops = (self._list.topLevelItem(row) for row in range(self._list.topLevelItemCount()))
        rows = ((top, row) for top in tops if top for row in range(top.childCount()))
        return [item for top, row in rows if (item := top.child(row)) is not None]

    def _on_chosen(self, item: QTreeWidgetItem | None) -> None:
        key = None if item is None else item.data(0, _KEY)
        known = self._templates.get(str(key)) if key else None
        if known == self._known and known is not None:
            return
        self._known = known
        self._use.setEnabled(known is not None)
        if known is None:
            self._name.setText(self.tr("No template is called so"))
            self._about.setText("")
            self.form.show_template(Template("", Draft()), self._offers(None))
            self._show_filled()
            return
        self._name.setText(known.template.name)
        self._about.setText(known.template.about)
        self.form.show_template(known.template, self._offers(known))
        buttons = (self._more, self._use, self._cancel)
        set_tab_order_after(self._list, (*self.form.fields, *buttons))
        self._show_filled()

    def _offers(self, known: KnownTemplate | None) -> Offers:
        if known is None:
            return offers_of(self._context, self._templates, Template("", Draft()), None)
        last = self._templates.last_values(known)
        return offers_of(self._context, self._templates, known.template, self._group(), last)

    def _group(self) -> Robot | None:
        """The group of the draft, where this message would be for it."""
        session = self._context.session
        return (
            self._context.robot_profiles.get(session.target_id) if session.draft.is_blank else None
        )

    # --- the message ----------------------------------------------------------------------------

    def _show_filled(self) -> None:
        """The message with the values as they are."""
        if self._known is None:
            self._area.hide()
            self._title.setText("")
            self._empty.setText("")
            return
        robot = self._group()
        filling = self._templates.fill(
            self._known.template,
            self.form.values,
            self._context.contacts.names,
        )
        self._draft = filling.draft
        message = to_message(filling.draft)
        author = MessageAuthor(self.tr("Robot"), _NEUTRAL)
        if robot is not None:
            author = MessageAuthor(robot.name, robot.colour)
        message = addressed(message, None if robot is None else robot.name)
        self._bubble.show_message(
            message,
            author,
            at_names=self._context.contacts.names,
            is_reader_mentioned=bool(mentions_of(message)),
        )
        self._area.show()
        title = message.title if isinstance(message, Markdown | ActionCard) else ""
        words = self.tr("Title in the conversation list: {title}")
        self._title.setText(words.format(title=title) if title else "")
        self._title.setVisible(bool(title))
        names = join_names(filling.unfilled)
        empty = self.tr("Still empty: {names}").format(names=names)
        self._empty.setText(clean(empty) if filling.unfilled else "")
        self._later.setEnabled(not filling.unfilled)

    def _on_use(self) -> None:
        if self._known is not None:
            self.used.emit(self._known, self._draft, self.form.values)
            self.accept()

    def _on_later(self) -> None:
        if self._known is not None:
            self.scheduled.emit(self._known, self.form.values)
            self.accept()

    # --- what else ------------------------------------------------------------------------------

    def _on_menu_wanted(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        self._fill_menu(menu)
        menu.popup(self._list.viewport().mapToGlobal(place))

    def _fill_menu(self, menu: QMenu) -> None:
        menu.clear()
        known = self._known
        words = {
            "save": self.tr("Keep the draft as a template…"),
            "edit": self.tr("Write on this template"),
            "export": self.tr("Save as a file…"),
            "delete": self.tr("Delete…"),
            "import": self.tr("Take one from a file…"),
            "share": self.tr("Choose a shared folder…"),
            "unshare": self.tr("Leave the shared folder"),
        }
        for name, label in words.items():
            action = menu.addAction(label)
            action.setObjectName(f"templates.{name}")
            action.triggered.connect(lambda _=False, name=name: self.asked.emit(name, self._known))
            if name in ("edit", "export"):
                action.setEnabled(known is not None)
            elif name == "delete":
                action.setEnabled(known is not None and known.origin is Origin.OWN)
                menu.addSeparator()
            elif name == "unshare":
                action.setVisible(self._templates.shared_folder is not None)

    def _follow_theme(self) -> None:
        on = theme.current()
        self._ground.setStyleSheet(
            f"QFrame#templates\\.ground {{ border: 1px solid {on.line}; border-radius: 8px; }}"
        )


def offers_of(
    context: Context,
    templates: Templates,
    template: Template,
    robot: Robot | None,
    last: Mapping[str, Sequence[str]] | None = None,
) -> Offers:
    """What is offered in the form of a template that is to go to a robot's group."""
    robots = context.robot_profiles.robots
    keywords = robot.keywords if robot is not None else ()
    others = (word for one in robots for word in one.keywords)
    return Offers(
        templates.surroundings.now.date(),
        templates.built_in(template),
        last or {},
        context.contacts.contacts,
        tuple(dict.fromkeys((*keywords, *others))),
        tuple(one.name for one in robots),
    )


def _has_own(inside: list[KnownTemplate]) -> bool:
    return any(one.origin is not Origin.SHIPPED for one in inside)
