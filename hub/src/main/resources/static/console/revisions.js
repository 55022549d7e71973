// The last versions of the configuration: who changed what when, how it was written, and the way back.
import { administers, operates } from "./account.js";
import { api } from "./api.js";
import { blank, h, pageHead, pageTitle, text, toast } from "./dom.js";
import { ago, clockTime, fullTime } from "./format.js";
import { goTo } from "./router.js";
import { sureButton } from "./sure.js";

const MOST_KEYS = 4;
const WHAT = "Each saved change of config/sightline.yaml, also one made by hand. Going back is a change like any other.";
const VIA = { rest: "in the console or through REST", file: "in the file itself" };

export function revisionsPage() {
  const list = h("ol", { class: "revisions" });
  const element = h("div", {}, pageHead(pageTitle("Configuration")), h("div", { class: "page-body form-page" }, h("p", { class: "panel-note" }, WHAT), list));
  if (operates()) load(list);
  else list.append(blank("key", "Only for operators", "Ask one what was changed."));
  return { title: "Configuration", element, close: () => {}, key: escape };
}

function escape(event) {
  if (event.key !== "Escape") return false;
  goTo("");
  return true;
}

async function load(list) {
  try {
    const { value, tag } = await api.revisions();
    const none = blank("history", "No change yet", "They appear here as they are made.");
    list.replaceChildren(...(value.revisions.length ? value.revisions.map((one) => h("li", {}, row(one, () => goBack(one, tag, list)))) : [none]));
  } catch (problem) {
    const missing = [404, 405].includes(problem.status);
    const again = !missing && h("button", { class: "button", type: "button", onclick: () => load(list) }, "Try again");
    list.replaceChildren(blank("history", "Cannot be read", missing ? "This hub keeps no versions of its configuration." : problem.message, again));
  }
}

function row(one, restore) {
  const written = h("pre", { class: "written", tabindex: "0", "aria-label": "The file as it was", hidden: true });
  const show = h("button", { class: "button", type: "button", "aria-expanded": "false", onclick: () => toggle(one, written, show) }, "Show");
  const back = !one.current && administers() && sureButton("Go back to it", "Press again to go back", restore);
  const time = h("time", { datetime: one.time, title: fullTime(one.time) }, ago(one.time), h("small", {}, clockTime(one.time)));
  return [h("div", { class: "revision" }, time, h("span", {}, h("strong", {}, what(one)), h("small", {}, who(one))), show, back || ""), written];
}

function what({ changed, restored }) {
  if (restored) return `Back to version ${restored}`;
  const keys = changed.slice(0, MOST_KEYS).join(", ");
  return changed.length > MOST_KEYS ? `${keys} and ${changed.length - MOST_KEYS} more` : keys || "First version";
}

function who({ id, by, via, current }) {
  return [`Version ${id}`, by, VIA[via], current && "in force"].filter(Boolean).join(" · ");
}

async function toggle(one, written, button) {
  if (written.hidden && written.textContent === "") {
    try {
      text(written, (await api.revision(one.id)).text);
    } catch (problem) {
      toast(problem.message);
      return;
    }
  }
  written.hidden = !written.hidden;
  button.setAttribute("aria-expanded", String(!written.hidden));
  text(button, written.hidden ? "Show" : "Hide");
}

async function goBack(one, tag, list) {
  try {
    await api.restore(one.id, tag);
    toast(`Version ${one.id} holds again`);
  } catch (problem) {
    toast([problem.message, ...problem.problems.map((each) => each.text)].join(" "));
  }
  load(list);
}
