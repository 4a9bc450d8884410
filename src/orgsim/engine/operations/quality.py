"""Defects: where they are made, who catches them, what they bring back."""

from orgsim.engine.operations.occasions import CATCH, DEFECT, draw, draw_again
from orgsim.engine.operations.state import NONE
from orgsim.kernel.compiled import compiled
from orgsim.mechanisms.defects import defect_chance, defects_expected, part_to_mend
from orgsim.mechanisms.pressure import pressed


@compiled
def leave_defects(core, slot, row):
    """An activity that member `row` has done may leave a defect."""
    rules = core.rules[0]
    case = core.cases[slot]
    step = core.steps[case.step]
    pool = core.pools[core.routes[case.step, case.segment]]
    care, speed = core.members[row].care, core.skill[row, step.function]
    expected = defects_expected(rules, step, case, pressed(rules, pool), pool.haste, care, speed)
    chance = defect_chance(rules, expected)
    if chance > 0.0 and draw(core, slot, DEFECT) < chance:
        record_defect(core, slot, expected)


@compiled
def record_defect(core, slot, expected):
    """A case carries its earliest open defect, and the part of the activity that this will have done again:
    so many are `expected` of an activity that leaves any, none besides it where it is known."""
    case = core.cases[slot]
    if case.defect_step == NONE:
        case.defect_step = case.step
        case.defect_part = part_to_mend(core.rules[0], core.steps[case.step], expected)
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
