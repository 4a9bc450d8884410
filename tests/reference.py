"""A readable, object-per-agent account of the life of a case, written apart from the compiled core.

It shares with the core the tables that `organisation/` prepares, what every week makes of people and pools
(`begin_week` takes it over), and the definition of the keyed draws (docs/model.md, "Randomness"), which it
computes with Python's own integers and `statistics.NormalDist`.
`tests/engine/operations/test_reference.py` holds that both tell the same story, and that the reference
knows every rule of the core that is in force.
"""

import ast
import heapq
import itertools
import math
from collections import defaultdict, deque
from functools import cache
from pathlib import Path
from statistics import NormalDist

import numpy as np

PERMANENT, TEMPORARY, OFF_DUTY, ABSENT, LEAVING, GONE = range(6)
# what happens, in the order in which simultaneous events do
(ARRIVES, WORK_ENDS, TRANSFER_ENDS, DECISION_ENDS, PATIENCE_ENDS, CONTACT_RETURNS, DESK_FREES,
 CASE_FOLLOWS) = range(8)  # fmt: skip
MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15
NORMAL = NormalDist()

(HOURS, RETURN, EXCEPTION, CONCERN, CENTRALISE, DECISION, OUTCOME, PROCEED, DEFECT, CATCH, BOUNCES,
 TRANSFERS, EARLY, HELP) = range(14)  # fmt: skip
COMPLEXITY, PATIENCE, REPEAT, REPEAT_LAG, FOLLOW, FOLLOW_CHANCE, FOLLOW_LAG = range(1 << 20, (1 << 20) + 7)
LINES = ("value_adding", "familiarisation", "queue", "transfer", "arbitration", "bounce", "rework",
         "failure_demand", "coordination", "idle")  # fmt: skip


@cache
def known_rules():
    """The names of the rules of the core that this account reads, as `rules["name"]`."""
    tree = ast.parse(Path(__file__).read_text(encoding="utf-8"))
    return {
        part.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Subscript) and ast.unparse(node.value) in ("rules", "self.rules")
        for part in ast.walk(node.slice)
        if isinstance(part, ast.Constant)
    }


def mix(word):
    word = ((word ^ (word >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    word = ((word ^ (word >> 27)) * 0x94D049BB133111EB) & MASK
    return word ^ (word >> 31)


def derive(key, occasion):
    return mix((key + (occasion + 1) * GOLDEN) & MASK)


def uniform(word):
    return (word >> 12) * 2.0**-52 + 2.0**-53


def exponential(word):
    return -math.log(uniform(word))


def lognormal(word, mean, spread):
    return mean * math.exp(spread * (NORMAL.inv_cdf(uniform(word)) - spread / 2)) if spread else mean


class Case:
    def __init__(self, key, customer, kind, segment, is_repeat=False):
        self.key, self.customer, self.kind, self.segment = key, customer, kind, segment
        self.is_repeat = is_repeat
        self.mode, self.cause, self.portion, self.left = "work", None, 1.0, 1.0
        self.information, self.resume, self.defect_step, self.origin = 1.0, None, None, None
        self.last_member, self.handed, self.told, self.early = None, False, False, False
        self.follows, self.giver = False, None
        self.handoffs = self.crossings = self.bounces = self.reworks = 0
        self.last_worker = {}
        self.performed = defaultdict(int)
        self.alarm = False
        self.open = True


class Member:
    def __init__(self, row, now):
        self.row, self.status = row, OFF_DUTY
        self.case, self.last_kind, self.since, self.getting_in = None, None, now, 0.0
        self.started = self.ends = now

    def is_as(self, record, skill):
        """Take over what a week has made of somebody."""
        self.pool, self.unit = int(record["pool"]), int(record["unit"])
        self.group, self.function = int(record["group"]), int(record["function"])
        self.pace, self.overtime = float(record["pace"]), float(record["overtime"])
        self.sociability = float(record["sociability"])
        self.coordination, self.care = float(record["coordination"]), float(record["care"])
        self.status, self.skill = int(record["status"]), skill.copy()

    @property
    def on_duty(self):
        return self.status in (PERMANENT, TEMPORARY)


class Desk:
    """The managers of one node of the reporting tree."""

    def __init__(self, record):
        self.parent, self.managers = int(record["parent"]), int(record["managers"])
        self.free, self.leadership = self.managers, float(record["leadership"])
        self.attention = float(record["attention"])
        self.waiting = deque()
        self.hours = 0.0


class Office:
    """An organisation that lives through the cases that it is given."""

    def __init__(self, core):
        self.steps, self.types, self.routes = core.steps, core.types, core.routes
        self.follows, self.prospects = core.follows, {}
        self.nodes, self.groups = core.nodes, core.groups
        self.seated, self.distances = core.seated, core.distances
        self.helps, self.owners = core.helps, core.owners
        self.pool_at, self.ties = core.pool_at, core.ties.copy()
        self.members, self.places = {}, []
        self.queues = [deque() for _ in core.pools]
        self.idle = [deque() for _ in core.pools]
        self.desks = [Desk(record) for record in core.nodes]
        self.now, self.agenda, self.order = 0.0, [], itertools.count()
        self.paid, self.lead, self.count = defaultdict(float), defaultdict(float), defaultdict(int)
        self.cycle = 0.0

    # weeks

    def begin_week(self, core, staff, rules):
        """Take over what the week makes of people, pools and rules; whoever is on duty and free looks for
        work, in the order of places, then temporary staff come or go, in the order of their rows."""
        self.rules = {name: float(rules[name]) for name in rules.dtype.names}
        self.pools = core.pools.copy()
        self.a_week_of_ties(core, staff)
        released = []
        for row, record in enumerate(core.members):
            if record["status"] in (OFF_DUTY, GONE) and row not in self.members:
                continue
            member = self.members.setdefault(row, Member(row, self.now))
            was_temporary = member.status == TEMPORARY
            member.is_as(record, core.skill[row])
            if member.on_duty:
                continue
            if member in self.idle[member.pool]:
                self.idle[member.pool].remove(member)
            if was_temporary and member.case is not None:
                released.append(member)
        self.places = [self.members[row] for row in staff.seats["member"] if row >= 0]
        for member in self.places:
            if member.status == PERMANENT:
                self.look_for_work(member)
        for row in sorted(self.members):
            if self.members[row].status == TEMPORARY:
                self.look_for_work(self.members[row])
        # what happens in one instant happens in the order of the core's slots
        slot = {int(key): number for number, key in enumerate(core.cases["key"])} if released else {}
        for member in sorted(released, key=lambda member: slot.get(member.case.key, 0)):
            self.give_up(member)

    def look_for_work(self, member):
        if member.case is None and member not in self.idle[member.pool]:
            self.next_job(member)

    def give_up(self, member):
        """Somebody hands over the job in hand, as far as it is."""
        case = member.case
        self.book_work(member)
        member.case = None
        case.left *= (member.ends - self.now) / (member.ends - member.started)
        case.early, case.where = False, "transfer"
        self.at(self.now, TRANSFER_ENDS, self.arrive, case)

    # time

    def at(self, time, what, action, *details, row=0):
        """Events come by time, then by what happens, then by the row of the member concerned; cases have no
        slots here, so that those of one kind come in the order in which they were planned."""
        heapq.heappush(self.agenda, (time, what, row, next(self.order), action, details))

    def run(self, arrivals, until):
        for a in arrivals:
            case = Case(int(a["key"]), int(a["customer"]), int(a["type"]), int(a["segment"]))
            self.at(float(a["time"]), ARRIVES, self.begin, case)
        while self.agenda and self.agenda[0][0] <= until:
            self.now, *_, action, details = heapq.heappop(self.agenda)
            action(*details)
        self.now = until
        for member in self.members.values():
            if member.case is None:
                self.book_idle(member)
            else:
                self.book_work(member)

    # draws

    def key(self, case, purpose):
        position = case.step - int(self.types[case.kind]["first"])
        word = (1 << 56) | (position << 40) | (case.performed[case.step] << 24) | purpose
        return derive(case.key, word)

    def chance(self, case, purpose):
        return uniform(self.key(case, purpose))

    # where a case is, who does it

    def pool_of(self, case, step=None):
        return int(self.routes[case.step if step is None else step, case.segment])

    def here(self, case, field):
        return float(self.pools[self.pool_of(case)][field])

    def unit_of(self, case, step=None):
        return int(self.pools[self.pool_of(case, step)]["unit"])

    def begin(self, case):
        kind = self.types[case.kind]
        case.step = int(kind["first"])
        case.opened = case.since = self.now
        case.where = "queue"
        spread = float(kind["complexity_spread"])
        case.complexity = lognormal(derive(case.key, COMPLEXITY), 1.0, spread)
        patience = float(kind["patience"])
        case.deadline = math.inf
        if patience > 0:
            case.deadline = self.now + patience * exponential(derive(case.key, PATIENCE))
        self.count["opened"] += 1
        self.count["follow_ons"] += case.follows
        simple = uniform(derive(case.key, COMPLEXITY)) < self.rules["automation"]
        if kind["automatable"] and simple and not case.is_repeat:
            self.count["automated"] += 1
            self.close(case)
            return
        if case.giver is None:
            self.arrive(case)
            return
        case.last_member = case.giver
        self.hand_over(case, case.giver.pool)

    def arrive(self, case):
        self.book_wait(case)
        case.where = "queue"
        self.count["entries"] += 1
        member = self.someone_free_for(case)
        if member is not None:
            self.idle[member.pool].remove(member)
            self.start(member, case)
            return
        self.count["waits"] += 1
        if case.deadline <= self.now:
            self.close(case, given_up=True)
            return
        self.queues[self.pool_of(case)].append(case)
        if case.deadline < math.inf and not case.alarm:
            case.alarm = True
            self.at(case.deadline, PATIENCE_ENDS, self.patience_ends, case)

    def someone_free_for(self, case):
        pool_row = self.pool_of(case)
        pool = self.pools[pool_row]
        member = self.someone_free_of(case, pool_row)
        if member is not None:
            return member
        for other in self.helps[int(pool["help_from"]) : int(pool["help_to"])]:
            if self.idle[other] and self.helps_out(case, int(other)):
                for member in self.idle[other]:
                    if member.skill[int(pool["function"])] > 0:
                        return member
        return None

    def someone_free_of(self, case, pool_row):
        """In the pool's unit: who has done the step, who sits beside the giver, the longest idle."""
        function, unit = int(self.pools[pool_row]["function"]), int(self.pools[pool_row]["unit"])
        preferred = case.last_worker.get(case.step)
        if preferred is None and self.nodes[unit]["case_owner"]:
            preferred = case.last_member
        if preferred is not None and preferred.unit == unit and preferred.skill[function] > 0:
            if preferred in self.idle[preferred.pool]:
                return preferred
        if case.last_member is not None and self.sits_beside(case.last_member, pool_row):
            beside = [m for m in self.idle[pool_row] if m.group == case.last_member.group]
            if beside:
                return beside[0]
        return self.idle[pool_row][0] if self.idle[pool_row] else None

    def helps_out(self, case, helper_row):
        """Whether the members of a pool help with a case of another."""
        rules, helper, pool = self.rules, self.pools[helper_row], self.pools[self.pool_of(case)]
        if rules["mutual_aid"] > 0 and helper["function"] == pool["function"]:
            return True
        if rules["help"] == 0:
            return helper["unit"] == pool["unit"]
        if rules["help"] == 2:
            return True
        far = min(1.0, float(self.distances[helper["unit"], pool["unit"]]))
        return self.chance(case, HELP) < 1 - float(helper["local_targets"]) * far

    # who sits where

    def distance(self, one, other):
        if one is other:
            return 0.0
        if one.group == other.group and one.group >= 0:
            return float(self.groups[one.group]["near"])
        return float(self.distances[one.unit, other.unit])

    def sits_beside(self, member, pool_row):
        pool = self.pools[pool_row]
        return self.sits_in(member, pool["unit"]) and self.seated[member.group, pool["function"]] > 0

    def sits_in(self, member, unit):
        return member.unit == unit and member.group >= 0

    def mean_distance(self, member, pool_row):
        pool = self.pools[pool_row]
        far = float(self.distances[member.unit, pool["unit"]])
        if not self.sits_beside(member, pool_row):
            return far
        share = self.seated[member.group, pool["function"]] / pool["places"]
        return share * float(self.groups[member.group]["near"]) + (1 - share) * far

    # who knows whom

    def a_week_of_ties(self, core, staff):
        """After a week all ties have faded, and whoever held a place knows the own group better; there may be
        room for newcomers."""
        if self.places:
            self.ties *= float(staff.rules["tie_kept"][0])
        for member in self.places if self.ties_act() else ():
            self.strengthen(member, member.group, float(staff.rules["group_gain"][0]))
        known = self.ties
        self.ties = np.zeros(core.ties.shape)
        self.ties[: len(known)] = known

    def tie(self, one, other):
        return self.ties[one.row, other.group] if other.group >= 0 else 0.0

    def mean_tie(self, member, pool_row):
        """Over the places of a pool."""
        pool = self.pools[pool_row]
        there = [
            (self.ties[member.row, row], self.seated[row, pool["function"]])
            for row, group in enumerate(self.groups)
            if group["unit"] == pool["unit"]
        ]
        return sum(tie * seats for tie, seats in there) / pool["places"] if pool["places"] else 0.0

    def ties_act(self):
        return self.rules["tie_effect"] > 0 or self.rules["friend"] > 0

    def strangeness(self, tie):
        effect = self.rules["tie_effect"]
        return (1 - effect * tie) / (1 - effect * self.rules["tie_known"])

    def meet(self, one, other):
        if one is other or not self.ties_act():
            return
        for member, group in ((one, other.group), (other, one.group)):
            if group >= 0:
                across = one.unit != other.unit
                gain = float(self.pools[member.pool]["tie_gain"]) if across else self.rules["tie_gain"]
                self.strengthen(member, group, gain)

    def strengthen(self, member, group, gain):
        missing = 1 - self.ties[member.row, group]
        self.ties[member.row, group] += min(1, gain * member.sociability) * missing

    def patience_ends(self, case):
        queue = self.queues[self.pool_of(case)]
        if case.open and case.where == "queue" and case in queue:
            queue.remove(case)
            self.book_wait(case)
            self.close(case, given_up=True)

    # work

    def start(self, member, case):
        self.book_wait(case)
        self.book_idle(member)
        if case.last_member is not member:
            if case.last_member is not None:
                case.handoffs += 1
                if case.mode == "work":
                    far = self.distance(case.last_member, member)
                    self.lose_information(case, member, far)
                    self.inspect(case, member, far)
                self.meet(case.last_member, member)
            case.last_member = member
        case.handed = case.told = case.early = False
        hours, member.getting_in = self.hours(case, member)
        case.last_worker[case.step] = member
        case.where = "work"
        member.case, member.last_kind = case, case.kind
        member.started, member.ends = self.now, self.now + hours / member.pace
        self.at(member.ends, WORK_ENDS, self.finish, member, case, member.ends, row=member.row)

    def lose_information(self, case, taker, far):
        if case.told or not case.handed:
            return
        giver = case.last_member
        kept = min(float(self.pools[side.pool]["information_kept"]) for side in (giver, taker))
        far *= self.strangeness(self.tie(giver, taker))
        case.information *= max(0.0, 1 - (1 - kept) * far)
        if giver.function != taker.function:
            if giver.skill[taker.function] <= 0 and taker.skill[giver.function] <= 0:
                case.information *= 1 - self.rules["translation"]
        if case.early:
            case.information *= 1 - self.rules["early_share"]

    def inspect(self, case, member, far):
        rules = self.rules
        bounce = rules["bounce"] * (1 - case.information) * self.here(case, "local_targets") * min(1.0, far)
        defect = case.defect_step
        again = derive(self.key(case, BOUNCES), case.bounces)
        if case.handed and case.origin is not None and uniform(again) < bounce:
            case.mode, case.cause = "triage", "bounce"
        elif defect is not None and defect != case.step and case.last_worker[defect] is not member:
            if uniform(derive(self.key(case, CATCH), case.reworks)) < rules["catch"]:
                case.mode, case.cause = "triage", "rework"

    def hours(self, case, member):
        rules, step = self.rules, self.steps[case.step]
        mean = float(step["hours"])
        if case.mode == "triage":
            return rules["triage_share"] * mean * case.left, 0.0
        if case.mode == "repair":
            return rules["repair_share"] * mean * case.left, 0.0
        word, spread = self.key(case, HOURS), float(step["spread"])
        family = int(step["family"])
        base = (
            mean
            if family == 0
            else mean * exponential(word)
            if family == 1
            else lognormal(word, mean, spread)
        )
        hours = base * case.complexity * case.portion * case.left / member.skill[int(step["function"])]
        hours *= self.here(case, "effort")
        if case.mode == "work" and self.hands_over_early(case, member):
            case.early = True
            hours *= 1 - rules["early_share"]
        extra = 0.0
        if rules["familiarisation"] > 0 and member not in case.last_worker.values():
            extra += rules["familiarisation"] * mean * (2 - case.information)
        if member.last_kind != case.kind:
            extra += min(rules["switch_hours"], rules["switch_most"] * float(step["hours"]))
        return hours + extra, (extra / (hours + extra) if hours + extra else 0.0)

    def hands_over_early(self, case, member):
        if case.step == int(self.types[case.kind]["last"]) or self.keeps(case, member, case.step + 1):
            return False
        pressure = min(1.0, float(self.pools[self.pool_of(case)]["pressure"]))
        far = min(1.0, self.mean_distance(member, self.pool_of(case, case.step + 1)))
        chance = self.rules["early_handoff"] * self.here(case, "local_targets") * pressure * far
        return self.chance(case, EARLY) < chance

    def finish(self, member, case, ends):
        if member.case is not case or member.ends != ends:
            return  # given up
        self.book_work(member)
        member.case, case.left = None, 1.0
        if case.mode == "triage":
            goes_on = self.send_back(case, member)
        elif case.mode == "repair":
            case.information = 1 - (1 - case.information) * (1 - self.rules["repair"])
            goes_on = self.go_on(case, member)
        else:
            goes_on = self.conclude(case, member)
        if not goes_on:
            self.next_job(member)

    def send_back(self, case, member):
        case.resume = case.step
        if case.cause == "bounce":
            case.bounces += 1
            case.mode = "repair"
            return self.send(case, case.origin, member)
        case.reworks += 1
        case.mode, case.portion = "rework", case.defect_part
        target, case.defect_step = case.defect_step, None
        return self.send(case, target, member)

    def conclude(self, case, member):
        step = self.steps[case.step]
        x = self.exceptions_expected(case)
        if self.chance(case, EXCEPTION) < (1 - math.exp(-x) if self.rules["hazard_hours"] else x):
            self.raise_exception(case)
            case.performed[case.step] += 1
            return False
        q = self.rules["defect_rate"] * float(step["defect_factor"]) * case.complexity * case.portion
        q *= 1 + self.rules["defect_information"] * (1 - case.information)
        q *= 1 + self.rules["defect_pressure"] * float(self.pools[self.pool_of(case)]["pressure"])
        q *= member.care * self.here(case, "haste") / member.skill[int(step["function"])]
        h = self.rules["defect_hours"]
        q *= float(step["hours"]) / h if h else 1.0
        if self.chance(case, DEFECT) < (1 - math.exp(-q) if h else q):
            self.make_defect(case, q)
        case.performed[case.step] += 1
        return self.go_on(case, member)

    def exceptions_expected(self, case):
        step, h = self.steps[case.step], self.rules["hazard_hours"]
        u = self.rules["exception_rate"] * float(step["exception_factor"]) * self.rules["novelty"]
        return u * case.complexity * case.portion * (float(step["hours"]) / h if h else 1.0)

    def part_to_redo(self, case, share):
        x, h = self.exceptions_expected(case), self.rules["hazard_hours"]
        if not h:
            return share
        several = x / (1 - math.exp(-x)) if x else 1.0
        return min(1.0, share * h / float(self.steps[case.step]["hours"]) * several)

    def make_defect(self, case, expected=0.0):
        if case.defect_step is None:
            case.defect_step, case.defect_part = case.step, self.rules["rework_share"]
            if h := self.rules["defect_hours"]:
                several = expected / (1 - math.exp(-expected)) if expected else 1.0
                part = self.rules["rework_share"] * h / float(self.steps[case.step]["hours"]) * several
                case.defect_part = min(1.0, part)
            self.count["defects"] += 1

    def next_job(self, member):
        if not member.on_duty:
            if member.status == LEAVING:
                member.status = GONE
            return
        pool = self.pools[member.pool]
        queue = self.queues[member.pool]
        if not queue:
            helped = [
                self.queues[int(other)]
                for other in self.helps[int(pool["help_from"]) : int(pool["help_to"])]
                if member.skill[int(self.pools[int(other)]["function"])] > 0
                and self.queues[int(other)]
                and self.helps_out(self.queues[int(other)][0], member.pool)
            ]
            queue = min((q for q in helped if q), key=lambda q: q[0].since, default=None)
        if queue:
            self.start(member, queue.popleft())
        else:
            self.idle[member.pool].append(member)

    # ways

    def go_on(self, case, member):
        detour, target = case.mode in ("rework", "repair"), case.resume
        case.mode, case.portion, case.resume = "work", 1.0, None
        if detour and target is not None:
            case.told = True
            return self.send(case, target, member)
        step = self.steps[case.step]
        back = float(step["return_probability"])
        if back > 0 and self.chance(case, RETURN) < back:
            case.reworks += 1
            return self.send(case, int(step["return_to"]), member)
        if case.step == int(self.types[case.kind]["last"]):
            self.close(case)
            return False
        case.origin = case.step
        return self.send(case, case.step + 1, member)

    def send(self, case, target, member):
        before = self.pool_of(case)
        case.step = target
        if case.mode == "work" and case.performed[target]:
            case.mode = "rework"
        if member is not None and self.keeps(case, member, target):
            self.start(member, case)
            return True
        self.hand_over(case, before)
        return False

    def keeps(self, case, member, step):
        pool_row = self.pool_of(case, step)
        unit, function = int(self.pools[pool_row]["unit"]), int(self.pools[pool_row]["function"])
        able = self.nodes[unit]["case_worker"] and member.unit == unit and member.skill[function] > 0
        return pool_row == member.pool or able

    def hand_over(self, case, before):
        rules, there = self.rules, self.pool_of(case)
        sides = [self.pools[before], self.pools[there]]
        case.crossings += sides[0]["unit"] != sides[1]["unit"]
        case.handed = True
        taker = self.someone_free_of(case, there)
        if taker is None:
            far, tie = self.mean_distance(case.last_member, there), self.mean_tie(case.last_member, there)
        else:
            far, tie = self.distance(case.last_member, taker), self.tie(case.last_member, taker)
        if rules["transfer_hours"] <= 0 or far <= 0:
            self.arrive(case)
            return
        case.where = "transfer"
        remote = 0.5 * sum(float(side["transfer_factor"]) for side in sides) - 1
        mean = rules["transfer_hours"] * far * (1 + remote * min(1.0, far)) * self.strangeness(tie)
        delay = lognormal(self.key(case, TRANSFERS), mean, rules["transfer_spread"])
        self.at(self.now + delay, TRANSFER_ENDS, self.arrive, case)

    # decisions

    def raise_exception(self, case):
        rules, kind = self.rules, self.types[case.kind]
        first, last = int(kind["first"]), int(kind["last"])
        home, other = self.own_head(case), None
        if last > first and self.chance(case, CONCERN) < rules["concerns_others"]:
            pick = uniform(derive(self.key(case, CONCERN), 1))
            others = [step for step in range(first, last + 1) if step != case.step]
            other = others[int(pick * len(others))]
        target = self.decider(case, home, other)
        directly = target != home and other is not None and self.asks_a_friend(case, other)
        if case.last_worker.get(other) is not None:
            self.meet(case.last_member, case.last_worker[other])
        self.take_up(case, home, home if directly else target, directly)

    def decider(self, case, home, other):
        rules, target = self.rules, home
        if uniform(derive(self.key(case, CONCERN), 2)) >= rules["far"]:
            return home
        if other is not None:
            target = self.common_superior(home, self.head_of(case, other))
            owner = int(self.owners[int(self.types[case.kind]["process"])])
            transversal = uniform(derive(self.key(case, CONCERN), 3)) < rules["transversality"]
            if self.nodes[target]["led_unit"] < 0 and owner >= 0 and transversal:
                return owner
        parent = int(self.nodes[target]["parent"])
        if parent >= 0 and rules["centralisation"] > 0:
            if self.chance(case, CENTRALISE) < rules["centralisation"]:
                return parent
        return target

    def asks_a_friend(self, case, other):
        member, known = case.last_member, case.last_worker.get(other)
        tie = self.mean_tie(member, self.pool_of(case, other)) if known is None else self.tie(member, known)
        targets = float(self.pools[member.pool]["local_targets"])
        chance = self.rules["friend"] * tie * (1 - self.rules["friend_targets"] * targets)
        return uniform(derive(self.key(case, CONCERN), 5)) < chance

    def own_head(self, case):
        unit, member = self.unit_of(case), case.last_member
        return int(self.groups[member.group]["head"]) if self.sits_in(member, unit) else unit

    def head_of(self, case, step):
        unit, member = self.unit_of(case, step), case.last_worker.get(step)
        if member is None and self.sits_beside(case.last_member, self.pool_of(case, step)):
            member = case.last_member
        if member is None or not self.sits_in(member, unit):
            return unit
        return int(self.groups[member.group]["head"])

    def superiors(self, node):
        chain = []
        while node >= 0:
            chain.append(node)
            node = int(self.nodes[node]["parent"])
        return chain

    def common_superior(self, one, other):
        others = self.superiors(other)
        return next((node for node in self.superiors(one) if node in others), one)

    def take_up(self, case, home, target, directly):
        rules = self.rules
        self.count["exceptions"] += 1
        case.target, case.node, case.levels, case.since_exception = target, home, 0, self.now
        case.decision = rules["decision_hours"] * exponential(self.key(case, DECISION))
        self.count["far"] += target != home
        case.where = "arbitration"
        alone = self.sits_in(case.last_member, self.unit_of(case))
        alone = alone and self.groups[case.last_member.group]["people"] == 1
        by_oneself = alone or uniform(derive(self.key(case, CONCERN), 4)) < rules["autonomy"]
        if directly or (target == home and by_oneself):
            self.at(self.now + case.decision, DECISION_ENDS, self.settle, case)
            return
        self.desks[home].waiting.append(case)
        self.attend(home)

    def attend(self, node):
        desk = self.desks[node]
        if desk.free and desk.waiting:
            desk.free -= 1
            case = desk.waiting.popleft()
            limit = self.rules["matter_limit"]
            if limit > 0 and self.now - case.since_exception > limit:
                case.decision, case.target, case.levels = 0.0, node, None
            hours = case.decision * (1 if node == case.target else self.rules["forwarding"])
            desk.hours += hours
            taken = hours / desk.attention
            self.at(self.now + taken, DECISION_ENDS, self.decided, case)
            self.at(self.now + taken * (desk.managers / desk.leadership), DESK_FREES, self.desk_frees, node)

    def decided(self, case):
        node = case.node
        if node != case.target:
            owned = self.nodes[case.target]["is_owner"]
            case.node = case.target if owned else self.desks[node].parent
            case.levels += 1
            self.desks[case.node].waiting.append(case)
            self.attend(case.node)
            return
        self.settle(case)

    def desk_frees(self, node):
        self.desks[node].free += 1
        self.attend(node)

    def settle(self, case):
        rules = self.rules
        self.book_wait(case)
        overdue = case.levels is None
        rework = rules["outcome_rework"] + rules["outcome_rework_per_level"] * (case.levels or 0)
        fate, rework = self.chance(case, OUTCOME), min(1.0, rework)
        if not overdue and fate < rework + rules["outcome_correct"]:
            share = rules["rework_share" if fate < rework else "correction_share"]
            case.mode, case.portion = "rework", self.part_to_redo(case, share)
            case.reworks += 1
            self.arrive(case)
            return
        if self.chance(case, PROCEED) < rules["proceed_defect"]:
            self.make_defect(case)
        self.go_on(case, None)

    def close(self, case, given_up=False):
        case.open = False
        self.count["abandoned" if given_up else "closed"] += 1
        for name in ("handoffs", "crossings", "bounces", "reworks"):
            self.count[name] += getattr(case, name)
        if given_up:
            return
        self.cycle += self.now - case.opened
        if not case.is_repeat:
            if self.types[case.kind]["wins_customer"] and case.customer < 0:
                self.prospects[case.key] = case
            else:
                self.open_what_follows(case)
        if case.defect_step is not None:
            kind = int(self.types[case.kind]["repeat_as"])
            lag = self.rules["repeat_lag"] * exponential(derive(case.key, REPEAT_LAG))
            again = Case(derive(case.key, REPEAT), case.customer, kind, case.segment, is_repeat=True)
            self.count["repeats_due"] += 1
            self.at(self.now + lag, CONTACT_RETURNS, self.begin, again)

    def open_what_follows(self, old):
        """Whoever had the old case gives on what it knew to what follows from it."""
        kind = self.types[old.kind]
        for row in range(int(kind["follows_from"]), int(kind["follows_to"])):
            follow = self.follows[row]
            for number in range(int(follow["cases"])):
                branch = derive(derive(old.key, FOLLOW), row - int(kind["follows_from"]))
                case = Case(derive(branch, number), old.customer, int(follow["type"]), old.segment)
                case.follows, case.giver = True, old.last_member
                case.information = old.information * float(follow["inherits"])
                if uniform(derive(case.key, FOLLOW_CHANCE)) < float(follow["chance"]):
                    lag = float(follow["lag"]) * exponential(derive(case.key, FOLLOW_LAG))
                    self.at(self.now + lag, CASE_FOLLOWS, self.begin, case)

    def end_week(self, customers):
        """Who has become a customer in the market: rows by the key of the prospect's case."""
        for key, case in self.prospects.items():
            if key in customers:
                case.customer = customers[key]
                self.open_what_follows(case)
        self.prospects = {}

    # books

    def detour(self, case):
        if case.is_repeat:
            return "failure_demand"
        return {"work": None, "repair": "bounce", "rework": "rework", "triage": case.cause}[case.mode]

    def book_wait(self, case):
        self.lead[self.detour(case) or case.where] += self.now - case.since
        case.since = self.now

    def book_idle(self, member):
        time, member.since = self.now - member.since, self.now
        if member.status in (OFF_DUTY, GONE):
            return
        time *= 1 + member.overtime
        self.paid["coordination"] += time * member.coordination
        self.paid["idle"] += time * (1 - member.coordination)

    def book_work(self, member):
        case = member.case
        time, member.since = self.now - member.since, self.now
        case.since = self.now
        work = time * (1 - member.coordination)
        line = self.detour(case)
        shares = {line: work}
        if line is None:
            getting_in = work * member.getting_in
            shares = {"value_adding": work - getting_in, "familiarisation": getting_in}
        for book, rate in ((self.paid, 1 + member.overtime), (self.lead, 1)):
            book["coordination"] += time * member.coordination * rate
            for name, hours in shares.items():
                book[name] += hours * rate
