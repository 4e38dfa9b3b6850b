// The page viewer: one page image as SVG, with everything that is marked on it drawn in the same coordinates, so that
// zooming and turning move image and marks together. It knows nothing of forms or texts; those listen to its events:
//   viewer:page  {view}        another page is shown (view: the JSON of the page)
//   viewer:mark  {field}       a marked place was clicked
//   viewer:line  {index}       a line of writing was clicked

const SVG = "http://www.w3.org/2000/svg";
const ZOOM_STEP = 1.25;
const SMALLEST = 0.05;
const LARGEST = 6;
const EDGE_PX = 24;
const NARROW_PX = 600;
const SIGHT_PX = 70; // what is pointed at stands so far from the upper and lower edge, for the lines around it are read too

const clamp = (value, low, high) => Math.min(high, Math.max(low, value));
export const filled = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, name) => values[name]);

export class Viewer extends EventTarget {
  constructor(root) {
    super();
    this.root = root;
    this.words = JSON.parse(root.dataset.words);
    this.pages = JSON.parse(root.dataset.pages);
    this.marks = JSON.parse(root.dataset.marks);
    this.number = Number(root.dataset.page);
    this.asking = root.dataset.asking;
    this.stage = root.querySelector("[data-stage]");
    this.sheet = root.querySelector("[data-sheet]");
    this.fit = "width";
    this.zoom = 1;
    this.turned = 0;
    this.views = new Map();
    if (!this.sheet) return;
    this.#listen();
    this.#measure();
    this.ready = this.#load(this.number).then((view) => this.#draw(view), () => undefined);
  }

  get page() {
    return this.pages.find((page) => page.number === this.number);
  }

  // Show a page; resolves when its image and marks are in place, to false when the page cannot be shown.
  async show(number) {
    if (!this.sheet || !this.pages.some((page) => page.number === number)) return false;
    if (number === this.number && this.view) return true;
    this.number = number;
    this.root.classList.add("is-loading");
    try {
      const view = await this.#load(number);
      if (this.number === number) this.#draw(view);
      return true;
    } catch (problem) {
      this.#say(filled(this.words.damaged, { why: problem.message }));
      return false;
    } finally {
      this.root.classList.remove("is-loading");
    }
  }

  step(by) {
    const at = this.pages.findIndex((page) => page.number === this.number);
    const next = this.pages[at + by];
    return next ? this.show(next.number) : Promise.resolve(false);
  }

  turn() {
    this.turned = (this.turned + 90) % 360;
    this.#measure();
  }

  // "width" or "page".
  fitTo(what) {
    this.fit = what;
    this.#measure();
  }

  // Change the zoom, keeping the point at `x`, `y` (client pixels; the middle of the stage by default) where it is.
  zoomBy(factor, x, y) {
    const frame = this.stage.getBoundingClientRect();
    const sheet = this.sheet.getBoundingClientRect();
    const [px, py] = [x ?? frame.left + frame.width / 2, y ?? frame.top + frame.height / 2];
    const [u, v] = [(px - sheet.left) / sheet.width, (py - sheet.top) / sheet.height];
    this.fit = null;
    this.zoom = clamp(this.zoom * factor, SMALLEST, LARGEST);
    this.#measure();
    const after = this.sheet.getBoundingClientRect();
    this.stage.scrollLeft += after.left + u * after.width - px;
    this.stage.scrollTop += after.top + v * after.height - py;
  }

  // Draw attention to rectangles of the present page, bring them into sight, and on small screens make them readable.
  point(boxes, className = "pointed") {
    const readable = this.stage.clientWidth < NARROW_PX ? 20 : 11;
    const size = this.zoom * Math.min(...boxes.map(([, , width, height]) => Math.min(width, height)));
    if (boxes.length && size < readable) this.zoomBy(readable / size);
    const layer = this.root.querySelector("[data-focus-here]");
    layer.replaceChildren(...boxes.map((box) => this.#rectangle(box, className)));
    if (boxes.length) this.#bringIntoSight(layer.firstElementChild);
  }

  // Show the place of a field, on whatever page it is.
  async pointToField(field) {
    const mark = this.marks.find((each) => each.field === field);
    if (!mark) return this.point([]);
    await this.show(mark.page);
    this.point(mark.boxes, `pointed mark-${field}`);
  }

  #listen() {
    const acts = {
      previous: () => this.step(-1),
      next: () => this.step(1),
      smaller: () => this.zoomBy(1 / ZOOM_STEP),
      larger: () => this.zoomBy(ZOOM_STEP),
      "fit-width": () => this.fitTo("width"),
      "fit-page": () => this.fitTo("page"),
      turn: () => this.turn(),
    };
    this.root.addEventListener("click", (event) => this.#clicked(event, acts));
    document.addEventListener("keydown", (event) => this.#pressed(event, acts));
    this.stage.addEventListener("wheel", (event) => this.#wheeled(event), { passive: false });
    new ResizeObserver(() => this.fit && this.#measure()).observe(this.stage);
    this.#listenToFingers();
    this.#listenToDragging();
  }

  #clicked(event, acts) {
    const button = event.target.closest("[data-act]");
    const thumb = event.target.closest("[data-goto]");
    const mark = event.target.closest("[data-field]");
    const line = event.target.closest("[data-line-box]");
    if (button) acts[button.dataset.act]?.();
    if (thumb) {
      event.preventDefault();
      this.show(Number(thumb.dataset.goto));
    }
    if (mark) this.#tell("viewer:mark", { field: mark.dataset.field });
    else if (line && !this.dragged) this.#tell("viewer:line", { index: Number(line.dataset.lineBox) });
  }

  #pressed(event, acts) {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    const keys = { "+": "larger", "=": "larger", "-": "smaller", 0: "fit-width", 9: "fit-page", r: "turn" };
    const inStage = event.target === this.stage && this.stage.scrollWidth > this.stage.clientWidth;
    const arrows = inStage ? {} : { ArrowLeft: "previous", ArrowRight: "next" };
    const act = keys[event.key] ?? arrows[event.key];
    if (!act) return;
    event.preventDefault();
    acts[act]();
  }

  #wheeled(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoomBy(Math.exp(-event.deltaY / 300), event.clientX, event.clientY);
  }

  // Two fingers zoom; one finger scrolls, which the browser does by itself.
  #listenToFingers() {
    let apart = 0;
    const spread = ([a, b]) => Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    this.stage.addEventListener("touchstart", (event) => {
      apart = event.touches.length === 2 ? spread(event.touches) : 0;
    }, { passive: true });
    this.stage.addEventListener("touchmove", (event) => {
      if (!apart || event.touches.length !== 2) return;
      event.preventDefault();
      const now = spread(event.touches);
      const [a, b] = event.touches;
      this.zoomBy(now / apart, (a.clientX + b.clientX) / 2, (a.clientY + b.clientY) / 2);
      apart = now;
    }, { passive: false });
  }

  #listenToDragging() {
    let from = null;
    this.stage.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0) return;
      from = { x: event.clientX, y: event.clientY, left: this.stage.scrollLeft, top: this.stage.scrollTop };
      this.dragged = false;
    });
    window.addEventListener("pointermove", (event) => {
      if (!from) return;
      this.dragged ||= Math.hypot(event.clientX - from.x, event.clientY - from.y) > 4;
      this.stage.classList.toggle("is-dragging", this.dragged);
      this.stage.scrollLeft = from.left - (event.clientX - from.x);
      this.stage.scrollTop = from.top - (event.clientY - from.y);
    });
    window.addEventListener("pointerup", () => {
      from = null;
      this.stage.classList.remove("is-dragging");
    });
  }

  async #load(number) {
    if (this.views.has(number)) return this.views.get(number);
    const address = `${this.root.dataset.textAddress.replace("/0.json", `/${number}.json`)}?${this.asking}`;
    const answer = await fetch(address, { headers: { Accept: "application/json", "X-Requested-With": "fetch" } });
    const content = await answer.json();
    if (!answer.ok) throw new Error(content.error?.message ?? answer.statusText);
    this.views.set(number, content);
    return content;
  }

  #draw(view) {
    this.view = view;
    const image = this.root.querySelector("[data-image]");
    const address = this.root.dataset.imageAddress.replace("/0.jpg", `/${view.number}.jpg`);
    if (image.getAttribute("href") !== address) image.setAttribute("href", address);
    image.setAttribute("width", view.width);
    image.setAttribute("height", view.height);
    this.#fill("[data-lines]", view.lines.flatMap((line, index) => this.#lineBox(line, index)));
    const before = this.pages.filter((page) => page.number < view.number).reduce((sum, page) => sum + page.hits, 0);
    this.#fill("[data-hits-here]", view.hits.flatMap((boxes, index) => this.#hit(boxes, index, before + index + 1)));
    this.#fill("[data-marks-here]", this.#marksOf(view.number));
    this.#fill("[data-focus-here]", []);
    this.#measure();
    this.#describe(view);
    this.stage.scrollTo(0, 0);
    this.#tell("viewer:page", { view });
  }

  #describe(view) {
    const count = filled(this.words.page, { n: view.number, all: this.pages.length });
    this.root.querySelector("[data-count]").textContent = filled(this.words.count, { n: view.number, all: this.pages.length });
    this.sheet.setAttribute("aria-label", count);
    this.#say(view.blank ? this.words.blank : "");
    for (const thumb of this.root.querySelectorAll("[data-goto]")) {
      const here = Number(thumb.dataset.goto) === view.number;
      if (here) thumb.setAttribute("aria-current", "page");
      else thumb.removeAttribute("aria-current");
      if (here) scrollWithin(thumb.closest(".viewer-strip"), thumb);
    }
  }

  #say(text) {
    const note = this.root.querySelector("[data-note]");
    note.textContent = text;
    note.hidden = !text;
  }

  // Lay out the sheet for the present zoom and turn.
  #measure() {
    const { width, height } = this.view ?? this.page;
    const lying = this.turned % 180 !== 0;
    const [wide, high] = lying ? [height, width] : [width, height];
    const moves = { 0: "", 90: `translate(${height} 0)`, 180: `translate(${width} ${height})`, 270: `translate(0 ${width})` };
    this.root.querySelector("[data-turning]").setAttribute("transform", `${moves[this.turned]} rotate(${this.turned})`);
    this.sheet.setAttribute("viewBox", `0 0 ${wide} ${high}`);
    const roomWide = Math.max(80, this.stage.clientWidth - EDGE_PX);
    const roomHigh = Math.max(80, this.stage.clientHeight - EDGE_PX);
    if (this.fit === "width") this.zoom = clamp(roomWide / wide, SMALLEST, LARGEST);
    if (this.fit === "page") this.zoom = clamp(Math.min(roomWide / wide, roomHigh / high), SMALLEST, LARGEST);
    this.sheet.style.width = `${wide * this.zoom}px`;
    this.sheet.style.height = `${high * this.zoom}px`;
    this.root.querySelector("[data-zoom]").textContent = `${Math.round(this.zoom * 100)}%`;
  }

  #bringIntoSight(element) {
    const place = element.getBoundingClientRect();
    const frame = this.stage.getBoundingClientRect();
    const around = Math.min(SIGHT_PX, frame.height / 4);
    const upright = place.top >= frame.top + around && place.bottom <= frame.bottom - around;
    const inside = upright && place.left >= frame.left && place.right <= frame.right;
    if (inside) return;
    this.stage.scrollBy({
      left: place.left + place.width / 2 - frame.left - frame.width / 2,
      top: place.top + place.height / 2 - frame.top - frame.height / 2,
      behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth",
    });
  }

  #fill(layer, elements) {
    this.root.querySelector(layer).replaceChildren(...elements);
  }

  #marksOf(number) {
    const here = this.marks.filter((mark) => mark.page === number);
    return here.flatMap((mark) => mark.boxes.map((box) => {
      const rectangle = this.#rectangle(box, `mark mark-${mark.field}`);
      rectangle.dataset.field = mark.field;
      return rectangle;
    }));
  }

  // The rectangles of one hit, and its number within the paper.
  #hit(boxes, index, number) {
    if (!boxes.length) return [];
    const rectangles = boxes.map((box) => this.#rectangle(box, "hit"));
    for (const rectangle of rectangles) rectangle.dataset.hit = index;
    const [x, y, , height] = boxes[0];
    const label = document.createElementNS(SVG, "text");
    const places = { class: "hit-number", x, y: y - 2, "font-size": Math.round(height * 5.5) / 10, "aria-hidden": "true" };
    for (const [name, value] of Object.entries(places)) label.setAttribute(name, value);
    label.textContent = number;
    return [...rectangles, label];
  }

  #lineBox(line, index) {
    if (!line.box) return [];
    const rectangle = this.#rectangle(line.box, "line-box");
    rectangle.dataset.lineBox = index;
    return [rectangle];
  }

  #rectangle([x, y, width, height], className) {
    const rectangle = document.createElementNS(SVG, "rect");
    for (const [name, value] of Object.entries({ x, y, width, height, rx: 3 })) rectangle.setAttribute(name, value);
    rectangle.setAttribute("class", className);
    return rectangle;
  }

  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

export function isTyping(element) {
  return element.matches?.("input, textarea, select, [contenteditable]") ?? false;
}

// Scroll inside one box only: scrollIntoView would move the whole page too.
export function scrollWithin(box, element) {
  if (!box) return;
  const [outer, inner] = [box.getBoundingClientRect(), element.getBoundingClientRect()];
  if (inner.top < outer.top) box.scrollTop -= outer.top - inner.top + 8;
  if (inner.bottom > outer.bottom) box.scrollTop += inner.bottom - outer.bottom + 8;
  if (inner.left < outer.left) box.scrollLeft -= outer.left - inner.left + 8;
  if (inner.right > outer.right) box.scrollLeft += inner.right - outer.right + 8;
}
