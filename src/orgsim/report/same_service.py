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
    staff, cost = answer.difference(design, "staff"), answer.difference(design, "cost")
    parts = []
    for found, show in (
        (staff, lambda value: f"{number(value, 1)} people"),
        (cost, lambda value: euros(value)),
    ):
        value = found.difference
        if found.verdict in ("higher", "lower"):
            more = "more" if value.mean > 0 else "fewer" if found is staff else "less"
            small, large = sorted((abs(value.low), abs(value.high)))
            parts.append(f"{show(abs(value.mean))} {more} (95 % interval {show(small)} to {show(large)})")
        elif found.verdict == "equal":
            parts.append("the same number of people" if found is staff else "the same cost")
        else:
            what = "staff" if found is staff else "cost"
            parts.append(f"a {what} that is not distinguishable")
    return (
        f"{goal}, in {len(answer.seeds)} worlds, '{labels[design]}' needs {parts[0]} and "
        f"{parts[1]} over the horizon than '{labels[answer.baseline]}'."
    )


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
