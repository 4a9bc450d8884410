"""Costs that are not pay by the hour, and what later euros are worth."""

from orgsim.fields import quantity
from orgsim.mechanisms.catalogue import Composed, composed


@composed("money")
class Money(Composed):
    """Costs that are not pay by the hour."""

    overtime_premium: float = quantity(
        0.25, "share", "extra pay of an overtime hour", 0, 3, "French Labour Code, L3121-36"
    )
    temporary_premium: float = quantity(0.35, "share", "extra cost of a temporary hour", 0, 3)
    overhead: float = quantity(7000.0, "€/year", "workplace and tools, per person", 0, 1e6)
    compensation: float = quantity(30.0, "€", "goodwill for a defect that reached the customer", 0, 1e6)
    direct_cost: float = quantity(0.40, "share", "of revenue, spent on the service itself", 0, 1)
    hiring: float = quantity(6000.0, "€", "to fill a place", 0, 1e6)
    severance_months: float = quantity(
        0.25, "months of pay", "per year of service, to ten years", 0, 10, "French Labour Code, R1234-2"
    )
    severance_months_later: float = quantity(
        1 / 3, "months of pay", "per year of service beyond ten", 0, 10, "French Labour Code, R1234-2"
    )
    years_of_service: float = quantity(6.0, "years", "mean service of the people of the start", 0, 50)
