// Adding a camera: one that was found on the network or at the machine, or one that is typed in.
import { administers } from "./account.js";
import { api } from "./api.js";
import { addPage } from "./camera-form.js";
import { blank, h, icon } from "./dom.js";
import { plural } from "./format.js";

const KINDS = { usb: "USB", onvif: "Network (ONVIF)" };
const LONGEST_ID = 63;
const ID_IN_HINT = /^([a-z0-9][a-z0-9_-]{0,62}):/;
const WHAT = "Looks for USB cameras at the hub's machine, and for ONVIF cameras in its networks.";
const NONE = "None found. Look whether ONVIF is switched on at the camera, and whether it is in the same network.";

/** The page; what is chosen among what was found is filled into the form. */
export function newCameraPage() {
  if (!administers()) return refused();
  const page = addPage();
  const body = page.element.querySelector(".page-body");
  body.append(discovery((given) => fillIn(page.fields, given)));
  return page;
}

function refused() {
  const home = h("a", { class: "button", href: "#/" }, "All cameras");
  const element = h("div", { class: "page-body" }, blank("key", "Only for administrators", "Ask one to add the camera.", home));
  return { title: "Add a camera", element, close: () => {} };
}

function fillIn(fields, given) {
  fields.fill(given);
  fields.element.querySelector("#field-uri").focus();
}

/** A card that searches when asked to. @param choose called with the keys of a camera that was found */
function discovery(choose) {
  const list = h("ul", { class: "found" });
  const note = h("p", { class: "panel-note", role: "status" }, WHAT);
  const search = h("button", { class: "button", type: "button", "data-name": "search", onclick: look }, icon("search"), "Search");
  return h("section", { class: "card discovery", "aria-label": "Cameras found" }, h("h3", {}, "Cameras found"), note, search, list);

  async function look() {
    search.disabled = true;
    note.textContent = "Searching, a few seconds …";
    try {
      show(await api.discovered());
    } catch (problem) {
      note.textContent = problem.message;
    } finally {
      search.disabled = false;
    }
  }

  function show(answer) {
    const found = answer?.discovered || [];
    note.textContent = found.length ? `${plural(found.length, "camera")} found.` : answer ? NONE : "This hub does not search.";
    list.replaceChildren(...found.map((one) => h("li", {}, row(one))));
  }

  function row(one) {
    const more = [KINDS[one.kind] || one.kind, one.model, one.address].filter(Boolean).join(" · ");
    const hint = one.hint && h("small", { class: "mono" }, one.hint);
    const words = h("span", {}, h("strong", {}, one.name || one.model || one.id), h("small", {}, more), hint);
    return [icon("camera"), words, h("button", { class: "button", type: "button", onclick: () => choose(keysOf(one)) }, icon("plus"), "Take")];
  }
}

/** What can be known of a camera before anybody asked it for a picture. */
function keysOf(one) {
  return { id: ID_IN_HINT.exec(one.hint)?.[1] || idOf(one.name || one.model || one.id), name: one.name || one.model || "", uri: addressOf(one) };
}

function idOf(name) {
  return String(name || "")
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, "-")
    .replace(/^[-_]+|-+$/g, "")
    .slice(0, LONGEST_ID);
}

/** An ONVIF address is that of a web service: the host is the camera's, the path of its pictures its maker knows. */
function addressOf({ kind, address }) {
  if (kind !== "onvif" || !address) return address || "";
  try {
    return `rtsp://${new URL(address).hostname}/`;
  } catch {
    return `rtsp://${address}/`;
  }
}
