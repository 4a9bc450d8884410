"""Levers: dated interventions, each with its cost; and rules by which management reacts."""

from typing import Literal

from pydantic import model_validator

from orgsim.errors import RuleError
from orgsim.fields import REQUIRED, Table, quantity, text
from orgsim.scenario.designs import ALL
from orgsim.scenario.practices import Practices

#: which fields mean something to which kind of lever, besides those common to all
_OF_KIND = {
    "practice": {"practice", "to", "functions", "ramp_weeks", "lasts_weeks", "half_life_weeks"},
    "transition": {"design", "waves", "wave_weeks", "dual_running_weeks"},
    "cut": {"share", "aim", "functions"},
    "freeze": {"lasts_weeks"},
    "training": {"functions", "lasts_weeks"},
}
_COMMON = {"label", "kind", "start_week", "designs", "cost", "cost_per_week", "cost_per_person"}


class Lever(Table):
    """One intervention."""

    label: str = text("", "name shown to people; the key if empty")
    kind: Literal["practice", "transition", "cut", "freeze", "training"] = text(
        "practice",
        "practice: moves one · transition: to another design · cut: of staff · freeze: no hiring · "
        "training: everybody learns a second function of the unit",
    )
    start_week: int = quantity(
        REQUIRED, "week", "when it begins (0: the first week of the measures)", 0, 5200
    )
    designs: tuple[str, ...] | Literal["all"] = text(ALL, "designs in which it is pulled")
    practice: str | None = text(None, "practice: which one")
    to: float | None = quantity(None, "–", "practice: the value that it reaches", 0, 20)
    functions: tuple[str, ...] | Literal["all"] = text(ALL, "functions that it concerns")
    ramp_weeks: float = quantity(13.0, "weeks", "practice: from the start to the full value", 0, 520)
    lasts_weeks: int | None = quantity(
        None, "weeks", "until it is no longer kept up; for good if left out", 1, 5200
    )
    half_life_weeks: float = quantity(
        13.0, "weeks", "practice: half of it is gone, once it is no longer kept up", 0.1, 520
    )
    design: str | None = text(None, "transition: the design to move to")
    waves: tuple[tuple[str, ...], ...] = text(
        (), "transition: processes wave by wave; all at once (big bang) if empty"
    )
    wave_weeks: int = quantity(13, "weeks", "transition: from one wave to the next", 1, 520)
    dual_running_weeks: int = quantity(
        0, "weeks", "transition: how long the old managers stay beside the new ones", 0, 520
    )
    share: float = quantity(0.1, "share", "cut: of the staff concerned", 0, 0.9)
    aim: Literal["everybody", "least-visible", "overhead"] = text(
        "everybody",
        "cut: across the board · those whom telework hides · managers and coordinators only",
    )
    cost: float = quantity(0.0, "€", "once, at the start", 0, 1e9)
    cost_per_week: float = quantity(0.0, "€/week", "while it is kept up", 0, 1e8)
    cost_per_person: float = quantity(0.0, "€", "once, for everybody concerned", 0, 1e6)

    @model_validator(mode="after")
    def _says_what_it_does(self) -> "Lever":
        """A lever lacks nothing and says nothing without effect."""
        needed = {"practice": ("practice", "to"), "transition": ("design",)}.get(self.kind, ())
        for name in needed:
            if getattr(self, name) is None:
                raise RuleError("a lever of kind '{kind}' needs `{name}`", kind=self.kind, name=name)
        if self.practice is not None and self.practice not in Practices.model_fields:
            known = ", ".join(Practices.model_fields)
            raise RuleError(
                "practice = '{practice}' is none; practices are: {known}", practice=self.practice, known=known
            )
        if self.practice is not None and self.practice != "exposure" and self.to is not None and self.to > 1:
            raise RuleError(
                "to = {to} must be from 0 to 1 for practice '{practice}'", to=self.to, practice=self.practice
            )
        for name in self.model_fields_set - _COMMON - _OF_KIND[self.kind]:
            raise RuleError(
                "`{name}` has no effect on a lever of kind '{kind}'; leave it out", name=name, kind=self.kind
            )
        return self


class Rule(Table):
    """What management does when a measure has stayed beyond a threshold."""

    label: str = text("", "name shown to people; the key if empty")
    when: Literal["margin", "backlog", "satisfaction", "customers"] = text(
        REQUIRED,
        "margin: of the last 13 weeks, % of revenue · backlog: weeks of capacity · satisfaction: 0–100 "
        "· customers: % of those at the start",
    )
    below: float | None = quantity(None, "–", "acts when the measure is below this")
    above: float | None = quantity(None, "–", "acts when the measure is above this")
    for_weeks: int = quantity(4, "weeks", "in a row, before it acts", 1, 520)
    then: Literal["cut", "freeze", "mutual-aid", "abort"] = text(
        REQUIRED,
        "cut: of staff, once · freeze: no hiring while it lasts · mutual-aid: while it lasts · abort: "
        "a lever ends for good",
    )
    share: float = quantity(0.1, "share", "cut: of all staff", 0, 0.9)
    lever: str | None = text(None, "abort: the lever")
    designs: tuple[str, ...] | Literal["all"] = text(ALL, "designs in which the rule holds")

    @model_validator(mode="after")
    def _can_act(self) -> "Rule":
        if (self.below is None) == (self.above is None):
            raise RuleError("a rule needs either `below` or `above`")
        if (self.then == "abort") != (self.lever is not None):
            raise RuleError("`lever` says what 'abort' ends: give it with then = 'abort', and only there")
        if "share" in self.model_fields_set and self.then != "cut":
            raise RuleError("`share` has no effect with then = '{then}'; leave it out", then=self.then)
        return self
