"""Proficiency: who is how fast at what, from skill, recent work, peers, and the state of change."""

import numpy as np


def speed(
    skill: np.ndarray,
    share_of_work: np.ndarray,
    peers: np.ndarray,
    specialisation: float,
    peer_gain: float,
    settled: float,
) -> np.ndarray:
    """Speed [member, function] = skill · (1 + s·share of recent work) · (1 + p·n/(n+3)) · settled.

    `peers` [member, function] counts the others of the function in the member's unit; `settled` is 1
    less what a reorganisation still costs. Facts of the structure, never a bonus for a design's name
    (frame: Hopp & Van Oyen 2004)."""
    learned = 1.0 + specialisation * share_of_work
    asked = 1.0 + peer_gain * peers / (peers + 3.0)
    return skill * learned * asked * settled


def updated_shares(shares: np.ndarray, worked: np.ndarray, memory: float) -> np.ndarray:
    """Share of recent work on each function: an exponential average over `memory` weeks; a week
    without work changes nothing."""
    total = worked.sum(axis=1, keepdims=True)
    weight = np.where(total > 0, 1.0 / memory, 0.0)
    return shares + weight * (worked / np.where(total > 0, total, 1.0) - shares)
