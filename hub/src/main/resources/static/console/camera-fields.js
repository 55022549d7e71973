// The keys of a camera that have a field in its form; all others stay in the file as they are.
const TIME_WORDS = "A time with a unit, for example 5s.";
const TIME = /^\d{1,12}(\.\d{1,6})? ?(ms|s|m|h|d)$/;

const ID = /^[a-z0-9][a-z0-9_-]{0,62}$/;
const ID_WORDS = "Small letters, digits, - and _; it begins with a letter or digit and has at most 63.";

/** Only asked for where a camera is added; it never changes. */
export const ID_FIELD = {
  key: "id",
  label: "Id",
  kind: "text",
  hint: "Small letters, digits, - and _; it names the camera in topics and files",
  needed: true,
  check: (value) => ID.test(value) || ID_WORDS,
};

/** kind: text, secret, number, switch or choice; most: also asked of somebody who just adds a camera */
export const FIELDS = [
  { key: "uri", label: "Address", kind: "text", hint: "rtsp://host/path, without a login; docs/cameras.md names all kinds", needed: true, most: true },
  { key: "name", label: "Name", kind: "text", hint: "For people", most: true },
  { key: "location", label: "Location", kind: "text", hint: "Where it hangs", most: true },
  { key: "username", label: "User name at the camera", kind: "text", hint: "", most: true },
  { key: "password", label: "Password at the camera", kind: "secret", hint: "Kept in a file of its own, and never shown again", most: true },
  { key: "detector", label: "Detector", kind: "text", hint: "Id of a configured detector", most: true, detectors: true },
  { key: "detect-fps", label: "Pictures looked at a second", kind: "number", hint: "At most; 5 follow people", least: 0.1, greatest: 60, most: true },
  { key: "enabled", label: "Switched on", kind: "switch", standard: true },
  { key: "transport", label: "How RTSP travels", kind: "choice", choices: ["tcp", "udp", "http"], standard: "tcp" },
  { key: "priority", label: "Priority", kind: "choice", choices: ["low", "normal", "high"], standard: "normal" },
  { key: "silence-limit", label: "Silent after", kind: "text", hint: "For example 5s", check: (value) => TIME.test(value) || value === "auto" || TIME_WORDS },
];

/** @return what is wrong with a value, for people; "" where nothing is */
export function fieldProblem(field, value) {
  if (value === "" || value === undefined) return field.needed ? "It is needed." : "";
  if (field.kind === "number") {
    const number = Number(value);
    if (!Number.isFinite(number) || number < field.least || number > field.greatest) return `A number from ${field.least} to ${field.greatest}.`;
  }
  const told = field.check?.(value) ?? true;
  return told === true ? "" : told;
}

/**
 * Puts what stands in a form into the keys of a camera. What is empty, or the standard and was not written, is left out.
 *
 * @param values by key, as texts; of a switch true or false; of a secret undefined to keep what there is
 */
export function fill(keys, values) {
  const filled = { ...keys };
  for (const field of FIELDS) {
    if (!(field.key in values)) continue;
    const value = written(field, values[field.key]);
    const untold = value === field.standard && !(field.key in keys);
    if (value === "" || untold) delete filled[field.key];
    else if (value !== undefined) filled[field.key] = value;
  }
  return filled;
}

function written(field, value) {
  return field.kind === "number" && value !== "" && value !== undefined ? Number(value) : value;
}
