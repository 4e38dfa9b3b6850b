// The page of one paper: text beside the image, stepping from hit to hit across pages, and waiting for the reading.

import { ask } from "./asking.js";
import { wireDialogs } from "./dialogs.js";
import { Viewer, filled, isTyping, scrollWithin } from "./viewer.js";

const POLL_FROM_MS = 1000;
const POLL_UP_TO_MS = 8000;

function showText(viewer, room) {
  const body = room.querySelector("[data-text-body]");
  const list = document.createElement("ol");
  list.className = "page-lines";
  viewer.addEventListener("viewer:page", ({ detail }) => {
    const { view } = detail;
    const lines = view.lines.map((line, index) => lineElement(line, index)).filter(Boolean);
    if (lines.length) lines[0].tabIndex = 0;
    list.replaceChildren(...lines);
    body.replaceChildren(lines.length ? list : note(viewer.words.no_text));
    body.parentElement.scrollTop = 0;
    showCorrection(room, view);
    room.querySelector("[data-sure]").textContent = view.blank ? viewer.words.blank : filled(viewer.words.sure, { n: view.confidence });
  });
  viewer.addEventListener("viewer:line", ({ detail }) => choose(body, viewer, detail.index));
  body.addEventListener("click", (event) => pick(event, body, viewer));
  body.addEventListener("focusin", (event) => pick(event, body, viewer));
  body.addEventListener("keydown", (event) => walk(event, body));
}

// What a person says stands on the page, above what was read there; and the way to say so of the page that is shown.
function showCorrection(room, { number, correction }) {
  const section = room.querySelector("[data-corrected]");
  section.hidden = !correction;
  section.querySelector("[data-corrected-by]").textContent = correction ? `${correction.by} · ${correction.at}` : "";
  section.querySelector("[data-corrected-text]").replaceChildren(...marked(correction?.parts ?? []));
  const link = room.querySelector("[data-correct]");
  if (link) link.href = link.href.replace(/\/pages\/\d+\/correct/, `/pages/${number}/correct`);
}

function lineElement(line, index) {
  if (!line.parts.length) return null;
  const element = document.createElement("li");
  element.className = line.sure < 80 ? "page-line is-unsure" : "page-line";
  element.append(...marked(line.parts));
  element.tabIndex = -1;
  element.dataset.line = index;
  return element;
}

const marked = (parts) => parts.map(([text, isHit]) => (isHit ? hitElement(text) : text));

function hitElement(text) {
  const mark = document.createElement("mark");
  mark.textContent = text;
  return mark;
}

function note(text) {
  const paragraph = document.createElement("p");
  paragraph.className = "page-text-empty quiet";
  paragraph.textContent = text;
  return paragraph;
}

function pick(event, body, viewer) {
  const line = event.target.closest("[data-line]");
  if (line) choose(body, viewer, Number(line.dataset.line));
}

function choose(body, viewer, index) {
  const box = viewer.view.lines[index]?.box;
  viewer.point(box ? [box] : []);
  for (const line of body.querySelectorAll("[data-line]")) {
    const chosen = Number(line.dataset.line) === index;
    line.classList.toggle("is-chosen", chosen);
    line.tabIndex = chosen ? 0 : -1;
    if (chosen) scrollWithin(body.parentElement, line);
  }
}

// The line of text in which a place on the image stands; where no hit was read there, the hit in the corrected text.
function showLineOf([x, y, width, height], viewer) {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  const within = ({ box }) => box && middleX >= box[0] && middleX <= box[0] + box[2] && middleY >= box[1] && middleY <= box[1] + box[3];
  const line = document.querySelector(`[data-line="${viewer.view.lines.findIndex(within)}"]`);
  const shown = line?.querySelector("mark") ? line : (document.querySelector("[data-corrected]:not([hidden]) mark") ?? line);
  if (shown) scrollWithin(shown.closest(".page-text-body"), shown);
}

function walk(event, body) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!by) return;
  event.preventDefault();
  const lines = [...body.querySelectorAll("[data-line]")];
  lines[lines.indexOf(document.activeElement) + by]?.focus();
}

// The links to the papers before and behind this one in the answer, and back to its list.
const wayTo = (by) => document.querySelector(`[data-way="${by}"]`);

// Every hit of the paper in order, as pairs of page and number of the hit on that page. Past the last one the way goes
// on to the next paper of the answer, to its first hit; before the first one to the last hit of the paper before.
class HitSteps {
  constructor(viewer, room) {
    this.viewer = viewer;
    this.count = room.querySelector("[data-hit-count]");
    this.hits = viewer.pages.flatMap(({ number, hits }) => Array.from({ length: hits }, (_, index) => ({ number, index })));
    this.at = -1;
    this.fromLast = new URLSearchParams(location.search).get("hit") === "last"; // gone once a page is shown
    for (const button of room.querySelectorAll("[data-hit-step]")) {
      button.addEventListener("click", () => this.step(Number(button.dataset.hitStep)));
    }
  }

  async step(by) {
    const next = this.at + by;
    if (next >= 0 && next < this.hits.length) return this.#show(next);
    if (document.querySelector("[data-way-bar]")) return this.#leave(by);
    return this.hits.length ? this.#show((next + this.hits.length) % this.hits.length) : undefined;
  }

  // The hit that the address asks for, else the first one on the page that is shown, else the first one.
  async first() {
    const here = this.hits.findIndex((hit) => hit.number === this.viewer.number);
    if (this.hits.length) await this.#show(this.fromLast ? this.hits.length - 1 : Math.max(0, here));
  }

  #leave(by) {
    const link = wayTo(by);
    if (!link) return this.#say(by > 0 ? this.viewer.words.last : this.viewer.words.first);
    const address = new URL(link.href);
    if (by < 0) address.searchParams.set("hit", "last");
    return location.assign(address);
  }

  async #show(at) {
    this.at = at;
    const { number, index } = this.hits[at];
    if (!(await this.viewer.show(number)) || at !== this.at) return;
    const boxes = this.viewer.view.hits[index] ?? [];
    this.viewer.point(boxes, "hit hit-now");
    if (boxes.length) showLineOf(boxes[0], this.viewer);
    this.#say(filled(this.viewer.words.hits, { n: at + 1, all: this.hits.length }));
  }

  #say(text) {
    if (this.count) this.count.textContent = text;
  }
}

function rememberPage(viewer) {
  viewer.addEventListener("viewer:page", () => {
    const address = new URL(location.href);
    address.searchParams.set("page", viewer.number);
    address.searchParams.delete("hit");
    history.replaceState(null, "", address);
  });
}

function toggleText(room) {
  const button = room.querySelector("[data-text-toggle]");
  const hidden = room.classList.toggle("is-without-text");
  button.setAttribute("aria-expanded", String(!hidden));
}

async function copyText(viewer, button) {
  await navigator.clipboard.writeText(viewer.view.lines.map(({ parts }) => parts.map(([text]) => text).join("")).join("\n"));
  const label = button.textContent;
  button.textContent = viewer.words.copied;
  setTimeout(() => (button.textContent = label), 2000);
}

function listenToKeys(room, steps) {
  const acts = {
    n: () => steps.step(1),
    p: () => steps.step(-1),
    N: () => steps.step(-1),
    t: () => toggleText(room),
  };
  onKeys(acts);
}

function onKeys(acts) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    acts[event.key]?.();
  });
}

function openRoom(room) {
  const viewer = new Viewer(room.querySelector("#viewer"));
  if (!viewer.sheet) return;
  const steps = new HitSteps(viewer, room);
  showText(viewer, room);
  rememberPage(viewer);
  listenToKeys(room, steps);
  room.querySelector("[data-text-toggle]").addEventListener("click", () => toggleText(room));
  const copy = room.querySelector("[data-copy]");
  copy.addEventListener("click", () => copyText(viewer, copy));
  viewer.ready.then(() => steps.first());
  // Whoever comes from a search wants the marked word before the facts.
  if (viewer.asking) (document.querySelector("[data-way-bar]") ?? room).scrollIntoView({ block: "start" });
}

async function watch(section, wait) {
  const words = JSON.parse(section.dataset.words);
  const [paper] = await ask(section.dataset.watch).then((answer) => answer.items, () => []);
  if (paper && !["received", "reading"].includes(paper.state)) return location.reload();
  if (paper) {
    const bar = section.querySelector("progress");
    bar.max = paper.pages_total ?? 1;
    bar.value = paper.pages_total ? paper.pages_read : 0;
    const text = paper.pages_total ? filled(words.pages, { read: paper.pages_read, all: paper.pages_total }) : words.queued;
    section.querySelector("[data-how-far]").textContent = text;
  }
  return setTimeout(() => watch(section, Math.min(wait * 1.3, POLL_UP_TO_MS)), wait);
}

wireDialogs();
onKeys({
  "]": () => wayTo(1)?.click(),
  "[": () => wayTo(-1)?.click(),
  b: () => document.querySelector("[data-way-back]")?.click(),
});
const room = document.querySelector("[data-reading-room]");
if (room) openRoom(room);
const waiting = document.querySelector("[data-watch]");
if (waiting) setTimeout(() => watch(waiting, POLL_FROM_MS), POLL_FROM_MS);
