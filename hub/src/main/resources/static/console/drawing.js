// What is drawn into one camera's picture, as keys of the configuration. Nothing here touches the page.
import { lineProblem, middle, polygonProblem, tidy } from "./geometry.js";
import { alike } from "./merge.js";

const MOST_STEPS_BACK = 100;
const ID = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const TIME = /^\d{1,12}(\.\d{1,6})? ?(ms|s|m|h|d)$/;

/** in the order in which they are listed */
export const KINDS = {
  zones: { word: "zone", closed: true, labels: true, dwell: true },
  lines: { word: "line", closed: false, labels: true, dwell: false },
  masks: { word: "mask", closed: true, labels: false, dwell: false },
};

const copy = (value) => structuredClone(value);

export class Drawing {
  #saved;
  #keys;
  #past = [];
  #stepped = "";

  /** @param keys all keys of the camera; those that nobody draws stay as they are */
  constructor(keys) {
    this.#saved = copy(keys);
    this.#keys = copy(keys);
  }

  /** All keys of the camera, with what was drawn. */
  keys() {
    return copy(this.#keys);
  }

  get changed() {
    return !alike(this.#saved, this.#keys);
  }

  get undoable() {
    return this.#past.length > 0;
  }

  /** @return [{kind, id, points, keys}] */
  shapes() {
    return Object.keys(KINDS).flatMap((kind) => Object.keys(this.#keys[kind] || {}).map((id) => this.shape(kind, id)));
  }

  /** @return the shape, or undefined where there is none */
  shape(kind, id) {
    const keys = this.#keys[kind]?.[id];
    if (!keys) return undefined;
    return { kind, id, keys, points: KINDS[kind].closed ? keys.polygon || [] : [keys.from, keys.to] };
  }

  /** @return what is wrong with it, by key, for people; no keys where nothing is */
  problems({ kind, id, points, keys }) {
    const found = {};
    const shape = KINDS[kind].closed ? polygonProblem(points) : lineProblem(points);
    if (shape) found[KINDS[kind].closed ? "polygon" : "from"] = shape;
    if (!ID.test(id)) found.id = "Small letters, digits, - and _; it begins with a letter or digit and has at most 63.";
    if (keys["min-dwell"] !== undefined && !TIME.test(keys["min-dwell"])) found["min-dwell"] = "A time with a unit, for example 2s, 500ms or 1m.";
    return found;
  }

  sound() {
    return this.shapes().every((shape) => Object.keys(this.problems(shape)).length === 0);
  }

  /** @return the id that it got */
  add(kind, points) {
    this.#step();
    const taken = new Set(this.shapes().map((one) => one.id));
    let number = 1;
    while (taken.has(`${KINDS[kind].word}-${number}`)) number += 1;
    const id = `${KINDS[kind].word}-${number}`;
    this.#keys[kind] = { ...this.#keys[kind], [id]: {} };
    this.#put(kind, id, points.map(tidy));
    return id;
  }

  remove(kind, id) {
    this.#step();
    delete this.#keys[kind][id];
    if (Object.keys(this.#keys[kind]).length === 0) delete this.#keys[kind];
  }

  /** Keeps its place among the others. @return false where another one has that name */
  rename(kind, id, next) {
    if (id === next) return true;
    if (Object.hasOwn(this.#keys[kind], next)) return false;
    this.#step(`name of ${kind}`);
    const entries = Object.entries(this.#keys[kind]).map(([key, value]) => [key === id ? next : key, value]);
    this.#keys[kind] = Object.fromEntries(entries);
    return true;
  }

  /** @param value undefined takes the key away */
  set(kind, id, key, value) {
    this.#step(`${kind}.${id}.${key}`);
    if (value === undefined) delete this.#keys[kind][id][key];
    else this.#keys[kind][id][key] = value;
  }

  /** Begins a move that is undone as one, however many steps it takes. */
  beginMove() {
    this.#step();
  }

  /** @param index of the point */
  move(kind, id, index, point) {
    this.#change(kind, id, (points) => points.map((one, at) => (at === index ? tidy(point) : one)));
  }

  /** All points by the same way, as far as the picture goes. */
  shift(kind, id, [across, down]) {
    this.#change(kind, id, (points) => {
      const within = (by, values) => Math.min(Math.max(by, -Math.min(...values)), 1 - Math.max(...values));
      const right = within(across, points.map(([x]) => x));
      const lower = within(down, points.map(([, y]) => y));
      return points.map(([x, y]) => tidy([x + right, y + lower]));
    });
  }

  /** A new corner on the side that begins at a point. @return its index */
  split(kind, id, side, point) {
    this.#step();
    const { points } = this.shape(kind, id);
    const made = tidy(point || middle(points[side], points[(side + 1) % points.length]));
    this.#put(kind, id, points.toSpliced(side + 1, 0, made));
    return side + 1;
  }

  /** @return false where too few would be left */
  removePoint(kind, id, index) {
    const { points } = this.shape(kind, id);
    if (!KINDS[kind].closed || points.length <= 3) return false;
    this.#step();
    this.#put(kind, id, points.toSpliced(index, 1));
    return true;
  }

  /** A line the other way round: what was in is out. */
  turn(id) {
    this.#step();
    this.#change("lines", id, ([from, to]) => [to, from]);
  }

  undo() {
    if (this.undoable) this.#keys = this.#past.pop();
    this.#stepped = "";
  }

  #change(kind, id, how) {
    this.#put(kind, id, how(this.shape(kind, id).points));
  }

  #put(kind, id, points) {
    const keys = this.#keys[kind][id];
    if (KINDS[kind].closed) keys.polygon = points;
    else [keys.from, keys.to] = points;
  }

  /** @param what of the same, what is typed letter by letter, is undone as one */
  #step(what = "") {
    if (what && what === this.#stepped) return;
    this.#stepped = what;
    this.#past.push(copy(this.#keys));
    if (this.#past.length > MOST_STEPS_BACK) this.#past.shift();
  }
}
