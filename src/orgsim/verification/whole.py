"""Checks on the whole: the symmetric null, conservation, Little's law, with every friction on."""

import math

import numpy as np

from orgsim.engine.operations.state import DORMANT, FREE, GONE, open_case_hours
from orgsim.scenario import Scenario
from orgsim.simulation.result import RunResult
from orgsim.simulation.schedule import Simulation


def largest_difference(one: RunResult, other: RunResult) -> float:
    """The largest difference of any measure between two runs; two missing values are equal."""
    pairs = ((one.measures[key], other.measures[key]) for key in one.measures)
    return max(abs(a - b) for a, b in pairs if not (math.isnan(a) and math.isnan(b)))


def missing_cases(simulation: Simulation) -> float:
    """Cases opened, less those that have ended and those still open."""
    tallies = simulation.core.tallies
    ended = tallies["closed"].sum() + tallies["abandoned"].sum()
    return float(tallies["opened"].sum() - ended - simulation.core.clock["open_cases"][0])


def missing_customers(simulation: Simulation) -> float:
    """Customers of the start and won, less those lost and those still active."""
    begun = sum(segment.customers for segment in simulation.settings.segments.values())
    won, lost = math.fsum(simulation.weekly["won"]), math.fsum(simulation.weekly["lost"])
    return float(begun + won - lost - simulation.market.active)


def booked_hours(simulation: Simulation) -> float:
    """Staff hours booked to the ledger ÷ hours paid."""
    measures = simulation.result().measures
    paid = hours_on_duty(simulation) + measures["overtime"] + measures["temporary"]
    return float(simulation.core.paid.sum() / paid)


def hours_on_duty(simulation: Simulation) -> float:
    """Hours of the working week that all permanent staff have been with the company."""
    members = simulation.core.members
    now = simulation.core.clock["now"][0]
    permanent = members["account"] < len(simulation.core.pools)
    until = np.where(members["status"] == GONE, members["left_at"], now)
    return float((until - members["joined_at"])[permanent].sum())


def booked_euros(result: RunResult) -> float:
    """Sum of the ledger's lines ÷ total cost."""
    return math.fsum(result.costs.values()) / result.measures["total_cost"]


def littles_law(simulation: Simulation) -> float:
    """Lead time of all cases, booked or running, ÷ the integral of open cases over time."""
    core = simulation.core
    state = core.cases["state"]
    running = core.cases["since"][(state != FREE) & (state != DORMANT)]
    unbooked = (core.clock["now"][0] - running).sum()
    return float((core.lead.sum() + unbooked) / open_case_hours(core))


def whole_values(settings: Scenario, seed: int) -> list[tuple[str, str, float, float]]:
    """Name, quantity, exact and simulated value of every check, on the scenario's first two designs."""
    simulations = [Simulation(settings, design, seed) for design in list(settings.designs)[:2]]
    for simulation in simulations:
        simulation.run()
    first = simulations[0]
    one, other = (simulation.result() for simulation in simulations)
    return [
        ("Symmetric null", "largest difference of a measure", 0.0, largest_difference(one, other)),
        ("Conservation of cases", "opened − ended − open", 0.0, missing_cases(first)),
        ("Conservation of customers", "begun + won − lost − active", 0.0, missing_customers(first)),
        ("Conservation of staff hours", "booked ÷ paid", 1.0, booked_hours(first)),
        ("Conservation of euros", "sum of lines ÷ total", 1.0, booked_euros(one)),
        ("Little's law", "lead time ÷ ∫ open cases dt", 1.0, littles_law(first)),
    ]
