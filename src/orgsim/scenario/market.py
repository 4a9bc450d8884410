"""Customers, competitors and the offer: satisfaction, retention, acquisition, fit."""

from orgsim.fields import Table, quantity


class Market(Table):
    """Customers' satisfaction, retention and acquisition."""

    initial_satisfaction: float = quantity(0.75, "0–1", "satisfaction at the start", 0, 1)
    initial_expectation: float = quantity(0.75, "0–1", "expected quality at the start", 0, 1)
    gain: float = quantity(0.10, "–", "k: satisfaction moved by a case whose quality beats expectation", 0, 2)
    loss_aversion: float = quantity(
        2.0,
        "×",
        "disappointment weighs more than delight",
        0,
        10,
        "Anderson & Sullivan 1993",
        plausible=(1.5, 2.5),
    )
    expectation_gain: float = quantity(
        0.10,
        "–",
        "expectation moves to experience, less with tenure",
        0,
        1,
        "direction: Boulding et al. 1993; Bolton 1998",
    )
    baseline: float = quantity(0.75, "0–1", "satisfaction that the offer itself supports", 0, 1)
    relaxation_weeks: float = quantity(26.0, "weeks", "time to return to it between cases", 1, 1000)
    weight_timeliness: float = quantity(0.35, "weight", "of quality: within the promised time", 0, 1)
    weight_effort: float = quantity(0.20, "weight", "of quality: few hands, few repeats", 0, 1)
    weight_right_first_time: float = quantity(0.25, "weight", "of quality: no defect", 0, 1)
    weight_resolved: float = quantity(0.20, "weight", "of quality: completed at all", 0, 1)
    effort_per_touch: float = quantity(0.05, "–", "effort score × exp(−this × handoffs)", 0, 2)
    repeat_effort: float = quantity(
        0.85,
        "×",
        "effort score of a repeat contact",
        0,
        1,
        "vendor figures: each repeat call costs about 15 % of satisfaction",
    )
    churn_per_year: float = quantity(
        0.10,
        "share/year",
        "customers lost at the satisfaction of the start",
        0,
        1,
        "French internet providers: 1.9–4.4 % a quarter in calm",
    )
    churn_slope: float = quantity(
        4.0,
        "–",
        "γ: hazard × exp(−γ(S−S0)), convex in satisfaction",
        0,
        30,
        "form: Mittal & Kamakura 2001",
    )
    conversion: float = quantity(
        0.40, "probability", "a prospect served within the promise becomes a customer", 0, 1
    )
    conversion_slowness: float = quantity(0.5, "–", "conversion × exp(−this × lateness in promises)", 0, 10)
    imitation: float = quantity(
        0.38,
        "1/year",
        "q: prospects who come because others recommend",
        0,
        5,
        "Bass 1969; Sultan, Farley & Lehmann 1990: mean of 213 applications",
    )
    innovation: float = quantity(
        0.03,
        "1/year",
        "p: prospects who come by themselves",
        1e-6,
        5,
        "Bass 1969; Sultan, Farley & Lehmann 1990: mean of 213 applications",
    )
    promoter_from: float = quantity(0.85, "0–1", "satisfaction from which a customer recommends", 0, 1)
    detractor_below: float = quantity(0.60, "0–1", "satisfaction below which a customer warns others", 0, 1)
    competition: float = quantity(
        1.0,
        "–",
        "how far a competitor's attack changes how many leave (0: not at all)",
        0,
        5,
        "size of attacks: incumbents lost 2.6–3.2 % a month to Free Mobile in 2012",
    )
    informed_slope: float = quantity(
        0.5, "–", "γ × (1 + this × share of informed customers, against the half of today)", 0, 5
    )
    recovery: float = quantity(
        0.10,
        "0–1",
        "satisfaction gained by a complaint handled well",
        0,
        1,
        "de Matos, Henrique & Vargas Rossi 2007: satisfaction rises, repurchase does not",
    )
    recovery_loyalty: float = quantity(
        0.1,
        "share",
        "of that gain that counts for staying",
        0,
        1,
        "de Matos, Henrique & Vargas Rossi 2007",
    )
    reputation: float = quantity(0.3, "–", "leaving × exp(−this × exemplarity of the company)", 0, 5)


class Offer(Table):
    """How well the offer fits what each segment needs, and how it is kept so."""

    fit_at_start: float = quantity(0.7, "0–1", "fit of the offer in every segment", 0, 1)
    drift: float = quantity(0.25, "share/year", "of the fit lost as needs move", 0, 1, plausible=(0.05, 0.5))
    gain: float = quantity(0.009, "share", "of what is missing gained by a successful experiment", 0, 1)
    success: float = quantity(
        0.4,
        "probability",
        "an experiment improves the fit, at the customer knowledge of the start",
        0,
        1,
        "assumption; Kohavi & Thomke 2017: 10 to 33 % of online experiments succeed",
    )
    knowledge: float = quantity(
        1.0, "–", "success × exp(this × (designers' knowledge − that of the start))", 0, 10, plausible=(0, 3)
    )
    staleness_weeks: float = quantity(26.0, "weeks", "an idea loses half of its worth in", 1, 1000)
    satisfaction: float = quantity(0.4, "–", "satisfaction supported, per unit of fit", 0, 2)
    conversion: float = quantity(0.5, "–", "conversion × (1 + this × (fit − that of the start))", 0, 5)
