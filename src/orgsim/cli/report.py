"""The commands about what others read and check: report, reproduce."""

import sys
from pathlib import Path

import click

from orgsim.errors import OrgsimError
from orgsim.terminal.screen import console as terminal
from orgsim.terminal.screen import print_json, say_if_compiling
from orgsim.terminal.speaking import say, spoken


@click.command()
@click.argument("result")
@click.option("--output", "-o", type=click.Path(path_type=Path), default=None,
              help="The HTML file [default: report.html in the folder of results].")  # fmt: skip
@click.option("--xlsx", is_flag=True, help="A workbook beside it, with native charts.")
@click.option("--png", is_flag=True, help="The figures as PNG beside it, for slides.")
@click.option("--svg", is_flag=True, help="The figures as SVG beside it.")
def report(result: str, output: Path | None, xlsx: bool, png: bool, svg: bool) -> None:
    """Write the report of a sweep: one HTML file that needs no network."""
    from orgsim.answers.findings import read
    from orgsim.report.html import page
    from orgsim.report.parts import all_figures
    from orgsim.report.pictures import write_pictures
    from orgsim.report.sections import all_sections
    from orgsim.report.workbook import write_workbook
    from orgsim.studies.store import Store
    from orgsim.writing import check_writable, write_whole

    findings = read(Store(result))
    if not findings.others:
        raise OrgsimError("{result}: has one design only; a report compares two or more", result=result)
    language = spoken()
    file = output or Path(result) / "report.html"
    check_writable(file)
    console = terminal()
    with console.status(say("Writing the report…")):
        parts = all_sections(findings, language)
        write_whole(file, page(findings, language, parts).encode())
        written = [file]
        if xlsx:
            write_workbook(findings, language, parts, file.with_suffix(".xlsx"))
            written.append(file.with_suffix(".xlsx"))
        for kind in [kind for kind, wanted in (("png", png), ("svg", svg)) if wanted]:
            written += write_pictures(
                all_figures(parts), file.parent / f"{file.stem}-{kind}", kind, language.code
            )
    for path in written:
        console.print(str(path), soft_wrap=True, highlight=False)


@click.command()
@click.argument("study")
@click.option("--store", "folder", type=click.Path(path_type=Path), default=None,
              help="Folder of the results [default: the study's name with .results].")  # fmt: skip
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes [default: all cores].")
@click.option("--record", is_flag=True, help="Put what is found on record instead of comparing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def reproduce(study: str, folder: Path | None, workers: int | None, record: bool, as_json: bool) -> None:
    """Run a bundled study again and compare every mean with its record.

    Exit code 1 if one differs by more than rounding."""
    from orgsim.answers.findings import read
    from orgsim.answers.reproduce import compare_with_record, record_file, write_record
    from orgsim.studies.design import experiment_file, load_experiment
    from orgsim.studies.planning import warm_up
    from orgsim.studies.store import Store
    from orgsim.studies.sweep import Tally, sweep
    from orgsim.terminal.console import progress_bar

    file = experiment_file(study)
    wanted = load_experiment(file)
    if not record and not record_file(file).exists():
        raise OrgsimError("{study}: there is no record to compare with; make one with --record", study=study)
    say_if_compiling()
    warm_up(wanted)
    store = Store(folder or Path(file.with_suffix(".results").name), create=True)
    with progress_bar(terminal(stderr=True), "Runs") as report:

        def show(now: Tally) -> None:
            report(now.runs, max(now.planned, now.runs))

        sweep(wanted, store, workers, report=show)
    if record:
        write_record(read(store), record_file(file))
        click.echo(say("{path}: recorded.", path=record_file(file)))
        return
    found = compare_with_record(read(store), record_file(file))
    if as_json:
        data = vars(found) | {"kind": "reproduction", "verdict": found.verdict}
        data["differences"] = [vars(difference) for difference in found.differences]
        print_json(data)
    else:
        told = say(
            "{title}: {count: mean|means} compared, {verdict}.",
            title=say(found.title), count=found.compared, verdict=say(found.verdict),
        )  # fmt: skip
        click.echo(told)
        for one in found.differences[:20]:
            where = ", ".join(f"{name} = {value}" for name, value in one.values.items())
            told = say(
                "{where}, {design}: {measure} was {before!r}, is {now!r}",
                where=where, design=one.design, measure=one.measure, before=one.recorded, now=one.found,
            )  # fmt: skip
            click.echo(f"  {told}")
        if found.recorded_engine != found.engine:
            told = say(
                "On record with engine {recorded}; this is {engine}.",
                recorded=found.recorded_engine, engine=found.engine,
            )  # fmt: skip
            click.echo(told)
    if found.differences:
        sys.exit(1)
