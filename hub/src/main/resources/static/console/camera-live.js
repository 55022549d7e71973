// One camera now: its moving picture, how it is, what it sends, its figures, its past states, what it saw last.
import { adviceFor } from "./advice.js";
import { askCounts, countsPart } from "./counts.js";
import { h, stateChip, text } from "./dom.js";
import { ago, capital, compact, count, fullTime, people, percent, rate } from "./format.js";
import { StateHistory } from "./history.js";
import { LargePicture } from "./large-picture.js";
import { inView } from "./model.js";
import { RecentDetections } from "./recent.js";

const LOSSES = [
  ["Replaced by a newer one", "frames_replaced"],
  ["Not decodable", "frames_broken"],
  ["No free slot", "frames_without_slot"],
  ["Looking at them failed", "frames_failed"],
];

const OFFERED = { codec: "Codec", profile: "Profile", fps: "Frames per second, announced", measured_fps: "Frames per second, measured", audio: "Sound" };

/** @param openDetection called with the id of a detection */
export function livePart(camera, openDetection) {
  const picture = new LargePicture(camera);
  const history = new StateHistory(camera.id);
  const recent = new RecentDetections(camera.id, openDetection);
  const state = stateCard();
  const figures = card("Figures");
  const stream = card("What the stream offers");
  const counts = countsPart(camera.id);
  counts.classList.add("card");
  const element = h(
    "div",
    { class: "camera-live" },
    h("div", { class: "camera-main" }, picture.element, picture.note, h("div", { class: "cards" }, figures.element, stream.element, history.element)),
    h("div", { class: "camera-side" }, state.element, counts, recent.element),
  );
  const update = (now) => {
    picture.update(now);
    state.show(now);
    figures.show(figuresOf(now));
    stream.show(offerOf(now.capabilities));
    history.update(now);
    askCounts(now.id);
  };
  const close = () => {
    picture.close();
    recent.close();
  };
  update(camera);
  return { element, tools: picture.choice, update, close };
}

function stateCard() {
  const chip = h("span");
  const reason = h("p", { class: "reason" });
  const advice = h("p", { class: "advice" });
  const facts = h("dl", { class: "facts" });
  const element = h("section", { class: "card", "aria-label": "State" }, h("h3", {}, "State"), chip, reason, advice, facts);
  const show = (camera) => {
    chip.replaceChildren(stateChip(camera.state));
    text(reason, camera.reason || (camera.state === "ONLINE" ? "Pictures come." : ""));
    text(advice, adviceFor(camera));
    reason.hidden = reason.textContent === "";
    advice.hidden = advice.textContent === "";
    facts.replaceChildren(...rows(standing(camera)));
  };
  return { element, show };
}

function standing(camera) {
  const persons = inView(camera.id).filter((one) => one.type === "person").length;
  return [
    ["Since", camera.since && ago(camera.since), camera.since && fullTime(camera.since)],
    ["Last picture", camera.last_seen && ago(camera.last_seen), camera.last_seen && fullTime(camera.last_seen)],
    ["In view", people(persons)],
    ["Location", camera.location],
    ["Detector", camera.detector],
    ["Looked at, at most", Number.isFinite(camera.detect_fps) && `${camera.detect_fps} fps`],
    ["Priority", camera.priority !== "normal" && camera.priority],
    ["Code", camera.code],
  ];
}

function figuresOf(camera) {
  const number = (field) => Number.isFinite(camera[field]) && compact(camera[field]);
  return [
    ["Frames per second", Number.isFinite(camera.fps) && rate(camera.fps)],
    ["Handled per second", Number.isFinite(camera.analysed_fps) && rate(camera.analysed_fps)],
    ["Frames read", number("frames_read")],
    ["Frames handled", number("frames_handled")],
    ...LOSSES.map(([name, field]) => [`Lost: ${name.toLowerCase()}`, number(field)]),
    ["Motion gate", gate(camera)],
    ["Waited for a worker", millis(camera, "queue_ms")],
    ["Looked at within", millis(camera, "inference_ms")],
    ["Connected again", number("reconnects")],
  ];
}

function gate({ frames_looked: looked, frames_skipped: passed }) {
  if (!Number.isFinite(looked) || !Number.isFinite(passed) || looked + passed === 0) return "";
  return `${percent(passed / (looked + passed))} passed over`;
}

/** The middle one, and what 99 of 100 stay below. */
function millis(camera, name) {
  const [half, most] = [camera[`${name}_p50`], camera[`${name}_p99`]];
  return Number.isFinite(half) && Number.isFinite(most) && `${count(half)} ms, ${count(most)} ms at most`;
}

/** Whatever the hub tells of the stream; keys that are not known here keep their own names. */
function offerOf(capabilities) {
  const { width, height, ...others } = capabilities || {};
  const told = Object.entries(others).map(([key, value]) => [OFFERED[key] || capital(key.replaceAll("_", " ")), plain(value)]);
  return [["Picture", width && height && `${width} × ${height}`], ...told];
}

function plain(value) {
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return count(value);
  return value === null || typeof value === "object" ? "" : String(value);
}

function card(title) {
  const facts = h("dl", { class: "facts" });
  const element = h("section", { class: "card", "aria-label": title, hidden: true }, h("h3", {}, title), facts);
  const show = (list) => {
    const made = rows(list);
    element.hidden = made.length === 0;
    facts.replaceChildren(...made);
  };
  return { element, show };
}

function rows(list) {
  const known = list.filter(([, value]) => value !== undefined && value !== null && value !== "" && value !== false);
  return known.flatMap(([name, value, title]) => [h("dt", {}, name), h("dd", { title }, value)]);
}
