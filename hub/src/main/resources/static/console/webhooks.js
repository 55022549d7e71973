// The registered webhooks: add one, see how each stands and what was delivered, send events once more.
import { integrates } from "./account.js";
import { api } from "./api.js";
import { blank, h, icon, pageHead, pageTitle, stateChip, text, toast } from "./dom.js";
import { FormFields } from "./form-fields.js";
import { ago, fullTime, plural } from "./format.js";
import { goTo } from "./router.js";
import { sureButton } from "./sure.js";

const EVERY_MS = 5000;
const LAST_HOUR_MS = 3600 * 1000;
const SHOWN = 20;
const WHAT = "Events are sent, signed, to each of these addresses; docs/webhooks.md tells how a receiver checks them.";
const KINDS = { alerts: "Alerts", detections: "Detections", scene: "Zones and lines", signals: "Signals", system: "System" };
const FIELDS = [
  { key: "url", label: "Address", kind: "text", needed: true, hint: "https://…, or http://… in a network that webhook-networks lists" },
  { key: "description", label: "Description", kind: "text", hint: "For people" },
  { key: "types", label: "Only these types", kind: "text", hint: "Such as io.sightline.alert.opened, io.sightline.zone.*; empty: all" },
  { key: "cameras", label: "Only these cameras", kind: "text", hint: "Ids with commas between; empty: all" },
  ...Object.entries(KINDS).map(([key, label]) => ({ key, label, kind: "switch", standard: key === "alerts" })),
];
const OUTCOMES = { delivered: "online", rejected: "offline", failed: "degraded", forbidden: "offline", gone: "disabled" };

export function webhooksPage() {
  const list = h("ul", { class: "webhooks", "aria-label": "Webhooks" });
  const body = h("div", { class: "page-body form-page" }, h("p", { class: "panel-note" }, WHAT));
  const element = h("div", {}, pageHead(pageTitle("Webhooks")), body);
  const page = { title: "Webhooks", element, close: () => clearInterval(page.timer), key: escape };
  if (!integrates()) {
    body.append(blank("key", "Only for administrators and integrators", "Ask one to add a webhook."));
    return page;
  }
  const rows = new Map();
  const load = () => show(list, rows, load);
  body.append(list, adding(load));
  load();
  page.timer = setInterval(() => document.hidden || load(), EVERY_MS);
  return page;
}

function escape(event) {
  if (event.key !== "Escape") return false;
  goTo("");
  return true;
}

function adding(done) {
  const fields = new FormFields(FIELDS, {}, []);
  const secret = h("div", { role: "status" });
  const form = h(
    "form",
    { class: "card", "aria-label": "Add a webhook", onsubmit: submit, novalidate: true },
    h("h3", {}, "Add a webhook"),
    fields.element,
    fields.message,
    h("div", { class: "actions" }, h("button", { class: "button primary", type: "submit" }, icon("plus"), "Add webhook")),
    secret,
  );
  return form;

  function submit(event) {
    event.preventDefault();
    const values = fields.values();
    const kinds = Object.keys(KINDS).filter((kind) => values[kind]);
    if (!fields.check((field, value) => problem(field, value, kinds))) return;
    const wanted = { url: values.url, description: values.description, types: words(values.types), cameras: words(values.cameras), kinds };
    fields.during(async () => {
      const made = await api.addWebhook(wanted);
      secret.replaceChildren(onceShown(made.secret));
      fields.fill({ url: "", description: "" });
      done();
    });
  }
}

function problem(field, value, kinds) {
  if (field.key === "url" && !/^https?:\/\/./.test(value)) return "An address like https://example.com/hooks is needed.";
  if (field.key === "alerts" && !kinds.length) return "At least one kind is needed.";
  return "";
}

const words = (list) => list.split(/[\s,]+/).filter(Boolean);

/** Nobody can see it again. */
function onceShown(secret) {
  const copy = h("button", { class: "button small", type: "button", onclick: () => copied(secret) }, icon("copy"), "Copy");
  return h("div", { class: "once" }, h("p", {}, "Its secret, shown this once. Give it to the receiver:"), h("code", { class: "mono", "data-name": "secret" }, secret), copy);
}

async function copied(words) {
  try {
    await navigator.clipboard.writeText(words);
    toast("Copied");
  } catch {
    toast("This browser does not let a page copy; mark the secret and copy it yourself.");
  }
}

async function show(list, rows, again) {
  try {
    const { webhooks } = await api.webhooks();
    for (const [id, row] of rows) {
      if (!webhooks.some((one) => one.id === id)) {
        row.item.remove();
        rows.delete(id);
      }
    }
    webhooks.forEach((one) => {
      if (!rows.has(one.id)) rows.set(one.id, row(one, again));
      const known = rows.get(one.id);
      if (!known.item.isConnected) list.append(known.item);
      known.update(one);
    });
    list.querySelector(":scope > .blank")?.remove();
    if (!webhooks.length) list.append(blank("swap", "No webhook yet", "Add the first one below."));
  } catch (problem) {
    if (!rows.size) list.replaceChildren(blank("swap", "Cannot be read", problem.message));
  }
}

function row(first, again) {
  const state = h("span", {});
  const name = h("strong", {});
  const more = h("small", {});
  const reason = h("small", { class: "wrong", hidden: true });
  const shown = h("div", { role: "status" });
  const log = h("div", { class: "deliveries", hidden: true });
  const path = first.id;
  const act = (work) => async () => {
    try {
      await work();
    } catch (problem) {
      toast(problem.message);
    }
    again();
    if (!log.hidden) fill(log, path);
  };
  const button = (label, work, props = {}) => h("button", { class: "button small", type: "button", ...props, onclick: act(work) }, label);
  const toggle = button("Disable", async () => api.changeWebhook(path, { enabled: toggle.dataset.to === "on" }), { "data-name": "toggle" });
  const deliveries = button("Deliveries", async () => open(log, deliveries), { "aria-expanded": "false", "data-name": "deliveries" });
  const actions = h(
    "div",
    { class: "actions" },
    deliveries,
    button("Test", async () => toast(tested(await api.testWebhook(path))), { "data-name": "test" }),
    button("Replay last hour", async () => toast(await replayed(path)), { "data-name": "replay" }),
    sureButton("New secret", "Press again for a new secret", act(async () => shown.replaceChildren(onceShown((await api.rotateWebhook(path)).secret))), { class: "button small" }),
    toggle,
    sureButton("Delete", "Press again to delete", act(() => api.removeWebhook(path)), { class: "button small", "data-name": "delete" }),
  );
  const item = h("li", { class: "card", "data-webhook": path }, h("div", { class: "webhook" }, state, h("span", {}, name, more, reason), actions), shown, log);
  return { item, update };

  function update(one) {
    if (state.dataset.shown !== one.state) state.replaceChildren(stateChip(one.state));
    state.dataset.shown = one.state;
    text(name, one.description || one.url);
    text(more, [one.description && one.url, one.kinds.map((kind) => KINDS[kind]).join(", "), one.owner, plural(one.waiting, "event") + " waiting"].filter(Boolean).join(" · "));
    text(reason, one.reason || "");
    reason.hidden = !one.reason;
    toggle.dataset.to = one.enabled ? "off" : "on";
    text(toggle, one.enabled ? "Disable" : "Enable");
  }
}

async function replayed(path) {
  const now = Date.now();
  const { events } = await api.replayWebhook(path, { from: new Date(now - LAST_HOUR_MS).toISOString(), to: new Date(now).toISOString() });
  return `${plural(events, "event")} sent once more`;
}

function tested({ outcome, status, text: words }) {
  return outcome === "delivered" ? `Delivered: answered ${status}` : `Not delivered: ${status ? `answered ${status}` : words}`;
}

async function open(log, button) {
  log.hidden = !log.hidden;
  button.setAttribute("aria-expanded", String(!log.hidden));
}

async function fill(log, path) {
  try {
    const { deliveries } = await api.deliveries(path, SHOWN);
    const none = h("p", { class: "panel-note" }, "Nothing was sent yet.");
    log.replaceChildren(deliveries.length ? table(deliveries) : none);
  } catch (problem) {
    log.replaceChildren(h("p", { class: "panel-note" }, problem.message));
  }
}

function table(deliveries) {
  const head = ["When", "Event", "Outcome", "Answer", "Took"].map((word) => h("th", { scope: "col" }, word));
  const cells = (one) => [
    h("time", { datetime: one.at, title: fullTime(one.at) }, ago(one.at)),
    [one.type.replace("io.sightline.", ""), one.replay && " (replay)", one.attempt > 1 && `, try ${one.attempt}`].filter(Boolean).join(""),
    h("span", { class: `state ${OUTCOMES[one.outcome] || "disabled"}` }, one.outcome),
    h("span", { title: one.text }, one.status ?? one.text),
    `${one.duration_ms.toFixed(0)} ms`,
  ];
  const rows = deliveries.map((one) => h("tr", {}, cells(one).map((cell) => h("td", {}, cell))));
  return h("table", {}, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows));
}
