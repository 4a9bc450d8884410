"""Facts of the literature, each with the sign that is expected, and the runs that show it or do not."""

import numpy as np

from orgsim.scenario import load
from orgsim.simulation.result import RunResult
from orgsim.verification.facts import EQUAL, SIMPLE, SIX, STYLISED, Fact, Read, Side, measure, weekly_mean


def _between(
    name: str,
    quantity: str,
    read: Read,
    one: Side,
    other: Side,
    sign: int,
    source: str,
    remark: str = "",
    against: tuple[Side, Side] | None = None,
) -> Fact:
    return Fact(
        STYLISED, name, quantity, read, one, other, sign, source=source, remark=remark, against=against
    )


def weeks_of_low_morale(result: RunResult) -> float:
    """Weeks from the reorganisation on (week 26) in which morale is below that of the quarter before."""
    morale = result.weekly["morale"]
    return float((morale[26:] < morale[13:26].mean() - 0.01).sum())


def _times(factor: float) -> tuple[str, ...]:
    """The default company, so many times as large."""
    base = load("default")
    return (
        *(
            f"company.functions.{key}.staff={max(1, round(factor * one.staff))}"
            for key, one in base.company.functions.items()
        ),
        *(f"segments.{key}.customers={round(factor * one.customers)}" for key, one in base.segments.items()),
        *(f"streams.{key}.per_week={factor * one.per_week}" for key, one in base.streams.items()),
    )


def _pieces() -> tuple[str, ...]:
    """A unit for each function and process that has work in it."""
    base = load("default")
    pairs = {
        (activity.function, kind.process) for kind in base.case_types.values() for activity in kind.route
    }
    units = ", ".join(
        f'{{name="{function} {process}", functions=["{function}"], processes=["{process}"]}}'
        for function, process in sorted(pairs)
    )
    return (f'designs.pieces={{label="Pieces", group_by="units", units=[{units}]}}',)


def _extremes() -> list[Fact]:
    """No extreme organisation is the best: not one unit of everybody, not many small ones, not a unit for
    each piece of work, not twice the hierarchy."""
    result, cycle = measure("result"), measure("cycle_time")
    one, two, four, many = (Side(EQUAL, design) for design in ("one", "two", "four", "sixteen"))
    pieces, teams = Side("default", "pieces", _pieces()), Side("default", "teams", _pieces())
    tall = Side("default", "teams", ("company.managers.span_of_control=5",))
    size = "common sense: not everybody can know everybody"
    pools = "queueing theory: small pools wait longer"
    return [
        _between("One unit of everybody is not the best", "result, €: one − two units", result, one, two, -1,
                 size),
        _between("and it is slow", "cycle time, h: one − four units", cycle, one, four, 1, size),
        _between("Sixteen small units are not the best", "result, €: sixteen − four units", result, many,
                 four, -1, pools),
        _between("and they are slow", "cycle time, h: sixteen − four units", cycle, many, four, 1, pools),
        _between("A unit for each function of each process is not the best", "result, €: pieces − process "
                 "teams", result, pieces, teams, -1, "common sense"),
        _between("Twice the hierarchy does not pay", "result, €: spans of 5 − of 10", result, tall,
                 Side("default", "teams"), -1, "common sense"),
    ]  # fmt: skip


def _size() -> list[Fact]:
    """What the size of the firm does to the answer."""
    facts = []
    for factor, name in (
        (0.4, "A firm two fifths as large has the same answer"),
        (4.0, "A firm four times as large has the same answer"),
        (16.0, "A firm sixteen times as large has the same answer"),
    ):
        teams, silos = (Side("default", design, _times(factor)) for design in ("teams", "silos"))
        facts += [
            _between(name, "cycle time, h: teams − silos", measure("cycle_time"), teams, silos, -1,
                     "common sense"),
            _between(name, "result, €: teams − silos", measure("result"), teams, silos, 1, "common sense"),
        ]  # fmt: skip
    return facts


def _reorganisation() -> list[Fact]:
    staged = "claims/h09-staged-or-big-bang"
    cut = "claims/h04-cut-and-redesign"
    none, big, waves = (Side(staged, d) for d in ("silos", "big-bang", "staged"))
    calm, after = Side(cut, "silos"), Side(cut, "cut")
    more = tuple(
        f"company.functions.{name}.staff={count}"
        for name, count in (
            ("marketing", 14),
            ("sales", 22),
            ("product", 12),
            ("it", 17),
            ("legal", 10),
            ("finance", 17),
            ("operations", 24),
            ("service", 27),
        )
    )
    slack = (Side(cut, "cut", more), Side(cut, "silos", more))
    return [
        _between(
            "A dip after a reorganisation",
            "morale, weeks 26–39",
            weekly_mean("morale", 26, 39),
            big,
            none,
            -1,
            "Huckman, Staats & Upton 2009; H9",
        ),
        _between(
            "Staged is shallower",
            "morale at its lowest",
            lambda r: float(r.weekly["morale"][26:].min()),
            waves,
            big,
            1,
            "claim of S0 (H9)",
        ),
        _between("and longer", "weeks of low morale", weeks_of_low_morale, waves, big, 1, "claim of S0 (H9)"),
        _between(
            "Staged costs more on the way",
            "result, weeks 26–78, €/week",
            weekly_mean("result", 26, 78),
            waves,
            big,
            -1,
            "dual running; small pools during the waves",
        ),
        _between(
            "A cut saves at once",
            "cost, weeks 30–39, €/week",
            weekly_mean("cost", 30, 39),
            after,
            calm,
            -1,
            "Habel & Klarmann 2015",
        ),
        _between(
            "then satisfaction falls",
            "satisfaction, year 2–3",
            weekly_mean("satisfaction", 52, 156),
            after,
            calm,
            -1,
            "Habel & Klarmann 2015",
        ),
        _between(
            "then customers leave", "churn, %/year", measure("churn"), after, calm, 1, "Habel & Klarmann 2015"
        ),
        _between(
            "less where there is slack",
            "fall of satisfaction, difference",
            weekly_mean("satisfaction", 52, 156),
            after,
            calm,
            -1,
            "Habel & Klarmann 2015",
            "the same cut with 15 % more staff falls less: difference in differences",
            slack,
        ),
    ]


def stylised() -> list[Fact]:
    """Facts of the literature, each with its expected sign."""
    silos, teams = Side(SIX, "silos"), Side(SIX, "teams")
    tele = "claims/h07-telework-and-cuts"
    no_cut = ("levers.fair.share=0.0", "levers.biased.share=0.0", "crisis.start_week=26")
    surge = ("crisis.duration_weeks=8",)
    reward = "claims/h14-reward-before-sight"
    return [
        _between(
            "The answer turns: process teams ahead",
            "cycle time, h",
            measure("cycle_time"),
            teams,
            silos,
            -1,
            "Hopp & Van Oyen 2004",
        ),
        _between(
            "and behind, where work is simple",
            "cycle time, h",
            measure("cycle_time"),
            Side(SIMPLE, "teams"),
            Side(SIMPLE, "silos"),
            1,
            "Hopp & Van Oyen 2004",
        ),
        _between(
            "Satisfaction rises with a customer structure",
            "satisfaction",
            measure("satisfaction"),
            teams,
            silos,
            1,
            "Lee et al. 2015",
        ),
        _between(
            "and so does the cost of coordination",
            "coordination, % of paid hours",
            measure("coordination_share"),
            teams,
            silos,
            1,
            "Lee et al. 2015",
            "coordination follows interdependence: who works together from end to end has less of it to pay",
        ),
        _between(
            "Structure without collective responsibility does little",
            "cycle time, h: matrix on local targets",
            measure("cycle_time"),
            Side(SIX, "matrix", ("designs.matrix.practices.local_targets=1.0",)),
            Side(SIX, "matrix"),
            1,
            "Majchrzak & Wang 1996",
        ),
        *_extremes(),
        *_size(),
        *_reorganisation(),
        _between(
            "A surge leaves a backlog that outlasts it",
            "backlog in the month after, h",
            weekly_mean("backlog_hours", 35, 39),
            Side("validity/surge-one-process", "teams", surge),
            teams,
            1,
            "queueing theory; French travel mediation 2020–23",
        ),
        _between(
            "Telework hurts the more cross-dependent",
            "open cases: silos − teams",
            weekly_mean("open_cases", 30, 78),
            Side(tele, "silos", no_cut),
            silos,
            1,
            "Yang et al. 2022",
            "telework against none: difference in differences",
            (Side(tele, "teams", no_cut), teams),
        ),
        _between(
            "A rewarded score is gamed",
            "measured − actual satisfaction",
            measure("kpi_gap"),
            Side(reward, "reward"),
            Side(reward, "silos"),
            1,
            "claim of S4 (H14)",
        ),
        _between(
            "and quality does not follow",
            "satisfaction",
            measure("satisfaction"),
            Side(reward, "reward"),
            Side(reward, "both"),
            -1,
            "claim of S4 (H14)",
            "against reward with line of sight",
        ),
        *_value(),
    ]


def _value() -> list[Fact]:
    """Elasticities of customer equity: the change for one per cent, in per cent."""
    base = Side("default", "silos")
    kept = Side("default", "silos", ("market.churn_per_year=0.091",))
    margin = Side("default", "silos", ("money.direct_cost=0.394",))
    return [
        _between(
            "Retention matters more than margin to firm value",
            "customer equity, % for 1 %",
            lambda r: float(np.log(r.measures["customer_equity"])) * 100,
            kept,
            margin,
            1,
            "Gupta, Lehmann & Stuart 2004: 5 / 1 / .1 for retention, margin, acquisition cost",
        ),
        _between(
            "and margin as such",
            "customer equity, % for 1 %",
            lambda r: float(np.log(r.measures["customer_equity"])) * 100,
            margin,
            base,
            1,
            "Gupta, Lehmann & Stuart 2004",
        ),
    ]
