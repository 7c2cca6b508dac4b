"""The real window with a long message in it, and beside it one that renders all on every key."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count, cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QPlainTextEdit,
    QScrollArea,
    QTextBrowser,
    QWidget,
)

from dingcomposer import app
from dingcomposer.core.dialect import to_html
from dingcomposer.core.messages import Kind, Markdown, Mentions
from dingcomposer.runtime import make_application
from dingcomposer.storage.secrets import no_keyring
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor

TEXT_BYTES = 20_000
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


class Desk:
    """The program's window on its page for markdown."""

    def __init__(self, data_dir: Path) -> None:
        self._application = make_application([])
        options = app.Options(data_dir=data_dir, find_keyring=no_keyring)
        self.program = app.build(self._application, options)
        sys.excepthook = sys.__excepthook__  # the program's own writes into its log
        self.program.show()
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


class SimpleDesk:
    """An editor beside something that is given the whole text on every key."""

    def __init__(self, shown: QWidget, show: Callable[[str], None]) -> None:
        self._window = QWidget()
        self.editor = QPlainTextEdit(self._window)
        self.editor.setPlainText(long_markdown())
        row = QHBoxLayout(self._window)
        row.addWidget(self.editor)
        row.addWidget(shown)
        self._window.resize(1064, 700)
        self._window.show()
        self.editor.textChanged.connect(lambda: show(self.editor.toPlainText()))

    def press(self, mark: str) -> None:
        """One key."""
        QTest.keyClicks(self.editor, mark)


def whole_bubble() -> SimpleDesk:
    """The program's own card, all of which is converted, set and laid out afresh on every key."""
    bubble, sender = Bubble(), MessageAuthor("值班", "#2A6FDB")
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(bubble)

    looks = cycle((dt.DARK, dt.LIGHT))
    somebody, numbers = "13800000000", count()

    def show(text: str) -> None:
        # In the other appearance nothing of the page before is kept; with another name among
        # those who are mentioned, none of the blocks that were read before.
        message = Markdown("值班", text, Mentions((somebody,)))
        names = {somebody: str(next(numbers))}
        bubble.show_message(message, sender, look=next(looks), at_names=names)

    return SimpleDesk(area, show)


def bare_browser() -> SimpleDesk:
    """A browser that is given the HTML of the whole text on every key, and draws it plainly."""
    browser = QTextBrowser()

    def show(text: str) -> None:
        browser.setHtml(to_html(text))
        browser.document().documentLayout().documentSize()  # Qt lays out lazily; all of it now

    return SimpleDesk(browser, show)


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
def at_desk() -> Iterator[Desk]:
    """A desk in a data folder of its own."""
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    with TemporaryDirectory() as folder:
        harness = Desk(Path(folder))
        try:
            yield harness
        finally:  # else its threads would keep the process
            harness.close()
            QApplication.closeAllWindows()
