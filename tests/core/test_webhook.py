"""Whatever a person pastes for a robot is taken apart, or refused with the reason."""

import json
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dingcomposer.core.redaction import shown
from dingcomposer.core.webhook import (
    PASTE_BYTES,
    PastedError,
    PastedFault,
    PastedNote,
    PastedWebhook,
    parse_pasted,
)

TOKEN = "3f0c" * 16
OTHER = "9ab1" * 16
SECRET = "SECb90923e19e58b466481e9e7b7a5b4f108a4531abde590ad3967fb29f0eae5c68"
ENDPOINT = "https://oapi.dingtalk.com/robot/send"
URL = f"{ENDPOINT}?access_token={TOKEN}"
SIGNED = f"{URL}&timestamp=1582163555000&sign=BQKsG%2BQOCl%2BbYJOLc6pxDHxjVquzlZPWgvRzeN2J5zY%3D"
BODY = '{"msgtype": "text", "text": {"content": "it\'s 我就是我"}}'
MESSAGE = json.loads(BODY)
N = PastedNote


def both(pasted: PastedWebhook) -> tuple[str | None, str | None, str | None]:
    return pasted.endpoint, pasted.access_token, pasted.secret


@pytest.mark.parametrize(
    ("text", "found", "notes"),
    [
        (URL, (ENDPOINT, TOKEN, None), ()),
        (f"  \u3000'{URL}'\r\n", (ENDPOINT, TOKEN, None), ()),
        (f"“{URL}”。", (ENDPOINT, TOKEN, None), ()),
        (f"<{URL}>", (ENDPOINT, TOKEN, None), ()),
        (f"\ufeff{URL}\u200b", (ENDPOINT, TOKEN, None), ()),
        (f"Webhook：{URL}", (ENDPOINT, TOKEN, None), ()),
        (f"[robot]({URL})", (ENDPOINT, TOKEN, None), ()),
        (f"the robot is {URL} ，请查收", (ENDPOINT, TOKEN, None), ()),
        (SIGNED, (ENDPOINT, TOKEN, None), (N.OLD_SIGNATURE_DROPPED,)),
        (SIGNED.replace("&", "&amp;"), (ENDPOINT, TOKEN, None), (N.OLD_SIGNATURE_DROPPED,)),
        (f"{URL}&from=chat#x", (ENDPOINT, TOKEN, None), (N.PARAMETERS_DROPPED,)),
        (TOKEN, (None, TOKEN, None), ()),
        (f"access_token={TOKEN}", (None, TOKEN, None), ()),
        (f"Token: {TOKEN}", (None, TOKEN, None), ()),
        ("an-odd-token", (None, "an-odd-token", None), (N.ODD_TOKEN,)),
        (TOKEN.upper(), (None, TOKEN.upper(), None), (N.ODD_TOKEN,)),
        (SECRET, (None, None, SECRET), ()),
        (f"加签：{SECRET}", (None, None, SECRET), ()),
        (f"密钥={SECRET} ", (None, None, SECRET), ()),
        (f"{URL}\n{SECRET} \n", (ENDPOINT, TOKEN, SECRET), ()),
        (f"{URL} {SECRET.lower()}", (ENDPOINT, TOKEN, SECRET), (N.SECRET_MENDED,)),
        (f"{SECRET}\u3000\n{URL}", (ENDPOINT, TOKEN, SECRET), (N.SECRET_TRIMMED,)),
        (f"{URL}\n加签密钥：{SECRET[3:]}", (ENDPOINT, TOKEN, SECRET), (N.SECRET_MENDED,)),
        (f"secret:\n{SECRET[3:]}", (None, None, SECRET), (N.SECRET_MENDED,)),
        (f"token: {TOKEN} secret: {SECRET[3:]}", (None, TOKEN, SECRET), (N.SECRET_MENDED,)),
        ("secret: nothing-like-it", (None, None, "nothing-like-it"), (N.ODD_SECRET,)),
        (f"{URL}\n{SECRET}", (ENDPOINT, TOKEN, SECRET), ()),
        (f"{URL} {SECRET}", (ENDPOINT, TOKEN, SECRET), ()),
        (f"Webhook：{URL} 加签：{SECRET}", (ENDPOINT, TOKEN, SECRET), ()),
        (f"运维机器人\nWebhook：\n{URL}\n加签：\n{SECRET}", (ENDPOINT, TOKEN, SECRET), ()),
        (f"Robot\n{URL}", (ENDPOINT, TOKEN, None), ()),
        (f"{TOKEN}\n{SECRET}", (None, TOKEN, SECRET), ()),
        (f"{URL}\n{TOKEN}", (ENDPOINT, TOKEN, None), ()),
        (f"{ENDPOINT}?access_token= {TOKEN}", (ENDPOINT, TOKEN, None), (N.ADDRESS_MENDED,)),
        (f"{ENDPOINT}? access_token={TOKEN}", (ENDPOINT, TOKEN, None), (N.ADDRESS_MENDED,)),
        (f"{ENDPOINT} ?access_token={TOKEN}", (ENDPOINT, TOKEN, None), (N.ADDRESS_MENDED,)),
        (f"https:// {URL[8:80]} {URL[80:]}", (ENDPOINT, TOKEN, None), (N.ADDRESS_MENDED,)),
        (f"{URL[:30]}\n  {URL[30:-20]}\n{URL[-20:]}", (ENDPOINT, TOKEN, None), (N.ADDRESS_MENDED,)),
        (f"{TOKEN[:40]}\n{TOKEN[40:]}", (None, TOKEN, None), (N.TOKEN_MENDED,)),
        (f"{TOKEN[:40]} {TOKEN[40:]}", (None, TOKEN, None), (N.TOKEN_MENDED,)),
        (
            f"https://zwopenplatform.10e.alibaba-inc.com/robot/send?access_token={TOKEN}",
            ("https://zwopenplatform.10e.alibaba-inc.com/robot/send", TOKEN, None),
            (),
        ),
        (
            f"https://ding.example.com/gate/send?access_token={TOKEN}",
            ("https://ding.example.com/gate/send", TOKEN, None),
            (N.ODD_PATH,),
        ),
        (
            f"http://127.0.0.1:8080/robot/send?access_token={TOKEN}",
            ("http://127.0.0.1:8080/robot/send", TOKEN, None),
            (),
        ),
        (
            f"http://[::1]:8080/robot/send?access_token={TOKEN}",
            ("http://[::1]:8080/robot/send", TOKEN, None),
            (),
        ),
    ],
)
def test_the_parts_of_a_paste_are_found(
    text: str, found: tuple[str | None, ...], notes: tuple[PastedNote, ...]
) -> None:
    pasted = parse_pasted(text)
    assert both(pasted) == found
    assert pasted.notes == notes


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", PastedFault.EMPTY),
        (" \u3000\n\u200b", PastedFault.EMPTY),
        ("x" * (PASTE_BYTES + 1), PastedFault.TOO_LONG),
        ("汉" * (PASTE_BYTES // 3 + 1), PastedFault.TOO_LONG),
        (f"{TOKEN[:32]}\x00{TOKEN[32:]}", PastedFault.CONTROL_CHARACTERS),
        (f"{URL}\ud800", PastedFault.CONTROL_CHARACTERS),
        (f"oapi.dingtalk.com/robot/send?access_token={TOKEN}", PastedFault.NO_SCHEME),
        (f"Webhook: oapi.dingtalk.com/robot/send?access_token={TOKEN}", PastedFault.NO_SCHEME),
        (URL.replace("https", "http"), PastedFault.PLAIN_HTTP),
        (URL.replace("https", "ftp"), PastedFault.NOT_AN_URL),
        (f"https://{'x' * 3}:99999/robot/send?access_token={TOKEN}", PastedFault.NOT_AN_URL),
        (f"https://[::1/robot/send?access_token={TOKEN}", PastedFault.ODD_HOST),
        (f"https:///robot/send?access_token={TOKEN}", PastedFault.NOT_AN_URL),
        ("Webhook：在群设置里", PastedFault.NOT_AN_URL),
        (
            f"https://me:pass@oapi.dingtalk.com/robot/send?access_token={TOKEN}",
            PastedFault.USER_AND_PASSWORD,
        ),
        (ENDPOINT, PastedFault.NO_TOKEN),
        (f"{ENDPOINT}?access_token=", PastedFault.NO_TOKEN),
        (f'curl "{ENDPOINT}?access_token=$TOKEN"', PastedFault.NO_TOKEN),
        (f"{ENDPOINT}?access_token= {TOKEN[:40]}", PastedFault.URL_WITH_SPACES),
        (f"{ENDPOINT}? access_token={TOKEN[:40]}", PastedFault.URL_WITH_SPACES),
        (f"{URL[:80]} {URL[80:-1]}", PastedFault.URL_WITH_SPACES),
        (f"{URL[:-20]}\n{URL[-20:]}9", PastedFault.BROKEN_TOKEN),
        (f"{TOKEN[:40]}\n{TOKEN[40:]}9", PastedFault.BROKEN_TOKEN),
        (f"{ENDPOINT}?access_token={TOKEN[:40]}...", PastedFault.BROKEN_TOKEN),
        (f"{ENDPOINT}?access_token={TOKEN[:40]}…", PastedFault.BROKEN_TOKEN),
        (f"{TOKEN[:40]} {TOKEN[40:60]}", PastedFault.BROKEN_TOKEN),
        (f"{TOKEN}\n{OTHER}", PastedFault.TWO_TOKENS),
        (f"{URL}\n{ENDPOINT}?access_token={OTHER}", PastedFault.TWO_TOKENS),
        (f"{URL}&access_token={OTHER}", PastedFault.TWO_TOKENS),
        (f"{SECRET}\n{SECRET}9", PastedFault.TWO_SECRETS),
        (f"{URL}\n{URL.replace('.com', '.io')}", PastedFault.TWO_ADDRESSES),
        ("你好，世界", PastedFault.NOT_RECOGNISED),
        ("two words", PastedFault.NOT_RECOGNISED),
        ("加签:)", PastedFault.NOT_RECOGNISED),
        ('{"msgtype": ', PastedFault.BROKEN_JSON),
        (f"curl '{URL} -d 'x'", PastedFault.OPEN_QUOTES),
        ("curl -s", PastedFault.NOT_AN_URL),
        (f"curl oapi.dingtalk.com/robot/send?access_token={TOKEN}", PastedFault.NO_SCHEME),
    ],
)
def test_what_cannot_be_used_is_refused_with_its_reason(text: str, fault: PastedFault) -> None:
    with pytest.raises(PastedError) as caught:
        parse_pasted(text)
    assert caught.value.fault is fault
    assert TOKEN[:20] not in repr(caught.value)


# The body as each shell wants it quoted.
IN_SINGLE_QUOTES = BODY.replace("'", r"'\''")
IN_DOUBLE_QUOTES = BODY.replace('"', r"\"")
IN_ANSI_QUOTES = BODY.replace("'", r"\u0027")
IN_CARETS = BODY.replace('"', '^\\^"').replace("{", "^{")

POSIX = rf"""curl '{URL}' \
   -H 'Content-Type: application/json' \
   -d '{IN_SINGLE_QUOTES}'"""
DOUBLE = f'curl "{URL}" -H "Content-Type: application/json" -d "{IN_DOUBLE_QUOTES}"'
ANSI = f"curl '{URL}' --data-raw $'{IN_ANSI_QUOTES}'"
CMD = f"""curl.exe -X POST ^
  -H "Content-Type: application/json" ^
  "{URL}" ^
  -d "{IN_DOUBLE_QUOTES}" """
CARETS = f"""curl ^"{URL.replace("&", "^&")}^" ^
  -H ^"content-type: application/json^" ^
  --data-raw ^"{IN_CARETS}^" """
POWERSHELL = f"""curl.exe "{URL}" `
  --data "{IN_DOUBLE_QUOTES}" """


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(POSIX, id="posix"),
        pytest.param(POSIX.replace("\\\n", "\\ \r\n"), id="space after the backslash"),
        pytest.param("$ " + POSIX, id="with a prompt"),
        pytest.param(DOUBLE, id="double quotes"),
        pytest.param(ANSI, id="ansi quotes"),
        pytest.param(CMD, id="cmd"),
        pytest.param(CARETS, id="cmd as a browser copies it"),
        pytest.param(POWERSHELL, id="powershell"),
        pytest.param(POSIX.replace("-d ", "-sSd "), id="bundled options"),
        pytest.param(POSIX.replace("curl", "curl -sSXPOST"), id="value in the same word"),
        pytest.param(POSIX.replace("-d ", "--data-binary="), id="value after an equals sign"),
        pytest.param(POSIX.replace("-d ", "--json "), id="json"),
        pytest.param(POSIX.replace("curl", "curl -k -x http://10.0.0.1:80 --url"), id="options"),
        pytest.param(POSIX + " | jq .", id="piped"),
        pytest.param(POSIX + " > out.json", id="written to a file"),
    ],
)
def test_a_curl_command_gives_address_and_message(command: str) -> None:
    pasted = parse_pasted(command)
    assert both(pasted) == (ENDPOINT, TOKEN, None)
    assert pasted.message_json == MESSAGE
    assert pasted.notes == ()


def test_a_line_break_inside_of_the_body_is_kept() -> None:
    pretty = json.dumps(MESSAGE, indent=1, ensure_ascii=False).replace("'", "'\\''")
    assert parse_pasted(f"curl '{URL}' -d '{pretty}'").message_json == MESSAGE


@pytest.mark.parametrize(
    ("command", "note"),
    [
        (f"curl '{URL}' -d '{{\"msgtype\": }}'", N.BODY_NOT_JSON),
        (f"curl '{URL}' -d @message.json", N.BODY_ELSEWHERE),
        (f"curl '{URL}' --data-binary @- < message.json", N.BODY_ELSEWHERE),
        (f"curl '{ENDPOINT}?access_token=${{TOKEN}}' -d '{{}}'", N.NO_TOKEN),
        (f"curl '{SIGNED}' -d '{{}}'", N.OLD_SIGNATURE_DROPPED),
    ],
)
def test_what_is_odd_about_a_curl_command_is_noted(command: str, note: PastedNote) -> None:
    pasted = parse_pasted(command)
    assert pasted.notes == (note,)
    assert pasted.endpoint == ENDPOINT


def test_json_by_itself_is_a_message() -> None:
    pasted = parse_pasted(f" {BODY}\n")
    assert pasted.message_json == MESSAGE
    assert both(pasted) == (None, None, None)


def test_what_was_pasted_does_not_show_its_secrets() -> None:
    pasted = parse_pasted(f"{URL}\n{SECRET}")
    assert repr(pasted) == "PastedWebhook(endpoint, access_token, secret)"
    assert TOKEN not in f"{pasted}{pasted!r}"


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        (SIGNED, f"{ENDPOINT}?access_token=***&timestamp=1582163555000&sign=***"),
        (f"{ENDPOINT}?access_token=abc", f"{ENDPOINT}?access_token=***"),
        (f"{ENDPOINT}?x={TOKEN}", f"{ENDPOINT}?x=***"),
        (f"{ENDPOINT}?{TOKEN}", f"{ENDPOINT}?***"),
        (f"{ENDPOINT}?x={quote(SECRET)}", f"{ENDPOINT}?x=***"),
        ("https://me:pass@example.com/robot/send", "https://***@example.com/robot/send"),
        (f"https://example.com/flow/{TOKEN}", "https://example.com/flow/***"),
        (f"{ENDPOINT}?page=2#{TOKEN}", f"{ENDPOINT}?page=2"),
        (TOKEN, "***"),
        (f"https://[{TOKEN}", "***"),
        ("", "***"),
    ],
)
def test_an_url_is_shown_without_its_secrets(url: str, safe: str) -> None:
    assert shown(url) == safe


WHOLE = st.sampled_from(
    [URL, SIGNED, TOKEN, OTHER, SECRET, "Webhook：", "加签：", "curl ", "http://"]
)
SIGNS = st.sampled_from("""\n '"^\\{}@:[]?&=/""")
PIECES = SIGNS | st.sampled_from(["-d ", "://", "?access_token="])
WORDS = WHOLE | PIECES


@given(st.text() | st.lists(WORDS | st.text(max_size=3)).map("".join))
@example("curl '")
@example("https://[")
@example("密钥：\n")
@example("加签:)")
def test_no_paste_does_more_than_be_refused(text: str) -> None:
    try:
        pasted = parse_pasted(text)
    except PastedError as error:
        assert error.__context__ is None or error.__suppress_context__
    else:
        assert (
            pasted.access_token
            or pasted.secret
            or pasted.endpoint
            or (pasted.message_json is not None)
        )
        assert TOKEN not in repr(pasted)


@given(st.text() | st.lists(WORDS).map("".join))
def test_any_text_can_be_shown(text: str) -> None:
    assert TOKEN not in shown(text)
    assert SECRET not in shown(text)
