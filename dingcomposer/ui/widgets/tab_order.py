"""Where the Tab key goes, for widgets that are made later than those behind them."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def put_behind(anchor: QWidget, widgets: Iterable[QWidget]) -> None:
    """Let Tab go from `anchor` through the widgets in their order, and on as it did before.

    Qt puts a new widget at the end of the window's order, wherever it stands.
    """
    for before, after in pairwise((anchor, *widgets)):
        QWidget.setTabOrder(before, after)
