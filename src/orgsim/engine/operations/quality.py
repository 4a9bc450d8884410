"""Defects: where they are made, who catches them, what they bring back."""

from orgsim.engine.operations.occasions import CATCH, DEFECT, draw, draw_again
from orgsim.engine.operations.state import NONE
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.defects import defect_chance
from orgsim.mechanisms.pressure import pressed


@compiled
def defect_is_made(core, slot, row):
    """Whether an activity leaves a defect."""
    rules = core.rules[0]
    case = core.cases[slot]
    step = core.steps[case.step]
    pool = core.pools[core.routes[case.step, case.segment]]
    care, speed = core.members[row].care, core.skill[row, step.function]
    chance = defect_chance(rules, step, case, pressed(rules, pool), pool.haste, care, speed)
    return chance > 0.0 and draw(core, slot, DEFECT) < chance


@compiled
def record_defect(core, slot):
    """A case carries its earliest open defect."""
    case = core.cases[slot]
    if case.defect_step == NONE:
        case.defect_step = case.step
        core.tallies[case.type].defects += 1


@compiled
def defect_is_caught(core, slot, member_row):
    """Fresh eyes: whoever takes over from another person finds an open defect with chance `catch`."""
    case = core.cases[slot]
    if case.defect_step == NONE or case.defect_step == case.step:
        return False
    maker = core.visits[slot, case.defect_step - core.types[case.type].first].member
    if maker == member_row:
        return False
    return draw_again(core, slot, CATCH, case.reworks) < core.rules[0].catch
