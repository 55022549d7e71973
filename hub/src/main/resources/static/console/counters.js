// The figures at the top: who is in view, what was seen, what was lost, what is joined.
import { byId, h, icon, text } from "./dom.js";
import { compact, count, labelIcon, plural, rate } from "./format.js";
import { cameras, inView, integrations, on, tally } from "./model.js";

const NAMES = ["People in view", "Last hour", "Today", "Analysed", "Integrations"];
const cards = [];
const known = {};

export function startCounters() {
  for (const name of NAMES) {
    const value = h("div", { class: "value" }, "–");
    const note = h("div", { class: "note" });
    const card = h("div", { class: "counter" }, h("h3", {}, name), value, note);
    cards.push({ card, value, note });
    byId("counters").append(card);
  }
  for (const what of ["in-view", "cameras", "integrations"]) on(what, render);
}

/** @param sums {hour: {total, types}, today: {total, types}} */
export function showSums(sums) {
  Object.assign(known, sums);
  render();
}

function render() {
  const seen = inView();
  const persons = seen.filter((one) => one.type === "person");
  const others = tally(seen.filter((one) => one.type !== "person"), "type");
  set(0, count(persons.length), others.length ? labels(others) : where(persons));
  set(1, known.hour ? compact(known.hour.total) : "–", known.hour ? labels(known.hour.types) : "");
  set(2, known.today ? compact(known.today.total) : "–", known.today ? labels(known.today.types) : "");
  frames();
  joined();
}

const labels = (entries) => entries.slice(0, 3).map(([type, number]) => ({ type, number }));

function where(persons) {
  const places = new Set(persons.map((one) => one.camera)).size;
  return persons.length === 0 ? "nobody" : places === 1 ? "at one camera" : `at ${places} cameras`;
}

function frames() {
  const list = [...cameras.values()];
  const perSecond = list.reduce((sum, one) => sum + (one.analysed_fps || 0), 0);
  const lost = list.reduce((sum, one) => sum + (one.frames_lost || 0), 0);
  const any = list.some((one) => Number.isFinite(one.analysed_fps));
  set(3, any ? rate(perSecond) : "–", any ? (lost ? `${compact(lost)} ${lost === 1 ? "frame" : "frames"} lost` : "none lost") : "", any && "fps");
}

function joined() {
  const list = [...integrations.values()].filter((one) => one.state !== "DISABLED");
  const online = list.filter((one) => one.state === "ONLINE").length;
  const bad = list.length - online;
  set(4, list.length ? `${online}/${list.length}` : "–", list.length ? (bad ? `${plural(bad, "needs", "need")} attention` : "all online") : "", list.length && "online");
  const card = cards[4];
  card.card.classList.toggle("warn", bad > 0);
  if (bad > 0) card.note.prepend(icon("degraded", "small"), " ");
}

function set(index, value, note, unit) {
  const card = cards[index];
  if (card.value.firstChild?.textContent !== value || (card.value.childElementCount > 0) !== Boolean(unit)) {
    card.value.replaceChildren(value, ...(unit ? [h("small", {}, unit)] : []));
  }
  if (typeof note === "string") {
    text(card.note, note);
    card.note.title = note;
  } else {
    showLabels(card.note, note);
  }
}

/** Counts by type, as icon and number; the words are there for those who hover or listen. */
function showLabels(note, list) {
  if (list.length === 0) return text(note, "nothing seen");
  const words = ({ type, number }) => plural(number, type, type === "person" ? "people" : type + "s");
  const title = list.map(words).join(", ");
  if (note.title === title && note.childElementCount) return;
  note.title = title;
  note.replaceChildren(
    ...list.map((one) =>
      h("span", {}, icon(labelIcon(one.type)), h("span", { "aria-hidden": "true" }, ` ${compact(one.number)}`), h("span", { class: "visually-hidden" }, words(one))),
    ),
  );
}
