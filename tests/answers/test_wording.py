"""What the sentences say follows from the numbers, and from nothing else."""

from dataclasses import replace

import numpy as np
import pytest

import orgsim
from orgsim.answers.compare import Comparison
from orgsim.answers.same_service import SameService, Staffing, parse_target
from orgsim.answers.wording import break_even_sentence
from orgsim.language.language import Language
from orgsim.scenario import load


@pytest.fixture(scope="module")
def comparison():
    return orgsim.compare("six-designs", 4, designs=["silos", "teams"], overrides=["horizon.weeks=2"])


def with_results(comparison: Comparison, gains, measures=None):
    """The comparison as if teams had gained these euros a week, by world, over the silos."""
    results = {"silos": [], "teams": []}
    for place, course in enumerate(gains):
        plain = comparison.results["silos"][0]
        for design in results:
            shift = np.array(course, float) if design == "teams" else np.zeros(len(course))
            changed = {
                key: plain.measures[key] + values[place]
                for key, values in (measures or {}).items()
                if design == "teams"
            }
            results[design].append(
                replace(
                    plain,
                    design=design,
                    measures=plain.measures | changed,
                    weekly=plain.weekly | {"result": 100.0 + shift},
                )
            )
    return replace(comparison, results=results, seeds=tuple(range(len(gains))))


@pytest.mark.parametrize(
    ("gains", "words"),
    [
        ([[-1, 3], [-1, 4], [-1, 5]], "overtakes that of {silos} in week 1 on average, in every world"),
        ([[1, 3], [2, 4], [1, 5]], "is ahead of that of {silos} from the first week, in every world"),
        ([[-1, -3], [-1, -3], [-2, -3]], "does not overtake that of {silos} in any world"),
        ([*([[5, -90]] * 5), [-1, 2]], "ends below that of {silos}; it overtakes it in 1 of 6 worlds"),
        ([[-1, 90], [-1, -80], [-1, 5]], "are not distinguishable, and it is ahead in 2 of 3 worlds"),
        ([[0, 0], [0, 0]], "end the same in every world"),
    ],
)  # fmt: skip
def test_where_the_cumulated_result_overtakes(comparison, gains, words):
    told = break_even_sentence(with_results(comparison, gains), "teams", Language())
    assert words.format(silos="'Functional silos'") in told


NOISE = np.array([-1.0, 1.0, -0.5, 0.5])


@pytest.mark.parametrize(
    ("cost", "satisfaction", "retention", "words", "never"),
    [
        (-50_000 + NOISE, 1 + NOISE / 10, 1 + NOISE / 10,
         ["costs €50 k less", "satisfaction is 1.00 points (of 100) higher", "keeps 1.00 in 100 more"],
         ["not distinguishable", "the same"]),
        (50_000 + NOISE, -1 + NOISE / 10, -1 + NOISE / 10,
         ["costs €50 k more", "satisfaction is 1.00 points (of 100) lower", "keeps 1.00 in 100 fewer"],
         ["not distinguishable", "the same"]),
        (NOISE, NOISE, NOISE, ["cost, satisfaction and retention are not distinguishable"],
         ["costs", "higher", "lower", "the same"]),
        (0 * NOISE, 0 * NOISE, NOISE,
         ["retention is not distinguishable; cost and satisfaction are the same to the last digit"],
         ["costs"]),
    ],
)  # fmt: skip
def test_who_is_better_on_what(comparison, cost, satisfaction, retention, words, never):
    measures = {"total_cost": cost, "satisfaction": satisfaction, "retention": retention}
    sentence = with_results(comparison, [[1, 1]] * 4, measures).sentence("teams")
    for word in words:
        assert word in sentence
    for word in never:
        assert word not in sentence


def test_a_sentence_is_corrected_for_the_number_of_designs():
    found = orgsim.compare("six-designs", 3, overrides=["horizon.weeks=2"])
    for design in found.others:
        sentence = found.sentence(design)
        p = found.adjusted("total_cost")[design]
        assert (" costs €" in sentence) == (p < 0.05)


def staffing(**found):
    designs = tuple(found)
    by_design = {name: [Staffing(staff, 1000.0 * staff) for staff in row] for name, row in found.items()}
    target = parse_target("weakest_service>=80")
    return SameService(load("default"), target, designs, tuple(range(len(found[designs[0]]))), by_design)


@pytest.mark.parametrize(
    ("silos", "teams", "words"),
    [
        ([10, 11, 12], [8, 9, 10], "needs 2.0 fewer people"),
        ([8, 9, 10], [10, 11, 12], "needs 2.0 more people"),
        ([10, 11, 12], [11, 9, 13], "staff and cost of 'Process teams' are not distinguishable"),
        ([10, 11, 12], [10, 11, 12], "staff and cost of 'Process teams' are the same in every world"),
        ([10, float("nan"), 12], [8, 9, 10], "with up to 3 times the staff by 'Functional silos' in 1 of 3"),
    ],
)  # fmt: skip
def test_how_many_people(silos, teams, words):
    assert words in staffing(silos=silos, teams=teams).sentence()
