"""Qt's application object, set up for this program, and where Qt's own messages go."""

import logging

from PySide6.QtCore import QMessageLogContext, QtMsgType
from PySide6.QtWidgets import QApplication

import dingcomposer
from dingcomposer import logs


def make_application(arguments: list[str]) -> QApplication:
    """Qt's application object, named and set up."""
    app = QApplication(arguments)
    app.setApplicationName("dingcomposer")
    app.setDesktopFileName("dingcomposer")
    app.setApplicationVersion(dingcomposer.__version__)
    # The program decides when it ends: a new window for another language closes the old one.
    app.setQuitOnLastWindowClosed(False)
    return app


def log_message(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
    """Qt's own words into the program's log: for `qInstallMessageHandler`. Any thread."""
    logs.log_qt_message(_LEVELS.get(kind, logging.WARNING), context.category or "", text)


_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
