"""A design made concrete: units, seats, reporting lines, and the tables of the core."""

from orgsim.organisation.stages import Stage, stages
from orgsim.organisation.structure import Structure, build
from orgsim.organisation.tables import core_for

__all__ = ["Stage", "Structure", "build", "core_for", "stages"]
