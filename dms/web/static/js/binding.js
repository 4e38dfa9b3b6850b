// A binding run that goes on: each page asks for the next stretch by itself, unless the person stops it first.

import { wireDialogs } from "./dialogs.js";

const PAUSE_MS = 400; // long enough to press "stop", short enough not to be waited for

wireDialogs();
const onward = document.querySelector("form[data-goes-on]");
if (onward) {
  const timer = setTimeout(() => onward.requestSubmit(), PAUSE_MS);
  for (const form of document.querySelectorAll("form")) form.addEventListener("submit", () => clearTimeout(timer));
}
