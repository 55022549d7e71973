// One camera, large: its moving picture, its figures, what it saw last.
import { byId, h, icon, stateChip, text } from "./dom.js";
import { ago, capital, compact, fullTime, labelIcon, people, percent, rate } from "./format.js";
import { cameras, detections, inView, on } from "./model.js";
import { streams } from "./streams.js";
import { askCounts, countsPart } from "./counts.js";

const KEY = "large";
const RECENT = 8;
const REMEMBERED = "sightline-overlay";
const OVERLAYS = [
  ["boxes,zones", "Boxes, zones"],
  ["boxes", "Boxes"],
  ["zones", "Zones"],
  ["none", "None"],
];

let shown;
let parts;
let openDetection;

export function startViewer(open) {
  openDetection = open;
  const dialog = byId("viewer");
  dialog.addEventListener("close", left);
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.target.matches("select")) return;
    if (event.key === "ArrowRight") turn(1);
    if (event.key === "ArrowLeft") turn(-1);
  });
  on("cameras", () => {
    update();
    if (shown) askCounts(shown);
  });
  on("in-view", update);
}

export function openCamera(id) {
  if (!cameras.has(id)) return;
  const dialog = byId("viewer");
  shown = id;
  build(dialog);
  if (!dialog.open) {
    dialog.showModal();
    dialog.querySelector("[aria-label=Close]").focus();
  }
  streams.add(KEY, id, parts.img, (mode) => {
    parts.mode = mode;
    update();
  });
  streams.draw(KEY, overlay());
  streams.only(KEY);
  update();
  askCounts(id);
}

function overlay() {
  const kept = localStorage.getItem(REMEMBERED);
  return OVERLAYS.some(([value]) => value === kept) ? kept : OVERLAYS[0][0];
}

function left() {
  streams.remove(KEY);
  streams.only(undefined);
  byId("viewer").replaceChildren();
  shown = undefined;
}

function turn(step) {
  const ids = [...cameras.keys()];
  if (ids.length < 2) return;
  const next = ids[(ids.indexOf(shown) + step + ids.length) % ids.length];
  streams.remove(KEY);
  openCamera(next);
}

function build(dialog) {
  const several = cameras.size > 1;
  const step = (name, label, by) => h("button", { class: "quiet", type: "button", "aria-label": label, onclick: () => turn(by) }, icon(name));
  parts = {
    title: h("h2", { id: "viewer-title" }),
    state: h("span"),
    img: h("img", { alt: "" }),
    nothing: h("div", { class: "no-picture" }),
    facts: h("dl", { class: "facts" }),
    counts: countsPart(shown),
    recent: h("div", { class: "recent" }),
    mode: "waiting",
  };
  const focus = document.activeElement?.getAttribute("aria-label");
  dialog.replaceChildren(
    h(
      "div",
      { class: "dialog-head" },
      parts.title,
      parts.state,
      h("span", { class: "grow" }),
      overlayChoice(),
      several && step("left", "Previous camera", -1),
      several && step("right", "Next camera", 1),
      h("button", { class: "quiet", type: "button", "aria-label": "Close", onclick: () => dialog.close() }, icon("close")),
    ),
    h(
      "div",
      { class: "split" },
      h("div", { class: "picture" }, parts.img, parts.nothing),
      h("div", { class: "side" }, h("h3", {}, "Now"), parts.facts, parts.counts, h("h3", {}, "Latest detections"), parts.recent),
    ),
  );
  [...dialog.querySelectorAll("button, select")].find((button) => button.getAttribute("aria-label") === focus)?.focus();
}

function overlayChoice() {
  const keep = (event) => {
    localStorage.setItem(REMEMBERED, event.target.value);
    streams.draw(KEY, overlay());
  };
  const options = OVERLAYS.map(([value, label]) => h("option", { value, selected: value === overlay() }, label));
  return h("select", { class: "select overlays", "aria-label": "Drawn into the picture", title: "Drawn into the picture", onchange: keep }, options);
}

function update() {
  const camera = shown && cameras.get(shown);
  if (!camera) return;
  const working = camera.state === "ONLINE" || camera.state === "DEGRADED";
  streams.want(KEY, working);
  text(parts.title, camera.name || camera.id);
  parts.img.alt = `Live picture of ${camera.name || camera.id}`;
  parts.state.replaceChildren(stateChip(camera.state));
  const has = parts.img.naturalWidth > 0 && parts.img.hasAttribute("src");
  parts.nothing.hidden = working && has;
  parts.nothing.replaceChildren(icon(working ? "camera" : "camera-off"), h("strong", {}, working ? waitingWord() : "No picture"), camera.reason || "");
  parts.facts.replaceChildren(...facts(camera).flatMap(([name, value, title]) => [h("dt", {}, name), h("dd", { title }, value)]));
  recent(camera);
}

function waitingWord() {
  return parts.mode === "failed" ? "Picture is not coming, trying again" : "Waiting for the first picture";
}

function facts(camera) {
  const rows = [];
  const put = (name, value, title) => value !== undefined && value !== null && value !== "" && rows.push([name, value, title]);
  put("Reason", camera.reason);
  put("Since", camera.since && ago(camera.since), camera.since && fullTime(camera.since));
  put("Location", camera.location);
  put("In view", people(inView(camera.id).filter((one) => one.type === "person").length));
  put("Last picture", camera.last_seen && ago(camera.last_seen), camera.last_seen && fullTime(camera.last_seen));
  put("Frames per second", Number.isFinite(camera.fps) ? rate(camera.fps) : null);
  put("Picture", camera.width ? `${camera.width} × ${camera.height}` : null);
  for (const [name, field] of [["Frames read", "frames_read"], ["Frames analysed", "frames_handled"], ["Frames lost", "frames_lost"], ["Reconnects", "reconnects"]]) {
    put(name, Number.isFinite(camera[field]) ? compact(camera[field]) : null);
  }
  put("Detector", camera.detector);
  return rows;
}

function recent(camera) {
  const list = detections.filter((one) => one.camera_id === camera.id).slice(0, RECENT);
  const wanted = list.map((one) => one.id + one.confidence + ago(one.started_at)).join();
  if (parts.recentShown === wanted && list.length) return;
  parts.recentShown = wanted;
  parts.recent.replaceChildren(
    ...(list.length
      ? list.map((one) =>
          h(
            "button",
            { type: "button", onclick: () => openDetection(one.id) },
            icon(labelIcon(one.type)),
            `${capital(one.type)} ${percent(one.confidence)}`,
            h("time", { datetime: one.started_at, title: fullTime(one.started_at) }, ago(one.started_at)),
          ),
        )
      : [h("p", { class: "panel-note" }, "None yet")]),
  );
}
