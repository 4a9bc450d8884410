"""How far an organisation sees itself from the customer's side, read off its state."""

#: phases and the score from which they begin
PHASES = (("inside-out", 0.0), ("voice of the customer", 0.35), ("outside-in", 0.6))


def maturity(knowledge: float, shared_targets: float, near_decisions: float) -> float:
    """The score, 0 to 1: the mean of customer knowledge (mean over staff), of shared rather than local
    targets, and of decisions taken in the group or on the spot. It falls when any of them does."""
    return (knowledge + shared_targets + near_decisions) / 3.0


def phase(score: float) -> str:
    """The name of the phase that a score lies in."""
    return next(name for name, begins in reversed(PHASES) if score >= begins)
