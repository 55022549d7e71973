// The wall of cameras: one tile each, kept in place and only brought up to date, so that pictures never flicker.
import { administers } from "./account.js";
import { byId, h, icon, stateChip, text, blank } from "./dom.js";
import { ago, people, plural, rate } from "./format.js";
import { cameras, inView, on, tally } from "./model.js";
import { streams } from "./streams.js";

const tiles = new Map();
let openCamera;

export function startWall(open) {
  openCamera = open;
  const wall = byId("wall");
  for (let n = 0; n < 2; n += 1) wall.append(h("li", { "aria-hidden": "true" }, h("div", { class: "tile skeleton" })));
  wall.addEventListener("keydown", rove);
  on("cameras", render);
  on("in-view", () => tiles.forEach(update));
  setInterval(() => tiles.forEach(update), 5000);
}

function render() {
  const wall = byId("wall");
  for (const child of [...wall.children]) {
    if (!cameras.has(child.dataset.camera)) child.remove();
  }
  for (const [id, tile] of tiles) {
    if (!cameras.has(id)) {
      streams.remove(tile.key);
      tiles.delete(id);
    }
  }
  [...cameras.keys()].forEach((id, index) => {
    if (!tiles.has(id)) tiles.set(id, build(id));
    const { item } = tiles.get(id);
    if (wall.children[index] !== item) wall.insertBefore(item, wall.children[index] || null);
  });
  if (cameras.size === 0) {
    const add = administers() && h("a", { class: "button", href: "#/add-camera" }, icon("plus"), "Add a camera");
    wall.append(h("li", {}, blank("camera", "No camera yet", "Cameras stand under sightline.cameras in config/sightline.yaml; a new one appears here by itself.", add)));
  }
  wall.dataset.count = String(cameras.size);
  tiles.forEach(update);
  summarise();
  keepOneInTabOrder();
}

function build(id) {
  const img = h("img", { alt: "" });
  const nothing = h("div", { class: "no-picture" });
  const mode = h("span", { class: "mode", hidden: true });
  const name = h("span", { class: "name" });
  const state = h("span");
  const reason = h("span", { class: "reason" });
  const button = h(
    "button",
    { class: "tile", type: "button", tabindex: "-1", onclick: () => openCamera(id), onfocus: () => streams.favour(id), onpointerenter: () => streams.favour(id) },
    h("span", { class: "picture" }, img, nothing, mode),
    h("span", { class: "caption" }, name, state, reason),
  );
  const tile = { key: id, item: h("li", { "data-camera": id }, button), button, img, nothing, mode, name, state, reason, picture: "waiting" };
  streams.add(id, id, img, (picture) => {
    tile.picture = picture;
    update(tile, id);
  });
  return tile;
}

function update(tile, id) {
  const camera = cameras.get(id);
  if (!camera) return;
  const working = camera.state === "ONLINE" || camera.state === "DEGRADED";
  streams.want(id, working);
  text(tile.name, camera.name || id);
  if (camera.location) tile.name.append(h("small", {}, camera.location));
  if (tile.shownState !== camera.state) {
    tile.shownState = camera.state;
    tile.state.replaceChildren(stateChip(camera.state));
  }
  text(tile.reason, line(camera));
  tile.reason.title = camera.reason || "";
  tile.button.classList.toggle("stale", !working);
  tile.button.setAttribute("aria-label", `${camera.name || id}, ${(camera.state || "").toLowerCase()}. ${line(camera)}`);
  showPicture(tile, camera, working);
}

/** The one line under a camera: the reason where something is the matter, else what goes on. */
function line(camera) {
  if (camera.state === "DISABLED") return "Switched off in the configuration";
  const since = camera.since ? `, for ${ago(camera.since).replace("now", "a moment")}` : "";
  if (camera.reason) return camera.reason + since;
  const seen = tally(inView(camera.id), "type").map(([type, number]) => (type === "person" ? people(number) : plural(number, type)));
  const figures = Number.isFinite(camera.fps) ? `${rate(camera.fps)} fps` : "";
  return [seen.length ? seen.join(", ") + " in view" : "Nobody in view", figures].filter(Boolean).join(" · ");
}

function showPicture(tile, camera, working) {
  const moving = tile.img.naturalWidth > 0 && tile.img.hasAttribute("src");
  const has = moving || tile.img.previousElementSibling !== null;
  tile.mode.hidden = !working || !has;
  tile.mode.classList.toggle("still", tile.picture !== "live" || !moving);
  text(tile.mode, tile.picture === "live" && moving ? "Live" : "Still");
  tile.nothing.hidden = working && has;
  const want = !working ? camera.state : tile.picture === "failed" ? "failed" : "waiting";
  const why = camera.state === "OFFLINE" ? camera.reason || "" : "";
  if (tile.shownNothing === want + why) return;
  tile.shownNothing = want + why;
  const [iconName, title] = NOTHING[want] || NOTHING.waiting;
  tile.nothing.replaceChildren(icon(iconName), h("strong", {}, title), why);
}

const NOTHING = {
  OFFLINE: ["camera-off", "No picture"],
  DISABLED: ["disabled", "Switched off"],
  failed: ["image-off", "Picture is not coming, trying again"],
  waiting: ["camera", "Waiting for the first picture"],
};

function summarise() {
  const online = [...cameras.values()].filter((camera) => camera.state === "ONLINE").length;
  text(byId("cameras-note"), cameras.size ? `${online} of ${cameras.size} online` : "");
}

function keepOneInTabOrder(wanted) {
  const buttons = [...tiles.values()].map((tile) => tile.button);
  const current = wanted || buttons.find((button) => button === document.activeElement) || buttons.find((button) => button.tabIndex === 0);
  const one = buttons.includes(current) ? current : buttons[0];
  for (const button of buttons) button.tabIndex = button === one ? 0 : -1;
}

/** Arrow keys move over the wall as it lies on the screen. */
function rove(event) {
  const buttons = [...byId("wall").querySelectorAll("button.tile")];
  const from = buttons.indexOf(document.activeElement);
  if (from < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
  const columns = buttons.filter((button) => button.offsetTop === buttons[0].offsetTop || sameRow(button, buttons[0])).length;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  const to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : step === undefined ? -1 : from + step;
  if (to < 0 || to >= buttons.length) return;
  event.preventDefault();
  keepOneInTabOrder(buttons[to]);
  buttons[to].focus();
  buttons[to].scrollIntoView({ block: "nearest" });
}

function sameRow(one, other) {
  return Math.abs(one.getBoundingClientRect().top - other.getBoundingClientRect().top) < 4;
}

export function focusCamera(id) {
  const button = tiles.get(id)?.button;
  if (!button) return;
  keepOneInTabOrder(button);
  button.focus();
}

export function focusWall() {
  const target = [...tiles.values()].map((tile) => tile.button).find((button) => button.tabIndex === 0);
  (target || byId("cameras-title")).focus();
}
