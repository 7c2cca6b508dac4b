"""Whatever a person has is understood: commands, programs, templates, words, people, rows."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dingcomposer.core.messages import FeedCard, Link, Markdown, Mentions, Text
from dingcomposer.core.pasting.content import ContentKind, of_rows, read_content
from dingcomposer.core.pasting.source_reader import read_source
from dingcomposer.core.pasting.template_reader import read_template
from dingcomposer.core.payload import to_payload
from dingcomposer.core.webhook import PastedFault, PastedNote
from dingcomposer.ui.texts.pasting.content import content_faults

TOKEN = "3f0c" * 16
SECRET = "SEC" + "7a1e" * 16
WEBHOOK = f"https://oapi.dingtalk.com/robot/send?access_token={TOKEN}"
CASES = json.loads(
    (Path(__file__).parent.parent / "cases" / "pasted_content.json").read_text(encoding="utf-8")
)["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_it_is_understood(case: dict[str, object]) -> None:
    text = str(case["text"]).replace("«U»", WEBHOOK).replace("«S»", SECRET)
    found = read_content(text)
    assert found.kind == case["kind"]
    expected = case["message"]
    assert (to_payload(found.message) if found.message else None) == expected
    assert bool(found.robots) == case.get("robot", False)
    assert list(found.fields) == case.get("fields", [])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_no_token_stands_in_a_message_or_in_what_is_said(case: dict[str, object]) -> None:
    text = str(case["text"]).replace("«U»", WEBHOOK).replace("«S»", SECRET)
    for whole in (text, f"{text}\n{WEBHOOK}", f"{WEBHOOK}\n{text}", text.replace("hi", WEBHOOK)):
        found = read_content(whole)
        said = f"{found.message} {found.extras} {found.left} {found.fields} {found!r}"
        assert TOKEN not in said
        assert SECRET not in said


def test_rows_are_a_message_and_people() -> None:
    found = of_rows([["姓名", "手机"], ["张三", "13800000001"], ["# 李四", "13800000002"]])
    assert found.message == Markdown(
        "", "- 姓名：张三；手机：13800000001\n- 姓名：\\# 李四；手机：13800000002"
    )
    assert len([row for row in found.people if row.mobile]) == 2


def test_an_official_sample_of_javas_kit_is_read() -> None:
    source = """
    OapiRobotSendRequest request = new OapiRobotSendRequest();
    request.setMsgtype("link");
    OapiRobotSendRequest.Link link = new OapiRobotSendRequest.Link();
    link.setMessageUrl("https://www.example.com/");
    link.setPicUrl("");
    link.setTitle("火车");
    link.setText("向前开");
    request.setLink(link);
    """
    assert read_content(source).message == Link("火车", "向前开", "https://www.example.com/", "")


def test_feeds_and_people_of_a_program() -> None:
    go = """
    links := []map[string]string{{"title": "一", "messageURL": "https://a", "picURL": "https://b"}}
    body := map[string]any{"msgtype": "feedCard", "feedCard": map[string]any{"links": links}}
    """
    found = read_content(go).message
    assert isinstance(found, FeedCard)
    assert found.links[0].title == "一"
    python = 'd = dict(msgtype="text", text=dict(content="@138"), at={"atMobiles": ["138"]})'
    assert read_content(python).message == Text("@138", Mentions(("138",)))


def _json(words: str) -> str:
    return json.dumps({"msgtype": "text", "text": {"content": words}})


SEVERAL = {
    "JSON below JSON": f"{_json('1')}\n\n{_json('2')}\n{_json('3')}",
    "JSON Lines": "\n".join(map(_json, "123")),
    "a list": f"[{_json('1')}, {_json('2')}, {_json('3')}]",
    "in a chat": f"第一条：{_json('1')}\n第二条：{_json('2')}，还有 {_json('3')}",
    "curl": "\n".join(f"curl '{WEBHOOK}' -d '{_json(one)}'" for one in "123"),
    "a script": f"""#!/bin/bash
URL='{WEBHOOK}'
curl "$URL" -H 'Content-Type: application/json' -d '{_json("1")}'
curl "$URL" -H 'Content-Type: application/json' --data-raw '{_json("2")}'
curl "$URL" -d @- <<EOF
{_json("3")}
EOF""",
    "other robots": "\n".join(
        f"curl 'https://oapi.dingtalk.com/robot/send?access_token={one * 64}' -d '{_json(one)}'"
        for one in "123"
    ),
    "Python": f"""
payload = {{"msgtype": "text", "text": {{"content": "1"}}}}
requests.post('{WEBHOOK}', json=payload)
payload = {{"msgtype": "text", "text": {{"content": "" + "2"}}}}
requests.post('{WEBHOOK}', json=payload)
requests.post('{WEBHOOK}', json={{"msgtype": "text", "text": {{"content": "3"}}}})""",
    "a map of Java's": """
Map<String, Object> body = new HashMap<>();
body.put("msgtype", "text"); body.put("text", Map.of("content", "1")); send(body);
body.put("text", Map.of("content", "2")); send(body);
body.put("text", Map.of("content", "3")); send(body);""",
    "JavaScript": "".join(f"send({{msgtype: 'text', text: {{content: '{n}'}}}});\n" for n in "123"),
}


@pytest.mark.parametrize("text", SEVERAL.values(), ids=SEVERAL)
def test_each_of_several_messages_is_found_in_its_order(text: str) -> None:
    found = read_content(text)
    assert [one.message for one in (found, *found.further)] == [Text("1"), Text("2"), Text("3")]


OTHER = "9b7d" * 16
OTHER_SECRET = "SEC" + "5c2f" * 16
OTHER_WEBHOOK = WEBHOOK.replace(TOKEN, OTHER)
# What was read of each robot: its token, its secret, the line in which it stands.
ROBOTS = {
    "curl": (
        f"curl '{WEBHOOK}' -d '{_json('1')}'\ncurl '{OTHER_WEBHOOK}' -d '{_json('2')}'",
        ((TOKEN, None, 1), (OTHER, None, 2)),
    ),
    "a script with variables": (
        f"""A={TOKEN}
A_SECRET={SECRET}
B={OTHER}
B_SECRET={OTHER_SECRET}
HOST=https://oapi.dingtalk.com/robot/send?access_token=
curl "$HOST$A" -d @- <<EOF
{_json("1")}
EOF
curl "$HOST$B" -d '{_json("2")}'""",
        ((TOKEN, SECRET, 1), (OTHER, OTHER_SECRET, 3)),
    ),
    "PowerShell": (
        f"Invoke-RestMethod -Uri '{WEBHOOK}' -Method Post -Body '{_json('1')}'\n"
        f"Invoke-RestMethod -Uri '{OTHER_WEBHOOK}' -Method Post -Body '{_json('2')}'",
        ((TOKEN, None, 1), (OTHER, None, 2)),
    ),
    "Python": (
        f"requests.post('{WEBHOOK}', json={_json('1')})  # {SECRET}\n"
        f"requests.post('{OTHER_WEBHOOK}', json={_json('2')})",
        ((TOKEN, SECRET, 1), (OTHER, None, 2)),
    ),
    "secrets in front": (
        f"{SECRET}\n{WEBHOOK}\n{OTHER_SECRET}\n{OTHER_WEBHOOK}",
        ((TOKEN, SECRET, 2), (OTHER, OTHER_SECRET, 4)),
    ),
    "whose secret it is is not plain": (
        f"{WEBHOOK}\n{OTHER_WEBHOOK}\n{SECRET}",
        ((TOKEN, None, 1), (OTHER, None, 2)),
    ),
    "a profile": (
        json.dumps([{"webhook": WEBHOOK, "secret": SECRET}, {"webhook": OTHER_WEBHOOK}], indent=0),
        ((TOKEN, None, 3), (OTHER, None, 7)),
    ),
}


@pytest.mark.parametrize(("text", "expected"), ROBOTS.values(), ids=ROBOTS)
def test_each_of_several_robots_is_offered_with_the_secret_that_is_plainly_its(
    text: str, expected: tuple[tuple[str, str | None, int], ...]
) -> None:
    found = read_content(text)
    robots = tuple((one.access_token, one.secret, one.line) for one in found.robots)
    assert robots == expected
    assert found.fault is None
    is_unclear = SECRET in text and all(secret is None for _, secret, _ in expected)
    assert (PastedNote.SECRET_UNCLEAR in found.notes) == is_unclear
    messages = [one.message for one in (found, *found.further) if one.message is not None]
    assert messages == ([Text("1"), Text("2")] if "msgtype" in text else [])
    said = f"{found!r} {found.message} {found.left}"
    assert TOKEN not in said
    assert SECRET not in said


def test_two_secrets_for_one_robot_are_refused_in_words() -> None:
    found = read_content(f"{WEBHOOK}\n{SECRET}\n{OTHER_SECRET}")
    assert found.robots == ()
    assert found.fault is PastedFault.TWO_SECRETS


BODY = _json("今晚停机")
QUOTED = BODY.replace('"', '\\"')
CARETS = r'^"^{^\^"msgtype^\^":^\^"text^\^",^\^"text^\^":^{^\^"content^\^":^\^"今晚停机^\^"^}^}^"'
# Every form that people have one message in, each with its robot where it names one.
FORMS = {
    "--data-raw": f"curl '{WEBHOOK}' --data-raw '{BODY}'",
    "--json": f"curl --json '{BODY}' {WEBHOOK}",
    "-d @- behind a pipe": f"echo '{BODY}' | curl -d @- '{WEBHOOK}'",
    "-d @- and a here-document": f"curl '{WEBHOOK}' -d @- <<'EOF'\n{BODY}\nEOF",
    "-d @- and <<-": f"curl '{WEBHOOK}' -d @- <<-EOF\n\t{BODY}\n\tEOF",
    "-d @- and a here-string": f"curl '{WEBHOOK}' --data-binary @- <<< '{BODY}'",
    "a here-document in a substitution": (f"curl '{WEBHOOK}' -d \"$(cat <<EOF\n{BODY}\nEOF\n)\""),
    "$'…'": f"curl '{WEBHOOK}' -d $'{BODY.encode('ascii', 'backslashreplace').decode()}'",
    "cmd": f'curl "{WEBHOOK}" ^\n  -H "Content-Type: application/json" ^\n  -d "{QUOTED}"',
    "cmd, out of a browser": f'curl ^"{WEBHOOK}^" ^\n  --data-raw {CARETS}',
    "PowerShell": f"Invoke-RestMethod -Uri '{WEBHOOK}' -Method Post -Body '{BODY}'",
    "PowerShell's here-string": (
        f"$body = @'\n{BODY}\n'@\nInvoke-RestMethod -Uri \"{WEBHOOK}\" -Method Post -Body $body"
    ),
    "PowerShell's table": (
        "$b = @{ msgtype='text'; text=@{ content='今晚停机' } } | ConvertTo-Json\n"
        f"Invoke-WebRequest -Uri '{WEBHOOK}' -Method POST -Body $b"
    ),
    "curl.exe": f"curl.exe -X POST '{WEBHOOK}' -d '{QUOTED}'",
    "Python": f"requests.post('{WEBHOOK}', json={BODY})",
    "Python and json.dumps": f"url='{WEBHOOK}'\ndata = {BODY}\npost(url, data=json.dumps(data))",
    "a text block of Java's": f'String body = """\n{BODY}\n""";\nURI.create("{WEBHOOK}");',
    "Java": f'String body = "{QUOTED}";\nURI.create("{WEBHOOK}");',
    "Go": f'body := `{BODY}`\nhttp.Post("{WEBHOOK}", "application/json", r)',
    "a map of Go's": (
        'm := map[string]any{"msgtype": "text", "text": map[string]string{"content": "今晚停机"}}\n'
        f'http.Post("{WEBHOOK}", "application/json", r)'
    ),
    "JavaScript": f"fetch('{WEBHOOK}', {{method: 'POST', body: JSON.stringify({BODY})}})",
    "axios": f"axios.post(`{WEBHOOK}`, {{ msgtype: 'text', text: {{ content: `今晚停机` }} }})",
    "a function of a shell's": f'send() {{\n  curl -s "{WEBHOOK}" -d "{QUOTED}"\n}}',
    "HTTP": (f"POST /robot/send?access_token={TOKEN} HTTP/1.1\nHost: oapi.dingtalk.com\n\n{BODY}"),
}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_every_form_gives_its_message_and_its_robot(text: str) -> None:
    found = read_content(text)
    assert found.message == Text("今晚停机")
    assert found.further == ()
    assert [one.access_token for one in found.robots] == [TOKEN]


def test_the_kinds_that_one_bean_gets_one_after_another_are_messages_of_their_own() -> None:
    """As in the kit's own sample, which sends a text, a link and a markdown with one request."""
    found = read_content("""
    OapiRobotSendRequest request = new OapiRobotSendRequest();
    request.setMsgtype("text");
    OapiRobotSendRequest.Text text = new OapiRobotSendRequest.Text();
    text.setContent("水位到了");
    request.setText(text);
    request.setMsgtype("link");
    OapiRobotSendRequest.Link link = new OapiRobotSendRequest.Link();
    link.setMessageUrl("https://www.example.com/");
    link.setPicUrl("");
    link.setTitle("火车");
    link.setText("向前开");
    request.setLink(link);
    request.setMsgtype("markdown");
    OapiRobotSendRequest.Markdown markdown = new OapiRobotSendRequest.Markdown();
    markdown.setTitle("天气");
    markdown.setText("# 晴");
    request.setMarkdown(markdown);
    """)
    assert [one.message for one in (found, *found.further)] == [
        Text("水位到了"),
        Link("火车", "向前开", "https://www.example.com/", ""),
        Markdown("天气", "# 晴"),
    ]


def test_of_several_one_that_is_no_message_is_told_behind_the_others() -> None:
    found = read_content('{"msgtype": "poll"}\n' + _json("2"))
    assert found.message == Text("2")
    assert [one.payload_error is not None for one in found.further] == [True]


def test_a_sample_within_a_message_is_no_second_one() -> None:
    found = read_content(_json(f"接口示例：{_json('x')}"))
    assert found.further == ()
    assert read_content(f"curl '{WEBHOOK}' -d '{_json(_json('x'))}'").further == ()


def test_more_than_a_hundred_are_not_read_and_that_is_said() -> None:
    found = read_content("\n".join(_json(str(number)) for number in range(120)))
    assert len(found.further) == 99
    assert PastedNote.TOO_MANY_MESSAGES in found.notes


@pytest.mark.parametrize("text", ["", " \n", "x" * 210_000])
def test_what_cannot_be_read_says_why(text: str) -> None:
    found = read_content(text)
    assert found.message is None
    assert found.fault in (PastedFault.EMPTY, PastedFault.TOO_LONG)


@pytest.mark.parametrize(
    "text",
    [
        '{"msgtype":' * 2_000,
        "msgtype" + "{" * 20_000,
        "msgtype = " + "(" * 20_000,
        "msgtype" + "[" * 20_000,
        "msgtype" + "a.b(" * 20_000,
        "msgtype" + '"a" + ' * 20_000,
        "{{ define" * 5_000,
        '{{ define "a" }}{{ template "a" . }}{{ end }}',
        "{{ range . }}" * 5_000,
        "msgtype" + "/*" * 20_000,
        "msgtype" + '"""' * 20_000,
    ],
    ids=range(11),
)
def test_hostile_text_is_read_in_no_time(text: str) -> None:
    read_content(text[:200_000])


@settings(deadline=None, max_examples=200)
@given(st.text(st.sampled_from("{}[]()\"'`:=,.+ \nabmsgtype$<>/#*%1"), max_size=80))
def test_any_signs_are_read_without_a_word(text: str) -> None:
    read_source(f"msgtype {text}")
    read_content(f"{{{{ .Status }}}} {text}")
    read_content(f"msgtype {text}")


def test_a_template_inlines_what_it_calls_and_stops_in_a_circle() -> None:
    read = read_template(
        '{{ define "a" }}甲{{ template "b" . }}{{ end }}'
        '{{ define "b" }}乙{{ template "a" . }}{{ end }}'
    )
    assert "甲乙" in read.text


def test_words_of_a_kind_are_told_apart() -> None:
    kinds = {
        "今晚停机": ContentKind.TEXT,
        "# 通知\n请看": ContentKind.MARKDOWN,
        "a\tb\nc\td": ContentKind.ROWS,
    }
    for text, kind in kinds.items():
        assert read_content(text).kind is kind


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (
            {
                "msg_type": "post",
                "content": {
                    "post": {
                        "zh_cn": {
                            "title": "t",
                            "content": [
                                [{"tag": "at", "user_id": "all"}, {"tag": "text", "text": "hi"}]
                            ],
                        }
                    }
                },
            },
            Markdown("t", "@所有人 hi", Mentions(is_all=True)),
        ),
        (
            {"msgtype": "text", "text": {"content": "hi", "mentioned_list": ["wang", "@all"]}},
            Text("hi @wang", Mentions((), ("wang",), is_all=True)),
        ),
        ({"msgtype": "markdown", "markdown": {"title": "T", "content": "hi"}}, Markdown("T", "hi")),
        ({"msgtype": "markdown_v2", "markdown_v2": {"content": "hi"}}, Markdown("hi", "hi")),
    ],
)
def test_another_companys_people_and_title_are_kept(body: object, message: object) -> None:
    assert read_content(json.dumps(body)).message == message


@pytest.mark.parametrize(
    ("body", "company"),
    [
        ({"msg_type": "interactive", "card": {}}, "Feishu"),
        ({"msgtype": "template_card", "template_card": {}}, "WeCom"),
    ],
)
def test_another_companys_kind_without_a_counterpart_is_named(body: object, company: str) -> None:
    found = content_faults(read_content(json.dumps(body)))
    assert found == [
        f"This message is written for {company}'s robots.",
        "A message of this kind cannot be turned into DingTalk's.",
    ]


def test_what_is_said_of_a_robot_is_not_said_where_there_is_none() -> None:
    found = read_content(
        "msg = f'服务 {name} 挂了'\ndata={'msgtype':'text','text':{'content':msg}}"
    )
    assert found.message == Text("服务 {{name}} 挂了")
    assert not found.robots
    assert PastedNote.ODD_TOKEN not in found.notes


@pytest.mark.parametrize("words", ["it's", "他说 'x' 了", "C'est l'été", "a' b"])
def test_a_quotation_mark_within_a_text_stays_there(words: str) -> None:
    found = read_content(f"{{'msgtype': 'text', 'text': {{'content': '{words}'}}}}")
    assert found.message == Text(words)
