"""The same service: the smallest staffing is the smallest, and nothing is claimed beyond reach."""

import pytest

import orgsim
from orgsim.errors import ScenarioError
from orgsim.experiments.runner import run_settings
from orgsim.experiments.same_service import parse_target, smallest_staffing, with_staff
from orgsim.scenario import load

SHORT = ("horizon.weeks=12", "frictions.handoff.transfer_hours=0.5")


def test_staff_keep_their_proportions():
    settings = with_staff(load("default"), 240)
    staff = [function.staff for function in settings.company.functions.values()]
    assert sum(staff) == 240
    assert staff == [24, 38, 20, 28, 16, 28, 40, 46]
    assert settings.people.overtime_cap == settings.people.temps_cap == 0
    few = [f.staff for f in with_staff(load("default"), 8).company.functions.values()]
    assert few == [1] * 8


def test_one_person_fewer_misses_the_target():
    settings, target = load("default", SHORT), parse_target("service_level>=90")
    found = smallest_staffing(settings, "silos", 3, target)
    staff = int(found.staff)
    assert target.met(run_settings(with_staff(settings, staff), "silos", 3))
    assert not target.met(run_settings(with_staff(settings, staff - 1), "silos", 3))
    assert found.cost > 0


def test_answer_names_people_and_euros():
    answer = orgsim.same_service("default", "service_level>=85", replications=2, overrides=SHORT)
    assert answer.reached("silos")
    assert answer.reached("teams")
    assert "For service_level >= 85, in 2 worlds, against 'Functional silos'" in answer.sentence()
    data = answer.to_dict()
    assert data["designs"]["teams"]["staff"]["mean"] < 200
    assert data["differences"]["teams"]["staff"]["verdict"] in (
        "lower", "higher", "equal", "not distinguishable"
    )  # fmt: skip


def test_out_of_reach_is_said_so():
    impossible = [f"case_types.{name}.promise=0.01" for name in load("default").case_types]
    answer = orgsim.same_service("default", replications=2, overrides=[*SHORT, *impossible])
    assert not answer.reached("silos")
    assert "cannot reach it" in answer.sentence()
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
