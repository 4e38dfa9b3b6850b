// A field that offers choices while one types (the combobox pattern of the ARIA Authoring Practices): customers for a
// form, or whatever another source finds. Without a script it is a plain field.

import { ask } from "./asking.js";

const TYPING_PAUSE_MS = 150;
let made = 0;

// What a field offers. `find` resolves to the choices for what was typed; `parts` are a choice's texts with the class of
// each; `text` is what stands in the field once it is chosen; `nothing` is said where there is no choice, or empty.
const customersOf = (frame) => ({
  find: (words) => ask(`${frame.dataset.combo}?q=${encodeURIComponent(words.trim())}`).then(({ customers }) => customers),
  parts: ({ code, name, uscc }) => [[code, "combo-code"], [name, "combo-name"], [uscc, "combo-uscc"]],
  text: ({ code, name }) => `${code} ${name}`,
  nothing: frame.dataset.nothing,
});

export class Combobox {
  constructor(frame, source = customersOf(frame)) {
    this.frame = frame;
    this.source = source;
    this.input = frame.querySelector("input");
    this.choices = [];
    this.at = -1;
    this.asked = 0;
    this.list = document.createElement("ul");
    this.#dress();
    this.input.addEventListener("input", (event) => event.isComposing || this.#wait());
    this.input.addEventListener("compositionend", () => this.#wait());
    this.input.addEventListener("keydown", (event) => this.#pressed(event));
    this.input.addEventListener("blur", () => this.#close());
    // Pressing the mouse would take the focus away and close the list before the click arrives.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.#take(event.target.closest("[role=option]")));
  }

  #dress() {
    this.list.id = `combo-list-${++made}`;
    this.list.className = "combo-list";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.frame.append(this.list);
    const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(attributes)) this.input.setAttribute(name, value);
  }

  #wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.#look(), TYPING_PAUSE_MS);
  }

  async #look() {
    const mine = ++this.asked;
    const found = await this.source.find(this.input.value).catch(() => []);
    if (mine !== this.asked || document.activeElement !== this.input) return;
    this.choices = found;
    this.at = -1;
    if (!found.length && !this.source.nothing) return this.#close();
    this.list.replaceChildren(...(found.length ? found.map((choice, index) => this.#option(choice, index)) : [this.#nothing()]));
    this.#open();
  }

  #option(choice, index) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${index}`;
    option.setAttribute("role", "option");
    for (const [text, className] of this.source.parts(choice)) {
      const part = document.createElement("span");
      part.className = className;
      part.textContent = text;
      option.append(part);
    }
    return option;
  }

  #nothing() {
    const item = document.createElement("li");
    item.className = "combo-nothing";
    item.textContent = this.source.nothing;
    return item;
  }

  #pressed(event) {
    if (event.isComposing) return undefined; // the keys belong to the input method
    if (event.key === "ArrowDown" && !event.altKey) return this.#move(event, 1);
    if (event.key === "ArrowUp" && !event.altKey) return this.#move(event, -1);
    if (this.list.hidden) return undefined;
    if (event.key === "Escape") return this.#stop(event, () => this.#close());
    if (event.key === "Enter" && !event.ctrlKey && this.at >= 0) return this.#stop(event, () => this.#take(this.list.children[this.at]));
    return undefined;
  }

  #move(event, by) {
    event.preventDefault();
    if (this.list.hidden) return this.#look();
    if (!this.choices.length) return undefined;
    this.at = (this.at + by + this.choices.length) % this.choices.length;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.at)));
    this.input.setAttribute("aria-activedescendant", this.list.children[this.at].id);
    this.list.children[this.at].scrollIntoView({ block: "nearest" });
    return undefined;
  }

  #stop(event, act) {
    event.preventDefault();
    event.stopPropagation();
    act();
  }

  #take(option) {
    const choice = this.choices[[...this.list.children].indexOf(option)];
    if (!choice) return;
    this.input.value = this.source.text(choice);
    this.#close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
    this.source.chosen?.(choice);
  }

  #open() {
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  #close() {
    this.asked += 1;
    clearTimeout(this.timer);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

export function wireComboboxes(root = document) {
  for (const frame of root.querySelectorAll("[data-combo]")) new Combobox(frame);
}
