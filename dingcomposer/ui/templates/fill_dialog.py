"""Fills in the fields that a draft still has, wherever they came from."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from dingcomposer.core.plain_text import clean
from dingcomposer.core.robot import Robot
from dingcomposer.core.templates.filling import Filling, as_it_stands
from dingcomposer.core.templates.template import Template
from dingcomposer.services.templates import Templates
from dingcomposer.ui.context import Context
from dingcomposer.ui.templates.dialog import offers_of
from dingcomposer.ui.templates.fields_form import FieldsForm
from dingcomposer.ui.templates.sentences import field_example
from dingcomposer.ui.texts.translate import join_names
from dingcomposer.ui.widgets.buttons import DefaultButton, DialogButton, answer_box
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_within_screen


class FillDialog(OrderedDialog):
    """A row for each field; what is left empty stays a field.

    Signals:
        filled(Draft): the draft with what was given.
    """

    filled = Signal(object)

    def __init__(
        self,
        context: Context,
        templates: Templates,
        template: Template,
        robot: Robot | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("fill")
        self.setWindowTitle(self.tr("Fill in the fields"))
        self._context, self._templates, self._template = context, templates, template
        self.form = FieldsForm(self)
        self.form.show_template(template, offers_of(context, templates, template, robot))
        self._empty = QLabel(self)
        self._empty.setObjectName("fill.empty")
        self._empty.setProperty("quiet", True)
        self._empty.setWordWrap(True)
        take = DefaultButton("fill.take", self.tr("Fill in"), self)
        take.clicked.connect(self._on_taken)
        keep = DialogButton("fill.keep", self.tr("Send as they stand"), self)
        keep.setToolTip(
            self.tr("The group reads {example}, as it is written").format(example=field_example())
        )
        keep.clicked.connect(self._on_kept)
        cancel = DialogButton("fill.cancel", self.tr("Cancel"), self)
        cancel.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        # The form has room for its scroll bar at the right, which the answers below have not.
        column.setContentsMargins(24, 20, 12, 16)
        column.setSpacing(12)
        column.addWidget(self.form, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(keep)
        foot.addStretch(1)
        foot.addWidget(answer_box(self, take, cancel))
        for row in (self._empty, foot):
            row.setContentsMargins(0, 0, 12, 0)
        column.addWidget(self._empty)
        column.addLayout(foot)
        resize_within_screen(self, QSize(440, 460), QSize(320, 240))
        self.form.changed.connect(self._show_empty)
        self.form.focus_first()
        self._show_empty()

    def _filling(self) -> Filling:
        names = self._context.contacts.names
        return self._templates.fill(self._template, self.form.values, names)

    def _show_empty(self) -> None:
        unfilled = self._filling().unfilled
        words = self.tr("Still empty: {names}").format(names=join_names(unfilled))
        self._empty.setText(clean(words) if unfilled else "")

    def _on_kept(self) -> None:
        self.filled.emit(as_it_stands(self._template.draft))
        self.accept()

    def _on_taken(self) -> None:
        self.filled.emit(self._filling().draft)
        self.accept()
