"""The pages in a real browser: every page in both languages and sizes, links, keyboard, files, lessons."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from orgsim.dashboard.address import PAGES
from orgsim.language.language import catalogue

FRENCH = catalogue("fr")
SMALL = "set=horizon.weeks%3D8"
#: long enough to look at, short enough that background worlds cost little
SHORT = "set=horizon.weeks%3D30"
#: what each page shows when it is there
READY = {
    "live": ".os-stage canvas", "compare": ".os-lead", "map": ".os-map", "lessons": ".os-lessons li",
    "scenario": ".os-field",
}  # fmt: skip


def query(page):
    return {key: values[-1] for key, values in parse_qs(urlsplit(page.url).query).items()}


def in_address(page, /, **parts):
    """Wait until the address says so: it is written by the page, which is drawn bit by bit."""
    page.wait_for_function(
        """(parts) => {
          const query = new URLSearchParams(location.search);
          return Object.entries(parts).every(([key, value]) => query.getAll(key).includes(value));
        }""",
        arg=parts,
    )


def shown_texts(page):
    """Every text that can be seen or heard, as it stands there."""
    return page.evaluate(
        """() => {
          const app = document.querySelector(".os-app"), found = [];
          const walk = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const parent = walk.currentNode.parentElement;
            if (!parent.closest("style, script, code, kbd, [translate=no]"))
              found.push(walk.currentNode.textContent.trim());
          }
          for (const element of app.querySelectorAll("*"))
            for (const name of ["title", "aria-label", "placeholder", "alt"])
              found.push((element.getAttribute(name) || "").trim());
          return found.filter((text) => text);
        }"""
    )


def loose(page):
    """French texts in which a line could break before a sign, or that have no space there."""
    signs = re.compile(r"[^\u00a0\u202f][;?!»%]|[^\u00a0\u202f]:(?=\s|$)|«[^\u00a0]|\d (€|\d{3}\b)")
    return [text for text in shown_texts(page) if signs.search(text)]


def violations(page):
    """What axe-core finds."""
    found = Axe().run(page).response["violations"]
    return [(v["id"], v["help"], [node["html"][:160] for node in v["nodes"]][:3]) for v in found]


@pytest.mark.parametrize("page_name", PAGES)
def test_every_page_in_french_and_accessible(visit, page_name):
    """No English word is left, and axe-core finds nothing, in either theme."""
    page = visit(f"?page={page_name}&language=fr&{SHORT}", READY[page_name])
    page.wait_for_function("document.documentElement.lang === 'fr'")
    english = {text for text, french in FRENCH.items() if text != french}
    left = [text for text in shown_texts(page) if text in english and text not in FRENCH.values()]
    assert left == []
    assert loose(page) == []
    assert violations(page) == []
    page.keyboard.press("d")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("more", "size"),
    [("", (1366, 768)), ("", (1920, 1080)), ("&seed=many", (1366, 768)), ("&projector=1", (1366, 768))],
    ids=["small", "large", "with-a-message", "projector"],
)
def test_the_live_page_fits_the_screen(visit, more, size):
    """In French, whose words are longer."""
    page = visit(f"?language=fr&day=40&{SHORT}{more}", READY["live"], size)
    page.wait_for_function("window.orgsimStage && window.orgsimStage.dots[0] > 0")
    beyond = page.evaluate(
        """() => [...document.querySelectorAll(".os-app *")].filter((element) => {
          const box = element.getBoundingClientRect();
          if (!box.width || !box.height || element.closest(".os-hidden, .os-skip, svg, select")) return false;
          return box.bottom > innerHeight + 1 || box.right > innerWidth + 1;
        }).map((element) => element.tagName + "." + element.className)"""
    )
    assert beyond == []
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")


def test_play_pause_and_step_by_keyboard(visit):
    page = visit(f"?day=20&{SHORT}", READY["live"])
    hour = "window.orgsimStage && window.orgsimStage.hour"
    page.wait_for_function(f"{hour} === 160")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(f"{hour} === 168")
    page.keyboard.press("Shift+ArrowRight")
    page.wait_for_function(f"{hour} === 208")
    page.keyboard.press("Space")
    page.wait_for_function(f"{hour} > 214")
    page.keyboard.press("Space")
    page.wait_for_selector("text=Play")
    page.keyboard.press("r")
    page.wait_for_function(f"{hour} === 0")
    page.keyboard.press("2")
    page.wait_for_selector(READY["compare"])
    page.keyboard.press("?")
    page.wait_for_selector(".os-help")
    page.keyboard.press("Escape")
    page.wait_for_selector(".os-help", state="detached")


def test_a_run_that_plays_never_shows_an_earlier_moment(visit):
    """Whatever else is drawn meanwhile, messages that are closed say; and the pace stays."""
    page = visit(f"?day=20&{SHORT}&seed=many&cells=many&worlds=many", READY["live"])
    page.select_option(".os-row select >> nth=0", "2")
    page.keyboard.press("Space")
    page.wait_for_function("window.orgsimStage && window.orgsimStage.hour > 170")
    page.evaluate(
        """() => {
          const day = () => +document.querySelector(".os-curve-box input").value;
          window.days = [day()];
          const watched = {subtree: true, childList: true, characterData: true, attributes: true};
          const watch = new MutationObserver(() => window.days.push(day()));
          watch.observe(document.querySelector(".os-curve"), watched);
        }"""
    )
    for left in (2, 1, 0):
        page.evaluate("window.dispatchEvent(new Event('orgsim-ask'))")
        page.click(".os-banner.os-problem button >> nth=0")
        page.wait_for_function(f"document.querySelectorAll('.os-bar-box .os-banner').length === {left}")
        page.wait_for_function(f"window.days.length > {page.evaluate('window.days.length')} + 3")
    days = page.evaluate("window.days")
    assert days == sorted(days)
    assert days[0] >= 20
    assert page.input_value(".os-row select >> nth=0") == "2"


def test_what_is_being_typed_is_not_overwritten(visit):
    """Numbers come ten times a second while it plays; a seed can be typed all the same."""
    page = visit(f"?day=20&{SHORT}", READY["live"])
    page.keyboard.press("Space")
    page.wait_for_function("window.orgsimStage && window.orgsimStage.hour > 162")
    seed = page.locator(".os-row input[type=number]")
    seed.fill("")
    seed.press_sequentially("47", delay=400)
    seed.press("Tab")
    in_address(page, seed="47")


def test_click_a_case_and_read_its_story(visit):
    page = visit(f"?day=60&{SHORT}", READY["live"])
    page.wait_for_function("window.orgsimStage && window.orgsimStage.dots[0] > 20")
    at = page.evaluate(
        """() => {
          const side = window.orgsimStage.sides[0], v = [...side.shown.values()].find((v) => v.d.state === 4);
          const box = document.querySelectorAll("canvas")[0].getBoundingClientRect();
          const p = window.orgsimStage.at(side, v);
          return [box.left + p.x, box.top + p.y];
        }"""
    )
    page.mouse.click(*at)
    page.wait_for_selector(".os-story .os-steps li")
    assert page.locator(".os-story").count() == 2
    page.keyboard.press("Escape")
    page.wait_for_selector(".os-closer", state="detached")
    page.keyboard.press("f")
    page.wait_for_selector(".os-story .os-steps li")


def test_look_closer_at_a_unit_and_a_person(visit):
    page = visit(f"?day=30&{SHORT}", READY["live"])
    page.select_option(".os-push select", "0:1")
    page.wait_for_selector(".os-facts")
    assert "Sales" in page.inner_text(".os-closer h2")
    page.click(".os-people button >> nth=0")
    page.wait_for_selector("text=Speed by skill")


def test_a_link_restores_the_page(visit):
    search = (
        "?v=1&page=live&scenario=six-designs&designs=silos%2Cmatrix&seed=7&day=35&theme=dark"
        "&set=frictions.handoff.transfer_hours%3D9.5"
    )
    page = visit(search, READY["live"])
    page.wait_for_function("window.orgsimStage && window.orgsimStage.hour === 280")
    page.wait_for_selector(".os-controls:has-text('1 change')")
    assert page.input_value(".os-row input[type=number]") == "7"
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    in_address(page, designs="silos,matrix", day="35", set="frictions.handoff.transfer_hours=9.5")


def test_a_french_browser_is_greeted_in_french(chromium, served):
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(served)
    page.wait_for_selector("nav >> text=En direct")
    page.select_option("#os-language", "en")
    page.wait_for_selector("nav >> text=Live")
    page.reload()
    page.wait_for_selector("nav >> text=Live")
    context.close()


def test_the_day_is_kept_while_one_looks_elsewhere(visit):
    page = visit(f"?day=20&{SHORT}", READY["live"])
    page.keyboard.press("Space")
    page.wait_for_function("window.orgsimStage && window.orgsimStage.hour > 170")
    page.keyboard.press("5")
    page.wait_for_selector(READY["scenario"])
    in_address(page, page="scenario")
    day = int(query(page)["day"])
    assert day >= 21
    page.keyboard.press("1")
    page.wait_for_selector(READY["live"])
    page.wait_for_function(f"Math.floor(window.orgsimStage.hour / 8) === {day}")


def test_a_broken_link_gets_a_banner_and_the_page_lives(visit):
    page = visit("?page=live&scenario=nowhere&seed=many&set=crisis.depth%3D7&language=fr", READY["live"])
    page.wait_for_selector(".os-bar-box:has-text('nowhere'):has-text('abîmé')")
    assert "Traceback" not in page.inner_text("body")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.orgsimStage && window.orgsimStage.hour === 8")


def test_a_path_that_leads_nowhere_leads_to_the_pages(visit):
    page = visit("somewhere/else", READY["live"])
    page.wait_for_selector(".os-bar-box:has-text('There is no page at “/somewhere/else”.')")
    page = visit("compare?language=fr", READY["live"])
    page.wait_for_selector(".os-bar-box:has-text('/compare')")
    page.wait_for_function("document.documentElement.lang === 'fr'")


def test_two_sessions_do_not_see_each_other(visit):
    one = visit(f"?seed=1&{SHORT}", READY["live"], apart=True)
    other = visit(f"?seed=2&language=fr&{SHORT}", READY["live"], apart=True)
    one.keyboard.press("Shift+ArrowRight")
    one.wait_for_function("window.orgsimStage && window.orgsimStage.hour === 40")
    other.wait_for_function("window.orgsimStage && window.orgsimStage.hour === 0")
    other.wait_for_function("document.documentElement.lang === 'fr'")
    one.wait_for_function("document.documentElement.lang === 'en'")
    in_address(one, day="5")
    assert "day" not in query(other)


def test_compare_and_take_the_results_home(visit):
    page = visit(f"?page=compare&{SMALL}", READY["compare"])
    page.select_option(".os-choices label:nth-of-type(4) select", "10")
    page.click("button.os-primary")
    page.wait_for_selector(".os-figure img", timeout=60_000)
    assert page.locator(".os-table tbody tr").count() > 20
    assert page.locator(".os-card").count() == 4
    for label, ending in (("Report (HTML)", ".html"), ("CSV", ".csv"), ("PNG", ".png"), ("SVG", ".svg")):
        with page.expect_download(timeout=30_000) as waiting:
            page.click(f"button:has-text('{label}') >> nth=0")
        path = waiting.value.path()
        assert waiting.value.suggested_filename.endswith(ending)
        assert path.stat().st_size > 1000
    assert violations(page) == []


def test_the_map_fills_in_and_opens_a_world_live(visit):
    page = visit(f"?page=map&measure=cycle_time&{SMALL}", READY["map"])
    page.select_option(".os-choices label:has-text('Cells') select", "4")
    page.fill(".os-choices label:has-text('to') input >> nth=0", "20")
    page.press(".os-choices label:has-text('to') input >> nth=0", "Tab")
    in_address(page, cells="4", ranges="0.5,20.0,0.01,0.2")
    page.click("button.os-primary")
    page.wait_for_function(
        "document.querySelectorAll('button.os-cell:not(.os-waits)').length === 16", timeout=90_000
    )
    page.wait_for_selector("button:has-text('Draw the map')", timeout=60_000)
    assert violations(page) == []
    page.click("button.os-cell >> nth=0")
    page.wait_for_selector(READY["live"])
    in_address(page, set="frictions.handoff.transfer_hours=0.5")
    in_address(page, set="frictions.arbitration.exception_rate=0.2")


def test_a_lesson_from_the_question_to_the_exercise(visit, tmp_path):
    own = tmp_path / "mine.md"
    own.write_text(
        '+++\nlesson = "mine"\ntitle = "A short one"\nmeasure = "cycle_time"\nreplications = 4\n'
        'order = 0\n[changes]\n"horizon.weeks" = 6\n+++\n## Question\nHow long?\n\n## Explanation\n'
        "Because of **queues**.\n\n## Exercise\nTry it.\n",
        encoding="utf-8",
    )
    page = visit("?page=lessons", READY["lessons"])
    page.set_input_files("input[type=file]", own)
    page.wait_for_selector("text=The lesson “A short one” is loaded.")
    page.click("button:has-text('A short one')")
    page.wait_for_selector("text=How long?")
    assert page.locator("text=Because of").count() == 0
    assert page.locator("button:has-text('Run both')").count() == 0
    page.fill("#vote-0", "9")
    page.fill("#vote-1", "3")
    page.click("button:has-text('Keep the prediction')")
    page.click("button:has-text('Run both')")
    page.wait_for_selector("text=Because of queues", timeout=60_000)
    page.wait_for_selector(".os-came")
    assert "of 12 had predicted it" in page.inner_text(".os-class")
    assert violations(page) == []
    page.click("text=Open the scenario of this lesson")
    page.wait_for_selector(READY["scenario"])


def test_change_a_field_see_what_it_does_and_undo(visit):
    page = visit("?page=scenario", READY["scenario"])
    page.fill("#os-search", "transfer hours")
    page.press("#os-search", "Enter")
    field = "[id='f-frictions.handoff.transfer_hours']"
    page.wait_for_selector(field)
    page.wait_for_selector(".os-glance table")
    before = page.inner_text(".os-glance table")
    page.fill(field, "700")
    page.press(field, "Tab")
    page.wait_for_selector(".os-error:has-text('700 is outside the range: 0 to 500.')")
    assert page.get_attribute(field, "aria-invalid") == "true"
    page.fill(field, "12")
    page.press(field, "Tab")
    page.wait_for_selector(".os-field.os-is-changed")
    page.wait_for_function(
        "(before) => document.querySelector('.os-glance table').innerText !== before", arg=before
    )
    in_address(page, set="frictions.handoff.transfer_hours=12")
    page.click("button:has-text('Undo') >> nth=1")
    page.wait_for_selector(".os-field.os-is-changed", state="detached")


def test_a_scenario_goes_out_and_comes_back(visit, tmp_path):
    page = visit("?page=scenario&set=frictions.handoff.transfer_hours%3D9.5", READY["scenario"])
    with page.expect_download() as waiting:
        page.click("text=Download the scenario")
    file = tmp_path / "ours.toml"
    waiting.value.save_as(file)
    assert "9.5" in file.read_text(encoding="utf-8")
    other = visit("?page=scenario", READY["scenario"])
    other.set_input_files("input[type=file]", file)
    other.wait_for_selector("text=“ours” is loaded")
    in_address(other, scenario="ours")
    link = other.url
    third = visit(link.split("/")[-1].replace("page=scenario", "page=live"), READY["live"])
    third.wait_for_selector(".os-controls:has-text('Uploaded')", state="attached")
    bad = tmp_path / "bad.toml"
    bad.write_text('extends = "/etc/passwd.toml"', encoding="utf-8")
    other.set_input_files("input[type=file]", bad)
    other.wait_for_selector(".os-problem:has-text('bundled scenarios only')")


def test_levers_are_placed_on_the_timeline_with_the_keyboard(visit):
    page = visit("?page=scenario", READY["scenario"])
    page.click(".os-rooms button:has-text('Levers')")
    page.select_option(".os-levers select", "practice:feedback")
    page.wait_for_selector(".os-lever")
    page.focus(".os-lever input[type=range]")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "new URLSearchParams(location.search).getAll('set').some((s) => s.includes('start_week=14'))"
    )
    page.click(".os-lever button")
    page.wait_for_selector(".os-lever", state="detached")


def test_projector_and_theme_are_in_the_address(visit):
    page = visit("?page=lessons", READY["lessons"])
    page.keyboard.press("p")
    page.keyboard.press("d")
    page.wait_for_function("document.documentElement.classList.contains('os-projector')")
    page.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    in_address(page, projector="1", theme="dark")
    page.select_option("#os-language", "fr")
    page.wait_for_selector("text=Leçons")
    page.wait_for_function("document.title.includes('Leçons')")
