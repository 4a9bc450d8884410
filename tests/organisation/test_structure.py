"""Designs made concrete: everybody sits somewhere, every activity has a doer, managers follow the span."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgsim.errors import DesignError
from orgsim.organisation import build, core_for, stages
from orgsim.organisation.structure import NOBODY
from orgsim.organisation.tables import coordination_share
from orgsim.organisation.workload import largest_remainder
from orgsim.scenario import load

COUNTS = st.lists(st.floats(0, 1e6), min_size=1, max_size=8)


@given(st.integers(0, 5000), COUNTS)
def test_largest_remainder_gives_every_quota_to_within_one(total, weights):
    weights = np.array(weights)
    seats = largest_remainder(total, weights)
    if weights.sum() <= 0:
        assert seats.sum() == 0
        return
    assert seats.sum() == total
    assert (np.abs(seats - total * weights / weights.sum()) < 1 + 1e-6).all()


def structures():
    settings = load("default")
    return settings, build(settings, "silos"), build(settings, "teams")


def test_both_designs_have_the_same_people():
    settings, silos, teams = structures()
    staff = [function.staff for function in settings.company.functions.values()]
    for structure in (silos, teams):
        assert np.bincount(structure.member_function).tolist() == staff
    assert silos.abilities == teams.abilities


def test_silos_are_functions_and_teams_are_processes():
    settings, silos, teams = structures()
    labels = [function.label for function in settings.company.functions.values()]
    assert [unit.name for unit in silos.units] == labels
    assert [unit.name for unit in teams.units] == ["Acquisition", "Offer", "Experience"]


def test_every_activity_of_a_team_can_be_done_in_it():
    settings, _, teams = structures()
    functions, processes = list(settings.company.functions), list(settings.processes)
    for case_type in settings.case_types.values():
        for activity in case_type.route:
            function = functions.index(activity.function)
            units = teams.unit_of[function, processes.index(case_type.process)]
            for unit in units:
                inside = (teams.member_unit == unit) & (teams.member_function == function)
                assert inside.any()


def test_people_are_spread_in_proportion_to_the_work():
    settings = load("verification/three-functions")
    teams = build(settings, "teams")
    assert teams.sizes.tolist() == [4, 4, 4]


def test_leadership_is_time_by_one_span_of_control():
    _, silos, teams = structures()
    for structure in (silos, teams):
        units = len(structure.units)
        assert structure.leadership[:units] == pytest.approx(structure.sizes / 10)
        assert structure.leadership[units] == pytest.approx(structure.sizes.sum() / 10 / 10)
        assert (structure.parents[:units] == units).all()
        assert structure.parents[-1] == NOBODY
    many = build(load("default", ["company.managers.span_of_control=3"]), "silos")
    assert len(many.parents) == 8 + 3 + 1
    assert many.leadership.sum() == pytest.approx(120 / 3 + 120 / 9 + 120 / 27)
    assert many.parents[many.parents[0]] == len(many.parents) - 1


def test_no_design_saves_or_costs_a_manager_by_rounding():
    """Whoever leads 120 people takes 12 managers' time, in how many units ever."""
    company = load("default", ["designs.one={group_by='units', units=[{name='All'}]}"])
    found = [build(company, name) for name in ("silos", "teams", "one")]
    assert [structure.leadership[: len(structure.units)].sum() for structure in found] == pytest.approx(
        [12.0, 12.0, 12.0]
    )


def test_the_lowest_common_superior_arbitrates():
    settings = load("default", ["company.managers.span_of_control=3"])
    structure = build(settings, "silos")
    arbiters = core_for(settings, stages(settings, "silos")).arbiters
    assert (np.diag(arbiters) == np.arange(8)).all()
    assert arbiters[0, 1] == structure.parents[0]
    assert arbiters[0, 7] == len(structure.parents) - 1
    assert (arbiters == arbiters.T).all()


def test_coordination_is_pairs_inside_and_interfaces_outside():
    settings, silos, teams = structures()
    rule = settings.frictions.coordination
    for structure in (silos, teams):
        hours = rule.pair_hours * (structure.sizes - 1) + rule.interface_hours * structure.interfaces
        assert coordination_share(settings, structure) == pytest.approx(hours / 40)
    assert teams.interfaces.tolist() == [0, 0, 0]
    assert silos.interfaces.tolist() == [4, 5, 3, 4, 5, 3, 6, 4]


def test_a_shared_function_is_one_pool():
    teams = build(load("default", ["designs.teams.shared=['legal','finance']"]), "teams")
    assert [unit.name for unit in teams.units][3:] == ["Legal & risk", "Finance & billing"]
    assert teams.sizes[3:].tolist() == [8, 14]
    assert (teams.interfaces[3:] > 0).all()


def test_a_function_too_small_to_split_is_shared_or_learned():
    few = "company.functions.legal.staff=2"
    shared = build(load("default", [few]), "teams")
    assert [unit.name for unit in shared.units][-1] == "Legal & risk"
    cross = load("default", [few, "designs.teams.small_functions='cross-train'"])
    structure = build(cross, "teams")
    assert len(structure.units) == 3
    legal = list(cross.company.functions).index("legal")
    for unit in range(3):
        able = [
            legal in abilities
            for abilities, home in zip(structure.abilities, structure.member_unit, strict=True)
            if home == unit
        ]
        assert any(able)


@pytest.mark.parametrize(
    ("overrides", "message"),
    [
        (["designs.own.units=[{name='Front', processes=['acquisition']}]"],
         "no unit does finance in experience.*add 'finance'"),
        (["designs.own.units=[{name='A'}, {name='B'}]"], "A and B all do finance in acquisition"),
        (["designs.own.units=[{name='A'}]", "company.functions.legal.staff=0"],
         "company.functions.legal.staff = 0, but routes need it"),
    ],
)  # fmt: skip
def test_contradictory_designs_are_refused(overrides, message):
    settings = load("default", ["designs.own.group_by=units", *overrides])
    with pytest.raises(DesignError, match=message):
        build(settings, "own")


HR = "company.functions.hr={label='HR', staff=100, pay=40}"


@pytest.mark.parametrize("design", ["silos", "matrix", "teams", "chained", "by-segment", "own", "listed"])
def test_people_without_work_sit_apart_alike_in_every_design(design):
    """A department of the staff list that no route uses changes nobody else's place, superior or load."""
    own = (
        "designs.own={group_by='units', units=[{name='A', segments=['small']}, "
        "{name='B', segments=['medium', 'key']}]}",
    )
    functions = [*load("default").company.functions]
    listed = f"designs.listed={{group_by='units', units=[{{name='All', functions={functions}}}]}}"
    more = "designs.listed.units=[{name='All', functions=%s}, {name='Staff', functions=['hr'], managers=1}]"
    without = load("six-designs", [*own, listed])
    with_them = load("six-designs", [*own, listed, HR, more % functions])
    before, after = build(without, design), build(with_them, design)
    assert [unit.name for unit in after.units] == [*(unit.name for unit in before.units), "HR"]
    assert after.apart.tolist() == [False] * len(before.units) + [True]
    assert np.array_equal(after.unit_of[:-1], before.unit_of)
    assert np.array_equal(after.member_unit[:-100], before.member_unit)
    assert (after.member_unit[-100:] == len(before.units)).all()
    assert after.abilities[:-100] == before.abilities
    units = len(before.units)
    expected = [*before.leadership[:units], 10, *before.leadership[units:]]
    assert after.leadership == pytest.approx(np.array(expected))
    assert after.parents[units] == NOBODY
    assert after.interfaces[-1] == after.ownership[-1] == 0


def test_people_without_work_first_in_the_list_teach_nobody():
    before = load("default")
    tables = before.model_dump(exclude_unset=True)
    own = {"staff": 3, "pay": 40}
    tables["company"]["functions"] = {"hr": own} | tables["company"]["functions"]
    found = build(load(tables), "teams").abilities[3:]
    assert [tuple(f - 1 for f in able) for able in found] == list(build(before, "teams").abilities)


def test_a_function_whose_cases_come_as_repeats_only_has_work():
    """No segment needs it and no stream brings it, but defects do."""
    settings = load("default", ["case_types.request.repeat_as=second",
                                "case_types.second={process='acquisition', route=[{function='hr', hours=1}]}",
                                HR])  # fmt: skip
    structure = build(settings, "teams")
    assert not structure.apart.any()
    hr = list(settings.company.functions).index("hr")
    assert structure.unit_of[hr, 0, 0] == structure.member_unit[-1]
    assert build(load(settings, ["mechanisms.defects=false"]).effective(), "teams").apart.any()


def test_unknown_design_is_refused():
    with pytest.raises(DesignError, match="this scenario has: silos, teams"):
        build(load("default"), "matrix")


def test_a_design_of_ones_own_needs_no_code():
    settings = load(
        "default",
        ["designs.regions={group_by='units', units=[{name='Small', segments=['small']}, "
         "{name='Large', segments=['medium', 'key']}]}"],
    )  # fmt: skip
    structure = build(settings, "regions")
    assert [unit.name for unit in structure.units] == ["Small", "Large"]
    assert structure.sizes.sum() == 120
