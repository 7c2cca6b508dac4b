"""What is said of how the robot was called and signed, in English; the window translates it."""

from typing import Final

from dingcomposer.sandbox.diagnosis.codes import QT_TRANSLATE_NOOP, DiagnosisCode

_C = DiagnosisCode

CALL_SENTENCES: Final[dict[DiagnosisCode, str]] = {
    _C.PATH_WRONG: QT_TRANSLATE_NOOP("Diagnosis", "The path must be {wanted}."),
    _C.PATH_SLASH: QT_TRANSLATE_NOOP(
        "Diagnosis", "There is a slash too many in the path: it must be /robot/send."
    ),
    _C.PATH_DOUBLED: QT_TRANSLATE_NOOP(
        "Diagnosis", "The path stands twice: /robot/send was added to a webhook that holds it."
    ),
    _C.PATH_NO_QUESTION_MARK: QT_TRANSLATE_NOOP(
        "Diagnosis", "The query must begin with “?”; here “&” follows the path."
    ),
    _C.METHOD_NOT_POST: QT_TRANSLATE_NOOP("Diagnosis", "The request is {method}; it must be POST."),
    _C.METHOD_GET_WITH_BODY: QT_TRANSLATE_NOOP(
        "Diagnosis", "The request is GET although it has a body; it must be POST."
    ),
    _C.METHOD_PREFLIGHT: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "A web page asked whether it may call (CORS). Robots are for programs, not for pages.",
    ),
    _C.METHOD_TLS: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The client speaks https; the sandbox speaks http alone: its address begins with http://.",
    ),
    _C.ONLY_LOOKED: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Nothing was to be posted: somebody looked whether a server is here, as a browser does, or"
        " a check-up for the time.",
    ),
    _C.CHECKUP_ASKED: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "A check-up asked with an empty request. It was let through as far as its missing message,"
        " and nothing was posted.",
    ),
    _C.CONTENT_TYPE_MISSING: QT_TRANSLATE_NOOP(
        "Diagnosis", "The header Content-Type is missing; it must be application/json."
    ),
    _C.CONTENT_TYPE_FORM: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The body was announced as a form (curl -d does so by itself): "
        "set the header Content-Type: application/json.",
    ),
    _C.CONTENT_TYPE_OTHER: QT_TRANSLATE_NOOP(
        "Diagnosis", "Content-Type is {word}; it must be application/json."
    ),
    _C.CHARSET_OTHER: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "charset={charset} is announced. Here the body is read as UTF-8 all the same; "
        "what DingTalk does with it is not known.",
    ),
    _C.ADDRESS_NOT_LISTED: QT_TRANSLATE_NOOP(
        "Diagnosis", "The call came from {address}; allowed are: {listed}."
    ),
    _C.GZIP_NOT_ASKED_FOR: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The answer was not compressed: Accept-Encoding did not ask for gzip.",
    ),
    # Whom it was meant for
    _C.TOKEN_MISSING: QT_TRANSLATE_NOOP(
        "Diagnosis", "access_token is missing from the query, or it is empty."
    ),
    _C.TOKEN_NAME: QT_TRANSLATE_NOOP(
        "Diagnosis", "The parameter is called “{found}”; it must be access_token."
    ),
    _C.TOKEN_IN_HEADER: QT_TRANSLATE_NOOP(
        "Diagnosis", "There is no access_token in the query; a header seems to hold it."
    ),
    _C.TOKEN_IN_BODY: QT_TRANSLATE_NOOP(
        "Diagnosis", "There is no access_token in the query; the body holds it."
    ),
    _C.TOKEN_SPACES: QT_TRANSLATE_NOOP(
        "Diagnosis", "There is white space in or around the access token (often a line end)."
    ),
    _C.TOKEN_QUOTES: QT_TRANSLATE_NOOP("Diagnosis", "The access token stands in quotation marks."),
    _C.TOKEN_IS_URL: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The access token holds a whole webhook; only what follows access_token= belongs there.",
    ),
    _C.TOKEN_IS_SECRET: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The access token begins with SEC: that is how signing secrets begin, not tokens.",
    ),
    _C.TOKEN_IS_VARIABLE: QT_TRANSLATE_NOOP(
        "Diagnosis", "The access token is the placeholder {word}, which nothing has replaced."
    ),
    _C.TOKEN_CASE: QT_TRANSLATE_NOOP("Diagnosis", "The access token is in another letter case."),
    _C.TOKEN_CUT: QT_TRANSLATE_NOOP(
        "Diagnosis", "The access token was cut short: {length} characters of {wanted}."
    ),
    _C.TOKEN_LONG: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Something else is attached to the access token: {length} characters instead of {wanted}.",
    ),
    _C.TOKEN_TWICE: QT_TRANSLATE_NOOP(
        "Diagnosis", "access_token stands in the query twice; give it once."
    ),
    _C.TOKEN_RUNS_ON: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "What follows the access token belongs to it as it stands: join parameters with “&”, "
        "not with a second “?” or with “&amp;”.",
    ),
    _C.TOKEN_UNKNOWN: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "No robot here has this access token. The sandbox makes new ones at each start, "
        "unless they are kept.",
    ),
    # The signature and its time
    _C.SIGN_MISSING: QT_TRANSLATE_NOOP("Diagnosis", "There is no sign in the query."),
    _C.SIGN_NAME: QT_TRANSLATE_NOOP(
        "Diagnosis", "The parameter is called “{found}”; it must be {wanted}."
    ),
    _C.SIGN_IN_BODY: QT_TRANSLATE_NOOP(
        "Diagnosis", "There is no {found} in the query; the body holds one."
    ),
    _C.SIGN_IN_HEADER: QT_TRANSLATE_NOOP(
        "Diagnosis", "There is no {found} in the query; a header holds one."
    ),
    _C.SIGN_TWICE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "timestamp or sign stands in the query twice (was a signed webhook signed again?); "
        "the first one counts here.",
    ),
    _C.SIGN_ENCODED_TWICE: QT_TRANSLATE_NOOP("Diagnosis", "sign was encoded twice."),
    _C.SIGN_PLUS: QT_TRANSLATE_NOOP(
        "Diagnosis", "“+” in sign was not encoded: it must be %2B, or it arrives as a space."
    ),
    _C.SIGN_SPACES: QT_TRANSLATE_NOOP(
        "Diagnosis", "There is white space or a line end in or around sign."
    ),
    _C.SIGN_QUOTES: QT_TRANSLATE_NOOP("Diagnosis", "sign stands in quotation marks."),
    _C.SIGN_HEX: QT_TRANSLATE_NOOP("Diagnosis", "sign is in hex; it must be base64."),
    _C.SIGN_BASE64_OF_HEX: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "sign is the base64 of hex digits; it must be the base64 of the digest's bytes.",
    ),
    _C.SIGN_URL_SAFE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "sign is in the other base64 with “-” and “_”; it must be the usual one with “+” and “/”.",
    ),
    _C.SIGN_NO_PADDING: QT_TRANSLATE_NOOP("Diagnosis", "The “=” at the end of sign is missing."),
    _C.SIGN_IS_SECRET: QT_TRANSLATE_NOOP(
        "Diagnosis", "sign is the secret itself; the secret must never be sent."
    ),
    _C.SIGN_IS_VARIABLE: QT_TRANSLATE_NOOP(
        "Diagnosis", "sign is the placeholder {word}, which nothing has replaced."
    ),
    _C.SIGN_MALFORMED: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "sign is no signature: {length} characters; the base64 of HMAC-SHA256 has 44.",
    ),
    _C.SIGN_HASH: QT_TRANSLATE_NOOP(
        "Diagnosis", "sign was made with HMAC-{found}; it must be HMAC-SHA256."
    ),
    _C.SIGN_NOT_HMAC: QT_TRANSLATE_NOOP(
        "Diagnosis", "sign is a plain hash; it must be an HMAC whose key is the secret."
    ),
    _C.SIGN_SWAPPED: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Key and text were swapped: the secret is the key; timestamp, line end, secret the text.",
    ),
    _C.SIGN_FEISHU: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "sign was made in Feishu's way (timestamp and secret as the key, an empty text).",
    ),
    _C.SIGN_TEXT_TIMESTAMP_ONLY: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Only the timestamp was signed; it must be timestamp, line end, secret.",
    ),
    _C.SIGN_TEXT_SECRET_ONLY: QT_TRANSLATE_NOOP(
        "Diagnosis", "Only the secret was signed; it must be timestamp, line end, secret."
    ),
    _C.SIGN_TEXT_LINE_END: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The text that was signed has a line end too many behind the secret (echo without -n?).",
    ),
    _C.SIGN_TEXT_NO_LINE_END: QT_TRANSLATE_NOOP(
        "Diagnosis", "The line end between timestamp and secret was left out when signing."
    ),
    _C.SIGN_TEXT_BACKSLASH_N: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Between timestamp and secret the two signs “\\n” were signed instead of a line end.",
    ),
    _C.SIGN_TEXT_CRLF: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "Between timestamp and secret CR LF was signed; it must be LF alone.",
    ),
    _C.SIGN_TEXT_REVERSED: QT_TRANSLATE_NOOP(
        "Diagnosis", "The secret was signed before the timestamp; the timestamp comes first."
    ),
    _C.SIGN_TEXT_BODY: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The body was signed; it must be timestamp, line end, secret.",
    ),
    _C.SIGN_KEY_SPACES: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The secret was used with white space or a line end before or behind it.",
    ),
    _C.SIGN_KEY_NO_PREFIX: QT_TRANSLATE_NOOP(
        "Diagnosis", "The secret was used without its SEC; it belongs to the secret."
    ),
    _C.SIGN_KEY_CASE: QT_TRANSLATE_NOOP("Diagnosis", "The secret was used in another letter case."),
    _C.SIGN_KEY_IS_TOKEN: QT_TRANSLATE_NOOP(
        "Diagnosis", "The access token was used in the place of the secret."
    ),
    _C.SIGN_KEY_EMPTY: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "sign was made with an empty key: the secret is missing in the client.",
    ),
    _C.SIGN_OTHER_ROBOT: QT_TRANSLATE_NOOP(
        "Diagnosis", "sign was made with the secret of another robot here: {robot}."
    ),
    _C.SIGN_OTHER_TIMESTAMP: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "sign belongs to another timestamp, {off_ms} ms off: the clock was read twice. "
        "Sign the timestamp that is sent.",
    ),
    _C.SIGN_OTHER_UNIT: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "One of the two timestamps, the signed and the sent, is in seconds, the other in ms.",
    ),
    _C.SIGN_OTHER_SECRET: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "A well-formed signature, but of another secret (or of another timestamp).",
    ),
    _C.TIMESTAMP_MISSING: QT_TRANSLATE_NOOP("Diagnosis", "There is no timestamp in the query."),
    _C.TIMESTAMP_SECONDS: QT_TRANSLATE_NOOP(
        "Diagnosis", "The timestamp is in seconds; it must be in milliseconds."
    ),
    _C.TIMESTAMP_TOO_FINE: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The timestamp is in microseconds or nanoseconds; it must be in milliseconds.",
    ),
    _C.TIMESTAMP_NO_NUMBER: QT_TRANSLATE_NOOP(
        "Diagnosis", "The timestamp must be digits alone: milliseconds since 1970."
    ),
    _C.TIMESTAMP_OLD: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The timestamp is {off_s} old; at most {limit_s} are allowed. Sign each request afresh.",
    ),
    _C.TIMESTAMP_AHEAD: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "The timestamp is {off_s} ahead of this clock; at most {limit_s} are allowed.",
    ),
    _C.TOO_FAST: QT_TRANSLATE_NOOP(
        "Diagnosis",
        "More than {limit} messages within a minute; the robot rests for another {rest_s}.",
    ),
}
"""What each code about the call, the token, the signature and the pace says."""
