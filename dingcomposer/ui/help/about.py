"""About: what the program is, its version, and what a report of a fault should say of it."""

import os
import platform
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QSize, QSysInfo, Qt, qVersion
from PySide6.QtGui import QFontDatabase, QGuiApplication, QIcon
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

import dingcomposer
from dingcomposer import logs, paths
from dingcomposer.services import translations
from dingcomposer.ui import theme
from dingcomposer.ui.texts.translate import translate
from dingcomposer.ui.widgets.buttons import DialogButton
from dingcomposer.ui.widgets.layouts import OrderedDialog, resize_to_hold
from dingcomposer.ui.widgets.plain_text import plain_label

_ICON_PX = 64
_WIDTH_PX = 460
_DETAILS_PX = 220
LOG_LINES = 60
# What decides how the window is drawn and typed into; none of it is private.
_ENVIRONMENT = (
    *("XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "QT_QPA_PLATFORM", "QT_SCALE_FACTOR"),
    *("QT_IM_MODULE", "QT_IM_MODULES", "GTK_IM_MODULE", "XMODIFIERS", "LANG"),
)


class AboutDialog(OrderedDialog):
    """What the program is, its version and its licence, and details of it for a report."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("about")
        self.setWindowTitle(QCoreApplication.translate("WindowActions", "About DingComposer"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._details = QPlainTextEdit(self)
        self._details.setObjectName("about.details")
        self._details.setAccessibleName(translate("About", "What was copied"))
        self._details.setReadOnly(True)
        self._details.setTabChangesFocus(True)
        self._details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._details.setMinimumHeight(_DETAILS_PX)
        self._copied = plain_label("", self, "about.copied")
        self._details.hide()
        self._copied.hide()
        self._copy = DialogButton(
            "about.copy", translate("About", "Copy details for a report"), self
        )
        self._copy.clicked.connect(self._on_copy_clicked)
        self._lay_out()

    def _lay_out(self) -> None:
        what = translate(
            "About",
            "Write a message for a DingTalk group robot, see it as the group will, send it"
            " signed, and prove what happened.",
        )
        whom = translate(
            "About",
            "It connects to your robots' hosts, to the pictures that a preview shows, and to"
            " nothing else.",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(self._head())
        for words, is_quiet in ((what, False), (whom, True)):
            label = QLabel(words, self)
            label.setWordWrap(True)
            label.setProperty("quiet", is_quiet)
            column.addWidget(label)
        column.addWidget(self._copied)
        column.addWidget(self._details, 1)
        column.addStretch(0)
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        box.rejected.connect(self.reject)
        last = QHBoxLayout()
        last.addWidget(self._copy)
        last.addStretch(1)
        last.addWidget(box)
        column.addLayout(last)
        self._fit()

    def _head(self) -> QHBoxLayout:
        sign = QLabel(self)
        icon = QIcon(str(paths.resource("icons/dingcomposer.svg")))
        sign.setPixmap(icon.pixmap(QSize(_ICON_PX, _ICON_PX), self.devicePixelRatioF()))
        name = QLabel("DingComposer", self)
        name.setProperty("title", True)
        version = QLabel(
            translate("About", "Version {version} · MIT licence").format(
                version=dingcomposer.__version__
            ),
            self,
        )
        version.setObjectName("about.version")
        version.setProperty("quiet", True)
        version.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addStretch(1)
        head.addWidget(name)
        head.addWidget(version)
        head.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(sign)
        top.addLayout(head, 1)
        return top

    def _fit(self) -> None:
        resize_to_hold(self, _WIDTH_PX)

    def _on_copy_clicked(self) -> None:
        details = report_details()
        QGuiApplication.clipboard().setText(details)
        self._details.setPlainText(details)
        self._copied.setText(
            translate(
                "About",
                "Copied, as it stands here: versions, the system, and the last lines of the log."
                " No token or secret is in it; names of robots and hosts may be.",
            )
        )
        self._details.show()
        self._copied.show()
        self._fit()


def report_details() -> str:
    """Versions, the system and the last lines of the log, without secrets or the home folder."""
    app = QGuiApplication
    screens = ", ".join(
        f"{one.size().width()}×{one.size().height()} @ {one.devicePixelRatio():g}"
        for one in app.screens()
    )
    lines = [
        f"DingComposer {dingcomposer.__version__}",
        f"Python {platform.python_version()} ({sys.platform}, {platform.machine()})",
        f"Qt {qVersion()} ({app.platformName()}, {app.font().family()})",
        f"System: {QSysInfo.prettyProductName()}, kernel {QSysInfo.kernelVersion()}",
        f"Locale: {QLocale.system().name()}; window: {translations.current()},"
        f" {'dark' if theme.current().is_dark else 'light'}",
        f"Screens: {screens}",
        *(f"{name}={os.environ[name]}" for name in _ENVIRONMENT if os.environ.get(name)),
        "",
        *logs.recent(LOG_LINES),
    ]
    home = str(Path.home())
    return "\n".join(lines).replace(home, "~") if len(home) > 1 else "\n".join(lines)
