"""One message for each row: the table at the left, a row's message at the right, then the run."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.checks.problems import Severity
from dingcomposer.core.delivery import Status
from dingcomposer.core.draft import Draft
from dingcomposer.core.messages import Message
from dingcomposer.core.row_messages.filling import RowFiller, RowMessage
from dingcomposer.interchange.exports.tables import Cell
from dingcomposer.services.background import Background
from dingcomposer.services.settings import SWITCHED_OFF
from dingcomposer.services.table_runs.outcome_copy import rows_of, write_copy
from dingcomposer.services.table_runs.preparation import RowPreparation
from dingcomposer.services.table_runs.runner import TableRunProgress, TableRuns, minutes_of
from dingcomposer.services.table_runs.trial import TableTrial, TrialAnswer
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import SendRow
from dingcomposer.storage.planned.table_runs import TableRowOutcome, TableRun, TableRunState
from dingcomposer.ui import questions, theme
from dingcomposer.ui.context import Context
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.table_send.confirm import TableConfirmation, TableConfirmDialog
from dingcomposer.ui.table_send.model import RowColumn, ShownRow, TableRowsModel, Tone
from dingcomposer.ui.table_send.row_preview import RowPreview
from dingcomposer.ui.table_send.run_bar import RunBar
from dingcomposer.ui.table_send.sentences import (
    kept_back_sentence,
    left_out_words,
    missing_sentence,
    outcome_sentence,
    reason_sentence,
    row_sentences,
    trial_words,
)
from dingcomposer.ui.table_send.source_bar import SourceBar
from dingcomposer.ui.texts.outcomes import status_word
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import plain_label

SHOW_EVERY_MS = 120
"""How often the rows' new states are shown while they are sent."""

PREVIEW_PX = 400

_NEUTRAL = "#8A919C"
_ROW_PX = 32
_TONES = {
    Status.DELIVERED: Tone.GOOD,
    Status.REFUSED: Tone.BAD,
    Status.NOT_SENT: Tone.BAD,
    Status.UNKNOWN: Tone.WARN,
}


class TableSendDialog(OrderedDialog):
    """Chooses a table for the draft, shows what becomes of each row, asks once, sends.

    `say` puts a sentence into the status line; `my_name` is what `{{my_name}}` becomes.
    """

    def __init__(
        self,
        context: Context,
        runs: TableRuns,
        render: RenderContext,
        say: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("table_send")
        self.setWindowTitle(self.tr("One message for each row"))
        self.setAcceptDrops(True)
        self._context, self._runs, self._say = context, runs, say
        self._draft: Draft = context.session.draft
        self._messages: tuple[RowMessage, ...] = ()
        self._answers: dict[int, TrialAnswer] = {}
        self._run_id, self._run_name, self._missing = "", "", ""
        self._states: dict[int, tuple[str, Tone]] = {}
        self._preparation = RowPreparation(self)
        self._trial = TableTrial(self)
        self._background = Background(self)
        self._later = QTimer(self, singleShot=True, interval=SHOW_EVERY_MS)
        self._make_widgets(render)
        self._lay_out()
        self._connect()
        self._show_choosing()
        resize_within_screen(self, QSize(1120, 720), QSize(640, 420))

    # Building

    def _make_widgets(self, render: RenderContext) -> None:
        profiles = self._context.robot_profiles
        target = profiles.get(self._context.session.target_id)
        self.source = SourceBar(self._draft, profiles.robots, target, self)
        self.run_bar = RunBar(self)
        self.model = TableRowsModel(self)
        self.table = QTableView(self)
        self.table.setObjectName("table_send.rows")
        self.table.setAccessibleName(self.tr("Rows"))
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setCornerButtonEnabled(False)
        rows = self.table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(_ROW_PX, self.fontMetrics().height() + 12))
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultSectionSize(120)
        self.preview = RowPreview(render, self)
        self._found_only = QCheckBox(self.tr("Only rows with findings"), self)
        self._found_only.setObjectName("table_send.found_only")
        self._found_only.setAccessibleName(self._found_only.text())
        self._summary = plain_label("", self, "table_send.summary")
        self._try = DialogButton("table_send.try", self.tr("Try in the sandbox"), self)
        self._try.setToolTip(
            self.tr("Posts every row to a sandbox with the robots' own rules; nothing leaves.")
        )
        self._other = DialogButton("table_send.other", self.tr("Another table…"), self)
        self._send = DefaultButton("table_send.send", "", self)
        self._close = DialogButton("table_send.close", self.tr("Close"), self)

    def _lay_out(self) -> None:
        left = self._left = QWidget(self)
        of_left = QVBoxLayout(left)
        of_left.setContentsMargins(0, 0, 6, 0)
        of_left.setSpacing(6)
        of_left.addWidget(self.table, 1)
        of_left.addWidget(self._found_only)
        columns = self._columns = QSplitter(Qt.Orientation.Horizontal, self)
        columns.setObjectName("table_send.columns")
        columns.setChildrenCollapsible(False)
        columns.setHandleWidth(8)
        columns.addWidget(left)
        columns.addWidget(self.preview)
        columns.setStretchFactor(0, 1)
        columns.setStretchFactor(1, 0)
        left.setMinimumWidth(300)
        self.preview.setMinimumWidth(260)
        last = QHBoxLayout()
        last.setSpacing(8)
        last.addWidget(self._try, 0, Qt.AlignmentFlag.AlignBottom)
        last.addWidget(self._other, 0, Qt.AlignmentFlag.AlignBottom)
        last.addLayout(answer_row(self, self._summary, self._send, self._close), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.source)
        column.addWidget(self.run_bar)
        column.addWidget(columns, 1)
        column.addLayout(last)

    def _connect(self) -> None:
        self.source.table_changed.connect(self._prepare)
        self.source.roles_changed.connect(self._prepare)
        self._preparation.progressed.connect(self._on_progressed)
        self._preparation.ready.connect(self._on_ready)
        self.table.selectionModel().currentRowChanged.connect(
            lambda index, _before: self._show_row(index)
        )
        self.preview.step_wanted.connect(self._step)
        self.model.ticked.connect(self._show_summary)
        self._found_only.toggled.connect(self._on_found_only)
        self._trial.answered.connect(self._on_answered)
        self._trial.ended.connect(self._on_trial_ended)
        self._try.clicked.connect(self._on_try)
        self._send.clicked.connect(self._on_send)
        self._other.clicked.connect(self._show_choosing)
        self._close.clicked.connect(self.reject)
        self._later.timeout.connect(self._show_states)
        self.run_bar.asked.connect(self._on_asked)
        self._runs.changed.connect(self._on_run_changed)
        self._runs.row_changed.connect(self._on_row_changed)

    # What a person does

    def showEvent(self, event: QShowEvent) -> None:
        """The table has more to show than one message."""
        super().showEvent(event)
        if not event.spontaneous():
            self._columns.setSizes([self.width() - PREVIEW_PX, PREVIEW_PX])

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here while a table is chosen."""
        if not self._run_id and any(one.isLocalFile() for one in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that is dropped."""
        files = [one.toLocalFile() for one in event.mimeData().urls() if one.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.source.read_file(Path(files[0]))

    def reject(self) -> None:
        """Close; a run goes on without the dialog."""
        self._trial.stop()
        self._preparation.close()
        self.source.close_reading()
        if self._runs.is_running:
            self._say(self.tr("The rows go on being sent. The same action shows how far they are."))
        super().reject()

    # Choosing a table

    def _show_choosing(self) -> None:
        self._run_id = ""
        for widget in (self.source, self._try, self._send):
            widget.show()
        self.run_bar.hide()
        self._other.hide()
        self.model.set_choosing(True)
        self._prepare()

    def _prepare(self) -> None:
        """Make the messages of all rows anew."""
        self._trial.stop()
        self._messages, self._answers = (), {}
        table = self.source.table
        if table is None:
            self.model.show_rows((), (), frozenset())
            self._left.hide()
            self.preview.show_nothing(self._help())
            self._show_summary()
            return
        self._left.show()
        self._found_only.show()
        plan = self.source.plan
        switched_off = self._context.settings.value(SWITCHED_OFF)
        filler = RowFiller(
            plan,
            table,
            self._context.robot_profiles.robots,
            self._context.contacts.contacts,
            around=self._context.templates().surroundings,
            switched_off=switched_off,
        )
        missing = plan.missing(table.headings)
        self._missing = missing_sentence(missing) if missing else ""
        self._on_progressed(0)
        self._preparation.begin(filler, table)

    def _help(self) -> str:
        if self._draft.is_blank:
            return self.tr("Write the message first, with {{name}} where a column's words go.")
        return self.tr(
            "Choose a table, or paste its rows. Each column fills the field of its name: "
            "{{name}} in the message becomes what stands below the heading “name”."
        )

    def _on_progressed(self, made: int) -> None:
        table = self.source.table
        if table is not None and not self._messages:
            words = self.tr("Looking at row {made} of {count} …")
            self._summary.setText(words.format(made=f"{made:,}", count=f"{len(table.rows):,}"))
        self._send.setEnabled(False)
        self._try.setEnabled(False)

    def _on_ready(self, messages: tuple[RowMessage, ...]) -> None:
        table = self.source.table
        if table is None or self._run_id:
            return
        self._messages = messages
        doubtful = frozenset(at for at, one in enumerate(messages) if one.is_doubtful)
        self.model.show_rows(table.headings, [self._shown(one) for one in messages], doubtful)
        self._fit_columns()
        self._select_first()
        self._show_summary()

    def _shown(self, one: RowMessage) -> ShownRow:
        robot = one.robot
        words, tone = self.tr("Ready"), Tone.PLAIN
        is_found = bool(one.findings) or any(
            problem.severity is not Severity.HINTS for problem in one.problems
        )
        if is_found:
            words = row_sentences(one)[0]
            tone = Tone.BAD if one.is_blocked else Tone.WARN
        return ShownRow(
            one.row.number,
            "" if robot is None else robot.name,
            _NEUTRAL if robot is None else robot.colour,
            one.row.cells,
            words,
            tone,
            can_be_sent=not one.is_blocked,
            is_found=is_found,
        )

    def _fit_columns(self) -> None:
        header = self.table.horizontalHeader()
        header.resizeSection(RowColumn.NUMBER, theme.scaled_px(68))
        header.resizeSection(RowColumn.ROBOT, theme.scaled_px(120))
        header.resizeSection(RowColumn.STATE, theme.scaled_px(200))

    def _chosen(self) -> list[RowMessage]:
        left_out = self.model.left_out
        return [one for at, one in enumerate(self._messages) if at not in left_out]

    def _show_summary(self) -> None:
        chosen = self._chosen()
        left_out = len(self._messages) - len(chosen)
        words = ""
        if self._messages:
            ready = self.tr("%n row(s) will be sent.", "", len(chosen))
            behind = self.tr("%n row(s) are left out.", "", left_out) if left_out else ""
            nobody = sum(one.mentions_nobody for one in chosen)
            silent = self.tr("%n row(s) mention nobody.", "", nobody) if nobody else ""
            words = join_sentences((self._missing, ready, behind, silent))
        self._summary.setText(words)
        self._send.setText(self.tr("Send %n message(s)…", "", len(chosen)))
        self._send.setAccessibleName(self._send.text())
        has_rows = bool(chosen) and not self._draft.is_blank
        self._send.setEnabled(has_rows and not self._runs.is_running)
        self._try.setEnabled(has_rows and not self._trial.is_running)

    # The row that is looked at

    def _select_first(self) -> None:
        if self.model.rowCount():
            self.table.selectRow(0)
            self._show_row(self.model.index(0, 0))
        else:
            self.preview.show_nothing(self.tr("No row has findings."))

    def _step(self, step: int) -> None:
        place = self.table.currentIndex().row() + step
        if 0 <= place < self.model.rowCount():
            self.table.selectRow(place)

    def _show_row(self, index: QModelIndex) -> None:
        if not index.isValid() or index.row() >= self.model.rowCount():
            return
        position = self.model.position_of(index)
        row = self.model.rows[position]
        author = (row.robot, row.colour) if row.robot else None
        place = index.row() + 1, self.model.rowCount()
        found: Sequence[str] = ()
        if not self._run_id:
            found = row_sentences(self._messages[position])
            answer = self._answers.get(row.number)
            if answer is not None and answer.status is not Status.DELIVERED:
                found = (*found, trial_words(answer))
        self.preview.show_row(self._message_at(position), author, place, found)

    def _message_at(self, position: int) -> Message | None:
        if position < len(self._messages):
            return self._messages[position].message
        try:
            return self._runs.store.message(self._run_id, position)
        except StorageError:
            return None

    def _on_found_only(self, is_on: bool) -> None:
        self.model.set_found_only(is_on)
        self._select_first()

    # The dry run

    def _on_try(self) -> None:
        self._answers = {}
        self._try.setEnabled(False)
        self._try.setText(self.tr("Trying …"))
        self._trial.begin(self._chosen())

    def _on_answered(self, answers: tuple[TrialAnswer, ...]) -> None:
        positions = {one.row.number: at for at, one in enumerate(self._messages)}
        states = {}
        for answer in answers:
            self._answers[answer.number] = answer
            tone = Tone.GOOD if answer.status is Status.DELIVERED else Tone.BAD
            states[positions[answer.number]] = trial_words(answer), tone
        self.model.set_states(states)

    def _on_trial_ended(self, is_done: bool) -> None:
        self._try.setText(self.tr("Try in the sandbox"))
        self._show_summary()
        if not is_done:
            self._summary.setText(self.tr("No sandbox could be started on this computer."))
            return
        refused = sum(one.status is not Status.DELIVERED for one in self._answers.values())
        taken = len(self._answers) - refused
        words = self.tr("The sandbox took {taken} of {count}. Nothing left this computer.")
        self._summary.setText(words.format(taken=f"{taken:,}", count=f"{len(self._answers):,}"))

    # The run

    def _on_send(self) -> None:
        chosen = tuple(self._chosen())
        tried = [one for one in chosen if one.row.number in self._answers]
        refused = sum(self._answers[one.row.number].status is not Status.DELIVERED for one in tried)
        asked = TableConfirmation(
            chosen,
            minutes_of(chosen, self._context.outbox.left),
            len(self._messages) - len(chosen),
            refused if len(tried) == len(chosen) else None,
        )
        dialog = TableConfirmDialog(asked, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(partial(self._begin, chosen))
        dialog.open()

    def _begin(self, chosen: Sequence[RowMessage]) -> None:
        table = self.source.table
        if table is None:
            return
        numbers = {one.row.number for one in chosen}
        left_out = frozenset(
            one.row.number for one in self._messages if one.row.number not in numbers
        )
        name = self.source.name or self.tr("Pasted rows")
        try:
            run_id = self._runs.begin(name, table.headings, self._messages, left_out)
        except StorageError as error:
            self._summary.tell(storage_sentence(error.fault))
            return
        self._enter_run(run_id, name)
        waiting = self.tr("Waits"), Tone.PLAIN
        behind = self.tr("Left out"), Tone.PLAIN
        self.model.set_states(
            {
                at: waiting if one.row.number in numbers else behind
                for at, one in enumerate(self._messages)
                if not one.is_blocked  # that says what keeps it back
            }
        )
        progress = self._runs.progress
        if progress is not None:
            self._on_run_changed(progress)

    def show_run(self, run: TableRun) -> None:
        """Show a run that is carried out now, or was left behind."""
        self._enter_run(run.run_id, run.name)
        self._messages = ()
        rows, states = [], {}
        names = {one.robot_id: one for one in self._context.robot_profiles.robots}
        for one in rows_of(self._runs.store, run.run_id):
            robot = names.get(one.robot_id)
            rows.append(
                ShownRow(
                    one.number,
                    one.robot_name or ("" if robot is None else robot.name),
                    _NEUTRAL if robot is None else robot.colour,
                    one.cells,
                    can_be_sent=False,
                )
            )
            states[one.position] = _state_of(one)
        self.model.show_rows(run.headings, rows, frozenset())
        self.model.set_states(states)
        self._fit_columns()
        self._select_first()
        progress = self._runs.progress
        if progress is not None and progress.run_id == run.run_id:
            self._on_run_changed(progress)
        else:
            self.run_bar.show_left(run)

    def _enter_run(self, run_id: str, name: str) -> None:
        self._trial.stop()
        self._run_id, self._run_name = run_id, name
        for widget in (self.source, self._try, self._send, self._found_only):
            widget.hide()
        self._found_only.setChecked(False)
        self._left.show()
        self.run_bar.show()
        self.model.set_choosing(False)
        self._summary.setText("")
        self._close.setFocus()

    def _on_run_changed(self, progress: TableRunProgress) -> None:
        if progress.run_id != self._run_id:
            return
        self.run_bar.show_progress(self._run_name or self.tr("Pasted rows"), progress)
        is_at_rest = progress.state in (TableRunState.STOPPED, TableRunState.ENDED)
        self._other.setVisible(is_at_rest)

    def _on_row_changed(self, position: int, row: SendRow) -> None:
        progress = self._runs.progress
        if progress is None or progress.run_id != self._run_id:
            return
        self._states[position] = status_word(row.status), _TONES.get(row.status, Tone.PLAIN)
        if not self._later.isActive():
            self._later.start()

    def _show_states(self) -> None:
        states, self._states = self._states, {}
        self.model.set_states(states)

    def _on_asked(self, name: str) -> None:
        try:
            match name:
                case "stop":
                    self._runs.stop()
                case "go_on" | "again":
                    if not self._runs.go_on(self._run_id, has_failed=name == "again"):
                        self._summary.setText(
                            self.tr("Another run is under way, here or in another program.")
                        )
                case "leave":
                    self._runs.leave(self._run_id)
                    run = self._runs.store.run(self._run_id)
                    if run is not None and self._runs.progress is None:
                        self.run_bar.hide()
                        self._show_choosing()
                case "copy":
                    self._save_copy()
        except StorageError as error:
            self._summary.tell(storage_sentence(error.fault))

    # The copy

    def _save_copy(self) -> None:
        run = self._runs.store.run(self._run_id)
        if run is None:
            return
        stem = Path(self._run_name).stem or self.tr("Pasted rows")
        name = self.tr("{name} with outcomes").format(name=stem) + ".xlsx"
        suggested = str((self.source.folder or Path()) / name)
        kinds = self.tr("Excel workbook (*.xlsx);;CSV (*.csv)")
        chosen = questions.choose_new_file(self, self.tr("Save a copy"), suggested, kinds)
        if not chosen:
            return
        path = Path(chosen)
        if path.suffix.casefold() not in (".xlsx", ".csv"):
            path = path.with_name(f"{path.name}.xlsx")
        more = (
            self.tr("Outcome"),
            self.tr("Reason"),
            self.tr("Time"),
            "msgUuid",
        )
        rows: list[list[Cell]] = [
            [
                *one.cells,
                outcome_sentence(one),
                reason_sentence(one),
                one.finished_at,
                one.msg_uuid,
            ]
            for one in rows_of(self._runs.store, self._run_id)
        ]
        task = partial(_write, run.headings, more, rows)
        self._background.run("copy", task, path, partial(self._on_copied, path))

    def _on_copied(self, path: Path, fault: str | None) -> None:
        if fault is None:
            self._summary.setText(self.tr("Saved as {file}.").format(file=path.name))
            return
        words = self.tr("{file} could not be written. Choose another folder, then try again.")
        self._summary.setText(words.format(file=path.name))


def _state_of(one: TableRowOutcome) -> tuple[str, Tone]:
    if one.left_out:
        return kept_back_sentence(one.left_out) or left_out_words(one.left_out), Tone.PLAIN
    if one.status is None:
        return outcome_sentence(one), Tone.PLAIN
    return status_word(one.status), _TONES.get(one.status, Tone.PLAIN)


def _write(
    headings: Sequence[str], more: Sequence[str], rows: Sequence[Sequence[Cell]], path: Path
) -> str | None:
    """Write the copy; why that failed, None where it did not."""
    try:
        write_copy(path, headings, more, rows)
    except OSError as error:
        return error.strerror or type(error).__name__
    return None
