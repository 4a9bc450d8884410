"""The report: complete, truthful, the same in both languages, and drawn without any network."""

import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from browser import browser, need_chromium, watched
from orgsim.answers.findings import read
from orgsim.language.language import Language
from orgsim.report.html import page
from orgsim.report.parts import all_figures
from orgsim.report.pictures import write_pictures
from orgsim.report.sections import all_sections
from orgsim.studies.design import load_experiment
from orgsim.studies.store import Store
from orgsim.studies.sweep import sweep
from small_sweeps import BASE, SAMPLINGS

FIGURES = {
    "grid": {"break-even", "phase-map", "tornado", "regret", "attribution"},
    "lhs": {"worlds", "tornado", "regret"},
    "morris": {"morris", "regret"},
    "saltelli": {"sobol", "regret"},
    "one-at-a-time": {"tornado", "regret"},
}
ALWAYS = {"waterfall-cost-teams", "waterfall-lead-teams", "course-satisfaction", "course-result"}


@pytest.mark.parametrize("sampling", FIGURES)
def test_every_sampling_has_its_figures(swept, sampling):
    figures = all_figures(all_sections(swept[sampling], Language()))
    keys = {figure.key for figure in figures}
    assert keys >= FIGURES[sampling] | ALWAYS
    for figure in figures:
        assert len(figure.alternative) > 40
        assert figure.rows
        assert {len(row) for row in figure.rows} == {len(figure.columns)}
        assert figure.spec("fr")["config"]["locale"]["number"]["decimal"] == ","


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("sampling", FIGURES)
def test_the_page_is_one_file_without_addresses(swept, sampling, language):
    say = Language(language)
    text = page(swept[sampling], say, all_sections(swept[sampling], say))
    assert f'<html lang="{language}">' in text
    assert len(text) < 1_500_000
    words = re.sub(r"<(script|style).*?</\1>", "", text, flags=re.DOTALL)
    assert not re.findall(r'(?:src|href)="(?!#|data:)[^"]*"', words)
    assert "{" not in words
    for title in ("STRESS-ABS", swept[sampling].store.notes["engine"]):
        assert title in text


def test_the_answer_says_what_the_store_says(swept):
    findings = swept["grid"]
    text = page(findings, Language(), all_sections(findings, Language()))
    value = findings.difference(findings.base, "teams", "total_cost").difference
    assert Language().difference("total_cost", value)[0] in text
    assert "over 6 paired worlds" in text


@pytest.mark.parametrize("sampling", ["grid", "saltelli"])
def test_chromium_draws_everything_without_a_network(swept, tmp_path, sampling):
    file = tmp_path / "report.html"
    say = Language("fr")
    file.write_text(page(swept[sampling], say, all_sections(swept[sampling], say)), encoding="utf-8")
    with browser() as chromium:
        tab = chromium.new_page(viewport={"width": 1366, "height": 768})
        errors, requests = watched(tab)
        tab.goto(file.as_uri())
        tab.wait_for_function("document.documentElement.dataset.drawn === 'yes'")
        charts = tab.locator(".chart")
        assert charts.count() == len(all_figures(all_sections(swept[sampling], say)))
        for number in range(charts.count()):
            assert charts.nth(number).locator("svg").count() == 1
            assert charts.nth(number).get_attribute("aria-label")
        # nothing wider than the window: nothing is cut off
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert errors == []
        assert requests == []


NAMESPACE = """
import sys
sys.path.insert(0, sys.argv[1])
from browser import browser, watched
with browser() as chromium:
    tab = chromium.new_page()
    errors, requests = watched(tab)
    tab.goto("file://" + sys.argv[2])
    tab.wait_for_function("document.documentElement.dataset.drawn === 'yes'")
    assert (errors, requests) == ([], []), (errors, requests)
print("drawn")
"""


def test_it_opens_where_there_is_no_network_at_all(swept, tmp_path):
    need_chromium()
    unshare = shutil.which("unshare")
    if unshare is None or subprocess.run([unshare, "-n", "true"], capture_output=True).returncode:
        pytest.skip("an empty network namespace needs `unshare -n` and the right to use it")
    file = tmp_path / "report.html"
    file.write_text(page(swept["lhs"], Language(), all_sections(swept["lhs"], Language())), encoding="utf-8")
    program = [unshare, "-n", sys.executable, "-W", "ignore", "-c", NAMESPACE]
    here = str(Path(__file__).parents[1])
    done = subprocess.run(
        [*program, here, str(file)], capture_output=True, text=True, timeout=120, env=os.environ.copy()
    )
    assert done.stdout.strip() == "drawn", done.stderr[-2000:]


@pytest.mark.parametrize("sampling", ["grid", "lhs", "morris"])
@pytest.mark.parametrize("chunks", [1, 3])
def test_a_sweep_that_was_stopped_has_a_report_that_says_so(tmp_path, sampling, chunks):
    store = Store(tmp_path, create=True)

    def stop(tally):
        if tally.runs >= 4 * chunks:
            raise KeyboardInterrupt

    rules = BASE["replications"] | {"base": 2}
    experiment = load_experiment(BASE | SAMPLINGS[sampling] | {"replications": rules})
    with pytest.raises(KeyboardInterrupt), ThreadPoolExecutor(1) as one:
        sweep(experiment, store, 1, report=stop, executor=one)
    findings = read(store)
    text = page(findings, Language(), all_sections(findings, Language()))
    assert "The sweep has not been finished" in text


def test_pictures_for_slides(swept, tmp_path):
    figures = all_figures(all_sections(swept["grid"], Language()))
    drawn = write_pictures(figures, tmp_path / "png", "png", "en")
    assert len(drawn) == len(figures)
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in drawn)
    vectors = write_pictures(figures[:2], tmp_path / "svg", "svg", "fr")
    assert all("<svg" in path.read_text(encoding="utf-8") for path in vectors)
