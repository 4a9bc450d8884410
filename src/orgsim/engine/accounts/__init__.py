"""The time ledger, the money ledger, and what measures need of them."""

from orgsim.engine.accounts.ledger import COST_LINES, Ledger, Rates, Week

__all__ = ["COST_LINES", "Ledger", "Rates", "Week"]
