"""A message as a program that a person can run elsewhere, in the language that is asked for.

Each signs, has token and secret from environment variables and never in itself, reads the errcode
and ends with another code than 0 where the message was not delivered.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from dingcomposer.core.messages import Message
from dingcomposer.core.robot import Robot
from dingcomposer.interchange.snippets.alertmanager import alertmanager_receiver
from dingcomposer.interchange.snippets.bash import curl_in_bash
from dingcomposer.interchange.snippets.compiled import go, java
from dingcomposer.interchange.snippets.javascript import javascript
from dingcomposer.interchange.snippets.php import php
from dingcomposer.interchange.snippets.pipelines import github_step, gitlab_job
from dingcomposer.interchange.snippets.python import python_alone, python_with_requests
from dingcomposer.interchange.snippets.request import CopiedRequest, UnsafeAddress, request_of
from dingcomposer.interchange.snippets.windows import curl_in_cmd, curl_in_powershell

__all__ = ["SNIPPETS", "Snippet", "SnippetForm", "UnsafeAddress", "to_snippet"]


class SnippetForm(StrEnum):
    """The forms in which a message can be copied, in the order of the menu."""

    BASH = "bash"
    POWERSHELL = "powershell"
    CMD = "cmd"
    REQUESTS = "requests"
    PYTHON = "python"
    JAVA = "java"
    GO = "go"
    PHP = "php"
    JAVASCRIPT = "javascript"
    GITHUB = "github"
    GITLAB = "gitlab"
    ALERTMANAGER = "alertmanager"


class Snippet(NamedTuple):
    """`name` is the form's own name, which no language translates; `opens_group` puts a line above.

    `write` makes the program of a request.
    """

    name: str
    write: Callable[[CopiedRequest], str]
    opens_group: bool = False


SNIPPETS = {
    SnippetForm.BASH: Snippet("curl (bash)", curl_in_bash),
    SnippetForm.POWERSHELL: Snippet("curl (PowerShell)", curl_in_powershell),
    SnippetForm.CMD: Snippet("curl (cmd)", curl_in_cmd),
    SnippetForm.REQUESTS: Snippet("Python (requests)", python_with_requests, opens_group=True),
    SnippetForm.PYTHON: Snippet("Python (urllib)", python_alone),
    SnippetForm.JAVA: Snippet("Java (HttpClient)", java),
    SnippetForm.GO: Snippet("Go (net/http)", go),
    SnippetForm.PHP: Snippet("PHP (curl)", php),
    SnippetForm.JAVASCRIPT: Snippet("JavaScript (fetch)", javascript),
    SnippetForm.GITHUB: Snippet("GitHub Actions", github_step, opens_group=True),
    SnippetForm.GITLAB: Snippet("GitLab CI", gitlab_job),
    SnippetForm.ALERTMANAGER: Snippet("Alertmanager", alertmanager_receiver),
}


def to_snippet(
    form: SnippetForm,
    message: Message,
    robot: Robot,
    *,
    is_signed: bool | None,
    msg_uuid: str | None = None,
) -> str:
    """The program. It reads `DINGTALK_TOKEN` and, where the robot signs, `DINGTALK_SECRET`.

    `is_signed` None: it is not known whether the robot signs, and whoever runs it must say. With
    `msg_uuid` it repeats that send; without, each run is a send of its own. Raises `EncodeError`
    as `encode` does, and `UnsafeAddress` for a robot that the program would send no token to.
    """
    request = request_of(message, robot, is_signed=is_signed, msg_uuid=msg_uuid)
    return SNIPPETS[form].write(request)
