"""A message as a bash script with curl and openssl; the steps of pipelines run the same one."""

import shlex

from dingcomposer.interchange.snippets.request import HEAD, CopiedRequest, fill

_WANTS_SIGNING = """\
if [[ -z ${DINGTALK_SECRET-} ]]; then
  echo 'Nothing was sent: set DINGTALK_SECRET to the signing secret, which begins with SEC.' >&2
  exit 3
fi
"""

# Where it is not known whether the robot signs, a person has to say so: nothing leaves by chance.
_WANTS_A_WORD = """\
if [[ -z ${DINGTALK_SECRET+set} ]]; then
  echo 'Nothing was sent: set DINGTALK_SECRET to the signing secret, or to nothing if the robot' \\
    'has none.' >&2
  exit 3
fi
"""

_SIGNATURE = """\
if [[ -n ${DINGTALK_SECRET-} ]]; then
  timestamp=$(date +%s)000
  sign=$(printf '%s\\n%s' "$timestamp" "$DINGTALK_SECRET" |
    openssl dgst -sha256 -hmac "$DINGTALK_SECRET" -binary | openssl base64 -A)
  query="$query&timestamp=$timestamp&sign=$(percent "$sign")"
fi
"""

_NEW_ID = """\
$(uuidgen 2>/dev/null || cat /proc/sys/kernel/random/uuid 2>/dev/null ||
  openssl rand -hex 16)"""

_SCRIPT = """\
@@head@@
set -euo pipefail

if [[ -z ${DINGTALK_TOKEN-} ]]; then
  echo 'Nothing was sent: set DINGTALK_TOKEN to the access token of the robot.' >&2
  exit 3
fi
@@needs_secret@@
@@id_words@@
msg_uuid=@@msg_uuid@@
message=@@message@@
body=${message%?},'"msgUuid":"'$msg_uuid'"}'

percent() {  # encodes what has a meaning of its own in an URL
  local LC_ALL=C text=$1 char at
  for ((at = 0; at < ${#text}; at++)); do
    char=${text:at:1}
    case $char in
      [a-zA-Z0-9._~-]) printf '%s' "$char" ;;
      *) printf '%%%02X' "'$char" ;;
    esac
  done
}

query="access_token=$(percent "$DINGTALK_TOKEN")"
@@signature@@
# The URL comes by a file, not by the command line, which every user of this machine can read.
failure=0
answer=$(printf '%s' "$body" | curl --silent --show-error --proto '=@@scheme@@' \\
  --connect-timeout @@connect_s@@ --max-time @@total_s@@ --max-filesize 1048576 \\
  --header 'Content-Type: application/json; charset=utf-8' \\
  --data-binary @- \\
  --write-out '\\n%{http_code}' \\
  --config <(printf 'url = "%s?%s"\\n' @@endpoint@@ "$query")) || failure=$?
http=${answer##*$'\\n'}
answer=${answer%$'\\n'*}
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
number='"errcode"[[:space:]]*:[[:space:]]*("(-?[0-9]+)"|(-?[0-9]+))[[:space:]]*[,}]'
if [[ $answer =~ ^[[:space:]]*\\{ && $answer =~ $number ]]; then
  errcode=${BASH_REMATCH[2]}${BASH_REMATCH[3]}
  rest=${answer/"${BASH_REMATCH[0]}"/}
  if [[ $rest == *'"errcode"'* ]]; then
    errcode=  # two of them say nothing
  elif [[ $errcode == 0 && $http == 200 ]]; then
    exit 0
  elif [[ $errcode != 0 ]]; then
    if [[ $errcode == -1 || $errcode == 500100 ]]; then
      echo 'DingTalk was busy, and may have taken it. Check the group.' >&2
      exit 2
    fi
    echo "Refused: errcode $errcode (HTTP $http)." >&2
    exit 1
  fi
fi
echo "It is not known whether it was delivered: HTTP $http, no errcode. Check the group." >&2
exit 2
"""


def curl_in_bash(request: CopiedRequest) -> str:
    """The script. It reads `DINGTALK_TOKEN` and, where the robot signs, `DINGTALK_SECRET`."""
    return f"#!/usr/bin/env bash\n{bash_lines(request)}"


def bash_lines(request: CopiedRequest) -> str:
    """The script without its first line, for a place that names its shell elsewhere."""
    secret = {True: _WANTS_SIGNING, False: "", None: _WANTS_A_WORD}[request.is_signed]
    new_id = _NEW_ID if request.msg_uuid is None else _quoted(request.msg_uuid)
    return fill(
        _SCRIPT,
        head=request.comments(HEAD, "#"),
        needs_secret=secret,
        id_words=request.comments(request.id_words, "#"),
        msg_uuid=new_id,
        message=_quoted(request.json()),
        signature=_SIGNATURE if request.is_signed is not False else "",
        scheme=request.scheme,
        connect_s=str(request.connect_s),
        total_s=str(request.total_s),
        endpoint=_quoted(request.endpoint),
    )


def _quoted(text: str) -> str:
    """In single quotes, and nothing in it that a pipeline would fill in before bash reads it."""
    quoted = shlex.quote(text)
    for sign in ("{{", "[["):
        # The quotes are closed and opened again: to bash it is the same text.
        quoted = quoted.replace(f"${sign}", f"$''{sign}")
    return quoted
