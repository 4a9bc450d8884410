"""The answer: the base case in one sentence and at a glance, and over all points of the experiment."""

from orgsim.answers.account import Difference
from orgsim.answers.findings import Findings
from orgsim.answers.remarks import Remark
from orgsim.answers.wording import Names, across_sentence, answer_sentence, together, unsound_sentence
from orgsim.language.language import Language
from orgsim.report.parts import Card


class Answer:
    """The base case: every measure of the experiment, every design against the baseline."""

    def __init__(self, findings: Findings, say: Language):
        self.findings, self.say = findings, say

    def found(self, design: str) -> list[Difference]:
        """How a design differs from the baseline, by the measures of the experiment."""
        account = self.findings.account
        return [account.difference(design, measure) for measure in self.findings.experiment.measures]

    def sentence(self, design: str) -> str:
        """Who is better on what, by how much, how surely."""
        say, findings = self.say, self.findings
        names = Names(say(findings.label(findings.baseline)), say(findings.label(design)))
        if reasons := self._reasons(design):
            return unsound_sentence(say, names, findings.health, reasons)
        return answer_sentence(say, names, self.found(design), bool(findings.experiment.factors))

    def _reasons(self, design: str) -> list[tuple[str, Remark]]:
        """Why nothing is concluded about a design."""
        return self.findings.health.against(self.findings.baseline, design)

    def cards(self, design: str) -> list[Card]:
        """The measures at a glance; none where nothing is concluded."""
        say = self.say
        if self._reasons(design):
            return []
        cards = []
        for found in self.found(design):
            base, other = (say.amount(found.measure, mean) for mean in (found.baseline, found.other))
            amount, interval = say.difference(found.measure, found.difference)
            detail = f"{interval} · {base} → {other}"
            cards.append(Card(say.measure(found.measure), amount, detail, found.verdict))
        return cards

    def basis(self) -> str:
        """What the base case is, and how verdicts stand to intervals."""
        base = self.say(
            "The base case is the scenario “{title}” as the experiment sets it, with no factor varied.",
            title=self.say(self.findings.scenario.title),
        )
        return f"{base} {together(self.say)}"

    def across(self, design: str) -> str:
        """How many of the experiment's points say what; nothing where only the base case was run, or where
        nothing is concluded about it."""
        findings, say = self.findings, self.say
        if not findings.sampled or self._reasons(design):
            return ""
        measure = findings.experiment.measures[0]
        verdicts = list(findings.verdicts(measure, design).values())
        return across_sentence(
            say, measure, say(findings.label(design)), verdicts, findings.progress.finished
        )
