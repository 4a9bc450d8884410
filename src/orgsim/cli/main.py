"""The command line: one thin function per command; everything heavy loads when it is needed."""

import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import click

import orgsim
from orgsim.cli.dashboard import dashboard
from orgsim.cli.experiments import plan, replay, results, sweep
from orgsim.cli.findings import phase_map, robust, sensitivity
from orgsim.cli.insight import best, break_even, optimise, story, warm_up, why
from orgsim.cli.intake import import_, series
from orgsim.cli.report import report, reproduce
from orgsim.cli.speaking import in_language, language_option, translate_click
from orgsim.errors import OrgsimError
from orgsim.language.words import SOURCE
from orgsim.simulation.interruption import exit_code, heed_requests_to_end
from orgsim.terminal.screen import console as terminal
from orgsim.terminal.screen import fall_silent, flush, print_json, say_if_compiling, speak_any_encoding
from orgsim.terminal.speaking import say, speak, wanted, words

EXIT_FAILED, EXIT_BAD_INPUT, EXIT_UNREAD = 1, 2, 141


class _Group(click.Group):
    """Turns a user's mistake into one message and exit code 2, the wish to end into the system's code, and a
    reader that has gone (`| head`) into exit code 141; what cannot be written or held is one message, too."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OrgsimError as error:
            click.echo(f"orgsim: {error.said(words())}", err=True)
            ctx.exit(EXIT_BAD_INPUT)
        except KeyboardInterrupt as end:
            click.echo(f"orgsim: {say('stopped; nothing was written.')}", err=True)
            ctx.exit(exit_code(end))
        except BrokenPipeError:
            fall_silent(sys.stdout, sys.stderr)
            ctx.exit(EXIT_UNREAD)

    def _speak(self, arguments: Sequence[str] | None) -> None:
        """Find out which language is spoken, before anything is said."""
        translate_click()
        speak(SOURCE)
        try:
            speak(wanted(sys.argv[1:] if arguments is None else arguments))
        except OrgsimError as error:
            click.echo(f"orgsim: {error}", err=True)
            sys.exit(EXIT_BAD_INPUT)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        found = super().get_command(ctx, cmd_name)
        return in_language(found) if found and words().code != SOURCE else found

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        click.Group.format_help(cast(click.Group, in_language(self)), ctx, formatter)

    def main(self, *args: Any, **options: Any) -> Any:
        speak_any_encoding()
        if threading.current_thread() is threading.main_thread():
            heed_requests_to_end()
        try:
            try:
                self._speak(args[0] if args else options.get("args"))
                return super().main(*args, **options)
            finally:
                flush()
        except BrokenPipeError:
            fall_silent(sys.stdout, sys.stderr)
            sys.exit(EXIT_UNREAD)
        except OSError as error:
            fall_silent(sys.stdout)
            what = error.filename or say("what is printed")
            told = say("{path} cannot be written: {reason}", path=what, reason=error.strerror)
        except MemoryError:
            told = say("the memory is full; simulate fewer customers or weeks, or use fewer --workers")
        with suppress(OSError):
            click.echo(f"orgsim: {told}", err=True)
        fall_silent(sys.stderr)
        sys.exit(EXIT_BAD_INPUT)


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(orgsim.__version__, prog_name="orgsim")
def main() -> None:
    """Compare organisation designs by simulation: what silos cost against customer-process teams.

    SCENARIO is the name of a bundled scenario (see `orgsim scenarios`) or a TOML file.
    """


def _scenario_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.argument("scenario"),
        click.option(
            "--set", "overrides", multiple=True, metavar="FIELD=VALUE",
            help="Override a field, for example --set crisis.depth=0.4 (repeatable).",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


def _output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print JSON (keys: docs/json.md)."),
        click.option(
            "--output", type=click.Path(dir_okay=False, path_type=Path),
            help="Also write the JSON to this file, complete or not at all.",
        ),
    ):  # fmt: skip
        command = option(command)
    return command


_seed = click.option("--seed", type=click.IntRange(0), default=0, show_default=True,
                     help="First seed; the same seed gives the same numbers.")  # fmt: skip
_all_measures = click.option("--all-measures", is_flag=True, help="Print every measure.")
_workers = click.option("--workers", type=click.IntRange(1), default=None,
                        help="Runs side by side [default: all cores].")  # fmt: skip


def _deliver(data: dict[str, Any], as_json: bool, output: Path | None) -> bool:
    """Write and print JSON as asked; True if the tables are still to be shown."""
    if output is not None:
        from orgsim.writing import write_json

        write_json(data, output)
    if as_json:
        print_json(data, indent=2)
    return not as_json


def _check_output(output: Path | None) -> None:
    from orgsim.writing import check_writable

    if output is not None:
        check_writable(output)


@main.command()
@_scenario_options
@click.option("--design", default=None, help="Design to run [default: the first].")
@_seed
@_all_measures
@_output_options
def run(
    scenario: str, overrides: tuple[str, ...], design: str | None, seed: int, all_measures: bool,
    as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Run one design under one seed."""
    _check_output(output)
    from orgsim.scenario import load

    settings = load(scenario, overrides)
    chosen = design or next(iter(settings.designs))
    from orgsim.organisation import stages

    stages(settings, chosen)
    say_if_compiling()
    from orgsim.answers.data import run_data
    from orgsim.simulation.schedule import Simulation
    from orgsim.terminal.console import print_run, progress_bar

    simulation = Simulation(settings, chosen, seed)
    with progress_bar(terminal(stderr=True), "Weeks") as report:
        while not simulation.finished:
            simulation.step()
            report(simulation.week, simulation.horizon_weeks)
    result = simulation.result()
    if _deliver(run_data(result, settings), as_json, output):
        print_run(terminal(), result, settings, all_measures)


@main.command()
@_scenario_options
@click.option("--designs", default=None, metavar="A,B", help="Designs, the baseline first.")
@click.option("--replications", type=click.IntRange(2, 100_000), default=None,
              help="Seeds per design [default: 20; same service: 10].")  # fmt: skip
@_seed
@_workers
@click.option("--same-service", is_flag=True,
              help="How many people, and euros, each design needs for --target.")  # fmt: skip
@click.option("--target", default="weakest_service>=80", show_default=True,
              help="Service to be reached: a measure with >= or <= and a number.")  # fmt: skip
@click.option("--share", type=click.FloatRange(0, 1, min_open=True), default=0.9, show_default=True,
              help="Share of the worlds in which --target is to be reached.")  # fmt: skip
@_all_measures
@_output_options
def compare(
    scenario: str, overrides: tuple[str, ...], designs: str | None, replications: int | None,
    seed: int, workers: int | None, same_service: bool, target: str, share: float, all_measures: bool,
    as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Compare designs in the same worlds: same people or same service."""
    _check_output(output)
    from orgsim.answers.designs import checked_designs
    from orgsim.answers.same_service import parse_target
    from orgsim.scenario import load

    settings = load(scenario, overrides)
    chosen = checked_designs(settings, _designs(designs))
    goal = parse_target(target)
    say_if_compiling()
    from orgsim.terminal import console
    from orgsim.terminal.calm import warn_of_unsound

    with console.progress_bar(terminal(stderr=True), "Runs") as report:
        if same_service:
            answer = orgsim.same_service(
                settings, goal, replications or 10, seed, chosen, (), workers, report, share
            )
            data = answer.to_dict

            def show() -> None:
                console.print_same_service(terminal(), answer)
                warn_of_unsound(terminal(), orgsim.check(settings, chosen, workers=workers))

        else:
            found = orgsim.compare(settings, replications or 20, seed, chosen, (), workers, report)
            data = found.to_dict

            def show() -> None:
                console.print_comparison(terminal(), found, all_measures)

    if _deliver(data(), as_json, output):
        show()


@main.command()
@click.option("--replications", type=click.IntRange(2, 1000), default=20, show_default=True,
              help="Seeds per row.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="First seed.")
@click.option("--all", "everything", is_flag=True,
              help="Also where each design loses, stylised facts, orders of magnitude.")  # fmt: skip
@_workers
@_output_options
def verify(
    replications: int, seed: int, everything: bool, workers: int | None, as_json: bool,
    output: Path | None,
) -> None:  # fmt: skip
    """Check the core against exact results of queueing theory.

    It takes about a minute on two cores, with --all some ten more. Exit code 1 if an exact result does not
    hold; facts that do not show are reported.
    """
    _check_output(output)
    say_if_compiling()
    from orgsim.terminal.checks import print_checks, print_validity
    from orgsim.terminal.console import progress_bar

    with progress_bar(terminal(stderr=True), "Exact results") as report:
        checks = orgsim.verify(replications, seed, workers, report)
    data = {"kind": "verification", "orgsim": orgsim.__version__,
            "rows": [check.to_dict() for check in checks]}  # fmt: skip
    found = []
    if everything:
        from orgsim.verification.validity import validity

        with progress_bar(terminal(stderr=True), "Facts") as report:
            found = validity(replications, seed, workers, report)
        data["facts"] = [row.to_dict() for row in found]
    if _deliver(data, as_json, output):
        print_checks(terminal(), checks)
        if everything:
            print_validity(terminal(), found)
    if not all(check.holds for check in checks):
        sys.exit(EXIT_FAILED)


@main.command()
@_scenario_options
@click.option("--designs", default=None, metavar="A,B", help="Designs [default: all].")
@_seed
@_workers
@_output_options
def check(
    scenario: str, overrides: tuple[str, ...], designs: str | None, seed: int, workers: int | None,
    as_json: bool, output: Path | None,
) -> None:  # fmt: skip
    """Check the health of a company in calm: who is loaded with what, and whether customers stay.

    Half a year of every design without crises, levers and rules. Exit code 1 if the calm is not sound:
    somebody has no time left, or customers melt away.
    """
    _check_output(output)
    from orgsim.scenario import load

    settings = load(scenario, overrides)
    say_if_compiling()
    from orgsim.terminal.calm import print_health

    found = orgsim.check(settings, _designs(designs), (), seed, workers)
    if _deliver(found.to_dict(), as_json, output):
        print_health(terminal(), found)
    if not found.sound:
        sys.exit(EXIT_FAILED)


def _designs(names: str | None) -> list[str] | None:
    return [name.strip() for name in names.split(",")] if names else None


@main.command()
@_scenario_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def validate(scenario: str, overrides: tuple[str, ...], as_json: bool) -> None:
    """Check a scenario and its designs, and look at half a year of calm (see `orgsim check`)."""
    from orgsim.terminal.inspection import inspect_file, print_inspection

    say_if_compiling()
    with terminal(stderr=True).status(say("Looking at half a year of calm…")):
        found = inspect_file(scenario, overrides)
    if as_json:
        print_json(found | {"health": found["health"].told()}, indent=2, default=str)
    else:
        print_inspection(terminal(), found)


@main.command()
@click.argument("name", required=False)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def scenarios(name: str | None, file: Path | None, as_json: bool) -> None:
    """List, print or copy the bundled scenarios.

    With NAME one is printed; with NAME and FILE it is copied to a new file.
    """
    from orgsim.scenario.catalogue import bundled_file
    from orgsim.terminal.inspection import list_scenarios, print_scenarios
    from orgsim.writing import write_new

    if name is None:
        listed = list_scenarios()
        if as_json:
            print_json(listed, indent=2)
        else:
            print_scenarios(terminal(), listed)
        return
    content = bundled_file(name).read_bytes()
    if file is None:
        click.echo(content, nl=False)
        return
    write_new(file, content)
    click.echo(say("Wrote {file}. Change it, then run: orgsim compare {file}", file=file))


@main.command()
@click.option("--fields", is_flag=True, help="Every field with unit, default, bounds and source.")
@click.option("--experiment", is_flag=True, help="Of experiment files instead of scenario files.")
def schema(fields: bool, experiment: bool) -> None:
    """Print the JSON Schema of scenario files (or of experiment files), or all fields."""
    from orgsim.scenario import Scenario
    from orgsim.scenario.reference import file_schema

    model: type = Scenario
    if experiment:
        from orgsim.studies.design import Experiment

        model = Experiment
    if fields:
        from orgsim.terminal.inspection import print_fields

        print_fields(terminal(), model)
        return
    print_json(file_schema(model), indent=2)


COMMANDS = (
    plan, sweep, results, replay, report, why, break_even, phase_map, sensitivity, robust, best, optimise,
    warm_up, reproduce, story, series, import_, dashboard,
)  # fmt: skip
for command in COMMANDS:
    main.add_command(command)
for command in (main, *main.commands.values()):
    command.params.append(language_option())
