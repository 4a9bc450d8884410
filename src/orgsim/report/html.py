"""The report as one HTML file that needs no network: texts, tables, charts and what draws them."""

import html
import json
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, select_autoescape
from markupsafe import Markup

from orgsim.answers.findings import Findings
from orgsim.answers.wording import standing
from orgsim.language.language import Language
from orgsim.report.answer import Answer
from orgsim.report.parts import Section


def page(findings: Findings, say: Language, parts: list[Section]) -> str:
    """The whole file."""
    answer = Answer(findings, say)
    environment = Environment(
        autoescape=select_autoescape(default=True), trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["code"] = _code
    template = environment.from_string(_asset("page.html"))
    specs = {figure.key: figure.spec(say.code) for part in parts for figure in part.figures}
    return template.render(
        say=say, standing=standing(say, findings.progress), language=say.code,
        title=say(findings.experiment.title),
        description=say(findings.experiment.description),
        answers=[(say(findings.label(d)), answer.sentence(d), answer.cards(d), answer.across(d))
                 for d in findings.others], basis=answer.basis(),
        sections=parts, style=Markup(_asset("page.css")), script=Markup(_bundle()),
        specs=Markup(_in_script(specs)), version=findings.store.notes.get("provenance", {}).get("orgsim", ""),
        when=findings.store.notes.get("provenance", {}).get("when", "")[:10],
    )  # fmt: skip


def _code(text: str) -> Markup:
    """`code` in a text."""
    parts = html.escape(text).split("`")
    return Markup("".join(f"<code>{part}</code>" if i % 2 else part for i, part in enumerate(parts)))


def _in_script(data: Any) -> str:
    """JSON that cannot end the script element that it stands in."""
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")


def _asset(name: str) -> str:
    return (files("orgsim.report") / "texts" / name).read_text(encoding="utf-8")


@cache
def _bundle() -> str:
    """Vega, Vega-Lite and vega-embed in one script."""
    import vl_convert

    bundle: Any = vl_convert.javascript_bundle  # its stub asks for an argument that has a default
    return str(bundle()).replace("</script", "<\\/script")
