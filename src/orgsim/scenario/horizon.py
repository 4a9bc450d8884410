"""How long a simulation runs, and when."""

import re

from orgsim.fields import Table, quantity, text

#: a month of the years 1800 to 2199, in which every calendar is at home
MONTH = re.compile(r"(1[89]|2[01])[0-9]{2}-(0[1-9]|1[0-2])")


class Horizon(Table):
    """How long the simulation runs."""

    weeks: int = quantity(156, "weeks", "length of the run, warm-up apart", 1, 100_000)
    warmup_weeks: int = quantity(0, "weeks", "run before the measures begin", 0, 100_000)
    start: str = text("2019-01", "first month of the run (YYYY-MM), to place dated figures")
