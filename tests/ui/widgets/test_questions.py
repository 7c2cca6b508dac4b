"""A question is read whole, however long its first sentence is."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox
from pytestqt.qtbot import QtBot

from dingcomposer.ui import questions

LONG = (
    "The end of the file is missing, or something in it was changed. Have it copied again, from"
    " where it was made, and open the copy."
)


@pytest.mark.parametrize("words", ["Short?", LONG, LONG + LONG])
def test_the_words_of_a_question_are_shown_whole(qtbot: QtBot, words: str) -> None:
    seen: list[bool] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        label = box.findChild(QLabel, "qt_msgbox_label")
        assert label is not None
        seen.append(label.height() >= label.heightForWidth(label.width()))
        seen.append(label.width() >= min(label.fontMetrics().horizontalAdvance(words), 380))
        box.buttons()[0].click()

    QTimer.singleShot(50, look)
    question = questions.Question("long", "A file", words, (questions.ok(),), "ok")
    assert questions.ask(None, question) == "ok"
    assert seen == [True, True]
