// Zones, lines and masks of one camera, drawn over its moving picture and written to the configuration.
import { HubError } from "./api.js";
import { mayThrowAway } from "./ask.js";
import { Board } from "./board.js";
import { CameraConfiguration, notGiven, problemsByKey } from "./configuration.js";
import { announce, blank, h, icon, text, toast } from "./dom.js";
import { Drawing, KINDS } from "./drawing.js";
import { capital } from "./format.js";
import { ShapeForm } from "./shape-form.js";
import { streams } from "./streams.js";

const KEY = "editor";
const DRAWING = {
  closed:
    "Click corner after corner; a click on the first one, a double click or Enter closes it. By keys: arrows move the cross, " +
    "Space sets a corner, Backspace takes the last one back, Escape gives up.",
  open: "Click where it starts and where it ends. By keys: arrows move the cross, Space sets an end, Escape gives up.",
};

export function zonesPart(camera) {
  const element = h("div", { class: "editor" });
  const configuration = new CameraConfiguration(camera.id);
  let editor;
  let closed = false;
  load();
  return { element, close, update: (now) => editor?.update(now), unsaved: () => editor?.unsaved() || false, mayLeave: mayThrowAway };

  async function load() {
    element.replaceChildren(blank("zone", "One moment", "The hub is asked for the configuration."));
    try {
      const keys = await configuration.load();
      if (closed) return;
      editor = new ZoneEditor(camera, configuration, keys);
      element.replaceChildren(editor.element);
      editor.begin();
    } catch (problem) {
      if (closed) return;
      element.replaceChildren(notGiven("Zones cannot be edited here", problem, load));
    }
  }

  function close() {
    closed = true;
    editor?.close();
  }
}

class ZoneEditor {
  #camera;
  #configuration;
  #drawing;
  #selected = null;
  #draft = null;
  #refused = new Map();
  #img = h("img", { alt: "" });
  #list = h("ul", { class: "shapes" });
  #help = h("p", { class: "editor-help", role: "status" });
  #message = h("div", { class: "message", role: "alert", hidden: true });
  #board = new Board(this.#wishes());
  #form = new ShapeForm(this.#edits());

  constructor(camera, configuration, keys) {
    this.#camera = camera;
    this.#configuration = configuration;
    this.#drawing = new Drawing(keys);
    this.save = action("Save", "primary", () => this.#save());
    this.undo = action("Undo", "", () => this.#renew(() => this.#drawing.undo()));
    this.discard = action("Discard", "", () => this.#reload());
    const add = ([kind, { word }]) => h("button", { class: "button", type: "button", "data-add": kind, onclick: () => this.#begin(kind) }, icon("plus"), capital(word));
    this.element = h(
      "div",
      { class: "editor-parts" },
      h("div", { class: "editor-picture" }, h("div", { class: "picture" }, this.#img, this.#board.element), this.#help),
      h(
        "div",
        { class: "editor-side" },
        h("section", { class: "card" }, h("h3", {}, "Draw"), h("div", { class: "actions" }, Object.entries(KINDS).map(add)), this.#list),
        this.#form.element,
        this.#message,
        h("div", { class: "actions" }, this.save, this.undo, this.discard),
      ),
    );
  }

  begin() {
    this.#img.addEventListener("load", () => this.#sized());
    streams.add(KEY, this.#camera.id, this.#img, () => this.#sized());
    streams.draw(KEY, "none");
    streams.only(KEY);
    this.update(this.#camera);
    this.#show();
  }

  update(camera) {
    streams.want(KEY, camera.state === "ONLINE" || camera.state === "DEGRADED");
    this.#sized();
  }

  unsaved() {
    return this.#drawing.changed || this.#draft !== null;
  }

  close() {
    streams.remove(KEY);
    streams.only(undefined);
    this.#board.close();
  }

  #sized() {
    const { naturalWidth: width, naturalHeight: height } = this.#img;
    if (width === 0 || (this.width === width && this.height === height)) return;
    Object.assign(this, { width, height });
    this.#board.resize({ width, height });
  }

  #wishes() {
    const on = (work) => (...values) => this.#changed(() => work(this.#selected, ...values));
    return {
      pick: (shape) => this.#select(shape),
      grab: () => this.#drawing.beginMove(),
      move: on((one, index, point) => this.#drawing.move(one.kind, one.id, index, point)),
      shift: on((one, way) => this.#drawing.shift(one.kind, one.id, way)),
      split: on((one, side, point) => this.#drawing.split(one.kind, one.id, side, point)),
      removePoint: on((one, index) => this.#removePoint(one, index)),
      draw: (point) => this.#draw(point),
      undraw: () => this.#redraw(this.#draft.points.slice(0, -1)),
      finish: () => this.#finish(),
      cancel: () => this.#endDraft("Nothing was drawn."),
    };
  }

  #edits() {
    const on = (work) => (...values) => this.#changed(() => work(this.#selected, ...values));
    return {
      rename: on((one, id) => this.#rename(one, id)),
      set: on((one, key, value) => this.#drawing.set(one.kind, one.id, key, value)),
      turn: on((one) => this.#drawing.turn(one.id)),
      remove: on((one) => this.#remove(one)),
    };
  }

  #removePoint(one, index) {
    if (this.#drawing.removePoint(one.kind, one.id, index)) announce(`Point ${index + 1} removed`);
    else announce("It needs the points that it has");
  }

  #rename(one, id) {
    const done = this.#drawing.rename(one.kind, one.id, id);
    if (done) this.#selected = { kind: one.kind, id };
    return done;
  }

  #remove(one) {
    this.#drawing.remove(one.kind, one.id);
    this.#selected = null;
    announce(`${capital(KINDS[one.kind].word)} ${one.id} removed`);
    queueMicrotask(() => this.element.querySelector("[data-add]").focus());
  }

  #changed(work) {
    const answer = work();
    if (this.#selected && !this.#drawing.shape(this.#selected.kind, this.#selected.id)) this.#selected = null;
    this.#refused.clear();
    this.#message.hidden = true;
    this.#show();
    return answer;
  }

  /** A change that did not come from the form: it shows what holds now. */
  #renew(work) {
    this.#form.reset();
    this.#changed(work);
  }

  #select(shape) {
    this.#selected = shape ? { kind: shape.kind, id: shape.id } : null;
    this.#show();
  }

  #begin(kind) {
    this.#selected = null;
    this.#draft = { kind, closed: KINDS[kind].closed, points: [] };
    announce(DRAWING[this.#draft.closed ? "closed" : "open"]);
    this.#show();
  }

  #draw(point) {
    this.#redraw([...this.#draft.points, point]);
    announce(`Point ${this.#draft.points.length} set`);
    if (!this.#draft.closed && this.#draft.points.length === 2) this.#finish();
  }

  #redraw(points) {
    this.#draft = { ...this.#draft, points };
    this.#show();
  }

  #finish() {
    const { kind, closed, points } = this.#draft;
    if (points.length < (closed ? 3 : 2)) {
      announce(`It needs at least ${closed ? 3 : 2} points`);
      return;
    }
    this.#draft = null;
    this.#changed(() => (this.#selected = { kind, id: this.#drawing.add(kind, points) }));
    announce(`${capital(KINDS[kind].word)} drawn. Give it a name.`);
    this.#form.focus();
  }

  #endDraft(words) {
    this.#draft = null;
    announce(words);
    this.#show();
    this.element.querySelector("[data-add]").focus();
  }

  #show() {
    const known = (one) => ({ ...one, ...KINDS[one.kind], selected: this.#isSelected(one), problems: this.#problems(one) });
    const shapes = this.#drawing.shapes().map(known);
    this.#board.show({ shapes, draft: this.#draft });
    this.#showList(shapes);
    const selected = shapes.find((one) => one.selected);
    this.#form.show(selected);
    text(this.#help, this.#helpWords(selected));
    this.#help.classList.toggle("wrong", Boolean(!this.#draft && selected && (selected.problems.polygon || selected.problems.from)));
    const sound = shapes.every((one) => Object.keys(one.problems).length === 0);
    this.save.disabled = !this.#drawing.changed || !sound || this.#draft !== null;
    this.undo.disabled = !this.#drawing.undoable || this.#draft !== null;
    this.discard.disabled = !this.unsaved();
  }

  #isSelected(one) {
    return this.#selected?.kind === one.kind && this.#selected.id === one.id;
  }

  /** What is seen here, and what the hub refused when it was last to be saved. */
  #problems(one) {
    const problems = this.#drawing.problems(one);
    for (const [path, words] of this.#refused) {
      const [kind, id, key = "polygon"] = path.split(".");
      if (kind === one.kind && id === one.id) problems[key] ??= words.join(" ");
    }
    return problems;
  }

  #helpWords(selected) {
    if (this.#draft) return DRAWING[this.#draft.closed ? "closed" : "open"];
    const wrong = selected && (selected.problems.polygon || selected.problems.from);
    if (wrong) return wrong;
    if (!selected) return "Choose a shape to change it, or draw a new one. An object is where it stands: draw on the ground.";
    return "Drag the points; drag a small one to add a point; the Delete key removes one. Arrow keys move what has the focus, with Shift further, with Alt finer.";
  }

  #showList(shapes) {
    const item = (one) => {
      const wrong = Object.keys(one.problems).length > 0;
      const kind = h("small", {}, one.word, wrong && h("span", { class: "wrong" }, icon("degraded", "small"), "look at it"));
      const props = { type: "button", "aria-pressed": String(one.selected), "data-name": `${one.kind}.${one.id}`, onclick: () => this.#select(one) };
      return h("li", {}, h("button", props, icon(one.kind === "lines" ? "line" : "zone"), h("span", {}, one.id), kind));
    };
    const focus = this.#list.contains(document.activeElement) && document.activeElement.dataset.name;
    this.#list.replaceChildren(...shapes.map(item));
    if (focus) [...this.#list.querySelectorAll("button")].find((one) => one.dataset.name === focus)?.focus();
  }

  async #save() {
    this.save.setAttribute("aria-busy", "true");
    try {
      const { saved, keys } = await this.#configuration.save(this.#drawing.keys());
      if (keys) this.#renew(() => (this.#drawing = new Drawing(keys)));
      if (saved) toast("Saved; it holds at once");
    } catch (problem) {
      this.#refuse(problem);
    } finally {
      this.save.removeAttribute("aria-busy");
    }
  }

  #refuse(problem) {
    if (!(problem instanceof HubError)) throw problem;
    this.#refused = problemsByKey(problem, this.#camera.id);
    const elsewhere = [...this.#refused].filter(([path]) => !this.#drawing.shape(...path.split(".")));
    const others = elsewhere.map(([path, words]) => `${path} ${words.join(" ")}`.trim());
    this.#message.replaceChildren(icon("degraded"), h("span", {}, [problem.message, ...others].join(" ")));
    this.#message.hidden = false;
    this.#show();
  }

  async #reload() {
    if (!(await mayThrowAway())) return;
    try {
      const keys = await this.#configuration.load();
      this.#draft = null;
      this.#renew(() => (this.#drawing = new Drawing(keys)));
    } catch (problem) {
      this.#refuse(problem);
    }
  }
}

function action(label, more, act) {
  return h("button", { class: `button ${more}`.trim(), type: "button", disabled: true, onclick: act }, label);
}
