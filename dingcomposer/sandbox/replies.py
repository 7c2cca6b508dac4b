"""What DingTalk says: the facts of `core.answers` that the sandbox repeats, by name."""

from dingcomposer.core.answers import FACTS, Cause, Fact

# The number of an answer of which only the words are known: a stand-in, nothing that DingTalk uses.
UNKNOWN_ERRCODE = 900000


def _said(errcode: int | None, cause: Cause) -> Fact:
    return next(fact for fact in FACTS if (fact.errcode, fact.cause) == (errcode, cause))


OK = _said(0, Cause.DELIVERED)
BUSY = _said(-1, Cause.BUSY)
BUSY_500100 = _said(500100, Cause.BUSY)

# How it was called
WRONG_PATH = _said(404, Cause.PATH)
WRONG_API_NAME = _said(22, Cause.PATH)
NOT_POST = _said(43002, Cause.METHOD)
NOT_HTTPS = _said(43003, Cause.HTTPS)
WRONG_CONTENT_TYPE = _said(43004, Cause.CONTENT_TYPE)
NOT_JSON = _said(40035, Cause.NOT_JSON)

# Whom it was meant for
NO_TOKEN = _said(40035, Cause.TOKEN)
UNKNOWN_TOKEN = _said(300005, Cause.TOKEN)
UNKNOWN_TOKEN_300001 = _said(300001, Cause.TOKEN)
UNKNOWN_TOKEN_400101 = _said(400101, Cause.TOKEN)
ROBOT_DISABLED = _said(400102, Cause.ROBOT_DISABLED)
ROBOT_GONE = _said(400106, Cause.ROBOT_GONE)
GROUP_GONE = _said(400013, Cause.GROUP_GONE)

# The robot's security settings
NO_KEYWORD = _said(310000, Cause.KEYWORD)
WRONG_TIMESTAMP = _said(310000, Cause.TIMESTAMP)
WRONG_SIGNATURE = _said(310000, Cause.SIGNATURE)

# The message
NO_MESSAGE_TYPE = _said(300001, Cause.MESSAGE_TYPE)
WRONG_MESSAGE_TYPE = _said(400105, Cause.MESSAGE_TYPE)
TOO_LONG = _said(460101, Cause.TOO_LONG)
TOO_LONG_101002 = _said(101002, Cause.TOO_LONG)
UNSAFE_LINK = _said(430101, Cause.UNSAFE_LINK)
UNSAFE_TEXT = _said(430102, Cause.UNSAFE_TEXT)
UNSAFE_PICTURE = _said(430103, Cause.UNSAFE_PICTURE)
UNSAFE_CONTENT = _said(430104, Cause.UNSAFE_CONTENT)
AT_ALL_RESERVED = _said(None, Cause.AT_ALL)
SEND_FORBIDDEN = _said(None, Cause.FORBIDDEN)

# Too often
TOO_FAST = _said(130101, Cause.TOO_FAST)
TOO_FAST_410100 = _said(410100, Cause.TOO_FAST)
TOO_FAST_660026 = _said(660026, Cause.TOO_FAST)

# The object of a type is missing. The numbers are inferred from their neighbours (400201, 400401);
# no others are made up: what no answer was quoted for is taken.
_INFERRED = {"link": 400301, "actionCard": 400501, "feedCard": 400601}


def missing(path: str) -> Fact:
    """The refusal for a missing field; `path` as DingTalk writes it, e.g. "text->content"."""
    words = f"miss param : {path}"
    for fact in FACTS:
        if words in fact.wordings:
            return fact
    return Fact(_INFERRED[path], (words,), Cause.MISSING_FIELD, solution="请填充上对应参数")


def address_not_listed(address: str) -> Fact:
    """The refusal of a caller that is not on the robot's address list."""
    return Fact(310000, (f"ip {address} not in whitelist", "ip 不在白名单中"), Cause.IP)
