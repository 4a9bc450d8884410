"""A headless Chromium for the tests of pages. `make test` says which tests it skips without one; with
`ORGSIM_REQUIRE_BROWSER` set, as in CI, they fail instead."""

import os
import shutil
from contextlib import contextmanager

import pytest

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def need_chromium():
    """Skip the test, or fail it, where there is no Chromium."""
    if CHROMIUM is None:
        reason = "no Chromium found (Debian: apt install chromium)"
        if os.environ.get("ORGSIM_REQUIRE_BROWSER"):
            pytest.fail(reason)
        pytest.skip(reason)


@contextmanager
def browser():
    """A running browser."""
    need_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield chromium
        finally:
            chromium.close()


def watched(page):
    """Errors of scripts and requests that leave the page's own file, as they come."""
    errors, requests = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on(
        "request",
        lambda request: (
            requests.append(request.url) if not request.url.startswith(("file:", "data:", "blob:")) else None
        ),
    )
    return errors, requests
