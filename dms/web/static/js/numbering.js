// The next reference codes, shown while a pattern is typed; without this, a button shows them.

const PAUSE_MS = 250;
const form = document.querySelector("form[data-preview]");
const place = form?.querySelector("[data-preview-place]");
let waiting = 0;
let asked = null;

async function show() {
  asked?.abort();
  asked = new AbortController();
  const typed = new URLSearchParams(new FormData(form));
  typed.delete("csrf_token");
  try {
    const answer = await fetch(`${form.dataset.preview}?${typed}`, { headers: { Accept: "text/html" }, signal: asked.signal });
    if (answer.ok && !answer.redirected) place.innerHTML = await answer.text();
  } catch (problem) {
    if (problem.name !== "AbortError") throw problem;
  }
}

form?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(show, PAUSE_MS);
});
