"""Customer knowledge: a stock of every person that grows with contact and what is done for it, is shared
in the unit and forgotten; who knows customers makes fewer defects (service quality mediates: Brown & Lam
2008)."""

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at


class People(Table):
    """Fields of `people`."""

    knowledge_at_start: float = quantity(0.3, "0–1", "customer knowledge of everybody at the start", 0, 1)
    knowledge_half_life: float = quantity(
        26.0, "weeks", "half of the customer knowledge is forgotten", 1, 1000, plausible=(8, 78)
    )
    knowledge_contact: float = quantity(
        0.006,
        "1/h",
        "knowledge gained per hour with customers, × what is missing",
        0,
        1,
        plausible=(0.002, 0.02),
    )
    knowledge_sharing: float = quantity(
        0.10,
        "1/week",
        "knowledge moves to that of the group, and of the rest of the unit by its share, × (1 − distance)",
        0,
        1,
        plausible=(0, 0.3),
    )
    knowledge_feedback: float = quantity(
        0.02, "1/week", "gained where every customer message reaches everybody", 0, 1
    )
    knowledge_personas: float = quantity(
        0.01, "1/week", "gained from personas, up to personas_limit: they caricature", 0, 1
    )
    knowledge_quality: float = quantity(
        0.5, "–", "defects × exp(−this × (knowledge − that of the start))", 0, 5, plausible=(0, 1)
    )
    personas_limit: float = quantity(
        0.5, "0–1", "customer knowledge beyond which personas teach nothing", 0, 1, plausible=(0.3, 0.7)
    )
    newcomer_knowledge: float = quantity(
        0.5, "share", "of the customer knowledge of the start that a newcomer has", 0, 1, plausible=(0, 1)
    )


class Effects(Table):
    """Fields of `effects`."""

    service_minded_knowledge: float = quantity(
        0.3, "0–1", "customer knowledge that service-minded newcomers bring besides", 0, 1
    )


MECHANISM = Mechanism(
    switches=(
        Switch(
            "customer_knowledge", "who knows customers makes fewer defects", {"people.knowledge_quality": 0.0}
        ),
    ),
    fields={"people": People, "effects": Effects},
    rules={
        "people": at(
            "people",
            "knowledge_at_start",
            "knowledge_contact",
            "knowledge_sharing",
            "knowledge_feedback",
            "knowledge_personas",
            "knowledge_quality",
            "personas_limit",
            "newcomer_knowledge",
        )
        | at("effects", "service_minded_knowledge")
        | {
            "knowledge_forgotten": Given(
                lambda s: 1.0 - 0.5 ** (1.0 / s.people.knowledge_half_life),
                "share/week",
                "of customer knowledge forgotten",
            )
        }
    },
    state={
        "member": {"knowledge": Given("people.knowledge_at_start", "0–1", "of customers")},
        "unit": {"knowledge": Given(0.0, "–", "sum of the customer knowledge of its people")},
    },
    treatment=("exposure", "feedback", "personas", "service_minded"),
)


@compiled
def know(rules, treatment, knowledge, told, contact):
    """Customer knowledge (0 to 1) after a week with so many hours of `contact`: a stock that grows with
    contact, exposure, customers' messages and personas (which caricature: they teach up to a limit), and what
    others have `told` (see `hearsay`), and is forgotten."""
    missing = 1.0 - knowledge
    gained = rules.knowledge_contact * (contact + treatment.exposure) * missing
    gained += rules.knowledge_feedback * treatment.feedback * missing
    gained += rules.knowledge_personas * treatment.personas * max(0.0, rules.personas_limit - knowledge)
    level = knowledge + gained + rules.knowledge_sharing * told - rules.knowledge_forgotten * knowledge
    return min(1.0, max(0.0, level))


@compiled
def hearsay(knowledge, of_group, near, of_rest, far, rest):
    """What a person's knowledge lacks against that of the group, and of the rest of the unit, each × (1 −
    distance); of the rest, whose mean is `of_rest`, by its share `rest` of the unit."""
    group = (1.0 - min(1.0, near)) * (of_group - knowledge)
    return group + (1.0 - min(1.0, far)) * rest * (of_rest - knowledge)


@compiled
def newcomers_knowledge(rules, chosen_for_service):
    """Customer knowledge (0 to 1) of a newcomer; whoever was chosen for service brings more."""
    knowledge = rules.newcomer_knowledge * rules.knowledge_at_start
    if chosen_for_service:
        knowledge = min(1.0, knowledge + rules.service_minded_knowledge)
    return knowledge


@compiled
def care_from_knowledge(rules, knowledge):
    """Log factor off defects: κ · (knowledge − that of the start)."""
    return rules.knowledge_quality * (knowledge - rules.knowledge_at_start)
