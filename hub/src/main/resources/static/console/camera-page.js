// The page of one camera: the live part, and for administrators its zones and its settings.
import { administers } from "./account.js";
import { blank, h, icon, pageHead, pageTitle, stateChip, text } from "./dom.js";
import { livePart } from "./camera-live.js";
import { settingsPart } from "./camera-form.js";
import { zonesPart } from "./zone-editor.js";
import { cameras, on } from "./model.js";
import { cameraPath, goTo } from "./router.js";

const PARTS = { "": "Live", zones: "Zones", settings: "Settings" };
const MAKERS = { "": livePart, zones: zonesPart, settings: settingsPart };

/** @param openDetection called with the id of a detection */
export function cameraPage(id, wanted, openDetection) {
  const part = wanted && administers() ? wanted : "";
  const title = pageTitle(cameras.get(id)?.name || id);
  const state = h("span");
  const tools = h("span", { class: "tools" });
  const body = h("div", { class: "page-body" });
  const element = h("div", { class: "camera-page" }, head(id, part, title, state, tools), body);
  const page = { title: title.textContent, camera: id, element, close, key, unsaved: () => shown?.unsaved?.() || false, mayLeave: () => shown.mayLeave() };
  let shown;
  const deaf = on("cameras", update);
  if (cameras.size) update();
  else body.append(blank("camera", "One moment", "The hub is asked about its cameras."));
  return page;

  function update() {
    const camera = cameras.get(id);
    if (!camera) {
      if (!page.unsaved()) gone();
      return;
    }
    text(title, camera.name || id);
    state.replaceChildren(stateChip(camera.state));
    if (shown) shown.update?.(camera);
    else make(camera);
  }

  function make(camera) {
    shown = MAKERS[part](camera, openDetection);
    body.replaceChildren(shown.element);
    tools.replaceChildren(...[shown.tools].flat().filter(Boolean));
  }

  function gone() {
    shown?.close?.();
    shown = undefined;
    state.replaceChildren();
    tools.replaceChildren();
    const home = h("a", { class: "button", href: "#/" }, "All cameras");
    body.replaceChildren(blank("camera-off", "No such camera", `The configuration has no camera ${id}.`, home));
  }

  function close() {
    deaf();
    shown?.close?.();
  }

  function key(event) {
    const step = part === "" && { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) turn(id, part, step);
    else if (event.key === "Escape") goTo("");
    else return false;
    return true;
  }
}

function turn(id, part, step) {
  const ids = [...cameras.keys()];
  if (ids.length > 1) goTo(cameraPath(ids[(ids.indexOf(id) + step + ids.length) % ids.length], part));
}

function head(id, part, title, state, tools) {
  const step = (name, label, by) => h("button", { class: "quiet", type: "button", "aria-label": label, onclick: () => turn(id, part, by) }, icon(name));
  const link = ([key, name]) => h("a", { href: cameraPath(id, key), "aria-current": key === part ? "page" : null }, name);
  return pageHead(
    title,
    state,
    administers() && h("nav", { class: "parts", "aria-label": "Parts of this page" }, Object.entries(PARTS).map(link)),
    h("span", { class: "grow" }),
    tools,
    h("span", { class: "steps" }, step("left", "Previous camera", -1), step("right", "Next camera", 1)),
  );
}
