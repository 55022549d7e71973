// The form of a camera: to change or remove one, and to add one.
import { api } from "./api.js";
import { mayThrowAway } from "./ask.js";
import { FIELDS, fieldProblem, fill, ID_FIELD } from "./camera-fields.js";
import { CameraConfiguration, notGiven, problemsByKey } from "./configuration.js";
import { readCameras } from "./cameras.js";
import { blank, h, pageHead, pageTitle, toast } from "./dom.js";
import { FormFields } from "./form-fields.js";
import { alike } from "./merge.js";
import { cameras, replaceCameras } from "./model.js";
import { cameraPath, goTo } from "./router.js";
import { sureButton } from "./sure.js";

const OWN_PAGES = "Zones, lines and masks have a page of their own; keys without a field here stay as they are in the file.";

/** The settings of a camera that there is. */
export function settingsPart(camera) {
  const element = h("div", { class: "form-page" });
  const configuration = new CameraConfiguration(camera.id);
  let keys;
  let fields;
  let closed = false;
  load();
  return { element, close: () => (closed = true), unsaved, mayLeave: mayThrowAway };

  async function load() {
    element.replaceChildren(blank("file", "One moment", "The hub is asked for the configuration."));
    try {
      show(await configuration.load());
    } catch (problem) {
      element.replaceChildren(notGiven("Settings cannot be edited here", problem, load));
    }
  }

  function show(next) {
    if (closed) return;
    keys = next;
    fields = new FormFields(FIELDS, keys, detectors());
    const remove = sureButton("Remove camera", "Press again to remove it", removeIt, { "data-name": "remove-camera" });
    const note = h("p", { class: "panel-note" }, OWN_PAGES);
    const actions = h("div", { class: "actions" }, submit("Save"), remove);
    element.replaceChildren(h("form", { novalidate: true, onsubmit: save }, fields.element, fields.message, note, actions));
  }

  function unsaved() {
    return Boolean(fields) && !alike(fill(keys, fields.values()), keys);
  }

  async function save(event) {
    event.preventDefault();
    if (!fields.check(fieldProblem)) return;
    await fields.during(async () => {
      const { saved, keys: written } = await configuration.save(fill(keys, fields.values()));
      if (written) show(written);
      if (saved) toast("Saved; it holds at once");
      await askCameras();
    }, (problem) => problemsByKey(problem, camera.id));
  }

  async function removeIt() {
    await fields.during(async () => {
      await configuration.remove();
      fields = undefined;
      await askCameras();
      toast(`${camera.name || camera.id} is removed`);
      goTo("");
    });
  }
}

/** The page on which a camera is added. @param given what is known of it, by key, with its id */
export function addPage({ id = "", ...given } = {}) {
  const needed = FIELDS.filter((field) => field.most);
  const fields = new FormFields([ID_FIELD, ...needed], { detector: [...detectors()][0], ...given, id }, detectors());
  let done = false;
  const actions = h("div", { class: "actions" }, submit("Add camera"), h("a", { class: "button", href: "#/" }, "Cancel"));
  const form = h("form", { novalidate: true, onsubmit: add }, fields.element, fields.message, actions);
  const element = h("div", {}, pageHead(pageTitle("Add a camera")), h("div", { class: "page-body form-page" }, form));
  return { title: "Add a camera", element, fields, close: () => {}, unsaved: () => !done && fields.touched, mayLeave: mayThrowAway, key: escape };

  async function add(event) {
    event.preventDefault();
    if (!fields.check(fieldProblem)) return;
    const { id: wanted, ...values } = fields.values();
    await fields.during(async () => {
      await api.addCamera(wanted, fill({}, values));
      done = true;
      await askCameras();
      toast(`${values.name || wanted} is added`);
      goTo(cameraPath(wanted));
    }, (problem) => problemsByKey(problem, wanted));
  }
}

function escape(event) {
  if (event.key !== "Escape") return false;
  goTo("");
  return true;
}

function submit(label) {
  return h("button", { class: "button primary", type: "submit" }, label);
}

function detectors() {
  return new Set([...cameras.values()].map((camera) => camera.detector).filter(Boolean));
}

async function askCameras() {
  replaceCameras(readCameras(await api.cameras()));
}
