"""The copied steps of pipelines: what the servers read of them, before a shell runs them."""

import re

import pytest
import yaml

from dingcomposer.core.messages import Message, Text
from dingcomposer.core.robot import Robot
from dingcomposer.interchange.snippets import SnippetForm, to_snippet
from tests.interchange.snippets.test_programs import MESSAGES, NAME

ROBOT = Robot("1", NAME)
each_message = pytest.mark.parametrize("message", MESSAGES.values(), ids=list(MESSAGES))


@each_message
def test_github_fills_in_the_two_secrets_and_nothing_of_the_message(message: Message) -> None:
    program = to_snippet(SnippetForm.GITHUB, message, ROBOT, is_signed=True)
    assert re.findall(r"\$\{\{.*?\}\}", program) == [
        "${{ secrets.DINGTALK_TOKEN }}",
        "${{ secrets.DINGTALK_SECRET }}",
    ]
    [step] = yaml.safe_load(program)["jobs"]["notify"]["steps"]
    assert "${{" not in step["run"]
    assert set(step["env"]) == {"DINGTALK_TOKEN", "DINGTALK_SECRET"}


def test_github_asks_for_no_secret_where_the_robot_has_none() -> None:
    program = to_snippet(SnippetForm.GITHUB, Text("x"), ROBOT, is_signed=False)
    assert "DINGTALK_SECRET" not in program
    [step] = yaml.safe_load(program)["jobs"]["notify"]["steps"]
    assert set(step["env"]) == {"DINGTALK_TOKEN"}


@each_message
def test_gitlab_fills_in_nothing(message: Message) -> None:
    program = to_snippet(SnippetForm.GITLAB, message, ROBOT, is_signed=True)
    assert "$[[" not in program
    job = yaml.safe_load(program)["dingtalk"]
    assert set(job) == {"image", "variables", "script"}
    assert set(job["variables"]) == {"GIT_STRATEGY"}
    [lines] = job["script"]
    assert lines.startswith("bash <<'END_OF_SCRIPT'\n")
    assert lines.splitlines().count("END_OF_SCRIPT") == 1
    assert lines.endswith("\nEND_OF_SCRIPT\n")
