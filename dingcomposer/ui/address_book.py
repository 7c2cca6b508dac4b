"""The contacts as they are now: who can be mentioned by name."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.contact import Contact, find_contacts, names_of
from dingcomposer.storage.contacts import ContactStore

SHOWN = 8
"""As many are offered at once."""


class AddressBook(QObject):
    """Main thread.

    Signals:
        changed(): there are other contacts.
    """

    changed = Signal()

    def __init__(self, store: ContactStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._contacts = store.all()
        self._names = names_of(self._contacts)

    @property
    def contacts(self) -> tuple[Contact, ...]:
        """All of them, in the person's order."""
        return self._contacts

    @property
    def names(self) -> Mapping[str, str]:
        """The names by mobile number and by user id."""
        return self._names

    def find(self, words: str) -> tuple[Contact, ...]:
        """Those few whom these words mean; everybody's first few for no words."""
        return find_contacts(self._contacts, words, SHOWN)

    def put(self, contacts: Sequence[Contact]) -> None:
        """Have these contacts instead. Raises StorageError, and then keeps what there was."""
        self._store.replace(contacts)
        self._contacts = tuple(contacts)
        self._names = names_of(self._contacts)
        self.changed.emit()
