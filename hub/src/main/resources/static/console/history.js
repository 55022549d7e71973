// The states that a camera was in, newest first.
import { api } from "./api.js";
import { h, stateChip } from "./dom.js";
import { ago, fullTime, lasted } from "./format.js";

const MOST = 50;

export class StateHistory {
  #camera;
  #known;
  #list = h("ol", { class: "history" });
  #asking = 0;

  constructor(camera) {
    this.#camera = camera;
    this.element = h("section", { class: "card", "aria-label": "State history", hidden: true }, h("h3", {}, "State history"), this.#list);
  }

  /** Asks only where the state is another than at the last call. */
  async update(camera) {
    const state = [camera.state, camera.code, camera.reason, camera.since].join();
    if (this.#known === state) return;
    this.#known = state;
    const mine = ++this.#asking;
    try {
      const answer = await api.cameraHistory(this.#camera);
      if (mine === this.#asking && answer) this.#show(answer.history || []);
    } catch {
      this.#known = undefined; // what matters is told by the other answers; the next one asks again
    }
  }

  #show(history) {
    const newest = [...history].sort((a, b) => Date.parse(b.time) - Date.parse(a.time)).slice(0, MOST);
    this.element.hidden = newest.length === 0;
    this.#list.replaceChildren(...newest.map((one, index) => row(one, newest[index - 1]?.time)));
  }
}

function row(one, until) {
  const long = until ? `for ${lasted(one.time, until)}` : "since then";
  return h(
    "li",
    {},
    h("time", { datetime: one.time, title: fullTime(one.time) }, ago(one.time)),
    stateChip(one.state),
    h("small", {}, long),
    h("span", { class: "why" }, one.reason, one.code && h("small", {}, one.code)),
  );
}
