"""Why a picture is not there, in words short enough for the place where it would stand."""

from enum import StrEnum

from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translated


class PictureFault(StrEnum):
    """Why a preview does not show a picture."""

    OFF = "off"
    EMPTY = "empty"
    MEDIA_ID = "media_id"
    FILE = "file"
    DATA = "data"
    SPACE = "space"
    LOOPBACK = "loopback"
    LAN = "lan"
    SCHEME = "scheme"
    BROKEN = "broken"
    CREDENTIALS = "credentials"
    UNREACHABLE = "unreachable"
    UNTRUSTED = "untrusted"
    SLOW = "slow"
    REFUSED = "refused"
    MISSING = "missing"
    SERVER = "server"
    REDIRECTS = "redirects"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    NO_PICTURE = "no_picture"
    CROWDED = "crowded"


_SENTENCES: dict[PictureFault, Phrase] = {
    PictureFault.OFF: QT_TRANSLATE_NOOP("Pictures", "Loading pictures is turned off"),
    PictureFault.EMPTY: QT_TRANSLATE_NOOP("Pictures", "No picture yet"),
    PictureFault.MEDIA_ID: QT_TRANSLATE_NOOP("Pictures", "Uploaded: only DingTalk can show it"),
    PictureFault.FILE: QT_TRANSLATE_NOOP("Pictures", "On this computer: the group will not see it"),
    PictureFault.DATA: QT_TRANSLATE_NOOP(
        "Pictures", "Data in place of an address: the group will not see it"
    ),
    PictureFault.SPACE: QT_TRANSLATE_NOOP(
        "Pictures", "A space in the address: the group will not see it"
    ),
    PictureFault.LOOPBACK: QT_TRANSLATE_NOOP(
        "Pictures", "On this computer: the group will not see it"
    ),
    PictureFault.LAN: QT_TRANSLATE_NOOP(
        "Pictures", "In a private network: the group will not see it"
    ),
    PictureFault.SCHEME: QT_TRANSLATE_NOOP(
        "Pictures", "Neither http nor https: the group will not see it"
    ),
    PictureFault.BROKEN: QT_TRANSLATE_NOOP("Pictures", "This is no complete address"),
    PictureFault.CREDENTIALS: QT_TRANSLATE_NOOP(
        "Pictures", "A password in the address: not loaded here"
    ),
    PictureFault.UNREACHABLE: QT_TRANSLATE_NOOP("Pictures", "The server cannot be reached"),
    PictureFault.UNTRUSTED: QT_TRANSLATE_NOOP(
        "Pictures", "The server's certificate is not trusted"
    ),
    PictureFault.SLOW: QT_TRANSLATE_NOOP("Pictures", "Not there within 10 seconds"),
    PictureFault.REFUSED: QT_TRANSLATE_NOOP("Pictures", "The server refuses it"),
    PictureFault.MISSING: QT_TRANSLATE_NOOP("Pictures", "There is no picture at this address"),
    PictureFault.SERVER: QT_TRANSLATE_NOOP("Pictures", "The server has a fault"),
    PictureFault.REDIRECTS: QT_TRANSLATE_NOOP("Pictures", "The address leads round and round"),
    PictureFault.TOO_LARGE: QT_TRANSLATE_NOOP("Pictures", "Larger than 10 MB: not loaded here"),
    PictureFault.TOO_MANY_PIXELS: QT_TRANSLATE_NOOP(
        "Pictures", "More than 40 megapixels: not loaded here"
    ),
    PictureFault.NO_PICTURE: QT_TRANSLATE_NOOP("Pictures", "No picture that can be drawn here"),
    PictureFault.CROWDED: QT_TRANSLATE_NOOP("Pictures", "Too many pictures at once for a preview"),
}


def picture_sentence(fault: PictureFault) -> str:
    """Why the picture is not there, and whether the group will see it."""
    return translated(_SENTENCES[fault])
