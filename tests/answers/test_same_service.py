"""The same service: the smallest staffing is the smallest, and nothing is claimed beyond reach."""

import pytest

import orgsim
from orgsim.answers.same_service import (
    in_proportion,
    parse_target,
    smallest_in_proportion,
    smallest_staffing,
    with_staff,
)
from orgsim.errors import ScenarioError
from orgsim.scenario import load
from orgsim.simulation.runner import run_settings

SHORT = ("horizon.weeks=12", "frictions.handoff.transfer_hours=0.5")


def test_staff_keep_their_proportions():
    settings = load("default")
    assert list(in_proportion(settings, 240).values()) == [24, 38, 20, 28, 16, 28, 40, 46]
    assert list(in_proportion(settings, 8).values()) == [1] * 8
    sized = with_staff(settings, in_proportion(settings, 240))
    assert sum(function.staff for function in sized.company.functions.values()) == 240
    assert sized.people.overtime_cap == sized.people.temps_cap == 0


def test_people_without_work_stay_as_many_as_they_are():
    """They serve nobody: to take them away would make every staffing look smaller."""
    apart = load("default", [*SHORT, "company.functions.hr={staff=100}"])
    for total in (108, 160, 400):
        staff = in_proportion(apart, total)
        assert staff.pop("hr") == 100
        assert staff == in_proportion(load("default", SHORT), total - 100)
    whole, target = load("default", SHORT), parse_target("satisfaction>=50")
    least, with_them = (smallest_staffing(settings, "silos", 3, target) for settings in (whole, apart))
    assert with_them.functions == least.functions | {"hr": 100}


def test_nobody_can_go_without_missing_the_target():
    settings, target = load("default", SHORT), parse_target("weakest_service>=80")
    found = smallest_staffing(settings, "silos", 3, target)
    assert found.staff == sum(found.functions.values()) < 120
    assert target.met(run_settings(with_staff(settings, found.functions), "silos", 3))
    for key, number in found.functions.items():
        if number > 1:
            fewer = with_staff(settings, found.functions | {key: number - 1})
            assert not target.met(run_settings(fewer, "silos", 3)), key


def test_trimming_function_by_function_saves_people():
    settings, target = load("default", SHORT), parse_target("weakest_service>=80")

    def attempt(staff):
        return run_settings(with_staff(settings, staff), "teams", 3)

    staff, _ = smallest_in_proportion(settings, attempt, target)
    assert smallest_staffing(settings, "teams", 3, target).staff < sum(staff.values())


def test_answer_names_people_and_euros():
    answer = orgsim.same_service("default", "weakest_service>=75", replications=2, overrides=SHORT)
    assert answer.reached("silos")
    assert answer.reached("teams")
    told = answer.sentence()
    assert told.startswith("For weakest_service >= 75, in 2 worlds, “Process teams” ")
    assert told.endswith(", against “Functional silos”.")
    data = answer.to_dict()
    assert data["designs"]["teams"]["staff"]["mean"] < 200
    assert data["differences"]["teams"]["staff"]["verdict"] in (
        "lower", "higher", "equal", "not distinguishable"
    )  # fmt: skip


def test_out_of_reach_is_said_so():
    impossible = [f"case_types.{name}.promise=0.01" for name in load("default").case_types]
    answer = orgsim.same_service("default", replications=2, overrides=[*SHORT, *impossible])
    assert not answer.reached("silos")
    assert "it is not reached" in answer.sentence()
    assert "by 'Functional silos' in 2 of 2 worlds" in answer.sentence()
    assert answer.to_dict()["designs"]["silos"]["staff"]["mean"] is None


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("service_level", "write a measure"),
        ("happiness>=3", "'happiness' is no measure"),
        ("service_level>=--3", "is no number"),
    ],
)
def test_bad_targets_are_refused(target, message):
    with pytest.raises(ScenarioError, match=message):
        orgsim.same_service("default", target)
