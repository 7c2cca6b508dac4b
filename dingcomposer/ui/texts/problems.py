"""What is wrong with a message or a robot, in words, and what its fields are called."""

import re

from PySide6.QtCore import QLocale

from dingcomposer.core.checks.problems import Problem, ProblemCode
from dingcomposer.core.dialect import LintCode
from dingcomposer.core.plain_text import clean
from dingcomposer.ui.texts.translate import (
    QT_TRANSLATE_NOOP,
    Phrase,
    join_names,
    join_sentences,
    translate,
    translated,
)

_GROUPS_TOLD = 3

_SENTENCES: dict[ProblemCode, Phrase] = {
    ProblemCode.LONE_SURROGATE: QT_TRANSLATE_NOOP(
        "Problems",
        "Line {line} contains half a character, which cannot be sent. Delete it and type it again.",
    ),
    ProblemCode.TOO_LONG: QT_TRANSLATE_NOOP(
        "Problems",
        "Longer than the {limit} bytes that DingTalk accepts. Shorten it, or send it in two parts.",
    ),
    ProblemCode.CONTROL_CHARACTER: QT_TRANSLATE_NOOP(
        "Problems", "Line {line} contains the control character {character}, which nobody can see."
    ),
    ProblemCode.EMPTY_FIELD: QT_TRANSLATE_NOOP(
        "Problems", "This must be filled in, or DingTalk refuses the message."
    ),
    ProblemCode.EMPTY_FIELD_UNPROVEN: QT_TRANSLATE_NOOP(
        "Problems",
        "This is documented as required. Whether DingTalk refuses a card without it is not known.",
    ),
    ProblemCode.BLANK_FIELD: QT_TRANSLATE_NOOP("Problems", "This field contains only white space."),
    ProblemCode.NO_FEED_ITEMS: QT_TRANSLATE_NOOP(
        "Problems", "A feed card needs at least one item."
    ),
    ProblemCode.NO_BUTTONS: QT_TRANSLATE_NOOP(
        "Problems",
        "A card without buttons: readers have nothing to click. Whether DingTalk refuses it is not known.",
    ),
    ProblemCode.TITLE_MEANINGLESS: QT_TRANSLATE_NOOP(
        "Problems",
        "The title is what people see in the conversation list; this one says nothing.",
    ),
    ProblemCode.TITLE_MARKDOWN: QT_TRANSLATE_NOOP(
        "Problems", "The title is shown as written: markdown signs in it stay visible."
    ),
    ProblemCode.LONG_FOR_READERS: QT_TRANSLATE_NOOP(
        "Problems", "{length} characters; beyond about {limit}, readers may not see all of it."
    ),
    ProblemCode.ESCAPE_TYPED: QT_TRANSLATE_NOOP(
        "Problems", "“{word}” stands here as two signs: the group sees them, and no new line."
    ),
    ProblemCode.FIELD_UNFILLED: QT_TRANSLATE_NOOP(
        "Problems", "“{word}” looks like a field of a template that nobody has filled in."
    ),
    ProblemCode.GROUP_NAME_ASKED: QT_TRANSLATE_NOOP(
        "Problems", "“{word}” becomes each group's own name as it is sent."
    ),
    ProblemCode.MARKDOWN_IN_TEXT: QT_TRANSLATE_NOOP(
        "Problems", "Line {line} has markdown signs, which a text message shows as written."
    ),
    ProblemCode.HTML_IN_TEXT: QT_TRANSLATE_NOOP(
        "Problems", "“{word}” is HTML: the group sees it as it is written here."
    ),
    ProblemCode.TITLE_VAGUE: QT_TRANSLATE_NOOP(
        "Problems",
        "“{word}” tells nobody what it is about: the title is what people see in the conversation list.",
    ),
    ProblemCode.WEEKDAY_WRONG: QT_TRANSLATE_NOOP(
        "Problems", "“{word}”: the weekday does not go with the date, it should be {right}."
    ),
    ProblemCode.DATE_PAST: QT_TRANSLATE_NOOP(
        "Problems", "“{word}” is past, and no later day is named."
    ),
    ProblemCode.DAYS_PAST: QT_TRANSLATE_NOOP(
        "Problems", "All days are past; the last of them is “{word}”."
    ),
    ProblemCode.TIME_PAST: QT_TRANSLATE_NOOP("Problems", "“{word}” of today is over by now."),
    ProblemCode.HORIZONTAL_INEFFECTIVE: QT_TRANSLATE_NOOP(
        "Problems", "Side by side works with exactly two buttons only; there are {count}."
    ),
    ProblemCode.MANY_BUTTONS: QT_TRANSLATE_NOOP(
        "Problems", "{count} buttons; more than {limit} may not be shown."
    ),
    ProblemCode.MANY_FEED_ITEMS: QT_TRANSLATE_NOOP(
        "Problems", "{count} items; with more than {limit}, phones have shown nothing at all."
    ),
    ProblemCode.OPENS_SIDE_PANEL: QT_TRANSLATE_NOOP(
        "Problems", "On a computer this link opens in DingTalk's side panel, not in the browser."
    ),
    ProblemCode.NO_TOKEN: QT_TRANSLATE_NOOP(
        "Problems", "This robot has no webhook. Edit it and paste it."
    ),
    ProblemCode.NO_SECRET: QT_TRANSLATE_NOOP(
        "Problems",
        "This robot expects a signature, but its secret is missing. Edit it and paste the secret.",
    ),
    ProblemCode.SECRET_IN_TEXT: QT_TRANSLATE_NOOP(
        "Problems",
        "A robot's webhook or secret stands here: whoever reads it can post to that group. Take it"
        " out; it is never sent or stored.",
    ),
    ProblemCode.NO_KEYWORD: QT_TRANSLATE_NOOP(
        "Problems", "The message contains none of the robot's keywords, such as “{keyword}”."
    ),
    ProblemCode.KEYWORD_CASE: QT_TRANSLATE_NOOP(
        "Problems",
        "The keyword “{keyword}” appears only in a different letter case; DingTalk may not count that.",
    ),
    ProblemCode.KEYWORD_IN_TITLE: QT_TRANSLATE_NOOP(
        "Problems",
        "The keyword “{keyword}” appears only in the title; DingTalk may not count that.",
    ),
    ProblemCode.KEYWORD_IN_BUTTON: QT_TRANSLATE_NOOP(
        "Problems", "The keyword “{keyword}” appears only on a button; DingTalk may not count that."
    ),
    ProblemCode.KEYWORD_IN_URL: QT_TRANSLATE_NOOP(
        "Problems",
        "The keyword “{keyword}” appears only in an address; DingTalk may not count that.",
    ),
    ProblemCode.TOO_MANY_PEOPLE: QT_TRANSLATE_NOOP(
        "Problems", "{count} people are mentioned; DingTalk accepts {limit}."
    ),
    ProblemCode.MENTION_NOT_IN_TEXT: QT_TRANSLATE_NOOP(
        "Problems", "{name} is not in the text, so this person may not be notified."
    ),
    ProblemCode.MENTION_NOT_IN_LIST: QT_TRANSLATE_NOOP(
        "Problems", "{name} is in the text but not among the mentions: nobody is notified."
    ),
    ProblemCode.MENTION_BY_NAME: QT_TRANSLATE_NOOP(
        "Problems",
        "“@{name}” is only a name and notifies nobody: DingTalk wants the number, {person}.",
    ),
    ProblemCode.MENTION_NAME_SHARED: QT_TRANSLATE_NOOP(
        "Problems",
        "“@{name}” is only a name and notifies nobody, and {bearers} contacts are called so:"
        " type @ and choose the right one.",
    ),
    ProblemCode.MENTION_NAME_UNKNOWN: QT_TRANSLATE_NOOP(
        "Problems",
        "“@{name}” is only a name and notifies nobody: write the mobile number behind the @,"
        " or add this person to the contacts.",
    ),
    ProblemCode.MENTION_NUMBER_LOOSE: QT_TRANSLATE_NOOP(
        "Problems",
        "“{name}” notifies nobody: DingTalk reads a number without spaces, +86 or other signs.",
    ),
    ProblemCode.MENTION_TWICE: QT_TRANSLATE_NOOP("Problems", "{name} is mentioned twice."),
    ProblemCode.MOBILE_ABROAD: QT_TRANSLATE_NOOP(
        "Problems",
        "{name} looks like a number outside mainland China: write it with a dash, such as +852-12345678.",
    ),
    ProblemCode.MOBILE_ODD: QT_TRANSLATE_NOOP(
        "Problems", "{name} does not look like a mobile number."
    ),
    ProblemCode.USER_ID_ODD: QT_TRANSLATE_NOOP("Problems", "{name} does not look like a user ID."),
    ProblemCode.ALL_RESERVED: QT_TRANSLATE_NOOP(
        "Problems",
        "Everyone will be notified. Some groups allow this only for the owner and admins.",
    ),
    ProblemCode.ALL_NOT_IN_LIST: QT_TRANSLATE_NOOP(
        "Problems",
        "Line {line} says @所有人, @all or the like, but @everyone is not ticked: nobody is notified.",
    ),
    ProblemCode.ALL_TWICE: QT_TRANSLATE_NOOP(
        "Problems", "Everyone is named {count} times in the text."
    ),
    ProblemCode.URL_POSTS_NOT_HERE: QT_TRANSLATE_NOOP(
        "Problems", "dtmd: addresses work in markdown, action cards and feed cards only."
    ),
    ProblemCode.MANY_PICTURES: QT_TRANSLATE_NOOP(
        "Problems", "{count} pictures; DingTalk recommends at most {limit}."
    ),
    ProblemCode.ROBOT_NAME_EMPTY: QT_TRANSLATE_NOOP(
        "Problems", "Give the robot a name that tells you which group it is."
    ),
    ProblemCode.ROBOT_NAME_TAKEN: QT_TRANSLATE_NOOP(
        "Problems",
        "Another robot has this name. Equal names are how messages end up in the wrong group.",
    ),
    ProblemCode.TOO_MANY_KEYWORDS: QT_TRANSLATE_NOOP(
        "Problems", "{count} keywords; a robot has at most {limit}."
    ),
    ProblemCode.KEYWORD_BLANK: QT_TRANSLATE_NOOP("Problems", "A keyword is empty."),
    ProblemCode.KEYWORD_TWICE: QT_TRANSLATE_NOOP(
        "Problems", "The keyword “{keyword}” is listed twice."
    ),
    ProblemCode.ADDRESS_BROKEN: QT_TRANSLATE_NOOP(
        "Problems", "“{address}” is neither an address like 1.1.1.1 nor a range like 1.1.1.0/24."
    ),
    ProblemCode.ADDRESS_IPV6: QT_TRANSLATE_NOOP(
        "Problems", "“{address}” is an IPv6 address, which DingTalk does not accept."
    ),
    ProblemCode.ADDRESS_NOT_PUBLIC: QT_TRANSLATE_NOOP(
        "Problems", "“{address}” is not a public address: DingTalk will never see it."
    ),
    ProblemCode.ENDPOINT_EMPTY: QT_TRANSLATE_NOOP("Problems", "Paste the robot's webhook."),
    ProblemCode.ENDPOINT_NO_SCHEME: QT_TRANSLATE_NOOP(
        "Problems", "The address must begin with https://"
    ),
    ProblemCode.ENDPOINT_SPACES: QT_TRANSLATE_NOOP("Problems", "There is a space in the address."),
    ProblemCode.ENDPOINT_BROKEN: QT_TRANSLATE_NOOP("Problems", "This is not an address."),
    ProblemCode.ENDPOINT_BACKSLASH: QT_TRANSLATE_NOOP(
        "Problems",
        "There is a backslash in the address. Programs disagree about where such an address leads.",
    ),
    ProblemCode.ENDPOINT_HOST: QT_TRANSLATE_NOOP(
        "Problems",
        "Between :// and the next / may stand a host and nothing else, such as oapi.dingtalk.com.",
    ),
    ProblemCode.ENDPOINT_LETTERS: QT_TRANSLATE_NOOP(
        "Problems",
        "The host may hold only the letters a to z, figures, dots and dashes. Letters that look"
        " alike can lead elsewhere.",
    ),
    ProblemCode.ENDPOINT_PORT: QT_TRANSLATE_NOOP(
        "Problems", "The port behind the host must be a number from 1 to 65535."
    ),
    ProblemCode.ENDPOINT_SCHEME: QT_TRANSLATE_NOOP(
        "Problems", "The address begins with {word}: but must begin with https://"
    ),
    ProblemCode.ENDPOINT_HTTP: QT_TRANSLATE_NOOP(
        "Problems",
        "Without encryption, others could read the webhook on its way: the address must begin with https://",
    ),
    ProblemCode.ENDPOINT_CREDENTIALS: QT_TRANSLATE_NOOP(
        "Problems", "The address contains a user name and password; remove them."
    ),
    ProblemCode.ENDPOINT_QUERY: QT_TRANSLATE_NOOP(
        "Problems", "Leave out the question mark and everything after it."
    ),
    ProblemCode.PROXY_EMPTY: QT_TRANSLATE_NOOP("Problems", "Enter the proxy's address."),
    ProblemCode.PROXY_BROKEN: QT_TRANSLATE_NOOP(
        "Problems", "A proxy's address looks like http://10.0.0.1:8080"
    ),
    ProblemCode.PROXY_CREDENTIALS: QT_TRANSLATE_NOOP(
        "Problems", "User name and password have fields of their own; remove them from the address."
    ),
    ProblemCode.CA_FILE_EMPTY: QT_TRANSLATE_NOOP(
        "Problems", "Choose the file with your company's certificates."
    ),
    ProblemCode.TIMEOUT_OUT_OF_RANGE: QT_TRANSLATE_NOOP(
        "Problems", "Between {minimum} and {maximum} seconds."
    ),
    ProblemCode.TOKEN_IS_URL: QT_TRANSLATE_NOOP(
        "Problems", "This is a whole address; paste it into the webhook field."
    ),
    ProblemCode.TOKEN_SPACES: QT_TRANSLATE_NOOP("Problems", "There is white space in the token."),
    ProblemCode.TOKEN_DAMAGED: QT_TRANSLATE_NOOP(
        "Problems",
        "This cannot be a token: it holds signs of an address, or the token twice. Copy it again.",
    ),
    ProblemCode.TOKEN_ODD: QT_TRANSLATE_NOOP(
        "Problems",
        "It may not be complete: behind access_token= there are usually 64 characters, 0–9 and"
        " a–f.",
    ),
    ProblemCode.SECRET_SPACES: QT_TRANSLATE_NOOP("Problems", "There is white space in the secret."),
    ProblemCode.SECRET_ODD: QT_TRANSLATE_NOOP(
        "Problems",
        "The secret may not be complete: it begins with SEC, and usually 64 characters follow.",
    ),
}

_FIELDS: dict[str, Phrase] = {
    "message": QT_TRANSLATE_NOOP("Problems", "Message"),
    "title": QT_TRANSLATE_NOOP("Problems", "Title"),
    "text": QT_TRANSLATE_NOOP("Problems", "Text"),
    "message_url": QT_TRANSLATE_NOOP("Problems", "Link address"),
    "picture_url": QT_TRANSLATE_NOOP("Problems", "Picture address"),
    "jump.title": QT_TRANSLATE_NOOP("Problems", "Button label"),
    "jump.url": QT_TRANSLATE_NOOP("Problems", "Button address"),
    "buttons": QT_TRANSLATE_NOOP("Problems", "Buttons"),
    "buttons.#": QT_TRANSLATE_NOOP("Problems", "Button {number}"),
    "buttons.#.title": QT_TRANSLATE_NOOP("Problems", "Button {number}, label"),
    "buttons.#.url": QT_TRANSLATE_NOOP("Problems", "Button {number}, address"),
    "orientation": QT_TRANSLATE_NOOP("Problems", "Layout of the buttons"),
    "feed": QT_TRANSLATE_NOOP("Problems", "Items"),
    "feed.#": QT_TRANSLATE_NOOP("Problems", "Item {number}"),
    "feed.#.title": QT_TRANSLATE_NOOP("Problems", "Item {number}, title"),
    "feed.#.message_url": QT_TRANSLATE_NOOP("Problems", "Item {number}, link address"),
    "feed.#.picture_url": QT_TRANSLATE_NOOP("Problems", "Item {number}, picture address"),
    "mentions": QT_TRANSLATE_NOOP("Problems", "Mentions"),
    "mentions.mobiles.#": QT_TRANSLATE_NOOP("Problems", "Mentions"),
    "mentions.user_ids.#": QT_TRANSLATE_NOOP("Problems", "Mentions"),
    "mentions.is_all": QT_TRANSLATE_NOOP("Problems", "Mentions"),
    "robot": QT_TRANSLATE_NOOP("Problems", "Robot"),
    "robot.name": QT_TRANSLATE_NOOP("Problems", "Name"),
    "robot.keywords": QT_TRANSLATE_NOOP("Problems", "Keywords"),
    "robot.keywords.#": QT_TRANSLATE_NOOP("Problems", "Keyword {number}"),
    "robot.addresses": QT_TRANSLATE_NOOP("Problems", "Addresses"),
    "robot.addresses.#": QT_TRANSLATE_NOOP("Problems", "Address {number}"),
    "robot.secret": QT_TRANSLATE_NOOP("Problems", "Signing secret"),
    "robot.token": QT_TRANSLATE_NOOP("Problems", "Webhook"),
    "robot.endpoint": QT_TRANSLATE_NOOP("Problems", "Webhook"),
    "robot.default_mentions": QT_TRANSLATE_NOOP("Problems", "Default mentions"),
    "robot.proxy": QT_TRANSLATE_NOOP("Problems", "Proxy"),
    "robot.ca_file": QT_TRANSLATE_NOOP("Problems", "Certificates"),
    "robot.connect_timeout_s": QT_TRANSLATE_NOOP("Problems", "Timeouts"),
    "robot.read_timeout_s": QT_TRANSLATE_NOOP("Problems", "Timeouts"),
}


_ONE_KEYWORD: Phrase = QT_TRANSLATE_NOOP(
    "Problems", "The keyword “{keyword}” is missing in the message."
)
# Of a plain text whose list has numbers that do not stand in the text: it alone may notify.
_LISTED: dict[ProblemCode, Phrase] = {
    ProblemCode.MENTION_BY_NAME: QT_TRANSLATE_NOOP(
        "Problems",
        "“@{name}” is only a name, so this person may not be notified: DingTalk wants the number,"
        " {person}.",
    ),
    ProblemCode.MENTION_NAME_SHARED: QT_TRANSLATE_NOOP(
        "Problems",
        "“@{name}” is only a name, so this person may not be notified, and {bearers} contacts are"
        " called so: type @ and choose the right one.",
    ),
    ProblemCode.MENTION_NAME_UNKNOWN: QT_TRANSLATE_NOOP(
        "Problems",
        "“@{name}” is only a name. Whoever's number is listed below may be notified or not: write"
        " the number behind the @.",
    ),
}


def problem_sentence(problem: Problem) -> str:
    """What is wrong, and where it helps, what to do; and for which of several groups."""
    sentence = _sentence(problem)
    groups = [str(value) for name, value in problem.params if name == "groups"]
    names = list(map(clean, groups[0].split("\n"))) if groups else []
    if not names:
        return sentence
    more = len(names) - _GROUPS_TOLD
    told = join_names(names[:_GROUPS_TOLD])
    if more > 0:
        words = translate("Problems", "{groups} and {count} more")
        told = words.format(groups=told, count=more)
    words = translate("Problems", "In {groups}.").format(groups=told)
    return join_sentences((sentence, words))


def _sentence(problem: Problem) -> str:
    locale = QLocale()
    # Numbers with the language's own grouping; a line number of 1 200 is still a number.
    params = {
        name: locale.toString(value) if isinstance(value, int) else value
        for name, value in problem.params
    }
    if problem.code in _SENTENCES:
        phrase = _SENTENCES[problem.code]
        if ("is_listed", 1) in problem.params:
            phrase = _LISTED[problem.code]
        if problem.code is ProblemCode.NO_KEYWORD and ("count", 1) in problem.params:
            phrase = _ONE_KEYWORD
        return translated(phrase).format(**params)
    from dingcomposer.ui.texts.lints import lint_sentence  # 35 sentences, when one is said

    sentence = lint_sentence(LintCode(problem.code), str(params.get("word", "")))
    if "line" not in params:
        return sentence
    words = translate("Problems", "Line {line}: {sentence}")
    return words.format(line=params["line"], sentence=sentence)


def field_label(field: str) -> str:
    """What the form calls a field, e.g. "Button 2, label" for "buttons.1.title"."""
    parts = field.split(".")
    number = next((int(part) + 1 for part in parts if part.isdecimal()), 0)
    known = ".".join("#" if part.isdecimal() else part for part in parts)
    while known not in _FIELDS and "." in known:
        known = known.rpartition(".")[0]
    return translated(_FIELDS.get(known, _FIELDS["message"])).format(number=number)


_KEYWORD = QT_TRANSLATE_NOOP("Fixes", "Insert the keyword")
_ESCAPE = QT_TRANSLATE_NOOP("Fixes", "Show the signs as they are")
_SPACES = QT_TRANSLATE_NOOP("Fixes", "Take the spaces out of the address")
_UNLINK = QT_TRANSLATE_NOOP("Fixes", "Keep the words without the link")
_REMOVE = QT_TRANSLATE_NOOP("Fixes", "Remove what cannot be seen or sent")

_WORDS: dict[ProblemCode, Phrase] = {
    ProblemCode.NO_KEYWORD: _KEYWORD,
    ProblemCode.KEYWORD_CASE: QT_TRANSLATE_NOOP("Fixes", "Spell the keyword as it is set"),
    ProblemCode.KEYWORD_IN_TITLE: _KEYWORD,
    ProblemCode.KEYWORD_IN_BUTTON: _KEYWORD,
    ProblemCode.KEYWORD_IN_URL: _KEYWORD,
    ProblemCode.MENTION_NOT_IN_TEXT: QT_TRANSLATE_NOOP("Fixes", "Put the mention into the text"),
    ProblemCode.MENTION_NOT_IN_LIST: QT_TRANSLATE_NOOP("Fixes", "Mention whom the text names"),
    ProblemCode.MENTION_BY_NAME: QT_TRANSLATE_NOOP("Fixes", "Put the number in place of the name"),
    ProblemCode.MENTION_NUMBER_LOOSE: QT_TRANSLATE_NOOP(
        "Fixes", "Write the number as DingTalk reads it, and mention it"
    ),
    ProblemCode.SECRET_IN_TEXT: QT_TRANSLATE_NOOP("Fixes", "Take the secret out"),
    ProblemCode.ALL_NOT_IN_LIST: QT_TRANSLATE_NOOP("Fixes", "Tick @everyone"),
    ProblemCode.ESCAPE_TYPED: QT_TRANSLATE_NOOP("Fixes", "Make it a new line"),
    ProblemCode.TOO_LONG: QT_TRANSLATE_NOOP("Fixes", "Send it in parts…"),
    ProblemCode.FIELD_UNFILLED: QT_TRANSLATE_NOOP("Fixes", "Fill in the fields…"),
    ProblemCode.GROUP_NAME_ASKED: QT_TRANSLATE_NOOP("Fixes", "Send it as it stands"),
    ProblemCode.HTML_IN_TEXT: QT_TRANSLATE_NOOP("Fixes", "Take the HTML out"),
    ProblemCode.MARKDOWN_IN_TEXT: QT_TRANSLATE_NOOP("Fixes", "Make it a markdown message"),
    ProblemCode.TABLE: QT_TRANSLATE_NOOP("Fixes", "Turn the table into lines"),
    ProblemCode.TITLE_VAGUE: QT_TRANSLATE_NOOP("Fixes", "Take the first line of the text"),
    ProblemCode.URL_FILE: _UNLINK,
    ProblemCode.URL_LAN: _UNLINK,
    ProblemCode.WEEKDAY_WRONG: QT_TRANSLATE_NOOP("Fixes", "Correct the weekday"),
    ProblemCode.DATE_PAST: QT_TRANSLATE_NOOP("Fixes", "Put today's date in its place"),
    ProblemCode.DAYS_PAST: QT_TRANSLATE_NOOP("Fixes", "Move all days by whole weeks"),
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
    ProblemCode.PICTURE_NOT_ENCODED: QT_TRANSLATE_NOOP("Fixes", "Percent-encode it"),
    ProblemCode.OPENS_SIDE_PANEL: QT_TRANSLATE_NOOP("Fixes", "Open the links in the browser"),
    ProblemCode.HORIZONTAL_INEFFECTIVE: QT_TRANSLATE_NOOP("Fixes", "Stack the buttons"),
    ProblemCode.LONE_SURROGATE: _REMOVE,
    ProblemCode.CONTROL_CHARACTER: _REMOVE,
}


def problem_phrase(code: ProblemCode) -> Phrase:
    """A problem's sentence, not yet translated nor filled in."""
    return _SENTENCES[code]


def problem_pattern(code: ProblemCode) -> str:
    """A problem's sentence with an ellipsis for whatever it names."""
    if code in _SENTENCES:
        words = translated(_SENTENCES[code])
    else:
        from dingcomposer.ui.texts.lints import lint_sentence

        words = lint_sentence(LintCode(code), "…")
    return re.sub(r"\{\w+\}", "…", words)


def fix_phrase(code: ProblemCode) -> Phrase:
    """What a click on the fix does, not yet translated."""
    return _WORDS[code]


def fix_words(code: ProblemCode) -> str:
    """What a click on the fix does; for every code in `core.checks.fixes.FIXABLE`."""
    return translated(_WORDS[code])
