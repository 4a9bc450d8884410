"""The command that serves the dashboard."""

from pathlib import Path

import click

from orgsim.terminal.screen import say_if_compiling


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
@click.option("--allow-host", "allowed", multiple=True, metavar="NAME",
              help="A further name for the pages, of a proxy, say (repeatable).")  # fmt: skip
@click.option("--root-path", default="", metavar="PATH",
              help="The path under which a proxy shows the pages, like /orgsim.")  # fmt: skip
@click.option("--lessons", type=click.Path(exists=True, file_okay=False, path_type=Path), multiple=True,
              help="A folder of lessons of your own, beside the bundled ones (repeatable).")  # fmt: skip
@click.option("--open/--no-open", "open_browser", default=False, help="Open a browser, too.")
def dashboard(
    host: str, port: int, allowed: tuple[str, ...], root_path: str, lessons: tuple[Path, ...],
    open_browser: bool,
) -> None:  # fmt: skip
    """Open the pages: two organisations side by side, live; needs no internet."""
    from orgsim.dashboard.serving import Place, serve
    from orgsim.scenario import load
    from orgsim.studies.planning import compile_with

    say_if_compiling()
    compile_with(load("default"), "silos")
    serve(Place(host, port, root_path, allowed), [str(folder) for folder in lessons], open_browser)
