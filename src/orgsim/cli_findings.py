"""The commands that read a sweep: map, sensitivity, robust."""

import click

from orgsim.errors import OrgsimError
from orgsim.terminal import console as terminal
from orgsim.terminal import print_json

_store = click.argument("result")
_measure = click.option("--measure", default=None, help="The measure [default: the experiment's first].")
_design = click.option("--design", default=None, help="Compared with the baseline [default: the second].")
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


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
    from orgsim.experiments.findings import read
    from orgsim.experiments.store import Store
    from orgsim.insight.phase_map import phase_map as mapped
    from orgsim.report.choices import print_map

    found = mapped(read(Store(result)), x, y, measure, design, dict(_fixed(text) for text in fixed))
    if as_json:
        print_json(found.to_dict())
    else:
        print_map(terminal(), found)


def _fixed(text: str) -> tuple[str, float | str]:
    name, sign, value = text.partition("=")
    if not sign or not name or not value:
        raise OrgsimError(f"--at {text}: write it as factor=value")
    try:
        return name, float(value)
    except ValueError:
        return name, value


@click.command()
@_store
@_measure
@_design
@_json
def sensitivity(result: str, measure: str | None, design: str | None, as_json: bool) -> None:
    """Say which factors move the difference: Morris, Sobol indices or a tornado, as it was sampled."""
    from orgsim.experiments.findings import read
    from orgsim.experiments.store import Store
    from orgsim.insight.outcome import outcome
    from orgsim.insight.sensitivity import sensitivity_data
    from orgsim.report.choices import print_sensitivity, sensitivity_rows

    asked = outcome(read(Store(result)), measure, design)
    found = sensitivity_data(asked)
    if as_json:
        print_json(found)
    else:
        print_sensitivity(terminal(), found["method"], asked.measure, sensitivity_rows(found, asked.measure))


@click.command()
@_store
@_measure
@click.option("--box", is_flag=True, help="Also: in which worlds a design is worse, in words (PRIM).")
@_design
@_json
def robust(result: str, measure: str | None, box: bool, design: str | None, as_json: bool) -> None:
    """Compare regret, satisficing and maximin of all options over the uncertain worlds of a sweep."""
    from orgsim.experiments.findings import read
    from orgsim.experiments.store import Store
    from orgsim.insight.discovery import worse_box
    from orgsim.insight.robustness import robustness
    from orgsim.report.choices import print_robustness
    from orgsim.report.exploration import box_sentence
    from orgsim.report.language import Language

    findings = read(Store(result))
    found = robustness(findings, measure)
    limits = worse_box(findings, measure, design) if box else None
    if as_json:
        data = found.to_dict() | ({"box": limits.to_dict()} if limits else {})
        print_json(data)
    else:
        print_robustness(terminal(), found, box_sentence(limits, findings, Language()) if limits else None)
