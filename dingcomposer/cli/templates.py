"""`templates`: which there are, and what is to be filled into one."""

import click

from dingcomposer.cli.options import CommonOptions


@click.group()
def templates() -> None:
    """List the templates, or show one: what --template of the other commands takes."""


@templates.command(name="list")
@click.option("--json", "is_json", is_flag=True, help="One JSON object on standard output.")
def list_templates(is_json: bool) -> None:
    """List the templates: your own, those of the shared folder, and those that ship."""
    from dingcomposer.cli.filling import as_json, dumped, known_templates

    common: CommonOptions = click.get_current_context().obj
    known = known_templates(common.data_dir, common.say)
    if is_json:
        click.echo(dumped({"templates": [as_json(one) for one in known]}))
        return
    for one in known:
        fields = ", ".join(field.name for field in one.template.asked)
        click.echo(f"{one.template.name}  ({one.origin.value})  {fields}".rstrip())


@templates.command()
@click.argument("name")
@click.option("--json", "is_json", is_flag=True, help="The template itself, as its file has it.")
def show(name: str, is_json: bool) -> None:
    """Show what the template NAME asks for, and its message."""
    from dingcomposer.cli.filling import dumped, template_called
    from dingcomposer.core.templates.documents import to_document

    common: CommonOptions = click.get_current_context().obj
    template = template_called(common.data_dir, name, common.say)
    document = to_document(template)
    if is_json:
        click.echo(dumped(document))
        return
    click.echo(document["name"])
    if document["about"]:
        click.echo(document["about"])
    for field in template.asked:
        told = [field.kind.value]
        told += ["optional"] if field.is_optional else []
        told += [f"default {field.default}"] if field.default else []
        told += [f"one of {', '.join(field.choices)}"] if field.choices else []
        click.echo(f"  {field.name}: {'; '.join(told)}")
    click.echo(dumped(document["message"]))
