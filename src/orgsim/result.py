"""What a run returns."""

from dataclasses import dataclass, field

import numpy as np

from orgsim.accounts.measures import BY_KEY, quantile, ratio
from orgsim.operations.state import (
    BOUNCE,
    COORDINATION,
    FAILURE,
    IDLE,
    LINES,
    REWORKING,
    VALUE,
    Core,
)


@dataclass(frozen=True)
class RunResult:
    """One design under one seed: measures, both ledgers, and the course week by week."""

    design: str
    seed: int
    measures: dict[str, float]
    costs: dict[str, float]  # € by ledger line; they sum to measures["total_cost"]
    lead_time: dict[str, float]  # hours by line, of all cases
    case_types: dict[str, dict[str, float]]
    units: dict[str, dict[str, float]]
    weekly: dict[str, np.ndarray] = field(repr=False)


def operational_measures(core: Core, weeks: int, week_hours: float) -> dict[str, float]:
    """The measures that the core's own tallies and time ledgers give."""
    tallies = core.tallies
    closed = int(tallies["closed"].sum())
    ended = closed + int(tallies["abandoned"].sum())
    exceptions = tallies["exceptions"].sum()
    paid = core.paid.sum(axis=0)
    hours = paid.sum()
    lead = core.lead.sum(axis=0)
    cycles = core.cycles.sum(axis=0)
    defects = tallies["repeats"].sum()
    pools = len(core.pools)
    return {
        "cycle_time": ratio(tallies["cycle"].sum(), closed),
        "cycle_p50": quantile(cycles, 0.5),
        "cycle_p90": quantile(cycles, 0.9),
        "service_level": 100 * ratio(tallies["within_promise"].sum(), closed),
        "abandonment": 100 * ratio(tallies["abandoned"].sum(), ended),
        "flow_efficiency": 100 * ratio(lead[VALUE], lead.sum()),
        "work_in_progress": ratio(float(core.clock["area"][0]), weeks * week_hours),
        "handoffs": ratio(tallies["handoffs"].sum(), ended),
        "ping_pong": 100 * ratio(tallies["bounced"].sum(), tallies["multi_unit"].sum()),
        "first_contact_resolution": 100 * (1 - ratio(defects, closed)),
        "rework_share": 100 * ratio(paid[REWORKING] + paid[BOUNCE], hours),
        "failure_demand": 100 * ratio(paid[FAILURE], hours),
        "escalation": 100 * ratio(tallies["far_exceptions"].sum(), exceptions),
        "arbitration_latency": ratio(core.nodes["latency"].sum(), core.nodes["decisions"].sum()),
        "coordination_share": 100 * ratio(paid[COORDINATION], hours),
        "utilisation": 100 * ratio(hours - paid[IDLE], hours),
        "touch_share": 100 * ratio(paid[VALUE], hours),
        "temporary": float(core.paid[pools:].sum()),
    }


def by_case_type(core: Core, names: list[str]) -> dict[str, dict[str, float]]:
    """What happened to each kind of case."""
    table = {}
    for row, name in enumerate(names):
        tally = core.tallies[row]
        table[name] = {
            "opened": int(tally["opened"]),
            "closed": int(tally["closed"]),
            "abandoned": int(tally["abandoned"]),
            "repeats": int(tally["repeats"]),
            "cycle_time": ratio(tally["cycle"], tally["closed"]),
            "cycle_p90": quantile(core.cycles[row], 0.9),
            "service_level": 100 * ratio(tally["within_promise"], tally["closed"]),
            "handoffs": ratio(tally["handoffs"], tally["closed"] + tally["abandoned"]),
            "ping_pong": 100 * ratio(tally["bounced"], tally["multi_unit"]),
            "waiting": ratio(tally["waiting"], tally["entries"]),
            "waits": ratio(tally["waits"], tally["entries"]),
        }
    return table


def by_unit(core: Core, names: list[str]) -> dict[str, dict[str, float]]:
    """Staff, managers and utilisation of each unit."""
    pools = len(core.pools)
    table = {}
    for row, name in enumerate(names):
        mine = core.pools["unit"] == row
        paid = (core.paid[:pools][mine] + core.paid[pools:][mine]).sum(axis=0)
        members = core.members[core.members["unit"] == row]
        table[name] = {
            "staff": int((members["account"] < pools).sum()),
            "managers": int(core.nodes["managers"][row]),
            "utilisation": 100 * ratio(paid.sum() - paid[IDLE], paid.sum()),
            "touch_share": 100 * ratio(paid[VALUE], paid.sum()),
            "coordination_share": 100 * ratio(paid[COORDINATION], paid.sum()),
        }
    return table


def lead_time_lines(core: Core) -> dict[str, float]:
    """Hours of lead time by line."""
    return dict(zip(LINES, (float(value) for value in core.lead.sum(axis=0)), strict=True))


def ordered(measures: dict[str, float]) -> dict[str, float]:
    """The measures in the order of their catalogue, all of them."""
    return {key: float(measures[key]) for key in BY_KEY}
