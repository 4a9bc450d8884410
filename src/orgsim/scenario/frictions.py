"""The frictions of working together, one table a mechanism. A rate of 0 switches it off."""

from orgsim.scenario.fields import Table, quantity

_VDT = "Virtual Design Team (Jin & Levitt 1996), exception rates .05 to .10"


class Handoff(Table):
    """What a change of person, and a crossing of a unit's border, costs."""

    transfer_hours: float = quantity(
        4.0, "h", "mean transfer delay per border crossed (range 0.5–24)", 0, 500,
        "assumption; BPI Challenge 2013, Volvo IT, 'awaiting assignment': median 0.6 h, mean 26 h",
    )  # fmt: skip
    transfer_cv: float = quantity(1.0, "–", "spread of the delay (lognormal)", 0, 5)
    information_kept: float = quantity(
        0.8, "share", "information kept per border crossed, κ (range .5–.95)", 0, 1,
        "assumption; I-PASS (Starmer et al. 2014): all key elements in 20 % of hand-overs, 66 % after",
    )  # fmt: skip
    familiarisation: float = quantity(
        0.10,
        "share",
        "of an activity's hours, for each person new to the case (range .03–.20)",
        0,
        2,
    )
    bounce: float = quantity(
        0.45, "probability", "b: a case is returned with chance b·(1−I)·local targets", 0, 1,
        "set in the calm state against A-B-A shares of 15.6 % (BPI Challenge 2013) and 28 % (2014)",
    )  # fmt: skip
    triage: float = quantity(0.10, "share", "of an activity's hours to find that it must go back", 0, 1)
    repair: float = quantity(0.8, "share", "of the missing information that the sender restores", 0, 1)
    repair_work: float = quantity(0.15, "share", "of the sender's activity to restore it", 0, 2)
    early_handoff: float = quantity(
        0.2, "probability", "incomplete work is passed on, × local targets × pressure", 0, 1
    )
    early_share: float = quantity(0.2, "share", "of the work (and information) then left out", 0, 0.9)
    data_sharing: float = quantity(
        0.0, "share", "of the loss avoided by shared data: κ' = 1−(1−κ)(1−sharing)", 0, 1
    )
    remote_share: float = quantity(0.0, "share", "of time worked from home", 0, 1)
    remote_penalty: float = quantity(
        0.25, "share", "longer transfers between units per remote share", 0, 2,
        "Yang et al. 2022: cross-group time about −25 % under full telework",
    )  # fmt: skip


class Arbitration(Table):
    """Exceptions and who decides them."""

    exception_rate: float = quantity(
        0.05,
        "probability",
        "u: an activity of complexity 1 needs a decision (range .01–.20)",
        0,
        1,
        _VDT,
    )
    concerns_others: float = quantity(
        0.3, "share", "of exceptions that concern another function of the case's route", 0, 1
    )
    decision_hours: float = quantity(
        0.5, "h", "mean attention that a decision takes (range 0.1–2)", 1e-4, 100
    )
    forwarding: float = quantity(0.3, "share", "of that time, on each level that only passes it up", 0, 1)
    centralisation: float = quantity(0.0, "share", "of decisions that go one level further up", 0, 1)
    rework: float = quantity(0.2, "probability", "outcome: do it again, decided in the unit", 0, 1, _VDT)
    rework_per_level: float = quantity(0.1, "probability", "added for each level above", 0, 1, _VDT)
    correct: float = quantity(0.4, "probability", "outcome: correct a part", 0, 1, _VDT)
    correction_share: float = quantity(0.3, "share", "of the activity to do again when corrected", 0, 1)
    proceed_defect: float = quantity(0.3, "probability", "a defect if it proceeds as it is", 0, 1)


class Quality(Table):
    """Defects, rework and failure demand."""

    defect_rate: float = quantity(
        0.05, "probability", "q0: defect per activity of complexity 1 (range .01–.15)", 0, 1
    )
    missing_information: float = quantity(
        1.0, "–", "a: defects × (1 + a·(1−I)) when information is missing", 0, 10
    )
    pressure: float = quantity(
        0.5, "–", "defects × (1 + this × backlog in weeks of capacity)", 0, 10,
        "assumption; direction: KC & Terwiesch 2009",
    )  # fmt: skip
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


class People(Table):
    """Proficiency, and what the company does about a backlog."""

    second_skills: int = quantity(1, "functions", "that a person can do besides the home function", 0, 100)
    second_skill: float = quantity(
        0.7, "× speed", "proficiency outside the home function (range .5–.9)", 0.05, 1
    )
    specialisation: float = quantity(
        0.15, "share", "s: faster by up to s with the share of recent work on the function (0–.40)", 0, 1,
        "assumption; frame: Hopp & Van Oyen 2004",
    )  # fmt: skip
    peers: float = quantity(
        0.05, "share", "p: faster by up to p with peers of the function in the unit (0–.15)", 0, 1
    )
    recent_weeks: float = quantity(13.0, "weeks", "memory of recent work", 1, 520)
    switch_hours: float = quantity(
        0.05, "h", "lost when the kind of case differs from the last one", 0, 5,
        "assumption; direction: Staats & Gino 2012",
    )  # fmt: skip
    overtime_cap: float = quantity(0.10, "share", "overtime at the most", 0, 0.5)
    overtime_from: float = quantity(0.10, "weeks", "backlog of a pool from which overtime is worked", 0, 50)
    temps_cap: float = quantity(0.15, "share", "temporary staff of a pool at the most", 0, 1)
    temps_from: float = quantity(0.40, "weeks", "backlog from which temporary staff are called", 0, 50)
    temps_skill: float = quantity(0.75, "× speed", "proficiency of temporary staff", 0.05, 1)


class Market(Table):
    """Customers' satisfaction, retention and acquisition."""

    initial_satisfaction: float = quantity(0.75, "0–1", "satisfaction at the start", 0, 1)
    initial_expectation: float = quantity(0.75, "0–1", "expected quality at the start", 0, 1)
    gain: float = quantity(0.10, "–", "k: satisfaction moved by a case whose quality beats expectation", 0, 2)
    loss_aversion: float = quantity(
        2.0,
        "×",
        "disappointment weighs more than delight (1.5–2.5)",
        0,
        10,
        "Anderson & Sullivan 1993",
    )
    expectation_gain: float = quantity(
        0.10, "–", "expectation moves to experience, less with tenure", 0, 1,
        "direction: Boulding et al. 1993; Bolton 1998",
    )  # fmt: skip
    baseline: float = quantity(0.75, "0–1", "satisfaction that the offer itself supports", 0, 1)
    relaxation_weeks: float = quantity(26.0, "weeks", "time to return to it between cases", 1, 1000)
    weight_timeliness: float = quantity(0.35, "weight", "of quality: within the promised time", 0, 1)
    weight_effort: float = quantity(0.20, "weight", "of quality: few hands, few repeats", 0, 1)
    weight_right_first_time: float = quantity(0.25, "weight", "of quality: no defect", 0, 1)
    weight_resolved: float = quantity(0.20, "weight", "of quality: completed at all", 0, 1)
    effort_per_touch: float = quantity(0.05, "–", "effort score × exp(−this × handoffs)", 0, 2)
    repeat_effort: float = quantity(
        0.85, "×", "effort score of a repeat contact", 0, 1,
        "vendor figures: each repeat call costs about 15 % of satisfaction",
    )  # fmt: skip
    churn_per_year: float = quantity(
        0.10, "share/year", "customers lost at the satisfaction of the start", 0, 1,
        "French internet providers: 1.9–4.4 % a quarter in calm",
    )  # fmt: skip
    churn_slope: float = quantity(
        4.0, "–", "γ: hazard × exp(−γ(S−S0)), convex in satisfaction", 0, 30,
        "form: Mittal & Kamakura 2001",
    )  # fmt: skip
    conversion: float = quantity(
        0.40, "probability", "a prospect served within the promise becomes a customer", 0, 1
    )
    conversion_slowness: float = quantity(0.5, "–", "conversion × exp(−this × lateness in promises)", 0, 10)


class Money(Table):
    """Costs that are not pay by the hour."""

    overtime_premium: float = quantity(
        0.25, "share", "extra pay of an overtime hour", 0, 3, "French Labour Code, L3121-36"
    )
    temporary_premium: float = quantity(0.35, "share", "extra cost of a temporary hour", 0, 3)
    overhead: float = quantity(7000.0, "€/year", "workplace and tools, per person", 0, 1e6)
    compensation: float = quantity(30.0, "€", "goodwill for a defect that reached the customer", 0, 1e6)
    direct_cost: float = quantity(0.40, "share", "of revenue, spent on the service itself", 0, 1)
