// Which page the address names: #/cameras/gate, #/cameras/gate/zones … Without one, the wall is shown.
import { byId } from "./dom.js";

const TITLE = "Sightline";

let routes = [];
let current;
let shownHash = "";
let onWall;

/**
 * @param table [[pattern, make]]: make is called with what the pattern caught and returns a page: {title, element,
 *   close(), mayLeave()}, where mayLeave is optional and answers a promise of true or false
 * @param wall called with the page that was left when the wall is shown again
 */
export function startRouter(table, wall) {
  routes = table;
  onWall = wall;
  addEventListener("hashchange", follow);
  addEventListener("beforeunload", (event) => {
    if (current?.unsaved?.()) event.preventDefault();
  });
  follow();
}

/** Offers a key to the page that is shown. @return whether the page did something with it */
export const pageKey = (event) => current?.key?.(event) || false;

/** Shows the wall. @return false where the user stays on a page */
export async function leavePage() {
  if (!current) return true;
  if (current.unsaved?.() && !(await current.mayLeave())) return false;
  history.pushState(null, "", "#/");
  open("#/");
  return true;
}

/** Goes to an address within the console; "" is the wall. */
export function goTo(hash) {
  if (hash || location.hash) location.hash = hash || "#/";
}

export const cameraPath = (id, part = "") => `#/cameras/${encodeURIComponent(id)}${part && `/${part}`}`;

async function follow() {
  const wanted = location.hash;
  if (wanted === shownHash && current) return;
  if (current?.unsaved?.()) {
    history.replaceState(null, "", shownHash);
    if (!(await current.mayLeave())) return;
    history.replaceState(null, "", wanted);
  }
  open(wanted);
}

function open(hash) {
  const left = current;
  current?.close();
  current = undefined;
  shownHash = hash;
  const found = routes.map(([pattern, make]) => [pattern.exec(hash), make]).find(([match]) => match);
  if (found) show(found[1](...found[0].slice(1).map(decoded)));
  else hide(left);
}

function show(page) {
  current = page;
  byId("page").replaceChildren(page.element);
  byId("page").hidden = false;
  byId("home").hidden = true;
  document.body.dataset.page = "";
  document.title = `${page.title} · ${TITLE}`;
  byId("page").scrollTop = 0;
  byId("page").querySelector("[data-title]")?.focus({ preventScroll: true });
}

function hide(left) {
  byId("page").hidden = true;
  byId("page").replaceChildren();
  byId("home").hidden = false;
  delete document.body.dataset.page;
  document.title = TITLE;
  if (left) onWall(left);
}

function decoded(part) {
  try {
    return part === undefined ? "" : decodeURIComponent(part);
  } catch {
    return part;
  }
}
