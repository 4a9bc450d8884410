"""Organisation designs: the same people, grouped, led and rewarded differently."""

from typing import Any, Literal

from orgsim.fields import REQUIRED, Table, quantity, text
from orgsim.scenario.practices import Practices

ALL = "all"


class Unit(Table):
    """A department, team or pool: whose home functions it has, and what work it takes."""

    name: str = text(REQUIRED, "name shown to people")
    functions: tuple[str, ...] | Literal["all"] = text(ALL, "functions whose people are in it")
    processes: tuple[str, ...] | Literal["all"] = text(ALL, "processes whose activities it does")
    segments: tuple[str, ...] | Literal["all"] = text(ALL, "segments whose cases it takes")
    division: str | None = text(None, "units of one division have a superior of their own")
    managers: int | None = quantity(
        None, "persons", "who lead it; by the span of control if left out", 0, 10_000
    )


class Transition(Table):
    """What moving to this design costs; nothing for the incumbent."""

    cost_per_person: float = quantity(1500.0, "€", "training and programme, per person who moves", 0, 1e6)


class Coordinators(Table):
    """People at headquarters who do no cases: a customer-experience directorate, process owners."""

    persons: int = quantity(0, "persons", "at headquarters", 0, 10_000)
    pay: float = quantity(58.0, "€/h", "employer's cost of a paid hour", 0, 1000)
    process_owners: bool = text(False, "one of them owns each process, and decides between units")


class Design(Table):
    """An organisation design, as data."""

    label: str = text("", "name shown to people; the key if empty")
    like: str | None = text(None, "a design of the scenario that this one changes")
    group_by: Literal["function", "process", "units"] = text(
        REQUIRED, "function: one unit each · process: one team each · units: as listed in `units`"
    )
    units: tuple[Unit, ...] = text((), "the units, where group_by = 'units'", most=1000)
    split_segments: tuple[tuple[str, ...], ...] = text(
        (), "process teams split by groups of segments: one team for each process and group"
    )
    shared: tuple[str, ...] = text((), "functions that stay one pool for all processes")
    divisions: dict[str, tuple[str, ...]] = text({}, "names of units under a common superior, by division")
    grouping: Literal["function", "mixed"] = text(
        "function",
        "who sits together in a group, of at most a span of control, in a unit · function: those of one "
        "function · mixed: a share of every function",
    )
    small_functions: Literal["share", "cross-train"] = text(
        "share",
        "a function with too few people to split: stays one shared pool, or each team's largest "
        "function learns it as a second skill",
    )
    chained_skills: bool = text(False, "everybody also learns the next function of the unit: a chain")
    case_worker: bool = text(False, "whoever has a case does every next activity that he or she can")
    case_owner: bool = text(False, "the last person on a case is called first for the next activity")
    coordinators: Coordinators = text(Coordinators(), "people at headquarters besides")
    practices: dict[str, Any] = text({}, "practices that differ from the company's, by name")
    incumbent: bool = text(False, "the company is organised so already: no transition")
    transition: Transition = text(Transition(), "what the change costs otherwise")

    def practised(self, company: Practices) -> Practices:
        """The company's practices with those of this design on top."""
        return Practices.model_validate(company.model_dump() | self.practices)
