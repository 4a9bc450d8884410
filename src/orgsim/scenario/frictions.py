"""The frictions of working together, one table a mechanism. A rate of 0 switches it off."""

from orgsim.fields import Table, quantity

_VDT = "Virtual Design Team (Jin & Levitt 1996), exception rates .05 to .10"


class Handoff(Table):
    """What a change of person, and a crossing of a unit's border, costs."""

    transfer_hours: float = quantity(
        4.0,
        "h",
        "mean transfer delay per border crossed",
        0,
        500,
        "assumption; BPI Challenge 2013, Volvo IT, 'awaiting assignment': median 0.6 h, mean 26 h",
        plausible=(0.5, 24),
    )
    transfer_cv: float = quantity(1.0, "–", "spread of the delay (lognormal)", 0, 5)
    information_kept: float = quantity(
        0.8,
        "share",
        "information kept per border crossed, κ",
        0,
        1,
        "assumption; I-PASS (Starmer et al. 2014): all key elements in 20 % of hand-overs, 66 % after",
        plausible=(0.5, 0.95),
    )
    familiarisation: float = quantity(
        0.10, "share", "of an activity's hours, for each person new to the case", 0, 2, plausible=(0.03, 0.20)
    )
    bounce: float = quantity(
        0.45,
        "probability",
        "b: a case is returned with chance b·(1−I)·local targets",
        0,
        1,
        "set in the calm state against A-B-A shares of 15.6 % (BPI Challenge 2013) and 28 % (2014)",
    )
    triage: float = quantity(0.10, "share", "of an activity's hours to find that it must go back", 0, 1)
    repair: float = quantity(0.8, "share", "of the missing information that the sender restores", 0, 1)
    repair_work: float = quantity(0.15, "share", "of the sender's activity to restore it", 0, 2)
    early_handoff: float = quantity(
        0.2, "probability", "incomplete work is passed on, × local targets × pressure", 0, 1
    )
    early_share: float = quantity(0.2, "share", "of the work (and information) then left out", 0, 0.9)
    sharing_needs_interest: float = quantity(
        0.6, "share", "of shared data lost on people held to local targets", 0, 1, plausible=(0, 1)
    )
    remote_penalty: float = quantity(
        0.25,
        "share",
        "longer transfers between units per remote share",
        0,
        2,
        "Yang et al. 2022: cross-group time about −25 % under full telework",
    )


class Arbitration(Table):
    """Exceptions and who decides them."""

    exception_rate: float = quantity(
        0.05,
        "probability",
        "u: an activity of complexity 1 needs a decision",
        0,
        1,
        _VDT,
        plausible=(0.01, 0.20),
    )
    concerns_others: float = quantity(
        0.3, "share", "of exceptions that concern another function of the case's route", 0, 1
    )
    far: float = quantity(
        1.0, "×", "how far decisions above the unit are needed at all; 0: every unit decides by itself", 0, 1
    )
    decision_hours: float = quantity(
        0.5, "h", "mean attention that a decision takes", 1e-4, 100, plausible=(0.1, 2)
    )
    forwarding: float = quantity(0.3, "share", "of that time, on each level that only passes it up", 0, 1)
    rework: float = quantity(0.2, "probability", "outcome: do it again, decided in the unit", 0, 1, _VDT)
    rework_per_level: float = quantity(0.1, "probability", "added for each level above", 0, 1, _VDT)
    correct: float = quantity(0.4, "probability", "outcome: correct a part", 0, 1, _VDT)
    correction_share: float = quantity(0.3, "share", "of the activity to do again when corrected", 0, 1)
    proceed_defect: float = quantity(0.3, "probability", "a defect if it proceeds as it is", 0, 1)


class Quality(Table):
    """Defects, rework and failure demand."""

    defect_rate: float = quantity(
        0.05, "probability", "q0: defect per activity of complexity 1", 0, 1, plausible=(0.01, 0.15)
    )
    missing_information: float = quantity(
        1.0, "–", "a: defects × (1 + a·(1−I)) when information is missing", 0, 10
    )
    pressure: float = quantity(
        0.5,
        "–",
        "defects × (1 + this × backlog in weeks of capacity)",
        0,
        10,
        "assumption; direction: KC & Terwiesch 2009",
    )
    catch: float = quantity(0.5, "probability", "the next person finds an open defect", 0, 1)
    rework_share: float = quantity(0.6, "share", "of the activity that rework takes", 0, 1)
    repeat_lag: float = quantity(40.0, "h", "mean time until a defect brings the customer back", 0.01, 5000)


class Coordination(Table):
    """Paid hours spent on keeping each other informed, from the structure alone."""

    pair_hours: float = quantity(0.05, "h/week", "per person and colleague of the unit: n(n−1)/2 pairs", 0, 5)
    interface_hours: float = quantity(
        0.5, "h/week", "per person and other unit with which the unit exchanges cases", 0, 20
    )
    ceiling: float = quantity(
        0.4, "share", "of time at the most", 0, 0.9, "assumption; 5–20 % of time is usual"
    )


class Frictions(Table):
    """All frictions."""

    handoff: Handoff = Handoff()
    arbitration: Arbitration = Arbitration()
    quality: Quality = Quality()
    coordination: Coordination = Coordination()
