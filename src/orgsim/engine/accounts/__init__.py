"""The time ledger, the money ledger, and the measures with their standard definitions."""

from orgsim.engine.accounts.ledger import COST_LINES, Ledger, Rates, Week
from orgsim.engine.accounts.measures import BY_KEY, DETAILS, MEASURES, Measure

__all__ = ["BY_KEY", "COST_LINES", "DETAILS", "MEASURES", "Ledger", "Measure", "Rates", "Week"]
