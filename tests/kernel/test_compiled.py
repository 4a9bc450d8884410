"""The decorator of the compiled code: its private keyword works, its cache notices every edit."""

import os
import subprocess
import sys

import pytest

from orgsim.kernel import compiled


def test_reference_counting_can_be_switched_off():
    """`_nrt=False` is private to numba: if a version drops it, this says so."""
    made = compiled._compile(lambda x: x + 1, callable_from_python=True)
    assert made(41) == 42
    if not compiled.numba.config.DISABLE_JIT:
        assert made.targetoptions["_nrt"] is False
        assert made.targetoptions["forceinline"] is True


def test_cache_is_named_after_the_sources(monkeypatch, tmp_path):
    for room in compiled._COMPILED_ROOMS:
        (tmp_path / room).mkdir()
    callee = tmp_path / "engine" / "operations" / "callee.py"
    callee.parent.mkdir()
    callee.write_text("before")
    monkeypatch.setattr(compiled, "_ROOT", tmp_path)
    before = compiled._source_hash()
    assert compiled._source_hash() == before
    callee.write_text("after")
    assert compiled._source_hash() != before


def test_cache_settings_of_others_are_left_alone():
    before = compiled.numba.config.CACHE_DIR
    compiled.compiled(lambda x: x)
    assert before == compiled.numba.config.CACHE_DIR


@pytest.mark.skipif(os.name == "nt", reason="permissions of folders work differently on Windows")
def test_runs_without_a_writable_home(tmp_path):
    home = tmp_path / "file"
    home.write_text("a file where a folder is expected")
    environment = {k: v for k, v in os.environ.items() if not k.startswith("XDG")}
    environment |= {"HOME": str(home), "ORGSIM_CACHE_DIR": str(home)}
    program = "from orgsim.kernel import compiled; print(compiled._CACHE)"
    answer = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert str(home) not in answer.stdout
