// Uploading many papers: a queue of three transfers at a time, one request for each paper, and then how far the
// reading has come. A paper counts as received only when the server has said so.

import { ask, headers, renewToken } from "./asking.js";
import { wireComboboxes } from "./combobox.js";
import { dropped } from "./dropping.js";
import { filled } from "./viewer.js";

const TRANSFERS_AT_ONCE = 3;
const POLL_FROM_MS = 1000;
const POLL_UP_TO_MS = 6000;
const ASKED_AT_ONCE = 100;
const MEGABYTE = 1024 * 1024;

// Not of the paper itself: the server or the disk, or what was stated beside it (a customer that is not registered).
const mayPassLater = (status) => status < 400 || status >= 500 || [400, 404, 409].includes(status);

const form = document.querySelector("[data-upload]");
const words = JSON.parse(form.dataset.words);
const maxBytes = Number(form.dataset.maxBytes);
const papers = [];
const part = (name) => form.querySelector(`[data-${name}]`);

// One paper of the list; `phase` is waiting, sending, reading, done or trouble.
class Paper {
  constructor(content) {
    this.content = content;
    this.claim = claimed();
    this.phase = "waiting";
    this.row = part("row-template").content.firstElementChild.cloneNode(true);
    this.find = (name) => this.row.querySelector(`[data-${name}]`);
    this.find("name").textContent = content.webkitRelativePath || content.fullPath || content.name;
    this.find("cancel").addEventListener("click", () => this.cancel());
    this.find("retry").addEventListener("click", () => this.again());
    this.#check();
  }

  #check() {
    if (this.content.size === 0) return this.refuse(words.empty);
    if (this.content.size > maxBytes) return this.refuse(filled(words.too_large, { mb: Math.floor(maxBytes / MEGABYTE) }));
    return this.enter("waiting", words.waiting);
  }

  enter(phase, text) {
    this.phase = phase;
    this.row.className = `upload-row is-${phase}`;
    this.find("state").textContent = text;
    this.find("bar").hidden = !["sending", "reading"].includes(phase);
    this.find("cancel").hidden = !["waiting", "sending"].includes(phase);
    this.find("retry").hidden = true;
    refreshTotals();
  }

  // Nothing would come of sending it again.
  refuse(text) {
    this.enter("trouble", text);
  }

  // Sending it again may help.
  fail(text) {
    this.refuse(text);
    this.retryable = true;
    this.find("retry").hidden = false;
    refreshTotals();
  }

  async again() {
    this.retryable = false;
    this.claim = claimed();
    this.find("retry").hidden = true;
    await renewToken().catch(() => undefined);
    this.enter("waiting", words.waiting);
    pump();
  }

  cancel() {
    this.request?.abort();
    this.fail(words.cancelled);
    pump();
  }

  send() {
    this.enter("sending", filled(words.sending, { n: 0 }));
    const request = new XMLHttpRequest();
    this.request = request;
    request.open("POST", form.action);
    for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => this.#sent(event));
    request.addEventListener("load", () => this.#answered(request));
    request.addEventListener("error", () => this.fail(words.broken));
    request.addEventListener("loadend", pump);
    request.send(this.#body());
  }

  #body() {
    const body = new FormData();
    for (const [name, value] of Object.entries(this.claim)) body.set(name, value);
    body.set("papers", this.content, this.content.name);
    return body;
  }

  #sent({ loaded, total }) {
    const percent = Math.round((100 * loaded) / total);
    this.find("bar").max = 100;
    this.find("bar").value = percent;
    this.find("state").textContent = percent < 100 ? filled(words.sending, { n: percent }) : words.sealing;
    refreshTotals();
  }

  #answered({ status, response }) {
    if (status === 401) return this.fail(words.signed_out);
    if (status >= 400 || !response) {
      const text = response?.error?.message ?? words.broken;
      return mayPassLater(status) ? this.fail(text) : this.refuse(text);
    }
    if (response.duplicate) return this.#known(response.item);
    this.id = response.item.id;
    this.follow(response.item);
    return watch();
  }

  #known(item) {
    this.enter("done", item ? words.duplicate : words.duplicate_hidden);
    this.row.classList.add("is-known");
    if (item) this.#link(item.url, words.open_earlier);
  }

  // What the server says of the reading.
  follow(item) {
    const { state } = item;
    if (["received", "reading"].includes(state)) this.#reading(item);
    else if (["refused", "failed"].includes(state)) this.refuse(item.problem);
    else this.enter("done", words[state] ?? words.filed);
    this.#link(item.url, state === "review" ? words.open_tray : words.open_item);
  }

  #reading({ pages_read: read, pages_total: all }) {
    const text = all ? filled(words.reading, { read, all }) : words.received;
    if (this.phase === "reading") this.find("state").textContent = text;
    else this.enter("reading", text);
    const bar = this.find("bar");
    if (all) [bar.max, bar.value] = [all, read];
    else bar.removeAttribute("value");
  }

  #link(address, text) {
    const link = this.find("open");
    link.href = address;
    link.textContent = text;
    link.hidden = false;
  }
}

function claimed() {
  const names = ["customer", "contract_no", "type_code", "year"];
  return Object.fromEntries(names.map((name) => [name, form.elements[name].value.trim()]));
}

function add(contents) {
  for (const content of contents) {
    const paper = new Paper(content);
    papers.push(paper);
    part("rows").append(paper.row);
  }
  showList();
  refreshTotals();
  pump();
}

function showList() {
  part("list-section").hidden = papers.length === 0;
  part("steps").hidden = papers.length > 0;
}

function pump() {
  const sending = papers.filter((paper) => paper.phase === "sending").length;
  const waiting = papers.filter((paper) => paper.phase === "waiting");
  waiting.slice(0, Math.max(0, TRANSFERS_AT_ONCE - sending)).forEach((paper) => paper.send());
}

function refreshTotals() {
  const count = (...phases) => papers.filter((paper) => phases.includes(paper.phase)).length;
  const [all, done, busy, trouble] = [papers.length, count("done"), count("waiting", "sending", "reading"), count("trouble")];
  const total = all && done === all ? filled(words.all_done, { done }) : filled(words.total, { all, done, busy, trouble });
  if (part("total").textContent !== total) part("total").textContent = total;
  part("overall").max = all || 1;
  part("overall").value = done + trouble;
  part("go-on").hidden = !papers.some((paper) => paper.phase === "done" && paper.id);
  part("tidy").hidden = !done;
  part("retry-all").hidden = papers.filter((paper) => paper.retryable).length < 2;
}

// One question for all papers that are being read; asked less often while nothing moves.

let watching = 0;
let pause = POLL_FROM_MS;
let last = "";

function watch() {
  pause = POLL_FROM_MS;
  watching ||= setTimeout(look, pause);
}

async function look() {
  const reading = papers.filter((paper) => paper.phase === "reading").slice(0, ASKED_AT_ONCE);
  const ids = reading.map((paper) => paper.id).join(",");
  const { items } = await ask(`${form.dataset.progressAddress}?ids=${ids}`).catch(() => ({ items: [] }));
  for (const item of items) papers.find((paper) => paper.id === item.id)?.follow(item);
  const now = JSON.stringify(items);
  pause = now === last ? Math.min(pause * 1.4, POLL_UP_TO_MS) : POLL_FROM_MS;
  last = now;
  refreshTotals();
  watching = papers.some((paper) => paper.phase === "reading") ? setTimeout(look, pause) : 0;
}

// Choosing and dropping

for (const input of form.querySelectorAll("[data-choose]")) {
  input.addEventListener("change", () => {
    add([...input.files]);
    input.value = "";
  });
}

const drop = part("drop");
for (const name of ["dragenter", "dragover"]) {
  window.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("is-over");
  });
}
window.addEventListener("dragleave", (event) => event.relatedTarget === null && drop.classList.remove("is-over"));
window.addEventListener("drop", async (event) => {
  event.preventDefault();
  drop.classList.remove("is-over");
  add(await dropped(event.dataTransfer));
});

part("retry-all").addEventListener("click", () => papers.filter((paper) => paper.retryable).forEach((paper) => paper.again()));
part("tidy").addEventListener("click", () => {
  for (const paper of papers.filter((each) => each.phase === "done")) {
    paper.row.remove();
    papers.splice(papers.indexOf(paper), 1);
  }
  showList();
  refreshTotals();
});
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("keydown", (event) => event.key === "Enter" && event.target.matches("input.form-control") && event.preventDefault());

window.addEventListener("beforeunload", (event) => {
  if (papers.some((paper) => ["waiting", "sending"].includes(paper.phase))) event.preventDefault();
});

form.classList.add("has-script");
wireComboboxes(form);
