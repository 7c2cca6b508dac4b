"""What the six kinds of message are called."""

from PySide6.QtCore import QCoreApplication

from dingcomposer.core.messages import Kind

translate = QCoreApplication.translate


def kind_name(kind: Kind) -> str:
    """The kind's name, in the program's language."""
    match kind:
        case Kind.TEXT:
            return translate("Kinds", "Text")
        case Kind.LINK:
            return translate("Kinds", "Link")
        case Kind.MARKDOWN:
            return translate("Kinds", "Markdown")
        case Kind.WHOLE_JUMP:
            return translate("Kinds", "Jump card")
        case Kind.INDEPENDENT:
            return translate("Kinds", "Button card")
        case Kind.FEED_CARD:
            return translate("Kinds", "Feed card")
