"""What is recorded of a run: the weekly course, the totals, and the measures that they come to."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from orgsim.engine.accounts.measures import column_sums, ratio
from orgsim.engine.accounts.resilience import resilience
from orgsim.engine.market.market import lifetime_value
from orgsim.engine.operations.state import FAMILIARISATION, VALUE
from orgsim.engine.people.state import sums_over_staff
from orgsim.mechanisms.catalogue import MEASURES
from orgsim.scenario import HOURS_PER_WEEK, WEEKS_PER_YEAR, Scenario
from orgsim.simulation.result import (
    RunResult,
    by_case_type,
    by_function,
    by_unit,
    lead_time_lines,
    operational_measures,
    ordered,
)

if TYPE_CHECKING:
    from orgsim.simulation.schedule import Simulation

#: what is recorded at the end of every week, and what it means: unit, definition
WEEKLY = {
    "index": ("×", "demand against calm, as the crises' own figures say"),
    "customers": ("persons", "active at the end of the week"),
    "satisfaction": ("0–100", "mean over customers"),
    "measured_satisfaction": ("0–100", "what the company's own score says, gaming included"),
    "very_satisfied": ("%", "customers at 80 or above (top box)"),
    "lost": ("persons", "customers lost in the week"),
    "won": ("persons", "customers won in the week"),
    "open_cases": ("cases", "at the end of the week"),
    "backlog_hours": ("h", "work that waits in queues at the end of the week"),
    "overtime_share": ("share", "overtime ordered for the week and worked in it ÷ (40 h × staff)"),
    "temporary_staff": ("persons", "ordered for the week and on duty in all of it; × 40 h: their paid hours"),
    "staff": ("persons", "permanent, absent people included, at the end of the week"),
    "left": ("persons", "who quit in the week (whoever is cut does not count)"),
    "hired": ("persons", "who filled a place when the week began"),
    "knowledge": ("0–1", "customer knowledge, mean over staff"),
    "morale": ("0–1", "mean over staff"),
    "fatigue": ("0–1", "mean over staff"),
    "work_standard": ("× start", "time per case that people think right, mean over pools"),
    "offer_fit": ("0–1", "mean over segments"),
    "maturity": ("0–1", "customer knowledge, shared targets, near decisions"),
    "revenue": ("€", "of the week"),
    "cost": ("€", "all lines of the cost ledger in the week"),
    "result": ("€", "revenue − direct cost − cost"),
    **{measure.key: (measure.unit, measure.meaning) for measure in MEASURES},
}
_TOTALS = (
    "revenue", "overtime", "lost", "won", "customer_weeks", "satisfied", "very_satisfied", "promoters",
    "detractors", "measured", "judged", "effort", "people_weeks", "left", "knowledge", "morale",
    "fatigue", "staff_promoters", "staff_detractors", "fit", "maturity", "standard", "backlog",
    "discounted", *(measure.key for measure in MEASURES),
)  # fmt: skip


class Records:
    """The weekly course, and totals since the measures began."""

    def __init__(self, settings: Scenario):
        self.settings = settings
        self.weekly: dict[str, list[float]] = {name: [] for name in WEEKLY}
        self.totals = dict.fromkeys(_TOTALS, 0.0)
        revenue = np.array([segment.revenue for segment in settings.segments.values()])
        self.revenue_per_week = revenue / WEEKS_PER_YEAR
        self._discount = (1.0 + settings.money.discount_rate) ** (-1.0 / WEEKS_PER_YEAR)

    def record(self, run: Simulation, week: int) -> None:
        """One line of the weekly course, added to the totals."""
        active, lost, satisfied, top_box, won, promoters, detractors = column_sums(run.books).tolist()
        direct = self.settings.money.direct_cost
        result = run.revenue * (1.0 - direct) - run.cost
        staff = dict(zip(run.staff.totals.dtype.names or (), run.staff.totals.item(), strict=True))
        staff |= sums_over_staff(run.core, run.staff)
        people, knowledge, morale = staff["people"], staff["knowledge"], staff["morale"]
        heads = max(1.0, people)
        satisfaction = 100 * satisfied / active if active else np.nan
        gamed = 100 * self.settings.people.gaming * staff["reward_unseen"] / heads
        measured = min(100.0, satisfaction + gamed) if active else np.nan
        fits, standards = run.market.fit.tolist(), run.staff.standard.tolist()
        fit, standard = math.fsum(fits) / len(fits), math.fsum(standards) / len(standards)
        maturity = run.maturity()
        overtime, backlog = math.fsum(run.overtime_hours.tolist()), math.fsum(run.backlogs.tolist())
        row = (
            run.index(week), active - lost + won, satisfaction, measured,
            100 * top_box / active if active else np.nan, lost, won, run.open_cases,
            backlog, overtime / (HOURS_PER_WEEK * heads), run.temporary_staff, people, staff["left"],
            run.hired, knowledge / heads, morale / heads, staff["fatigue"] / heads, standard,
            fit, maturity, run.revenue, run.cost, result,
            *(measure.scale * staff[measure.key] / heads for measure in MEASURES),
        )  # fmt: skip
        for name, value in zip(WEEKLY, row, strict=True):
            self.weekly[name].append(value)
        since = week - self.settings.horizon.warmup_weeks
        experience = run.market.experience.tolist()
        gained = (
            run.revenue, overtime, lost, won, active, satisfied, top_box, promoters, detractors,
            (measured if active else 0.0) * active, experience[0], experience[1], people,
            staff["left"], knowledge, morale, staff["fatigue"], staff["staff_promoters"],
            staff["staff_detractors"], fit, maturity, standard,
            backlog, result * self._discount**since, *(staff[measure.key] for measure in MEASURES),
        )  # fmt: skip
        for name, value in zip(_TOTALS, gained, strict=True):
            self.totals[name] += value

    def begin(self, run: Simulation) -> None:
        """The warm-up is over: forget it."""
        core = run.core
        for array in (core.paid, core.lead, core.cycles):
            array[:] = 0
        core.tallies[:] = np.zeros_like(core.tallies)
        core.clock["area"], core.clock["area_at"] = 0.0, core.clock["now"]
        for name in ("hours", "decisions", "latency"):
            core.nodes[name] = 0.0
        run.ledger.begin(core)
        self.totals = dict.fromkeys(_TOTALS, 0.0)

    def result(self, run: Simulation) -> RunResult:
        """The measures so far (after the warm-up)."""
        settings, core = run.settings, run.core
        warmup = settings.horizon.warmup_weeks
        weeks = max(1, run.week - warmup)
        keys = list(settings.processes)
        kinds = list(settings.case_types.values())
        processes = np.array([keys.index(kind.process) for kind in kinds])
        measures = operational_measures(core, processes, weeks, HOURS_PER_WEEK)
        measures |= self._customers(run) | self._people(run, weeks) | self._money(run)
        measures |= self._acquisition(run) | self._offer(run, weeks)
        weekly = {name: np.array(values[warmup:]) for name, values in self.weekly.items()}
        measures |= resilience(weekly["result"], self._first_event(run))
        return RunResult(
            design=run.design_name,
            seed=run.seed_number,
            measures=ordered(measures),
            costs=run.ledger.as_dict(),
            lead_time=lead_time_lines(core),
            case_types=by_case_type(core, list(settings.case_types)),
            units=by_unit(core, [unit.name for unit in run.structure.units]),
            functions=by_function(core, list(settings.company.functions)),
            weekly=weekly,
        )

    def _customers(self, run: Simulation) -> dict[str, float]:
        totals = self.totals
        weeks = totals["customer_weeks"]
        churn = ratio(totals["lost"], weeks / WEEKS_PER_YEAR)
        satisfaction = 100 * ratio(totals["satisfied"], weeks)
        measured = ratio(totals["measured"], weeks)
        return {
            "satisfaction": satisfaction,
            "very_satisfied": 100 * ratio(totals["very_satisfied"], weeks),
            "measured_satisfaction": measured,
            "kpi_gap": measured - satisfaction,
            "nps": 100 * ratio(totals["promoters"] - totals["detractors"], weeks),
            "effort": 100 * ratio(totals["effort"], totals["judged"]),
            "churn": 100 * churn,
            "retention": 100 * math.exp(-churn),
            "customers": float(run.market.active),
            "won": totals["won"],
        }

    def _people(self, run: Simulation, weeks: int) -> dict[str, float]:
        totals = self.totals
        people = totals["people_weeks"]
        return {
            "staff_turnover": 100 * ratio(totals["left"], people / WEEKS_PER_YEAR),
            "morale": 100 * ratio(totals["morale"], people),
            "enps": 100 * ratio(totals["staff_promoters"] - totals["staff_detractors"], people),
            "fatigue": 100 * ratio(totals["fatigue"], people),
            "customer_knowledge": 100 * ratio(totals["knowledge"], people),
            "work_standard": 100 * totals["standard"] / weeks,
            "maturity": 100 * totals["maturity"] / weeks,
            "overtime": totals["overtime"],
            "managers": float(run.core.nodes["managers"].sum()),
            **{measure.key: measure.scale * ratio(totals[measure.key], people) for measure in MEASURES},
        }

    def _money(self, run: Simulation) -> dict[str, float]:
        total, revenue = run.ledger.total, self.totals["revenue"]
        costs = run.ledger.as_dict()
        closed = int(run.core.tallies["closed"].sum())
        above = costs["leadership"] + costs["headquarters"] + costs["overhead"]
        poor = costs["rework"] + costs["bounce"] + costs["failure_demand"] + costs["compensation"]
        return {
            "total_cost": total,
            "cost_to_serve": ratio(total, closed),
            "overhead_ratio": 100 * ratio(above, total),
            "cost_of_poor_quality": 100 * ratio(poor, total),
            "revenue": revenue,
            "result": revenue * (1.0 - self.settings.money.direct_cost) - total,
            "discounted_result": self.totals["discounted"],
        }

    def _acquisition(self, run: Simulation) -> dict[str, float]:
        """What customers are worth and what winning one costs."""
        settings, totals = self.settings, self.totals
        margins = self.revenue_per_week * (1.0 - settings.money.direct_cost)
        hazard = ratio(totals["lost"], totals["customer_weeks"])
        discount = math.log1p(settings.money.discount_rate) / WEEKS_PER_YEAR
        values = lifetime_value(margins, hazard if math.isfinite(hazard) else 0.0, discount)
        active = run.books[:, 0]
        touch = run.core.lead[:, VALUE] + run.core.lead[:, FAMILIARISATION]
        kinds = list(settings.case_types.values())
        winning = {kind.process for kind in kinds if kind.wins_customer}
        acquiring = np.array([kind.process in winning for kind in kinds])
        spent = run.ledger.total * ratio(math.fsum(touch[acquiring]), math.fsum(touch))
        cost = ratio(spent, totals["won"])
        weights = np.array([segment.share_of_prospects for segment in settings.segments.values()])
        margin = ratio(math.fsum(weights * margins), math.fsum(weights))
        equity = math.fsum(active * values)
        return {
            "clv": ratio(equity, math.fsum(active)),
            "customer_equity": equity,
            "cac": cost,
            "payback": ratio(cost, margin),
        }

    def _offer(self, run: Simulation, weeks: int) -> dict[str, float]:
        kinds = list(self.settings.case_types.values())
        experiments = np.array([kind.is_experiment for kind in kinds])
        tallies = run.core.tallies[experiments]
        return {
            "time_to_market": ratio(math.fsum(tallies["cycle"]), tallies["closed"].sum()) / HOURS_PER_WEEK,
            "offer_fit": 100 * self.totals["fit"] / weeks,
            "throughput": ratio(run.core.tallies["closed"].sum(), weeks),
            "backlog": self.totals["backlog"] / weeks,
            "automated": 100 * ratio(run.core.tallies["automated"].sum(), run.core.tallies["opened"].sum()),
        }

    def _first_event(self, run: Simulation) -> int | None:
        """The first week of the measures in which something other than calm happens."""
        outside = run.environment.first_week
        weeks = [] if outside is None else [outside - self.settings.horizon.warmup_weeks]
        weeks += [lever.start_week for lever in run.steering.levers.values()]
        return min(weeks) if weeks else None
