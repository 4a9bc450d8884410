// Which keys are shortcuts: all but those that type text, and those of an open list. Whatever has the focus
// (a button, a slider, a closed list), a shortcut does what the list of shortcuts says. While that list is
// open, nothing behind it moves: only the keys that close it are shortcuts.
window.orgsimKeys = {
  isShortcut(event) {
    const at = event.target, tag = (at.tagName || "").toLowerCase();
    if (!event.key || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || window.orgsimConnection.lost || !window.orgsimKeys.isOnTop(event.key)) return false;
    if (tag === "textarea" || at.isContentEditable) return false;
    if (tag === "input") return ["range", "checkbox", "radio", "button", "file", "submit"].includes(at.type);
    return !(tag === "select" && window.orgsimKeys.isOpen(at));
  },
  // whether a key is for what lies on top of the page, if anything does
  isOnTop(key) { return !document.querySelector(".os-help") || key === "Escape" || key === "?"; },
  // browsers that do not know the pseudo-class show their own list, and keep its keys
  isOpen(list) {
    try { return list.matches(":open"); } catch (unknown) { return false; }
  },
};
