"""What is measured: each measure declared once, with name, unit, direction, formula, source and the smallest
difference that matters."""

from orgsim.measures.account import Account, ratio
from orgsim.measures.catalogue import BY_KEY, DETAILS, MEASURES
from orgsim.measures.measure import Margin, Measure, Quantity

__all__ = ["BY_KEY", "DETAILS", "MEASURES", "Account", "Margin", "Measure", "Quantity", "ratio"]
