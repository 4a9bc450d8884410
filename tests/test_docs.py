"""What the documents say is what the code does."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_generated_pages_are_current():
    program = [sys.executable, str(ROOT / "docs" / "generate.py"), "--check"]
    answer = subprocess.run(program, capture_output=True, text=True)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_links_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_python_in_documents_runs(page):
    """Every block marked python is run as it stands, one after the other in one namespace."""
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S)
    namespace = {}
    for block in blocks:
        exec(compile(block, str(page), "exec"), namespace)


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_toml_in_documents_is_a_scenario(page, tmp_path):
    from orgsim.organisation import build
    from orgsim.scenario import load

    for block in re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.S):
        tomllib.loads(block)
        if "extends" in block:
            own = tmp_path / "own.toml"
            own.write_text(block, encoding="utf-8")
            (tmp_path / "turnover.csv").write_text(
                "month,index\n" + "".join(f"{y}-{m:02d},{100 - (y - 2019) * 30}\n"
                                          for y in (2019, 2020) for m in range(1, 13)),
                encoding="utf-8",
            )  # fmt: skip
            settings = load(own)
            for design in settings.designs:
                build(settings, design)


def test_versions_agree():
    import orgsim

    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {orgsim.__version__}" in citation


def test_the_schedule_in_the_model_page_is_that_of_the_code():
    source = (ROOT / "src" / "orgsim" / "simulation.py").read_text(encoding="utf-8")
    step = source[source.index("    def _live(self") : source.index("    def demand_arrives")]
    called = re.findall(r"self\.(\w+)\(", step)
    page = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\d\. `(\w+)`", page, re.M)
    assert listed == called
