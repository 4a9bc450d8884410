"""What a run returns."""

import math
from dataclasses import dataclass, field

import numpy as np

from orgsim.engine.accounts.maturity import PHASES, phase
from orgsim.engine.accounts.sums import column_sums, quantile
from orgsim.engine.operations.state import COORDINATION, GONE, IDLE, LINES, VALUE, Core
from orgsim.measures import ratio
from orgsim.simulation.accounting import service_levels

#: lines of lead time (nobody is idle in a case)
LEAD_LINES = tuple(line for line in LINES if line != "idle")


@dataclass(frozen=True)
class RunResult:
    """One design under one seed: measures, both ledgers, and the course week by week."""

    design: str  #: key of the design
    seed: int  #: of the world
    measures: dict[str, float]  #: by key; units and meaning in the page of measures
    costs: dict[str, float]  #: € by ledger line; they sum to measures["total_cost"]
    lead_time: dict[str, float]  #: working hours by line, of all cases
    case_types: dict[str, dict[str, float]]  #: by kind of case: counts, hours, per cent
    units: dict[str, dict[str, float]]  #: by unit: staff, managers, shares of paid hours in per cent
    functions: dict[str, dict[str, float]]  #: by function: staff, shares of paid hours in per cent
    #: series by name, each of shape (weeks,); the warm-up is left out
    weekly: dict[str, np.ndarray] = field(repr=False)

    def hours_per_case(self, line: str) -> float:
        """Lead time on a line, in working hours for each case that ended. KeyError for another line."""
        ended = sum(int(row["closed"] + row["abandoned"]) for row in self.case_types.values())
        return self.lead_time[line] / max(1.0, ended)

    @property
    def phases(self) -> dict[str, int]:
        """Weeks spent in each phase of maturity."""
        scores = self.weekly["maturity"]
        found = [phase(float(score)) for score in scores]
        return {name: found.count(name) for name, _ in PHASES}


def by_case_type(core: Core, names: list[str]) -> dict[str, dict[str, float]]:
    """What happened to each kind of case."""
    levels = service_levels(core, np.arange(len(names)))
    table = {}
    for row, name in enumerate(names):
        tally = core.tallies[row]
        ended = tally["closed"] + tally["abandoned"]
        table[name] = {
            "opened": int(tally["opened"]),
            "closed": int(tally["closed"]),
            "abandoned": int(tally["abandoned"]),
            "repeats": int(tally["repeats"]),
            "cycle_time": ratio(tally["cycle"], tally["closed"]),
            "cycle_p90": quantile(core.cycles[row], 0.9),
            "service_level": float(levels[row]),
            "handoffs": ratio(tally["handoffs"], ended),
            "ping_pong": 100 * ratio(tally["bounced"], tally["handed_over"]),
            "waiting": ratio(tally["waiting"], tally["entries"]),
            "waits": ratio(tally["waits"], tally["entries"]),
        }
    return table


def _shares(core: Core, mine: np.ndarray) -> dict[str, float]:
    """What the paid hours of some pools went into, in per cent."""
    pools = len(core.pools)
    paid = column_sums(core.paid[:pools][mine] + core.paid[pools:][mine])
    hours = math.fsum(paid)
    return {
        "utilisation": 100 * ratio(hours - paid[IDLE], hours),
        "touch_share": 100 * ratio(paid[VALUE], hours),
        "coordination_share": 100 * ratio(paid[COORDINATION], hours),
    }


def _on_staff(core: Core) -> np.ndarray:
    """Who is permanent staff now, a mask of members."""
    members = core.members
    return (members["account"] < len(core.pools)) & (members["status"] != GONE)


def by_unit(core: Core, names: list[str]) -> dict[str, dict[str, float]]:
    """Staff, managers and utilisation of each unit."""
    staff = _on_staff(core)
    return {
        name: {
            "staff": int((staff & (core.members["unit"] == row)).sum()),
            "managers": math.fsum(core.nodes["leadership"][core.nodes["led_unit"] == row]),
            **_shares(core, core.pools["unit"] == row),
        }
        for row, name in enumerate(names)
    }


def by_function(core: Core, names: list[str]) -> dict[str, dict[str, float]]:
    """Staff and utilisation of each function, in whatever unit its people sit."""
    staff = _on_staff(core)
    return {
        name: {
            "staff": int((staff & (core.members["function"] == row)).sum()),
            **_shares(core, core.pools["function"] == row),
        }
        for row, name in enumerate(names)
    }


def lead_time_lines(core: Core) -> dict[str, float]:
    """Hours of lead time by line."""
    return dict(zip(LINES, (float(value) for value in column_sums(core.lead)), strict=True))
