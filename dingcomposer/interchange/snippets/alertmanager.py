"""A message as a receiver of Alertmanager's webhooks, in Python's standard library alone.

Alertmanager posts a JSON of its own and cannot sign, so that a small server stands between: it
posts the message for each notification, with the alerts below the text of the message.
"""

from dingcomposer.interchange.snippets.python import (
    ERRCODE,
    POST,
    SIGNED_QUERY,
    STANDARD_IMPORTS,
    VARIABLE,
    python_literal,
    secret_of,
)
from dingcomposer.interchange.snippets.request import HEAD, CopiedRequest, fill

_PROGRAM = """\
#!/usr/bin/env python3
@@head@@
# For Python 3.9 and later; nothing else is needed. It runs beside Alertmanager, and ends with 3
# where a variable is missing. In alertmanager.yml:
#
#   route:
#     receiver: dingtalk
#   receivers:
#     - name: dingtalk
#       webhook_configs:
#         - url: http://127.0.0.1:9095/
#           send_resolved: true
#
# It answers Alertmanager 200: delivered. 400: refused, and not to be tried again. 503: not sent,
# or not known: Alertmanager tries again, and the id stays the same, so that nothing comes twice.
@@imports@@
from http.server import BaseHTTPRequestHandler, HTTPServer

NOT_KNOWN, NOT_SENT = 2, 3
MOST_ALERTS = 20

ENDPOINT = @@endpoint@@
MESSAGE = @@message@@
# Where the alerts are written, below what stands there: these keys of the message, if any.
ALERTS_GO_TO = @@place@@


def finish(code, words):
    print(words, file=sys.stderr)
    raise SystemExit(code)


@@variable@@

TOKEN = variable("DINGTALK_TOKEN")
SECRET = @@secret@@
HOST = os.environ.get("DINGTALK_RECEIVER_HOST", "127.0.0.1")
PORT = int(os.environ.get("DINGTALK_RECEIVER_PORT", "9095"))


@@signed_query@@

@@post@@

@@errcode@@

def lines_of(alerts):
    lines = []
    for alert in alerts[:MOST_ALERTS]:
        labels, notes = alert.get("labels", {}), alert.get("annotations", {})
        words = notes.get("summary") or notes.get("description") or ""
        parts = (alert.get("status", ""), labels.get("alertname", ""), words)
        lines.append("- " + " · ".join(part for part in parts if part)[:300])
    if len(alerts) > MOST_ALERTS:
        lines.append(f"- + {len(alerts) - MOST_ALERTS}")
    return "\\n".join(lines)


def message_for(alerts, msg_uuid):
    message = json.loads(json.dumps(MESSAGE))
    holder = message
    for key in ALERTS_GO_TO[:-1]:
        holder = holder[key]
    if ALERTS_GO_TO:
        holder[ALERTS_GO_TO[-1]] += "\\n\\n" + lines_of(alerts)
    message["msgUuid"] = msg_uuid
    return json.dumps(message, ensure_ascii=False, separators=(",", ":")).encode()


# The id of each notification that is not settled: the same one only to try it again.
pending = {}


def notify(notification):
    \"\"\"The HTTP status for Alertmanager.\"\"\"
    alerts = json.loads(notification)["alerts"]
    key = hashlib.sha256(notification).digest()
    msg_uuid = pending.setdefault(key, str(uuid.uuid4()))
    status, answer = post(message_for(alerts, msg_uuid))
    errcode = None if status is None else errcode_of(answer)
    if errcode == 0 and status == 200:
        said, result = "Delivered.", 200
    elif errcode and errcode not in (-1, 500100):
        said, result = f"Refused: errcode {errcode} (HTTP {status}).", 400
    else:
        said, result = "Not sent." if answer == NOT_SENT else "Not known: no errcode.", 503
    print(said, file=sys.stderr, flush=True)
    if result != 503:
        del pending[key]
    return result


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            status = notify(body)
        except (ValueError, KeyError, TypeError, AttributeError):
            status = 400  # this is not Alertmanager's
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


with HTTPServer((HOST, PORT), Receiver) as server:
    print(f"Listening on port {server.server_port}.", file=sys.stderr, flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass
"""

# Where a message of each type has its running text; a feed card has none.
_PLACES = {
    "text": ("text", "content"),
    "link": ("link", "text"),
    "markdown": ("markdown", "text"),
    "actionCard": ("actionCard", "text"),
}


def alertmanager_receiver(request: CopiedRequest) -> str:
    """The program, with the receiver's lines for alertmanager.yml in its comment."""
    kind = request.payload["msgtype"]
    return fill(
        _PROGRAM,
        head=request.comments(("Posts a message to {robot}.", HEAD[1]), "#"),
        imports=STANDARD_IMPORTS,
        endpoint=repr(request.endpoint),
        message=python_literal(request.payload),
        place=repr(_PLACES.get(kind, ())),
        variable=VARIABLE,
        secret=secret_of(request),
        signed_query=SIGNED_QUERY,
        post=fill(POST, total_s=str(request.total_s)),
        errcode=ERRCODE,
    )
