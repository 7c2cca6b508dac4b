"""A short field for a number of seconds; whether it is one, the problems say."""

from math import nan

from PySide6.QtWidgets import QLineEdit, QWidget


class SecondsLine(QLineEdit):
    """Seconds as a person writes them: 10, 2.5 or 2,5."""

    def __init__(self, name: str, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(label)
        self.setFixedWidth(64)

    @property
    def seconds(self) -> float:
        """What stands here; not a number where it is none."""
        try:
            return float(self.text().strip().replace(",", "."))
        except ValueError:
            return nan

    def set_seconds(self, seconds: float) -> None:
        """Show another value."""
        self.setText(f"{seconds:g}")
