// The user menu, the change of the password, the list of shortcuts.
import { byId, h, icon, toast } from "./dom.js";
import { api, toLogin } from "./api.js";

const THEMES = { auto: "Automatic", dark: "Dark", light: "Light" };
const SHORTCUTS = [
  [["c"], "Go to the cameras"],
  [["d"], "Go to the detections"],
  [["i"], "Go to the integrations"],
  [["1", "–", "9"], "Open the page of a camera"],
  [["←", "↑", "→", "↓"], "Move on the wall and in lists; previous and next camera or detection"],
  [["Enter"], "Open what has the focus"],
  [["Esc"], "Close; back to the wall"],
  [["f"], "Filter detections"],
  [["t"], "Change the colours"],
  [["?"], "Show this list"],
];

let user = { username: "", roles: [] };

export function startAccount() {
  const button = byId("menu-button");
  button.addEventListener("click", () => (byId("menu").hidden ? openMenu() : closeMenu()));
  byId("menu").addEventListener("keydown", moveInMenu);
  document.addEventListener("pointerdown", (event) => !event.target.closest(".menu") && closeMenu());
  byId("help-button").addEventListener("click", openHelp);
  for (const id of ["help", "password"]) {
    byId(id).addEventListener("click", (event) => event.target === byId(id) && !byId(id).dataset.forced && byId(id).close());
  }
  applyTheme(localStorage.getItem("sightline-theme") || "auto");
}

export function showUser(next) {
  user = next;
  byId("menu-user").textContent = user.username;
  byId("add-camera").hidden = !administers();
  if (user.must_change_password) openPassword(true);
}

/** Whether the user may change what the hub does. */
export function operates() {
  return user.roles.includes("admin") || user.roles.includes("operator");
}

/** Whether the user may change the configuration. */
export function administers() {
  return user.roles.includes("admin");
}

/** Whether the user may register webhooks. */
export function integrates() {
  return administers() || user.roles.includes("integration");
}

function openMenu() {
  const menu = byId("menu");
  const item = (iconName, label, props, hint) =>
    h(props.href ? "a" : "button", { role: "menuitem", tabindex: "-1", type: props.href ? undefined : "button", ...props }, icon(iconName), label, hint && h("span", { class: "hint" }, hint));
  const away = { target: "_blank", rel: "noopener" };
  menu.replaceChildren(
    h("div", { class: "who" }, h("strong", {}, user.username), h("span", {}, user.roles.join(", "))),
    operates() ? item("routes", "Routes in Hawtio", { href: "/hawtio", ...away }, "new tab") : "",
    item("bus", "Sinks", { href: "#/sinks", onclick: () => closeMenu() }, "accounts"),
    operates() ? item("history", "Configuration", { href: "#/configuration", onclick: () => closeMenu() }, "changes") : "",
    integrates() ? item("swap", "Webhooks", { href: "#/webhooks", onclick: () => closeMenu() }) : "",
    item("book", "REST interface", { href: "/api/v1/openapi.yaml", ...away }, "OpenAPI"),
    item("keyboard", "Keyboard shortcuts", { onclick: () => then(openHelp) }, "?"),
    item("theme", "Colours", { onclick: nextTheme }, THEMES[theme()]),
    h("hr"),
    item("key", "Change password", { onclick: () => then(() => openPassword(false)) }),
    item("logout", "Log out", { onclick: logOut }),
  );
  menu.hidden = false;
  byId("menu-button").setAttribute("aria-expanded", "true");
  menu.querySelector("[role=menuitem]").focus();
}

function closeMenu(focus) {
  if (byId("menu").hidden) return;
  byId("menu").hidden = true;
  byId("menu-button").setAttribute("aria-expanded", "false");
  if (focus) byId("menu-button").focus();
}

function then(work) {
  closeMenu(true);
  work();
}

function moveInMenu(event) {
  const items = [...byId("menu").querySelectorAll("[role=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[to].focus();
  }
  if (event.key === "Escape") closeMenu(true);
  if (event.key === "Tab") closeMenu();
}

const theme = () => localStorage.getItem("sightline-theme") || "auto";

function applyTheme(name) {
  if (name === "auto") {
    delete document.documentElement.dataset.theme;
    localStorage.removeItem("sightline-theme");
  } else {
    document.documentElement.dataset.theme = name;
    localStorage.setItem("sightline-theme", name);
  }
}

export function nextTheme() {
  const names = Object.keys(THEMES);
  const next = names[(names.indexOf(theme()) + 1) % names.length];
  applyTheme(next);
  toast(`Colours: ${THEMES[next].toLowerCase()}`);
  const hint = byId("menu").querySelector(".hint:last-of-type");
  if (!byId("menu").hidden && hint) openMenuAgain();
}

function openMenuAgain() {
  const at = [...byId("menu").querySelectorAll("[role=menuitem]")].indexOf(document.activeElement);
  openMenu();
  byId("menu").querySelectorAll("[role=menuitem]")[at]?.focus();
}

async function logOut() {
  try {
    await api.logout();
    toLogin("out");
  } catch (problem) {
    if (problem.status === 401) toLogin("out");
    else toast(problem.message);
  }
}

function head(dialog, id, title) {
  return h(
    "div",
    { class: "dialog-head" },
    h("h2", { id }, title),
    dialog.dataset.forced ? "" : h("button", { class: "quiet close", type: "button", "aria-label": "Close", onclick: () => dialog.close() }, icon("close")),
  );
}

export function openHelp() {
  const dialog = byId("help");
  dialog.replaceChildren(
    head(dialog, "help-title", "Keyboard shortcuts"),
    h("div", { class: "body" }, h("dl", { class: "keys" }, SHORTCUTS.flatMap(([keys, what]) => [h("dt", {}, keys.map((key) => (key === "–" ? key : h("kbd", {}, key)))), h("dd", {}, what)]))),
  );
  if (!dialog.open) dialog.showModal();
}

function openPassword(forced) {
  const dialog = byId("password");
  if (dialog.open) return;
  if (forced) dialog.dataset.forced = "true";
  else delete dialog.dataset.forced;
  dialog.oncancel = (event) => forced && event.preventDefault();
  const field = (name, label, complete) =>
    h("div", { class: "field" }, h("label", { for: name }, label), h("input", { class: "input", id: name, type: "password", autocomplete: complete, required: true, maxlength: 200 }));
  const message = h("div", { class: "message", role: "alert", hidden: true });
  const form = h(
    "form",
    { class: "body", novalidate: true, onsubmit: (event) => changePassword(event, message) },
    forced ? h("p", {}, "The password the hub made is for one use only. Choose your own to go on.") : "",
    message,
    h("input", { type: "text", autocomplete: "username", value: user.username, hidden: true }),
    field("password-now", "Password now", "current-password"),
    field("password-new", "New password, at least 8 characters", "new-password"),
    field("password-again", "New password again", "new-password"),
    h("button", { class: "button primary", type: "submit" }, "Change password"),
  );
  dialog.replaceChildren(head(dialog, "password-title", forced ? "Choose a new password" : "Change password"), form);
  dialog.showModal();
  byId("password-now").focus();
}

async function changePassword(event, message) {
  event.preventDefault();
  const value = (id) => byId(id).value;
  const say = (what) => {
    message.textContent = what;
    message.hidden = false;
  };
  if (value("password-new").length < 8) return say("The new password needs at least 8 characters.");
  if (value("password-new") !== value("password-again")) return say("The two new passwords differ.");
  try {
    await api.changePassword(value("password-now"), value("password-new"));
    byId("password").close();
    toast("Password changed");
  } catch (problem) {
    say(problem.status === 401 || problem.status === 403 ? "The password is wrong." : problem.message);
  }
}
