// Confirming one paper: fields and marks point to each other, proposals are accepted by click or key, and every
// decision has a key. The form itself is an ordinary one; what is sent and what is shown after it is up to the server.

import { ask, send } from "./asking.js";
import { wireComboboxes } from "./combobox.js";
import { openDialog, wireDialogs } from "./dialogs.js";
import { wireToast } from "./toast.js";
import { Viewer } from "./viewer.js";

const form = document.querySelector("[data-confirmation]");
const viewer = new Viewer(document.querySelector("#viewer"));
const field = (name) => form.elements[name];

// Proposals

const offered = () => [...form.querySelectorAll("[data-offered]:not([hidden]) [data-accept]")];

function accept(chip) {
  const target = field(chip.dataset.accept);
  target.value = chip.dataset.text;
  target.dispatchEvent(new Event("change", { bubbles: true }));
  target.focus();
}

function refreshReadings() {
  for (const offer of form.querySelectorAll("[data-offered]")) {
    const chip = offer.querySelector("[data-accept]");
    const same = field(chip.dataset.accept).value.trim() === chip.dataset.text;
    offer.hidden = same;
    const taken = form.querySelector(`[data-taken="${chip.dataset.accept}"]`);
    if (taken) taken.hidden = !same;
  }
  offered().forEach((chip, index) => showKey(chip, index + 1));
}

function showKey(chip, number) {
  const key = chip.querySelector("[data-chip-key]");
  key.hidden = number > 9;
  key.textContent = `Alt ${number}`;
  chip.setAttribute("aria-keyshortcuts", `Alt+${number}`);
}

// Series and year follow type and date until somebody states them

function showSeriesOfType() {
  const series = field("series_code");
  const ofType = field("type_code").selectedOptions[0]?.dataset.series;
  const name = [...series.options].find((option) => option.value && option.value === ofType)?.text;
  series.options[0].text = name ? `${form.dataset.choiceWord}：${name}` : form.dataset.choiceWord;
}

function followType(event) {
  if (event.target === field("type_code")) field("series_code").value = "";
  showSeriesOfType();
}

const tellsYear = new Set(["doc_on", "type_code", "series_code", "customer", "contract_no"]);
let lastAsked = 0;

// Which year it is, the rules of the archive say: a contract that still runs is filed otherwise than a letter.
async function followYear(event) {
  if (!tellsYear.has(event.target.name)) return;
  const number = ++lastAsked;
  const said = new URLSearchParams([...tellsYear].map((name) => [name, field(name).value]));
  const answer = await ask(`${form.dataset.year}?${said}`).catch(() => null);
  if (!answer || number !== lastAsked) return;
  const note = form.querySelector("[data-year-note]");
  note.textContent = answer.note;
  note.hidden = !answer.note;
  if (answer.year && field("doc_on").value && !stated.has("year")) field("year").value = answer.year;
  refreshReadings();
}

const stated = new Set();

// Fields and marks

function pointFrom(element) {
  const marked = element.closest("[data-mark]");
  if (marked?.dataset.mark) viewer.pointToField(marked.dataset.mark);
}

function focusFieldOf(mark) {
  const target = form.querySelector(`.form-control[data-mark="${mark}"], .form-select[data-mark="${mark}"], [data-mark="${mark}"]`);
  target?.focus();
}

// A new customer, without leaving the form

async function register(event) {
  event.preventDefault();
  const refusal = event.target.querySelector("[data-refusal]");
  try {
    const { customer } = await send(event.target.action, new FormData(event.target));
    field("customer").value = customer;
    field("customer").dispatchEvent(new Event("change", { bubbles: true }));
    event.target.closest("dialog").close();
    for (const settled of form.querySelectorAll("[data-unregistered], [data-doubt=customer_unknown]")) settled.remove();
    for (const notice of form.querySelectorAll("[data-doubts]:not(:has([data-doubt]))")) notice.remove();
    field("customer").focus();
  } catch (problem) {
    refusal.textContent = problem.message;
    refusal.hidden = false;
  }
}

// What needs a person comes first: a field with a problem, then an empty or open one, then the decision itself.
function startWhereNeeded() {
  if (!matchMedia("(hover: hover)").matches) return;
  const open = new Set(offered().map((chip) => field(chip.dataset.accept)));
  const waiting = [...form.querySelectorAll(".form-control, .form-select")].find((each) => open.has(each) || (each.required && !each.value));
  const first = form.querySelector("[aria-invalid=true]") ?? waiting ?? form.querySelector("[data-confirm]");
  viewer.ready?.then(() => first.focus());
}

// Keys

const submit = () => form.requestSubmit(form.querySelector("[data-confirm]"));

function pressed(event) {
  if (document.querySelector("dialog[open]")) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") return act(event, submit);
  if (!event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const digit = event.code.match(/^(?:Digit|Numpad)([1-9])$/)?.[1];
  if (digit && offered()[digit - 1]) return act(event, () => accept(offered()[digit - 1]));
  const acts = {
    KeyN: () => form.querySelector("[data-skip]")?.click(),
    KeyR: () => openDialog(form.querySelector("[data-reject]").dataset.dialog),
    ArrowUp: () => viewer.step(-1),
    ArrowDown: () => viewer.step(1),
  };
  return acts[event.code] ? act(event, acts[event.code]) : undefined;
}

function act(event, what) {
  event.preventDefault();
  what();
}

// The Enter key in a field goes on to the next one: filing a paper takes a deliberate act.
function enter(event) {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  if (!event.target.matches("input.form-control, textarea")) return;
  event.preventDefault();
  const fields = [...form.querySelectorAll(".form-control, .form-select")];
  fields[fields.indexOf(event.target) + 1]?.focus();
}

form.addEventListener("click", (event) => {
  const chip = event.target.closest("[data-accept]");
  if (!chip) return;
  event.preventDefault();
  accept(chip);
});
form.addEventListener("change", (event) => {
  followType(event);
  followYear(event);
  refreshReadings();
});
form.addEventListener("input", (event) => {
  stated.add(event.target.name);
  refreshReadings();
});
form.addEventListener("keydown", enter);
// Sent twice, a paper just filed would be taken for one to be corrected.
form.addEventListener("submit", (event) => {
  if (form.classList.contains("is-sending")) event.preventDefault();
  form.classList.add("is-sending");
});
window.addEventListener("pageshow", () => form.classList.remove("is-sending"));
form.addEventListener("focusin", (event) => pointFrom(event.target));
form.addEventListener("pointerover", (event) => event.pointerType === "mouse" && pointFrom(event.target));
viewer.addEventListener("viewer:mark", ({ detail }) => focusFieldOf(detail.field));
document.addEventListener("keydown", pressed);
document.querySelector("[data-register]")?.addEventListener("submit", register);

wireComboboxes(form);
wireDialogs();
wireToast();
showSeriesOfType();
refreshReadings();
startWhereNeeded();
