"""In which worlds: a box of the uncertainties in which a design does worse (scenario discovery).

The box is found by PRIM (Friedman and Fisher 1999; Bryant and Lempert 2010) as the EMA Workbench does it:
`pip install "orgsim[discovery]"`.
"""

import inspect
import logging
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from orgsim.answers.findings import Findings
from orgsim.answers.outcome import Outcome, outcome
from orgsim.errors import OrgsimError
from orgsim.measures import BY_KEY
from orgsim.studies.factors import is_number

_DENSITY = 0.8
_FEWEST = 20


@dataclass(frozen=True)
class Box:
    """Limits of the factors that matter, and what the box holds: `coverage` of the cases of interest lie
    in it, `density` of what lies in it are such cases, `mass` of all worlds lie in it."""

    measure: str  #: its key
    designs: tuple[str, str]  #: baseline, other
    limits: dict[str, tuple[float, float]]  #: by factor that matters: low, high
    ranges: dict[str, tuple[float, float]]  #: by factor: low, high of all worlds
    coverage: float  #: share, 0 to 1
    density: float  #: share, 0 to 1
    mass: float  #: share, 0 to 1
    worlds: int  #: that were looked at
    cases: int  #: worlds in which the design is worse

    def to_dict(self) -> dict[str, Any]:
        """Plain data."""
        return {"kind": "box"} | vars(self) | {"designs": list(self.designs)}


def worse_box(findings: Findings, measure: str | None = None, design: str | None = None) -> Box:
    """The box in which the design is worse than the baseline, on the mean over seeds.

    Raises OrgsimError without the extra, with fewer than 20 worlds, or where the design is worse in none or
    in all of them."""
    findings.checked(measure, design)
    asked = outcome(findings, measure, design)
    names = [
        name
        for name in findings.experiment.factors
        if all(is_number(point.values[name]) for point in findings.sampled)
    ]
    if len(findings.sampled) < _FEWEST or not names:
        raise OrgsimError(
            "a box needs at least {least} worlds (these are {count}) and factors that are numbers; "
            "use sampling = 'lhs' or 'sobol'",
            least=_FEWEST,
            count=len(findings.sampled),
        )
    worse = _is_worse(asked)
    if not worse.any() or worse.all():
        raise OrgsimError(
            "{design} is worse than {baseline} in every world: there is no box"
            if worse.all()
            else "{design} is worse than {baseline} in no world: there is no box",
            design=asked.design,
            baseline=asked.baseline,
        )
    return _prim(asked, names, worse)


def _is_worse(asked: Outcome) -> np.ndarray:
    means = np.array([asked.means([point])[0] for point in asked.findings.sampled])
    return means > 0 if BY_KEY[asked.measure].better == "lower" else means < 0


def _prim(asked: Outcome, names: list[str], worse: np.ndarray) -> Box:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pandas as pd
            from ema_workbench.analysis import prim
    except ImportError:
        raise OrgsimError('a box needs the EMA Workbench: pip install "orgsim[discovery]"') from None
    points = asked.findings.sampled
    worlds = pd.DataFrame([{name: point.values[name] for name in names} for point in points])
    logging.getLogger("ema_workbench").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        # version 2 asks for the density to stop at, version 3 does not know it
        asks = "threshold" in inspect.signature(prim.Prim).parameters
        box = prim.Prim(worlds, worse, peel_alpha=0.1, **({"threshold": _DENSITY} if asks else {})).find_box()
        if box is None:
            raise OrgsimError("PRIM finds no box: the worlds in which the design is worse lie scattered")
        trajectory = box.peeling_trajectory
        dense = trajectory[trajectory["density"] >= _DENSITY]
        chosen = int(dense["coverage"].idxmax()) if len(dense) else int(trajectory["density"].idxmax())
        limits = box.box_lims[chosen]
    ranges = {name: (float(worlds[name].min()), float(worlds[name].max())) for name in names}
    found = {name: (float(limits[name].iloc[0]), float(limits[name].iloc[1])) for name in names}
    row = trajectory.loc[chosen]
    return Box(
        asked.measure, (str(asked.baseline), asked.design),
        {name: found[name] for name in names if found[name] != ranges[name]}, ranges,
        float(row["coverage"]), float(row["density"]), float(row["mass"]), len(points), int(worse.sum()),
    )  # fmt: skip
