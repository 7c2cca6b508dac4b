"""The system's own dialogs speak the person's language, also where Qt's translation does not."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from dingcomposer.services.translations import Language, Translators


@pytest.fixture
def chinese(qapp: QApplication) -> Translators:
    return Translators(qapp)


def test_every_label_of_a_file_dialog_is_chinese(qtbot: QtBot, chinese: Translators) -> None:
    chinese.use(Language.CHINESE)
    try:
        dialog = QFileDialog(None, "选择文件", "", "表格 (*.csv)")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        qtbot.addWidget(dialog)
        dialog.show()
        labels = [one.text() for one in dialog.findChildren(QLabel) if one.text()]
        box = dialog.findChild(QDialogButtonBox)
        assert box is not None
        labels += [one.text() for one in box.buttons()]
        labels += [
            QCoreApplication.translate("QAbstractFileIconProvider", "Folder"),
            QCoreApplication.translate("QFileSystemModel", "Size"),
        ]
        assert len(labels) >= 5
        english = [one for one in labels if not any("一" <= sign <= "龥" for sign in one)]
        assert english == []
    finally:
        chinese.uninstall()
        chinese.use(Language.ENGLISH)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LanguageChange)
