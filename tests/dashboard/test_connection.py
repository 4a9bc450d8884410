"""A connection that is cut: the page says so at once, its controls are off, and it goes on where it was."""

import time

import pytest

from dashboard.conftest import free_port, serving
from dashboard.cutting import CuttingProxy
from dashboard.test_pages import READY, SHORT, in_address

BANNER = "#os-connection:not([hidden])"
LOST = "window.orgsimConnection.state === 'lost'"
BACK = "window.orgsimConnection && !window.orgsimConnection.lost && !!window.orgsimPage"
#: longer than a server of these tests keeps a page that is gone
LONG = 4.0


def port_of(url):
    return int(url.rstrip("/").rpartition(":")[2])


@pytest.fixture(scope="module")
def lasting():
    """A server that keeps a session as long as one for people does."""
    with serving(SOLARA_KERNEL_CULL_TIMEOUT="2m") as (url, _):
        yield url


@pytest.fixture
def through(chromium):
    """Open a page through a proxy to a server."""
    opened = []

    def open_page(url, search, wait):
        proxy = CuttingProxy(free_port(), port_of(url))
        context = chromium.new_context()
        opened.append((context, proxy.__enter__()))
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{proxy.port}/{search}")
        page.wait_for_selector(wait)
        page.wait_for_function("window.orgsimPage && window.solara.debug.viewMounted()")
        page.wait_for_function("window.orgsimPage.beat > 0")
        return page, proxy

    yield open_page
    for context, proxy in opened:
        context.close()
        proxy.__exit__()


def test_a_drop_of_two_seconds_is_said_and_nothing_is_lost(through, lasting):
    """The comparison that was run is still there, and so are the controls, which are off meanwhile."""
    page, proxy = through(lasting, "?page=compare&language=fr&worlds=10&set=horizon.weeks%3D8", ".os-lead")
    page.click(".os-progress-box button")
    page.wait_for_selector(".os-findings", timeout=90_000)
    page.evaluate("window.mark = 1")
    page.focus(".os-explain select")
    proxy.cut()
    page.wait_for_selector(f"{BANNER} >> text=La connexion à orgsim est perdue")
    assert page.evaluate(
        "[...document.querySelectorAll('.os-bar, .os-main')].every((e) => e.closest('[inert]'))"
    )
    page.keyboard.press("1")  # no shortcut is kept for later
    time.sleep(2)
    assert 1 <= page.evaluate("window.orgsimConnection.attempts") <= 4  # with growing pauses
    proxy.mend()
    page.wait_for_function(BACK)
    assert page.evaluate("window.mark") == 1
    assert page.evaluate("document.activeElement.matches('.os-explain select')")
    assert page.is_visible(".os-findings")
    assert page.evaluate("!document.querySelector('[inert]')")
    in_address(page, page="compare")
    page.keyboard.press("1")
    page.wait_for_selector(READY["live"])


def test_what_plays_plays_on(through, lasting):
    page, proxy = through(lasting, f"?day=20&{SHORT}", READY["live"])
    page.keyboard.press("Space")
    page.wait_for_function("window.orgsimStage && window.orgsimStage.hour > 162")
    proxy.cut()
    page.wait_for_function(LOST)
    hour = page.evaluate("window.orgsimStage.hour")
    proxy.mend()
    page.wait_for_function(BACK)
    page.wait_for_function(f"window.orgsimStage.hour > {hour} + 4")
    page.keyboard.press("Space")
    page.wait_for_selector("text=Play")


def test_a_page_that_the_server_has_forgotten_plays_on_from_its_day(through, served):
    """As after an hour of sleep: the address says where the run was, the tab that it played."""
    page, proxy = through(served, f"?day=20&seed=7&language=fr&{SHORT}", READY["live"])
    page.keyboard.press("Space")
    page.wait_for_function("window.orgsimStage && window.orgsimStage.hour > 170")
    page.evaluate("window.mark = 1")
    proxy.cut()
    page.wait_for_function(LOST)
    time.sleep(LONG)
    proxy.mend()
    page.wait_for_function(f"!window.mark && {BACK} && window.orgsimStage && window.orgsimStage.hour > 160")
    in_address(page, seed="7", language="fr")
    assert "Graine" in page.inner_text(".os-row")
    page.wait_for_function("window.orgsimStage.hour > 172")
    page.keyboard.press("Space")
    page.wait_for_selector(".os-row button >> text=Lancer")


def test_a_server_that_is_started_again_is_found_again(chromium):
    port = free_port()
    context = chromium.new_context()
    page = context.new_page()
    with serving(port=port) as (url, process):
        page.goto(f"{url}?page=scenario&seed=9&{SHORT}")
        page.wait_for_selector(READY["scenario"])
        page.wait_for_function("window.orgsimPage && window.orgsimPage.beat > 0")
        page.evaluate("window.mark = 1")
        process.kill()
        page.wait_for_selector(BANNER)
    with serving(port=port):
        page.wait_for_function(f"!window.mark && {BACK}", timeout=60_000)
        page.wait_for_selector(READY["scenario"])
        in_address(page, seed="9", set="horizon.weeks=30")
    context.close()


def test_a_tab_gets_back_what_a_server_has_forgotten(chromium):
    """A comparison that was found, and a map that was being drawn; the pace, and that it played: the tab asks
    for them again. Another tab with the same link begins anew."""
    port, context = free_port(), chromium.new_context()
    page = context.new_page()
    with serving(port=port) as (url, process):
        page.goto(f"{url}?page=compare&language=fr&worlds=10&set=horizon.weeks%3D8")
        page.wait_for_selector(READY["compare"])
        page.click(".os-progress-box button")
        page.wait_for_selector(".os-explain button", timeout=90_000)
        sentence = page.inner_text(".os-sentence")
        page.keyboard.press("3")
        page.wait_for_selector(READY["map"])
        page.click(".os-progress-box button")
        page.wait_for_selector("progress")
        page.keyboard.press("1")
        page.wait_for_selector(READY["live"])
        page.select_option(".os-row select >> nth=0", "0.5")
        page.keyboard.press("Space")
        page.wait_for_function("window.orgsimStage && window.orgsimStage.hour > 2")
        page.evaluate("window.mark = 1")
        process.kill()
        page.wait_for_function(LOST)
        day = page.evaluate("Math.floor(window.orgsimStage.hour / 8)")
    with serving(port=port):
        page.wait_for_function(f"!window.mark && {BACK}", timeout=60_000)
        page.wait_for_function(f"window.orgsimStage && window.orgsimStage.hour > {8 * day} + 1")
        page.wait_for_selector(".os-row button >> text=Pause")
        assert page.input_value(".os-row select >> nth=0") == "0.5"
        page.keyboard.press("Space")
        page.keyboard.press("2")
        page.wait_for_selector(".os-explain button", timeout=90_000)
        assert page.inner_text(".os-sentence") == sentence
        assert page.locator(".os-outdated").count() == 0
        page.keyboard.press("3")
        page.wait_for_selector("button.os-cell:not(.os-waits)", timeout=90_000)
        link = page.url.replace("page=map", "page=compare")
        other = context.new_page()
        other.goto(link)
        other.wait_for_function(BACK)
        assert other.is_visible(READY["compare"])
        assert other.locator(".os-findings, progress").count() == 0
    context.close()


def test_a_page_that_is_loaded_again_has_its_answers(through, lasting):
    """Those of a tab that is closed lie on the shelf for a while."""
    page, _ = through(lasting, "?page=compare&worlds=10&set=horizon.weeks%3D9", READY["compare"])
    page.click(".os-progress-box button")
    page.wait_for_selector(".os-findings", timeout=90_000)
    page.reload()
    page.wait_for_selector(".os-findings", timeout=90_000)
    assert page.locator(".os-outdated").count() == 0
    page.goto(page.url.replace("worlds=10", "worlds=50"))
    page.wait_for_function(BACK)
    page.wait_for_selector(READY["compare"])  # another address: nothing comes back


def test_a_connection_that_hangs_is_said_too(through, lasting):
    """Nothing is closed, but nothing comes: the page asks for a sign of life."""
    page, proxy = through(lasting, "?page=lessons", READY["lessons"])
    proxy.hang()
    page.wait_for_selector(BANNER, timeout=60_000)
    assert page.evaluate("document.querySelector('.os-main').closest('[inert]') !== null")
    proxy.mend()
    page.wait_for_function(BACK, timeout=60_000)
    page.click(".os-lessons button >> nth=0")
    page.wait_for_selector(".os-question")


def test_a_page_whose_connection_never_came_says_so(through, lasting, chromium):
    """The files come, the WebSocket does not: as behind a proxy that passes none on."""
    context = chromium.new_context()
    page = context.new_page()
    page.route_web_socket("**/channels*", lambda socket: socket.close(code=1011))
    page.goto(f"{lasting}?language=fr")
    page.wait_for_selector(f"{BANNER} >> text=La connexion à orgsim est perdue")
    context.close()


def test_try_now_does_not_wait(through, lasting):
    page, proxy = through(lasting, "?page=lessons", READY["lessons"])
    proxy.cut()
    page.wait_for_function("window.orgsimConnection.attempts >= 3")
    proxy.mend()
    page.click("#os-connection button")
    page.wait_for_function(BACK)
