"""Fields that are set and change nothing are found, and no others."""

import pytest

from orgsim.answers.inert import inert_fields
from orgsim.scenario import Scenario, load
from orgsim.scenario.inheritance import written
from orgsim.scenario.loading import layers_of


def silent(*overrides, source="default"):
    """The fields of these overrides that change nothing, with the reasons."""
    found = inert_fields(load(source, overrides), written(layers_of(source, overrides)))
    return {field: str(why) for field, why in found}


SHAPE = "crisis={shape='v', depth=0.4}"
GHOST = "case_types.ghost={process='offer', promise=9, route=[{function='it', hours=1}]}"


@pytest.mark.parametrize(
    ("overrides", "field", "why"),
    [
        ((SHAPE, "crisis.aftermath_weeks=8"), "crisis.aftermath_weeks", ""),
        ((SHAPE, "crisis.processes=['offer']", "crisis.contacts={complaint=4}"),
         "crisis.contacts.complaint", ""),
        ((SHAPE, "crisis.contacts={ghost=4}", GHOST), "crisis.contacts.ghost", ""),
        (("crisis.novelty=3",), "crisis.novelty", ""),
        (("crisis.duration_weeks=3",), "crisis.duration_weeks", ""),
        (("segments.new={label='New', customers=0, share_of_prospects=0, revenue=5, needs={request=1}}",),
         "segments.new", ""),
        (("streams.none={case_type='request', per_week=0}",), "streams.none", ""),
        (("levers.x={practice='feedback', to=0.5, start_week=3, designs=[], cost=7}",), "levers.x", ""),
        (("rules.x={when='margin', below=3, then='freeze', designs=[]}",), "rules.x", ""),
        (("mechanisms.bounces=false", "frictions.handoff.bounce=0.2"), "frictions.handoff.bounce",
         "while mechanisms.bounces = false"),
        (("frictions.handoff.bounce=0", "frictions.handoff.repair=0.2"), "frictions.handoff.repair",
         "while frictions.handoff.bounce = 0"),
        (("mechanisms.staff_loss=false",), "mechanisms.staff_loss", ""),
        (("company.functions.hr={staff=9}", "designs.teams.shared=['hr']"), "designs.teams.shared", ""),
        (("company.functions.none={staff=0, pay=30}",), "company.functions.none.pay", ""),
        ((GHOST,), "case_types.ghost", ""),
        (("designs.teams.practices={exemplarity=0.5}", "market.reputation=0"),
         "designs.teams.practices.exemplarity", "while market.reputation = 0"),
        (("designs.silos.split_segments=[]", "designs.silos.transition={cost_per_person=9}"),
         "designs.silos.transition.cost_per_person", ""),
        (("company.functions.legal.staff=8", "case_types.request.route=[{function='it', hours=1, "
          "distribution='constant', cv=0.3}]"), "case_types.request.route.1.cv", ""),
    ],
)  # fmt: skip
def test_what_changes_nothing_is_named(overrides, field, why):
    found = silent(*overrides)
    assert found.get(field) == why, found


@pytest.mark.parametrize(
    "overrides",
    [
        (SHAPE, "crisis.contacts={complaint=4}", "crisis.aftermath_weeks=8", "crisis.remote_share=0.5"),
        ("crisis={shape='series', first_month='2019-03', change=[9], staff_loss=0.2, full_at=0.5}",),
        ("segments.new={customers=0, share_of_prospects=1, revenue=5, needs={request=1}}",),
        ("levers.x={practice='feedback', to=0.5, start_week=3, designs=['teams'], cost=7}",),
        ("rules.x={when='margin', below=3, then='cut', share=0.2}", "money.severance_months=0.5"),
        ("company.functions.hr={staff=9, pay=30, turnover=2}",),
        ("designs.teams.shared=['legal']", "designs.teams.chained_skills=true"),
        ("case_types.request.route=[{function='it', hours=1, distribution='gamma', cv=0.3, contact=0.2}]",),
        ("practices.automation=0.2", "case_types.request.automatable=false"),
        ("matters.satisfaction=0.5",),
        ("company.managers={span_of_control=5, pay=70, attention=0.2}", "horizon.warmup_weeks=4"),
    ],
)  # fmt: skip
def test_what_changes_something_is_not(overrides):
    assert silent(*overrides) == {}


def test_a_company_of_which_everything_counts_is_not_found_fault_with():
    found = silent(source="french-hospitality-2020")
    assert found == {}


@pytest.mark.parametrize("name", ["six-designs", "cost-cuts", "claims/h09-staged-or-big-bang"])
def test_trying_values_leaves_the_scenario_as_it_is(name):
    settings = load(name)
    before = settings.model_dump()
    inert_fields(settings, written(layers_of(name)))
    assert settings.model_dump() == before
    assert Scenario.model_validate(settings.model_dump(exclude_unset=True)) == settings
