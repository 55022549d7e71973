// One detection: its picture with the box, its data, and a way to take them along.
import { byId, h, icon, svg, toast } from "./dom.js";
import { ago, capital, clockTime, fullTime, labelIcon, lasted, percent } from "./format.js";
import { cameraName, detection, detections, on } from "./model.js";
import { api } from "./api.js";
import { boxIn, snapshotPath } from "./snapshot.js";
import { neighbour } from "./feed.js";

const USUAL = new Set(["started", "updated", "ended", "zone", "line", "label", "snapshot"]);

let shown;

export function startDetail() {
  const dialog = byId("detail");
  dialog.addEventListener("close", () => {
    shown = undefined;
    dialog.replaceChildren();
  });
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight" || event.key === "j") turn(1);
    if (event.key === "ArrowLeft" || event.key === "k") turn(-1);
  });
  on("detection", (one) => shown && one.id === shown && show(find(shown)));
}

const find = (id) => detections.find((one) => one.id === id);

export async function openDetection(id) {
  shown = id;
  const known = find(id);
  if (known) show(known);
  try {
    const stored = await api.detection(id);
    if (shown === id && stored) show({ ...known, ...detection(stored) });
  } catch (problem) {
    if (!known) toast(problem.message);
  }
}

function turn(step) {
  const next = neighbour(shown, step);
  if (next) openDetection(next);
}

function show(one) {
  const dialog = byId("detail");
  const focus = document.activeElement?.dataset?.name;
  const picture = dialog.querySelector(".picture");
  const keep = picture?.dataset.path === snapshotPath(one) ? picture : null;
  const button = (name, label, iconName, act) => h("button", { class: "quiet", type: "button", "data-name": name, "aria-label": label, onclick: act }, icon(iconName));
  dialog.replaceChildren(
    h(
      "div",
      { class: "dialog-head" },
      icon(labelIcon(one.type)),
      h("h2", { id: "detail-title" }, `${capital(one.type)} at ${cameraName(one.camera_id)}`),
      h("span", { class: "grow" }),
      button("newer", "Newer detection", "left", () => turn(-1)),
      button("older", "Older detection", "right", () => turn(1)),
      button("close", "Close", "close", () => dialog.close()),
    ),
    h("div", { class: "split" }, keep || large(one), side(one)),
  );
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(`[data-name="${focus || "close"}"]`)?.focus();
}

function large(one) {
  const path = snapshotPath(one);
  const none = h("div", { class: "no-picture" }, icon("image-off"), h("strong", {}, path ? "Loading the picture" : "No picture kept"));
  const frame = h("div", { class: "picture", "data-path": path || "" }, none);
  if (!path) return frame;
  const img = h("img", { alt: `${capital(one.type)} as seen by ${cameraName(one.camera_id)}` });
  img.addEventListener("load", () => {
    none.remove();
    const box = boxIn(img, one);
    if (box) frame.append(overlay(img, box));
  });
  img.addEventListener("error", () => {
    img.remove();
    none.lastChild.textContent = "The picture is no longer kept";
  });
  img.src = path;
  frame.append(img);
  return frame;
}

function overlay(img, box) {
  const rect = (name) => svg("rect", { class: name, x: box.x, y: box.y, width: box.width, height: box.height, rx: 3 });
  return svg("svg", { class: "overlay", viewBox: `0 0 ${img.naturalWidth} ${img.naturalHeight}`, "aria-hidden": "true" }, rect("under"), rect("box"));
}

function side(one) {
  const rows = [];
  const put = (name, value, props = {}) => value && rows.push(h("dt", {}, name), h("dd", props, value));
  put("Confidence", meter(one.confidence));
  put("Camera", cameraName(one.camera_id));
  put("Zones", one.zones.join(", "));
  put("Lines", one.lines_crossed.map((line) => line.line || line.id || line).join(", "));
  put("First seen", `${clockTime(one.started_at)} (${ago(one.started_at)})`, { title: fullTime(one.started_at) });
  put("Last seen", one.ended_at ? clockTime(one.ended_at) : "still in view", { title: fullTime(one.ended_at) });
  put("Duration", one.ended_at && lasted(one.started_at, one.ended_at));
  put("Ended because", one.ended_at && !USUAL.has(one.reason) && one.reason);
  put("Track", one.track_id !== undefined && one.track_id !== null && String(one.track_id));
  put("Box", one.bounding_box && describe(one.bounding_box));
  put("Clip", one.clip?.href && clipWords(one.clip), { title: fullTime(one.clip?.starts_at) });
  put("Detector", one.detector && [one.detector.id, one.detector.model].filter(Boolean).join(" · "));
  put("Id", one.id, { class: "mono" });
  const json = JSON.stringify(one, null, 2);
  const path = snapshotPath(one);
  return h(
    "div",
    { class: "side" },
    h("dl", { class: "facts" }, rows),
    h(
      "div",
      { class: "actions" },
      one.clip?.href && act("play-clip", "play", "Play clip", () => playClip(one)),
      act("copy-id", "copy", "Copy id", () => copy(one.id, "Id copied")),
      act("copy-json", "copy", "Copy JSON", () => copy(json, "JSON copied")),
      path && h("a", { class: "button", href: path, download: `${one.camera_id}-${one.id}.jpg` }, icon("download"), "Save picture"),
      one.clip?.href && h("a", { class: "button", href: api.detectionClip(one.id), download: `${one.camera_id}-${one.id}.mp4` }, icon("download"), "Save clip"),
    ),
  );
}

function clipWords(clip) {
  return [Number.isFinite(clip.seconds) && `${Math.round(clip.seconds)} s`, clip.starts_at && `from ${clockTime(clip.starts_at)}`].filter(Boolean).join(" ") || "kept";
}

/** In the place of the picture; where there is no clip yet, the picture comes back. */
function playClip(one) {
  const frame = byId("detail").querySelector(".picture");
  if (frame.querySelector("video")) return;
  const still = [...frame.childNodes];
  const video = h("video", { controls: true, autoplay: true, playsinline: true, "aria-label": `Clip of ${cameraName(one.camera_id)}` });
  video.muted = true;
  video.addEventListener("error", () => {
    frame.replaceChildren(...still);
    toast("The clip is not ready yet, or no longer kept; try again in a moment");
  });
  video.src = api.detectionClip(one.id);
  frame.replaceChildren(video);
}

const act = (name, iconName, label, onclick) => h("button", { class: "button", type: "button", "data-name": name, onclick }, icon(iconName), label);
const describe = (box) => `${Math.round(box.width)} × ${Math.round(box.height)} at ${Math.round(box.x)}, ${Math.round(box.y)}`;
const meter = (value) => Number.isFinite(value) && h("span", { class: "meter" }, h("progress", { max: 1, value, "aria-hidden": "true" }), percent(value));

/** The clipboard is there only on secure pages; the old way works everywhere. */
async function copy(what, done) {
  try {
    await navigator.clipboard.writeText(what);
  } catch {
    const area = h("textarea", { class: "visually-hidden" });
    byId("detail").append(area);
    area.value = what;
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  toast(done);
}
