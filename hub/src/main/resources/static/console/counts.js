// What was counted in one camera's zones and at its lines, and the button that lets the totals begin anew.
import { operates } from "./account.js";
import { api } from "./api.js";
import { h, text, toast } from "./dom.js";
import { count, fullTime } from "./format.js";
import { sureButton } from "./sure.js";

const ORDER = ["camera", "zone", "line"];
const WORDS = { camera: "Picture", zone: "Zone", line: "Line" };

let part;

/** A part of a dialog; empty until askCounts was answered with something. */
export function countsPart(camera) {
  const rows = h("tbody");
  const since = h("p", { class: "panel-note" });
  const reset = sureButton("Reset counts", "Press again to reset", () => doReset(camera));
  const head = h("tr", {}, ["Where", "Now", "In", "Out"].map((word) => h("th", { scope: "col" }, word)));
  const element = h(
    "section",
    { class: "counts", "aria-label": "Counts", hidden: true },
    h("h3", {}, "Counts"),
    h("table", {}, h("thead", {}, head), rows),
    h("div", { class: "counts-foot" }, since, operates() && reset),
  );
  part = { camera, element, rows, since };
  return element;
}

export async function askCounts(camera) {
  const asking = part;
  try {
    const { counts } = await api.counts({ camera_id: camera });
    if (part === asking && asking.camera === camera) show(counts);
  } catch {
    // the figures stay as they are; what matters is told by the other answers
  }
}

function show(counts) {
  const sorted = [...counts].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) || a.name.localeCompare(b.name) || a.label.localeCompare(b.label));
  part.element.hidden = sorted.length === 0;
  part.rows.replaceChildren(...sorted.map(row));
  const resets = sorted.map((one) => one.reset_at).filter(Boolean).sort();
  text(part.since, resets.length ? `Since ${fullTime(resets[0])}` : "Since the beginning");
}

function row(one) {
  const where = one.kind === "camera" ? WORDS.camera : one.name;
  const name = h("th", { scope: "row", title: `${WORDS[one.kind]} ${one.name}` }, where, h("small", {}, one.label));
  return h("tr", {}, name, [one.current, one.in, one.out].map((value) => h("td", {}, count(value))));
}

async function doReset(camera) {
  try {
    await api.resetCounts({ camera_id: camera });
    toast("Counts begin anew; the history stays");
    await askCounts(camera);
  } catch (problem) {
    toast(problem.message);
  }
}
