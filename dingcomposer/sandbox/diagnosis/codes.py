"""What can be said of a request beyond DingTalk's own words: codes with parameters, no sentence.

`sandbox.diagnosis.sentences` holds the English ones, and the window translates them.
"""

from enum import StrEnum

from dingcomposer.core.records import dataclass, lazy_pattern

_WORD_CHARACTERS = 60
# As long as a token or a signature is; no parameter holds one, wherever a person put it.
_SECRET_LOOKING = lazy_pattern(r"[0-9A-Za-z+/=_%-]{40,}")


class Weight(StrEnum):
    """What follows from a diagnosis."""

    WRONG = "wrong"  # set this right
    NOT_KNOWN = "not_known"  # taken here; how DingTalk answers is not known
    NOTE = "note"  # it goes through, and is worth knowing


class DiagnosisCode(StrEnum):
    """Each thing that the sandbox recognises, in groups by where it is.

    Where params stand behind a code, a sentence can use them. `line` and `column` count from 1;
    names that end in `_s` are whole seconds.
    """

    # How it was called
    PATH_WRONG = "path_wrong"  # wanted
    PATH_SLASH = "path_slash"
    PATH_DOUBLED = "path_doubled"
    PATH_NO_QUESTION_MARK = "path_no_question_mark"
    METHOD_NOT_POST = "method_not_post"  # method
    METHOD_GET_WITH_BODY = "method_get_with_body"
    METHOD_PREFLIGHT = "method_preflight"
    METHOD_TLS = "method_tls"
    ONLY_LOOKED = "only_looked"
    CHECKUP_ASKED = "checkup_asked"
    CONTENT_TYPE_MISSING = "content_type_missing"
    CONTENT_TYPE_FORM = "content_type_form"
    CONTENT_TYPE_OTHER = "content_type_other"  # word
    CHARSET_OTHER = "charset_other"  # charset
    ADDRESS_NOT_LISTED = "address_not_listed"  # address, listed
    GZIP_NOT_ASKED_FOR = "gzip_not_asked_for"

    # Whom it was meant for
    TOKEN_MISSING = "token_missing"  # noqa: S105 - a name, not a token
    TOKEN_NAME = "token_name"  # noqa: S105 - found
    TOKEN_IN_HEADER = "token_in_header"  # noqa: S105
    TOKEN_IN_BODY = "token_in_body"  # noqa: S105
    TOKEN_SPACES = "token_spaces"  # noqa: S105
    TOKEN_QUOTES = "token_quotes"  # noqa: S105
    TOKEN_IS_URL = "token_is_url"  # noqa: S105
    TOKEN_IS_SECRET = "token_is_secret"  # noqa: S105
    TOKEN_IS_VARIABLE = "token_is_variable"  # noqa: S105 - word
    TOKEN_CASE = "token_case"  # noqa: S105
    TOKEN_CUT = "token_cut"  # noqa: S105 - length, wanted
    TOKEN_LONG = "token_long"  # noqa: S105 - length, wanted
    TOKEN_TWICE = "token_twice"  # noqa: S105
    TOKEN_RUNS_ON = "token_runs_on"  # noqa: S105
    TOKEN_UNKNOWN = "token_unknown"  # noqa: S105

    # The signature and its time
    SIGN_MISSING = "sign_missing"
    SIGN_NAME = "sign_name"  # found, wanted
    SIGN_IN_BODY = "sign_in_body"
    SIGN_IN_HEADER = "sign_in_header"
    SIGN_TWICE = "sign_twice"
    SIGN_ENCODED_TWICE = "sign_encoded_twice"
    SIGN_PLUS = "sign_plus"
    SIGN_SPACES = "sign_spaces"
    SIGN_QUOTES = "sign_quotes"
    SIGN_HEX = "sign_hex"
    SIGN_BASE64_OF_HEX = "sign_base64_of_hex"
    SIGN_URL_SAFE = "sign_url_safe"
    SIGN_NO_PADDING = "sign_no_padding"
    SIGN_IS_SECRET = "sign_is_secret"  # noqa: S105
    SIGN_IS_VARIABLE = "sign_is_variable"  # word
    SIGN_MALFORMED = "sign_malformed"  # length
    SIGN_HASH = "sign_hash"  # found
    SIGN_NOT_HMAC = "sign_not_hmac"
    SIGN_SWAPPED = "sign_swapped"
    SIGN_FEISHU = "sign_feishu"
    SIGN_TEXT_TIMESTAMP_ONLY = "sign_text_timestamp_only"
    SIGN_TEXT_SECRET_ONLY = "sign_text_secret_only"  # noqa: S105
    SIGN_TEXT_LINE_END = "sign_text_line_end"
    SIGN_TEXT_NO_LINE_END = "sign_text_no_line_end"
    SIGN_TEXT_BACKSLASH_N = "sign_text_backslash_n"
    SIGN_TEXT_CRLF = "sign_text_crlf"
    SIGN_TEXT_REVERSED = "sign_text_reversed"
    SIGN_TEXT_BODY = "sign_text_body"
    SIGN_KEY_SPACES = "sign_key_spaces"
    SIGN_KEY_NO_PREFIX = "sign_key_no_prefix"
    SIGN_KEY_CASE = "sign_key_case"
    SIGN_KEY_IS_TOKEN = "sign_key_is_token"  # noqa: S105
    SIGN_KEY_EMPTY = "sign_key_empty"
    SIGN_OTHER_ROBOT = "sign_other_robot"  # robot
    SIGN_OTHER_TIMESTAMP = "sign_other_timestamp"  # off_ms
    SIGN_OTHER_UNIT = "sign_other_unit"
    SIGN_OTHER_SECRET = "sign_other_secret"  # noqa: S105
    TIMESTAMP_MISSING = "timestamp_missing"
    TIMESTAMP_SECONDS = "timestamp_seconds"
    TIMESTAMP_TOO_FINE = "timestamp_too_fine"
    TIMESTAMP_NO_NUMBER = "timestamp_no_number"
    TIMESTAMP_OLD = "timestamp_old"  # off_s, limit_s
    TIMESTAMP_AHEAD = "timestamp_ahead"  # off_s, limit_s

    # The body as JSON
    LENGTH_MISSING = "length_missing"
    LENGTH_TOO_SHORT = "length_too_short"  # announced
    LENGTH_TOO_LONG = "length_too_long"  # announced, came
    BODY_EMPTY = "body_empty"
    BODY_TOO_LONG = "body_too_long"  # bytes, limit
    BODY_ESCAPES = "body_escapes"  # bytes (as raw UTF-8)
    BODY_COMPRESSED = "body_compressed"
    BODY_BOM = "body_bom"
    BODY_NOT_UTF8 = "body_not_utf8"  # word (the byte), line, column
    BODY_GBK = "body_gbk"  # line, column
    BODY_UTF16 = "body_utf16"
    BODY_FORM = "body_form"  # word
    BODY_PERCENT = "body_percent"
    BODY_FILE_NAME = "body_file_name"
    BODY_MARKUP = "body_markup"
    BODY_IN_QUOTES = "body_in_quotes"
    BODY_ENCODED_TWICE = "body_encoded_twice"
    BODY_NOT_AN_OBJECT = "body_not_an_object"  # found
    BODY_TOO_DEEP = "body_too_deep"
    JSON_NAME_QUOTES = "json_name_quotes"  # line, column
    JSON_SINGLE_QUOTES = "json_single_quotes"  # line, column
    JSON_TYPOGRAPHIC_QUOTES = "json_typographic_quotes"  # line, column
    JSON_ESCAPED_QUOTES = "json_escaped_quotes"  # line, column
    JSON_QUOTE_INSIDE = "json_quote_inside"  # line, column
    JSON_TRAILING_COMMA = "json_trailing_comma"  # line, column
    JSON_MISSING_COMMA = "json_missing_comma"  # line, column
    JSON_MISSING_COLON = "json_missing_colon"  # line, column
    JSON_MISSING_VALUE = "json_missing_value"  # line, column
    JSON_COMMENT = "json_comment"  # line, column
    JSON_WORD = "json_word"  # word, wanted, line, column
    JSON_NUMBER_WORD = "json_number_word"  # word
    JSON_NUMBER_LONG = "json_number_long"
    JSON_VARIABLE = "json_variable"  # line, column
    JSON_VALUE_QUOTES = "json_value_quotes"  # line, column
    JSON_UNTERMINATED = "json_unterminated"  # line, column
    JSON_CUT = "json_cut"  # line, column
    JSON_ESCAPE = "json_escape"  # word, line, column
    JSON_EXTRA = "json_extra"  # line, column
    JSON_OTHER = "json_other"  # line, column
    JSON_RAW_LINE_END = "json_raw_line_end"  # line, column
    JSON_RAW_CONTROL = "json_raw_control"  # word, line, column
    JSON_KEY_TWICE = "json_key_twice"  # found

    # The message
    MSGTYPE_MISSING = "msgtype_missing"
    MSGTYPE_IS_NULL = "msgtype_is_null"
    MSGTYPE_CASE = "msgtype_case"  # found, wanted
    MSGTYPE_OF_OTHERS = "msgtype_of_others"  # found
    MSGTYPE_UNKNOWN = "msgtype_unknown"  # found
    MSGTYPE_INSIDE = "msgtype_inside"  # where
    OTHER_TYPE_FILLED = "other_type_filled"  # msgtype, found
    OBJECT_MISSING = "object_missing"  # msgtype
    OBJECT_IS_TEXT = "object_is_text"  # msgtype, wanted
    OBJECT_IS_JSON_TEXT = "object_is_json_text"  # msgtype
    REFUSAL_INFERRED = "refusal_inferred"  # path
    KEY_CASE = "key_case"  # found, wanted, where
    KEY_NAME = "key_name"  # found, wanted, where
    KEY_AT_TOP = "key_at_top"  # found, where
    FIELD_MISSING = "field_missing"  # path
    FIELD_EMPTY = "field_empty"  # path
    FIELD_TYPE = "field_type"  # path, found
    FIELD_UNPROVEN = "field_unproven"  # path
    CARD_WITHOUT_BUTTON = "card_without_button"
    BUTTONS_INEFFECTIVE = "buttons_ineffective"
    FLAG_NOT_TEXT = "flag_not_text"  # path
    BODY_WRAPPED = "body_wrapped"  # found
    BODY_OF_FEISHU = "body_of_feishu"
    BODY_OF_WECOM = "body_of_wecom"
    BODY_OF_SLACK = "body_of_slack"
    TEXT_LINE_ENDS = "text_line_ends"  # path
    TEXT_MOJIBAKE = "text_mojibake"  # path
    TEXT_QUESTION_MARKS = "text_question_marks"  # path
    TEXT_LOST = "text_lost"  # path
    MSG_UUID_OTHER_BODY = "msg_uuid_other_body"

    # Who is mentioned
    AT_INSIDE = "at_inside"  # where
    AT_AT_TOP = "at_at_top"  # found
    AT_IMPOSSIBLE = "at_impossible"  # msgtype
    AT_NO_OBJECT = "at_no_object"  # found
    AT_LIST = "at_list"  # found
    AT_NUMBERS = "at_numbers"
    AT_SIGN = "at_sign"
    AT_SEVERAL_IN_ONE = "at_several_in_one"
    AT_ALL_TEXT = "at_all_text"
    AT_DINGTALK_IDS = "at_dingtalk_ids"
    AT_NOT_IN_TEXT = "at_not_in_text"  # found, count
    AT_MANY = "at_many"  # count, limit
    AT_ALL_NOT_SET = "at_all_not_set"

    # Keywords and pace
    KEYWORD_NONE = "keyword_none"  # wanted
    KEYWORD_CASE = "keyword_case"  # wanted
    KEYWORD_WIDTH = "keyword_width"  # wanted
    KEYWORD_ELSEWHERE = "keyword_elsewhere"  # wanted
    KEYWORD_ESCAPED = "keyword_escaped"  # wanted
    TOO_FAST = "too_fast"  # limit, rest_s


_C = DiagnosisCode

_NOT_KNOWN = frozenset(
    (
        *(_C.CHARSET_OTHER, _C.JSON_RAW_LINE_END, _C.JSON_RAW_CONTROL, _C.REFUSAL_INFERRED),
        *(_C.FIELD_UNPROVEN, _C.CARD_WITHOUT_BUTTON, _C.FLAG_NOT_TEXT, _C.AT_MANY),
        *(_C.AT_DINGTALK_IDS, _C.AT_NO_OBJECT, _C.AT_LIST, _C.AT_NUMBERS, _C.AT_SIGN),
        *(_C.AT_SEVERAL_IN_ONE, _C.AT_ALL_TEXT, _C.JSON_KEY_TWICE),
    )
)
_NOTES = frozenset(
    (
        *(_C.GZIP_NOT_ASKED_FOR, _C.BUTTONS_INEFFECTIVE, _C.TEXT_LINE_ENDS, _C.TEXT_MOJIBAKE),
        *(_C.TEXT_QUESTION_MARKS, _C.TEXT_LOST, _C.MSG_UUID_OTHER_BODY, _C.AT_INSIDE, _C.AT_AT_TOP),
        *(_C.AT_IMPOSSIBLE, _C.AT_NOT_IN_TEXT, _C.AT_ALL_NOT_SET, _C.ONLY_LOOKED),
        _C.CHECKUP_ASKED,
    )
)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing about a request; `params` holds what a sentence about it needs, never a secret."""

    code: DiagnosisCode
    params: tuple[tuple[str, str | int], ...] = ()

    @property
    def weight(self) -> Weight:
        """What follows from it; the same wherever it is found."""
        if self.code in _NOT_KNOWN:
            return Weight.NOT_KNOWN
        return Weight.NOTE if self.code in _NOTES else Weight.WRONG


def diagnosis(code: DiagnosisCode, **params: str | int) -> Diagnosis:
    """The diagnosis `code`; words of the request are cut, and masked where secret."""
    return Diagnosis(code, tuple((name, _harmless(value)) for name, value in params.items()))


def QT_TRANSLATE_NOOP(_context: str, text: str) -> str:  # noqa: N802 - lupdate looks for this name
    """The text as it is: it is marked for translation, without any Qt."""
    return text


def _harmless(value: str | int) -> str | int:
    if isinstance(value, int):
        return value
    word = _SECRET_LOOKING.sub("…", "".join(c if c.isprintable() else "\ufffd" for c in value))
    return word if len(word) <= _WORD_CHARACTERS else f"{word[:_WORD_CHARACTERS]}…"
