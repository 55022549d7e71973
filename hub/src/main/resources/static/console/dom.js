// Builds elements. Whatever comes from outside becomes a text node, never markup.
const SVG = "http://www.w3.org/2000/svg";

/** h("p", { class: "x", onclick: f, hidden: true }, "text", child, …) */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export function svg(tag, props = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(props)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

export function icon(name, extra = "") {
  return svg("svg", { class: `icon ${extra}`.trim(), "aria-hidden": "true" }, svg("use", { href: `/login/icons.svg#${name}` }));
}

export const byId = (id) => document.getElementById(id);

/** Sets a text only where it differs, so that nothing is laid out or read out in vain. */
export function text(element, value) {
  if (element.textContent !== value) element.textContent = value;
}

export function blank(iconName, title, detail, ...more) {
  return h("div", { class: "blank" }, icon(iconName), h("strong", {}, title), h("p", {}, detail), ...more);
}

/** The head of a page beside the wall. @param title made by pageTitle */
export function pageHead(title, ...more) {
  return h("div", { class: "page-head" }, h("a", { class: "quiet", href: "#/" }, icon("left"), "Cameras"), title, more);
}

/** The title of a page, which gets the focus when the page is shown. */
export function pageTitle(words) {
  return h("h2", { tabindex: "-1", "data-title": "" }, words);
}

const STATES = { ONLINE: "Online", DEGRADED: "Degraded", OFFLINE: "Offline", DISABLED: "Disabled" };

export function stateWord(state) {
  return STATES[state] || "Unknown";
}

export function stateChip(state) {
  const known = STATES[state] ? state.toLowerCase() : "disabled";
  return h("span", { class: `state ${known}` }, icon(known), stateWord(state));
}

export function toast(message) {
  const element = byId("toast");
  element.textContent = message;
  element.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => (element.hidden = true), 2600);
}

export function announce(message) {
  byId("announcer").textContent = message;
}
