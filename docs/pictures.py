"""Takes the pictures of docs/dashboard.md and README.md from a running dashboard, in a headless Chromium.

python docs/pictures.py        (needs the packages of the tests, and Chromium)
"""

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests"))

from browser import browser  # noqa: E402
from dashboard.conftest import serving  # noqa: E402

SIZE = {"width": 1366, "height": 768}


def live(page, url):
    page.goto(f"{url}?scenario=french-hospitality-2020&day=345")
    page.wait_for_function("window.orgsimStage && window.orgsimStage.dots[0] > 0")
    page.wait_for_function(
        "!document.querySelector('.os-note').innerText.includes('so far')", timeout=120_000
    )
    page.keyboard.press("Space")
    page.wait_for_timeout(4000)
    page.screenshot(path=HERE / "images" / "dashboard-live.png")


def phase_map(page, url):
    page.goto(
        f"{url}?page=map&scenario=validity%2Fsimple-volume&measure=cycle_time"
        "&factors=people.specialisation,people.variety"
    )
    page.click("button.os-primary")
    page.wait_for_selector(".os-downloads", timeout=300_000)
    page.screenshot(path=HERE / "images" / "dashboard-map.png")


if __name__ == "__main__":
    with serving() as (url, _), browser() as chromium:
        page = chromium.new_page(viewport=SIZE)
        live(page, url)
        phase_map(page, url)
