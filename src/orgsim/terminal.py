"""What the commands share: the terminal, and the one line about compiling."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console


def console(stderr: bool = False) -> "Console":
    """A terminal to print on; loaded when it is needed."""
    from rich.console import Console

    return Console(stderr=stderr)


def say_if_compiling() -> None:
    """Say that the first run takes longer."""
    from orgsim.compiled import is_cached

    if not is_cached():
        click.echo("Compiling the core, once on this machine (about 20 seconds)…", err=True)
