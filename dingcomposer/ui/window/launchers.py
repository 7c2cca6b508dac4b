"""What the window's menus open: dialogs, templates, parts; each made when it is first wanted."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from dingcomposer.core.draft import to_message
from dingcomposer.core.robot import Robot
from dingcomposer.services.outbox import message_for
from dingcomposer.services.settings import SWITCHED_OFF
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.compose.send_bar import SendBar
from dingcomposer.ui.context import Context, Navigator, Page
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.send.broadcast_controller import BroadcastController
from dingcomposer.ui.send.result_presenter import ResultPresenter
from dingcomposer.ui.send.send_controller import SendController

if TYPE_CHECKING:
    from dingcomposer.core.templates.template import Template
    from dingcomposer.ui.bundles.launcher import BundleLauncher
    from dingcomposer.ui.help.launcher import HelpLauncher
    from dingcomposer.ui.preview.snippet_menu import SnippetMenu
    from dingcomposer.ui.schedules.launcher import ScheduleLauncher
    from dingcomposer.ui.send.parts_controller import PartsController
    from dingcomposer.ui.table_send.launcher import TableSendLauncher
    from dingcomposer.ui.templates.launcher import TemplateLauncher


class WindowLaunchers(QObject):
    """One for each window; nothing of what it opens is loaded before.

    Signals:
        parts_result_known(BroadcastResult): how a message in parts fares.
    """

    parts_result_known = Signal(object)

    def __init__(
        self,
        context: Context,
        navigator: Navigator,
        render: RenderContext,
        window: QWidget,
        *,
        compose: ComposePage,
        flow: SendController,
        go_to: Callable[[Page], object],
    ) -> None:
        super().__init__(window)
        self._context, self._navigator, self._render = context, navigator, render
        self._window, self._compose, self._flow = window, compose, flow
        self._go_to = go_to
        self._templates: TemplateLauncher | None = None
        self._parts: PartsController | None = None
        self._table_send: TableSendLauncher | None = None
        self._bundles: BundleLauncher | None = None
        self._schedules: ScheduleLauncher | None = None
        bar = compose.findChild(SendBar)
        assert bar is not None
        bar.schedule_clicked.connect(self._on_schedule_clicked)
        self._help: HelpLauncher | None = None
        compose.parts_requested.connect(self._on_parts_requested)
        compose.filling_requested.connect(self._on_filling_requested)
        compose.meaning_wanted.connect(self.show_guide)

    @property
    def templates(self) -> "TemplateLauncher":
        """What opens the templates, and keeps a message as one."""
        if self._templates is None:
            from dingcomposer.ui.templates.launcher import TemplateLauncher

            about = (self._context, self._navigator, self._render, self._window)
            self._templates = TemplateLauncher(*about)
            self._templates.schedule_requested.connect(self._on_template_scheduled)
        return self._templates

    @property
    def table_send(self) -> "TableSendLauncher":
        """What sends one message for each row of a table."""
        if self._table_send is None:
            from dingcomposer.ui.table_send.launcher import TableSendLauncher

            about = (self._context, self._navigator, self._render, self._window)
            self._table_send = TableSendLauncher(*about)
        return self._table_send

    @property
    def bundles(self) -> "BundleLauncher":
        """What carries robots and more out and in."""
        if self._bundles is None:
            from dingcomposer.ui.bundles.launcher import BundleLauncher

            self._bundles = BundleLauncher(self._context, self._navigator, self._window)
        return self._bundles

    def open_bundle(self, path: Path) -> None:
        """Look at robots and more out of a file."""
        self.bundles.open_file(path)

    @property
    def schedules(self) -> "ScheduleLauncher":
        """What opens and keeps schedules."""
        if self._schedules is None:
            from dingcomposer.ui.schedules.launcher import ScheduleLauncher

            self._schedules = ScheduleLauncher(
                self._context,
                self._navigator,
                self._render,
                self._window,
                show_page=lambda: self._go_to(Page.SCHEDULES),
                fill_draft=lambda: self.templates.fill_draft(),  # noqa: PLW0108
                show_background=self._show_background,
            )
        return self._schedules

    def make_schedules_page(self, parent: QWidget) -> QWidget:
        """The page of the schedules."""
        return self.schedules.make_page(parent)

    def show_template(self, key: str) -> None:
        """Open the templates at the one of this key."""
        self.templates.show(key)

    def open_template(self, path: Path) -> None:
        """Take a template's file in, and open the templates at it."""
        self.templates.open_file(path)

    @property
    def help(self) -> "HelpLauncher":
        """What opens the guide and About."""
        if self._help is None:
            from dingcomposer.ui.help.launcher import HelpLauncher

            self._help = HelpLauncher(self._navigator, self._window)
        return self._help

    def show_guide(self, topic: str = "") -> None:
        """Open the guide, at a page or a section where one is named."""
        self.help.show_guide(topic)

    @property
    def parts(self) -> "PartsController":
        """What sends a message that is too long in parts."""
        if self._parts is None:
            from dingcomposer.ui.send.parts_controller import PartsController

            context = self._context
            self._parts = PartsController(
                context.session,
                context.robot_profiles,
                context.outbox,
                context.history,
                flow=self._flow,
                render=self._render,
                say=self._navigator.say,
                window=self._window,
            )
            self._parts.result_known.connect(self.parts_result_known)
        return self._parts

    def show_templates(self) -> None:
        """Open the templates."""
        self.templates.show()

    def make_snippet_menu(self) -> "SnippetMenu":
        """As what the message that is written can be copied, for the robot that it is for."""
        from dingcomposer.ui.preview.snippet_menu import SnippetMenu, SnippetSource

        context = self._context
        robot = context.robot_profiles.get(context.session.target_id)
        # Without a group it is a program for any robot: whoever runs it says whether it signs.
        is_signed = None if robot is None else robot.has_secret or robot.expects_signature
        message = message_for(robot, to_message(context.session.draft))
        source = SnippetSource(message, robot or Robot("", ""), is_signed)
        return SnippetMenu(source, self._navigator.say, self._window)

    def edit_robot(self, robot: Robot | None, field: str) -> None:
        """Open the form of a robot, at a field such as "robot.secret", or an empty one."""
        from dingcomposer.ui.robots.dialog import RobotDialog

        about = (self._context.robot_profiles, robot, self._window)
        self._open(RobotDialog(*about, field=field))

    def ask_for_webhooks(self) -> None:
        """Ask for all webhooks that are gone."""
        from dingcomposer.ui.robots.missing_webhooks_dialog import MissingWebhooksDialog

        self._open(MissingWebhooksDialog(self._context.robot_profiles, self._window))

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What some actions of the menus do."""
        return {
            "templates": self.show_templates,
            "keep_template": lambda: self.templates.keep_draft(),  # noqa: PLW0108
            "table_send": lambda: self.table_send.show(),  # noqa: PLW0108
            "copy_as": self._show_snippets,
            "schedule": self._on_schedule_clicked,
            "background": self._show_background,
            "contacts": self._show_contacts,
            "import_robots": lambda: self.bundles.choose_import(),  # noqa: PLW0108 - made then
            "export_robots": lambda: self.bundles.export(),  # noqa: PLW0108
            "checks": self._show_checks,
            "guide": self.show_guide,
            "whats_new": lambda: self.show_guide("whats-new"),
            "shortcuts": self._show_shortcuts,
            "about": lambda: self.help.show_about(),  # noqa: PLW0108
        }

    def join_parts(self, broadcast: BroadcastController, results: ResultPresenter) -> None:
        """Parts that are to go out again do so, and how parts fare is shown."""
        broadcast.parts_wanted.connect(lambda group_id: self.parts.send_missing(group_id))  # noqa: PLW0108
        self.parts_result_known.connect(results.on_parts_result_known)

    def _on_parts_requested(self) -> None:
        self.parts.begin()

    def _on_filling_requested(self) -> None:
        self.templates.fill_draft()

    def _on_schedule_clicked(self) -> None:
        self.schedules.schedule_draft()

    def _on_template_scheduled(self, template: "Template", values: dict[str, str]) -> None:
        self.schedules.schedule_template(template, values)

    def _show_background(self) -> None:
        from dingcomposer.ui.tray.dialog import BackgroundDialog

        folder = Path(self._context.history.database.path).parent
        dialog = BackgroundDialog(self._context.settings, folder, self._window)
        dialog.entry_wanted.connect(lambda: self.schedules.show_entry())  # noqa: PLW0108 - made then
        self._open(dialog)

    def _show_snippets(self) -> None:
        if self._context.session.draft.is_blank:
            self._navigator.say(self.tr("Write a message first: it is what the program sends."))
            return
        menu = self.make_snippet_menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        half = menu.sizeHint() / 2
        centre = self._compose.mapToGlobal(self._compose.rect().center())
        menu.popup(centre - QPoint(half.width(), half.height()))

    def _show_contacts(self) -> None:
        from dingcomposer.ui.contacts.dialog import ContactsDialog

        self._open(ContactsDialog(self._context.contacts, self._window))

    def _show_checks(self) -> None:
        from dingcomposer.ui.compose.checks_dialog import ChecksDialog

        dialog = ChecksDialog(self._context.settings.value(SWITCHED_OFF), self._window)
        dialog.chosen.connect(self._compose.quick_fixes.hide)
        self._open(dialog)

    def _show_shortcuts(self) -> None:
        from dingcomposer.ui.window.actions import ACTIONS
        from dingcomposer.ui.window.shortcuts_dialog import ShortcutsDialog

        ShortcutsDialog(ACTIONS, self._window).open()

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
