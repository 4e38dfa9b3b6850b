// Keys that work on every page, and menus that close when one leaves them.
// Invariants: no key acts while a person types in a field, and every key only does what a visible link or field does.

const PLACES = { h: "home", u: "upload", t: "tray", c: "customers", s: "bookmark" };
const SECOND_KEY_WITHIN_MS = 1200;

let waitingSince = 0;

function isTyping(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

function focusSearch() {
  const field = document.querySelector("[data-search-field]");
  if (field) {
    field.focus();
    field.select();
    return true;
  }
  const link = document.querySelector('[data-place="search"]');
  link?.click();
  return Boolean(link);
}

function showKeys() {
  const dialog = document.querySelector("[data-key-help]");
  dialog?.showModal();
  return Boolean(dialog);
}

function goTo(key) {
  const link = document.querySelector(`[data-place="${PLACES[key]}"]`);
  link?.click();
  return Boolean(link);
}

function step(by) {
  const entries = [...document.querySelectorAll("[data-list-entry]")];
  if (!entries.length) return false;
  // Whoever comes back from an entry goes on from there.
  const from = entries.includes(document.activeElement) ? document.activeElement : document.querySelector(":target [data-list-entry]");
  const next = entries.indexOf(from) + by;
  entries[Math.min(Math.max(next, 0), entries.length - 1)].focus();
  return true;
}

function act(key) {
  const second = performance.now() - waitingSince < SECOND_KEY_WITHIN_MS;
  waitingSince = 0;
  if (second && key in PLACES) return goTo(key);
  if (key === "/") return focusSearch();
  if (key === "?") return showKeys();
  if (key === "j") return step(1);
  if (key === "k") return step(-1);
  if (key === "g") waitingSince = performance.now();
  return false;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  if (act(event.key)) event.preventDefault();
});

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.querySelector("details.menu[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
