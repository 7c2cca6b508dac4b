"""The contacts in a table: typed in, pasted from a sheet, taken away."""

from enum import IntEnum

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.contacts import (
    Contact,
    is_mobile,
    is_user_id,
    read_contacts,
    tidied_contact,
    twice,
)
from dingcomposer.services.contacts import Contacts
from dingcomposer.storage.database import StorageError
from dingcomposer.ui import questions
from dingcomposer.ui.texts.storage import storage_sentence
from dingcomposer.ui.widgets.buttons import DialogButton

_SHOWN_LINES = 3


class ContactColumn(IntEnum):
    """The columns of the table."""

    NAME = 0
    MOBILE = 1
    USER_ID = 2


class ContactsDialog(QDialog):
    """Changes are kept by *Save* only; what cannot be kept is said, and stays in the table."""

    def __init__(self, book: Contacts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("contacts")
        self.setWindowTitle(self.tr("Contacts"))
        self._book = book
        self.table = QTableWidget(0, len(ContactColumn), self)
        self.table.setObjectName("contacts.table")
        self.table.setAccessibleName(self.tr("Contacts"))
        self.table.setHorizontalHeaderLabels(
            [self.tr("Name"), self.tr("Mobile"), self.tr("User ID")]
        )
        self.table.verticalHeader().hide()
        self.table.setProperty("people", True)
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.installEventFilter(self)
        self._empty = QLabel(
            self.tr(
                "Nobody here yet. Add people one by one, or copy the rows of a sheet with names"
                " and mobile numbers, and paste them here."
            ),
            self,
        )
        self._empty.setObjectName("contacts.empty")
        self._note = QLabel(self)
        self._note.setObjectName("contacts.note")
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._empty, self._note):
            label.setProperty("quiet", True)
            label.setWordWrap(True)
        self._add = DialogButton("contacts.add", self.tr("Add"), self)
        self._paste = DialogButton("contacts.paste", self.tr("Paste a list"), self)
        self._remove = DialogButton("contacts.remove", self.tr("Remove"), self)
        self._cancel = DialogButton("contacts.cancel", self.tr("Cancel"), self)
        self._save = DialogButton("contacts.save", self.tr("Save"), self)
        self._lay_out()
        for contact in book.contacts:
            self._append(contact)
        self._connect()
        self._show_state()

    def contacts(self) -> tuple[Contact, ...]:
        """What stands in the table, its empty rows aside."""
        rows = [
            tidied_contact(Contact(*(self._words(row, column) for column in ContactColumn)))
            for row in range(self.table.rowCount())
        ]
        return tuple(one for one in rows if one != Contact(""))

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

    def _lay_out(self) -> None:
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for column in ContactColumn:
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        self._save.setProperty("primary", True)
        intro = QLabel(
            self.tr("Type a name after @ in a message, and the number is put in its place."), self
        )
        intro.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._add, self._paste, self._remove):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(12)
        whole.addWidget(intro)
        whole.addWidget(self._empty)
        whole.addWidget(self.table, 1)
        whole.addWidget(self._note)
        whole.addLayout(buttons)
        self.setMinimumSize(480, 320)
        self.resize(600, 460)

    def _connect(self) -> None:
        self._add.clicked.connect(self._on_add)
        self._paste.clicked.connect(self._on_paste)
        self._remove.clicked.connect(self._on_remove)
        self._cancel.clicked.connect(self.reject)
        self._save.clicked.connect(self._on_save)
        self.table.itemSelectionChanged.connect(self._show_state)

    def _append(self, contact: Contact) -> None:
        row = self.table.rowCount()
        self.table.insertRow(row)
        for column, words in zip(
            ContactColumn, (contact.name, contact.mobile, contact.user_id), strict=True
        ):
            self.table.setItem(row, column, QTableWidgetItem(words))

    def _words(self, row: int, column: ContactColumn) -> str:
        item = self.table.item(row, column)
        return item.text().strip() if item is not None else ""

    def _show_state(self) -> None:
        self._empty.setVisible(self.table.rowCount() == 0)
        self._remove.setEnabled(bool(self.table.selectedIndexes()))
        self._note.setVisible(bool(self._note.text()))

    def _tell(self, words: str) -> None:
        self._note.setText(words)
        self._show_state()

    def _on_add(self) -> None:
        self._append(Contact(""))
        self._tell("")
        row = self.table.rowCount() - 1
        self.table.setCurrentCell(row, ContactColumn.NAME)
        item = self.table.item(row, ContactColumn.NAME)
        if item is not None:
            self.table.editItem(item)

    def _on_paste(self) -> None:
        pasted = read_contacts(QGuiApplication.clipboard().text())
        here = self.contacts()
        known = {key for one in here for key in (one.mobile, one.user_id) if key}
        new: list[Contact] = []
        for contact in pasted.contacts:
            keys = {key for key in (contact.mobile, contact.user_id) if key}
            if not known & keys:
                known |= keys
                new.append(contact)
                self._append(contact)
        words = [self.tr("%n person(s) added.", "", len(new))]
        if len(new) < len(pasted.contacts):
            count = len(pasted.contacts) - len(new)
            words.append(self.tr("%n already here.", "", count))
        if pasted.left_over:
            words.append(self.tr("No name with a number or user ID in:"))
            words.append(" · ".join(pasted.left_over[:_SHOWN_LINES]))
            if len(pasted.left_over) > _SHOWN_LINES:
                more = len(pasted.left_over) - _SHOWN_LINES
                words.append(self.tr("and in %n more line(s).", "", more))
        self._tell(" ".join(words))

    def _on_remove(self) -> None:
        rows = {index.row() for index in self.table.selectedIndexes()}
        for row in sorted(rows, reverse=True):
            self.table.removeRow(row)
        self._tell("")

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
        contacts = self.contacts()
        fault = self._fault(contacts)
        if fault:
            self._tell(fault)
            return
        try:
            self._book.put(contacts)
        except StorageError as error:
            self._tell(storage_sentence(error.fault))
            return
        self.accept()

    def _fault(self, contacts: tuple[Contact, ...]) -> str:
        for contact in contacts:
            if not contact.name:
                return self.tr("{person} has no name yet.").format(person=contact.person)
            if not contact.person:
                return self.tr("{name} needs a mobile number or a user ID.").format(
                    name=contact.name
                )
            if contact.mobile and not is_mobile(contact.mobile):
                return self.tr("{words} is no mobile number.").format(words=contact.mobile)
            if contact.user_id and not is_user_id(contact.user_id):
                return self.tr("{words} is no user ID.").format(words=contact.user_id)
        both = twice(contacts)
        return self.tr("{person} stands here twice.").format(person=both) if both else ""
