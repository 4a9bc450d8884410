"""The commands about reasons and choices that run scenarios: why, break-even, best, optimise, warm-up."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from orgsim.terminal.screen import console as terminal
from orgsim.terminal.screen import print_json, say_if_compiling
from orgsim.terminal.speaking import say

_designs = click.option("--designs", required=True, metavar="A,B", help="Two designs, the baseline first.")
_measure = click.option("--measure", default="result", show_default=True, help="What is explained.")
_set = click.option("--set", "overrides", multiple=True, metavar="FIELD=VALUE", help="Change a field.")
_seed = click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="First seed.")
_workers = click.option(
    "--workers", type=click.IntRange(1), default=None, help="Threads [default: all cores]."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _echo(data: dict[str, Any]) -> None:
    """Print JSON, with where it comes from."""
    from orgsim.studies.provenance import versions

    print_json(data | {"provenance": versions()})


def _labels(scenario: Any, overrides: tuple[str, ...] = ()) -> dict[str, str]:
    """What designs are called."""
    from orgsim.scenario import load

    return {key: design.label or key for key, design in load(scenario, overrides).designs.items()}


def _warn(scenario: Any, designs: list[str] | None = None, overrides: tuple[str, ...] = ()) -> None:
    """Say so where the calm of what was asked about is not sound."""
    from orgsim.answers.health import check
    from orgsim.terminal.calm import warn_of_unsound

    warn_of_unsound(terminal(), check(scenario, designs, overrides))


def _replications(default: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(
        "--replications", type=click.IntRange(2, 10_000), default=default, show_default=True, help="Seeds."
    )


@click.command()
@click.argument("scenario")
@click.option(
    "--designs", default=None, metavar="A,B", help="Two designs, the baseline first [default: the first two]."
)
@click.option("--measure", default=None, help="What is explained [default: result].")
@_set
@click.option("--group", "groups", multiple=True, metavar="NAME=M1,M2",
              help="A group of mechanisms [default: families].")  # fmt: skip
@click.option("--every", is_flag=True, help="Each mechanism by itself; needs --orders.")
@click.option("--orders", type=int, default=None, help="Sample this many orders instead of all.")
@_replications(4)
@_seed
@_workers
@_json
def why(
    scenario: str, designs: str | None, measure: str | None, overrides: tuple[str, ...],
    groups: tuple[str, ...], every: bool, orders: int | None, replications: int, seed: int,
    workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Share out the difference between two designs among the mechanisms that make it.

    Shapley values over all combinations of groups that are on or off: with the nine families of the
    default, 512 combinations × 2 designs × seeds. SCENARIO may be a folder of results: its base case is
    explained, and the answer is kept for its report."""
    say_if_compiling()
    from orgsim.answers.attribution import attribute, every_mechanism
    from orgsim.terminal.console import progress_bar
    from orgsim.terminal.reasons import print_attribution

    if every and orders is None:
        raise click.BadParameter(
            say("with so many groups orders have to be sampled: add --orders 20"), param_hint="--every"
        )
    store, source, pair, key = _explained(scenario, designs, measure)
    chosen = every_mechanism() if every else dict(_group(text) for text in groups) or None
    with progress_bar(terminal(stderr=True), "Runs") as report:
        found = attribute(source, pair, key, replications, seed, chosen, overrides, workers, report, orders)
    if store is not None and not overrides:
        store.note(why=found.to_dict())
    if as_json:
        _echo(found.to_dict())
    else:
        print_attribution(terminal(), found)
        _warn(source, pair, overrides)


def _explained(scenario: str, designs: str | None, measure: str | None) -> tuple[Any, Any, list[str], str]:
    """What is to be explained: a scenario, or the base case of a folder of results."""
    if not (Path(scenario) / "store.json").exists():
        from orgsim.scenario import load

        settings = load(scenario)
        return (
            None,
            settings,
            (designs or ",".join(list(settings.designs)[:2])).split(","),
            measure or "result",
        )
    from orgsim.answers.findings import read
    from orgsim.studies.store import Store

    findings = read(Store(scenario))
    pair = designs.split(",") if designs else list(findings.designs[:2])
    return findings.store, findings.scenario, pair, measure or findings.experiment.measures[0]


def _group(text: str) -> tuple[str, list[str]]:
    name, sign, members = text.partition("=")
    if not sign or not name or not members:
        raise click.BadParameter(
            say("{text}: write it as name=mechanism,mechanism", text=text), param_hint="--group"
        )
    return name, [member.strip() for member in members.split(",")]


@click.command(name="break-even")
@click.argument("scenario")
@click.option("--field", required=True, help="The field that varies, as in --set.")
@click.option("--low", type=float, required=True, help="Its lowest value.")
@click.option("--high", type=float, required=True, help="Its highest value.")
@click.option("--steps", type=click.IntRange(2, 200), default=9, show_default=True, help="Values between.")
@_designs
@_measure
@_set
@_replications(10)
@_seed
@_workers
@_json
def break_even(
    scenario: str, field: str, low: float, high: float, steps: int, designs: str, measure: str,
    overrides: tuple[str, ...], replications: int, seed: int, workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Find the value of a field at which the better of two designs changes."""
    say_if_compiling()
    from orgsim.answers.turning import break_even as turning
    from orgsim.terminal.console import progress_bar
    from orgsim.terminal.reasons import print_break_even

    with progress_bar(terminal(stderr=True), "Pairs") as report:
        found = turning(
            scenario, designs.split(","), field, low, high, measure, steps, replications, seed, overrides,
            workers, report,
        )  # fmt: skip
    if as_json:
        _echo(found.to_dict())
    else:
        print_break_even(terminal(), found, _labels(scenario, overrides))
        _warn(scenario, designs.split(","), overrides)


@click.command()
@click.argument("scenario")
@click.option("--indifference", type=float, required=True, help="The smallest difference that matters.")
@click.option("--confidence", type=float, default=0.95, show_default=True, help="Probability of being right.")
@click.option("--designs", default=None, metavar="A,B,…", help="Some of the designs [default: all].")
@_measure
@_set
@click.option("--first", type=int, default=10, show_default=True, help="Seeds before anyone is left out.")
@click.option("--most", type=int, default=500, show_default=True, help="Seeds of a design at the most.")
@_seed
@_workers
@_json
def best(
    scenario: str, indifference: float, confidence: float, designs: str | None, measure: str,
    overrides: tuple[str, ...], first: int, most: int, seed: int, workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Find the best of several designs with a stated probability of correct selection (KN)."""
    say_if_compiling()
    from orgsim.answers.selection import select_best
    from orgsim.terminal.choices import print_selection
    from orgsim.terminal.console import progress_bar

    chosen = designs.split(",") if designs else None
    with progress_bar(terminal(stderr=True), "Seeds, at most") as report:
        found = select_best(
            scenario, measure, indifference, confidence, chosen, first, most, seed, overrides, workers, report
        )
    if as_json:
        _echo(found.to_dict())
    else:
        print_selection(terminal(), found, _labels(scenario, overrides))
        _warn(scenario, chosen, overrides)


@click.command()
@click.argument("experiment")
@click.option("--budget", type=float, default=None, help="The most that may be spent: total cost in euros.")
@click.option("--trials", type=click.IntRange(2, 100_000), default=96, show_default=True)
@click.option("--seeds", type=click.IntRange(1), default=2, show_default=True, help="Of every trial.")
@click.option(
    "--again", type=click.IntRange(2), default=10, show_default=True, help="Fresh seeds of the front."
)
@_seed
@_workers
@_json
def optimise(
    experiment: str, budget: float | None, trials: int, seeds: int, again: int, seed: int,
    workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Search the levers of an experiment for the front of cost, satisfaction and retention."""
    say_if_compiling()
    from orgsim.answers.optimum import optimise as search
    from orgsim.studies.design import load_experiment
    from orgsim.studies.points import base_case
    from orgsim.terminal.choices import print_front
    from orgsim.terminal.console import progress_bar

    wanted = load_experiment(experiment)
    with progress_bar(terminal(stderr=True), "Trials") as report:
        found = search(wanted, trials, budget, seeds, again, seed, workers, report)
    if as_json:
        _echo(found.to_dict())
    else:
        print_front(terminal(), found, _labels(base_case(wanted)))
        _warn(base_case(wanted))


@click.command(name="warm-up")
@click.argument("scenario")
@_set
@_replications(5)
@_seed
@_workers
@_json
def warm_up(
    scenario: str, overrides: tuple[str, ...], replications: int, seed: int, workers: int | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Propose how many weeks to leave out before a steady state is measured (MSER-5)."""
    say_if_compiling()
    from orgsim.answers.steady_state import warm_up as proposed
    from orgsim.terminal.choices import print_warm_up
    from orgsim.terminal.console import progress_bar

    with progress_bar(terminal(stderr=True), "Runs") as report:
        found = proposed(scenario, replications, seed, overrides, workers, report)
    if as_json:
        _echo(found.to_dict())
    else:
        print_warm_up(terminal(), found, _labels(scenario, overrides))


@click.command()
@click.argument("scenario")
@click.option("--designs", default=None, metavar="A,B,…", help="Designs to follow it in [default: all].")
@click.option("--week", type=click.IntRange(0), help="When it is opened [default: 4, or the last].")
@click.option("--type", "case_type", default=None, help="Kind of case [default: any].")
@click.option("--number", type=int, default=1, show_default=True, help="Which of that week's cases.")
@_set
@_seed
@_json
def story(
    scenario: str, designs: str | None, week: int | None, case_type: str | None, number: int,
    overrides: tuple[str, ...], seed: int, as_json: bool,
) -> None:  # fmt: skip
    """Follow one case through several designs: who worked on it, where it waited, who decided."""
    say_if_compiling()
    from orgsim.answers.story import tell
    from orgsim.scenario import load
    from orgsim.terminal.stories import print_stories

    settings = load(scenario, overrides)
    chosen = designs.split(",") if designs else None
    week = min(4, settings.horizon.weeks - 1) if week is None else week
    found = tell(settings, chosen, week, number, case_type, seed)
    if as_json:
        _echo({"kind": "story", "scenario": settings.title, "stories": [one.to_dict() for one in found]})
    else:
        print_stories(terminal(), settings, found)
