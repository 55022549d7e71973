// What the console knows of the hub: cameras, integrations, detections. Views listen; nothing here touches the page.
const MOST_DETECTIONS = 3000;
const OPEN_AT_MOST_MS = 30 * 60 * 1000;

export const model = new EventTarget();

/** by id, in the order of the hub */
export const cameras = new Map();

/** kind/id → {kind, id, state, code, reason, since} */
export const integrations = new Map();

/** newest first */
export const detections = [];

const byId = new Map();
const open = new Map();

export function changed(what, detail) {
  model.dispatchEvent(new CustomEvent(what, { detail }));
}

/** @return ends it */
export function on(what, listener) {
  const heard = (event) => listener(event.detail);
  model.addEventListener(what, heard);
  return () => model.removeEventListener(what, heard);
}

export function replaceCameras(list) {
  cameras.clear();
  for (const camera of list) cameras.set(camera.id, camera);
  changed("cameras");
}

export function replaceIntegrations(list) {
  integrations.clear();
  for (const one of list) integrations.set(`${one.kind}/${one.id}`, one);
  changed("integrations");
}

export function cameraName(id) {
  return cameras.get(id)?.name || id;
}

/** One shape for what REST and events tell of a detection. */
export function detection(from) {
  return {
    ...from,
    started_at: from.started_at || from.timestamp,
    type: from.type || "object",
    zones: from.zones || [],
    lines_crossed: from.lines_crossed || [],
    ended_at: from.ended_at || null,
  };
}

/** Takes what is newer than what is known; returns "new", "changed" or "old". */
export function put(raw) {
  const next = detection(raw);
  if (!next.id || !next.started_at) return "old";
  track(next);
  const known = byId.get(next.id);
  if (known) {
    Object.assign(known, next, { ended_at: next.ended_at || known.ended_at });
    return "changed";
  }
  byId.set(next.id, next);
  insert(next);
  return "new";
}

function insert(next) {
  let at = 0;
  while (at < detections.length && detections[at].started_at > next.started_at) at += 1;
  detections.splice(at, 0, next);
  if (detections.length > MOST_DETECTIONS) byId.delete(detections.pop().id);
}

export function clearDetections() {
  detections.length = 0;
  byId.clear();
  open.clear();
}

function track(next) {
  if (next.ended_at) open.delete(next.id);
  else open.set(next.id, { camera: next.camera_id, type: next.type, started: Date.parse(next.started_at), heard: Date.now() });
}

/** Detections in view now; what was never told to have ended is forgotten in time. */
export function inView(camera) {
  const now = Date.now();
  for (const [id, one] of open) {
    if (now - Math.max(one.started, one.heard) > OPEN_AT_MOST_MS) open.delete(id);
  }
  const all = [...open.values()];
  return camera ? all.filter((one) => one.camera === camera) : all;
}

export function tally(list, key) {
  const counts = new Map();
  for (const one of list) counts.set(one[key], (counts.get(one[key]) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
