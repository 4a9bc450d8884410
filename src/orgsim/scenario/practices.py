"""Practices: what a company does, beside how it is structured. Designs set them, levers move them."""

from orgsim.fields import Table, quantity
from orgsim.mechanisms.catalogue import Composed, composed


class Practices(Table):
    """Each from 0 (not at all) to 1 (everywhere, always), except where a unit says otherwise."""

    local_targets: float = quantity(1.0, "0–1", "weight of the unit's own targets against shared ones", 0, 1)
    data_sharing: float = quantity(
        0.0, "share", "of the loss of information avoided by shared data: κ' = 1−(1−κ)(1−sharing)", 0, 1
    )
    remote_share: float = quantity(0.0, "share", "of time worked from home", 0, 1)
    centralisation: float = quantity(0.0, "share", "of decisions that go one level further up", 0, 1)
    transversality: float = quantity(
        0.0, "share", "of decisions between units that process owners take (needs process owners)", 0, 1
    )
    autonomy: float = quantity(
        0.0, "share", "of the group's own exceptions that staff decide on the spot", 0, 1
    )
    mutual_aid: float = quantity(
        0.0, "0 or 1", "people help the same function everywhere, whatever they are measured on", 0, 1
    )
    automation: float = quantity(
        0.0, "share", "of the cases that can be automated, the simplest first; the rest is harder", 0, 1
    )
    scripts: float = quantity(0.3, "0–1", "work in contact with customers follows scripts", 0, 1)
    satisfaction_reward: float = quantity(0.0, "0–1", "weight of measured satisfaction in pay", 0, 1)
    exposure: float = quantity(0.0, "h/week", "that everybody spends with customers", 0, 20)
    feedback: float = quantity(0.0, "0–1", "customers' messages reach everybody", 0, 1)
    personas: float = quantity(0.0, "0–1", "typical customers are described and in use", 0, 1)
    recognition: float = quantity(0.5, "0–1", "care and recognition for staff", 0, 1)
    people_skills: float = quantity(
        0.3, "0–1", "managers are chosen for people skills rather than technical ones", 0, 1
    )
    sponsorship: float = quantity(
        0.0, "0–1", "the top embodies the change: it is adopted faster, resisted less", 0, 1
    )
    service_minded: float = quantity(
        0.0, "0–1", "newcomers are chosen for service, and resemble customers (harder to find)", 0, 1
    )
    exemplarity: float = quantity(0.0, "0–1", "social and environmental conduct that customers notice", 0, 1)


@composed("effects")
class Effects(Composed):
    """What practices do, where no other table says so."""
