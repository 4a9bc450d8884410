"""Small changes have small effects: what one person more, or one step of the span, may move in both designs
of the default company. A jump would be an artefact of rounding."""

from orgsim.scenario import load
from orgsim.verification.facts import CONTINUITY, Fact, Read, Side, measure

DEFAULT = "default"


def _stays(name: str, quantity: str, read: Read, design: str, changed: tuple[str, ...], within: float,
           usual: tuple[str, ...] = ()) -> Fact:  # fmt: skip
    """The difference that a change makes lies within so much of nothing."""
    return Fact(
        CONTINUITY, f"{name}: {design}", quantity, read, Side(DEFAULT, design, changed),
        Side(DEFAULT, design, usual), low=-within, high=within,
    )  # fmt: skip


def continuity() -> list[Fact]:
    """The changes, and how far cycle time, in hours of some 14, may move by each."""
    cycle = measure("cycle_time")
    service = load(DEFAULT).company.functions["service"].staff
    facts = []
    for design in ("silos", "teams"):
        facts += [
            _stays("One person more in service", "cycle time, h", cycle, design,
                   (f"company.functions.service.staff={service + 1}",), 1.0),
            *(
                _stays(f"A span of {span + 1} instead of {span}", "cycle time, h", cycle, design,
                       (f"company.managers.span_of_control={span + 1}",), 1.5,
                       (f"company.managers.span_of_control={span}",))
                for span in (5, 7, 10, 15, 19)
            ),
        ]  # fmt: skip
    return facts
