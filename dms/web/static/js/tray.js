// The tray as a whole: bars move while papers are read, and the lists are fetched anew when a paper changes its place.

import { ask } from "./asking.js";
import { wireDialogs } from "./dialogs.js";
import { wireToast } from "./toast.js";
import { filled } from "./viewer.js";

const BUSY_MS = 1500;
const IDLE_MS = 10_000;

const live = document.querySelector("[data-live]");
const words = JSON.parse(live.dataset.words);
let known = null;

const places = ({ waiting_count: waiting, under_way: underWay, troubled }) =>
  JSON.stringify([waiting, underWay.map((paper) => paper.id).sort(), [...troubled].sort()]);

function showProgress(paper) {
  const row = live.querySelector(`[data-paper="${CSS.escape(paper.id)}"]`);
  if (!row) return;
  const total = paper.pages_total;
  const bar = row.querySelector("progress");
  bar.max = total ?? 1;
  bar.value = total ? paper.pages_read : 0;
  row.querySelector("[data-how-far]").textContent = total ? filled(words.pages, { read: paper.pages_read, all: total }) : words.queued;
}

async function fetchAnew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("[data-live]");
  if (fresh) live.replaceChildren(...fresh.childNodes);
}

// Whoever is typing a reason must not have the question pulled away.
const isBusy = () => Boolean(document.querySelector("dialog[open]")) || document.hidden;

async function look() {
  const now = await ask(live.dataset.live).catch(() => null);
  if (now && !isBusy()) {
    const changed = known !== null && known !== places(now);
    known = places(now);
    if (changed) await fetchAnew().catch(() => undefined);
    now.under_way.forEach(showProgress);
  }
  setTimeout(look, now?.under_way.length ? BUSY_MS : IDLE_MS);
}

wireDialogs();
wireToast();
look();
