"""Exact results of queueing theory, against which the core is checked. Time in units of mean work.

Sources: Gross, Shortle, Thompson & Harris (2008); Garnett, Mandelbaum & Reiman (2002) for Erlang A;
Jackson (1957); Neuts (1981) for the matrix method; Buzacott (1996) for case
workers; Crommelin (1932) for constant work.
"""

import math
from itertools import product
from math import exp, log

import numpy as np
from scipy import stats


def erlang_b(load: float, servers: int) -> float:
    """Blocking probability of M/M/c/c with offered load λ/μ."""
    blocking = 1.0
    for n in range(1, servers + 1):
        blocking = load * blocking / (n + load * blocking)
    return blocking


def erlang_c(rate: float, work_rate: float, servers: int) -> float:
    """P(wait) of M/M/c."""
    load = rate / work_rate
    blocking = erlang_b(load, servers)
    return blocking / (1.0 - load / servers * (1.0 - blocking))


def mmc_wait(rate: float, work_rate: float, servers: int) -> float:
    """Mean wait in the queue of M/M/c."""
    return erlang_c(rate, work_rate, servers) / (servers * work_rate - rate)


def mg1_wait(utilisation: float, cv_squared: float) -> float:
    """Mean wait of M/G/1 with mean work 1 (Pollaczek–Khinchine)."""
    return utilisation * (1.0 + cv_squared) / (2.0 * (1.0 - utilisation))


def erlang_a(rate: float, work_rate: float, servers: int, impatience: float) -> tuple[float, float]:
    """(P(abandon), mean wait of all) of M/M/c+M, by its birth–death balance."""
    weights, level, highest = [0.0], 0.0, 0.0
    for n in range(1, 100_000):
        leaving = min(n, servers) * work_rate + max(n - servers, 0) * impatience
        level += log(rate) - log(leaving)
        weights.append(level)
        highest = max(highest, level)
        if level < highest - 60:
            break
    chances = [exp(weight - highest) for weight in weights]
    queue = math.fsum(max(n - servers, 0) * p for n, p in enumerate(chances)) / math.fsum(chances)
    return impatience * queue / rate, queue / rate


def tandem_time(rate: float, return_probability: float, stations: int = 2) -> float:
    """Mean time in a series of M/M/1 stations of rate 1 whose last sends a share back to the first."""
    flow = rate / (1.0 - return_probability)
    return stations * flow / (1.0 - flow) / rate


def arbiter_time(rate: float, share: float, first: float, arbiter: float, second: float) -> float:
    """Mean time where a share of the first station's cases goes to an arbiter and back."""
    flows = [(rate / (1 - share), first), (rate * share / (1 - share), arbiter), (rate, second)]
    return math.fsum(flow / (speed - flow) for flow, speed in flows) / rate


#: of a level of the chain: up, within, down
_Rates = tuple[np.ndarray, np.ndarray, np.ndarray]


def _phases(servers: int, phases: int) -> list[tuple[int, ...]]:
    return [counts for counts in product(range(servers + 1), repeat=phases) if sum(counts) == servers]


def _level_rates(n: int, rate: float, speed: float, servers: int, phases: int) -> _Rates:
    """Transition matrices up, within and down of the level with n cases in the system."""
    here = _phases(min(n, servers), phases)
    above = {s: i for i, s in enumerate(_phases(min(n + 1, servers), phases))}
    below = {s: i for i, s in enumerate(_phases(min(n - 1, servers), phases))} if n else {}
    place = {s: i for i, s in enumerate(here)}
    up = np.zeros((len(here), len(above)))
    within = np.zeros((len(here), len(here)))
    down = np.zeros((len(here), len(below)))
    for i, counts in enumerate(here):
        starts = list(counts)
        starts[0] += n < servers
        up[i, above[tuple(starts)]] += rate
        for phase, busy in enumerate(counts):
            if not busy:
                continue
            moved = list(counts)
            moved[phase] -= 1
            if phase + 1 < phases:
                moved[phase + 1] += 1
                within[i, place[tuple(moved)]] += busy * speed
            else:
                moved[0] += n > servers
                down[i, below[tuple(moved)]] += busy * speed
        within[i, i] -= up[i].sum() + within[i].sum() + down[i].sum()
    return up, within, down


def erlang_work_time(rate: float, servers: int, phases: int, phase_mean: float = 1.0) -> float:
    """Mean time in the system of M/E_k/c whose work has `phases` exponential phases, by linear level
    reduction of the quasi-birth–death process, truncated where its tail has no weight."""
    speed = 1.0 / phase_mean
    utilisation = rate * phases * phase_mean / servers
    top = servers + int(40.0 / -log(utilisation)) + 10
    levels = {n: _level_rates(n, rate, speed, servers, phases) for n in range(servers + 2)}

    def at(n: int) -> _Rates:
        return levels[min(n, servers + 1)]

    ratios: dict[int, np.ndarray] = {}
    for n in range(top, 0, -1):
        inner = at(n)[1].copy()
        if n == top:  # no arrivals beyond the top
            inner[np.diag_indices_from(inner)] += rate
        else:
            inner = inner + ratios[n + 1] @ at(n + 1)[2]
        ratios[n] = at(n - 1)[0] @ np.linalg.inv(-inner)
    vector, total, cases = np.ones(1), 1.0, 0.0
    for n in range(1, top + 1):
        vector = vector @ ratios[n]
        total += vector.sum()
        cases += n * vector.sum()
    return float(cases / total / rate)


def constant_series_time(utilisation: float, tasks: int) -> float:
    """Mean time through tasks of constant length 1 in series: only the first makes anybody wait."""
    return tasks + mg1_wait(utilisation, 0.0)


def mdc_wait(rate: float, servers: int, work: float) -> float:
    """Mean wait of M/D/c with constant work (Crommelin 1932)."""
    load = rate * work
    wait, term, i = 0.0, 1.0, 0
    while term > 1e-15:
        i += 1
        reached, passed = stats.poisson.sf([i * servers - 1, i * servers], i * load)
        term = float(reached - servers / load * passed)
        wait += term
    return work * wait
