"""A message as a step of a pipeline: GitHub Actions and GitLab CI, which run the bash script.

Both read the YAML's block of text first and fill in what looks like an expression of theirs; what
the message holds of that kind is taken apart by quotes that bash removes (`bash_lines`).
"""

from textwrap import indent

from dingcomposer.interchange.snippets.bash import bash_lines
from dingcomposer.interchange.snippets.request import CopiedRequest, fill

_GITHUB = """\
# Save it as .github/workflows/dingtalk.yml, or copy the step into a job of your own.
# Token and secret: Settings, Secrets and variables, Actions. They stand nowhere in here.
name: DingTalk
on: workflow_dispatch
permissions: {}
jobs:
  notify:
    runs-on: ubuntu-latest
    steps:
      - name: Send the message to DingTalk
        shell: bash
@@env@@        run: |
@@script@@"""

# The server fills these two in; whatever else has its signs comes from the message.
_FROM_GITHUB = """\
        env:
          DINGTALK_TOKEN: ${{ secrets.DINGTALK_TOKEN }}
@@signing@@"""
_SIGNING = """\
          DINGTALK_SECRET: ${{ secrets.DINGTALK_SECRET }}
"""

_GITLAB = """\
# Copy the job into .gitlab-ci.yml. Token and secret: Settings, CI/CD, Variables, masked, and
# without "Expand variable reference". They stand nowhere in here.
dingtalk:
  image: buildpack-deps:curl  # any image that has bash, curl and openssl
  variables:
    GIT_STRATEGY: none
  script:
    - |
      bash <<'END_OF_SCRIPT'
@@script@@      END_OF_SCRIPT
"""


def github_step(request: CopiedRequest) -> str:
    """The workflow. No `${{` of a message is left in it for the server to fill in."""
    signing = _SIGNING if request.is_signed is not False else ""
    return fill(
        _GITHUB,
        env=fill(_FROM_GITHUB, signing=signing),
        script=indent(bash_lines(request), " " * 10),
    )


def gitlab_job(request: CopiedRequest) -> str:
    """The job. The image's own shell may be any: the script is handed to bash, word for word."""
    return fill(_GITLAB, script=indent(bash_lines(request), " " * 6))
