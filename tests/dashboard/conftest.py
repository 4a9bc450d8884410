"""A served dashboard, and pages in a headless Chromium that note whatever goes wrong."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

import pytest

from browser import browser

#: sessions end a second after their browser: nothing of them takes time from other tests
SOON = {"SOLARA_KERNEL_CULL_TIMEOUT": "1s"}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def command(port, *arguments):
    """The command that serves the dashboard there."""
    code = "from orgsim.cli.main import main; main()"
    return [sys.executable, "-c", code, "dashboard", "--port", str(port), *arguments]


@contextmanager
def serving(*arguments, port=None, **settings):
    """The address of a dashboard that runs as long as this holds; and its process."""
    port = port or free_port()
    process = subprocess.Popen(
        command(port, *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=os.environ | SOON | settings,
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        while True:
            try:
                urllib.request.urlopen(url, timeout=5).read()
                break
            except (urllib.error.URLError, OSError):
                assert process.poll() is None, process.stdout.read().decode()
                time.sleep(0.25)
        yield url, process
    finally:
        process.terminate()
        process.wait(60)
        process.stdout.close()


@pytest.fixture(scope="module")
def served():
    with serving() as (url, _):
        yield url


@pytest.fixture(scope="module")
def chromium():
    with browser() as running:
        yield running


class Watched:
    """A page of its own session; `problems` are script errors, bad answers, requests that leave."""

    def __init__(self, chromium, url, size=(1366, 768), context=None):
        self.url, self.problems = url, []
        self.context = context or chromium.new_context(accept_downloads=True)
        self.page = self.context.new_page()
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        page, note = self.page, self.problems.append
        page.on("pageerror", lambda error: note(f"script: {error}"))
        page.on("console", lambda text: note(f"console: {text.text}") if text.type == "error" else None)
        page.on("response", lambda r: note(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.on("request", lambda r: None if self._home(r.url) else note(f"leaves: {r.url}"))

    def _home(self, url):
        return url.startswith((self.url, self.url.replace("http", "ws"), "data:", "blob:"))

    def open(self, search="", wait=".os-main"):
        self.page.goto(self.url + search)
        self.page.wait_for_selector(".os-bar")
        self.page.wait_for_selector(wait)
        return self.page


@pytest.fixture(scope="module")
def warm(chromium):
    """A browser that has the pages' scripts in its cache, like any but a first guest's."""
    context = chromium.new_context(accept_downloads=True)
    yield context
    context.close()


@pytest.fixture
def visit(chromium, served, warm):
    """Open a page of the served dashboard, `apart` in a browser of its own; what went wrong on it fails
    the test."""
    opened = []

    def visit(search="", wait=".os-main", size=(1366, 768), apart=False):
        watched = Watched(chromium, served, size, None if apart else warm)
        opened.append(watched)
        watched.open(search, wait)
        return watched.page

    yield visit
    for watched in opened:
        watched.page.close()
        if watched.context is not warm:
            watched.context.close()
        assert watched.problems == []
