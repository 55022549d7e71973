// What the configuration says of one camera: read, written back, and brought together with what others wrote meanwhile.
import { api, HubError } from "./api.js";
import { ask } from "./ask.js";
import { blank, h } from "./dom.js";
import { alike, differences, merge } from "./merge.js";

const CHANGED_MEANWHILE = 412;
const TRIES = 3;
const MOST_LISTED = 12;

export class CameraConfiguration {
  #camera;
  #base;
  #tag;

  constructor(camera) {
    this.#camera = camera;
  }

  /** @return the keys of the camera as they stand in the file; secrets are null */
  async load() {
    const { value, tag } = await api.configuration(this.#camera);
    this.#base = value;
    this.#tag = tag;
    return structuredClone(value);
  }

  /** Takes the camera out of the configuration; refused with 412 where it is another one than was read. */
  remove() {
    return api.removeCamera(this.#camera, this.#tag);
  }

  /**
   * Writes all keys of the camera. Where somebody else changed them since they were read, it asks what is to be done.
   *
   * @return {saved, keys}: saved is false where the user goes on editing or takes what the others wrote; keys are those
   *   that stand in the file then, or undefined where the user goes on
   */
  async save(mine) {
    let wanted = mine;
    for (let tries = 0; tries < TRIES; tries += 1) {
      const problem = await this.#write(wanted);
      if (!problem) return { saved: true, keys: structuredClone(this.#base) };
      if (problem.status !== CHANGED_MEANWHILE) throw problem;
      const [before, tag] = [this.#base, this.#tag];
      const theirs = await this.load();
      if (alike(before, theirs)) continue;
      const { value, conflicts } = merge(before, mine, theirs);
      const answer = await askWhose(differences(before, theirs), conflicts);
      if (answer === "theirs") return { saved: false, keys: theirs };
      if (answer === "stay") {
        [this.#base, this.#tag] = [before, tag];
        return { saved: false };
      }
      wanted = value;
    }
    throw new HubError(CHANGED_MEANWHILE, "The configuration changes faster than it can be written. Try again in a moment.");
  }

  /** @return the problem, or undefined where it is written */
  async #write(keys) {
    try {
      const { value, tag } = await api.configure(this.#camera, keys, this.#tag);
      this.#base = value || keys;
      this.#tag = tag || this.#tag;
      return undefined;
    } catch (problem) {
      if (!(problem instanceof HubError)) throw problem;
      return problem;
    }
  }
}

async function askWhose(changed, conflicts) {
  const body = [
    h("p", {}, "Somebody else changed this camera since you began. Changed meanwhile:"),
    list(changed),
    conflicts.length ? h("p", {}, "You changed these, too, differently:") : h("p", {}, "You did not change the same, so both changes go together."),
    conflicts.length ? list(conflicts) : "",
  ];
  return ask("Changed meanwhile", body, [
    ["mine", conflicts.length ? "Save, mine where both changed" : "Save both", "primary"],
    ["theirs", "Take theirs, drop mine"],
    ["stay", "Go on editing"],
  ]);
}

function list(paths) {
  const words = paths.map((path) => path.join(" › ") || "everything");
  const more = words.length > MOST_LISTED ? [`and ${words.length - MOST_LISTED} more`] : [];
  return h("ul", { class: "plain-list" }, [...words.slice(0, MOST_LISTED), ...more].map((word) => h("li", {}, word)));
}

/** Stands where the configuration cannot be shown. @param again asks for it once more */
export function notGiven(title, problem, again) {
  const missing = [404, 405].includes(problem.status);
  if (missing) return blank("file", title, "This hub does not give its configuration to the console; edit config/sightline.yaml.");
  return blank("file", title, problem.message, h("button", { class: "button", type: "button", onclick: again }, "Try again"));
}

/** What the hub refused, by the key below the camera it belongs to; "" for what belongs to none. */
export function problemsByKey(problem, camera) {
  const found = new Map();
  for (const one of problem.problems || []) {
    const key = below(String(one.path || ""), camera);
    found.set(key, [...(found.get(key) || []), sentence(one)]);
  }
  return found;
}

function below(path, camera) {
  const parts = path.split(/[./]/).filter(Boolean);
  const at = parts.indexOf(camera);
  const start = at >= 0 && parts[at - 1] === "cameras" ? at + 1 : 0;
  return parts.slice(start).join(".");
}

/** Beside its own field, what is allowed says enough. */
function sentence({ allowed, text }) {
  return String(allowed ? `Allowed: ${allowed}.` : text);
}
