"""The commands that read a sweep: map, sensitivity, robust."""

from typing import Any

import click

from orgsim.errors import OrgsimError
from orgsim.terminal.screen import console as terminal
from orgsim.terminal.screen import print_json
from orgsim.terminal.speaking import spoken

_store = click.argument("result")
_measure = click.option("--measure", default=None, help="The measure [default: the experiment's first].")
_design = click.option("--design", default=None, help="Compared with the baseline [default: the second].")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def _echo(data: dict[str, Any], findings: Any) -> None:
    """Print JSON, with how far the sweep has got."""
    print_json(data | {"progress": findings.progress.to_dict()})


@click.command(name="map")
@_store
@click.option("--x", default=None, help="Factor to the right [default: the first].")
@click.option("--y", default=None, help="Factor upwards [default: the second].")
@click.option(
    "--at", "fixed", multiple=True, metavar="FACTOR=VALUE", help="Where the other factors are held."
)
@_measure
@_design
@_json
def phase_map(
    result: str, x: str | None, y: str | None, fixed: tuple[str, ...], measure: str | None,
    design: str | None, as_json: bool,
) -> None:  # fmt: skip
    """Map where a design is better, worse or not distinguishable over two factors of a sweep."""
    from orgsim.answers.findings import read
    from orgsim.answers.phase_map import phase_map as mapped
    from orgsim.studies.store import Store
    from orgsim.terminal.choices import print_map, print_standing

    findings = read(Store(result))
    found = mapped(findings, x, y, measure, design, dict(_fixed(text) for text in fixed))
    if as_json:
        _echo(found.to_dict(), findings)
    else:
        print_standing(terminal(), findings)
        print_map(terminal(), findings, found)


def _fixed(text: str) -> tuple[str, bool | float | str]:
    """A value of a factor, as it stands in the experiment's file; what is nothing else is a text."""
    from orgsim.scenario.loading import parse_override

    name, sign, value = text.partition("=")
    if not sign or not name or not value:
        raise OrgsimError("--at {text}: write it as factor=value", text=text)
    found = parse_override(f"value={value}")["value"]
    return name, found if isinstance(found, (bool, int, float)) else value.strip("\"'")


@click.command()
@_store
@_measure
@_design
@_json
def sensitivity(result: str, measure: str | None, design: str | None, as_json: bool) -> None:
    """Say which factors move the difference: Morris, Sobol indices or a tornado, as it was sampled."""
    from orgsim.answers.findings import read
    from orgsim.answers.outcome import outcome
    from orgsim.answers.sensitivity import sensitivity_data
    from orgsim.studies.store import Store
    from orgsim.terminal.choices import print_sensitivity, print_standing, sensitivity_rows

    findings = read(Store(result))
    asked = outcome(findings, measure, design)
    found = sensitivity_data(asked)
    if as_json:
        _echo(found, findings)
    else:
        print_standing(terminal(), findings)
        print_sensitivity(terminal(), found["method"], asked.measure, sensitivity_rows(found, asked.measure))


@click.command()
@_store
@_measure
@click.option("--box", is_flag=True, help="Also: in which worlds a design is worse, in words (PRIM).")
@_design
@_json
def robust(result: str, measure: str | None, box: bool, design: str | None, as_json: bool) -> None:
    """Compare regret, satisficing and maximin of all options over the uncertain worlds of a sweep."""
    from orgsim.answers.discovery import worse_box
    from orgsim.answers.findings import read
    from orgsim.answers.robustness import robustness
    from orgsim.report.exploration import box_sentence
    from orgsim.studies.store import Store
    from orgsim.terminal.choices import print_robustness, print_standing

    findings = read(Store(result))
    found = robustness(findings, measure)
    limits = worse_box(findings, measure, design) if box else None
    if as_json:
        data = found.to_dict() | ({"box": limits.to_dict()} if limits else {})
        _echo(data, findings)
    else:
        print_standing(terminal(), findings)
        said = box_sentence(limits, findings, spoken()) if limits else None
        print_robustness(terminal(), findings, found, said)
