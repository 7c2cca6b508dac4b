"""A message as a PHP program with the curl extension."""

from dingcomposer.interchange.snippets.request import HEAD, CopiedRequest, fill

_PROGRAM = """\
<?php
@@head@@
// For PHP 7.3 and later with its curl extension. Run: php send.php
declare(strict_types=1);

// What stands between the two lines is the message, letter for letter.
$message = <<<'MESSAGE'
@@message@@
MESSAGE;

function finish(int $code, string $words): void
{
    if ($words !== '') {
        fwrite(STDERR, $words . "\\n");
    }
    exit($code);
}

function variable(string $name, bool $mayBeEmpty = false): string
{
    $value = getenv($name);
    if ($value === false || ($value === '' && !$mayBeEmpty)) {
        finish(3, "Nothing was sent: set $name first.");
    }
    return (string) $value;
}

$token = variable('DINGTALK_TOKEN');
$secret = @@secret@@
@@id_words@@
$msgUuid = @@msg_uuid@@;
$body = substr($message, 0, -1) . ',"msgUuid":' . json_encode($msgUuid) . '}';
$query = ['access_token' => $token];
if ($secret !== '') {
    $timestamp = (string) (int) (microtime(true) * 1000);
    $digest = hash_hmac('sha256', "$timestamp\\n$secret", $secret, true);
    $query += ['timestamp' => $timestamp, 'sign' => base64_encode($digest)];
}

$call = curl_init(@@endpoint@@ . '?' . http_build_query($query));
curl_setopt_array($call, [
    CURLOPT_POSTFIELDS => $body,
    CURLOPT_HTTPHEADER => ['Content-Type: application/json; charset=utf-8'],
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_FOLLOWLOCATION => false, // the token would leave with it
    CURLOPT_PROTOCOLS => @@protocol@@,
    CURLOPT_CONNECTTIMEOUT => @@connect_s@@,
    CURLOPT_TIMEOUT => @@total_s@@,
]);
$answer = curl_exec($call);
$failure = curl_errno($call);
$status = curl_getinfo($call, CURLINFO_RESPONSE_CODE);

if (in_array($failure, [1, 5, 6, 7, 60], true)) { // no host, no connection, no certificate
    finish(3, 'Nothing was sent.');
}
if ($failure !== 0) {
    finish(2, 'It is not known whether it was delivered: no whole answer came. Check the group.');
}
echo $answer, "\\n";
$read = json_decode((string) $answer);
$errcode = is_object($read) ? ($read->errcode ?? null) : null;
$isNumber = is_int($errcode) || (is_string($errcode) && preg_match('/\\A-?[0-9]+\\z/', $errcode));
if ($isNumber && (int) $errcode === 0 && $status === 200) {
    finish(0, '');
}
if ($isNumber && in_array((int) $errcode, [-1, 500100], true)) {
    finish(2, 'DingTalk was busy, and may have taken it. Check the group.');
}
if ($isNumber && (int) $errcode !== 0) {
    finish(1, "Refused: errcode $errcode (HTTP $status).");
}
finish(2, "It is not known whether it was delivered: HTTP $status. Check the group.");
"""


def php(request: CopiedRequest) -> str:
    """The program. The message stands in a nowdoc, one line, in which nothing means anything."""
    new_id = "bin2hex(random_bytes(16))"
    return fill(
        _PROGRAM,
        head=request.comments(HEAD, "//"),
        message=request.json(),
        secret={
            True: "variable('DINGTALK_SECRET');",
            False: "''; // this robot does not sign",
            None: "variable('DINGTALK_SECRET', true); // empty: the robot does not sign",
        }[request.is_signed],
        id_words=request.comments(request.id_words, "//"),
        msg_uuid=new_id if request.msg_uuid is None else _quoted(request.msg_uuid),
        endpoint=_quoted(request.endpoint),
        protocol="CURLPROTO_HTTPS" if request.scheme == "https" else "CURLPROTO_HTTP",
        connect_s=str(request.connect_s),
        total_s=str(request.total_s),
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
