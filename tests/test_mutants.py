"""A sign that is turned is noticed: a sample of the mutants that `make mutants` tries one by one."""

import subprocess
import sys

import pytest

import mutants


@pytest.mark.skipif(sys.platform == "win32", reason="mutants are tried in forked children")
def test_a_sample_of_mutants_dies():
    tried = subprocess.run(
        [sys.executable, mutants.__file__, "--sample", "10"], capture_output=True, text=True
    )
    assert tried.returncode == 0, tried.stdout + tried.stderr


def test_every_measure_verdict_and_equation_has_mutants():
    """Nothing that should be watched falls out by a renamed file or an operator that finds nothing."""
    found = {source: list(mutants.mutants_of(source)) for source in mutants.WATCHED}
    turned = [one.what for one in found["measures/catalogue.py"]]
    assert turned.count("lower → higher") + turned.count("higher → lower") > 30
    assert sum("-(" in what for what in turned) > 40
    silent = [source for source, ones in found.items() if not ones]
    assert all(source.startswith("mechanisms/") for source in silent)
    assert len(silent) < 8
