"""Defects: where they are made, who catches them, what they bring back."""

from orgsim.engine.operations.occasions import CATCH, DEFECT, draw, draw_again
from orgsim.engine.operations.state import NONE
from orgsim.kernel.compiled import compiled


@compiled
def defect_is_made(core, slot, row):
    """P(defect) = q0 · complexity · (1 + a(1−I)) · (1 + pressure) · haste · care ÷ proficiency, for
    the part done. `haste` is what time saved per case adds; `care` is what the member's knowledge,
    morale, tenure and rewards make of it."""
    rules = core.rules[0]
    case = core.cases[slot]
    step = core.steps[case.step]
    chance = rules.defect_rate * step.defect_factor
    if chance <= 0.0:
        return False
    pool = core.pools[core.routes[case.step, case.segment]]
    chance *= case.complexity * (1.0 + rules.defect_information * (1.0 - case.information))
    chance *= (1.0 + rules.defect_pressure * pool.pressure) * case.portion
    chance *= pool.haste * core.members[row].care / core.skill[row, step.function]
    return draw(core, slot, DEFECT) < chance


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
