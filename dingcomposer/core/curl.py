"""A message as a script that a person can run: bash, openssl and curl, without any secret in it."""

import shlex
import textwrap

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import AuthorityError, read_authority
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import encode
from dingcomposer.core.robot import Robot

_SIGN = """\
: "${DINGTALK_SECRET:?set it to the signing secret, which begins with SEC}"
"""

_SIGNATURE = """\
timestamp=$(date +%s)000
sign=$(printf '%s\\n%s' "$timestamp" "$DINGTALK_SECRET" |
  openssl dgst -sha256 -hmac "$DINGTALK_SECRET" -binary | openssl base64 -A)
query="$query&timestamp=$timestamp&sign=$(percent "$sign")"
"""

# Where it is not known whether the robot signs.
_SIGNATURE_IF_ASKED = """\
if [[ -n ${{DINGTALK_SECRET-}} ]]; then  # for a robot that wants its requests signed
{signature}fi
"""

_SCRIPT = """\
#!/usr/bin/env bash
# Sends one message to the DingTalk robot {name}.
# Set the variables that are named below first; they are secrets, and stand nowhere in here.
set -euo pipefail

: "${{DINGTALK_TOKEN:?set it to the access token of the robot}}"
{needs_secret}
body={body}

percent() {{  # encodes what has a meaning of its own in an URL
  local LC_ALL=C text=$1 char at
  for ((at = 0; at < ${{#text}}; at++)); do
    char=${{text:at:1}}
    case $char in
      [a-zA-Z0-9._~-]) printf '%s' "$char" ;;
      *) printf '%%%02X' "'$char" ;;
    esac
  done
}}

query="access_token=$(percent "$DINGTALK_TOKEN")"
{signature}
# The URL comes by a file, not by the command line, which every user of this machine can read.
printf '%s' "$body" | curl --silent --show-error --proto '{protocols}' \\
  --connect-timeout {connect_s} --max-time {total_s} \\
  --header 'Content-Type: application/json; charset=utf-8' \\
  --data-binary @- \\
  --config <(printf 'url = "%s?%s"\\n' {endpoint} "$query")
echo
"""


def to_curl(message: Message, robot: Robot, msg_uuid: str, *, is_signing_known: bool = True) -> str:
    """The script. It reads `DINGTALK_TOKEN` and, for a robot that signs, `DINGTALK_SECRET`.

    Where it is not known whether the robot signs, the script does if `DINGTALK_SECRET` is set.
    The body is the very bytes that the program would post. Raises `EncodeError` as `encode` does.
    """
    signs = robot.expects_signature or robot.has_secret
    signature = _SIGNATURE if signs else ""
    if not is_signing_known:
        inside = textwrap.indent(_SIGNATURE, "  ")
        signature = _SIGNATURE_IF_ASKED.format(signature=inside)
    return _SCRIPT.format(
        name="".join(filter(str.isprintable, " ".join(robot.name.split()))),
        needs_secret=_SIGN if signs and is_signing_known else "",
        body=shlex.quote(encode(message, msg_uuid).decode()),
        signature=signature,
        protocols=_protocols(robot.endpoint),
        connect_s=round(robot.connect_timeout_s) or 1,
        total_s=round(robot.connect_timeout_s + robot.read_timeout_s) or 1,
        endpoint=shlex.quote(robot.endpoint),
    )


def _protocols(endpoint: str) -> str:
    """What curl may use: plain http to this machine alone, and nothing for a host in doubt."""
    try:
        authority = read_authority(endpoint)
    except AuthorityError:
        return "-all"
    if authority.scheme == "http" and not is_loopback(authority.host):
        return "-all"
    return f"={authority.scheme}"
