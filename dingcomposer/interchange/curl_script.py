"""A message as a script that a person can run: bash, openssl and curl, without any secret in it."""

import shlex

from dingcomposer.core.addresses import is_loopback
from dingcomposer.core.authority import AuthorityError, read_authority
from dingcomposer.core.messages import Message
from dingcomposer.core.payload import encode
from dingcomposer.core.robot import Robot

_WANTS_SIGNING = """\
: "${DINGTALK_SECRET:?set it to the signing secret, which begins with SEC}"
"""

# Where it is not known whether the robot signs, a person has to say so: nothing leaves by chance.
_WANTS_A_WORD = """\
: "${DINGTALK_SECRET?set it to the signing secret, or to nothing if the robot has none}"
"""

_SIGNATURE = """\
if [[ -n ${DINGTALK_SECRET-} ]]; then
  timestamp=$(date +%s)000
  sign=$(printf '%s\\n%s' "$timestamp" "$DINGTALK_SECRET" |
    openssl dgst -sha256 -hmac "$DINGTALK_SECRET" -binary | openssl base64 -A)
  query="$query&timestamp=$timestamp&sign=$(percent "$sign")"
fi
"""

_FRESH_ID = """\
# A new id at each run: DingTalk says "ok" to an id that it knows, and posts nothing.
msg_uuid=$(uuidgen 2>/dev/null || cat /proc/sys/kernel/random/uuid 2>/dev/null ||
  openssl rand -hex 16)
"""

_SAME_ID = """\
# The id of the send that may have arrived, for a safe retry: if it did, DingTalk says "ok" and
# posts nothing. For a message that shall be posted again, copy it from a send that was delivered.
msg_uuid={msg_uuid}
"""

_SCRIPT = """\
#!/usr/bin/env bash
# Sends one message to the DingTalk robot {name}.
# Set the variables that are named below first; they are secrets, and stand nowhere in here.
# It ends with 0: delivered. 1: refused. 2: not known, check the group. 3: nothing was sent.
set -euo pipefail

: "${{DINGTALK_TOKEN:?set it to the access token of the robot}}"
{needs_secret}
{msg_uuid}
body={before}"$msg_uuid"{after}

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
failure=0
answer=$(printf '%s' "$body" | curl --silent --show-error --proto '{protocols}' \\
  --connect-timeout {connect_s} --max-time {total_s} --max-filesize 1048576 \\
  --header 'Content-Type: application/json; charset=utf-8' \\
  --data-binary @- \\
  --write-out '\\n%{{http_code}}' \\
  --config <(printf 'url = "%s?%s"\\n' {endpoint} "$query")) || failure=$?
http=${{answer##*$'\\n'}}
answer=${{answer%$'\\n'*}}
printf '%s\\n' "$answer"

case $failure in
  0) ;;
  1 | 5 | 6 | 7 | 60)  # no way that is allowed, no host, no connection, no certificate
    echo 'Nothing was sent.' >&2
    exit 3 ;;
  *)
    echo 'It is not known whether it was delivered: no whole answer came. Check the group.' >&2
    exit 2 ;;
esac
number='"errcode"[[:space:]]*:[[:space:]]*("(-?[0-9]+)"|(-?[0-9]+))[[:space:]]*[,}}]'
if [[ $answer =~ ^[[:space:]]*\\{{ && $answer =~ $number ]]; then
  errcode=${{BASH_REMATCH[2]}}${{BASH_REMATCH[3]}}
  rest=${{answer/"${{BASH_REMATCH[0]}}"/}}
  if [[ $rest == *'"errcode"'* ]]; then
    errcode=  # two of them say nothing
  elif [[ $errcode == 0 && $http == 200 ]]; then
    exit 0
  elif [[ $errcode != 0 ]]; then
    if [[ $errcode == -1 ]]; then
      echo 'DingTalk was busy, and may have taken it. Check the group.' >&2
    else
      echo "Refused: errcode $errcode (HTTP $http)." >&2
    fi
    exit 1
  fi
fi
echo "It is not known whether it was delivered: HTTP $http, no errcode. Check the group." >&2
exit 2
"""


def to_curl(
    message: Message, robot: Robot, *, is_signed: bool | None, msg_uuid: str | None = None
) -> str:
    """The script. It reads `DINGTALK_TOKEN` and, where the robot signs, `DINGTALK_SECRET`.

    `is_signed` None: it is not known whether the robot signs, and whoever runs it must say. With
    `msg_uuid` it repeats that send; without, each run is a send of its own. But for the id, the
    body is the very bytes that the program would post. Raises `EncodeError` as `encode` does.
    """
    secret = {True: _WANTS_SIGNING, False: "", None: _WANTS_A_WORD}[is_signed]
    body = encode(message, _PLACE).decode()
    before, _, after = body.rpartition(_PLACE)
    return _SCRIPT.format(
        name="".join(filter(str.isprintable, " ".join(robot.name.split()))),
        needs_secret=secret,
        msg_uuid=_FRESH_ID if msg_uuid is None else _SAME_ID.format(msg_uuid=shlex.quote(msg_uuid)),
        before=shlex.quote(before),
        after=shlex.quote(after),
        signature=_SIGNATURE if is_signed is not False else "",
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


_PLACE = "0" * 36
