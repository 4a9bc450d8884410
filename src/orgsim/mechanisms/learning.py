"""Learning and forgetting: experience makes faster, and what is not used is forgotten.

One file: both move one stock, the hours of experience."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.declaration import Given, Mechanism, Switch
from orgsim.working_time import WEEKS_PER_MONTH


class People(Table):
    """Fields of `people`."""

    progress_ratio: float = quantity(
        0.85,
        "×",
        "PR: time per piece of work when experience doubles",
        0.5,
        1,
        "Wright 1936; Dutton & Thomas 1984: .80 to .85 most often",
        plausible=(0.80, 0.95),
    )
    mastery_hours: float = quantity(
        800.0, "h", "experience from which a function is mastered", 10, 20_000, plausible=(300, 2000)
    )
    monthly_retention: float = quantity(
        0.95,
        "share",
        "of experience kept over a month without work",
        0.5,
        1,
        "Argote, Beckman & Epple 1990 and after",
        plausible=(0.90, 0.98),
    )


MECHANISM = Mechanism(
    switches=(
        Switch("learning", "experience makes faster", {"people.progress_ratio": 1.0}, family="skills"),
        Switch(
            "forgetting",
            "unused experience is forgotten",
            {"people.monthly_retention": 1.0},
            family="skills",
        ),
    ),
    fields={"people": People},
    rules={
        "people": {
            "learning_exponent": Given(
                lambda s: -math.log2(s.people.progress_ratio),
                "–",
                "of speed in experience",
            ),
            "mastery": "people.mastery_hours",
            "retained": Given(
                lambda s: s.people.monthly_retention ** (1.0 / WEEKS_PER_MONTH),
                "share/week",
                "of experience kept",
            ),
        }
    },
)


@compiled
def skill_of(rules, base, experience):
    """Skill on a function (× speed): time falls as experience^log2(PR) until it is mastered (Wright 1936),
    so skill = min(1, (n/n₁)^−log2(PR)) with n hours of experience; without learning, what it was at first
    (`base`)."""
    if rules.learning_exponent <= 0.0:
        return base
    if experience >= rules.mastery:
        return 1.0
    return (experience / rules.mastery) ** rules.learning_exponent


@compiled
def experience_for(rules, base):
    """The hours of experience that go with a skill at first: the inverse of `skill_of`."""
    if rules.learning_exponent > 0.0 and base > 0.0:
        return rules.mastery * base ** (1.0 / rules.learning_exponent)
    return 0.0


@compiled
def experienced(rules, experience, hours):
    """Hours of experience after a week: what is retained (Argote, Beckman & Epple 1990), and the hours
    worked."""
    return experience * rules.retained + hours
