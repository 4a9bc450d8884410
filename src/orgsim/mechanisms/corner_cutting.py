"""Corners cut under pressure, and the standard of work that erodes with them (Oliva & Sterman 2001).

One file: the standard anchors on what is spent, and what is spent is a part of the standard."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at

_KC = "assumption; direction: KC & Terwiesch 2009; turning point: Berry Jaeker & Tucker 2017"


class People(Table):
    """Fields of `people`."""

    corner_cutting: float = quantity(
        0.10, "share", "of the time per case saved at one week of backlog", 0, 0.5, _KC, plausible=(0, 0.25)
    )
    corner_defects: float = quantity(1.5, "–", "defects × (time that is right ÷ time spent)^this", 0, 10)
    standard_down_weeks: float = quantity(
        19.0,
        "weeks",
        "the time per case that people think right sinks to what is spent",
        1,
        10_000,
        "Oliva & Sterman 2001",
    )
    standard_up_weeks: float = quantity(
        200.0, "weeks", "and hardly rises again", 1, 100_000, "Oliva & Sterman 2001: much longer than down"
    )
    erosion: float = quantity(1.0, "×", "how much of that takes place; 0: the standard holds", 0, 1)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "corner_cutting",
            "under pressure people spend less time per case",
            {"people.corner_cutting": 0.0},
        ),
        Switch(
            "standard_erosion",
            "the time per case that people think right erodes",
            {"people.erosion": 0.0},
        ),
    ),
    fields={"people": People},
    rules={
        "people": at(
            "people",
            "corner_cutting",
            "corner_defects",
            "standard_down_weeks",
            "standard_up_weeks",
            "erosion",
        )
    },
    state={
        "pool": {
            "effort": Given(1.0, "factor", "time spent per case against what was right at first"),
            "haste": Given(1.0, "factor", "on defects, of time saved per case"),
        }
    },
)


@compiled
def set_standard(rules, standard, pressure):
    """Time spent per case and the time that people think right, after a week: pressure (weeks of backlog)
    makes people cut corners, and the standard anchors on what is spent, quickly down and hardly up. Both
    relative to what was right at first. Returns effort, standard."""
    spent = standard * (1.0 - rules.corner_cutting * min(1.0, pressure))
    if spent < standard:
        standard += rules.erosion * (spent - standard) / rules.standard_down_weeks
    else:
        standard += rules.erosion * (1.0 - standard) / rules.standard_up_weeks
    return standard * (1.0 - rules.corner_cutting * min(1.0, pressure)), standard


@compiled
def haste_of(rules, effort):
    """Factor on defects of time saved per case: (right ÷ spent)^c, none where no time is saved."""
    return effort**-rules.corner_defects if effort < 1.0 else 1.0
