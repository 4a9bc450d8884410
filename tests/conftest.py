"""How the tests run: no example of a property fails for the speed of the machine, the core is compiled once,
and what takes long is marked so: `make quick` runs what is neither slow nor thorough, `make test` what is not
thorough, `make thorough` the rest."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
#: what needs a browser, another process at every step, or many runs; `make quick` leaves it out
LONG = (
    "answers/test_findings.py", "answers/test_phase_map.py", "answers/test_robustness.py",
    "answers/test_same_service.py", "answers/test_sensitivity.py", "dashboard",
    "engine/operations/test_agenda.py", "kernel/test_cache.py", "kernel/test_indices.py",
    "kernel/test_policies.py", "mechanisms/test_trial.py", "report", "simulation/test_interruption.py",
    "studies/test_cluster.py", "studies/test_damage.py", "studies/test_keys.py", "studies/test_sweep.py",
    "studies/test_types.py", "test_benchmarks.py", "test_cli.py", "test_cli_experiments.py", "test_docs.py",
    "test_french_terminal.py", "test_fuzz.py", "test_mutants.py", "test_pickling.py", "test_record.py",
    "test_reproducibility.py", "test_site.py", "test_terminal.py", "verification",
)  # fmt: skip
#: what takes half a minute or more: compiles the core anew, lives through whole evenings of a server or a
#: cluster, builds the site, asks a browser the same of every link and width
THOROUGH = (
    "answers/test_robustness.py::test_the_box", "answers/test_sensitivity.py::test_sobol_indices_of_ishigami",
    "dashboard/test_connection.py", "dashboard/test_hostile_links.py::test_a_hostile_link_in_a_browser",
    "dashboard/test_mesa_page.py", "dashboard/test_narrow.py", "dashboard/test_resuming.py",
    "dashboard/test_routes.py::test_behind_a_proxy", "dashboard/test_serving.py",
    "engine/operations/test_agenda.py::test_any_agenda", "kernel/test_indices.py", "kernel/test_policies.py",
    "report/test_french.py", "report/test_html.py::test_chromium_draws",
    "report/test_html.py::test_a_sweep_that_was_stopped", "simulation/test_interruption.py",
    "studies/test_cluster.py", "studies/test_sweep.py::test_a_killed", "studies/test_types.py",
    "test_docs.py::test_python_in_documents_runs[mesa.md]", "test_mutants.py",
    "test_reproducibility.py", "test_site.py", "verification/test_verify.py",
)  # fmt: skip
COMPILE = "import orgsim; orgsim.run('default', overrides=['horizon.weeks=1'])"

settings.register_profile("orgsim", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=10)
settings.load_profile("orgsim")


def pytest_configure(config):
    """Workers that compile the core side by side would each do all of it: it is done before they start."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        subprocess.run([sys.executable, "-c", COMPILE], check=True, capture_output=True)


def pytest_collection_modifyitems(items):
    """Mark what is long as slow, and what is longer as thorough."""
    for item in items:
        place = item.path.relative_to(HERE).as_posix()
        if place.startswith(LONG):
            item.add_marker(pytest.mark.slow)
        if f"{place}::{item.name}".startswith(THOROUGH):
            item.add_marker(pytest.mark.thorough)
