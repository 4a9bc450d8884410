"""The Mesa page (`solara run app.py`): loads offline, and a step moves the model."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from dashboard.conftest import Watched, free_port

ROOT = Path(__file__).parents[2]


def test_a_step_on_the_mesa_page(chromium):
    port = free_port()
    quiet = {"SOLARA_ASSETS_FONTAWESOME_ENABLED": "False", "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "False"}
    command = [sys.executable, "-m", "solara", "run", "app.py", "--port", str(port), "--no-open"]
    process = subprocess.Popen(
        [*command, "--production"], cwd=ROOT, env=os.environ | quiet, stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        url = f"http://localhost:{port}/"
        for _ in range(160):
            try:
                urllib.request.urlopen(url, timeout=5).read()
                break
            except (urllib.error.URLError, OSError):
                time.sleep(0.25)
        watched = Watched(chromium, url)
        page = watched.page
        page.goto(url)
        page.wait_for_selector("text=/(Step|Time): 0/", timeout=30_000)  # Mesa 3.3, and from 3.5 on
        page.click("button:has-text('Step')")
        page.wait_for_selector("text=/(Step|Time): 1/")
        assert [problem for problem in watched.problems if problem.startswith("leaves")] == []
        watched.context.close()
    finally:
        process.terminate()
        process.wait(20)
