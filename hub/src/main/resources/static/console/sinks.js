// The sinks with their accounts, and the dead letters: what was accepted, what became of it, and what to do about the rest.
import { operates } from "./account.js";
import { api } from "./api.js";
import { blank, h, pageHead, pageTitle, stateChip, text, toast } from "./dom.js";
import { ago, count, fullTime, plural } from "./format.js";
import { goTo } from "./router.js";
import { sureButton } from "./sure.js";

const EVERY_MS = 3000;
const MOST_LISTED = 100;
const MANY = 10000;
const WHAT = "Of what the hub has accepted for a sink, every event is delivered, filtered, dropped on purpose, waiting, or dead. The balance is what is left over: 0 as long as nothing is lost.";
const COLUMNS = [
  ["Accepted", "accepted"],
  ["Delivered", "delivered"],
  ["Filtered", "filtered"],
  ["Dropped", "dropped"],
  ["Waiting", "waiting"],
  ["Dead", "dead"],
];

export function sinksPage() {
  const body = h("tbody");
  const letters = h("section", { class: "letters", "aria-label": "Dead letters" });
  const page = { body, letters, rows: new Map(), closed: false };
  const head = h("tr", {}, ["Sink", "State", ...COLUMNS.map(([word]) => word), "Oldest waiting", "Balance"].map((word) => h("th", { scope: "col" }, word)));
  const table = h("table", { class: "sinks" }, h("caption", { class: "visually-hidden" }, "Sinks and their accounts"), h("thead", {}, head), body);
  const inside = [h("p", { class: "panel-note" }, WHAT), h("div", { class: "sinks-frame", tabindex: "0", role: "region", "aria-label": "Sinks" }, table), letters];
  const element = h("div", {}, pageHead(pageTitle("Sinks")), h("div", { class: "page-body" }, inside));
  const timer = setInterval(() => document.hidden || load(page), EVERY_MS);
  load(page).then(() => loadLetters(page));
  return { title: "Sinks", element, close: () => ((page.closed = true), clearInterval(timer)), key: escape };
}

function escape(event) {
  if (event.key !== "Escape") return false;
  goTo("");
  return true;
}

async function load(page) {
  try {
    const { sinks } = await api.sinks();
    if (page.closed) return;
    for (const id of [...page.rows.keys()]) {
      if (!sinks.some((sink) => sink.id === id)) {
        page.rows.get(id).row.remove();
        page.rows.delete(id);
      }
    }
    sinks.forEach((sink) => show(page, sink));
    const dead = sinks.map((sink) => sink.dead).join();
    if (page.dead !== undefined && page.dead !== dead) loadLetters(page);
    page.dead = dead;
  } catch (problem) {
    if (!page.rows.size) page.body.replaceChildren(h("tr", {}, h("td", { colspan: COLUMNS.length + 4 }, blank("integrations", "Cannot be read", problem.message))));
  }
}

function show(page, sink) {
  if (!page.rows.size) page.body.replaceChildren();
  if (!page.rows.has(sink.id)) {
    page.rows.set(sink.id, build(sink));
    page.body.append(page.rows.get(sink.id).row);
  }
  const { cells, row } = page.rows.get(sink.id);
  row.dataset.balanced = String(sink.difference === 0 && sink.missing === 0);
  if (cells.state.dataset.shown !== sink.state) {
    cells.state.dataset.shown = sink.state;
    cells.state.replaceChildren(stateChip(sink.state));
  }
  text(cells.reason, sink.reason || (sink.in_use ? "" : "no route reads it; its queue goes on to fill"));
  COLUMNS.forEach(([, key]) => text(cells[key], count(sink[key])));
  text(cells.oldest, sink.oldest_waiting ? ago(sink.oldest_waiting).replace("now", "a moment") : "–");
  cells.oldest.title = sink.oldest_waiting ? fullTime(sink.oldest_waiting) : "";
  text(cells.balance, balance(sink));
}

function balance({ difference, missing }) {
  if (missing > 0) return `${plural(missing, "event")} missing`;
  if (difference === 0) return "0";
  return difference > 0 ? `${count(difference)} not found` : `${count(-difference)} twice`;
}

function build(sink) {
  const cells = { state: h("span"), reason: h("small"), oldest: h("td"), balance: h("td", { class: "balance" }) };
  for (const [, key] of COLUMNS) cells[key] = h("td");
  const row = h(
    "tr",
    { "data-sink": sink.id },
    h("th", { scope: "row" }, sink.id),
    h("td", { class: "sink-state" }, cells.state, cells.reason),
    COLUMNS.map(([, key]) => cells[key]),
    cells.oldest,
    cells.balance,
  );
  return { row, cells };
}

async function loadLetters(page) {
  if (!operates()) return;
  try {
    const answer = await api.deadLetters({ limit: MOST_LISTED });
    if (!page.closed) showLetters(page, answer);
  } catch (problem) {
    page.letters.replaceChildren(blank("file", "Dead letters cannot be read", problem.message));
  }
}

function showLetters(page, { dead_letters: letters, total }) {
  const title = h("h3", {}, "Dead letters ", h("small", {}, total > letters.length ? `the oldest ${count(letters.length)} of ${count(total)}` : count(total)));
  const all = total > 0 && [
    sureButton("Replay all", "Press again to replay all", () => act(page, () => api.replayLetters({ all: true, limit: MANY }), "replayed")),
    sureButton("Remove all", "Press again: they are lost", () => act(page, () => api.removeLetters({ all: true, limit: MANY }), "removed")),
  ];
  const none = blank("online", "None", "What a receiver rejects ten times is kept here.");
  page.letters.replaceChildren(h("div", { class: "letters-head" }, title, all || ""), letters.length ? h("ul", {}, letters.map((letter) => h("li", {}, letterRow(page, letter)))) : none);
}

function letterRow(page, letter) {
  const sink = letter.queue.replace("sightline.sinks.", "");
  const written = h("pre", { class: "written", tabindex: "0", "aria-label": "The event as it is", hidden: true });
  const show = h("button", { class: "button", type: "button", "aria-expanded": "false", onclick: () => toggle(letter.id, written, show) }, "Show");
  const target = h("select", { class: "select", "aria-label": "Replay to" }, [...page.rows.keys()].map((id) => h("option", { value: id, selected: id === sink }, id)));
  if (!page.rows.has(sink)) target.prepend(h("option", { value: "", selected: true, disabled: true }, `${sink} (gone)`));
  const replay = h("button", { class: "button", type: "button", onclick: () => target.value && act(page, () => api.replayLetter(letter.id, target.value === sink ? undefined : target.value), "replayed") }, "Replay");
  const remove = sureButton("Remove", "Press again: it is lost", () => act(page, () => api.removeLetter(letter.id), "removed"));
  const words = h("span", {}, h("strong", {}, letter.cause || "No cause given"), h("small", {}, `${sink} · ${plural(letter.attempts, "attempt")} · first tried ${fullTime(letter.first)}`));
  return [h("div", { class: "letter" }, h("time", { datetime: letter.since, title: fullTime(letter.since) }, ago(letter.since)), words, show, target, replay, remove), written];
}

async function toggle(id, written, button) {
  if (written.hidden && written.textContent === "") {
    try {
      const { event, raw } = await api.deadLetter(id);
      text(written, event ? JSON.stringify(event, null, 2) : atob(raw));
    } catch (problem) {
      toast(problem.message);
      return;
    }
  }
  written.hidden = !written.hidden;
  button.setAttribute("aria-expanded", String(!written.hidden));
  text(button, written.hidden ? "Show" : "Hide");
}

async function act(page, doing, word) {
  try {
    const answer = await doing();
    toast(answer ? `${plural(answer.letters, "letter")} ${word}` : `Letter ${word}`);
  } catch (problem) {
    toast(problem.message);
  }
  loadLetters(page);
  load(page);
}
