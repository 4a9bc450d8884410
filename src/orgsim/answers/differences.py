"""The differences between designs at every point of a sweep, as rows."""

from orgsim.answers.findings import Findings
from orgsim.statistics.intervals import holm


def differences(findings: Findings, measure: str | None) -> tuple[list[str], list[tuple]]:
    """For every point and design: factors, mean of the baseline, difference with the half-width of its
    95 % interval, seeds, the verdict of that interval alone, the factor by which pairing reduced the
    variance, and the p-value after Holm's correction for all rows."""
    key, _ = findings.checked(measure)
    base = findings.baseline
    rows: list[tuple] = []
    for point in findings.points:
        for design in findings.others:
            found = findings.values(point, key, (base, design))
            if not len(found[base]):
                continue
            pair = findings.difference(point, design, key)
            value = pair.difference
            rows.append(
                (*point.values.values(), design, float(found[base].mean()), value.mean, value.half_width,
                 len(found[base]), pair.verdict, pair.variance_reduction, pair.p_value)
            )  # fmt: skip
    adjusted = holm([row[-1] for row in rows])
    columns = [
        *findings.experiment.factors,
        "design",
        base,
        "difference",
        "±",
        "seeds",
        "verdict",
        "pairing",
    ]
    return [*columns, "p (Holm)"], [(*row[:-1], p) for row, p in zip(rows, adjusted, strict=True)]
