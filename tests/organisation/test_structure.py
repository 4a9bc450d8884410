"""Designs made concrete: everybody sits somewhere, every activity has a doer, managers follow the span."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mechanisms.equations import plain
from orgsim.engine.operations import arbitration
from orgsim.errors import DesignError
from orgsim.organisation import build, core_for, stages
from orgsim.organisation.structure import NOBODY
from orgsim.organisation.workload import largest_remainder
from orgsim.scenario import load

common_superior = plain(arbitration.common_superior)
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
    """A department of 12 is two groups of 6, which take 0.6 of a manager each, and their superior takes 0.2;
    one of 10 is a group by itself."""
    _, silos, teams = structures()
    assert silos.sizes.tolist() == [12, 19, 10, 14, 8, 14, 20, 23]
    assert silos.managers == pytest.approx([1.4, 2.1, 1.0, 1.6, 0.8, 1.6, 2.2, 2.6])
    assert teams.sizes.tolist() == [33, 24, 63]
    assert teams.managers == pytest.approx([3.3 + 0.4, 2.4 + 0.3, 6.3 + 0.7])
    for structure, top in ((silos, 0.8), (teams, 0.3)):
        units, tree = len(structure.units), structure.hierarchy
        assert (tree.parents[:units] == len(tree.parents) - 1).all()
        assert tree.parents[-1] == NOBODY
        assert tree.leadership[-1] == pytest.approx(top)
    many = build(load("default", ["company.managers.span_of_control=3"]), "silos").hierarchy
    # 43 groups of at most 3, 17 superiors of these in units of more than three, 8 of units, 3 and the top
    assert len(many.heads) == 4 + 7 + 4 + 5 + 3 + 5 + 7 + 8
    assert len(many.parents) == 43 + 17 + 8 + 3 + 1
    assert many.leadership.sum() == pytest.approx((120 + len(many.parents) - 1) / 3)
    assert many.parents[many.parents[0]] == len(many.parents) - 1


def test_no_design_saves_or_costs_a_manager_by_rounding():
    """Whoever leads 120 people in groups takes 12 managers' time, in how many units and groups ever, and
    whoever leads those a tenth of it for each."""
    company = load("default", ["designs.one={group_by='units', units=[{name='All'}]}"])
    for name in ("silos", "teams", "one"):
        tree = build(company, name).hierarchy
        assert tree.leadership[tree.heads].sum() == pytest.approx(12.0)
        led = (tree.parents != NOBODY).sum()
        assert tree.leadership.sum() == pytest.approx(12.0 + led / 10)


def test_the_lowest_common_superior_arbitrates():
    settings = load("default", ["company.managers.span_of_control=3"])
    structure = build(settings, "silos")
    core = core_for(settings, stages(settings, "silos"))
    readable = core._replace(nodes=core.nodes.view(np.recarray))
    tree, groups = structure.hierarchy, structure.groups

    def arbiter(one, other):
        found = common_superior(readable, one, other)
        assert found == common_superior(readable, other, one)
        return found

    assert [arbiter(unit, unit) for unit in range(8)] == list(range(8))
    assert arbiter(0, 1) == tree.parents[0]
    assert arbiter(0, 7) == len(tree.parents) - 1
    # in the department of 12 two groups of 3 have a head, and the four of them have that of the department
    heads = tree.heads[groups.unit == 0]
    assert arbiter(heads[0], heads[1]) == tree.parents[heads[0]] == tree.parents[heads[1]]
    assert arbiter(heads[0], heads[2]) == arbiter(heads[0], 0) == 0
    assert arbiter(heads[0], tree.parents[heads[0]]) == tree.parents[heads[0]]
    # groups of two departments under the same superior, and of two that meet at the top
    sales, service = tree.heads[groups.unit == 1][0], tree.heads[groups.unit == 7][0]
    assert arbiter(heads[0], sales) == tree.parents[0]
    assert arbiter(heads[0], service) == len(tree.parents) - 1


def test_coordination_is_colleagues_in_the_group_and_ways_out_of_it():
    settings, silos, teams = structures()
    for structure, name in ((silos, "silos"), (teams, "teams")):
        pools = core_for(settings, stages(settings, name)).pools
        for pool in pools:
            place = pool["function"], pool["unit"]
            hours = 0.08 * structure.colleagues[place] + 3.2 * structure.reach[place]
            assert pool["coordination"] == pytest.approx(hours / 40)
    # two groups of 6 in marketing; of 60 enquiries, 3 campaigns and 4 changes a week 71 of 134 ways lead out,
    # and one campaign comes from a change
    marketing = core_for(settings, stages(settings, "silos")).pools[0]
    assert marketing["coordination"] == pytest.approx((5 * 0.08 + 72 / 134 * 3.2) / 40, rel=1e-3)


def test_departments_spend_seven_per_cent_of_their_time_on_coordination_in_calm():
    """What `interface_hours` was set by."""
    settings = load("default")
    pools = core_for(settings, stages(settings, "silos")).pools
    assert np.average(pools["coordination"], weights=pools["places"]) == pytest.approx(0.07, abs=0.005)


def test_units_exchange_cases_with_those_next_on_a_route():
    _, silos, teams = structures()
    assert teams.interfaces.tolist() == [2, 2, 2]  # by cases that follow from each other
    assert silos.interfaces.tolist() == [4, 5, 4, 4, 5, 4, 6, 4]


def test_departments_are_near_inside_and_across_the_firm_from_each_other():
    _, silos, teams = structures()
    for structure, sizes in ((silos, [12, 19, 10, 14, 8, 14, 20, 23]), (teams, [33, 24, 63])):
        expected = np.ones((len(sizes), len(sizes)))
        np.fill_diagonal(expected, np.array(sizes) / 120)
        assert structure.distances == pytest.approx(expected)
        assert structure.near == pytest.approx(structure.groups.sizes / 120)


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
    units, groups = len(before.units), len(before.groups.unit)
    # ten groups of ten and who is above them, with no superior; nobody else's superior or time changes
    assert after.managers == pytest.approx(np.array([*before.managers, 11]))
    tree, others = after.hierarchy, after.hierarchy.unit != units
    assert tree.parents[units] == NOBODY
    assert tree.leadership[others] == pytest.approx(before.hierarchy.leadership)
    places = {int(node): row for row, node in enumerate(np.flatnonzero(others))} | {NOBODY: NOBODY}
    assert [places[int(node)] for node in tree.parents[others]] == before.hierarchy.parents.tolist()
    assert np.array_equal(after.groups.of[:-100], before.groups.of)
    assert np.array_equal(after.near[:groups], before.near)
    assert np.array_equal(after.distances[:-1, :-1], before.distances)
    assert np.array_equal(after.colleagues[:-1, :-1], before.colleagues)
    assert np.array_equal(after.reach[:-1, :-1], before.reach)
    assert after.interfaces[-1] == after.ownership[-1] == after.reach[:, -1].sum() == 0


def test_a_division_that_counts_people_without_work_in_is_no_wider_for_them():
    divided = "designs.silos.divisions={back=%s}"
    before = build(load("default", [divided % "['IT', 'Operations']"]), "silos")
    after = build(load("default", [HR, divided % "['IT', 'HR', 'Operations']"]), "silos")
    assert before.distances[3, 6] == pytest.approx((14 + 20) / 120)
    assert np.array_equal(after.distances[:-1, :-1], before.distances)
    assert after.hierarchy.parents[8] == NOBODY


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
