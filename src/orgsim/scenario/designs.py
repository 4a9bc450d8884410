"""Organisation designs: the same people, grouped and led differently."""

from typing import Literal

from orgsim.scenario.fields import REQUIRED, Table, quantity, text

ALL = "all"


class Unit(Table):
    """A department, team or pool: whose home functions it has, and what work it takes."""

    name: str = text(REQUIRED, "name shown to people")
    functions: tuple[str, ...] | Literal["all"] = text(ALL, "functions whose people are in it")
    processes: tuple[str, ...] | Literal["all"] = text(ALL, "processes whose activities it does")
    segments: tuple[str, ...] | Literal["all"] = text(ALL, "segments whose cases it takes")


class Transition(Table):
    """What the change to this design costs; nothing for the incumbent."""

    cost_per_person: float = quantity(1500.0, "€", "training and programme, per person moved", 0, 1e6)
    dip: float = quantity(
        0.15, "share", "speed lost at first: familiarity is reset", 0, 0.9,
        "direction: Huckman, Staats & Upton 2009",
    )  # fmt: skip
    half_life_weeks: float = quantity(8.0, "weeks", "half of the loss is regained in", 0.1, 520)


class Design(Table):
    """An organisation design, as data."""

    label: str = text("", "name shown to people; the key if empty")
    group_by: Literal["function", "process", "units"] = text(
        REQUIRED, "function: one unit each · process: one team each · units: as listed in `units`"
    )
    units: tuple[Unit, ...] = text((), "the units, where group_by = 'units'")
    shared: tuple[str, ...] = text((), "functions that stay one pool for all processes")
    small_functions: Literal["share", "cross-train"] = text(
        "share",
        "a function with too few people to split: stays one shared pool, or each team's largest "
        "function learns it as a second skill",
    )
    case_worker: bool = text(False, "whoever has a case does every next activity that he or she can")
    case_owner: bool = text(False, "the last person on a case is called first for the next activity")
    local_targets: float = quantity(1.0, "0–1", "weight of the unit's own targets against shared ones", 0, 1)
    incumbent: bool = text(False, "the company is organised so already: no transition")
    transition: Transition = text(Transition(), "what the change costs otherwise")
