"""The contacts as they are now: who can be mentioned by name."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.contacts import (
    Contact,
    find_contacts,
    labels_of,
    names_of,
    people_of,
)
from dingcomposer.core.plain_text import without_marks
from dingcomposer.storage.contacts import ContactStore

SHOWN = 8
"""As many are offered at once."""


class Contacts(QObject):
    """The contacts in memory, and in the store. Main thread.

    Signals:
        changed(): there are other contacts.
    """

    changed = Signal()

    def __init__(self, store: ContactStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._take(store.all())

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """All of them, in the person's order."""
        return self._contacts

    @property
    def names(self) -> Mapping[str, str]:
        """The names by mobile number and by user id."""
        return self._names

    @property
    def labels(self) -> Mapping[str, str]:
        """As `names`, with the department behind a name that two people have."""
        return self._labels

    @property
    def people(self) -> Mapping[str, Contact]:
        """The contacts by name, by number and by id; a name that two have means nobody."""
        return self._people

    def has_name_with(self, words: str) -> bool:
        """Whether somebody's name begins with these words, and goes on."""
        begun = words.casefold()
        return any(
            one.name.casefold().startswith(begun) and len(one.name) > len(words)
            for one in self._contacts
        )

    def find(self, words: str) -> tuple[Contact, ...]:
        """Those few whom these words mean; everybody's first few for no words."""
        return find_contacts(self._contacts, words, SHOWN)

    def put(self, contacts: Sequence[Contact]) -> None:
        """Have these contacts instead. Raises StorageError, and then keeps what there was."""
        self._store.replace(contacts)
        self._take(tuple(contacts))
        self.changed.emit()

    def _take(self, contacts: tuple[Contact, ...]) -> None:
        # None of their names turns the letters round, whoever wrote them down.
        contacts = tuple(
            replace(one, name=without_marks(one.name), department=without_marks(one.department))
            for one in contacts
        )
        self._contacts = contacts
        self._names = names_of(contacts)
        self._labels = labels_of(contacts)
        self._people = people_of(contacts)
