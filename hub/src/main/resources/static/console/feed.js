// The running list of detections. However many are known, only the rows in sight are on the page.
import { announce, blank, byId, h, icon, text } from "./dom.js";
import { ago, capital, count, fullTime, labelIcon, lasted, percent, plural } from "./format.js";
import { cameraName, cameras, clearDetections, detections, on, put } from "./model.js";
import { api } from "./api.js";
import { cropTo, snapshotPath } from "./snapshot.js";

const PAGE = 100;
const BEYOND = 4;
const OLDEST_PAGES = 25;
const ANNOUNCE_EVERY_MS = 5000;
const FRESH_MS = 15000;

const rows = new Map();
const filter = { camera: "", type: "" };
const types = new Set(["person"]);
let openDetection;
let spacer;
let shown = [];
let active;
let newer = 0;
let cursor = null;
let pages = 0;
let loading = false;
let phase = "loading";
let unannounced = [];
let lastAnnounced = 0;
let generation = 0;

export function startFeed(open) {
  openDetection = open;
  const feed = byId("feed");
  spacer = h("div", { class: "spacer" });
  feed.append(spacer);
  feed.addEventListener("scroll", () => requestAnimationFrame(paint), { passive: true });
  feed.addEventListener("keydown", rove);
  new ResizeObserver(() => paint()).observe(feed);
  byId("newer").addEventListener("click", toTop);
  buildFilters();
  on("cameras", () => {
    fillFilters();
    refresh();
  });
  setInterval(tellTimes, 5000);
  setInterval(announceLater, 1000);
  skeleton();
}

/** Loads the newest page; what is shown stays until the answer is here. */
export async function loadFeed() {
  const mine = ++generation;
  try {
    const page = await api.detections({ page_size: PAGE, camera_id: filter.camera, type: filter.type });
    if (mine !== generation) return;
    clearDetections();
    cursor = page.next_cursor || null;
    pages = 1;
    phase = "ready";
    page.detections.forEach(learn);
    refresh();
  } catch (problem) {
    if (mine !== generation) return;
    if (shown.length === 0) phase = "failed";
    refresh();
    throw problem;
  }
}

async function loadOlder() {
  if (loading || !cursor || pages >= OLDEST_PAGES) return;
  loading = true;
  const mine = generation;
  try {
    const page = await api.detections({ page_size: PAGE, camera_id: filter.camera, type: filter.type, cursor });
    if (mine !== generation) return;
    cursor = page.next_cursor || null;
    pages += 1;
    page.detections.forEach(learn);
    refresh();
  } catch {
    // The next scroll tries again; the banner tells where the hub is away.
  } finally {
    loading = false;
  }
}

function learn(one) {
  if (one.type && !types.has(one.type) && types.size < 100) {
    types.add(one.type);
    fillFilters();
  }
  return put(one);
}

/** Takes a detection that an event told of. */
export function takeDetection(data) {
  const result = learn(data);
  if (result === "old") return;
  if (result === "new" && matches(data)) {
    unannounced.push(data);
    arrive();
  }
  refresh();
}

function matches(one) {
  return (!filter.camera || one.camera_id === filter.camera) && (!filter.type || one.type === filter.type);
}

/** New rows never move what the user reads: the list stays put unless it is at its top and nobody points at it. */
function arrive() {
  const feed = byId("feed");
  const busy = feed.matches(":hover") || feed.contains(document.activeElement);
  if (feed.clientHeight === 0 || (feed.scrollTop < 4 && !busy)) return;
  newer += 1;
  const height = rowHeight();
  spacer.style.height = `${(shown.length + 1) * height}px`;
  feed.scrollTop += height;
}

function toTop() {
  const feed = byId("feed");
  newer = 0;
  feed.scrollTop = 0;
  paint();
}

export function refresh() {
  shown = detections.filter(matches);
  paint();
}

const rowHeight = () => 5.25 * parseFloat(getComputedStyle(document.documentElement).fontSize);

function paint() {
  if (phase === "loading") return;
  const feed = byId("feed");
  if (feed.scrollTop < 4) newer = 0;
  byId("newer").hidden = newer === 0;
  if (newer) byId("newer").replaceChildren(icon("up"), `${count(newer)} newer`);
  text(byId("feed-note"), filter.camera || filter.type ? "Filtered" : "Newest first");
  if (shown.length === 0) return paintBlank();
  feed.querySelectorAll(".blank, [data-skeleton]").forEach((one) => one.remove());
  paintRows(feed);
}

function paintRows(feed) {
  const height = rowHeight();
  spacer.hidden = false;
  spacer.style.height = `${shown.length * height}px`;
  const first = Math.max(0, Math.floor(feed.scrollTop / height) - BEYOND);
  const last = Math.min(shown.length, Math.ceil((feed.scrollTop + feed.clientHeight) / height) + BEYOND);
  const keep = new Set();
  if (!shown.some((one) => one.id === active)) active = shown[0].id;
  shown.forEach((one, index) => {
    if ((index < first || index >= last) && one.id !== active) return;
    keep.add(one.id);
    place(one, index, height);
  });
  for (const [id, row] of rows) {
    if (!keep.has(id)) {
      row.slot.remove();
      rows.delete(id);
    }
  }
  if (last > shown.length - 15) loadOlder();
}

function place(one, index, height) {
  let row = rows.get(one.id);
  if (!row) {
    row = build(one);
    rows.set(one.id, row);
    spacer.append(row.slot);
  }
  row.slot.style.top = `${index * height}px`;
  row.slot.setAttribute("aria-posinset", index + 1);
  row.slot.setAttribute("aria-setsize", cursor ? -1 : shown.length);
  row.button.tabIndex = one.id === active ? 0 : -1;
  fill(row, one);
}

function build(one) {
  const thumb = h("span", { class: "thumb" });
  const title = h("span");
  const where = h("span", { class: "where" });
  const more = h("span", { class: "detail-line" });
  const time = h("time");
  const now = h("span", { class: "now" }, "In view");
  const fresh = Date.now() - Date.parse(one.started_at) < FRESH_MS;
  const button = h(
    "button",
    { class: fresh ? "row fresh" : "row", type: "button", onclick: () => openDetection(one.id), onfocus: () => (active = one.id) },
    thumb,
    h("span", {}, h("span", { class: "what" }, icon(labelIcon(one.type)), title), where, more),
    h("span", { class: "when" }, time, h("br"), now),
  );
  return { slot: h("div", { class: "slot", role: "listitem" }, button), button, thumb, title, where, more, time, now };
}

function fill(row, one) {
  text(row.title, `${capital(one.type)} ${percent(one.confidence)}`);
  text(row.where, cameraName(one.camera_id));
  text(row.more, remark(one));
  row.now.hidden = Boolean(one.ended_at);
  row.time.dateTime = one.started_at;
  row.time.title = fullTime(one.started_at);
  text(row.time, ago(one.started_at));
  const path = snapshotPath(one);
  if (row.path === path) return;
  row.path = path;
  row.thumb.replaceChildren(icon("image-off"));
  if (path) row.thumb.append(picture(path, one));
}

function picture(path, one) {
  const img = h("img", { alt: "", decoding: "async", hidden: true });
  img.addEventListener("load", () => {
    img.hidden = false;
    cropTo(img, one);
  });
  img.addEventListener("error", () => img.remove());
  img.src = path;
  return img;
}

function remark(one) {
  const parts = [];
  if (one.zones.length) parts.push(one.zones.join(", "));
  const crossed = one.lines_crossed.map((line) => line.line || line.id || line).filter((line) => typeof line === "string");
  if (crossed.length) parts.push(`crossed ${crossed.join(", ")}`);
  if (one.ended_at) parts.push(`seen for ${lasted(one.started_at, one.ended_at)}`);
  if (one.clip?.href) parts.push("with a clip");
  return parts.join(" · ");
}

function tellTimes() {
  for (const one of shown) {
    const row = rows.get(one.id);
    if (row) text(row.time, ago(one.started_at));
  }
}

function announceLater() {
  if (unannounced.length === 0 || Date.now() - lastAnnounced < ANNOUNCE_EVERY_MS) return;
  const one = unannounced[unannounced.length - 1];
  announce(
    unannounced.length === 1
      ? `New detection: ${one.type} at ${cameraName(one.camera_id)}, ${percent(one.confidence)}`
      : `${plural(unannounced.length, "new detection")}, the last: ${one.type} at ${cameraName(one.camera_id)}`,
  );
  unannounced = [];
  lastAnnounced = Date.now();
}

function skeleton() {
  spacer.style.height = "30rem";
  for (let n = 0; n < 6; n += 1) {
    const slot = h("div", { class: "slot", "aria-hidden": "true", "data-skeleton": true }, h("div", { class: "row" }, h("span", { class: "thumb skeleton" })));
    slot.style.top = `${n * 5.25}rem`;
    spacer.append(slot);
  }
}

function paintBlank() {
  const feed = byId("feed");
  rows.clear();
  spacer.replaceChildren();
  spacer.hidden = true;
  if (feed.querySelector(".blank")?.dataset.phase === phase + filter.camera + filter.type) return;
  feed.querySelector(".blank")?.remove();
  const again = h("button", { class: "button", type: "button", onclick: () => loadFeed().catch(() => {}) }, "Try again");
  const made =
    phase === "failed"
      ? blank("image-off", "Detections cannot be read", "The hub does not answer for them just now.", again)
      : filter.camera || filter.type
        ? blank("detections", "Nothing matches", "No detection with this filter yet.", h("button", { class: "button", type: "button", onclick: clearFilters }, "Clear filter"))
        : blank("detections", "All quiet", "Detections appear here the moment something is seen.");
  made.dataset.phase = phase + filter.camera + filter.type;
  feed.append(made);
}

function buildFilters() {
  const pick = (id, name, label) =>
    h("select", { class: "select", id, "aria-label": label, onchange: (event) => choose(name, event.target.value) });
  byId("filters").append(pick("filter-camera", "camera", "Camera"), pick("filter-type", "type", "Type"));
  fillFilters();
}

function fillFilters() {
  options(byId("filter-camera"), "All cameras", [...cameras.values()].map((one) => [one.id, one.name || one.id]), filter.camera);
  options(byId("filter-type"), "All types", [...types].sort().map((one) => [one, capital(one)]), filter.type);
}

function options(select, all, entries, chosen) {
  const wanted = [["", all], ...entries];
  if ([...select.options].map((one) => one.value + one.text).join() === wanted.map(([value, name]) => value + name).join()) return;
  select.replaceChildren(...wanted.map(([value, name]) => h("option", { value }, name)));
  select.value = chosen;
}

function choose(name, value) {
  filter[name] = value;
  newer = 0;
  byId("feed").scrollTop = 0;
  refresh();
  loadFeed().catch(() => {});
}

function clearFilters() {
  byId("filter-camera").value = "";
  byId("filter-type").value = "";
  filter.camera = "";
  choose("type", "");
}

function rove(event) {
  const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 5, PageUp: -5 }[event.key];
  const at = shown.findIndex((one) => one.id === active);
  const to = event.key === "Home" ? 0 : step === undefined ? -1 : Math.min(shown.length - 1, Math.max(0, at + step));
  if (to < 0 || shown.length === 0) return;
  event.preventDefault();
  active = shown[to].id;
  const feed = byId("feed");
  const height = rowHeight();
  if (to * height < feed.scrollTop) feed.scrollTop = to * height;
  if ((to + 1) * height > feed.scrollTop + feed.clientHeight) feed.scrollTop = (to + 1) * height - feed.clientHeight;
  paint();
  rows.get(active)?.button.focus({ preventScroll: true });
}

export function focusFeed() {
  const row = rows.get(active) || rows.values().next().value;
  (row?.button || byId("detections-title")).focus();
}

/** The neighbour of a detection in the list as it is filtered now. */
export function neighbour(id, step) {
  const at = shown.findIndex((one) => one.id === id);
  return at < 0 ? undefined : shown[at + step]?.id;
}
