"""The sections about all worlds together: what matters, what is robust."""

from typing import Any

from orgsim.answers.findings import Findings, UnfinishedError
from orgsim.answers.outcome import Outcome, outcome
from orgsim.answers.robustness import robustness
from orgsim.answers.sensitivity import morris_screening, sobol_indices, tornado
from orgsim.errors import OrgsimError
from orgsim.language.language import Language
from orgsim.measures import BY_KEY
from orgsim.report import charts
from orgsim.report.figures import Figure
from orgsim.report.parts import Section, Table

_MORRIS = (
    "Screening after Morris: the mean size of a factor's elementary effects says how much it matters, their "
    "spread whether it interacts or bends."
)
_SOBOL = (
    "Sobol indices: the share of the variance of the difference that a factor explains alone (first order), "
    "and with all its interactions (total)."
)
_TORNADO = "Each factor at its low and at its high end, averaged over the others; rules are 95 % intervals."


def matters(findings: Findings, say: Language) -> Section | None:
    """Which factors move the difference: elementary effects, Sobol indices or a tornado, as sampled."""
    if len(findings.experiment.factors) < 2 or not findings.others:
        return None
    asked = outcome(findings)
    texts, figures = [], []
    try:
        if findings.experiment.sampling == "morris":
            figures.append(_morris(asked, say))
            texts.append(say(_MORRIS))
        elif findings.experiment.sampling == "saltelli":
            figures.append(_sobol(asked, say))
            texts.append(say(_SOBOL))
        else:
            found = tornado(asked)
            swings = [
                (name, say.short(s.low_value), say.short(s.high_value), s.low, s.high)
                for name, s in found.items()
            ]
            if len(swings) < 2:
                return None
            sure = [name for name, swing in found.items() if swing.is_sure]
            figures.append(charts.tornado(say, asked.measure, swings, sure))
            texts.append(say(_TORNADO))
    except UnfinishedError:
        texts.append(say("The sweep has not got far enough to say it."))
    except OrgsimError as error:
        texts.append(say(error.message))
    return Section("matters", say("What matters"), tuple(texts), tuple(figures))


def _morris(asked: Outcome, say: Language) -> Figure:
    found = sorted(morris_screening(asked).items(), key=lambda item: -item[1].size.mean)
    title = say("{measure}: elementary effects on the difference", measure=say.measure(asked.measure))
    rows = [(name, {say("mean size"): effects.size}) for name, effects in found]
    return charts.indices(say, "morris", title, say(BY_KEY[asked.measure].unit), rows)


def _sobol(asked: Outcome, say: Language) -> Figure:
    found = sorted(sobol_indices(asked).items(), key=lambda item: -item[1].total.mean)
    title = say("{measure}: share of the variance of the difference", measure=say.measure(asked.measure))
    rows = [(name, {say("first order"): i.first, say("total"): i.total}) for name, i in found]
    return charts.indices(say, "sobol", title, say("share of variance"), rows)


def robust(findings: Findings, say: Language) -> Section | None:
    """Regret, maximin and satisficing of every option over the worlds, and the box where one is worse."""
    measure = findings.experiment.measures[0]
    if len(findings.sampled) < 2:
        return None
    try:
        found = robustness(findings, measure)
    except OrgsimError:
        return None
    if found.worlds < 2:
        return None
    shown = found.options[:8]
    names = [option_name(findings, say, option.design, option.levers) for option in shown]
    rows = tuple(
        (
            name,
            *(say.amount(measure, value) for value in (o.mean, o.worst, o.mean_regret, o.worst_regret)),
            f"{say.number(100 * o.best_in)} %",
            *([f"{say.number(100 * o.satisfices)} %"] if found.thresholds else []),
        )
        for name, o in zip(names, shown, strict=True)
    )  # fmt: skip
    columns = (
        say("Option"), say("Mean"), say("Worst world (maximin)"), say("Mean regret"), say("Worst regret"),
        say("Best in"), *([say("Good enough in")] if found.thresholds else []),
    )  # fmt: skip
    texts = [
        say(
            "Regret is what the best option of the same world is better by; {count: world|worlds}.",
            count=found.worlds,
        )
    ]
    if found.thresholds:
        bounds = [f"{say.measure(k)} {say.amount(k, v)}" for k, v in found.thresholds.items()]
        texts.append(say("Good enough: {bounds}.", bounds=say.listed(bounds)))
    texts += _box(findings, say)
    regrets = [(n, o.mean_regret, o.worst_regret) for n, o in zip(names, shown, strict=True)]
    alike = [name for name, option in zip(names, shown, strict=True) if option.like_first]
    figure = charts.regret(say, measure, regrets, alike)
    table = Table(say("Options over all worlds"), columns, rows)
    return Section("robust", say("What is robust"), tuple(texts), (figure,), (table,))


def option_name(findings: Findings, say: Language, design: str, levers: dict[str, Any]) -> str:
    """A design with its levers, for people."""
    settings = ", ".join(f"{name} = {say.short(value)}" for name, value in levers.items())
    return say(findings.label(design)) + (f" ({settings})" if settings else "")


def _box(findings: Findings, say: Language) -> list[str]:
    if findings.experiment.sampling not in ("lhs", "sobol"):
        return []
    from orgsim.answers.discovery import worse_box

    try:
        return [box_sentence(worse_box(findings), findings, say)]
    except OrgsimError:
        return []


def box_sentence(box: Any, findings: Findings, say: Language) -> str:
    """A PRIM box in words."""
    other, measure = say(findings.label(box.designs[1])), say.measure(box.measure).lower()
    density = say.number(100 * box.density)
    if not box.limits:
        return say(
            "“{other}” is worse on {measure} nearly everywhere: {density} % of the worlds are such.",
            other=other, measure=measure, density=density,
        )  # fmt: skip
    limits = []
    for name, (low, high) in box.limits.items():
        bottom, top = box.ranges[name]
        if low > bottom and high < top:
            limits.append(
                say("{name} is between {low} and {high}", name=name, low=say.short(low), high=say.short(high))
            )
        elif low > bottom:
            limits.append(say("{name} is above {low}", name=name, low=say.short(low)))
        else:
            limits.append(say("{name} is below {high}", name=name, high=say.short(high)))
    return say(
        "“{other}” is worse on {measure} above all where {limits}: {coverage} % of such worlds lie there, "
        "and {density} % of the worlds there are such.",
        other=other, measure=measure, limits=say.listed(limits), coverage=say.number(100 * box.coverage),
        density=density,
    )  # fmt: skip
