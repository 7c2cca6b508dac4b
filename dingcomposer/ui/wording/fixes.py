"""What the fix of a problem does, in a few words."""

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from dingcomposer.core.checks.problems import ProblemCode

CONTEXT = "Fixes"

# QT_TRANSLATE_NOOP gives back its text, but is declared to give back an object.
_KEYWORD: object = QT_TRANSLATE_NOOP("Fixes", "Insert the keyword")
_ESCAPE: object = QT_TRANSLATE_NOOP("Fixes", "Show the signs as they are")
_SPACES: object = QT_TRANSLATE_NOOP("Fixes", "Take the spaces out of the address")
_REMOVE: object = QT_TRANSLATE_NOOP("Fixes", "Remove what cannot be seen or sent")

_WORDS: dict[ProblemCode, object] = {
    ProblemCode.NO_KEYWORD: _KEYWORD,
    ProblemCode.KEYWORD_CASE: QT_TRANSLATE_NOOP("Fixes", "Spell the keyword as it is set"),
    ProblemCode.KEYWORD_IN_TITLE: _KEYWORD,
    ProblemCode.KEYWORD_IN_BUTTON: _KEYWORD,
    ProblemCode.KEYWORD_IN_URL: _KEYWORD,
    ProblemCode.MENTION_NOT_IN_TEXT: QT_TRANSLATE_NOOP("Fixes", "Put the mention into the text"),
    ProblemCode.MENTION_NOT_IN_LIST: QT_TRANSLATE_NOOP("Fixes", "Mention whom the text names"),
    ProblemCode.ALL_NOT_IN_LIST: QT_TRANSLATE_NOOP("Fixes", "Tick @everyone"),
    ProblemCode.MENTION_TWICE: QT_TRANSLATE_NOOP("Fixes", "Mention everybody once"),
    ProblemCode.LINE_NOT_BROKEN: QT_TRANSLATE_NOOP("Fixes", "Break the lines"),
    ProblemCode.RULE_UNDER_TEXT: QT_TRANSLATE_NOOP("Fixes", "Leave a blank line before it"),
    ProblemCode.STARS_SHOWN: QT_TRANSLATE_NOOP("Fixes", "Put a space beside the stars"),
    ProblemCode.STARS_SWALLOWED: _ESCAPE,
    ProblemCode.UNDERSCORES_SWALLOWED: _ESCAPE,
    ProblemCode.ANGLE_SWALLOWED: _ESCAPE,
    ProblemCode.HEADING_NO_SPACE: QT_TRANSLATE_NOOP("Fixes", "Put a space after the #"),
    ProblemCode.FONT_QUOTED: QT_TRANSLATE_NOOP("Fixes", "Take the quotes off the colour"),
    ProblemCode.BR_TAG: QT_TRANSLATE_NOOP("Fixes", "Break the line with two spaces"),
    ProblemCode.URL_NO_SCHEME: QT_TRANSLATE_NOOP("Fixes", "Put https:// before the address"),
    ProblemCode.URL_SPACES: _SPACES,
    ProblemCode.PICTURE_SPACE: _SPACES,
    ProblemCode.OPENS_SIDE_PANEL: QT_TRANSLATE_NOOP("Fixes", "Open the links in the browser"),
    ProblemCode.HORIZONTAL_INEFFECTIVE: QT_TRANSLATE_NOOP("Fixes", "Stack the buttons"),
    ProblemCode.LONE_SURROGATE: _REMOVE,
    ProblemCode.CONTROL_CHARACTER: _REMOVE,
}


def fix_words(code: ProblemCode) -> str:
    """What a click on the fix does; for every code in `core.checks.fixes.FIXABLE`."""
    return QCoreApplication.translate(CONTEXT, str(_WORDS[code]))
