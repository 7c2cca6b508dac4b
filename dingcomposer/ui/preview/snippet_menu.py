"""Menu of the languages in which a message can be copied as a program that sends it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from dingcomposer.core.delivery import Fault
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import EncodeError
from dingcomposer.core.records import dataclass
from dingcomposer.core.robot import Robot
from dingcomposer.interchange.snippets import SNIPPETS, SnippetForm, UnsafeAddress, to_snippet
from dingcomposer.ui.texts.outcomes import explain


@dataclass(frozen=True, slots=True)
class SnippetSource:
    """What is copied: a message for a robot, and the id of the send that it repeats, if any.

    `is_signed` None: it is not known whether the robot signs, and whoever runs it must say.
    """

    message: Message
    robot: Robot
    is_signed: bool | None
    msg_uuid: str | None = None


class SnippetMenu(QMenu):
    """Puts the program into the clipboard, without any secret, and says how it is run.

    `say` gets one sentence about what came of it.
    """

    def __init__(
        self, source: SnippetSource, say: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._source, self._say = source, say
        self.setObjectName("copy_as")
        self.setTitle(self.tr("Copy as"))
        for form, snippet in SNIPPETS.items():
            if snippet.opens_group:
                self.addSeparator()
            action = self.addAction(snippet.name)
            action.setObjectName(f"copy_as.{form.value}")
            action.triggered.connect(partial(self.copy_as, form))

    def copy_as(self, form: SnippetForm, _checked: bool = False) -> None:
        """Put the message into the clipboard in this form."""
        source = self._source
        try:
            program = to_snippet(
                form,
                source.message,
                source.robot,
                is_signed=source.is_signed,
                msg_uuid=source.msg_uuid,
            )
        except EncodeError:
            self._say(explain(None, Fault.CANNOT_ENCODE).happened)
            return
        except UnsafeAddress:
            self._say(self.tr("Not copied: no token may be sent to the address of this robot."))
            return
        QGuiApplication.clipboard().setText(program)
        if form is SnippetForm.ALERTMANAGER:
            words = self.tr(
                "Copied as {form}: each alert posts the message."
                " First set DINGTALK_TOKEN and DINGTALK_SECRET."
            )
        elif source.msg_uuid is not None:
            words = self.tr(
                "Copied as {form}: it retries this send under its id."
                " First set DINGTALK_TOKEN and DINGTALK_SECRET."
            )
        else:
            words = self.tr(
                "Copied as {form}: each run posts the message anew."
                " First set DINGTALK_TOKEN and DINGTALK_SECRET."
            )
        self._say(words.format(form=SNIPPETS[form].name))
