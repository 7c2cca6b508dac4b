"""Keeps a message as a template: its name, and which of its words become fields."""

from collections.abc import Sequence

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from dingcomposer.core.draft import Draft
from dingcomposer.core.records import dataclass
from dingcomposer.core.templates.documents import NAME_CHARACTERS
from dingcomposer.core.templates.proposals import (
    Proposal,
    differing_parts,
    proposals_of,
    with_fields,
)
from dingcomposer.core.templates.template import (
    FieldKind,
    Template,
    TemplateField,
    built_in_called,
    names_in,
)
from dingcomposer.ui.templates.sentences import field_example, field_kind_name
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_row
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen
from dingcomposer.ui.widgets.plain_text import ElidedLabel, plain_tip

_MARKDOWN = "markdown"


@dataclass(frozen=True, slots=True)
class EarlierSend:
    """A message that went out before, and how it is called in a list."""

    label: str
    draft: Draft


class SaveTemplateDialog(OrderedDialog):
    """Asks for what a template needs beside its message.

    `own` are the names of a person's own templates, `folders` those that there are. `earlier` are
    sends that this one is like: what differs is proposed as a field.

    Signals:
        saved(Template): keep this one.
    """

    saved = Signal(object)

    def __init__(
        self,
        draft: Draft,
        parent: QWidget | None = None,
        *,
        name: str = "",
        before: Template | None = None,
        own: Sequence[str] = (),
        folders: Sequence[str] = (),
        earlier: Sequence[EarlierSend] = (),
    ) -> None:
        super().__init__(parent)
        self.setObjectName("save_template")
        self.setWindowTitle(self.tr("Keep as a template"))
        self._draft, self._own, self._earlier = draft, frozenset(own), earlier
        self._before = before
        self._known = {one.name: one for one in (before.fields if before else ())}
        self._rows: list[tuple[QCheckBox, Proposal | None, QLineEdit, QComboBox]] = []
        self._make_head(name or (before.name if before else ""), folders)
        self._rows_area = QScrollArea(self)
        self._rows_area.setObjectName("save_template.rows")
        self._rows_area.setAccessibleName(self.tr("Fields"))
        self._rows_area.setFrameShape(QFrame.Shape.NoFrame)
        self._rows_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._rows_area.setWidgetResizable(True)
        self._lay_out()
        self._show_rows()
        self._show_state()
        resize_within_screen(self, QSize(620, 560), QSize(420, 320))
        self._name.setFocus()
        self._name.selectAll()

    # --- building -------------------------------------------------------------------------------

    def _make_head(self, name: str, folders: Sequence[str]) -> None:
        self._name = QLineEdit(name, self)
        self._name.setObjectName("save_template.name")
        self._name.setMaxLength(NAME_CHARACTERS)
        self._name.textChanged.connect(self._show_state)
        self._folder = QComboBox(self)
        self._folder.setObjectName("save_template.folder")
        self._folder.setEditable(True)
        if (line := self._folder.lineEdit()) is not None:
            line.setAccessibleName(self.tr("Folder"))
        self._folder.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._folder.addItems(list(folders))
        self._folder.setEditText(self._before.folder if self._before else "")
        self._about = QLineEdit(self._before.about if self._before else "", self)
        self._about.setObjectName("save_template.about")
        self._compare = QComboBox(self)
        self._compare.setObjectName("save_template.compare")
        self._compare.addItems([one.label for one in self._earlier])
        self._compare.addItem(self.tr("Nothing"))
        self._compare.currentIndexChanged.connect(self._show_rows)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        rows = (
            (self.tr("Name"), self._name),
            (self.tr("Folder"), self._folder),
            (self.tr("What it is for"), self._about),
            (self.tr("Compare with"), self._compare),
        )
        for number, (words, widget) in enumerate(rows):
            label = QLabel(words, self)
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            grid.addWidget(label, number, 0)
            grid.addWidget(widget, number, 1)
            is_shown = widget is not self._compare or bool(self._earlier)
            label.setVisible(is_shown)
            widget.setVisible(is_shown)
        grid.setColumnStretch(1, 1)
        words = self.tr(
            "Tick what is another each time: it is asked for when the template is used."
        )
        hint = QLabel(words, self)
        hint.setWordWrap(True)
        hint.setProperty("quiet", True)
        self._reason = QLabel(self)
        self._reason.setObjectName("save_template.reason")
        self._reason.setWordWrap(True)
        self._reason.setProperty("quiet", True)
        self._save = DefaultButton("save_template.save", self.tr("Keep"), self)
        self._save.clicked.connect(self._on_save)
        cancel = DialogButton("save_template.cancel", self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(grid)
        column.addWidget(hint)
        column.addWidget(self._rows_area, 1)
        column.addLayout(answer_row(self, self._reason, self._save, cancel))

    # --- the fields -----------------------------------------------------------------------------

    def _show_rows(self) -> None:
        """The fields that the message has, and the words that may become one."""
        self._rows = []
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        for name in names_in(self._draft):
            if built_in_called(name) is None or name in self._known:
                self._add_row(grid, None, self._known.get(name, TemplateField(name)))
        for proposal in self._proposals():
            self._add_row(grid, proposal, proposal.field)
        if not self._rows:
            words = self.tr(
                "No day, time or person stands in it. Write {example} where something is to be"
                " filled in."
            ).format(example=field_example())
            label = QLabel(words, inside)
            label.setWordWrap(True)
            label.setProperty("quiet", True)
            grid.addWidget(label, 0, 0)
        grid.setRowStretch(len(self._rows) + 1, 1)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 2)
        grid.setColumnStretch(2, 0)
        self._rows_area.setWidget(inside)
        self._show_state()

    def _proposals(self) -> tuple[Proposal, ...]:
        names = {kind: field_kind_name(kind) for kind in FieldKind}
        at = self._compare.currentIndex()
        if at < len(self._earlier):
            return differing_parts(self._earlier[at].draft, self._draft, names)
        return proposals_of(self._draft, names)

    def _add_row(self, grid: QGridLayout, proposal: Proposal | None, field: TemplateField) -> None:
        number = len(self._rows)
        parent = grid.parentWidget()
        words = proposal.words if proposal else f"{{{{{field.name}}}}}"
        tick = QCheckBox(parent)
        tick.setObjectName(f"save_template.{number}.tick")
        tick.setAccessibleName(words)
        tick.setChecked(proposal is None or proposal.differs or not self._earlier)
        tick.setEnabled(proposal is not None)
        shown = ElidedLabel(words.replace("\n", " "), parent)
        shown.setToolTip(plain_tip(words))
        name = QLineEdit(field.name, parent)
        name.setObjectName(f"save_template.{number}.name")
        name.setAccessibleName(self.tr("Name of the field"))
        name.setReadOnly(proposal is None)
        kind = QComboBox(parent)
        kind.setObjectName(f"save_template.{number}.kind")
        kind.setAccessibleName(self.tr("Kind of the field"))
        for one in FieldKind:
            kind.addItem(field_kind_name(one), one.value)
        kind.addItem(self.tr("Text with markdown"), _MARKDOWN)
        kind.setCurrentIndex(kind.findData(_MARKDOWN if field.is_markdown else field.kind.value))
        left = QWidget(parent)
        row = QGridLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(tick, 0, 0)
        row.addWidget(shown, 0, 1)
        row.setColumnStretch(1, 1)
        for column, widget in enumerate((left, name, kind)):
            grid.addWidget(widget, number, column)
        for widget in (name, kind):
            tick.toggled.connect(widget.setEnabled)
            widget.setEnabled(tick.isChecked())
        tick.toggled.connect(self._show_state)
        name.textChanged.connect(self._show_state)
        self._rows.append((tick, proposal, name, kind))

    def _field(self, proposal: Proposal | None, name: QLineEdit, kind: QComboBox) -> TemplateField:
        data = kind.currentData()
        wanted = FieldKind.TEXT if data == _MARKDOWN else FieldKind(data)
        known = self._known.get(name.text().strip()) if proposal is None else None
        return TemplateField(
            name.text().strip(),
            wanted,
            known.default if known else "",
            known.hint if known else "",
            known.choices if known else (),
            data == _MARKDOWN,
            known.is_optional if known else False,
        )

    # --- answering ------------------------------------------------------------------------------

    def _show_state(self) -> None:
        names = [name.text().strip() for tick, _, name, _ in self._rows if tick.isChecked()]
        reason, is_ready = "", False
        if not self._name.text().strip():
            reason = self.tr("Give it a name.")
        elif not all(names) or any(sign in one for one in names for sign in "{}"):
            reason = self.tr("Each field needs a name, without brackets.")
        elif len(set(names)) < len(names):
            reason = self.tr("Two fields have the same name.")
        else:
            is_ready = True
            if self._name.text().strip() in self._own:
                reason = self.tr("It takes the place of your template of this name.")
        self._reason.setText(reason)
        self._save.setEnabled(is_ready)

    def _on_save(self) -> None:
        taken = [row for row in self._rows if row[0].isChecked()]
        chosen = [
            Proposal(proposal.words, self._field(proposal, name, kind))
            for _, proposal, name, kind in taken
            if proposal is not None
        ]
        fields = tuple(self._field(proposal, name, kind) for _, proposal, name, kind in taken)
        is_chinese = QLocale().language() == QLocale.Language.Chinese
        language = "zh_CN" if is_chinese else "en"
        self.saved.emit(
            Template(
                self._name.text().strip(),
                with_fields(self._draft, chosen),
                fields,
                self._folder.currentText().strip(),
                self._about.text().strip(),
                self._before.language if self._before else language,
            )
        )
        self.accept()
