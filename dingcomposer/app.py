"""The composition root: builds every object, wires them, runs, and shuts down in order."""

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from itertools import chain
from pathlib import Path
from time import time_ns
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSysInfo, Qt, QTimer, Signal, qInstallMessageHandler, qVersion
from PySide6.QtGui import QAction, QCloseEvent, QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

import dingcomposer
from dingcomposer import logs, paths
from dingcomposer.core.draft import Draft
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.core.undo.changes import DraftChange
from dingcomposer.runtime import (
    AlreadyOpen,
    DamagedDatabase,
    GarbageCollector,
    Instance,
    StartError,
    has_input_method,
    log_message,
)
from dingcomposer.sending.sender import RETRY_WAITS_S
from dingcomposer.services.autosave import Autosave
from dingcomposer.services.contacts import Contacts, LikelyPeople
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.services.engine import DATABASE_NAME, Engine, EngineOptions
from dingcomposer.services.rehearsals import RehearsalTracker
from dingcomposer.services.sandbox_host import SandboxHost
from dingcomposer.services.settings import (
    LANGUAGE,
    LOADS_PICTURES,
    THEME,
    TOLD_OF_INPUT,
    Settings,
    ThemeName,
    is_first,
    is_update,
)
from dingcomposer.services.translations import Language, Translators
from dingcomposer.storage.contacts import ContactStore
from dingcomposer.storage.database import Database, StorageError, StorageFault
from dingcomposer.storage.drafts import DraftStore
from dingcomposer.storage.rehearsals import RehearsalStore
from dingcomposer.storage.secrets import (
    LIMIT_S,
    FindBackend,
    SecretsState,
    SecretsUnavailable,
    system_keyring,
)
from dingcomposer.ui import theme
from dingcomposer.ui.checkup.launcher import CheckupLauncher
from dingcomposer.ui.context import Context
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.preview.images.downloader import ImageDownloader, ImageSource
from dingcomposer.ui.preview.images.loader import ImageLoader
from dingcomposer.ui.preview.images.store import ImageStore
from dingcomposer.ui.texts import storage
from dingcomposer.ui.window.close_guard import CloseGuard
from dingcomposer.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    # At run time when it is first wanted: not on the way to the first window.
    from dingcomposer.services.history.archive import HistoryArchive
    from dingcomposer.services.scheduling.planner import Planner
    from dingcomposer.services.templates import Templates
    from dingcomposer.ui.tray.background import BackgroundRunning

log = logging.getLogger(__name__)

# While a thread converts markdown, Python's own lock makes the window wait for up to twice this.
SWITCH_INTERVAL_S = 0.0005

STEP_MS = 1
"""So long after the first paint, and after each other, the rest of the start follows."""

Steps = tuple[Callable[[], None], ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How the program is started. `language` and `theme` hold for this run only.

    `file` is opened in the window: a message or a template that was saved, or anything else.
    """

    data_dir: Path | None = None
    file: Path | None = None
    language: Language | None = None
    theme: ThemeName | None = None
    is_debug: bool = False
    is_in_tray: bool = False
    find_keyring: FindBackend = system_keyring
    keyring_limit_s: float = LIMIT_S
    clock_ms: Callable[[], int] = lambda: time_ns() // 1_000_000
    retry_waits_s: tuple[float, ...] = RETRY_WAITS_S
    now: Callable[[], datetime] = lambda: datetime.now(UTC)
    has_tray: Callable[[], bool] = QSystemTrayIcon.isSystemTrayAvailable
    find_pictures: Callable[[QObject], ImageSource] = ImageDownloader


class Program(QObject):
    """Everything that lives while the program runs. Made by `build`, ended by `shut_down`.

    Signals:
        closed(): the window may go; whoever runs the loop ends it.
    """

    closed = Signal()

    def __init__(self, app: QApplication, options: Options, places: paths.Places) -> None:
        super().__init__()
        self._app = app
        self._options = options
        self._places = places
        self._is_down = False
        self._templates: Templates | None = None
        self._planner: Planner | None = None
        self._may_plan = False
        self._background: BackgroundRunning | None = None
        self._redactor = logs.Redactor()
        self._history_archive: HistoryArchive | None = None
        self._garbage = GarbageCollector(self)
        self._database_path = places.data / DATABASE_NAME
        self.instance = Instance(places.data, self)
        self.translators = Translators(app)
        self.settings = Settings(places.config / "dingcomposer.ini")
        self._apply_appearance()

    # Building

    def open(self) -> None:
        """Take the data folder and build the window. Raises StartError."""
        try:
            is_ours = self.instance.acquire()
        except OSError as error:
            raise StartError(storage.folder_sentence(self._places.data, error.errno)) from error
        if not is_ours:
            was_raised = self.instance.raise_other(str(self._options.file or ""))
            raise AlreadyOpen(
                storage.already_open_sentence(self.instance.holder, was_raised=was_raised),
                was_raised=was_raised,
            )
        level = logging.DEBUG if self._options.is_debug else logging.INFO
        self._logging = logs.start(self._places.logs, self._redactor, level=level)
        self._qt_handler = qInstallMessageHandler(log_message)
        about = sys.version.split()[0], qVersion(), QSysInfo.prettyProductName()
        log.info("DingComposer %s, Python %s, Qt %s, %s", dingcomposer.__version__, *about)
        try:
            self._was_restored = _restore(self._database_path)
            self.database = Database(self._database_path, may_restore=self.instance.renew)
            try:
                self._open_stores()
            except (StorageError, OSError):
                self.database.close()
                raise
        except (StorageError, OSError) as error:
            qInstallMessageHandler(self._qt_handler)
            self._logging.stop()
            self.instance.release()
            if isinstance(error, OSError):
                raise StartError(storage.folder_sentence(self._places.data, error.errno)) from error
            path = self._database_path
            sentence = storage.start_sentence(error.fault, path)
            if error.fault is StorageFault.DAMAGED:
                raise DamagedDatabase(sentence, path, self.translators.language) from error
            raise StartError(sentence) from error
        self.window = self._make_window()
        self._logging.uncaught = lambda error: self.window.tell(error)  # noqa: PLW0108
        self._garbage.start()

    def _open_stores(self) -> None:
        options = self._options
        engine = self.engine = Engine(
            self.database,
            EngineOptions(
                *(options.find_keyring, options.keyring_limit_s, options.clock_ms),
                options.retry_waits_s,
                lambda known: self._redactor.register(
                    known.access_token, known.secret, known.proxy_password
                ),
                self._redactor.hide,
            ),
            sandbox_name=self.tr("Sandbox"),
            secrets_changed=lambda: self._show_secrets_state(self.window),
            parent=self,
        )
        self.history, self.bridge, self.secrets = engine.history, engine.bridge, engine.secrets
        self.outbox, self.robot_profiles = engine.outbox, engine.robot_profiles
        self.sender_thread = engine.sender_thread
        self.robot_profiles.changed.connect(self._remember_pace)
        self._remember_pace()
        self.outbox.left_behind.connect(lambda rows: self.window.show_recovered(rows))  # noqa: PLW0108
        self.contacts = Contacts(ContactStore(self.database), self)
        self.outbox.changed_elsewhere.connect(self.contacts.read_again)
        self.drafts = DraftStore(self.database, mask=self._redactor.hide, wal_sync=engine.wal_sync)
        self.session = DraftSession(self)
        saved = self.drafts.open_drafts()
        if saved.drafts:
            self.session.restore_all(saved.drafts, saved.current_id, self._steps_of)
        else:
            # The very first draft aims at the sandbox; every later new one at nothing.
            is_first = not saved.has_unreadable
            self.session.restore(Draft(), engine.sandbox_id if is_first else None)
        self.session.keep_targets(engine.robot_lists.target_ids)
        self._was_unreadable = saved.has_unreadable
        self.likely_people = LikelyPeople(self.history, lambda: self.session.target_id)
        self.contacts.rank_by(self.likely_people.people)
        self.outbox.added.connect(self.likely_people.forget)
        self.autosave = Autosave(self.session, self.drafts, parent=self)
        about = self.session, self.robot_profiles, self.outbox, self.bridge
        self.checkups = CheckupLauncher(
            *about, read_credentials=self.secrets.read, clock_ms=options.clock_ms
        )
        source = self._options.find_pictures(self)
        self.rehearsal_tracker = RehearsalTracker(
            self.session, RehearsalStore(self.database), self.outbox, parent=self
        )
        self.rehearsal_tracker.trouble.connect(self._on_trouble)
        self.pictures = ImageStore(self, refuse=source.refuse)
        self.loader = ImageLoader(self.pictures, source, self)
        self.loader.set_on(self.settings.value(LOADS_PICTURES))
        self.session.changed.connect(lambda _draft: self.loader.hold_back())
        self.instance.raised.connect(self._on_raised)
        self.sandbox = SandboxHost(self.bridge, self.robot_profiles, self.settings, self)
        self.sandbox.trouble.connect(self._on_trouble)
        self.sandbox.said.connect(lambda words: self.window.say(words))  # noqa: PLW0108
        self.bridge.sandbox_received.connect(lambda one: self.window.show_exchange(one))  # noqa: PLW0108
        self.robot_profiles.secrets_checked.connect(self._on_secrets_checked)
        self.robot_profiles.secrets_refused.connect(self._on_secrets_refused)
        self._closing = CloseGuard(self.sender_thread, self.outbox, self.autosave, self)
        self._closing.closed.connect(self.closed)
        self.outbox.trouble.connect(self._on_trouble)
        self.autosave.trouble.connect(self._on_trouble)
        self.database.on_restored = self._on_restored

    def _steps_of(self, draft_id: str) -> tuple[DraftChange, ...]:
        try:
            return self.drafts.steps(draft_id)
        except StorageError as error:
            self._on_trouble(error)
            return ()

    def _remember_pace(self) -> None:
        every = (*self.robot_profiles.robots, *self.robot_profiles.archived)
        try:
            self.outbox.remember_pace(every)
        except StorageError as error:
            self._on_trouble(error)

    def _find_templates(self) -> "Templates":
        if self._templates is None:
            from dingcomposer.services.templates import Templates
            from dingcomposer.storage.templates.files import FieldValueStore

            self._templates = Templates(
                self._places.data / "templates",
                lambda: paths.resource(f"templates/{self.translators.language}"),
                FieldValueStore(self.database),
                self.settings,
                mask=self._redactor.hide,
                parent=self,
            )
            self._templates.trouble.connect(self._on_trouble)
        return self._templates

    def planner(self) -> "Planner":
        """What keeps schedules and sends what is due, made when it is first wanted."""
        if self._planner is None:
            from dingcomposer.services.scheduling.planner import Planner

            self._planner = Planner(
                self.database,
                self.history,
                self.outbox,
                self.robot_profiles,
                now=self._options.now,
                mask=self._redactor.hide,
                parent=self,
            )
            self._planner.trouble.connect(self._on_trouble)
            self._start_schedules()
        return self._planner

    def background(self) -> "BackgroundRunning":
        """What keeps the program when its window is closed, made when it is first wanted."""
        if self._background is None:
            from dingcomposer.ui.tray.background import BackgroundRunning

            self._background = BackgroundRunning(
                self.settings,
                self._app.windowIcon(),
                self,
                window_of=lambda: self.window,
                is_in_tray=self._options.is_in_tray,
                has_tray=self._options.has_tray,
            )
            self._background.opened.connect(self._on_raised)
            self._background.quitting.connect(lambda: self.window.quit())  # noqa: PLW0108
        return self._background

    def history_archive(self) -> "HistoryArchive":
        """What finds words in the history and keeps it, made when it is first wanted."""
        if self._history_archive is None:
            from dingcomposer.services.history.archive import HistoryArchive

            self._history_archive = HistoryArchive(self.database, self.settings, self)
        return self._history_archive

    def _make_window(self) -> MainWindow:
        context = Context(
            self.settings,
            self.session,
            self.robot_profiles,
            self.engine.robot_lists,
            self.contacts,
            self.outbox,
            self.history,
            self.rehearsal_tracker,
            self.sandbox,
            self.drafts,
            self.history_archive,
            self._find_templates,
            self.planner,
            self.engine,
        )
        window = MainWindow(
            context,
            RenderContext(self.pictures, lambda: self.contacts.names),
            loader=self.loader,
            checkups=self.checkups,
        )
        window.closing.connect(self._on_closing)
        window.quitting.connect(lambda: self.background().end())
        window.appearance_chosen.connect(self._on_appearance_chosen)
        window.language_chosen.connect(self._on_language_chosen)
        self._show_secrets_state(window)
        return window

    # Running

    def show(self) -> None:
        """Show the window; what takes longer follows once it is painted."""
        self.window.painted.connect(self._on_painted)
        self.window.show()
        self.window.focus_first()

    def start_hidden(self) -> bool:
        """Begin in the tray, the window unseen; False where there is no tray."""
        if not self.background().begin():
            return False
        self.window.painted.connect(self._on_painted)
        QTimer.singleShot(0, self.window, self.window.painted.emit)
        return True

    def run(self) -> int:
        """Show the window and run until it is closed; the exit status."""
        if not (self._options.is_in_tray and self.start_hidden()):
            self.show()
        # Only now: a quit without a loop would keep every later loop from running.
        self.closed.connect(self._app.quit)
        status = self._app.exec()
        self.shut_down()
        return status

    def finish_start(self) -> None:
        """Start the sandbox, look for the robots' secrets, and say what the last run left over."""
        for step in chain(*self._late_steps()):
            step()

    def _late_steps(self) -> tuple[Steps, ...]:
        return (
            (self._say_what_was_left,),
            (self.robot_profiles.check_secrets, self.sandbox.start),
            (self.instance.listen,),
            (self.outbox.watch_elsewhere, self._look_for_schedules),
            (self._start_archive,),
            (self._offer_table_run, lambda: self.history_archive().upkeep.start()),  # noqa: PLW0108 - made then
            (self._open_file, self._tell_once),
        )

    def _on_painted(self) -> None:
        """What takes longer, piece by piece: in between, the window answers."""
        QTimer.singleShot(STEP_MS, self, partial(self._take, iter(self._late_steps())))

    def _take(self, pieces: Iterator[Steps]) -> None:
        if not self._is_down and (steps := next(pieces, None)) is not None:
            QTimer.singleShot(STEP_MS, self, partial(self._take, pieces))
            for step in steps:
                step()

    def _open_file(self) -> None:
        if self._options.file is not None:
            self.window.open_file(self._options.file)

    def _tell_once(self) -> None:
        """What is new after an update; that Chinese cannot be typed here, and what helps."""
        if is_update(self.settings, dingcomposer.__version__):
            self.window.offer_news(dingcomposer.__version__)
        is_typed = self.translators.language is not Language.CHINESE or has_input_method()
        if not is_typed and is_first(self.settings, TOLD_OF_INPUT):
            self.window.say(self.tr("No input method was found; the guide says what helps."))

    def _offer_table_run(self) -> None:
        """A run over a table that was left behind goes on only where a person says so."""
        action = self.window.findChild(QAction, "menu.table_send")
        if action is not None and self.engine.has_table_run_left():
            action.trigger()

    def _look_for_schedules(self) -> None:
        self._may_plan = True
        self._start_schedules()
        self.outbox.changed_elsewhere.connect(self._start_schedules)

    def _start_schedules(self) -> None:
        """Take what is due from now on, and ask about what was missed; once there is a schedule."""
        try:
            if self._may_plan and (self._planner is not None or self.engine.has_schedules()):
                self._may_plan = False
                self.background().start(self.planner(), self.sandbox.when_ready)
        except StorageError as error:
            self._on_trouble(error)

    def _start_archive(self) -> None:
        self.history_archive().start()

    def _say_what_was_left(self) -> None:
        if self._was_restored:
            self.window.say(self.tr("The backup was restored."))
        if self._was_unreadable:
            self.window.say(self.tr("The last draft could not be read; it was set aside."))
        if self.engine.recovered:
            self.window.show_recovered(self.engine.recovered)
        with suppress(StorageError):  # the next start tries again
            self.drafts.tidy_up(datetime.now(UTC))
        with suppress(StorageError):  # what is damaged further in is told when it is read
            self.database.hold_in_memory()

    def shut_down(self) -> None:
        """End everything, in order: sender, last reports, sandbox, keyring, database, log."""
        if self._is_down:
            return
        self._is_down = True
        try:
            self._end()
        finally:
            # Whatever went wrong: the next start finds the folder free.
            qInstallMessageHandler(self._qt_handler)
            self._logging.stop()
            self.instance.release()

    def _end(self) -> None:
        if self._planner is not None:
            self._planner.stop()
        if self._background is not None:
            self._background.close()
        if self._history_archive is not None:
            self._history_archive.upkeep.stop()
        self.session.flush()
        self.window.keep_state()
        self.engine.stop()
        if not self.autosave.is_saved:
            # The file may just have been written anew.
            self.autosave.save()
        self.autosave.stop()
        self.bridge.close()
        self.loader.close()
        self.sandbox.stop()
        if self._history_archive is not None:
            self._history_archive.close()
        self.engine.close()
        self._garbage.stop()
        self.window.hide()
        self.translators.uninstall()

    # Secrets

    def _show_secrets_state(self, window: MainWindow) -> None:
        is_memory = self.secrets.state is SecretsState.MEMORY
        words = self.tr("No password store here: webhooks are asked for again at the next start")
        window.set_notice(words if is_memory else "")

    def _on_secrets_refused(self, robot: Robot, error: SecretsUnavailable) -> None:
        from dingcomposer.ui.robots.prompts import show_refused

        show_refused(self.window, robot, error, self.window.say)

    def _on_secrets_checked(self) -> None:
        if self.robot_profiles.lost:
            self.window.ask_for_webhooks()

    # What the window asks

    def _on_closing(self, event: QCloseEvent) -> None:
        if self.background().takes(event):
            self.autosave.save()
        else:
            self._closing.handle(event, self.window)

    def _on_trouble(self, error: StorageError) -> None:
        log.warning("not written: %s %s", error.fault.value, error.sqlite_name)
        self.window.tell(error)

    def _on_restored(self) -> None:
        """The database was written anew: what only this run knows for certain goes into it."""
        try:
            self.engine.write_again()
            self.contacts.put(self.contacts.contacts)
        except StorageError as error:
            log.warning("not written: %s %s", error.fault.value, error.sqlite_name)
        # Not from here: the save that found out may be the one that is under way.
        QTimer.singleShot(0, self._save_again)

    def _save_again(self) -> None:
        if not self._is_down:
            self.session.mark_unsaved()
            self.autosave.save()

    def _on_raised(self, file: str = "") -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.show()
        self.window.raise_()
        self.window.activateWindow()
        self.background().ask()
        if file:
            self.window.open_file(Path(file))

    def _on_appearance_chosen(self, name: str) -> None:
        chosen = ThemeName(name)
        self.settings.set(THEME, chosen)
        theme.apply(self._app, chosen)

    def _on_language_chosen(self, name: str) -> None:
        """Build the window anew in the other language; draft, sends and robots live on."""
        language = Language(name)
        self.settings.set(LANGUAGE, language)
        self.translators.use(language)
        place = self.window.place
        self.window.keep_state()
        before, self.window = self.window, self._make_window()
        self.window.adopt(before)
        self.window.go_to(place)
        self.window.show()
        before.hide()
        before.deleteLater()
        self.background().retranslate()

    def _apply_appearance(self) -> None:
        options = self._options
        self.translators.use(options.language or self.settings.value(LANGUAGE))
        theme.follow(self._app, lambda: options.theme or self.settings.value(THEME))
        self._app.setWindowIcon(QIcon(str(paths.resource("icons/dingcomposer.svg"))))


def _restore(database_path: Path) -> bool:
    """Let a backup that was chosen take the database's place; whether there was one."""
    if not database_path.with_name(f"{database_path.name}.restore").exists():
        return False
    from dingcomposer.storage.upkeep.backups import apply_restore

    return apply_restore(database_path)


def build(app: QApplication, options: Options) -> Program:
    """The program, ready to show; its loop does not run yet. Raises StartError."""
    sys.setswitchinterval(SWITCH_INTERVAL_S)
    places = paths.places(options.data_dir)
    try:
        places.make()
    except paths.FolderError as error:
        translators = Translators(app)
        translators.use(options.language or Language.SYSTEM)
        sentence = storage.folder_sentence(error.path, error.code)
        translators.uninstall()
        raise StartError(sentence) from error
    program = Program(app, options, places)
    try:
        program.open()
    except StartError:
        program.translators.uninstall()  # the sentence is made; nothing else is said
        raise
    return program
