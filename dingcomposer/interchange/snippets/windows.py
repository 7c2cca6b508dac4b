"""A message as curl for Windows: a PowerShell script, and the same one started by cmd."""

import re

from dingcomposer.interchange.snippets.request import HEAD, CopiedRequest, fill

_SCRIPT = """\
@@head@@
# For Windows PowerShell 5.1 and PowerShell 7. Save it as send.ps1, in UTF-8 with BOM.
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false

# What stands between the two lines is the message, letter for letter.
$message = @'
@@message@@
'@

trap {
  [Console]::Error.WriteLine('It is not known whether it was delivered. Check the group.')
  exit 2
}

function Stop-With([int] $code, [string] $words) {
  if ($words) { [Console]::Error.WriteLine($words) }
  exit $code
}

if ('\u4e2d' -cne [string][char] 0x4E2D) {
  Stop-With 3 'Nothing was sent: save this file as UTF-8 with BOM first.'
}
if (-not (Get-Command curl.exe -ErrorAction SilentlyContinue)) {
  Stop-With 3 'Nothing was sent: curl.exe is not installed. It comes with Windows 10 and later.'
}
if (-not $env:DINGTALK_TOKEN) {
  Stop-With 3 'Nothing was sent: set DINGTALK_TOKEN to the access token of the robot.'
}
@@secret@@
@@id_words@@
$id = @@msg_uuid@@
$body = $message.Substring(0, $message.Length - 1) + ',"msgUuid":"' + $id + '"}'
$query = 'access_token=' + [Uri]::EscapeDataString($env:DINGTALK_TOKEN)
@@signature@@
# The message goes through a file and the URL through a pipe: a command line can be read by others.
$file = [IO.Path]::GetTempFileName()
$OutputEncoding = [Text.Encoding]::ASCII
try { [Console]::OutputEncoding = New-Object Text.UTF8Encoding $false } catch { }
try {
  [IO.File]::WriteAllText($file, $body, (New-Object Text.UTF8Encoding $false))
  $lines = @(('url = "' + @@endpoint@@ + '?' + $query + '"') | & curl.exe `
    --silent --show-error --proto '=@@scheme@@' `
    --connect-timeout @@connect_s@@ --max-time @@total_s@@ --max-filesize 1048576 `
    --header 'Content-Type: application/json; charset=utf-8' `
    --data-binary ('@' + $file) --write-out '\\n%{http_code}' --config '-')
  $failure = $LASTEXITCODE
} finally {
  Remove-Item -LiteralPath $file
}

if (@(1, 5, 6, 7, 60) -contains $failure) { Stop-With 3 'Nothing was sent.' }
if ($failure -ne 0 -or $lines.Count -lt 2) {
  Stop-With 2 'It is not known whether it was delivered: no whole answer came. Check the group.'
}
$http = $lines[-1]
$answer = ($lines[0..($lines.Count - 2)] -join "`n").Trim()
Write-Output $answer
$errcode = $null
if ($answer.StartsWith('{')) {
  try { $errcode = (ConvertFrom-Json $answer).errcode } catch { }
}
$is_number = $errcode -is [int] -or $errcode -is [long] -or
  ($errcode -is [string] -and $errcode -cmatch '\\A-?[0-9]+\\z')
if ($is_number -and "$errcode" -ceq '0' -and $http -ceq '200') { Stop-With 0 '' }
if ($is_number -and @('-1', '500100') -ccontains "$errcode") {
  Stop-With 2 'DingTalk was busy, and may have taken it. Check the group.'
}
if ($is_number -and "$errcode" -cne '0') {
  Stop-With 1 "Refused: errcode $errcode (HTTP $http)."
}
Stop-With 2 "It is not known whether it was delivered: HTTP $http, no errcode. Check the group."
"""

_WANTS_SIGNING = """\
if (-not $env:DINGTALK_SECRET) {
  Stop-With 3 'Nothing was sent: set DINGTALK_SECRET to the signing secret (SEC...).'
}
$secret = $env:DINGTALK_SECRET
"""

# Windows keeps no empty variable, so that a word says what an empty one says elsewhere.
_WANTS_A_WORD = """\
if (-not $env:DINGTALK_SECRET) {
  Stop-With 3 ('Nothing was sent: set DINGTALK_SECRET to the signing secret, or to the word none' +
    ' if the robot has none.')
}
$secret = if ($env:DINGTALK_SECRET -ceq 'none') { '' } else { $env:DINGTALK_SECRET }
"""

_SIGNATURE = """\
if ($secret) {
  $timestamp = [DateTimeOffset]::UtcNow.ToUnixTimeMilliseconds()
  $hmac = New-Object System.Security.Cryptography.HMACSHA256
  $hmac.Key = [Text.Encoding]::UTF8.GetBytes($secret)
  $digest = $hmac.ComputeHash([Text.Encoding]::UTF8.GetBytes("$timestamp`n$secret"))
  $sign = [Uri]::EscapeDataString([Convert]::ToBase64String($digest))
  $query += "&timestamp=$timestamp&sign=$sign"
}
"""

# cmd has no HMAC, and no quoting that holds every text: it hands the rest of this very file over.
_CMD = """\
@rem Save it as send.cmd, in UTF-8 without BOM. Below its fifth line it is PowerShell.
@setlocal DisableDelayedExpansion
@set "DINGTALK_FILE=%~f0"
@powershell -NoProfile -ExecutionPolicy Bypass -Command "$all = [IO.File]::ReadAllText(\
$env:DINGTALK_FILE, [Text.Encoding]::UTF8); & ([scriptblock]::Create(\
$all.Substring($all.IndexOf('@exit' + ' /b') + 21)))"
@exit /b %errorlevel%
"""


def curl_in_powershell(request: CopiedRequest) -> str:
    """The script. No text in it is quoted: the message stands in a here-string, one line."""
    secret = {True: _WANTS_SIGNING, False: "", None: _WANTS_A_WORD}[request.is_signed]
    new_id = "[guid]::NewGuid().ToString()"
    return fill(
        _SCRIPT,
        head=request.comments(HEAD, "#"),
        message=request.json(),
        secret=secret,
        id_words=request.comments(request.id_words, "#"),
        msg_uuid=new_id if request.msg_uuid is None else _quoted(request.msg_uuid),
        signature=_SIGNATURE if request.is_signed is not False else "",
        endpoint=_quoted(request.endpoint),
        scheme=request.scheme,
        connect_s=str(request.connect_s),
        total_s=str(request.total_s),
    )


def curl_in_cmd(request: CopiedRequest) -> str:
    """A batch file that hands what stands below its own lines to PowerShell."""
    return _CMD + curl_in_powershell(request)


def _quoted(text: str) -> str:
    """In single quotes; PowerShell takes the typographic ones for the same."""
    return "'" + re.sub("(['\u2018\u2019\u201a\u201b])", r"\1\1", text) + "'"
