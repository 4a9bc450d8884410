"""Vacancies: places stay vacant for a while."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    vacancy_weeks: float = quantity(
        10.0, "weeks", "mean time until a vacant place is filled", 0, 200, "Apec 2020–22: 9 to 12 weeks"
    )
    vacancy_fixed: float = quantity(
        0.5, "share", "of the mean vacancy that every place has; the rest is exponential", 0, 1
    )


class Effects(Table):
    """Fields of `effects`."""

    service_minded_search: float = quantity(0.3, "share", "longer vacancies when looking for them", 0, 3)


MECHANISM = Mechanism(
    switches=(Switch("vacancies", "places stay vacant for a while", {"people.vacancy_weeks": 0.0}),),
    fields={"people": People, "effects": Effects},
    rules={"people": at("people", "vacancy_weeks", "vacancy_fixed") | at("effects", "service_minded_search")},
    treatment=("service_minded",),
)


@compiled
def vacancy(rules, treatment, luck):
    """Weeks until a vacant place is filled: mean · (1 + longer search) · (fixed + (1 − fixed) · luck), where
    `luck` is exponential with mean 1; the search takes longer for the service-minded."""
    search = 1.0 + rules.service_minded_search * treatment.service_minded
    return rules.vacancy_weeks * search * (rules.vacancy_fixed + (1.0 - rules.vacancy_fixed) * luck)
