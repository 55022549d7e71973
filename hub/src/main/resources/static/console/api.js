// Talks to the hub. One place for paths, the CSRF token, time limits and errors.
const PREFIX = "/api/v1";
const PATIENCE_MS = 12000;

export class HubError extends Error {
  /** @param problem what the hub told: error_id, and perhaps problems, each with path, got and allowed */
  constructor(status, message, problem = {}) {
    super(message);
    this.status = status;
    this.errorId = problem.error_id;
    this.problems = Array.isArray(problem.problems) ? problem.problems : [];
  }

  /** True where the hub itself did not answer. */
  get unreachable() {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

function cookie(name) {
  const entry = document.cookie.split("; ").find((pair) => pair.startsWith(name + "="));
  return entry ? decodeURIComponent(entry.slice(name.length + 1)) : "";
}

export function toLogin(reason) {
  const next = location.pathname === "/" ? "" : `&next=${encodeURIComponent(location.pathname)}`;
  location.assign(`/login?reason=${reason}${next}`);
}

async function send(method, path, body) {
  return json(await exchange(method, path, body));
}

/** @param more headers besides the usual ones */
async function exchange(method, path, body, more = {}) {
  const options = {
    method,
    credentials: "same-origin",
    headers: { accept: "application/json, application/problem+json", ...more },
    signal: AbortSignal.timeout(PATIENCE_MS),
  };
  if (method !== "GET") options.headers["X-XSRF-TOKEN"] = cookie("XSRF-TOKEN");
  if (body !== undefined) {
    options.headers["content-type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(PREFIX + path, options);
  } catch {
    throw new HubError(0, "The hub cannot be reached.");
  }
  if (response.ok) return response;
  const problem = (await response.json().catch(() => null)) || {};
  throw new HubError(response.status, problem.detail || problem.title || `The hub answered ${response.status}.`, problem);
}

function json(response) {
  return response.status === 204 ? null : response.json().catch(() => null);
}

async function ask(path) {
  try {
    return await exchange("GET", path);
  } catch (problem) {
    if (problem.status === 401) toLogin("expired");
    throw problem;
  }
}

async function get(path) {
  return json(await ask(path));
}

/** What this hub does not offer, or not to this user, is null. */
async function getOffered(path) {
  try {
    return await get(path);
  } catch (problem) {
    if ([403, 404, 405].includes(problem.status)) return null;
    throw problem;
  }
}

/** A value with the tag that tells whether it is still the same when it is written back. */
async function tagged(response) {
  return { tag: response.headers.get("ETag"), value: await json(response) };
}

/** Whatever is there is changed where nobody knows what that is. */
const ifStill = (tag) => ({ "If-Match": tag || "*" });

function query(values) {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined && value !== null && value !== "") search.set(name, value);
  }
  return search.size ? `?${search}` : "";
}

const enc = encodeURIComponent;

export const api = {
  me: () => get("/auth/me"),
  logout: () => send("POST", "/auth/logout"),
  changePassword: (current, wanted) => send("POST", "/auth/password", { current_password: current, new_password: wanted }),
  health: () => get("/health"),
  cameras: () => get("/cameras?status=all"),
  integrations: () => get("/integrations"),
  sinks: () => get("/sinks"),
  deadLetters: (filter) => get("/dead-letters" + query(filter)),
  deadLetter: (id) => get(`/dead-letters/${enc(id)}`),
  replayLetter: (id, to) => send("POST", `/dead-letters/${enc(id)}/replay` + query({ to })),
  removeLetter: (id) => send("DELETE", `/dead-letters/${enc(id)}`),
  replayLetters: (which) => send("POST", "/dead-letters/replay", which),
  removeLetters: (which) => send("POST", "/dead-letters/remove", which),
  detections: (filter) => get("/detections" + query(filter)),
  detection: (id) => get(`/detections/${enc(id)}`),
  summary: (since) => get("/detections/summary" + query({ start_time: since })),
  counts: (filter) => get("/counts" + query(filter)),
  countHistory: (filter) => get("/counts/history" + query(filter)),
  events: (after, limit) => get("/events" + query({ after, limit })),
  resetCounts: (which) => send("POST", "/counts/reset", which),
  cameraHistory: (camera) => getOffered(`/cameras/${enc(camera)}/history`),
  configuration: async (camera) => tagged(await ask(`/cameras/${enc(camera)}/configuration`)),
  configure: async (camera, keys, tag) => tagged(await exchange("PUT", `/cameras/${enc(camera)}/configuration`, keys, ifStill(tag))),
  addCamera: (id, keys) => send("POST", "/cameras", { id, ...keys }),
  removeCamera: (camera, tag) => exchange("DELETE", `/cameras/${enc(camera)}`, undefined, ifStill(tag)),
  discovered: () => getOffered("/discovery/cameras"),
  revisions: async () => tagged(await ask("/configuration/revisions")),
  revision: (id) => get(`/configuration/revisions/${enc(id)}`),
  restore: (id, tag) => exchange("POST", `/configuration/revisions/${enc(id)}/restore`, undefined, ifStill(tag)),
  webhooks: () => get("/webhooks"),
  addWebhook: (keys) => send("POST", "/webhooks", keys),
  changeWebhook: (id, keys) => send("PUT", `/webhooks/${enc(id)}`, keys),
  removeWebhook: (id) => send("DELETE", `/webhooks/${enc(id)}`),
  rotateWebhook: (id) => send("POST", `/webhooks/${enc(id)}/secret`, {}),
  testWebhook: (id) => send("POST", `/webhooks/${enc(id)}/test`),
  replayWebhook: (id, which) => send("POST", `/webhooks/${enc(id)}/replay`, which),
  deliveries: (id, limit) => get(`/webhooks/${enc(id)}/deliveries` + query({ limit })),
  streamUrl: (camera, overlay, turn) => `${PREFIX}/cameras/${enc(camera)}/stream${query({ overlay, turn })}`,
  stillUrl: (camera, overlay, turn) => `${PREFIX}/cameras/${enc(camera)}/snapshot${query({ overlay, turn })}`,
  detectionSnapshot: (id) => `${PREFIX}/detections/${enc(id)}/snapshot`,
  detectionClip: (id) => `${PREFIX}/detections/${enc(id)}/clip`,
  socketUrl: (after) => socket(`/ws/events${query({ after })}`),
  videoUrl: (camera) => socket(`/ws/cameras/${enc(camera)}/live`),
};

function socket(path) {
  const url = new URL(PREFIX + path, location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
}
