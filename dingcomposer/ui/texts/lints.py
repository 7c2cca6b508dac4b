"""What is the matter with a line of a message, in words: in the list, and beside the line."""

from collections.abc import Iterable

from dingcomposer.core.dialect import Lint, LintCode, Sureness
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase, translate, translated

_SENTENCES: dict[LintCode, Phrase] = {
    LintCode.TABLE: QT_TRANSLATE_NOOP(
        "Problems",
        "A table: computers draw it; phones show its signs as text.",
    ),
    LintCode.CODE_FENCE: QT_TRANSLATE_NOOP(
        "Problems",
        "Block of code: computers lose its indentation; older phones show its source.",
    ),
    LintCode.INDENTED_CODE: QT_TRANSLATE_NOOP(
        "Problems",
        "Four spaces make this a block of code, on computers and phones; computers lose its indentation.",
    ),
    LintCode.HTML_IN_CODE: QT_TRANSLATE_NOOP(
        "Problems",
        "HTML inside of code: computers are said to draw it, phones show the code.",
    ),
    LintCode.DEEP_LIST: QT_TRANSLATE_NOOP(
        "Problems",
        "Third level of a list: said to look poor on computers and phones.",
    ),
    LintCode.TASK_LIST: QT_TRANSLATE_NOOP(
        "Problems",
        "Task list: said to have no boxes; computers and phones show [ ] and [x].",
    ),
    LintCode.RULE_UNDER_TEXT: QT_TRANSLATE_NOOP(
        "Problems",
        "Dashes right below text: a heading here; on computers and phones perhaps a line. Leave a blank line before them.",
    ),
    LintCode.REFERENCE: QT_TRANSLATE_NOOP(
        "Problems",
        "[name]: address: shown as text here; computers and phones may leave out the whole line.",
    ),
    LintCode.LINE_NOT_BROKEN: QT_TRANSLATE_NOOP(
        "Problems",
        "The line runs on into the next one: end it with two spaces, or leave a blank line.",
    ),
    LintCode.HEADING_NO_SPACE: QT_TRANSLATE_NOOP(
        "Problems",
        "There is no space after the #, so this is not a heading.",
    ),
    LintCode.HTML_TAG: QT_TRANSLATE_NOOP(
        "Problems",
        "HTML (<{word}>): computers draw it; phones may show an empty message.",
    ),
    LintCode.ANGLE_SWALLOWED: QT_TRANSLATE_NOOP(
        "Problems",
        "“{word}” may be taken for HTML and vanish; write &lt; for <.",
    ),
    LintCode.BR_TAG: QT_TRANSLATE_NOOP(
        "Problems",
        "<br>: reports differ; computers and phones break the line, or show it as text. End the line with two spaces instead.",
    ),
    LintCode.FONT_QUOTED: QT_TRANSLATE_NOOP(
        "Problems",
        "Colour in quotes: computers show it; phones are said to show none. Leave the quotes out.",
    ),
    LintCode.UNKNOWN_COLOUR: QT_TRANSLATE_NOOP(
        "Problems",
        "<font> without a colour that can be read: no colour, neither on computers nor on phones.",
    ),
    LintCode.COLOUR_NAMED: QT_TRANSLATE_NOOP(
        "Problems",
        "Colour by its name: computers and phones are said to draw numbers such as #FF0000 only. Names such as warning and info are another program's.",
    ),
    LintCode.UNCLOSED_FONT: QT_TRANSLATE_NOOP(
        "Problems",
        "<font> and </font> do not pair up: computers and phones may colour more, or less.",
    ),
    LintCode.STARS_SHOWN: QT_TRANSLATE_NOOP(
        "Problems",
        "Stars beside punctuation stay visible here; computers and phones may make the words bold. Put a space beside the stars.",
    ),
    LintCode.STARS_SWALLOWED: QT_TRANSLATE_NOOP(
        "Problems",
        "These stars will turn into emphasis; write \\* for a star.",
    ),
    LintCode.UNDERSCORES_SWALLOWED: QT_TRANSLATE_NOOP(
        "Problems",
        "“{word}” has underscores that will turn into emphasis; write \\_ for them.",
    ),
    LintCode.STRIKETHROUGH: QT_TRANSLATE_NOOP(
        "Problems",
        "~~: said to strike nothing through; computers and phones show the signs.",
    ),
    LintCode.FOOTNOTE: QT_TRANSLATE_NOOP(
        "Problems",
        "Footnote: said not to work; computers and phones show its signs.",
    ),
    LintCode.EMOJI_CODE: QT_TRANSLATE_NOOP(
        "Problems",
        "{word}: said not to work; computers and phones show the code. Use the emoji itself.",
    ),
    LintCode.URL_NO_SCHEME: QT_TRANSLATE_NOOP(
        "Problems", "The address “{word}” lacks https:// at the beginning."
    ),
    LintCode.URL_SPACES: QT_TRANSLATE_NOOP("Problems", "The address “{word}” has a space in it."),
    LintCode.URL_BROKEN: QT_TRANSLATE_NOOP("Problems", "“{word}” is not a complete address."),
    LintCode.URL_UNNAMED: QT_TRANSLATE_NOOP(
        "Problems", "The link still says “{word}”: write what it leads to."
    ),
    LintCode.URL_CREDENTIALS: QT_TRANSLATE_NOOP(
        "Problems",
        "The address of “{word}” contains a user name and password, which the whole group would see.",
    ),
    LintCode.URL_UNSAFE: QT_TRANSLATE_NOOP(
        "Problems", "Addresses that begin with {word}: do not open."
    ),
    LintCode.URL_UNKNOWN_SCHEME: QT_TRANSLATE_NOOP(
        "Problems", "Addresses that begin with {word}: may not open."
    ),
    LintCode.URL_HTTP: QT_TRANSLATE_NOOP(
        "Problems", "“{word}” is opened without encryption; https is safer."
    ),
    LintCode.URL_LOOPBACK: QT_TRANSLATE_NOOP(
        "Problems", "“{word}” is this computer: nobody else can open it."
    ),
    LintCode.URL_FILE: QT_TRANSLATE_NOOP(
        "Problems",
        "This leads to a file of your own computer or network drive: nobody else can open it.",
    ),
    LintCode.URL_LAN: QT_TRANSLATE_NOOP(
        "Problems",
        "“{word}” is an address of the company's own network: outside of it, and on most phones, it does not open.",
    ),
    LintCode.PICTURE_UNREACHABLE: QT_TRANSLATE_NOOP(
        "Problems",
        "The group cannot load the picture “{word}”. Put it where everybody can open it without"
        " logging in (your website, OSS or COS, an image host), and write its https:// address.",
    ),
    LintCode.PICTURE_SPACE: QT_TRANSLATE_NOOP(
        "Problems", "The picture's address “{word}” has a space in it: phones may not show it."
    ),
    LintCode.PICTURE_NOT_ENCODED: QT_TRANSLATE_NOOP(
        "Problems",
        "The picture's address “{word}” has letters in it that are not percent-encoded: phones are said not to show it.",
    ),
    LintCode.PICTURE_EXPIRES: QT_TRANSLATE_NOOP(
        "Problems",
        "The picture's address “{word}” is valid for a time only: later the group will see nothing.",
    ),
}

_SURENESS: dict[Sureness, Phrase] = {
    Sureness.OFFICIAL: QT_TRANSLATE_NOOP("Problems", "official"),
    Sureness.SEEN: QT_TRANSLATE_NOOP("Problems", "seen"),
    Sureness.REPORTED: QT_TRANSLATE_NOOP("Problems", "reported"),
    Sureness.CLAIMED: QT_TRANSLATE_NOOP("Problems", "claimed"),
    Sureness.UNKNOWN: QT_TRANSLATE_NOOP("Problems", "inferred"),
}


def lint_sentence(code: LintCode, word: str = "") -> str:
    """What happens, on computers and on phones, and where it helps, what to do."""
    return translated(_SENTENCES[code]).format(word=word)


def mark_sentence(lint: Lint) -> str:
    """The sentence of a lint, and how that is known."""
    return translate("Problems", "{sentence} ({sureness})").format(
        sentence=lint_sentence(lint.code, lint.word), sureness=sureness_word(lint.code.sureness)
    )


def sureness_word(sureness: Sureness) -> str:
    """How a fact is known, in a word."""
    return translated(_SURENESS[sureness])


def mark_words(lints: Iterable[Lint]) -> dict[int, str]:
    """For each line that deserves a mark, from 0 on, its sentences, one on a line of its own."""
    sentences: dict[tuple[LintCode, str], str] = {}
    words: dict[int, dict[str, None]] = {}  # as an ordered set
    for lint in lints:
        if not lint.code.is_marked:
            continue
        key = (lint.code, lint.word)
        if key not in sentences:
            sentences[key] = mark_sentence(lint)
        for line in range(lint.line, lint.last_line + 1):
            words.setdefault(line, {})[sentences[key]] = None
    return {line: "\n".join(said) for line, said in words.items()}
