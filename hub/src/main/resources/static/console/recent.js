// What one camera saw last: a row each, with its picture; those with a clip say so.
import { api } from "./api.js";
import { h, icon, text } from "./dom.js";
import { ago, capital, fullTime, labelIcon, lasted, percent } from "./format.js";
import { detection, on } from "./model.js";
import { cropTo, snapshotPath } from "./snapshot.js";

const MOST = 12;
const TELL_TIMES_MS = 5000;

export class RecentDetections {
  #camera;
  #open;
  #known = new Map();
  #list = h("ul", { class: "recent-list" });
  #rows = new Map();
  #deaf;
  #timer;

  /** @param open called with the id of a detection */
  constructor(camera, open) {
    this.#camera = camera;
    this.#open = open;
    this.element = h("section", { class: "card", "aria-label": "Latest detections" }, h("h3", {}, "Latest detections"), this.#list);
    this.#deaf = on("detection", (one) => one.camera_id === camera && this.#take([one]));
    this.#timer = setInterval(() => this.#paint(), TELL_TIMES_MS);
    this.#paint();
    this.#load();
  }

  close() {
    this.#deaf();
    clearInterval(this.#timer);
  }

  async #load() {
    try {
      const page = await api.detections({ camera_id: this.#camera, page_size: MOST });
      this.#take(page.detections);
    } catch {
      // those that come from now on are told by events
    }
  }

  #take(list) {
    for (const raw of list) {
      const one = detection(raw);
      this.#known.set(one.id, { ...this.#known.get(one.id), ...one });
    }
    const newest = [...this.#known.values()].sort((a, b) => Date.parse(b.started_at) - Date.parse(a.started_at)).slice(0, MOST);
    this.#known = new Map(newest.map((one) => [one.id, one]));
    this.#paint();
  }

  #paint() {
    const shown = [...this.#known.values()];
    const items = shown.map((one) => this.#row(one));
    this.#rows = new Map(items.map((row) => [row.id, row]));
    const wanted = items.length ? items.map((row) => row.item) : [h("li", { class: "panel-note" }, "None yet")];
    if (wanted.length !== this.#list.children.length || wanted.some((item, index) => item !== this.#list.children[index])) {
      this.#keepFocus(() => this.#list.replaceChildren(...wanted));
    }
  }

  #keepFocus(work) {
    const focused = this.#list.contains(document.activeElement) && document.activeElement;
    work();
    if (focused) focused.focus({ preventScroll: true });
  }

  /** The row stays the same element while it tells the same. */
  #row(one) {
    const path = snapshotPath(one);
    const told = [one.type, percent(one.confidence), one.ended_at, one.zones.join(), path, one.clip?.href].join("|");
    const known = this.#rows.get(one.id);
    if (known?.told === told) {
      text(known.time, ago(one.started_at));
      return known;
    }
    const thumb = known?.path === path ? known.thumb : thumbnail(one);
    const time = h("time", { datetime: one.started_at, title: fullTime(one.started_at) }, ago(one.started_at));
    const clip = one.clip?.href && h("span", { class: "clip" }, icon("play"), "Clip");
    const button = h("button", { type: "button", onclick: () => this.#open(one.id) }, thumb, words(one), h("span", { class: "when" }, time, clip));
    return { id: one.id, told, item: h("li", {}, button), thumb, time, path };
  }
}

function thumbnail(one) {
  const thumb = h("span", { class: "thumb" }, icon("image-off"));
  const path = snapshotPath(one);
  if (!path) return thumb;
  const img = h("img", { alt: "", decoding: "async", hidden: true });
  img.addEventListener("load", () => {
    img.hidden = false;
    cropTo(img, one);
  });
  img.addEventListener("error", () => img.remove());
  img.src = path;
  thumb.append(img);
  return thumb;
}

function words(one) {
  const more = [one.zones.join(", "), one.ended_at && `seen for ${lasted(one.started_at, one.ended_at)}`].filter(Boolean).join(" · ");
  const what = h("span", { class: "what" }, icon(labelIcon(one.type)), `${capital(one.type)} ${percent(one.confidence)}`);
  return h("span", {}, what, h("small", {}, more || "in view"));
}
