"""What happened to a send and what helps: a sentence for each cause and each fault.

They stand in the first row of what announcers read, so no word of programmers is in them: numbers,
names of protocols and an answer's own words are `technical_words` of `ui.texts.outcomes`. {Who}, or
{who} inside a sentence, is whoever answered: DingTalk, or the sandbox in its place.
"""

from dingcomposer.core.answers import Cause
from dingcomposer.core.delivery import Fault
from dingcomposer.ui.texts.translate import QT_TRANSLATE_NOOP, Phrase

HAPPENED: dict[Cause | Fault, Phrase] = {
    Cause.DELIVERED: QT_TRANSLATE_NOOP("Verdicts", "{Who} accepted the message."),
    Cause.KEYWORD: QT_TRANSLATE_NOOP(
        "Verdicts", "The message contains none of the robot's keywords."
    ),
    Cause.TIMESTAMP: QT_TRANSLATE_NOOP(
        "Verdicts", "This computer's clock is more than an hour off {who}'s."
    ),
    Cause.SIGNATURE: QT_TRANSLATE_NOOP("Verdicts", "The signature does not match."),
    Cause.IP: QT_TRANSLATE_NOOP(
        "Verdicts", "This computer's public address is not in the robot's address list."
    ),
    Cause.TOKEN: QT_TRANSLATE_NOOP("Verdicts", "{Who} does not know this webhook."),
    Cause.ROBOT_DISABLED: QT_TRANSLATE_NOOP("Verdicts", "The robot is disabled."),
    Cause.ROBOT_GONE: QT_TRANSLATE_NOOP("Verdicts", "The robot is no longer in the group."),
    Cause.GROUP_GONE: QT_TRANSLATE_NOOP("Verdicts", "The group was dissolved."),
    Cause.MESSAGE_TYPE: QT_TRANSLATE_NOOP(
        "Verdicts", "{Who} does not accept this type of message."
    ),
    Cause.MISSING_FIELD: QT_TRANSLATE_NOOP("Verdicts", "A required field is missing or empty."),
    Cause.NOT_JSON: QT_TRANSLATE_NOOP(
        "Verdicts", "{Who} could not read the message as it arrived."
    ),
    Cause.METHOD: QT_TRANSLATE_NOOP("Verdicts", "The webhook's address takes no messages."),
    Cause.HTTPS: QT_TRANSLATE_NOOP("Verdicts", "The address must begin with https."),
    Cause.CONTENT_TYPE: QT_TRANSLATE_NOOP(
        "Verdicts", "The message was not accepted in the form in which it arrived."
    ),
    Cause.PATH: QT_TRANSLATE_NOOP("Verdicts", "The webhook's address does not exist."),
    Cause.TOO_FAST: QT_TRANSLATE_NOOP(
        "Verdicts", "More than 20 messages in a minute: {who} has throttled this robot."
    ),
    Cause.TOO_LONG: QT_TRANSLATE_NOOP(
        "Verdicts", "The message is too long: about 6 600 Chinese characters fit."
    ),
    Cause.BUSY: QT_TRANSLATE_NOOP(
        "Verdicts", "{Who} was busy at every attempt. It may have accepted the message anyway."
    ),
    Cause.UNSAFE_LINK: QT_TRANSLATE_NOOP("Verdicts", "{Who} considers a link unsafe."),
    Cause.UNSAFE_TEXT: QT_TRANSLATE_NOOP("Verdicts", "{Who}'s content review refused the text."),
    Cause.UNSAFE_PICTURE: QT_TRANSLATE_NOOP(
        "Verdicts", "{Who}'s content review refused a picture."
    ),
    Cause.UNSAFE_CONTENT: QT_TRANSLATE_NOOP(
        "Verdicts", "{Who}'s content review refused the message."
    ),
    Cause.AT_ALL: QT_TRANSLATE_NOOP(
        "Verdicts", "In this group only the owner and admins may mention everyone."
    ),
    Cause.FORBIDDEN: QT_TRANSLATE_NOOP("Verdicts", "This robot is not allowed to send."),
    Cause.ADDRESS_BANNED: QT_TRANSLATE_NOOP(
        "Verdicts", "{Who} has banned this computer's public address for too many calls."
    ),
    Cause.UNKNOWN: QT_TRANSLATE_NOOP(
        "Verdicts", "It was refused for a reason that is not known here."
    ),
    Fault.NAME_NOT_FOUND: QT_TRANSLATE_NOOP("Verdicts", "The webhook's server was not found."),
    Fault.CONNECTION_REFUSED: QT_TRANSLATE_NOOP("Verdicts", "The server refused the connection."),
    Fault.CONNECT_TIMEOUT: QT_TRANSLATE_NOOP(
        "Verdicts", "No connection was made in the time allowed."
    ),
    Fault.NO_HANDLES: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Too many files and connections are open on this computer to make another (no handles are left).",
    ),
    Fault.NO_ROUTE: QT_TRANSLATE_NOOP("Verdicts", "The network does not lead to the server."),
    Fault.TLS_EXPIRED: QT_TRANSLATE_NOOP(
        "Verdicts", "The server's certificate is not valid at this time."
    ),
    Fault.TLS_WRONG_HOST: QT_TRANSLATE_NOOP(
        "Verdicts", "The server presented another server's certificate."
    ),
    Fault.TLS_UNTRUSTED: QT_TRANSLATE_NOOP(
        "Verdicts", "The server's certificate is not trusted on this computer."
    ),
    Fault.TLS_CERTIFICATE: QT_TRANSLATE_NOOP("Verdicts", "The server's certificate is faulty."),
    Fault.TLS_FAILED: QT_TRANSLATE_NOOP("Verdicts", "No secure connection could be made."),
    Fault.PROXY_UNREACHABLE: QT_TRANSLATE_NOOP("Verdicts", "The proxy cannot be reached."),
    Fault.PROXY_WANTS_PASSWORD: QT_TRANSLATE_NOOP("Verdicts", "The proxy asks for a password."),
    Fault.PROXY_REFUSED: QT_TRANSLATE_NOOP("Verdicts", "The proxy refused the connection."),
    Fault.PROXY_UNUSABLE: QT_TRANSLATE_NOOP("Verdicts", "The proxy's address cannot be used."),
    Fault.UNREACHABLE: QT_TRANSLATE_NOOP("Verdicts", "The server could not be reached."),
    Fault.BAD_ENDPOINT: QT_TRANSLATE_NOOP("Verdicts", "The webhook's address cannot be used."),
    Fault.CA_FILE_UNUSABLE: QT_TRANSLATE_NOOP(
        "Verdicts", "The file of trusted certificates cannot be read."
    ),
    Fault.NO_TOKEN: QT_TRANSLATE_NOOP("Verdicts", "The robot has no webhook."),
    Fault.SECRETS_MISSING: QT_TRANSLATE_NOOP(
        "Verdicts",
        "This computer has no password store, and the webhook was not pasted in this run.",
    ),
    Fault.SECRETS_LOCKED: QT_TRANSLATE_NOOP("Verdicts", "The computer's password store is locked."),
    Fault.SECRETS_SLOW: QT_TRANSLATE_NOOP(
        "Verdicts", "The computer's password store did not answer in time."
    ),
    Fault.SECRETS_UNAVAILABLE: QT_TRANSLATE_NOOP(
        "Verdicts", "The computer's password store failed or refused."
    ),
    Fault.CANNOT_ENCODE: QT_TRANSLATE_NOOP(
        "Verdicts", "The message contains half a character, which cannot be sent."
    ),
    Fault.TOKEN_CHANGED: QT_TRANSLATE_NOOP(
        "Verdicts",
        "The robot has another webhook now than when this was confirmed, so this attempt did not leave: it could have reached another group.",
    ),
    Fault.HISTORY_NOT_WRITTEN: QT_TRANSLATE_NOOP(
        "Verdicts", "The history could not be written, so nothing was sent."
    ),
    Fault.NEVER_STARTED: QT_TRANSLATE_NOOP(
        "Verdicts", "The program ended before it was this message's turn."
    ),
    Fault.STOPPED: QT_TRANSLATE_NOOP(
        "Verdicts",
        "What was to go out before it did not arrive, so it was stopped there.",
    ),
    Fault.PROGRAM_FAULT: QT_TRANSLATE_NOOP("Verdicts", "Something went wrong in this program."),
    Fault.READ_TIMEOUT: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but no answer came in the time allowed."
    ),
    Fault.CONNECTION_LOST: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but the connection broke before an answer came."
    ),
    Fault.ANSWER_CUT_SHORT: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but the answer broke off halfway."
    ),
    Fault.ANSWER_TOO_LARGE: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but the answer was far longer than any of DingTalk's."
    ),
    Fault.EMPTY_ANSWER: QT_TRANSLATE_NOOP("Verdicts", "It was sent, but the answer was empty."),
    Fault.NOT_DINGTALK: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but what came back is not what DingTalk answers."
    ),
    Fault.ODD_ERRCODE: QT_TRANSLATE_NOOP(
        "Verdicts", "It was sent, but the answer cannot be understood."
    ),
    Fault.REDIRECTED: QT_TRANSLATE_NOOP(
        "Verdicts",
        "It was sent, but the server pointed to another address, which was not followed.",
    ),
    Fault.HTTP_STATUS: QT_TRANSLATE_NOOP(
        "Verdicts",
        "It was sent, but what the server answered does not say that it was delivered.",
    ),
    Fault.CLOSED_WHILE_WAITING: QT_TRANSLATE_NOOP(
        "Verdicts", "The program was closed while waiting for the answer."
    ),
    Fault.INTERRUPTED: QT_TRANSLATE_NOOP(
        "Verdicts", "The program ended while this message was on its way."
    ),
    Fault.RETRY_CANCELLED: QT_TRANSLATE_NOOP(
        "Verdicts", "The next attempt was cancelled. An earlier one may have been delivered."
    ),
}

HELPS: dict[Cause | Fault, Phrase] = {
    Cause.DELIVERED: QT_TRANSLATE_NOOP(
        "Verdicts", "It cannot be recalled; if it is wrong, write a correction."
    ),
    Cause.KEYWORD: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Put one of the keywords into the text, exactly as it is set; in the title alone it may not"
        " count.",
    ),
    Cause.TIMESTAMP: QT_TRANSLATE_NOOP("Verdicts", "Set this computer's clock, then send again."),
    Cause.SIGNATURE: QT_TRANSLATE_NOOP(
        "Verdicts", "Copy the secret that begins with SEC from the robot's settings again."
    ),
    Cause.IP: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Add this computer's public address to the robot's list, or stop using the proxy.",
    ),
    Cause.TOKEN: QT_TRANSLATE_NOOP(
        "Verdicts", "Copy the webhook from the robot's settings again; it may have been reset."
    ),
    Cause.ROBOT_DISABLED: QT_TRANSLATE_NOOP(
        "Verdicts", "An admin of your company must enable it in DingTalk's open platform."
    ),
    Cause.ROBOT_GONE: QT_TRANSLATE_NOOP("Verdicts", "Add a robot to the group again."),
    Cause.GROUP_GONE: QT_TRANSLATE_NOOP("Verdicts", "Archive this robot; its group is gone."),
    Cause.MESSAGE_TYPE: QT_TRANSLATE_NOOP("Verdicts", "Choose one of the six kinds."),
    Cause.MISSING_FIELD: QT_TRANSLATE_NOOP(
        "Verdicts", "Fill in what is empty: title, text, links."
    ),
    Cause.NOT_JSON: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Something on the way may have changed it; ask who looks after your company's network.",
    ),
    Cause.METHOD: QT_TRANSLATE_NOOP(
        "Verdicts", "Copy the webhook from the robot's settings again."
    ),
    Cause.HTTPS: QT_TRANSLATE_NOOP("Verdicts", "Copy the webhook from the robot's settings."),
    Cause.CONTENT_TYPE: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Something on the way may have changed it; ask who looks after your company's network.",
    ),
    Cause.PATH: QT_TRANSLATE_NOOP("Verdicts", "Copy the webhook from the robot's settings again."),
    Cause.TOO_FAST: QT_TRANSLATE_NOOP("Verdicts", "Send it again after ten minutes."),
    Cause.TOO_LONG: QT_TRANSLATE_NOOP("Verdicts", "Shorten it, or send it in two parts."),
    Cause.UNSAFE_LINK: QT_TRANSLATE_NOOP("Verdicts", "Take the link out, or use another address."),
    Cause.UNSAFE_TEXT: QT_TRANSLATE_NOOP("Verdicts", "Try other words."),
    Cause.UNSAFE_PICTURE: QT_TRANSLATE_NOOP("Verdicts", "Use another picture."),
    Cause.UNSAFE_CONTENT: QT_TRANSLATE_NOOP("Verdicts", "Try other words."),
    Cause.AT_ALL: QT_TRANSLATE_NOOP(
        "Verdicts", "Leave @everyone out, or ask an admin to allow it."
    ),
    Cause.FORBIDDEN: QT_TRANSLATE_NOOP("Verdicts", "Ask the group's owner or an admin."),
    Cause.ADDRESS_BANNED: QT_TRANSLATE_NOOP("Verdicts", "Wait, then send it again."),
    Cause.UNKNOWN: QT_TRANSLATE_NOOP("Verdicts", "The words of the answer are all that is known."),
    Fault.NAME_NOT_FOUND: QT_TRANSLATE_NOOP(
        "Verdicts", "Check the network, and the address in the webhook."
    ),
    Fault.CONNECTION_REFUSED: QT_TRANSLATE_NOOP(
        "Verdicts", "Check the address in the webhook, then send it again."
    ),
    Fault.CONNECT_TIMEOUT: QT_TRANSLATE_NOOP("Verdicts", "Check the network, then send it again."),
    Fault.NO_HANDLES: QT_TRANSLATE_NOOP(
        "Verdicts", "Close other programs, or start this one anew, then send it again."
    ),
    Fault.NO_ROUTE: QT_TRANSLATE_NOOP("Verdicts", "Check the network, then send it again."),
    Fault.TLS_EXPIRED: QT_TRANSLATE_NOOP("Verdicts", "Check this computer's clock first."),
    Fault.TLS_WRONG_HOST: QT_TRANSLATE_NOOP("Verdicts", "Check the address in the webhook."),
    Fault.TLS_UNTRUSTED: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Ask who looks after your company's network: its certificate may have to be trusted here.",
    ),
    Fault.TLS_CERTIFICATE: QT_TRANSLATE_NOOP("Verdicts", "Check the address in the webhook."),
    Fault.TLS_FAILED: QT_TRANSLATE_NOOP("Verdicts", "Check the address in the webhook."),
    Fault.PROXY_UNREACHABLE: QT_TRANSLATE_NOOP("Verdicts", "Check the proxy's address."),
    Fault.PROXY_WANTS_PASSWORD: QT_TRANSLATE_NOOP("Verdicts", "Ask who runs the proxy."),
    Fault.PROXY_REFUSED: QT_TRANSLATE_NOOP("Verdicts", "Ask who runs the proxy."),
    Fault.PROXY_UNUSABLE: QT_TRANSLATE_NOOP("Verdicts", "Check the proxy's address."),
    Fault.UNREACHABLE: QT_TRANSLATE_NOOP("Verdicts", "Check the network, then send it again."),
    Fault.BAD_ENDPOINT: QT_TRANSLATE_NOOP("Verdicts", "Edit the robot and paste its webhook."),
    Fault.CA_FILE_UNUSABLE: QT_TRANSLATE_NOOP(
        "Verdicts", "Check where the file is and what is in it."
    ),
    Fault.NO_TOKEN: QT_TRANSLATE_NOOP("Verdicts", "Edit the robot and paste its webhook."),
    Fault.SECRETS_MISSING: QT_TRANSLATE_NOOP("Verdicts", "Edit the robot and paste its webhook."),
    Fault.SECRETS_LOCKED: QT_TRANSLATE_NOOP("Verdicts", "Unlock it, then send again."),
    Fault.SECRETS_SLOW: QT_TRANSLATE_NOOP(
        "Verdicts", "See whether it is asking for a password in another window, then send again."
    ),
    Fault.SECRETS_UNAVAILABLE: QT_TRANSLATE_NOOP(
        "Verdicts", "Send again; if that does not help, edit the robot and paste its webhook."
    ),
    Fault.CANNOT_ENCODE: QT_TRANSLATE_NOOP("Verdicts", "Delete the character and type it again."),
    Fault.TOKEN_CHANGED: QT_TRANSLATE_NOOP(
        "Verdicts",
        "If the new webhook is right, open the message as a new one and send it; if not, edit the robot.",
    ),
    Fault.HISTORY_NOT_WRITTEN: QT_TRANSLATE_NOOP(
        "Verdicts",
        "Look whether the disk is full or the data folder may only be read, then send it again.",
    ),
    Fault.NEVER_STARTED: QT_TRANSLATE_NOOP("Verdicts", "Open it from the history and send it."),
    Fault.STOPPED: QT_TRANSLATE_NOOP(
        "Verdicts", "Set right what went wrong there, then send what is missing."
    ),
    Fault.PROGRAM_FAULT: QT_TRANSLATE_NOOP(
        "Verdicts", "If it happens again, report it together with the log."
    ),
    Fault.ANSWER_TOO_LARGE: QT_TRANSLATE_NOOP("Verdicts", "Check the address in the webhook."),
    Fault.NOT_DINGTALK: QT_TRANSLATE_NOOP("Verdicts", "Check the address in the webhook."),
    Fault.REDIRECTED: QT_TRANSLATE_NOOP(
        "Verdicts", "Copy the webhook from the robot's settings again."
    ),
}

_TITLE = QT_TRANSLATE_NOOP("Problems", "Title")
_TEXT = QT_TRANSLATE_NOOP("Problems", "Text")
_LINK = QT_TRANSLATE_NOOP("Problems", "Link address")
_PICTURE = QT_TRANSLATE_NOOP("Problems", "Picture address")
_BUTTONS = QT_TRANSLATE_NOOP("Problems", "Buttons")

FIELD_NAMES: dict[str, Phrase] = {
    "title": _TITLE,
    "text": _TEXT,
    "content": _TEXT,
    "markdown": _TEXT,
    "messageUrl": _LINK,
    "messageURL": _LINK,
    "singleURL": _LINK,
    "actionURL": _LINK,
    "picUrl": _PICTURE,
    "picURL": _PICTURE,
    "singleTitle": _BUTTONS,
    "btns": _BUTTONS,
    "links": QT_TRANSLATE_NOOP("Problems", "Items"),
}
"""What the form calls the fields that an answer names, by the last part of their path."""
