"""Ties: whoever works together comes to know each other, and what goes to an acquaintance is faster and loses
less (Hansen 1999; Reagans & McEvily 2003). Ties grow with every handoff and every joint decision, and from
week to week in the own group; unused they fade, those across borders fast (Burt 2000).

A tie is that of a person to a group, from 0 (strangers) to 1."""

import math

from orgsim.fields import Table, quantity
from orgsim.kernel.compiled import compiled
from orgsim.kernel.randomness import log_spread, lognormal
from orgsim.mechanisms.declaration import Given, Mechanism, Switch, at


class Ties(Table):
    """Fields of `frictions.ties`."""

    effect: float = quantity(
        0.5,
        "share",
        "β: time and loss of a handoff are (1 − β·tie) ÷ (1 − β·known) of what they are among people who "
        "know each other",
        0,
        0.95,
        "assumption; direction: Hansen 1999, Reagans & McEvily 2003",
        plausible=(0, 0.8),
    )
    known: float = quantity(
        0.8, "0–1", "the tie of people who know each other, to which the times of handoffs refer", 0, 1
    )
    gain: float = quantity(
        0.05,
        "share",
        "a: of what is missing to a full tie, gained by a handoff or a joint decision, on both sides",
        0,
        1,
        "assumption",
        plausible=(0.02, 0.10),
    )
    group_gain: float = quantity(
        0.1, "share/week", "of what is missing, gained with the own group", 0, 1, "assumption"
    )
    half_life: float = quantity(
        26.0,
        "weeks",
        "in which half of a tie fades that is not used",
        4,
        10_000,
        "assumption; Burt 2000: nine in ten bridging ties are gone within a year",
        plausible=(8, 104),
    )
    remote_loss: float = quantity(
        0.25,
        "share",
        "of the gain across units lost under full telework",
        0,
        1,
        "Yang et al. 2022: time with other groups about −25 % under full telework",
    )


class People(Table):
    """Fields of `people`."""

    sociability_cv: float = quantity(
        0.3,
        "–",
        "how much people differ in the speed of their ties (lognormal about 1)",
        0,
        2,
        "assumption",
        plausible=(0, 0.6),
    )


def kept_in_a_week(s):
    """The share of a tie that is left a week later: ½^(1 ÷ half-life)."""
    return 0.5 ** (1.0 / s.frictions.ties.half_life)


MECHANISM = Mechanism(
    switches=(
        Switch(
            "ties",
            "what goes to strangers takes longer and loses more than what goes to acquaintances",
            {"frictions.ties.effect": 0.0},
            family="distance",
        ),
    ),
    fields={"frictions.ties": Ties, "people": People},
    rules={
        "operations": at("frictions.ties", tie_effect="effect", tie_known="known", tie_gain="gain"),
        "people": at("frictions.ties", "group_gain")
        | {
            "tie_kept": Given(kept_in_a_week, "share/week", "of a tie that is left a week later"),
            "sociability_spread": Given(
                lambda s: log_spread(s.people.sociability_cv), "–", "σ of the logarithm of sociability"
            ),
        },
    },
    state={"member": {"sociability": Given(1.0, "factor", "on the speed of a person's ties")}},
    pools={
        "tie_gain": Given(
            lambda s, now: gain_across(
                s.frictions.ties.gain, s.frictions.ties.remote_loss, now["remote_share"]
            ),
            "share",
            "of what is missing to a full tie, gained by a contact with another unit",
        )
    },
)


def gain_across(gain, remote_loss, remote):
    """What a contact with another unit adds, by the share of time worked from home: a · (1 − l · remote)."""
    return gain * (1.0 - remote_loss * remote)


@compiled
def strangeness(rules, tie):
    """Factor on time and loss of a handoff: (1 − β·tie) ÷ (1 − β·known), above 1 between strangers."""
    return (1.0 - rules.tie_effect * tie) / (1.0 - rules.tie_effect * rules.tie_known)


@compiled
def gained(tie, gain, sociability):
    """What is added to a tie: gain · sociability of what is missing to 1, at most all of it."""
    return min(1.0, gain * sociability) * (1.0 - tie)


@compiled
def sociability_of(rules, key):
    """How fast a person makes ties, lognormal about 1: drawn from the person's key, the same in every
    design."""
    return lognormal(key, 1.0, rules.sociability_spread)


def tie_after_long(rule, contacts, own_group):
    """The tie at which what `contacts` a week add, and the own group where it is that, is what fades:
    g ÷ (g + λ) with g = a·contacts (+ the group's gain) and λ = ln 2 ÷ half-life."""
    gain = rule.gain * contacts + rule.group_gain * own_group
    return gain / (gain + math.log(2.0) / rule.half_life)
