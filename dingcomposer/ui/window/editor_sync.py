"""The form and the preview at the same place: clicks, the caret's block, and marks beside lines."""

from PySide6.QtCore import QObject, Signal

from dingcomposer.services.draft_session import DraftSession
from dingcomposer.ui.compose.page import ComposePage
from dingcomposer.ui.preview.panel import PreviewPanel


class EditorSync(QObject):
    """Leads from the preview to the form, and shows in the preview where the form's caret is.

    What is marked beside a line of the form is marked in the preview, too.

    Signals:
        noted(str): what is known about the caret's line; "" where that is nothing.
    """

    noted = Signal(str)

    def __init__(
        self,
        session: DraftSession,
        compose: ComposePage,
        preview: PreviewPanel,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._compose, self._preview = compose, preview
        self._line: int | None = None
        self._is_behind = False
        session.changed.connect(self._on_draft_changed)
        preview.settled.connect(self._on_settled)
        preview.place_clicked.connect(self._on_place_clicked)
        compose.place_changed.connect(self._on_place_changed)
        compose.marks_moved.connect(self._on_marks_moved)
        compose.noted.connect(self.noted)
        self._on_marks_moved()

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
