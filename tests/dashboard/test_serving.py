"""Serving: offline, loopback alone, a killed server's message, closed browsers freed, clear errors."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from browser import need_chromium
from dashboard.conftest import SOON, Watched, command, free_port, serving
from orgsim.cli.main import main


@pytest.fixture(scope="module")
def ours():
    """A server of this module's own."""
    with serving() as running:
        yield running


def test_it_binds_to_loopback_by_default(ours):
    found = subprocess.run(["ss", "-ltn"], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("no ss")
    port = ours[0].rstrip("/").rpartition(":")[2]
    bound = [line.split()[3] for line in found.stdout.splitlines() if line.split()[3].endswith(f":{port}")]
    assert bound == [f"127.0.0.1:{port}"]


def test_its_address_is_said_once_it_answers():
    """Whoever reads the line can open the page."""
    port = free_port()
    with subprocess.Popen(command(port), stdout=subprocess.PIPE, env=os.environ | SOON) as process:
        try:
            assert f"http://localhost:{port}/" in process.stdout.readline().decode()
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=30) as answer:
                assert answer.status == 200
        finally:
            process.terminate()


def test_a_port_that_is_taken_is_one_clear_message(ours):
    port = ours[0].rstrip("/").rpartition(":")[2]
    found = CliRunner().invoke(main, ["dashboard", "--port", port])
    assert found.exit_code == 2
    assert "choose another --port" in found.output


def test_a_broken_lesson_in_a_folder_is_one_clear_message(tmp_path):
    (tmp_path / "bad.md").write_text("no head", encoding="utf-8")
    found = CliRunner().invoke(main, ["dashboard", "--port", str(free_port()), "--lessons", str(tmp_path)])
    assert found.exit_code == 2
    assert "begins with a head" in found.output


OFFLINE = """
import subprocess, sys
subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
sys.path.insert(0, {tests!r})
from dashboard.conftest import serving, Watched
from browser import browser
with serving() as (url, _), browser() as chromium:
    watched = Watched(chromium, url)
    page = watched.open("?language=fr", ".os-stage canvas")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_function("window.orgsimStage && window.orgsimStage.dots[0] > 0")
    ready = {{"compare": ".os-lead", "map": ".os-map", "lessons": ".os-lessons li", "scenario": ".os-field"}}
    for name, part in ready.items():
        page.click(f"nav a[href*='page={{name}}']")
        page.wait_for_selector(part)
    assert watched.problems == [], watched.problems
print("OFFLINE")
"""


def test_everything_works_in_an_empty_network_namespace():
    need_chromium()
    if (
        shutil.which("unshare") is None
        or subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("no network namespaces here")
    code = textwrap.dedent(OFFLINE).format(tests=str(Path(__file__).parents[1]))
    found = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", code], capture_output=True, text=True, timeout=120,
        env=dict(os.environ), check=False,
    )  # fmt: skip
    assert "OFFLINE" in found.stdout, found.stdout + found.stderr


def kernels(url):
    with urllib.request.urlopen(f"{url}readyz", timeout=5) as answer:
        return json.load(answer)["pages"]


def test_a_closed_browser_frees_its_session(chromium, ours):
    """Sessions of closed pages end, and nothing of them plays on."""
    url, _ = ours
    for _ in range(2):
        watched = Watched(chromium, url)
        page = watched.open("", ".os-stage canvas")
        page.keyboard.press("Space")
        page.wait_for_selector("text=Pause")
        assert kernels(url) >= 1
        watched.context.close()
    deadline = time.monotonic() + 40
    while kernels(url) and time.monotonic() < deadline:
        time.sleep(0.3)
    assert kernels(url) == 0


def test_a_killed_server_is_said_in_the_users_language(chromium, ours):
    """The last test: the server is gone after it."""
    url, process = ours
    watched = Watched(chromium, url)
    page = watched.open("?language=fr", ".os-stage canvas")
    process.kill()
    page.wait_for_selector("text=La connexion à orgsim est perdue", timeout=20_000)
    assert "Server" not in page.inner_text("body")
    watched.context.close()
