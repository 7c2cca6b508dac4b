"""DingTalk's style: its colours, light and dark, and its measures, each with its mark.

[O] official, [S] measured on a public screenshot, [M] reported with evidence, [?] derived. Where
two clients differ the newer one is drawn. The words on the frame are those of the Chinese client.
The dark look was never measured: background, card, text and links are derived, the rest follows.
"""

from enum import StrEnum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from dingcomposer.core.records import dataclass


class Device(StrEnum):
    """Where a reader sees the message."""

    PC = "pc"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Style:
    """Named colours, each "#RRGGBB".

    Most are DingTalk's, however well they are read; `faint`, `place` and `mark` are the program's.
    """

    is_dark: bool
    chat: str
    card: str
    text: str
    paragraph: str
    quote: str
    quote_bar: str
    grey: str
    faint: str
    link: str
    mention: str
    all_mention: str
    rule: str
    hairline: str
    tag: str
    code: str
    hover: str
    empty: str
    empty_mark: str
    chain: str
    selection: str
    place: str
    mark: str
    removed: str  # the ground of words that were taken out, and of those put in
    added: str
    screen_edge: str


LIGHT = Style(
    is_dark=False,
    chat="#F0F1F3",  # [S] newer clients; #EDF1F4 in older ones
    card="#FFFFFF",  # [S]
    text="#171A1D",  # near black [S]
    paragraph="#8A8F99",  # an action card's paragraphs [S]
    quote="#666666",  # [S]
    quote_bar="#E4E4E4",  # [S]
    grey="#8A8F99",  # name, H6, a link's text [S]
    faint="#646A73",
    link="#1A7AD9",  # [S]
    mention="#3FB0FC",  # in text only [S]
    all_mention="#FF7F00",  # orange in the conversation list [S]
    rule="#EEEEEE",  # [S]
    hairline="#E9EAEC",
    tag="#FFFFFF",  # [S]
    code="#F2F3F5",
    hover="#F6F8FA",
    empty="#E8EBEF",
    empty_mark="#B3BBC6",
    chain="#3296FA",  # the square in place of a link's picture: blue [S]
    selection="#B9DCFF",
    place="#2563EB",
    mark="#9A5B00",
    removed="#FFD3CE",
    added="#BDECCB",
    screen_edge="#D3D7DD",
)

DARK = Style(
    is_dark=True,
    chat="#1B1C1E",
    card="#2A2B2E",
    text="#E6E7EA",
    paragraph="#9A9FA9",
    quote="#A6ABB4",
    quote_bar="#4A4C51",
    grey="#8F949E",
    faint="#A6ABB4",
    link="#4D9FFF",
    mention="#4DB6FF",
    all_mention="#FF9A3D",
    rule="#3C3E42",
    hairline="#3A3C40",
    tag="#2F3134",
    code="#232427",
    hover="#313338",
    empty="#37393E",
    empty_mark="#676C75",
    chain="#2B7FD6",
    selection="#264F7D",
    place="#7AA6FF",
    mark="#E2A33A",
    removed="#6E2F2D",
    added="#22573A",
    screen_edge="#3B3D42",
)


def style_of(*, is_dark: bool) -> Style:
    """The light or the dark look."""
    return DARK if is_dark else LIGHT


# Words that DingTalk itself draws.
ROBOT_TAG = "机器人"
ALL_MARK = "[@所有人]"
REPLY = "回复"

# The frame, in logical pixels.
AVATAR_PX = {Device.PC: 40, Device.PHONE: 36}  # 38 to 40 on PC [S]; phones [?]
AVATAR_RADIUS_PX = 8
AVATAR_GAP_PX = 8
FRAME_MARGIN_PX = {Device.PC: 10, Device.PHONE: 12}
HEADER_FONT_PX = 12  # [S]
CARD_WIDTH_PX = {Device.PC: 358, Device.PHONE: 307}  # 358 [S][O]; phones: 280 to 300 of content [?]
CARD_RADIUS_PX = 8  # 8 to 10 [S]
SCREEN_WIDTH_PX = 375  # [?]

# A body in markdown or text.
PADDING_PX = 12  # about [S]
BODY_FONT_PX = 14  # [S]
BODY_LINE_PX = 21  # about [S]
HEADING_FONT_PX = (20, 18, 16, 15, 14, 12)  # H1 about 20, H4 about the body's, H6 small [S]
HEADING_LINE_PX = (29, 26, 24, 22, 21, 18)
QUOTE_BAR_PX = 3  # [S]
PICTURE_MAX_HEIGHT_PX = 350  # [O]
PICTURE_SHAPE = 200 / 358  # height to width while the size is not known

# Cards.
TOP_PICTURE_HEIGHT_PX = 186  # at 358 wide [S]
WHOLE_ROW_PX = 38  # 36 to 38 [S]
BUTTON_ROW_PX = 36  # [S]
REPLY_ROW_PX = 36
LINK_HEIGHT_PX = 98  # about [S]
LINK_THUMBNAIL_PX = 48  # [S]
LINK_EDGE_PX = 10  # [S]
FEED_INSET_PX = 2  # 354 of 358 [S]
FEED_HERO_HEIGHT_PX = 200  # at 354 wide [S]
FEED_TITLE_FONT_PX = 17  # about [S]
FEED_ROW_PX = 61  # about [S]
FEED_THUMBNAIL_PX = 50  # [S]
FEED_HAIRLINE_INSET_PX = 12  # [S]

_FAMILIES = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
)
_CODE_FAMILIES = ("Menlo", "Consolas", "Noto Sans Mono CJK SC", "WenQuanYi Micro Hei Mono")


@cache
def _installed() -> frozenset[str]:
    # Naming a font that is not there makes Qt search for aliases, slowly, and log a warning.
    return frozenset(QFontDatabase.families())


@cache
def _families(*, is_code: bool) -> tuple[str, ...]:
    wanted = (*_CODE_FAMILIES, *_FAMILIES) if is_code else _FAMILIES
    found = tuple(family for family in wanted if family in _installed())
    if found:
        return found
    system = QFontDatabase.SystemFont
    return (QFontDatabase.systemFont(system.FixedFont if is_code else system.GeneralFont).family(),)


def font_families(*, is_code: bool = False) -> list[str]:
    """The installed families in which DingTalk's words are drawn, best first."""
    return list(_families(is_code=is_code))


def font(size_px: int, *, is_bold: bool = False) -> QFont:
    """The chat's font at a size in logical pixels."""
    made = QFont(font_families())
    made.setPixelSize(size_px)
    if is_bold:
        made.setWeight(QFont.Weight.Bold)
    return made
