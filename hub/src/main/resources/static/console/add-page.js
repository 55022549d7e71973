// Adding a camera: one that was found on the network or at the machine, or one that is typed in.
import { administers } from "./account.js";
import { api } from "./api.js";
import { addPage } from "./camera-form.js";
import { blank, h, icon } from "./dom.js";
import { plural } from "./format.js";
import { cameras } from "./model.js";

const KINDS = { usb: "USB", onvif: "Network (ONVIF)" };
const UNKNOWN_PATH = "PATH-OF-ITS-SMALL-STREAM";
const WHAT = "Looks for USB cameras at the hub's machine, and for ONVIF cameras in its networks.";
const NONE = "None found. Look whether ONVIF is switched on at the camera, and whether it is in the same network.";

/** The page; what is chosen among what was found is filled into the form. */
export function newCameraPage() {
  if (!administers()) return refused();
  const page = addPage();
  const body = page.element.querySelector(".page-body");
  body.append(discovery((found) => fillIn(page.fields, found)));
  return page;
}

function refused() {
  const home = h("a", { class: "button", href: "#/" }, "All cameras");
  const element = h("div", { class: "page-body" }, blank("key", "Only for administrators", "Ask one to add the camera.", home));
  return { title: "Add a camera", element, close: () => {} };
}

/** What is left to do has the focus: the path that is not known, the login, or else nothing but to press "Add camera". */
function fillIn(fields, { kind, name, model, proposal }) {
  fields.fill({ id: proposal.id, name: name || model, uri: proposal.uri });
  const at = proposal.uri.indexOf(UNKNOWN_PATH);
  const address = fields.element.querySelector("#field-uri");
  if (at >= 0) {
    address.focus();
    address.setSelectionRange(at, at + UNKNOWN_PATH.length);
  } else if (kind === "onvif") {
    fields.element.querySelector("#field-username").focus();
  } else {
    fields.element.closest("form").querySelector("[type=submit]").focus();
  }
}

/** A card that searches when asked to. @param choose called with a camera that was found */
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
    const there = cameras.has(one.proposal.id) && h("small", {}, `There is a camera ${one.proposal.id} already.`);
    const words = h("span", {}, h("strong", {}, one.name || one.model || one.id), h("small", {}, more), h("small", { class: "mono" }, one.hint), there);
    return [icon("camera"), words, h("button", { class: "button", type: "button", "data-take": one.proposal.id, onclick: () => choose(one) }, icon("plus"), "Take")];
  }
}
