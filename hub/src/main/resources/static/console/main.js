// Starts the console, asks the hub for what changes, and hands out what it tells.
import { api, HubError } from "./api.js";
import { byId, h, icon, text } from "./dom.js";
import { changed, on, put, replaceCameras, replaceIntegrations } from "./model.js";
import { LiveEvents } from "./live.js";
import { streams } from "./streams.js";
import { focusCamera, focusWall, startWall } from "./wall.js";
import { focusFeed, loadFeed, startFeed, takeDetection } from "./feed.js";
import { openDetection, startDetail } from "./detail.js";
import { startIntegrations } from "./integrations.js";
import { showSums, startCounters } from "./counters.js";
import { nextTheme, openHelp, showUser, startAccount } from "./account.js";
import { summary } from "./summary.js";
import { readCameras } from "./cameras.js";
import { askPeople, askPeopleSoon, startPeople } from "./people.js";
import { cameraPage } from "./camera-page.js";
import { newCameraPage } from "./add-page.js";
import { revisionsPage } from "./revisions.js";
import { sinksPage } from "./sinks.js";
import { webhooksPage } from "./webhooks.js";
import { cameraPath, goTo, leavePage, pageKey, startRouter } from "./router.js";

const STATE_EVERY_MS = 5000;
const SUMS_EVERY_MS = 20000;
const WHILE_HIDDEN = 6;
const SETTLE_MS = 400;

const CONNECTION = {
  live: ["live", "Live"],
  polling: ["clock", "Delayed"],
  lost: ["offline", "No link"],
};
const HEALTH = { healthy: ["online", "Healthy"], degraded: ["degraded", "Degraded"], unhealthy: ["offline", "Unhealthy"] };

const PAGES = [
  [/^#\/cameras\/([^/]+)(?:\/(zones|settings))?$/, (id, part) => cameraPage(id, part, openDetection)],
  [/^#\/add-camera$/, newCameraPage],
  [/^#\/configuration$/, revisionsPage],
  [/^#\/sinks$/, sinksPage],
  [/^#\/webhooks$/, webhooksPage],
];

let reachable = true;
let sumsAt = 0;
let turn = 0;
let timer;
let live;

startAccount();
startCounters();
startWall(openCamera);
startPeople(openCamera);
startFeed(openDetection);
startDetail();
startIntegrations();
startTabs();
byId("skip").addEventListener("click", skip);
document.addEventListener("keydown", shortcut);
document.addEventListener("visibilitychange", () => document.hidden || askSoon(0));
start();

async function start() {
  try {
    const me = await api.me();
    showUser(me.user || me);
  } catch (problem) {
    away(problem);
    setTimeout(start, 3000);
    return;
  }
  startRouter(PAGES, (left) => left.camera && focusCamera(left.camera));
  live = new LiveEvents(take, showMode);
  live.start("latest");
  loadFeed().then(() => changed("in-view"), away);
  ask();
}

/** Everything that has no event of its own is asked for again and again, less often where nobody looks. */
async function ask() {
  clearTimeout(timer);
  turn += 1;
  if (!document.hidden || turn % WHILE_HIDDEN === 0) await askOnce();
  timer = setTimeout(ask, STATE_EVERY_MS);
}

function askSoon(pause = SETTLE_MS) {
  clearTimeout(timer);
  timer = setTimeout(ask, pause);
}

async function askOnce() {
  try {
    const [cameras, joined, health] = await Promise.all([api.cameras(), api.integrations(), api.health().catch(unhealthy)]);
    replaceCameras(readCameras(cameras));
    replaceIntegrations(joined.integrations || joined);
    showHealth(health);
    back();
    if (Date.now() - sumsAt > SUMS_EVERY_MS) {
      sumsAt = Date.now();
      summary().then(showSums, () => {}); // the figures stay as they are; what matters is told by the other answers
      askPeople(true);
    }
    changed("in-view");
  } catch (problem) {
    away(problem);
  }
}

function unhealthy(problem) {
  if (problem.unreachable && problem.status !== 503) throw problem;
  return { status: "unhealthy" };
}

function take(event) {
  if (event.type.startsWith("io.sightline.detection.")) {
    takeDetection(event.data);
    changed("detection", event.data);
    if (!event.type.endsWith(".updated")) askPeopleSoon();
    changed("in-view");
  }
  if (event.type === "io.sightline.system") askSoon();
}

function away(problem) {
  if (!(problem instanceof HubError)) throw problem;
  if (problem.status === 401) return;
  if (!problem.unreachable) {
    showBanner(`The hub refused: ${problem.message}${problem.errorId ? ` (error ${problem.errorId})` : ""}`);
    return;
  }
  reachable = false;
  showBanner("The hub cannot be reached. What you see is not up to date; it goes on by itself as soon as the hub answers.");
  document.body.dataset.away = "";
}

function back() {
  byId("banner").hidden = true;
  if (reachable) return;
  reachable = true;
  delete document.body.dataset.away;
  streams.restart();
  live?.retryNow();
  loadFeed().catch(away);
}

function showBanner(message) {
  const banner = byId("banner");
  banner.hidden = false;
  if (banner.dataset.message === message && banner.childElementCount) return;
  banner.dataset.message = message;
  banner.replaceChildren(icon("offline"), h("span", {}, message), h("button", { class: "button", type: "button", onclick: () => askSoon(0) }, "Try now"));
}

function showMode(mode) {
  const connection = byId("connection");
  const [iconName, word] = CONNECTION[mode];
  connection.dataset.mode = mode;
  connection.replaceChildren(icon(iconName), word);
  connection.title = { live: "Events arrive as they happen", polling: "The live channel is interrupted; events are asked for every few seconds", lost: "No connection, trying again" }[mode];
}

function showHealth(health) {
  const [name, word] = HEALTH[health.status] || HEALTH.unhealthy;
  const element = byId("hub-state");
  if (element.dataset.shown === name) return;
  element.dataset.shown = name;
  element.replaceChildren(h("span", { class: `state ${name}` }, icon(name), word));
}

function startTabs() {
  for (const button of document.querySelectorAll("[data-tab-to]")) {
    button.addEventListener("click", () => go(button.dataset.tabTo));
  }
}

/** The first heading of what is shown. */
function skip(event) {
  event.preventDefault();
  (document.querySelector("#page:not([hidden]) [data-title]") || byId("cameras-title")).focus();
}

function openCamera(id) {
  goTo(cameraPath(id));
}

function showTab(name) {
  document.body.dataset.tab = name;
  for (const button of document.querySelectorAll("[data-tab-to]")) {
    if (button.dataset.tabTo === name) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
}

function shortcut(event) {
  const busy = event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey;
  if (busy || event.target.closest("input, select, textarea, video, .board, .menu, dialog[open]")) return;
  const act = {
    c: () => go("cameras", focusWall),
    d: () => go("detections", focusFeed),
    i: () => go("integrations", () => byId("integrations-title").focus()),
    f: () => go("detections", () => byId("filter-camera").focus()),
    t: nextTheme,
    "?": openHelp,
  }[event.key];
  const tile = /^[1-9]$/.test(event.key) && byId("wall").querySelectorAll("[data-camera]")[event.key - 1];
  if (!act && !tile && !pageKey(event)) return;
  event.preventDefault();
  if (!act && !tile) return;
  if (tile) openCamera(tile.dataset.camera);
  else act();
}

/** @param focus what gets the focus there; nothing where the user pointed at it */
async function go(tab, focus = () => {}) {
  if (!(await leavePage())) return;
  showTab(tab);
  focus();
}
