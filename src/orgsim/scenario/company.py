"""The company: who works in it, what its cases are made of, who its customers are."""

from typing import Literal

from pydantic import model_validator

from orgsim.errors import RuleError
from orgsim.fields import REQUIRED, Table, quantity, text

_INSEE_PAY = "INSEE Focus 283 (2020): labour cost per hour, France, 28.0 to 60.3 by sector"


class Function(Table):
    """A skill domain and the people whose home it is."""

    label: str = text("", "name shown to people; the key if empty")
    staff: int = quantity(REQUIRED, "persons", "staff of this function, managers apart", 0, 100_000)
    pay: float = quantity(40.0, "€/h", "employer's cost of a paid hour", 0, 1000, _INSEE_PAY)
    turnover: float = quantity(
        1.0, "×", "staff who leave, relative to the company's rate", 0, 9, "call centres: 2 to 4 times"
    )


class Managers(Table):
    """Managers lead units and arbitrate; how many there are follows from the units and the span."""

    pay: float = quantity(68.0, "€/h", "employer's cost of a manager's paid hour", 0, 1000)
    span_of_control: int = quantity(
        10, "persons",
        "staff (or managers) per manager, in every design: n people take n ÷ this of a manager's time",
        1, 10_000,
    )  # fmt: skip
    attention: float = quantity(0.35, "share of time", "part of a manager's week open to exceptions", 0.01, 1)


class Activity(Table):
    """One step of a route."""

    function: str = text(REQUIRED, "the function that does it")
    hours: float = quantity(REQUIRED, "h", "mean work at complexity 1 and speed 1", 1e-5, 1000)
    distribution: Literal["constant", "exponential", "gamma", "lognormal"] = text(
        "lognormal", "family of the hours"
    )
    cv: float = quantity(0.6, "–", "coefficient of variation (gamma, lognormal)", 0, 5)
    exceptions: float = quantity(1.0, "×", "exceptions relative to the company's rate", 0, 20)
    defects: float = quantity(1.0, "×", "defects relative to the company's rate", 0, 20)
    contact: float = quantity(0.0, "share", "of the work done in contact with the customer", 0, 1)
    return_probability: float = quantity(
        0.0, "probability", "the case goes back to `return_to` after this activity", 0, 0.95
    )
    return_to: int | None = quantity(
        None, "position", "where it goes back to: 1 is the first activity; this one if left out", 1
    )


class FollowOn(Table):
    """Cases that another one opens when it is done."""

    case_type: str = text(REQUIRED, "type of the case that it opens")
    chance: float = quantity(REQUIRED, "probability", "that it opens one when it is done", 0, 1)
    cases: int = quantity(1, "cases", "that it can open, each with that chance", 1, 100)
    lag_hours: float = quantity(0.0, "h", "mean working hours until they come (exponential)", 0, 5000)
    inherits: float = quantity(
        1.0, "share", "of the old case's information that goes on to them, less what the handoff loses", 0, 1
    )


class CaseType(Table):
    """A kind of case: an ordered route of activities, with what the customer is promised."""

    label: str = text("", "name shown to people; the key if empty")
    process: str = text(REQUIRED, "the customer process that it belongs to")
    route: tuple[Activity, ...] = text(REQUIRED, "the activities in their order", most=200)
    promise: float = quantity(40.0, "h", "lead time promised, in working hours", 1e-4, 1e5)
    patience: float = quantity(
        0.0, "h", "mean patience (exponential) before a waiting customer gives up; 0: never", 0, 1e6
    )
    complexity_cv: float = quantity(0.3, "–", "spread of complexity, lognormal with mean 1", 0, 3)
    crisis_sensitivity: float = quantity(
        0.0,
        "–",
        "demand changes by this × the crisis's change; negative: a crisis brings more",
        -20,
        20,
    )
    wins_customer: bool = text(False, "a prospect's case: completed, it may win a customer")
    is_experiment: bool = text(False, "completed, it may improve the offer's fit")
    is_complaint: bool = text(False, "handled well, it restores satisfaction")
    automatable: bool = text(False, "simple ones can be automated (practices.automation)")
    repeat_as: str | None = text(None, "type of the repeat contact that a defect causes; else the same")
    follows: tuple[FollowOn, ...] = text(
        (), "the cases that it opens when it is done; a prospect's case, when it has won a customer", most=20
    )

    @model_validator(mode="after")
    def _has_route(self) -> "CaseType":
        if not self.route:
            raise RuleError("a route needs at least one activity")
        for number, activity in enumerate(self.route, 1):
            if activity.return_to is not None and activity.return_to > number:
                raise RuleError(
                    "activity {number} returns to {target}, which comes after it; name this activity or an "
                    "earlier one",
                    number=number,
                    target=activity.return_to,
                )
        return self


class Process(Table):
    """A customer process, from the customer's need to its fulfilment."""

    label: str = text("", "name shown to people; the key if empty")


class Segment(Table):
    """Customers of one kind."""

    label: str = text("", "name shown to people; the key if empty")
    customers: int = quantity(0, "customers", "active at the start", 0, 5_000_000)
    revenue: float = quantity(0.0, "€/year", "revenue of an active customer", 0, 1e9)
    crisis_sensitivity: float = quantity(0.0, "–", "spending changes by this × the crisis's change", -5, 5)
    price_sensitivity: float = quantity(1.0, "×", "how far a competitor's attack moves them", 0, 10)
    informed: float = quantity(0.5, "share", "of customers who compare before they stay", 0, 1)
    network: float = quantity(1.0, "×", "weight of what they tell others", 0, 100)
    share_of_prospects: float = quantity(1.0, "weight", "share of arriving prospects", 0, 1e9)
    needs: dict[str, float] = text({}, "cases per customer and year, by case type", most=500)


class Stream(Table):
    """Cases that do not come from a known customer: prospects, campaigns, experiments."""

    case_type: str = text(REQUIRED, "type of these cases")
    per_week: float = quantity(REQUIRED, "cases/week", "mean arrivals in calm (Poisson)", 0, 1e7)


class Company(Table):
    """The organisation's people and its customers' world."""

    name: str = text("Company", "name shown to people")
    functions: dict[str, Function] = text(REQUIRED, "the functions by key", most=200)
    managers: Managers = text(Managers(), "managers and their span")
