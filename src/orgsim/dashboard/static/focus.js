// Where the focus is. What opens on top of the page gives it back, when it closes, to where it was; and where
// what had it goes away (a message that is closed, a lever that is removed), it passes to the nearest thing
// around that is still there, never to the start of the page.
window.orgsimFocus = (() => {
  const STAYS = "button, [href], input, select, textarea, [tabindex]", before = [];
  let around = [];
  const isThere = (one) => one && one.isConnected && one.getClientRects().length > 0 && !one.disabled;
  const isNowhere = () => !document.activeElement || document.activeElement === document.body;

  function pass() {
    if (!around.length || !isNowhere() || isThere(around[0])) return;
    const main = document.getElementById("os-main"), isIn = (one) => main && main.contains(one);
    const near = around.find((one) => isThere(one) && (one.matches(STAYS) || (isIn(one) && one.querySelector(STAYS))));
    around = [];
    const next = !near ? main : near.matches(STAYS) ? near : near.querySelector(STAYS);
    if (next && !next.closest("[inert]")) next.focus({preventScroll: true});
  }

  document.addEventListener("focusin", (event) => {
    around = [];
    for (let one = event.target; one && one !== document.body; one = one.parentElement) around.push(one);
  });
  document.addEventListener("pointerdown", () => { around = []; });  // whoever presses beside it lets it go
  new MutationObserver(() => pass()).observe(document.body, {childList: true, subtree: true});
  return {
    // what opens keeps where the focus was, and gives it back when it closes
    keep() { before.push(isNowhere() ? null : document.activeElement); },
    giveBack() {
      const one = before.pop();
      around = [];
      if (isThere(one)) one.focus({preventScroll: true});
    },
  };
})();
