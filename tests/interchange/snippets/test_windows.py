"""What is copied for PowerShell and cmd is read by a grammar and by known rules: never run here.

The rules: about_Quoting_Rules (a here-string in single quotes ends with a line that begins with
'@, and nothing in it means anything) and cmd's percent signs, which only its own lines have.
"""

import json
import re

import pytest
import tree_sitter
import tree_sitter_powershell

from dingcomposer.core.messages import Message, Text
from dingcomposer.core.payload import to_payload
from dingcomposer.core.robot import Robot
from dingcomposer.interchange.snippets import SnippetForm, to_snippet
from tests.interchange.snippets.test_programs import MESSAGES, MSG_UUID, NAME

ROBOT = Robot("1", NAME, endpoint="https://oapi.dingtalk.com/robot/send")
each_message = pytest.mark.parametrize("message", MESSAGES.values(), ids=list(MESSAGES))


def powershell(message: Message, *, is_signed: bool | None = True, msg_uuid: str = "") -> str:
    return to_snippet(
        SnippetForm.POWERSHELL, message, ROBOT, is_signed=is_signed, msg_uuid=msg_uuid or None
    )


def parsed(program: str) -> tree_sitter.Node:
    language = tree_sitter.Language(tree_sitter_powershell.language())
    return tree_sitter.Parser(language).parse(program.encode()).root_node


def nodes(root: tree_sitter.Node, kind: str) -> list[str]:
    """The texts of all nodes of a kind, in their order."""
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        if node.type == kind and node.text is not None:
            found.append(node.text.decode())
        waiting.extend(reversed(node.children))
    return found


def test_the_grammar_tells_what_is_no_powershell() -> None:
    program = powershell(Text("x"))
    assert parsed(program.replace("'@\n", "\n")).has_error
    assert parsed(program.replace("finally {", "finally (")).has_error


@each_message
@pytest.mark.parametrize("is_signed", [True, False, None])
def test_powershell_reads_it_without_a_fault(message: Message, is_signed: bool | None) -> None:
    root = parsed(powershell(message, is_signed=is_signed))
    assert not root.has_error


@each_message
def test_powershell_has_the_very_message_in_its_here_string(message: Message) -> None:
    [here] = nodes(parsed(powershell(message)), "verbatim_here_string_characters")
    lines = here.split("\n")
    assert (lines[0], lines[-1], len(lines)) == ("@'", "'@", 3)
    assert json.loads(lines[1]) == to_payload(message)


def test_the_body_is_put_together_as_the_server_wants_it() -> None:
    program = powershell(Text("x"), msg_uuid=MSG_UUID)
    assert "$message.Substring(0, $message.Length - 1) + ',\"msgUuid\":\"' + $id + '\"}'" in program
    assert f"$id = '{MSG_UUID}'" in program
    assert "for a safe retry" in program
    assert "[guid]::NewGuid()" in powershell(Text("x"))


def test_powershell_has_its_keys_from_variables_and_asks_for_them() -> None:
    both, none, either = (powershell(Text("x"), is_signed=one) for one in (True, False, None))
    for program in (both, none, either):
        assert "if (-not $env:DINGTALK_TOKEN)" in program
    assert "HMACSHA256" in both
    assert "DINGTALK_SECRET" not in none
    assert "the word none" in either


@each_message
def test_no_typographic_quote_stands_where_powershell_would_take_it_for_one(
    message: Message,
) -> None:
    lines = powershell(message).split("\n")
    at = lines.index("$message = @'")
    others = [line for line in (*lines[:at], *lines[at + 3 :]) if not line.startswith("#")]
    assert not re.search("[\u2018-\u201f]", "\n".join(others))


@each_message
def test_cmd_hands_the_same_powershell_over_and_reads_nothing_of_it(message: Message) -> None:
    batch = to_snippet(SnippetForm.CMD, message, ROBOT, is_signed=True)
    script = powershell(message)
    assert batch.endswith(script)
    own = batch.removesuffix(script).splitlines()
    # Its last line leaves, so that cmd never comes to the message.
    assert own[-1] == "@exit /b %errorlevel%"
    assert all(line.startswith("@") and line.isascii() for line in own)
    # cmd fills in what stands between percent signs: these two alone.
    assert re.findall(r"%\S*", "\n".join(own)) == ['%~f0"', "%errorlevel%"]
    [call] = [line for line in own if line.startswith("@powershell")]
    assert call.count('"') == 2  # one quoted word: & | < > ( ) mean nothing in it
    assert len(call) < 8191
    # What PowerShell takes of the file: from behind cmd's last line on.
    taken = re.search(r"IndexOf\('(.*?)' \+ '(.*?)'\) \+ (\d+)", call)
    assert taken is not None
    mark = taken[1] + taken[2]
    assert batch.index(mark) == batch.index(own[-1])
    assert batch[batch.index(mark) + int(taken[3]) :] == "\n" + script
    inner = call.partition('-Command "')[2].removesuffix('"')
    assert not parsed(inner).has_error
