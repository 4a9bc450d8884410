"""The commands that read what a company or a statistical office has: series, import."""

from pathlib import Path

import click

from orgsim.terminal.screen import console as terminal
from orgsim.terminal.screen import print_json
from orgsim.terminal.speaking import say

_file = click.argument("file", type=click.Path(path_type=Path))
_map = click.option(
    "--map", "said", multiple=True, metavar="NAME=VALUE",
    help="Say what the file leaves open, for example --map value=OBS_VALUE (repeatable; names: "
    "docs/own-company.md).",
)  # fmt: skip
_overwrite = click.option("--overwrite", is_flag=True, help="Replace the file to be written if it is there.")


@click.command()
@_file
@_map
@click.option("--json", "as_json", is_flag=True, help="Print JSON (keys: docs/json.md).")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path),
              help="Write the clean series to this file: month,index.")  # fmt: skip
@_overwrite
def series(file: Path, said: tuple[str, ...], as_json: bool, output: Path | None, overwrite: bool) -> None:
    """Show how a published series is read: CSV, XLSX or Parquet, of any office.

    What a crisis makes of FILE is the same: crisis.file, with crisis.reading for what --map says.
    """
    from orgsim.intake.reading import SeriesReading
    from orgsim.intake.series import read_series
    from orgsim.own_company.saying import said as options
    from orgsim.terminal.intake import print_series

    found = read_series(file, options(SeriesReading, said))
    if output is not None:
        _write(output, found.csv(), overwrite)
    if as_json:
        print_json(found.told(), indent=2)
        return
    print_series(terminal(), found)
    if output is not None:
        click.echo(say("Wrote {file}.", file=output))


def _write(file: Path, content: bytes, overwrite: bool) -> None:
    from orgsim.writing import write_new, write_whole

    (write_whole if overwrite else write_new)(file, content)
