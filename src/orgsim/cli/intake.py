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


@click.command("import")
@click.argument("staff", type=click.Path(path_type=Path))
@click.argument("scenario", required=False, type=click.Path(dir_okay=False, path_type=Path))
@_map
@click.option("--keep-names", is_flag=True, help="Show people by their names [default: by number].")
@click.option("--json", "as_json", is_flag=True, help="Print JSON (keys: docs/json.md).")
@_overwrite
def import_(
    staff: Path,
    scenario: Path | None,
    said: tuple[str, ...],
    keep_names: bool,
    as_json: bool,
    overwrite: bool,
) -> None:
    """Make a scenario of a staff list: functions with staff and pay, span of control, departments.

    STAFF is CSV, XLSX or Parquet, in English or French: who, unit, function, part of a post, cost, manager.
    Without SCENARIO, a file to be written (.toml), it is only shown what was understood.
    """
    from orgsim.gate import toml_tables
    from orgsim.own_company.drafting import draft
    from orgsim.own_company.reading import StaffReading
    from orgsim.own_company.saying import said as options
    from orgsim.own_company.staff import read_staff
    from orgsim.scenario import load
    from orgsim.terminal.intake import print_staff, remarks

    read = read_staff(staff, options(StaffReading, said))
    made = draft(read, staff.stem)
    text = made.toml(remarks(read, made, keep_names))
    load(toml_tables(text, str(staff)))
    if scenario is not None:
        _write(scenario, text.encode(), overwrite)
    if as_json:
        print_json({"kind": "import"} | read.told(keep_names) | made.told(), indent=2)
        return
    print_staff(terminal(), read, made, keep_names)
    if scenario is None:
        click.echo(
            say("Nothing was written; to write the scenario: orgsim import {staff} FILE.toml", staff=staff)
        )
    else:
        click.echo(
            say("Wrote {file}. Say what work comes in it, then run: orgsim validate {file}", file=scenario)
        )


def _write(file: Path, content: bytes, overwrite: bool) -> None:
    from orgsim.writing import write_new, write_whole

    (write_whole if overwrite else write_new)(file, content)
