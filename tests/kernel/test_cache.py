"""Compiled code on disk: in a folder of one's own, damaged files are compiled anew, nobody's rules get in."""

import os
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from orgsim.kernel import cache as kernel_cache
from orgsim.kernel import compiled

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="owners and modes are POSIX's"),
    pytest.mark.skipif(bool(compiled.numba.config.DISABLE_JIT), reason="nothing is compiled"),
]


@pytest.fixture
def home(monkeypatch, tmp_path):
    """A folder for the cache, and nothing else to fall back upon."""
    nothing = tmp_path / "nothing"
    nothing.touch()
    monkeypatch.setenv("ORGSIM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(nothing))
    monkeypatch.setenv("HOME", str(nothing))
    monkeypatch.setattr(kernel_cache.tempfile, "gettempdir", lambda: str(nothing))
    return tmp_path / "cache" / "orgsim"


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_folder_is_closed_to_others(home):
    folder = kernel_cache.own_folder("kernel")
    assert folder == home / "kernel"
    assert (mode(home), mode(folder)) == (0o700, 0o700)
    home.chmod(0o755)
    assert kernel_cache.own_folder("kernel") == folder
    assert mode(home) == 0o700


def test_a_folder_of_somebody_else_is_not_used(home, monkeypatch):
    home.mkdir(parents=True)
    monkeypatch.setattr(os, "getuid", lambda: home.stat().st_uid + 1)
    assert kernel_cache.own_folder("kernel") is None


def test_a_folder_that_others_could_fill_is_not_used(home):
    (home / "kernel" / "room").mkdir(parents=True)
    (home / "kernel" / "room" / "code.nbc").touch()
    (home / "kernel").chmod(0o777)
    assert kernel_cache.own_folder("kernel") is None


def test_a_link_is_not_followed(home, tmp_path):
    home.mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (home / "kernel").symlink_to(tmp_path / "elsewhere")
    assert kernel_cache.own_folder("kernel") is None


def test_without_a_home_the_temporary_folder_has_one_for_each_user(home, monkeypatch, tmp_path):
    monkeypatch.setenv("ORGSIM_CACHE_DIR", str(tmp_path / "nothing"))
    monkeypatch.setattr(kernel_cache.tempfile, "gettempdir", lambda: str(tmp_path))
    assert kernel_cache.own_folder("kernel") == tmp_path / f"orgsim-{os.getuid()}" / "kernel"


def test_what_nobody_has_used_for_a_month_is_removed(home):
    folder, last, old, other = (
        kernel_cache.own_folder(name) for name in ("kernel-c", "kernel-b", "kernel-a", "x-a")
    )
    for each, days in ((folder, 99), (last, 29), (old, 31), (other, 99)):
        os.utime(each, times=(time.time() - days * 86_400,) * 2)
    kernel_cache.leave_recent(folder)
    assert sorted(each.name for each in home.iterdir()) == ["kernel-b", "kernel-c", "x-a"]
    assert time.time() - folder.stat().st_mtime < 86_400


def double(number):
    return 2 * number


@pytest.mark.parametrize("damage", ["nothing", "cut", "flipped", "emptied", "another"])
def test_damaged_files_are_compiled_anew(monkeypatch, tmp_path, damage):
    monkeypatch.setattr(compiled, "_CACHE", tmp_path)
    assert compiled.compiled_entry(double)(4) == 8
    files = sorted(path for path in tmp_path.rglob("*") if path.suffix in (".nbi", ".nbc"))
    assert [path.suffix for path in files] == [".nbc", ".nbi"]
    for file in files:
        content = file.read_bytes()
        middle = len(content) // 2
        flipped = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
        file.write_bytes({"nothing": content, "cut": content[:middle], "flipped": flipped, "emptied": b"",
                          "another": b"\x80\x05garbage"}[damage])  # fmt: skip
    again = compiled.compiled_entry(double)
    assert again(4) == 8
    assert sum(again.stats.cache_hits.values()) == (damage == "nothing")
    repaired = compiled.compiled_entry(double)
    assert repaired(4) == 8
    assert sum(repaired.stats.cache_hits.values()) == 1


def test_a_full_disk_costs_time_only(monkeypatch, tmp_path):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(compiled, "_CACHE", tmp_path)
    monkeypatch.setattr(kernel_cache._Files, "_write", full)
    assert compiled.compiled_entry(double)(4) == 8


def test_rules_of_ones_own_stay_out_of_it(tmp_path):
    """Of two programs the first has a rule in a module that the second does not have."""
    for folder in ("shared", "mine"):
        (tmp_path / folder).mkdir()
    (tmp_path / "shared" / "core.py").write_text(
        "from orgsim.kernel.compiled import compiled, compiled_entry\n"
        "@compiled\ndef result(rule, number):\n"
        "    if rule is None:\n        return number\n    return rule(number, 1)\n"
        "@compiled_entry\ndef ask(policies, number):\n    return result(policies.outcome, number)\n",
        encoding="utf-8",
    )
    (tmp_path / "mine" / "rules_of_mine.py").write_text(
        "def outcome(rules, levels):\n    return rules + levels\n", encoding="utf-8"
    )
    first = (
        "from core import ask; from rules_of_mine import outcome;"
        "from orgsim.kernel.policies import OWN, policies;"
        "print(ask(OWN, 1), ask(policies(outcome=outcome), 1))"
    )
    second = (
        "from core import ask; from orgsim.kernel.policies import OWN;"
        "print(ask(OWN, 1), ask.stats.cache_hits != {})"
    )
    for program, folders, answer in ((first, ("shared", "mine"), "1 2"), (second, ("shared",), "1 True")):
        path = os.pathsep.join(str(tmp_path / folder) for folder in folders)
        done = subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": path, "ORGSIM_CACHE_DIR": str(tmp_path / "cache")},
        )  # fmt: skip
        assert done.stdout.strip() == answer, done.stderr
    kept = b"".join(file.read_bytes() for file in Path(tmp_path / "cache").rglob("*ask*.nb?"))
    assert kept
    assert b"rules_of_mine" not in kept


def test_a_rule_is_found_deep_in_the_core():
    from orgsim.kernel.policies import OWN, policies
    from orgsim.organisation import core_for, stages
    from orgsim.scenario import load

    settings = load("default")
    for rules, named in ((OWN, False), (policies(dispatch=double), True)):
        core = core_for(settings, stages(settings, "silos"), rules)
        assert kernel_cache._names_a_function((compiled.numba.typeof(core),)) == named
