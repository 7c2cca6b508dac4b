"""What DingTalk's errcode and errmsg mean."""

from enum import StrEnum


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
