"""Pictures of messages without a window: what the preview's export writes, for a command."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import (
    QBuffer,
    QCoreApplication,
    QEventLoop,
    QIODevice,
    QMessageLogContext,
    QObject,
    Qt,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from dingcomposer.core.messages import Message, mentions_of
from dingcomposer.services.settings import LANGUAGE, Settings, ThemeName
from dingcomposer.services.translations import Translators
from dingcomposer.ui import theme
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.bubble.bubble import Bubble, MessageAuthor
from dingcomposer.ui.preview.bubble.style import Device
from dingcomposer.ui.preview.export import render_image
from dingcomposer.ui.preview.images.downloader import ImageDownloader, ImageSource
from dingcomposer.ui.preview.images.loader import ImageLoader
from dingcomposer.ui.preview.images.store import ImageStore

LOOK_MS = 20
"""How often is looked whether all pictures are there; each has its own limit of time."""

_NEUTRAL_COLOUR = "#8A919C"

MessageHandler = Callable[[QtMsgType, QMessageLogContext, str], None]


class MessageRenderer:
    """Draws messages in the person's language and theme. Main thread.

    `log_message` gets what Qt says: a terminal shows what was asked for, and no more.
    """

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        *,
        log_message: MessageHandler,
        find_pictures: Callable[[QObject | None], ImageSource] = ImageDownloader,
    ) -> None:
        self._application = application
        self._find_pictures = find_pictures
        qInstallMessageHandler(log_message)
        self._translators = Translators(application)
        self._translators.use(settings.value(LANGUAGE))

    def __call__(
        self,
        message: Message,
        names: Mapping[str, str],
        *,
        robot: tuple[str, str] | None,
        devices: tuple[str, ...],
        is_dark: bool,
        has_frame: bool,
        loads_pictures: bool,
    ) -> bytes:
        """The message as PNG; `robot` is a name and a colour, None for a neutral one."""
        theme.apply(self._application, ThemeName.DARK if is_dark else ThemeName.LIGHT)
        neutral = QCoreApplication.translate("PreviewPanel", "Robot"), _NEUTRAL_COLOUR
        author = MessageAuthor(*(robot or neutral))
        source = self._find_pictures(None)
        pictures = ImageStore(refuse=source.refuse)
        loader = ImageLoader(pictures, source)
        loader.set_on(loads_pictures)
        shown = tuple(map(Device, devices))
        look = dt.style_of(is_dark=is_dark)
        if loads_pictures:
            self._fetch(message, author, shown, pictures, loader)
        image = render_image(
            message,
            author,
            devices=shown,
            look=look,
            has_frame=has_frame,
            at_names=names,
            pictures=pictures,
        )
        loader.close()
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(buffer.data().data())

    def _fetch(
        self,
        message: Message,
        author: MessageAuthor,
        devices: tuple[Device, ...],
        pictures: ImageStore,
        loader: ImageLoader,
    ) -> None:
        """Show it where nobody sees it, until all that it wants is there or known never to be."""
        bubbles = []
        for device in devices:
            bubble = Bubble(pictures=pictures)
            bubble.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
            bubble.show_message(
                message, author, device=device, is_reader_mentioned=bool(mentions_of(message))
            )
            bubble.show()
            bubble.grab()  # what is painted is asked for
            bubbles.append(bubble)
        loop, looking = QEventLoop(), QTimer(interval=LOOK_MS)
        looking.timeout.connect(lambda: loop.quit() if loader.is_idle else None)
        if not loader.is_idle:
            looking.start()
            loop.exec()
        for bubble in bubbles:
            bubble.close()
            bubble.deleteLater()
