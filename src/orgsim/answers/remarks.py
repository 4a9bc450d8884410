"""What is to be said about a company in calm: who has no time left, whether customers stay, what is unusual,
each with the field to change."""

from collections.abc import Sequence
from dataclasses import dataclass

from orgsim.measures import BY_KEY
from orgsim.messages import Message, Said, joined
from orgsim.scenario import Scenario
from orgsim.scenario.reach import functions_at_work
from orgsim.working_time import WEEKS_PER_YEAR

#: per cent of time from which nobody has any left: queues grow until something else gives (Hopp & Spearman
#: 2008: waiting grows with u ÷ (1 − u))
FULL = 95.0
#: per cent of time from which coordination itself is what fills it
_MUCH_COORDINATION = 25.0
#: share of customers that may be lost in a calm year, on balance
_MOST_LOST = 0.10

#: measures of which a working company in calm is known to be inside, with the ends; None where there is none
PLAUSIBLE = {
    "service_level": (50.0, None),
    "abandonment": (None, 10.0),
    "arbitration_latency": (None, 24.0),
    "coordination_share": (None, 30.0),
    "satisfaction_spread": (5.0, 35.0),
}
_FIELDS = {
    "service_level": "company.functions.*.staff, case_types.*.promise",
    "abandonment": "company.functions.*.staff, case_types.*.patience",
    "arbitration_latency": "frictions.arbitration.exception_rate, company.managers.attention",
    "coordination_share": "frictions.coordination.pair_hours, frictions.coordination.interface_hours",
    "satisfaction_spread": "market.level_spread",
}


#: what the time of people goes into
PARTS = ("work", "again", "coordination", "decisions")


@dataclass(frozen=True)
class Load:
    """What fills the time of some people in calm, in per cent of it."""

    kind: str  #: "function", "unit" or "managers"
    name: Said  #: of the function or unit; whom the managers lead
    key: str  #: of the function; else empty
    persons: float  #: now; managers in time
    work: float  #: on cases, getting into them included
    again: float  #: rework, bounces, repeat contacts
    coordination: float  #: keeping each other informed, and what else is not for cases
    decisions: float  #: exceptions (managers)
    needed: float = 0.0  #: people whom the same work and coordination would load to 85 % (functions)
    least: float = 0.0  #: in the world in which it is least, per cent of time

    @property
    def total(self) -> float:
        """All of it."""
        return self.work + self.again + self.coordination + self.decisions


@dataclass(frozen=True)
class Remark:
    """Something about the calm that a reader has to know."""

    unhealthy: bool  #: no conclusion holds; else it is unusual
    what: Message  #: in plain words
    remedy: Message  #: and the field to change


def told_once(loads: Sequence[Load]) -> list[Load]:
    """Loads without those of units that are functions."""
    functions = {str(load.name) for load in loads if load.kind == "function"}
    return [load for load in loads if load.kind != "unit" or str(load.name) not in functions]


def loaded(loads: Sequence[Load], settings: Scenario) -> list[Remark]:
    """Functions, units and managers who have no time left: unhealthy if it is so in every world, else worth a
    word. A function to which no work comes is left alone, a unit that is a function has been told."""
    busy = functions_at_work(settings)
    remarks = []
    for each in told_once(loads):
        if each.total < FULL:
            continue
        if each.kind == "managers":
            remarks.append(Remark(each.least >= FULL, _decides(each), _DECIDE_LESS))
        elif each.kind == "unit" or each.key in busy:
            remarks.append(Remark(each.least >= FULL, _is_full(each), _relief(each)))
    return remarks


_DECIDE_LESS = Message(
    "Lower frictions.arbitration.exception_rate or frictions.arbitration.decision_hours, raise "
    "company.managers.attention, or lower company.managers.span_of_control."
)


def _decides(load: Load) -> Message:
    return Message(
        "{name}: decisions take {share:.0f} % of the attention that managers have for them in calm.",
        name=load.name, share=load.decisions,
    )  # fmt: skip


def _is_full(load: Load) -> Message:
    return Message(
        "{name} is loaded to {share:.0f} % in calm ({work:.0f} % work, {again:.0f} % rework and repeat "
        "contacts, {coordination:.0f} % coordination).",
        name=load.name, share=load.total, work=load.work, again=load.again, coordination=load.coordination,
    )  # fmt: skip


def _relief(load: Load) -> Message:
    """What would give people time: where coordination takes most of what is lost, more of them would not."""
    if load.coordination > _MUCH_COORDINATION:
        return Message(
            "Coordination grows with the group and with work that comes from afar: lower "
            "company.managers.span_of_control, frictions.coordination.pair_hours or "
            "frictions.coordination.interface_hours, or seat in one group who work together "
            "(designs.*.grouping)."
        )
    if load.kind == "unit":
        return Message("Give its functions more people, or the unit fewer processes or segments.")
    return Message(
        "company.functions.{key}.staff = {staff}: at least {needed} are needed for a load of 85 %; or fewer "
        "cases, or shorter activities.",
        key=load.key, staff=load.persons, needed=load.needed,
    )  # fmt: skip


def unbalanced(customers: tuple[float, float, float, float], settings: Scenario) -> list[Remark]:
    """A base of customers that melts by itself."""
    start, won, lost, _ = customers
    years = settings.horizon.weeks / float(WEEKS_PER_YEAR)
    if start <= 0 or lost - won <= _MOST_LOST * start * years:
        return []
    what = Message(
        "Customers melt away in calm: of {start:,.0f}, {lost:,.0f} leave and {won:,.0f} join within "
        "{weeks: week|weeks}.",
        start=start, lost=lost, won=won, weeks=settings.horizon.weeks,
    )  # fmt: skip
    winning = [
        f"streams.{key}.per_week"
        for key, stream in settings.streams.items()
        if settings.case_types[stream.case_type].wins_customer
    ]
    remedy = Message(
        "Raise {fields}, or lower market.churn_per_year.",
        fields=joined([*winning, "market.conversion"]) if winning else "streams",
    )
    return [Remark(True, what, remedy)]


def implausible(measures: dict[str, float]) -> list[Remark]:
    """Results that a company at work is not known for."""
    remarks = []
    for key, (low, high) in PLAUSIBLE.items():
        value = round(measures[key], 1)
        if (low is not None and value < low) or (high is not None and value > high):
            template = (
                "{measure}: {value:.1f} {unit} in calm, below {end:g}." if low is not None and value < low
                else "{measure}: {value:.1f} {unit} in calm, above {end:g}."
            )  # fmt: skip
            remarks.append(
                Remark(
                    False,
                    Message(
                        template,
                        measure=Message(BY_KEY[key].label),
                        value=value,
                        unit=Message(BY_KEY[key].unit),
                        end=low if template.endswith("below {end:g}.") else high,
                    ),
                    Message("See {fields}.", fields=_FIELDS[key]),
                )
            )
    return remarks
