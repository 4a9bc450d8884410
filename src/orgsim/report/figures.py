"""A figure: a chart, what it shows in words, and its numbers as a table. Pages, pictures and workbooks are
made from the same figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from orgsim.language.words import Words

if TYPE_CHECKING:
    import altair as alt

#: colours that survive colour blindness (Okabe and Ito 2008), the baseline first
DESIGNS = ("#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#555555", "#000000")
BETTER, WORSE, NOTHING, UNCLEAR = "#0072B2", "#D55E00", "#F0E9C8", "#D9D9D9"
WIDTH = 620


@dataclass(frozen=True)
class Figure:
    """One chart of a report. `columns` and `rows` are its data, as they are shown to people."""

    key: str  #: its name in files and links
    title: str  #: shown above it
    alternative: str  #: what a person who cannot see it needs to know
    chart: alt.TopLevelMixin  #: of Altair
    columns: tuple[str, ...]  #: names, of the data as a table
    rows: tuple[tuple[Any, ...], ...]  #: the data, as they are shown to people
    kind: str = "column"  #: of the workbook's chart: column, line, bar, scatter, or none

    def spec(self, language: str) -> dict[str, Any]:
        """The Vega-Lite description, with the number format of the language."""
        found = dict(self.chart.to_dict())
        found["description"] = self.alternative
        config = found.setdefault("config", {})
        config |= {"font": "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif", "view": {"stroke": None}}
        config["axis"] = {"labelFontSize": 12, "titleFontSize": 12, "gridColor": "#e6e6e6", "labelLimit": 220}
        config["legend"] = {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 260}
        config["locale"] = Words(language).locale()
        return found
