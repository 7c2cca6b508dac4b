"""A message as a JavaScript program for Node 18 and later, with its own fetch."""

import json
import re

from dingcomposer.interchange.snippets.request import HEAD, CopiedRequest, fill, reveal

_PROGRAM = """\
@@head@@
// For Node.js 18 and later. Save it as send.mjs and run: node send.mjs
import { @@crypto@@ } from "node:crypto";

const message = @@message@@;

function variable(name, mayBeEmpty = false) {
  const value = process.env[name];
  if (value === undefined || (value === "" && !mayBeEmpty)) {
    console.error(`Nothing was sent: set ${name} first.`);
    process.exit(3);
  }
  return value;
}

const token = variable("DINGTALK_TOKEN");
const secret = @@secret@@;
@@id_words@@
const msgUuid = @@msg_uuid@@;
const url = new URL(@@endpoint@@);
url.searchParams.set("access_token", token);
if (secret) {
  const timestamp = String(Date.now());
  const digest = createHmac("sha256", secret).update(`${timestamp}\\n${secret}`).digest("base64");
  url.searchParams.set("timestamp", timestamp);
  url.searchParams.set("sign", digest);
}

const certain = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED", "DEPTH_ZERO_SELF_SIGNED_CERT", "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE", "ERR_TLS_CERT_ALTNAME_INVALID"];

async function send() {
  let status, answer;
  try {
    const reply = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json; charset=utf-8" },
      body: JSON.stringify({ ...message, msgUuid }),
      redirect: "manual", // the token would leave with it
      signal: AbortSignal.timeout(@@total_s@@ * 1000),
    });
    status = reply.status;
    answer = await reply.text();
  } catch (error) {
    // No name, no connection, no certificate: nothing left. The rest may have arrived.
    const codes = [error.cause, ...(error.cause?.errors ?? [])].map((one) => one?.code);
    if (codes.some((code) => certain.includes(code))) return [3, "Nothing was sent."];
    return [2, "It is not known whether it was delivered: no whole answer came. Check the group."];
  }
  console.log(answer);
  let errcode;
  try {
    const read = JSON.parse(answer);
    errcode = Array.isArray(read) ? undefined : read?.errcode;
  } catch { /* not DingTalk's */ }
  const isZero = /"errcode"\\s*:\\s*(0|"0")\\s*[,}]/.test(answer); // 0.0 and -0 are numbers, too
  const isNumber = typeof errcode === "string" ? /^-?[0-9]+$/.test(errcode)
    : Number.isSafeInteger(errcode);
  if (isNumber && Number(errcode) === 0 && isZero && status === 200) return [0, ""];
  if (isNumber && [-1, 500100].includes(Number(errcode))) {
    return [2, "DingTalk was busy, and may have taken it. Check the group."];
  }
  if (isNumber && Number(errcode) !== 0) {
    return [1, `Refused: errcode ${errcode} (HTTP ${status}).`];
  }
  return [2, `It is not known whether it was delivered: HTTP ${status}. Check the group.`];
}

const [code, words] = await send();
if (words) console.error(words);
process.exitCode = code;
"""


def javascript(request: CopiedRequest) -> str:
    """The program, a module."""
    fresh = request.msg_uuid is None
    parts = [name for name, is_used in (("createHmac", True), ("randomUUID", fresh)) if is_used]
    return fill(
        _PROGRAM,
        head=request.comments(HEAD, "//"),
        crypto=", ".join(parts),
        message=_literal(request.payload),
        secret={
            True: 'variable("DINGTALK_SECRET")',
            False: '"" // this robot does not sign\n',
            None: 'variable("DINGTALK_SECRET", true) // empty: the robot does not sign\n',
        }[request.is_signed].rstrip("\n"),
        id_words=request.comments(request.id_words, "//"),
        msg_uuid="randomUUID()" if fresh else json.dumps(request.msg_uuid),
        endpoint=json.dumps(request.endpoint),
        total_s=str(request.total_s),
    )


def _literal(payload: object) -> str:
    """JSON as an object of JavaScript, where one key means something of its own."""
    text = reveal(json.dumps(payload, ensure_ascii=False, indent=2))
    return re.sub(r'(?m)^(\s*)"__proto__":', r'\1["__proto__"]:', text)
