// The search page: searching within the results, and the sheet of filters on a phone. Nothing here is needed to search.

import { wireDialogs } from "./dialogs.js";

function searchWithin(tick) {
  const field = tick.form.querySelector("[data-search-field]");
  const [typed, placeholder] = [field.value, field.placeholder];
  tick.addEventListener("change", () => {
    field.value = tick.checked ? "" : typed;
    field.placeholder = tick.checked ? field.dataset.placeholderWithin : placeholder;
    field.focus();
  });
}

function closeFiltersWithEscape() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && location.hash === "#facets") document.querySelector("[data-facets-close]").click();
  });
}

wireDialogs();
const within = document.querySelector("[data-in-results]");
if (within) searchWithin(within);
closeFiltersWithEscape();
