"""One company under one design and one seed, day by day: the schedule, as the ODD lists it."""

import math
from collections.abc import Callable

import numpy as np

from orgsim.engine.accounts.ledger import Ledger, Rates, Week
from orgsim.engine.accounts.maturity import maturity
from orgsim.engine.accounts.resilience import resilience
from orgsim.engine.market import customers, offer
from orgsim.engine.market.customers import BOOKS
from orgsim.engine.market.market import Market
from orgsim.engine.operations.day import run_until
from orgsim.engine.operations.follow_ons import welcome
from orgsim.engine.operations.state import NONE, Core, with_room
from orgsim.engine.people.state import sums_over_staff, with_rows
from orgsim.engine.people.turnover import set_absence
from orgsim.engine.people.week import begin_a_week, live_a_week
from orgsim.errors import OrgsimError
from orgsim.kernel.compiled import wrapping_keys
from orgsim.kernel.policies import OWN, Policies
from orgsim.measures import MEASURES
from orgsim.mechanisms.catalogue import write_rules
from orgsim.mechanisms.informed_customers import slope_factor
from orgsim.mechanisms.reputation import reputation_factor
from orgsim.organisation import Structure, core_for, stages
from orgsim.organisation.staff import staff_for
from orgsim.organisation.steering import Steering
from orgsim.scenario import Scenario
from orgsim.simulation.accounting import account_of, weekly_revenue
from orgsim.simulation.course import Course, WeekSeen
from orgsim.simulation.result import (
    RunResult,
    by_case_type,
    by_function,
    by_unit,
    lead_time_lines,
)
from orgsim.working_time import DAYS_PER_WEEK, HOURS_PER_DAY, HOURS_PER_WEEK, WEEKS_PER_YEAR
from orgsim.world import Demand, name_customers, people_key


class Simulation:
    """The state of a run. `step()` is one working day; `week` and `day` count from 0."""

    def __init__(
        self,
        settings: Scenario,
        design: str,
        seed: int = 0,
        policies: Policies = OWN,
        decisions: np.ndarray | None = None,
    ):
        """`decisions` says who is asked what of staff (see `orgsim.kernel.decisions`): nobody, if None."""
        self.settings = settings = settings.effective()
        self.design_name = design
        self.seed_number = seed
        self.stages = stages(settings, design)
        self.core = core_for(settings, self.stages, policies, decisions)
        self.staff = staff_for(settings, self.stages[0].structure, self.core, people_key(seed))
        self.demand = Demand(settings, seed)
        self.environment = self.demand.environment
        self.market = market_for(settings)
        name_customers(self.market.customers, self.market.rows, seed)
        self.market.begin()
        self.ledger = Ledger(_rates(settings, self.core), self.core)
        warmup = settings.horizon.warmup_weeks
        self.steering = Steering(settings, design, self.stages, warmup)
        self.day = 0
        self.horizon_weeks = warmup + settings.horizon.weeks
        self.course = Course(settings)
        self._revenue_per_week = weekly_revenue(settings)
        #: the week's customers, a record of BOOKS for each segment
        self.books = np.zeros(len(settings.segments), BOOKS)
        pools = len(self.core.pools)
        self.backlogs = np.zeros(pools)
        #: what is ordered for the week, by pool: overtime as a share of working time, temporary persons
        self.overtime, self.temporary = np.zeros(pools), np.zeros(pools, np.int64)
        #: what was ordered for the week that is closed: hours of overtime by pool, temporary persons
        self.overtime_hours, self.temporary_staff = np.zeros(pools), 0
        self.revenue = self.cost = 0.0
        #: time per case that people thought right in the week that is closed, mean over pools
        self.standard = 1.0
        self._absent = 0.0
        self.hired = self._hired = 0
        self._sizes = np.zeros(pools, np.int64)
        self._begin_week()

    # the schedule

    @property
    def structure(self) -> Structure:
        """The structure that rules now."""
        return self.steering.stage.structure

    @property
    def weekly(self) -> dict[str, list[float]]:
        """The course of the run, week by week."""
        return self.course.weekly

    @property
    def week(self) -> int:
        """The week of the next day."""
        return self.day // DAYS_PER_WEEK

    @property
    def finished(self) -> bool:
        """Whether the horizon is reached."""
        return self.week >= self.horizon_weeks

    def run(self, stop: Callable[[], bool] | None = None) -> None:
        """All that is left of the horizon, or until `stop()`, asked at the end of every week: the same to
        the bit as day by day, and faster."""
        while not self.finished and not (stop and stop()):
            self._live(DAYS_PER_WEEK - self.day % DAYS_PER_WEEK)

    def step(self) -> None:
        """One working day; on the last day of the week everything that moves weekly follows.

        Raises OrgsimError after the horizon."""
        self._live(1)

    def _live(self, days: int) -> None:
        if self.finished:
            raise OrgsimError(
                "the run has reached its horizon of {weeks: week|weeks}; set horizon.weeks higher",
                weeks=self.horizon_weeks,
            )
        if self.day % DAYS_PER_WEEK == 0:
            self.demand_arrives()
        self.cases_are_worked_on(days)
        self.day += days
        if self.day % DAYS_PER_WEEK == 0:
            week = self.week - 1
            self.customers_react(week)
            self.people_change(week)
            self.books_are_closed(week)
            self.management_acts(week)
            self.measures_are_recorded(week)

    def demand_arrives(self) -> None:
        """The week's cases, each at its time, are laid before the organisation."""
        market, week = self.market, self.week
        arrivals = self.demand.arrivals(week, market.customers, market.next_need, market.rows, market.leads)
        core = self.core._replace(arrivals=arrivals)
        core.clock["next_arrival"], core.clock["arrivals"] = 0, len(arrivals)
        core.rules["novelty"] = self.environment.novelty[week]
        self.core = core

    def cases_are_worked_on(self, days: int = 1) -> None:
        """Staff work, cases are handed over, managers decide, cases close."""
        self._go_on_with(run_until(self.core, float((self.day + days) * HOURS_PER_DAY), self._go_on_with))

    def customers_react(self, week: int) -> None:
        """Customers judge their closed cases; some leave, some prospects join, and what follows from that
        begins; needs move."""
        environment, market = self.environment, self.market
        self.books = market.week(
            self.core, week, environment.pull[week] * self._reputation(), environment.fit_lost[week]
        )
        self.core = welcome(self.core, market.won, market.rows - len(market.won))

    def people_change(self, week: int) -> None:
        """Everybody learns and forgets, tires, gains or loses heart; some leave."""
        with wrapping_keys():
            live_a_week(self.core, self.staff, week, self.backlogs)

    def books_are_closed(self, week: int) -> None:
        """Revenue and every line of cost of the week."""
        spending = self.environment.spending[week]
        earned = self.books["active"] * self._revenue_per_week * spending
        totals = _by_name(self.staff.totals)
        self.overtime_hours = self.overtime * self._sizes * HOURS_PER_WEEK
        self.temporary_staff = int(self.temporary.sum())
        self.standard = math.fsum(self.staff.standard.tolist()) / len(self.staff.standard)
        coordinators = self.structure.design.coordinators
        headquarters = coordinators.persons * self.steering.overhead
        costs = Week(
            self.overtime_hours, totals["people"] + totals["left"], totals["managers"], headquarters,
            coordinators.pay, self._hired, self.market.experience["defects"].item(),
            self.steering.take_costs(),
        )  # fmt: skip
        self.hired = self._hired
        self.cost = self.ledger.close_week(self.core, costs)
        self.revenue = math.fsum(earned)

    def management_acts(self, week: int) -> None:
        """Dated interventions and rules; places are filled; backlog rule: overtime up to a cap, then
        temporary staff, then the backlog grows; the next week is prepared."""
        if not self.finished:
            self._look_at_the_situation()
            self._begin_week()

    def measures_are_recorded(self, week: int) -> None:
        """One line of the weekly course; the totals begin after the warm-up."""
        self.course.record(week, self._week_seen(week))
        if week + 1 == self.settings.horizon.warmup_weeks:
            self._forget_the_warm_up()

    # the parts of a week

    def _go_on_with(self, core: Core) -> None:
        self.core = core

    def _week_seen(self, week: int) -> WeekSeen:
        fits = self.market.fit.tolist()
        return WeekSeen(
            index=self.index(week),
            customers=_sums_by_name(self.books),
            judged=_by_name(self.market.experience),
            staff=_by_name(self.staff.totals) | sums_over_staff(self.core, self.staff),
            fit=math.fsum(fits) / len(fits),
            standard=self.standard,
            maturity=self.maturity(),
            open_cases=self.open_cases,
            backlog=math.fsum(self.backlogs.tolist()),
            overtime=math.fsum(self.overtime_hours.tolist()),
            temporary_staff=self.temporary_staff,
            hired=self.hired,
            revenue=self.revenue,
            cost=self.cost,
        )

    def _forget_the_warm_up(self) -> None:
        """The measures begin."""
        core = self.core
        for array in (core.paid, core.lead, core.cycles):
            array[:] = 0
        core.tallies[:] = np.zeros_like(core.tallies)
        core.clock["area"], core.clock["area_at"] = 0.0, core.clock["now"]
        for name in ("hours", "decisions"):
            core.nodes[name] = 0.0
        self.ledger.begin(core)
        self.course.begin()

    def _look_at_the_situation(self) -> None:
        if not self.steering.reactions:
            return
        active, satisfied = math.fsum(self.books["active"]), math.fsum(self.books["satisfaction"])
        capacity = max(1, int(self._sizes.sum())) * HOURS_PER_WEEK
        self.steering.situation.close_week(
            self.revenue, self.revenue * (1.0 - self.settings.money.direct_cost) - self.cost,
            math.fsum(self.backlogs) / capacity,
            100 * satisfied / active if active else math.nan,
            100 * active / self._customers_at_start if self._customers_at_start else math.nan,
        )  # fmt: skip

    def _begin_week(self) -> None:
        """Everything that holds from the first hour of the week that begins."""
        week, environment = self.week, self.environment
        core = self.core = with_room(self.core, events=2 * len(self.core.members))
        outside = float(environment.remote[week]), float(environment.cut[week])
        self.steering.act(core, self.staff, week, *outside)
        with wrapping_keys():
            if environment.absent[week] != self._absent:
                self._absent = float(environment.absent[week])
                set_absence(core, self.staff, self._absent)
            self.core, self.staff = with_rows(self.core, self.staff, self._vacant)
            self._hired = int(
                begin_a_week(
                    self.core,
                    self.staff,
                    week,
                    not self.steering.frozen,
                    self._sizes,
                    self.overtime,
                    self.temporary,
                )
            )

    @property
    def _vacant(self) -> int:
        """Places that nobody holds."""
        return int(np.count_nonzero(self.staff.seats["member"] == NONE))

    def _reputation(self) -> float:
        """Factor of the company's conduct on leaving."""
        return reputation_factor(self.settings, self.steering.practices.mean("exemplarity"))

    @property
    def _customers_at_start(self) -> int:
        return sum(int(segment.customers) for segment in self.settings.segments.values())

    # what it comes to

    def maturity(self) -> float:
        """How far the organisation sees itself from the customer's side (see `management.maturity`)."""
        totals = _by_name(self.staff.totals)
        knowledge = totals["knowledge"] / max(1.0, totals["people"])
        local = self.steering.practices.mean("local_targets")
        exceptions = totals["exceptions"]
        far = totals["far_exceptions"] / exceptions if exceptions else 0.0
        return maturity(knowledge, 1.0 - local, 1.0 - far)

    def result(self) -> RunResult:
        """The measures so far (after the warm-up)."""
        settings, core = self.settings, self.core
        warmup = settings.horizon.warmup_weeks
        weekly = {name: np.array(values[warmup:]) for name, values in self.course.weekly.items()}
        fall = resilience(weekly["result"], self._first_event())
        account = account_of(
            settings, core, self.ledger, self.market, self.books, self.course.sums,
            max(1, self.week - warmup), fall,
        )  # fmt: skip
        return RunResult(
            design=self.design_name,
            seed=self.seed_number,
            measures={measure.key: float(measure.formula(account)) for measure in MEASURES},
            costs=self.ledger.as_dict(),
            lead_time=lead_time_lines(core),
            case_types=by_case_type(core, list(settings.case_types)),
            units=by_unit(core, [unit.name for unit in self.structure.units]),
            functions=by_function(core, list(settings.company.functions)),
            weekly=weekly,
        )

    def _first_event(self) -> int | None:
        """The first week of the measures in which something other than calm happens."""
        outside = self.environment.first_week
        weeks = [] if outside is None else [outside - self.settings.horizon.warmup_weeks]
        weeks += [lever.start_week for lever in self.steering.levers.values()]
        return min(weeks) if weeks else None

    def index(self, week: int) -> float:
        """Demand in a week against calm (1), as the crises' own figures say."""
        return float(self.environment.index[week])

    @property
    def open_cases(self) -> int:
        """Cases that are open now."""
        return int(self.core.clock["open_cases"][0])


def _by_name(sums: np.ndarray) -> dict[str, float]:
    """The one record of an array, by the names of its fields."""
    return dict(zip(sums.dtype.names or (), sums.item(), strict=True))


def _sums_by_name(books: np.ndarray) -> dict[str, float]:
    """The sums over the records of an array, by the names of its fields."""
    columns = zip(*books.tolist(), strict=True)
    return dict(zip(books.dtype.names or (), map(math.fsum, columns), strict=True))


def market_for(settings: Scenario) -> Market:
    """The market of a scenario at its start."""
    rules, offer_rules = np.zeros(1, customers.RULES), np.zeros(1, offer.RULES)
    write_rules("market", rules, settings)
    write_rules("offer", offer_rules, settings)
    segments = list(settings.segments.values())
    return Market(
        rules,
        offer_rules,
        [segment.customers for segment in segments],
        np.array([slope_factor(settings, segment) for segment in segments]),
        np.array([segment.network for segment in segments]),
    )


def _rates(settings: Scenario, core: Core) -> Rates:
    money = settings.money
    pay = np.array([function.pay for function in settings.company.functions.values()])
    return Rates(
        pay=pay[core.pools["function"]],
        manager_pay=settings.company.managers.pay,
        overtime_premium=money.overtime_premium,
        temporary_premium=money.temporary_premium,
        overhead_per_week=money.overhead / WEEKS_PER_YEAR,
        hiring=money.hiring,
        compensation=money.compensation,
        week_hours=HOURS_PER_WEEK,
    )
