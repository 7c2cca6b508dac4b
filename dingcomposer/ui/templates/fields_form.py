"""The form in which a template's fields are filled in: a row for each, of its own kind."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.contacts import Contact
from dingcomposer.core.plain_text import clean
from dingcomposer.core.records import dataclass
from dingcomposer.core.templates.template import (
    BuiltIn,
    FieldKind,
    Template,
    TemplateField,
    built_in_called,
    names_in,
)
from dingcomposer.core.templates.working_days import coverage
from dingcomposer.ui.templates.sentences import built_in_name, coverage_sentence
from dingcomposer.ui.widgets.dates import DateField
from dingcomposer.ui.widgets.plain_text import plain_label, plain_tip

_LINES_SHOWN = 4
_HALF_HOURS = tuple(f"{hour:02}:{minute:02}" for hour in range(7, 24) for minute in (0, 30))


@dataclass(frozen=True, slots=True)
class Offers:
    """What is offered in a form: values given before, known people, and a robot's keywords.

    `built_in` are the values that the program fills in; what is missing there is asked for.
    """

    today: date
    built_in: Mapping[BuiltIn, str]
    last: Mapping[str, Sequence[str]]
    contacts: tuple[Contact, ...] = ()
    keywords: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class FieldsForm(QScrollArea):
    """Rows of labels and fields.

    Signals:
        changed(): a value is another one.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("templates.fields")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("plain", True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._fields: dict[str, QWidget] = {}
        self._people: dict[str, str] = {}

    @property
    def values(self) -> dict[str, str]:
        """What stands in each field, by its name; people by number or id."""
        return {name: self._value(widget) for name, widget in self._fields.items()}

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """The widgets that are filled in, from the top."""
        return tuple(self._fields.values())

    def show_template(self, template: Template, offers: Offers) -> None:
        """Ask for the fields of another template."""
        self._fields = {}
        self._people = _people(offers.contacts)
        inside = QWidget()
        inside.setProperty("plain", True)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(4)
        for field in template.asked:
            self._add(column, field.name, self._make(field, offers), field.hint)
        for built_in in template.built_in:
            name = _name_of(template, built_in)
            if built_in not in offers.built_in and name:
                self._add_missing(column, built_in, name, offers)
        if not self._fields:
            words = self.tr("This template has no fields to fill in.")
            column.addWidget(plain_label(words, inside, "templates.no_fields"))
        column.addStretch(1)
        self.setWidget(inside)

    def focus_first(self) -> None:
        """Put the keyboard into the first field that is empty, else into the first."""
        fields = list(self._fields.values())
        empty = [one for one in fields if not self._value(one).strip()]
        for widget in (empty or fields)[:1]:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def field(self, name: str) -> QWidget:
        """The widget of a field."""
        return self._fields[name]

    def _add(self, column: QVBoxLayout, name: str, widget: QWidget, note: str = "") -> None:
        parent = column.parentWidget()
        shown = clean(name)  # a template may be from anywhere
        label = QLabel(shown.replace("&", "&&"), parent)
        label.setProperty("quiet", True)
        label.setBuddy(widget)
        widget.setObjectName(f"templates.field.{len(self._fields)}")
        widget.setAccessibleName(shown)
        widget.setToolTip(plain_tip(note))
        if self._fields:
            column.addSpacing(6)
        if isinstance(widget, DateField):
            dates = [one for one in self._fields.values() if isinstance(one, DateField)]
            widget.follow(dates[-1] if dates else None)
            row = QHBoxLayout()
            row.addWidget(label)
            row.addStretch(1)
            row.addWidget(widget.note)  # beside the name: nothing moves when it comes
            column.addLayout(row)
        else:
            column.addWidget(label)
        column.addWidget(widget)
        self._fields[name] = widget

    def _add_missing(
        self, column: QVBoxLayout, built_in: BuiltIn, name: str, offers: Offers
    ) -> None:
        """Ask for what the program would fill in if it knew it."""
        label = built_in_name(built_in)
        if built_in is BuiltIn.NEXT_WORKING_DAY:
            self._add(column, name, self._date(offers.today, ""))
            note = plain_label(coverage_sentence(*coverage()), self, "templates.coverage")
            note.setProperty("note", "quiet")
            note.setWordWrap(True)
            column.addWidget(note)
        else:
            is_group = built_in is BuiltIn.GROUP_NAME
            hint = self.tr("Each group's own, put in as it is sent") if is_group else ""
            self._add(column, name, self._words(offers.groups if is_group else (), "", hint))
        self._fields[name].setAccessibleName(label)

    def _make(self, field: TemplateField, offers: Offers) -> QWidget:
        last = tuple(offers.last.get(field.name, ()))
        default = field.default
        built_in = built_in_called(default)
        if built_in is not None:
            default = offers.built_in.get(built_in, "")
        if field.kind is FieldKind.DATE:
            return self._date(offers.today, default)
        if field.is_markdown:
            return self._lines(default or (last[0] if last else ""), field.hint)
        if field.kind is FieldKind.PERSON:
            shown = tuple(self._shown_people(value, offers.contacts) for value in last)
            return self._person(shown, offers.contacts, field.hint)
        choices: tuple[str, ...] = last
        if field.kind is FieldKind.CHOICE:
            choices = (*field.choices, *(one for one in last if one not in field.choices))
        elif field.kind is FieldKind.TIME:
            choices = (*last, *(one for one in _HALF_HOURS if one not in last))
        elif field.kind is FieldKind.KEYWORD:
            choices = (*offers.keywords, *(one for one in last if one not in offers.keywords))
            default = default or (offers.keywords[0] if offers.keywords else "")
        return self._words(choices, default, field.hint)

    def _words(self, choices: Sequence[str], default: str, hint: str = "") -> QWidget:
        if not choices:
            line = QLineEdit(default, self)
            line.home(False)  # what is long is read from its beginning
            line.setPlaceholderText(clean(hint))
            line.textChanged.connect(self.changed)
            return line
        box = QComboBox(self)
        box.setEditable(True)
        box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        box.addItems(list(choices))
        box.setEditText(default)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(8)
        edit = box.lineEdit()
        assert edit is not None
        edit.setPlaceholderText(clean(hint))
        box.editTextChanged.connect(self.changed)
        return box

    def _lines(self, default: str, hint: str) -> QWidget:
        text = QPlainTextEdit(default, self)
        text.setPlaceholderText(clean(hint))
        text.setTabChangesFocus(True)
        text.setFixedHeight(text.fontMetrics().lineSpacing() * _LINES_SHOWN + 18)
        text.textChanged.connect(self.changed)
        return text

    def _date(self, today: date, default: str) -> QWidget:
        field = DateField(today, self)
        field.set_value(default)
        field.textChanged.connect(self.changed)
        return field

    def _person(self, last: Sequence[str], contacts: tuple[Contact, ...], hint: str) -> QWidget:
        line = QLineEdit(self)
        line.setPlaceholderText(clean(hint) or self.tr("Names, with spaces between"))
        names = dict.fromkeys((*last, *(one.name for one in contacts)))
        line.setCompleter(_LastWordCompleter(tuple(names), line))
        line.textChanged.connect(self.changed)
        return line

    def _shown_people(self, value: str, contacts: tuple[Contact, ...]) -> str:
        names = {key: one.name for one in contacts for key in one.keys}
        return " ".join(names.get(one, one) for one in value.split())

    def _value(self, widget: QWidget) -> str:
        match widget:
            case DateField():
                return widget.value
            case QComboBox():
                return widget.currentText()
            case QPlainTextEdit():
                return widget.toPlainText()
            case QLineEdit() if widget.completer() is not None:
                words = widget.text().replace("，", " ").replace("、", " ").split()
                return " ".join(self._people.get(one, one) for one in words)
            case QLineEdit():
                return widget.text()
        return ""


class _LastWordCompleter(QCompleter):
    """Completes the last of several names."""

    def __init__(self, names: Sequence[str], line: QLineEdit) -> None:
        super().__init__(line)
        self._line = line
        self.setModel(QStringListModel(list(names), self))
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def splitPath(self, path: str) -> list[str]:  # noqa: N802 - Qt's spelling
        """What is looked for: the word behind the last space."""
        return [path.rpartition(" ")[2]]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:  # noqa: N802
        """The names before it, and the one that was chosen."""
        before = self._line.text().rpartition(" ")[0]
        chosen = str(index.data())
        return f"{before} {chosen}" if before else chosen


def _people(contacts: Sequence[Contact]) -> dict[str, str]:
    """Numbers or ids by names; a name that two have means nobody."""
    found: dict[str, str] = {}
    shared: set[str] = set()
    for one in contacts:
        if one.name in found:
            shared.add(one.name)
        elif one.person:
            found[one.name] = one.person
    return {name: person for name, person in found.items() if name not in shared}


def _name_of(template: Template, built_in: BuiltIn) -> str:
    """How a template writes a built-in value; "" where it is only a default."""
    return next((one for one in names_in(template.draft) if built_in_called(one) is built_in), "")
