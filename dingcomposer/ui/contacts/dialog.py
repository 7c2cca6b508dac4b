"""The contacts in a table: typed in, pasted, read from a file, searched, put into teams."""

from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path

from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QObject, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QMenu,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.contacts import Contact, team_names
from dingcomposer.core.contacts_reading.pasted import merge_pasted, read_contacts
from dingcomposer.core.contacts_reading.rows import PastedRow
from dingcomposer.core.pinyin import spelled
from dingcomposer.core.plain_text import clean, without_marks
from dingcomposer.services.contacts import Contacts, PeopleFile
from dingcomposer.storage.database import StorageError
from dingcomposer.ui import questions, theme
from dingcomposer.ui.contacts.table import ContactColumn, ContactsFilter, ContactsModel, Mark
from dingcomposer.ui.texts.contacts import file_sentence
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.texts.translate import join_sentences
from dingcomposer.ui.widgets.buttons import DialogButton, answer_box, settle_after_menu
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import PlainLabel, plain_label
from dingcomposer.ui.widgets.text_fields import TextLine

_NAMED = 3
_KINDS = "*.xlsx *.xls *.xlsm *.xlsb *.ods *.csv *.tsv *.txt *.vcf *.json"
_ROW_PX = 32
_WIDTHS = {
    ContactColumn.NAME: 112,
    ContactColumn.MOBILE: 122,
    ContactColumn.USER_ID: 112,
    ContactColumn.DEPARTMENT: 112,
    ContactColumn.TEAMS: 96,
}


class ContactsDialog(OrderedDialog):
    """Nothing is kept but by *Save*. A row that cannot be kept is marked, and the others can be.

    What was pasted and is not certain waits in its row, marked, until somebody looked at it.
    """

    def __init__(self, book: Contacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("contacts")
        self.setWindowTitle(self.tr("Contacts"))
        self.setAcceptDrops(True)
        self._book = book
        self._file = ""
        self._spell = lru_cache(maxsize=None)(partial(spelled, is_name=True))
        self.model = ContactsModel(self)
        self.model.show_contacts(book.contacts)
        self._filter = ContactsFilter(self.model, self)
        self._make_table()
        self._make_words()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._show_state()
        book.prepare()

    def contacts(self) -> tuple[Contact, ...]:
        """What stands in the table, its empty rows aside."""
        return self.model.contacts

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paste and Delete in the table are for its rows."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.matches(QKeySequence.StandardKey.Paste):
                self._on_paste()
                return True
            if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._on_remove()
                return True
        return super().eventFilter(watched, event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file may be dropped here."""
        if _file_in(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that is dropped."""
        path = _file_in(event.mimeData())
        if path is not None:
            event.acceptProposedAction()
            self.read_file(path)

    def read_file(self, path: Path) -> None:
        """Read people out of a file; they stand in the table then, to be looked at."""
        self._file = path.name
        self._show_notice(self.tr("Reading {file}…").format(file=clean(path.name)))
        self._book.read_file(path, self._on_file_read)

    # --- building -------------------------------------------------------------------------------

    def _make_table(self) -> None:
        table = self.table = QTableView(self)
        table.setObjectName("contacts.table")
        table.setAccessibleName(self.tr("Contacts"))
        table.setModel(self._filter)
        table.setProperty("people", True)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        table.setTabKeyNavigation(False)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.installEventFilter(self)
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(max(_ROW_PX, self.fontMetrics().height() + 12))
        columns = table.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column, width in _WIDTHS.items():
            columns.resizeSection(column, theme.scaled_px(width))
        columns.setStretchLastSection(True)

    def _make_words(self) -> None:
        self._search = TextLine(self)
        self._search.setObjectName("contacts.search")
        self._search.setAccessibleName(self.tr("Search the contacts"))
        self._search.setPlaceholderText(self.tr("Search name, pinyin, number, department or team"))
        self._marked_only = QCheckBox(self.tr("Only what is to be looked at"), self)
        self._marked_only.setObjectName("contacts.marked_only")
        self._marked_only.setAccessibleName(self._marked_only.text())
        self._count = self._label("contacts.count")
        self._empty = self._label("contacts.empty")
        self._empty.setText(
            self.tr(
                "Nobody here yet. Import the sheet that DingTalk or your personnel system exports,"
                " paste rows with names and mobile numbers, or add people one by one."
            )
        )
        self._note = self._label("contacts.note")

    def _label(self, name: str) -> PlainLabel:
        label = plain_label("", self, name)
        label.setProperty("quiet", True)
        return label

    def _make_buttons(self) -> None:
        self._add = DialogButton("contacts.add", self.tr("Add"), self)
        self._paste = DialogButton("contacts.paste", self.tr("Paste a list"), self)
        self._import = DialogButton("contacts.import", self.tr("Import a file…"), self)
        self._import.setToolTip(
            self.tr("XLSX, XLS, ODS, CSV or vCard; a file can be dropped here, too.")
        )
        self._team = DialogButton("contacts.team", self.tr("Team"), self)
        self._team.setToolTip(
            self.tr("Put the selected people into a team: its name behind @ mentions all of them.")
        )
        self._team.setMenu(QMenu(self._team))
        settle_after_menu(self._team)
        self._remove = DialogButton("contacts.remove", self.tr("Remove"), self)
        self._confirm = DialogButton("contacts.confirm", self.tr("These are right"), self)
        self._confirm.setToolTip(
            self.tr("Takes the mark off the selected rows; off all of them where none is selected.")
        )
        self._cancel = DialogButton("contacts.cancel", self.tr("Cancel"), self)
        self._save = DialogButton("contacts.save", self.tr("Save"), self)
        self._save.setProperty("primary", True)

    def _lay_out(self) -> None:
        intro = QLabel(
            self.tr("Type a name after @ in a message, and the number is put in its place."), self
        )
        intro.setWordWrap(True)
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self._search, 1)
        top.addWidget(self._marked_only)
        changing = QHBoxLayout()
        changing.setSpacing(8)
        for button in (self._add, self._paste, self._import, self._team, self._remove):
            changing.addWidget(button)
        changing.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._confirm)
        buttons.addStretch(1)
        buttons.addWidget(answer_box(self, self._save, self._cancel))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(12)
        whole.addWidget(intro)
        whole.addLayout(changing)
        whole.addLayout(top)
        whole.addWidget(self._empty)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._count)
        whole.addWidget(self._note)
        whole.addLayout(buttons)
        resize_within_screen(self, QSize(860, 560), QSize(560, 360))

    def _connect(self) -> None:
        self._add.clicked.connect(self._on_add)
        self._paste.clicked.connect(self._on_paste)
        self._import.clicked.connect(self._on_import)
        self._team.menu().aboutToShow.connect(self._fill_teams)
        self._book.indexed.connect(self._on_filter)
        self._remove.clicked.connect(self._on_remove)
        self._confirm.clicked.connect(self._on_confirm)
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self._on_save)
        self._search.edited.connect(self._on_filter)
        self._marked_only.toggled.connect(self._on_filter)
        self.model.edited.connect(self._show_state)
        self.table.selectionModel().selectionChanged.connect(self._show_state)

    # --- showing --------------------------------------------------------------------------------

    def _show_state(self) -> None:
        marks = [mark for _, mark, _ in self.model.marked()]
        wrong, look = marks.count(Mark.WRONG), marks.count(Mark.LOOK)
        total = self.model.rowCount()
        self._empty.setVisible(total == 0)
        has_selection = self.table.selectionModel().hasSelection()
        self._remove.setEnabled(has_selection)
        self._team.setEnabled(has_selection)
        self._marked_only.setVisible(bool(marks) or self._marked_only.isChecked())
        self._confirm.setVisible(look > 0)
        self.table.setColumnHidden(ContactColumn.REMARK, not marks)
        self._note.setVisible(bool(self._note.text()))
        self._count.setVisible(total > 0)
        words = [self.tr("%n person(s)", "", total - wrong)]
        if self._filter.rowCount() < total:
            words.append(self.tr("%n shown", "", self._filter.rowCount()))
        if look:
            words.append(self.tr("%n to be looked at", "", look))
        if wrong:
            words.append(self.tr("%n cannot be saved yet", "", wrong))
        self._count.setText(" · ".join(words))
        # With something marked, the button says what it would do; where it would do nothing, no
        # number stands on it.
        can_all, savable = not marks, self.model.savable
        is_new = can_all or savable != self._book.contacts
        self._save.setText(
            self.tr("Save")
            if can_all or not is_new
            else self.tr("Save the other %n", "", len(savable))
        )
        self._save.setAccessibleName(self._save.text())
        self._save.setEnabled(is_new)

    def _show_notice(self, words: str) -> None:
        self._note.tell(words)
        self._show_state()

    def _on_filter(self) -> None:
        spell = self._spell if self._book.is_spelled else None
        self._filter.show_only(
            self._search.text(), is_marked=self._marked_only.isChecked(), spell=spell
        )
        self._show_state()

    def _show_all(self) -> None:
        """Show every row: one that was just added must not be hidden."""
        self._search.set_text("")
        self._marked_only.setChecked(False)
        self._on_filter()

    def _select(self, first: int, count: int = 1) -> None:
        """Select rows of the model, the first of them in sight."""
        selection = self.table.selectionModel()
        selection.clear()
        flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
        for number in range(first, first + min(count, 1)):
            index = self._filter.mapFromSource(self.model.index(number, ContactColumn.NAME))
            self.table.setCurrentIndex(index)
            selection.select(index, flags)
            self.table.scrollTo(index)

    def _selected(self) -> list[int]:
        """The numbers of the selected rows in the model."""
        indexes = self.table.selectionModel().selectedRows(ContactColumn.NAME)
        return [self._filter.mapToSource(index).row() for index in indexes]

    # --- answering ------------------------------------------------------------------------------

    def _on_add(self) -> None:
        self._show_all()
        number = self.model.add(Contact(""))
        self._show_notice("")
        self._select(number)
        self.table.edit(self._filter.mapFromSource(self.model.index(number, ContactColumn.NAME)))

    def _on_paste(self) -> None:
        self.take_rows(read_contacts(QGuiApplication.clipboard().text()).rows)

    def _on_import(self) -> None:
        kinds = self.tr("Sheets and visiting cards")
        title = self.tr("Import people from a file")
        path = questions.choose_file(self, title, f"{kinds} ({_KINDS})")
        if path:
            self.read_file(Path(path))

    def _on_file_read(self, read: PeopleFile) -> None:
        if read.fault is not None:
            self._show_notice(file_sentence(read.fault, self._file))
            return
        self.take_rows(read.rows, self._words_of_file(read))

    def _words_of_file(self, read: PeopleFile) -> str:
        name = clean(self._file)
        if len(read.sheets) > 1:
            words = self.tr("From {file}, sheets {sheets}:")
            return words.format(file=name, sheets=clean(", ".join(read.sheets)))
        return self.tr("From {file}:").format(file=name)

    def take_rows(self, rows: Sequence[PastedRow], words: str = "") -> None:
        """Put what was read beside those who are here; nothing is kept but by *Save*."""
        merged = merge_pasted(self.model.contacts, rows)
        self._show_all()
        for number, contact in merged.completed:
            self.model.put(self._place(number), contact)
        first = self.model.add_pasted(merged.added)
        if merged.added:
            self._select(first)
        said = self._words_of_paste(first, len(merged.completed), merged.known)
        self._show_notice(join_sentences([words, *said] if words else said))
        self.table.setFocus()

    def _fill_teams(self) -> None:
        menu, selected = self._team.menu(), self._selected()
        menu.clear()
        for name in self.model.teams:
            action = menu.addAction(name.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(self.model.has_all_in(selected, name))
            action.toggled.connect(partial(self._on_team_chosen, name))
        if self.model.teams:
            menu.addSeparator()
        menu.addAction(self.tr("New team…"), self._on_new_team)

    def _on_team_chosen(self, name: str, is_in: bool) -> None:
        selected = self._selected()
        self.model.set_team(selected, name, is_in=is_in)
        count = len(selected)
        words = (
            self.tr("%n person(s) put into {team}.", "", count)
            if is_in
            else self.tr("%n person(s) taken out of {team}.", "", count)
        )
        self._show_notice(words.format(team=clean(name)))

    def _on_new_team(self) -> None:
        label = self.tr("Name of the team, such as “on call”")
        words = questions.ask_words(self, self.tr("New team"), label)
        for name in team_names(without_marks(words))[:1]:
            self._on_team_chosen(name, True)

    def _place(self, number: int) -> int:
        """The row of a contact that `contacts` gives at this index: empty rows do not count."""
        filled = [at for at in range(self.model.rowCount()) if self.model.words(at).strip()]
        return filled[number]

    def _words_of_paste(self, first: int, completed: int, known: int) -> list[str]:
        marks = [self.model.mark(row) for row in range(first, self.model.rowCount())]
        clear = marks.count(Mark.NONE)
        if not marks and not completed and not known:
            return [
                self.tr("Nobody found: each line needs a name and a mobile number or a user ID.")
            ]
        words = [self.tr("%n person(s) added.", "", clear)] if clear else []
        unclear = len(marks) - clear
        if unclear and clear:
            words.append(
                self.tr("%n more line(s) to be looked at: why stands at their end.", "", unclear)
            )
        elif unclear:
            words.append(
                self.tr("%n line(s) to be looked at: why stands at their end.", "", unclear)
            )
        if completed:
            words.append(self.tr("%n completed.", "", completed))
        if known:
            words.append(self.tr("%n already here.", "", known))
        words.append(self.tr("Nothing is saved yet."))
        return words

    def _on_remove(self) -> None:
        self.model.remove(self._selected())
        self._show_notice("")

    def _on_confirm(self) -> None:
        self.model.confirm(self._selected() or range(self.model.rowCount()))
        self._on_filter()

    def reject(self) -> None:
        """Close; ask first where something was changed."""
        if self.contacts() == self._book.contacts or self._is_thrown_away():
            super().reject()

    def _is_thrown_away(self) -> bool:
        drop = questions.Choice("drop", self.tr("Discard"))
        keep = questions.Choice("keep", self.tr("Go on editing"), is_default=True)
        text = self.tr("The contacts were changed. Discard the changes?")
        question = questions.Question("contacts", self.windowTitle(), text, (drop, keep), "keep")
        return questions.ask(self, question) == "drop"

    def _on_save(self) -> None:
        marked = self.model.marked()
        contacts = self.model.savable if marked else self.contacts()
        try:
            self._book.put(contacts)
        except StorageError as error:
            self._show_notice(storage_sentence(error.fault))
            return
        if not marked:
            self.accept()
            return
        self.model.set_saved(contacts)
        self._show_notice(self._words_of_rest(len(contacts), marked))
        self._marked_only.setChecked(True)
        self._on_filter()
        self._select(marked[0][0])

    def _words_of_rest(self, saved: int, marked: list[tuple[int, Mark, str]]) -> str:
        """What was saved, and which rows were not, each with its name and why."""
        words = [self.tr("%n saved.", "", saved), self.tr("%n still here:", "", len(marked))]
        lines = [join_sentences(words)]
        for number, _, sentence in marked[:_NAMED]:
            words_of_row = self.tr("“{name}”: {sentence}")
            lines.append(words_of_row.format(name=self.model.name(number), sentence=sentence))
        if len(marked) > _NAMED:
            lines.append(self.tr("and %n more line(s).", "", len(marked) - _NAMED))
        return "\n".join(lines)


def _file_in(data: QMimeData) -> Path | None:
    """The one file on this computer that is dragged; None where it is not one."""
    files = [one.toLocalFile() for one in data.urls() if one.isLocalFile()]
    return Path(files[0]) if len(files) == 1 else None
