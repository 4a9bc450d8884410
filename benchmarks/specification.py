"""The work that every tool does, and its exact answer: five stations of eight servers in series.

Poisson arrivals, exponential work of mean 1, first come first served. After its work a case goes back
one station with probability 0.1 (from the first to itself), else on, and leaves after the last. The
arrival rate makes the busiest station's utilisation 0.8.
"""

import argparse
import json
import resource

import numpy as np

STATIONS, SERVERS, UTILISATION, BACK = 5, 8, 0.8, 0.1


def visits():
    """Mean visits of a case to each station."""
    moves = np.zeros((STATIONS, STATIONS))
    for i in range(STATIONS):
        moves[i, max(i - 1, 0)] += BACK
        if i + 1 < STATIONS:
            moves[i, i + 1] += 1 - BACK
    return np.linalg.solve(np.eye(STATIONS) - moves.T, np.eye(STATIONS)[0])


RATE = float(UTILISATION * SERVERS / max(visits()))


def cases_in_system():
    """Exact mean number of cases (Jackson 1957)."""
    total = 0.0
    for flow in RATE * visits():
        blocking = 1.0
        for n in range(1, SERVERS + 1):
            blocking = flow * blocking / (n + flow * blocking)
        waiting = blocking / (1 - flow / SERVERS * (1 - blocking))
        total += flow + waiting * flow / (SERVERS - flow)
    return total


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("--completions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def report(completions, seconds, mean_cases):
    """One line of JSON: activities done, seconds of the run proper, mean cases, peak memory."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"completions": int(completions), "seconds": seconds, "mean_cases": mean_cases,
                      "peak_mb": round(peak, 1)}))  # fmt: skip
