// Times, numbers and words as people read them.
const LOCALE = navigator.language;
const FULL = new Intl.DateTimeFormat(LOCALE, { dateStyle: "medium", timeStyle: "medium" });
const CLOCK = new Intl.DateTimeFormat(LOCALE, { timeStyle: "medium" });
const DAY = new Intl.DateTimeFormat(LOCALE, { month: "short", day: "numeric" });
const NUMBER = new Intl.NumberFormat(LOCALE);
const SHORT = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumFractionDigits: 1 });

export const count = (value) => (Number.isFinite(value) ? NUMBER.format(value) : "–");
export const compact = (value) => (Number.isFinite(value) ? (Math.abs(value) < 10000 ? NUMBER.format(value) : SHORT.format(value)) : "–");
export const rate = (value) => (Number.isFinite(value) ? value.toFixed(value < 9.95 ? 1 : 0) : "–");
export const percent = (value) => (Number.isFinite(value) ? `${Math.round(value * 100)} %` : "–");
export const fullTime = (iso) => (iso ? FULL.format(new Date(iso)) : "–");
export const clockTime = (iso) => (iso ? CLOCK.format(new Date(iso)) : "–");

/** "now", "12 s", "4 min", "3 h", and the day beyond that. */
export function ago(iso, now = Date.now()) {
  const seconds = Math.max(0, Math.round((now - Date.parse(iso)) / 1000));
  if (!Number.isFinite(seconds)) return "";
  if (seconds < 5) return "now";
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
  return DAY.format(new Date(iso));
}

export function lasted(from, to) {
  const seconds = Math.max(0, (Date.parse(to) - Date.parse(from)) / 1000);
  if (!Number.isFinite(seconds)) return "–";
  if (seconds < 60) return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${Math.round(seconds % 60)} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

const VEHICLES = new Set(["car", "truck", "bus", "motorcycle", "motorbike", "train", "vehicle", "van"]);
const CYCLES = new Set(["bicycle", "cyclist"]);

export function labelIcon(label) {
  if (label === "person") return "person";
  if (CYCLES.has(label)) return "bicycle";
  return VEHICLES.has(label) ? "vehicle" : "object";
}

export const capital = (word) => (word ? word[0].toUpperCase() + word.slice(1) : "");

export function plural(number, one, many = one + "s") {
  return `${count(number)} ${number === 1 ? one : many}`;
}

export function people(number) {
  return plural(number, "person", "people");
}
