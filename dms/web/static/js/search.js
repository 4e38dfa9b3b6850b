// The search page: suggestions while one types, searching within the results, the form that writes a query, and the
// sheet of filters on a phone. Nothing here is needed to search.

import { ask } from "./asking.js";
import { Combobox } from "./combobox.js";
import { wireDialogs } from "./dialogs.js";

const TYPING_PAUSE_MS = 200;
const GOES_ON = "field"; // the name of a field wants its value before there is anything to search for

// A whole search is gone to as it was; anything else goes into the box and is searched for.
function suggest(frame) {
  const input = frame.querySelector("input");
  new Combobox(frame, {
    find: (words) => ask(`${frame.dataset.suggest}?q=${encodeURIComponent(words)}`).then((answer) => answer.suggestions),
    parts: ({ named, label }) => [[named, "suggestion-kind"], [label, "suggestion-label"]],
    text: ({ text }) => text,
    nothing: "",
    chosen: ({ kind, address }) => {
      if (address) location.assign(address);
      else if (kind === GOES_ON) input.dispatchEvent(new Event("input", { bubbles: true }));
      else input.form.requestSubmit();
    },
  });
}

function searchWithin(tick) {
  const field = tick.form.querySelector("[data-search-field]");
  const [typed, placeholder] = [field.value, field.placeholder];
  tick.addEventListener("change", () => {
    field.value = tick.checked ? "" : typed;
    field.placeholder = tick.checked ? field.dataset.placeholderWithin : placeholder;
    field.focus();
  });
}

function showComposed(form) {
  const target = form.querySelector("[data-composed]");
  let timer = 0;
  const show = () => ask(`${form.dataset.compose}?${new URLSearchParams(new FormData(form))}`).then(({ query }) => (target.textContent = query), () => undefined);
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, TYPING_PAUSE_MS);
  });
  form.closest("details").addEventListener("toggle", ({ target }) => {
    if (!target.open) return;
    target.querySelector(".form-control").focus();
    show();
  });
}

// A switch loads the page again; whoever works without a mouse goes on from the switch.
function keepSwitchInFocus() {
  const key = "search-switch";
  const pressed = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  for (const button of document.querySelectorAll("button.switch[name=press]")) {
    if (button.value === pressed) button.focus();
    button.addEventListener("click", () => sessionStorage.setItem(key, button.value));
  }
}

function closeFiltersWithEscape() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#facets") document.querySelector("[data-facets-close]").click();
  });
}

wireDialogs();
keepSwitchInFocus();
document.querySelectorAll("[data-suggest]").forEach(suggest);
document.querySelectorAll("[data-in-results]").forEach(searchWithin);
document.querySelectorAll("[data-compose]").forEach(showComposed);
closeFiltersWithEscape();
