// The states of everything the hub is joined to; what needs care stands first.
import { blank, byId, h, icon, stateChip, text } from "./dom.js";
import { ago, fullTime } from "./format.js";
import { integrations, on } from "./model.js";

const ORDER = ["OFFLINE", "DEGRADED", "ONLINE", "DISABLED"];
const ICONS = { camera: "camera", spine: "bus", store: "database", "route-file": "file", configuration: "file" };
const WORDS = { "route-file": "route file" };

export function startIntegrations() {
  byId("integrations").append(h("li", { class: "integration skeleton", "aria-hidden": "true" }, "\u00a0"));
  on("integrations", render);
  setInterval(render, 30000);
}

function render() {
  const list = [...integrations.values()].sort(
    (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.kind.localeCompare(b.kind) || a.id.localeCompare(b.id),
  );
  const panel = byId("integrations");
  const position = panel.scrollTop;
  panel.replaceChildren(...(list.length ? list.map(row) : [h("li", {}, blank("integrations", "Nothing joined yet", "Cameras, sinks and stores appear here."))]));
  panel.scrollTop = position;
  const bad = list.filter((one) => one.state === "OFFLINE" || one.state === "DEGRADED").length;
  const well = list.filter((one) => one.state === "ONLINE").length;
  text(byId("integrations-note"), list.length ? (bad ? `${bad} of ${list.length} need attention` : `${well} of ${list.length} online`) : "");
  byId("tab-badge").hidden = bad === 0;
  text(byId("tab-badge"), String(bad));
}

function row(one) {
  const since = one.since ? ago(one.since).replace("now", "a moment") : "";
  const why = one.reason ? [one.reason, since && `for ${since}`].filter(Boolean).join(" · ") : since && `For ${since}`;
  return h(
    "li",
    { class: "integration" },
    icon(ICONS[one.kind] || "integrations"),
    h("span", { class: "id", title: one.id }, one.id, h("small", {}, WORDS[one.kind] || one.kind)),
    stateChip(one.state),
    h("span", { class: "why", title: one.since ? `Since ${fullTime(one.since)}` : "" }, why),
  );
}
