"""Defects: work leaves some; they cost rework where they are found and repeat contacts where not."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class Quality(Table):
    """Fields of `frictions.quality`."""

    defect_rate: float = quantity(
        0.05, "probability", "q0: defect per activity of complexity 1", 0, 1, plausible=(0.01, 0.15)
    )
    missing_information: float = quantity(
        1.0, "–", "a: defects × (1 + a·(1−I)) when information is missing", 0, 10
    )
    rework_share: float = quantity(0.6, "share", "of the activity that rework takes", 0, 1)
    repeat_lag: float = quantity(40.0, "h", "mean time until a defect brings the customer back", 0.01, 5000)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "defects",
            "work leaves defects, which cause rework and repeat contacts",
            {"frictions.quality.defect_rate": 0.0, "frictions.arbitration.proceed_defect": 0.0},
            family="quality",
        ),
    ),
    fields={"frictions.quality": Quality},
    rules={
        "operations": at(
            "frictions.quality",
            "defect_rate",
            "rework_share",
            "repeat_lag",
            defect_information="missing_information",
        )
    },
)


@compiled
def defect_chance(rules, step, case, pressed, haste, care, speed):
    """Probability of a defect: q0 · the activity's factor · complexity · (1 + a(1−I)) · pressed, for the
    part of it that was done, × haste · care ÷ speed. `pressed`, `haste` and `care` are the factors of
    backlog pressure, of time saved per case and of the member; `speed` is proficiency."""
    chance = rules.defect_rate * step.defect_factor
    chance *= case.complexity * (1.0 + rules.defect_information * (1.0 - case.information))
    chance *= pressed * case.portion
    return chance * (haste * care / speed)
