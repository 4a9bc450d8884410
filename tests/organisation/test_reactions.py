"""Rules by which management reacts to the state."""

import pytest

from orgsim.errors import ScenarioError
from orgsim.organisation.reacting import Reactions, Situation
from orgsim.scenario import load
from orgsim.scenario.levers import Rule
from orgsim.simulation.schedule import Simulation


def run(rules, *overrides, levers=None, design="silos", weeks=60):
    tables = {"extends": "default", "rules": rules, "levers": levers or {}, "horizon": {"weeks": weeks}}
    simulation = Simulation(load(tables, overrides), design, 3)
    simulation.run()
    return simulation


def test_a_rule_waits_until_its_condition_has_held():
    reactions = Reactions({"x": Rule(when="backlog", above=1.0, for_weeks=3, then="freeze")})
    acted = [bool(reactions.acting(Situation(backlog=value))) for value in (2, 2, 0, 2, 2, 2, 2, 0)]
    assert acted == [False, False, False, False, False, True, True, False]


def test_a_cut_comes_once():
    reactions = Reactions({"x": Rule(when="satisfaction", below=50, for_weeks=1, then="cut")})
    assert [len(reactions.acting(Situation(satisfaction=40))) for _ in range(3)] == [1, 0, 0]


def test_the_margin_is_known_after_a_quarter():
    situation = Situation()
    for week in range(13):
        situation.close_week(100.0, 10.0, 0.0, 70.0, 100.0)
        assert (situation.margin == 10.0) == (week == 12)


def test_a_poor_margin_leads_to_a_cut():
    simulation = run(
        {"x": {"when": "margin", "below": 90, "for_weeks": 2, "then": "cut", "share": 0.1}},
        "people.turnover=0",
    )
    assert simulation.weekly["staff"][-1] == 108
    assert simulation.result().costs["severance"] > 0


def test_a_backlog_leads_to_mutual_aid():
    surge = ("crisis.preset=surge-one-process", "crisis.start_week=10", "people.temps_cap=0")
    helped = run(
        {"x": {"when": "backlog", "above": 0.05, "for_weeks": 1, "then": "mutual-aid"}},
        *surge,
        design="teams",
    )
    alone = run({}, *surge, design="teams")
    assert max(helped.weekly["backlog_hours"]) < max(alone.weekly["backlog_hours"])


def test_the_board_aborts_a_programme():
    lever = {
        "x": {
            "practice": "feedback",
            "to": 1.0,
            "start_week": 0,
            "ramp_weeks": 4,
            "cost_per_week": 100.0,
            "half_life_weeks": 2,
        }
    }
    rule = {"board": {"when": "margin", "below": 90, "for_weeks": 4, "then": "abort", "lever": "x"}}
    stopped, kept = run(rule, levers=lever), run({}, levers=lever)
    assert stopped.result().costs["programme"] < kept.result().costs["programme"]
    assert stopped.weekly["knowledge"][-1] < kept.weekly["knowledge"][-1]


def test_the_board_stops_a_staged_transition_where_it_is():
    lever = {
        "x": {
            "kind": "transition",
            "design": "teams",
            "start_week": 2,
            "wave_weeks": 20,
            "waves": [["experience"], ["acquisition"], ["offer"]],
        }
    }
    rule = {"board": {"when": "margin", "below": 90, "for_weeks": 1, "then": "abort", "lever": "x"}}
    assert run(rule, levers=lever).steering.stage.moved == pytest.approx(1 / 3)
    assert run({}, levers=lever).steering.stage.moved == 1.0


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ({"when": "margin", "then": "cut"}, "either `below` or `above`"),
        ({"when": "margin", "below": 1, "above": 2, "then": "cut"}, "either `below` or `above`"),
        ({"when": "margin", "below": 1, "then": "abort"}, "`lever` says what 'abort' ends"),
        ({"when": "margin", "below": 1, "then": "abort", "lever": "y"}, "rules.x.lever = 'y' is no lever"),
        ({"when": "margin", "below": 1, "then": "freeze", "share": 0.5}, "`share` has no effect"),
    ],
)
def test_rules_that_cannot_act_are_refused(rule, message):
    with pytest.raises(ScenarioError, match=message):
        load({"extends": "default", "rules": {"x": rule}})
