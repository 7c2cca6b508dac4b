"""A message as a Python program: with requests, or with the standard library alone."""

import math

from dingcomposer.interchange.snippets.request import HEAD, CopiedRequest, fill

# What both ways share, and the receiver of Alertmanager with them.
SIGNED_QUERY = """\
def signed_query():
    query = {"access_token": TOKEN}
    if SECRET:
        timestamp = str(round(time.time() * 1000))
        words = f"{timestamp}\\n{SECRET}".encode()
        digest = hmac.new(SECRET.encode(), words, hashlib.sha256).digest()
        query |= {"timestamp": timestamp, "sign": base64.b64encode(digest).decode()}
    return urllib.parse.urlencode(query)
"""

VARIABLE = """\
def variable(name, may_be_empty=False):
    value = os.environ.get(name)
    if value is None or not (value or may_be_empty):
        finish(NOT_SENT, f"Nothing was sent: set {name} first.")
    return value
"""

ERRCODE = """\
def errcode_of(answer):
    \"\"\"The number of an answer, or None; 0 is success, and only with HTTP 200.\"\"\"
    try:
        code = json.loads(answer)["errcode"]
    except (ValueError, KeyError, TypeError):
        return None
    if isinstance(code, str) and re.fullmatch("-?[0-9]+", code):
        return int(code)
    return code if type(code) is int else None
"""

POST = """\
class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None  # the token would leave with it


def post(body):
    \"\"\"The HTTP status and the answer; None and what went wrong where no answer came.\"\"\"
    request = urllib.request.Request(
        f"{ENDPOINT}?{signed_query()}",
        data=body,
        headers={"Content-Type": "application/json; charset=utf-8"},
    )
    opener = urllib.request.build_opener(NoRedirect)
    try:
        try:
            with opener.open(request, timeout=@@total_s@@) as reply:
                return reply.status, reply.read(1048576)
        except urllib.error.HTTPError as error:
            return error.code, error.read(1048576)
    except urllib.error.URLError as error:
        # No name, no connection, no certificate: nothing left. The rest may have arrived.
        certain = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
        return None, NOT_SENT if isinstance(error.reason, certain) else NOT_KNOWN
    except (OSError, http.client.HTTPException):
        return None, NOT_KNOWN
"""

_POST_BY_REQUESTS = """\
def post(body):
    \"\"\"The HTTP status and the answer; None and what went wrong where no answer came.\"\"\"
    try:
        reply = requests.post(
            f"{ENDPOINT}?{signed_query()}",
            data=body,
            headers={"Content-Type": "application/json; charset=utf-8"},
            timeout=(@@connect_s@@, @@total_s@@),
            allow_redirects=False,  # the token would leave with it
        )
        return reply.status_code, reply.content
    except requests.exceptions.ConnectTimeout:
        return None, NOT_SENT
    except requests.exceptions.RequestException as error:
        # No name, no connection: nothing left. The rest may have arrived.
        reason = getattr(error.args[0] if error.args else None, "reason", None)
        return None, NOT_SENT if isinstance(reason, NewConnectionError) else NOT_KNOWN
"""

_PROGRAM = """\
#!/usr/bin/env python3
@@head@@
# For Python 3.9 and later@@needs@@.
@@imports@@

DELIVERED, REFUSED, NOT_KNOWN, NOT_SENT = range(4)

ENDPOINT = @@endpoint@@
MESSAGE = @@message@@


def finish(code, words):
    print(words, file=sys.stderr)
    raise SystemExit(code)


@@variable@@

TOKEN = variable("DINGTALK_TOKEN")
SECRET = @@secret@@


@@signed_query@@

@@post@@

@@errcode@@

@@id_words@@
body = json.dumps(
    MESSAGE | {"msgUuid": @@msg_uuid@@}, ensure_ascii=False, separators=(",", ":")
)
status, answer = post(body.encode())
if status is None:
    if answer == NOT_SENT:
        finish(NOT_SENT, "Nothing was sent.")
    finish(NOT_KNOWN, "It is not known whether it was delivered: no answer. Check the group.")
print(answer.decode(errors="replace"))
errcode = errcode_of(answer)
if errcode == 0 and status == 200:
    raise SystemExit(DELIVERED)
if errcode in (-1, 500100):
    finish(NOT_KNOWN, "DingTalk was busy, and may have taken it. Check the group.")
if errcode:
    finish(REFUSED, f"Refused: errcode {errcode} (HTTP {status}).")
finish(NOT_KNOWN, f"It is not known whether it was delivered: HTTP {status}. Check the group.")
"""

STANDARD_IMPORTS = """\
import base64
import hashlib
import hmac
import http.client
import json
import os
import re
import socket
import ssl
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid"""

_REQUESTS_IMPORTS = """\
import base64
import hashlib
import hmac
import json
import os
import re
import sys
import time
import urllib.parse
import uuid

try:
    import requests
    from urllib3.exceptions import NewConnectionError
except ImportError:
    print("Nothing was sent: install requests first (pip install requests).", file=sys.stderr)
    raise SystemExit(3) from None"""


def python_with_requests(request: CopiedRequest) -> str:
    """The program, for those who have requests."""
    return _program(
        request, _REQUESTS_IMPORTS, _POST_BY_REQUESTS, ", with requests (pip install requests)"
    )


def python_alone(request: CopiedRequest) -> str:
    """The program, for any Python."""
    return _program(request, STANDARD_IMPORTS, POST, "; nothing else is needed")


def secret_of(request: CopiedRequest) -> str:
    """Where the program has the signing secret from, as an expression."""
    return {
        True: 'variable("DINGTALK_SECRET")',
        False: '""  # this robot does not sign',
        None: 'variable("DINGTALK_SECRET", may_be_empty=True)  # empty: the robot does not sign',
    }[request.is_signed]


def python_literal(value: object, indent: str = "") -> str:
    """JSON's value as Python writes it, a line for each entry; what hides is an escape."""
    deeper = f"{indent}    "
    match value:
        case dict() if value:
            lines = [
                f"{deeper}{key!r}: {python_literal(one, deeper)},\n" for key, one in value.items()
            ]
            return f"{{\n{''.join(lines)}{indent}}}"
        case list() if value:
            lines = [f"{deeper}{python_literal(one, deeper)},\n" for one in value]
            return f"[\n{''.join(lines)}{indent}]"
        case float() if not math.isfinite(value):
            return f'float("{value}")'
        case _:
            return repr(value)


def _program(request: CopiedRequest, imports: str, post: str, needs: str) -> str:
    post = fill(post, connect_s=str(request.connect_s), total_s=str(request.total_s))
    fresh = "str(uuid.uuid4())"
    return fill(
        _PROGRAM,
        head=request.comments(HEAD, "#"),
        needs=needs,
        imports=imports if request.msg_uuid is None else imports.replace("\nimport uuid", ""),
        endpoint=repr(request.endpoint),
        message=python_literal(request.payload),
        variable=VARIABLE,
        secret=secret_of(request),
        signed_query=SIGNED_QUERY,
        post=post,
        errcode=ERRCODE,
        id_words=request.comments(request.id_words, "#"),
        msg_uuid=fresh if request.msg_uuid is None else repr(request.msg_uuid),
    )
