"""Search of the history page: what is typed becomes rows, a count, and words in the details."""

import html
import re
from collections.abc import Callable, Sequence
from datetime import datetime, time

from PySide6.QtCore import QDate, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from dingcomposer.core.plain_text import clean
from dingcomposer.core.search.matching import highlights
from dingcomposer.core.search.query import Query, parse_query
from dingcomposer.services.history.archive import HistoryArchive
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.search.expressions import SavedSearch
from dingcomposer.ui import theme
from dingcomposer.ui.history.model import SendsModel
from dingcomposer.ui.history.saved_list import SavedSearchList
from dingcomposer.ui.history.search_bar import SearchBar
from dingcomposer.ui.preview.bubble.bubble import RenderContext
from dingcomposer.ui.texts.search import found_label, index_label, joining_label
from dingcomposer.ui.widgets.dates import CalendarPopup

_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_NAME_CHARACTERS = 24
_PIECES = 3
_WORTH_TELLING = 5_000  # sends; what is left of fewer is done before it is read
_AROUND = 40


class HistorySearching(QObject):
    """Between the search bar, the kept searches, the table's model and the search itself.

    `is_known` says whether there is a send of a msgUuid.

    Signals:
        shown(): other rows are shown.
        uuid_typed(str): a msgUuid stands in the field.
        trouble(StorageError): something could not be kept.
    """

    shown = Signal()
    uuid_typed = Signal(str)
    trouble = Signal(object)

    def __init__(
        self,
        model: SendsModel,
        archive: HistoryArchive,
        render: RenderContext,
        is_known: Callable[[str], bool],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._is_known = is_known
        search = archive.search
        self._model, self._search, self._upkeep = model, search, archive.upkeep
        self._names = render.names
        self._number = 0
        self._is_waiting = self._is_all = self._is_slow = False
        self._asked = Query()
        self.bar = SearchBar(
            parent,
            robots=search.robot_names,
            people=lambda: sorted(set(render.names().values())),
        )
        self.saved = SavedSearchList(parent)
        self.bar.changed.connect(self._on_changed)
        self.bar.save_wanted.connect(self._on_save_wanted)
        self.saved.chosen.connect(self.bar.set_text)
        # Not while the list is still busy with what was edited.
        self.saved.edited.connect(self._keep, Qt.ConnectionType.QueuedConnection)
        model.rowsInserted.connect(self._show_count)
        # Not while the view is still being told of the row.
        model.untrue_hit.connect(self._on_untrue_hit, Qt.ConnectionType.QueuedConnection)
        search.found.connect(self._on_found)
        search.saved_changed.connect(self._show_saved)
        for steps in (search.index, archive.upkeep):
            steps.progressed.connect(self._on_progressed)
        search.index.completed.connect(self._show_count)
        archive.upkeep.over.connect(self._show_count)
        self._show_saved()

    @property
    def query(self) -> Query:
        """What is looked for."""
        return parse_query(self.bar.text)

    def ask_again(self) -> None:
        """Look for the same anew: the history has changed."""
        if self._model.query is None:
            self._model.reload()
            self.shown.emit()
        else:
            self._is_waiting = True
            self._number = self._search.ask(self._asked, self._names())

    def _on_changed(self, text: str) -> None:
        self._mark_kept(text)
        query = parse_query(text)
        if _UUID.fullmatch(text.strip()) and self._is_known(text.strip().lower()):
            query = Query()  # it is gone to, among all
        if query and query == (self._asked if self._is_waiting else self._model.query):
            return  # a space, or half a filter
        if not query:
            self._search.stop()
            self._is_waiting = False
            if self._model.query is not None:
                self._model.reload()
                self.shown.emit()
            if text.strip():
                self.uuid_typed.emit(text.strip().lower())
        else:
            self._is_waiting, self._is_slow = True, False
            self._asked = query
            self._number = self._search.ask(query, self._names())
        self._show_count()

    def _on_untrue_hit(self) -> None:
        self._is_waiting = True
        self._search.doubt()

    def _on_found(self, number: int, keys: Sequence[int], is_all: bool) -> None:
        if number != self._number:
            return
        self._is_slow = self._is_waiting and not is_all and not len(keys)
        if self._is_slow:
            pass  # no more is known than before
        elif self._is_waiting:
            self._is_waiting = False
            self._is_all = is_all
            self._model.show_found(self._asked, keys)
            self.shown.emit()
        else:
            self._is_all = is_all
            self._model.append_found(keys)
        self._show_count()

    def _on_progressed(self, _done: int, _total: int) -> None:
        self._show_count()

    def _show_count(self) -> None:
        parts = []
        if self._model.query is not None and not self._is_waiting:
            parts.append(found_label(self._model.count(), is_all=self._is_all))
        elif self._is_waiting and self._is_slow:
            parts.append(self.tr("Still searching…"))
        index, upkeep = self._search.index, self._upkeep
        done, total = index.counts
        if index.is_building and (self.bar.text or total - done >= _WORTH_TELLING):
            parts.append(index_label(done, total))
        elif not upkeep.is_over and upkeep.counts[1] - upkeep.counts[0] >= _WORTH_TELLING:
            parts.append(joining_label(*upkeep.counts))
        self.bar.show_count(" · ".join(parts))

    # Kept searches

    def _on_save_wanted(self) -> None:
        question = self.bar.text.strip()
        kept = self._search.saved
        if question and all(one.question != question for one in kept):
            name = " ".join(question.split())
            short = name if len(name) <= _NAME_CHARACTERS else f"{name[: _NAME_CHARACTERS - 1]}…"
            self._keep((*kept, SavedSearch(short, question)))

    def _keep(self, searches: Sequence[SavedSearch]) -> None:
        try:
            self._search.save(searches)
        except StorageError as error:
            self.trouble.emit(error)

    def _show_saved(self) -> None:
        self.saved.show_searches(self._search.saved)
        self._mark_kept(self.bar.text)

    def _mark_kept(self, text: str) -> None:
        self.bar.show_kept(is_kept=self.saved.mark(text.strip()))


class HitLines(QLabel):
    """Where in a send the words stand that are looked for: a few lines, hidden without any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history.hits")
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setProperty("quiet", True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lines: list[tuple[str, Sequence[tuple[int, int]]]] = []
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._write()

    def show_hits(self, query: Query | None, texts: Sequence[str], names: dict[str, str]) -> None:
        """Show the hits of a question in a send's texts."""
        self._lines = []
        if query is not None and query.terms:
            for text in texts:
                places = highlights(query, text, names)
                if places and len(self._lines) < _PIECES:
                    self._lines.append((text, places))
        self._write()
        self.setVisible(bool(self._lines))

    def _write(self) -> None:
        self.setText("<br>".join(_line(text, places) for text, places in self._lines))


def _line(text: str, places: Sequence[tuple[int, int]]) -> str:
    """A piece of a text round its first hits, as HTML."""
    now = theme.current()
    first, last = places[0][0], places[min(len(places), 3) - 1][1]
    start, end = max(first - _AROUND, 0), min(max(last, first + _AROUND) + _AROUND, len(text))
    parts, at = ["…" if start else ""], start
    for begin, after in places:
        if after > end:
            break
        parts.append(_escaped(text[at:begin]))
        hit = _escaped(text[begin:after])
        parts.append(f'<span style="background:{now.warn_soft};color:{now.text}">{hit}</span>')
        at = after
    parts += [_escaped(text[at:end]), "…" if end < len(text) else ""]
    return "".join(parts)


def _escaped(text: str) -> str:
    return html.escape(" ".join(clean(text).split("\n")))


class DayPicker(CalendarPopup):
    """A calendar of the days gone by.

    Signals:
        chosen(datetime): the end of this day, in local time.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("history.day")
        self.calendar.setAccessibleName(self.tr("Go to a day"))
        self.picked.connect(self._on_day)

    def open_below(self, widget: QWidget, now: Callable[[], datetime]) -> None:
        """Show it, no later than today."""
        today = now().astimezone().date()
        self.calendar.setMaximumDate(QDate(today.year, today.month, today.day))
        self.show_below(widget, at_end=True)

    def _on_day(self, day: QDate) -> None:
        last = datetime.combine(day.toPython(), time.max).astimezone()  # type: ignore[arg-type]
        self.chosen.emit(last)
