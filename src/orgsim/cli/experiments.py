"""The commands about experiments: plan, sweep, results, replay."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from orgsim.errors import OrgsimError
from orgsim.terminal.screen import console as terminal
from orgsim.terminal.screen import print_json, say_if_compiling
from orgsim.terminal.speaking import say, words

_store = click.option(
    "--store", "folder", type=click.Path(path_type=Path), default=None,
    help="Folder of the results [default: the file's name with .results].",
)  # fmt: skip
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _folder(file: str, folder: Path | None) -> Path:
    """Beside an experiment of one's own; in the working folder for a bundled one."""
    from orgsim.gate import full_path
    from orgsim.scenario.catalogue import experiments_folder

    path = Path(file).with_suffix(".results")
    bundled = full_path(Path(file)).parent == experiments_folder().resolve()
    return folder or (Path(path.name) if bundled else path)


def _file_of(name: str) -> str:
    """A file, or a bundled experiment by its name."""
    from orgsim.scenario.catalogue import bundled_experiment

    return name if name.endswith(".toml") else str(bundled_experiment(name))


@contextmanager
def _workers(scheduler: str | None, workers: int | None) -> Iterator[tuple[Any, int | None]]:
    """Who runs the chunks: None for this machine's processes, or a cluster."""
    if scheduler is None:
        yield None, workers
        return
    from orgsim.studies.cluster import connect

    with connect(scheduler) as (executor, slots):
        yield executor, slots


@click.command()
@click.argument("experiment")
@_store
@_json
def plan(experiment: str, folder: Path | None, as_json: bool) -> None:
    """Say what a sweep would run, how long it would take, how large it would be."""
    from orgsim.studies.design import MOST_POINTS, load_experiment
    from orgsim.studies.planning import plan as planned

    file = _file_of(experiment)
    say_if_compiling()
    with terminal(stderr=True).status(say("Checking every point, and timing a run…")):
        found = planned(load_experiment(file), _folder(file, folder))
    if as_json:
        print_json(found)
        return
    console = terminal()
    console.print(f"[bold]{say(found['title'])}[/bold]")
    for name, what in found["factors"].items():
        console.print(f"  {name}: {what}")
    seeds, runs = (_span(found[f"{what}min"], found[f"{what}max"]) for what in ("", "runs_"))
    times = _span(_clock(found["seconds_min"]), _clock(found["seconds_max"]))
    there = "" if found["there"] is None else say(", of which {count:,} are there", count=found["there"])
    told = say(
        "{points:, point|points} × {designs: design|designs} × {seeds: seed|seeds}, and the base case with "
        "{base:,}: "
        "{runs: run|runs}{there}.",
        **{name: found[name] for name in ("points", "designs", "base")}, seeds=seeds, runs=runs, there=there,
    )  # fmt: skip
    console.print(told)
    told = say(
        "A run takes about {seconds:.2f} s: {times} on {workers: worker|workers}, and a few seconds in which "
        "they start; at most {size}.",
        seconds=found["seconds_per_run"], times=times, workers=found["workers"],
        size=_size(found["megabytes"]),
    )  # fmt: skip
    console.print(told)
    if found["points"] > MOST_POINTS:
        told = say(
            "A sweep takes at most {most:,} points: take fewer levels, or fill the space instead of crossing "
            "everything (sampling = 'sobol').",
            most=MOST_POINTS,
        )
        console.print(told)


def _span(low: int | str, high: int | str) -> str:
    first, last = (
        words().written(f"{value:,}") if isinstance(value, int) else value for value in (low, high)
    )
    return first if first == last else say("{low} to {high}", low=first, high=last)


def _clock(seconds: float) -> str:
    if seconds < 90:
        return say("{count:.0f} s", count=seconds)
    for told, least, most in (
        ("{count:.0f} min", 60, 5400), ("{count:.1f} h", 3600, 172_800),
        ("{count:.1f} days", 86_400, 63_072_000),
    ):  # fmt: skip
        if seconds < most:
            return say(told, count=seconds / least)
    return say("{count:,.0f} years", count=seconds / 31_536_000)


def _size(megabytes: float) -> str:
    for told, of in (("{count:,.1f} TB", 1e6), ("{count:,.1f} GB", 1e3)):
        if megabytes >= of:
            return say(told, count=megabytes / of)
    return say("{count:.1f} MB", count=megabytes)


@click.command()
@click.argument("experiment")
@_store
@click.option("--workers", type=click.IntRange(1), default=None, help="Processes [default: all cores].")
@click.option("--resume", is_flag=True, help="Go on where a sweep was stopped (it does so anyway).")
@click.option("--fail-fast", is_flag=True, help="Stop at the first run that fails.")
@click.option("--scheduler", metavar="ADDRESS", default=None, help="Run on a Dask cluster: tcp://host:8786.")
@_json
def sweep(
    experiment: str, folder: Path | None, workers: int | None, resume: bool, fail_fast: bool,
    scheduler: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Run an experiment; what is in the store already is not run again."""
    from orgsim.simulation.interruption import exit_code
    from orgsim.studies.design import load_experiment
    from orgsim.studies.planning import warm_up
    from orgsim.studies.points import points_of
    from orgsim.studies.store import Store
    from orgsim.studies.sweep import Tally
    from orgsim.studies.sweep import sweep as run_sweep
    from orgsim.terminal.console import progress_bar

    file = _file_of(experiment)
    wanted = load_experiment(file)
    place = _folder(file, folder)
    if resume and not (place / "store.json").exists():
        raise OrgsimError(
            "--resume: there are no results in {place}; leave --resume out to begin", place=place
        )
    if workers and scheduler:
        raise OrgsimError("--workers is about this machine, --scheduler about others; leave one out")
    with terminal(stderr=True).status(say("Checking every point…")):
        points = points_of(wanted)
    started = time.perf_counter()
    tally = Tally()
    with _workers(scheduler, workers) as (executor, slots):
        if executor is None:
            say_if_compiling()
            warm_up(wanted)
        store = Store(place, create=True)
        with progress_bar(terminal(stderr=True), "Runs") as report:

            def show(now: Tally) -> None:
                nonlocal tally
                if not tally.planned:
                    _warn(now)
                tally = now
                fresh = (now.runs - now.reused) / max(1e-9, time.perf_counter() - started)
                said = say("Runs · {speed:.1f} a second", speed=fresh)
                said += say(" · {count} failed", count=now.failed) if now.failed else ""
                report(now.runs, max(now.planned, now.runs), said)

            try:
                tally = run_sweep(wanted, store, slots, fail_fast, show, executor, points)
            except KeyboardInterrupt as end:
                told = say("stopped; {count:, run is|runs are} kept, run again to go on.", count=tally.runs)
                click.echo(f"orgsim: {told}", err=True)
                sys.exit(exit_code(end))
    seconds = time.perf_counter() - started
    data: dict[str, Any] = {
        "kind": "sweep", "store": str(place), "points": tally.points, "runs": tally.runs,
        "reused": tally.reused, "failed": tally.failed, "imprecise": tally.imprecise,
        "outdated": tally.outdated, "damaged": tally.damaged,
        "others": [str(writer) for writer in tally.others], "seconds": seconds,
    }  # fmt: skip
    if as_json:
        print_json(data)
        return
    console = terminal()
    fresh = tally.runs - tally.reused
    speed = say(", {speed:.1f} a second", speed=fresh / seconds) if fresh else ""
    told = say(
        "{points: point|points} and the base case, {runs:, run|runs} ({reused:,} were there; {fresh:,} in "
        "{time}{speed}), {failed} failed.",
        points=tally.points, runs=tally.runs, reused=tally.reused, fresh=fresh, time=_clock(seconds),
        speed=speed, failed=tally.failed,
    )  # fmt: skip
    console.print(told)
    if wanted.replications.judged and tally.imprecise:
        told = say(
            "{count: point has|points have} not reached the precision that is asked for; raise "
            "replications.max, or ask "
            "for less.",
            count=tally.imprecise,
        )
        console.print(told)
    if tally.outdated:
        told = say(
            "{count:, run of this folder is|runs of this folder are} of another version of orgsim, or of "
            "what computes below it, "
            "and not used.",
            count=tally.outdated,
        )
        console.print(told)
    told = say(
        "Results: {folder}. Look at them with: orgsim results {folder}, orgsim report {folder}", folder=place
    )
    console.print(told)


def _warn(tally: Any) -> None:
    """What a person should know before the sweep goes on."""
    for writer in tally.others:
        told = say(
            "another sweep is writing into this store ({writer}); both go on, and no run is lost, but one "
            "may be computed twice.",
            writer=writer,
        )
        click.echo(f"orgsim: {told}", err=True)
    for file in tally.damaged:
        told = say(
            "{file} was damaged and is put aside in the folder damaged; what is needed of it is "
            "computed anew.",
            file=file,
        )
        click.echo(f"orgsim: {told}", err=True)


@click.command()
@click.argument("store")
@click.option("--measure", default=None, help="The measure to compare [default: the experiment's first].")
@click.option("--sql", default=None, help="A query of your own over runs, measures, points, weekly.")
@_json
def results(store: str, measure: str | None, sql: str | None, as_json: bool) -> None:
    """Show what a sweep has found: the paired difference at every point, or any query."""
    from orgsim.answers.differences import differences
    from orgsim.answers.findings import read
    from orgsim.studies.planning import rows_of
    from orgsim.studies.store import Store
    from orgsim.terminal.choices import print_differences, print_rows, print_standing

    opened = Store(store)
    findings = None if sql else read(opened)
    columns, rows = differences(findings, measure) if findings else rows_of(opened, sql or "")
    if as_json:
        told = {"finished": findings.progress.finished} if findings else {}
        listed = [dict(zip(columns, row, strict=True)) | told for row in rows]
        print_json(listed, default=str)
    elif findings:
        print_standing(terminal(), findings)
        print_differences(terminal(), findings, measure, rows)
    else:
        print_rows(terminal(), columns, rows)


@click.command()
@click.argument("experiment")
@click.argument("key")
@_store
def replay(experiment: str, key: str, folder: Path | None) -> None:
    """Run exactly one run of a sweep again, and say whether every bit is the same.

    Exit code 1 if a measure differs."""
    from orgsim.studies.design import load_experiment
    from orgsim.studies.planning import replay as run_again
    from orgsim.studies.store import Store

    file = _file_of(experiment)
    differing = run_again(load_experiment(file), Store(_folder(file, folder)), key)
    if not differing:
        click.echo(say("{key}: the same to the bit.", key=key))
        return
    for name, before, now in differing:
        told = say("{key}: {name} was {before!r}, is {now!r}", key=key, name=name, before=before, now=now)
        click.echo(told)
    sys.exit(1)
