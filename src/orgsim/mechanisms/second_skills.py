"""Second skills: people help outside their home function."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.declaration import Mechanism, Switch


class People(Table):
    """Fields of `people`."""

    second_skills: int = quantity(1, "functions", "that a person can do besides the home function", 0, 100)
    second_skill: float = quantity(
        0.7, "× speed", "proficiency outside the home function at first", 0.05, 1, plausible=(0.5, 0.9)
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "second_skills",
            "people help outside their home function",
            {"people.second_skills": 0},
            family="skills",
        ),
    ),
    fields={"people": People},
)
