"""The differences between designs at every point of a sweep, as rows."""

from typing import Any

from orgsim.answers.findings import Findings


def differences(findings: Findings, measure: str | None) -> tuple[list[str], list[tuple[Any, ...]]]:
    """For every point and design: factors, mean of the baseline, difference with the half-width of its
    95 % interval, seeds, the verdict (all points and designs together: see `Findings.judged`), the factor by
    which pairing reduced the variance, and the p-value after Holm's correction."""
    key, _ = findings.checked(measure)
    judged = findings.judged(key)
    rows: list[tuple[Any, ...]] = []
    for point in findings.points:
        for design in findings.others:
            found = judged[point.name, design]
            if found.worlds:
                value = found.difference
                rows.append(
                    (*point.values.values(), design, found.baseline, value.mean, value.half_width,
                     found.worlds, found.verdict, found.variance_reduction, found.p_holm)
                )  # fmt: skip
    told = ("difference", "±", "seeds", "verdict", "pairing", "p (Holm)")
    return [*findings.experiment.factors, "design", findings.baseline, *told], rows
