"""From the state of a run to the account that its measures are computed from."""

import math
from collections.abc import Mapping
from functools import partial

import numpy as np

from orgsim.engine.accounts.ledger import Ledger
from orgsim.engine.accounts.sums import column_sums, quantile
from orgsim.engine.market.market import Market, lifetime_value
from orgsim.engine.operations.state import (
    DORMANT,
    FAMILIARISATION,
    FREE,
    IN_QUEUE,
    LINES,
    VALUE,
    Core,
    open_case_hours,
)
from orgsim.measures import Account, ratio
from orgsim.scenario import HOURS_PER_WEEK, WEEKS_PER_YEAR, Scenario


def account_of(
    settings: Scenario, core: Core, ledger: Ledger, market: Market, books: np.ndarray,
    sums: Mapping[str, float], weeks: int, fall: Mapping[str, float],
) -> Account:  # fmt: skip
    """The account of a run of which `weeks` have been measured; `books` are those of its last week, `sums`
    those of its course, `fall` what `resilience` says."""
    kinds = list(settings.case_types.values())
    keys = list(settings.processes)
    tallies = core.tallies
    experiments = tallies[np.array([kind.is_experiment for kind in kinds])]
    paid, lead = column_sums(core.paid), column_sums(core.lead)
    margins = weekly_revenue(settings) * (1.0 - settings.money.direct_cost)
    prospects = np.array([segment.share_of_prospects for segment in settings.segments.values()])
    return Account(
        weeks=weeks,
        week_hours=HOURS_PER_WEEK,
        weeks_per_year=WEEKS_PER_YEAR,
        sums=sums,
        costs=ledger.as_dict(),
        total_cost=ledger.total,
        direct_cost=settings.money.direct_cost,
        paid=dict(zip(LINES, paid.tolist(), strict=True)),
        paid_hours=math.fsum(paid),
        temporary_hours=math.fsum(core.paid[len(core.pools) :].ravel()),
        lead=dict(zip(LINES, lead.tolist(), strict=True)),
        lead_hours=math.fsum(lead),
        cases={name: math.fsum(tallies[name]) for name in tallies.dtype.names or ()},
        experiments={name: math.fsum(experiments[name]) for name in ("closed", "cycle")},
        cycle_within=partial(quantile, core.cycles.sum(axis=0)),
        decisions=float(core.tallies["settled"].sum()),
        latency=math.fsum(core.tallies["latency"]),
        open_case_hours=open_case_hours(core),
        waiting_age=_age_of_backlog(core),
        service=float(service_levels(core, np.zeros(len(kinds), int))[0]),
        service_by_process=service_levels(core, np.array([keys.index(k.process) for k in kinds])).tolist(),
        managers=math.fsum(core.nodes["leadership"]),
        customers=float(market.active),
        customers_by_segment=books["active"].tolist(),
        lifetime_values=_lifetime_values(settings, margins, sums).tolist(),
        acquisition_share=_acquisition_share(settings, core),
        new_customer_margin=ratio(math.fsum(prospects * margins), math.fsum(prospects)),
        fall=fall,
    )


def weekly_revenue(settings: Scenario) -> np.ndarray:
    """€ a week of a customer, by segment."""
    return np.array([segment.revenue for segment in settings.segments.values()]) / WEEKS_PER_YEAR


def _lifetime_values(settings: Scenario, margins: np.ndarray, sums: Mapping[str, float]) -> np.ndarray:
    hazard = ratio(sums["lost"], sums["customer_weeks"])
    discount = math.log1p(settings.money.discount_rate) / WEEKS_PER_YEAR
    return lifetime_value(margins, hazard if math.isfinite(hazard) else 0.0, discount)


def _acquisition_share(settings: Scenario, core: Core) -> float:
    """Of the touch time, what goes into the processes that win customers."""
    kinds = list(settings.case_types.values())
    winning = {kind.process for kind in kinds if kind.wins_customer}
    acquiring = np.array([kind.process in winning for kind in kinds])
    touch = core.lead[:, VALUE] + core.lead[:, FAMILIARISATION]
    return ratio(math.fsum(touch[acquiring]), math.fsum(touch))


def _age_of_backlog(core: Core) -> float:
    """Mean hours since opening of the cases that wait in a queue now."""
    waiting = core.cases["opened"][core.cases["state"] == IN_QUEUE]
    return float(core.clock["now"][0] - math.fsum(waiting) / len(waiting)) if len(waiting) else 0.0


def overdue(core: Core) -> np.ndarray:
    """Cases of each type that are open although their promise has passed."""
    cases = core.cases
    running = cases[(cases["state"] != FREE) & (cases["state"] != DORMANT)]
    late = core.clock["now"][0] - running["opened"] > core.types["promise"][running["type"]]
    return np.bincount(running["type"][late], minlength=len(core.types))


def service_levels(core: Core, groups: np.ndarray) -> np.ndarray:
    """Share of cases within their promise by group of types. Cases given up, and those that are
    overdue and still open, are not: nobody improves a service by letting customers leave. Not a
    number for a group without such cases."""
    tallies = core.tallies
    due = tallies["closed"] + tallies["abandoned"] + overdue(core)
    within, all_due = np.bincount(groups, tallies["within_promise"]), np.bincount(groups, due)
    return np.where(all_due > 0, 100 * within / np.maximum(1, all_due), np.nan)
