"""A window as narrow as a telephone's: no page is wider than it, no control is cut or lies on another."""

import pytest

from dashboard.test_pages import READY, SHORT

TELEPHONE = (360, 740)
#: what reaches beyond the window, is cut, or lies on something else; what is scrolled sideways is not cut
FLAWS = """() => {
  const box = (e) => e.getBoundingClientRect();
  const told = (e) => `${e.tagName}.${e.className} ${e.textContent.slice(0, 30)}`;
  const among = (list, what, name) => list.filter(what).map((e) => `${name}: ${told(e)}`);
  const beside = ".os-hidden, .os-skip, .os-scroll, svg, option, [hidden]";
  const shown = (e) => e.getClientRects().length && !e.closest(beside);
  const all = [...document.querySelectorAll(".os-app *")].filter(shown);
  const found = among(all, (e) => box(e).right > innerWidth + 1 || box(e).left < -1, "wide");
  if (document.documentElement.scrollWidth > innerWidth) found.push("page");
  const whole = all.filter((e) => e.matches("button, h2, h3, label, th, td") && e.clientWidth);
  found.push(...among(whole, (e) => e.scrollWidth > e.clientWidth + 1, "cut"));
  const alone = all.filter((e) => !e.closest(".os-closer, .os-help, .os-lever-name") &&
    e.matches("button, a, select, input:not([type=range]), canvas, h2, h3, label, .os-org-now, .os-about"));
  const share = (from, to, side, other) => Math.min(from[other], to[other]) - Math.max(from[side], to[side]);
  alone.forEach((a, i) => alone.slice(i + 1).forEach((b) => {
    const on = share(box(a), box(b), "left", "right") > 2 && share(box(a), box(b), "top", "bottom") > 2;
    if (on && !a.contains(b) && !b.contains(a)) found.push(`over: ${told(a)} / ${told(b)}`);
  }));
  return found.slice(0, 10);
}"""


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("page_name", READY)
def test_every_page_fits_a_narrow_window(visit, page_name, language):
    page = visit(
        f"?page={page_name}&language={language}&day=40&seed=many&{SHORT}", READY[page_name], TELEPHONE
    )
    page.wait_for_selector(".os-bar-box .os-banner")
    assert page.evaluate(FLAWS) == []
    page.keyboard.press("?")
    page.wait_for_selector(".os-help")
    assert page.evaluate(FLAWS) == []


def test_what_opens_and_what_is_found_fits_it_too(visit):
    """The story of a case, levers, a lesson, a comparison, a map."""
    small = "language=fr&set=horizon.weeks%3D8&worlds=10&cells=4"
    page = visit(f"?day=20&{small}", READY["live"], TELEPHONE)
    page.keyboard.press("f")
    page.wait_for_selector(".os-story .os-steps li")
    assert page.evaluate(FLAWS) == []
    page = visit(f"?page=scenario&scenario=practices/consultation&{small}", READY["scenario"], TELEPHONE)
    page.click(".os-rooms button:has-text('Leviers')")
    page.select_option(".os-levers-head select", index=1)
    page.wait_for_selector(".os-lever")
    assert page.evaluate(FLAWS) == []
    page = visit(f"?page=lessons&lesson=handoffs&votes=3,4,5&{small}", ".os-question", TELEPHONE)
    assert page.evaluate(FLAWS) == []
    for name in ("compare", "map"):
        page = visit(f"?page={name}&measure=cycle_time&{small}", READY[name], TELEPHONE)
        page.click(".os-progress-box button")
        page.wait_for_selector(".os-downloads", timeout=90_000)
        assert page.evaluate(FLAWS) == []


def test_people_and_cases_stay_within_their_place(visit):
    """Where many people sit in little room, they are drawn smaller: none lies on the name of its unit."""
    page = visit(f"?day=40&{SHORT}", READY["live"], TELEPHONE)
    page.wait_for_function("window.orgsimStage && window.orgsimStage.dots[0] > 0")
    outside = page.evaluate(
        """() => window.orgsimStage.sides.flatMap((side) => side.seats.map((seat, row) => {
          const of = side.frame.people[row];
          const place = side.plan.places.find((p) => p.unit === of.unit && p.function === of.function);
          return !seat || (seat.y >= place.y + place.strip && seat.y + seat.size <= place.y + place.h + 1);
        })).filter((within) => !within).length"""
    )
    assert outside == 0
