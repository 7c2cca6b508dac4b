"""What the window's menus open: dialogs, templates, parts; each made when it is first wanted."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from dingcomposer.core.draft import to_message
from dingcomposer.core.robot import Robot
from dingcomposer.services.outbox import message_for
from dingcomposer.services.settings import SWITCHED_OFF
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.context import Context, Navigator
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.send.send_controller import SendController

if TYPE_CHECKING:
    from dingcomposer.ui.help.launcher import HelpLauncher
    from dingcomposer.ui.preview.snippet_menu import SnippetMenu
    from dingcomposer.ui.send.parts_controller import PartsController
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
    ) -> None:
        super().__init__(window)
        self._context, self._navigator, self._render = context, navigator, render
        self._window, self._compose, self._flow = window, compose, flow
        self._templates: TemplateLauncher | None = None
        self._parts: PartsController | None = None
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
        return self._templates

    def show_template(self, key: str) -> None:
        """Open the templates at the one of this key."""
        self.templates.show(key)

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
        message = to_message(context.session.draft)
        if robot is not None:
            message = message_for(robot, message)
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
            "copy_as": self._show_snippets,
            "contacts": self._show_contacts,
            "checks": self._show_checks,
            "guide": self.show_guide,
            "whats_new": lambda: self.show_guide("whats-new"),
            "shortcuts": self._show_shortcuts,
            "about": lambda: self.help.show_about(),  # noqa: PLW0108
        }

    def _on_parts_requested(self) -> None:
        self.parts.begin()

    def _on_filling_requested(self) -> None:
        self.templates.fill_draft()

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
