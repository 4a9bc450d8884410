"""The answer: the base case in one sentence and at a glance, and over all points of the experiment."""

from orgsim.answers.findings import Findings, judged
from orgsim.language.language import Language
from orgsim.report.parts import Card
from orgsim.statistics.intervals import holm


def standing(findings: Findings, say: Language) -> str:
    """What must be known before anything else: that the sweep has not ended, that runs have failed. Empty
    where neither is so."""
    now, parts = findings.progress, []
    if not now.finished:
        parts.append(
            say("This sweep is not finished: {runs} of at least {least} runs are there, and {answered} of "
                "{points} points have an answer. What follows is about those; run `orgsim sweep` to go on.",
                runs=say.number(now.runs), least=say.number(now.least), answered=say.number(now.answered),
                points=say.number(now.points))
        )  # fmt: skip
    if now.failed:
        parts.append(say("Runs that failed and are left out of every number: {failed}.",
                         failed=say.number(now.failed)))  # fmt: skip
    return " ".join(parts)


class Answer:
    """The base case: every measure of the experiment, every design against the baseline."""

    def __init__(self, findings: Findings, say: Language):
        self.findings, self.say = findings, say
        self.seeds = len(findings.values(findings.base, findings.experiment.measures[0])[findings.baseline])
        keys = [(d, m) for d in findings.others for m in findings.experiment.measures]
        pairs = [findings.difference(findings.base, design, measure) for design, measure in keys]
        adjusted = holm([pair.p_value for pair in pairs])
        self.found = {key: (pair, p) for key, pair, p in zip(keys, pairs, adjusted, strict=True)}

    def sentence(self, design: str) -> str:
        """Who is better on what, by how much, how surely."""
        say = self.say
        if self.seeds < 2:
            return say(
                "In the base case, fewer than two worlds have been run under both: nobody can tell yet how "
                "“{other}” does against “{base}”.",
                other=say(self.findings.label(design)), base=say(self.findings.label(self.findings.baseline)),
            )  # fmt: skip
        groups: dict[str, list[str]] = {"better": [], "worse": [], "not distinguishable": []}
        for measure in self.findings.experiment.measures:
            pair, p = self.found[design, measure]
            verdict = judged(measure, pair, p)
            name = say.measure(measure).lower()
            if verdict == "not distinguishable":
                groups[verdict].append(name)
            else:
                groups[verdict].append(f"{name} ({say.joined(say.difference(measure, pair.difference))})")
        frames = {
            "better": say("does better on {what}"), "worse": say("does worse on {what}"),
            "not distinguishable": say("is not distinguishable on {what}"),
        }  # fmt: skip
        parts = [frames[key].format(what=say.listed(names)) for key, names in groups.items() if names]
        return say(
            "In the base case, over {count} paired worlds, “{other}” {what}, against “{base}”.",
            count=self.seeds, other=say(self.findings.label(design)),
            base=say(self.findings.label(self.findings.baseline)), what=say.joined(parts),
        )  # fmt: skip

    def cards(self, design: str) -> list[Card]:
        """The measures at a glance."""
        say, findings = self.say, self.findings
        cards = []
        for measure in findings.experiment.measures:
            pair, p = self.found[design, measure]
            base, other = (
                say.amount(measure, findings.mean(findings.base, name, measure))
                for name in (findings.baseline, design)
            )
            amount, interval = say.difference(measure, pair.difference)
            detail = f"{interval} · {base} → {other}"
            cards.append(Card(say.measure(measure), amount, detail, judged(measure, pair, p)))
        return cards

    def basis(self) -> str:
        """What the base case is."""
        return self.say(
            "The base case is the scenario “{title}” as the experiment sets it, with no factor varied.",
            title=self.say(self.findings.scenario.title),
        )

    def across(self, design: str) -> str:
        """How many of the experiment's points say what; nothing where only the base case was run."""
        findings, say = self.findings, self.say
        if not findings.sampled:
            return ""
        measure = findings.experiment.measures[0]
        verdicts = list(findings.verdicts(measure, design).values())
        return say(
            "Over the {points} points of the experiment, on {measure}, “{other}” is better in {better}, "
            "worse in {worse}, and not distinguishable in {unclear} (all verdicts together right in 95 of "
            "100 experiments).",
            points=len(verdicts), measure=say.measure(measure).lower(), other=say(findings.label(design)),
            better=verdicts.count("better"), worse=verdicts.count("worse"),
            unclear=verdicts.count("not distinguishable"),
        )  # fmt: skip
