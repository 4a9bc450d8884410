"""The command that writes what a board reads: report."""

from pathlib import Path

import click

from orgsim.errors import OrgsimError
from orgsim.terminal import console as terminal


@click.command()
@click.argument("result")
@click.option("--output", "-o", type=click.Path(path_type=Path), default=None,
              help="The HTML file [default: report.html in the folder of results].")  # fmt: skip
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", show_default=True)
@click.option("--xlsx", is_flag=True, help="A workbook beside it, with native charts.")
@click.option("--png", is_flag=True, help="The figures as PNG beside it, for slides.")
@click.option("--svg", is_flag=True, help="The figures as SVG beside it.")
def report(result: str, output: Path | None, language: str, xlsx: bool, png: bool, svg: bool) -> None:
    """Write the report of a sweep: one HTML file that needs no network."""
    from orgsim.experiments.data import write_whole
    from orgsim.experiments.findings import read
    from orgsim.experiments.store import Store
    from orgsim.report.html import all_sections, page
    from orgsim.report.language import Language
    from orgsim.report.parts import all_figures
    from orgsim.report.pictures import write_pictures
    from orgsim.report.workbook import write_workbook

    findings = read(Store(result))
    if not findings.others:
        raise OrgsimError(f"{result}: has one design only; a report compares two or more")
    say = Language(language)
    file = output or Path(result) / "report.html"
    if not file.parent.is_dir():
        raise OrgsimError(f"{file.parent}: there is no such folder; make it first")
    console = terminal()
    with console.status("Writing the report…"):
        parts = all_sections(findings, say)
        write_whole(file, page(findings, say, parts).encode())
        written = [file]
        if xlsx:
            write_workbook(findings, say, parts, file.with_suffix(".xlsx"))
            written.append(file.with_suffix(".xlsx"))
        for kind in [kind for kind, wanted in (("png", png), ("svg", svg)) if wanted]:
            written += write_pictures(all_figures(parts), file.parent / f"{file.stem}-{kind}", kind, language)
    for path in written:
        console.print(str(path), soft_wrap=True, highlight=False)
