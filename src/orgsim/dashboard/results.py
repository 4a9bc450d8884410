"""What a study has found, made ready for a page: the sentence, the cards, the table, the pictures."""

import base64
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from orgsim.answers.data import csv_text
from orgsim.answers.findings import Findings
from orgsim.answers.wording import together
from orgsim.language.language import Language
from orgsim.measures import BY_KEY, DETAILS, MEASURES
from orgsim.report.answer import Answer
from orgsim.report.figures import Figure
from orgsim.report.sections import sections

#: the measures of the table
TABLE = tuple(measure.key for measure in MEASURES if measure.key not in DETAILS)


def answer(findings: Findings, say: Language) -> dict[str, Any]:
    """The sentence, and the measures of the experiment at a glance."""
    found = Answer(findings, say)
    design = findings.others[0]
    cards = [
        {"title": card.title, "value": card.value, "detail": card.detail, "verdict": card.verdict or "",
         "badge": say(card.verdict or "")}
        for card in found.cards(design)
    ]  # fmt: skip
    return {"sentence": found.sentence(design), "cards": cards, "note": together(say)}


def table(findings: Findings, say: Language, measures: Sequence[str] = TABLE) -> list[dict[str, Any]]:
    """Every measure: both means, the paired difference, its interval, the verdict (judged together with all
    measures)."""
    rows = []
    for key in measures:
        found = findings.account.difference(findings.others[0], key)
        if found.baseline != found.baseline or found.other != found.other:
            continue
        amount, _ = say.difference(key, found.difference)
        verdict = found.verdict or ""
        rows.append({
            "key": key, "label": say.measure(key), "help": say(BY_KEY[key].meaning),
            "base": say.amount(key, found.baseline), "other": say.amount(key, found.other),
            "difference": amount,
            "interval": say.interval(key, found.difference),
            "verdict": verdict, "badge": say(verdict) if verdict else "",
        })  # fmt: skip
    return rows


def pictures(findings: Findings, say: Language) -> list[Figure]:
    """The figures of the report's body."""
    return [figure for part in sections(findings, say) for figure in part.figures]


def shown(figure: Figure, say: Language, dark: bool) -> dict[str, Any]:
    """A figure for the page: the picture, what it says in words, its numbers."""
    return {
        "key": figure.key, "title": figure.title, "alternative": figure.alternative,
        "picture": _as_source(_svg(_Drawn(figure, say.code, dark))), "columns": list(figure.columns),
        "rows": [[str(cell) for cell in row] for row in figure.rows],
    }  # fmt: skip


class _Drawn:
    """A figure in a language and a theme; equal to itself alone, so that it is drawn once."""

    def __init__(self, figure: Figure, language: str, dark: bool):
        self.figure, self.language, self.dark = figure, language, dark
        self._same = (figure.key, figure.title, figure.rows, language, dark)

    def __hash__(self) -> int:
        return hash(self._same)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawn) and self._same == other._same

    @property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite description in the colours of the theme."""
        spec = self.figure.spec(self.language) | {
            "background": "transparent",
            "padding": {"left": 30, "right": 20, "top": 4, "bottom": 4},
        }
        if self.dark:
            ink, line = "#e8ecf3", "#39445a"
            config = spec["config"]
            colours = {"labelColor": ink, "titleColor": ink}
            config["axis"] = (
                config["axis"] | colours | {"gridColor": line, "domainColor": ink, "tickColor": ink}
            )
            config["legend"] = config["legend"] | colours
            config["title"] = {"color": ink}
        return spec


@lru_cache(maxsize=200)
def _svg(drawn: _Drawn) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_svg(drawn.spec))


def _as_source(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def report_file(findings: Findings, say: Language) -> bytes:
    """The report as one HTML file."""
    from orgsim.report.html import page
    from orgsim.report.sections import all_sections

    return page(findings, say, all_sections(findings, say)).encode()


def csv_file(findings: Findings) -> bytes:
    """Every run as a row: what it was, its measures, its costs by line."""
    return csv_text(findings.store.frame("SELECT * FROM runs ORDER BY point, seed, design")).encode()
