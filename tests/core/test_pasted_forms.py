"""Ways to write a robot and a message down: what stands in them is found, and the rest is named."""

import json
import time
from contextlib import suppress
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dingcomposer.core.pasting.lenient_json import JsonFault, JsonNote
from dingcomposer.core.webhook import (
    PASTE_BYTES,
    PastedError,
    PastedFault,
    PastedNote,
    PastedWebhook,
    parse_pasted,
)

T = "3f0c" * 16
OTHER = "9ab1" * 16
S = "SECb90923e19e58b466481e9e7b7a5b4f108a4531abde590ad3967fb29f0eae5c68"
ENDPOINT = "https://oapi.dingtalk.com/robot/send"
U = f"{ENDPOINT}?access_token={T}"
M = '{"msgtype": "text", "text": {"content": "hi"}}'
MESSAGE = json.loads(M)
ESCAPED = M.replace('"', '\\"')
N = PastedNote


def found(pasted: PastedWebhook) -> str:
    """One letter for each thing that was found: Endpoint, Token, Secret, Message."""
    letters = ""
    for letter, value, expected in (
        ("E", pasted.endpoint, ENDPOINT),
        ("T", pasted.access_token, T),
        ("S", pasted.secret, S),
        ("M", pasted.message_json, MESSAGE),
    ):
        if value is not None:
            assert value == expected
            letters += letter
    return letters


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        (f"hi, here is the robot: {U} and the secret is {S}, please try", "ETS"),
        (f"机器人地址 {U} 加签密钥是{S}，别外传", "ETS"),
        (f"webhook是{U}，密钥{S}。", "ETS"),
        (f"the token is {T} and secret is {S}", "TS"),
        (f"token: {T}, secret: {S}", "TS"),
        (f"{U}, {S}", "ETS"),
        (f"> {U}\n> {S}", "ETS"),
        (f"DINGTALK_TOKEN={T}\nDINGTALK_SECRET={S}", "TS"),
        (f"-e WEBHOOK={U} -e SECRET={S}", "ETS"),
        (f"--webhook.url {U} --secret {S}", "ETS"),
        (f"url={U}&secret={S}", "ETS"),
        (f"{U}&sign={S}", "ETS"),
        (json.dumps({"webhook": U, "secret": S}), "ETS"),
        (json.dumps({"webhook": U, "secret": S}).replace("/", "\\/"), "ETS"),
        (f"{{'webhook': '{U}', 'secret': '{S}',}}", "ETS"),
        (f'{{"accessToken":"{T}","signSecret":"{S}"}}', "TS"),
        (f'{{"url": "{U}", "body": {M}}}', "ETM"),
        (json.dumps({"url": U, "body": M}), "ETM"),
        (json.dumps({"urls": [f"dingtalk://{S}@{T}"]}), "TS"),
        (f"- url: '{U}'\n  sign: true\n  secret: ''\n", "ET"),
        (f"[dingtalk]\ntoken = {T}\nsecret = {S}", "TS"),
        (f"webhook_url = '{U}'  # production\nsecret_key = '{S}'  # sign", "ETS"),
        (f"robot = DingtalkChatbot('{U}', secret='{S}')", "ETS"),
        (f"send('{T}', '{S}')", "TS"),
        (f"<webhook>{U}</webhook><secret>{S}</secret>", "ETS"),
        (f"| webhook | {U} |\n| secret | {S} |", "ETS"),
        (f"dingtalk://{T}", "T"),
        (f"dingtalk://{S}@{T}", "TS"),
        (f"dingtalk://{T}@{S}", "TS"),
        (f"{S[:30]}\n{S[30:]}", "S"),
        (f"SEC {S[3:]}\n{T}", "TS"),
        (f"{S}{S}\n{U}", "ETS"),
        (f"import requests\nrequests.post('{U}', json={M})", "ETM"),
        (f"{M}\n{M}", "M"),
        (f"{U}\nbody: {json.dumps(M)}", "ETM"),
        (f"DINGTALK_SECRET=\nmy-robot\n{U}", "ET"),
        (f"加签：\n{S}\nWebhook：\n{U}", "ETS"),
        (json.dumps([U, S]), "ETS"),
        (f"POST /robot/send?access_token={T} HTTP/1.1\nHost: oapi.dingtalk.com\n\n{M}", "ETM"),
    ],
)
def test_a_robot_is_found_in_whatever_it_is_written_down(text: str, letters: str) -> None:
    assert found(parse_pasted(text)) == letters


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        (f"[root@host ~]# curl '{U}' -d '{M}'", "ETM"),
        (f"root@host:~$ curl '{U}' -d '{M}'", "ETM"),
        (f"```bash\ncurl '{U}' -d '{M}'\n```", "ETM"),
        (f"sh \"curl '{U}' -d '{ESCAPED}'\"", "ETM"),
        (f"sh '''\ncurl '{U}' -d '{M}'\n'''", "ETM"),
        (f"os.system(\"curl '{U}' -d '{ESCAPED}'\")", "ETM"),
        (f"`curl '{U}' -d '{M}'`", "ETM"),
        (f"echo '{M}' | curl -X POST '{U}' -d @-", "ETM"),
        (f"cat <<EOF | curl '{U}' -d @-\n{M}\nEOF", "ETM"),
        (f"curl '{U}' -d \"$(cat <<EOF\n{M}\nEOF\n)\"", "ETM"),
        (f"curl '{U}' -d @- <<< '{M}'", "ETM"),
        (f"curl '{U}' -d @- <<-EOF\n\t{M}\n\tEOF\n", "ETM"),
        (f"curl '{U}' -d '{M}' >/dev/null 2>&1 &", "ETM"),
        (f"code=$(curl -s -o /dev/null -w '%{{http_code}}' '{U}' -d '{M}')", "ETM"),
        (f"if curl -sf '{U}' -d '{M}'; then echo ok; fi", "ETM"),
        (f"0 9 * * * curl '{U}' -d '{M}'", "ETM"),
        (f"用curl测试：curl '{U}' -d '{M}'，谢谢", "ETM"),
        (f"/usr/bin/curl '{U}' -d '{M}'", "ETM"),
        (f'C:\\Windows\\System32\\curl.exe "{U}" -d "{ESCAPED}"', "ETM"),
        (f"curl '{U}' \\ -H 'Content-Type: application/json' \\ -d '{M}'", "ETM"),
        (f"curl -X POST\n  '{U}'\n  -H 'a: b'\n  -d '{M}'", "ETM"),
        (f"curl {U} -d {M}", "ETM"),
        (f"curl '{U}' -d \"{M}\"", "ETM"),
        (f"curl '{U}' --data-urlencode 'x={M}'", "ETM"),
        (f"TOKEN={T}\ncurl '{U[:-64]}'$TOKEN -d '{M}'", "ETM"),
        (f"URL='{U}'\nBODY='{M}'\ncurl -s \"$URL\" -d \"${{BODY}}\"", "ETM"),
        (f"DINGTALK_SECRET={S} curl '{U}' -d '{M}'", "ETSM"),
        (f"export DINGTALK_SECRET={S}\ncurl '{U}' -d '{M}'", "ETSM"),
        (f"curl '{U}&secret={S}' -d '{M}'", "ETSM"),
        (f"curl '{U}&timestamp=1&sign={S}' -d '{M}'", "ETSM"),
        (f"wget --post-data='{M}' --header='a: b' '{U}' -O -", "ETM"),
        (f"wget -qO- --header a:b --post-data '{M}' {U}", "ETM"),
        (f"Invoke-RestMethod -Uri \"{U}\" -Method Post -ContentType 'a/b' -Body '{M}'", "ETM"),
        (f'iwr "{U}" -Method POST -Body "{ESCAPED.replace(chr(92), "`")}"', "ETM"),
        (
            f"PS C:\\> irm -Uri '{U}' -Method POST"
            " -Body (@{msgtype='text'; text=@{content='hi'}} | ConvertTo-Json)",
            "ETM",
        ),
        (
            '$b = @{\n msgtype = "text"\n text = @{ content = "hi" }\n} | ConvertTo-Json -Depth 5'
            f"\n$url = '{U}'\nInvoke-RestMethod $url -Method Post -Body $b",
            "ETM",
        ),
        (f"$secret = '{S}'\n$b = @'\n{M}\n'@\nirm -Uri '{U}' -Method Post -Body $b", "ETSM"),
        (f"kubectl exec -it pod -- curl -X POST '{U}' -d '{M}'", "ETM"),
        (f'bash -c \'curl "{U}" -d "{ESCAPED}"\'', "ETM"),
        (f"while true; do curl '{U}' -d '{M}'; sleep 60; done", "ETM"),
        (f"curl ‘{U}’ -H ‘Content-Type: application/json’ -d ‘{M}’", "ETM"),
        (f"curl “{U}” –H “a: b” —data-raw ‘{M}’", "ETM"),
        (f"curl\u00a0-X\u00a0POST\u00a0'{U}'\u00a0-d\u00a0'{M}'", "ETM"),
        (f"data='{M}'\nrequests.post('{U}', data=data)", "ETM"),
        (f"curl -Uri '{U}' -Method Post -Body '{M}'", "ETM"),
    ],
)
def test_a_command_is_found_wherever_it_stands(text: str, letters: str) -> None:
    assert found(parse_pasted(text)) == letters


@pytest.mark.parametrize(
    "text",
    [
        f"{U}＆timestamp=1＆sign=2",
        f"{U}%C3%97tamp=1&sign=2",
        f"{U}&amp;amp;timestamp=1",
        f"{U}?timestamp=1",
        f"{U}\\&timestamp=1",
        U.replace("://", "：//").replace("?", "？").replace("=", "＝"),
        U.replace("?", "%3F").replace("=", "%3D"),
        U.replace("=", "=\n"),
        U.replace("robot/", "robot/\n  "),
        U.replace("access_token=", "access_token=access_token="),
        U.replace("access_token=", f"access_token={U[:-64]}"),
        f"{U},{T}",
        f"access_token={U}",
        f"{T},{T}",
        f"'{T}',",
        f"{T[:30]}\n{T[30:]}",
        f"{U}/",
        f"{U}复制",
        f"{U[:-64]}'{T}'",
        f'{U[:-64]}"{T}"',
        f"{U[:-64]}{{{T}}}",
        f"{U[:-64]}[{T}]",
        f"{U[:-64]}<{T}>",
        f"{U[:-64]}={T}",
        f"{U[:-64]} {T}",
        f"{U} &timestamp=1&sign=x",
        f"{U}\\\n  &timestamp=1",
        f"<{U}|robot>",
        f"GET {U} HTTP/1.1",
    ],
)
def test_a_damaged_address_is_set_right_where_there_is_one_way(text: str) -> None:
    assert parse_pasted(text).access_token == T


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (f"{T}{T}", PastedFault.BROKEN_TOKEN),
        (f"{U[:-30]}…", PastedFault.BROKEN_TOKEN),
        (f"{U[:-30]}****", PastedFault.BROKEN_TOKEN),
        (f"token: {T[:30]}?x", PastedFault.BROKEN_TOKEN),
        (f"{T},{OTHER}", PastedFault.TWO_TOKENS),
        (f"HOOKS = ['{U}', '{U[:-64]}{OTHER}']", PastedFault.TWO_TOKENS),
        (f"curl '{U}' -d '{M}'\ncurl '{U[:-64]}{OTHER}' -d '{M}'", PastedFault.TWO_TOKENS),
        (f"{U[:-64]}xxxxxxxx", PastedFault.NO_TOKEN),
        (f"{U[:-64]}YOUR_TOKEN", PastedFault.NO_TOKEN),
        (f"{U[:-64]}<token>", PastedFault.NO_TOKEN),
        (f"{U[:-64]}你的token", PastedFault.NO_TOKEN),
        ("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc", PastedFault.OTHER_ROBOT),
        (f"curl 'http://evil.example\\[::1]/robot/send?access_token={T}'", PastedFault.BACKSLASH),
        (M[:-2], PastedFault.BROKEN_JSON),
        ('{"errcode": 310000, "errmsg": "sign not match"}', PastedFault.ANSWER),
    ],
)
def test_what_has_no_one_way_is_refused_with_its_reason(text: str, fault: PastedFault) -> None:
    with pytest.raises(PastedError) as caught:
        parse_pasted(text)
    assert caught.value.fault is fault


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (f'curl \'{U}\' -d \'{M}\'\n{{"errcode":0,"errmsg":"ok"}}', N.ANSWER_DROPPED),
        (f"curl '{U}' -d '{M}'\ncurl '{U}' -d '{M.replace('hi', 'ho')}'", N.MORE_MESSAGES),
        (f"curl '{U}' -F 'msgtype=text'", N.BODY_IS_FORM),
        (f"curl '{U}' --data-urlencode '{M}'", N.BODY_ENCODED),
        (f"curl '{U}' -d \"{M}\"", N.BODY_UNESCAPED),
        (f"curl '{U}' -d '{M.replace('hi', chr(39) + '$MSG' + chr(39))}'", N.BODY_VARIABLES),
        (f"curl \"$WEBHOOK\" -d '{M}'", N.NO_TOKEN),
        (f"curl '{U}' -d '{M.replace(chr(34), '&quot;')}'", N.HTML_SIGNS),
        (f"wget --post-file=a.json '{U}'", N.BODY_ELSEWHERE),
        (f"curl '{U}' -d \"$BODY\"", N.BODY_ELSEWHERE),
        (f"curl '{U}' -d \"$(jq -n --arg a b '{{}}')\"", N.BODY_ELSEWHERE),
        (f"irm '{U}' -Method Post -InFile a.json", N.BODY_ELSEWHERE),
        (f"irm '{U}' -Method Post -Body $unknown", N.BODY_ELSEWHERE),
        (f"{U}\n{M[:-2]}", N.BODY_NOT_JSON),
        (f"TG_BOT_TOKEN=123456:ABC\nDD_BOT_TOKEN={T}", N.OTHERS_DROPPED),
        (f"AWS_SECRET=abc\nDINGTALK_SECRET={S}", N.OTHERS_DROPPED),
        (f"dingtalk://{T}/13800000001", N.PEOPLE_DROPPED),
        (f"SECxxxxxxxxxxxxxxxx\n{U}", N.PLACEHOLDER),
        (f'curl \'{U}\' -d \'{{"msg_type":"text","content":{{"text":"a"}}}}\'', N.FEISHU_MESSAGE),
    ],
)
def test_what_was_left_out_or_set_right_is_told(text: str, note: PastedNote) -> None:
    assert note in parse_pasted(text).notes


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"DINGTALK_WEBHOOK='{U}'\nDINGTALK_KEYWORD=告警", ("DINGTALK_KEYWORD=告警",)),
        (f"{U} AT=13800000001", ("AT=13800000001",)),
        (f"webhook：{U}，加签：{S}，关键词：告警", ("关键词：告警",)),
        (f"Webhook: {U} (keyword: alert)", ("keyword: alert",)),
        (f"值班群的机器人\n{U}", ("值班群的机器人",)),
        (json.dumps({"webhook": U, "name": "值班", "on": True}), ("name",)),
        (f"see https://open.dingtalk.com/document and use {U}", ("open.dingtalk.com",)),
        (f"{U}&at=13800000001", ("at=13800000001",)),
        (f"{U}&password=hunter2", ("password=***",)),
        (f"DB_PASSWORD=hunter2\n{U}", ("DB_PASSWORD=***",)),
        (f"数据库密码：hunter2\n{U}", ("数据库密码：***",)),
        (f"TG_BOT_TOKEN=123456:ABC\n{U}", ()),
        (f"secrets:\n  db: hunter2\ndingtalk: {U}", ("db: ***",)),
        (f"加签\n{S}\nWebhook\n{U}\n复制", ("复制",)),
        (f"{U}\npassword of {OTHER}x", ("password of ***",)),
    ],
)
def test_what_was_not_understood_is_named_and_shows_no_secret(
    text: str, left: tuple[str, ...]
) -> None:
    assert parse_pasted(text).left == left


@pytest.mark.parametrize(
    ("body", "notes"),
    [
        (M.replace("hi", "a\nb"), {JsonNote.RAW_LINE_ENDS}),
        (M.replace('"', "“"), {JsonNote.TYPOGRAPHIC_QUOTES}),
        (M.replace('"', "'"), {JsonNote.SINGLE_QUOTES}),
        (M.replace(", ", "，").replace(":", "："), {JsonNote.FULL_WIDTH_SIGNS}),
        (M.replace(", ", ", // kind\n"), {JsonNote.COMMENTS}),
        (M.replace("}}", ",},}"), {JsonNote.TRAILING_COMMA}),
        (M.replace('"msgtype"', "msgtype"), {JsonNote.BARE_KEYS}),
        (ESCAPED, {JsonNote.BACKSLASHES}),
        (M.replace("hi", "C:\\Dir"), {JsonNote.BACKSLASHES}),
        (M[:-1] + ', "at": {"isAtAll": True}}', {JsonNote.OTHER_WORDS}),
        (M[:-1] + ', "at": {"isAtAll": $ALL}}', {JsonNote.VARIABLES}),
        (M[:-1] + ', "msgtype": "text"}', {JsonNote.KEY_TWICE}),
    ],
)
def test_a_body_in_another_form_is_read_with_a_note(body: str, notes: set[JsonNote]) -> None:
    pasted = parse_pasted(f"curl '{U}' -d @- <<'END'\n{body}\nEND")
    assert isinstance(pasted.message_json, dict)
    assert pasted.message_json["msgtype"] == "text"
    assert set(pasted.json_notes) == notes
    assert N.BODY_MENDED in pasted.notes


def test_a_body_that_cannot_be_read_is_refused_with_its_place() -> None:
    with pytest.raises(PastedError) as caught:
        parse_pasted('{"msgtype": "text",\n "text" {"content": "hi"}}')
    place = caught.value.json_place
    assert place is not None
    assert (place.fault, place.line, place.column) == (JsonFault.NO_COLON, 2, 9)


@pytest.mark.parametrize(
    ("body", "translation"),
    [
        (
            {"msgtype": "markdown", "markdown": {"content": "# 告警\n磁盘满"}},
            {"msgtype": "markdown", "markdown": {"title": "告警", "text": "# 告警\n磁盘满"}},
        ),
        (
            {"msgtype": "text", "text": {"content": "a", "mentioned_mobile_list": ["138", "@all"]}},
            {
                "msgtype": "text",
                "text": {"content": "a @138"},
                "at": {"atMobiles": ["138"], "isAtAll": True},
            },
        ),
        (
            {"msgtype": "news", "news": {"articles": [{"title": "a", "url": "b", "picurl": "c"}]}},
            {
                "msgtype": "link",
                "link": {"title": "a", "text": "a", "messageUrl": "b", "picUrl": "c"},
            },
        ),
        ({"msgtype": "template_card", "template_card": {"card_type": "text_notice"}}, None),
        (
            {"msg_type": "text", "content": {"text": "hi"}},
            {"msgtype": "text", "text": {"content": "hi"}, "at": {"isAtAll": False}},
        ),
        (
            {
                "msg_type": "post",
                "content": {
                    "post": {
                        "zh_cn": {
                            "title": "t",
                            "content": [
                                [
                                    {"tag": "text", "text": "看"},
                                    {"tag": "a", "text": "这", "href": "u"},
                                ]
                            ],
                        }
                    }
                },
            },
            {"msgtype": "markdown", "markdown": {"title": "t", "text": "看[这](u)"}},
        ),
        ({"msg_type": "interactive", "card": {}}, None),
    ],
)
def test_another_companys_message_is_named_and_translated_where_it_can_be(
    body: dict[str, object], translation: dict[str, object] | None
) -> None:
    pasted = parse_pasted(json.dumps(body))
    assert pasted.message_json == body
    assert {N.WECOM_MESSAGE, N.FEISHU_MESSAGE} & set(pasted.notes)
    assert pasted.translation == translation


def test_emoji_of_several_parts_stay_whole_in_a_message() -> None:
    family = "👨\u200d👩\u200d👧"
    pasted = parse_pasted(f"curl '{U}' -d '{M.replace('hi', family)}'")
    assert pasted.message_json == {"msgtype": "text", "text": {"content": family}}


@pytest.mark.parametrize(
    "secret", ["SECcanary0123+456789/abcdef", "SEC0a_b-c+d/e0f1==", "SEC0a1b2c.d3e4f5"]
)
def test_a_secret_of_other_letters_is_never_cut(secret: str) -> None:
    for text in (
        f"{U}\n{secret}",
        f"加签：{secret}，{U}",
        json.dumps({"webhook": U, "secret": secret}),
    ):
        assert parse_pasted(text).secret == secret


def test_marks_that_hide_in_an_address_are_taken_out() -> None:
    pasted = parse_pasted(f"\u2068{U[:60]}\u200d{U[60:]}\u2069\n\u202d{S}\u202c")
    assert found(pasted) == "ETS"


HOSTILE = [
    *("x" * 200_000, "curl '" * 30_000, "{" * 200_000, "[" * 200_000, '{"a":' * 40_000),
    *("SEC1" * 50_000, "a=b " * 50_000, "`" * 200_000, "<<E\n" * 50_000, "https://" * 25_000),
    *("$(" * 100_000, "\\\n" * 100_000, "$x=@{a=" * 25_000, "curl -d {'" * 20_000, U * 1_500),
    *("iwr -Body @(" * 15_000, "POST /\n" * 25_000, '{"msgtype":' * 15_000, "“" * 60_000),
    *("token: " * 25_000, "# curl 'x\n" * 18_000, "https " * 30_000, "access_token=" * 15_000),
    *("A='" * 60_000, "A=b\n" * 50_000, "echo | curl -d @- " * 10_000, "[\n" * 100_000),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: text[:12].replace("\n", " "))
def test_a_hostile_paste_of_200_kb_takes_no_long_time(text: str) -> None:
    began_s = time.process_time()
    with suppress(PastedError):
        parse_pasted(text[:PASTE_BYTES])
    assert time.process_time() - began_s < 2.0


def test_a_paste_of_five_megabytes_is_refused_at_once() -> None:
    text = f"curl '{U}' -d '" + "汉" * 1_700_000
    began_s = time.process_time()
    with pytest.raises(PastedError) as caught:
        parse_pasted(text)
    assert caught.value.fault is PastedFault.TOO_LONG
    assert time.process_time() - began_s < 0.2


LETTERS = "0123456789abcdefXYZ_.~+/-"


@given(
    st.text(LETTERS, min_size=8, max_size=70), st.sampled_from(["\n", " ", "，", "\n加签：", ";"])
)
def test_a_secret_behind_the_webhook_is_found_whole_or_not_at_all(letters: str, gap: str) -> None:
    secret = f"SEC0a{letters}z"
    with suppress(PastedError):
        assert parse_pasted(f"{U}{gap}{secret}").secret in (secret, None)


@given(st.text(LETTERS, min_size=6, max_size=70))
def test_a_token_in_the_webhook_is_found_whole_or_refused(letters: str) -> None:
    token = f"t{letters}"
    with suppress(PastedError):
        assert parse_pasted(f"{U[:-64]}{quote(token, safe='')}&x=1").access_token == token


@given(st.text(LETTERS, min_size=6, max_size=70))
def test_a_token_with_its_name_is_found_whole_or_refused(letters: str) -> None:
    token = f"t{letters}z"
    with suppress(PastedError):
        assert parse_pasted(f"access_token: {token}").access_token == token


@pytest.mark.parametrize(
    "script",
    [
        f"fetch('{U}', {{method: 'POST', body: JSON.stringify({M})}})",
        f"fetch('{U}', {{\n  headers: {{'Content-Type': 'application/json'}},\n  body:"
        " JSON.stringify({msgtype: 'text', text: {content: 'hi'}})\n})",
        f"axios.post('{U}', {{ msgtype: 'text', text: {{ content: 'hi' }} }})",
        f"post('{U}', data=json.dumps({{'msgtype': 'text', 'text': {{'content': 'hi'}}}}))",
    ],
)
def test_a_message_within_what_a_script_calls_is_found(script: str) -> None:
    assert found(parse_pasted(script)) == "ETM"


# HTTPie, and xh that reads the same


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(
            f"http POST '{U}' msgtype=text text:='{{\"content\": \"hi\"}}'", id="raw json"
        ),
        pytest.param(f"http POST {U} msgtype=text text[content]=hi", id="nested"),
        pytest.param(f"http {U} msgtype=text 'text[content]=hi'", id="without a method"),
        pytest.param(
            f"http POST {ENDPOINT} access_token=={T} timestamp==1 sign==a%3D msgtype=text"
            " text[content]=hi",
            id="query items",
        ),
        pytest.param(
            f"$ http -v --timeout 5 POST {U} Content-Type:application/json X-A:b msgtype=text"
            " text[content]=hi",
            id="options and headers",
        ),
        pytest.param(
            f"https {ENDPOINT[8:]} access_token=={T} msgtype=text text[content]=hi", id="https"
        ),
        pytest.param(f"xh post {U} msgtype=text text[content]=hi | jq .", id="xh"),
        pytest.param(f"echo '{M}' | http POST {U}", id="piped"),
        pytest.param(f"http POST {U} <<< '{M}'", id="here-string"),
        pytest.param(f"http POST {U} --raw '{M}'", id="raw"),
        pytest.param(f"http POST {U} --raw='{M}'", id="raw in one word"),
        pytest.param(
            f'http POST {U} msgtype=text text:="{{\\"content\\":\\"hi\\"}}"', id="quotes for cmd"
        ),
        pytest.param(
            f"[root@host ~]# http POST '{U}' \\\n  msgtype=text \\\n  text[content]=hi\n\n"
            '{"errcode": 0, "errmsg": "ok"}',
            id="with its answer",
        ),
        pytest.param(f"```bash\nhttp POST {U} msgtype=text text[content]=hi\n```", id="fence"),
    ],
)
def test_an_httpie_command_gives_address_and_message(command: str) -> None:
    assert found(parse_pasted(command)) == "ETM"


def test_httpies_items_make_lists_and_tables() -> None:
    pasted = parse_pasted(
        f"http POST {U} msgtype=actionCard actionCard[title]=t 'actionCard[text]=a = b: c'"
        " actionCard[btns][0][title]=一 actionCard[btns][0][actionURL]=https://a.com/?x=1"
        " 'actionCard[btns][][title]=二' actionCard[hideAvatar]:=0 at[atMobiles][]=13800000001"
        " at[isAtAll]:=false own\\\\=key=x 99999999999[a]=1"
    )
    assert pasted.message_json == {
        "msgtype": "actionCard",
        "actionCard": {
            "title": "t",
            "text": "a = b: c",
            "btns": [{"title": "一", "actionURL": "https://a.com/?x=1"}, {"title": "二"}],
            "hideAvatar": 0,
        },
        "at": {"atMobiles": ["13800000001"], "isAtAll": False},
        "own=key": "x",
        "99999999999": {"a": "1"},
    }


@pytest.mark.parametrize(
    ("words", "note"),
    [
        ("msgtype=text text:=@body.json", N.BODY_ELSEWHERE),
        ("msgtype=text text[content]=@words.txt", N.BODY_ELSEWHERE),
        ("< body.json", N.BODY_ELSEWHERE),
        ("--form msgtype=text", N.BODY_IS_FORM),
        ("msgtype=text text:='{\"content\": '", N.BODY_NOT_JSON),
        ('msgtype=text "text[content]=$WORDS"', N.BODY_VARIABLES),
    ],
)
def test_what_httpie_would_read_elsewhere_or_could_not_is_told(words: str, note: N) -> None:
    pasted = parse_pasted(f"http POST {U} {words}")
    assert pasted.access_token == T and note in pasted.notes
    assert (pasted.message_json is not None) == (note is N.BODY_VARIABLES)


@pytest.mark.parametrize(
    "words",
    [f"用 http 协议发到 {U} 就行", f"The http address: {U}", f"https {T}", f"http post {U}"],
)
def test_prose_about_http_is_no_command(words: str) -> None:
    pasted = parse_pasted(words)
    assert (pasted.access_token, pasted.message_json) == (T, None)


DOUBLED = M.replace('"', '""')
SIGNED = (
    f"SIGN=$(printf x | openssl dgst -sha256 -hmac '{S}' -binary | base64)\n"
    f'curl "{U}&sign=$SIGN" -d '
)


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        (f"curl \"{U}&timestamp=$(date +%s)000&sign=abc%2Bd\" -d '{M}'", "ETM"),
        (f"curl \"{U}&timestamp=`date +%s`\" -d '{M}'", "ETM"),
        (f"curl {U}\\&timestamp=`date +%s` -d '{M}'", "ETM"),
        (f"ts=$(date +%s)\ncurl \"{U}&timestamp=$ts&sign=$sign\" -d '{M}'", "ETM"),
        (f"{SIGNED}'{M}'", "ETSM"),
        (f"curl \"{U}&sign=$(sign '{S}' $(date +%s))\" -d '{M}'", "ETSM"),
    ],
)
def test_commands_within_an_address_are_an_old_signature(text: str, letters: str) -> None:
    pasted = parse_pasted(text)
    assert found(pasted) == letters
    assert N.OLD_SIGNATURE_DROPPED in pasted.notes
    assert pasted.left == ()


@pytest.mark.parametrize(
    "text",
    [
        f"$ curl '{U}' \\\n> -H 'Content-Type: application/json' \\\n> -d '{M}'",
        f"$ curl '{U}' \\\n> -d '{M}'",
        f"curl '{U}' \\\n> -d '{M}'",
        f'[root@a ~]# curl \'{U}\' -d \'{{\n>   "msgtype": "text",\n>   "text": {{"content": '
        '"hi"}\n> }\'',
    ],
)
def test_prompts_before_the_next_lines_are_none_of_the_command(text: str) -> None:
    pasted = parse_pasted(text)
    assert found(pasted) == "ETM"
    assert pasted.left == ()


@pytest.mark.parametrize(
    "text",
    [
        f"{U}\nsign: abc%2Bdef%3D",
        json.dumps({"webhook": U, "sign": "abcdef+g="}),
        f"{U}\nsecret: {'Zm9v' * 10}Zm8=",
        f"SIGN=Zm9vYmFyYmF6cXV4MTIzNA==\ncurl '{U}'",
        f"SIGN=`echo x`\ncurl '{U}&sign=$SIGN'",
    ],
)
def test_an_old_signature_is_never_the_secret(text: str) -> None:
    pasted = parse_pasted(text)
    assert found(pasted) == "ET"
    assert N.OLD_SIGNATURE_DROPPED in pasted.notes


def test_a_secret_that_is_called_a_signature_is_the_secret() -> None:
    assert found(parse_pasted(f"{U}\nsign: {S}")) == "ETS"
    assert found(parse_pasted(json.dumps({"webhook": U, "sign": S}))) == "ETS"
    assert found(parse_pasted(f"SECRET=`pwgen`\ncurl '{U}'")) == "ET"


@pytest.mark.parametrize(
    "text",
    [
        f"cat > a.json <<EOF\n{M}\nEOF\ncurl '{U}' -d @a.json",
        f"generate() {{\ncat <<EOF\n{M}\nEOF\n}}\ncurl '{U}' -d \"$(generate)\"",
        f"curl '{U}' -d \"`cat <<EOF\n{M}\nEOF\n`\"",
        f'curl "{U}" -H "Content-Type: application/json" -d "{DOUBLED}"',
    ],
)
def test_a_body_that_is_written_elsewhere_in_the_paste_is_not_left_out(text: str) -> None:
    pasted = parse_pasted(text)
    assert found(pasted) == "ETM"
    assert pasted.notes == ()
    assert pasted.left == ()


def test_a_body_of_another_file_is_still_said_to_be_left_out() -> None:
    assert N.BODY_ELSEWHERE in parse_pasted(f"curl '{U}' -d @a.json").notes


@pytest.mark.parametrize("option", [f"-H 'secret: {S}'", f"--data-urlencode 'secret={S}'"])
def test_a_secret_in_an_option_is_taken(option: str) -> None:
    pasted = parse_pasted(f"curl '{U}' {option} -d '{M}'")
    assert found(pasted) == "ETSM"
    assert pasted.secret == S
    assert not pasted.left


@pytest.mark.parametrize(
    ("option", "left"),
    [
        ("-x http://me:word@proxy:8080", "-x http://proxy:8080"),
        ("--cacert a.pem", "--cacert a.pem"),
        ("--resolve a:443:10.2.3.4", "--resolve a:443:10.2.3.4"),
        ("-u me:word", "-u"),
    ],
)
def test_an_option_that_is_not_taken_over_is_named(option: str, left: str) -> None:
    pasted = parse_pasted(f"curl '{U}' {option} -d '{M}'")
    assert found(pasted) == "ETM"
    assert pasted.left == (left,)


@pytest.mark.parametrize(
    ("option", "left"),
    [
        ("-Proxy http://me:word@proxy:8080", ("-Proxy http://proxy:8080",)),
        ("-Proxy $proxy", ("-Proxy …",)),
        ("-ProxyCredential $known -UseBasicParsing", ("-ProxyCredential",)),
        ("-Headers @{'X-Group'='5'; 'Content-Type'='application/json'}", ("-Headers X-Group: 5",)),
        ("-TimeoutSec 5 -ContentType 'application/json'", ()),
    ],
)
def test_an_option_of_powershells_that_is_not_taken_over_is_named(
    option: str, left: tuple[str, ...]
) -> None:
    pasted = parse_pasted(f"Invoke-RestMethod -Uri '{U}' -Method Post {option} -Body '{M}'")
    assert found(pasted) == "ETM"
    assert pasted.left == left


def test_a_secret_in_a_header_of_powershells_is_taken() -> None:
    pasted = parse_pasted(f"irm -Uri '{U}' -Headers @{{'secret'='{S}'}} -Body '{M}'")
    assert (found(pasted), pasted.secret, pasted.left) == ("ETSM", S, ())


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("关键词“通知”", "关键词“通知”"),
        ("自定义关键词是 通知", "自定义关键词是 通知"),
        ("关键词：通知", "关键词：通知"),
        ("the keyword is deploy", "keyword is deploy"),
        ("IP 白名单 10.1.2.0/24", "IP 白名单 10.1.2.0/24"),
    ],
)
def test_what_a_chat_says_of_keywords_and_addresses_is_named(said: str, left: str) -> None:
    pasted = parse_pasted(f"小李你好，地址是 {U} ，加签密钥：{S}，{said}，谢谢！")
    assert (found(pasted), pasted.left) == ("ETS", (left,))


def test_a_secret_within_a_body_is_taken_out_of_the_message() -> None:
    assert found(parse_pasted(f"curl '{U}' -d '{json.dumps({**MESSAGE, 'secret': S})}'")) == "ETSM"


def test_many_open_here_documents_are_read_in_no_time() -> None:
    # A look to the end of the text for each of them would take half a minute.
    begun = time.process_time()
    with suppress(PastedError):
        parse_pasted(f'curl {U} -d "' + "`cat <<A\n" * 18_000 + '"')
    assert time.process_time() - begun < 10


@pytest.mark.parametrize("text", ["https://a,", "https://a ", '{\\"' * 4])
def test_a_long_line_of_the_same_is_read_in_no_time(text: str) -> None:
    # A look from the line's beginning, or to its end, at each of them would take ten seconds.
    begun = time.process_time()
    with suppress(PastedError):
        parse_pasted(text * 5000)
    assert time.process_time() - begun < 4
