// The large moving picture of one camera: its own video where that can be had, else the hub's pictures with boxes.
import { h, icon, text } from "./dom.js";
import { mayBeSmooth, SmoothVideo } from "./smooth.js";
import { streams } from "./streams.js";

const KEY = "large";
const REMEMBERED = "sightline-overlay";
const SMOOTH = "smooth";
const WITH_BOXES = "boxes,zones";
const CHOICES = [
  [SMOOTH, "Smooth video"],
  [WITH_BOXES, "Boxes, zones"],
  ["boxes", "Boxes"],
  ["zones", "Zones"],
  ["none", "None"],
];

export class LargePicture {
  #camera;
  #smooth = false;
  #refused = "";
  #mode = "waiting";
  #img = h("img", { alt: "" });
  #video = h("video", { muted: true, playsinline: true, hidden: true });
  #nothing = h("div", { class: "no-picture" });
  #badge = h("span", { class: "mode", hidden: true });
  #player;

  constructor(camera) {
    this.#camera = camera;
    this.#video.muted = true;
    this.element = h("div", { class: "picture" }, this.#img, this.#video, this.#nothing, this.#badge);
    this.choice = this.#choice();
    this.note = h("p", { class: "panel-note picture-note", role: "status" });
    this.#player = new SmoothVideo(this.#video, (mode, reason) => this.#changed(mode, reason));
    streams.add(KEY, camera.id, this.#img, (mode) => {
      if (this.#smooth) return;
      this.#mode = mode;
      this.#show();
    });
    streams.only(KEY);
    this.#arrange();
  }

  /** @param camera as the hub tells of it now; the same one */
  update(camera) {
    const before = mayBeSmooth(this.#camera);
    const working = this.#working;
    this.#camera = camera;
    if (before !== mayBeSmooth(camera) || working !== this.#working) this.#arrange();
    this.#show();
  }

  close() {
    this.#player.close();
    streams.remove(KEY);
    streams.only(undefined);
  }

  get #working() {
    return this.#camera.state === "ONLINE" || this.#camera.state === "DEGRADED";
  }

  get #wanted() {
    const kept = localStorage.getItem(REMEMBERED);
    const choices = offered(this.#camera);
    return choices.some(([value]) => value === kept) ? kept : choices[0][0];
  }

  #choice() {
    const keep = (event) => {
      localStorage.setItem(REMEMBERED, event.target.value);
      this.#refused = "";
      this.#arrange();
    };
    const options = offered(this.#camera).map(([value, label]) => h("option", { value, selected: value === this.#wanted }, label));
    return h("select", { class: "select overlays", "aria-label": "Drawn into the picture", title: "Drawn into the picture", onchange: keep }, options);
  }

  #arrange() {
    const smooth = this.#wanted === SMOOTH && mayBeSmooth(this.#camera) && this.#refused === "";
    streams.draw(KEY, this.#wanted === SMOOTH ? WITH_BOXES : this.#wanted);
    streams.want(KEY, this.#working && !smooth);
    if (smooth && this.#working) {
      if (!this.#smooth) this.#player.start(this.#camera.id);
    } else {
      this.#player.stop();
    }
    if (this.#smooth !== smooth) this.#mode = "waiting";
    this.#smooth = smooth && this.#working;
    this.#show();
  }

  #changed(mode, reason) {
    this.#mode = mode;
    if (mode === "refused") {
      this.#refused = reason || "the hub does not give it";
      this.#arrange();
    }
    this.#show();
  }

  #show() {
    const name = `Live picture of ${this.#camera.name || this.#camera.id}`;
    this.#img.alt = name;
    this.#video.setAttribute("aria-label", name);
    this.#video.hidden = !this.#smooth;
    this.#img.hidden = this.#smooth;
    const has = this.#smooth ? this.#mode === "live" : this.#img.naturalWidth > 0 && this.#img.hasAttribute("src");
    this.#nothing.hidden = this.#working && has;
    this.#nothing.replaceChildren(icon(this.#working ? "camera" : "camera-off"), h("strong", {}, this.#working ? this.#waitingWord() : "No picture"), this.#camera.reason || "");
    this.#badge.hidden = !this.#working || !has;
    text(this.#badge, this.#smooth ? "Live video" : "Live");
    text(this.note, this.#noteWords());
  }

  #waitingWord() {
    return this.#mode === "failed" ? "Picture is not coming, trying again" : "Waiting for the first picture";
  }

  #noteWords() {
    if (this.#wanted !== SMOOTH || !this.#working) return "";
    const why = this.#refused || (mayBeSmooth(this.#camera) ? "" : this.#camera.video?.reason || "it needs a camera that sends H.264");
    return why && `No smooth video: ${why}. These are the hub's pictures with boxes.`;
  }
}

/** A hub that tells nothing of a camera's own video has none to give. */
function offered(camera) {
  return camera.video ? CHOICES : CHOICES.filter(([value]) => value !== SMOOTH);
}
