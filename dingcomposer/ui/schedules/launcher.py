"""Carries out what is asked of schedules: opens their dialogs, keeps, sends, removes."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QDialog, QWidget

from dingcomposer.core.delivery import AT_ONCE
from dingcomposer.core.draft import to_message
from dingcomposer.core.messages import headline_of
from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot_lists import RobotList
from dingcomposer.core.scheduling.schedule import MessageSchedule
from dingcomposer.core.templates.template import FieldKind, Template, built_in_called, names_in
from dingcomposer.services.scheduling.planner import HoldsSecret, Planner, with_my_name
from dingcomposer.services.settings import MY_NAME
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.planned.schedules import ScheduleConflict
from dingcomposer.ui import questions
from dingcomposer.ui.context import Context, Navigator
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.schedules.days_dialog import DaysDialog
from dingcomposer.ui.schedules.dialog import ScheduleDialog, new_schedule
from dingcomposer.ui.schedules.entry_dialog import EntryDialog
from dingcomposer.ui.schedules.missed import MissedDialog
from dingcomposer.ui.schedules.page import PageAction, SchedulesPage
from dingcomposer.ui.texts.schedules import groups_words
from dingcomposer.ui.texts.send.broadcast import order_sentence
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.time import day_time
from dingcomposer.ui.texts.translate import join_names

_SHOWN = 120
"""So much of a message stands in a question."""


class ScheduleLauncher(QObject):
    """One for each window, made when it is first wanted.

    `fill_draft` asks for the fields that the draft still has; `show_background` opens what keeps
    the program running without its window.
    """

    def __init__(
        self,
        context: Context,
        navigator: Navigator,
        render: RenderContext,
        window: QWidget,
        *,
        show_page: Callable[[], object],
        fill_draft: Callable[[], object],
        show_background: Callable[[], object],
    ) -> None:
        super().__init__(window)
        self._context, self._navigator, self._render = context, navigator, render
        self._window = window
        self._show_page, self._fill_draft = show_page, fill_draft
        self._show_background = show_background
        self.planner: Planner = context.planner()

    def make_page(self, parent: QWidget) -> SchedulesPage:
        """The page, wired."""
        page = SchedulesPage(self.planner, self._render, parent, colour_of=self._colour_of)
        page.requested.connect(self._on_requested)
        page.schedule_requested.connect(self._on_schedule_requested)
        return page

    def schedule_draft(self) -> None:
        """Ask when the message that is being written is to be sent."""
        session = self._context.session
        if session.draft.is_blank:
            self._navigator.say(self.tr("Write a message first: it is what will be sent."))
            self._navigator.write()
            return
        open_names = [one for one in names_in(session.draft) if built_in_called(one) is None]
        if open_names:
            self._navigator.write()
            self._navigator.say(self.tr("Fill in the fields first; then send it at a time."))
            self._fill_draft()
            return
        self.schedule_template(Template("", session.draft), {})

    def schedule_template(self, template: Template, values: Mapping[str, str]) -> None:
        """Ask when a template with these values is to be sent."""
        target_id = self._context.session.target_id
        robot_list = self._context.robot_lists.of_target(target_id)
        if robot_list is None:
            robot = self._context.robot_profiles.get(target_id)
            robots = [] if robot is None else [robot]
        else:
            members = self._context.robot_lists.members(robot_list)
            robots = [one for one in members if one.has_token or one.is_sandbox]
        schedule = new_schedule(self.planner, template, robots, values)
        names = self._context.contacts.names
        asked = {one.name for one in template.asked if one.kind is FieldKind.PERSON}
        given = " ".join(value for name, value in values.items() if name in asked).split()
        people = tuple((one, names[one]) for one in given if one in names)
        order = AT_ONCE if robot_list is None else robot_list.order
        schedule = replace(schedule, people=people, order=order)
        self._open_schedule(schedule, robot_list)

    def show_missed(self) -> None:
        """Open what was due and not sent, unless it is open already, or there is nothing."""
        there = self._window.findChild(MissedDialog)
        if there is not None and there.isVisible():
            there.refresh()
            return
        try:
            if not self.planner.runs.open_runs():
                self._navigator.say(self.tr("Nothing waits for your decision."))
                return
        except StorageError as error:
            self._navigator.say(storage_sentence(error.fault))
            return
        dialog = MissedDialog(self.planner, self._window)
        dialog.send_requested.connect(self._on_send_missed)
        dialog.left.connect(self._on_left)
        self._open(dialog)

    def show_entry(self) -> None:
        """Open what writes an entry for the system's scheduler."""
        self._open(EntryDialog(self.planner.folder, self._window))

    # What the page asks for

    def _on_requested(self, action: str) -> None:
        match PageAction(action):
            case PageAction.NEW:
                self.schedule_draft()
            case PageAction.MISSED:
                self.show_missed()
            case PageAction.DAYS:
                self._open(DaysDialog(self.planner, self._window))
            case PageAction.BACKGROUND:
                self._show_background()
            case PageAction.ENTRY:
                self.show_entry()

    def _on_schedule_requested(self, action: str, schedule_id: str) -> None:
        schedule = self.planner.get(schedule_id)
        if schedule is None:
            return
        match action:
            case "change":
                self._open_schedule(schedule)
            case "pause" | "resume":
                is_paused = action == "pause"
                self._set_paused(schedule, is_paused=is_paused)
            case "run":
                self._run_now(schedule)
            case "write":
                self._write(schedule)
            case _:
                self._remove(schedule)

    def _open_schedule(
        self, schedule: MessageSchedule, robot_list: RobotList | None = None
    ) -> None:
        dialog = ScheduleDialog(
            self._context,
            self.planner,
            self._render,
            schedule,
            self._window,
            draft=self._context.session.draft,
            robot_list=robot_list,
        )
        dialog.saved.connect(lambda made: self._on_saved(dialog, made))
        self._open(dialog)

    def _on_saved(self, dialog: QDialog, schedule: MessageSchedule) -> None:
        schedule = with_my_name(schedule, self._context.settings.value(MY_NAME))
        planner = self.planner
        try:
            kept = planner.change(schedule) if schedule.schedule_id else planner.add(schedule)
        except HoldsSecret:
            words = self.tr(
                "A webhook or a secret stands in the message. Take it out: it is never kept."
            )
            self._tell(dialog, words)
            return
        except ScheduleConflict:
            words = self.tr("It was changed or deleted elsewhere meanwhile. Look at it again.")
            self._tell(dialog, words)
            return
        except StorageError as error:
            self._tell(dialog, storage_sentence(error.fault))
            return
        dialog.accept()
        coming = planner.next_dues(kept)
        if coming:
            words = self.tr("Kept. It is sent {time}, while this program runs.")
            self._navigator.say(words.format(time=day_time(coming[0].at, planner.now)))
        self._show_page()

    def _set_paused(self, schedule: MessageSchedule, *, is_paused: bool) -> None:
        planner, name = self.planner, clean(schedule.name)
        if not self._try(lambda: planner.set_paused(schedule.schedule_id, is_paused=is_paused)):
            return
        coming = planner.next_dues(planner.get(schedule.schedule_id) or schedule)
        if is_paused:
            words = self.tr("“{name}” is paused: nothing of it is sent.").format(name=name)
        elif coming:
            time = day_time(coming[0].at, planner.now)
            words = self.tr("“{name}” goes on. It is sent {time}.").format(name=name, time=time)
        else:
            words = self.tr("“{name}” is over: no run is to come.").format(name=name)
        self._navigator.say(words)

    def _run_now(self, schedule: MessageSchedule) -> None:
        if self._is_agreed(schedule):
            self._try(lambda: self.planner.run_now(schedule.schedule_id))

    def _write(self, schedule: MessageSchedule) -> None:
        """Make its message the draft; what is sent stays as it is until the draft is taken."""
        self._navigator.open_as_new(to_message(schedule.template.draft))
        words = self.tr(
            "Write it anew, then choose “{take}” in “{change}” of the schedule: until then it stays"
            " as it is."
        )
        take = QCoreApplication.translate("ScheduleDialog", "Take the draft's message")
        change = QCoreApplication.translate("ScheduleRow", "Change…")
        self._navigator.say(words.format(take=take, change=change))

    def _remove(self, schedule: MessageSchedule) -> None:
        words = self.tr("Delete the schedule “{name}”?").format(name=clean(schedule.name))
        delete = questions.Choice("delete", self.tr("Delete"), is_destructive=True)
        question = questions.Question(
            "schedule_delete",
            self.tr("Schedules"),
            words,
            (questions.back(), delete),
            "back",
            self.tr("What it has sent stays in the history. Pausing lets it rest instead."),
        )
        if questions.ask(self._window, question) != "delete":
            return
        if self._try(lambda: self.planner.remove(schedule.schedule_id)):
            words = self.tr("“{name}” is deleted: nothing of it is sent any more.")
            self._navigator.say(words.format(name=clean(schedule.name)))

    def _on_send_missed(self, run_id: int, others: list[int]) -> None:
        run = self.planner.runs.run(run_id)
        schedule = None if run is None else self.planner.get(run.schedule_id)
        if schedule is None or not self._is_agreed(schedule):
            return

        def send() -> None:
            self.planner.send_late(run_id)
            self.planner.leave(others)

        self._try(send)

    def _on_left(self, run_ids: list[int]) -> None:
        self._try(lambda: self.planner.leave(run_ids))

    def _is_agreed(self, schedule: MessageSchedule) -> bool:
        """Ask before something goes out now: to whom, and what."""
        words = self.tr("Send “{name}” now?").format(name=clean(schedule.name))
        production = [one.name for one in schedule.robots if one.stage.value == "production"]
        planner = self.planner
        message = headline_of(planner.message_at(schedule, planner.now))
        details = self.tr("To {groups}: “{message}”").format(
            groups=groups_words(schedule), message=clean(message[:_SHOWN])
        )
        if production:
            told = self.tr("Production: {groups}.").format(groups=join_names(production))
            details = f"{details}\n{told}"
        if schedule.order.is_in_line and len(schedule.robots) > 1:
            details = f"{details}\n{order_sentence(schedule.order, len(schedule.robots))}"
        send = questions.Choice("send", self.tr("Send now"))
        question = questions.Question(
            "schedule_run",
            self.tr("Send now"),
            words,
            (questions.back(), send),
            "back",
            details,
        )
        return questions.ask(self._window, question) == "send"

    def _try(self, work: Callable[[], object]) -> bool:
        """Whether it could be written; if not, that is said."""
        try:
            work()
        except StorageError as error:
            self._navigator.say(storage_sentence(error.fault))
            return False
        return True

    def _tell(self, dialog: QDialog, words: str) -> None:
        title = self.tr("Schedules")
        questions.ask(
            dialog,
            questions.Question("schedule_trouble", title, words, (questions.ok(),), "ok"),
        )

    def _colour_of(self, robot_id: str) -> str:
        robot = self._context.robot_profiles.get(robot_id)
        return "#8A919C" if robot is None else robot.colour

    def _open(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
