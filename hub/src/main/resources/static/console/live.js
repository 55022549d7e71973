// Events as they happen: a WebSocket that resumes after the last event seen; while it cannot be had, polling.
import { api } from "./api.js";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 20000;
const POLL_MS = 3000;
const SOCKET_TRIES_BEFORE_POLLING = 2;
const CATCH_UP_LIMIT = 200;

/**
 * @param onEvent called with each event, in order
 * @param onMode called with "live", "polling" or "lost" when that changes
 */
export class LiveEvents {
  #onEvent;
  #onMode;
  #after;
  #socket;
  #failures = 0;
  #poll;
  #mode;

  constructor(onEvent, onMode) {
    this.#onEvent = onEvent;
    this.#onMode = onMode;
  }

  start(after) {
    this.#after = after;
    this.#connect();
    addEventListener("online", () => this.retryNow());
    addEventListener("pagehide", () => this.#socket?.close());
    addEventListener("pageshow", (event) => event.persisted && this.retryNow());
  }

  /** Tries at once instead of at the end of the pause. */
  retryNow() {
    if (this.#socket) return;
    clearTimeout(this.#poll);
    clearTimeout(this.retry);
    this.#connect();
  }

  #connect() {
    const socket = new WebSocket(api.socketUrl(this.#after));
    this.#socket = socket;
    socket.onopen = () => {
      this.#failures = 0;
      clearTimeout(this.#poll);
      this.#tell("live");
    };
    socket.onmessage = (message) => this.#take(message.data);
    socket.onclose = () => this.#lost(socket);
  }

  #take(data) {
    if (typeof data !== "string") return;
    let event;
    try {
      event = JSON.parse(data);
    } catch {
      return;
    }
    this.#pass(event);
  }

  #pass(event) {
    if (!event || typeof event.type !== "string") return;
    if (event.id) this.#after = event.id;
    this.#onEvent(event);
  }

  #lost(socket) {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#failures += 1;
    const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failures - 1)) * (0.8 + Math.random() * 0.4);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.#connect(), pause);
    if (this.#failures >= SOCKET_TRIES_BEFORE_POLLING) this.#pollSoon(0);
    else this.#tell("lost");
  }

  #pollSoon(pause) {
    clearTimeout(this.#poll);
    this.#poll = setTimeout(() => this.#pollOnce(), pause);
  }

  async #pollOnce() {
    try {
      const page = await api.events(this.#after, CATCH_UP_LIMIT);
      for (const event of page?.events || []) this.#pass(event);
      this.#after = page?.next_after || this.#after;
      if (this.#mode !== "live") this.#tell("polling");
    } catch {
      if (this.#mode !== "live") this.#tell("lost");
    }
    if (this.#socket?.readyState !== WebSocket.OPEN) this.#pollSoon(POLL_MS);
  }

  #tell(mode) {
    if (this.#mode === mode) return;
    this.#mode = mode;
    this.#onMode(mode);
  }
}
