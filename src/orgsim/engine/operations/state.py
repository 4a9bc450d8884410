"""The arrays on which the compiled core works: one record array per noun, in one NamedTuple.

`organisation/` fills the tables (steps, types, routes, pools, nodes, members, skill, groups, distances),
`world/` fills the arrivals, and the kernel writes all the rest. Mechanisms bring their own fields of rules,
pools and members (see `mechanisms/`). Hours are working hours since the start.
Rows of members and nodes are never reused. Case rows are: a slot belongs to a case from its opening
to its close, when its record goes to `closed`, so that memory stays flat however long the run.
"""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from orgsim.kernel.policies import Policies
from orgsim.mechanisms.catalogue import POOLS, RULES_OF, STATE_OF

NONE = -1

# states of a case
FREE, DORMANT, IN_QUEUE, IN_WORK, IN_TRANSIT, IN_ARBITRATION = range(6)
# what is being done to a case
WORK, REWORK, REPAIR, TRIAGE = range(4)
# kinds of event, in the order in which simultaneous events happen
WORK_ENDS, TRANSFER_ENDS, DECISION_ENDS, PATIENCE_ENDS, CONTACT_RETURNS, DESK_FREES, CASE_FOLLOWS = range(7)
# status of a member
# (temporary staff who are not called, people who are absent, who leave after the job in hand, who are gone)
PERMANENT, TEMPORARY, OFF_DUTY, ABSENT, LEAVING, GONE = range(6)

# what becomes of a case after an event; a number ≥ 0 is the step that it is sent to
HELD, BEGINS, FOLLOWS, ARRIVES, FORWARD, KEPT, CLOSES, GIVEN_UP = range(-1, -9, -1)

#: the friction ledger: every hour is booked to exactly one of these lines
LINES = (
    "value_adding",
    "familiarisation",
    "queue",
    "transfer",
    "arbitration",
    "bounce",
    "rework",
    "failure_demand",
    "coordination",
    "idle",
)
(
    VALUE,
    FAMILIARISATION,
    QUEUE,
    TRANSFER,
    ARBITRATION,
    BOUNCE,
    REWORKING,
    FAILURE,
    COORDINATION,
    IDLE,
) = range(len(LINES))

#: cycle times are counted in geometric bins: bin b holds [CYCLE_MIN·r^b, CYCLE_MIN·r^(b+1))
CYCLE_BINS, CYCLE_MIN, CYCLE_RATIO = 400, 1e-3, 1.05


def _record(fields: Mapping[str, type]) -> np.dtype:
    return np.dtype((np.record, list(fields.items())))


def _fields(kind: type, names: str) -> dict[str, type]:
    return dict.fromkeys(names.split(), kind)


F, N, U = np.float64, np.int64, np.uint64
#: what there are many of has small integers, in even numbers, so that numbers of 8 bytes stay aligned
S = np.int32

CLOCK = _record(
    _fields(F, "now until area area_at fading")
    | _fields(N, "hole agenda_size next_arrival arrivals closed free open_cases most_follow_ons")
)
#: what mechanisms read, each its own
RULES = _record(dict.fromkeys(RULES_OF["operations"], F))
STEP = _record(
    _fields(N, "function family return_to type")
    | _fields(F, "hours spread exception_factor defect_factor return_probability")
)
TYPE = _record(
    _fields(
        N,
        """first last repeat_as process automatable is_experiment is_complaint wins_customer
        follows_from follows_to""",
    )
    | _fields(F, "complexity_spread patience promise")
)
FOLLOW = _record(_fields(N, "type cases") | _fields(F, "chance lag inherits"))
POOL = _record(
    _fields(N, "unit function head tail waiting idle_head idle_tail idle help_from help_to places")
    | _fields(F, "pressure")
    | dict.fromkeys((*STATE_OF["pool"], *POOLS), F)
)
GROUP = _record(_fields(N, "unit head people") | _fields(F, "near"))
NODE = _record(
    _fields(N, "parent depth led_unit managers idle head tail waiting case_worker case_owner is_owner")
    | _fields(F, "leadership attention hours decisions")
)
MEMBER = _record(
    _fields(S, "pool unit group function status case last_type next prev account idle")
    | _fields(F, "pace overtime coordination booked started familiar_share busy_hours care joined_at left_at")
    | dict.fromkeys(STATE_OF["member"], F)
)
#: the fields that every activity touches come first, to share few cache lines
CASE = _record(
    _fields(U, "key")
    | _fields(
        S,
        """type segment step mode state member next prev is_repeat handed early resume defect_step
        origin handoffs bounces""",
    )
    | _fields(F, "since complexity information portion left deadline")
    | _fields(S, "customer cause stamp alarm crossings reworks node target told")
    | _fields(N, "levels")
    | _fields(F, "opened decision exception_at defect_part")
)
VISIT = _record(_fields(S, "member performed"))
#: `instant` is the time once more, as the integer that its bits are: instants compare as times do, faster
EVENT = np.dtype(
    (
        np.record,
        np.dtype(
            {
                "names": ["time", "instant", "code"],
                "formats": [F, N, N],
                "offsets": [0, 0, 8],
                "itemsize": 16,
            }
        ),
    )
)
ARRIVAL = _record({"time": F, "key": U} | _fields(N, "customer type segment"))
CLOSED = _record(
    {"key": U}
    | _fields(N, "customer type segment member handoffs bounces defect is_repeat abandoned")
    | _fields(F, "opened cycle knowledge information local_targets")
)
TALLY = _record(
    _fields(
        N,
        """opened closed abandoned repeats follow_ons waits entries within_promise handoffs crossings bounces
        bounced handed_over changes reworks exceptions far_exceptions settled defects automated""",
    )
    | _fields(F, "cycle waiting latency tie")
)

Array = npt.NDArray


class Core(NamedTuple):
    """Everything the kernel reads and writes; see the record types above."""

    clock: Array
    rules: Array
    steps: Array
    types: Array
    follows: Array  # by follows_from..follows_to of a type: what its cases open when they are done
    routes: Array  # [step, segment] -> pool
    pools: Array
    nodes: Array  # heads of units first, then those of groups in them, and who is between and above
    members: Array
    skill: Array  # [member, function] -> speed, 0 = cannot
    owners: Array  # [process] -> node of its owner, NONE without
    groups: Array  # who sits together
    seated: Array  # [group, function] places
    distances: Array  # [unit, unit] of people in them; on the diagonal, of two groups of the unit
    pool_at: Array  # [unit, function] -> pool, NONE where there is none
    ties: Array  # [member, group], ÷ the clock's `fading`
    acquaintance: Array  # [member, pool], their mean over its places, likewise
    helps: Array  # by help_from..help_to of a pool: the pools that can help it, and it them, nearest first
    cases: Array
    visits: Array  # [case, position in its route]
    free: Array  # stack of free case slots
    agenda: Array
    arrivals: Array
    closed: Array
    paid: Array  # [account, line] hours
    lead: Array  # [type, line] hours
    worked: Array  # [member, function] hours, emptied by people/ every week
    kinds: Array  # [member, type] hours, likewise
    tallies: Array  # [type]
    cycles: Array  # [type, bin]
    policies: Policies
    decisions: Array | None  # [decision] address of whoever is asked, 0 for the rule; None: nobody is


def write_stage(core: Core, tables: Mapping[str, Array]) -> None:
    """Write the tables of a structure that takes over."""
    for name in ("routes", "groups", "seated", "distances", "helps"):
        getattr(core, name)[:] = tables[name]
    for name in ("parent", "depth", "led_unit", "managers", "leadership", "case_worker", "case_owner"):
        core.nodes[name] = tables[name]
    for name in ("places", "coordination", "help_from", "help_to"):
        core.pools[name] = tables[name]
    core.members["group"] = tables["group"]


def _grown(old: Array, rows: int) -> Array:
    new = np.zeros((rows, *old.shape[1:]), old.dtype)
    new[: len(old)] = old
    return new


def with_room(core: Core, slots: int = 0, events: int = 0, closings: int = 0) -> Core:
    """A core with at least so many free case slots, agenda places and places for closed cases."""
    clock = core.clock
    free_slots, planned, closed = int(clock["free"][0]), int(clock["agenda_size"][0]), int(clock["closed"][0])
    if free_slots < slots:
        before = len(core.cases)
        after = before + max(before, slots - free_slots)
        free = _grown(core.free, after)
        fresh = after - before
        free[free_slots : free_slots + fresh] = np.arange(after - 1, before - 1, -1)
        clock["free"] += fresh
        core = core._replace(cases=_grown(core.cases, after), visits=_grown(core.visits, after), free=free)
    if len(core.agenda) - planned < events:
        core = core._replace(agenda=_grown(core.agenda, 2 * len(core.agenda) + events))
    if len(core.closed) - closed < closings:
        core = core._replace(closed=_grown(core.closed, 2 * len(core.closed) + closings))
    return core


def open_case_hours(core: Core) -> float:
    """The integral of open cases over time, until now."""
    clock = core.clock
    since = clock["now"][0] - clock["area_at"][0]
    return float(clock["area"][0] + clock["open_cases"][0] * since)
