"""A button of a dialog, pressed by hand only."""

from PySide6.QtWidgets import QPushButton, QWidget


class DialogButton(QPushButton):
    """Named for tests and screen readers. Enter elsewhere in the dialog does not press it."""

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(label, parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setAutoDefault(False)
