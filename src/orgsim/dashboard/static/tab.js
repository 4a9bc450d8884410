// What this tab remembers of its page, in the browser's own store for a tab: it outlives a server that has
// forgotten the page, a reload, and a browser that comes back with its tabs. Another tab knows nothing of it,
// nor does this one at another address (but for the day, which goes on).
window.orgsimTab = (() => {
  const MEMORY = "orgsim-memory", PLACE = "orgsim-place", PLAYING = "orgsim-playing";
  const store = (act) => { try { return act(window.sessionStorage); } catch (refused) { return null; } };
  const get = (key) => store((s) => s.getItem(key)), set = (key, value) => store((s) => value ? s.setItem(key, value) : s.removeItem(key));
  const place = () => { const query = new URLSearchParams(window.location.search); query.delete("day"); query.sort(); return query.toString(); };
  const same = get(PLACE) === place();
  let left = same && (get(MEMORY) || get(PLAYING)) ? {memory: get(MEMORY) || "", playing: !!get(PLAYING)} : null;
  if (!same) set(MEMORY, "");
  set(PLAYING, "");
  return {
    // what was left here before the page was loaded; once
    take() { const found = left; left = null; return found; },
    keep(memory) { set(MEMORY, memory); },
    stand() { set(PLACE, place()); },
    // a run that plays goes on after a connection that was lost
    playing(on) { set(PLAYING, on ? "1" : ""); },
  };
})();
