"""`completion` and `sandbox`: what a shell is told, and the sandbox that runs by itself."""

import click
from click.shell_completion import CompletionItem, ShellComplete, add_completion_class

PROGRAM = "dingcomposer"
VARIABLE = "_DINGCOMPOSER_COMPLETE"

_POWERSHELL = """\
Register-ArgumentCompleter -Native -CommandName %(prog_name)s -ScriptBlock {
    param($word, $line, $place)
    $env:%(complete_var)s = "powershell_complete"
    $env:_DINGCOMPOSER_LINE = $line.ToString()
    $env:_DINGCOMPOSER_WORD = $word
    try {
        & %(prog_name)s | ForEach-Object {
            $value, $help = $_ -split "`t", 2
            if (-not $help) { $help = $value }
            $kind = [System.Management.Automation.CompletionResult]
            $kind::new($value, $value, "ParameterValue", $help)
        }
    } finally {
        Remove-Item Env:%(complete_var)s, Env:_DINGCOMPOSER_LINE, Env:_DINGCOMPOSER_WORD
    }
}
"""


class PowerShellComplete(ShellComplete):
    """Completion for PowerShell, which click does not bring; it asks in two variables."""

    name = "powershell"
    source_template = _POWERSHELL

    def get_completion_args(self) -> tuple[list[str], str]:
        """The words before the one that is being written, and that one."""
        from os import environ

        from click.shell_completion import split_arg_string

        words = split_arg_string(environ.get("_DINGCOMPOSER_LINE", ""))[1:]
        word = environ.get("_DINGCOMPOSER_WORD", "")
        if word and words and words[-1] == word:
            words.pop()
        return words, word

    def format_completion(self, item: CompletionItem) -> str:
        """The value, and behind a tab what it means."""
        return f"{item.value}\t{item.help or item.value}"


add_completion_class(PowerShellComplete)


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish", "powershell"]))
def completion(shell: str) -> None:
    """Print what makes SHELL complete this program's commands.

    For bash, for example: dingcomposer completion bash > ~/.dingcomposer.bash, and source that.
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None
    commands = click.get_current_context().find_root().command
    click.echo(kind(commands, {}, PROGRAM, VARIABLE).source())


@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def sandbox(context: click.Context, arguments: tuple[str, ...]) -> None:
    """Run a DingTalk of our own on this computer, for tests; --help tells its options."""
    from dingcomposer.sandbox.__main__ import main

    context.exit(main(list(arguments)))
