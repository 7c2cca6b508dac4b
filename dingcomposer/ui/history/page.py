"""History page: every send, newest first, and all that is known of the one that is selected."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.delivery import Status
from dingcomposer.core.robot import Robot
from dingcomposer.core.search.matching import highlights
from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.services.recovery import NOTHING, Offer
from dingcomposer.services.settings import SHOWS_TECHNICAL, Settings
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.evidence.chain import Chain
from dingcomposer.storage.history import AttemptRow, HistoryStore, SendRow
from dingcomposer.storage.planned.origins import origin_of
from dingcomposer.ui.context import Navigator
from dingcomposer.ui.history.archive import ArchiveActions
from dingcomposer.ui.history.details import SendDetails
from dingcomposer.ui.history.model import SendColumn, SendsModel
from dingcomposer.ui.history.overview.panel import OverviewPanel
from dingcomposer.ui.history.receipt import ChainProof
from dingcomposer.ui.history.searching import DayPicker, HistorySearching, HitLines
from dingcomposer.ui.history.table import SendTable
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.texts.archive.circumstances import robot_text
from dingcomposer.ui.texts.schedules import origin_words
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.widgets.layouts import set_tab_order_by_layout
from dingcomposer.ui.widgets.outcome_lines import OutcomeLine
from dingcomposer.ui.widgets.plain_text import PlainLabel
from dingcomposer.ui.widgets.text_fields import FindPlaces

TICK_MS = 1_000
"""How often it is looked at what a send waits for, while one does and is looked at."""
_LEAST_DETAILS_PX = 160


class HistoryPage(QWidget):
    """Table above, details below. The first page is read when it is first shown.

    `now` gives aware UTC: what was sent today is shown without a date. `robot_of` gives a robot as
    it is now, `offer_of` says what can be done about a send, `lines_of` what came of each of
    several, and `waits_of` what a send waits for and until when. `settings` remember whether
    technical details are open.

    Signals:
        failed_wanted(str): send to those that failed, of the group of this msgUuid.
        correction_requested(SendRow): write a correction of this send.
        recovery_requested(str): do what is offered for the send of this msgUuid.
        again_requested(SendRow): send it once more as it was, as a send of its own.
    """

    failed_wanted = Signal(str)
    correction_requested = Signal(object)
    recovery_requested = Signal(str)
    again_requested = Signal(object)

    def __init__(
        self,
        history: HistoryStore,
        navigator: Navigator,
        render: RenderContext,
        archive: HistoryArchive,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        offer_of: Callable[[SendRow, Sequence[AttemptRow]], Offer] = lambda _row, _made: NOTHING,
        robot_of: Callable[[str], Robot | None] = lambda _robot_id: None,
        lines_of: Callable[[Sequence[SendRow]], Sequence[OutcomeLine]] = lambda _rows: (),
        waits_of: Callable[[str], str] = lambda _uuid: "",
        settings: Settings | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("history")
        self.setAccessibleName(self.tr("History"))
        self._history = history
        self._offer_of = offer_of
        self._lines_of = lines_of
        self._waits_of = waits_of
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self.show_waits)
        self._robot_of = robot_of
        self._settings = settings
        self._model = SendsModel(history, now, self, names=render.names, waits_of=waits_of)
        self.table = SendTable(self)
        self.table.setModel(self._model)
        self.details = SendDetails(navigator, render, self)
        self._navigator = navigator
        self._names = render.names
        self._now = now
        self.searching = HistorySearching(
            self._model, archive, render, lambda uuid: self._read(uuid) is not None, self
        )
        self.archive = ArchiveActions(
            history,
            navigator,
            self,
            now=now,
            chosen=lambda: self.chosen_keys,
            found=lambda: self.found_keys,
            render=render,
        )
        self._hits = HitLines(self)
        self.overview = OverviewPanel(history, now, settings, self)
        self._days: DayPicker | None = None
        self._services = archive
        self._notice = PlainLabel(self)
        self._notice.setObjectName("history.notice")
        self._notice.setProperty("notice", True)
        self._notice.setWordWrap(True)
        self._again = QPushButton(self.tr("Try again"), self)
        self._again.setObjectName("history.again")
        self._again.setAccessibleName(self.tr("Read the history again"))
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._hide_trouble()
        self._refresh()
        self._show_technical(is_shown=settings is not None and settings.value(SHOWS_TECHNICAL))
        set_tab_order_by_layout(self)
        self.details.order_tabs_after(self.table)
        self.setFocusProxy(self.table)

    @property
    def selected(self) -> str | None:
        """The msgUuid of the send that is looked at."""
        row = self._model.row_at(self.table.currentIndex().row())
        return row.msg_uuid if row else None

    def show_send(self, row: SendRow) -> None:
        """A send was added, or has changed: its row appears, or changes in its place."""
        self._model.put(row)
        if not row.status.is_final:
            self._tick.start()
        self.overview.refresh_soon()
        self._refresh()
        shown = self.details.row
        if shown is not None and shown.msg_uuid == row.msg_uuid:
            self._show_details(row)
        elif shown is not None and row.group_id is not None and row.group_id == shown.group_id:
            # One that went out together with the one that is shown.
            if row.status.is_final:
                self._show_details(shown)
        elif shown is not None and row.corrects == shown.msg_uuid:
            self._show_details(shown)
        elif self.isVisible() and self.selected is None:
            self._select_first()

    def show_waits(self) -> None:
        """Say anew what each send that waits is waiting for."""
        if not self.isVisible() or not self._model.show_waits():
            self._tick.stop()
            return
        self._tick.start()
        shown = self.details.row
        if shown is not None and not shown.status.is_final:
            self.details.show_waits(self._waits_of(shown.msg_uuid))

    def focus_search(self) -> None:
        """Lead the keyboard to the field that finds words in all sends."""
        self._begin()
        self.searching.bar.focus_field()

    def open_upkeep(self) -> None:
        """Open what keeps the history: how long, backups, checks."""
        from dingcomposer.ui.history.upkeep_dialog import UpkeepDialog

        dialog = self.window().findChild(UpkeepDialog)
        if dialog is None:
            dialog = UpkeepDialog(self._services, self._names, self.window())
            dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            dialog.rows_gone.connect(self.reload)
        dialog.show()
        dialog.activateWindow()

    def show_names(self) -> None:
        """Show people by their names as they are now."""
        self._model.show_names()
        self.details.show_names()

    def select(self, msg_uuid: str) -> None:
        """Look at this send, however far back it is; what is not known changes nothing."""
        self._begin()
        row = self._read(msg_uuid)
        if row is None:
            return
        number = self._model.number_of(row)
        if number is None and self._model.query is not None:
            self.searching.bar.set_text("")  # it is not among what was looked for
            number = self._model.number_of(row)
        if number is not None:
            self.look_at(number)

    def reload(self) -> None:
        """Read everything anew, from the newest on, and look at the same send as before."""
        self._hide_trouble()
        self.searching.ask_again()

    def showEvent(self, event: QShowEvent) -> None:
        """Reads the first page, the first time."""
        super().showEvent(event)
        self._begin()
        self.show_waits()
        if self._settings is not None:  # the result of a send opens them, too
            self._show_technical(is_shown=self._settings.value(SHOWS_TECHNICAL))
        self.overview.refresh()
        if self.selected is None:
            self._select_first()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the overview gives way."""
        super().resizeEvent(event)
        self.overview.set_room(event.size().height())

    @property
    def chosen_keys(self) -> list[int]:
        """The keys of the sends that are chosen, in the table's order."""
        ranges = sorted(
            (one.top(), one.bottom()) for one in self.table.selectionModel().selection().toList()
        )
        keys: dict[int, None] = {}
        for top, bottom in ranges:
            keys.update(dict.fromkeys(self._model.keys(top, bottom - top + 1)))
        return list(keys)

    @property
    def found_keys(self) -> Sequence[int] | None:
        """The keys of what is looked for, as far as it is found; None where all is shown."""
        return None if self._model.query is None else self._model.keys(0, self._model.count())

    # Building

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Vertical, self)
        halves.setObjectName("history.halves")
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        self.table.setMinimumHeight(64)
        halves.addWidget(self.table)
        # In a low window its parts keep their room, and are scrolled to.
        area = self._area = QScrollArea(self)
        area.setAccessibleName(self.tr("Details of the send"))
        area.setProperty("ringed", True)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(_LEAST_DETAILS_PX)
        area.setWidget(self.details)
        lower = QWidget(halves)
        below = QVBoxLayout(lower)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(6)
        below.addWidget(self._hits)
        below.addWidget(area, 1)
        halves.addWidget(lower)
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 1)
        halves.setSizes([380, 340])  # ten rows in a window as it first opens
        self._stack.addWidget(self._make_empty())
        self._stack.addWidget(halves)
        self._stack.addWidget(self._make_none_found())
        self._trouble = QWidget(self)
        trouble = QHBoxLayout(self._trouble)
        trouble.setContentsMargins(0, 0, 0, 0)
        trouble.setSpacing(8)
        self._trouble.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        trouble.addWidget(self._notice, 1)
        trouble.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 12, 12, 8)
        column.setSpacing(8)
        column.addWidget(self._trouble, 0, Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.overview)
        column.addWidget(self.searching.bar)
        beside = QHBoxLayout()
        beside.setSpacing(8)
        beside.addWidget(self.searching.saved)
        beside.addWidget(self._stack, 1)
        column.addLayout(beside, 1)

    def _make_empty(self) -> QWidget:
        words = self.tr(
            "Write a message and press Send: it is kept here then, with its outcome and"
            " DingTalk's answer."
        )
        return self._panel("history.empty", self.tr("Nothing has been sent yet"), words)

    def _make_none_found(self) -> QWidget:
        words = self.tr(
            "Chinese is found from one character on, other words by their beginning. Words in"
            " quotes must follow each other; a minus excludes a word."
        )
        show_all = QPushButton(self.tr("Show all messages"), self)
        show_all.setObjectName("history.none.all")
        show_all.setAccessibleName(show_all.text())
        show_all.clicked.connect(lambda: self.searching.bar.set_text(""))
        return self._panel("history.none", self.tr("No message matches"), words, show_all)

    def _panel(
        self, name: str, heading: str, words: str, button: QPushButton | None = None
    ) -> QWidget:
        """What stands in the list's place: a heading, what it means, what to do."""
        panel = QFrame(self)
        panel.setObjectName(name)
        panel.setProperty("panel", True)
        column = QVBoxLayout(panel)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(8)
        column.addStretch(1)
        for text, look in ((heading, "heading"), (words, "quiet")):
            label = QLabel(text, panel)
            label.setProperty(look, True)
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(look == "quiet")
            column.addWidget(label)
        if button is not None:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return panel

    def _connect(self) -> None:
        self._model.trouble.connect(self._on_trouble)
        self._model.rows_wanted.connect(self._on_rows_wanted, Qt.ConnectionType.QueuedConnection)
        self._model.modelReset.connect(self._refresh)
        self._model.rowsInserted.connect(self._refresh)
        self.table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.table.entered.connect(self._on_entered)
        self.table.opened.connect(self._on_opened)
        self.table.menu_wanted.connect(self._on_menu_wanted)
        self.overview.filters_chosen.connect(self.searching.bar.set_filters)
        self.overview.trouble.connect(self._on_trouble)
        self.archive.send_wanted.connect(self.select)
        self.archive.imported.connect(self.reload)
        self.searching.shown.connect(self._on_shown)
        self.searching.trouble.connect(self._on_trouble)
        self.searching.uuid_typed.connect(self.select)
        self.searching.bar.left.connect(self.table.setFocus)
        self.searching.bar.date_wanted.connect(self._on_date_wanted)
        self.details.other_shown.connect(self._show_top)
        self.details.technical_toggled.connect(self._on_technical_toggled)
        self.table.copy_wanted.connect(self.details.copy_json)
        self._again.clicked.connect(self.reload)
        self.details.together.failed_wanted.connect(self.failed_wanted)
        self.details.together.recovery_wanted.connect(self.recovery_requested)
        self.details.again_requested.connect(self.again_requested)
        self.details.correction_requested.connect(self.correction_requested)
        self.details.recovery_requested.connect(self.recovery_requested)
        self.details.corrections.send_clicked.connect(self.select)

    # What happens

    def _begin(self) -> None:
        if not self._model.is_begun:
            self._hide_trouble()
            self._model.reload()

    def _select_first(self) -> None:
        if self._model.rowCount():
            self.look_at(0)

    def look_at(self, number: int) -> None:
        """Look at the send of this place."""
        index = self._model.index(number, SendColumn.TIME)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)

    def _refresh(self) -> None:
        has_rows = self._model.rowCount() > 0
        is_asked = self._model.query is not None
        self._stack.setCurrentIndex(1 if has_rows else 2 if is_asked else 0)
        # With trouble, nothing is known of what was sent.
        self._stack.setVisible(has_rows or self._trouble.isHidden())

    def show_offer(self) -> None:
        """A robot is another one by now: what is offered about the send that is shown, anew."""
        if self.details.row is not None:
            self._show_details(self.details.row)

    def _show_details(self, row: SendRow) -> None:
        try:
            attempts = self._history.attempts(row.msg_uuid)
            together = () if row.group_id is None else self._history.group(row.group_id)
            corrected = None if row.corrects is None else self._history.row(row.corrects)
            corrections = self._history.corrections(row.msg_uuid)
            then = self._history.robot_then(row.msg_uuid)
            chain = Chain(self._history.database)
            link = chain.last_of(row.key) if row.status.is_final else None
            proof = ChainProof(None if link is None else link.head, chain.head())
            origin = origin_words(origin_of(self._history.database, row.msg_uuid))
        except StorageError as error:
            self._on_trouble(error)
            return
        texts = self._model.texts_of(row) if self._model.query else ()
        self._hits.show_hits(self._model.query, texts, dict(self._names()))
        self.details.corrections.show_links(corrected, corrections)
        others = [one for one in together if one.msg_uuid != row.msg_uuid and _is_troubled(one)]
        self.details.together.show_group(row, together, self._lines_of(others))
        robot = robot_text(row, then, self._robot_of(row.robot_id))
        offer = self._offer_of(row, attempts)
        waits = "" if row.status.is_final else self._waits_of(row.msg_uuid)
        told = {"robot": robot, "waits": waits, "origin": origin}
        self.details.show_send(row, attempts, offer, proof=proof, **told)
        self.details.show_found(self._places_of_hits())

    def _places_of_hits(self) -> FindPlaces | None:
        """Where in a text the words stand that are looked for; None without any."""
        query = self._model.query
        if query is None or not query.terms:
            return None
        return partial(highlights, query, names=dict(self._names()))

    def _read(self, msg_uuid: str) -> SendRow | None:
        try:
            return self._history.row(msg_uuid)
        except StorageError as error:
            self._on_trouble(error)
            return None

    def _on_rows_wanted(self) -> None:
        windows, keys = self._model.wanted_rows()
        if keys:
            self._services.bring(keys, windows, self._model.show_brought)

    def _on_current_changed(self, current: QModelIndex) -> None:
        light = self._model.row_at(current.row())
        row = None if light is None else self._read(light.msg_uuid)
        if row is not None:
            self._show_details(row)

    def _on_entered(self) -> None:
        self.details.focus_part()

    def _on_opened(self) -> None:
        row = self.details.row
        if row is not None and row.msg_uuid == self.selected:
            self.details.open_as_new()

    def _on_menu_wanted(self, place: QPoint) -> None:
        self.details.make_menu().popup(place)

    def _show_top(self) -> None:
        """The details of another send are read from their beginning."""
        self._area.verticalScrollBar().setValue(0)

    def _on_technical_toggled(self, is_open: bool) -> None:
        self._show_technical(is_shown=is_open)
        if self._settings is not None:
            self._settings.set(SHOWS_TECHNICAL, is_open)

    def _show_technical(self, *, is_shown: bool) -> None:
        self.details.show_technical(is_shown=is_shown)
        self.table.show_duration(is_shown=is_shown)

    def _on_shown(self) -> None:
        """Other rows are shown: stay with the send that is looked at, or look at the newest."""
        query = self._model.query
        self.table.show_hits(is_shown=query is not None and bool(query.terms))
        shown = self.details.row
        number = None if shown is None else self._model.number_of(shown)
        if self._model.rowCount():
            self.look_at(number or 0)
        self._refresh()

    def _on_date_wanted(self) -> None:
        if self._days is None:
            self._days = DayPicker(self)
            self._days.chosen.connect(self._on_day_chosen)
        self._days.open_below(self.searching.bar, self._now)

    def _on_day_chosen(self, last: datetime) -> None:
        """Look at the newest send of this day, or of the last before it."""
        if self._model.rowCount():
            self.look_at(self._model.number_before(last))
            self.table.setFocus()

    def _on_trouble(self, error: StorageError) -> None:
        self._notice.tell(
            self.tr("The history cannot be read. {why}").format(why=storage_sentence(error.fault))
        )
        self._trouble.show()
        self._refresh()

    def _hide_trouble(self) -> None:
        self._trouble.hide()


def _is_troubled(row: SendRow) -> bool:
    return row.status.is_final and row.status is not Status.DELIVERED
