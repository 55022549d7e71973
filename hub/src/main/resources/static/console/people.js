// People by camera: how many are there now, how many came and went today, and how the last 24 hours were.
import { api } from "./api.js";
import { byId, h, svg, text } from "./dom.js";
import { count, people } from "./format.js";
import { cameras, on } from "./model.js";

const HOUR_MS = 3600 * 1000;
const HOURS = 24;
const SETTLE_MS = 700;
const WIDTH = 240;
const HEIGHT = 36;
const BAR = WIDTH / HOURS;
const HOUR = new Intl.DateTimeFormat(navigator.language, { hour: "2-digit", minute: "2-digit" });

const rows = new Map();
let current = new Map();
let hours = new Map();
let openCamera;
let timer;

export function startPeople(open) {
  openCamera = open;
  on("cameras", render);
}

/** @param history whether the bars are to be asked for, too */
export async function askPeople(history) {
  try {
    const [now, past] = await Promise.all([api.counts({ kind: "camera", label: "person" }), history ? api.countHistory(lastDay()) : null]);
    current = new Map(now.counts.map((one) => [one.camera_id, one.current]));
    if (past) hours = byCamera(past.history);
    render();
  } catch {
    // the figures stay as they are; what matters is told by the other answers
  }
}

/** Somebody came or went: asks for the figures once it is calm for a moment. */
export function askPeopleSoon() {
  timer ??= setTimeout(() => {
    timer = undefined;
    askPeople(true);
  }, SETTLE_MS);
}

function firstHour() {
  return Math.floor(Date.now() / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS;
}

function lastDay() {
  return { kind: "camera", label: "person", start_time: new Date(firstHour()).toISOString() };
}

function byCamera(history) {
  const found = new Map();
  for (const one of history) {
    if (!found.has(one.camera_id)) found.set(one.camera_id, new Map());
    found.get(one.camera_id).set(Date.parse(one.start), one);
  }
  return found;
}

function render() {
  const shown = [...cameras.values()].filter((camera) => camera.state !== "DISABLED");
  byId("people-panel").hidden = shown.length === 0;
  for (const [id, row] of rows) {
    if (!shown.some((camera) => camera.id === id)) {
      row.item.remove();
      rows.delete(id);
    }
  }
  shown.forEach((camera, index) => {
    if (!rows.has(camera.id)) rows.set(camera.id, build(camera.id));
    const row = rows.get(camera.id);
    const list = byId("people");
    if (list.children[index] !== row.item) list.insertBefore(row.item, list.children[index] || null);
    update(row, camera);
  });
  const all = shown.reduce((sum, camera) => sum + (current.get(camera.id) || 0), 0);
  text(byId("people-note"), shown.length > 1 ? `${people(all)} in all` : "");
}

function build(id) {
  const name = h("span", { class: "people-name" });
  const figures = ["Now", "In today", "Out today"].map((word) => {
    const value = h("b", {}, "–");
    return { value, element: h("span", { class: "people-figure" }, value, h("small", {}, word)) };
  });
  const chart = svg("svg", { class: "people-chart", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const scale = h("span", { class: "people-scale", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  const words = h("span", { class: "visually-hidden" });
  const button = h(
    "button",
    { type: "button", onclick: () => openCamera(id) },
    name,
    figures.map((one) => one.element),
    h("span", { class: "people-day" }, chart, scale),
    words,
  );
  return { item: h("li", {}, button), button, name, values: figures.map((one) => one.value), chart, scale, words, drawn: "" };
}

function update(row, camera) {
  const past = hours.get(camera.id) || new Map();
  const midnight = new Date().setHours(0, 0, 0, 0);
  const today = [...past.values()].filter((one) => Date.parse(one.start) >= midnight);
  const sum = (field) => today.reduce((total, one) => total + one[field], 0);
  text(row.name, camera.name || camera.id);
  row.name.title = camera.name || camera.id;
  [current.get(camera.id) || 0, sum("in"), sum("out")].forEach((value, index) => text(row.values[index], count(value)));
  draw(row, past);
}

function draw(row, past) {
  const first = firstHour();
  const bars = Array.from({ length: HOURS }, (_, index) => ({ start: first + index * HOUR_MS, number: past.get(first + index * HOUR_MS)?.in || 0 }));
  const key = `${first} ${bars.map((bar) => bar.number)}`;
  if (row.drawn === key) return;
  row.drawn = key;
  const most = Math.max(1, ...bars.map((bar) => bar.number));
  row.chart.replaceChildren(...bars.map((bar, index) => rectangle(bar, index, most)));
  [first, first + (HOURS / 2) * HOUR_MS, first + (HOURS - 1) * HOUR_MS].forEach((at, index) => text(row.scale.children[index], HOUR.format(at)));
  const busiest = bars.reduce((best, bar) => (bar.number > best.number ? bar : best));
  text(row.words, busiest.number ? `Busiest in the last 24 hours: ${HOUR.format(busiest.start)}, ${people(busiest.number)} came. Opens the camera.` : "Nobody in the last 24 hours. Opens the camera.");
}

/** At least a line, so that the hours can be told apart. */
function rectangle(bar, index, most) {
  const height = bar.number === 0 ? 1 : Math.max(3, (bar.number / most) * HEIGHT);
  const props = { x: index * BAR + 1, y: HEIGHT - height, width: BAR - 2, height, class: bar.number === 0 ? "none" : index === HOURS - 1 ? "now" : "some" };
  return svg("rect", props, svg("title", {}, `${HOUR.format(bar.start)}: ${people(bar.number)}`));
}
