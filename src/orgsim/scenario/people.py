"""What people can do, learn, know, feel, and when they leave: one parameter a line."""

from orgsim.fields import Table, quantity

_SATISFACTION_CHAIN = "assumption; direction: Brown & Lam 2008, mediated by service quality"
_KC = "assumption; direction: KC & Terwiesch 2009; turning point: Berry Jaeker & Tucker 2017"


class People(Table):
    """Proficiency, knowledge, morale, strain, turnover, and what is done about a backlog."""

    second_skills: int = quantity(1, "functions", "that a person can do besides the home function", 0, 100)
    second_skill: float = quantity(
        0.7, "× speed", "proficiency outside the home function at first", 0.05, 1, plausible=(0.5, 0.9)
    )
    specialisation: float = quantity(
        0.15,
        "share",
        "s: faster by up to s with the share of recent work on the function",
        0,
        1,
        "assumption; frame: Hopp & Van Oyen 2004",
        plausible=(0, 0.40),
    )
    peers: float = quantity(
        0.05,
        "share",
        "p: faster by up to p with peers of the function in the unit",
        0,
        1,
        plausible=(0, 0.15),
    )
    recent_weeks: float = quantity(13.0, "weeks", "memory of recent work", 1, 520)
    progress_ratio: float = quantity(
        0.85,
        "×",
        "PR: time per piece of work when experience doubles",
        0.5,
        1,
        "Wright 1936; Dutton & Thomas 1984: .80 to .85 most often",
        plausible=(0.80, 0.95),
    )
    mastery_hours: float = quantity(
        800.0, "h", "experience from which a function is mastered", 10, 20_000, plausible=(300, 2000)
    )
    monthly_retention: float = quantity(
        0.95,
        "share",
        "of experience kept over a month without work",
        0.5,
        1,
        "Argote, Beckman & Epple 1990 and after",
        plausible=(0.90, 0.98),
    )
    switch_hours: float = quantity(
        0.05,
        "h",
        "lost when the kind of case differs from the last one",
        0,
        5,
        "assumption; direction: Staats & Gino 2012",
    )
    variety: float = quantity(
        0.04,
        "share",
        "faster by up to this with varied recent work",
        0,
        0.5,
        "assumption; direction: Staats & Gino 2012",
        plausible=(0, 0.10),
    )
    variety_stay: float = quantity(
        0.5,
        "–",
        "quitting × exp(−this × variety of work)",
        0,
        5,
        "assumption; direction: Staats & Gino 2012",
    )
    unfamiliarity: float = quantity(
        0.15,
        "share",
        "speed lost in a unit of strangers",
        0,
        0.9,
        "assumption; direction: Huckman, Staats & Upton 2009",
        plausible=(0.05, 0.30),
    )
    familiarity_half_life: float = quantity(
        8.0, "weeks", "half of what is strange has become familiar", 0.1, 520, plausible=(4, 26)
    )
    ownership: float = quantity(
        0.03,
        "share",
        "faster on work that the unit owns from end to end",
        0,
        0.5,
        "assumption; direction: Song, Tucker & Murrell 2015 (stay −17 % with dedicated queues)",
        plausible=(0, 0.09),
    )

    knowledge_at_start: float = quantity(0.3, "0–1", "customer knowledge of everybody at the start", 0, 1)
    knowledge_half_life: float = quantity(
        26.0, "weeks", "half of the customer knowledge is forgotten", 1, 1000, plausible=(8, 78)
    )
    knowledge_contact: float = quantity(
        0.006,
        "1/h",
        "knowledge gained per hour with customers, × what is missing",
        0,
        1,
        plausible=(0.002, 0.02),
    )
    knowledge_sharing: float = quantity(
        0.10, "1/week", "knowledge moves to the mean of the unit", 0, 1, plausible=(0, 0.3)
    )
    knowledge_feedback: float = quantity(
        0.02, "1/week", "gained where every customer message reaches everybody", 0, 1
    )
    knowledge_personas: float = quantity(
        0.01, "1/week", "gained from personas, up to half of what can be known: they caricature", 0, 1
    )
    knowledge_quality: float = quantity(
        0.5, "–", "defects × exp(−this × (knowledge − that of the start))", 0, 5, plausible=(0, 1)
    )

    morale_at_start: float = quantity(0.7, "0–1", "morale of everybody at the start", 0, 1)
    morale_weeks: float = quantity(
        8.0, "weeks", "time in which morale follows its causes", 1, 200, plausible=(4, 26)
    )
    morale_workload: float = quantity(0.5, "–", "morale lost at full fatigue", 0, 1)
    morale_bounces: float = quantity(0.05, "–", "morale lost per returned piece of work a week", 0, 1)
    morale_autonomy: float = quantity(0.15, "–", "morale gained with autonomy, lost to scripts", 0, 1)
    morale_recognition: float = quantity(0.15, "–", "morale gained by recognition", 0, 1)
    morale_management: float = quantity(
        0.15, "–", "morale gained with managers chosen for people skills", 0, 1
    )
    morale_quality: float = quantity(
        0.5, "–", "defects × exp(−this × (morale − that of the start))", 0, 5, _SATISFACTION_CHAIN
    )
    morale_stay: float = quantity(2.0, "–", "quitting × exp(−this × (morale − that of the start))", 0, 20)
    resistance: float = quantity(
        0.25, "–", "morale lost when everybody's place changes at once", 0, 1, plausible=(0, 0.5)
    )

    fatigue_from: float = quantity(0.93, "share", "busy share of time above which fatigue builds", 0, 1, _KC)
    fatigue_weeks: float = quantity(6.0, "weeks", "memory of the load that tires", 1, 200, plausible=(2, 26))
    fatigue_speed: float = quantity(0.15, "share", "speed lost at full fatigue", 0, 0.9, _KC)
    fatigue_quits: float = quantity(1.0, "–", "φ: quitting × exp(φ × fatigue)", 0, 10)
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

    scripts_novices: float = quantity(0.15, "share", "defects avoided by scripts in a newcomer's work", 0, 1)
    scripts_experts: float = quantity(0.10, "share", "defects added by scripts in an expert's work", 0, 1)
    gaming: float = quantity(
        0.15, "0–1", "measured satisfaction added by rewarding it, where nobody sees the customer", 0, 1
    )
    gaming_time: float = quantity(0.03, "share", "of time then spent on the score", 0, 0.5)
    attention: float = quantity(
        0.2, "share", "defects avoided by rewarding satisfaction, × customer knowledge", 0, 1
    )

    turnover: float = quantity(0.10, "share/year", "staff who leave in calm", 0, 0.95, plausible=(0.08, 0.12))
    vacancy_weeks: float = quantity(
        10.0, "weeks", "mean time until a vacant place is filled", 0, 200, "Apec 2020–22: 9 to 12 weeks"
    )
    newcomer_speed: float = quantity(
        0.6, "× speed", "of a newcomer on the first day (ramp-up of 3 to 6 months)", 0.05, 1
    )
    ramp_up_weeks: float = quantity(
        6.0, "weeks", "half of the newcomer's gap is closed", 0.1, 200, plausible=(4, 12)
    )

    overtime_cap: float = quantity(0.10, "share", "overtime at the most", 0, 0.5)
    overtime_from: float = quantity(0.10, "weeks", "backlog of a pool from which overtime is worked", 0, 50)
    temps_cap: float = quantity(0.15, "share", "temporary staff of a pool at the most", 0, 1)
    temps_from: float = quantity(0.40, "weeks", "backlog from which temporary staff are called", 0, 50)
    temps_skill: float = quantity(0.75, "× speed", "proficiency of temporary staff", 0.05, 1)
