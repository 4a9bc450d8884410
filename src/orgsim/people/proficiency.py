"""Proficiency: who is how fast at what, from skill, recent work, peers, and the state of change."""

from orgsim.compiled import compiled, compiled_entry

#: peers of a function in the unit with which half of the gain from asking is reached
HALF_GAIN_PEERS = 3.0


@compiled
def speed(skill, share_of_work, peers, specialisation, peer_gain, settled):
    """Speed = skill · (1 + s·share of recent work) · (1 + p·n/(n+3)) · settled.

    `peers` counts the others of the function in the member's unit; `settled` is 1 less what a
    reorganisation still costs. Facts of the structure, never a bonus for a design's name (frame:
    Hopp & Van Oyen 2004)."""
    learned = 1.0 + specialisation * share_of_work
    asked = 1.0 + peer_gain * peers / (peers + HALF_GAIN_PEERS)
    return skill * learned * asked * settled


@compiled_entry
def set_speeds(speeds, skill, shares, peers, specialisation, peer_gain, settled):
    """Write the speed of every member on every function."""
    for row in range(skill.shape[0]):
        for function in range(skill.shape[1]):
            speeds[row, function] = speed(
                skill[row, function],
                shares[row, function],
                peers[row, function],
                specialisation,
                peer_gain,
                settled,
            )


@compiled_entry
def remember_work(shares, worked, memory):
    """Bring every member's shares of recent work up to date and empty `worked` (hours): an
    exponential average over `memory` weeks; a week without work changes nothing."""
    for row in range(shares.shape[0]):
        total = 0.0
        for function in range(shares.shape[1]):
            total += worked[row, function]
        if total <= 0.0:
            continue
        for function in range(shares.shape[1]):
            change = worked[row, function] / total - shares[row, function]
            shares[row, function] += change / memory
            worked[row, function] = 0.0
