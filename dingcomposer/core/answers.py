"""What DingTalk's errcode and errmsg mean.

`FACTS` holds one row for each answer that was ever seen, with where it was seen; `explain` reads
an answer by it, and the sandbox answers in its words. A code that is not here is never guessed.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from dingcomposer.core.records import dataclass, lazy_pattern

# "It is busy" means: whether the message was taken is not said.
BUSY_ERRCODE = -1
# {"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": "…"}: the address called too
# often and is banned for `wait` minutes. There is no errcode in it. Seen in public issue trackers.
BANNED_STATUS = 1111


class Cause(StrEnum):
    """Why DingTalk answered as it did."""

    DELIVERED = "delivered"
    KEYWORD = "keyword"
    TIMESTAMP = "timestamp"
    SIGNATURE = "signature"
    IP = "ip"
    TOKEN = "token"  # noqa: S105 - a name, not a token
    ROBOT_DISABLED = "robot_disabled"
    ROBOT_GONE = "robot_gone"
    GROUP_GONE = "group_gone"
    MESSAGE_TYPE = "message_type"
    MISSING_FIELD = "missing_field"
    NOT_JSON = "not_json"
    METHOD = "method"
    HTTPS = "https"
    CONTENT_TYPE = "content_type"
    PATH = "path"
    TOO_FAST = "too_fast"
    TOO_LONG = "too_long"
    BUSY = "busy"
    UNSAFE_LINK = "unsafe_link"
    UNSAFE_TEXT = "unsafe_text"
    UNSAFE_PICTURE = "unsafe_picture"
    UNSAFE_CONTENT = "unsafe_content"
    AT_ALL = "at_all"
    FORBIDDEN = "forbidden"
    ADDRESS_BANNED = "address_banned"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """How sure a fact is."""

    OFFICIAL = "O"  # DingTalk's own documentation
    MET = "M"  # a real server answer that somebody quoted


class Generation(StrEnum):
    """DingTalk worded its errmsg in four ways over the years; all are still met."""

    PLAIN = "a"  # sign not match
    LINKED = "b"  # sign not match, more: [https://…]
    DESCRIBED = "c"  # description:…;solution:…;link:…
    CHINESE = "d"  # 错误描述:…;解决方案:…;参考链接:…


OFFICIAL_PAGE = "https://open.dingtalk.com/document/development/custom-robots-send-group-messages"
_TRACKERS = "server answers quoted in public issue trackers"
_MORE = "https://ding-doc.dingtalk.com/doc#/serverapi2/qf2nxq"
_LINK = "请参考本接口对应文档获得具体要求，或者在https://open.dingtalk.com/document/  搜索相关文档"


@dataclass(frozen=True, slots=True)
class Fact:
    """One answer of the real server: its code, its words, what it means, where that was read.

    `errcode` None: the words were seen, the code was not noted. `wordings` are the descriptions,
    without the frame that a generation puts around them; where a Chinese one was seen it is last.
    `is_told_by_words`: the code alone does not say the cause. All were read on 2026-08-22.
    """

    errcode: int | None
    wordings: tuple[str, ...]
    cause: Cause
    mark: Evidence = Evidence.OFFICIAL
    source: str = OFFICIAL_PAGE
    solution: str = ""
    is_told_by_words: bool = False

    def errmsg(self, generation: Generation = Generation.PLAIN) -> str:
        """The answer's words as the server of that generation puts them."""
        first, last = self.wordings[0], self.wordings[-1]
        match generation:
            case Generation.PLAIN:
                return first
            case Generation.LINKED:
                return f"{first}, more: [{_MORE}]"
            case Generation.DESCRIBED:
                return f"description:{last};solution:{self.solution};link:{_LINK};"
            case Generation.CHINESE:
                return f"错误描述:{last};解决方案:{self.solution};参考链接:{_LINK};"


def _security(
    cause: Cause, *wordings: str, solution: str = "", source: str = OFFICIAL_PAGE
) -> Fact:
    """One of the four refusals that share the code 310000."""
    mark = Evidence.OFFICIAL if source == OFFICIAL_PAGE else Evidence.MET
    return Fact(310000, wordings, cause, mark, source, solution, is_told_by_words=True)


def _missing(errcode: int, *fields: str) -> Fact:
    """A refusal for a field that is missing, empty, or in the wrong letter case."""
    english = tuple(f"miss param : {field}" for field in fields)
    chinese = f"参数 {fields[-1].replace('->', ' --》 ')} 缺失，或者参数格式不正确"
    solution = "请填充上对应参数"
    return Fact(
        errcode,
        (*english, chinese),
        Cause.MISSING_FIELD,
        Evidence.MET,
        _TRACKERS,
        solution=solution,
    )


def _met(errcode: int | None, cause: Cause, *wordings: str) -> Fact:
    """An answer that somebody quoted."""
    return Fact(
        errcode,
        wordings,
        cause,
        Evidence.MET,
        _TRACKERS,
        is_told_by_words=errcode in (None, 40035, 300001, 500100),
    )


FACTS: tuple[Fact, ...] = (
    Fact(0, ("ok",), Cause.DELIVERED),
    Fact(BUSY_ERRCODE, ("系统繁忙",), Cause.BUSY),
    # github.com/jeessy2/ddns-go/issues/1048. Whether the message was taken is not said either.
    _met(500100, Cause.BUSY, "系统异常，请稍后再试"),
    _met(404, Cause.PATH, "请求的URI地址不存在"),
    _met(22, Cause.PATH, "Invalid method[submsg=不合法ApiName]"),
    Fact(40035, ("Missing parameter json", "缺少参数 json"), Cause.NOT_JSON, is_told_by_words=True),
    _met(40035, Cause.TOKEN, "缺少参数 access_token"),
    _met(43002, Cause.METHOD, "需要POST请求"),
    _met(43003, Cause.HTTPS, "需要HTTPS"),
    Fact(43004, ("无效的HTTP HEADER Content-Type",), Cause.CONTENT_TYPE),
    _met(300001, Cause.TOKEN, "token is not exist"),
    # github.com/jeessy2/ddns-go/issues/397: a body without msgtype, sent with a token that exists.
    _met(300001, Cause.MESSAGE_TYPE, "msgtype is null"),
    # github.com/grafana/grafana/pull/13755, 2018: a card or a markdown without title or text.
    _met(300001, Cause.MISSING_FIELD, "message param title or text is null"),
    _met(300005, Cause.TOKEN, "token is not exist"),
    Fact(400013, ("群已被解散",), Cause.GROUP_GONE),
    Fact(400101, ("access_token不存在",), Cause.TOKEN),
    Fact(400102, ("机器人已停用",), Cause.ROBOT_DISABLED),
    _met(400102, Cause.ROBOT_DISABLED, "机器人已经停用或者未启用"),
    Fact(400105, ("不支持的消息类型",), Cause.MESSAGE_TYPE),
    Fact(400106, ("机器人不存在",), Cause.ROBOT_GONE),
    _missing(400201, "text"),
    _missing(400202, "text->content"),
    _missing(400302, "link->text"),
    _missing(400303, "link->title"),
    _missing(400304, "link->messageUrl"),
    _missing(400401, "markdown"),
    _missing(400402, "markdown->title"),
    _missing(400403, "markdown->text"),
    _missing(400503, "actionCard->text"),
    _missing(400602, "feedCard->links"),
    _security(
        Cause.KEYWORD,
        "keywords not in content",
        "关键词不匹配",
        solution="请联系群管理员查看此机器人的关键词，并在发送的信息中包含此关键词",
    ),
    _security(Cause.TIMESTAMP, "invalid timestamp"),
    _security(
        Cause.TIMESTAMP,
        "机器人发送签名过期",
        # It speaks of signature and timestamp both: only the description tells them apart.
        solution="签名生成时间和发送时间请保持在 timestampms 以内",
        source=_TRACKERS,
    ),
    _security(
        Cause.SIGNATURE,
        "sign not match",
        "机器人发送签名不匹配",
        solution="请确认签名和生成签名的时间戳必须都放在调用的网址中，请确认机器人的密钥加密和填写正确",
    ),
    _security(Cause.IP, "ip 203.0.113.7 not in whitelist", "ip 不在白名单中"),
    _met(130101, Cause.TOO_FAST, "send too fast, exceed 20 times per minute"),
    Fact(410100, ("发送速度太快而限流",), Cause.TOO_FAST),
    _met(660026, Cause.TOO_FAST, "sending too many messages per minute"),
    Fact(430101, ("unSafe URL", "含有不安全的外链"), Cause.UNSAFE_LINK),
    Fact(430102, ("含有不合适的文本",), Cause.UNSAFE_TEXT),
    Fact(430103, ("含有不合适的图片",), Cause.UNSAFE_PICTURE),
    Fact(430104, ("含有不合适的内容",), Cause.UNSAFE_CONTENT),
    _met(460101, Cause.TOO_LONG, "message too long, exceed 20000 bytes", "body 大小不合法"),
    _met(101002, Cause.TOO_LONG, "message is too long"),
    _met(None, Cause.AT_ALL, "only group admin can @ All"),
    _met(None, Cause.FORBIDDEN, "send forbidden"),
)

_BY_CODE = {
    fact.errcode: fact.cause
    for fact in FACTS
    if fact.errcode is not None and not fact.is_told_by_words
}
# What to look for in the description, by code (None: under a code that is not known); in order.
_BY_WORDS: dict[int | None, tuple[tuple[Cause, re.Pattern[str]], ...]] = {
    310000: (
        (Cause.TIMESTAMP, lazy_pattern(r"invalid timestamp|签名过期")),
        (Cause.SIGNATURE, lazy_pattern(r"sign not match|签名不匹配")),
        (Cause.KEYWORD, lazy_pattern(r"keywords? not in content|关键词不匹配")),
        (Cause.IP, lazy_pattern(r"not in (?:the )?whitelist|不在白名单")),
    ),
    40035: (
        (Cause.NOT_JSON, lazy_pattern(r"(?:missing parameter|缺少参数) ?json")),
        (Cause.TOKEN, lazy_pattern(r"(?:missing parameter|缺少参数) ?access_token")),
    ),
    300001: (
        (Cause.MESSAGE_TYPE, lazy_pattern(r"msgtype is null")),
        (Cause.MISSING_FIELD, lazy_pattern(r"message param .* is null")),
        # An old general code. Whatever else it says: everywhere but there it was about the token.
        (Cause.TOKEN, lazy_pattern("")),
    ),
    # A general code, of which only these words were seen.
    500100: ((Cause.BUSY, lazy_pattern(r"稍后再试")),),
    None: (
        (Cause.AT_ALL, lazy_pattern(r"only group admin can @ ?all")),
        (Cause.FORBIDDEN, lazy_pattern(r"send forbidden")),
    ),
}
_FIELD_CODES = range(400200, 400700)
_MISSING = lazy_pattern(
    r"miss param ?[:：] ?(?P<english>\w+(?: ?-> ?\w+)*)"
    r"|参数 ?(?P<chinese>\w+?(?: ?(?:--》|-->|->) ?\w+?)*) ?缺失"
)
_ADDRESS = lazy_pattern(r"ip\s*[:：]?\s*([0-9a-f.:]*[0-9a-f])(?=\s|不|$)", re.IGNORECASE)
_NULL_PARAMETER = lazy_pattern(r"message param ([a-z]\w*(?: or \w+)*) is null")
_ARROW = lazy_pattern(r" ?(?:--》|-->|->) ?")
_DESCRIPTION = lazy_pattern(r"(?:description|错误描述) ?[:：] ?([^;；]*)", re.IGNORECASE)
_NUMBER = lazy_pattern(r"-?[0-9]{1,18}")


def explain(errcode: object, errmsg: object) -> Cause:
    """The cause of an answer. Takes whatever stood in the JSON and never raises."""
    if is_delivered(errcode):
        return Cause.DELIVERED
    code = to_number(errcode)
    description = _description(errmsg).lower()
    if code is not None and code in _BY_CODE:
        return _BY_CODE[code]
    if code is not None and code in _FIELD_CODES and _MISSING.search(description):
        return Cause.MISSING_FIELD
    return next(_causes_by_words(code, description), Cause.UNKNOWN)


def is_delivered(errcode: object) -> bool:
    """True for the integer 0 and the string "0", and for nothing else (not false, 0.0, " 0")."""
    return (type(errcode) is int and errcode == 0) or errcode == "0"


def to_number(errcode: object) -> int | None:
    """An errcode that stands as an integer or as a string of digits; None for any other form."""
    if type(errcode) is int:
        return errcode
    if isinstance(errcode, str) and _NUMBER.fullmatch(errcode):
        return int(errcode)
    return None


def missing_field(errmsg: object) -> str | None:
    """The field that an answer misses, as `text->content`; None where it names none."""
    found = _MISSING.search(_description(errmsg))
    if found is None:
        null = _NULL_PARAMETER.search(_description(errmsg))
        return None if null is None else null[1]
    return _ARROW.sub("->", found["english"] or found["chinese"])


def named_address(errmsg: object) -> str | None:
    """The address that an answer says is not on the robot's list; None where it names none."""
    found = _ADDRESS.search(_description(errmsg))
    return None if found is None else found[1]


def is_known_errcode(errcode: object) -> bool:
    """True where this code was seen before, in whatever words."""
    code = to_number(errcode)
    return any(fact.errcode == code for fact in FACTS if code is not None)


def _causes_by_words(code: int | None, description: str) -> Iterator[Cause]:
    table = _BY_WORDS[code if code in _BY_WORDS else None]
    return (cause for cause, words in table if words.search(description))


def _description(errmsg: object) -> str:
    """The part of the words that says what happened: a solution may speak of anything."""
    if not isinstance(errmsg, str):
        return ""
    text = " ".join(errmsg.split())
    framed = _DESCRIPTION.match(text)
    return framed[1] if framed else text.split(", more:")[0]
