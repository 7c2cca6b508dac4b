"""The form and the preview at the same place: clicks, the caret's block, and marks beside lines."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from dingcomposer.core import dialect
from dingcomposer.core.messages import Kind
from dingcomposer.services.background import Background
from dingcomposer.services.draft_session import DraftSession
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.preview.panel import PreviewPanel
from dingcomposer.ui.texts.marks import mark_words

_MARKED = (Kind.MARKDOWN, Kind.WHOLE_JUMP, Kind.INDEPENDENT)


class EditorSync(QObject):
    """Leads from the preview to the form, and shows in the preview where the form's caret is.

    Marks are found off the main thread, when the typing rests.

    Signals:
        noted(str): what is known about the caret's line; "" where that is nothing.
    """

    noted = Signal(str)

    def __init__(
        self,
        session: DraftSession,
        compose: ComposePage,
        preview: PreviewPanel,
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._compose, self._preview = session, compose, preview
        self._background = background
        self._asked = ""
        self._line: int | None = None
        self._is_behind = False
        session.changed.connect(self._on_draft_changed)
        preview.settled.connect(self._on_settled)
        preview.place_clicked.connect(self._on_place_clicked)
        compose.checked.connect(self._ask)
        compose.place_changed.connect(self._on_place_changed)
        compose.marks_moved.connect(self._on_marks_moved)
        compose.noted.connect(self.noted)
        self._ask()

    def _ask(self) -> None:
        """Have the marks of the newest text found, where its kind has any."""
        draft = self._session.draft
        text = draft.text if draft.kind in _MARKED and draft.text.strip() else ""
        if text != self._asked:
            self._asked = text
            if text:
                self._background.run(id(self), dialect.marks, text, partial(self._on_marked, text))
            else:
                self._compose.show_marks({})

    def _on_marked(self, text: str, marks: tuple[dialect.Mark, ...]) -> None:
        # What was typed meanwhile moved the lines; the next answer is on its way.
        if text == self._asked == self._session.draft.text:
            self._compose.show_marks(mark_words(marks))

    def _on_marks_moved(self) -> None:
        self._preview.show_marks(self._compose.marks)

    def _on_place_changed(self, path: str, line: int) -> None:
        self._line = line if path == "text" else None
        self._preview.follow_line(self._line)

    def _on_draft_changed(self) -> None:
        self._is_behind = True

    def _on_settled(self) -> None:
        """A line that grows is followed, too; a message that only looks otherwise is not."""
        if self._is_behind:
            self._is_behind = False
            if self._line is not None:
                self._preview.follow_line(self._line)

    def _on_place_clicked(self, path: str, line: int) -> None:
        self._compose.focus_field(path, line + 1)
