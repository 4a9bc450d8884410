"""What happens to every organisation alike: the crisis and the demand."""

from orgsim.world.crisis import CrisisCourse, course
from orgsim.world.demand import Demand, name_customers

__all__ = ["CrisisCourse", "Demand", "course", "name_customers"]
