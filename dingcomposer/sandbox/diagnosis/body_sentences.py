"""What is said of a body and of the message in it, in English; the window translates it."""

from typing import Final

from dingcomposer.sandbox.diagnosis.codes import QT_TRANSLATE_NOOP, DiagnosisCode

_C = DiagnosisCode

BODY_SENTENCES: Final[dict[DiagnosisCode, str]] = {
    _C.LENGTH_MISSING: QT_TRANSLATE_NOOP(
        "Diagnosis", "There is no Content-Length, so the body that came was not read."
    ),
    _C.LENGTH_TOO_SHORT: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Content-Length says {announced}, and more came: it counts the bytes of UTF-8, not "
        "the characters.",
    ),
    _C.LENGTH_TOO_LONG: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Content-Length says {announced} bytes, and only {came} came: the server waits for "
        "the rest.",
    ),
    _C.BODY_EMPTY: QT_TRANSLATE_NOOP("Diagnosis", "The body is empty."),
    _C.BODY_TOO_LONG: QT_TRANSLATE_NOOP(
        "Diagnosis", "The body has {bytes} bytes; at most {limit} are accepted."
    ),
    _C.BODY_ESCAPES: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "It would fit without \\u escapes: the same JSON in plain UTF-8 has {bytes} bytes.",
    ),
    _C.BODY_COMPRESSED: QT_TRANSLATE_NOOP("Diagnosis", "The body is compressed; send it as it is."),
    _C.BODY_BOM: QT_TRANSLATE_NOOP(
        "Diagnosis", "The body begins with a byte order mark; write UTF-8 without it."
    ),
    _C.BODY_NOT_UTF8: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: the byte {word} is not UTF-8."
    ),
    _C.BODY_GBK: QT_TRANSLATE_NOOP(
        "Diagnosis", "The body is in GBK (from line {line}, column {column}); it must be UTF-8."
    ),
    _C.BODY_UTF16: QT_TRANSLATE_NOOP("Diagnosis", "The body is in UTF-16; it must be UTF-8."),
    _C.BODY_FORM: QT_TRANSLATE_NOOP(
        "Diagnosis", "The body is a form ({word}=…); it must be JSON alone."
    ),
    _C.BODY_PERCENT: QT_TRANSLATE_NOOP(
        "Diagnosis", "The body's JSON is percent-encoded; send it as it is."
    ),
    _C.BODY_FILE_NAME: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The body is a file's name behind “@”: the file was not read (curl does so with -d).",
    ),
    _C.BODY_MARKUP: QT_TRANSLATE_NOOP("Diagnosis", "The body is XML, HTML or multipart, not JSON."),
    _C.BODY_IN_QUOTES: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The whole body stands in single quotes: they were not taken off "
        "(Windows' cmd does not know them).",
    ),
    _C.BODY_ENCODED_TWICE: QT_TRANSLATE_NOOP(
        "Diagnosis", "The body is a string that holds JSON: it was encoded as JSON twice."
    ),
    _C.BODY_NOT_AN_OBJECT: QT_TRANSLATE_NOOP(
        "Diagnosis", "The body is valid JSON, but of type {found}; it must be an object."
    ),
    _C.BODY_TOO_DEEP: QT_TRANSLATE_NOOP("Diagnosis", "The body's JSON is nested too deep."),
    _C.JSON_NAME_QUOTES: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: property names need double quotes."
    ),
    _C.JSON_SINGLE_QUOTES: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Line {line}, column {column}: single quotes; JSON needs double quotes.",
    ),
    _C.JSON_TYPOGRAPHIC_QUOTES: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Line {line}, column {column}: typographic quotation marks; JSON needs the straight ones.",
    ),
    _C.JSON_ESCAPED_QUOTES: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Line {line}, column {column}: the double quotes arrived with backslashes before them; "
        "the shell did not take them off.",
    ),
    _C.JSON_QUOTE_INSIDE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        'Line {line}, column {column}: a double quote inside a text must be written \\".',
    ),
    _C.JSON_TRAILING_COMMA: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: there is a comma behind the last entry."
    ),
    _C.JSON_MISSING_COMMA: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: a comma is missing before this."
    ),
    _C.JSON_MISSING_COLON: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: a colon is missing behind the property name."
    ),
    _C.JSON_MISSING_VALUE: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: a value is missing before this."
    ),
    _C.JSON_COMMENT: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: JSON has no comments."
    ),
    _C.JSON_WORD: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: {word} is not JSON's; write {wanted}."
    ),
    _C.JSON_NUMBER_WORD: QT_TRANSLATE_NOOP("Diagnosis", "JSON has no number {word}."),
    _C.JSON_NUMBER_LONG: QT_TRANSLATE_NOOP(
        "Diagnosis", "A number in the body has thousands of digits."
    ),
    _C.JSON_VARIABLE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Line {line}, column {column}: a placeholder or shell variable that nothing has replaced.",
    ),
    _C.JSON_VALUE_QUOTES: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: text needs double quotes."
    ),
    _C.JSON_UNTERMINATED: QT_TRANSLATE_NOOP(
        "Diagnosis", "The text that begins at line {line}, column {column} never ends."
    ),
    _C.JSON_CUT: QT_TRANSLATE_NOOP(
        "Diagnosis", "The JSON breaks off at line {line}, column {column}."
    ),
    _C.JSON_ESCAPE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Line {line}, column {column}: {word} is no escape of JSON's; "
        "a backslash itself is written \\\\.",
    ),
    _C.JSON_EXTRA: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: something follows the end of the JSON."
    ),
    _C.JSON_OTHER: QT_TRANSLATE_NOOP(
        "Diagnosis", "Line {line}, column {column}: this is not JSON."
    ),
    _C.JSON_RAW_LINE_END: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Line {line}, column {column}: a raw line end inside a text. Strict JSON wants \\n; "
        "one person says that DingTalk takes it, so it is taken here.",
    ),
    _C.JSON_RAW_CONTROL: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Line {line}, column {column}: the raw control character {word} inside a text. "
        "It is taken here; whether DingTalk takes it is not known.",
    ),
    _C.JSON_KEY_TWICE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The key “{found}” stands twice in one object. Here the last one counts; "
        "which one DingTalk takes is not known.",
    ),
    # The message
    _C.MSGTYPE_MISSING: QT_TRANSLATE_NOOP("Diagnosis", "The key “msgtype” is missing."),
    _C.MSGTYPE_IS_NULL: QT_TRANSLATE_NOOP("Diagnosis", "msgtype is null."),
    _C.MSGTYPE_CASE: QT_TRANSLATE_NOOP("Diagnosis", "msgtype “{found}” must be spelt “{wanted}”."),
    _C.MSGTYPE_OF_OTHERS: QT_TRANSLATE_NOOP(
        "Diagnosis", "The message type “{found}” exists elsewhere; group robots do not have it."
    ),
    _C.MSGTYPE_UNKNOWN: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "There is no message type “{found}”; there are text, link, markdown, actionCard, feedCard.",
    ),
    _C.MSGTYPE_INSIDE: QT_TRANSLATE_NOOP(
        "Diagnosis", "msgtype stands inside “{where}”; it belongs beside it."
    ),
    _C.OTHER_TYPE_FILLED: QT_TRANSLATE_NOOP(
        "Diagnosis", "msgtype is “{msgtype}”, but the content stands in “{found}”."
    ),
    _C.OBJECT_MISSING: QT_TRANSLATE_NOOP(
        "Diagnosis", "msgtype is “{msgtype}”, but there is no object “{msgtype}”."
    ),
    _C.OBJECT_IS_TEXT: QT_TRANSLATE_NOOP(
        "Diagnosis", "“{msgtype}” is a text; it must be an object with “{wanted}”."
    ),
    _C.OBJECT_IS_JSON_TEXT: QT_TRANSLATE_NOOP(
        "Diagnosis", "“{msgtype}” is a text that holds JSON: it was encoded as JSON twice."
    ),
    _C.REFUSAL_INFERRED: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The number of this answer ({path} is missing) is inferred; nobody has quoted it.",
    ),
    _C.KEY_CASE: QT_TRANSLATE_NOOP(
        "Diagnosis", "Key “{found}”: “{where}” wants “{wanted}”. Letter case counts."
    ),
    _C.KEY_NAME: QT_TRANSLATE_NOOP("Diagnosis", "Key “{found}”: “{where}” calls it “{wanted}”."),
    _C.KEY_AT_TOP: QT_TRANSLATE_NOOP(
        "Diagnosis", "“{found}” stands at the top level; it belongs inside “{where}”."
    ),
    _C.FIELD_MISSING: QT_TRANSLATE_NOOP("Diagnosis", "{path} is missing."),
    _C.FIELD_EMPTY: QT_TRANSLATE_NOOP(
        "Diagnosis", "{path} is empty, which counts as missing here."
    ),
    _C.FIELD_TYPE: QT_TRANSLATE_NOOP(
        "Diagnosis", "{path} is of type {found}, which counts as missing here."
    ),
    _C.FIELD_UNPROVEN: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "{path} is missing or empty. It is documented as required; nobody has quoted a refusal: "
        "taken here; not known of DingTalk.",
    ),
    _C.CARD_WITHOUT_BUTTON: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The card has no button. Public programs send such cards, and nobody has quoted a refusal: "
        "taken here; not known of DingTalk.",
    ),
    _C.BUTTONS_INEFFECTIVE: QT_TRANSLATE_NOOP(
        "Diagnosis", "singleTitle and singleURL make btns ineffective."
    ),
    _C.FLAG_NOT_TEXT: QT_TRANSLATE_NOOP(
        "Diagnosis",
        '{path} is documented as the text "0" or "1"; other spellings are said to get through.',
    ),
    _C.BODY_WRAPPED: QT_TRANSLATE_NOOP(
        "Diagnosis", "The message stands inside “{found}”; it must be the body itself."
    ),
    _C.BODY_OF_FEISHU: QT_TRANSLATE_NOOP("Diagnosis", "This is a message for Feishu (msg_type)."),
    _C.BODY_OF_WECOM: QT_TRANSLATE_NOOP("Diagnosis", "This is a message for WeCom."),
    _C.BODY_OF_SLACK: QT_TRANSLATE_NOOP("Diagnosis", "This is a message for Slack or its like."),
    _C.TEXT_LINE_ENDS: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "{path} shows backslashes to its readers (such as \\n): it was escaped twice.",
    ),
    _C.TEXT_MOJIBAKE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "{path} is garbled: UTF-8 was read in another encoding before it was sent.",
    ),
    _C.TEXT_QUESTION_MARKS: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "{path} holds only question marks where letters may have been: "
        "were they lost in another encoding?",
    ),
    _C.TEXT_LOST: QT_TRANSLATE_NOOP(
        "Diagnosis", "{path} holds the sign for lost letters (U+FFFD)."
    ),
    _C.MSG_UUID_OTHER_BODY: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The same msgUuid as before, with another body: the group keeps the first.",
    ),
    # Who is mentioned
    _C.AT_INSIDE: QT_TRANSLATE_NOOP(
        "Diagnosis", "“at” stands inside “{where}”; it belongs beside it, or nobody is notified."
    ),
    _C.AT_AT_TOP: QT_TRANSLATE_NOOP(
        "Diagnosis", "“{found}” stands at the top level; it belongs inside “at”."
    ),
    _C.AT_IMPOSSIBLE: QT_TRANSLATE_NOOP(
        "Diagnosis", "Messages of type {msgtype} mention nobody; “at” has no effect."
    ),
    _C.AT_NO_OBJECT: QT_TRANSLATE_NOOP(
        "Diagnosis", "“at” is of type {found}; it is documented as an object."
    ),
    _C.AT_LIST: QT_TRANSLATE_NOOP("Diagnosis", "“{found}” is documented as a list."),
    _C.AT_NUMBERS: QT_TRANSLATE_NOOP(
        "Diagnosis", "The people in “at” are documented as texts, with double quotes."
    ),
    _C.AT_SIGN: QT_TRANSLATE_NOOP("Diagnosis", "The people in “at” are documented without “@”."),
    _C.AT_SEVERAL_IN_ONE: QT_TRANSLATE_NOOP(
        "Diagnosis", "Several people stand in one text of “at”; each is an entry of its own."
    ),
    _C.AT_ALL_TEXT: QT_TRANSLATE_NOOP(
        "Diagnosis", "isAtAll is documented as true or false, without quotes."
    ),
    _C.AT_DINGTALK_IDS: QT_TRANSLATE_NOOP(
        "Diagnosis", "atDingtalkIds is not documented; one person says that it works."
    ),
    _C.AT_NOT_IN_TEXT: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Not in the text behind “@”, so they may not be notified: {found} ({count} in all).",
    ),
    _C.AT_MANY: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "{count} people in “at”; {limit} are documented. What becomes of more is not known.",
    ),
    _C.AT_ALL_NOT_SET: QT_TRANSLATE_NOOP(
        "Diagnosis", "The text says @all or @所有人, but isAtAll is not true: nobody is notified."
    ),
    # Keywords
    _C.KEYWORD_NONE: QT_TRANSLATE_NOOP(
        "Diagnosis", "None of the keywords stands in a title or text: {wanted}."
    ),
    _C.KEYWORD_CASE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The keyword “{wanted}” stands there only in another letter case, which does not count.",
    ),
    _C.KEYWORD_WIDTH: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The keyword “{wanted}” stands there with white space in it or in another width only.",
    ),
    _C.KEYWORD_ELSEWHERE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The keyword “{wanted}” stands outside of title and text only, which does not count here.",
    ),
    _C.KEYWORD_ESCAPED: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The keyword “{wanted}” stands there as \\u escapes that were escaped twice.",
    ),
}
"""What each code about a body, its message, its mentions and its keywords says."""
