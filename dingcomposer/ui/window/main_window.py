"""The one window: robots at the left, writing and preview, history and sandbox, a status line."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QMainWindow,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.draft import Draft, from_message, to_message
from dingcomposer.core.messages import Message
from dingcomposer.core.robot import Robot
from dingcomposer.core.robot_lists import is_list
from dingcomposer.services.background import Background
from dingcomposer.services.outbox import as_sent
from dingcomposer.services.settings import LOADS_PICTURES, SWITCHED_OFF, ThemeName
from dingcomposer.services.target import TargetSelector
from dingcomposer.services.translations import Language
from dingcomposer.storage.history import SendRow
from dingcomposer.ui.checkup.launcher import CheckupLauncher
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.context import Context, Navigator, Page
from dingcomposer.ui.drafts.controller import DraftController
from dingcomposer.ui.drafts.list_panel import DraftListPanel
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.preview.images.loader import ImageLoader
from dingcomposer.ui.preview.panel import PreviewPanel
from dingcomposer.ui.queue.launcher import QueueLauncher
from dingcomposer.ui.robots.list_panel import RobotListPanel
from dingcomposer.ui.robots.lists.controller import ListsController
from dingcomposer.ui.send.broadcast_controller import BroadcastController
from dingcomposer.ui.send.recovery_actions import RecoveryActions
from dingcomposer.ui.send.result_presenter import ResultPresenter
from dingcomposer.ui.send.send_controller import SendController
from dingcomposer.ui.texts.problems import field_label, problem_sentence
from dingcomposer.ui.widgets.layouts import focus_as_read
from dingcomposer.ui.window.actions import ARCHIVE_ACTIONS
from dingcomposer.ui.window.editor_sync import EditorSync
from dingcomposer.ui.window.launchers import WindowLaunchers
from dingcomposer.ui.window.layout_state import LayoutState, NarrowWriting, SideBySideRoom
from dingcomposer.ui.window.link_opener import LinkOpener
from dingcomposer.ui.window.menus import WindowActions
from dingcomposer.ui.window.pages import LazyPages, make_place_buttons
from dingcomposer.ui.window.pasting import Pasting
from dingcomposer.ui.window.status_bar import StatusBar
from dingcomposer.ui.window.writing_options import WritingOptions

if TYPE_CHECKING:
    # At run time with the first look at them: not on the way to the first window.
    from dingcomposer.sandbox.server import Exchange
    from dingcomposer.ui.history.page import HistoryPage
    from dingcomposer.ui.sandbox.page import SandboxPage
    from dingcomposer.ui.send.result_bar import ResultBar


class MainWindow(QMainWindow):
    """Wires the pages to each other. It decides nothing about messages.

    `loader` and `checkups` outlive it, as all of the context does.

    Signals:
        closing(QCloseEvent): a person wants to close it; whoever listens may ignore the event.
        quitting(): a person wants to end the program, and not the window alone.
        appearance_chosen(str): a `settings.ThemeName`.
        language_chosen(str): a `translations.Language`.
        painted(): its first picture is complete.
    """

    closing = Signal(object)
    quitting = Signal()
    appearance_chosen = Signal(str)
    language_chosen = Signal(str)
    painted = Signal()

    def __init__(
        self,
        context: Context,
        render: RenderContext,
        *,
        loader: ImageLoader,
        checkups: CheckupLauncher,
    ) -> None:
        super().__init__()
        self.setObjectName("main")
        self._context, self._loader, self._checkups = context, loader, checkups
        self._is_painted = False
        # From the outside in: what changes its parent is styled anew, with everything in it.
        self._columns = _splitter("columns", self)
        self.setCentralWidget(self._columns)
        left = QWidget(self._columns)
        self._stack = QStackedWidget(self._columns)
        self._writing = _splitter("writing", self._stack)
        middle = QWidget(self._writing)
        right = QWidget(self._writing)
        background = self._background = Background(self)
        self.compose = ComposePage(
            context.session,
            problem_sentence,
            field_label,
            middle,
            background=background,
            book=context.contacts,
            settings=context.settings,
            now=lambda: datetime.now().astimezone(),
        )
        self._writing_options = WritingOptions(self.compose, context.settings, self)
        self.preview = PreviewPanel(right, background=background, pictures=render.pictures)
        self.places = EditorSync(context.session, self.compose, self.preview, self)
        SideBySideRoom(self._writing, self.preview)
        self._lists = _splitter("lists", left, Qt.Orientation.Vertical)
        self.drafts = DraftListPanel(context.session, context.robot_lists, self._lists)
        self.robots = RobotListPanel(context.robot_profiles, self._lists)
        self.status = StatusBar(context.outbox, context.history, context.settings, self)
        self.links = LinkOpener(self, self.status.say)
        navigator = self._navigator = Navigator(
            say=self.status.say,
            open_link=self.links.ask,
            write=self.write,
            open_as_new=self.open_as_new,
            edit_robot=self.edit_robot,
            check_up=self.check_up,
            keep_as_template=lambda one: self.launchers.templates.keep_message(one),  # noqa: PLW0108
            explain=lambda topic: self.launchers.show_guide(topic),  # noqa: PLW0108
        )
        self._drafts = DraftController(self.drafts, context, render, navigator, self)
        self.queue = QueueLauncher(
            context.outbox, context.history, navigator, self, names=render.names
        )
        self.flow = SendController(
            context.session,
            context.robot_profiles,
            context.outbox,
            context.rehearsal_tracker,
            problems=lambda: self.compose.problems,
            switched_off=lambda: context.settings.value(SWITCHED_OFF),
            render=render,
            window=self,
        )
        self.launchers = WindowLaunchers(
            context, navigator, render, self, compose=self.compose, flow=self.flow, go_to=self.go_to
        )
        self.recovery_actions = RecoveryActions(context, navigator, self.flow, self)
        self.broadcast = BroadcastController(
            context, flow=self.flow, say=self.status.say, window=self
        )
        self._results = ResultPresenter(
            self._place_result_bar,
            context.session,
            self.recovery_actions,
            flow=self.flow,
            broadcast=self.broadcast,
            say=self.status.say,
            say_result=self.status.say_result,
            settings=context.settings,
            parent=self,
        )
        self.target_selector = TargetSelector(context.session, context.robot_lists, self)
        self.lists = ListsController(context, self.robots, self.status.say, self)
        self.state = LayoutState(context.settings)
        self._lazy_pages = LazyPages(
            context,
            navigator,
            render,
            self._stack,
            state=self.state,
            broadcast=self.broadcast,
            recovery_actions=self.recovery_actions,
            make_schedules=self.launchers.make_schedules_page,
        )
        self.setStatusBar(self.status)
        self._place = Page.WRITE
        self._places = make_place_buttons(left)
        self._preview_place = self._make_preview_place(left)
        self._narrow = NarrowWriting(
            middle, right, button=self._preview_place, form_button=self._places[Page.WRITE]
        )
        self._lay_out(left, middle, right)
        self.pasting = Pasting(
            context, navigator, self.compose, background, self.launchers.open_template
        )
        self.menus = WindowActions(self.menuBar(), context, self._handlers(), self)
        self.pasting.show_tables_as_lines = self.menus.set_tables_as_lines
        self._connect()
        self._restore()
        self._on_robots_changed()
        self._on_target_changed(context.session.target_id)
        self._on_draft_changed(context.session.draft)
        self.go_to(Page.WRITE)

    # What others ask of it

    def go_to(self, place: Page) -> None:
        """Show a page."""
        self._narrow.show_preview(is_shown=False)
        page = self._page(place)
        is_entered = self._stack.currentWidget() is not page
        self._stack.setCurrentWidget(page)
        if place is Page.HISTORY and is_entered and not self._places[place].hasFocus():
            page.setFocus()  # its list, not what stands above it
        self._place = place
        self._places[place].setChecked(True)

    def write(self) -> None:
        """Lead to the draft as it stands."""
        self.go_to(Page.WRITE)
        self.focus_first()

    def focus_first(self) -> None:
        """Put the keyboard where it was in the draft; in a new one, where writing begins."""
        self.compose.focus_caret()

    def say(self, sentence: str) -> None:
        """Show a sentence in the status line until there is a newer one."""
        self.status.say(sentence)

    def tell(self, error: BaseException) -> None:
        """Say what did not work: the disk, or the program itself."""
        self.status.tell(error)

    def set_notice(self, sentence: str) -> None:
        """Something that holds for this run, in the status line; "" for nothing."""
        self.status.set_notice(sentence)

    def copy_draft(self) -> None:
        """Put what was written into the clipboard."""
        self.compose.copy_draft()

    def show_recovered(self, rows: tuple[SendRow, ...]) -> None:
        """Show what the last run left over."""
        self._results.show_recovered(rows)

    def show_exchange(self, exchange: "Exchange") -> None:
        """The sandbox took a request."""
        self._lazy_pages.show_exchange(exchange)

    @property
    def place(self) -> Page:
        """The page that is shown."""
        return self._place

    @property
    def result_bar(self) -> "ResultBar":
        """What came of the last send; made when it is first wanted."""
        return self._results.bar

    @property
    def history(self) -> "HistoryPage":
        """The page of the history; made when it is first wanted."""
        return self._lazy_pages.history

    @property
    def sandbox(self) -> "SandboxPage":
        """The page of the sandbox; made when it is first wanted."""
        return self._lazy_pages.sandbox

    def check_up(self, robot_id: str | None) -> None:
        """Open the check-up of a robot."""
        if robot_id is not None:
            self._checkups.open(robot_id, self, self._navigator)

    def edit_robot(self, robot: Robot | None, field: str = "") -> None:
        """Open the form of a robot, at a field such as "robot.secret", or an empty one."""
        self.launchers.edit_robot(robot, field)

    def ask_for_webhooks(self) -> None:
        """Ask for all webhooks that are gone; the status line leads here, too."""
        self.launchers.ask_for_webhooks()

    def open_as_new(self, message: Message) -> None:
        """Make a message the draft, for nobody yet: a target is chosen by hand only."""
        self._context.session.begin(from_message(as_sent(message)))
        self.write()

    def open_file(self, path: Path) -> None:
        """Open a file that the program was started with."""
        self.pasting.open_files([path])

    def offer_news(self, version: str) -> None:
        """Lead to what is new in this version, from the status line."""
        self.status.offer_news(version)

    def begin_new(self) -> None:
        """Begin an empty message, for nobody yet, beside the drafts that are open."""
        self._drafts.begin()

    def adopt(self, before: "MainWindow") -> None:
        """Go on where the window before this one was: what is under way, and the last result."""
        self.flow.adopt(before.flow)
        self.broadcast.adopt(before.broadcast)
        self._results.adopt(before._results)

    def keep_state(self) -> None:
        """Remember how the window is left."""
        self.state.keep_window(self)
        self.state.keep_splitters(self._columns)
        self.state.keep_view(self.preview)
        self._context.settings.save()

    def quit(self) -> None:
        """End the program, wherever it would stay otherwise."""
        self.quitting.emit()
        self.close()

    def show_missed(self) -> None:
        """Open what was due and not sent."""
        self.launchers.schedules.show_missed()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lets the program decide whether it may close."""
        self.closing.emit(event)

    def focusNextPrevChild(self, is_next: bool) -> bool:  # noqa: N802 - Qt's spelling
        """Tab leads through the window as it is read, whatever was made or shown meanwhile."""
        return focus_as_read(self, is_next=is_next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window form and preview take turns."""
        super().resizeEvent(event)
        self._narrow.set_window_width(event.size().width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Says, once, that the window stands."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)  # whatever is in it is painted by then

    # Building

    def _page(self, place: Page) -> QWidget:
        return self._writing if place is Page.WRITE else self._lazy_pages.page(place)

    def _place_result_bar(self, bar: "ResultBar") -> None:
        """Above the send button, which so stays where it is."""
        self.compose.add_above_send(bar)
        bar.details_wanted.connect(self._on_details_wanted)
        bar.meaning_wanted.connect(self._navigator.explain)

    def _make_preview_place(self, left: QWidget) -> QPushButton:
        """Leads to the preview where there is no room for it beside the form."""
        button = QPushButton(self.tr("Preview"), left)
        button.setObjectName("place.preview")
        button.setAccessibleName(button.text())
        button.setCheckable(True)
        button.setProperty("place", True)
        button.hide()
        self._places[Page.WRITE].group().addButton(button)
        button.clicked.connect(self._on_preview_place_clicked)
        return button

    def _lay_out(self, left: QWidget, middle: QWidget, right: QWidget) -> None:
        column = QVBoxLayout(left)
        column.setContentsMargins(12, 12, 4, 8)
        column.setSpacing(4)
        for place in Page:
            column.addWidget(self._places[place])
        column.insertWidget(1, self._preview_place)
        column.addSpacing(8)
        column.addWidget(self._lists, 1)
        self._lists.setStretchFactor(1, 1)
        writing = QVBoxLayout(middle)
        writing.setContentsMargins(0, 0, 0, 8)
        writing.setSpacing(0)
        writing.addWidget(self.compose, 1)
        seeing = QVBoxLayout(right)
        seeing.setContentsMargins(0, 12, 12, 8)
        seeing.addWidget(self.preview)
        self._writing.addWidget(middle)
        self._writing.addWidget(right)
        self._writing.setStretchFactor(0, 3)
        self._writing.setStretchFactor(1, 2)
        self._stack.addWidget(self._writing)
        self._columns.addWidget(left)
        self._columns.addWidget(self._stack)
        self._columns.setStretchFactor(1, 1)
        self.setMinimumSize(640, 380)

    def _connect(self) -> None:
        context = self._context
        session, robot_profiles = context.session, context.robot_profiles
        for place, button in self._places.items():
            button.clicked.connect(lambda _checked=False, place=place: self.go_to(place))
        session.changed.connect(self._on_draft_changed)
        session.target_changed.connect(self._on_target_changed)
        context.robot_lists.changed.connect(self._on_robots_changed)
        self.lists.target_chosen.connect(self._on_target_chosen)
        self.pasting.open_bundle = self.launchers.open_bundle
        robot_profiles.secrets_checked.connect(self._show_missing)
        context.contacts.changed.connect(self._show_draft)
        self.robots.target_chosen.connect(self._on_target_chosen)
        self.robots.edit_requested.connect(self._on_edit_requested)
        self.robots.checkup_requested.connect(self.check_up)
        self.robots.add_requested.connect(lambda: self.edit_robot(None))
        self.robots.said.connect(self.status.say)
        self.target_selector.said.connect(self.status.say)
        self.places.noted.connect(self.status.note)
        self.compose.target_chosen.connect(self._on_target_chosen)
        self.compose.send_requested.connect(self._on_send_requested)
        self.compose.broadcast_requested.connect(self.broadcast.begin)
        self.compose.rehearsal_requested.connect(self._on_rehearsal_requested)
        self.drafts.templates_requested.connect(self.launchers.show_templates)
        self.launchers.join_parts(self.broadcast, self._results)
        self.compose.field_requested.connect(self._on_field_requested)
        self.compose.said.connect(self.status.say)
        self.flow.correction_changed.connect(self._on_correction_changed)
        self.flow.tell_correction()
        self.flow.sending_changed.connect(self.compose.set_sending)
        self.flow.wait_changed.connect(self.compose.set_wait)
        self.preview.link_clicked.connect(self.links.ask)
        self.preview.said.connect(self.status.say)
        self.status.queue_wanted.connect(self.queue.show)
        self.status.webhooks_wanted.connect(self.ask_for_webhooks)
        self.status.news_wanted.connect(partial(self._navigator.explain, "whats-new"))
        self.status.meaning_wanted.connect(self._navigator.explain)

    def _restore(self) -> None:
        self.state.restore_window(self, QSize(1280, 820))
        self._columns.setSizes([216, 1064])
        self._lists.setSizes([self.drafts.sizeHint().height(), 1000])
        self._writing.setSizes([600, 464])
        self.state.restore_splitters(self._columns)
        self.state.restore_view(self.preview)

    def _handlers(self) -> dict[str, Callable[[], object]]:
        """What each action of the menus does."""
        session = self._context.session
        return {
            **self._drafts.handlers(),
            "send": self.compose.send_action.trigger,
            "several": self.compose.request_broadcast,
            "queue": self.queue.show,
            "paste_message": self.pasting.open_clipboard,
            "open_file": self.pasting.ask_for_file,
            "plan": self.status.ask_plan,
            "quit": self.quit,
            "undo": session.undo,
            "redo": session.redo,
            "find": self._find,
            "replace": self._replace,
            "find_history": self._find_in_history,
            "upkeep": lambda: self._history_page().open_upkeep(),
            "add_robot": lambda: self.edit_robot(None),
            "checkup": lambda: self.check_up(session.target_id),
            **{one: partial(self._act_on_history, one) for one in ARCHIVE_ACTIONS},
            "pictures": self._toggle_pictures,
            "fix": self._show_fixes,
            **self._writing_options.handlers(),
            "palette": self._show_palette,
            "tables_as_lines": self.pasting.toggle_tables,
            "reload": self._loader.reload,
            "json": self._toggle_json,
            **self.launchers.handlers(),
            **self.lists.handlers(),
            **{f"go.{page}": partial(self.go_to, page) for page in Page},
            **{f"appearance.{one}": partial(self.appearance_chosen.emit, one) for one in ThemeName},
            **{f"language.{one}": partial(self.language_chosen.emit, one) for one in Language},
        }

    # What happens

    def _toggle_pictures(self) -> None:
        settings = self._context.settings
        loads = not settings.value(LOADS_PICTURES)
        settings.set(LOADS_PICTURES, loads)
        self._loader.set_on(loads)
        self.menus.set_loads_pictures(loads)

    def _toggle_json(self) -> None:
        self.go_to(Page.WRITE)
        self.compose.show_json(is_shown=not self.compose.shows_json)

    def _show_fixes(self) -> None:
        self.go_to(Page.WRITE)
        self.compose.show_fixes()

    def _show_palette(self) -> None:
        from dingcomposer.ui.window.palette_sources import PaletteParts, show_palette

        parts = PaletteParts(
            self,
            self._context,
            self.compose,
            self._background,
            self.go_to,
            aim=self._on_target_chosen,
            show_template=self.launchers.show_template,
        )
        show_palette(parts)

    def _act_on_history(self, name: str) -> None:
        self._history_page().archive.carry_out(name)

    def _history_page(self) -> "HistoryPage":
        self.go_to(Page.HISTORY)
        return self.history

    def _show_draft(self) -> None:
        self._on_draft_changed(self._context.session.draft)

    def _on_draft_changed(self, draft: Draft) -> None:
        self.preview.show_message(to_message(draft), self._target(), self._context.contacts.names)

    def _on_target_changed(self, robot_id: str | None) -> None:
        self.robots.set_target(robot_id)
        self.lists.set_target(robot_id)
        robot = self._target()
        self.setWindowTitle(
            self.tr("{group} — DingComposer").format(group=robot.name)
            if robot is not None
            else "DingComposer"
        )
        self.status.set_robot(None if is_list(robot_id) else robot)
        self._show_draft()

    def _on_robots_changed(self) -> None:
        robot_lists, session = self._context.robot_lists, self._context.session
        session.keep_targets(robot_lists.target_ids)
        self.compose.set_robots(robot_lists.targets, robot_lists.members_by_target)
        self._show_missing()
        self._on_target_changed(session.target_id)

    def _show_missing(self) -> None:
        self.status.set_missing(len(self._context.robot_profiles.lost))

    def _on_target_chosen(self, robot_id: str | None) -> None:
        self.target_selector.select(robot_id)
        self.go_to(Page.WRITE)

    def _on_edit_requested(self, robot_id: str) -> None:
        robot = self._context.robot_profiles.get(robot_id)
        if robot is not None:
            self.edit_robot(robot)

    def _on_field_requested(self, field: str) -> None:
        if not field.startswith("robot") or (robot := self._target()) is None:
            return
        if (robot_list := self._context.robot_lists.of_target(robot.robot_id)) is not None:
            self.lists.edit(robot_list.list_id)
        else:
            self.edit_robot(robot, field)

    def _on_correction_changed(self, corrected: SendRow | None) -> None:
        self.compose.propose(None if corrected is None else corrected.robot_id)

    def _on_send_requested(self) -> None:
        robot_list = self._context.robot_lists.of_target(self._context.session.target_id)
        if robot_list is not None:
            self.broadcast.send_to_list(robot_list)
        elif self.flow.send() is not None:
            self._results.dismiss()

    def _on_rehearsal_requested(self, robot_id: str) -> None:
        if self.flow.rehearse(robot_id) is not None:
            self._results.dismiss()

    def _on_preview_place_clicked(self) -> None:
        self.go_to(Page.WRITE)
        self._narrow.show_preview(is_shown=True)

    def _find(self) -> None:
        if self._place is Page.HISTORY:
            self._find_in_history()
        else:
            self.go_to(Page.WRITE)
            self.compose.open_finder(replaces=False)

    def _replace(self) -> None:
        self.go_to(Page.WRITE)
        self.compose.open_finder(replaces=True)

    def _find_in_history(self) -> None:
        self._history_page().focus_search()

    def _on_details_wanted(self, msg_uuid: str) -> None:
        self._history_page().select(msg_uuid)

    def _target(self) -> Robot | None:
        return self._context.robot_lists.get(self._context.session.target_id)


def _splitter(
    name: str, parent: QWidget, orientation: Qt.Orientation = Qt.Orientation.Horizontal
) -> QSplitter:
    splitter = QSplitter(orientation, parent)
    splitter.setObjectName(name)
    splitter.setChildrenCollapsible(False)
    splitter.setHandleWidth(8)
    return splitter
