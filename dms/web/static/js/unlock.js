// The unlock page: show what is typed when asked to, and say that checking takes a moment.
// Without this script the form works all the same.

for (const box of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(box.dataset.reveal);
  box.closest(".reveal").hidden = false;
  box.addEventListener("change", () => { field.type = box.checked ? "text" : "password"; });
}

for (const form of document.querySelectorAll("[data-unlock]")) {
  const button = form.querySelector("[data-busy]");
  const words = button.textContent;
  form.addEventListener("submit", () => {
    // A disabled button would take the focus away from a person at the keyboard.
    button.setAttribute("aria-disabled", "true");
    button.textContent = button.dataset.busy;
  });
  // Coming back by the browser's own button shows the page as it was left.
  window.addEventListener("pageshow", () => {
    button.removeAttribute("aria-disabled");
    button.textContent = words;
  });
}
