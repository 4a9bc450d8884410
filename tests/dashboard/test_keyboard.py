"""Shortcuts: they work whatever has the focus, except where text is typed."""

import itertools

import pytest

from dashboard.test_pages import READY, SHORT, in_address

HOUR = "window.orgsimStage && window.orgsimStage.hour"
#: what can have the focus on the live page, and types no text
FOCUSED = {
    "a button": ".os-row button >> nth=3",  # Reset: were it pressed, the run would be at its start
    "a list": ".os-row select >> nth=1",  # of the scenarios
    "the speed": ".os-row select >> nth=0",
    "a slider": ".os-curve-box input[type=range]",
    "a link": "nav a >> nth=3",
    "the language": "#os-language",
    "nothing": "body",
}


@pytest.fixture(scope="module")
def live(chromium, served):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{served}?day=20&{SHORT}")
    page.wait_for_selector(READY["live"])
    page.wait_for_function(f"{HOUR} === 160")
    yield page
    context.close()


def focus(page, selector):
    if selector == "body":
        page.evaluate("document.activeElement.blur()")
    else:
        page.focus(selector)


def at(page, hour):
    page.wait_for_function(f"{HOUR} === {hour}")


@pytest.mark.parametrize(
    "pair", list(itertools.pairwise([*FOCUSED, "nothing", "a button"])), ids=" then ".join
)
def test_shortcuts_work_whatever_has_the_focus(live, pair):
    """One thing after the other, as people do: step, play, pause, back."""
    page, (first, second) = live, pair
    focus(page, FOCUSED[first])
    page.keyboard.press("r")
    at(page, 0)
    page.keyboard.press("ArrowRight")
    at(page, 8)
    focus(page, FOCUSED[second])
    page.keyboard.press("Shift+ArrowRight")
    at(page, 48)
    page.keyboard.press("Space")
    page.wait_for_function(f"{HOUR} > 50")
    page.wait_for_selector("text=Pause")
    focus(page, FOCUSED[first])
    page.keyboard.press("Space")
    page.wait_for_selector(".os-row button >> text=Play")
    page.keyboard.press("d")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    page.keyboard.press("d")
    page.wait_for_function("document.documentElement.dataset.theme === 'light'")
    in_address(page, **{"set": "horizon.weeks=30"})
    assert page.evaluate(
        "[...document.querySelectorAll('.os-row select')].slice(0, 2).map((s) => s.value)"
    ) == ["1", "default"]


def test_a_button_that_was_clicked_leaves_the_keys_alone(live):
    page = live
    page.keyboard.press("r")
    at(page, 0)
    page.click("text=+ 1 week")
    at(page, 40)
    page.keyboard.press("Space")
    page.wait_for_function(f"{HOUR} > 41")
    page.click(".os-row button >> text=Pause")
    page.keyboard.press("Space")
    page.wait_for_selector(".os-row button >> text=Pause")
    page.keyboard.press("Space")
    page.wait_for_selector(".os-row button >> text=Play")


def test_the_arrows_go_a_day_on_and_back_alike(live):
    """Also on the slider, and at the very start; the longer step, a week."""
    page = live
    for selector in ("body", ".os-curve-box input[type=range]"):
        focus(page, selector)
        page.keyboard.press("r")
        at(page, 0)
        page.keyboard.press("ArrowLeft")  # there is no day before the first
        for key, hour in (("ArrowRight", 8), ("ArrowLeft", 0), ("Shift+ArrowRight", 40), ("ArrowLeft", 32),
                          ("Shift+ArrowLeft", 0)):  # fmt: skip
            page.keyboard.press(key)
            at(page, hour)
        assert page.get_attribute(".os-curve-box input", "step") == "1"


def test_the_list_of_shortcuts_keeps_the_keys_from_what_lies_behind(live):
    page = live
    focus(page, ".os-row button >> nth=3")
    page.keyboard.press("r")
    at(page, 0)
    page.keyboard.press("Shift+ArrowRight")
    at(page, 40)
    page.keyboard.press("?")
    page.wait_for_selector(".os-help")
    for key in ("r", "ArrowRight", "2", "p", "f"):
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    page.wait_for_selector(".os-help", state="detached")
    page.keyboard.press("ArrowRight")
    at(page, 48)
    assert page.locator(".os-closer").count() == 0
    in_address(page, **{"set": "horizon.weeks=30"})
    assert "page=" not in page.url


def focused(page):
    return page.evaluate("document.activeElement.outerHTML.slice(0, 60)")


@pytest.mark.parametrize("opens", ["f", "?"])
def test_what_opens_gives_the_focus_back(live, opens):
    """To where it was, a button or the slider."""
    page, shown = live, {"f": ".os-closer", "?": ".os-help"}[opens]
    for selector in (".os-row button >> nth=2", ".os-curve-box input[type=range]"):
        focus(page, selector)
        before = focused(page)
        page.keyboard.press(opens)
        page.wait_for_selector(shown)
        page.wait_for_function(f"document.activeElement.closest('{shown}') !== null")
        page.keyboard.press("Escape")
        page.wait_for_selector(shown, state="detached")
        assert focused(page) == before


def test_where_what_had_the_focus_goes_away_it_passes_to_what_is_near(visit):
    page = visit(f"?page=scenario&seed=many&{SHORT}", READY["scenario"])
    page.focus(".os-bar-box .os-banner button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".os-bar-box .os-banner", state="detached")
    assert page.evaluate("document.activeElement.id") == "os-main"
    page.click(".os-rooms button:has-text('Levers')")
    page.select_option(".os-levers-head select", index=1)
    page.focus(".os-lever > button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".os-lever", state="detached")
    assert page.evaluate("document.activeElement !== document.body")


def test_where_a_number_is_typed_keys_type(live):
    page = live
    page.keyboard.press("r")
    at(page, 0)
    seed = page.locator(".os-row input[type=number]")
    seed.click()
    seed.fill("")
    page.keyboard.type("12")
    page.keyboard.press("Tab")
    in_address(page, seed="12")
    at(page, 0)
    assert page.url.count("page=") == 0  # 1 and 2 are pages elsewhere


def test_enter_still_presses_a_button(live):
    page = live
    page.focus("text=+ 1 day")
    page.keyboard.press("r")
    at(page, 0)
    page.keyboard.press("Enter")
    at(page, 8)


def test_keys_with_control_and_an_open_list_are_the_browsers(live):
    page = live
    page.keyboard.press("r")
    at(page, 0)
    for key in ("Control+ArrowRight", "Alt+f", "Meta+d"):
        page.keyboard.press(key)
    found = page.evaluate(
        """() => {
          const list = document.querySelector(".os-row select");
          const isShortcut = (key) => window.orgsimKeys.isShortcut({target: list, key});
          list.matches = (what) => what === ":open";
          const whenOpen = isShortcut("r");
          delete list.matches;
          return [whenOpen, isShortcut("r"), isShortcut(undefined)];
        }"""
    )
    assert found == [False, True, False]
    at(page, 0)
