"""The answer at the same service, in words and as data."""

from typing import Any

from orgsim.experiments.same_service import LARGEST, SameService
from orgsim.report.data import clean, estimate_data
from orgsim.report.numbers import euros, number


def same_service_sentence(answer: SameService, design: str) -> str:
    """How many people and euros the design needs against the baseline for the same service."""
    labels = {key: answer.scenario.designs[key].label or key for key in (answer.baseline, design)}
    missed = [labels[key] for key in (answer.baseline, design) if not answer.reached(key)]
    goal = f"For {answer.target}"
    if missed:
        return (
            f"{goal}: {' and '.join(missed)} cannot reach it in every world with up to "
            f"{LARGEST:g} times the staff; the target asks for more than staff can give."
        )
    surely, unclear = [], []
    for what, verb, fewer, show in (
        ("staff", "needs", "fewer people", lambda value: number(value, 1)),
        ("cost", "costs", "less", euros),
    ):
        found = answer.difference(design, what)
        value = found.difference
        if found.verdict in ("higher", "lower"):
            more = fewer if value.mean < 0 else fewer.replace("fewer", "more").replace("less", "more")
            small, large = sorted((abs(value.low), abs(value.high)))
            surely.append(
                f"{verb} {show(abs(value.mean))} {more} (95 % interval {show(small)} to {show(large)})"
            )
        else:
            unclear.append(what)
    where = f"{goal}, in {len(answer.seeds)} worlds, against '{labels[answer.baseline]}'"
    parts = []
    if surely:
        parts.append(f"'{labels[design]}' {' and '.join(surely)}")
    if unclear:
        verb = "is" if len(unclear) == 1 else "are"
        of = "" if surely else f" of '{labels[design]}'"
        parts.append(f"{' and '.join(unclear)}{of} {verb} not distinguishable")
    return f"{where}: {'; '.join(parts)}."


def same_service_data(answer: SameService) -> dict[str, Any]:
    """Stable keys; None where there is no number."""
    return {
        "kind": "same_service",
        "scenario": answer.scenario.title,
        "target": str(answer.target),
        "seeds": list(answer.seeds),
        "baseline": answer.baseline,
        "designs": {
            design: {
                "label": answer.scenario.designs[design].label or design,
                "reached": answer.reached(design),
                "staff": estimate_data(answer.estimate(design, "staff")),
                "cost": estimate_data(answer.estimate(design, "cost")),
                "by_seed": [[clean(s.staff), clean(s.cost)] for s in answer.found[design]],
            }
            for design in answer.designs
        },
        "differences": {
            design: {
                what: estimate_data(answer.difference(design, what).difference)
                | {"verdict": answer.difference(design, what).verdict}
                for what in ("staff", "cost")
            }
            for design in answer.designs[1:]
        },
        "sentence": answer.sentence(),
    }
