"""Steering: the dated and the reacting decisions of management, carried out week by week."""

import math

import numpy as np

from orgsim.engine.operations.state import NONE, Core
from orgsim.engine.people.reorganisation import reorganise
from orgsim.engine.people.state import Staff
from orgsim.engine.people.turnover import dismiss
from orgsim.kernel.compiled import wrapping_keys
from orgsim.mechanisms.resistance import morale_lost
from orgsim.mechanisms.transition import transition_cost
from orgsim.organisation import Stage
from orgsim.organisation.acquaintance import bring_old_ties
from orgsim.organisation.applying import apply
from orgsim.organisation.cutting import chosen_places, reduce_leadership, severance
from orgsim.organisation.practices import ROW, PracticeCourse
from orgsim.organisation.reacting import Reactions, Situation
from orgsim.organisation.staff import contact_shares, unit_facts
from orgsim.organisation.tables import pools_of, stage_tables
from orgsim.scenario import Scenario
from orgsim.scenario.levers import Lever
from orgsim.working_time import HOURS_PER_WEEK

#: lines of the ledger that steering books
LINES = ("transition", "programme", "severance", "dual_running")


#: less than this of a manager is rounding
_NOBODY = 1e-9


class Steering:
    """What management has decided, and what it costs until the next closing of the books.

    Weeks count from the beginning of the measures."""

    def __init__(self, scenario: Scenario, design: str, stages: tuple[Stage, ...], warmup: int):
        self.scenario = scenario
        self.stages = stages
        self.levers: dict[str, Lever] = {
            key: lever
            for key, lever in scenario.levers.items()
            if lever.designs == "all" or design in lever.designs
        }
        self.reactions = Reactions(
            {
                key: rule
                for key, rule in scenario.rules.items()
                if rule.designs == "all" or design in rule.designs
            }
        )
        self.practices = PracticeCourse(scenario, self.levers, stages[0])
        self.situation = Situation()
        self.costs = dict.fromkeys(LINES, 0.0)
        self.frozen = False
        self._warmup = warmup
        self._at = 0
        self._applied = False
        self._cut_by_crises = 0
        self._aborted: set[str] = set()
        #: the part of the managers and of the coordinators that cuts aimed at overhead have left
        self.overhead = 1.0
        self._old_managers: list[tuple[int, float]] = []  # (until week, €/week)
        functions = list(scenario.company.functions.values())
        self._pay = np.array([function.pay for function in functions])

    @property
    def stage(self) -> Stage:
        """The stage that the organisation is in."""
        return self.stages[self._at]

    def take_costs(self) -> dict[str, float]:
        """The costs decided since last asked."""
        costs, self.costs = self.costs, dict.fromkeys(LINES, 0.0)
        return costs

    def act(self, core: Core, staff: Staff, week: int, remote: float, cut: float) -> None:
        """Carry out what is decided for the week that begins, counted from the start of the run. `remote`
        is the least share of remote work, `cut` the share of the staff of the start that crises have made
        to be cut by now."""
        since = week - self._warmup
        if since == 0 and not self.stages[0].structure.design.incumbent:
            self._begin_in_a_new_design(core, staff)
        acting = self.reactions.acting(self.situation) if self.reactions else []
        for rule in acting:
            if rule.then == "abort" and rule.lever is not None:
                self._aborted.add(rule.lever)
                self.practices.end(rule.lever, since)
        self._reorganise(core, staff, since)
        for rule in acting:
            if rule.then == "cut":
                self._cut(core, staff, week, rule.share, np.ones(len(self._pay), bool))
        self._cut_to(cut, core, staff, week)
        for key, lever in self.levers.items():
            self._pull(key, lever, core, staff, since, week)
        self.frozen = any(rule.then == "freeze" for rule in acting) or any(
            lever.kind == "freeze" and _is_on(lever, since) and key not in self._aborted
            for key, lever in self.levers.items()
        )
        if self.practices.advance(since, self.stage, remote) or not self._applied:
            apply(self.scenario, self.practices, core, staff)
            self._applied = True
        if any(rule.then == "mutual-aid" for rule in acting):
            core.rules["mutual_aid"] = 1.0
            self._applied = False
        self._pay_old_managers(since)

    # moving to another design

    def _begin_in_a_new_design(self, core: Core, staff: Staff) -> None:
        """The design begins with the measures: the place is new of everybody who does not sit apart."""
        structure = self.stages[0].structure
        places = ~structure.apart[structure.member_unit]
        people = int(places.sum())
        on_duty = staff.seats["member"][places & (staff.seats["member"] >= 0)]
        staff.persons["strange"][on_duty] = 1.0
        morale = staff.persons["morale"]
        morale[on_duty] = np.maximum(0.0, morale[on_duty] - self._shock(1.0))
        bring_old_ties(self.scenario, structure, core, staff.seats)
        self.costs["transition"] += transition_cost(structure.design.transition, people)

    def _shock(self, share_moved: float) -> float:
        """Morale lost by whoever moves."""
        sponsorship = float(self.practices.now[ROW["sponsorship"]].max())
        return morale_lost(self.scenario, share_moved, sponsorship)

    def _following(self, since: int) -> int | None:
        """The next stage whose week has come. What an aborted transition had still to do falls away; a
        later one was laid out from where that would have led, and is made whole in its last wave."""
        astray = self.stage.lever in self._aborted and self.stage.moved < 1.0
        for at in range(self._at + 1, len(self.stages)):
            stage = self.stages[at]
            if stage.lever in self._aborted:
                astray = True
            elif stage.week > since:
                return None
            elif stage.moved == 1.0 or not astray:
                return at
        return None

    def _reorganise(self, core: Core, staff: Staff, since: int) -> None:
        while (at := self._following(since)) is not None:
            following = self.stages[at]
            before = self.stage.structure
            leading = _leadership(core)
            structure = following.structure
            movable = ~structure.apart[structure.member_unit]
            share = float((before.member_unit != structure.member_unit).sum() / max(1, movable.sum()))
            self._teach(core, staff, structure.abilities)
            moved = reorganise(
                core, staff, stage_tables(self.scenario, structure, core), structure.member_unit,
                pools_of(structure, core.pools), structure.groups.of, self._shock(share),
            )  # fmt: skip
            staff.units["ownership"] = unit_facts(self.scenario, structure)["ownership"]
            reduce_leadership(core, 1.0 - self.overhead)
            self._at = at
            target = self.scenario.designs[following.target]
            self.costs["transition"] += transition_cost(target.transition, moved)
            lever = self.levers[following.lever]
            dissolved = math.fsum(np.maximum(0.0, leading - _leadership(core)))
            if dissolved > _NOBODY and lever.dual_running_weeks:
                weekly = dissolved * self.scenario.company.managers.pay * HOURS_PER_WEEK
                self._old_managers.append((since + lever.dual_running_weeks, weekly))

    def _teach(self, core: Core, staff: Staff, abilities: tuple[tuple[int, ...], ...]) -> None:
        """People learn what a new place asks of them, at the level of a second skill."""
        level = self.scenario.people.second_skill
        exponent = float(staff.rules["learning_exponent"][0])
        known = level ** (1.0 / exponent) if exponent > 0 else level
        for place, able in enumerate(abilities):
            row = int(staff.seats["member"][place])
            for function in able[1:]:
                for holder in {place, row} - {-1}:
                    if staff.base[holder, function] == 0.0:
                        staff.base[holder, function] = core.skill[holder, function] = level
                        staff.experience[holder, function] = self.scenario.people.mastery_hours * known

    def _pay_old_managers(self, since: int) -> None:
        self.costs["dual_running"] += math.fsum(cost for until, cost in self._old_managers if since < until)

    # cuts, levers, reactions

    def _cut(
        self, core: Core, staff: Staff, week: int, share: float, functions: np.ndarray,
        visibility: np.ndarray | None = None,
    ) -> None:  # fmt: skip
        money = self.scenario.money
        places = chosen_places(staff, share, functions, visibility)
        self.costs["severance"] += severance(
            core, staff, places, week, self._pay, money.years_of_service, money.severance_months,
            money.severance_months_later,
        )  # fmt: skip
        with wrapping_keys():
            dismiss(core, staff, places)

    def _cut_to(self, share: float, core: Core, staff: Staff, week: int) -> None:
        """The cut that a crisis asks for, as whole places of those of the start; each is asked for once."""
        due = round(share * len(staff.seats)) - self._cut_by_crises
        if due > 0 and (still_open := int((staff.seats["closed"] == 0).sum())):
            self._cut_by_crises += due
            self._cut(core, staff, week, due / still_open, np.ones(len(self._pay), bool))

    def _pull(self, key: str, lever: Lever, core: Core, staff: Staff, since: int, week: int) -> None:
        """What a lever costs this week, and what it does at once."""
        if key in self._aborted:
            return
        if since == lever.start_week:
            functions = list(self.scenario.company.functions)
            concerned = np.array([lever.functions == "all" or name in lever.functions for name in functions])
            people = int(concerned[staff.seats["function"]][staff.seats["closed"] == 0].sum())
            self.costs["programme"] += lever.cost + lever.cost_per_person * people
            if lever.kind == "cut" and lever.aim == "overhead":
                reduce_leadership(core, lever.share)
                self.overhead *= 1.0 - lever.share
            elif lever.kind == "cut":
                visible = None
                if lever.aim == "least-visible":
                    remote = self.practices.now[ROW["remote_share"]]
                    contact = contact_shares(self.scenario)
                    visible = contact + (1.0 - contact) * (1.0 - remote)
                self._cut(core, staff, week, lever.share, concerned, visible)
            if lever.kind == "training":
                self._train(core, staff, concerned)
        if _is_on(lever, since):
            self.costs["programme"] += lever.cost_per_week

    def _train(self, core: Core, staff: Staff, concerned: np.ndarray) -> None:
        """Everybody concerned learns the next function of the unit: a chain of skills."""
        seats = staff.seats
        chain: dict[tuple[int, int], int] = {}
        for unit in np.unique(seats["unit"]):
            here = np.unique(seats["function"][seats["unit"] == unit])
            for function, following in zip(here, np.roll(here, -1), strict=True):
                chain[int(unit), int(function)] = int(following)
        abilities = [
            (int(seat["function"]), chain[int(seat["unit"]), int(seat["function"])])
            if concerned[seat["function"]]
            else (int(seat["function"]),)
            for seat in seats
        ]
        self._teach(core, staff, tuple(abilities))


def _leadership(core: Core) -> np.ndarray:
    """Managers by unit, those above the units last, in time (persons); owners of processes apart. Nodes are
    others' from one stage to the next, units are not."""
    nodes = core.nodes[core.nodes["is_owner"] == 0]
    units = int(nodes["led_unit"].max()) + 1
    where = np.where(nodes["led_unit"] == NONE, units, nodes["led_unit"])
    return np.bincount(where, weights=nodes["leadership"], minlength=units + 1)


def _is_on(lever: Lever, since: int) -> bool:
    """Whether a lever is kept up in a week."""
    end = float("inf") if lever.lasts_weeks is None else lever.start_week + lever.lasts_weeks
    return lever.start_week <= since < end
