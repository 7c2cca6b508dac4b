"""Diff view, folded away until somebody wants to see it: removed lines red, added ones green."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontDatabase, QSyntaxHighlighter, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from dingcomposer.ui import theme

_LINES_SHOWN = 10


class DiffView(QWidget):
    """A button that unfolds the lines of a unified diff. `name` is the lines' object name."""

    def __init__(self, name: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fold = QToolButton(self)
        self._fold.setObjectName(f"{name}.show")
        self._fold.setProperty("flat", True)
        self._fold.setCheckable(True)
        self._fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._lines = QPlainTextEdit("\n".join(lines), self)
        self._lines.setObjectName(name)
        self._lines.setAccessibleName(self.tr("Differences"))
        self._lines.setReadOnly(True)
        self._lines.setTabChangesFocus(True)
        self._lines.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        height = self._lines.fontMetrics().lineSpacing() * min(len(lines), _LINES_SHOWN)
        self._lines.setFixedHeight(height + 24)
        self._colours = _Colours(self._lines.document())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self._fold, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._lines)
        self._fold.toggled.connect(self._show_lines)
        self._show_lines(False)

    def _show_lines(self, is_open: bool) -> None:
        words = self.tr("Hide the differences") if is_open else self.tr("Show the differences")
        self._fold.setText(words)
        self._fold.setAccessibleName(words)
        self._fold.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        self._lines.setVisible(is_open)


class _Colours(QSyntaxHighlighter):
    """Colours each line of a diff by its first character."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)

    def highlightBlock(self, text: str) -> None:  # noqa: N802 - Qt's spelling
        """Called by Qt for each line."""
        on = theme.current()
        colours = {"+": on.good, "-": on.bad, "@": on.faint}
        colour = colours.get(text[:1])
        if colour is not None:
            look = QTextCharFormat()
            look.setForeground(QColor(colour))
            self.setFormat(0, len(text), look)
