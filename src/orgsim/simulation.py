"""One company under one design and one seed, day by day: the schedule, as the ODD lists it."""

import numpy as np

from orgsim.accounts.ledger import Ledger, Rates
from orgsim.compiled import wrapping_keys
from orgsim.errors import OrgsimError
from orgsim.market.market import Market, weekly_hazard
from orgsim.operations.day import run_until
from orgsim.operations.state import PERMANENT, TEMPORARY, with_room
from orgsim.organisation import build, core_for
from orgsim.people.proficiency import remember_work, set_speeds
from orgsim.people.staffing import (
    call_and_release,
    close_week,
    measure_backlogs,
    overtime_share,
    set_overtime,
    temporary_seats,
)
from orgsim.result import (
    RunResult,
    by_case_type,
    by_function,
    by_unit,
    lead_time_lines,
    operational_measures,
    ordered,
)
from orgsim.scenario import HOURS_PER_DAY, HOURS_PER_WEEK, WEEKS_PER_YEAR, Scenario
from orgsim.scenario.schema import DAYS_PER_WEEK
from orgsim.world import Demand, name_customers

#: what is recorded at the end of every week
WEEKLY = (
    "index", "customers", "satisfaction", "very_satisfied", "lost", "won", "open_cases",
    "backlog_hours", "overtime_share", "temporary_staff", "revenue", "cost", "result",
)  # fmt: skip


class Simulation:
    """The state of a run. `step()` is one working day; `week` and `day` count from 0."""

    _shares: np.ndarray  # [member, function] of recent work
    _peers: np.ndarray  # [member, function] others of the function in the unit
    _overtime: np.ndarray  # [pool] share of this week

    def __init__(self, settings: Scenario, design: str, seed: int = 0):
        self.settings = settings = settings.effective()
        self.design_name = design
        self.seed_number = seed
        self.structure = build(settings, design)
        self.core = core_for(settings, self.structure)
        self.demand = Demand(settings, seed)
        self.market = Market(
            _market_values(settings),
            [segment.customers for segment in settings.segments.values()],
            [case_type.wins_customer for case_type in settings.case_types.values()],
        )
        name_customers(self.market.customers, self.market.rows, seed)
        self.ledger = Ledger(_rates(settings, self))
        self.day = 0
        self.horizon_weeks = settings.horizon.warmup_weeks + settings.horizon.weeks
        self.weekly: dict[str, list[float]] = {name: [] for name in WEEKLY}
        self._totals = dict.fromkeys(("revenue", "overtime", "lost", "won"), 0.0)
        self._customer_weeks = 0.0
        self._satisfied = np.zeros(2)
        #: the week's customers by segment: active, lost, sum of satisfaction, top box, won
        self.books = np.zeros((len(settings.segments), 5))
        self._defects_delivered = 0
        self._revenue = self._cost = 0.0
        self._prepare_people()

    # the schedule

    @property
    def week(self) -> int:
        """The week of the next day."""
        return self.day // DAYS_PER_WEEK

    @property
    def finished(self) -> bool:
        """Whether the horizon is reached."""
        return self.week >= self.horizon_weeks

    def step(self) -> None:
        """One working day; on the last day of the week everything that moves weekly follows.

        Raises OrgsimError after the horizon."""
        if self.finished:
            raise OrgsimError(
                f"the run has reached its horizon of {self.horizon_weeks} weeks; set horizon.weeks higher"
            )
        if self.day % DAYS_PER_WEEK == 0:
            self.demand_arrives()
        self.cases_are_worked_on()
        self.day += 1
        if self.day % DAYS_PER_WEEK == 0:
            week = self.week - 1
            self.customers_react(week)
            self.people_change(week)
            self.books_are_closed(week)
            self.management_acts(week)
            self.measures_are_recorded(week)

    def demand_arrives(self) -> None:
        """The week's cases, each at its time, are laid before the organisation."""
        market = self.market
        arrivals = self.demand.arrivals(self.week, market.customers, market.next_need, market.rows)
        core = self.core._replace(arrivals=arrivals)
        core.clock["next_arrival"], core.clock["arrivals"] = 0, len(arrivals)
        core.rules["novelty"] = 1.0 + self.settings.crisis.novelty * max(
            0.0, 1.0 - self.demand.course.index[self.week]
        )
        self.core = core

    def cases_are_worked_on(self) -> None:
        """Staff work, cases are handed over, managers decide, cases close, for one day."""
        self.core = run_until(self.core, float((self.day + 1) * HOURS_PER_DAY))

    def customers_react(self, week: int) -> None:
        """Customers judge their closed cases; some leave, some prospects join."""
        closed = self.core.closed[: self.core.clock["closed"][0]]
        self._defects_delivered = int(closed["defect"].sum())
        self.books = self.market.week(self.core, week)

    def people_change(self, week: int) -> None:
        """Proficiency follows the work of late; familiarity regrows after a reorganisation."""
        close_week(self.core)
        remember_work(self._shares, self.core.worked, self.settings.people.recent_weeks)
        self._set_speeds(week + 1)

    def _set_speeds(self, week: int) -> None:
        people = self.settings.people
        set_speeds(
            self.core.skill, self._skill, self._shares, self._peers, people.specialisation,
            people.peers, self._settled(week),
        )  # fmt: skip

    def books_are_closed(self, week: int) -> None:
        """Revenue and every line of cost of the week."""
        index = self.demand.course.index[week]
        revenue = 0.0
        for segment, active in zip(self.settings.segments.values(), self.books[:, 0], strict=True):
            spending = max(0.0, 1.0 + segment.crisis_sensitivity * (index - 1.0))
            revenue += active * segment.revenue / WEEKS_PER_YEAR * spending
        self._overtime_hours = self._overtime * self._sizes * HOURS_PER_WEEK
        self._cost = self.ledger.close_week(self.core, self._overtime_hours, self._defects_delivered)
        self._revenue = revenue

    def management_acts(self, week: int) -> None:
        """Backlog rule: overtime up to a cap, then temporary staff, then the backlog grows."""
        people, core = self.settings.people, self.core
        measure_backlogs(core, self._backlogs)
        staffed = np.maximum(self._sizes, 1)
        weeks = self._backlogs / (staffed * HOURS_PER_WEEK)
        core.pools["pressure"] = np.minimum(weeks, 2.0)
        if people.overtime_cap > 0:
            overtime = overtime_share(weeks, people.overtime_from, people.overtime_cap)
            if (overtime != self._overtime).any():
                self._overtime = overtime
                set_overtime(core, overtime)
        if people.temps_cap > 0:
            self.core = core = with_room(core, events=len(core.members))
            wanted = temporary_seats(weeks, self._sizes, people.temps_from, people.temps_cap)
            with wrapping_keys():
                call_and_release(core, wanted)

    def measures_are_recorded(self, week: int) -> None:
        """One line of the weekly course; the totals begin after the warm-up."""
        active, lost, satisfaction, top_box, won = self.books.sum(axis=0)
        net = self._revenue * (1.0 - self.settings.money.direct_cost) - self._cost
        members = self.core.members
        row = (
            self.demand.course.index[week],
            active - lost + won,
            100 * satisfaction / active if active else np.nan,
            100 * top_box / active if active else np.nan,
            lost,
            won,
            self.core.clock["open_cases"][0],
            self._backlogs.sum(),
            self._overtime_hours.sum() / (HOURS_PER_WEEK * max(1, self._sizes.sum())),
            np.count_nonzero(members["status"] == TEMPORARY),
            self._revenue,
            self._cost,
            net,
        )
        for name, value in zip(WEEKLY, row, strict=True):
            self.weekly[name].append(float(value))
        totals = self._totals
        totals["revenue"] += self._revenue
        totals["overtime"] += self._overtime_hours.sum()
        totals["lost"] += lost
        totals["won"] += won
        self._customer_weeks += active
        self._satisfied += (satisfaction, top_box)
        if week + 1 == self.settings.horizon.warmup_weeks:
            self._forget_warmup()

    # the result

    def result(self) -> RunResult:
        """The measures so far (after the warm-up)."""
        settings, core = self.settings, self.core
        warmup = settings.horizon.warmup_weeks
        weeks = max(1, self.week - warmup)
        costs = self.ledger.as_dict()
        total = self.ledger.total
        revenue = self._totals["revenue"]
        closed = int(core.tallies["closed"].sum())
        customer_years = self._customer_weeks / WEEKS_PER_YEAR
        churn = self._totals["lost"] / customer_years if customer_years else float("nan")
        satisfied = 100 * self._satisfied / self._customer_weeks if customer_years else [np.nan] * 2
        keys = list(settings.processes)
        processes = np.array([keys.index(kind.process) for kind in settings.case_types.values()])
        measures = operational_measures(core, processes, weeks, HOURS_PER_WEEK) | {
            "total_cost": total,
            "cost_to_serve": total / closed if closed else float("nan"),
            "revenue": revenue,
            "result": revenue * (1.0 - settings.money.direct_cost) - total,
            "satisfaction": satisfied[0],
            "very_satisfied": satisfied[1],
            "churn": 100 * churn,
            "retention": 100 * np.exp(-churn),
            "customers": self.market.active,
            "won": self._totals["won"],
            "overtime": self._totals["overtime"],
            "managers": int(core.nodes["managers"].sum()),
        }
        return RunResult(
            design=self.design_name,
            seed=self.seed_number,
            measures=ordered(measures),
            costs=costs,
            lead_time=lead_time_lines(core),
            case_types=by_case_type(core, list(settings.case_types)),
            units=by_unit(core, [unit.name for unit in self.structure.units]),
            functions=by_function(core, list(settings.company.functions)),
            weekly={name: np.array(values[warmup:]) for name, values in self.weekly.items()},
        )

    # preparation

    def _prepare_people(self) -> None:
        core = self.core
        members, permanent = core.members, core.members["status"] == PERMANENT
        pools = len(core.pools)
        self._sizes = np.bincount(members["pool"][permanent], minlength=pools)
        self._backlogs = np.zeros(pools)
        self._overtime = np.zeros(pools)
        self._skill = core.skill.copy()
        functions = core.skill.shape[1]
        self._shares = np.zeros_like(core.skill)
        self._shares[np.arange(len(members)), members["function"]] = 1.0
        there = np.zeros((len(core.nodes), functions))
        np.add.at(there, (members["unit"][permanent], members["function"][permanent]), 1)
        self._peers = there[members["unit"]]
        own = (np.flatnonzero(permanent), members["function"][permanent])
        self._peers[own] -= 1.0
        self._set_speeds(0)

    def _settled(self, week: int) -> float:
        """Speed that a reorganisation leaves: the change takes place when the measures begin."""
        transition = self.structure.design.transition
        since = week - self.settings.horizon.warmup_weeks
        if self.structure.design.incumbent or since < 0:
            return 1.0
        return 1.0 - transition.dip * 0.5 ** (since / transition.half_life_weeks)

    def _forget_warmup(self) -> None:
        core = self.core
        for array in (core.paid, core.lead, core.cycles):
            array[:] = 0
        core.tallies[:] = np.zeros_like(core.tallies)
        core.clock["area"] = 0.0
        for name in ("hours", "decisions", "latency"):
            core.nodes[name] = 0.0
        self.ledger.begin(core)
        self._totals = dict.fromkeys(self._totals, 0.0)
        self._customer_weeks = 0.0
        self._satisfied[:] = 0.0


def _market_values(settings: Scenario) -> dict[str, float]:
    market = settings.market
    return market.model_dump() | {
        "relaxation": 1.0 / market.relaxation_weeks,
        "hazard": weekly_hazard(market.churn_per_year),
        "slope": market.churn_slope,
        "reference": market.initial_satisfaction,
        "slowness": market.conversion_slowness,
    }


def _rates(settings: Scenario, simulation: Simulation) -> Rates:
    money, structure = settings.money, simulation.structure
    pay = np.array([function.pay for function in settings.company.functions.values()])
    design = structure.design
    moved = 0 if design.incumbent else len(structure.member_unit)
    return Rates(
        pay=pay[simulation.core.pools["function"]],
        manager_pay=settings.company.managers.pay,
        overtime_premium=money.overtime_premium,
        temporary_premium=money.temporary_premium,
        overhead_per_week=money.overhead / WEEKS_PER_YEAR,
        compensation=money.compensation,
        staff=len(structure.member_unit),
        managers=int(structure.managers.sum()),
        week_hours=HOURS_PER_WEEK,
        transition=moved * design.transition.cost_per_person,
    )
