"""The contacts as they are now: who can be mentioned by name, and who is likely to be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from dingcomposer.core.contacts import Contact, Team, labels_of, names_of, people_of
from dingcomposer.core.plain_text import without_marks
from dingcomposer.core.records import dataclass
from dingcomposer.services.background import Background
from dingcomposer.storage.contacts import ContactStore
from dingcomposer.storage.database import StorageError
from dingcomposer.storage.history import HistoryStore

if TYPE_CHECKING:
    # At run time with the first search, and the first file.
    from dingcomposer.core.contacts.search import ContactIndex
    from dingcomposer.core.contacts_reading.rows import PastedRow
    from dingcomposer.interchange.sheets import SheetFault

SHOWN = 8
"""As many are offered at once."""

TEAMS_SHOWN = 3
FEW = 500
"""So many contacts are made ready for search at once."""

_TEXTS = (".vcf", ".json", ".txt", ".md")
LIKELY_SENDS = 40
"""Who was mentioned in so many sends of a robot, the newest ones, is likely for it."""


class Contacts(QObject):
    """The contacts in memory, and in the store. Main thread.

    Signals:
        changed(): there are other contacts.
        indexed(): a search may find more than before: people by their pinyin.
    """

    changed = Signal()
    indexed = Signal()

    def __init__(self, store: ContactStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._background = Background(self)
        self._likely: Callable[[], Sequence[str]] = tuple
        self._index: ContactIndex | None = None
        self._is_spelled = self._is_asked = False
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

    @property
    def is_spelled(self) -> bool:
        """Whether people are found by pinyin by now; see `prepare`."""
        return self._is_spelled

    def rank_by(self, likely: Callable[[], Sequence[str]]) -> None:
        """Offer these numbers and ids first, the likeliest before the others."""
        self._likely = likely

    def prepare(self) -> None:
        """Make ready to `find`, in the background; to be called when somebody may be meant soon."""
        if self._is_asked or not self._contacts:
            return
        self._is_asked = True
        for is_spelled in (False, True):  # the second takes longer, and imports more
            done = partial(self._on_indexed, self._contacts, is_spelled=is_spelled)
            work = partial(_index, is_spelled=is_spelled)
            self._background.run(is_spelled, work, self._contacts, done)

    def find(self, words: str) -> tuple[Contact, ...]:
        """Those few whom these words mean; whoever is likely, and others, for no words.

        By pinyin, too, once `indexed` was said; of thousands, nobody is found before.
        """
        self.prepare()
        likely = self._likely()
        if not words:
            found = dict.fromkeys(self._people[one] for one in likely if one in self._people)
            return tuple(dict.fromkeys((*found, *self._contacts[:SHOWN])))[:SHOWN]
        index = self._search()
        return index.find(words, SHOWN, likely) if index is not None else ()

    def find_teams(self, words: str) -> tuple[Team, ...]:
        """Those few teams and departments that these words mean; the first teams for no words."""
        index = self._search()
        return index.find_teams(words, TEAMS_SHOWN) if index is not None else ()

    def read_file(self, path: Path, done: "Callable[[PeopleFile], None]") -> None:
        """Read the people of a file in the background; `done` gets them in the main thread."""
        self._background.run("file", read_people, path, done)

    def put(self, contacts: Sequence[Contact]) -> None:
        """Have these contacts instead. Raises StorageError, and then keeps what there was."""
        self._store.replace(contacts)
        self._take(tuple(contacts))
        self.changed.emit()

    def read_again(self) -> None:
        """Another process, or a file that was restored, may have changed them."""
        try:
            found = self._store.all()
        except StorageError:
            return  # the next who writes them says so
        if found != self._read:
            self._take(found)
            self.changed.emit()

    def _search(self) -> "ContactIndex | None":
        """None while thousands are made ready: the window does not wait for them."""
        if self._index is None and len(self._contacts) <= FEW:
            self._index = _index(self._contacts, is_spelled=False)
        return self._index

    def _on_indexed(
        self, contacts: tuple[Contact, ...], index: "ContactIndex", *, is_spelled: bool
    ) -> None:
        if contacts is self._contacts:
            self._index, self._is_spelled = index, is_spelled
            self.indexed.emit()

    def _take(self, contacts: tuple[Contact, ...]) -> None:
        self._read = contacts
        # None of their names turns the letters round, whoever wrote them down.
        contacts = tuple(
            replace(
                one,
                name=without_marks(one.name),
                department=without_marks(one.department),
                teams=tuple(map(without_marks, one.teams)),
            )
            for one in contacts
        )
        self._contacts = contacts
        self._names = names_of(contacts)
        self._labels = labels_of(contacts)
        self._people = people_of(contacts)
        self._index = None
        self._is_spelled = self._is_asked = False


class LikelyPeople:
    """Who is likely to be mentioned next in a group: who was, the most often first.

    `robot_id` says which robot the message is for. Main thread.
    """

    def __init__(self, history: HistoryStore, robot_id: Callable[[], str | None]) -> None:
        self._history, self._robot_id = history, robot_id
        self._known: dict[str, tuple[str, ...]] = {}

    def people(self) -> tuple[str, ...]:
        """Their numbers and ids; nobody where there is no robot."""
        robot_id = self._robot_id()
        if robot_id is None:
            return ()
        if robot_id not in self._known:
            try:
                self._known[robot_id] = self._history.mentioned(robot_id, LIKELY_SENDS)
            except StorageError:
                return ()  # what is wrong with the file is told where it matters
        return self._known[robot_id]

    def forget(self) -> None:
        """Something was sent: look anew."""
        self._known.clear()


@dataclass(frozen=True, slots=True)
class PeopleFile:
    """What a file says of people: its rows, from which sheets, or why there is nothing."""

    rows: tuple["PastedRow", ...] = ()
    sheets: tuple[str, ...] = ()
    fault: "SheetFault | None" = None


def read_people(path: Path) -> PeopleFile:
    """The people of a workbook, a CSV file, visiting cards, JSON or a text. Pure; never raises."""
    from dingcomposer.core.contacts_reading.reader import read_cells, read_rows
    from dingcomposer.core.contacts_reading.rows import Doubt, PastedRow
    from dingcomposer.interchange.sheets import SheetError, read_sheets, read_text

    try:
        if path.suffix.casefold() in _TEXTS:
            return PeopleFile(read_rows(read_text(path)))
        sheets = read_sheets(path)
    except SheetError as error:
        return PeopleFile(fault=error.fault)
    rows: list[PastedRow] = []
    names: list[str] = []
    for sheet in sheets:
        found = read_cells(sheet.rows)
        if any(one.mobile or one.user_id for one in found):
            rows += found
            names += [sheet.name] if sheet.name else []
        if not sheet.is_whole:
            rows.append(PastedRow(len(sheet.rows), sheet.name, doubts=(Doubt.TOO_MANY,)))
    return PeopleFile(tuple(rows), tuple(names))


def _index(contacts: tuple[Contact, ...], *, is_spelled: bool) -> "ContactIndex":
    from dingcomposer.core.contacts.search import ContactIndex

    return ContactIndex(contacts, is_spelled=is_spelled)
