// Keeps watch over the page's connection. When it is lost, the page says so at once and its controls are off;
// it is tried again with growing pauses, for as long as it takes. While the server still knows the page, it
// goes on where it was; otherwise (a restarted server, an hour of sleep) it is loaded again: its address says
// where it was, and the tab remembers what had been asked (tab.js).
//
// A connection can hang without being closed. So whatever comes is a sign of life, the page asks for one
// every PULSE, and when it has been QUIET nevertheless, the server itself is asked, which answers however
// busy a page keeps it: if it does not within its HURRY, the connection is lost; if it does, it is the page
// that is busy, and that is said when its sign of life has not come for SILENT.
//
// This stands outside of what Solara draws, which goes away with the connection. The library that Solara uses
// gives up after a few attempts: it is told to make none of its own.
window.orgsimConnection = (() => {
  const PAUSES = [0.5, 1, 2, 4, 8, 15, 30], LOOK = 500, PULSE = 2000, QUIET = 2200, HURRY = 2500, SILENT = 6000, HANGS = 15000, ROUNDS = 3;
  const here = {state: null, attempts: 0, rounds: 0, asked: 0, since: 0, get lost() { return here.state !== null; }};
  const banner = document.getElementById("os-connection"), said = document.createElement("span"), button = document.createElement("button");
  const texts = JSON.parse(document.getElementById("os-connection-texts").textContent);
  let kernel = null, seen = false, next = null, trying = false, asking = false, leaving = false, looked = Date.now(), pulsed = 0, heard = Date.now(), socket = null;
  const t = (text) => (texts[document.documentElement.lang] || texts.en)[text] || text;
  const say = {
    lost: () => t("The connection to orgsim is lost. The page tries again and again, and goes on where it was."),
    silent: () => t("orgsim does not answer just now: it is busy with this page, or the connection hangs. The page goes on with the answer."),
  };
  button.type = "button";
  button.onclick = () => attempt();
  banner.append(said, button);

  function show(state) {
    const was = here.lost;
    here.state = state;
    if (here.lost && !was) window.orgsimFocus.keep();
    document.documentElement.classList.toggle("os-lost", here.lost);
    for (const part of document.body.children) if (part !== banner && !/SCRIPT|STYLE|LINK/.test(part.tagName)) part.inert = here.lost;
    if (was && !here.lost) window.orgsimFocus.giveBack();
    banner.hidden = !here.lost;
    if (state && said.textContent !== say[state]()) { said.textContent = say[state](); button.textContent = t("Try now"); }
  }

  function lose() {
    if (leaving) return;
    if (here.state !== "lost") { here.attempts = here.rounds = 0; window.dispatchEvent(new Event("orgsim-lost")); }
    show("lost");
    plan();
  }

  function plan() {
    clearTimeout(next);
    next = setTimeout(attempt, 1000 * PAUSES[Math.min(here.attempts, PAUSES.length - 1)]);
  }

  async function isThere(patience = 5000) {
    const control = new AbortController(), timer = setTimeout(() => control.abort(), patience);
    try { return (await fetch("readyz", {cache: "no-store", signal: control.signal})).ok; } catch (error) { return false; } finally { clearTimeout(timer); }
  }

  async function attempt() {
    if (trying || leaving) return;
    clearTimeout(next);
    trying = true;
    here.attempts += 1;
    const reached = await isThere();
    trying = false;
    if (leaving || !here.lost) return;
    if (reached) connect();
    plan();
  }

  function connect() {
    if (kernel && kernel.connectionStatus === "connected" && Date.now() - here.since < HANGS) return;  // the answer may be on its way
    if (!kernel || kernel.isDisposed || kernel.status === "dead" || here.rounds >= ROUNDS) { window.location.reload(); return; }
    kernel._reconnectLimit = 1;
    kernel.reconnect().catch(() => {});
    kernel._reconnectLimit = 0;
  }

  function hold(found) {
    kernel = found;
    const closed = kernel._onWSClose;
    // what an earlier socket reports late is no news about this one
    kernel._onWSClose = (event) => { if (!kernel._ws || event.target === kernel._ws) closed(event); };
    if (kernel._ws && kernel._ws.readyState === WebSocket.OPEN) kernel._ws.onclose = kernel._ws.onerror = kernel._onWSClose;
    kernel._reconnectLimit = 0;
    kernel.connectionStatusChanged.connect((_, status) => {
      here.since = Date.now();
      if (status === "disconnected") lose();
      else if (status === "connected" && here.lost) {
        if (!seen) window.location.reload();  // the page was lost before it was there
        here.rounds += 1; here.asked = 0;
        window.dispatchEvent(new Event("orgsim-ask"));
      }
    });
    here.since = Date.now();
    if (kernel.connectionStatus === "disconnected") lose();
  }

  // as early as can be: before the connection is held, the library tries again by itself, and then waits long
  const holding = setInterval(() => {
    if (!window.solara || !solara.debug) return;
    clearInterval(holding);
    hold(solara.debug.kernel());
  }, 50);

  function look() {
    const now = Date.now();
    if (now - looked > 10000) here.asked = 0;  // the browser slept
    looked = now;
    if (kernel && kernel.connectionStatus === "connecting" && now - here.since > HANGS) lose();
    if (!seen || kernel.connectionStatus !== "connected") return;
    if (kernel._ws && kernel._ws !== socket) {
      socket = kernel._ws;
      socket.addEventListener("message", () => { heard = Date.now(); });
    }
    if (now - pulsed >= PULSE) pulse();
    const silent = here.asked && now - here.asked > SILENT;
    if (here.state !== "lost" && (now - Math.max(heard, here.since) > QUIET || silent)) ask();
  }

  // the page asks for a sign of life, and Python answers it
  function pulse() {
    pulsed = Date.now();
    window.dispatchEvent(new Event("orgsim-ask"));
  }

  async function ask(unplugged = false) {
    if (asking) return;
    asking = true;
    const asked = Date.now(), reached = await isThere(HURRY), now = Date.now();
    asking = false;
    if (here.state === "lost" || now - asked > 2 * HURRY) return;  // it was the browser that was busy: once more
    const waited = here.asked ? now - here.asked : 0;
    if (reached) heard = now;
    if (waited > HANGS || (!reached && (unplugged || now - heard > QUIET))) lose();
    else if (waited > SILENT) show("silent");
  }

  window.addEventListener("orgsim-asked", () => { here.asked = here.asked || Date.now(); });
  window.addEventListener("orgsim-answered", () => {
    seen = true;
    here.asked = 0;
    clearTimeout(next);
    window.orgsimTab.playing(false);
    if (here.lost) show(null);
  });
  window.addEventListener("pagehide", () => { leaving = true; });
  window.addEventListener("online", () => { if (here.lost) attempt(); });
  window.addEventListener("offline", () => { if (seen && !here.lost) ask(true); });  // a server on this machine is there all the same
  document.addEventListener("visibilitychange", () => { if (!document.hidden) { look(); if (here.lost) attempt(); } });
  setInterval(look, LOOK);
  return here;
})();
