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


def blocks(page):
    return re.findall(r"```toml\n(.*?)```", page.read_text(encoding="utf-8"), re.S)


def test_the_company_of_ones_own_runs_as_it_stands(tmp_path):
    """The guide's company extends nothing, says all that it needs, and nothing without effect."""
    import orgsim
    from orgsim.terminal.inspection import inspect_file

    (own,) = (b for b in blocks(ROOT / "docs" / "scenarios.md") if "extends" not in b and "[company]" in b)
    path = tmp_path / "own.toml"
    path.write_text(own, encoding="utf-8")
    found = inspect_file(path)
    assert (found["merged"], found["no_effect"], found["notes"]) == ([], [], [])
    comparison = orgsim.compare(path, replications=2, overrides=["horizon.weeks=8"])
    assert all(result.measures["throughput"] > 0 for result in comparison.results["teams"])


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_field_in_the_examples_has_an_effect(page, tmp_path):
    from orgsim.answers.inert import inert_fields
    from orgsim.scenario import load

    for block in blocks(page):
        if "extends" in block and "turnover.csv" not in block:
            settings = load(tomllib.loads(block))
            written = {key: value for key, value in tomllib.loads(block).items() if key != "extends"}
            assert inert_fields(settings, written) == [], block


@pytest.mark.parametrize(
    "name", ["README.md", "docs/scenarios.md", "docs/experiments.md", "docs/dashboard.md"]
)
def test_examples_stay_inside_the_plausible_range(name):
    from orgsim.scenario.reference import facts_of

    text = (ROOT / name).read_text(encoding="utf-8")
    for field, value in re.findall(r"--set ([\w.-]+)=(-?[\d.]+)\b", text):
        facts = facts_of(field)
        assert facts is not None, field
        if facts.plausible is not None and not field.startswith("horizon."):  # chosen, not assumed
            low, high = facts.plausible
            assert low <= float(value) <= high, f"{field}={value} is outside {low} to {high}"


def test_versions_agree():
    import orgsim

    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {orgsim.__version__}" in citation


def test_the_schedule_in_the_model_page_is_that_of_the_code():
    source = (ROOT / "src" / "orgsim" / "simulation" / "schedule.py").read_text(encoding="utf-8")
    step = source[source.index("    def _live(self") : source.index("    def demand_arrives")]
    called = re.findall(r"self\.(\w+)\(", step)
    page = (ROOT / "docs" / "model.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\d\. `(\w+)`", page, re.M)
    assert listed == called
