"""Qt's text formats for paragraphs and their pieces: DingTalk's sizes, colours and distances."""

from dataclasses import replace

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextFormat

from dingcomposer.core.records import dataclass
from dingcomposer.ui.preview.bubble import style as dt
from dingcomposer.ui.preview.richtext.paragraphs import (
    ChangeMark,
    Gap,
    Inside,
    Paragraph,
    Picture,
    Shape,
    Table,
    TextRun,
)

QUOTE_INDENT_PX = 11
LIST_INDENT_PX = 22
CODE_INDENT_PX = 10
CODE_FONT_PX = 13
CODE_LINE_PX = 19
PICTURE_OBJECT = QTextFormat.ObjectTypes.UserObject.value + 1
PICTURE_SOURCE = QTextFormat.Property.UserProperty.value + 1
PICTURE_ALT = QTextFormat.Property.UserProperty.value + 2
TABLE_OBJECT = QTextFormat.ObjectTypes.UserObject.value + 2
TABLE_HTML = QTextFormat.Property.UserProperty.value + 4
OBJECT_INDENT = QTextFormat.Property.UserProperty.value + 3

CODE_PAD_PX = 7
_GAP_PX = {Gap.NONE: 0, Gap.ITEM: 4, Gap.BLOCK: 8, Gap.AFTER_CODE: 8 + CODE_PAD_PX}
_HEADING_GAP_PX = 10
_RULE_GAP_PX = 11
_Fixed = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_Minimum = QTextBlockFormat.LineHeightTypes.MinimumHeight.value


@dataclass(frozen=True, slots=True)
class BodyStyle:
    """How a body is drawn: DingTalk's look, and whether its paragraphs are grey as in a card.

    `breaks_anywhere`: lines may end within a word, as an endless one makes them.
    """

    look: dt.Style
    is_card: bool = False
    breaks_anywhere: bool = False


def indent_px(inside: tuple[Inside, ...]) -> int:
    """How far to the right text stands that is inside of these."""
    return sum(QUOTE_INDENT_PX if one is Inside.QUOTE else LIST_INDENT_PX for one in inside)


class Formats:
    """The formats of one style, made once each."""

    def __init__(self, style: BodyStyle) -> None:
        self.style = style
        self._bases: dict[tuple[object, ...], QTextCharFormat] = {}
        self._runs: dict[tuple[object, ...], QTextCharFormat] = {}

    def block(self, paragraph: Paragraph) -> QTextBlockFormat:
        """Indent, room above and line height of a paragraph."""
        made = QTextBlockFormat()
        indent = indent_px(paragraph.inside)
        gap = _GAP_PX[paragraph.gap]
        height, kind = dt.BODY_LINE_PX, _Minimum
        match paragraph.shape:
            case Shape.HEADING:
                height = dt.HEADING_LINE_PX[paragraph.level - 1]
                gap = max(gap, _HEADING_GAP_PX) if gap else 0
            case Shape.RULE:
                height, kind = 1, _Fixed
                gap = max(gap, _RULE_GAP_PX) if gap else 0
            case Shape.CODE:
                height = CODE_LINE_PX
                indent += CODE_INDENT_PX
                made.setRightMargin(CODE_INDENT_PX)
                gap += CODE_PAD_PX if paragraph.gap is not Gap.NONE else 0
            case Shape.PLAIN:
                pass
        made.setLeftMargin(indent)
        made.setTopMargin(gap)
        made.setLineHeight(height, kind)
        return made

    def base(self, paragraph: Paragraph) -> QTextCharFormat:
        """What all of a paragraph's words have in common."""
        key = (paragraph.shape, paragraph.level, Inside.QUOTE in paragraph.inside)
        if key not in self._bases:
            self._bases[key] = self._make_base(paragraph)
        return self._bases[key]

    def run(self, run: TextRun, paragraph: Paragraph) -> QTextCharFormat:
        """The format of some words in a paragraph."""
        key = (
            *(paragraph.shape, paragraph.level, Inside.QUOTE in paragraph.inside),
            replace(run, text=""),
        )
        if key not in self._runs:
            self._runs[key] = self._make_run(run, paragraph)
        return self._runs[key]

    def picture(self, picture: Picture, paragraph: Paragraph) -> QTextCharFormat:
        """The format of the one letter that stands for a picture."""
        made = QTextCharFormat()
        made.setObjectType(PICTURE_OBJECT)
        made.setProperty(PICTURE_SOURCE, picture.source)
        made.setProperty(PICTURE_ALT, picture.alt)
        made.setProperty(OBJECT_INDENT, indent_px(paragraph.inside))
        if picture.href:
            made.setAnchor(True)
            made.setAnchorHref(picture.href)
        return made

    def table(self, table: Table, paragraph: Paragraph) -> QTextCharFormat:
        """The format of the one letter that stands for a table."""
        made = QTextCharFormat()
        made.setObjectType(TABLE_OBJECT)
        made.setProperty(TABLE_HTML, table.html)
        made.setProperty(OBJECT_INDENT, indent_px(paragraph.inside))
        return made

    def _make_base(self, paragraph: Paragraph) -> QTextCharFormat:
        look = self.style.look
        made = QTextCharFormat()
        colour = look.text
        match paragraph.shape:
            case Shape.HEADING:
                made.setProperty(
                    QTextFormat.Property.FontPixelSize, dt.HEADING_FONT_PX[paragraph.level - 1]
                )
                colour = look.grey if paragraph.level == 6 else colour
            case Shape.RULE:
                made.setProperty(QTextFormat.Property.FontPixelSize, 1)
            case Shape.CODE:
                _set_code_font(made)
            case Shape.PLAIN:
                colour = look.paragraph if self.style.is_card else colour
        if Inside.QUOTE in paragraph.inside and paragraph.level != 6:
            colour = look.quote
        made.setForeground(QColor(colour))
        return made

    def _make_run(self, run: TextRun, paragraph: Paragraph) -> QTextCharFormat:
        look = self.style.look
        made = QTextCharFormat(self.base(paragraph))
        if run.is_bold:
            made.setFontWeight(QFont.Weight.Bold)
        if run.is_italic:
            made.setFontItalic(True)
        if run.is_code and paragraph.shape is not Shape.CODE:
            _set_code_font(made)
            made.setBackground(QColor(look.code))
        made.setFontUnderline(run.is_underlined)
        made.setFontStrikeOut(run.is_struck)
        if run.rise:
            align = QTextCharFormat.VerticalAlignment
            above, below = align.AlignSuperScript, align.AlignSubScript
            made.setVerticalAlignment(above if run.rise > 0 else below)
        if run.is_mention:
            made.setForeground(QColor(look.mention))
        if run.href:
            made.setAnchor(True)
            made.setAnchorHref(run.href)
            made.setForeground(QColor(look.link))
        if QColor.isValidColorName(run.colour):
            made.setForeground(QColor(run.colour))
        if run.mark is not ChangeMark.NONE:
            made.setBackground(
                QColor(look.removed if run.mark is ChangeMark.REMOVED else look.added)
            )
            if not (run.href or run.is_mention or QColor.isValidColorName(run.colour)):
                made.setForeground(QColor(look.text))  # grey on it is hard to read
        return made


def _set_code_font(made: QTextCharFormat) -> None:
    made.setFontFamilies(dt.font_families(is_code=True))
    made.setProperty(QTextFormat.Property.FontPixelSize, CODE_FONT_PX)
