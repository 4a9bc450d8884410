"""What the sentences say follows from the numbers, and from nothing else; all who show one say the same."""

import re
from dataclasses import replace

import numpy as np
import pytest

import orgsim
from orgsim.answers.account import HEADLINE, Difference
from orgsim.answers.compare import Comparison
from orgsim.answers.findings import Progress, read
from orgsim.answers.same_service import Plan, SameService, Staffing, parse_target
from orgsim.answers.staffing import Served
from orgsim.answers.terms import BreakEven, WaterfallTerm
from orgsim.answers.wording import (
    Names,
    Needs,
    across_sentence,
    answer_sentence,
    attained_sentence,
    break_even_sentence,
    missed_sentence,
    needs_sentence,
    standing,
    turning_sentence,
    verdict_words,
    why_sentence,
)
from orgsim.language.language import Language
from orgsim.report.answer import Answer
from orgsim.scenario import load
from orgsim.statistics.intervals import Estimate, PairedDifference
from orgsim.statistics.verdicts import BETTER, NOTHING, UNCLEAR, VERDICTS, WORSE
from orgsim.studies.store import Store
from orgsim.studies.sweep import sweep

NAMES = Names("Silos", "Teams")


@pytest.fixture(scope="module")
def comparison():
    return orgsim.compare("six-designs", 4, designs=["silos", "teams"], overrides=["horizon.weeks=2"])


def with_results(comparison: Comparison, gains, measures=None, matters=None):
    """The comparison as if teams had gained these euros a week, by world, over the silos, and everything
    else mattered as little as `matters` says."""
    results = {"silos": [], "teams": []}
    plain = comparison.results["silos"][0]
    for place, course in enumerate(gains):
        for design in results:
            shift = np.array(course, float) if design == "teams" else np.zeros(len(course))
            changes = {"result": np.full(len(gains), sum(course))} | (measures or {})
            changed = {
                key: plain.measures[key] + values[place]
                for key, values in changes.items()
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
    scenario = comparison.scenario.model_copy(update={"matters": matters or dict.fromkeys(HEADLINE, 0.0)})
    return replace(comparison, scenario=scenario, results=results, seeds=tuple(range(len(gains))))


@pytest.mark.parametrize(
    ("gains", "words"),
    [
        ([[-1, 3.0], [-1, 3.1], [-1, 3.2], [-1, 3.1]],
         "overtakes that of {silos} in week 1 on average, in every world"),
        ([[1, 3.0], [1, 3.1], [1, 3.2], [1, 3.1]],
         "is ahead of that of {silos} from the first week, in every world"),
        ([[-1, -3.0], [-1, -3.1], [-1, -3.2], [-1, -3.1]], "does not overtake that of {silos} in any world"),
        ([*([[5, -90.0], [5, -90.1]] * 10), [-1, 2]],
         "ends below that of {silos}; it overtakes it in 1 of 21 worlds"),
        ([[-1, 90], [-1, -80], [-1, 5]], "are not distinguishable, and it is ahead in 2 of 3 worlds"),
        ([[0, 0], [0, 0]], "a difference that matters; 'Process teams' is ahead in 0 of 2 worlds"),
    ],
)  # fmt: skip
def test_where_the_cumulated_result_overtakes(comparison, gains, words):
    told = with_results(comparison, gains).break_even_sentence("teams")
    assert words.format(silos="'Functional silos'") in told


def found(measure, verdict, mean=3.0, worlds=20):
    pair = PairedDifference(Estimate(mean, mean - 1, mean + 1), 1.0, 0.01)
    return Difference(measure, "teams", worlds, 10.0, 10.0 + mean, pair, 0.5, 0.01, verdict)


@pytest.mark.parametrize(
    ("verdict", "english", "french"),
    [
        (BETTER, "does better on morale (+3.0", "fait mieux sur\u00a0: moral"),
        (WORSE, "does worse on morale (+3.0", "fait moins bien sur\u00a0: moral"),
        (NOTHING, "makes no difference that matters on morale (+3.0", "ne fait pas de différence qui compte"),
        (UNCLEAR, "is not distinguishable on morale,", "reste indiscernable sur\u00a0: moral"),
        (None, "changes morale (+3.0", "change\u00a0: moral"),
    ],
)
def test_each_verdict_has_its_words(verdict, english, french):
    one = found("morale", verdict)
    told = answer_sentence(Language(), NAMES, [one])
    assert told.startswith("Over 20 paired worlds, “Teams” ")
    assert told.endswith(", against “Silos”.")
    assert english in told
    assert french in answer_sentence(Language("fr"), NAMES, [one])
    others = [found("morale", other) for other in (*VERDICTS, None) if other != verdict]
    assert english not in answer_sentence(Language(), NAMES, others)


def test_a_sentence_orders_measures_by_verdict():
    told = answer_sentence(
        Language(), NAMES, [found("morale", WORSE), found("nps", UNCLEAR), found("maturity", BETTER)], True
    )
    assert told.startswith("In the base case, over 20 paired worlds")
    assert re.search("better on maturity .*; does worse on morale .*; is not disting.* on net promoter", told)


def test_one_world_tells_nothing():
    told = answer_sentence(Language(), NAMES, [found("morale", UNCLEAR, worlds=1)])
    assert "nobody can tell yet how “Teams” does against “Silos”" in told


def test_points_are_counted_by_verdict():
    verdicts = [BETTER] * 4 + [WORSE] * 3 + [NOTHING] * 2 + [UNCLEAR]
    told = across_sentence(Language(), "result", "Teams", verdicts)
    assert (
        "better in 4, worse in 3, makes no difference that matters in 2, and is not distinguishable in 1 "
        in told
    )


def test_a_sweep_that_is_not_whole_is_said_first():
    say = Language()
    assert standing(say, Progress(True, 40, 0, 40, 10, 10)) == ""
    told = standing(say, Progress(False, 30, 2, 40, 7, 10))
    assert told.startswith("This sweep is not finished: ")
    assert "30 of at least 40 runs are there, and 7 of 10 points" in told
    assert told.endswith("left out of every number: 2.")


def curve(*ends):
    return [Estimate((low + high) / 2, low, high) for low, high in ends]


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (curve((1, 2), (1, 3)), "It does not turn from 0 to 1: “Teams” has more all along."),
        (curve((-2, -1), (-3, -1)), "It does not turn from 0 to 1: “Teams” has less all along."),
        (curve((-1, 1), (-2, 2)), "Nobody can tell whether it turns: everywhere from 0 to 1"),
        (curve((-3, -1), (1, 3)), "It turns at 0.5 (95 % interval 0.25 to 0.75)."),
        (curve((-3, -1), (-1, 3)), "It may turn at 0.6667, but on one side of it"),
        (
            curve((1, 3), (-1, 3), (-1, 3)),
            "Wherever its sign can be told from 0 to 1, it is the same; at the",
        ),
    ],
)
def test_where_it_turns(points, words):
    values = [0.0, 0.25, 1.0] if len(points) == 3 else [0.0, 1.0]
    assert turning_sentence(Language(), values, points, "Teams").startswith(words)


NOISE = np.array([-1.0, 1.0, -0.5, 0.5])


def test_a_surely_cheaper_design_is_said_to_be_better(comparison):
    cheaper = {"total_cost": -50_000 + NOISE, "satisfaction": -5 + NOISE / 10, "retention": 1e6 * NOISE}
    told = with_results(comparison, [[1, 1]] * 4, cheaper).sentence("teams")
    assert "does better on result" in told
    assert "total cost (−€50\u202fk; 95 % interval" in told.split("does worse")[0]
    assert "does worse on customer satisfaction (−5.0" in told
    assert "is not distinguishable on retention" in told


def test_what_matters_can_be_set_in_the_scenario(comparison):
    change = {"satisfaction": 0.5 + NOISE / 100}
    told = with_results(comparison, [[1, 1]] * 4, change, {"satisfaction": 1.0}).sentence("teams")
    assert re.search("no difference that matters on .*customer satisfaction", told)
    told = with_results(comparison, [[1, 1]] * 4, change, {"satisfaction": 0.1}).sentence("teams")
    assert "does better on customer satisfaction" in told


def test_terminal_page_and_report_say_the_same(tmp_path):
    """The same worlds, in memory and in a store: the same numbers, verdicts and words."""
    overrides = ["horizon.weeks=12", "segments.small.customers=1500"]
    memory = orgsim.compare("default", 5, seed=1, designs=["silos", "teams"], overrides=overrides)
    plan = {
        "title": "The same", "scenario": "default", "designs": ["silos", "teams"], "overrides": overrides,
        "measures": list(HEADLINE), "replications": {"base": 5, "first_seed": memory.seeds[0]},
    }  # fmt: skip
    store = Store(tmp_path, create=True)
    sweep(orgsim.Experiment(**plan), store, workers=1)
    findings = read(store)
    for measure in memory.results["teams"][0].measures:
        one, other = memory.difference("teams", measure), findings.account.difference("teams", measure)
        np.testing.assert_equal(one.to_dict(), other.to_dict())
    for code in ("en", "fr"):
        say = Language(code)
        assert memory.sentence("teams", say).startswith(Answer(findings, say).sentence("teams"))


def staffing(**staff):
    """Designs that need so many people, with the ends of the interval; each of them costs 1000 €."""
    plan, found = Plan.of(0.9, 0, 10), {}
    for design, (people, low, high) in staff.items():
        tried = tuple(Served(world > 3, 1000.0 * people + world, {}) for world in range(40))
        found[design] = (
            Staffing({"sales": people}, Estimate(people, low, high), tried) if people else Staffing()
        )
    return SameService(load("default"), parse_target("weakest_service>=80"), plan, tuple(staff), found)


MANY, FEW, WIDE, NONE = (118, 116, 120), (106, 103, 107), (112, 104, 116), (0, 0, 0)


@pytest.mark.parametrize(
    ("silos", "teams", "words"),
    [
        (MANY, FEW, "needs 12 fewer people (95 % interval 103 to 107, against 116 to 120)"),
        (FEW, MANY, "needs 12 more people (95 % interval 116 to 120, against 103 to 107)"),
        (MANY, WIDE, "cannot be told apart by staff (95 % interval 104 to 116, against 116 to 120)"),
        (WIDE, MANY, "cannot be told apart by staff (95 % interval 116 to 120, against 104 to 116)"),
        (MANY, MANY, "makes no difference that matters on cost, against “Functional silos”."),
        (MANY, NONE, "with up to 3 times the staff by 'Process teams'; there"),
        (NONE, MANY, "with up to 3 times the staff by 'Functional silos'; there"),
        (NONE, NONE, "by 'Functional silos' and by 'Process teams'; there"),
    ],
)  # fmt: skip
def test_how_many_people(silos, teams, words):
    assert words in staffing(silos=silos, teams=teams).sentence()


def test_in_how_many_fresh_worlds_the_staff_serve():
    told = staffing(silos=MANY, teams=FEW).sentence()
    assert told.startswith("For weakest_service >= 80 in 90 % of worlds, “Process teams” needs 12 fewer")
    assert told.endswith(
        "Fresh worlds meet the target with it: “Functional silos” in 36 of 40 (95 % interval 77 to "
        "96 %) and “Process teams” in 36 of 40 (95 % interval 77 to 96 %)."
    )


def test_ends_that_nobody_knows_tell_nobody_apart():
    few = staffing(silos=(300, 290, np.inf), teams=(10, 9, np.inf))
    assert not few.told_apart("teams")
    assert "cannot be told apart by staff (95 % interval at least 9, against at least 290)" in few.sentence()
    assert few.to_dict()["designs"]["teams"]["staff"] == {"mean": 10.0, "low": 9.0, "high": None}
    assert staffing(silos=(300, 290, np.inf), teams=(10, -np.inf, 11)).told_apart("teams")


def test_the_fewest_worlds_are_said():
    """Measures without a number in some world have fewer; nobody is told of more than there are."""
    told = answer_sentence(Language(), NAMES, [found("morale", BETTER), found("nps", BETTER, worlds=7)])
    assert told.startswith("Over 7 paired worlds")


def term(line, mean, half=1.0):
    return WaterfallTerm(line, 0.0, mean, Estimate(mean, mean - half, mean + half))


def test_what_differs_most_comes_first_and_only_what_surely_does():
    cost = [term("idle", 2000.0), term("rework", 0.5), term("bounce", -90_000.0), term("queue", 50_000.0)]
    told = why_sentence(Language(), cost, [term("transfer", -4.0), term("queue", 0.2)])
    assert told == (
        "What differs most: in cost bounces (−€90\u202fk), queues (+€50\u202fk) and idle time (+€2,000); "
        "in lead time transfers (−4.0 h per case)."
    ).replace("€2,000", "€2\u202f000")
    assert why_sentence(Language(), [], [term("transfer", 4.0)]).startswith("What differs most: in lead time")
    assert why_sentence(Language(), [term("idle", 0.9), term("rework", -0.9)], []) == ""


def test_only_the_largest_three_lines_are_named():
    told = why_sentence(Language(), [term(line, 10.0 * n) for n, line in enumerate(_LINES, 1)], [])
    assert [line for line in _LINES if line in told] == list(_LINES[-3:])


_LINES = ("idle", "rework", "bounce", "queue", "transfer")


def test_no_week_is_before_the_first():
    say, final = Language(), found("result", BETTER)
    week = Estimate(0.4, 0.2, 0.6)
    told = break_even_sentence(say, NAMES, BreakEven(5, 8, week, final))
    assert (
        told
        == "The cumulated result of 'Teams' overtakes that of 'Silos' in week 1 on average, in 5 of 8 worlds."
    )
    never = BreakEven(0, 8, week, found("result", WORSE, -3.0))
    assert "does not overtake that of 'Silos' in any world" in break_even_sentence(say, NAMES, never)
    alike = BreakEven(8, 8, week, found("result", UNCLEAR))
    assert break_even_sentence(say, NAMES, alike) == (
        "Whether the cumulated result of 'Teams' overtakes that of 'Silos' cannot be told: at the end they "
        "are not distinguishable, and it is ahead in every world."
    )


def test_a_service_that_is_missed_is_said_of_each_design():
    told = missed_sentence(Language(), "service >= 90", 95, ["Silos", "Hybrid"], 3.0)
    assert told == (
        "For service >= 90 in 95 % of worlds: it is not reached with up to 3 times the staff by 'Silos' and "
        "by 'Hybrid'; there the target asks for more than staff can give."
    )


FIFTY, FORTY = Estimate(50.0, 49.0, 52.0), Estimate(40.0, 38.0, 41.0)
OPEN = Estimate(40.0, -np.inf, 41.0)


@pytest.mark.parametrize(
    ("needs", "words"),
    [
        (Needs(FIFTY, FORTY, True, found("cost", BETTER, -3.0)),
         "needs 10 fewer people (95 % interval 38 to 41, against 49 to 52); costs €3 less with that "
         "staff (95 % interval €2 to €4)"),
        (Needs(FORTY, FIFTY, True, found("cost", WORSE, 3.0)),
         "needs 10 more people (95 % interval 49 to 52, against 38 to 41); costs €3 more with that "
         "staff (95 % interval €2 to €4)"),
        (Needs(FIFTY, FIFTY, False, found("cost", NOTHING)),
         "cannot be told apart by staff (95 % interval 49 to 52, against 49 to 52); makes no difference that "
         "matters on cost"),
        (Needs(FIFTY, OPEN, False, found("cost", UNCLEAR)),
         "cannot be told apart by staff (95 % interval at most 41, against 49 to 52); is not distinguishable "
         "on cost"),
    ],
)  # fmt: skip
def test_needs_are_said_with_their_direction(needs, words):
    told = needs_sentence(Language(), "service >= 90", 95, NAMES, needs)
    assert told == f"For service >= 90 in 95 % of worlds, “Teams” {words}, against “Silos”."


def test_attainment_is_said_with_its_interval():
    told = attained_sentence(Language("fr"), {"Silos": (36, Estimate(90.0, 76.9, 96.0))}, 40)
    assert told == (
        "Avec cet effectif, des mondes nouveaux atteignent la cible\u00a0: «\u00a0Silos\u00a0» dans 36 "
        "mondes sur 40 (intervalle à 95\u00a0%\u00a0: de 77 à 96\u00a0%)."
    )


def test_verdicts_have_names_with_whom_they_are_about():
    words = verdict_words(Language(), "Teams", [BETTER])
    assert words == {
        BETTER: "Teams: better", WORSE: "Teams: worse", NOTHING: "no difference that matters",
        UNCLEAR: "not distinguishable",
    }  # fmt: skip
    assert verdict_words(Language(), "Teams", [None])[None] == "neither better nor worse"


def test_a_field_that_moves_no_bit_is_said_to_change_nothing():
    same = [Estimate(-3.0, -4.0, -2.0)] * 3
    told = turning_sentence(Language(), [1.0, 2.0, 3.0], same, "Teams")
    assert told == "It changes nothing: from 1 to 3 the difference is the same to the bit."
    moved = [*same[:2], Estimate(-3.1, -4.0, -2.0)]
    assert "has less all along" in turning_sentence(Language(), [1.0, 2.0, 3.0], moved, "Teams")
