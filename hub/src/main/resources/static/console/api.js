// Talks to the hub. One place for paths, the CSRF token, time limits and errors.
const PREFIX = "/api/v1";
const PATIENCE_MS = 12000;

export class HubError extends Error {
  constructor(status, message, errorId) {
    super(message);
    this.status = status;
    this.errorId = errorId;
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
  const options = {
    method,
    credentials: "same-origin",
    headers: { accept: "application/json, application/problem+json" },
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
  return answer(response);
}

async function answer(response) {
  if (response.ok) return response.status === 204 ? null : response.json().catch(() => null);
  const problem = await response.json().catch(() => ({}));
  throw new HubError(response.status, problem.detail || problem.title || `The hub answered ${response.status}.`, problem.error_id);
}

async function get(path) {
  try {
    return await send("GET", path);
  } catch (problem) {
    if (problem.status === 401) toLogin("expired");
    throw problem;
  }
}

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
  detections: (filter) => get("/detections" + query(filter)),
  detection: (id) => get(`/detections/${enc(id)}`),
  summary: (since) => get("/detections/summary" + query({ start_time: since })),
  counts: (filter) => get("/counts" + query(filter)),
  countHistory: (filter) => get("/counts/history" + query(filter)),
  events: (after, limit) => get("/events" + query({ after, limit })),
  resetCounts: (which) => send("POST", "/counts/reset", which),
  streamUrl: (camera, overlay, turn) => `${PREFIX}/cameras/${enc(camera)}/stream${query({ overlay, turn })}`,
  stillUrl: (camera, overlay, turn) => `${PREFIX}/cameras/${enc(camera)}/snapshot${query({ overlay, turn })}`,
  detectionSnapshot: (id) => `${PREFIX}/detections/${enc(id)}/snapshot`,
  socketUrl: (after) => {
    const url = new URL(`${PREFIX}/ws/events${query({ after })}`, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    return url.href;
  },
};
