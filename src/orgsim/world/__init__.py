"""What happens to every organisation alike: crises and demand."""

from orgsim.world.crisis import CrisisCourse, course
from orgsim.world.demand import Demand, name_customers, people_key
from orgsim.world.environment import Environment, environment

__all__ = ["CrisisCourse", "Demand", "Environment", "course", "environment", "name_customers", "people_key"]
