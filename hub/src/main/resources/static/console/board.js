// The transparent board over a picture on which shapes are drawn, by mouse, touch or keys. Knows nothing of what they
// mean: it tells what is wished, and shows what it is given.
import { svg } from "./dom.js";
import { arrowAcross, badSides, centre, middle } from "./geometry.js";

const STEP = 0.01;
const WIDE_STEP = 0.05;
const FINE_STEP = 0.001;
const HANDLE_PX = 6;
const TOUCH_PX = 16;
const ARROW_PX = 34;
const TEXT_PX = 13;
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const percent = (value) => `${Math.round(value * 1000) / 10} %`;

export class Board {
  #wishes;
  #size = { width: 1600, height: 900 };
  #shown = { shapes: [], draft: null };
  #drag = null;
  #pointer = null;
  #cursor = [0.5, 0.5];
  #focus = null;

  /**
   * @param wishes called on what the user does: pick(shape), grab(), move(index, point), shift(way), split(side, point)
   *   answering the new index, removePoint(index), draw(point), undraw(), finish(), cancel()
   */
  constructor(wishes) {
    this.#wishes = wishes;
    this.element = svg("svg", { class: "board", role: "group", "aria-label": "Drawn into the picture" });
    this.element.addEventListener("pointerdown", (event) => this.#down(event));
    this.element.addEventListener("pointermove", (event) => this.#moved(event));
    this.element.addEventListener("pointerup", () => this.#up());
    this.element.addEventListener("pointercancel", () => this.#up());
    this.element.addEventListener("dblclick", () => this.#shown.draft && this.#wishes.finish());
    this.element.addEventListener("keydown", (event) => this.#key(event));
    this.observer = new ResizeObserver(() => this.#paint());
    this.observer.observe(this.element);
    this.resize(this.#size);
  }

  close() {
    this.observer.disconnect();
  }

  /** @param size of the picture in pixels */
  resize(size) {
    this.#size = size;
    this.element.setAttribute("viewBox", `0 0 ${size.width} ${size.height}`);
    this.#paint();
  }

  /**
   * @param shown {shapes: [{kind, id, points, closed, selected, word}], draft: null | {closed, points}}; the draft is
   *   what is being drawn
   */
  show(shown) {
    const begins = shown.draft && !this.#shown.draft;
    this.#shown = shown;
    if (begins) this.#cursor = [0.5, 0.5];
    if (!shown.draft) this.#pointer = null;
    this.#paint();
    if (begins) this.element.focus({ preventScroll: true });
  }

  /** Sets the focus on a point of the selected shape. */
  focusPoint(index) {
    this.element.querySelector(`[data-point="${index}"]`)?.focus({ preventScroll: true });
  }

  #scale() {
    return this.element.getScreenCTM()?.a || 1;
  }

  #at(event) {
    const matrix = this.element.getScreenCTM();
    if (!matrix) return [0, 0];
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
    return [x / this.#size.width, y / this.#size.height];
  }

  #pixels([x, y]) {
    return [x * this.#size.width, y * this.#size.height];
  }

  #down(event) {
    if (event.button !== 0) return;
    const point = this.#at(event);
    if (this.#shown.draft) return this.#drawHere(point);
    const grip = event.target.closest("[data-point], [data-side], [data-shape]");
    if (!grip) return this.#wishes.pick(null);
    event.preventDefault();
    if (grip.dataset.shape !== undefined && !this.#isSelected(grip)) {
      this.#wishes.pick(this.#shown.shapes[grip.dataset.shape]);
      return;
    }
    const added = grip.dataset.side !== undefined && this.#wishes.split(Number(grip.dataset.side), point);
    const index = added === false ? Number(grip.dataset.point) : added;
    this.#drag = { index: Number.isNaN(index) ? -1 : index, last: point, grabbed: added !== false };
    this.element.setPointerCapture(event.pointerId);
    if (this.#drag.index >= 0) this.focusPoint(this.#drag.index);
    else grip.focus({ preventScroll: true });
  }

  #isSelected(grip) {
    return this.#shown.shapes[grip.dataset.shape]?.selected;
  }

  #moved(event) {
    const point = this.#at(event);
    if (this.#shown.draft) {
      this.#pointer = point;
      this.#paint();
      return;
    }
    if (!this.#drag) return;
    if (!this.#drag.grabbed) this.#wishes.grab();
    this.#drag.grabbed = true;
    if (this.#drag.index >= 0) this.#wishes.move(this.#drag.index, point);
    else this.#wishes.shift([point[0] - this.#drag.last[0], point[1] - this.#drag.last[1]]);
    this.#drag.last = point;
  }

  #up() {
    this.#drag = null;
  }

  #drawHere(point) {
    const { closed, points } = this.#shown.draft;
    if (closed && points.length >= 3 && this.#near(point, points[0])) this.#wishes.finish();
    else if (points.length === 0 || !this.#near(point, points.at(-1))) this.#wishes.draw(point);
  }

  #near(a, b) {
    const [[ax, ay], [bx, by]] = [this.#pixels(a), this.#pixels(b)];
    return Math.hypot(ax - bx, ay - by) * this.#scale() < TOUCH_PX;
  }

  #key(event) {
    if (event.ctrlKey || event.metaKey) return;
    const way = WAYS[event.key];
    const step = event.shiftKey ? WIDE_STEP : event.altKey ? FINE_STEP : STEP;
    const by = way && [way[0] * step, way[1] * step];
    const done = this.#shown.draft ? this.#drawByKey(event.key, by) : this.#editByKey(event, by);
    if (!done) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #drawByKey(key, by) {
    if (by) {
      this.#cursor = this.#cursor.map((value, axis) => Math.min(1, Math.max(0, value + by[axis])));
      this.#pointer = this.#cursor;
      this.#paint();
      return true;
    }
    const act = { " ": () => this.#wishes.draw(this.#cursor), Enter: this.#wishes.finish, Escape: this.#wishes.cancel, Backspace: this.#wishes.undraw }[key];
    act?.();
    return Boolean(act);
  }

  #editByKey(event, by) {
    const { point, side, shape } = event.target.dataset;
    const press = event.key === "Enter" || event.key === " ";
    if (point !== undefined) return this.#editPoint(Number(point), event.key, by);
    if (side !== undefined && press) {
      this.focusPoint(this.#wishes.split(Number(side)));
      return true;
    }
    if (shape === undefined) return false;
    if (press) this.#wishes.pick(this.#shown.shapes[shape]);
    if (!by || !this.#shown.shapes[shape].selected) return press;
    this.#wishes.grab();
    this.#wishes.shift(by);
    return true;
  }

  #editPoint(index, key, by) {
    if (by) {
      const [x, y] = this.#selected().points[index];
      this.#wishes.grab();
      this.#wishes.move(index, [x + by[0], y + by[1]]);
      return true;
    }
    if (key !== "Delete" && key !== "Backspace") return false;
    this.#wishes.removePoint(index);
    this.focusPoint(Math.max(0, index - 1));
    return true;
  }

  #selected() {
    return this.#shown.shapes.find((shape) => shape.selected);
  }

  #paint() {
    const { draft, shapes } = this.#shown;
    this.#focus = this.element.contains(document.activeElement) ? { ...document.activeElement.dataset } : null;
    const scale = this.#scale();
    this.element.classList.toggle("drawing", Boolean(draft));
    this.element.setAttribute("tabindex", draft ? "0" : "-1");
    this.element.setAttribute("role", draft ? "application" : "group");
    const selected = draft ? undefined : this.#selected();
    this.element.replaceChildren(
      ...shapes.map((shape, index) => this.#shape(shape, index, scale, Boolean(draft))),
      ...(selected ? this.#handles(selected, scale) : []),
      ...(draft ? this.#draft(draft, scale) : []),
    );
    this.#refocus();
  }

  /** What is drawn anew keeps the focus. */
  #refocus() {
    const [name, value] = Object.entries(this.#focus || {})[0] || [];
    if (name) this.element.querySelector(`[data-${name}="${value}"]`)?.focus({ preventScroll: true });
  }

  #shape(shape, index, scale, idle) {
    const points = shape.points.map((point) => this.#pixels(point));
    const group = svg("g", { class: `shape ${shape.kind}${shape.selected ? " selected" : ""}` });
    if (!idle) {
      group.dataset.shape = index;
      const how = shape.selected ? "Selected. Arrow keys move it." : "Press Enter to select.";
      for (const [name, value] of Object.entries({ tabindex: 0, role: "button", "aria-label": `${shape.word} ${shape.id}. ${how}` })) group.setAttribute(name, value);
    }
    if (shape.closed) group.append(svg("polygon", { class: "area", points: points.join(" ") }), ...this.#badSides(shape, points));
    else group.append(segment("touch", points[0], points[1]), segment("edge", points[0], points[1]), ...this.#direction(shape, scale));
    group.append(this.#label(shape, scale));
    return group;
  }

  #badSides(shape, points) {
    return [...badSides(shape.points)].map((side) => segment("bad", points[side], points[(side + 1) % points.length]));
  }

  /** The arrow from a to b, with a letter on either side. */
  #direction(shape, scale) {
    const { start, end } = arrowAcross(shape.points, this.#size, ARROW_PX / scale);
    const [dx, dy] = [(end[0] - start[0]) / 4, (end[1] - start[1]) / 4];
    const wing = (turn) => [end[0] - dx - turn * dy, end[1] - dy + turn * dx];
    const letter = (word, [x, y], out) => words(word, [x + out * dx * 1.6, y + out * dy * 1.6], scale, "middle");
    return [segment("arrow", start, end), segment("arrow", end, wing(1)), segment("arrow", end, wing(-1)), letter("a", start, -1), letter("b", end, 1)];
  }

  #label(shape, scale) {
    const at = shape.closed ? this.#pixels(centre(shape.points)) : this.#pixels(shape.points[0]);
    return words(shape.id, shape.closed ? at : [at[0] + 10 / scale, at[1] - 10 / scale], scale, shape.closed ? "middle" : "start");
  }

  #handles(shape, scale) {
    const count = shape.points.length;
    const made = [];
    shape.points.forEach((point, index) => {
      const name = shape.closed ? `Point ${index + 1} of ${count}` : ["Start", "End"][index];
      const how = shape.closed && count > 3 ? "Arrow keys move it, Delete removes it." : "Arrow keys move it.";
      made.push(this.#grip(point, scale, "point", index, `${name}, ${percent(point[0])} from the left, ${percent(point[1])} from the top. ${how}`));
      if (!shape.closed) return;
      const next = (index + 1) % count;
      made.push(this.#grip(middle(point, shape.points[next]), scale, "side", index, `Add a point between ${index + 1} and ${next + 1}`));
    });
    return made;
  }

  #grip(point, scale, name, index, label) {
    const [cx, cy] = this.#pixels(point);
    const grip = svg(
      "g",
      { class: `grip ${name}`, tabindex: 0, role: "button", "aria-label": label },
      svg("circle", { class: "touch", cx, cy, r: TOUCH_PX / scale }),
      svg("circle", { class: "dot", cx, cy, r: (name === "point" ? HANDLE_PX : HANDLE_PX * 0.7) / scale }),
    );
    grip.dataset[name] = index;
    return grip;
  }

  #draft(draft, scale) {
    const points = draft.points.map((point) => this.#pixels(point));
    const tip = this.#pixels(this.#pointer || this.#cursor);
    const way = [...points, tip];
    const made = [svg("polyline", { class: "draft", points: way.join(" ") })];
    points.forEach(([cx, cy], index) => made.push(svg("circle", { class: index === 0 ? "dot first" : "dot", cx, cy, r: HANDLE_PX / scale })));
    const reach = 9 / scale;
    made.push(segment("cross", [tip[0] - reach, tip[1]], [tip[0] + reach, tip[1]]), segment("cross", [tip[0], tip[1] - reach], [tip[0], tip[1] + reach]));
    return made;
  }
}

function segment(name, [x1, y1], [x2, y2]) {
  return svg("line", { class: name, x1, y1, x2, y2 });
}

function words(text, [x, y], scale, anchor) {
  return svg("text", { x, y, "font-size": TEXT_PX / scale, "text-anchor": anchor, "dominant-baseline": "middle" }, text);
}
