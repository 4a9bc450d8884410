"""The commands about reasons: why, break-even."""

import json
from typing import Any

import click

from orgsim.terminal import console as terminal
from orgsim.terminal import say_if_compiling

_designs = click.option("--designs", required=True, metavar="A,B", help="Two designs, the baseline first.")
_measure = click.option("--measure", default="result", show_default=True, help="What is explained.")
_set = click.option("--set", "overrides", multiple=True, metavar="FIELD=VALUE", help="Change a field.")
_seed = click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="First seed.")
_workers = click.option(
    "--workers", type=click.IntRange(1), default=None, help="Threads [default: all cores]."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _replications(default: int) -> Any:
    return click.option(
        "--replications", type=click.IntRange(2, 10_000), default=default, show_default=True, help="Seeds."
    )


@click.command()
@click.argument("scenario")
@_designs
@_measure
@_set
@click.option("--group", "groups", multiple=True, metavar="NAME=M1,M2",
              help="A group of mechanisms [default: families].")  # fmt: skip
@_replications(4)
@_seed
@_workers
@_json
def why(
    scenario: str, designs: str, measure: str, overrides: tuple[str, ...], groups: tuple[str, ...],
    replications: int, seed: int, workers: int | None, as_json: bool,
) -> None:  # fmt: skip
    """Share out the difference between two designs among the mechanisms that make it.

    Shapley values over all combinations of groups that are on or off: with the eight families of the
    default, 256 combinations × 2 designs × seeds."""
    say_if_compiling()
    from orgsim.insight.attribution import attribute
    from orgsim.report.console import progress_bar
    from orgsim.report.reasons import print_attribution

    chosen = dict(_group(text) for text in groups) or None
    with progress_bar(terminal(stderr=True), "Runs") as report:
        found = attribute(
            scenario, designs.split(","), measure, replications, seed, chosen, overrides, workers, report
        )
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        print_attribution(terminal(), found)


def _group(text: str) -> tuple[str, list[str]]:
    name, sign, members = text.partition("=")
    if not sign or not name or not members:
        raise click.BadParameter(f"{text}: write it as name=mechanism,mechanism", param_hint="--group")
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
    from orgsim.insight.turning import break_even as turning
    from orgsim.report.console import progress_bar
    from orgsim.report.reasons import print_break_even

    with progress_bar(terminal(stderr=True), "Pairs") as report:
        found = turning(
            scenario, designs.split(","), field, low, high, measure, steps, replications, seed, overrides,
            workers, report,
        )  # fmt: skip
    if as_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False))
    else:
        print_break_even(terminal(), found)
