"""Rules by which management reacts to the state of the company."""

import math
from collections import deque
from dataclasses import dataclass, field

from orgsim.scenario.levers import Rule

_MARGIN_WEEKS = 13


@dataclass
class Situation:
    """What management sees: the measures that rules may name."""

    margin: float = float("nan")  # % of revenue, last 13 weeks
    backlog: float = 0.0  # weeks of capacity
    satisfaction: float = float("nan")  # 0–100, as measured
    customers: float = 100.0  # % of those at the start
    _weeks: deque[tuple[float, float]] = field(default_factory=lambda: deque(maxlen=_MARGIN_WEEKS))

    def close_week(
        self, revenue: float, result: float, backlog: float, satisfaction: float, customers: float
    ) -> None:
        """Take in a week's figures."""
        self._weeks.append((revenue, result))
        earned, left = (math.fsum(column) for column in zip(*self._weeks, strict=True))
        full = len(self._weeks) == _MARGIN_WEEKS
        self.margin = 100 * left / earned if full and earned else float("nan")
        self.backlog, self.satisfaction, self.customers = backlog, satisfaction, customers


class Reactions:
    """Which rules act, week by week."""

    def __init__(self, rules: dict[str, Rule]):
        self._rules = rules
        self._weeks = dict.fromkeys(rules, 0)
        self._done: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._rules)

    def acting(self, situation: Situation) -> list[Rule]:
        """The rules whose condition has held long enough. A cut or an abortion comes once."""
        found = []
        for key, rule in self._rules.items():
            value = getattr(situation, rule.when)
            beyond = value < rule.below if rule.below is not None else value > (rule.above or 0.0)
            self._weeks[key] = self._weeks[key] + 1 if beyond else 0
            if self._weeks[key] < rule.for_weeks or key in self._done:
                continue
            found.append(rule)
            if rule.then in ("cut", "abort"):
                self._done.add(key)
        return found
