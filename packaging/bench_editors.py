"""The real window with a long message in it, and beside it plain ones that show it too."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import markdown
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)

from dingcomposer import app
from dingcomposer.core.dialect import to_html
from dingcomposer.core.messages import Kind
from dingcomposer.runtime import make_application
from dingcomposer.storage.secrets import no_keyring

TEXT_BYTES = 20_000
WINDOW_PX = (1280, 820)
_PIECES = (
    "#### 告警 {n}：订单服务响应变慢\n\n",
    "> 发生时间：10 点 {n} 分，持续 **12 分钟**，影响 `order-api` 的三台机器。\n\n",
    "- 处理人：张三，联系 [值班表](https://example.com/duty/{n})\n"
    "- 原因：数据库连接耗尽，慢查询 *占满* 连接池\n"
    "- 下一步：扩容，并在今晚 22 点前给出复盘\n\n",
    "昨天的变更没有经过灰度就全量上线，监控在三分钟后报警，值班同学随即回滚，服务恢复正常。\n\n",
)


def long_markdown() -> str:
    """20 KB of Chinese markdown, of the kind that is really sent."""
    text, number = "", 0
    while len(text.encode()) < TEXT_BYTES:
        text += _PIECES[number % len(_PIECES)].format(n=number)
        number += 1
    return text.encode()[:TEXT_BYTES].decode(errors="ignore")


class ProgramWindow:
    """The program's window on its page for markdown."""

    def __init__(self, data_dir: Path) -> None:
        self._application = make_application([])
        options = app.Options(data_dir=data_dir, find_keyring=no_keyring)
        self.program = app.build(self._application, options)
        sys.excepthook = sys.__excepthook__  # the program's own writes into its log
        self.program.show()
        # As on an ordinary screen: on a small one the preview is a page of its own, and not drawn.
        self.program.window.resize(*WINDOW_PX)
        self.write("")
        run_for(1_500)  # sandbox, secrets, the first picture
        found = self.program.window.findChild(QPlainTextEdit, "compose.text")
        assert isinstance(found, QPlainTextEdit)
        self.editor = found

    def write(self, text: str) -> None:
        """Make this the text of the message, and wait until it is drawn."""
        session = self.program.session
        session.edit(replace(session.draft, kind=Kind.MARKDOWN, title="值班", text=text))
        self.settle()

    def settle(self) -> None:
        """Run the event loop until the preview shows all that was written."""
        run_for(50)
        while not self.program.window.preview.is_settled:
            run_for(20)
        run_for(400)

    def press(self, mark: str) -> None:
        """One key."""
        QTest.keyClicks(self.editor, mark)

    def close(self) -> None:
        """End the program as it ends itself."""
        self.program.shut_down()


class BareEditor:
    """An editor beside a browser; `show(browser, caret)` follows each key."""

    def __init__(self, show: Callable[[QTextBrowser, QTextCursor], None]) -> None:
        self.browser = QTextBrowser()
        self.browser.setHtml(to_html(long_markdown()))
        self._window = QWidget()
        self.editor = QPlainTextEdit(self._window)
        self.editor.setPlainText(long_markdown())
        row = QHBoxLayout(self._window)
        row.addWidget(self.editor)
        row.addWidget(self.browser)
        self._window.resize(1064, 700)
        self._window.show()
        self.editor.textChanged.connect(lambda: show(self.browser, self.editor.textCursor()))

    def press(self, mark: str) -> None:
        """One key."""
        QTest.keyClicks(self.editor, mark)


def inserting_editor() -> BareEditor:
    """The cheapest honest way: the character is put into the preview's document; no rendering."""
    place: list[QTextCursor] = []  # where the last one went: it moves along
    followed = [-1]

    def show(browser: QTextBrowser, caret: QTextCursor) -> None:
        text = caret.document()
        if caret.position() != followed[0] + 1:
            share = caret.position() / text.characterCount()
            place[:] = [QTextCursor(browser.document())]
            place[0].setPosition(int((browser.document().characterCount() - 1) * share))
        followed[0] = caret.position()
        place[0].insertText(text.characterAt(caret.position() - 1))
        browser.setTextCursor(place[0])
        browser.ensureCursorVisible()

    return BareEditor(show)


def html_editor() -> BareEditor:
    """The program's own HTML of the whole text, given to a browser on every key."""
    return BareEditor(partial(_show, to_html))


def python_markdown_editor() -> BareEditor:
    """What one would write first: Python-Markdown and `setHtml` on every key."""
    return BareEditor(partial(_show, markdown.Markdown().convert))


def _show(convert: Callable[[str], str], browser: QTextBrowser, caret: QTextCursor) -> None:
    browser.setHtml(convert(caret.document().toPlainText()))
    browser.document().documentLayout().documentSize()  # Qt lays out lazily; all of it now


def go_to(editor: QPlainTextEdit, share: float) -> None:
    """Put the caret at this share of the text, to the end of its line."""
    cursor = editor.textCursor()
    cursor.setPosition(int((editor.document().characterCount() - 1) * share))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfLine)
    editor.setTextCursor(cursor)
    editor.window().activateWindow()
    editor.setFocus(Qt.FocusReason.OtherFocusReason)


def run_for(ms: int) -> None:
    """Run the event loop for so long."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


@contextmanager
def program_window() -> Iterator[ProgramWindow]:
    """A window in a data folder of its own."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    with TemporaryDirectory() as folder:
        window = ProgramWindow(Path(folder))
        try:
            yield window
        finally:  # else its threads would keep the process
            window.close()
            QApplication.closeAllWindows()
